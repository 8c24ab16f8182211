//! Sample notices: one for each event that an owner is told about.

use chrono::{NaiveDate, NaiveTime};

use super::Told;
use super::reports::MADE_AT;
use crate::domain::brief::Brief;
use crate::domain::cadence::{Cadence, Every, ShortMonth, Weekday};
use crate::domain::contact::ChannelKind;
use crate::domain::document::{Block, Document, Fact, Text};
use crate::domain::notice::{NoticeKind, Severity};
use crate::domain::sms_caps::{Mark, Of};
use crate::domain::watch::Trouble;
use crate::i18n::{Value, Words};
use crate::report::notice::{self, AffectedMail, KeptBackLine, MailEvent, OwnerNotice, TextsUsed, Watched};
use crate::report::test_alert::{self, TestAlert};

pub(super) fn all() -> Vec<(&'static str, Document)> {
    translated("en")
}

/// All of them in the words of a language.
pub(super) fn translated(language: &str) -> Vec<(&'static str, Document)> {
    let mut notices: Vec<_> = MailEvent::ALL.map(|event| (file_name(event), about_mails(event, language))).into();
    notices.extend(about_reports(language));
    notices.extend(about_texts(language));
    notices.extend(to_be_noticed(language));
    notices.push(("notice-test", test(language).0));
    notices
}

/// All of them as every channel gets them.
pub(super) fn told(language: &str) -> Vec<Told> {
    let told = translated(language).into_iter().map(|(name, document)| {
        let is_test = name == "notice-test";
        let kind = if is_test { NoticeKind::Test } else { NoticeKind::Owner };
        let severity = if is_test { Severity::Info } else { Severity::Warning };
        let brief = Brief {
            severity: severity.name().into(),
            title: document.subject.clone(),
            is_test,
            sms: is_test.then(|| test(language).1),
            ..Brief::of(&document, kind.name(), Some("acme"))
        };
        Told { name, kind, document, brief }
    });
    told.collect()
}

fn test(language: &str) -> (Document, String) {
    let asked = NaiveDate::from_ymd_opt(2026, 11, 16).and_then(|day| day.and_hms_opt(9, 0, 0)).unwrap_or_default();
    test_alert::document(&TestAlert {
        language,
        project: "Acme Windows",
        channel: ChannelKind::Slack,
        addresses: "ops-room",
        actor: "olena",
        asked_at: MADE_AT,
        asked: (asked, "Europe/Kyiv"),
    })
}

/// A report that couldn't be made, waits for calls, went without them, or without its files; and a standstill.
fn about_reports(language: &str) -> Vec<(&'static str, Document)> {
    let words = Words::of(language);
    let at = |hour, minute| {
        NaiveDate::from_ymd_opt(2026, 11, 16).and_then(|day| day.and_hms_opt(hour, minute, 0)).unwrap_or_default()
    };
    let weekly = Cadence::Calendar {
        every: Every::Week(vec![Weekday::Mon]),
        at: NaiveTime::from_hms_opt(8, 0, 0).into_iter().collect(),
        short_month: ShortMonth::Clamp,
    };
    let values = |extra: &[(&'static str, Value<'static>)]| {
        let mut values: Vec<(&'static str, Value<'static>)> = vec![
            ("project", "Acme Windows".into()),
            ("schedule", "acme-weekly".into()),
            ("report", words.rule(&weekly).into()),
            ("occurrence", words.moment(at(8, 0)).into()),
            ("due", words.moment(at(8, 0)).into()),
            ("until", words.moment(at(14, 0)).into()),
            ("zone", words.zone("Europe/Kyiv").into()),
            ("from", words.moment_year(at(2, 10)).into()),
            ("to", words.moment_year(at(5, 40)).into()),
            ("span", words.span(12_600).into()),
            ("size", 20_usize.into()),
        ];
        values.extend(extra.iter().cloned());
        values
    };
    let make = |which: &str, eyebrow: &str, advice: &[&str], values: Vec<(&'static str, Value<'static>)>| {
        let say = |part: &str| words.say(&format!("{which}-{part}"), &values);
        notice::owner(OwnerNotice {
            language: words.language().to_owned(),
            direction: words.direction(),
            made_at: MADE_AT,
            subject: say("subject"),
            eyebrow: words.say(eyebrow, &values),
            title: say("title"),
            sentence: say("sentence"),
            advice: advice.iter().map(|id| Text::plain(words.say(id, &values))).collect(),
            ..OwnerNotice::default()
        })
    };
    let because = words.say("failed-because", &[("reason", "more than 5,000,000 calls in the period".into())]);
    let source = Fact { label: words.word("held-source"), value: "Main PBX".into(), detail: String::new() };
    let held = |which| {
        let mut document = make(which, "failed-eyebrow", &[&format!("{which}-advice")], values(&[]));
        document.blocks.push(Block::Facts(vec![source.clone()]));
        document
    };
    let list = words.all_of(&["PDF".to_owned(), "XLSX".to_owned()]);
    vec![
        (
            "notice-report-failed",
            make("failed", "failed-eyebrow", &["failed-advice"], values(&[("because", because.into())])),
        ),
        ("notice-report-held", held("held")),
        ("notice-report-gave-up", held("gave-up")),
        (
            "notice-report-too-large",
            make(
                "too-large",
                "too-large-eyebrow",
                &["too-large-advice"],
                values(&[("n", 2_usize.into()), ("list", list.into())]),
            ),
        ),
        ("notice-standstill", make("down", "owner-installation", &["down-advice"], values(&[("n", 3_usize.into())]))),
    ]
}

/// The limits of texts.
fn about_texts(language: &str) -> Vec<(&'static str, Document)> {
    let words = Words::of(language);
    let texts = |of, used, most, name, mark| {
        notice::texts(&TextsUsed { of, used, most, name }, mark, &words, "Acme Windows", MADE_AT)
    };
    vec![
        ("notice-texts-near", texts(Of::ProjectMonth, 160, 200, "Acme Windows", Mark::Near)),
        ("notice-texts-last", texts(Of::ContactDay, 10, 10, "Nadia P.", Mark::Last)),
    ]
}

/// What somebody must notice, the end of a silence, and a question of SNS's.
fn to_be_noticed(language: &str) -> Vec<(&'static str, Document)> {
    let words = Words::of(language);
    let since = NaiveDate::from_ymd_opt(2026, 11, 16).and_then(|day| day.and_hms_opt(7, 30, 0)).unwrap_or_default();
    let of = |trouble, name, said| Watched { trouble, project: "Acme Windows", name, since, zone: "Europe/Kyiv", said };
    let watch = |watched: Watched<'_>| notice::watch(&words, &watched, MADE_AT);
    let kept = KeptBackLine { subject: "Acme Windows: funds may end on Saturday, 6 June".into(), times: 2 };
    let topic = "arn:aws:sns:eu-west-1:123456789012:mails";
    let link = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37";
    vec![
        ("notice-watch-reports", watch(of(Trouble::Reports, "", ""))),
        ("notice-watch-lane", watch(of(Trouble::Lane, "email/main", "no connection to smtp.acme.example:587"))),
        ("notice-watch-source", watch(of(Trouble::Source, "Main PBX", ""))),
        ("notice-watch-balance", watch(of(Trouble::Balance, "forwarding", ""))),
        (
            "notice-watch-money-source",
            watch(of(Trouble::MoneySource, "billing", "db.acme.example:5432/billing can't be reached")),
        ),
        ("notice-watch-usage", watch(of(Trouble::Usage, "forwarding", ""))),
        (
            "notice-silence-over",
            notice::silence_over(&words, "Acme Windows", ("olena", "invoice is being paid"), since, &[kept], MADE_AT),
        ),
        ("notice-sns-question", notice::subscription(&words, true, topic, link, MADE_AT)),
    ]
}

fn file_name(event: MailEvent) -> &'static str {
    match event {
        MailEvent::OutcomeUnknown => "notice-mail-unknown",
        MailEvent::StillUnknown => "notice-mail-still-unknown",
        MailEvent::AddressMarked => "notice-address-marked",
        MailEvent::Refused => "notice-mail-refused",
        MailEvent::RelayHeld => "notice-relay-held",
        MailEvent::Expired => "notice-mail-expired",
        MailEvent::Unsendable => "notice-mail-unsendable",
        MailEvent::CameBack => "notice-mail-came-back",
        MailEvent::CalledSpam => "notice-mail-called-spam",
    }
}

fn about_mails(event: MailEvent, language: &str) -> Document {
    let mail = |address: &str, reason: &str, reference: &str| AffectedMail {
        address: address.into(),
        what: "acme-weekly".into(),
        reason: reason.into(),
        reference: reference.into(),
    };
    let mails = match event {
        MailEvent::OutcomeUnknown | MailEvent::StillUnknown | MailEvent::Expired => {
            vec![mail("olena@acme.example", "connection closed after the message", "7Q3F-K2MD")]
        }
        MailEvent::AddressMarked => vec![mail("tarsa@acme.example", "550 5.1.1 no such user here", "7Q3F-K2MD")],
        MailEvent::CameBack => vec![
            mail("tarsa@acme.example", "550 5.1.1 no such user here", "7Q3F-K2MD"),
            mail("olena@acme.example", "552 5.2.2 mailbox full", "9TZX-04WB"),
        ],
        MailEvent::CalledSpam => vec![mail("olena@acme.example", "abuse SomeGenerator/1.0", "7Q3F-K2MD")],
        MailEvent::Refused => vec![
            mail("olena@acme.example", "552 5.3.4 message too big for system", "7Q3F-K2MD"),
            mail("finance@acme.example", "554 5.7.1 delivery not authorised", "9TZX-04WB"),
        ],
        MailEvent::Unsendable => {
            vec![mail(
                "борис@acme.example",
                "no relay of ours takes an address with such letters (SMTPUTF8)",
                "7Q3F-K2MD",
            )]
        }
        MailEvent::RelayHeld => ["ann", "bob", "cyd", "dan", "eve"]
            .map(|name| mail(&format!("{name}@acme.example"), "550 5.7.1 sender rejected by policy", "7Q3F-K2MD"))
            .into(),
    };
    notice::deliveries(event, language, "Acme Windows", &mails, mails.len(), MADE_AT)
}
