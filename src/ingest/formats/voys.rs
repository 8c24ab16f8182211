//! Notifications of Voys and VoIPGRID, version 2 (help.voys.co.za, "Call notifications"): one JSON object a line.

use serde_json::Value;

use super::{Item, KeptPiece, Noticed, Piece, Reading};
use crate::domain::call::Direction;
use crate::domain::fold::Ranked;
use crate::domain::fold::voys::{Event, Party, Stage, fold};
use crate::ingest::problem::Problem;
use crate::ingest::{text, times};
use crate::zones::Zone;

/// Reads one notification.
pub(crate) fn read_object(text: &str, reading: &Reading, _: &mut Noticed) -> Result<Item, Problem> {
    read(text, &reading.zone).map(|(_, piece)| Item::Piece(Box::new(piece)))
}

fn read(text: &str, zone: &Zone) -> Result<(Event, Piece), Problem> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Problem::new("", text, format!("one JSON object a line is expected: {error}")))?;
    let event = event(&value, zone)?;
    let piece = Piece::new(event.call_id.clone(), event.merged_id.clone(), event.at, value.to_string());
    Ok((event, piece))
}

/// Folds notifications as they were kept; what can't be read any more is left out.
pub(crate) fn fold_kept(call_id: &str, pieces: &[KeptPiece], reading: &Reading) -> Option<Ranked> {
    let restore = |piece: &KeptPiece| {
        let event = event(&serde_json::from_str(&piece.body).ok()?, &reading.zone).ok()?;
        Some(Event { at: piece.at.unwrap_or(event.at), ..event })
    };
    let events: Vec<Event> = pieces.iter().filter_map(restore).collect();
    fold(call_id, &reading.source, &events, reading.region)
}

fn event(value: &Value, zone: &Zone) -> Result<Event, Problem> {
    if !value.is_object() {
        return Err(Problem::new("", &value.to_string(), "one JSON object a line is expected"));
    }
    if let Some(version) = optional(value, "version")?
        && version != "v2"
    {
        return Err(Problem::new("version", &version, "only version v2 of the notifications is understood"));
    }
    let stage = required(value, "status")?;
    let direction = required(value, "direction")?;
    let at = required(value, "timestamp")?;
    let destination = &value["destination"];
    Ok(Event {
        at: times::read(&at, zone).map_err(|reason| Problem::new("timestamp", &at, reason))?.at,
        stage: Stage::parse(&stage).ok_or_else(|| {
            let expected = "created, ringing, in-progress, warm-transfer, cold-transfer or ended is expected";
            Problem::new("status", &stage, expected)
        })?,
        call_id: required(value, "call_id")?,
        merged_id: optional(value, "merged_id")?,
        reason: optional(value, "reason")?,
        direction: match direction.as_str() {
            "inbound" => Direction::Inbound,
            "outbound" => Direction::Outbound,
            other => return Err(Problem::new("direction", other, "inbound or outbound is expected")),
        },
        caller: party(&value["caller"], "caller")?,
        destination: optional(destination, "number")?.unwrap_or_default(),
        targets: match &destination["targets"] {
            Value::Null => Vec::new(),
            Value::Array(targets) => {
                targets.iter().map(|target| party(target, "destination.targets")).collect::<Result<_, _>>()?
            }
            other => return Err(Problem::new("destination.targets", &other.to_string(), "a list is expected")),
        },
        redirector: match &value["redirector"] {
            Value::Null => None,
            redirector => Some(party(redirector, "redirector")?),
        },
    })
}

fn party(value: &Value, what: &str) -> Result<Party, Problem> {
    match value {
        Value::Null => Ok(Party::default()),
        Value::Object(_) => Ok(Party {
            number: optional(value, "number")?.unwrap_or_default(),
            name: optional(value, "name")?,
            account: optional(value, "account_number")?,
            user_number: match &value["user_numbers"] {
                Value::Array(numbers) => numbers.iter().find_map(scalar),
                _ => None,
            },
        }),
        other => Err(Problem::new(what, &other.to_string(), "an object is expected")),
    }
}

fn required(value: &Value, key: &str) -> Result<String, Problem> {
    optional(value, key)?
        .ok_or_else(|| Problem::new(key, "", "is missing; a bare notification has it at its top level"))
}

fn optional(value: &Value, key: &str) -> Result<Option<String>, Problem> {
    match &value[key] {
        found @ (Value::Array(_) | Value::Object(_)) => {
            Err(Problem::new(key, &found.to_string(), "a text or a number is expected"))
        }
        found => Ok(scalar(found)),
    }
}

/// A text or a number (systems send account numbers as either), when there is one.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text::known(text).map(|text| text.into_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
