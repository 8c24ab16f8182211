//! What the languages write, beside what CLDR 48 says they do (`numbers.json`, `ca-gregorian.json`, `currencies.json` of
//! each). Where we differ on purpose: English has a no-break space before the per cent sign and day before month, both as
//! in Europe; a Ukrainian year goes without "р.", whose full stop would meet that of the sentence; German and Polish use
//! the signs s, min and h; a minus is U+2212.

use chrono::NaiveDate;

use super::Words;

const LOCALES: [&str; 6] = ["en", "uk", "nl", "de", "pl", "es"];

fn check(what: &str, expected: [&str; 6], said: impl Fn(Words) -> String) {
    for (locale, expected) in LOCALES.into_iter().zip(expected) {
        assert_eq!(said(Words::of(locale)).replace('\u{a0}', "~"), expected, "{locale}: {what}");
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn numbers_are_grouped_as_at_home() {
    check("1234", ["1,234", "1~234", "1.234", "1.234", "1234", "1234"], |w| w.count(1234));
    check("12345", ["12,345", "12~345", "12.345", "12.345", "12~345", "12.345"], |w| w.count(12_345));
    check("1234567", ["1,234,567", "1~234~567", "1.234.567", "1.234.567", "1~234~567", "1.234.567"], |w| {
        w.count(1_234_567)
    });
    check("0.874", ["87.4~%", "87,4%", "87,4%", "87,4~%", "87,4%", "87,4~%"], |w| w.percent(0.874));
    check("1", ["100~%", "100%", "100%", "100~%", "100%", "100~%"], |w| w.percent(1.0));
}

#[test]
fn money_has_its_sign_and_digits_where_they_belong() {
    let (euro, minus) = (1_234_500_000, -12_400_000);
    check("EUR", ["€1,234.50", "1~234,50~EUR", "€~1.234,50", "1.234,50~€", "1234,50~€", "1234,50~€"], |w| {
        w.money(euro, "EUR")
    });
    check("−EUR", ["−€12.40", "−12,40~EUR", "€~−12,40", "−12,40~€", "−12,40~€", "−12,40~€"], |w| w.money(minus, "EUR"));
    check("UAH", ["UAH~1,234.50", "1~234,50~₴", "UAH~1.234,50", "1.234,50~UAH", "1234,50~UAH", "1234,50~UAH"], |w| {
        w.money(euro, "UAH")
    });
    check("USD", ["$1,234.50", "1~234,50~USD", "US$~1.234,50", "1.234,50~$", "1234,50~USD", "1234,50~US$"], |w| {
        w.money(euro, "USD")
    });
    check("JPY", ["JPY~1,235", "1~235~JPY", "JPY~1.235", "1.235~JPY", "1235~JPY", "1235~JPY"], |w| {
        w.money(euro, "JPY")
    });
    let english = Words::of("en");
    assert_eq!(english.money(1_234_567, "KWD"), "KWD\u{a0}1.235", "three digits");
    assert_eq!(english.money(-4_999, "EUR"), "€0.00", "nothing is never negative");
    assert_eq!(english.money(5_000, "EUR"), "€0.01", "half away from zero");
    assert_eq!(english.money(i64::MIN, "EUR"), "−€9,223,372,036,854.78");
}

#[test]
fn days_and_spans_of_days() {
    let (ninth, fifteenth) = (day("2026-11-09"), day("2026-11-15"));
    check(
        "a week",
        [
            "9–15 November 2026",
            "9–15 листопада 2026",
            "9–15 november 2026",
            "9.–15. November 2026",
            "9–15 listopada 2026",
            "9–15 de noviembre de 2026",
        ],
        |w| w.days(ninth, fifteenth),
    );
    check(
        "over a month's end",
        [
            "26 October – 1 November 2026",
            "26 жовтня – 1 листопада 2026",
            "26 oktober – 1 november 2026",
            "26. Oktober – 1. November 2026",
            "26 października – 1 listopada 2026",
            "26 de octubre – 1 de noviembre de 2026",
        ],
        |w| w.days(day("2026-10-26"), day("2026-11-01")),
    );
    check(
        "short",
        ["9–15 Nov", "9–15 лист.", "9–15 nov", "9.–15. Nov.", "9–15 lis", "9–15 nov"],
        |w| w.days_short(ninth, fifteenth),
    );
    check(
        "a month",
        ["November 2026", "листопад 2026", "november 2026", "November 2026", "listopad 2026", "noviembre de 2026"],
        |w| w.month(day("2026-11-01")),
    );
    check(
        "in a month",
        [
            "in November 2026",
            "у листопаді 2026",
            "in november 2026",
            "im November 2026",
            "w listopadzie 2026",
            "en noviembre de 2026",
        ],
        |w| w.in_month(day("2026-11-01")),
    );
    check(
        "a quarter",
        [
            "Quarter 4, 2026",
            "4-й квартал 2026",
            "4e kwartaal 2026",
            "4. Quartal 2026",
            "IV kwartał 2026",
            "4.º trimestre de 2026",
        ],
        |w| w.quarter(day("2026-10-01")),
    );
    check(
        "a weekday with its date",
        [
            "Monday 23 November",
            "понеділок, 23 листопада",
            "maandag 23 november",
            "Montag, 23. November",
            "poniedziałek, 23 listopada",
            "lunes, 23 de noviembre",
        ],
        |w| w.weekday_day_month(day("2026-11-23")),
    );
}

#[test]
fn times_have_24_hours() {
    let at = day("2026-11-15").and_hms_opt(8, 5, 0).expect("a time");
    check("8:05", ["08:05", "08:05", "08:05", "08:05", "08:05", "8:05"], |w| w.time(at.time()));
    check("to midnight", ["22:00–24:00"; 6], |w| w.hours(22, 24));
    check(
        "a moment",
        [
            "Sun 15 Nov 08:05",
            "нд, 15 лист. 08:05",
            "zo 15 nov 08:05",
            "So, 15. Nov., 08:05",
            "niedz., 15 lis, 08:05",
            "dom, 15 nov, 8:05",
        ],
        |w| w.moment(at),
    );
    check(
        "on a weekday",
        ["on Tuesday", "у вівторок", "op dinsdag", "am Dienstag", "we wtorek", "el martes"],
        |w| w.weekday_on(1),
    );
    check(
        "weekdays",
        ["Mon Wed Sun", "пн ср нд", "ma wo zo", "Mo Mi So", "pon. śr. niedz.", "lun mié dom"],
        |w| ["2026-11-09", "2026-11-11", "2026-11-15"].map(|date| w.weekday_short(day(date))).join(" "),
    );
}

#[test]
fn spans_of_time_are_counted_in_the_language() {
    check("38 minutes", ["38~min", "38~хв", "38~min", "38~Min.", "38~min", "38~min"], |w| w.span(38 * 60));
    check("5 hours", ["5~h", "5~год", "5~uur", "5~Std.", "5~godz.", "5~h"], |w| w.span(5 * 3600));
    check(
        "an hour and 31 minutes",
        ["1~h 31~min", "1~год 31~хв", "1~uur 31~min", "1~Std. 31~Min.", "1~godz. 31~min", "1~h 31~min"],
        |w| w.span(5438),
    );
    check(
        "points",
        ["5.2~points", "5,2~пункту", "5,2~procentpunt", "5,2~Punkte", "5,2~punktu", "5,2~puntos"],
        |w| w.points(0.052),
    );
}

#[test]
fn plurals_follow_the_last_digits() {
    let calls = |n: u64| move |w: Words| w.say("subject-calls", &[("n", n.into())]);
    check("1", ["1 call", "1 дзвінок", "1 oproep", "1 Anruf", "1 połączenie", "1 llamada"], calls(1));
    check("2", ["2 calls", "2 дзвінки", "2 oproepen", "2 Anrufe", "2 połączenia", "2 llamadas"], calls(2));
    check("5", ["5 calls", "5 дзвінків", "5 oproepen", "5 Anrufe", "5 połączeń", "5 llamadas"], calls(5));
    check("12", ["12 calls", "12 дзвінків", "12 oproepen", "12 Anrufe", "12 połączeń", "12 llamadas"], calls(12));
    check("21", ["21 calls", "21 дзвінок", "21 oproepen", "21 Anrufe", "21 połączeń", "21 llamadas"], calls(21));
    check("22", ["22 calls", "22 дзвінки", "22 oproepen", "22 Anrufe", "22 połączenia", "22 llamadas"], calls(22));
}

#[test]
fn zones_are_cities_in_the_language() {
    check(
        "Kyiv",
        ["Kyiv time", "час: Київ", "tijd in Kiev", "Ortszeit Kiew", "czas: Kijów", "hora de Kiev"],
        |w| w.zone("Europe/Kyiv"),
    );
    check("UTC", ["UTC"; 6], |w| w.zone("Etc/UTC"));
    assert_eq!(Words::of("uk").zone("America/Juneau"), "час: Juneau");
}
