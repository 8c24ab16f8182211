//! One frame for a whole batch: every call of every group becomes a row, and each kind of figure is one group-by over all
//! of them. Only integers are summed, and every result is sorted, because neither the order of groups nor that of a sum of
//! floats is promised. Days and hours are integer columns made from the zone's offsets: the frame knows no time zone.

use chrono::{Datelike, NaiveDate, Timelike};
use polars::prelude::*;

use crate::domain::call::{CallStatus, Direction};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::slice::CallRow;
use crate::zones::Zone;

use super::choose::{Chosen, choose};
use super::group::{Group, has_talk, is_answered_in, is_first, is_missed_in, is_short, is_target};
use super::hours::InHours;
use super::origin::Origins;
use super::people::People;
use super::tally::{AgentTally, OriginTally, Slot, StatusTally, Sum, Tallies, Tally};
use super::touch::{parts_by_call, touches};

/// A group, counted.
#[derive(Debug)]
pub(super) struct Counted<'a> {
    pub(super) chosen: Chosen<'a>,
    pub(super) tallies: Tallies,
    /// The origins that the tallies number.
    pub(super) origins: Origins,
    pub(super) people: People<'a>,
    /// Of the period and of the one before; `None`: nobody knows when the project works.
    pub(super) hours: Option<[InHours; 2]>,
}

/// Counts all groups at once. Never call it inside an async task: polars may start a runtime of its own.
pub(super) fn count<'a>(groups: &[Group<'a>]) -> PolarsResult<Vec<Counted<'a>>> {
    let mut calls = CallColumns::default();
    let mut touched = TouchColumns::default();
    let mut counted = Vec::with_capacity(groups.len());
    for (number, group) in groups.iter().enumerate() {
        let request = &group.slice.request;
        let chosen = choose(group);
        let parts = parts_by_call(&group.slice.parts);
        let people = People::of(group.slice, group.agents, group.scope);
        let mut origins = Origins::by(group.options.group);
        for call in &chosen.calls {
            let parts = parts.get(&call.key).copied().unwrap_or_default();
            let own = if people.are_teams() {
                touches(&people.call(call), &people.parts(parts), group.slice, group.options)
            } else {
                touches(call, parts, group.slice, group.options)
            };
            for touch in own {
                touched.push(number, touch);
            }
        }
        calls.extend(part(number, false), group, &chosen.calls, (&mut origins, &people), request.period);
        if let Some(compared) = request.compared_with {
            calls.extend(part(number, true), group, &chosen.previous, (&mut origins, &people), compared);
        }
        let in_hours =
            |working| [&chosen.calls, &chosen.previous].map(|calls| InHours::count(working, calls, group.options));
        let hours = group.working.map(in_hours);
        counted.push(Counted { chosen, tallies: Tallies::default(), origins, people, hours });
    }
    let mut tallies = Read { tallies: vec![Tally::default(); groups.len() * 2] };
    let calls = calls.into_frame()?.lazy();
    tallies.statuses(&calls)?;
    let offered = calls.filter((col("answered") + col("missed")).gt(lit(0)));
    tallies.totals(&offered)?;
    tallies.origins(&offered)?;
    tallies.slots(&offered)?;
    tallies.agents(&touched.into_frame()?.lazy())?;
    let mut both = tallies.tallies.into_iter();
    for group in &mut counted {
        let (current, previous) = (both.next().unwrap_or_default(), both.next().unwrap_or_default());
        group.tallies = Tallies { current, previous };
    }
    Ok(counted)
}

/// The number of one of the two periods of a group.
fn part(group: usize, is_previous: bool) -> u32 {
    (group * 2 + usize::from(is_previous)) as u32
}

#[derive(Default)]
struct CallColumns {
    part: Vec<u32>,
    direction: Vec<i64>,
    status: Vec<i64>,
    started_at: Vec<i64>,
    client: Vec<Option<i64>>,
    origin: Vec<i64>,
    /// Of answered calls in only, like `talk`.
    wait: Vec<Option<i64>>,
    talk: Vec<Option<i64>>,
    answered: Vec<i64>,
    missed: Vec<i64>,
    missed_withheld: Vec<i64>,
    missed_unread: Vec<i64>,
    target: Vec<i64>,
    short: Vec<i64>,
    talked: Vec<i64>,
    first: Vec<i64>,
    day: Vec<i64>,
    weekday: Vec<i64>,
    hour: Vec<i64>,
}

impl CallColumns {
    /// Adds calls, which are in order of their start.
    fn extend(
        &mut self,
        part: u32,
        group: &Group<'_>,
        calls: &[&CallRow],
        (origins, people): (&mut Origins, &People<'_>),
        period: Period,
    ) {
        let mut hours = LocalHours::new(group.zone, period);
        for call in calls {
            let (answered, missed) = (is_answered_in(call), is_missed_in(call, group.options));
            let of_answered = |seconds: Option<u32>| seconds.filter(|_| answered).map(i64::from);
            let (day, weekday, hour) = hours.of(call.started_at);
            let origin = if answered || missed { origins.number(call, group.slice, people) } else { 0 };
            self.part.push(part);
            self.direction.push(call.direction.code());
            self.status.push(call.status.code());
            self.started_at.push(call.started_at.as_micros());
            self.client.push(call.client);
            self.origin.push(origin as i64);
            self.wait.push(of_answered(call.wait_sec));
            self.talk.push(of_answered(call.talk_sec));
            self.answered.push(answered.into());
            self.missed.push(missed.into());
            let (nobody, unread) = (missed && call.client.is_none(), call.flags.is_unread());
            self.missed_withheld.push((nobody && !unread).into());
            self.missed_unread.push((nobody && unread).into());
            self.target.push(is_target(call, group.slice).into());
            self.short.push(is_short(call, group.options).into());
            self.talked.push(has_talk(call).into());
            self.first.push(is_first(call, period, group.slice).into());
            self.day.push(day);
            self.weekday.push(weekday);
            self.hour.push(hour);
        }
    }

    fn into_frame(self) -> PolarsResult<DataFrame> {
        df!(
            "part" => self.part, "direction" => self.direction, "status" => self.status,
            "started_at" => self.started_at, "client" => self.client, "origin" => self.origin, "wait" => self.wait,
            "talk" => self.talk, "answered" => self.answered, "missed" => self.missed,
            "missed_withheld" => self.missed_withheld, "missed_unread" => self.missed_unread, "target" => self.target, "short" => self.short,
            "talked" => self.talked, "first" => self.first, "day" => self.day, "weekday" => self.weekday, "hour" => self.hour,
        )
    }
}

#[derive(Default)]
struct TouchColumns {
    part: Vec<u32>,
    agent: Vec<Option<i64>>,
    answered: Vec<i64>,
    target: Vec<i64>,
    talk: Vec<Option<i64>>,
    elsewhere: Vec<i64>,
    lost: Vec<i64>,
}

impl TouchColumns {
    fn push(&mut self, group: usize, touch: super::touch::Touch) {
        self.part.push(part(group, false));
        self.agent.push(touch.agent);
        self.answered.push(touch.answered.into());
        self.target.push(touch.target.into());
        self.talk.push(touch.talk_sec.map(i64::from));
        self.elsewhere.push(touch.elsewhere.into());
        self.lost.push(touch.lost.into());
    }

    fn into_frame(self) -> PolarsResult<DataFrame> {
        df!(
            "part" => self.part, "agent" => self.agent, "answered" => self.answered, "target" => self.target,
            "talk" => self.talk, "elsewhere" => self.elsewhere, "lost" => self.lost,
        )
    }
}

/// What the wall clock showed, for instants that come in order.
struct LocalHours {
    first: NaiveDate,
    /// From each instant on, this many seconds are added.
    offsets: Vec<(Instant, i64)>,
    at: usize,
}

impl LocalHours {
    fn new(zone: &Zone, period: Period) -> Self {
        let offsets =
            zone.offset_segments(period).iter().map(|segment| (segment.from, segment.offset_seconds.into())).collect();
        Self { first: zone.date(period.from()), offsets, at: 0 }
    }

    /// Local days since the period's first, weekday (0 is Monday), hour.
    fn of(&mut self, instant: Instant) -> (i64, i64, i64) {
        while self.offsets.get(self.at + 1).is_some_and(|(from, _)| *from <= instant) {
            self.at += 1;
        }
        let offset = self.offsets.get(self.at).map_or(0, |(_, seconds)| *seconds);
        let Some(local) = instant.plus_seconds(offset).to_utc() else { return (0, 0, 0) };
        let date = local.date_naive();
        (
            date.signed_duration_since(self.first).num_days(),
            date.weekday().num_days_from_monday().into(),
            local.hour().into(),
        )
    }
}

/// Reads the results of the group-bys into the tallies.
struct Read {
    tallies: Vec<Tally>,
}

impl Read {
    fn statuses(&mut self, calls: &LazyFrame) -> PolarsResult<()> {
        let keys = ["part", "direction", "status"];
        let rows = grouped(calls, &keys, [len().alias("calls"), col("talked").sum(), col("started_at").max()])?;
        for row in integers(&rows, &["part", "direction", "status", "calls", "talked", "started_at"])? {
            let [part, direction, status, calls, talked, started_at] = row[..] else { continue };
            let (Some(direction), Some(status)) =
                (direction.and_then(Direction::from_code), status.and_then(CallStatus::from_code))
            else {
                continue;
            };
            let tally = self.part(part);
            tally.by_status.insert((direction, status), StatusTally { calls: natural(calls), talked: natural(talked) });
            tally.last_call_at = tally.last_call_at.max(started_at.map(Instant::from_micros));
        }
        Ok(())
    }

    fn totals(&mut self, offered: &LazyFrame) -> PolarsResult<()> {
        let sums = ["answered", "missed", "target", "short", "missed_withheld", "missed_unread", "wait", "talk"];
        let mut figures: Vec<Expr> = sums.iter().map(|name| col(*name).sum()).collect();
        figures.push(col("client").drop_nulls().n_unique().alias("callers"));
        figures.push(col("client").filter(col("first").eq(lit(1))).n_unique().alias("new_callers"));
        figures.push(col("wait").count().alias("wait_known"));
        figures.push(col("talk").count().alias("talk_known"));
        figures.push(col("wait").median().alias("wait_median"));
        // Of the methods that polars knows, the one that is the nearest rank.
        figures.push(col("wait").quantile(lit(0.9), QuantileMethod::Equiprobable).alias("wait_p90"));
        let rows = grouped(offered, &["part"], figures)?;
        let column = |name: &str| -> PolarsResult<Vec<Option<f64>>> { Ok(rows.column(name)?.f64()?.iter().collect()) };
        let (medians, p90s) = (column("wait_median")?, column("wait_p90")?);
        let names = [&["part"][..], &sums, &["callers", "new_callers", "wait_known", "talk_known"]].concat();
        for ((row, wait_median), wait_p90) in integers(&rows, &names)?.into_iter().zip(medians).zip(p90s) {
            let [
                part,
                answered,
                missed,
                target,
                short,
                missed_withheld,
                missed_unread,
                wait,
                talk,
                callers,
                new_callers,
                wait_known,
                talk_known,
            ] = row[..]
            else {
                continue;
            };
            let tally = self.part(part);
            tally.answered = natural(answered);
            tally.missed = natural(missed);
            tally.target = natural(target);
            tally.short = natural(short);
            tally.missed_withheld = natural(missed_withheld);
            tally.missed_unread = natural(missed_unread);
            tally.callers = natural(callers);
            tally.new_callers = natural(new_callers);
            tally.wait = Sum { total: natural(wait), known: natural(wait_known) };
            tally.talk = Sum { total: natural(talk), known: natural(talk_known) };
            tally.wait_median = wait_median;
            tally.wait_p90 = wait_p90;
        }
        Ok(())
    }

    fn origins(&mut self, offered: &LazyFrame) -> PolarsResult<()> {
        let sums = [col("answered").sum(), col("missed").sum(), col("target").sum()];
        let rows = grouped(offered, &["part", "origin"], sums)?;
        for row in integers(&rows, &["part", "origin", "answered", "missed", "target"])? {
            let [part, origin, answered, missed, target] = row[..] else { continue };
            let tally = OriginTally {
                offered: natural(answered) + natural(missed),
                answered: natural(answered),
                target: natural(target),
            };
            self.part(part).origins.insert(natural(origin) as usize, tally);
        }
        Ok(())
    }

    fn slots(&mut self, offered: &LazyFrame) -> PolarsResult<()> {
        let sums = [col("answered").sum(), col("missed").sum()];
        let rows = grouped(offered, &["part", "day", "weekday", "hour"], sums)?;
        for row in integers(&rows, &["part", "day", "weekday", "hour", "answered", "missed"])? {
            let [part, day, weekday, hour, answered, missed] = row[..] else { continue };
            self.part(part).slots.push(Slot {
                day: natural(day) as u32,
                weekday: natural(weekday) as u8,
                hour: natural(hour) as u8,
                answered: natural(answered),
                missed: natural(missed),
            });
        }
        Ok(())
    }

    fn agents(&mut self, touches: &LazyFrame) -> PolarsResult<()> {
        let names = ["answered", "target", "talk", "elsewhere", "lost"];
        let mut sums: Vec<Expr> = names.iter().map(|name| col(*name).sum()).collect();
        sums.push(col("talk").count().alias("talk_known"));
        let rows = grouped(touches, &["part", "agent"], sums)?;
        let columns = [&["part", "agent"][..], &names, &["talk_known"]].concat();
        for row in integers(&rows, &columns)? {
            let [part, agent, answered, target, talk, elsewhere, lost, talk_known] = row[..] else { continue };
            let tally = AgentTally {
                answered: natural(answered),
                target: natural(target),
                talk: Sum { total: natural(talk), known: natural(talk_known) },
                elsewhere: natural(elsewhere),
                lost: natural(lost),
            };
            self.part(part).agents.insert(agent, tally);
        }
        Ok(())
    }

    fn part(&mut self, part: Option<i64>) -> &mut Tally {
        let number = natural(part) as usize;
        &mut self.tallies[number]
    }
}

fn grouped(frame: &LazyFrame, keys: &[&str], figures: impl AsRef<[Expr]>) -> PolarsResult<DataFrame> {
    let names: Vec<Expr> = keys.iter().map(|key| col(*key)).collect();
    frame.clone().group_by(names).agg(figures).sort(keys.to_vec(), SortMultipleOptions::default()).collect()
}

/// These columns of a frame, row by row.
fn integers(frame: &DataFrame, names: &[&str]) -> PolarsResult<Vec<Vec<Option<i64>>>> {
    let mut rows = vec![Vec::with_capacity(names.len()); frame.height()];
    for name in names {
        let column = frame.column(name)?.cast(&DataType::Int64)?;
        for (row, value) in rows.iter_mut().zip(column.i64()?.iter()) {
            row.push(value);
        }
    }
    Ok(rows)
}

fn natural(value: Option<i64>) -> u64 {
    u64::try_from(value.unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use std::collections::BTreeMap;

    use super::super::{group, oracle};
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn every_figure_equals_a_slow_and_obvious_second_computation(
            (calls, parts) in oracle::any_calls(80),
            (others, _) in oracle::any_calls(10),
        ) {
            let request = oracle::request();
            let reports = [
                (request.clone(), oracle::slice(request.slice_request(), calls, parts)),
                (request.clone(), oracle::slice(request.slice_request(), others, Vec::new())),
            ];
            let (groups, numbers) = group::groups(&reports);
            let counted = count(&groups).expect("the frame can be grouped");
            for ((request, slice), number) in reports.iter().zip(numbers) {
                let Tallies { mut current, previous } = counted[number].tallies.clone();
                let (zone, options) = (&request.zone, &request.spec.options);
                prop_assert_eq!(&current.agents, &oracle::slow_agents(slice, options));
                let labelled: BTreeMap<String, OriginTally> = current
                    .origins
                    .iter()
                    .map(|(number_of_origin, tally)| {
                        (counted[number].origins.get(*number_of_origin).expect("numbered").label().to_lowercase(), *tally)
                    })
                    .collect();
                prop_assert_eq!(labelled, oracle::slow_origins(slice, &slice.calls, options));
                prop_assert_eq!(current.agents.values().map(|agent| agent.answered).sum::<u64>(), current.answered);
                prop_assert_eq!(current.origins.values().map(|origin| origin.offered).sum::<u64>(), current.offered());
                prop_assert_eq!(
                    current.slots.iter().map(|slot| slot.answered + slot.missed).sum::<u64>(),
                    current.offered()
                );
                if let (Some(answer), Some(missed)) = (current.answer_rate(), current.missed_rate()) {
                    prop_assert!((answer + missed - 1.0).abs() < 1e-12);
                }
                current.agents.clear();
                current.origins.clear();
                prop_assert_eq!(current, oracle::slow_tally(slice, &slice.calls, request.period, zone, options));
                let compared = request.compared_with.expect("a week before");
                let slow = oracle::slow_tally(slice, &slice.previous, compared, zone, options);
                prop_assert_eq!(Tally { origins: BTreeMap::new(), ..previous }, slow);
            }
        }
    }

    #[test]
    fn a_batch_without_any_call_counts_nothing() {
        let request = oracle::request();
        let reports = [(request.clone(), oracle::slice(request.slice_request(), Vec::new(), Vec::new()))];
        let (groups, _) = group::groups(&reports);
        assert_eq!(count(&groups).expect("an empty frame can be grouped")[0].tallies, Tallies::default());
    }
}
