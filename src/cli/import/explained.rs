//! The first rows of a file as they would become calls, as a person reads them.

use std::fmt::Write as _;

use crate::ingest::{ExplainedRow, Explanation};

const MOST_CHARS: usize = 60;
/// Rows set aside that are shown.
const MOST_SET_ASIDE: usize = 20;

/// The whole answer to `--explain`.
pub(super) fn render(file: &str, explanation: &Explanation) -> String {
    let mut text = format!(
        "{file}: {}, source {}; times without an offset are local in {}, and all times are shown {}\n",
        explanation.format,
        explanation.source,
        explanation.file_zone,
        if explanation.zone == explanation.file_zone { "there".to_owned() } else { format!("in {}", explanation.zone) },
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
        for row in explanation.set_aside.iter().take(MOST_SET_ASIDE) {
            let column = if row.column.is_empty() { String::new() } else { format!(", {}", row.column) };
            let _ = writeln!(text, "  line {}{column} `{}`: {}", row.line, cut(&row.value), row.reason);
        }
        let more = explanation.set_aside.len().saturating_sub(MOST_SET_ASIDE);
        if more > 0 {
            let _ = writeln!(text, "  and {more} more");
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
    if row.shown_twice {
        text.push_str("  a local time that the clock showed twice; the first was taken\n");
    }
    let _ = writeln!(text, "  {:16}  {}", "parts", row.parts.join(", "));
    let _ = writeln!(text, "  {:16}  {}", "not known", together(&row.unknown).join(", "));
    text
}

/// The names of what isn't known; a whole set of them by its beginning.
fn together(unknown: &[&'static str]) -> Vec<&'static str> {
    const SETS: [(&str, &str); 2] = [("utm_", "utm_…"), ("first_utm_", "first_utm_…")];
    let whole = |begin: &str| unknown.iter().filter(|name| name.starts_with(begin)).count() == 5;
    let mut names: Vec<&'static str> = unknown
        .iter()
        .map(|name| {
            SETS.iter().find(|(begin, _)| name.starts_with(begin) && whole(begin)).map_or(*name, |(_, set)| *set)
        })
        .collect();
    names.dedup();
    names
}

fn cut(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_CHARS).collect();
    if text.chars().count() > MOST_CHARS { format!("{plain}…") } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_says_where_every_value_came_from() {
        let explanation = Explanation {
            format: "mapping",
            source: "office".into(),
            zone: "Europe/Kyiv".into(),
            file_zone: "Europe/Kyiv".into(),
            columns: vec![
                ("Start".into(), Some("started_at".into())),
                ("Ip".into(), Some(String::new())),
                ("Colour".into(), None),
            ],
            rows: vec![ExplainedRow {
                lines: vec![2, 3],
                known: vec![
                    ("started_at", "2026-11-09 09:14:52".into(), vec!["Start `09.11.2026 9:14:52`".into()]),
                    ("answered_by", "unknown".into(), Vec::new()),
                    ("landing", "x".repeat(90), Vec::new()),
                ],
                unknown: vec![
                    "wait_sec",
                    "utm_term",
                    "first_utm_source",
                    "first_utm_medium",
                    "first_utm_campaign",
                    "first_utm_content",
                    "first_utm_term",
                    "rating",
                ],
                parts: vec!["ring no_answer".into()],
                shown_twice: true,
            }],
            set_aside: vec![crate::ingest::SetAside {
                line: 4,
                column: "Start".into(),
                value: "soon".into(),
                reason: "a time is written so".into(),
            }],
        };
        let text = render("calls.csv", &explanation);
        for line in [
            "calls.csv: mapping, source office; times without an offset are local in Europe/Kyiv, and all times are shown there",
            "  Start   started_at",
            "  Ip      – isn't kept",
            "  Colour  – isn't read",
            "Lines 2, 3",
            "  a local time that the clock showed twice; the first was taken",
            "  parts             ring no_answer",
            "  not known         wait_sec, utm_term, first_utm_…, rating",
            "  line 4, Start `soon`: a time is written so",
            "Nothing was written.",
        ] {
            assert!(text.lines().any(|shown| shown == line), "{line}\n{text}");
        }
        assert!(text.contains("Start `09.11.2026 9:14:52`"));
        assert!(text.contains(&format!("{}…", "x".repeat(MOST_CHARS))), "long values are cut");
    }
}
