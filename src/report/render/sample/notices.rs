//! Sample notices: one for each event that an owner is told about.

use chrono::NaiveDate;

use super::reports::MADE_AT;
use crate::domain::document::{Document, Fact, Text};
use crate::domain::watch::Trouble;
use crate::i18n::Words;
use crate::report::notice::{self, AffectedMail, KeptBackLine, MailEvent, OwnerNotice, Watched};

pub(super) fn all() -> Vec<(&'static str, Document)> {
    let mut notices = vec![("notice-report-failed", report_failed())];
    notices.extend(MailEvent::ALL.map(|event| (file_name(event), about_mails(event, "en"))));
    notices.extend(to_be_noticed("en"));
    notices
}

/// Those about mails, in the words of another language.
pub(super) fn translated(language: &str) -> Vec<(&'static str, Document)> {
    let mut notices: Vec<_> = MailEvent::ALL.map(|event| (file_name(event), about_mails(event, language))).into();
    notices.extend(to_be_noticed(language));
    notices
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

fn report_failed() -> Document {
    let fact = |label: &str, value: &str, detail: &str| Fact {
        label: label.into(),
        value: value.into(),
        detail: detail.into(),
    };
    notice::owner(OwnerNotice {
        language: "en".into(),
        made_at: MADE_AT,
        subject: "Acme Windows: the report “acme-weekly” couldn’t be made".into(),
        eyebrow: "Acme Windows · Reports".into(),
        title: "The report “acme-weekly” of Mon 16 Nov 08:00 couldn’t be made".into(),
        sentence: "Nobody got it. The next one is made as planned.".into(),
        advice: vec![Text::plain("Once the cause is gone, “send-now acme-weekly” makes it again.")],
        facts: vec![
            fact("Report", "Weekly summary, 9–15 November", "schedule acme-weekly"),
            fact("Reason", "more than 5,000,000 calls in the period", "tried 3 times, the last on Mon 16 Nov, 08:07"),
        ],
        ..OwnerNotice::default()
    })
}
