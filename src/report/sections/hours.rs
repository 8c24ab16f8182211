//! What a calendar adds to a report: which hours are worked, the missed calls in and outside them, and why two periods
//! had different working days.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::domain::calendar::Shift;
use crate::domain::document::{Block, Text};
use crate::domain::period::Period;
use crate::zones::span::Unit;
use crate::zones::working::WorkingTime;

use super::super::meaning::Of;
use super::super::view::View;

/// Reasons named in one sentence; the rest is counted.
const MOST_REASONS: usize = 3;

/// `19 in, 8 outside working hours`; empty without a calendar or without a missed call.
pub(super) fn detail(view: &View<'_>) -> String {
    let has_both = view.meaning.has(Of::InHours) && view.meaning.has(Of::OutsideHours);
    match view.hours.filter(|_| view.now.missed > 0 && has_both) {
        Some(hours) => {
            let outside = hours.outside(view.now);
            view.words.say("card-hours", &[("in", hours.missed.into()), ("outside", outside.missed.into())])
        }
        None => String::new(),
    }
}

/// `Working hours: Mon–Fri 09:00–18:00.`, with the place where it isn't the report's.
pub(in super::super) fn sentence(view: &View<'_>) -> Option<String> {
    let working = view.request.calendar.as_deref()?;
    let mut hours = weekly(view, working);
    if working.zone != view.request.zone {
        hours = format!("{hours} ({})", view.words.zone(working.zone.name()));
    }
    Some(view.words.say("foot-hours", &[("hours", hours.into())]))
}

/// Weekdays in a row with the same hours together.
fn weekly(view: &View<'_>, working: &WorkingTime) -> String {
    let week = &working.calendar.week;
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for day in (0..7).filter(|day| !week[*day].is_empty()) {
        match runs.last_mut() {
            Some((first, last)) if *last + 1 == day && week[*first] == week[day] => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let name = |day: usize| view.words.word(&format!("weekday-short-{}", day + 1));
    let shown = runs.iter().map(|(first, last)| {
        let days = if first == last { name(*first) } else { format!("{}–{}", name(*first), name(*last)) };
        let hours: Vec<String> = week[*first].iter().map(|shift| span(view, *shift)).collect();
        format!("{days} {}", hours.join(", "))
    });
    shown.collect::<Vec<_>>().join("; ")
}

fn span(view: &View<'_>, shift: Shift) -> String {
    let time = |minutes: u16| match NaiveTime::from_hms_opt(u32::from(minutes / 60) % 24, u32::from(minutes % 60), 0) {
        Some(time) if minutes != 24 * 60 => view.words.time(time),
        _ => view.words.hour(24),
    };
    let (from, to) = shift.minutes();
    view.words.say("date-hours", &[("from", time(from).into()), ("to", time(to).into())])
}

/// `4 working days, 5 the week before: Tuesday 10 November was Assumption Day.` Where they are as many and not the same (a
/// Friday off against a Wednesday), that; nothing for a day that is followed by its weekend.
pub(super) fn differ(view: &View<'_>) -> Option<Block> {
    let working = view.request.calendar.as_deref()?;
    let compared = view.request.compared_with.filter(|_| view.before.is_some())?;
    let (now, before) = (working.working_days(view.request.period), working.working_days(compared));
    let reasons = reasons(view, working, [view.request.period, compared]);
    if now.len() == before.len() {
        let worked = |period: Period| working.open_seconds(period.from(), period.to());
        let same = weekdays(&now) == weekdays(&before) && worked(view.request.period) == worked(compared);
        let values = [("before", view.before_words().into()), ("why", reasons.join(", ").into())];
        return (!same && !reasons.is_empty())
            .then(|| Block::Note(Text::plain(view.words.say("working-days-others", &values))));
    }
    if reasons.is_empty() && view.label.unit == Unit::Day {
        return None;
    }
    let words = &view.words;
    let days = words.say("working-days", &[("n", now.len().into())]);
    let values = [
        ("days", days.into()),
        ("n", before.len().into()),
        ("before", view.before_words().into()),
        ("why", reasons.join(", ").into()),
    ];
    let id = if reasons.is_empty() { "working-days-differ" } else { "working-days-differ-why" };
    Some(Block::Note(Text::plain(words.say(id, &values))))
}

/// How often each day of the week is among them.
fn weekdays(dates: &[NaiveDate]) -> [usize; 7] {
    let mut counts = [0; 7];
    for date in dates {
        counts[date.weekday().num_days_from_monday() as usize] += 1;
    }
    counts
}

/// Days off that took work away, and days that are worked though their weekday isn't.
fn reasons(view: &View<'_>, working: &WorkingTime, periods: [Period; 2]) -> Vec<String> {
    let words = &view.words;
    let mut said = Vec::new();
    for period in periods {
        for date in working.days_off(period) {
            let day = words.weekday_day_month(date);
            said.push(match working.day_name(date) {
                Some(name) => words.say("day-off-named", &[("day", day.into()), ("name", name.into())]),
                None => words.say("day-off-unnamed", &[("day", day.into())]),
            });
        }
        for date in working.extra_days(period) {
            said.push(words.say("day-extra", &[("day", words.weekday_day_month(date).into())]));
        }
    }
    if said.len() > MOST_REASONS {
        let more = said.len() - (MOST_REASONS - 1);
        said.truncate(MOST_REASONS - 1);
        said.push(words.say("days-off-more", &[("n", more.into())]));
    }
    said
}

/// `Days off: Tuesday 10 November (Assumption Day).`, under the days.
pub(super) fn days_off(view: &View<'_>) -> Option<Block> {
    let working = view.request.calendar.as_deref()?;
    let words = &view.words;
    let named = |date: &NaiveDate| {
        let day = words.weekday_day_month(*date);
        working.day_name(*date).map_or(day.clone(), |name| format!("{day} ({name})"))
    };
    let days: Vec<String> = working.days_off(view.request.period).iter().map(named).collect();
    (!days.is_empty() && days.len() <= MOST_LISTED)
        .then(|| Block::Note(Text::plain(words.say("by-day-days-off", &[("list", days.join(", ").into())]))))
}

/// A year's days off are no note.
const MOST_LISTED: usize = 12;
