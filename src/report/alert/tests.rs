use chrono::NaiveDate;

use super::{Alert, News, Part, joined, joined_sms};
use crate::domain::document::{Block, Document};
use crate::domain::instant::Instant;
use crate::domain::sms;
use crate::i18n::spoken;
use crate::report::render::sample;

fn text(document: &Document) -> String {
    let rendered = crate::report::render::render(document, crate::domain::schedule::Format::Text).expect("it is drawn");
    String::from_utf8(rendered.bytes).expect("text")
}

fn drawn(name: &str, language: &str) -> Document {
    let all = sample::alerts(language);
    all.into_iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no {name}")).1
}

#[test]
fn the_warning_says_state_consequence_sum_date_and_button_in_this_order() {
    let funds = drawn("alert-funds", "en");
    assert_eq!(funds.subject, "Pay by Thu 4 June: forwarding funds of Acme Windows may end on Sat 6 June");
    assert_eq!(funds.preview, "Balance €84.60. Add €280.00 to be covered until 30 June.");
    assert_eq!(funds.title, "Forwarding funds may run out on Saturday, 6 June");
    let said = text(&funds);
    let places: Vec<usize> = [
        "Forwarding funds may run out on Saturday, 6 June",
        "At the usual rate they last until Monday, 8 June.",
        "please pay by Thursday, 4 June",
        "If they run out, forwarded calls are no longer connected.",
        "Add €280.00",
        "€280.00 covers you until 30 June",
        "as of Mon 1 Jun 08:00",
        "earliest end",
    ]
    .iter()
    .map(|part| said.find(part).unwrap_or_else(|| panic!("{part} isn't in\n{said}")))
    .collect();
    assert!(places.is_sorted(), "{places:?}\n{said}");
    for row in ["Thu 4 June", " 39.00", " 27.60", "−2.40", "number rent", "3 June, also to Taras Bondar"] {
        assert!(said.contains(row), "{row} isn't in\n{said}");
    }
}

#[test]
fn whoever_sees_no_money_sees_no_sum_and_no_button() {
    for language in spoken() {
        for name in ["alert-funds-without-sums", "alert-negative-without-sums"] {
            let document = drawn(name, language);
            let said = format!("{} {} {}", document.subject, document.preview, text(&document));
            assert!(!said.contains('€') && !said.contains("EUR"), "{said}");
            assert!(!said.contains("84") && !said.contains("280") && !said.contains("12,40"), "{said}");
            assert!(!document.blocks.iter().any(|block| matches!(block, Block::Button { .. })));
        }
    }
}

#[test]
fn no_warning_shows_an_id_and_each_begins_with_a_capital() {
    for language in spoken() {
        for (name, document) in sample::alerts(language) {
            let said = format!("{}\n{}\n{}\n{}", document.subject, document.preview, document.title, text(&document));
            assert!(
                !said.contains("alert-") && !said.contains("{ $") && !said.contains("date-"),
                "{language} {name}: {said}"
            );
            assert!(
                document.title.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()),
                "{language}: {}",
                document.title
            );
            assert!(document.subject.chars().count() < 115, "{language}: {}", document.subject);
            assert!(
                document.subject.contains("Acme Windows") || name == "alerts-of-a-morning",
                "{language} {name}: {}",
                document.subject
            );
        }
    }
}

#[test]
fn a_phone_is_told_state_consequence_sum_and_date_in_few_parts() {
    let told = |name: &str| {
        let all = sample::told("en");
        all.into_iter().find(|one| one.name == name).and_then(|one| one.brief.sms).expect("a text")
    };
    assert_eq!(
        told("alert-funds"),
        "Acme Windows: forwarding funds may run out on Sat 6 June. If they run out, forwarded calls are no longer connected. \
         Please add EUR\u{a0}280.00 by Thu 4 June."
    );
    assert_eq!(
        told("alert-negative"),
        "Acme Windows owes EUR\u{a0}12.40. What this switches off: forwarded calls are no longer connected. Add EUR\u{a0}370.00."
    );
    assert_eq!(
        told("alert-recovered"),
        "Acme Windows: forwarding funds are sufficient again, thank you. The balance is EUR\u{a0}384.60."
    );
    for language in spoken() {
        let alerts = sample::told(language).into_iter().filter(|one| one.name.starts_with("alert"));
        for (name, brief) in alerts.map(|one| (one.name, one.brief)) {
            let text = brief.sms.expect("a text");
            let whole = sms::fitted(&text, "Ref 5HJW-8MDE", 3);
            assert!(!whole.contains("..."), "{language} {name}: cut: {whole}");
            let parts = sms::size(&whole).parts;
            assert!(parts <= 3 && (language != "en" || parts <= 2), "{language} {name}: {parts} parts: {whole}");
            assert!(text.contains("Acme Windows") && !text.contains('€') && !text.contains("alert-"), "{text}");
            assert!(!name.ends_with("without-sums") || !text.contains("EUR"), "{text}");
        }
    }
}

#[test]
fn what_is_over_asks_for_nothing() {
    for name in ["alert-recovered", "alert-reactivated", "alert-paid-again", "alert-archived"] {
        let document = drawn(name, "en");
        assert!(!document.blocks.iter().any(|block| matches!(block, Block::Button { .. })), "{name}");
    }
    assert!(text(&drawn("alert-archived", "en")).contains("This is the last message about it"));
}

#[test]
fn an_old_balance_is_told_as_old_and_no_past_day_as_one_to_come() {
    let stale = sample::alerts_told().into_iter().find(|(name, ..)| *name == "alert-funds-stale");
    let mut of = stale.expect("a sample").1;
    let balance = of.balance.as_mut().expect("a balance");
    let end = balance.outlook().and_then(|outlook| outlook.earliest.day()).expect("an end");
    of.today = end.succ_opt().expect("a day");
    for language in spoken() {
        let (said, phone) = (super::alert(&of, language, true), super::sms(&of, language, true));
        let words = crate::i18n::Words::of(language);
        let past = words.say("alert-funds-title-past", &[("what", "".into()), ("day", words.day_named(end).into())]);
        let past: String = past.trim().to_lowercase();
        assert!(said.title.to_lowercase().ends_with(&past), "{language}: {} and not {past}", said.title);
        let day = words.day_named_short(of.balance.as_ref().expect("a balance").as_of.date());
        let stale = words.say("alert-sms-stale", &[("day", day.into())]);
        assert!(phone.contains(&stale), "{language}: {phone}");
    }
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, n).expect("a day")
}

fn part((delivery, project, news): (i64, &str, News)) -> Part {
    Part {
        delivery,
        project: project.into(),
        shows_money: true,
        alert: Alert {
            project: project.into(),
            zone: "Europe/Kyiv".into(),
            made_at: Instant::from_seconds(0),
            today: day(25),
            news,
            balance: None,
            pay: None,
            cannot_wait: false,
            next: None,
            next_also: Vec::new(),
            told: Vec::new(),
            paid_page: None,
        },
    }
}

#[test]
fn a_morning_of_trials_and_periods_that_are_over_asks_for_attention_and_names_its_first_day() {
    let of = |list: Vec<(i64, &str, News)>, language: &str| {
        joined(list.into_iter().map(part).collect(), language, Instant::from_seconds(0))
    };
    let (trial, over) = (News::TrialEnds { last: day(28) }, News::PaidOver { last: day(24) });
    let paid = News::PaidUntil { last: day(29), pay_by: Some(day(27)) };
    let made = of(vec![(1, "Acme", trial.clone()), (2, "Bravo", over.clone())], "en");
    assert_eq!(made.subject, "2 projects need your attention: one is overdue");
    let phone = joined_sms([(1, "Acme", paid.clone()), (2, "Bravo", over.clone())].map(part).to_vec(), "en");
    assert_eq!(phone, "2 projects need your attention: one is overdue. Bravo (now), Acme (Wed 27 May).");
    let last_day = News::PaidUntil { last: day(26), pay_by: Some(day(25)) };
    let made_today = super::alert(&part((1, "Acme", last_day)).alert, "en", true);
    assert_eq!(made_today.subject, "Pay today: the paid period of Acme ends on Tue 26 May");
    assert!(text(&made_today).replace('\n', " ").contains("in time: please pay today."), "{}", text(&made_today));
    assert_eq!(made.title, "2 projects need your attention");
    assert!(!text(&made).contains("May end"), "{}", text(&made));
    let made = of(vec![(1, "Acme", trial.clone()), (2, "Bravo", paid.clone())], "en");
    assert_eq!(made.subject, "2 projects need your attention, first pay-by Wed 27 May");
    let made = of(vec![(1, "Acme", over.clone()), (2, "Acme", over.clone())], "en");
    assert_eq!(made.subject, "Acme needs your attention", "nothing lies ahead");
    let made = of(vec![(1, "Acme", paid.clone()), (2, "Bravo", paid.clone())], "en");
    assert_eq!(made.subject, "2 projects need funds, first pay-by Wed 27 May");
    for language in spoken() {
        for other in [&over, &paid] {
            let made = of(vec![(1, "Acme", trial.clone()), (2, "Bravo", other.clone())], language);
            let said = format!("{}\n{}\n{}", made.subject, made.title, text(&made));
            assert!(!said.contains("joined-") && !said.contains("{ $"), "{language}: {said}");
        }
    }
}

#[test]
fn good_news_of_one_moment_is_one_mail_that_asks_for_nothing_and_stands_after_what_does() {
    let of = |list: &[(i64, &str, News)], language: &str| {
        let parts: Vec<Part> = list.iter().cloned().map(part).collect();
        let phone = joined_sms(parts.clone(), language);
        (joined(parts, language, Instant::from_seconds(0)), phone)
    };
    let since = day(25).and_hms_opt(8, 20, 0).expect("a time");
    let (works, paid) = (News::Reactivated { since }, News::PaidAgain { last: day(31) });
    let well = [(1, "Acme", works.clone()), (2, "Acme", paid.clone())];
    let (made, phone) = of(&well, "en");
    assert_eq!((made.subject.as_str(), phone.as_str()), ("Acme: all is well again", "Acme: all is well again."));
    let said = text(&made);
    assert!(said.contains("works again") && said.matches("aid until Sunday, 31 May, thank you").count() == 1, "{said}");
    assert!(!said.contains("Pay by") && !said.contains("End"), "{said}");
    let (made, phone) = of(&[(1, "Acme", works.clone()), (2, "Bravo", paid.clone())], "en");
    assert_eq!(made.subject, "All is well again with 2 projects");
    assert_eq!(phone, "All is well again with 2 projects. Acme, Bravo.");
    assert!(text(&made).matches("works again").count() == 2, "at a glance, and below: {}", text(&made));
    let worse = News::PaidUntil { last: day(29), pay_by: Some(day(27)) };
    let (made, phone) = of(&[(1, "Acme", paid.clone()), (2, "Bravo", worse)], "en");
    assert_eq!(made.subject, "Bravo needs funds, first pay-by Wed 27 May");
    assert_eq!(phone, "Bravo needs funds: Wed 27 May.");
    let said = text(&made);
    assert!(said.find("Bravo") < said.find("Acme"), "{said}");
    for language in spoken() {
        let (made, phone) = of(&well, language);
        let said = format!("{}\n{}\n{phone}\n{}", made.subject, made.title, text(&made));
        assert!(!said.contains("joined-") && !said.contains("{ $"), "{language}: {said}");
    }
}
