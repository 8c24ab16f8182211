//! `[project.goals]`: `answer_rate first_response_minutes service_level = { seconds percent formula="f3" }`.

use super::{Table, Value};
use crate::domain::goals::{Formula, Goals, ServiceLevel};

pub(super) fn read(table: Table<'_>) -> Goals {
    let goals = Goals {
        answer_rate: table.get("answer_rate").and_then(|value| percent(&value)),
        first_response_minutes: table.get("first_response_minutes").and_then(|value| whole(&value, 31 * 24 * 60)),
        service_level: table.get("service_level").and_then(|value| value.table()).and_then(service_level),
    };
    table.finish();
    goals
}

fn service_level(table: Table<'_>) -> Option<ServiceLevel> {
    let seconds = table.need("seconds").and_then(|value| whole(&value, 3600));
    let percent = table.need("percent").and_then(|value| percent(&value));
    let words = Formula::ALL.map(Formula::name);
    let formula = table.get("formula").and_then(|value| value.one_of(&words, Formula::parse)).unwrap_or_default();
    table.finish();
    Some(ServiceLevel { seconds: seconds?, percent: percent?, formula })
}

fn percent(value: &Value<'_>) -> Option<f64> {
    let percent = value.positive()?;
    if percent <= 1.0 {
        value.wrong("this is a percentage: write 90 for 90 %");
        return None;
    }
    if percent > 100.0 {
        value.wrong("this is a percentage: at most 100");
        return None;
    }
    Some(percent)
}

fn whole(value: &Value<'_>, most: i64) -> Option<u32> {
    value.integer(1..=most).and_then(|number| u32::try_from(number).ok())
}
