//! Any bytes as what a service tells: an event that is read names what it is about.

use serde::Deserialize;
use serde_json::Value;

use super::sms_replies;
use crate::domain::number_code::NumberCode;
use crate::domain::text_reply::{self, TextReply};
use crate::notify::back::{Event, mailgun, postmark, ses, sns};

pub(in crate::web) fn body(bytes: &[u8]) {
    for (name, value) in sms_replies::form(bytes) {
        answered(&name);
        answered(&value);
    }
    let Ok(body) = serde_json::from_slice::<Value>(bytes) else { return };
    let told = [mailgun::event(&body), postmark::event(&body)].into_iter().flatten();
    told.chain(ses::events(&body)).for_each(|event| must_fit(&event));
    if let Ok(message) = sns::Message::deserialize(&body) {
        let _ = (message.confirmation(), sns::region(&message.topic_arn));
        let told = serde_json::from_str(&message.message).map(|told| ses::events(&told)).unwrap_or_default();
        told.iter().for_each(must_fit);
    }
}

fn answered(text: &str) {
    let number = text_reply::sender(text).map(|number| number.to_string());
    assert!(number.is_none_or(|number| number.len() <= 16 && number.starts_with('+')));
    let _ = (TextReply::read(text), NumberCode::read(text));
}

fn must_fit(event: &Event) {
    assert!(!event.by.is_empty(), "{event:?}");
}
