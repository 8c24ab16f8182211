//! Where the time of a report goes, from due to taken by a relay.

use std::time::{Duration, Instant as Stopwatch};

use super::Metrics;

/// A part of a report's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Calls out of the database.
    Load,
    /// Calls to figures to a document.
    Count,
    /// The document as HTML and as text.
    Html,
    Pdf,
    /// CSV and workbooks.
    Files,
    /// Packing what is stored.
    Pack,
    /// Reports into the database, with who gets them.
    Post,
    /// Deliveries that are due out of the database.
    Claim,
    /// Asking whether, where and how a message may go.
    Gate,
    /// The stored forms to a letter.
    Compose,
    /// The conversation with a relay, its fence included.
    Carry,
}

impl Stage {
    /// Every stage, in the order of a report's way.
    pub const ALL: [Self; 11] = [
        Self::Load,
        Self::Count,
        Self::Html,
        Self::Pdf,
        Self::Files,
        Self::Pack,
        Self::Post,
        Self::Claim,
        Self::Gate,
        Self::Compose,
        Self::Carry,
    ];

    /// Its name in metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Count => "count",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Files => "files",
            Self::Pack => "pack",
            Self::Post => "post",
            Self::Claim => "claim",
            Self::Gate => "gate",
            Self::Compose => "compose",
            Self::Carry => "carry",
        }
    }
}

/// Counts the time until it is dropped.
#[derive(Debug)]
pub struct Timed<'a> {
    metrics: &'a Metrics,
    stage: Stage,
    begun: Stopwatch,
}

impl Drop for Timed<'_> {
    fn drop(&mut self) {
        self.metrics.count_stage(self.stage, self.begun.elapsed());
    }
}

impl Metrics {
    /// Counts the time of a stage, waits included, until what this returns is dropped.
    pub fn time(&self, stage: Stage) -> Timed<'_> {
        Timed { metrics: self, stage, begun: Stopwatch::now() }
    }

    /// How long a stage took so far, all threads together, and how often.
    pub fn spent(&self, stage: Stage) -> (Duration, u64) {
        let prefix = |what: &str| format!("callbrief_stage_seconds_{what}{{stage=\"{}\"}} ", stage.name());
        let text = self.text();
        let value = |what: &str| text.lines().find_map(|line| line.strip_prefix(prefix(what).as_str()));
        let seconds = value("sum").and_then(|sum| sum.parse().ok()).unwrap_or(0.0);
        (Duration::from_secs_f64(seconds), value("count").and_then(|count| count.parse().ok()).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_counted_under_its_name() {
        let metrics = Metrics::default();
        for (turn, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(metrics.spent(stage), (Duration::ZERO, 0), "{stage:?}");
            for _ in 0..=turn {
                drop(metrics.time(stage));
            }
            let (spent, count) = metrics.spent(stage);
            assert_eq!(count, turn as u64 + 1, "{stage:?}");
            assert!(!spent.is_zero(), "{stage:?}");
        }
    }
}
