//! The first rows of a file as they would become calls, as a person reads them.

use std::fmt::Write as _;

use crate::ingest::{ExplainedRow, Explanation};

const MOST_CHARS: usize = 60;

/// The whole answer to `--explain`.
pub(super) fn render(file: &str, explanation: &Explanation) -> String {
    let mut text = format!(
        "{file}: {}, source {}; times without an offset are local in {}, and all times are shown there\n",
        explanation.format, explanation.source, explanation.zone
    );
    if !explanation.columns.is_empty() {
        text.push_str("\nColumns\n");
        let width = explanation.columns.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, meaning) in &explanation.columns {
            let meaning = match meaning.as_deref() {
                Some("") => "– isn't kept",
                Some(fields) => fields,
                None => "– isn't read",
            };
            let _ = writeln!(text, "  {name:width$}  {meaning}");
        }
    }
    for row in &explanation.rows {
        text.push_str(&call(row));
    }
    if explanation.rows.is_empty() {
        text.push_str("\nNo row could be read as a call.\n");
    }
    if !explanation.set_aside.is_empty() {
        text.push_str("\nSet aside\n");
        for row in &explanation.set_aside {
            let column = if row.column.is_empty() { String::new() } else { format!(", {}", row.column) };
            let _ = writeln!(text, "  line {}{column} `{}`: {}", row.line, cut(&row.value), row.reason);
        }
    }
    text.push_str("\nNothing was written.\n");
    text
}

fn call(row: &ExplainedRow) -> String {
    let lines: Vec<String> = row.lines.iter().map(u64::to_string).collect();
    let many = if lines.len() == 1 { "Line" } else { "Lines" };
    let mut text = format!("\n{many} {}\n", lines.join(", "));
    let width = row.known.iter().map(|(_, value, _)| cut(value).chars().count()).max().unwrap_or(0).min(40);
    for (name, value, from) in &row.known {
        let from: Vec<String> = from.iter().map(|from| cut(from)).collect();
        let line = format!("  {name:16}  {:width$}  {}", cut(value), from.join(", "));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let _ = writeln!(text, "  {:16}  {}", "parts", row.parts.join(", "));
    let _ = writeln!(text, "  {:16}  {}", "not known", row.unknown.join(", "));
    text
}

fn cut(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_CHARS).collect();
    if text.chars().count() > MOST_CHARS { format!("{plain}…") } else { plain }
}
