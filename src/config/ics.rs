//! Days off from an iCalendar file (RFC 5545), as holiday calendars are published: events of whole days, one or several,
//! once or every year. A reader of our own, because a problem has to be told with its line, and because what a holiday
//! file needs is small: folded lines, VALUE=DATE or DATE-TIME, DTEND or DURATION, RRULE of years, EXDATE, RDATE and
//! moved single instances. What it can't read is an error and never a holiday less.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::problem::{Problems, Source};
use crate::domain::cadence::Weekday;
use crate::domain::calendar::DayOff;
use crate::zones::Zone;

/// More days than this aren't a list of holidays.
const MOST_DAYS: usize = 20_000;
/// Nor is one that lasts longer.
const MOST_DAYS_OF_ONE: u64 = 366;

/// Reads the days off of a file. Yearly ones are written out for these years; `zone` is needed for times in UTC. What is
/// wrong is noted; events that take only a part of a day are left out with a warning.
pub fn read(source: &Source, zone: Option<&Zone>, years: RangeInclusive<i32>, problems: &Problems) -> Vec<DayOff> {
    let reader = Reader { source, zone, years, problems };
    let lines = unfolded(&source.text);
    if !lines.iter().any(|line| line.is("BEGIN", "VCALENDAR")) {
        reader.error(0..0, "this isn't an iCalendar file: it has no line `BEGIN:VCALENDAR`", None);
        return Vec::new();
    }
    let events = reader.events(&lines);
    let moved: BTreeSet<(String, NaiveDate)> =
        events.iter().filter_map(|event| Some((event.uid.clone(), event.replaces?))).collect();
    let mut days = Vec::new();
    for event in &events {
        reader.days(event, &moved, &mut days);
    }
    if days.len() > MOST_DAYS {
        reader.error(0..0, format!("this has {} days off; it can't be a list of holidays", days.len()), None);
        days.clear();
    }
    days.sort();
    days.dedup();
    days
}

/// A line put together again: `NAME;PARAM=VALUE:value`.
#[derive(Clone, Debug)]
struct Line {
    name: String,
    params: Vec<(String, String)>,
    value: String,
    /// Bytes of its first part.
    span: Range<usize>,
}

impl Line {
    fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.trim().eq_ignore_ascii_case(value)
    }

    fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn unfolded(text: &str) -> Vec<Line> {
    let mut whole: Vec<(String, Range<usize>)> = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive('\n') {
        let line = piece.trim_end_matches(['\n', '\r']);
        match (line.strip_prefix([' ', '\t']), whole.last_mut()) {
            (Some(rest), Some((last, _))) => last.push_str(rest),
            _ => whole.push((line.trim_start_matches('\u{feff}').to_owned(), at..at + line.len())),
        }
        at += piece.len();
    }
    whole.into_iter().filter(|(line, _)| !line.trim().is_empty()).map(|(line, span)| parted(&line, span)).collect()
}

fn parted(line: &str, span: Range<usize>) -> Line {
    let mut quoted = false;
    let ends = |c: char, quoted: &mut bool| {
        *quoted ^= c == '"';
        !*quoted && c == ':'
    };
    let colon = line.char_indices().find(|(_, c)| ends(*c, &mut quoted)).map_or(line.len(), |(at, _)| at);
    let (head, value) = (&line[..colon], line.get(colon + 1..).unwrap_or_default());
    let mut parts = head.split(';');
    let name = parts.next().unwrap_or_default().trim().to_ascii_uppercase();
    let params = parts.filter_map(|part| part.split_once('='));
    let params = params.map(|(key, value)| (key.trim().to_ascii_uppercase(), value.trim_matches('"').to_owned()));
    Line { name, params: params.collect(), value: value.to_owned(), span }
}

/// A point of an event, as its file writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Date(NaiveDate),
    Local(NaiveDateTime),
}

impl Moment {
    fn date(self) -> NaiveDate {
        match self {
            Self::Date(date) => date,
            Self::Local(local) => local.date(),
        }
    }

    fn local(self) -> NaiveDateTime {
        match self {
            Self::Date(date) => date.and_time(NaiveTime::MIN),
            Self::Local(local) => local,
        }
    }
}

#[derive(Debug)]
struct Event {
    uid: String,
    name: String,
    start: Moment,
    /// Whole days that it takes from the date of its start on: how many later it begins, and how many there are.
    offset: u64,
    days: u64,
    rule: Option<Yearly>,
    without: Vec<NaiveDate>,
    also: Vec<NaiveDate>,
    /// The instance of another event that this one moves, or takes away.
    replaces: Option<NaiveDate>,
    is_cancelled: bool,
}

/// A rule of years.
#[derive(Debug, Default)]
struct Yearly {
    interval: u32,
    count: Option<usize>,
    until: Option<NaiveDate>,
    months: Vec<u32>,
    month_days: Vec<i32>,
    /// The nth such weekday of its month; 0: every.
    weekdays: Vec<(i32, Weekday)>,
}

struct Reader<'a> {
    source: &'a Source,
    zone: Option<&'a Zone>,
    years: RangeInclusive<i32>,
    problems: &'a Problems,
}

impl Reader<'_> {
    fn error(&self, span: Range<usize>, title: impl Into<String>, help: Option<&str>) {
        self.problems.error(self.source, span, title, help.map(str::to_owned));
    }

    fn events(&self, lines: &[Line]) -> Vec<Event> {
        let mut events = Vec::new();
        let mut open: Option<(usize, Vec<&Line>)> = None;
        let mut depth = 0_usize;
        for (number, line) in lines.iter().enumerate() {
            match &mut open {
                None if line.is("BEGIN", "VEVENT") => open = Some((number, Vec::new())),
                None => {}
                // What an event holds, such as an alarm, has dates of its own.
                Some(_) if line.name == "BEGIN" => depth += 1,
                Some(_) if line.name == "END" && depth > 0 => depth -= 1,
                Some(_) if line.is("END", "VEVENT") => {
                    if let Some((begin, own)) = open.take() {
                        events.extend(self.event(&lines[begin], &own));
                    }
                }
                Some((_, own)) if depth == 0 => own.push(line),
                Some(_) => {}
            }
        }
        if let Some((begin, _)) = open {
            self.error(lines[begin].span.clone(), "this event doesn't end: `END:VEVENT` is missing", None);
        }
        events
    }

    /// `None`: cancelled as a whole, or wrong, which has been noted.
    fn event(&self, begin: &Line, lines: &[&Line]) -> Option<Event> {
        let get = |name: &str| lines.iter().copied().find(|line| line.name == name);
        let all = |name: &'static str| lines.iter().copied().filter(move |line| line.name == name);
        let uid = get("UID").map(|line| line.value.trim().to_owned()).unwrap_or_default();
        let replaces = match get("RECURRENCE-ID") {
            Some(line) => Some(self.instance(line)?),
            None => None,
        };
        if get("STATUS").is_some_and(|status| status.value.trim().eq_ignore_ascii_case("CANCELLED")) {
            // Of a series, one day is cancelled and the others stay.
            return replaces.map(|date| Event::cancelled(uid, date));
        }
        let Some(start_line) = get("DTSTART") else {
            self.error(begin.span.clone(), "this event has no DTSTART, so nobody knows which day it is", None);
            return None;
        };
        let start = self.moment(start_line, &start_line.value)?;
        let end = match (get("DTEND"), get("DURATION")) {
            (Some(line), _) => self.moment(line, &line.value)?,
            (None, Some(line)) => self.later(line, start)?,
            (None, None) => match start {
                Moment::Date(date) => Moment::Date(date.succ_opt()?),
                Moment::Local(_) => start,
            },
        };
        let name = get("SUMMARY").map(|line| unescaped(&line.value)).unwrap_or_default();
        if end.local() < start.local() {
            let line = get("DTEND").unwrap_or(start_line);
            self.error(
                line.span.clone(),
                format!("`{name}` ends before it begins"),
                Some("exchange DTSTART and DTEND"),
            );
            return None;
        }
        let (first, days) = match whole_days(start, end) {
            Some((first, days @ 1..=MOST_DAYS_OF_ONE)) => (first, days),
            Some((_, days)) if days > MOST_DAYS_OF_ONE => {
                let title = format!("`{name}` lasts {days} days; a day off of more than a year is taken for a mistake");
                self.error(start_line.span.clone(), title, None);
                return None;
            }
            _ => {
                let title = format!("`{name}` takes only a part of a day and is left out");
                self.problems.warning(self.source, start_line.span.clone(), title, None);
                return None;
            }
        };
        let dates = |name: &'static str| -> Option<Vec<NaiveDate>> {
            let mut dates = Vec::new();
            for line in all(name) {
                for text in line.value.split(',') {
                    dates.push(self.moment(line, text)?.date());
                }
            }
            Some(dates)
        };
        Some(Event {
            uid,
            name,
            start,
            offset: u64::try_from(first.signed_duration_since(start.date()).num_days()).unwrap_or(0),
            days,
            rule: match get("RRULE") {
                Some(line) => Some(self.yearly(line)?),
                None => None,
            },
            without: dates("EXDATE")?,
            also: dates("RDATE")?,
            replaces,
            is_cancelled: false,
        })
    }

    /// The date of the one instance that a line names.
    fn instance(&self, line: &Line) -> Option<NaiveDate> {
        if line.param("RANGE").is_some() {
            let help = "write the later days as events of their own, and end the series before them by UNTIL";
            self.error(line.span.clone(), "a change of this day and all later ones can't be read", Some(help));
            return None;
        }
        self.moment(line, &line.value).map(Moment::date)
    }

    /// `20261225`, `20261225T000000`, `20261224T230000Z`. A wall clock's time is taken as written, whatever its TZID.
    fn moment(&self, line: &Line, text: &str) -> Option<Moment> {
        let text = text.trim();
        let wrong = || {
            let help = "write 20261225, 20261225T000000 or 20261224T230000Z";
            self.error(line.span.clone(), format!("`{text}` isn't a date or time of {}", line.name), Some(help));
        };
        if text.len() == 8 || line.param("VALUE").is_some_and(|kind| kind.eq_ignore_ascii_case("DATE")) {
            let date = NaiveDate::parse_from_str(text, "%Y%m%d").ok().filter(|_| text.len() == 8);
            if date.is_none() {
                wrong();
            }
            return date.map(Moment::Date);
        }
        let (wall, is_utc) = text.strip_suffix(['Z', 'z']).map_or((text, false), |wall| (wall, true));
        let local = NaiveDateTime::parse_from_str(wall, "%Y%m%dT%H%M%S").ok().filter(|_| wall.len() == 15);
        let Some(local) = local else {
            wrong();
            return None;
        };
        match (is_utc, self.zone) {
            (false, _) => Some(Moment::Local(local)),
            (true, Some(zone)) => Some(Moment::Local(zone.local(local.and_utc().into()))),
            (true, None) => {
                let title = format!("`{text}` is a time in UTC, and nobody says of which place the day is");
                self.error(line.span.clone(), title, Some("give the calendar a `zone`"));
                None
            }
        }
    }

    /// The end of an event with a DURATION such as `P1D`, `P2W`, `PT24H`.
    fn later(&self, line: &Line, start: Moment) -> Option<Moment> {
        let Some(span) = span_of(line.value.trim()) else {
            let title = format!("`{}` isn't a DURATION such as `P1D`, `P2W` or `PT24H`", line.value.trim());
            self.error(line.span.clone(), title, None);
            return None;
        };
        let end = match start {
            Moment::Date(date) => date.checked_add_signed(span).map(Moment::Date),
            Moment::Local(local) => local.checked_add_signed(span).map(Moment::Local),
        };
        if end.is_none() {
            let title = format!("after `{}` there is no calendar any more", line.value.trim());
            self.error(line.span.clone(), title, None);
        }
        end
    }

    fn yearly(&self, line: &Line) -> Option<Yearly> {
        let wrong = |why: String| {
            let help = "only yearly rules are read: FREQ=YEARLY with INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY and BYDAY \
                        (with one of these two); write other days one by one";
            self.error(line.span.clone(), format!("this RRULE can't be read: {why}"), Some(help));
        };
        let mut rule = Yearly { interval: 1, ..Yearly::default() };
        let mut is_yearly = false;
        for part in line.value.split(';').filter(|part| !part.trim().is_empty()) {
            let (key, value) = part.trim().split_once('=').unwrap_or((part.trim(), ""));
            let read = match key.to_ascii_uppercase().as_str() {
                "FREQ" => {
                    is_yearly = value.eq_ignore_ascii_case("YEARLY");
                    is_yearly.then_some(())
                }
                "INTERVAL" => value.parse().ok().filter(|n| (1..=100).contains(n)).map(|n| rule.interval = n),
                "COUNT" => value.parse().ok().filter(|n| *n > 0).map(|n| rule.count = Some(n)),
                "UNTIL" => self.moment(line, value).map(|until| rule.until = Some(until.date())),
                "BYMONTH" => numbers(value, 1, 12).map(|list| rule.months = list.iter().map(|n| *n as u32).collect()),
                "BYMONTHDAY" => numbers(value, -31, 31).map(|list| rule.month_days = list),
                "BYDAY" => value.split(',').map(nth_weekday).collect::<Option<_>>().map(|list| rule.weekdays = list),
                "WKST" => Some(()),
                _ => None,
            };
            if read.is_none() {
                wrong(format!("`{part}`"));
                return None;
            }
        }
        // Without a month or a day of it, a weekday is one of the whole year.
        let is_of_year = !rule.weekdays.is_empty() && rule.months.is_empty() && rule.month_days.is_empty();
        if !is_yearly || is_of_year {
            wrong(format!("`{}`", line.value.trim()));
            return None;
        }
        Some(rule)
    }

    fn days(&self, event: &Event, moved: &BTreeSet<(String, NaiveDate)>, days: &mut Vec<DayOff>) {
        if event.is_cancelled {
            return;
        }
        let mut starts: BTreeSet<NaiveDate> = match &event.rule {
            None => BTreeSet::from([event.start.date()]),
            Some(rule) => {
                let all = rule.dates(event.start.date(), *self.years.end());
                all.into_iter().filter(|date| self.years.contains(&date.year())).collect()
            }
        };
        starts.extend(&event.also);
        let is_gone = |date: &NaiveDate| {
            event.without.contains(date) || event.replaces.is_none() && moved.contains(&(event.uid.clone(), *date))
        };
        for date in starts.into_iter().filter(|date| !is_gone(date)) {
            let from = date.checked_add_days(Days::new(event.offset));
            let to = from.and_then(|from| from.checked_add_days(Days::new(event.days - 1)));
            if let Some((from, to)) = from.zip(to) {
                days.push(DayOff { from, to, name: event.name.clone(), source: None });
            }
        }
    }
}

impl Event {
    /// One instance of a series that doesn't take place.
    fn cancelled(uid: String, date: NaiveDate) -> Self {
        let start = Moment::Date(date);
        let (name, without, also) = (String::new(), Vec::new(), Vec::new());
        Self {
            uid,
            name,
            start,
            offset: 0,
            days: 1,
            rule: None,
            without,
            also,
            replaces: Some(date),
            is_cancelled: true,
        }
    }
}

impl Yearly {
    /// From the first date on, which counts whether or not the rule names it.
    fn dates(&self, first: NaiveDate, last_year: i32) -> BTreeSet<NaiveDate> {
        let mut dates = BTreeSet::from([first]);
        let most = self.count.unwrap_or(usize::MAX);
        let fits = |date: &NaiveDate| *date > first && self.until.is_none_or(|until| *date <= until);
        for year in (first.year()..=last_year).step_by(self.interval as usize) {
            let months = match (self.months.as_slice(), self.month_days.as_slice()) {
                ([], []) => vec![first.month()],
                // A day of the month without a month is one of each month.
                ([], _) => (1..=12).collect(),
                (months, _) => months.to_vec(),
            };
            let mut of_year: Vec<NaiveDate> =
                months.iter().flat_map(|month| self.in_month(year, *month, first.day())).filter(fits).collect();
            of_year.sort_unstable();
            for date in of_year {
                if dates.len() < most {
                    dates.insert(date);
                }
            }
        }
        dates
    }

    fn in_month(&self, year: i32, month: u32, day: u32) -> Vec<NaiveDate> {
        let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) else { return Vec::new() };
        let length = u32::from(first.num_days_in_month());
        let named = |date: &NaiveDate| {
            let (day_number, from_end) = (date.day() as i32, date.day() as i32 - length as i32 - 1);
            let by_month_day = |list: &[i32]| list.iter().any(|n| *n == day_number || *n == from_end);
            let by_weekday = |list: &[(i32, Weekday)]| {
                list.iter().any(|(nth, weekday)| {
                    let (from_begin, back) = ((day_number - 1) / 7 + 1, (from_end + 1) / 7 - 1);
                    *weekday == Weekday::of(*date) && (*nth == 0 || *nth == from_begin || *nth == back)
                })
            };
            match (self.month_days.as_slice(), self.weekdays.as_slice()) {
                ([], []) => date.day() == day,
                (days, []) => by_month_day(days),
                ([], weekdays) => by_weekday(weekdays),
                (days, weekdays) => by_month_day(days) && by_weekday(weekdays),
            }
        };
        first.iter_days().take(length as usize).filter(named).collect()
    }
}

/// The first date that an event takes whole, and how many; `None`: it takes none.
fn whole_days(start: Moment, end: Moment) -> Option<(NaiveDate, u64)> {
    let midnight = NaiveTime::MIN;
    let first = match start {
        Moment::Date(date) => date,
        Moment::Local(local) if local.time() == midnight => local.date(),
        Moment::Local(local) => local.date().succ_opt()?,
    };
    let almost_midnight = NaiveTime::from_hms_opt(23, 59, 0)?;
    let after = match end {
        // Some write the day itself where the day after belongs.
        Moment::Date(date) if Moment::Date(date) == start => date.succ_opt()?,
        Moment::Local(local) if local.time() >= almost_midnight => local.date().succ_opt()?,
        end => end.date(),
    };
    u64::try_from(after.signed_duration_since(first).num_days()).ok().map(|days| (first, days))
}

/// `P1W`, `P2D`, `PT24H`, `P1DT12H30M`.
fn span_of(text: &str) -> Option<TimeDelta> {
    let text = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let (mut span, mut digits, mut in_time) = (TimeDelta::zero(), String::new(), false);
    for c in text.chars() {
        match c {
            'T' => in_time = true,
            c if c.is_ascii_digit() && digits.len() < 6 => digits.push(c),
            unit => {
                let number: i64 = std::mem::take(&mut digits).parse().ok()?;
                let part = match (unit, in_time) {
                    ('W', false) => TimeDelta::weeks(number),
                    ('D', false) => TimeDelta::days(number),
                    ('H', true) => TimeDelta::hours(number),
                    ('M', true) => TimeDelta::minutes(number),
                    ('S', true) => TimeDelta::seconds(number),
                    _ => return None,
                };
                span = span.checked_add(&part)?;
            }
        }
    }
    digits.is_empty().then_some(span)
}

fn numbers(text: &str, least: i32, most: i32) -> Option<Vec<i32>> {
    text.split(',').map(|part| part.trim().parse().ok().filter(|n| (least..=most).contains(n) && *n != 0)).collect()
}

/// `4TH`, `-1MO`, `SU`.
fn nth_weekday(text: &str) -> Option<(i32, Weekday)> {
    const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let text = text.trim().to_ascii_uppercase();
    let split = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at))?;
    let day = DAYS.iter().position(|day| *day == &text[split..])?;
    let nth = match &text[..split] {
        "" => 0,
        number => number.parse().ok().filter(|n: &i32| (-5..=5).contains(n) && *n != 0)?,
    };
    Some((nth, Weekday::from_index(day as u8)))
}

/// TEXT of RFC 5545 on one line.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n' | 'N') => plain.push(' '),
                Some(other) => plain.push(other),
                None => {}
            },
            (c, _) if c.is_control() => {}
            (c, _) => plain.push(c),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
