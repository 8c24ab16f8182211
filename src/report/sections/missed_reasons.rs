//! Why calls were missed: one bar of five groups that sum to M. A source that can't tell a phone that nobody picked up
//! from one that was busy makes the two one group.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::domain::call::CallStatus;
use crate::domain::document::{Block, Share, Shares, Text};

use super::super::brand;
use super::super::group::is_missed_in;
use super::super::reasons::{self, GROUPS};
use super::super::tally::ratio;
use super::super::view::View;
use super::{Drawn, row};

/// What counts a phone that nobody picked up and a busy one together.
const TOGETHER: &str = "no_answer_or_busy";

/// More numbers than these are counted only.
const MOST_NUMBERS: usize = 4;

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let words = &view.words;
    let counts = counts(view);
    let rows = counts.iter().map(|(name, count)| {
        row! { "reason": name, "calls": count, "share": ratio(*count, view.now.missed) }
    });
    let rows = Some(rows.collect());
    if view.now.missed == 0 {
        return Drawn { rows, ..Drawn::default() };
    }
    let told = counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| Share {
        label: words.word(&format!("missed-{}", name.replace('_', "-"))),
        count: *count,
        text: words.count(*count),
    });
    let mut parts: Vec<Share> = told.collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.count));
    let summary: Vec<String> = parts.iter().map(|part| format!("{} {}", part.label, part.text)).collect();
    let heading = Block::Heading {
        section: "missed_reasons".into(),
        text: words.word("why-missed"),
        caption: Some(Text::plain(caption(view))),
    };
    let mut blocks = vec![heading, Block::Shares(Shares { summary: summary.join(", "), parts })];
    if counts.iter().any(|(name, count)| *name == "no_route" && *count > 0) {
        blocks.extend(forwarding(view).map(|text| Block::Note(Text::plain(text))));
        blocks.extend(brand::number_setup(&view.request.project.settings.brand, words));
    }
    Drawn { blocks, rows, ..Drawn::default() }
}

/// `Forwarding failed for calls to +380 44 555 01 01 (3).`: which numbers' set-up to look at, the worst first.
fn forwarding(view: &View<'_>) -> Option<String> {
    let words = &view.words;
    let mut failed: BTreeMap<i64, u64> = BTreeMap::new();
    let calls = view.calls.iter().filter(|call| is_missed_in(call, &view.request.spec.options));
    for number in calls.filter(|call| call.status == CallStatus::MissedNoRoute).filter_map(|call| call.tracking) {
        *failed.entry(number).or_default() += 1;
    }
    let mut failed: Vec<(i64, u64)> = failed.into_iter().collect();
    failed.sort_by_key(|(number, calls)| (Reverse(*calls), *number));
    let named = failed.iter().take(MOST_NUMBERS).map(|(number, calls)| {
        let listed = view.slice.numbers.get(number).and_then(|listed| listed.label.clone());
        let shown = listed.unwrap_or_else(|| words.phone(&number.to_string()));
        format!("{shown} ({})", words.count(*calls))
    });
    let mut named: Vec<String> = named.collect();
    if failed.len() > MOST_NUMBERS {
        named.push(words.say("unlisted-more", &[("n", (failed.len() - MOST_NUMBERS).into())]));
    }
    (!named.is_empty()).then(|| words.say("missed-forwarding", &[("numbers", named.join(", ").into())]))
}

fn caption(view: &View<'_>) -> String {
    let words = &view.words;
    match view.now.short {
        0 => words.say("subject-calls", &[("n", view.now.missed.into())]),
        short => words.say(
            "missed-caption-short",
            &[
                ("n", view.now.missed.into()),
                ("short", short.into()),
                ("seconds", view.request.spec.options.short_call_sec.into()),
            ],
        ),
    }
}

/// The groups by their names, in order.
fn counts(view: &View<'_>) -> Vec<(&'static str, u64)> {
    let options = &view.request.spec.options;
    let source_tells_busy = |source: &i64| view.slice.sources.get(source).is_none_or(|source| source.format != "voys");
    let mut missed = view.calls.iter().filter(|call| is_missed_in(call, options)).peekable();
    let together = missed.peek().is_some() && !missed.any(|call| source_tells_busy(&call.source));
    let count = |name: &str| {
        GROUPS.iter().position(|group| *group == name).map_or(0, |at| reasons::count(view.now, at, options.missed))
    };
    let named = |name: &'static str| match (together, name) {
        (true, "no_answer") => Some((TOGETHER, count("no_answer") + count("busy"))),
        (true, "busy") => None,
        (_, name) => Some((name, count(name))),
    };
    GROUPS.into_iter().filter_map(named).collect()
}
