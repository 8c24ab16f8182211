//! A call without the person who called: it stays as one call of a hidden number, so that every total stays what it was.

use serde_json::Value;

use super::Marks;
use crate::domain::call::Call;

/// The call without them; `None`: it names nobody. What only they can be known by goes with the number: the browser's
/// marks, what was noted about the talk, its recording.
pub fn without(call: &Call, marks: &Marks, regions: &[String]) -> Option<Call> {
    let whole = serde_json::to_string(call).ok()?;
    if marks.mentions(&whole, regions).is_empty() {
        return None;
    }
    let marks = &marks.erased_after(call.started_at);
    let names = |text: &Option<String>| text.as_deref().is_some_and(|text| !marks.mentions(text, regions).is_empty());
    let mut clean = call.clone();
    if names(&call.client_number) || names(&call.from_number) || names(&call.to_number) {
        for number in [&mut clean.client_number, &mut clean.from_number, &mut clean.to_number] {
            if names(number) {
                *number = None;
            }
        }
        // Whether there was a web session decides where the call counts, so its place is kept.
        clean.client_id = call.client_id.as_ref().map(|_| "erased".to_owned());
        clean.landing = call.landing.as_deref().map(page);
        clean.referrer = call.referrer.as_deref().map(page);
        (clean.visitor_id, clean.comment, clean.recording_url) = (None, None, None);
    }
    let mut value = serde_json::to_value(&clean).ok()?;
    let is_named = scrub(&mut value, marks, regions);
    if is_named {
        clean = serde_json::from_value(value).ok()?;
    }
    (clean != *call).then_some(clean)
}

/// An address in the web without what follows its path.
fn page(address: &str) -> String {
    address.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// The text of a leg or an event, JSON as its format keeps it, without them; `None`: it names nobody. Their number reads as
/// that of a caller who hid it.
pub fn event_without(body: &str, marks: &Marks, regions: &[String]) -> Option<String> {
    if marks.mentions(body, regions).is_empty() {
        return None;
    }
    let Ok(mut value) = serde_json::from_str::<Value>(body) else { return marks.scrubbed(body, regions) };
    hide(&mut value, marks, regions);
    Some(value.to_string())
}

/// Keys under which telephony systems tell the name of whom a number belongs to.
const NAMES: &[&str] = &["name", "cnam", "clid", "caller_name", "caller_id_name"];
const HIDDEN: &str = "anonymous";

fn hide(value: &mut Value, marks: &Marks, regions: &[String]) -> bool {
    let names = |text: &str| !marks.mentions(text, regions).is_empty();
    match value {
        Value::String(text) if names(text) => {
            let is_only_that = text.chars().all(|c| !c.is_alphabetic()) || text.contains(['<', '"']);
            *text = if is_only_that { HIDDEN.to_owned() } else { marks.scrubbed(text, regions).unwrap_or_default() };
            true
        }
        Value::Number(number) if names(&number.to_string()) => {
            *value = Value::Null;
            true
        }
        Value::Array(list) => list.iter_mut().fold(false, |named, item| hide(item, marks, regions) | named),
        Value::Object(map) => {
            let mut is_named = false;
            for item in map.values_mut() {
                is_named |= hide(item, marks, regions) && !item.is_object();
            }
            for (_, name) in map.iter_mut().filter(|(key, _)| is_named && NAMES.contains(&key.as_str())) {
                *name = Value::Null;
            }
            is_named
        }
        _ => false,
    }
}

fn scrub(value: &mut Value, marks: &Marks, regions: &[String]) -> bool {
    match value {
        Value::String(text) => match marks.scrubbed(text, regions) {
            Some(clean) => {
                *text = clean;
                true
            }
            None => false,
        },
        Value::Array(list) => list.iter_mut().fold(false, |named, item| scrub(item, marks, regions) | named),
        Value::Object(map) => map.values_mut().fold(false, |named, item| scrub(item, marks, regions) | named),
        _ => false,
    }
}
