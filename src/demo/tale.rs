//! The account of what was told about money: a story for each project, each message with whoever got it and what to open.

use std::fmt::Write as _;

use super::show::{Terminal, minute, place};
use super::warnings::{To, Warning};
use super::{Account, show};

/// What happens in the first run, by project; later runs tell what they told.
const LEADS: [(&str, &str); 3] = [
    (
        "vikna",
        "The forwarding funds end within days. Finance hears a week ahead, by mail; at three days the owner too, and finance \
         by text as well.",
    ),
    (
        "hudson",
        "The paid period is over, and nobody paid. It has nobody in finance, so the owner hears of it; and whoever is on duty, \
         because a payment would come too late.",
    ),
    (
        "amstel",
        "A charge took the balance below nothing: told at once to all who must know, until a payment came. The night after, two \
         top-ups failed in Halyna's quiet hours, and one of them came after all: one digest in the morning.",
    ),
];

/// The whole of it; empty where nothing was told.
pub(super) fn tale(account: &Account, terminal: &Terminal) -> String {
    let warnings = &account.warnings;
    if warnings.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    let mut line = |line: &str| {
        let _ = writeln!(text, "{}", terminal.wrap(line));
    };
    line(&format!("What was told about money: {}", counted(warnings)));
    let mut projects: Vec<(Option<&str>, &str)> = Vec::new();
    for warning in warnings {
        let project = (warning.project.as_deref(), warning.name.as_str());
        if !projects.contains(&project) {
            projects.push(project);
        }
    }
    for (project, name) in projects {
        let own: Vec<&Warning> = warnings.iter().filter(|one| one.project.as_deref() == project).collect();
        let zone = place(&own[0].zone);
        line("");
        line(&format!("{} ({zone} time)", if name.is_empty() { "This installation" } else { name }));
        let lead = LEADS.iter().find(|(of, _)| account.is_first && Some(*of) == project);
        if let Some((_, lead)) = lead {
            line(&format!("  {lead}"));
        }
        for warning in own {
            line(&format!("  {}: {}", minute(&warning.zone, warning.at), warning.subject));
            for to in &warning.to {
                line(&format!("    {}", whom(to)));
            }
        }
    }
    text
}

/// `mail to Halyna Romanenko, finance contact: 7Q3F-K2MD.html`
fn whom(to: &To) -> String {
    let who = if to.name.is_empty() { &to.address } else { &to.name };
    let where_to = match to.channel.as_str() {
        "email" => format!("mail to {who}"),
        "sms" => format!("text to {who}"),
        "slack" => format!("Slack room {}, of {who}", to.address),
        "teams" => format!("Teams room {}, of {who}", to.address),
        other => format!("{other} {}, of {who}", to.address),
    };
    let what = match (to.state.as_str(), &to.file) {
        ("accepted", Some(file)) => show::file_name(file),
        ("folded", _) if to.reason == "in_a_digest" => "waited for the digest".to_owned(),
        ("folded", _) => "in the mail of that morning".to_owned(),
        ("held", _) => "waits for the end of quiet hours".to_owned(),
        ("queued", _) => "waits for the morning".to_owned(),
        (state, _) => format!("{state} ({})", to.reason),
    };
    format!("{where_to} ({}): {what}", to.role)
}

/// `12 mails, 2 texts, 4 messages in rooms`
fn counted(warnings: &[Warning]) -> String {
    let went = warnings.iter().flat_map(|warning| &warning.to).filter(|to| to.state == "accepted");
    let (mut mails, mut texts, mut rooms) = (0, 0, 0);
    for to in went {
        match to.channel.as_str() {
            "email" => mails += 1,
            "sms" => texts += 1,
            _ => rooms += 1,
        }
    }
    let of = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let counts =
        [of(mails, "mail", "mails"), of(texts, "text", "texts"), of(rooms, "message in a room", "messages in rooms")];
    counts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::instant::Instant;
    use crate::zones::Zones;

    #[test]
    fn a_story_is_told_by_project_with_everybody_who_heard_and_what_to_open() {
        let at = |text| Instant::parse_rfc3339(text).expect("valid");
        let to = |channel: &str, state: &str, reason: &str| To {
            channel: channel.into(),
            name: "Halyna Romanenko".into(),
            address: if channel == "slack" { "on-duty".into() } else { "halyna@books.example".into() },
            role: "finance contact".into(),
            state: state.into(),
            reason: reason.into(),
            at: at("2026-11-16T07:00:00Z"),
            reference: "7Q3F-K2MD".into(),
            file: (state == "accepted").then(|| format!("demo/outbox/7Q3F-K2MD.{channel}.html").into()),
        };
        let warning = Warning {
            project: Some("vikna".into()),
            name: "Vikna Plus".into(),
            zone: Zones::bundled().get("Europe/Kyiv").expect("a zone"),
            at: at("2026-11-16T07:00:00Z"),
            kind: "funds".into(),
            subject: "Pay by Wed 18 November: forwarding funds of Vikna Plus may end on Fri 20 November".into(),
            to: vec![to("slack", "accepted", ""), to("email", "folded", "in_a_digest"), to("sms", "failed", "unknown")],
        };
        let mut account = Account::begin(at("2026-11-08T00:00:00Z"), at("2026-11-16T08:00:00Z"), true);
        let terminal = Terminal { width: None, fitted: |table| table.to_string(), wrapped: |line, _| line.to_owned() };
        assert_eq!(tale(&account, &terminal), "");
        account.warnings = vec![warning];
        let told = tale(&account, &terminal);
        for line in [
            "What was told about money: 0 mails, 0 texts, 1 message in a room",
            "Vikna Plus (Kyiv time)",
            "  Mon 16 Nov 09:00: Pay by Wed 18 November: forwarding funds of Vikna Plus may end on Fri 20 November",
            "    Slack room on-duty, of Halyna Romanenko (finance contact): 7Q3F-K2MD.slack.html",
            "    mail to Halyna Romanenko (finance contact): waited for the digest",
            "    text to Halyna Romanenko (finance contact): failed (unknown)",
        ] {
            assert!(told.lines().any(|shown| shown == line), "{line}\n{told}");
        }
        assert!(told.contains("The forwarding funds end within days."), "{told}");
        account.is_first = false;
        assert!(!tale(&account, &terminal).contains("The forwarding funds end"), "a later run has no such story");
    }
}
