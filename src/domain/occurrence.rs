//! The identity of one firing: the local date-time that the rule names, and which pass of a repeated hour. It doesn't
//! change when a government moves the clocks, which a UTC instant would.

use std::fmt;

use chrono::NaiveDateTime;

use super::instant::Instant;

/// How the name of a sample's run begins, which belongs to no occurrence of the rule.
const SAMPLE: &str = "sample:";

/// What stands in the place of the occurrence where somebody asked for a sample at that moment.
pub fn of_sample(asked_at: Instant) -> String {
    format!("{SAMPLE}{asked_at}")
}

/// Whether it is such a name.
pub fn is_of_sample(occurrence: &str) -> bool {
    occurrence.starts_with(SAMPLE)
}

/// `2026-10-25T03:30#0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Occurrence {
    /// To the minute; it may not exist on the wall clock (a gap).
    pub local: NaiveDateTime,
    /// 0, or 1 for the second pass of a repeated hour.
    pub pass: u8,
}

impl Occurrence {
    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (local, pass) = text.split_once('#')?;
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M").ok()?;
        let pass = pass.parse().ok().filter(|pass| *pass <= 1)?;
        Some(Self { local, pass })
    }
}

impl fmt::Display for Occurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.local.format("%Y-%m-%dT%H:%M"), self.pass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_told_from_a_firing() {
        let sample = of_sample(Instant::from_seconds(1_795_342_506));
        assert!(is_of_sample(&sample) && Occurrence::parse(&sample).is_none(), "{sample}");
        assert!(!is_of_sample("2026-10-25T03:30#1"));
    }

    #[test]
    fn reads_what_it_writes() {
        let text = "2026-10-25T03:30#1";
        assert_eq!(Occurrence::parse(text).map(|it| it.to_string()).as_deref(), Some(text));
        assert_eq!(Occurrence::parse("2026-10-25T03:30"), None);
        assert_eq!(Occurrence::parse("2026-10-25T03:30#2"), None);
    }
}
