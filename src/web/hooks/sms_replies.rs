//! `POST /v1/sms-replies`: what people answer to texts (STOP, START, a code that went to their number), told by Twilio (signed)
//! or by a gateway that the settings describe (with its secret, in the header `Authorization: Bearer …` or at the end of the
//! address).

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::{Hooks, No, failed};
use crate::config::channels::Replies;
use crate::domain::number_code::NumberCode;
use crate::domain::text_reply::{self, MessageSid, TextReply};
use crate::notify::{number_codes, text_replies};

/// Where answers are sent to, below the public address.
const PATH: &str = "/v1/sms-replies";

/// At the plain address.
pub(super) async fn take(state: State<Hooks>, headers: HeaderMap, body: Bytes) -> Result<Response, No> {
    if headers.contains_key("x-twilio-signature") {
        return of_twilio(&state.0, &headers, &body).await;
    }
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let secret = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default().trim();
    of_gateway(&state.0, secret, &headers, &body).await
}

/// At an address that ends with a secret.
pub(super) async fn take_by_path(
    state: State<Hooks>,
    Path(secret): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, No> {
    of_gateway(&state.0, &secret, &headers, &body).await
}

async fn of_twilio(hooks: &Hooks, headers: &HeaderMap, body: &[u8]) -> Result<Response, No> {
    let Some(public) = &hooks.app.settings.public_url else {
        return Err(No::NotSetUp("`public_url` isn't set, and Twilio signs the address"));
    };
    let url = format!("{}{PATH}", public.as_str().trim_end_matches('/'));
    let fields = form(body);
    let signature = headers.get("x-twilio-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(channel) = text_replies::of_twilio(&hooks.app, &url, &fields, signature) else {
        return Err(No::Unproved(format!("the signature isn't one of our channels' for {url}")));
    };
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    // With Advanced Opt-Out Twilio says itself what the answer means.
    let said = match field("OptOutType") {
        "" => field("Body"),
        kind => kind,
    };
    let message = MessageSid::parse(field("MessageSid"))
        .ok_or(No::Unreadable("the form names no message (`MessageSid`): only incoming texts are told here"))?;
    answer(hooks, channel, field("From"), said, Some(&message)).await?;
    Ok(([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], "<Response/>").into_response())
}

async fn of_gateway(hooks: &Hooks, secret: &str, headers: &HeaderMap, body: &[u8]) -> Result<Response, No> {
    let Some((channel, replies)) = text_replies::of_gateway(&hooks.app, secret) else {
        return Err(No::Unproved("no channel has this `reply_secret`".to_owned()));
    };
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (from, said) = if kind.to_ascii_lowercase().contains("json") {
        of_json(replies, body)
            .ok_or(No::Unreadable("the body isn't JSON with the fields that `reply_from` and `reply_text` name"))?
    } else {
        let fields = form(body);
        let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        field(&replies.from)
            .zip(field(&replies.text))
            .ok_or(No::Unreadable("the form has no fields that `reply_from` and `reply_text` name"))?
    };
    answer(hooks, channel, &from, &said, None).await?;
    Ok("ok\n".into_response())
}

async fn answer(hooks: &Hooks, channel: &str, from: &str, said: &str, message: Option<&MessageSid>) -> Result<(), No> {
    let from = text_reply::sender(from).ok_or(No::Unreadable("the sender isn't a number with its country"))?;
    if let Some(wish) = TextReply::read(said) {
        text_replies::take(&hooks.app, channel, from, wish, message).await.map_err(failed)?;
    } else if let Some(code) = NumberCode::read(said) {
        number_codes::confirm_by_answer(&hooks.app, from, &code).await.map_err(failed)?;
    }
    Ok(())
}

/// A name, or a pointer (RFC 6901) that begins with a slash.
fn of_json(replies: &Replies, body: &[u8]) -> Option<(String, String)> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let field = |name: &str| {
        let value = if name.starts_with('/') { body.pointer(name) } else { body.get(name) };
        match value? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    };
    field(&replies.from).zip(field(&replies.text))
}

/// Parameters that are read of a form.
const MOST_FIELDS: usize = 200;

pub(super) fn form(body: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(body)
        .take(MOST_FIELDS)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}
