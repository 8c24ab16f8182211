//! A schedule's rule as people say it: also what a report is called where its reader knows no id.

use chrono::{NaiveDate, NaiveTime};

use super::{Value, Words};
use crate::domain::cadence::{Cadence, Every, MonthDay, QuarterDay, Weekday};

impl Words {
    /// `every Monday at 08:00`
    pub fn rule(&self, cadence: &Cadence) -> String {
        rule(self, cadence)
    }

    /// `a`, `a and b`, `a, b and c`.
    pub fn all_of(&self, list: &[String]) -> String {
        match list {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => {
                self.say("foot-or", &[("first", first.join(", ").into()), ("last", last.as_str().into())])
            }
        }
    }
}

fn rule(words: &Words, cadence: &Cadence) -> String {
    match cadence {
        Cadence::Calendar { every, at, .. } => at_times(words, every, at),
        Cadence::Cron(expression) => match expression.in_words() {
            Some(every) => at_times(words, &every, expression.times()),
            None => words.say("rule-cron", &[("rule", expression.as_str().into())]),
        },
    }
}

fn at_times(words: &Words, every: &Every, at: &[NaiveTime]) -> String {
    let times: Vec<String> = at.iter().map(|time| words.time(*time)).collect();
    let (id, days) = match every {
        Every::Day => ("rule-day", Vec::new()),
        Every::Weekday => ("rule-weekday", Vec::new()),
        Every::Week(days) => ("rule-week", days.iter().map(|day| weekday(words, *day)).collect()),
        Every::Month(days) => ("rule-month", days.iter().map(|day| month_day(words, *day)).collect()),
        Every::Quarter(days) => ("rule-quarter", days.iter().map(|day| quarter_day(words, *day)).collect()),
        Every::Year(days) => ("rule-year", days.iter().map(|day| year_day(words, *day)).collect()),
    };
    words.say(id, &[("days", words.all_of(&days).into()), ("at", words.all_of(&times).into())])
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

fn quarter_day(words: &Words, day: QuarterDay) -> String {
    match day {
        QuarterDay::MonthDay { month, day } => {
            words.say("rule-quarter-day", &[("day", day.to_string().into()), ("month", Value::Count(u64::from(month)))])
        }
        QuarterDay::Last => words.word("rule-month-last"),
        QuarterDay::LastBusinessDay => words.word("rule-month-last-business-day"),
    }
}

fn year_day(words: &Words, (month, day): (u8, u8)) -> String {
    // A leap year, so that 29 February can be said.
    NaiveDate::from_ymd_opt(2028, u32::from(month), u32::from(day))
        .map_or_else(|| format!("{month:02}-{day:02}"), |date| words.day_month(date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cadence::{CronExpression, ShortMonth};

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
        assert_eq!(
            said(Every::Quarter(vec![QuarterDay::Last]), &[(7, 0)]),
            "on the last day of every quarter at 07:00"
        );
        let days = vec![QuarterDay::MonthDay { month: 2, day: 31 }, QuarterDay::LastBusinessDay];
        assert_eq!(
            said(Every::Quarter(days), &[(9, 0)]),
            "on day 31 of the second month and the last business day of every quarter at 09:00"
        );
        assert_eq!(said(Every::Year(vec![(2, 29)]), &[(7, 0)]), "on 29 February every year at 07:00");
    }

    #[test]
    fn a_quarter_names_its_day_in_every_language() {
        let first = QuarterDay::MonthDay { month: 1, day: 15 };
        let at = vec![NaiveTime::from_hms_opt(9, 0, 0).expect("a time")];
        let cadence = Cadence::Calendar { every: Every::Quarter(vec![first]), at, short_month: ShortMonth::Clamp };
        let said: Vec<String> =
            crate::i18n::spoken().into_iter().map(|language| rule(&Words::of(language), &cadence)).collect();
        assert!(said.iter().all(|rule| rule.contains("15") && rule.contains("9:00")), "{said:?}");
        assert_eq!(rule(&Words::of("uk"), &cadence), "15 числа першого місяця кожного кварталу о 09:00");
        assert_eq!(rule(&Words::of("de"), &cadence), "am 15. des ersten Monats jedes Quartals um 09:00");
    }

    #[test]
    fn a_cron_rule_is_said_in_words_where_words_say_it_and_never_quoted() {
        let said = |language: &str, text: &str| {
            rule(&Words::of(language), &Cadence::Cron(CronExpression::parse(text).expect("valid")))
        };
        assert_eq!(said("en", "0 9 * * MON"), "every Monday at 09:00");
        assert_eq!(said("en", "0 9 1 * MON"), "by the rule 0 9 1 * MON");
        for language in crate::i18n::spoken() {
            let rule = said(language, "0 9 1 * MON");
            assert!(rule.ends_with("0 9 1 * MON"), "{language}: {rule}");
            let is_quote = |letter: char| "“”„«»‘’\"'".contains(letter);
            assert!(!rule.contains(is_quote), "it stands between quotation marks itself: {language}: {rule}");
        }
    }
}
