//! The lines under one recipient's mail: why you get this, when it comes again, what is attached, how to stop it. Made
//! when the report is, and kept with the delivery, so that every try says the same.

use chrono::NaiveDate;

use super::compute::Made;
use super::prepare::Prepared;
use super::recipients::Addressee;
use crate::domain::cadence::{Cadence, Every, MonthDay, Weekday};
use crate::domain::foot::{Foot, REFERENCE_SLOT};
use crate::domain::notice::Reader;
use crate::domain::report_spec::ReportSpec;
use crate::domain::schedule::Format;
use crate::i18n::{Value, Words};

/// The foot of this report for this addressee.
pub(super) fn foot(prepared: &Prepared, made: &Made, addressee: &Addressee) -> Foot {
    let words = Words::of(&made.reader.language);
    Foot {
        language: words.language().to_owned(),
        why: why(&words, prepared, &made.reader, addressee),
        next: prepared.next.map(|next| {
            let date = prepared.zone.local(next).date();
            words.say("foot-next", &[("day", words.weekday_day_month(date).into())])
        }),
        attached: attached(&words, prepared, made),
        stop_label: Some(words.word("foot-stop")),
        reference: words.say("foot-reference", &[("reference", REFERENCE_SLOT.into())]),
        accent: prepared.face(&made.reader).settings.brand.accent.map(|accent| accent.light),
    }
}

fn why(words: &Words, prepared: &Prepared, reader: &Reader, addressee: &Addressee) -> String {
    let role = addressee.roles.first().map(|role| words.word(&format!("role-{}", role.name())));
    let id = match (prepared.run.run.is_sample, &role) {
        (true, _) => "foot-why-sample",
        // Whoever loses a project before the mail goes isn't told its name.
        _ if prepared.is_several() => "foot-why-several",
        (false, Some(_)) => "foot-why-role",
        (false, None) => "foot-why-address",
    };
    words.say(
        id,
        &[
            ("rule", rule(words, &prepared.schedule.cadence).into()),
            ("zone", words.zone(prepared.zone.name()).into()),
            ("role", role.unwrap_or_default().into()),
            ("project", prepared.names(reader).into()),
        ],
    )
}

fn attached(words: &Words, prepared: &Prepared, made: &Made) -> Option<String> {
    let name = |format: Format| match format {
        Format::Pdf => words.say("foot-attached-pdf", &[("pages", Value::Count(u64::from(made.pages.unwrap_or(1))))]),
        Format::Xlsx => words.word("foot-attached-xlsx"),
        Format::Csv => words.word("foot-attached-csv"),
        Format::Html | Format::Text | Format::Json => words.word("foot-attached-json"),
    };
    let list = made.attached.iter().map(|(format, is_zipped)| match is_zipped {
        true => words.say("foot-attached-zip", &[("list", name(*format).into())]),
        false => name(*format),
    });
    let list: Vec<String> = list.collect();
    let left_out: Vec<String> = made.left_out.iter().map(|format| name(*format)).collect();
    let sentences = [("foot-attached", list), ("foot-too-large", left_out)];
    let said = sentences.iter().filter(|(_, list)| !list.is_empty());
    let said: Vec<String> = said.map(|(id, list)| words.say(id, &[("list", and(words, list).into())])).collect();
    let tables = prepared.is_several().then(|| tables(words, &prepared.spec, made)).flatten();
    let said: Vec<String> = said.into_iter().chain(tables).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Of a report over several projects: what of each stands in the attached tables and nowhere else.
fn tables(words: &Words, spec: &ReportSpec, made: &Made) -> Option<String> {
    let sections = spec.only_in_tables_of_several();
    let are_attached = made.attached.iter().any(|(format, _)| format.has_tables());
    if sections.is_empty() || !are_attached {
        return None;
    }
    let names = sections.into_iter().map(|section| words.word(&format!("sheet-{}", section.name().replace('_', "-"))));
    let list: Vec<String> = names.collect();
    Some(words.say("foot-several-tables", &[("list", list.join(", ").into())]))
}

/// A rule as people say it: `every Monday at 08:00`.
pub fn rule(words: &Words, cadence: &Cadence) -> String {
    let (every, at) = match cadence {
        Cadence::Cron(expression) => return words.say("rule-cron", &[("rule", expression.as_str().into())]),
        Cadence::Calendar { every, at, .. } => (every, at),
    };
    let times: Vec<String> = at.iter().map(|time| words.time(*time)).collect();
    let (id, days) = match every {
        Every::Day => ("rule-day", Vec::new()),
        Every::Weekday => ("rule-weekday", Vec::new()),
        Every::Week(days) => ("rule-week", days.iter().map(|day| weekday(words, *day)).collect()),
        Every::Month(days) => ("rule-month", days.iter().map(|day| month_day(words, *day)).collect()),
        Every::Quarter(_) => ("rule-quarter", Vec::new()),
        Every::Year(days) => ("rule-year", days.iter().map(|day| year_day(words, *day)).collect()),
    };
    words.say(id, &[("days", and(words, &days).into()), ("at", and(words, &times).into())])
}

fn weekday(words: &Words, day: Weekday) -> String {
    words.weekday_object(day.index())
}

fn month_day(words: &Words, day: MonthDay) -> String {
    match day {
        MonthDay::Day(day) => words.say("rule-month-day", &[("day", day.to_string().into())]),
        MonthDay::Last => words.word("rule-month-last"),
        MonthDay::LastBusinessDay => words.word("rule-month-last-business-day"),
        MonthDay::NthBusinessDay(nth) => words.say("rule-month-nth-business-day", &[("nth", Value::Count(nth.into()))]),
        MonthDay::NthWeekday { nth: -1, weekday: day } => {
            let values = [("weekday", weekday(words, day).into()), ("day", Value::Count(u64::from(day.index()) + 1))];
            words.say("rule-month-last-weekday", &values)
        }
        MonthDay::NthWeekday { nth, weekday: day } => {
            let nth = u64::try_from(nth).unwrap_or(1);
            let values = [
                ("nth", Value::Count(nth)),
                ("weekday", weekday(words, day).into()),
                ("day", Value::Count(u64::from(day.index()) + 1)),
            ];
            words.say("rule-month-nth", &values)
        }
    }
}

fn year_day(words: &Words, (month, day): (u8, u8)) -> String {
    // A leap year, so that 29 February can be said.
    NaiveDate::from_ymd_opt(2028, u32::from(month), u32::from(day))
        .map_or_else(|| format!("{month:02}-{day:02}"), |date| words.day_month(date))
}

/// `a`, `a and b`, `a, b and c`.
fn and(words: &Words, list: &[String]) -> String {
    match list {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => {
            words.say("foot-or", &[("first", first.join(", ").into()), ("last", last.as_str().into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cadence::{CronExpression, QuarterDay, ShortMonth};
    use chrono::NaiveTime;

    fn said(every: Every, at: &[(u32, u32)]) -> String {
        let at = at.iter().filter_map(|(hour, minute)| NaiveTime::from_hms_opt(*hour, *minute, 0)).collect();
        rule(&Words::of("en"), &Cadence::Calendar { every, at, short_month: ShortMonth::Clamp })
    }

    #[test]
    fn rules_are_said_as_people_say_them() {
        use Weekday::{Mon, Thu};
        assert_eq!(said(Every::Day, &[(8, 0)]), "every day at 08:00");
        assert_eq!(said(Every::Week(vec![Mon, Thu]), &[(9, 0)]), "every Monday and Thursday at 09:00");
        assert_eq!(said(Every::Weekday, &[(8, 0), (12, 0), (17, 30)]), "every weekday at 08:00, 12:00 and 17:30");
        assert_eq!(
            said(Every::Month(vec![MonthDay::Day(1), MonthDay::Last]), &[(7, 0)]),
            "on day 1 and the last day of every month at 07:00"
        );
        let nth = |nth| Every::Month(vec![MonthDay::NthWeekday { nth, weekday: Mon }]);
        assert_eq!(said(nth(2), &[(7, 0)]), "on the second Monday of every month at 07:00");
        assert_eq!(said(nth(-1), &[(7, 0)]), "on the last Monday of every month at 07:00");
        assert_eq!(said(Every::Quarter(vec![QuarterDay::Last]), &[(7, 0)]), "every quarter at 07:00");
        assert_eq!(said(Every::Year(vec![(2, 29)]), &[(7, 0)]), "on 29 February every year at 07:00");
        let cron = Cadence::Cron(CronExpression::parse("0 9 * * MON").expect("valid"));
        assert_eq!(rule(&Words::of("en"), &cron), "by the rule “0 9 * * MON”");
    }
}
