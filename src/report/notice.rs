//! Notices as documents: what happened, since when, what happens if nobody acts, what to do; how we know comes after.
//!
//! [`owner`] takes words that are ready; [`deliveries`] has the words for what becomes of mails.

use std::sync::Arc;

use chrono::NaiveDateTime;

use super::alert::capital;
use crate::domain::document::{Align, Block, Cell, Column, Document, Fact, Paper, Table, Text, TextDirection};
use crate::domain::instant::Instant;
use crate::domain::sms_caps::{Mark, Of};
use crate::domain::watch::Trouble;
use crate::i18n::{Value, Words};

/// Something that the owner of a project should know about our own work.
#[derive(Clone, Debug, Default)]
pub struct OwnerNotice {
    /// BCP 47.
    pub language: String,
    pub direction: TextDirection,
    pub made_at: Instant,
    /// The fact, short enough for an inbox: `Acme Windows: one report may not have arrived`.
    pub subject: String,
    /// Small line over the title: project and topic.
    pub eyebrow: String,
    /// The one `h1`.
    pub title: String,
    /// What happened and what it means, in a sentence or two. Also the hidden preview line.
    pub sentence: String,
    /// What to do about it; a paragraph each.
    pub advice: Vec<Text>,
    /// How we know.
    pub facts: Vec<Fact>,
    /// Small lines at the end.
    pub foot: Vec<Text>,
}

/// The document of such a notice.
pub fn owner(notice: OwnerNotice) -> Document {
    let mut blocks = vec![Block::Lead(Text::plain(notice.sentence.as_str()))];
    blocks.extend(notice.advice.into_iter().map(Block::Paragraph));
    if !notice.facts.is_empty() {
        blocks.push(Block::Facts(notice.facts));
    }
    Document {
        language: notice.language,
        direction: notice.direction,
        paper: Paper::default(),
        subject: notice.subject,
        preview: notice.sentence,
        eyebrow: notice.eyebrow,
        title: notice.title,
        period_label: String::new(),
        made_at: notice.made_at,
        file_stem: "notice".into(),
        blocks,
        foot: notice.foot,
        data: None,
        brand: Arc::default(),
    }
}

/// What became of mails that the owner should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailEvent {
    /// Handed over, and nobody knows how it ended.
    OutcomeUnknown,
    /// Still unknown after seven days, now counted as failed.
    StillUnknown,
    /// The relay says that the address doesn't exist; nothing is sent there any more.
    AddressMarked,
    /// Refused for good, for another reason.
    Refused,
    /// Several addresses got the same refusal, so it is about us: the relay is held and the mails wait.
    RelayHeld,
    /// It couldn't be sent in time and no longer will be.
    Expired,
    /// It can't be made, or no relay of ours can carry it: nothing was sent, and nobody refused it.
    Unsendable,
    /// A relay had taken it, and it came back.
    CameBack,
    /// Its reader called it spam; nothing more is sent there.
    CalledSpam,
}

impl MailEvent {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::OutcomeUnknown,
        Self::StillUnknown,
        Self::AddressMarked,
        Self::Refused,
        Self::RelayHeld,
        Self::Expired,
        Self::Unsendable,
        Self::CameBack,
        Self::CalledSpam,
    ];

    /// Whether nothing more is sent to such an address, until somebody lifts that.
    const fn is_of_stopped(self) -> bool {
        matches!(self, Self::AddressMarked | Self::CameBack | Self::CalledSpam)
    }

    /// The word in the ids of its messages: `mail-<word>-title`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OutcomeUnknown => "unknown",
            Self::StillUnknown => "still-unknown",
            Self::AddressMarked => "marked",
            Self::Refused => "refused",
            Self::RelayHeld => "held",
            Self::Expired => "expired",
            Self::Unsendable => "unsendable",
            Self::CameBack => "came-back",
            Self::CalledSpam => "spam",
        }
    }
}

/// One mail that it happened to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AffectedMail {
    pub address: String,
    /// The schedule, or what else it was.
    pub what: String,
    /// What the relay said, or the reason in words.
    pub reason: String,
    /// As it stands under the mail: `7Q3F-K2MD`.
    pub reference: String,
}

/// The notice about `count` mails that something happened to, in the words of `language`; `mails` are those of them that
/// are named, `project` is a name.
pub fn deliveries(
    event: MailEvent,
    language: &str,
    project: &str,
    mails: &[AffectedMail],
    count: usize,
    made_at: Instant,
) -> Document {
    let words = Words::of(language);
    let values = [("project", project.into()), ("n", count.into())];
    let say = |part: &str| words.say(&format!("mail-{}-{part}", event.name()), &values);
    let mut document = owner(OwnerNotice {
        language: words.language().to_owned(),
        direction: words.direction(),
        made_at,
        subject: say("subject"),
        eyebrow: words.say("mail-eyebrow", &values),
        title: say("title"),
        sentence: say("sentence"),
        advice: vec![Text::plain(say("advice"))],
        foot: event.is_of_stopped().then(|| Text::plain(words.word("mail-lift-note"))).into_iter().collect(),
        ..OwnerNotice::default()
    });
    if !mails.is_empty() {
        let unnamed = count.saturating_sub(mails.len());
        let more = (unnamed > 0).then(|| words.say("mail-more", &[("n", unnamed.into())]));
        document.blocks.push(Block::Table(Table { more, ..affected(&words, mails) }));
    }
    document
}

fn affected(words: &Words, mails: &[AffectedMail]) -> Table {
    let column =
        |label: String, hide_when_narrow: bool| Column { label, align: Align::Start, hide_when_narrow, is_bar: false };
    let row = |mail: &AffectedMail| {
        let cells = [&mail.what, &mail.reason, &mail.reference];
        std::iter::once(Cell::strong(mail.address.as_str()))
            .chain(cells.map(|text| Cell::text(text.as_str())))
            .collect()
    };
    Table {
        columns: vec![
            column(words.word("mail-column-address"), false),
            column(words.word("mail-column-what"), true),
            column(words.word("mail-column-reason"), false),
            column(words.word("mail-column-reference"), true),
        ],
        rows: mails.iter().map(row).collect(),
        ..Table::default()
    }
}

/// Notices of one subject that a silence kept back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBackLine {
    pub subject: String,
    pub times: u64,
}

/// The notice that a silence is over: who wanted it and why, since when, and what it kept back.
pub fn silence_over(
    words: &Words,
    project: &str,
    (actor, reason): (&str, &str),
    since: NaiveDateTime,
    kept: &[KeptBackLine],
    made_at: Instant,
) -> Document {
    let since = words.moment_year(since);
    let count: u64 = kept.iter().map(|line| line.times).sum();
    let values = [
        ("project", Value::from(project)),
        ("n", count.into()),
        ("who", actor.into()),
        ("since", since.as_str().into()),
    ];
    let title = words.say("silence-over-title", &values);
    let fact = |label: String, value: String| Fact { label, value, detail: String::new() };
    let mut facts = vec![fact(words.word("silence-reason"), reason.to_owned())];
    facts.extend(kept.iter().map(|line| fact(format!("{}×", line.times), line.subject.clone())));
    owner(OwnerNotice {
        sentence: words.say("silence-over-sentence", &values),
        advice: (count > 0).then(|| Text::plain(words.word("silence-over-advice"))).into_iter().collect(),
        facts,
        ..about(words, made_at, project, "silence-topic", title)
    })
}

/// What somebody must notice.
#[derive(Clone, Copy, Debug)]
pub struct Watched<'a> {
    pub trouble: Trouble,
    /// The project's name, or the installation.
    pub project: &'a str,
    /// What it is called; empty where it is the project itself.
    pub name: &'a str,
    /// On the wall clock of `zone`.
    pub since: NaiveDateTime,
    pub zone: &'a str,
    /// The other side's last words; may be empty.
    pub said: &'a str,
}

/// The notice that something should have gone well by now.
pub fn watch(words: &Words, watched: &Watched<'_>, made_at: Instant) -> Document {
    let since = format!("{} ({})", words.moment_year(watched.since), words.zone(watched.zone));
    let day = words.day_named(watched.since.date());
    let values = [
        ("project", Value::from(watched.project)),
        ("name", watched.name.into()),
        ("since", since.as_str().into()),
        ("day", day.as_str().into()),
    ];
    let which = watched.trouble.name();
    let say = |part: &str| words.say(&format!("watch-{which}-{part}"), &values);
    let title = say("title");
    let topic = [("project", Value::from(watched.project)), ("topic", words.word("watch-topic").into())];
    let fact =
        |label: &str, value: &str| Fact { label: words.word(label), value: value.to_owned(), detail: String::new() };
    let said = (!watched.said.is_empty()).then(|| fact("watch-said", watched.said));
    owner(OwnerNotice {
        language: words.language().to_owned(),
        direction: words.direction(),
        made_at,
        subject: words.say("alert-subject", &[("project", watched.project.into()), ("what", title.as_str().into())]),
        eyebrow: words.say("alert-eyebrow", &topic),
        title,
        sentence: say("sentence"),
        advice: vec![Text::plain(say("advice"))],
        facts: said.into_iter().collect(),
        ..OwnerNotice::default()
    })
}

/// The notice that SNS asks whether a subscription is meant (`is_begin`), or says that it ended; `link` may be empty.
pub fn subscription(words: &Words, is_begin: bool, topic: &str, link: &str, made_at: Instant) -> Document {
    let which = if is_begin { "begin" } else { "end" };
    let say = |part: &str| words.word(&format!("sns-{which}-{part}"));
    let fact =
        |label: &str, value: &str| Fact { label: words.word(label), value: value.to_owned(), detail: String::new() };
    let title = say("title");
    let installation = words.word("owner-installation");
    let topic_of = [("project", Value::from(installation.as_str())), ("topic", words.word("sns-topic").into())];
    let mut facts = vec![fact("sns-topic-name", topic)];
    facts.extend((!link.is_empty()).then(|| fact("sns-link", link)));
    owner(OwnerNotice {
        language: words.language().to_owned(),
        direction: words.direction(),
        made_at,
        subject: words
            .say("alert-subject", &[("project", installation.as_str().into()), ("what", title.as_str().into())]),
        eyebrow: words.say("alert-eyebrow", &topic_of),
        title,
        sentence: say("sentence"),
        advice: vec![Text::plain(say("advice"))],
        facts,
        ..OwnerNotice::default()
    })
}

/// How many texts went, and how many may.
#[derive(Clone, Copy, Debug)]
pub struct TextsUsed<'a> {
    pub of: Of,
    pub used: i64,
    pub most: i64,
    /// The contact's or the project's.
    pub name: &'a str,
}

/// The notice that a limit of texts is near or reached.
pub fn texts(texts: &TextsUsed<'_>, mark: Mark, words: &Words, project: &str, made_at: Instant) -> Document {
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    let state = if mark == Mark::Near { "near" } else { "full" };
    let values = [
        ("used", Value::from(count(texts.used.min(texts.most)))),
        ("most", count(texts.most).into()),
        ("name", texts.name.into()),
        ("project", project.into()),
    ];
    let of = texts.of.name();
    let title = words.say(&format!("texts-{state}-{of}-title"), &values);
    owner(OwnerNotice {
        sentence: words.word(&format!("texts-{state}-{of}-then")),
        advice: vec![Text::plain(words.word("texts-advice"))],
        title: capital(&title),
        ..about(words, made_at, project, "texts-topic", title)
    })
}

/// Title, subject and what stands above the title, of a notice about a project or the installation.
fn about(words: &Words, made_at: Instant, project: &str, topic: &str, title: String) -> OwnerNotice {
    let topic = [("project", Value::from(project)), ("topic", words.word(topic).into())];
    OwnerNotice {
        language: words.language().to_owned(),
        direction: words.direction(),
        made_at,
        subject: words.say("alert-subject", &[("project", project.into()), ("what", title.as_str().into())]),
        eyebrow: words.say("alert-eyebrow", &topic),
        title,
        ..OwnerNotice::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_of_one_is_one_text_and_its_title_begins_with_a_capital() {
        let of = |of, language: &str| {
            let used = TextsUsed { of, used: 1, most: 1, name: "Nadia" };
            texts(&used, Mark::Last, &Words::of(language), "Acme Windows", Instant::from_seconds(0))
        };
        let day = of(Of::ContactDay, "en");
        assert_eq!(day.subject, "Acme Windows: the limit of 1 text a day to Nadia is reached");
        assert_eq!(day.title, "The limit of 1 text a day to Nadia is reached");
        assert_eq!(of(Of::ProjectMonth, "en").title, "The limit of 1 text of this month is reached");
        assert_eq!(of(Of::ContactDay, "nl").title, "De limiet van 1 sms per dag voor Nadia is bereikt");
        for language in crate::i18n::spoken() {
            let title = of(Of::ProjectMonth, language).title;
            assert!(title.chars().next().is_some_and(char::is_uppercase), "{language}: {title}");
        }
    }

    #[test]
    fn all_are_counted_and_some_are_named() {
        let mails = vec![AffectedMail { address: "a@acme.example".into(), ..AffectedMail::default() }; 50];
        let document = deliveries(MailEvent::Refused, "en", "Acme Windows", &mails, 60, Instant::from_seconds(0));
        assert_eq!(document.subject, "Acme Windows: 60 mails were refused");
        let said = serde_json::to_string(&document).expect("plain data");
        assert!(said.contains("and 10 more"), "{said}");
    }

    #[test]
    fn nobody_who_reads_mail_is_sent_to_a_shell_about_an_unknown_outcome() {
        for language in crate::i18n::spoken() {
            for event in [MailEvent::OutcomeUnknown, MailEvent::StillUnknown] {
                let document = deliveries(event, language, "Acme Windows", &[], 1, Instant::from_seconds(0));
                let said = serde_json::to_string(&document).expect("plain data");
                for word in ["settle", "resend", "REFERENCE", "accepted"] {
                    assert!(!said.contains(word), "{language}, {word}: {said}");
                }
            }
        }
    }

    #[test]
    fn every_event_has_all_its_words() {
        for event in MailEvent::ALL {
            for count in [1, 3] {
                let mails = vec![AffectedMail { address: "a@acme.example".into(), ..AffectedMail::default() }; count];
                let document = deliveries(event, "en", "Acme Windows", &mails, mails.len(), Instant::from_seconds(0));
                let said = serde_json::to_string(&document).expect("plain data");
                assert!(!said.contains("mail-") && !said.contains("{$"), "{event:?}: {said}");
                assert!(document.subject.starts_with("Acme Windows: "), "{}", document.subject);
            }
        }
    }
}
