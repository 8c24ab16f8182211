//! Reads a rule from the words of a file or a command line: `every`, `on`, `at`, `short_month`, `cron`. All that is wrong
//! is said at once, each with its key and the offending text.

use chrono::{NaiveDate, NaiveTime, Timelike};

use super::{Cadence, CronExpression, Every, MonthDay, QuarterDay, ShortMonth, Weekday};
use crate::domain::nearest::nearest;

/// The words as written. An `on` or `at` with commas counts as several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub every: Option<String>,
    pub on: Vec<String>,
    pub at: Vec<String>,
    pub short_month: Option<String>,
    pub cron: Option<String>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{key}`: {problem}")]
pub struct WordProblem {
    /// `every`, `on`, `at`, `short_month` or `cron`.
    pub key: &'static str,
    /// The offending text; empty when the key is missing.
    pub text: String,
    /// What is wrong and what to write, a sentence without a full stop.
    pub problem: String,
}

/// The rule that the words mean. `week_start` is the day of `every = "week"` without `on`.
pub fn parse(words: &Words, week_start: Weekday) -> Result<Cadence, Vec<WordProblem>> {
    let mut problems = Vec::new();
    let cadence = match (&words.cron, &words.every) {
        (Some(cron), every) => {
            let others = [("every", every.is_some()), ("on", !words.on.is_empty()), ("at", !words.at.is_empty())];
            let others = others.into_iter().chain([("short_month", words.short_month.is_some())]);
            for (key, _) in others.filter(|(_, given)| *given) {
                problems.push(problem(
                    key,
                    "",
                    "has no meaning beside `cron`, which says it all; leave one of them out",
                ));
            }
            CronExpression::parse(cron).map(Cadence::Cron).map_err(|error| problem("cron", cron, error.to_string()))
        }
        (None, Some(every)) => Ok(calendar(every, words, week_start, &mut problems)),
        (None, None) => {
            Err(problem("every", "", "is missing: day, weekday, week, month, quarter or year (or give `cron`)"))
        }
    };
    match cadence {
        Ok(cadence) if problems.is_empty() => Ok(cadence),
        Ok(_) => Err(problems),
        Err(other) => {
            problems.insert(0, other);
            Err(problems)
        }
    }
}

fn calendar(every: &str, words: &Words, week_start: Weekday, problems: &mut Vec<WordProblem>) -> Cadence {
    let on = split(&words.on);
    let short_month = short_month(words.short_month.as_deref(), problems);
    let mut days = Days { on: &on, problems };
    let every_parsed = match every.trim().to_ascii_lowercase().as_str() {
        "day" => days.none(every, Every::Day),
        "weekday" => days.none(every, Every::Weekday),
        "week" => Every::Week(days.read(week_start, week_day)),
        "month" => Every::Month(days.read(MonthDay::Day(1), month_day)),
        "quarter" => Every::Quarter(days.read(QuarterDay::MonthDay { month: 1, day: 1 }, quarter_day)),
        "year" => Every::Year(days.read((1, 1), year_day)),
        _ => {
            let meant = if every.eq_ignore_ascii_case("daily") { Some("day") } else { nearest(every, EVERY) };
            let hint = meant.map_or(String::new(), |word| format!(" (did you mean {word}?)"));
            let text = format!("`{every}` is not one of day, weekday, week, month, quarter, year{hint}");
            problems.push(problem("every", every, text));
            return Cadence::Calendar { every: Every::Day, at: times(&words.at, problems), short_month };
        }
    };
    if words.short_month.is_some() && matches!(every_parsed, Every::Day | Every::Weekday | Every::Week(_)) {
        let text = format!("has no meaning with every = {every}; it is for days 29 to 31 of a month");
        problems.push(problem("short_month", "", text));
    }
    let at = times(&words.at, problems);
    Cadence::Calendar { every: every_parsed, at, short_month }
}

const EVERY: [&str; 6] = ["day", "weekday", "week", "month", "quarter", "year"];

struct Days<'a> {
    on: &'a [String],
    problems: &'a mut Vec<WordProblem>,
}

impl Days<'_> {
    fn none(&mut self, every: &str, value: Every) -> Every {
        if !self.on.is_empty() {
            let text = format!("has no meaning with every = {every}; with `week` or `month` it names days");
            self.problems.push(problem("on", &self.on.join(","), text));
        }
        value
    }

    fn read<T: Ord>(&mut self, default: T, read: impl Fn(&str) -> Result<T, String>) -> Vec<T> {
        if self.on.is_empty() {
            return vec![default];
        }
        let mut days = Vec::new();
        for text in self.on {
            match read(&text.to_ascii_lowercase()) {
                Ok(day) => days.push(day),
                Err(why) => self.problems.push(problem("on", text, format!("`{text}` {why}"))),
            }
        }
        days.sort_unstable();
        days.dedup();
        days
    }
}

fn week_day(text: &str) -> Result<Weekday, String> {
    Weekday::parse(text).ok_or_else(|| "is not a day of the week: mon, tue, wed, thu, fri, sat, sun".to_owned())
}

const ORDINALS: [(&str, i8); 6] =
    [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5), ("last", -1)];

/// `first` for 1, `last` for -1.
pub(super) fn ordinal(nth: i8) -> &'static str {
    ORDINALS.iter().find(|(_, number)| *number == nth).map_or("no", |(word, _)| word)
}

/// No month has more dates from Monday to Friday.
const MOST_BUSINESS_DAYS: u8 = 23;

fn month_day(text: &str) -> Result<MonthDay, String> {
    const EXPECTED: &str = "is not a day of a month: 1 to 31, last, last-business-day, an nth one such as 3rd-business-day, or an nth weekday such as first mon";
    match text {
        "last" => return Ok(MonthDay::Last),
        "last-business-day" => return Ok(MonthDay::LastBusinessDay),
        _ => {}
    }
    if let Some(nth) = text.strip_suffix("business-day").or_else(|| text.strip_suffix("business day")) {
        let nth = nth.trim_end_matches([' ', '-']);
        let word = ORDINALS.iter().find(|(word, number)| *word == nth && *number > 0);
        let digits = nth.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let nth = match word {
            Some((_, nth)) => u8::try_from(*nth).ok(),
            None if matches!(&nth[digits.len()..], "st" | "nd" | "rd" | "th") => number(digits, 1, MOST_BUSINESS_DAYS),
            None => None,
        };
        return nth.map(MonthDay::NthBusinessDay).ok_or(EXPECTED.to_owned());
    }
    if let Some((nth, weekday)) = text.split_once([' ', '-']) {
        let nth = ORDINALS.iter().find(|(word, _)| *word == nth).map(|(_, number)| *number);
        let weekday = Weekday::parse(weekday.trim());
        return nth.zip(weekday).map(|(nth, weekday)| MonthDay::NthWeekday { nth, weekday }).ok_or(EXPECTED.to_owned());
    }
    number(text, 1, 31).map(MonthDay::Day).ok_or(EXPECTED.to_owned())
}

fn quarter_day(text: &str) -> Result<QuarterDay, String> {
    const EXPECTED: &str =
        "is not a day of a quarter: M-DD with M the quarter's month 1 to 3 (such as 1-15), last, or last-business-day";
    match text {
        "last" => return Ok(QuarterDay::Last),
        "last-business-day" => return Ok(QuarterDay::LastBusinessDay),
        _ => {}
    }
    let day = text.split_once('-').and_then(|(month, day)| number(month, 1, 3).zip(number(day, 1, 31)));
    day.map(|(month, day)| QuarterDay::MonthDay { month, day }).ok_or(EXPECTED.to_owned())
}

fn year_day(text: &str) -> Result<(u8, u8), String> {
    const LEAP_YEAR: i32 = 2024;
    let day = text.split_once('-').and_then(|(month, day)| number(month, 1, 12).zip(number(day, 1, 31)));
    let Some((month, day)) = day else {
        return Err("is not a day of a year: MM-DD, such as 01-15".to_owned());
    };
    match NaiveDate::from_ymd_opt(LEAP_YEAR, month.into(), day.into()) {
        Some(_) => Ok((month, day)),
        None => Err("is a day that no year has".to_owned()),
    }
}

fn short_month(text: Option<&str>, problems: &mut Vec<WordProblem>) -> ShortMonth {
    match text.map(str::to_ascii_lowercase).as_deref() {
        None | Some("clamp") => ShortMonth::Clamp,
        Some("skip") => ShortMonth::Skip,
        Some(_) => {
            let text = text.unwrap_or_default();
            problems.push(problem(
                "short_month",
                text,
                format!("`{text}` is neither clamp (the month's last day) nor skip"),
            ));
            ShortMonth::Clamp
        }
    }
}

fn times(at: &[String], problems: &mut Vec<WordProblem>) -> Vec<NaiveTime> {
    let at = split(at);
    if at.is_empty() {
        problems.push(problem("at", "", "is missing: one or several local times such as 08:00"));
    }
    let mut times = Vec::new();
    for text in &at {
        match time(text) {
            Ok(time) => times.push(time),
            Err(why) => problems.push(problem("at", text, format!("`{text}` {why}"))),
        }
    }
    times.sort_unstable();
    times.dedup();
    times
}

fn time(text: &str) -> Result<NaiveTime, String> {
    if text.starts_with("24:00") {
        return Err("is not a time of day; write 00:00 for midnight, the first minute of a day".to_owned());
    }
    let well_formed =
        text.split(':').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let time = NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"));
    match time {
        Ok(time) if well_formed && time.second() == 0 && time.nanosecond() == 0 => Ok(time),
        Ok(_) if well_formed => Err("has seconds; times are whole minutes".to_owned()),
        _ => Err("is not a time of day: HH:MM from 00:00 to 23:59".to_owned()),
    }
}

fn split(texts: &[String]) -> Vec<String> {
    let parts = texts.iter().flat_map(|text| text.split(','));
    parts.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn number(text: &str, least: u8, most: u8) -> Option<u8> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_number && (least..=most).contains(number))
}

fn problem(key: &'static str, text: &str, problem: impl Into<String>) -> WordProblem {
    WordProblem { key, text: text.to_owned(), problem: problem.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(every: &str, on: &[&str], at: &[&str]) -> Words {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        Words { every: Some(every.to_owned()), on: texts(on), at: texts(at), ..Words::default() }
    }

    #[test]
    fn reads_what_people_write() {
        for (every, on, at, means) in [
            ("day", &[][..], &["08:00"][..], "every day at 08:00"),
            ("weekday", &[], &["8:05", "17:30"], "every weekday at 08:05, 17:30"),
            ("week", &[], &["09:00"], "every week on sun at 09:00"),
            ("week", &["thu,mon"], &["09:00"], "every week on mon, thu at 09:00"),
            (
                "month",
                &["3rd-business-day,first business day,10th-business-day,22nd-business-day"],
                &["09:00"],
                "every month on first-business-day, third-business-day, 10th-business-day, 22nd-business-day at 09:00",
            ),
            ("Week", &["Friday", "fri"], &["17:00,09:00"], "every week on fri at 09:00, 17:00"),
            ("month", &[], &["00:00:00"], "every month on 1 at 00:00"),
            ("month", &["31", "1"], &["09:00"], "every month on 1, 31 at 09:00"),
            ("month", &["last"], &["09:00"], "every month on last at 09:00"),
            ("month", &["last-business-day"], &["09:00"], "every month on last-business-day at 09:00"),
            ("month", &["first mon, third  tue"], &["09:00"], "every month on first mon, third tue at 09:00"),
            ("month", &["last fri"], &["09:00"], "every month on last fri at 09:00"),
            ("quarter", &[], &["09:00"], "every quarter on 1-01 at 09:00"),
            ("quarter", &["2-15"], &["09:00"], "every quarter on 2-15 at 09:00"),
            ("quarter", &["last"], &["09:00"], "every quarter on last at 09:00"),
            ("year", &[], &["09:00"], "every year on 01-01 at 09:00"),
            ("year", &["2-29", "12-31"], &["09:00"], "every year on 02-29, 12-31 at 09:00"),
        ] {
            let cadence = parse(&words(every, on, at), Weekday::Sun);
            assert_eq!(cadence.map(|cadence| cadence.to_string()).as_deref(), Ok(means), "{every} {on:?} {at:?}");
        }
    }

    #[test]
    fn says_all_that_is_wrong_with_its_key() {
        for (every, on, at, key, part) in [
            ("fortnight", &[][..], &["08:00"][..], "every", "`fortnight` is not one of"),
            ("moth", &[], &["08:00"], "every", "did you mean month?"),
            ("day", &["mon"], &["08:00"], "on", "has no meaning with every = day"),
            ("week", &["mon", "noday"], &["08:00"], "on", "`noday` is not a day of the week"),
            ("week", &["1"], &["08:00"], "on", "`1` is not"),
            ("month", &["32"], &["08:00"], "on", "`32` is not a day of a month"),
            ("month", &["0"], &["08:00"], "on", "`0` is not"),
            ("month", &["sixth mon"], &["08:00"], "on", "`sixth mon` is not"),
            ("month", &["first"], &["08:00"], "on", "`first` is not"),
            ("month", &["24th-business-day"], &["08:00"], "on", "`24th-business-day` is not"),
            ("month", &["business-day"], &["08:00"], "on", "`business-day` is not"),
            ("month", &["2-business-day"], &["08:00"], "on", "`2-business-day` is not"),
            ("quarter", &["4-01"], &["08:00"], "on", "`4-01` is not a day of a quarter"),
            ("year", &["02-30"], &["08:00"], "on", "`02-30` is a day that no year has"),
            ("year", &["13-01"], &["08:00"], "on", "`13-01` is not"),
            ("day", &[], &[], "at", "is missing"),
            ("day", &[], &["24:00"], "at", "write 00:00 for midnight"),
            ("day", &[], &["9"], "at", "`9` is not a time of day"),
            ("day", &[], &["25:00"], "at", "`25:00` is not"),
            ("day", &[], &["08:00:30"], "at", "has seconds"),
            ("day", &[], &["08:00,"], "at", "`` is not"),
        ] {
            let problems = parse(&words(every, on, at), Weekday::Mon).unwrap_err();
            let [problem] = &problems[..] else { panic!("{every} {on:?} {at:?}: {problems:?}") };
            assert_eq!(problem.key, key, "{problem}");
            assert!(problem.problem.contains(part), "{problem}");
        }
        let problems = parse(&words("month", &["0", "x"], &["9"]), Weekday::Mon).unwrap_err();
        assert_eq!(problems.iter().map(|problem| problem.text.as_str()).collect::<Vec<_>>(), ["0", "x", "9"]);
    }

    #[test]
    fn short_month_is_for_months() {
        let with = |every: &str, text: &str| {
            let words = Words { short_month: Some(text.to_owned()), ..words(every, &[], &["08:00"]) };
            parse(&words, Weekday::Mon).map_err(|problems| problems[0].key)
        };
        assert!(matches!(with("month", "skip"), Ok(Cadence::Calendar { short_month: ShortMonth::Skip, .. })));
        assert!(matches!(with("year", "clamp"), Ok(Cadence::Calendar { short_month: ShortMonth::Clamp, .. })));
        assert_eq!(with("week", "skip"), Err("short_month"));
        assert_eq!(with("day", "skip"), Err("short_month"));
        assert_eq!(with("month", "wrap"), Err("short_month"));
    }

    #[test]
    fn cron_stands_alone() {
        let cron = Words { cron: Some("0 9 * * MON".to_owned()), ..Words::default() };
        assert_eq!(parse(&cron, Weekday::Mon).map(|it| it.to_string()).as_deref(), Ok("cron 0 9 * * MON"));
        let both = Words { cron: cron.cron, ..words("day", &[], &["08:00"]) };
        let keys: Vec<_> = parse(&both, Weekday::Mon).unwrap_err().iter().map(|problem| problem.key).collect();
        assert_eq!(keys, ["every", "at"]);
        assert_eq!(parse(&Words::default(), Weekday::Mon).unwrap_err()[0].key, "every");
        let broken = Words { cron: Some("0 9 * *".to_owned()), ..Words::default() };
        assert_eq!(parse(&broken, Weekday::Mon).unwrap_err()[0].key, "cron");
    }

    #[test]
    fn a_rule_keeps_its_meaning_through_storage() {
        for (every, on) in [
            ("week", "mon,thu"),
            ("month", "last,first mon,31,3rd-business-day"),
            ("quarter", "2-31"),
            ("year", "02-29"),
        ] {
            let cadence = parse(&words(every, &[on], &["08:00"]), Weekday::Mon).unwrap();
            let stored = serde_json::to_string(&cadence).unwrap();
            assert_eq!(serde_json::from_str::<Cadence>(&stored).unwrap(), cadence);
        }
    }
}
