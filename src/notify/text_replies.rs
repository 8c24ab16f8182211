//! What people answer to texts: STOP ends all texts to their number, of every project, START lets them come again. Whose answer
//! it is is proved by the gateway before anything here is called.
//!
//! Twilio signs with the account's token: <https://www.twilio.com/docs/usage/security#validating-requests>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::config::channels::{Replies, Service, SmsWay};
use crate::config::secret::Secret;
use crate::domain::contact::ChannelKind;
use crate::domain::phone::PhoneE164;
use crate::domain::text_reply::{MessageSid, TextReply};
use crate::store::suppressions::NewSuppression;

/// Why a number gets no texts: of its own wish, told to us or to the gateway.
pub const STOPPED: &str = "stopped_by_text";

/// The channel of Twilio's whose token made this signature over address and parameters.
pub fn of_twilio<'a>(app: &'a App, url: &str, fields: &[(String, String)], signature: &str) -> Option<&'a str> {
    let given = STANDARD.decode(signature.trim()).ok()?;
    app.settings.channels.iter().find_map(|channel| match &channel.service {
        Some(Service::Sms(sms)) => match &sms.way {
            SmsWay::Twilio(twilio) => is_signed(&twilio.token, url, fields, &given).then_some(channel.name.as_str()),
            SmsWay::Gateway(_) => None,
        },
        _ => None,
    })
}

/// The address, then each parameter's name and value in the order of the names, by HMAC-SHA-1.
fn is_signed(token: &Secret, url: &str, fields: &[(String, String)], given: &[u8]) -> bool {
    let mut sorted: Vec<&(String, String)> = fields.iter().collect();
    sorted.sort();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.reveal().as_bytes());
    let mut context = hmac::Context::with_key(&key);
    context.update(url.as_bytes());
    for (name, value) in sorted {
        context.update(name.as_bytes());
        context.update(value.as_bytes());
    }
    context.sign().as_ref().ct_eq(given).into()
}

/// The gateway with this secret, and how its answers are read.
pub fn of_gateway<'a>(app: &'a App, secret: &str) -> Option<(&'a str, &'a Replies)> {
    let mut found = None;
    for channel in &app.settings.channels {
        let Some(Service::Sms(sms)) = &channel.service else { continue };
        let SmsWay::Gateway(gateway) = &sms.way else { continue };
        // All are compared, so that time tells nothing.
        if let Some(replies) = &gateway.replies
            && bool::from(replies.secret.reveal().as_bytes().ct_eq(secret.as_bytes()))
        {
            found = Some((channel.name.as_str(), replies));
        }
    }
    found
}

/// Does what is wished; whether that changed anything. Again is the same as once, and a message that has a name is taken once for
/// all: what Twilio signs holds no time, so an old START could be told again by whoever got hold of it.
pub async fn take(
    app: &App,
    channel: &str,
    from: PhoneE164,
    wish: TextReply,
    message: Option<&MessageSid>,
) -> anyhow::Result<bool> {
    let (now, number) = (app.clock.now(), from.to_string());
    let mut session = app.store.write().await?;
    if let Some(message) = message
        && !session.take_reply(message, now).await?
    {
        return Ok(false);
    }
    let changed = match wish {
        TextReply::Stop => {
            let stop = NewSuppression {
                project: None,
                schedule: None,
                channel: ChannelKind::Sms.name(),
                address: &number,
                reason: STOPPED,
                detail: Some(channel),
                actor: "recipient",
            };
            session.suppress(now, &stop).await?
        }
        TextReply::Start => {
            let mut lifted = 0;
            for stop in session.stops_of(ChannelKind::Sms.name(), &number).await? {
                // What one of us stopped, or a gateway that knows no such number, no answer lifts.
                if stop.reason == STOPPED {
                    lifted += session.lift_suppressions(now, Some(stop.id), None, "recipient", "START").await?;
                }
            }
            lifted > 0
        }
    };
    if changed {
        let action = if wish == TextReply::Stop { "texts_stopped" } else { "texts_started" };
        session.audit(now, "recipient", action, &number, &json!({ "channel": channel })).await?;
    }
    session.commit().await?;
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twilios_signature_is_as_documented() {
        // The example that Twilio's documentation and libraries share.
        let fields: Vec<(String, String)> = [
            ("To", "+18005551212"),
            ("CallSid", "CA1234567890ABCDE"),
            ("From", "+12349013030"),
            ("Digits", "1234"),
            ("Caller", "+12349013030"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        let (url, token) = ("https://mycompany.com/myapp.php?foo=1&bar=2", Secret::new("12345"));
        let signature = STANDARD.decode("0/KCTR6DLpKmkAf8muzZqo1nDgQ=").expect("base 64");
        assert!(is_signed(&token, url, &fields, &signature));
        assert!(!is_signed(&Secret::new("12346"), url, &fields, &signature));
        assert!(!is_signed(&token, "https://mycompany.com/myapp.php?foo=1", &fields, &signature));
        assert!(!is_signed(&token, url, &fields[1..], &signature));
        assert!(!is_signed(&token, url, &fields, &[]));
    }
}
