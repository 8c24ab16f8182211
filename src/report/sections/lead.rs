//! The title and the sentence under it: what happened, what drove it, what to do. Silent about changes that chance makes.

use crate::i18n::Words;
use crate::zones::span::Unit;

use super::super::change::{counts_differ, rates_differ};
use super::super::tally::{Slot, Tally};
use super::super::view::View;
use crate::domain::role::Scope;

/// The one `h1`.
pub(in super::super) fn title(view: &View<'_>) -> String {
    let words = &view.words;
    let open = view.callers.open();
    if view.request.rights.scope == Scope::Nothing {
        return words.word("title-own-unknown");
    }
    if view.stamp.no_data {
        return words.say("title-no-data", &[("period", view.label.plain().into())]);
    }
    if open > 0 {
        return words.say("title-to-call-back", &[("n", open.into()), ("words", words.small_number(open).into())]);
    }
    if view.now.offered() == 0 {
        return words.word("title-no-calls");
    }
    words.word(if view.now.missed == 0 { "title-all-answered" } else { "title-all-reached" })
}

/// The sentence under the title.
pub(in super::super) fn sentence(view: &View<'_>) -> String {
    let words = &view.words;
    if view.request.rights.scope == Scope::Nothing {
        return words.word("lead-own-unknown");
    }
    if view.stamp.no_data {
        return no_data(view);
    }
    if view.now.offered() == 0 {
        return no_calls(view);
    }
    let calls = view.now.offered();
    let rate = words.percent_or_nothing(view.now.answer_rate());
    let Some(before) = view.before else {
        return words.say("lead-plain", &[("rate", rate.into()), ("n", calls.into())]);
    };
    let than = view.before_words();
    let now = view.now;
    if rates_differ((now.answered, now.offered()), (before.answered, before.offered())) {
        let difference = now.answer_rate().unwrap_or_default() - before.answer_rate().unwrap_or_default();
        let points = words.points(difference);
        if difference > 0.0 {
            let values =
                [("rate", rate.into()), ("n", calls.into()), ("points", points.into()), ("before", than.into())];
            return words.say("lead-rate-more", &values);
        }
        let values = [
            ("rate", rate.into()),
            ("n", calls.into()),
            ("points", points.into()),
            ("before", than.into()),
            ("driver", driver(view, before).map_or_else(String::new, |driver| driver.clause(words)).into()),
        ];
        return words.say("lead-rate-less", &values);
    }
    if counts_differ(now.offered(), before.offered()) && before.offered() > 0 {
        let change = words.percent(now.offered().abs_diff(before.offered()) as f64 / before.offered() as f64);
        let id = if now.offered() > before.offered() { "lead-volume-more" } else { "lead-volume-less" };
        let values = [("rate", rate.into()), ("n", calls.into()), ("change", change.into()), ("before", than.into())];
        return words.say(id, &values);
    }
    words.say("lead-plain", &[("rate", rate.into()), ("n", calls.into())])
}

/// The hidden line that the inbox shows after the subject.
pub(in super::super) fn preview(view: &View<'_>) -> String {
    let words = &view.words;
    let now = view.now;
    if view.request.rights.scope == Scope::Nothing || view.stamp.no_data || now.offered() == 0 {
        return sentence(view);
    }
    let rate = words.percent_or_nothing(now.answer_rate());
    let clearly_changed =
        view.before.filter(|before| rates_differ((now.answered, now.offered()), (before.answered, before.offered())));
    let Some(before) = clearly_changed else { return sentence(view) };
    let difference = now.answer_rate().unwrap_or_default() - before.answer_rate().unwrap_or_default();
    let id = if difference > 0.0 { "preview-up" } else { "preview-down" };
    let mut line = words.say(id, &[("rate", rate.into()), ("points", words.points(difference).into())]);
    if let Some(driver) = driver(view, before) {
        line.push(' ');
        line.push_str(&words.say("preview-driver", &[("when", driver.when(words).into())]));
    }
    line
}

fn no_calls(view: &View<'_>) -> String {
    let words = &view.words;
    let none = words.say("lead-no-calls", &[("when", view.label.when().into())]);
    let covered_until = view.slice.sources.values().filter_map(|source| Some(source.spans.last()?.to())).max();
    match covered_until.filter(|_| view.stamp.behind.is_empty()) {
        Some(until) => {
            let until = view.moment(until.min(view.request.made_at));
            format!("{none} {}", words.say("lead-source-worked", &[("until", until.into())]))
        }
        None => none,
    }
}

fn no_data(view: &View<'_>) -> String {
    let words = &view.words;
    let last = view.slice.sources.values().filter_map(|source| Some((source.last_event_at?, &source.name))).max();
    let when = view.label.when();
    match last {
        Some((at, name)) => words.say(
            "lead-no-data-since",
            &[("when", when.into()), ("source", name.into()), ("last", view.moment(at).into())],
        ),
        None => words.say("lead-no-data", &[("when", when.into())]),
    }
}

/// Where most of the additional missed calls came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Driver {
    /// `None`: the report is of one day.
    weekday: Option<u8>,
    from_hour: u8,
    here: u64,
    additional: u64,
}

/// The two hours of a weekday (or of the day) with the largest increase of missed calls, when they hold at least three and
/// two fifths of all that were added. Only for periods of a week or less, where an hour of a weekday is one hour.
fn driver(view: &View<'_>, before: &Tally) -> Option<Driver> {
    let days = (view.request.period.to().since(view.request.period.from()).as_secs() + 43_200) / 86_400;
    let additional = view.now.missed.checked_sub(before.missed).filter(|more| *more >= 3)?;
    let by_weekday = match view.label.unit {
        Unit::Day => false,
        Unit::Week | Unit::Span if days <= 7 => true,
        _ => return None,
    };
    let grid = |slots: &[Slot]| {
        let mut grid = [[0_i64; 25]; 7];
        for slot in slots {
            let row = if by_weekday { usize::from(slot.weekday) } else { 0 };
            grid[row][usize::from(slot.hour)] += slot.missed as i64;
        }
        grid
    };
    let (now, then) = (grid(&view.now.slots), grid(&before.slots));
    let window =
        |row: usize, hour: usize| -> i64 { (hour..hour + 2).map(|hour| now[row][hour] - then[row][hour]).sum() };
    // Ties go to the earlier, so that the same calls always give the same sentence.
    let (row, hour) =
        (0..7).flat_map(|row| (0..24).map(move |hour| (row, hour))).rev().max_by_key(|(r, h)| window(*r, *h))?;
    let here = u64::try_from(window(row, hour)).ok()?;
    (here >= 3 && here * 5 >= additional * 2).then_some(Driver {
        weekday: by_weekday.then_some(row as u8),
        from_hour: hour as u8,
        here,
        additional,
    })
}

impl Driver {
    /// `Tuesday 10:00–12:00`
    fn when(self, words: &Words) -> String {
        let hours = words.hours(self.from_hour, (self.from_hour + 2).min(24));
        match self.weekday {
            Some(weekday) => {
                let weekday = words.word(&format!("weekday-long-{}", weekday + 1));
                words.say("driver-weekday-hours", &[("weekday", weekday.into()), ("hours", hours.into())])
            }
            None => hours,
        }
    }

    /// `; 8 of the 12 additional missed calls came on Tuesday between 10:00 and 12:00`
    fn clause(self, words: &Words) -> String {
        let (from, to) = (words.hour(self.from_hour), words.hour((self.from_hour + 2).min(24)));
        let on_weekday = self.weekday.map(|day| words.weekday_on(day));
        let mut values = vec![
            ("here", self.here.into()),
            ("additional", self.additional.into()),
            ("from", from.into()),
            ("to", to.into()),
        ];
        // More here than in all: elsewhere there were fewer.
        let most = self.here > self.additional;
        let id = match (&on_weekday, most) {
            (Some(_), false) => "driver-on-weekday",
            (None, false) => "driver-in-hours",
            (Some(_), true) => "driver-most-on-weekday",
            (None, true) => "driver-most-in-hours",
        };
        if let Some(on_weekday) = on_weekday {
            values.push(("on-weekday", on_weekday.into()));
        }
        words.say(id, &values)
    }
}
