//! From rows to what the gate asks.

use std::collections::BTreeMap;

use crate::app::App;
use crate::domain::balance::Status;
use crate::domain::contact::ChannelKind;
use crate::domain::ids::{ContactId, DeliveryId, NoticeId, ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader, Severity};
use crate::domain::number_code;
use crate::domain::reach::ContactSettings;
use crate::domain::role::{Numbers, Rights, Role, Scope};
use crate::domain::schedule::Recipient;
use crate::notify::envelope::Envelope;
use crate::notify::gate::{self, Addressee, Facts, Joined, ScheduleFacts, Stop, Verdict};
use crate::store::Session;
use crate::store::deliveries::DeliveryFacts;

/// Reads a row.
///
/// # Errors
/// When something stored isn't what this version knows.
pub(super) fn read(row: &DeliveryFacts) -> anyhow::Result<Facts> {
    // One that waits for its variant was made for nobody yet.
    let made_for: Reader = match row.kind_of_reader.as_deref() {
        Some(reader) => serde_json::from_str(reader)?,
        None => Reader {
            language: String::new(),
            rights: Rights { numbers: Numbers::None, money: false, recordings: false, scope: Scope::Nothing },
            formats: Vec::new(),
            projects: Default::default(),
            alerts: Default::default(),
        },
    };
    let several = several(row)?;
    let mut recipient = addressee(row)?;
    if !several.is_empty() {
        match &mut recipient {
            Addressee::Contact { roles, .. } => {
                *roles = several.values().flat_map(|(roles, _)| roles.clone()).collect()
            }
            Addressee::Address { allowed_domains, .. } => {
                *allowed_domains = several.values().flat_map(|(_, domains)| domains.clone()).collect();
            }
        }
    }
    let joined = joined(row)?;
    if let (Addressee::Contact { roles, .. }, false) = (&mut recipient, made_for.alerts.is_empty()) {
        *roles = joined.values().flat_map(|one| one.roles.clone()).collect();
    }
    let kind = NoticeKind::parse(&row.kind).ok_or_else(|| unknown("kind", &row.kind))?;
    let severity = Severity::of_priority(row.priority);
    let settings: ContactSettings = match &row.contact_settings {
        Some(settings) => serde_json::from_str(settings)?,
        None => ContactSettings::default(),
    };
    // A contact that isn't there any more is stopped for that.
    let channel = ChannelKind::parse(&row.channel).filter(|_| row.contact_settings.is_some());
    let envelope = Envelope::read(&row.why)?;
    let carries_code = envelope.confirms_number && kind == NoticeKind::Test;
    let is_confirmed = row.number_confirmed || settings.verified.contains_key(&row.address);
    Ok(Facts {
        kind,
        made_for,
        recipient,
        by_hand: envelope.by_hand,
        is_on_hold: row.is_on_hold,
        is_passed_over: is_passed_over(row),
        is_silenced: row.is_silenced && row.generation == 1,
        is_bad_again: row.is_bad_again && row.generation == 1,
        // Asked of the settings, which don't change before the fence.
        is_kept_out: false,
        is_wanted: channel.is_none_or(|channel| settings.alerts.channels(kind, severity).contains(&channel)),
        is_unconfirmed: channel == Some(ChannelKind::Sms) && !is_confirmed && !carries_code,
        shared_without_money: row.shared_without_money,
        project_is_retired: row.project_retired_at.is_some(),
        project_is_archived: row.project_status.as_deref().and_then(Status::parse) == Some(Status::Archived),
        schedule: schedule(row)?,
        several,
        joined,
        suppressed: row.suppressed.clone(),
        // A release gives what was held another day, which is of no use to a code.
        give_up_at: match carries_code {
            true => row.give_up_at.min(row.created_at.plus_seconds(number_code::LIFE_SEC)),
            false => row.give_up_at,
        },
    })
}

/// Whether a release passed it over; what is sent again was asked for by somebody.
pub(crate) fn is_passed_over(row: &DeliveryFacts) -> bool {
    row.is_passed_over && row.generation == 1
}

/// The same, with what only the settings know.
pub(super) fn read_for(app: &App, row: &DeliveryFacts) -> anyhow::Result<Facts> {
    let is_mail = row.channel == ChannelKind::Email.name();
    Ok(Facts { is_kept_out: is_mail && !app.settings.mail.may_write_to(&row.address), ..read(row)? })
}

/// What the gate says to a delivery as it stands, where it was settled before whose calls its reader's own ones are.
pub(super) fn still_goes(row: &DeliveryFacts, own_agent: Option<&str>, now: Instant) -> bool {
    let Ok(mut facts) = read(row) else { return false };
    if let Addressee::Contact { own_agent: known, .. } = &mut facts.recipient {
        *known = own_agent.map(str::to_owned);
    }
    gate::decide(&facts, now) == Verdict::Send
}

/// Why the gate would stop a delivery that waits; one that was added in this transaction too.
pub(crate) async fn stop_of(
    app: &App,
    session: &mut Session,
    id: DeliveryId,
    now: Instant,
) -> anyhow::Result<Option<Stop>> {
    let Some(row) = session.delivery_facts(&[id.0]).await?.into_iter().next() else { return Ok(None) };
    // What is held may be stopped all the same when its turn comes.
    let mut facts = Facts { is_on_hold: false, ..read_for(app, &row)? };
    ask_own_agent(app, &row, &mut facts).await?;
    Ok(match gate::decide(&facts, now) {
        Verdict::Suppress(stop) => Some(stop),
        _ => None,
    })
}

/// Asks whose calls are a recipient's own, where nothing else may be read.
pub(super) async fn ask_own_agent(app: &App, row: &DeliveryFacts, facts: &mut Facts) -> anyhow::Result<()> {
    let Addressee::Contact { id, roles, own_agent, .. } = &mut facts.recipient else { return Ok(()) };
    let Some(project) = row.project.filter(|_| Rights::of(roles, None).scope == Scope::Nothing) else { return Ok(()) };
    let mut session = app.store.read().await?;
    let Some(contact) = session.contact(id).await? else { return Ok(()) };
    // Who reads whose calls doesn't depend on the day.
    let directory = session.directory(ProjectKey(project), |_| Instant::from_seconds(0)).await?;
    let addresses = contact.addresses.get(&ChannelKind::Email).map(Vec::as_slice).unwrap_or_default();
    *own_agent = directory.agent_of(id, addresses).map(|agent| agent.id.clone());
    Ok(())
}

/// The variants of a notice that this version can read.
pub(super) async fn variants(app: &App, notice: i64) -> anyhow::Result<Vec<(i64, Reader)>> {
    let rows = app.store.read().await?.variants_of(NoticeId(notice)).await?;
    Ok(rows.into_iter().filter_map(|(id, reader)| Some((id, serde_json::from_str(&reader).ok()?))).collect())
}

fn addressee(row: &DeliveryFacts) -> anyhow::Result<Addressee> {
    let Some(contact) = &row.contact else {
        let allowed_domains = row.allowed_domains.as_deref().unwrap_or("[]");
        return Ok(Addressee::Address {
            address: row.address.clone(),
            allowed_domains: serde_json::from_str(allowed_domains)?,
        });
    };
    let roles = roles(row.roles.as_deref())?;
    Ok(Addressee::Contact {
        id: ContactId::parse(contact)?,
        is_active: row.contact_is_active.unwrap_or(false),
        roles,
        has_address: row.contact_has_address,
        own_agent: None,
    })
}

fn schedule(row: &DeliveryFacts) -> anyhow::Result<Option<ScheduleFacts>> {
    let Some(recipients) = &row.recipients else { return Ok(None) };
    let recipients: Vec<Recipient> = serde_json::from_str(recipients)?;
    let numbers = match &row.numbers {
        Some(word) => Some(Numbers::parse(word).ok_or_else(|| unknown("numbers", word))?),
        None => None,
    };
    Ok(Some(ScheduleFacts { is_retired: row.schedule_retired_at.is_some(), recipients, numbers }))
}

type RolesAndDomains = BTreeMap<ProjectId, (Vec<Role>, Vec<String>)>;

/// Roles and allowed domains by project; empty unless the schedule is over several.
fn several(row: &DeliveryFacts) -> anyhow::Result<RolesAndDomains> {
    type Stored = (ProjectId, String, Option<String>);
    let stored: Vec<Stored> = serde_json::from_str(row.several.as_deref().unwrap_or("[]"))?;
    let read = |(project, domains, words): Stored| {
        let domains: Vec<String> = serde_json::from_str(&domains)?;
        Ok((project, (roles(words.as_deref())?, domains)))
    };
    stored.into_iter().map(read).collect()
}

/// How what a message joins stands.
pub(super) fn joined(row: &DeliveryFacts) -> anyhow::Result<BTreeMap<i64, Joined>> {
    type Stored = (i64, ProjectId, Option<String>, Option<String>, String, i64, i64);
    let stored: Vec<Stored> = serde_json::from_str(row.joined.as_deref().unwrap_or("[]"))?;
    let settings: ContactSettings = match &row.contact_settings {
        Some(settings) => serde_json::from_str(settings)?,
        None => ContactSettings::default(),
    };
    let channel = ChannelKind::parse(&row.channel).filter(|_| row.contact_settings.is_some());
    let read = |(id, project, stop, words, kind, priority, shared): Stored| {
        let kind = NoticeKind::parse(&kind).ok_or_else(|| unknown("kind", &kind))?;
        let chosen = settings.alerts.channels(kind, Severity::of_priority(priority));
        // What is sent again was asked for by somebody.
        let stop = stop.as_deref().map(Stop::of_joined).filter(|stop| row.generation == 1 || *stop != Stop::Silenced);
        let unwanted = channel.filter(|channel| !chosen.contains(channel)).map(|_| Stop::ChannelNotWanted);
        let shared_without_money = shared == 1;
        let stop = stop.or(unwanted);
        Ok((id, Joined { project, kind, stop, roles: roles(words.as_deref())?, shared_without_money }))
    };
    stored.into_iter().map(read).collect()
}

/// Role words, separated by commas.
fn roles(words: Option<&str>) -> anyhow::Result<Vec<Role>> {
    let words = words.unwrap_or_default().split(',').filter(|word| !word.is_empty());
    words.map(|word| Role::parse(word).ok_or_else(|| unknown("role", word))).collect()
}

fn unknown(what: &str, word: &str) -> anyhow::Error {
    anyhow::anyhow!("`{word}` is no {what} that this version knows")
}
