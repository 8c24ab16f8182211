//! The account of an import, as a person reads it.

use comfy_table::{Table, presets};

use crate::cli::table;
use crate::ingest::{ImportAccount, Uncovered};

/// The whole account, its sum for a terminal of so many columns.
pub(super) fn render(account: &ImportAccount, width: Option<u16>) -> String {
    let mut lines = vec![summary(account, width)];
    set_aside(account, &mut lines);
    clashes(account, &mut lines);
    doubts(account, &mut lines);
    for (count, what) in [
        (account.no_calls, "that are no calls, as the mapping says"),
        (account.rows_with_bad_text, "with bytes that aren't UTF-8, which were replaced"),
        (account.lost_numbers, "with a number in a spreadsheet's short form (3.8E+11), whose digits are lost"),
        (account.ambiguous_times, "with a local time that the clock showed twice; the first was taken"),
    ] {
        if count > 0 {
            lines.push(format!("Rows {what}: {count}"));
        }
    }
    if !account.ignored_columns.is_empty() {
        lines.push(format!("Columns that aren't read: {}", account.ignored_columns.join(", ")));
    }
    if !account.refused {
        covered(account, &mut lines);
    }
    if account.let_go > 0 {
        lines.push(format!("Reports that waited for these calls and go now: {}", account.let_go));
    }
    if account.dry_run && !account.refused {
        lines.push("a dry run: nothing was written".to_owned());
    }
    lines.join("\n") + "\n"
}

/// The sum of rows, or why nothing was written.
fn summary(account: &ImportAccount, width: Option<u16>) -> String {
    if account.refused {
        let reasons: Vec<String> = [
            (account.set_aside, "can't be read"),
            (account.clashing, "clash with another row"),
            (account.from_the_future, "begin in the future"),
            (account.stood_otherwise, "have the id of another call that stands"),
        ]
        .into_iter()
        .filter(|(rows, _)| *rows > 0)
        .map(|(rows, what)| format!("{rows} of {} rows {what}", account.rows))
        .chain(account.has_unknown_words().then(|| "nobody knows some words of it".to_owned()))
        .collect();
        return format!("Refused: {}. Nothing was written.", reasons.join("; "));
    }
    let all = [
        ("rows", account.rows, true),
        ("calls", account.calls, true),
        ("new", account.new, true),
        ("updated", account.updated, true),
        ("unchanged", account.unchanged, true),
        ("further", account.further, false),
        ("repeated", account.repeated, false),
        ("clashing", account.clashing, false),
        ("no calls", account.no_calls, false),
        ("set aside", account.set_aside, true),
    ];
    let shown: Vec<_> = all.into_iter().filter(|(_, count, is_always)| *is_always || *count > 0).collect();
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    table.set_header(shown.iter().map(|(name, ..)| *name));
    table.add_row(shown.iter().map(|(_, count, _)| count.to_string()));
    let counts = match width {
        // On a narrow terminal the sum is a sentence; lines are broken by whoever prints it.
        Some(width) if table.to_string().lines().any(|line| line.chars().count() > usize::from(width)) => {
            shown.iter().map(|(name, count, _)| format!("{name} {count}")).collect::<Vec<_>>().join(" · ")
        }
        _ => table::trimmed(&table.to_string()),
    };
    format!("{counts}\nSource: {}", account.source)
}

fn set_aside(account: &ImportAccount, lines: &mut Vec<String>) {
    if account.first_set_aside.is_empty() {
        return;
    }
    lines.push(format!("Set aside ({}):", account.set_aside));
    for row in &account.first_set_aside {
        let place = if row.column.is_empty() { String::new() } else { format!(", {}", row.column) };
        let value = if row.value.is_empty() { String::new() } else { format!(" `{}`", row.value) };
        lines.push(format!("  line {}{place}{value}: {}", row.line, row.reason));
    }
    and_more(account.set_aside, account.first_set_aside.len(), lines);
}

/// Two calls with one id, in this file and across files.
fn clashes(account: &ImportAccount, lines: &mut Vec<String>) {
    if account.clashing > 0 {
        lines.push(format!(
            "Rows that have the id of another call ({}). One id is one call: one of them is kept, and filled from the other \
             where it knows less. Give each call its own id:",
            account.clashing
        ));
        for clash in &account.first_clashes {
            let id = clash.call_id.as_ref().map(|id| format!(" `{id}`")).unwrap_or_default();
            let kept = clash.kept.as_ref().map(|kept| format!("; kept: {kept}")).unwrap_or_default();
            lines.push(format!(
                "  line {}: the id{id} of line {}, with {}{kept}",
                clash.line, clash.first_line, clash.differs
            ));
        }
        and_more(account.clashing, account.first_clashes.len(), lines);
    }
    if account.stood_otherwise > 0 {
        lines.push(format!(
            "Calls that stood as other calls ({}). If their ids are used again, give the files other sources (--source); if \
             their zone was wrong before, see what is kept:",
            account.stood_otherwise
        ));
        for stood in &account.first_stood {
            lines.push(format!(
                "  line {}, `{}`: {}; stood: {}; told: {}; kept: {}",
                stood.line, stood.call_id, stood.differs, stood.stood, stood.told, stood.kept
            ));
        }
        and_more(account.stood_otherwise, account.first_stood.len(), lines);
    }
}

/// What was taken in, and may be wrong.
fn doubts(account: &ImportAccount, lines: &mut Vec<String>) {
    if let Some((line, at)) = &account.first_future {
        lines.push(format!(
            "Rows that begin in the future: {}, the first in line {line} ({at}). Is the zone right? Times without an offset \
             were read as {}; --zone names another.",
            account.from_the_future, account.zone
        ));
    }
    if let (count @ 1.., Some(first)) = &account.unread {
        let read_as = match &account.country {
            Some(country) => {
                format!("Numbers without a country are read as {country}'s; `country` in the project names another.")
            }
            None => "Say whose numbers have no country: `country = \"UA\"` in the project.".to_owned(),
        };
        lines.push(format!(
            "Calls whose caller's number can't be read: {count}, such as `{first}`. They count as calls, but nobody is \
             listed to be called back. {read_as}"
        ));
    }
    for (words, what) in [
        (
            &account.unknown_statuses,
            "Status words that nobody knows (the calls are `unknown`, or `answered` where somebody talked):",
        ),
        (&account.unknown_directions, "Words for the direction that nobody knows (the calls are in no rate):"),
    ] {
        if !words.is_empty() {
            lines.push(what.to_owned());
        }
        lines.extend(words.iter().map(|(word, count)| format!("  {word}: {count}")));
    }
}

/// What is known of a span now.
fn covered(account: &ImportAccount, lines: &mut Vec<String>) {
    if let Some(span) = &account.covered {
        let (is, source) = (if account.dry_run { "would be covered" } else { "covered" }, &account.source);
        lines.push(format!("The span {span} is stated as {is} by source {source}."));
    }
    lines.extend(match account.uncovered {
        Some(Uncovered::SetAside) => Some(
            "The span isn't taken as covered: what was set aside may be calls. Mend those rows and give the file again, or \
             say --covers-anyway when they are none."
                .to_owned(),
        ),
        Some(Uncovered::EmptyFile) => Some(
            "The span isn't taken as covered: the file is empty, without even a header. For a time without calls give a \
             header alone or `[]`, or say --covers-anyway."
                .to_owned(),
        ),
        Some(Uncovered::SharedIds) => Some(
            "The span isn't taken as covered: where two calls have one id, one of them is missing. Give each call its own id, \
             or say --covers-anyway when they are one."
                .to_owned(),
        ),
        None if account.rows == 0 && account.covered.is_none() => {
            let found = if account.is_empty { "the file is empty" } else { "the file has no row" };
            Some(format!(
                "Nothing was taken in: {found}. If there were no calls, say for which time, and reports will know: \
                 --covers FROM..TO{}",
                if account.is_empty { " --covers-anyway" } else { "" }
            ))
        }
        None => None,
    });
}

fn and_more(all: u64, shown: usize, lines: &mut Vec<String>) {
    let more = all.saturating_sub(shown as u64);
    if more > 0 {
        lines.push(format!("  and {more} more"));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::ingest::{Clash, SetAside, StoodOtherwise};

    fn account() -> ImportAccount {
        ImportAccount {
            source: "native".into(),
            rows: 32,
            calls: 3,
            new: 1,
            updated: 1,
            unchanged: 1,
            further: 2,
            repeated: 3,
            clashing: 1,
            set_aside: 22,
            first_set_aside: vec![
                SetAside {
                    line: 3,
                    column: "started_at".into(),
                    value: "soon".into(),
                    reason: "a time is written so".into(),
                },
                SetAside { line: 4, column: String::new(), value: String::new(), reason: "too few fields".into() },
            ],
            first_clashes: vec![Clash {
                line: 9,
                first_line: 2,
                call_id: Some("7".into()),
                differs: "another start",
                kept: Some("2026-06-01 12:00:00, inbound, +380671112233, answered".into()),
            }],
            stood_otherwise: 2,
            first_stood: vec![StoodOtherwise {
                line: 11,
                call_id: "8".into(),
                differs: "another start",
                stood: "2026-05-01 12:00:00, inbound, answered".into(),
                told: "2026-06-01 12:00:00, inbound, answered".into(),
                kept: "2026-06-01 12:00:00, inbound, answered".into(),
            }],
            from_the_future: 2,
            first_future: Some((12, "2026-12-01 12:00".into())),
            zone: "Europe/Kyiv".into(),
            unknown_statuses: BTreeMap::from([("GLORP".to_owned(), 2)]),
            unknown_directions: BTreeMap::from([("sideways".to_owned(), 1)]),
            lost_numbers: 1,
            unread: (2, Some("0671112233".into())),
            no_calls: 1,
            rows_with_bad_text: 1,
            ignored_columns: vec!["colour".into()],
            let_go: 2,
            uncovered: Some(Uncovered::SetAside),
            dry_run: true,
            ..ImportAccount::default()
        }
    }

    #[test]
    fn the_account_says_everything() {
        let account = account();
        assert!(account.adds_up());
        insta::assert_snapshot!(render(&account, None));
        assert!(render(&account, Some(80)).starts_with("rows 32 · calls 3 · new 1 · "), "a table of 97 doesn't fit");
        let refused = ImportAccount { refused: true, ..account };
        let begin = "Refused: 22 of 32 rows can't be read; 1 of 32 rows clash with another row; 2 of 32 rows begin in the \
            future; 2 of 32 rows have the id of another call that stands; nobody knows some words of it. Nothing was written.\n";
        assert!(render(&refused, None).starts_with(begin), "{}", render(&refused, None));
    }

    #[test]
    fn what_is_covered_and_what_says_nothing() {
        let said = |account: ImportAccount| {
            let text = render(&ImportAccount { source: "native".into(), ..account }, None);
            text.lines().last().unwrap_or_default().to_owned()
        };
        let covered = Some("2026-11-09 … 2026-11-16 (Europe/Kyiv)".to_owned());
        let covered = ImportAccount { covered, ..ImportAccount::default() };
        let stated = "The span 2026-11-09 … 2026-11-16 (Europe/Kyiv) is stated as covered by source native.";
        assert_eq!(said(covered), stated);
        let nothing = "Nothing was taken in: the file has no row. If there were no calls, say for which time, and reports \
            will know: --covers FROM..TO";
        assert_eq!(said(ImportAccount::default()), nothing);
        let empty = ImportAccount { is_empty: true, ..ImportAccount::default() };
        let nothing = nothing.replace("has no row", "is empty") + " --covers-anyway";
        assert_eq!(said(empty), nothing);
        assert_eq!(said(ImportAccount { rows: 1, calls: 1, new: 1, ..ImportAccount::default() }), "Source: native");
    }
}
