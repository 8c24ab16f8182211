//! `kind = "sms"`: Twilio's API (or one that speaks it), or any gateway that takes a request over HTTP, described by method,
//! address, headers, body and what its yes looks like.

use hyper::Method;

use super::{Entry, Service};
use crate::config::secret::Secret;
use crate::config::table::Value;
use crate::net::Target;

/// A provider of SMS.
#[derive(Clone, Debug)]
pub struct Sms {
    pub way: SmsWay,
    /// A text takes no more than this; what is longer is cut, never its reference.
    pub most_parts: usize,
}

/// How the provider is spoken to.
#[derive(Clone, Debug)]
pub enum SmsWay {
    Twilio(Twilio),
    Gateway(Gateway),
}

/// `POST …/2010-04-01/Accounts/<account>/Messages.json`.
#[derive(Clone, Debug)]
pub struct Twilio {
    pub target: Target,
    pub account: String,
    pub token: Secret,
    pub sender: Sender,
}

/// Whom a text comes from.
#[derive(Clone, Debug)]
pub enum Sender {
    /// A number or a name.
    From(String),
    /// A Messaging Service, which chooses.
    Service(String),
}

/// A gateway by description. `{to}`, `{to_digits}`, `{text}`, `{reference}` are filled in, each escaped for its place.
#[derive(Clone, Debug)]
pub struct Gateway {
    pub method: Method,
    /// May hold placeholders and is a secret: it is read anew for each text.
    pub url: Secret,
    pub headers: Vec<(String, HeaderValue)>,
    pub content_type: String,
    pub body: String,
    pub accepted: Accepted,
    /// How it tells what people answer; `None`: it doesn't.
    pub replies: Option<Replies>,
}

/// Answers that a gateway tells us.
#[derive(Clone, Debug)]
pub struct Replies {
    pub secret: Secret,
    /// The field with the sender's number; in JSON a pointer too.
    pub from: String,
    /// The field with the words.
    pub text: String,
}

/// A header's value.
#[derive(Clone, Debug)]
pub enum HeaderValue {
    Open(String),
    Secret(Secret),
}

/// What a gateway's yes looks like.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// Empty: 200 to 299.
    pub status: Vec<u16>,
    /// The answer holds this.
    pub body: Option<String>,
}

/// Parts of a text where nobody says.
pub(super) const MOST_PARTS: usize = 3;
const TWILIO: &str = "https://api.twilio.com";

pub(super) fn read(entry: &Entry<'_, '_>) -> Option<Option<Service>> {
    let words = ["twilio", "http"];
    let provider = entry.table.need("provider").and_then(|value| {
        entry.note("provider", &value, value.written());
        value.one_of(&words, |word| words.iter().copied().find(|known| *known == word))
    });
    let most_parts = most_parts(entry);
    let way = match provider? {
        "twilio" => twilio(entry)?.map(SmsWay::Twilio),
        _ => gateway(entry)?.map(SmsWay::Gateway),
    };
    let most_parts = most_parts?;
    Some(way.map(|way| Service::Sms(Sms { way, most_parts })))
}

/// `max_parts`.
pub(super) fn most_parts(entry: &Entry<'_, '_>) -> Option<usize> {
    let said = entry.text("max_parts", |value| value.integer(1..=10))?;
    said.map_or(Some(MOST_PARTS), |parts| usize::try_from(parts).ok())
}

fn twilio(entry: &Entry<'_, '_>) -> Option<Option<Twilio>> {
    let account = entry.table.need("account").and_then(|value| {
        entry.note("account", &value, value.written());
        value.parsed(account)
    });
    let token = entry.secret("token");
    let from = entry.text("from", |value| value.line());
    let service = entry.text("messaging_service", |value| value.line());
    let base = entry.text("url", |value| value.parsed(Target::parse).map(|_| value.line().unwrap_or_default()));
    let sender = match (from?, service?) {
        (Some(from), None) => Some(Sender::From(from)),
        (None, Some(service)) => Some(Sender::Service(service)),
        _ => {
            entry
                .table
                .place
                .error("a text comes `from` a number, or by a `messaging_service`: write one of them", None);
            None
        }
    };
    let (account, base) = (account?, base?.unwrap_or_else(|| TWILIO.to_owned()));
    let url = format!("{}/2010-04-01/Accounts/{account}/Messages.json", base.trim_end_matches('/'));
    let target = Target::parse(&url).ok()?;
    let (token, sender) = (token?, sender?);
    Some(token.map(|token| Twilio { target, account, token, sender }))
}

fn account(text: &str) -> Result<String, &'static str> {
    match !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric()) {
        true => Ok(text.to_owned()),
        false => Err("an account is named by letters and digits: `AC0123…`"),
    }
}

fn gateway(entry: &Entry<'_, '_>) -> Option<Option<Gateway>> {
    let method = entry.text("method", |value| {
        value.one_of(&["POST", "PUT", "GET"], |word| match word {
            "POST" => Some(Method::POST),
            "PUT" => Some(Method::PUT),
            "GET" => Some(Method::GET),
            _ => None,
        })
    });
    let url = url(entry);
    let headers = headers(entry);
    let content_type = entry.text("content_type", |value| value.line());
    let body = entry.text("body", |value| value.text().map(ToOwned::to_owned));
    let status = entry.text("accepted_status", |value| {
        let items = value.list()?;
        let read: Vec<_> = items.iter().map(|item| item.integer(200..=599)).collect();
        read.into_iter().map(|code| code.and_then(|code| u16::try_from(code).ok())).collect::<Option<Vec<u16>>>()
    });
    let accepted_body = entry.text("accepted_body", |value| value.line());
    let replies = replies(entry);
    let body = body.map(Option::unwrap_or_default);
    let unknown = body.as_deref().and_then(unknown_placeholder);
    if let (Some(unknown), Some(value)) = (unknown, entry.table.get("body")) {
        value.wrong(format!(
            "`{{{unknown}}}` isn't filled in; known are {{to}}, {{to_digits}}, {{text}}, {{reference}}"
        ));
    }
    let is_good = unknown.is_none();
    let (url, headers, body) = (url?, headers?, body.filter(|_| is_good)?);
    let names_text = body.contains("{text}") || url.as_ref().is_none_or(|url| url.reveal().contains("{text}"));
    if !names_text {
        entry.table.place.error("neither `body` nor `url` holds `{text}`: nothing would be said", None);
        return None;
    }
    let (method, content_type) = (method?, content_type?);
    let accepted = Accepted { status: status?.unwrap_or_default(), body: accepted_body? };
    let replies = replies?;
    Some(url.zip(headers).map(|(url, headers)| Gateway {
        method: method.unwrap_or(Method::POST),
        url,
        headers,
        content_type: content_type.unwrap_or_else(|| "application/json".to_owned()),
        body,
        accepted,
        replies,
    }))
}

/// The inner `None`: the gateway tells nothing, or nobody who would hear it asks.
fn replies(entry: &Entry<'_, '_>) -> Option<Option<Replies>> {
    let from = entry.text("reply_from", |value| value.line())?;
    let text = entry.text("reply_text", |value| value.line())?;
    let Some(value) = entry.table.get("reply_secret") else {
        if from.is_some() || text.is_some() {
            let why = "`reply_from` and `reply_text` need a `reply_secret`, by which the gateway is known";
            entry.table.place.error(why, None);
            return None;
        }
        return Some(None);
    };
    entry.note("reply_secret", &value, "(hidden)");
    let Some(secret) = entry.follow(&value)? else { return Some(None) };
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if secret.reveal().len() < SHORTEST_SECRET || !secret.reveal().bytes().all(fits) {
        let why = format!(
            "`{}`: write at least {SHORTEST_SECRET} letters, digits, - and _: it may end a web address",
            value.place.path
        );
        value.place.hidden_error(why, None);
        return None;
    }
    Some(Some(Replies {
        secret,
        from: from.unwrap_or_else(|| "from".into()),
        text: text.unwrap_or_else(|| "text".into()),
    }))
}

const SHORTEST_SECRET: usize = 20;

/// A word in braces that nothing is put in for; JSON's own braces don't count.
fn unknown_placeholder(template: &str) -> Option<&str> {
    let words = template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(word, _)| word);
    let is_word = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    words.filter(is_word).find(|word| !["to", "to_digits", "text", "reference"].contains(word))
}

/// An address that may hold placeholders, in the open or as a secret.
fn url(entry: &Entry<'_, '_>) -> Option<Option<Secret>> {
    let value = entry.table.need("url")?;
    let written = match value.is_text() {
        true => {
            entry.note("url", &value, value.written());
            Secret::new(value.text()?)
        }
        false => {
            entry.note("url", &value, "(hidden)");
            match entry.follow(&value)? {
                Some(secret) => Secret::new(secret.reveal().trim()),
                None => return Some(None),
            }
        }
    };
    if let Err(why) = Target::parse(&written.reveal().replace(['{', '}'], "x")) {
        value.place.hidden_error(format!("`{}`: {why}", value.place.path), None);
        return None;
    }
    let place = written.reveal().split_once("://").map_or("", |(_, rest)| rest);
    if place.split(['/', '?']).next().is_some_and(|host| host.contains('{')) {
        value.place.hidden_error(format!("`{}`: the host isn't filled in", value.place.path), None);
        return None;
    }
    Some(Some(written))
}

fn headers(entry: &Entry<'_, '_>) -> Option<Option<Vec<(String, HeaderValue)>>> {
    let Some(value) = entry.table.get("headers") else { return Some(Some(Vec::new())) };
    let table = value.table()?;
    let mut headers = Vec::new();
    let (mut is_good, mut is_there) = (true, true);
    for (value, name, key) in table.entries() {
        if !is_header(name) {
            key.error(format!("`{name}` can't be a header that you set"), None);
            is_good = false;
            continue;
        }
        match header(entry, name, &value) {
            None => is_good = false,
            Some(None) => is_there = false,
            Some(Some(found)) => headers.push((name.to_owned(), found)),
        }
    }
    is_good.then_some(is_there.then_some(headers))
}

fn header(entry: &Entry<'_, '_>, name: &str, value: &Value<'_>) -> Option<Option<HeaderValue>> {
    let path = format!("headers.{name}");
    if value.is_text() {
        entry.note(&path, value, value.written());
        return value.line().map(|line| Some(HeaderValue::Open(line)));
    }
    entry.note(&path, value, "(hidden)");
    let Some(secret) = entry.follow(value)? else { return Some(None) };
    if secret.reveal().chars().any(char::is_control) {
        value.place.hidden_error(format!("`{}`: a header holds no line breaks", value.place.path), None);
        return None;
    }
    Some(Some(HeaderValue::Secret(secret)))
}

/// Names that HTTP allows, but for those that the request sets itself.
fn is_header(name: &str) -> bool {
    let ours = ["host", "content-length", "connection", "transfer-encoding", "content-type", "user-agent"];
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && name.chars().all(fits) && !ours.contains(&name.to_ascii_lowercase().as_str())
}

impl HeaderValue {
    /// The value, for the one request that needs it.
    pub fn reveal(&self) -> &str {
        match self {
            Self::Open(text) => text,
            Self::Secret(secret) => secret.reveal(),
        }
    }
}
