//! When people call: seven weekdays by 24 hours of the report's zone.

use crate::domain::cadence::Weekday;
use crate::domain::document::{Block, HeatMap, HeatRow, Text};
use crate::domain::report_spec::SectionId;

use super::super::meaning::Of;
use super::super::view::View;
use super::{Drawn, busiest, row};

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let words = &view.words;
    let grid = busiest::grid(view);
    // Weekdays that the period doesn't have are left out.
    let in_period = || grid.iter().enumerate().filter(|(_, hours)| hours.iter().any(Option::is_some));
    let mut rows = Vec::with_capacity(168);
    for (weekday, hours) in in_period() {
        for (hour, cell) in hours.iter().enumerate() {
            rows.push(row! {
                "weekday": Weekday::from_index(weekday as u8).name(),
                "hour": hour,
                "calls": cell.filter(|_| view.meaning.has(Of::Offered)).map(|cell| cell.calls()),
                "answered": cell.filter(|_| view.meaning.has(Of::Answered)).map(|cell| cell.answered),
                "missed": cell.filter(|_| view.meaning.has(Of::Missed)).map(|cell| cell.missed),
                "days": cell.map(|cell| cell.days),
                "average": cell
                    .filter(|cell| cell.days > 0 && view.meaning.has(Of::Offered))
                    .map(|cell| cell.calls() as f64 / cell.days as f64),
            });
        }
    }
    // People read a week from the day on which theirs begins.
    let days_into_week = |weekday: usize| (7 + weekday - usize::from(view.request.project.week_start.index())) % 7;
    let mut shown: Vec<_> = in_period().collect();
    shown.sort_by_key(|(weekday, _)| days_into_week(*weekday));
    let busiest = busiest::busiest(view).unwrap_or_default();
    let mut blocks = Vec::new();
    if !view.has(SectionId::ByDay) {
        blocks.push(Block::Heading {
            section: "by_hour".into(),
            text: words.word("when-people-call"),
            caption: Some(Text::plain(busiest.as_str())),
        });
    }
    blocks.push(Block::HeatMap(HeatMap {
        summary: words.say("by-hour-summary", &[("busiest", busiest.into())]),
        rows: shown
            .into_iter()
            .map(|(weekday, hours)| HeatRow {
                label: words.word(&format!("weekday-short-{}", weekday + 1)),
                hours: hours.iter().map(|cell| cell.map(|cell| cell.calls())).collect(),
            })
            .collect(),
    }));
    let mut averages = busiest::averages(&grid);
    averages.sort_by_key(|(weekday, _)| days_into_week(*weekday));
    if !averages.is_empty() {
        let of_day = |(weekday, mean): &(usize, f64)| {
            format!("{} {}", words.word(&format!("weekday-short-{}", weekday + 1)), words.mean(*mean))
        };
        let list: Vec<String> = averages.iter().map(of_day).collect();
        let said = words.say("by-hour-averages", &[("list", list.join(" · ").into())]);
        blocks.push(Block::Note(Text::plain(said)));
    }
    Drawn { blocks, rows: Some(rows), ..Drawn::default() }
}
