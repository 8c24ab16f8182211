//! Sample warnings about money: every kind, in the states that have words of their own.

use chrono::{Datelike, Days, NaiveDate};

use super::{Told, reports};
use crate::domain::brief::Brief;
use crate::domain::document::{Document, Link};
use crate::domain::forecast::{DaySpend, Forecast, Funds, KnownCharge, covered_until, pay_by};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::notice::{NoticeKind, Severity};
use crate::domain::quiet::Part;
use crate::i18n::Words;
use crate::report::alert::{Alert, News, Part as Row, Shown, alert, joined, joined_sms, sms};
use crate::report::digest::{self, Line};

/// Monday, 1 June 2026, 09:00 in Kyiv.
const MADE_AT: Instant = Instant::from_seconds(1_780_293_600);

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, day).unwrap_or_default()
}

const fn cents(cents: i64) -> Amount {
    Amount::from_micros(cents * 10_000)
}

/// Three busy weeks and a calm one, and a charge that is known to come.
fn funds(balance: Amount) -> Funds {
    let first = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap_or_default();
    let spend = first.iter_days().take(28).enumerate().map(|(n, day)| {
        let (is_weekend, is_calm) = (n % 7 > 4, n / 7 == 3);
        let usage = match (is_weekend, is_calm) {
            (false, false) => cents(1_425),
            (false, true) => cents(285),
            (true, false) => cents(375),
            (true, true) => cents(75),
        };
        DaySpend { day, usage, fixed: Amount::ZERO }
    });
    Funds {
        balance,
        credit_limit: Amount::ZERO,
        day: day(1),
        known_since: Some(first),
        told_until: first.checked_add_days(Days::new(27)),
        spent: Amount::ZERO,
        spend: spend.collect(),
        charges: vec![KnownCharge { on: day(5), amount: cents(1_200), what: "number rent".into() }],
    }
}

fn shown(balance: Amount, name: &str) -> Shown {
    let funds = funds(balance);
    let forecast = funds.forecast();
    let end = match &forecast {
        Forecast::Lasts(lasts) => lasts.earliest.day(),
        _ => None,
    };
    let is_near = end.is_some_and(|end| (end - day(1)).num_days() < 9);
    let until = covered_until(day(1));
    Shown {
        name: name.into(),
        currency: "EUR".into(),
        amount: balance,
        credit_limit: Amount::ZERO,
        low: Some(cents(5_000)),
        as_of: day(1).and_hms_opt(8, 0, 0).unwrap_or_default(),
        is_stale: false,
        untold_since: None,
        pay_by: end.filter(|_| is_near).map(|end| pay_by(end, 1, |day| day.weekday().num_days_from_monday() < 5)),
        to_add: (is_near || forecast == Forecast::Empty).then(|| (funds.sum_until(until), until)),
        charges: funds.charges,
        forecast,
        lead_days: 1,
        switches_off: None,
    }
}

fn of(news: News, balance: Option<Shown>) -> Alert {
    Alert {
        project: "Acme Windows".into(),
        zone: "Europe/Kyiv".into(),
        made_at: MADE_AT,
        today: day(1),
        news,
        balance,
        pay: Some(Link::Web("https://acme.example/pay".into())),
        cannot_wait: false,
        next: None,
        next_also: Vec::new(),
        told: vec!["Nadia Petrenko".into(), "Olena Koval".into()],
        paid_page: Some("https://reports.acme.example/paid/".into()),
    }
}

/// Every warning, with its name.
pub(super) fn of_all() -> Vec<(&'static str, Alert, bool)> {
    let since = day(1).and_hms_opt(8, 20, 0).unwrap_or_default();
    let (funds, low, negative) = (cents(8_460), cents(4_120), cents(-1_240));
    let stale = Shown { is_stale: true, ..shown(funds, "carrier") };
    let untold = Shown { untold_since: NaiveDate::from_ymd_opt(2026, 5, 27), ..shown(funds, "forwarding") };
    let young =
        Shown { forecast: Forecast::TooLittleHistory { days: 3 }, to_add: None, pay_by: None, ..shown(low, "project") };
    let failed = News::TopupFailed { sum: cents(20_000), why: "card expired".into() };
    let paid = News::PaidUntil { last: day(8), pay_by: Some(day(5)) };
    vec![
        (
            "alert-funds",
            Alert {
                next: Some(day(3)),
                next_also: vec!["Taras Bondar".into()],
                ..of(News::Funds, Some(shown(funds, "forwarding")))
            },
            true,
        ),
        ("alert-funds-stale", Alert { cannot_wait: true, ..of(News::Funds, Some(stale)) }, true),
        ("alert-funds-untold", of(News::Funds, Some(untold)), true),
        ("alert-funds-without-sums", of(News::Funds, Some(shown(funds, "forwarding"))), false),
        ("alert-low-balance", of(News::Low, Some(shown(low, "project"))), true),
        ("alert-low-balance-young", of(News::Low, Some(young)), true),
        ("alert-negative", of(News::Negative, Some(shown(negative, "forwarding"))), true),
        ("alert-negative-without-sums", of(News::Negative, Some(shown(negative, "forwarding"))), false),
        ("alert-paid-until", Alert { next: Some(day(5)), ..of(paid, None) }, true),
        (
            "alert-paid-over",
            of(News::PaidOver { last: NaiveDate::from_ymd_opt(2026, 5, 29).unwrap_or_default() }, None),
            true,
        ),
        ("alert-paid-again", of(News::PaidAgain { last: day(30) }, None), true),
        ("alert-trial-ends", Alert { next: Some(day(5)), ..of(News::TrialEnds { last: day(8) }, None) }, true),
        (
            "alert-trial-over",
            of(News::TrialOver { last: NaiveDate::from_ymd_opt(2026, 5, 29).unwrap_or_default() }, None),
            true,
        ),
        ("alert-suspended", of(News::Suspended { since }, None), true),
        ("alert-reactivated", of(News::Reactivated { since }, None), true),
        ("alert-archived", of(News::Archived { since }, None), true),
        ("alert-topup-failed", of(failed, Some(shown(funds, "forwarding"))), true),
        ("alert-topup-late", of(News::TopupLate { sum: cents(20_000), since }, Some(shown(funds, "forwarding"))), true),
        ("alert-recovered", of(News::Recovered, Some(shown(cents(38_460), "forwarding"))), true),
    ]
}

/// Several of one morning: in two currencies, with a paid period, of two balances of one project.
fn morning() -> Vec<Row> {
    let part = |delivery, project: &str, alert: Alert| Row {
        delivery,
        project: project.to_lowercase(),
        alert: Alert { project: project.into(), ..alert },
        shows_money: true,
    };
    let dollars = Shown { currency: "USD".into(), ..shown(cents(9_120), "project") };
    let paid = News::PaidUntil { last: day(8), pay_by: Some(day(5)) };
    vec![
        part(
            1,
            "Acme Windows",
            Alert { next: Some(day(3)), ..of(News::Funds, Some(shown(cents(8_460), "forwarding"))) },
        ),
        part(2, "Acme Windows", of(News::Funds, Some(dollars))),
        part(3, "Amstel Cycles", Alert { next: Some(day(5)), ..of(paid, None) }),
        part(
            4,
            "Bravo Dental",
            of(News::PaidOver { last: NaiveDate::from_ymd_opt(2026, 5, 29).unwrap_or_default() }, None),
        ),
    ]
}

/// What one payment mends.
fn well() -> Vec<Row> {
    let since = day(1).and_hms_opt(8, 20, 0).unwrap_or_default();
    let parts = [
        of(News::Reactivated { since }, None),
        of(News::PaidAgain { last: day(30) }, None),
        of(News::Recovered, Some(shown(cents(38_460), "forwarding"))),
    ];
    let row = |(delivery, alert): (i64, Alert)| Row { delivery, project: "acme".into(), alert, shows_money: true };
    (1..).zip(parts).map(row).collect()
}

/// What kind of notice it is.
fn kind(news: &News) -> NoticeKind {
    match news {
        News::Funds => NoticeKind::Funds,
        News::Low => NoticeKind::LowBalance,
        News::Negative => NoticeKind::BalanceNegative,
        News::PaidUntil { .. } | News::PaidOver { .. } => NoticeKind::PaidUntil,
        News::TrialEnds { .. } | News::TrialOver { .. } => NoticeKind::Trial,
        News::Suspended { .. } | News::Reactivated { .. } | News::Archived { .. } => NoticeKind::Status,
        News::TopupFailed { .. } | News::TopupLate { .. } => NoticeKind::TopupFailed,
        News::Recovered | News::PaidAgain { .. } => NoticeKind::Recovered,
    }
}

fn severity(kind: NoticeKind) -> Severity {
    match kind {
        NoticeKind::Recovered => Severity::Info,
        NoticeKind::LowBalance | NoticeKind::BalanceNegative => Severity::Critical,
        _ => Severity::Warning,
    }
}

/// Each as every channel gets it.
pub(super) fn told(language: &str) -> Vec<Told> {
    let one = |(name, one, money): (&'static str, Alert, bool)| {
        let (document, kind) = (alert(&one, language, money), kind(&one.news));
        let brief = Brief {
            title: document.subject.clone(),
            severity: severity(kind).name().into(),
            sms: Some(sms(&one, language, money)),
            ..Brief::of(&document, kind.name(), Some("acme"))
        };
        Told { name, kind, document, brief }
    };
    let together = |name, parts: fn() -> Vec<Row>, severity: Severity| {
        let document = joined(parts(), language, MADE_AT);
        let brief = Brief {
            title: document.subject.clone(),
            severity: severity.name().into(),
            sms: Some(joined_sms(parts(), language)),
            ..Brief::of(&document, NoticeKind::Digest.name(), None)
        };
        Told { name, kind: NoticeKind::Digest, document, brief }
    };
    let together = [
        together("alerts-of-a-morning", morning, Severity::Warning),
        together("alerts-all-well", well, Severity::Info),
        rested(language),
    ];
    of_all().into_iter().map(one).chain(together).collect()
}

/// What waited through a night: a top-up that failed, one that failed and came after all, and that another is well again.
pub(super) fn rested(language: &str) -> Told {
    let words = Words::of(language);
    let drawn = |news, balance: Shown| alert(&of(news, Some(balance)), language, true);
    let failed = |sum: i64, why: &str| News::TopupFailed { sum: cents(sum), why: why.into() };
    let line = |part, balance: &str, document: &Document| {
        let (brief, balance) = (Brief::of(document, "", None), Some(balance.to_owned()));
        Line {
            part,
            subject: document.subject.clone(),
            balance,
            said: brief.lines.first().cloned(),
            button: brief.button,
        }
    };
    let all = [
        (Part::Open, "texts", drawn(failed(2_500, "card expired"), shown(cents(4_120), "texts"))),
        (Part::Over, "forwarding", drawn(failed(20_000, "card expired"), shown(cents(8_460), "forwarding"))),
        (Part::News, "project", drawn(News::Recovered, shown(cents(38_460), "project"))),
    ];
    let lines: Vec<Line> = all.iter().map(|(part, balance, document)| line(*part, balance, document)).collect();
    let subjects: Vec<String> = lines.iter().map(|line| line.what(&words)).collect();
    let of = digest::Of::One("Acme Windows");
    let document = digest::document(&words, of, lines, MADE_AT);
    let brief = Brief {
        title: document.subject.clone(),
        severity: Severity::Warning.name().into(),
        sms: Some(digest::sms(&words, of, &document, subjects.iter().map(String::as_str))),
        ..Brief::of(&document, NoticeKind::Digest.name(), Some("acme"))
    };
    Told { name: "digest-after-quiet-hours", kind: NoticeKind::Digest, document, brief }
}

/// All of them in a language.
pub(super) fn all(language: &str) -> Vec<(&'static str, Document)> {
    let signed = |document: &mut Document| crate::report::brand::sign(document, std::sync::Arc::new(reports::brand()));
    let drawn = of_all().into_iter().map(|(name, one, money)| {
        let mut document = alert(&one, language, money);
        if name == "alert-negative" {
            signed(&mut document);
        }
        (name, document)
    });
    let together = [("alerts-of-a-morning", morning()), ("alerts-all-well", well())];
    drawn.chain(together.map(|(name, parts)| (name, joined(parts, language, MADE_AT)))).collect()
}
