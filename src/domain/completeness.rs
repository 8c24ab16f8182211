//! Whether the calls of a period are all there, and what to do when they aren't. A source that never said how far its data
//! reach is taken at its word; one that did, and is behind, is waited for, or not, by what a schedule says and by how its
//! calls come in. Pure: whoever asks brings the spans and the time.

use serde::{Deserialize, Serialize};

use super::instant::Instant;
use super::period::Period;

/// How the calls of a source come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// Somebody brings files.
    #[default]
    Imported,
    /// We fetch them.
    Pulled,
    /// The source sends each call by itself.
    Pushed,
}

impl SourceKind {
    /// All.
    pub const ALL: [Self; 3] = [Self::Imported, Self::Pulled, Self::Pushed];

    /// The stored word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Pulled => "pulled",
            Self::Pushed => "pushed",
        }
    }

    /// Reads the stored word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// What a schedule does while a source hasn't told everything of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IfIncomplete {
    /// Wait for some hours, then send what is there and say what is missing.
    Wait,
    /// Send what is there and say what is missing.
    Send,
    /// Don't send before everything is there; tell the owner, who may let it go.
    Hold,
}

impl IfIncomplete {
    /// All.
    pub const ALL: [Self; 3] = [Self::Wait, Self::Send, Self::Hold];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Send => "send",
            Self::Hold => "hold",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.name() == text)
    }

    /// What is done about a source of this kind where the schedule says nothing.
    pub const fn usual(kind: SourceKind) -> Self {
        match kind {
            SourceKind::Imported | SourceKind::Pulled => Self::Wait,
            SourceKind::Pushed => Self::Send,
        }
    }
}

/// How long a report waits for calls where its schedule says nothing.
pub const WAIT_AT_MOST_SEC: i64 = 3 * 3_600;

/// A source that said nothing for so long before the period began isn't expected to any more; it is named, not waited for.
pub const GIVEN_UP_AFTER_SEC: i64 = 31 * 86_400;

/// What one source said about itself.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'a> {
    /// Of a report over several projects: the source's, unless it is the schedule's own.
    pub project: Option<&'a str>,
    pub name: &'a str,
    pub kind: SourceKind,
    /// Spans of which it told everything: sorted, apart from each other.
    pub spans: &'a [Period],
}

/// A span of a period of which a source told nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Missing {
    /// The source's project, where it isn't the schedule's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    pub source: String,
    pub from: Instant,
    pub to: Instant,
}

/// The parts of `period` that `spans` (sorted, apart from each other) leave out. A source that never stated anything before
/// the period's end owes nothing, and one that began inside owes nothing of what was before.
pub fn gaps(spans: &[Period], period: Period) -> Vec<Period> {
    let Some(first) = spans.first().filter(|first| first.from() < period.to()) else { return Vec::new() };
    let mut owed = period.from().max(first.from());
    let mut gaps = Vec::new();
    for span in spans {
        if span.to() <= owed {
            continue;
        }
        gaps.extend(Period::new(owed, span.from().min(period.to())));
        owed = owed.max(span.to());
    }
    gaps.extend(Period::new(owed, period.to()));
    gaps
}

/// Everything of `period` that these sources still owe, source by source.
pub fn missing<'a>(sources: impl IntoIterator<Item = Stated<'a>>, period: Period) -> Vec<Missing> {
    let of = |source: Stated<'a>| {
        let gap = move |gap: Period| Missing {
            project: source.project.map(str::to_owned),
            source: source.name.to_owned(),
            from: gap.from(),
            to: gap.to(),
        };
        gaps(source.spans, period).into_iter().map(gap)
    };
    sources.into_iter().flat_map(of).collect()
}

/// What a run has to wait for, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// When the time is up.
    pub until: Instant,
    /// Not sent even then: the owner decides.
    pub holds: bool,
    pub missing: Vec<Missing>,
}

/// When a run fell due, and what bounds its waiting.
#[derive(Clone, Copy, Debug)]
pub struct WaitBounds {
    pub fires_at: Instant,
    /// When it may be made at the earliest: now, or later for one of a backlog.
    pub begins: Instant,
    /// The schedule's next occurrence after it: a report goes out at the latest when the next one is due, unless that has
    /// passed already.
    pub next: Option<Instant>,
    /// Seconds after `fires_at` by which it is of no use any more.
    pub max_late_sec: Option<i64>,
}

/// Within so many seconds a run counts as begun in time, and its waiting is counted from when it was due.
const IN_TIME_SEC: i64 = 300;

/// Whether a run waits for these sources; `None`: it is made at once. What a schedule doesn't say is decided source by
/// source, by its kind.
pub fn decide<'a>(
    sources: impl IntoIterator<Item = Stated<'a>>,
    period: Period,
    policy: Option<IfIncomplete>,
    wait_at_most_sec: Option<i64>,
    bounds: WaitBounds,
) -> Option<Wait> {
    let given_up = period.from().plus_seconds(-GIVEN_UP_AFTER_SEC);
    let waited_for = sources
        .into_iter()
        .filter(|source| policy.unwrap_or(IfIncomplete::usual(source.kind)) != IfIncomplete::Send)
        .filter(|source| source.spans.last().is_some_and(|last| last.to() > given_up));
    let missing = missing(waited_for, period);
    if missing.is_empty() {
        return None;
    }
    let holds = policy == Some(IfIncomplete::Hold);
    let until = time_is_up(wait_at_most_sec.unwrap_or(WAIT_AT_MOST_SEC), bounds);
    (holds || until > bounds.begins).then_some(Wait { until, holds, missing })
}

fn time_is_up(at_most_sec: i64, bounds: WaitBounds) -> Instant {
    let in_time = bounds.begins <= bounds.fires_at.plus_seconds(IN_TIME_SEC);
    let from = if in_time { bounds.fires_at } else { bounds.begins };
    let no_use = bounds.max_late_sec.map(|late| bounds.fires_at.plus_seconds(late));
    let next = bounds.next.filter(|next| *next > bounds.begins);
    [next, no_use].into_iter().flatten().fold(from.plus_seconds(at_most_sec), Instant::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Instant {
        Instant::from_seconds(hour * 3600)
    }

    fn spans(spans: &[(i64, i64)]) -> Vec<Period> {
        spans.iter().filter_map(|(from, to)| Period::new(at(*from), at(*to))).collect()
    }

    /// The day from hour 24 to 48; its report is due at hour 56.
    fn day() -> Period {
        Period::new(at(24), at(48)).expect("a day")
    }

    fn shown(gaps: &[Period]) -> Vec<(i64, i64)> {
        gaps.iter().map(|gap| (gap.from().as_seconds() / 3600, gap.to().as_seconds() / 3600)).collect()
    }

    #[test]
    fn a_source_owes_what_it_left_out_since_it_began() {
        let gaps = |told: &[(i64, i64)]| shown(&gaps(&spans(told), day()));
        assert_eq!(gaps(&[]), [], "it never stated anything");
        assert_eq!(gaps(&[(0, 48)]), []);
        assert_eq!(gaps(&[(0, 40)]), [(40, 48)]);
        assert_eq!(gaps(&[(0, 30), (32, 72)]), [(30, 32)]);
        assert_eq!(gaps(&[(0, 30), (32, 40)]), [(30, 32), (40, 48)]);
        assert_eq!(gaps(&[(0, 12)]), [(24, 48)], "silent since the day before");
        assert_eq!(gaps(&[(30, 48)]), [], "it began inside");
        assert_eq!(gaps(&[(60, 72)]), [], "it began later");
    }

    proptest::proptest! {
        /// Gaps and spans together are the part of the period that is owed, without overlap.
        #[test]
        fn gaps_and_spans_tile(edges in proptest::collection::btree_set(0_i64..72, 0..10)) {
            let edges: Vec<i64> = edges.into_iter().collect();
            let told: Vec<(i64, i64)> = edges.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
            let found = shown(&gaps(&spans(&told), day()));
            for hour in 24..48 {
                let is_told = told.iter().any(|(from, to)| (*from..*to).contains(&hour));
                let is_owed = told.first().is_some_and(|(from, _)| *from <= hour);
                let is_missing = found.iter().filter(|(from, to)| (*from..*to).contains(&hour)).count();
                proptest::prop_assert_eq!(is_missing, usize::from(is_owed && !is_told), "hour {}", hour);
            }
        }
    }

    fn bounds() -> WaitBounds {
        WaitBounds { fires_at: at(56), begins: at(56), next: Some(at(80)), max_late_sec: None }
    }

    fn until(kind: SourceKind, policy: Option<IfIncomplete>, at_most: Option<i64>, bounds: WaitBounds) -> Option<i64> {
        let told = spans(&[(0, 40)]);
        let source = Stated { project: None, name: "Main PBX", kind, spans: &told };
        decide([source], day(), policy, at_most, bounds).map(|wait| wait.until.as_seconds() / 3600)
    }

    #[test]
    fn what_comes_by_files_is_waited_for_and_what_is_pushed_is_not() {
        use SourceKind::{Imported, Pulled, Pushed};
        for (kind, policy, expected) in [
            (Imported, None, Some(59)),
            (Pulled, None, Some(59)),
            (Pushed, None, None),
            (Pushed, Some(IfIncomplete::Wait), Some(59)),
            (Pushed, Some(IfIncomplete::Hold), Some(59)),
            (Imported, Some(IfIncomplete::Send), None),
        ] {
            assert_eq!(until(kind, policy, None, bounds()), expected, "{kind:?} {policy:?}");
        }
    }

    #[test]
    fn waiting_ends_with_the_next_report_and_with_what_is_too_late() {
        use SourceKind::Imported;
        let soon = WaitBounds { next: Some(at(57)), ..bounds() };
        assert_eq!(until(Imported, None, None, soon), Some(57));
        let strict = WaitBounds { max_late_sec: Some(2 * 3600), ..bounds() };
        assert_eq!(until(Imported, None, None, strict), Some(58));
        let late = WaitBounds { begins: at(60), ..bounds() };
        assert_eq!(until(Imported, None, None, late), Some(63), "after an outage the files come late too");
        let too_late = WaitBounds { begins: at(60), max_late_sec: Some(3600), ..bounds() };
        assert_eq!(until(Imported, None, None, too_late), None);
        assert!(until(Imported, Some(IfIncomplete::Hold), None, too_late).is_some(), "holding isn't a matter of time");
        let backlog = WaitBounds { begins: at(90), ..bounds() };
        assert_eq!(until(Imported, None, None, backlog), Some(93), "the next one was due long ago");
        assert_eq!(until(Imported, None, Some(1800), bounds()), Some(56));
    }

    #[test]
    fn a_source_that_has_been_silent_for_a_month_is_not_waited_for() {
        let period = Period::new(at(24 * 100), at(24 * 101)).expect("a day");
        let told = |until: i64| spans(&[(0, until)]);
        let waits = |told: &[Period]| {
            let source = Stated { project: None, name: "old", kind: SourceKind::Imported, spans: told };
            decide([source], period, None, None, bounds()).is_some()
        };
        assert!(waits(&told(24 * 70)) && !waits(&told(24 * 69)) && !waits(&[]));
        assert!(
            !missing([Stated { project: None, name: "old", kind: SourceKind::Imported, spans: &told(24) }], period)
                .is_empty()
        );
    }
}
