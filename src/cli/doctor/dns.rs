//! What the sender's domain publishes about its mail. Without it, receivers put reports where nobody looks.

use super::{Check, Health};
use crate::net::dns::{Answer, DnsError, Resolver};

/// What mail services sign under most often.
const USUAL: &[&str] = &[
    "default",
    "dkim",
    "mail",
    "email",
    "smtp",
    "google",
    "selector1",
    "selector2",
    "s1",
    "s2",
    "k1",
    "k2",
    "k3",
    "mandrill",
    "mailjet",
    "sendgrid",
    "sig1",
    "fm1",
    "zoho",
    "protonmail",
    "pm",
    "mx",
    "key1",
    "20230601",
];

/// The three records of a domain.
pub(super) async fn of_sender(resolver: &Resolver, domain: &str, selectors: &[String]) -> Vec<Check> {
    let (spf, dkim, dmarc) =
        tokio::join!(spf(resolver, domain), dkim(resolver, domain, selectors), dmarc(resolver, domain));
    vec![spf, dkim, dmarc]
}

/// Texts of a name, none where it has none.
async fn texts(resolver: &Resolver, name: &str) -> Result<Vec<String>, DnsError> {
    Ok(match resolver.texts(name).await? {
        Answer::Texts(texts) => texts,
        Answer::NoTexts | Answer::NoSuchName => Vec::new(),
    })
}

fn unknown(name: &str, error: &DnsError) -> Check {
    Check::new(name, Health::Unknown, error.to_string())
}

async fn spf(resolver: &Resolver, domain: &str) -> Check {
    const NAME: &str = "SPF";
    let texts = match texts(resolver, domain).await {
        Ok(texts) => texts,
        Err(error) => return unknown(NAME, &error),
    };
    let is_spf = |text: &&String| {
        let text = text.to_ascii_lowercase();
        text == "v=spf1" || text.starts_with("v=spf1 ")
    };
    let found: Vec<&String> = texts.iter().filter(is_spf).collect();
    match found[..] {
        [] => Check::new(NAME, Health::Bad, format!("{domain} doesn't say who may send for it")).advising(format!(
            "publish a TXT record at {domain}, with what your relay's operator names: \"v=spf1 include:… ~all\""
        )),
        [one] => {
            let lower = one.to_ascii_lowercase();
            let terms: Vec<&str> = lower.split_whitespace().collect();
            let asks = ["include:", "a", "mx", "ptr", "exists:", "redirect="];
            let is_asked = |term: &&&str| {
                let bare = term.trim_start_matches(['+', '-', '~', '?']);
                asks.iter().any(|ask| {
                    bare == *ask
                        || (bare.starts_with(ask)
                            && (ask.ends_with([':', '=']) || bare[ask.len()..].starts_with([':', '/'])))
                })
            };
            let lookups = terms.iter().filter(is_asked).count();
            if terms.iter().any(|term| matches!(*term, "+all" | "all")) {
                return Check::new(NAME, Health::Bad, format!("{domain} lets everybody send for it: \"{one}\""))
                    .advising("end it with ~all or -all");
            }
            if lookups > 10 {
                return Check::new(
                    NAME,
                    Health::Bad,
                    format!("{domain} makes receivers ask {lookups} names, and they stop at 10"),
                )
                .advising("take out what you don't send by");
            }
            let has_end = terms.iter().any(|term| term.ends_with("all") || term.starts_with("redirect="));
            if !has_end {
                return Check::new(
                    NAME,
                    Health::Look,
                    format!("{domain}: \"{one}\", which says nothing of everybody else"),
                )
                .advising("end it with ~all or -all");
            }
            Check::good(NAME, format!("{domain}: \"{one}\""))
        }
        _ => Check::new(
            NAME,
            Health::Bad,
            format!("{domain} has {} SPF records, and receivers then believe none", found.len()),
        )
        .advising("make one of them"),
    }
}

async fn dkim(resolver: &Resolver, domain: &str, selectors: &[String]) -> Check {
    const NAME: &str = "DKIM";
    let are_named = !selectors.is_empty();
    let tried: Vec<String> =
        if are_named { selectors.to_vec() } else { USUAL.iter().map(|name| (*name).to_owned()).collect() };
    let names: Vec<String> = tried.iter().map(|selector| format!("{selector}._domainkey.{domain}")).collect();
    let answers = futures_util::future::join_all(names.iter().map(|name| texts(resolver, name))).await;
    let (mut found, mut withdrawn, mut failed) = (Vec::new(), Vec::new(), None);
    for (selector, answer) in tried.iter().zip(answers) {
        match answer {
            Ok(texts) => {
                let key = texts.iter().find_map(|text| key(text));
                match key {
                    Some(key) if key.is_empty() => withdrawn.push(selector.as_str()),
                    Some(_) => found.push(selector.as_str()),
                    None => {}
                }
            }
            Err(error) => failed = Some(error),
        }
    }
    let missing: Vec<&str> = tried
        .iter()
        .map(String::as_str)
        .filter(|one| are_named && !found.contains(one) && !withdrawn.contains(one))
        .collect();
    match (&found[..], failed) {
        (_, Some(error)) if found.is_empty() => unknown(NAME, &error),
        (_, None) if !missing.is_empty() => {
            Check::new(NAME, Health::Bad, format!("{domain} has no key under {}", missing.join(", ")))
                .advising("publish the record that your relay's operator names, or correct the selector")
        }
        ([], _) if !withdrawn.is_empty() => {
            Check::new(NAME, Health::Bad, format!("the key under {} was withdrawn (its p= is empty)", withdrawn.join(", ")))
                .advising("have your relay sign with a new one")
        }
        ([], _) => Check::new(NAME, Health::Unknown, format!("no key of {domain} under the usual names")).advising(
            "look for s= in the DKIM-Signature of a mail that was received, and give it as --dkim-selector; a mail without that \
             line isn't signed",
        ),
        (found, _) => Check::good(NAME, format!("{domain} has a key under {}", found.join(", "))),
    }
}

/// The key of a DKIM record; `None`: it is none.
fn key(text: &str) -> Option<String> {
    let tag =
        |name: &str| text.split(';').find_map(|tag| tag.trim().strip_prefix(name)?.trim_start().strip_prefix('='));
    let is_of_dkim = tag("v").is_none_or(|version| version.trim().eq_ignore_ascii_case("DKIM1"));
    tag("p").filter(|_| is_of_dkim).map(|key| key.split_whitespace().collect())
}

async fn dmarc(resolver: &Resolver, domain: &str) -> Check {
    const NAME: &str = "DMARC";
    // A domain without a record of its own goes by that of the one above it.
    let mut at = domain;
    loop {
        let found = match texts(resolver, &format!("_dmarc.{at}")).await {
            Ok(texts) => texts,
            Err(error) => return unknown(NAME, &error),
        };
        let found: Vec<&String> =
            found.iter().filter(|text| text.to_ascii_lowercase().starts_with("v=dmarc1")).collect();
        match found[..] {
            [] => {}
            [one] => return policy(at, one),
            _ => {
                return Check::new(
                    NAME,
                    Health::Bad,
                    format!("_dmarc.{at} has {} records, and receivers then believe none", found.len()),
                )
                .advising("make one of them");
            }
        }
        match at.split_once('.') {
            Some((_, above)) if above.contains('.') => at = above,
            _ => break,
        }
    }
    Check::new(NAME, Health::Bad, format!("{domain} doesn't say what receivers shall do with mail that isn't its own"))
        .advising(format!("publish a TXT record at _dmarc.{domain}: \"v=DMARC1; p=none; rua=mailto:…\" to begin with"))
}

fn policy(at: &str, record: &str) -> Check {
    let lower = record.to_ascii_lowercase();
    let policy = lower.split(';').find_map(|tag| tag.trim().strip_prefix("p=").map(str::trim));
    let said = format!("_dmarc.{at}: \"{record}\"");
    match policy {
        Some("quarantine" | "reject") => Check::good("DMARC", said),
        Some("none") => Check::new("DMARC", Health::Look, said)
            .advising("p=none only watches; go on to quarantine when its reports show that all your mail passes"),
        _ => Check::new("DMARC", Health::Bad, said).advising("it needs p=none, p=quarantine or p=reject"),
    }
}
