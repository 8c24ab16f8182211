//! SMS: by Twilio's API (<https://www.twilio.com/docs/messaging/api/message-resource>), or by any gateway that the settings
//! describe. A text is plain, keeps its reference, and takes no more parts than the settings allow.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::answer::{self, Answer};
use super::{Decline, Note, Post, Way};
use crate::config::channels::{Gateway, Sender, Service, Sms, SmsWay, Twilio};
use crate::domain::contact::ChannelKind;
use crate::domain::instant::Instant;
use crate::domain::sms;
use crate::net::{Reply, Request, Target};
use crate::notify::rate;

/// How texts are sent.
pub const WAY: Way = Way {
    kind: ChannelKind::Sms,
    connections: 2,
    compose,
    request,
    answer,
    wait: |tries, seed| Some(rate::retry_after(tries, seed)),
    knows_repetitions: false,
};

/// What stays as it is in a form (WHATWG URL, `application/x-www-form-urlencoded`).
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// The reader answered STOP to Twilio: <https://www.twilio.com/docs/api/errors/21610>
const READER_STOPPED: i64 = 21610;

/// Errors of Twilio's by which the number itself is none that takes texts: invalid, not a mobile.
const NO_SUCH_NUMBER: &[i64] = &[21_211, 21_614];

fn compose(note: &Note<'_>, service: &Service) -> Vec<u8> {
    let most_parts = match service {
        Service::Sms(Sms { most_parts, .. }) => *most_parts,
        Service::Folder(outbox) => outbox.most_parts,
        _ => 3,
    };
    let text = note.brief.sms.as_deref().unwrap_or(&note.brief.subject);
    sms::fitted(text, &format!("Ref {}", note.reference), most_parts).into_bytes()
}

fn request(service: &Service, post: &Post, _: Instant) -> Result<(Target, Request), &'static str> {
    let Service::Sms(Sms { way, .. }) = service else { return Err("channel_of_another_kind") };
    let text = String::from_utf8_lossy(&post.body);
    match way {
        SmsWay::Twilio(twilio) => Ok(by_twilio(twilio, &post.to, &text)),
        SmsWay::Gateway(gateway) => by_gateway(gateway, &post.to, &text, &post.reference),
    }
}

fn by_twilio(twilio: &Twilio, to: &str, text: &str) -> (Target, Request) {
    let (key, sender) = match &twilio.sender {
        Sender::From(from) => ("From", from),
        Sender::Service(service) => ("MessagingServiceSid", service),
    };
    let pairs = [("To", to), (key, sender.as_str()), ("Body", text)];
    let body: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={}", in_form(value))).collect();
    let login = STANDARD.encode(format!("{}:{}", twilio.account, twilio.token.reveal()));
    let request = Request {
        method: Method::POST,
        content_type: Some("application/x-www-form-urlencoded".to_owned()),
        headers: vec![("Authorization".to_owned(), format!("Basic {login}"))],
        body: body.join("&").into_bytes(),
    };
    (twilio.target.clone(), request)
}

fn by_gateway(gateway: &Gateway, to: &str, text: &str, reference: &str) -> Result<(Target, Request), &'static str> {
    let filled = |template: &str, escape: fn(&str) -> String| {
        let values =
            [("{to_digits}", to.trim_start_matches('+')), ("{to}", to), ("{text}", text), ("{reference}", reference)];
        fill(template, &values, escape)
    };
    let in_body: fn(&str) -> String = match gateway.content_type.split(';').next().map(str::trim) {
        Some(kind) if kind.ends_with("json") => in_json,
        Some("application/x-www-form-urlencoded") => in_form,
        Some(kind) if kind.ends_with("xml") => in_xml,
        _ => |text| text.to_owned(),
    };
    let target = Target::parse(&filled(gateway.url.reveal(), in_form)).map_err(|_| "gateway_address_not_usable")?;
    let request = Request {
        method: gateway.method.clone(),
        content_type: (gateway.method != Method::GET).then(|| gateway.content_type.clone()),
        headers: gateway.headers.iter().map(|(name, value)| (name.clone(), value.reveal().to_owned())).collect(),
        body: filled(&gateway.body, in_body).into_bytes(),
    };
    Ok((target, request))
}

/// Puts the values in, in one pass: what a value holds is never taken for a placeholder.
fn fill(template: &str, values: &[(&str, &str)], escape: fn(&str) -> String) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        match values.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, value)) => {
                filled.push_str(&escape(value));
                rest = &rest[name.len()..];
            }
            None => {
                filled.push('{');
                rest = &rest[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

fn in_form(text: &str) -> String {
    utf8_percent_encode(text, FORM).to_string()
}

/// As it stands between quotation marks.
fn in_json(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn in_xml(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.replace('"', "&quot;").replace('\'', "&apos;")
}

fn answer(service: &Service, reply: &Reply, wait: Option<Duration>) -> Answer {
    let Service::Sms(Sms { way, .. }) = service else { return answer::usual(reply, wait) };
    match way {
        SmsWay::Twilio(_) => of_twilio(reply, wait),
        SmsWay::Gateway(gateway) => of_gateway(gateway, reply, wait),
    }
}

fn of_twilio(reply: &Reply, wait: Option<Duration>) -> Answer {
    let json: Value = serde_json::from_str(&reply.body).unwrap_or(Value::Null);
    let word = |key: &str| json[key].as_str().unwrap_or_default();
    if reply.is_success() {
        return match word("status") {
            "failed" | "undelivered" | "canceled" => Answer::No(Decline::Fails),
            "" => Answer::Unknown(reply.words()),
            status => Answer::Taken(format!("{} {status} {}", reply.status, word("sid")).trim_end().to_owned()),
        };
    }
    match json["code"].as_i64() {
        Some(READER_STOPPED) => Answer::No(Decline::ReaderStopped),
        Some(code) if NO_SUCH_NUMBER.contains(&code) => Answer::No(Decline::MarksAddress),
        _ => answer::usual(reply, wait),
    }
}

fn of_gateway(gateway: &Gateway, reply: &Reply, wait: Option<Duration>) -> Answer {
    let accepted = &gateway.accepted;
    let by_status = match accepted.status.is_empty() {
        true => reply.is_success(),
        false => accepted.status.contains(&reply.status),
    };
    let by_body = accepted.body.as_ref().is_none_or(|wanted| reply.body.contains(wanted.as_str()));
    match (by_status, by_body) {
        (true, true) => Answer::Taken(reply.words()),
        // The answer broke off before the words that would tell.
        (true, false) if !reply.is_whole => Answer::Unknown(reply.words()),
        // A gateway that says no with 200 says so in its words.
        (true, false) => Answer::No(Decline::Fails),
        (false, _) if reply.is_success() => Answer::No(Decline::Fails),
        (false, _) => answer::usual(reply, wait),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::channels::Accepted;
    use crate::config::secret::Secret;

    #[test]
    fn values_are_escaped_for_their_place_and_never_filled_in_twice() {
        let values = [("{to}", "+380441234567"), ("{text}", "a \"{to}\" & <b>\n")];
        assert_eq!(
            fill("{\"to\":\"{to}\",\"text\":\"{text}\",\"n\":{}}", &values, in_json),
            "{\"to\":\"+380441234567\",\"text\":\"a \\\"{to}\\\" & <b>\\n\",\"n\":{}}"
        );
        assert_eq!(
            fill("t={text}&n={to}", &values, in_form),
            "t=a%20%22%7Bto%7D%22%20%26%20%3Cb%3E%0A&n=%2B380441234567"
        );
        assert_eq!(fill("<t>{text}</t>", &values, in_xml), "<t>a &quot;{to}&quot; &amp; &lt;b&gt;\n</t>");
        assert_eq!(fill("{text", &values, in_form), "{text");
    }

    fn gateway(accepted: Accepted) -> Gateway {
        Gateway {
            method: Method::POST,
            url: Secret::new("https://sms.example.com/send?to={to_digits}"),
            headers: Vec::new(),
            content_type: "application/json".to_owned(),
            body: "{\"text\":\"{text}\"}".to_owned(),
            accepted,
            replies: None,
        }
    }

    #[test]
    fn a_gateway_is_spoken_to_as_the_settings_say() {
        let gateway = gateway(Accepted { status: vec![202], body: Some("OK".to_owned()) });
        let (target, request) = by_gateway(&gateway, "+380441234567", "Баланс \"0\"", "R").expect("a request");
        assert_eq!(target.path(), "/send?to=380441234567");
        assert_eq!(String::from_utf8_lossy(&request.body), "{\"text\":\"Баланс \\\"0\\\"\"}");
        let reply =
            |status: u16, body: &str| Reply { status, retry_after: None, body: body.to_owned(), is_whole: true };
        assert!(matches!(of_gateway(&gateway, &reply(202, "OK 17"), None), Answer::Taken(_)));
        assert_eq!(of_gateway(&gateway, &reply(202, "ERR 3"), None), Answer::No(Decline::Fails));
        assert_eq!(of_gateway(&gateway, &reply(200, "OK"), None), Answer::No(Decline::Fails));
        assert!(matches!(of_gateway(&gateway, &reply(503, ""), None), Answer::No(Decline::Later { .. })));
    }

    #[test]
    fn twilios_words_decide() {
        let reply =
            |status: u16, body: &str| Reply { status, retry_after: None, body: body.to_owned(), is_whole: true };
        let taken = of_twilio(&reply(201, r#"{"sid":"SM1","status":"queued","num_segments":"0"}"#), None);
        assert_eq!(taken, Answer::Taken("201 queued SM1".to_owned()));
        assert_eq!(of_twilio(&reply(201, r#"{"status":"failed"}"#), None), Answer::No(Decline::Fails));
        assert!(matches!(of_twilio(&reply(200, "<html>"), None), Answer::Unknown(_)));
        assert_eq!(of_twilio(&reply(400, r#"{"code":21211}"#), None), Answer::No(Decline::MarksAddress));
        assert_eq!(of_twilio(&reply(400, r#"{"code":21610}"#), None), Answer::No(Decline::ReaderStopped));
        assert!(matches!(
            of_twilio(&reply(401, r#"{"code":20003}"#), None),
            Answer::No(Decline::Later { shuts_lane: true, .. })
        ));
    }
}
