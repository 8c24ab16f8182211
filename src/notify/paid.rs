//! "I've paid, it arrives on …": the page behind a link in warnings' mails. The token is a delivery's own and says who speaks;
//! whoever doesn't look after the project's money any more is told so. Until the day after, reminders of the same thing are
//! quiet and what waits of them is put off; what is used up is told all the same.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Days, NaiveDate};
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::config::secret::Secret;
use crate::domain::brand::Brand;
use crate::domain::calendar::is_working;
use crate::domain::contact::Contact;
use crate::domain::delivery::DeliveryState as State;
use crate::domain::foot::{PAID_SLOT, paid_slot};
use crate::domain::ids::{ContactId, DeliveryId, NoticeId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::notice::NoticeKind;
use crate::domain::project::{BILLING_AT, Project};
use crate::domain::role::Role;
use crate::i18n::Words;
use crate::notify::envelope::Envelope;
use crate::notify::secret;
use crate::notify::stop::number_of;
use crate::rules::{RULES, morning};
use crate::store::Session;
use crate::store::deliveries::StoredDelivery;
use crate::store::moves::{Change, Move};
use crate::store::promises::Promise;

/// Where the page lives, below the public address; the token follows.
pub const PATH: &str = "/paid/";

/// Nobody waits longer for a payment.
pub const MOST_DAYS: u64 = 31;

/// A warning that waited for a payment is tried for so long after.
const PATIENCE_SEC: i64 = 2 * 86_400;

/// Why reminders wait.
const PROMISED: &str = "payment_promised";

/// What a link's address begins with.
pub fn page(public_url: &url::Url) -> String {
    format!("{}{PATH}", public_url.as_str().trim_end_matches('/'))
}

/// The token of a delivery: its number, and 128 bits that only the key gives.
pub fn token(key: &Secret, delivery: i64, address: &str) -> String {
    format!("{delivery}-{}", URL_SAFE_NO_PAD.encode(&mac(key, delivery, address)[..16]))
}

fn mac(key: &Secret, delivery: i64, address: &str) -> [u8; 32] {
    secret::sign(key, &["paid", &delivery.to_string(), address])
}

/// A message with its reader's tokens: its own delivery's, and those of the warnings that it joins.
pub fn with_tokens(key: &Secret, text: &str, address: &str, own: i64, joined: impl Iterator<Item = i64>) -> String {
    if !text.contains(PAID_SLOT.trim_end_matches('~')) {
        return text.to_owned();
    }
    let text = text.replace(PAID_SLOT, &token(key, own, address));
    joined.fold(text, |text, id| text.replace(&paid_slot(id), &token(key, id, address)))
}

/// What a valid token stands for.
#[derive(Clone, Debug)]
pub struct Subject {
    pub project_name: String,
    /// `forwarding funds`
    pub what: String,
    /// Who speaks.
    pub name: String,
    /// The language of the mail that the link stands in.
    pub language: String,
    pub brand: Brand,
    /// The days that can be named.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The day that was named and isn't over.
    pub promised: Option<NaiveDate>,
    /// Whether whoever speaks still looks after the project's money.
    pub may: bool,
    delivery: DeliveryId,
    project: Project,
    balance: String,
    contact: ContactId,
}

/// Reads a token; `None`: not one of ours.
pub async fn subject(app: &App, token: &str) -> anyhow::Result<Option<Subject>> {
    let Some(row) = find(app, token).await? else { return Ok(None) };
    let mut session = app.store.read().await?;
    describe(app, &mut session, row).await
}

/// Notes the day on which a payment arrives, and puts off what waits until the day after; the same again changes nothing.
pub async fn promise(app: &App, subject: &Subject, on: NaiveDate) -> anyhow::Result<()> {
    if subject.promised == Some(on) {
        return Ok(());
    }
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    let key = subject.project.key;
    let promise = Promise {
        project: key,
        balance: subject.balance.clone(),
        arrives_on: on,
        contact: subject.contact.to_string(),
        told_at: now,
    };
    session.promise(&promise, subject.delivery).await?;
    let zone = app.zones.get(&subject.project.zone)?;
    let after = on.succ_opt().map_or(now, |day| zone.start_of_day(day));
    put_off(app, &mut session, subject, after, PROMISED, now).await?;
    subject.audit(&mut session, "payment_promised", json!({ "arrives_on": on }), now).await?;
    session.commit().await?;
    Ok(())
}

/// Takes back what was said: reminders go on from the next morning.
pub async fn withdraw(app: &App, subject: &Subject) -> anyhow::Result<()> {
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    if session.withdraw_promise(subject.project.key, &subject.balance, now).await? {
        put_off(app, &mut session, subject, now, "promise_withdrawn", now).await?;
        subject.audit(&mut session, "promise_withdrawn", json!({}), now).await?;
    }
    session.commit().await?;
    Ok(())
}

impl Subject {
    async fn audit(
        &self,
        session: &mut Session,
        what: &str,
        mut detail: serde_json::Value,
        now: Instant,
    ) -> anyhow::Result<()> {
        let thing = if self.balance.is_empty() { "-" } else { &self.balance };
        detail["delivery"] = json!(self.delivery.0);
        let on = format!("{}/{thing}", self.project.id);
        session.audit(now, &format!("contact {}", self.contact), what, &on, &detail).await?;
        Ok(())
    }
}

/// Lets what waits of a thing's reminders go on the first working morning from `since` on, by the clock of each reader. What another
/// message is to tell is taken out of it, and the gate has that made anew without it.
async fn put_off(
    app: &App,
    session: &mut Session,
    subject: &Subject,
    since: Instant,
    why: &'static str,
    now: Instant,
) -> anyhow::Result<()> {
    let calendar = session.calendar_of(&subject.project).await?;
    let at = subject.project.settings.billing_at.unwrap_or(BILLING_AT);
    let project_zone = app.zones.get(&subject.project.zone)?;
    let mut waiting = BTreeMap::new();
    for rule in RULES.iter().filter(|rule| rule.yields_to_promise) {
        let mails = session.deliveries_of_episode(subject.project.key, &subject.balance, rule.name, None).await?;
        // What is over reminds nobody, and is told as that.
        for mail in mails.into_iter().filter(|mail| mail.is_going_on) {
            let told_by = mail.told_by.as_deref().and_then(State::parse);
            match (State::parse(&mail.state), mail.reason.as_deref()) {
                (Some(state @ State::Queued), _) => waiting.insert(mail.id, state),
                // For its reader's night, or to be gathered.
                (Some(state @ State::Held), Some("quiet_hours" | "digest_mode")) => waiting.insert(mail.id, state),
                (Some(state @ State::Folded), _) if why == PROMISED && told_by.is_some_and(may_be_made_anew) => {
                    waiting.insert(mail.id, state)
                }
                _ => None,
            };
        }
    }
    let ids: Vec<i64> = waiting.keys().copied().collect();
    let mut moves = Vec::new();
    for mail in session.delivery_facts(&ids).await? {
        // A zone that the data don't know (any more) is no reason to keep quiet.
        let own = mail.reader_zone.as_deref().and_then(|name| app.zones.get(name).ok());
        let zone = own.as_ref().unwrap_or(&project_zone);
        let goes = morning(since, at, zone, |day| is_working(calendar.as_ref(), day));
        let id = DeliveryId(mail.id);
        let mut step = match waiting.get(&mail.id) {
            Some(State::Held) => Move::to(id, &[State::Held], State::Queued, why),
            Some(State::Folded) => Move::to(id, &[State::Folded], State::Queued, why),
            _ => Move::to(id, &[State::Queued], State::Held, why).then(State::Queued, why),
        };
        let give_up_at = Some(goes.plus_seconds(PATIENCE_SEC));
        step.change = Change { not_before: Some(goes), give_up_at, ..Change::default() };
        moves.push(step);
    }
    if !moves.is_empty() {
        session.move_deliveries(now, &moves.iter().collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// Whether a message that tells several is still asked of each before it goes.
const fn may_be_made_anew(state: State) -> bool {
    matches!(state, State::Queued | State::Claimed | State::Held | State::Refused)
}

/// The delivery that a token was made for, if the token is right.
async fn find(app: &App, token: &str) -> anyhow::Result<Option<StoredDelivery>> {
    let Some((id, signature)) = token.split_once('-') else { return Ok(None) };
    let Some((id, signature)) = number_of(id).zip(URL_SAFE_NO_PAD.decode(signature).ok()) else { return Ok(None) };
    let key = secret::key_of(app).await?;
    let Some(row) = app.store.read().await?.delivery(DeliveryId(id)).await? else { return Ok(None) };
    let is_billing = NoticeKind::parse(&row.kind).is_some_and(NoticeKind::is_billing);
    let expected = mac(&key, id, &row.address);
    Ok((is_billing && bool::from(expected[..16].ct_eq(&signature))).then_some(row))
}

async fn describe(app: &App, session: &mut Session, row: StoredDelivery) -> anyhow::Result<Option<Subject>> {
    let (Some(key), Some(contact)) = (row.project.map(ProjectKey), row.contact.as_deref()) else { return Ok(None) };
    let Some(project) = session.project_by_key(key).await? else { return Ok(None) };
    let Some(balance) = session.balance_of_warning(key, NoticeId(row.notice)).await? else { return Ok(None) };
    let contact = ContactId::parse(contact)?;
    let found = session.contact(&contact).await?;
    let language = Envelope::read(&row.why).map(|envelope| envelope.foot.language).unwrap_or_default();
    let words = Words::of(&language);
    let today = app.zones.get(&project.zone)?.date(app.clock.now());
    let said = session.promises(&[key]).await?.into_iter().find(|said| said.balance == balance);
    Ok(Some(Subject {
        project_name: project.name.clone(),
        what: what(&words, &balance),
        name: found.as_ref().map_or_else(|| contact.to_string(), |contact| contact.name.clone()),
        language,
        brand: project.settings.brand.clone(),
        from: today,
        to: today.checked_add_days(Days::new(MOST_DAYS)).unwrap_or(today),
        promised: said.map(|said| said.arrives_on).filter(|day| *day >= today),
        may: found.is_some_and(|found| looks_after_money(&found, &project)),
        delivery: DeliveryId(row.id),
        project,
        balance,
        contact,
    }))
}

fn looks_after_money(contact: &Contact, project: &Project) -> bool {
    let may = |role: &Role| matches!(role, Role::Finance | Role::Owner);
    contact.active && contact.roles.get(&project.id).is_some_and(|roles| roles.iter().any(may))
}

fn what(words: &Words, balance: &str) -> String {
    match balance {
        "" => words.word("alert-topic-paid"),
        "project" => words.word("alert-what-project"),
        "forwarding" => words.word("alert-what-forwarding"),
        name => words.say("alert-what-other", &[("name", name.into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_gets_its_readers_tokens_and_no_other_message_changes() {
        let key = Secret::new("k");
        let text = format!("a https://x.example/paid/{PAID_SLOT} b {} c {}", paid_slot(1), paid_slot(12));
        let made = with_tokens(&key, &text, "a@acme.example", 7, [1, 12].into_iter());
        let expected = [7, 1, 12].map(|id| token(&key, id, "a@acme.example"));
        assert_eq!(made, format!("a https://x.example/paid/{} b {} c {}", expected[0], expected[1], expected[2]));
        assert_ne!(token(&key, 7, "a@acme.example"), token(&key, 7, "b@acme.example"));
        assert_ne!(token(&key, 7, "a@acme.example"), token(&key, 8, "a@acme.example"));
        assert_eq!(with_tokens(&key, "nothing", "a@acme.example", 7, [].into_iter()), "nothing");
    }
}
