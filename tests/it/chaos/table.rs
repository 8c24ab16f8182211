//! The result of a long run, written by itself into `tests/README.md` between two marks.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use callbrief::clock::{Clock, SystemClock};

use super::points::Tally;
use crate::support::Engine;

const BEGIN: &str = "<!-- chaos: written by `tests/run chaos::long` -->";
const END: &str = "<!-- chaos: end -->";

/// One database's part of a long run.
pub struct Part {
    pub engine: Engine,
    /// The first seed and the one after the last.
    pub seeds: (u64, u64),
    pub took: Duration,
    pub tally: Tally,
    /// Why it ended before all kills were made.
    pub failure: Option<String>,
}

/// Puts what `parts` came to in place of what stood between the marks.
pub fn write(wanted: u64, parts: &[Part]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/README.md");
    let text = std::fs::read_to_string(&path).expect("tests/README.md can be read");
    let (before, rest) = text.split_once(BEGIN).expect("tests/README.md has the first mark");
    let (_, after) = rest.split_once(END).expect("tests/README.md has the second mark");
    std::fs::write(&path, format!("{before}{BEGIN}\n{}{END}{after}", table(wanted, parts))).expect("it is written");
}

fn table(wanted: u64, parts: &[Part]) -> String {
    let mut text = String::new();
    let kills: u64 = parts.iter().map(|part| part.tally.all_kills()).sum();
    let day = SystemClock.now().to_utc().map(|now| now.format("%Y-%m-%d").to_string()).unwrap_or_default();
    let _ = writeln!(text, "{day}: {kills} kills of {wanted} asked for.\n");
    let _ = writeln!(text, "| | {} |", row(parts, |part| format!("{:?}", part.engine)));
    let _ = writeln!(text, "|---|{}", "---:|".repeat(parts.len()));
    let mut line = |name: &str, of: &dyn Fn(&Part) -> String| {
        let _ = writeln!(text, "| {name} | {} |", row(parts, of));
    };
    line("seeds", &|part| format!("{}–{}", part.seeds.0, part.seeds.1.saturating_sub(1)));
    line("minutes", &|part| (part.took.as_secs() / 60).to_string());
    line("hours of the installation", &|part| part.tally.hours.to_string());
    line("kills", &|part| part.tally.all_kills().to_string());
    line("stopped in good order beside them (SIGTERM)", &|part| part.tally.stopped.to_string());
    line("hours with a server that said no or nothing", &|part| part.tally.difficult.to_string());
    line("breaks of the line to the database", &|part| part.tally.cuts.to_string());
    line("messages that the rules ask for", &|part| part.tally.found.told.to_string());
    line("taken, with what carries others", &|part| part.tally.found.accepted.to_string());
    line("told in a message with others", &|part| part.tally.found.folded.to_string());
    line("announced as unknown", &|part| part.tally.found.uncertain.to_string());
    line("reports given up after five ends of a lease, each told to its owner", &|part| {
        part.tally.found.given_up.to_string()
    });
    line("copies under the same Message-ID, each announced", &|part| part.tally.found.copies.to_string());
    line("absent, twice unannounced, stuck, or to somebody else", &|part| match &part.failure {
        None => "0".to_owned(),
        Some(why) => why.clone(),
    });
    let points: std::collections::BTreeSet<&String> = parts.iter().flat_map(|part| part.tally.kills.keys()).collect();
    for point in points {
        line(&format!("killed at `{point}`"), &|part| part.tally.kills.get(point).copied().unwrap_or(0).to_string());
    }
    text
}

fn row(parts: &[Part], of: impl Fn(&Part) -> String) -> String {
    parts.iter().map(of).collect::<Vec<_>>().join(" | ")
}
