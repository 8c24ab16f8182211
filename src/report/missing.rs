//! What a reader must know about calls that aren't there, and about a report that waited for them.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::completeness::Missing;

use super::view::View;

/// A weekday alone names a day of the last so many.
const NEAR_DAYS: u64 = 6;

/// `Calls of Sunday after 17:40 are missing (source "Main PBX" silent).`, a sentence a gap.
pub(super) fn missing(view: &View<'_>) -> Vec<String> {
    if view.stamp.no_data {
        return Vec::new(); // the whole report says so
    }
    view.stamp.missing.iter().map(|gap| sentence(view, gap)).collect()
}

fn sentence(view: &View<'_>, gap: &Missing) -> String {
    let words = &view.words;
    let (from, to) = (view.local(gap.from), view.local(gap.to));
    let ends = gap.to >= view.request.period.to();
    let mut values = vec![("source", gap.source.as_str().into())];
    let id = match day_of(view, gap) {
        Some(day) => {
            values.push(("day", weekday(view, day).into()));
            let zone = &view.request.zone;
            let from_start = zone.start_of_day(day) == gap.from;
            let to_end = day.checked_add_days(Days::new(1)).is_some_and(|next| zone.start_of_day(next) == gap.to);
            if from_start && to_end {
                "missing-day"
            } else if ends {
                values.push(("from", words.time(from.time()).into()));
                "missing-day-after"
            } else {
                values.extend([("from", words.time(from.time()).into()), ("to", words.time(to.time()).into())]);
                "missing-day-between"
            }
        }
        None if ends => {
            values.push(("from", view.moment(gap.from).into()));
            "missing-after"
        }
        None => {
            values.extend([("from", view.moment(gap.from).into()), ("to", view.moment(gap.to).into())]);
            "missing-between"
        }
    };
    words.say(id, &values)
}

/// `Due 08:00, made 10:42: waited for Sunday's calls.`; without the reason when it didn't wait.
pub(super) fn late(view: &View<'_>, due: String, made: String) -> String {
    let words = &view.words;
    let waited_for = &view.request.history.waited_for;
    let mut values = vec![("due", due.into()), ("made", made.into())];
    let mut days = waited_for.iter().map(|gap| day_of(view, gap));
    let first = days.next().flatten().filter(|first| days.all(|day| day == Some(*first)));
    let id = match first {
        _ if waited_for.is_empty() => "callout-late",
        Some(day) => {
            values.push(("day", weekday(view, day).into()));
            "callout-late-waited-day"
        }
        None => "callout-late-waited",
    };
    words.say(id, &values)
}

/// The one local day in which the gap lies, if its weekday is enough to name it.
fn day_of(view: &View<'_>, gap: &Missing) -> Option<NaiveDate> {
    let day = view.local(gap.from).date();
    let next = day.checked_add_days(Days::new(1))?;
    let made = view.local(view.request.made_at).date();
    let is_near = made <= day.checked_add_days(Days::new(NEAR_DAYS))?;
    (is_near && gap.to <= view.request.zone.start_of_day(next)).then_some(day)
}

/// The weekday as it goes on after "calls".
fn weekday(view: &View<'_>, day: NaiveDate) -> String {
    view.words.word(&format!("calls-of-{}", day.weekday().number_from_monday()))
}
