//! What is added up over projects: calls and callers, never money, and nothing of a project that isn't known.

use crate::domain::document::{Card, Tone};

use super::super::change::{count_change, rate_arrow};
use super::super::meaning::Of;
use super::super::sections::lead;
use super::super::tally::ratio;
use super::super::view::View;
use super::is_unknown;

/// What is added up over all projects.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    /// Projects of which nothing is known; the others are added up.
    pub(super) unknown: usize,
    pub(super) answered: u64,
    pub(super) missed: u64,
    pub(super) open: u64,
    /// Of those open: who still waits when the report is made, and who was reached since the period's end.
    pub(super) still_open: [u64; 2],
    /// Calls, or whatever else the filters let through.
    pub(super) calls: u64,
    /// Answered, missed, open in the period before; `None`: not every project can be compared.
    before: Option<[u64; 3]>,
}

impl Sum {
    pub(super) fn of(views: &[View<'_>]) -> Self {
        let known = || views.iter().filter(|view| !is_unknown(view));
        let sum = |of: fn(&View<'_>) -> u64| known().map(of).sum();
        let before = |view: &View<'_>| {
            let before = view.before?;
            Some([before.answered, before.missed, view.open_before().unwrap_or(0)])
        };
        Self {
            unknown: views.iter().filter(|view| is_unknown(view)).count(),
            answered: sum(|view| view.now.answered),
            missed: sum(|view| view.now.missed),
            open: sum(|view| view.open().unwrap_or(0)),
            still_open: known().fold([0; 2], |[open, reached], view| {
                let [more_open, more_reached] = view.still_open().unwrap_or_default();
                [open + more_open, reached + more_reached]
            }),
            calls: sum(lead::calls),
            before: views.iter().map(before).try_fold([0; 3], |[a, m, o], before| {
                let [answered, missed, open] = before?;
                Some([a + answered, m + missed, o + open])
            }),
        }
    }

    pub(super) fn offered(self) -> u64 {
        self.answered + self.missed
    }
}

/// The cards of all projects together.
pub(super) fn cards(first: &View<'_>, sum: &Sum) -> Vec<Card> {
    let words = &first.words;
    let card = |label: &str, value: String, change: String| Card {
        label: words.word(label),
        value,
        change,
        tone: Tone::Mute,
        detail: String::new(),
    };
    let [answered, missed, open] = sum.before.map_or([None; 3], |before| before.map(Some));
    let before = answered.zip(missed).map(|(answered, missed)| answered + missed);
    let changed = |now: u64, before: Option<u64>| before.map(|b| count_change(words, now, b)).unwrap_or_default();
    let has = |of| first.meaning.has(of);
    let rate = ratio(sum.answered, sum.offered());
    let rate_before = answered.zip(before).and_then(|(answered, offered)| ratio(answered, offered));
    let rate_change = rate.zip(rate_before).map(|(now, before)| rate_arrow(words, now, before)).unwrap_or_default();
    let answered_card = if has(Of::Rate) {
        card("figure-answered", words.percent_or_nothing(rate), rate_change)
    } else {
        card("figure-answered", words.count(sum.answered), changed(sum.answered, answered))
    };
    let cards = [
        (Of::Offered, card("figure-calls", words.count(sum.offered()), changed(sum.offered(), before))),
        (Of::Answered, answered_card),
        (Of::Missed, card("figure-missed", words.count(sum.missed), changed(sum.missed, missed))),
        (Of::Waiting, card("figure-to-call-back", words.count(sum.open), changed(sum.open, open))),
    ];
    cards.into_iter().filter(|(of, _)| has(*of)).map(|(_, card)| card).collect()
}
