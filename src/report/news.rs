//! What a report's headline tells: the change that is more than noise, and what drove it. A change is news when a test
//! says so ([`change`](super::change)), both periods have enough calls and it is large enough to matter; then the places
//! are searched that may have driven it (see [`driver`](super::driver)). Silence is the usual answer; `noise` proves how
//! usual.

use std::collections::BTreeMap;

use crate::domain::period::Period;
use crate::domain::project::AgentsShown;
use crate::domain::slice::CallRow;
use crate::zones::span::Unit;

use super::change::{counts_differ, rates_differ};
use super::driver::{Pair, Whole, stands_out};
use super::group::{is_answered_in, is_missed_in};
use super::meaning::Of;
use super::origin::Origins;
use super::tally::{Slot, Tally};
use super::view::View;

/// A rate that moved less isn't news, however sure it is.
const LEAST_RATE: f64 = 0.01;

/// Nor is a count that moved by a smaller part of what it was.
const LEAST_PART: f64 = 0.05;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    RateUp,
    RateDown,
    MoreCalls,
    FewerCalls,
}

/// The news of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct News {
    pub(super) kind: Kind,
    pub(super) driver: Option<Driver>,
}

/// Where most of a change happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Driver {
    pub(super) place: Place,
    /// Of an agent: calls answered. Else missed calls, or calls in where their number is the news.
    pub(super) counted: Pair,
    /// The change of all, of the same kind but for an agent's.
    pub(super) whole: u64,
}

/// A place that may drive a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Two hours from this one on; `None`: of every day.
    Hours(Option<u8>, u8),
    Weekday(u8),
    Source(String),
    Agent(i64),
}

/// The news; `None`: nothing to compare with, or nothing but noise.
pub(super) fn news(view: &View<'_>) -> Option<News> {
    let (now, before) = (view.now, view.before?);
    let rate = |tally: &Tally| tally.answer_rate().unwrap_or_default();
    let moved = rate(now) - rate(before);
    let share = share_of_length(view)?;
    let has_rates = view.meaning.has(Of::Rate);
    if has_rates
        && rates_differ((now.answered, now.offered()), (before.answered, before.offered()))
        && moved.abs() >= LEAST_RATE
    {
        let kind = if moved > 0.0 { Kind::RateUp } else { Kind::RateDown };
        return Some(News { kind, driver: driver(view, before, kind) });
    }
    let (calls, calls_before) = (now.offered(), before.offered());
    let matters = calls.abs_diff(calls_before) as f64 >= LEAST_PART * calls_before as f64;
    if view.meaning.has(Of::Offered) && calls_before > 0 && matters && counts_differ(calls, calls_before, share) {
        let kind = if calls > calls_before { Kind::MoreCalls } else { Kind::FewerCalls };
        return Some(News { kind, driver: driver(view, before, kind) });
    }
    None
}

/// The period's part of the length of both.
fn share_of_length(view: &View<'_>) -> Option<f64> {
    let seconds = |period: Period| period.to().since(period.from()).as_secs() as f64;
    let (length, length_before) = (seconds(view.request.period), seconds(view.request.compared_with?));
    Some(length / (length + length_before))
}

/// A place with what is counted there, and all calls there.
type Candidate = (Place, Pair, Pair);

/// The place of the largest change among those that stand out; of equal ones hours go before sources, these before people,
/// and then the earlier one, so that the same calls always give the same sentence.
fn driver(view: &View<'_>, before: &Tally, kind: Kind) -> Option<Driver> {
    let counted = match kind {
        Kind::RateUp | Kind::RateDown => Pair { now: view.now.missed, before: before.missed },
        Kind::MoreCalls | Kind::FewerCalls => Pair { now: view.now.offered(), before: before.offered() },
    };
    // The rate rose and yet more were missed (or the other way round): there are no fewer calls to look for.
    let agrees = match kind {
        Kind::RateDown | Kind::MoreCalls => counted.now > counted.before,
        Kind::RateUp | Kind::FewerCalls => counted.now < counted.before,
    };
    let whole = Whole {
        change: counted.size(),
        counted,
        calls: Pair { now: view.now.offered(), before: before.offered() },
        odds: share_of_length(view)?,
    };
    let of_missed = matches!(kind, Kind::RateUp | Kind::RateDown);
    let mut found: Vec<Driver> = Vec::new();
    if agrees {
        let mut candidates = hours(view, before, of_missed);
        candidates.extend(sources(view, of_missed));
        let standing = candidates.into_iter().filter(|(_, pair, calls)| {
            (pair.now > pair.before) == (counted.now > counted.before) && stands_out(*pair, *calls, &whole)
        });
        found.extend(standing.map(|(place, counted, _)| Driver { place, counted, whole: whole.change }));
        if of_missed {
            found.extend(people(view, before, kind, whole));
        }
    }
    found.into_iter().rev().max_by_key(|driver| driver.counted.size())
}

/// Two hours of each weekday in a report of a week or less, of the day in any other; whole weekdays too where calls are
/// counted, because one busy Saturday is rarely two hours long.
fn hours(view: &View<'_>, before: &Tally, of_missed: bool) -> Vec<Candidate> {
    let days = (view.request.period.to().since(view.request.period.from()).as_secs() + 43_200) / 86_400;
    let by_weekday = matches!(view.label.unit, Unit::Week | Unit::Span) && days <= 7;
    let mut grid = [[(Pair::default(), Pair::default()); 25]; 7];
    let mut add = |slots: &[Slot], side: fn(&mut Pair) -> &mut u64| {
        for slot in slots {
            let row = if by_weekday { usize::from(slot.weekday) } else { 0 };
            let (pair, calls) = &mut grid[row][usize::from(slot.hour)];
            *side(pair) += if of_missed { slot.missed } else { slot.answered + slot.missed };
            *side(calls) += slot.answered + slot.missed;
        }
    };
    add(&view.now.slots, |pair| &mut pair.now);
    add(&before.slots, |pair| &mut pair.before);
    let both = |one: Pair, other: Pair| Pair { now: one.now + other.now, before: one.before + other.before };
    let sum = |cells: &[(Pair, Pair)]| {
        let none = (Pair::default(), Pair::default());
        cells.iter().fold(none, |(sum, calls), (pair, more)| (both(sum, *pair), both(calls, *more)))
    };
    let mut candidates = Vec::new();
    for (weekday, row) in grid.iter().enumerate().take(if by_weekday { 7 } else { 1 }) {
        let weekday = weekday as u8;
        for (hour, cells) in row.windows(2).enumerate() {
            let (pair, calls) = sum(cells);
            candidates.push((Place::Hours(by_weekday.then_some(weekday), hour as u8), pair, calls));
        }
        if by_weekday && !of_missed {
            let (pair, calls) = sum(row);
            candidates.push((Place::Weekday(weekday), pair, calls));
        }
    }
    candidates
}

/// Every source and medium, by name.
fn sources(view: &View<'_>, of_missed: bool) -> Vec<Candidate> {
    let mut origins = Origins::default();
    let mut counted: BTreeMap<usize, (Pair, Pair)> = BTreeMap::new();
    let options = &view.request.spec.options;
    let mut add = |calls: &[&CallRow], side: fn(&mut Pair) -> &mut u64| {
        for call in calls {
            let missed = is_missed_in(call, options);
            if missed || is_answered_in(call) {
                let number = origins.number(call, view.slice, view.people);
                let (pair, calls) = counted.entry(number).or_default();
                *side(pair) += u64::from(missed || !of_missed);
                *side(calls) += 1;
            }
        }
    };
    add(view.calls, |pair| &mut pair.now);
    add(view.calls_before, |pair| &mut pair.before);
    counted
        .into_iter()
        .filter_map(|(number, (pair, calls))| Some((Place::Source(origins.get(number)?.label()), pair, calls)))
        .collect()
}

/// Who answered many fewer calls when the rate fell, or many more when it rose: what a person took, never what rang in
/// vain. Only where people are shown by name.
fn people(view: &View<'_>, before: &Tally, kind: Kind, whole: Whole) -> Vec<Driver> {
    if view.request.project.settings.agents != AgentsShown::Named {
        return Vec::new();
    }
    let mut answered: BTreeMap<i64, Pair> = BTreeMap::new();
    for (calls, side) in [
        (view.calls, (|pair| &mut pair.now) as fn(&mut Pair) -> &mut u64),
        (view.calls_before, |pair| &mut pair.before),
    ] {
        let answered_by = calls.iter().filter(|call| is_answered_in(call)).map(|call| view.people.counted(call.agent));
        for agent in answered_by.flatten() {
            *side(answered.entry(agent).or_default()) += 1;
        }
    }
    let counted = Pair { now: view.now.answered, before: before.answered };
    let of_answered = Whole { counted, calls: counted, ..whole };
    let fits = |pair: Pair| if kind == Kind::RateDown { pair.now < pair.before } else { pair.now > pair.before };
    answered
        .into_iter()
        .filter(|(_, pair)| fits(*pair) && stands_out(*pair, *pair, &of_answered))
        .map(|(agent, counted)| Driver { place: Place::Agent(agent), counted, whole: whole.change })
        .collect()
}
