//! Tests only: what a headline tells, found a second time by going over the calls once for every question, with the tests in
//! other forms: chi-square for the differences, a triangle of chances for the places.

use std::sync::Arc;

use chrono::{Datelike, Timelike};

use crate::domain::call::CallStatus;
use crate::domain::ids::CallKey;
use crate::domain::project::AgentsShown;
use crate::domain::slice::{CallRow, Slice};

use super::ReportRequest;
use super::news::{Driver, Kind, News, Place};
use super::noise::{Dice, PLANTS, PROCESSES, Process, told};
use super::oracle::{is_answered, is_missed, slice, slow_origin};

/// 2.241 standard errors are so much as chi-square.
const SURE: f64 = 2.241 * 2.241;

/// How a 2×2 table of counts differs from one without a difference.
fn chi_square([[a, b], [c, d]]: [[u64; 2]; 2]) -> f64 {
    let [a, b, c, d] = [a, b, c, d].map(|count| count as f64);
    let (rows, columns) = ((a + b) * (c + d), (a + c) * (b + d));
    if rows * columns == 0.0 { 0.0 } else { (a + b + c + d) * (a * d - b * c).powi(2) / (rows * columns) }
}

/// The chance of `k` or more of `n`, each with probability `p`: one throw after the other.
fn slow_chance(n: usize, k: usize, p: f64) -> f64 {
    let mut chances = vec![1.0];
    for _ in 0..n {
        let mut next = vec![0.0; chances.len() + 1];
        for (hits, chance) in chances.iter().enumerate() {
            next[hits] += chance * (1.0 - p);
            next[hits + 1] += chance * p;
        }
        chances = next;
    }
    chances[k..].iter().sum()
}

/// A call and where it lies.
struct Seen<'a> {
    call: &'a CallRow,
    /// Monday is 0.
    weekday: u8,
    hour: u8,
    source: String,
}

/// A place, and whether a call lies there.
struct Candidate<'a> {
    place: Place,
    lies: Box<dyn Fn(&Seen<'_>) -> bool + 'a>,
}

/// Calls in, answered or missed, of the period and the one before it.
struct Both<'a> {
    request: &'a ReportRequest,
    now: Vec<Seen<'a>>,
    before: Vec<Seen<'a>>,
}

impl<'a> Both<'a> {
    fn of(request: &'a ReportRequest, slice: &'a Slice) -> Self {
        let options = &request.spec.options;
        let look = |calls: &'a [CallRow]| -> Vec<Seen<'a>> {
            let counted = calls.iter().filter(|call| is_answered(call) || is_missed(call, options));
            counted.map(|call| seen(call, request, slice)).collect()
        };
        Self { request, now: look(&slice.calls), before: look(&slice.previous) }
    }

    fn count(&self, fits: impl Fn(&Seen<'_>) -> bool) -> [u64; 2] {
        [&self.now, &self.before].map(|calls| calls.iter().filter(|call| fits(call)).count() as u64)
    }

    /// The period's share of the length of both.
    fn share(&self) -> f64 {
        let begin = self.request.compared_with.expect("compared").from();
        let [now, all] =
            [self.request.period.from(), begin].map(|from| self.request.period.to().since(from).as_secs_f64());
        now / all
    }

    fn news(&self) -> Option<News> {
        let ([answered, answered_before], [calls, calls_before]) =
            (self.count(|seen| is_answered(seen.call)), self.count(|_| true));
        if calls < 20 || calls_before < 20 {
            return None;
        }
        let [missed, missed_before] = [calls - answered, calls_before - answered_before];
        let moved = answered as f64 / calls as f64 - answered_before as f64 / calls_before as f64;
        let table = [[answered, missed], [answered_before, missed_before]];
        if chi_square(table) > SURE && moved.abs() >= 0.01 {
            let kind = if moved > 0.0 { Kind::RateUp } else { Kind::RateDown };
            let is_as_told = if moved > 0.0 { missed < missed_before } else { missed > missed_before };
            return Some(News { kind, driver: self.driver(kind).filter(|_| is_as_told) });
        }
        let expected = (calls + calls_before) as f64 * self.share();
        let off = calls as f64 - expected;
        let surprise = off * off / expected + off * off / ((calls + calls_before) as f64 - expected);
        let grows = calls > calls_before;
        let is_large = calls.abs_diff(calls_before) * 20 >= calls_before;
        (surprise > SURE && is_large && grows == (off > 0.0)).then(|| {
            let kind = if grows { Kind::MoreCalls } else { Kind::FewerCalls };
            News { kind, driver: self.driver(kind).filter(|_| calls != calls_before) }
        })
    }

    fn hours_and_sources(&self, of_missed: bool) -> Vec<Candidate<'_>> {
        let is_week = self.request.period.to().since(self.request.period.from()).as_secs() == 7 * 86_400;
        let weekdays: Vec<Option<u8>> = if is_week { (0..7).map(Some).collect() } else { vec![None] };
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        for day in weekdays {
            let on_day = move |seen: &Seen<'_>| day.is_none_or(|day| seen.weekday == day);
            for from in 0..24_u8 {
                let lies = Box::new(move |seen: &Seen<'_>| on_day(seen) && [from, from + 1].contains(&seen.hour));
                candidates.push(Candidate { place: Place::Hours(day, from), lies });
            }
            if let (Some(day), false) = (day, of_missed) {
                candidates.push(Candidate { place: Place::Weekday(day), lies: Box::new(on_day) });
            }
        }
        let mut sources: Vec<&String> = Vec::new();
        for seen in self.now.iter().chain(&self.before) {
            if !sources.contains(&&seen.source) {
                sources.push(&seen.source);
            }
        }
        candidates.extend(sources.into_iter().map(|source| {
            let place = Place::Source(source.clone());
            Candidate { place, lies: Box::new(move |seen: &Seen<'_>| seen.source == *source) }
        }));
        candidates
    }

    fn driver(&self, kind: Kind) -> Option<Driver> {
        let of_missed = matches!(kind, Kind::RateUp | Kind::RateDown);
        let counts = |seen: &Seen<'_>| !of_missed || !is_answered(seen.call);
        let (all, counted) = (self.count(|_| true), self.count(counts));
        let change = counted[0].abs_diff(counted[1]);
        let mut found: Vec<Driver> = Vec::new();
        for Candidate { place, lies } in self.hours_and_sources(of_missed) {
            let (here, calls) = (self.count(|seen| lies(seen) && counts(seen)), self.count(&lies));
            if (here[0] > here[1]) == (counted[0] > counted[1]) && self.stands_out(here, calls, counted, all, change) {
                found.push(driver(place, here, change));
            }
        }
        if of_missed && self.request.project.settings.agents == AgentsShown::Named {
            let answered = self.count(|seen| is_answered(seen.call));
            for agent in 1..=3 {
                let here = self.count(|seen| is_answered(seen.call) && seen.call.agent == Some(agent));
                let fits = if kind == Kind::RateDown { here[0] < here[1] } else { here[0] > here[1] };
                if fits && self.stands_out(here, here, answered, answered, change) {
                    found.push(driver(Place::Agent(agent), here, change));
                }
            }
        }
        let largest = found.iter().map(|driver| driver.counted.size()).max()?;
        found.into_iter().find(|driver| driver.counted.size() == largest)
    }

    /// The four rules of `driver`.
    fn stands_out(&self, here: [u64; 2], calls: [u64; 2], of: [u64; 2], all: [u64; 2], change: u64) -> bool {
        let (size, grows) = (here[0].abs_diff(here[1]), here[0] > here[1]);
        // The period in which less happened.
        let quiet = usize::from(grows);
        let twice_its_share = |of_change: u64| size * all[quiet] >= 2 * of_change * calls[quiet];
        let [more, fewer] = if grows { here } else { [here[1], here[0]] };
        let p = if grows { self.share() } else { 1.0 - self.share() };
        size >= 3
            && 5 * size >= 2 * change
            && twice_its_share(change)
            && (grows != (of[0] > of[1]) || twice_its_share(of[0].abs_diff(of[1])))
            && slow_chance((more + fewer) as usize, more as usize, p) <= 0.01
    }
}

fn seen<'a>(call: &'a CallRow, request: &ReportRequest, slice: &Slice) -> Seen<'a> {
    let local = request.zone.local(call.started_at);
    let [source, medium, _] = slow_origin(call, slice);
    let told: Vec<String> = [source, medium].into_iter().filter(|part| !part.is_empty() && part != "(none)").collect();
    let weekday = local.weekday().num_days_from_monday() as u8;
    Seen { call, weekday, hour: local.hour() as u8, source: told.join(" / ") }
}

fn driver(place: Place, [now, before]: [u64; 2], whole: u64) -> Driver {
    Driver { place, counted: super::driver::Pair { now, before }, whole }
}

/// Something happens to whichever calls of the period lie somewhere: they are lost, answered, don't come, or come twice.
fn anything(dice: &mut Dice, calls: &mut Vec<CallRow>, process: &Process) {
    let from = process.request().period.from();
    let (what, one_in) = (dice.below(4), 1 + dice.below(3));
    let (weekday, hour, source, agent) = (dice.below(7), dice.below(9), dice.below(3) as i64, dice.below(3) as i64);
    let place = dice.below(4);
    let lies = |call: &CallRow| {
        let sec = call.started_at.since(from).as_secs();
        match place {
            0 => sec / 86_400 % 7 == weekday,
            1 => sec % 86_400 / 3_600 == 9 + hour,
            2 => call.attribution == Some(source + 1),
            _ => call.agent == Some(agent + 1),
        }
    };
    let mut after = Vec::new();
    for mut call in calls.drain(..) {
        let hits = call.started_at >= from && lies(&call) && dice.below(one_in) == 0;
        match what {
            0 if hits => (call.status, call.agent) = (CallStatus::MissedNoAnswer, None),
            1 if hits => (call.status, call.agent) = (CallStatus::Answered, Some(agent + 1)),
            2 if hits => after.push(call),
            3 if hits => continue,
            _ => {}
        }
        after.push(call);
    }
    *calls = after;
    for (n, call) in calls.iter_mut().enumerate() {
        call.key = CallKey(n as i64 + 1);
    }
}

#[test]
fn every_headline_is_that_of_a_slow_look() {
    let mut seen: Vec<String> = Vec::new();
    let mut dice = Dice(2_026);
    let mut check = |request: &ReportRequest, draws: Vec<Vec<CallRow>>| {
        let quick = told(request, draws.clone());
        for (calls, quick) in draws.into_iter().zip(quick) {
            let slice: Arc<Slice> = slice(request.slice_request(), calls, Vec::new());
            let slow = Both::of(request, &slice).news();
            assert_eq!(quick, slow);
            let place = slow.as_ref().and_then(|news| news.driver.as_ref()).map(|driver| match driver.place {
                Place::Hours(Some(_), _) => "hours of a day",
                Place::Hours(None, _) => "hours",
                Place::Weekday(_) => "a weekday",
                Place::Source(_) => "a source",
                Place::Agent(_) => "somebody",
            });
            seen.push(format!("{:?} {place:?}", slow.map(|news| news.kind)));
        }
    };
    for process in &PROCESSES {
        let draws = (0..40).map(|n| {
            let mut calls = process.draw(&mut dice);
            if n % 10 > 0 {
                anything(&mut dice, &mut calls, process);
            }
            calls
        });
        check(&process.request(), draws.collect());
    }
    for plant in PLANTS {
        let draws = (0..6).map(|_| {
            let mut calls = PROCESSES[0].draw(&mut dice);
            plant(&mut dice, &mut calls);
            calls
        });
        check(&PROCESSES[0].request(), draws.collect());
    }
    for kind in ["Some(RateUp)", "Some(RateDown)", "Some(MoreCalls)", "Some(FewerCalls)", "None"] {
        assert!(seen.iter().any(|seen| seen.starts_with(kind)), "{kind} never came about");
    }
    for place in ["hours of a day", "hours", "a weekday", "a source", "somebody"] {
        let place = format!("Some({place:?})");
        assert!(seen.iter().any(|seen| seen.ends_with(&place)), "{place} was never named");
    }
}
