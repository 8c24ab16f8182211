//! Webhooks: an event for a reader's own program, signed as Standard Webhooks has it
//! (<https://github.com/standard-webhooks/standard-webhooks>).
//!
//! Its id is the same on every try, so a receiver can tell repetitions, and an outcome that isn't known is tried again: nine
//! times over a day. 410 ends it for this address; other refusals by the receiver are tried three times.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use hyper::Method;
use serde_json::json;
use sha2::Sha256;

use super::answer::{self, Answer};
use super::{Decline, Note, Post, Way};
use crate::config::channels::{Service, SigningKey};
use crate::domain::contact::ChannelKind;
use crate::domain::instant::Instant;
use crate::net::{Reply, Request, Target};

/// How webhooks are sent.
pub const WAY: Way =
    Way { kind: ChannelKind::Webhook, connections: 4, compose, request, answer, wait, knows_repetitions: true };

/// Seconds between the tries.
const WAITS_SEC: [i64; 8] = [30, 120, 600, 1_800, 7_200, 18_000, 28_800, 28_800];

/// The wait after the `tries`th try (from 1), spread by a fifth to both sides; `None`: that was the last.
fn wait(tries: i64, seed: i64) -> Option<Duration> {
    let whole = *WAITS_SEC.get(usize::try_from(tries.max(1) - 1).ok()?)?;
    let fifth = whole / 5;
    let spread = seed.wrapping_mul(2_654_435_761).wrapping_add(tries).rem_euclid(2 * fifth + 1) - fifth;
    Some(Duration::from_secs(u64::try_from(whole + spread).unwrap_or(30)))
}

fn compose(note: &Note<'_>, _: &Service) -> Vec<u8> {
    let brief = note.brief;
    let event = json!({
        "id": note.id,
        "type": brief.kind,
        "timestamp": note.at,
        "data": {
            "project": brief.project,
            "severity": brief.severity,
            "test": brief.is_test,
            "language": brief.language,
            "subject": brief.subject,
            "title": brief.title,
            "lines": brief.lines,
            "facts": brief.facts,
            "figures": brief.figures,
            "url": brief.button.as_ref().map(|button| &button.url),
            "reference": note.reference,
        },
    });
    event.to_string().into_bytes()
}

fn request(service: &Service, post: &Post, now: Instant) -> Result<(Target, Request), &'static str> {
    let Service::Webhook(webhook) = service else { return Err("channel_of_another_kind") };
    let at = now.as_seconds().to_string();
    let signatures: Vec<String> = webhook.keys.iter().map(|key| sign(key, &post.id, &at, &post.body)).collect();
    let header = |name: &str, value: String| (name.to_owned(), value);
    let request = Request {
        method: Method::POST,
        content_type: Some("application/json".to_owned()),
        headers: vec![
            header("webhook-id", post.id.clone()),
            header("webhook-timestamp", at),
            header("webhook-signature", signatures.join(" ")),
        ],
        body: post.body.clone(),
    };
    Ok((webhook.target.clone(), request))
}

/// `v1,` and HMAC-SHA-256 over id, time and body, in base 64.
fn sign(key: &SigningKey, id: &str, at: &str, body: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.reveal()) else {
        unreachable!("HMAC takes keys of any length")
    };
    for part in [id.as_bytes(), b".", at.as_bytes(), b".", body] {
        mac.update(part);
    }
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

fn answer(_: &Service, reply: &Reply, wait: Option<Duration>) -> Answer {
    match reply.status {
        200..=299 => Answer::Taken(reply.words()),
        410 => Answer::No(Decline::MarksAddress),
        // The event has an id: whoever passed it on may get it again.
        502 | 504 => Answer::No(Decline::Later { after: wait, shuts_lane: wait.is_some() }),
        408 | 425 | 429 | 500..=599 => answer::usual(reply, wait),
        _ => Answer::No(Decline::ThreeTries),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn signed(id: &str, at: &str, body: &str) -> String {
        sign(&SigningKey::parse(SECRET).expect("a key"), id, at, body.as_bytes())
    }

    #[test]
    fn signatures_are_those_of_the_standard() {
        // The first is in many public suites, the second is ours.
        assert_eq!(
            signed("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
        assert_eq!(
            signed("evt_01", "1735689600", "{\"type\":\"balance.low\",\"project\":\"Київ\"}"),
            "v1,lGGdwej3mL1Zp7d2AOT0/UblmS3PcZAmukSFhaOBNUk="
        );
    }

    #[test]
    fn keys_never_show_and_must_be_keys() {
        let key = SigningKey::parse(SECRET).expect("a key");
        assert_eq!(format!("{key:?}"), "SigningKey(…)");
        for bad in ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_AAAA", "whsec_no base 64!"] {
            assert!(SigningKey::parse(bad).is_err_and(|why| bad.len() < 7 || !why.contains(&bad[6..])), "{bad}");
        }
    }

    #[test]
    fn nine_tries_go_over_a_day() {
        for seed in 0..200 {
            let waits: Vec<i64> = (1..)
                .map_while(|tries| wait(tries, seed))
                .map(|wait| i64::try_from(wait.as_secs()).expect("small"))
                .collect();
            assert_eq!(waits.len(), 8, "nine tries");
            for (made, meant) in waits.iter().zip(WAITS_SEC) {
                assert!((made - meant).abs() * 5 <= meant, "{made} for {meant}");
            }
        }
    }
}
