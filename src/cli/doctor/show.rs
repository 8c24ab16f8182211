//! What the doctor says, for people: a line for each thing, what to do about it below, and one sentence at the end.

use super::{Check, Health};
use crate::cli::table::wrapped;

const NAME_WIDTH: usize = 14;

/// The whole account.
pub(super) fn all(checks: &[Check], has_colours: bool, width: Option<u16>) -> String {
    let mut lines = vec![String::new()];
    let names = checks.iter().map(|check| check.name.chars().count()).max().unwrap_or(0).clamp(NAME_WIDTH, 28);
    for check in checks {
        let (mark, colour) = mark(check.health);
        let indent = " ".repeat(names + 6);
        let body = indented(&check.said, &indent, width);
        let name = format!("{:names$}", check.name);
        lines.push(format!("  {}  {name}  {}", painted(mark, colour, has_colours), body.trim_start()));
        if let Some(advice) = &check.advice {
            let advice = indented(&format!("→ {advice}"), &indent, width);
            lines.push(painted(&advice, if check.health == Health::Bad { colour } else { "2" }, has_colours));
        }
    }
    lines.push(String::new());
    lines.push(format!("  {}", sum(checks)));
    lines.join("\n") + "\n"
}

fn mark(health: Health) -> (&'static str, &'static str) {
    match health {
        Health::Good => ("✓", "32"),
        Health::Look => ("!", "33"),
        Health::Bad => ("✗", "31"),
        Health::Unknown => ("?", "36"),
    }
}

fn painted(text: &str, colour: &str, has_colours: bool) -> String {
    if has_colours { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Every line behind the indent, broken between words where the terminal ends.
fn indented(text: &str, indent: &str, width: Option<u16>) -> String {
    let line = format!("{indent}{text}");
    let Some(width) = width.map(usize::from).filter(|width| *width > indent.len() + 30) else { return line };
    // Lines that follow stand two further in; the name's column ends where they begin.
    wrapped(&line, width)
}

fn sum(checks: &[Check]) -> String {
    let count = |health: Health| checks.iter().filter(|check| check.health == health).count();
    let (bad, look, unknown) = (count(Health::Bad), count(Health::Look), count(Health::Unknown));
    let things = |count: usize, one: &str, several: &str| match count {
        0 => None,
        1 => Some(format!("1 thing {one}")),
        count => Some(format!("{count} things {several}")),
    };
    let said: Vec<String> = [
        things(bad, "must be mended", "must be mended"),
        things(look, "is worth a look", "are worth a look"),
        things(unknown, "couldn't be found out", "couldn't be found out"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if said.is_empty() { "All is well.".to_owned() } else { format!("{}.", said.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_has_a_line_and_the_end_says_what_it_comes_to() {
        let checks = [
            Check::good("database", "SQLite, 12 MB"),
            Check::new("relay primary", Health::Bad, "smtp.acme.example:587: the log-in ended with 535")
                .advising("correct the password"),
        ];
        let shown = all(&checks, false, Some(80));
        assert_eq!(
            shown,
            "\n  ✓  database        SQLite, 12 MB\n  ✗  relay primary   smtp.acme.example:587: the log-in ended with 535\n\
             \u{20}                   → correct the password\n\n  1 thing must be mended.\n"
        );
        assert!(
            all(&checks[..1], true, None).contains("\u{1b}[32m✓\u{1b}[0m")
                && all(&checks[..1], false, None).ends_with("All is well.\n")
        );
    }
}
