//! Calls in by local day, answered and missed on top of each other. Long periods are drawn by week or month, so that the
//! bars stay readable; machines always get days.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::document::{Block, ColumnBar, ColumnChart, Text};

use super::super::label::Label;
use super::super::meaning::Of;
use super::super::tally::Slot;
use super::super::view::View;
use super::{Drawn, busiest, hours, row};

/// As many bars fit side by side; more are joined.
const MOST_DAYS: usize = 31;
const MOST_WEEKS: usize = 26;
/// As many bars have room for a change under each.
const MOST_WITH_CHANGE: usize = 8;

/// A local day's calls in.
#[derive(Clone, Copy, Debug)]
struct Day {
    date: NaiveDate,
    answered: u64,
    missed: u64,
    /// Calls in of the day that stands in its place in the period before.
    before: Option<u64>,
}

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let words = &view.words;
    let days = days(view);
    let rows = days
        .iter()
        .map(|day| {
            row! {
                "date": day.date.to_string(),
                "calls": view.meaning.has(Of::Offered).then_some(day.answered + day.missed),
                "answered": view.meaning.has(Of::Answered).then_some(day.answered),
                "missed": view.meaning.has(Of::Missed).then_some(day.missed),
                "previous_calls": day.before.filter(|_| view.meaning.has(Of::Offered)),
            }
        })
        .collect();
    let mut blocks = vec![Block::Heading {
        section: "by_day".into(),
        text: words.word("when-people-call"),
        caption: busiest::busiest(view).map(Text::plain),
    }];
    if days.len() > 1 {
        let bars = bars(view, &days);
        let parts: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.label, bar.text)).collect();
        blocks.push(Block::Columns(ColumnChart {
            summary: words.say("by-day-summary", &[("bars", parts.join(", ").into())]),
            good_label: words.word("answered"),
            bad_label: words.word("missed"),
            bars,
        }));
    }
    blocks.extend(hours::days_off(view));
    Drawn { blocks, rows: Some(rows), ..Drawn::default() }
}

/// Every local day of the period, also those without calls.
fn days(view: &View<'_>) -> Vec<Day> {
    let counts = by_day(&view.now.slots);
    let before = view.before.filter(|_| stand_side_by_side(view)).map(|before| by_day(&before.slots));
    let (first, last) = (view.label.first_date(), view.label.last_date());
    first
        .iter_days()
        .take_while(|date| *date <= last)
        .enumerate()
        .map(|(n, date)| {
            let (answered, missed) = counts.get(&(n as u32)).copied().unwrap_or_default();
            let of_day = |counts: &BTreeMap<u32, (u64, u64)>| counts.get(&(n as u32)).map_or(0, |(a, m)| a + m);
            Day { date, answered, missed, before: before.as_ref().map(of_day) }
        })
        .collect()
}

/// Answered and missed by day.
fn by_day(slots: &[Slot]) -> BTreeMap<u32, (u64, u64)> {
    let mut counts: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
    for slot in slots {
        let count = counts.entry(slot.day).or_default();
        count.0 += slot.answered;
        count.1 += slot.missed;
    }
    counts
}

/// Whether the days of the two periods can be compared one by one: whole days, as many, on the same weekdays.
fn stand_side_by_side(view: &View<'_>) -> bool {
    let Some(before) = &view.label_before else { return false };
    let days = |label: &Label<'_>| label.last_date().signed_duration_since(label.first_date()).num_days();
    let both_whole = view.label.is_whole_days() && before.is_whole_days();
    let apart = view.label.first_date().signed_duration_since(before.first_date()).num_days();
    both_whole && days(&view.label) == days(before) && apart % 7 == 0
}

fn bars(view: &View<'_>, days: &[Day]) -> Vec<ColumnBar> {
    let words = &view.words;
    let week_start = view.request.project.week_start.index();
    let week_of = |date: NaiveDate| {
        let into = (7 + date.weekday().num_days_from_monday() - u32::from(week_start)) % 7;
        date.checked_sub_days(Days::new(into.into())).unwrap_or(date)
    };
    let label: &dyn Fn(NaiveDate) -> String = match days.len() {
        0..=7 => &|date| words.weekday_short(date),
        8..=MOST_DAYS => &|date| date.day().to_string(),
        _ => &|date| words.day_month_short(date),
    };
    let weeks = days.len().div_ceil(7);
    let mut bars: Vec<(NaiveDate, Day)> = Vec::new();
    for day in days {
        let key = match days.len() {
            0..=MOST_DAYS => day.date,
            _ if weeks <= MOST_WEEKS => week_of(day.date),
            _ => day.date.with_day(1).unwrap_or(day.date),
        };
        match bars.last_mut().filter(|(last, _)| *last == key) {
            Some((_, sum)) => {
                sum.answered += day.answered;
                sum.missed += day.missed;
                sum.before = sum.before.zip(day.before).map(|(sum, day)| sum + day);
            }
            None => bars.push((key, *day)),
        }
    }
    let by_month = days.len() > MOST_DAYS && weeks > MOST_WEEKS;
    let few = bars.len() <= MOST_WITH_CHANGE;
    bars.into_iter()
        .map(|(_, day)| ColumnBar {
            label: if by_month { words.word(&format!("month-short-{}", day.date.month())) } else { label(day.date) },
            good: day.answered,
            bad: day.missed,
            text: words.count(day.answered + day.missed),
            change: day.before.filter(|_| few).map_or_else(String::new, |before| change(view, &day, before)),
        })
        .collect()
}

/// `+3`, `−2`, `±0`: calls more or fewer than on the day before it is compared with.
fn change(view: &View<'_>, day: &Day, before: u64) -> String {
    let now = day.answered + day.missed;
    let size = view.words.count(now.abs_diff(before));
    match now.cmp(&before) {
        Ordering::Greater => view.words.say("change-up", &[("size", size.into())]),
        Ordering::Less => view.words.say("change-down", &[("size", size.into())]),
        Ordering::Equal => format!("±{size}"),
    }
}
