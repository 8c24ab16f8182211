use super::*;
use crate::zones::Zones;

/// `name: from..to` of each day off, and what is said about the file.
fn read_text(events: &str, zone: Option<&str>) -> (Vec<String>, String) {
    let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n");
    let source = Source::new("holidays.ics", text);
    let problems = Problems::default();
    let zone = zone.map(|name| Zones::bundled().get(name).expect("a zone"));
    let days = read(&source, zone.as_ref(), 2025..=2028, &problems);
    let shown = days.iter().map(|day| match day.from == day.to {
        true => format!("{}: {}", day.name, day.from),
        false => format!("{}: {}..{}", day.name, day.from, day.to),
    });
    (shown.collect(), problems.render(false))
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", lines.replace('|', "\r\n"))
}

fn days(lines: &str) -> Vec<String> {
    let (days, said) = read_text(&event(lines), Some("Europe/Berlin"));
    assert_eq!(said, "", "{lines}");
    days
}

#[test]
fn events_of_whole_days() {
    assert_eq!(
        days("DTSTART;VALUE=DATE:20261225|DTEND;VALUE=DATE:20261227|SUMMARY:Christmas"),
        ["Christmas: 2026-12-25..2026-12-26"]
    );
    assert_eq!(
        days("DTSTART;VALUE=DATE:20261225|SUMMARY:Christmas\\, first day|TRANSP:TRANSPARENT"),
        ["Christmas, first day: 2026-12-25"]
    );
    assert_eq!(
        days("DTSTART:20261225|DTEND:20261225|SUMMARY:One"),
        ["One: 2026-12-25"],
        "the end written as the day itself"
    );
    assert_eq!(days("DTSTART;VALUE=DATE:20261225|DURATION:P2D|SUMMARY:Two"), ["Two: 2026-12-25..2026-12-26"]);
    assert_eq!(days("DTSTART:20261225T000000|DTEND:20261226T000000|SUMMARY:Wall"), ["Wall: 2026-12-25"]);
    assert_eq!(
        days("DTSTART;TZID=\"Made: up\":20261225T000000|DTEND;TZID=\"Made: up\":20261225T235959|SUMMARY:Quoted"),
        ["Quoted: 2026-12-25"]
    );
    assert_eq!(
        days("DTSTART:20261224T230000Z|DTEND:20261225T230000Z|SUMMARY:Berlin's day"),
        ["Berlin's day: 2026-12-25"]
    );
    assert_eq!(
        days("DTSTART:20261224T120000|DTEND:20261227T120000|SUMMARY:Days between"),
        ["Days between: 2026-12-25..2026-12-26"]
    );
    assert_eq!(
        days("DTSTART:20261225|SUMMARY:A na|\tme that is fol|  ded|BEGIN:VALARM|DTSTART:20200101|END:VALARM"),
        ["A name that is fol ded: 2026-12-25"]
    );
    assert!(days("DTSTART:20261225|STATUS:CANCELLED").is_empty());
}

#[test]
fn yearly_rules_are_written_out_for_the_years_asked_for() {
    let yearly = |start: &str, rule: &str| -> String {
        days(&format!("DTSTART;VALUE=DATE:{start}|RRULE:{rule}|SUMMARY:x")).join(" ").replace("x: ", "")
    };
    assert_eq!(yearly("19000101", "FREQ=YEARLY"), "2025-01-01 2026-01-01 2027-01-01 2028-01-01");
    assert_eq!(yearly("20240229", "FREQ=YEARLY"), "2028-02-29");
    assert_eq!(yearly("20251127", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"), "2025-11-27 2026-11-26 2027-11-25 2028-11-23");
    assert_eq!(
        yearly("20250526", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20271231"),
        "2025-05-26 2026-05-25 2027-05-31"
    );
    assert_eq!(
        yearly("20250901", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=MO;COUNT=2"),
        "2025-09-01 2026-09-07"
    );
    assert_eq!(
        yearly("20250131", "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=-1;INTERVAL=2;WKST=MO"),
        "2025-01-31 2025-02-28 2027-01-31 2027-02-28"
    );
    assert_eq!(yearly("20200704", "FREQ=YEARLY;COUNT=7"), "2025-07-04 2026-07-04");
    assert_eq!(
        yearly("20250131", "FREQ=YEARLY;BYMONTHDAY=-1;UNTIL=20250430"),
        "2025-01-31 2025-02-28 2025-03-31 2025-04-30",
        "a day of the month without a month is one of each"
    );
    assert_eq!(yearly("20260213", "FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR;COUNT=3"), "2026-02-13 2026-03-13 2026-11-13");
}

#[test]
fn single_instances_are_left_out_added_and_moved() {
    let text = event("UID:a|DTSTART:20250501|RRULE:FREQ=YEARLY|EXDATE:20260501|RDATE:20260507|SUMMARY:May")
        + &event("UID:a|RECURRENCE-ID:20270501|DTSTART:20270503|SUMMARY:May, moved");
    let (days, said) = read_text(&text, None);
    assert_eq!(said, "");
    assert_eq!(days, ["May: 2025-05-01", "May: 2026-05-07", "May, moved: 2027-05-03", "May: 2028-05-01"]);
}

#[test]
fn a_cancelled_day_of_a_series_is_worked_and_the_others_are_not() {
    let series = event("UID:a|DTSTART;VALUE=DATE:20250501|RRULE:FREQ=YEARLY|SUMMARY:May");
    let cancelled = event("UID:a|RECURRENCE-ID;VALUE=DATE:20260501|STATUS:CANCELLED|DTSTART;VALUE=DATE:20260501");
    let bare = event("UID:a|RECURRENCE-ID;VALUE=DATE:20270501|STATUS:CANCELLED");
    let (days, said) = read_text(&(cancelled + &series + &bare), None);
    assert_eq!(said, "");
    assert_eq!(days, ["May: 2025-05-01", "May: 2028-05-01"]);
    let other = event("UID:b|RECURRENCE-ID;VALUE=DATE:20260501|STATUS:CANCELLED");
    assert_eq!(read_text(&(series + &other), None).0.len(), 4, "another series");
}

#[test]
fn what_can_t_be_read_is_told_with_its_line() {
    for (lines, part, line) in [
        ("SUMMARY:x", "this event has no DTSTART", 3),
        ("SUMMARY:x|DTSTART:2026-12-25", "`2026-12-25` isn't a date or time of DTSTART", 5),
        ("DTSTART:20261225|RRULE:FREQ=WEEKLY", "this RRULE can't be read: `FREQ=WEEKLY`", 5),
        ("DTSTART:20261225|RRULE:FREQ=YEARLY;BYSETPOS=1", "`BYSETPOS=1`", 5),
        ("DTSTART:20261225|DURATION:1D", "`1D` isn't a DURATION", 5),
        ("DTSTART:20261225|DURATION:-P1D", "`-P1D` isn't a DURATION", 5),
        ("SUMMARY:x|DTSTART:20261225|DTEND:20261224", "`x` ends before it begins", 6),
        ("DTSTART:20261225T120000|DTEND:20261225T110000", "ends before it begins", 5),
        ("SUMMARY:x|DTSTART:20261225|DTEND:20281225", "`x` lasts 731 days", 5),
        ("DTSTART:20261225|RRULE:FREQ=MONTHLY;BYMONTHDAY=1", "only yearly rules are read", 5),
        ("DTSTART:20261225|RRULE:FREQ=YEARLY;BYDAY=20MO", "this RRULE can't be read: `BYDAY=20MO`", 5),
        ("DTSTART:20261225|RRULE:FREQ=YEARLY;BYDAY=MO", "this RRULE can't be read: `FREQ=YEARLY;BYDAY=MO`", 5),
        ("DTSTART:20261225|RRULE:FREQ=YEARLY;COUNT=0", "`COUNT=0`", 5),
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20261225|DTSTART:20261226", "all later ones can't be read", 4),
        ("DTSTART:20261224T230000Z|DTEND:20261225T230000Z", "is a time in UTC", 4),
        (
            "SUMMARY:Party|DTSTART:20261218T160000|DTEND:20261218T220000",
            "warning: `Party` takes only a part of a day",
            5,
        ),
    ] {
        let (days, said) = read_text(&event(lines), None);
        assert!(days.is_empty(), "{lines}");
        assert!(said.contains(part) && said.contains(&format!("holidays.ics:{line}:")), "{lines}: {said}");
    }
    let source = Source::new("page.html", "<html>");
    let problems = Problems::default();
    assert!(read(&source, None, 2026..=2026, &problems).is_empty());
    assert!(problems.render(false).contains("this isn't an iCalendar file"));
    let far = format!("DTSTART:20261225|DURATION:P{}", "999999W".repeat(20));
    assert!(read_text(&event(&far), None).1.contains("there is no calendar any more"));
    let endless = format!("DTSTART:20261225|DURATION:P{}", "999999W".repeat(20_000));
    assert!(read_text(&event(&endless), None).1.contains("isn't a DURATION"));
    let (_, said) = read_text("BEGIN:VEVENT\r\nDTSTART:20261225\r\n", None);
    assert!(said.contains("this event doesn't end"), "{said}");
}
