//! Confirming that a number is a contact's: a code goes there as a text by the one way out, and whoever has it gives it back, to one
//! of us or as an answer. A code is a function of its delivery and the key, made when the message is composed and when it is
//! compared: what is stored is a text with a gap and a keyed hash.

use serde_json::json;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::config::secret::Secret;
use crate::domain::brief::Brief;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::foot::{Foot, REFERENCE_SLOT};
use crate::domain::hex::hex;
use crate::domain::ids::{ContactId, DeliveryId};
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader, Severity};
use crate::domain::number_code::{AN_HOUR_SEC, LIFE_SEC, MOST_AN_HOUR, MOST_TRIES, NumberCode, SLOT, masked};
use crate::domain::phone::PhoneE164;
use crate::domain::project::Project;
use crate::domain::role::Rights;
use crate::i18n::Words;
use crate::notify::post::{self, NewArtefact, NewNotice, NewRecipient, NewVariant, Posted};
use crate::notify::secret;
use crate::notify::{by_hand, facts};
use crate::report::number_code;
use crate::store::number_codes::{NewNumberCode, NumberOf};
use crate::store::{Session, StoreError};

/// Who is to get a code, in whose name, and who asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub contact: &'a Contact,
    pub project: &'a Project,
    /// One of the contact's.
    pub number: &'a str,
    pub actor: &'a str,
}

/// A code on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub delivery: DeliveryId,
    /// From then on it confirms nothing.
    pub expires_at: Instant,
}

/// Why no code goes, or why one that was given confirms nothing.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error(
        "{MOST_AN_HOUR} codes were asked for {number} within an hour, and no more are sent; the next may go at {next_at}"
    )]
    TooMany { number: String, next_at: Instant },
    #[error("nothing would be sent to {number}: {why}")]
    Stopped { number: String, why: String },
    #[error("no code was sent to {number}; `callbrief number confirm {contact}` sends one")]
    NoCode { number: String, contact: ContactId },
    #[error(
        "the code that went to {number} was good for {} minutes, which are over; `callbrief number confirm {contact}` sends another",
        LIFE_SEC / 60
    )]
    Expired { number: String, contact: ContactId },
    #[error(
        "{MOST_TRIES} codes were given for {number}, and the one that went there is good for nothing any more; `callbrief number \
         confirm {contact}` sends another"
    )]
    UsedUp { number: String, contact: ContactId },
    #[error("that isn't the code that went to {number}; it may be given {left} more times")]
    Wrong { number: String, left: i64 },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// The value of `meta` under whose lock codes are counted.
const LOCK: &str = "number_codes";

/// Sends a code: writes down what goes, and what it is compared with. The loops carry it as everything else.
pub async fn send(app: &App, asked: Asked<'_>) -> Result<Sent, Problem> {
    let Asked { contact, project, number, actor } = asked;
    let of = NumberOf { contact: &contact.id, number };
    let now = app.clock.now();
    let expires_at = now.plus_seconds(LIFE_SEC);
    let an_hour_ago = now.plus_seconds(-AN_HOUR_SEC);
    let notice = notice(asked, now, expires_at);
    let mut session = app.store.write().await?;
    session.lock_meta(LOCK, "").await?;
    let lately = session.number_codes_since(number, an_hour_ago).await?;
    if let Some(oldest) = lately.len().checked_sub(MOST_AN_HOUR).and_then(|at| lately.get(at)) {
        return Err(Problem::TooMany { number: masked(number), next_at: oldest.plus_seconds(AN_HOUR_SEC) });
    }
    let key = secret::key(app, &mut session).await?;
    let Posted::New { deliveries, .. } = post::post(app, &mut session, notice).await? else {
        return Err(anyhow::anyhow!("a notice has the random name of another").into());
    };
    let delivery = *deliveries.first().ok_or_else(|| anyhow::anyhow!("a notice has no delivery"))?;
    // What the gate would stop isn't made at all.
    if let Some(stop) = facts::stop_of(app, &mut session, delivery, now).await? {
        let why = by_hand::what_to_do(&stop, project.id.as_str(), number);
        return Err(Problem::Stopped { number: masked(number), why });
    }
    let row = session.delivery(delivery).await?.ok_or_else(|| anyhow::anyhow!("a delivery isn't there"))?;
    session.forget_number_codes(of, an_hour_ago).await?;
    let hash = hash(&key, of, now, &code_of(&key, &row.message_id));
    session.add_number_code(&NewNumberCode { of, hash: &hash, sent_at: now, expires_at }).await?;
    let detail = json!({ "number": number, "reference": row.reference });
    session.audit(now, actor, "number_code_sent", contact.id.as_str(), &detail).await?;
    session.commit().await?;
    Ok(Sent { delivery, expires_at })
}

/// The code of a delivery.
pub(super) fn code_of(key: &Secret, message_id: &str) -> NumberCode {
    NumberCode::of_bits(secret::sign(key, &["number code", message_id]))
}

/// The words with the code in its gap.
pub(super) fn with_code(brief: &Brief, code: &NumberCode) -> Brief {
    Brief { sms: brief.sms.as_ref().map(|text| text.replace(SLOT, code.digits())), ..brief.clone() }
}

fn hash(key: &Secret, of: NumberOf<'_>, sent_at: Instant, code: &NumberCode) -> String {
    let sent_at = sent_at.to_string();
    hex(&secret::sign(key, &["number code hash", of.contact.as_str(), of.number, &sent_at, code.digits()]))
}

fn notice(asked: Asked<'_>, now: Instant, give_up_at: Instant) -> NewNotice {
    let Asked { contact, project, number, .. } = asked;
    let words = Words::of(contact.language.as_deref().unwrap_or(&project.locale));
    let language = words.language().to_owned();
    let text = number_code::text(&language, &project.name);
    let brief = Brief {
        language: language.clone(),
        kind: NoticeKind::Test.name().to_owned(),
        project: Some(project.id.to_string()),
        severity: Severity::Info.name().to_owned(),
        is_test: true,
        subject: text.subject.clone(),
        title: text.subject.clone(),
        sms: Some(text.sms),
        ..Brief::default()
    };
    let reference = words.say("foot-reference", &[("reference", REFERENCE_SLOT.into())]);
    let recipient = NewRecipient {
        contact: Some(contact.id.clone()),
        channel: ChannelKind::Sms,
        address: number.to_owned(),
        display_name: contact.name.clone(),
        foot: Foot { language: language.clone(), reference, ..Foot::default() },
        by_hand: true,
        confirms_number: true,
        of_use_until: None,
        not_before: None,
        shut: None,
    };
    let roles = contact.roles.get(&project.id).map(Vec::as_slice).unwrap_or_default();
    let reader = Reader {
        language,
        rights: Rights::of(roles, None),
        formats: Vec::new(),
        projects: Default::default(),
        alerts: Default::default(),
    };
    NewNotice {
        project: Some(project.key),
        kind: NoticeKind::Test,
        severity: Severity::Info,
        run: None,
        schedule: None,
        occurrence: None,
        dedup_key: format!("number_code/{}", secret::random_hex(12)),
        not_before: None,
        give_up_at: give_up_at.min(now.plus_seconds(NoticeKind::Test.rules().give_up_after_sec)),
        variants: vec![NewVariant {
            reader,
            sender: None,
            subject: text.subject,
            // No mail is made of it, so nothing but the words of the text is kept, with a gap for the code.
            artefacts: vec![NewArtefact::brief(&brief)],
            recipients: vec![recipient],
        }],
    }
}

/// Takes a code that somebody gave: `Ok`, the number is confirmed (by an earlier one, too).
pub async fn confirm(app: &App, of: NumberOf<'_>, code: &NumberCode, actor: &str) -> Result<(), Problem> {
    let mut session = app.store.write().await?;
    let judged = judge(app, &mut session, of, code, actor).await;
    // A wrong one is counted, whatever is said of it.
    session.commit().await?;
    judged
}

/// The same of an answer that is a code, of whichever contacts wait for one at this number; whether it confirmed it.
pub async fn confirm_by_answer(app: &App, from: PhoneE164, code: &NumberCode) -> Result<bool, Problem> {
    let number = from.to_string();
    let mut session = app.store.write().await?;
    let mut is_confirmed = false;
    for contact in session.awaiting_number_code(&number, app.clock.now()).await? {
        let of = NumberOf { contact: &contact, number: &number };
        match judge(app, &mut session, of, code, "recipient").await {
            Ok(()) => is_confirmed = true,
            Err(problem @ (Problem::Store(_) | Problem::Failed(_))) => return Err(problem),
            Err(_) => {}
        }
    }
    session.commit().await?;
    Ok(is_confirmed)
}

async fn judge(
    app: &App,
    session: &mut Session,
    of: NumberOf<'_>,
    code: &NumberCode,
    actor: &str,
) -> Result<(), Problem> {
    let (number, contact, now) = (masked(of.number), of.contact.clone(), app.clock.now());
    let Some(known) = session.number_code(of).await? else { return Err(Problem::NoCode { number, contact }) };
    if known.confirmed_at.is_some() {
        return Ok(());
    }
    if known.expires_at <= now {
        return Err(Problem::Expired { number, contact });
    }
    let Some(tries) = session.try_number_code(known.id, MOST_TRIES).await? else {
        return Err(Problem::UsedUp { number, contact });
    };
    let key = secret::key(app, session).await?;
    let given = hash(&key, of, known.sent_at, code);
    if !bool::from(given.as_bytes().ct_eq(known.code_hash.as_bytes())) {
        return Err(match MOST_TRIES - tries {
            ..=0 => Problem::UsedUp { number, contact },
            left => Problem::Wrong { number, left },
        });
    }
    session.confirm_number(of, known.id, now, actor).await?;
    let detail = json!({ "number": of.number, "by": "code" });
    session.audit(now, actor, "number_confirmed", of.contact.as_str(), &detail).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_belongs_to_its_delivery_and_its_hash_to_its_number_and_time() {
        let (key, other) = (Secret::new("key"), Secret::new("other"));
        let code = code_of(&key, "<a@acme.example>");
        assert_eq!(code, code_of(&key, "<a@acme.example>"), "every try says the same");
        assert_ne!(code, code_of(&key, "<b@acme.example>"));
        let contact = ContactId::parse("olena").expect("an id");
        let of = |number| NumberOf { contact: &contact, number };
        let (at, later) = (Instant::from_seconds(1), Instant::from_seconds(2));
        let hashes = [
            hash(&key, of("+380441234567"), at, &code),
            hash(&other, of("+380441234567"), at, &code),
            hash(&key, of("+380441234568"), at, &code),
            hash(&key, of("+380441234567"), later, &code),
        ];
        for (place, one) in hashes.iter().enumerate() {
            assert!(hashes.iter().skip(place + 1).all(|another| another != one));
        }
    }
}
