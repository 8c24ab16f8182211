//! Messages of Amazon SNS, which carry the events of SES: whose they are is proved by a signature, whose certificate is fetched
//! from SNS itself and nowhere else.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html>

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, UnparsedPublicKey};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, SignatureVerificationAlgorithm, alg_id,
};
use serde::Deserialize;
use tokio::sync::Mutex;
use webpki::EndEntityCert;
use webpki::ring::RSA_PKCS1_2048_8192_SHA256;

use super::is_timely;
use crate::domain::instant::Instant;
use crate::net::{Client, Request, Target};

/// A message as it is posted.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Message {
    pub r#type: String,
    pub message_id: String,
    pub topic_arn: String,
    pub message: String,
    pub timestamp: String,
    pub subject: Option<String>,
    pub token: Option<String>,
    #[serde(rename = "SubscribeURL")]
    pub subscribe_url: Option<String>,
    pub signature_version: String,
    pub signature: String,
    #[serde(rename = "SigningCertURL")]
    pub signing_cert_url: String,
}

/// Why a message isn't believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    #[error("its topic isn't one of `mail.events.ses_topics`")]
    Topic,
    #[error("it is too old, or of the future")]
    Time,
    #[error("its certificate isn't at SNS")]
    Place,
    #[error("its signature is wrong")]
    Signature,
    /// To be told again.
    #[error("the certificate can't be fetched now: {0}")]
    Unreachable(String),
}

/// Certificates that were fetched, or couldn't be; shared by all requests.
#[derive(Debug, Default)]
pub struct Certificates(Mutex<HashMap<String, Fetched>>);

#[derive(Clone, Debug)]
struct Fetched {
    at: Instant,
    found: Result<CertificateDer<'static>, String>,
}

/// SNS changes its certificates about once a year.
const KEPT_SEC: i64 = 86_400;
/// How long a failure is remembered.
const FAILED_SEC: i64 = 60;
const MOST_KEPT: usize = 16;

impl Message {
    /// Whether SNS sent it, of one of these topics, and not long ago.
    ///
    /// # Errors
    /// Why not.
    pub async fn prove(&self, topics: &[String], net: &Client, kept: &Certificates, now: Instant) -> Result<(), Doubt> {
        if !topics.contains(&self.topic_arn) {
            return Err(Doubt::Topic);
        }
        let at = Instant::parse_rfc3339(&self.timestamp).ok_or(Doubt::Time)?;
        if !is_timely(at, now) {
            return Err(Doubt::Time);
        }
        let region = region(&self.topic_arn).ok_or(Doubt::Topic)?;
        let place = certificate_place(&self.signing_cert_url, region).ok_or(Doubt::Place)?;
        let signed = self.signed_text().ok_or(Doubt::Signature)?;
        let signature = STANDARD.decode(self.signature.trim()).map_err(|_| Doubt::Signature)?;
        let certificate = kept.get(net, place, now).await.map_err(Doubt::Unreachable)?;
        verify(&certificate, &self.signature_version, signed.as_bytes(), &signature)
    }

    /// The address that confirms a subscription, where it leads to SNS.
    pub fn confirmation(&self) -> Option<&str> {
        let url = self.subscribe_url.as_deref()?;
        let region = region(&self.topic_arn)?;
        at_sns(url, region)?;
        Some(url)
    }

    /// What is signed: names and values, a line each, in the order of their names.
    fn signed_text(&self) -> Option<String> {
        let confirms = matches!(self.r#type.as_str(), "SubscriptionConfirmation" | "UnsubscribeConfirmation");
        if !confirms && self.r#type != "Notification" {
            return None;
        }
        let mut lines = vec![("Message", self.message.as_str()), ("MessageId", &self.message_id)];
        match confirms {
            true => lines.push(("SubscribeURL", self.subscribe_url.as_deref()?)),
            false => lines.extend(self.subject.as_deref().map(|subject| ("Subject", subject))),
        }
        lines.push(("Timestamp", &self.timestamp));
        if confirms {
            lines.push(("Token", self.token.as_deref()?));
        }
        lines.extend([("TopicArn", self.topic_arn.as_str()), ("Type", &self.r#type)]);
        Some(lines.into_iter().map(|(name, value)| format!("{name}\n{value}\n")).collect())
    }
}

/// `eu-west-1` of `arn:aws:sns:eu-west-1:123456789012:mails`.
pub fn region(topic: &str) -> Option<&str> {
    let mut parts = topic.split(':');
    let head = (parts.next()?, parts.next()?, parts.next()?);
    let region = parts.next()?;
    let is_plain =
        !region.is_empty() && region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let rest: Vec<&str> = parts.collect();
    (head == ("arn", "aws", "sns") && is_plain && rest.len() == 2 && rest.iter().all(|part| !part.is_empty()))
        .then_some(region)
}

/// The address, when it is SNS's in this region and spelled without anything that could lead elsewhere.
fn at_sns<'a>(url: &'a str, region: &str) -> Option<&'a str> {
    url.strip_prefix(&format!("https://sns.{region}.amazonaws.com/"))
}

fn certificate_place<'a>(url: &'a str, region: &str) -> Option<&'a str> {
    let name = at_sns(url, region)?.strip_prefix("SimpleNotificationService-")?.strip_suffix(".pem")?;
    let is_plain = (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric());
    is_plain.then_some(url)
}

impl Certificates {
    /// The certificate at this place, fetched when it isn't known. One at a time: what is waited for is the same for all.
    async fn get(&self, net: &Client, place: &str, now: Instant) -> Result<CertificateDer<'static>, String> {
        let mut kept = self.0.lock().await;
        if let Some(known) = kept.get(place) {
            let keeps = if known.found.is_ok() { KEPT_SEC } else { FAILED_SEC };
            if known.at <= now && now < known.at.plus_seconds(keeps) {
                return known.found.clone();
            }
        }
        let found = fetch(net, place).await;
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(place.to_owned(), Fetched { at: now, found: found.clone() });
        found
    }
}

async fn fetch(net: &Client, place: &str) -> Result<CertificateDer<'static>, String> {
    let target = Target::parse(place).map_err(|error| error.to_string())?;
    let connection = net.connect(&target).await.map_err(|error| format!("{error:?}"))?;
    let reply = connection.send(Request::get()).await.map_err(|error| format!("{error:?}"))?;
    if reply.status != 200 || !reply.is_whole {
        return Err(reply.words());
    }
    CertificateDer::from_pem_slice(reply.body.as_bytes()).map_err(|error| error.to_string())
}

fn verify(certificate: &CertificateDer<'_>, version: &str, signed: &[u8], signature: &[u8]) -> Result<(), Doubt> {
    let algorithm: &dyn SignatureVerificationAlgorithm = match version {
        "2" => RSA_PKCS1_2048_8192_SHA256,
        "1" => &RsaSha1,
        _ => return Err(Doubt::Signature),
    };
    let certificate = EndEntityCert::try_from(certificate).map_err(|_| Doubt::Signature)?;
    certificate.verify_signature(algorithm, signed, signature).map_err(|_| Doubt::Signature)
}

/// `SignatureVersion` 1, which topics have unless somebody changed it. That two texts with one SHA-1 can be made helps nobody
/// here: both would have to be signed by SNS.
#[derive(Debug)]
struct RsaSha1;

impl SignatureVerificationAlgorithm for RsaSha1 {
    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, key);
        key.verify(message, signature).map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::RSA_ENCRYPTION
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::RSA_PKCS1_SHA256
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_are_fetched_from_sns_only() {
        let place = |url: &str| certificate_place(url, "eu-west-1").is_some();
        assert!(place("https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123abcd.pem"));
        for elsewhere in [
            "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
            "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
            "https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-0123abcd.pem",
            "https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-0123abcd.pem",
            "https://sns.eu-west-1.amazonaws.com:444/SimpleNotificationService-0123abcd.pem",
            "https://evil.s3.amazonaws.com/SimpleNotificationService-0123abcd.pem",
            "https://sns.eu-west-1.amazonaws.com/../SimpleNotificationService-0123abcd.pem",
            "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123/x.pem",
            "https://sns.eu-west-1.amazonaws.com/?SimpleNotificationService-0123.pem",
            "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-.pem",
        ] {
            assert!(!place(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn a_topic_names_its_region() {
        assert_eq!(region("arn:aws:sns:eu-west-1:123456789012:mails"), Some("eu-west-1"));
        for wrong in [
            "",
            "arn:aws:sns::1:x",
            "arn:aws:sqs:eu-west-1:1:x",
            "arn:aws:sns:evil.example/:1:x",
            "arn:aws:sns:eu-west-1:1",
        ] {
            assert_eq!(region(wrong), None, "{wrong}");
        }
    }

    // A certificate of our own, and what `openssl dgst -sha1 -sign` and `-sha256` made with its key.
    const CERTIFICATE: &str = include_str!("../../../tests/it/support/sns/cert.pem");
    const SHA1: &str = include_str!("../../../tests/it/support/sns/sha1.txt");
    const SHA256: &str = include_str!("../../../tests/it/support/sns/sha256.txt");

    #[test]
    fn signatures_of_both_versions_are_verified() {
        let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).expect("a certificate");
        let check = |version: &str, text: &str, signature: &str| {
            let signature = STANDARD.decode(signature.trim()).expect("base 64");
            verify(&certificate, version, text.as_bytes(), &signature)
        };
        assert_eq!(check("1", "Message\nTest\n", SHA1), Ok(()));
        assert_eq!(check("2", "Message\nTest\n", SHA256), Ok(()));
        for (version, text, signature) in [
            ("2", "Message\nTest\n", SHA1),
            ("1", "Message\nTest\n", SHA256),
            ("1", "Message\nTess\n", SHA1),
            ("3", "Message\nTest\n", SHA256),
        ] {
            assert_eq!(check(version, text, signature), Err(Doubt::Signature), "{version}");
        }
    }

    #[test]
    fn what_is_signed_is_as_documented() {
        // The example of <https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html>.
        let mut message = Message {
            r#type: "Notification".into(),
            message_id: "4d4dc071".into(),
            topic_arn: "arn:aws:sns:us-east-2:123456789012:s4".into(),
            message: "Test Message".into(),
            timestamp: "2026-11-30T14:38:43.000Z".into(),
            subject: Some("My subject".into()),
            token: None,
            subscribe_url: None,
            signature_version: "1".into(),
            signature: String::new(),
            signing_cert_url: String::new(),
        };
        let text = "Message\nTest Message\nMessageId\n4d4dc071\nSubject\nMy subject\nTimestamp\n2026-11-30T14:38:43.000Z\n\
                    TopicArn\narn:aws:sns:us-east-2:123456789012:s4\nType\nNotification\n";
        assert_eq!(message.signed_text().as_deref(), Some(text));
        message.r#type = "Anything".into();
        assert_eq!(message.signed_text(), None);
        message.r#type = "SubscriptionConfirmation".into();
        assert_eq!(message.signed_text(), None, "without the address and the token");
        message.subscribe_url = Some("https://sns.us-east-2.amazonaws.com/?Action=ConfirmSubscription".into());
        assert!(message.confirmation().is_some());
        message.subscribe_url = Some("https://evil.example/?Action=ConfirmSubscription".into());
        assert_eq!(message.confirmation(), None);
    }
}
