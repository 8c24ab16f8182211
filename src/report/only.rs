//! What a report is filtered by, in words: for its head and its foot.

use std::collections::BTreeMap;

use crate::domain::filters::{Filters, WorkingHours};
use crate::i18n::Words;

/// `inbound, team Sales`; `None`: every call is looked at. `names` gives what people call an agent.
pub(super) fn only(words: &Words, filters: &Filters, names: &BTreeMap<String, String>) -> Option<String> {
    let mut parts = Vec::new();
    let list = |values: &[String]| values.join(words.word("only-or").as_str());
    if !filters.direction.is_empty() {
        let directions: Vec<String> =
            filters.direction.iter().map(|word| words.word(&format!("direction-{word}"))).collect();
        parts.push(list(&directions));
    }
    if !filters.status.is_empty() {
        parts.push(statuses(words, &filters.status));
    }
    let agents: Vec<String> =
        filters.agent.iter().map(|key| names.get(key).cloned().unwrap_or_else(|| key.clone())).collect();
    let numbers: Vec<String> =
        filters.number.iter().map(|number| words.phone(number.trim_start_matches('+'))).collect();
    let named = [
        ("only-agent", &agents),
        ("only-team", &filters.team),
        ("only-number", &numbers),
        ("only-queue", &filters.queue),
        ("only-department", &filters.department),
        ("only-stream", &filters.source),
        ("only-source", &filters.utm_source),
        ("only-medium", &filters.utm_medium),
        ("only-campaign", &filters.utm_campaign),
        ("only-tag", &filters.tag),
    ];
    for (id, values) in named.iter().filter(|(_, values)| !values.is_empty()) {
        parts.push(words.say(id, &[("names", list(values).into())]));
    }
    let seconds = |seconds: u32| words.wait(seconds.into());
    match (filters.min_duration_sec, filters.max_duration_sec) {
        (Some(least), Some(most)) => {
            parts.push(words.say("only-between", &[("least", seconds(least).into()), ("most", seconds(most).into())]));
        }
        (Some(least), None) => parts.push(words.say("only-at-least", &[("least", seconds(least).into())])),
        (None, Some(most)) => parts.push(words.say("only-at-most", &[("most", seconds(most).into())])),
        (None, None) => {}
    }
    match filters.working_hours {
        Some(WorkingHours::In) => parts.push(words.word("only-in-hours")),
        Some(WorkingHours::Outside) => parts.push(words.word("only-outside-hours")),
        None => {}
    }
    match filters.first_time {
        Some(true) => parts.push(words.word("only-first-time")),
        Some(false) => parts.push(words.word("only-not-first-time")),
        None => {}
    }
    (!parts.is_empty()).then(|| words.say("only", &[("what", parts.join(", ").into())]))
}

/// Statuses and groups of them: `missed or left in the menu`.
pub(super) fn statuses(words: &Words, statuses: &[String]) -> String {
    let said: Vec<String> =
        statuses.iter().map(|word| words.word(&format!("status-{}", word.replace('_', "-")))).collect();
    said.join(words.word("only-or").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_said_as_people_say_them() {
        let words = Words::of("en");
        let none = BTreeMap::new();
        assert_eq!(only(&words, &Filters::default(), &none), None);
        let filters = Filters {
            direction: vec!["inbound".into()],
            status: vec!["missed".into(), "missed_ivr".into()],
            agent: vec!["201".into(), "202".into()],
            team: vec!["Sales".into()],
            min_duration_sec: Some(90),
            working_hours: Some(WorkingHours::Outside),
            first_time: Some(true),
            ..Filters::default()
        };
        let names = BTreeMap::from([("201".to_owned(), "Olena K.".to_owned())]);
        assert_eq!(
            only(&words, &filters, &names).expect("filters"),
            "Only: inbound, missed or left in the menu, agent Olena K. or 202, team Sales, 1:30 or longer, outside working \
             hours, first-time callers"
        );
    }
}
