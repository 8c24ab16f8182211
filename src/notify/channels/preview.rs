//! What each service would be sent of a notice, for people to look at before anybody gets it.

use super::{Note, WAYS};
use crate::config::channels::{Hook, Service};
use crate::domain::brief::Brief;
use crate::domain::contact::ChannelKind;
use crate::domain::instant::Instant;
use crate::net::Target;

/// The ending of a file for each service, and what would be posted; an SMS in the three parts that are usual.
pub fn files(brief: &Brief, why: &str, reference_line: &str) -> Vec<(String, Vec<u8>)> {
    let Ok(target) = Target::parse("https://hooks.example.com/") else { return Vec::new() };
    let service = Service::Slack(Hook { target });
    let note =
        Note { brief, why, reference_line, reference: "5HJW-8MDE", id: "msg_5hjw8mde", at: Instant::from_seconds(0) };
    let file = |way: &super::Way| {
        let ending = if way.kind == ChannelKind::Sms { "txt" } else { "json" };
        let posted = (way.compose)(&note, &service);
        let pretty = serde_json::from_slice::<serde_json::Value>(&posted).ok();
        let pretty = pretty.filter(|_| ending == "json").and_then(|json| serde_json::to_vec_pretty(&json).ok());
        (format!("{}.{ending}", way.kind.name()), pretty.unwrap_or(posted))
    };
    WAYS.iter().map(file).collect()
}
