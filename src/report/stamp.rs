//! The stamp: what the figures rest on. It decides whether a period without calls is quiet or unknown, and whether it may
//! be compared at all.

use crate::domain::call::Direction;
use crate::domain::completeness::{self, Missing};
use crate::domain::figure::DataStamp;
use crate::domain::filters::Filters;
use crate::domain::instant::Instant;
use crate::domain::missed::MissedSet;
use crate::domain::period::Period;
use crate::domain::slice::{CallRow, Slice, SourceRow};

use super::tally::Tally;

/// Why calls are left out that the directory says to ignore; the other reasons are statuses.
const IGNORED_NUMBER: &str = "ignored_number";

/// The stamp of a period's tally.
/// `ignored` are the calls with a number that the directory leaves out.
pub(super) fn stamp(
    slice: &Slice,
    tally: &Tally,
    ignored: &[&CallRow],
    missed: MissedSet,
    filters: &Filters,
) -> DataStamp {
    let count = |fits: &dyn Fn(Direction, crate::domain::call::CallStatus) -> bool| -> u64 {
        tally.by_status.iter().filter(|((d, s), _)| fits(*d, *s)).map(|(_, tally)| tally.calls).sum()
    };
    let period = slice.request.period;
    let mut stamp = DataStamp {
        calls: tally.all_calls(),
        last_call_at: tally.last_call_at,
        open: count(&|_, status| !status.is_final()),
        unknown: count(&|_, status| status == crate::domain::call::CallStatus::Unknown),
        no_data: slice.calls.is_empty() && slice.ignored.is_empty() && !is_covered_in_part(slice, period),
        begins_at: data_begin(slice, filters),
        coverage_unstated: has_unstated_coverage(slice),
        ..DataStamp::default()
    };
    for ((direction, status), left) in &tally.by_status {
        if *direction == Direction::Inbound && !status.is_answered() && !missed.contains(*status) {
            *stamp.left_out.entry(status.name().to_owned()).or_default() += left.calls;
        }
    }
    let ignored = ignored.iter().filter(|call| call.direction == Direction::Inbound).count() as u64;
    if ignored > 0 {
        stamp.left_out.insert(IGNORED_NUMBER.to_owned(), ignored);
    }
    for source in counted(slice, filters) {
        if let Some(until) = behind(source, period) {
            stamp.behind.insert(source.name.clone(), until);
        }
        for gap in completeness::gaps(&source.spans, period) {
            stamp.missing.push(Missing { project: None, source: source.name.clone(), from: gap.from(), to: gap.to() });
        }
    }
    stamp.missing.sort();
    stamp
}

/// Whether the period compared with has data: calls, or a source that covers some of it.
pub(super) fn has_previous(slice: &Slice) -> bool {
    slice.request.compared_with.is_some_and(|period| !slice.previous.is_empty() || is_covered_in_part(slice, period))
}

/// Whether every source that states coverage covers the period compared with whole, as far as it owes it; and whether the
/// data don't begin inside it, which makes it a part of a period too.
pub(super) fn is_previous_complete(slice: &Slice, filters: &Filters) -> bool {
    let Some(period) = slice.request.compared_with else { return false };
    let whole = counted(slice, filters).all(|source| completeness::gaps(&source.spans, period).is_empty());
    whole && begins_inside(slice, filters, period, &slice.previous).is_none()
}

/// When the data begin, where that is inside the period: earlier calls of it are unknown, not zero.
fn data_begin(slice: &Slice, filters: &Filters) -> Option<Instant> {
    let period = slice.request.period;
    begins_inside(slice, filters, period, &slice.calls).filter(|begins| *begins < period.to())
}

fn begins_inside(slice: &Slice, filters: &Filters, period: Period, calls: &[CallRow]) -> Option<Instant> {
    let begins = counted(slice, filters).filter_map(|source| Some(source.spans.first()?.from())).min()?;
    (begins > period.from() && calls.first().is_none_or(|first| first.started_at >= begins)).then_some(begins)
}

/// Names of the sources that never stated how far their data reach.
pub(super) fn unstated<'a>(slice: &'a Slice, filters: &'a Filters) -> impl Iterator<Item = &'a str> {
    counted(slice, filters).filter(|source| source.spans.is_empty()).map(|source| source.name.as_str())
}

/// The sources whose calls the report looks at.
fn counted<'a>(slice: &'a Slice, filters: &'a Filters) -> impl Iterator<Item = &'a SourceRow> {
    let only = &filters.source;
    slice.sources.values().filter(move |source| only.is_empty() || only.contains(&source.name))
}

/// Whether the period is over and every source that states coverage covers it whole.
pub(super) fn is_complete(stamp: &DataStamp, period: Period, made_at: Instant) -> bool {
    !stamp.no_data && stamp.behind.is_empty() && period.to() <= made_at
}

/// Whether sources that brought calls never said how far they reach. One that never brought any says nothing by its silence.
fn has_unstated_coverage(slice: &Slice) -> bool {
    let mut heard = slice.sources.values().filter(|source| source.last_event_at.is_some()).peekable();
    heard.peek().is_some() && heard.all(|source| source.spans.is_empty())
}

fn is_covered_in_part(slice: &Slice, period: Period) -> bool {
    slice.sources.values().any(|source| source.spans.iter().any(|span| span.overlaps(period)))
}

/// The instant from which the source, which began to state coverage before the period's end, leaves a part of it out.
fn behind(source: &SourceRow, period: Period) -> Option<Instant> {
    let first = source.spans.first().filter(|first| first.from() < period.to())?;
    // A source that begins inside the period owes nothing of what was before.
    let owed_from = period.from().max(first.from());
    let until = source.spans.iter().filter(|span| span.from() <= owed_from).map(|span| span.to()).max()?;
    (until < period.to()).then_some(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Instant {
        Instant::from_seconds(hour * 3600)
    }

    fn source(spans: &[(i64, i64)]) -> SourceRow {
        SourceRow {
            name: "Main PBX".into(),
            format: "native".into(),
            last_event_at: None,
            spans: spans.iter().filter_map(|(from, to)| Period::new(at(*from), at(*to))).collect(),
        }
    }

    #[test]
    fn a_source_is_behind_from_its_first_gap_inside_the_period() {
        let day = Period::new(at(24), at(48)).expect("a day");
        assert_eq!(behind(&source(&[]), day), None, "it never stated coverage");
        assert_eq!(behind(&source(&[(0, 48)]), day), None);
        assert_eq!(behind(&source(&[(0, 40)]), day), Some(at(40)));
        assert_eq!(behind(&source(&[(0, 30), (32, 72)]), day), Some(at(30)));
        assert_eq!(behind(&source(&[(0, 12)]), day), Some(at(12)), "it has been silent since the day before");
        assert_eq!(behind(&source(&[(30, 48)]), day), None, "it began inside");
        assert_eq!(behind(&source(&[(60, 72)]), day), None, "it began later");
    }
}
