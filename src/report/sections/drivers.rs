//! What drove a change, in words.

use crate::i18n::Words;

use super::super::news::{Driver, Kind, Place};
use super::super::origin;
use super::super::view::View;

/// `; 8 of the 12 additional missed calls came on Tuesday between 10:00 and 12:00`: goes on with a sentence about a lower
/// rate. `None` where [`sentence`] says it on its own.
pub(super) fn clause(words: &Words, kind: Kind, driver: &Driver) -> Option<String> {
    let Place::Hours(weekday, from_hour) = driver.place else { return None };
    if kind != Kind::RateDown {
        return None;
    }
    let here = driver.counted.size();
    let (from, to) = (words.hour(from_hour), words.hour((from_hour + 2).min(24)));
    let on_weekday = weekday.map(|day| words.weekday_on(day));
    let mut values =
        vec![("here", here.into()), ("additional", driver.whole.into()), ("from", from.into()), ("to", to.into())];
    // More here than in all: elsewhere there were fewer.
    let id = match (&on_weekday, here > driver.whole) {
        (Some(_), false) => "driver-on-weekday",
        (None, false) => "driver-in-hours",
        (Some(_), true) => "driver-most-on-weekday",
        (None, true) => "driver-most-in-hours",
    };
    values.extend(on_weekday.map(|on_weekday| ("on-weekday", on_weekday.into())));
    Some(words.say(id, &values))
}

/// `Biggest change: google / cpc, 9 more missed.`
pub(super) fn sentence(view: &View<'_>, kind: Kind, driver: &Driver) -> String {
    let words = &view.words;
    let more = driver.counted.now > driver.counted.before;
    let n = driver.counted.size();
    let place = match &driver.place {
        Place::Hours(weekday, hour) => when(words, *weekday, *hour),
        Place::Weekday(weekday) => words.word(&format!("weekday-long-{}", weekday + 1)),
        Place::Source(label) => origin::shown(label.clone(), words),
        Place::Agent(id) => {
            let id_of_text = if more { "driver-agent-more" } else { "driver-agent-fewer" };
            return words.say(id_of_text, &[("name", view.agent_name(*id).into()), ("n", n.into())]);
        }
    };
    let id = match (kind, more) {
        (Kind::RateUp | Kind::RateDown, true) => "driver-missed-more",
        (Kind::RateUp | Kind::RateDown, false) => "driver-missed-fewer",
        (Kind::MoreCalls | Kind::FewerCalls, true) => "driver-calls-more",
        (Kind::MoreCalls | Kind::FewerCalls, false) => "driver-calls-fewer",
    };
    words.say(id, &[("where", place.into()), ("n", n.into())])
}

/// `Tuesday 10:00–12:00`
pub(super) fn when(words: &Words, weekday: Option<u8>, from_hour: u8) -> String {
    let hours = words.hours(from_hour, (from_hour + 2).min(24));
    match weekday {
        Some(weekday) => {
            let weekday = words.word(&format!("weekday-long-{}", weekday + 1));
            words.say("driver-weekday-hours", &[("weekday", weekday.into()), ("hours", hours.into())])
        }
        None => hours,
    }
}
