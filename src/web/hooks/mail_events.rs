//! `POST /v1/mail-events`: what Mailgun, Postmark and SES (by SNS) tell about mails. Which of them it is shows by its shape.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Hooks, No, failed};
use crate::notify::back::sns::{Doubt, Message};
use crate::notify::back::subscription;
use crate::notify::back::{self, Event, Outcome, mailgun, postmark, ses};

/// At the plain address.
pub(super) async fn take(state: State<Hooks>, headers: HeaderMap, body: Bytes) -> Result<Response, No> {
    answer(&state.0, &headers, None, &body).await
}

/// At an address that ends with a secret.
pub(super) async fn take_by_path(
    state: State<Hooks>,
    Path(secret): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, No> {
    answer(&state.0, &headers, Some(&secret), &body).await
}

async fn answer(hooks: &Hooks, headers: &HeaderMap, path: Option<&str>, body: &[u8]) -> Result<Response, No> {
    let body: Value = serde_json::from_slice(body).map_err(|_| No::Unreadable("the body isn't JSON"))?;
    let events = if body.get("event-data").is_some() {
        of_mailgun(hooks, &body)?
    } else if body.get("RecordType").is_some() {
        of_postmark(hooks, headers, path, &body)?
    } else if body.get("TopicArn").is_some() {
        of_sns(hooks, &body).await?
    } else {
        return Err(No::Unreadable("this is no event of Mailgun, Postmark or SNS"));
    };
    let (mut taken, mut ignored, mut too_early) = (0, 0, false);
    for event in &events {
        match back::take(&hooks.app, event).await.map_err(failed)? {
            Outcome::Moved { .. } => taken += 1,
            Outcome::Nothing { .. } | Outcome::Foreign => ignored += 1,
            Outcome::TooEarly => too_early = true,
        }
    }
    if too_early {
        return Err(No::Later(60));
    }
    Ok(Json(json!({ "taken": taken, "ignored": ignored })).into_response())
}

fn of_mailgun(hooks: &Hooks, body: &Value) -> Result<Vec<Event>, No> {
    let key = hooks.app.settings.mail.events.mailgun_key.as_ref();
    let key = key.ok_or(No::NotSetUp("`mail.events.mailgun_key` isn't set"))?;
    if !mailgun::is_genuine(key, body, hooks.app.clock.now()) {
        return Err(No::Unproved("the signature is wrong, or older than a day".to_owned()));
    }
    Ok(mailgun::event(body).into_iter().collect())
}

fn of_postmark(hooks: &Hooks, headers: &HeaderMap, path: Option<&str>, body: &Value) -> Result<Vec<Event>, No> {
    let events = &hooks.app.settings.mail.events;
    if !events.is_of_postmark() {
        return Err(No::NotSetUp("neither `mail.events.postmark_login` nor `mail.events.postmark_path` is set"));
    }
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let by_login = events.postmark_login.as_ref().is_some_and(|login| postmark::has_login(login, authorization));
    let by_path = events.postmark_path.as_ref().is_some_and(|secret| postmark::has_path(secret, path));
    if !by_login && !by_path {
        return Err(No::Unproved("the login or the address is wrong".to_owned()));
    }
    Ok(postmark::event(body).into_iter().collect())
}

async fn of_sns(hooks: &Hooks, body: &Value) -> Result<Vec<Event>, No> {
    let topics = &hooks.app.settings.mail.events.ses_topics;
    if topics.is_empty() {
        return Err(No::NotSetUp("`mail.events.ses_topics` is empty"));
    }
    let message = Message::deserialize(body).map_err(|_| No::Unreadable("this isn't a message of SNS"))?;
    let now = hooks.app.clock.now();
    match message.prove(topics, &hooks.net, &hooks.certificates, now).await {
        Ok(()) => {}
        Err(Doubt::Unreachable(why)) => {
            tracing::warn!("a certificate of SNS can't be fetched: {why}");
            return Err(No::Later(60));
        }
        Err(doubt) => return Err(No::Unproved(doubt.to_string())),
    }
    if message.r#type != "Notification" {
        subscription::tell(&hooks.app, &message).await.map_err(failed)?;
        return Ok(Vec::new());
    }
    // What SES says when a topic is connected isn't JSON.
    Ok(serde_json::from_str::<Value>(&message.message).map(|told| ses::events(&told)).unwrap_or_default())
}
