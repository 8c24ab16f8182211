//! Every call of the period under the canonical record's names. For machines only, for now. What a reader may not see
//! isn't there: numbers are masked, recordings and costs left out.

use serde_json::{Value, json};

use crate::domain::call::{Call, Direction};
use crate::domain::figure::TableRow;
use crate::domain::slice::CallRow;

use super::super::view::View;
use super::{Drawn, row};

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let rows =
        view.calls.iter().filter_map(|call| Some(line(view, call, view.slice.records.get(&call.key)?))).collect();
    Drawn { rows: Some(rows), ..Drawn::default() }
}

fn line(view: &View<'_>, row: &CallRow, call: &Call) -> TableRow {
    let client = call.client_number.clone().or_else(|| row.client.map(|client| format!("+{client}")));
    let safe = Safe { view, client: client.as_deref() };
    let our_side_calls = matches!(call.direction, Direction::Outbound);
    let (from, to) = if our_side_calls {
        (safe.text(&call.from_number), safe.number(&call.to_number))
    } else {
        (safe.number(&call.from_number), safe.text(&call.to_number))
    };
    let mut line = row! {
        "call_id": safe.text_of(&call.call_id),
        "project_id": view.request.project.id.as_str(),
        "source": call.source,
        "direction": call.direction.name(),
        "started_at": call.started_at,
        "answered_at": call.answered_at,
        "ended_at": call.ended_at,
        "from_number": from,
        "to_number": to,
        "client_number": safe.number(&client),
        "tracking_number": call.tracking_number,
        "status": row.status.name(),
        "raw_status": call.raw_status,
        "answered_by": call.answered_by.name(),
        "wait_sec": call.wait_sec,
        "ring_sec": call.ring_sec,
        "ivr_sec": call.ivr_sec,
        "talk_sec": call.talk_sec,
        "hold_sec": call.hold_sec,
        "wrap_sec": call.wrap_sec,
        "duration_sec": call.duration_sec,
        "agent_id": safe.text(&call.agent_id),
        "agent_name": safe.text(&call.agent_name),
        "queue": call.queue,
        "department": call.department,
        "is_target": call.is_target,
        "is_first_call": call.is_first_call,
        "is_repeat": call.is_repeat,
    };
    for (prefix, utm) in [("utm", &call.utm), ("first_utm", &call.first_utm)] {
        let values = [
            ("source", &utm.source),
            ("medium", &utm.medium),
            ("campaign", &utm.campaign),
            ("content", &utm.content),
            ("term", &utm.term),
        ];
        for (name, value) in values {
            line.insert(format!("{prefix}_{name}"), json!(safe.text(value)));
        }
    }
    line.extend(row! {
        "landing": safe.text(&call.landing),
        "referrer": safe.text(&call.referrer),
        "client_id": safe.text(&call.client_id),
        "tags": call.tags.iter().filter_map(|tag| safe.text_of(tag)).collect::<Vec<_>>(),
        "hangup_cause": call.hangup_cause,
        "ended_by": call.ended_by,
        "linked_id": safe.text(&call.linked_id),
        "merged_into": safe.text(&call.merged_into),
        "region": call.region,
        "category": call.category,
        "rating": call.rating,
        "comment": safe.text(&call.comment),
        "visitor_id": safe.text(&call.visitor_id),
        "id_is_synthetic": call.id_is_synthetic,
    });
    if view.request.rights.money {
        line.insert("cost".into(), call.cost_micro.map_or(Value::Null, |micro| json!(decimal(micro))));
        line.insert("currency".into(), json!(call.currency));
    }
    if view.request.rights.recordings {
        line.insert("recording_url".into(), json!(call.recording_url));
    }
    line
}

/// Lets through of one call's texts what the reader may see of its client's number.
struct Safe<'a> {
    view: &'a View<'a>,
    client: Option<&'a str>,
}

impl Safe<'_> {
    /// A number of the client.
    fn number(&self, number: &Option<String>) -> Option<String> {
        number.as_deref().and_then(|number| self.view.mask.plain(number))
    }

    fn text(&self, text: &Option<String>) -> Option<String> {
        text.as_deref().and_then(|text| self.text_of(text))
    }

    /// Any other text; one that tells the number is left out.
    fn text_of(&self, text: &str) -> Option<String> {
        let told = self.client.is_some_and(|client| self.view.mask.is_told_by(client, text));
        (!told).then(|| text.to_owned())
    }
}

/// Micro-units as a decimal text: `0.25`.
fn decimal(micro: i64) -> String {
    let (sign, size) = (if micro < 0 { "-" } else { "" }, micro.unsigned_abs());
    let fraction = format!("{:06}", size % 1_000_000);
    let digits = fraction.trim_end_matches('0');
    format!("{sign}{}.{digits:0<2}", size / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_a_decimal_text() {
        assert_eq!(decimal(250_000), "0.25");
        assert_eq!(decimal(-12_345_600), "-12.3456");
        assert_eq!(decimal(3_000_000), "3.00");
    }
}
