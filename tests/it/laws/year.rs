//! A year of a thousand schedules in every zone that `chrono-tz` knows: what falls due when, under which name, and which period each
//! report tells; then what is sent after an outage, by every way of catching up.

use callbrief::domain::cadence::{Rule, Weekday};
use callbrief::domain::instant::Instant;
use callbrief::domain::period::Period;
use callbrief::zones::firing::{DueInput, DuePlan, coming, plan_due};
use callbrief::zones::{Zone, Zones};
use chrono::{Datelike, Days, Months, NaiveDate};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::clock::{DAY, Minute, Wall, reading};
use super::outage::{self, Outage};
use super::rhythm::{Name, Rhythm, Tells};
use crate::chaos::dice::Dice;

/// So much is known of the time before and after the year.
const LEAD_DAYS: u64 = 75;

/// Clocks that are changed at midnight, by half an hour, by two hours, by governments, for a month of fasting.
const TROUBLED: [Tz; 16] = [
    Tz::Europe__Kyiv,
    Tz::America__New_York,
    Tz::America__Nuuk,
    Tz::Africa__Cairo,
    Tz::America__Havana,
    Tz::America__Santiago,
    Tz::America__Asuncion,
    Tz::America__Caracas,
    Tz::Asia__Beirut,
    Tz::Asia__Pyongyang,
    Tz::Asia__Tehran,
    Tz::Asia__Gaza,
    Tz::Australia__Lord_Howe,
    Tz::Antarctica__Troll,
    Tz::Africa__Casablanca,
    Tz::Pacific__Chatham,
];

/// Something that falls due.
#[derive(Clone, Debug)]
pub struct Due {
    pub at: Minute,
    pub name: Name,
    pub pass: u8,
    /// When its own name is, wherever a day off moved it.
    pub named_at: Option<Minute>,
}

/// What a report tells; `None` where that lies before the time that is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub from: Option<Minute>,
    pub to: Option<Minute>,
}

/// When reports are due that are sent in time, and what they tell.
pub type Reports = Vec<(Minute, (Minute, Minute))>;

/// A schedule with all that falls due.
pub struct Case<'a> {
    pub rhythm: Rhythm,
    pub wall: &'a Wall,
    pub week_start: Weekday,
    /// Through the year, and as much of the time before and after as is known.
    pub due: Vec<Due>,
}

impl Due {
    pub fn occurrence(&self) -> String {
        format!("{}#{}", reading(self.name.named).format("%Y-%m-%dT%H:%M"), self.pass)
    }

    fn date(&self) -> NaiveDate {
        reading(self.name.named).date()
    }
}

impl<'a> Case<'a> {
    fn any(dice: &mut Dice, wall: &'a Wall, begins: NaiveDate) -> Self {
        let rhythm = Rhythm::any(dice, begins);
        let names = rhythm.names_between(begins - Days::new(LEAD_DAYS), begins + Days::new(366 + LEAD_DAYS));
        let mut due: Vec<Due> = Vec::new();
        let named_at =
            |shown: Minute, name: &Name, at: Minute| if name.named == shown { Some(at) } else { wall.when(name.named) };
        if rhythm.follows_clock {
            // Whatever the clock shows, as often as it shows it.
            for (at, shown) in
                wall.minutes().filter(|(_, shown)| rhythm.times.contains(&(shown.rem_euclid(DAY) as u32)))
            {
                let Some(name) = names.get(&shown) else { continue };
                let pass = u8::from(wall.when(shown) != Some(at));
                due.push(Due { at, name: *name, pass, named_at: named_at(shown, name, at) });
            }
        } else {
            // Once, when the clock first shows it, or as soon as it shows something later.
            for (shown, name) in &names {
                let Some(at) = wall.when(*shown) else { continue };
                let next = Due { at, name: *name, pass: 0, named_at: named_at(*shown, name, at) };
                match due.last_mut().filter(|last| last.at == at) {
                    // Two at one moment are one, under the earlier name that is sent.
                    Some(last) if last.name.is_skipped && !next.name.is_skipped => *last = next,
                    Some(_) => {}
                    None => due.push(next),
                }
            }
        }
        let week_start = dice.pick(&Weekday::ALL);
        Self { rhythm, wall, week_start, due }
    }

    /// What the report of this tells, when reports before it came as far as `told_to`; `None`: nothing that wasn't told.
    pub fn told(&self, nth: usize, told_to: Option<Minute>) -> Option<Told> {
        let due = &self.due[nth];
        let before = self.due[..nth].iter().rev().find(|due| !due.name.is_skipped);
        let (to, farthest, before) = match self.rhythm.tells() {
            Tells::WholeDays => {
                let farthest = self.wall.begins(due.date() - Days::new(31));
                (self.wall.begins(due.date()), farthest, before.and_then(|due| self.wall.begins(due.date())))
            }
            Tells::ToTheMinute => {
                let farthest = due.named_at.and_then(|to| self.wall.days_before(to, 31));
                (due.named_at, farthest, before.and_then(|due| due.named_at))
            }
            unit => {
                let (first, last) = (self.unit(unit, due.name.since), self.unit(unit, due.date()));
                return Some(Told {
                    from: self.wall.begins(self.unit_before(unit, first)),
                    to: self.wall.begins(last),
                });
            }
        };
        let from = match told_to {
            // From where the last one ended; not farther back than 31 days, unless the rhythm itself pauses for longer.
            Some(told_to) => {
                farthest.map(|farthest| told_to.max(before.map_or(farthest, |before| before.min(farthest))))
            }
            None => before,
        };
        let is_something = from.zip(to).is_none_or(|(from, to)| from < to);
        is_something.then_some(Told { from, to })
    }

    /// The first date of the day, week, month … that holds a date.
    fn unit(&self, unit: Tells, date: NaiveDate) -> NaiveDate {
        let first_of_month = |month: u32| NaiveDate::from_ymd_opt(date.year(), month, 1).expect("a month");
        match unit {
            Tells::Week => {
                let starts = u32::from(self.week_start.index());
                (0..7)
                    .map(|back| date - Days::new(back))
                    .find(|date| date.weekday().num_days_from_monday() == starts)
                    .expect("a week")
            }
            Tells::Month => first_of_month(date.month()),
            Tells::Quarter => first_of_month([1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10][date.month0() as usize]),
            Tells::Year => first_of_month(1),
            Tells::Day | Tells::WholeDays | Tells::ToTheMinute => date,
        }
    }

    fn unit_before(&self, unit: Tells, first: NaiveDate) -> NaiveDate {
        match unit {
            Tells::Week => first - Days::new(7),
            Tells::Month => first - Months::new(1),
            Tells::Quarter => first - Months::new(3),
            Tells::Year => first - Months::new(12),
            Tells::Day | Tells::WholeDays | Tells::ToTheMinute => first - Days::new(1),
        }
    }

    /// What a period is compared with: its unit before; else the same span of time so many weeks earlier as keep the two apart.
    fn compared(&self, nth: usize, told: Told) -> Option<(Minute, Minute)> {
        let (due, from, to) = (&self.due[nth], told.from?, told.to?);
        let unit = self.rhythm.tells();
        let is_one = self.unit(unit, due.date()) == self.unit(unit, due.name.since);
        if is_one && !matches!(unit, Tells::WholeDays | Tells::ToTheMinute) {
            let first = self.unit_before(unit, self.unit(unit, due.date()));
            return Some((self.wall.begins(self.unit_before(unit, first))?, from));
        }
        for weeks in 1.. {
            let earlier = (self.wall.days_before(from, 7 * weeks)?, self.wall.days_before(to, 7 * weeks)?);
            if earlier.1 <= from && earlier.0 < earlier.1 {
                return Some(earlier);
            }
        }
        None
    }
}

/// The minute of an instant that is a whole one.
pub fn minute(at: Instant) -> Minute {
    assert_eq!(at.as_seconds() % 60, 0, "{at}");
    at.as_seconds() / 60
}

pub fn instant(at: Minute) -> Instant {
    Instant::from_seconds(at * 60)
}

fn minutes(period: Period) -> (Minute, Minute) {
    (minute(period.from()), minute(period.to()))
}

/// What the program says of a year must be what the wall says; gives when each report is due and what it tells.
fn must_be_what_the_wall_says(case: &Case<'_>, rule: Rule<'_>, zone: &Zone, year: (Minute, Minute)) -> Reports {
    let rhythm = &case.rhythm;
    let just_before = Instant::from_micros(instant(year.0).as_micros() - 1);
    let mut found = coming(rule, zone, case.week_start, just_before, None).filter(|(firing, _)| !firing.skipped);
    let (mut told_to, mut reports) = (None, Reports::new());
    for (nth, due) in case.due.iter().enumerate() {
        if due.at < year.0 || due.at >= year.1 || due.name.is_skipped {
            continue;
        }
        let Some(told) = case.told(nth, told_to) else { continue };
        let Some((firing, plan)) = found.next() else { panic!("{zone} {rhythm:?}: {} is missing", due.occurrence()) };
        let name = due.occurrence();
        assert_eq!((firing.occurrence, minute(firing.fires_at)), (name.clone(), due.at), "{zone} {rhythm:?}");
        let period = minutes(plan.period);
        let expected = (told.from.unwrap_or(period.0), told.to.unwrap_or(period.1));
        assert_eq!(period, expected, "{zone} {rhythm:?}: {name} tells {:?}", plan.period);
        if let Some(compared) = case.compared(nth, Told { from: Some(period.0), to: Some(period.1) }) {
            let with = plan.compared_with.map(minutes);
            assert_eq!(with, Some(compared), "{zone} {rhythm:?}: what {name} is compared with");
        }
        told_to = Some(period.1);
        reports.push((due.at, period));
    }
    let more = found.next().filter(|(firing, _)| minute(firing.fires_at) < year.1);
    assert!(more.is_none(), "{zone} {rhythm:?}: nobody named {more:?}");
    reports
}

/// What the program plans when it comes back must be what the policy says.
fn must_be_what_the_policy_sends(
    case: &Case<'_>,
    rule: Rule<'_>,
    zone: &Zone,
    (begins, reports): (Minute, &Reports),
    outage: &Outage,
) {
    let known = outage::before(case, (begins, reports), outage);
    let period = |(from, to): (Minute, Minute)| Period::new(instant(from), instant(to));
    let input = DueInput {
        rule,
        zone,
        week_start: case.week_start,
        catch_up: outage.catch_up,
        max_late_sec: outage.max_late.map(|minutes| minutes * 60),
        starts: None,
        ends: None,
        active_since: instant(begins),
        paused: false,
        last_run: known.told.and_then(period),
        last_fired: known.fired.map(instant),
        owed_from: None,
        told: &[],
    };
    let plan: DuePlan = plan_due(&input, instant(outage.ends));
    let Some(expected) = outage::sent(case, begins, outage, &known) else { return };
    let place = format!("{zone} {:?} {outage:?}, told before {known:?}", case.rhythm);
    let runs: Vec<_> = plan.runs.iter().map(|run| (run.firing.occurrence.clone(), minutes(run.plan.period))).collect();
    assert_eq!(runs, expected.runs, "{place}");
    let mut skipped = std::collections::BTreeMap::new();
    plan.skipped.iter().for_each(|range| *skipped.entry(range.reason.name()).or_insert(0) += range.count);
    assert_eq!(skipped, expected.skipped, "{place}");
    if let Some(next) = expected.next {
        assert_eq!(plan.next.map(|firing| firing.occurrence), Some(next), "{place}");
    }
}

/// Every zone once, and those with trouble several times more: zone, how the year begins, and schedules.
fn years(dice: &mut Dice) -> Vec<(Tz, NaiveDate, usize)> {
    let mut begins = || NaiveDate::from_ymd_opt(2013, 1, 1).expect("a date") + Days::new(dice.below(10 * 365) as u64);
    let mut years: Vec<_> = TZ_VARIANTS.iter().map(|zone| (*zone, begins(), 1)).collect();
    for zone in TROUBLED {
        years.extend((0..3).map(|_| (zone, begins(), 9)));
    }
    years
}

/// One of so many of these years is lived through in every run; all of them by `WHOLE=1 tests/run laws::year`, which takes minutes.
const SHARE: usize = 200;

#[test]
#[expect(clippy::disallowed_methods, reason = "a person asks for the long form by it")]
fn a_year_of_a_thousand_schedules_is_what_walls_show() {
    let share = if std::env::var("WHOLE").is_ok() { 1 } else { SHARE };
    let mut dice = Dice::of(20_261_123);
    let zones = Zones::bundled();
    let (mut schedules, mut reports, mut outages) = (0, 0, 0);
    for (tz, begins, count) in years(&mut dice).into_iter().step_by(share) {
        let zone = zones.get(tz.name()).unwrap_or_else(|error| panic!("{error}"));
        let lead = Days::new(LEAD_DAYS);
        let wall = Wall::of(tz, begins - lead, begins + Days::new(366) + lead);
        let year = (wall.begins(begins).expect("known"), wall.begins(begins + Days::new(366)).expect("known"));
        for _ in 0..count {
            let case = Case::any(&mut dice, &wall, begins);
            let (cadence, calendar) = (case.rhythm.cadence(), case.rhythm.calendar());
            let rule = Rule { cadence: &cadence, calendar: Some(&calendar), on_day_off: case.rhythm.on_day_off };
            let told = must_be_what_the_wall_says(&case, rule, &zone, year);
            reports += told.len();
            for _ in 0..4 {
                let outage = Outage::any(&mut dice, year);
                must_be_what_the_policy_sends(&case, rule, &zone, (year.0, &told), &outage);
                outages += 1;
            }
            schedules += 1;
        }
    }
    assert!(
        schedules >= 1_000 / share / 2 && reports > 10_000 / share,
        "{schedules} schedules, {reports} reports, {outages} outages"
    );
}
