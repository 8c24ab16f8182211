//! Stopping by the link in a mail: this schedule, for this address. The token says who may; it never expires, because a
//! mail is read when it is read.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::config::secret::Secret;
use crate::domain::brand::Brand;
use crate::domain::ids::{DeliveryId, NoticeId, ProjectId, ProjectKey, ScheduleId};
use crate::domain::notice::Reader;
use crate::domain::project::Project;
use crate::i18n::Words;
use crate::notify::envelope::Envelope;
use crate::notify::named::ReportName;
use crate::notify::secret;
use crate::store::Session;
use crate::store::deliveries::StoredDelivery;
use crate::store::suppressions::NewSuppression;

/// Where the stop page lives, below the public address; the token follows.
pub const PATH: &str = "/stop/";

/// What a valid token stands for, for the page that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub project_name: String,
    /// As its mail names it: `every Monday at 08:00`.
    pub report: String,
    /// `o•••@acme.example`
    pub masked_address: String,
    /// Whether it is stopped already.
    pub is_stopped: bool,
    /// The language of the mail that the link stands in.
    pub language: String,
    pub brand: Brand,
}

/// The token of a delivery: its number, and 128 bits that only the key gives.
pub fn token(key: &Secret, delivery: DeliveryId, schedule: &str, address: &str) -> String {
    format!("{delivery}-{}", URL_SAFE_NO_PAD.encode(&mac(key, delivery, schedule, address)[..16]))
}

/// The link with that token.
pub fn link(public_url: &url::Url, token: &str) -> String {
    format!("{}{PATH}{token}", public_url.as_str().trim_end_matches('/'))
}

fn mac(key: &Secret, delivery: DeliveryId, schedule: &str, address: &str) -> [u8; 32] {
    secret::sign(key, &["stop", &delivery.to_string(), schedule, address])
}

/// Reads a token; `None`: not one of ours.
pub async fn subject(app: &App, token: &str) -> anyhow::Result<Option<Subject>> {
    let Some(row) = find(app, token).await? else { return Ok(None) };
    let mut session = app.store.read().await?;
    let project = row.project.map(ProjectKey);
    let is_stopped = session.is_stopped(&row.channel, &row.address, project, row.schedule.as_deref()).await?;
    Ok(Some(describe(&mut session, row, is_stopped).await?))
}

/// Ends this schedule for this address; again is the same as once. `None`: the token isn't one of ours.
pub async fn stop(app: &App, token: &str) -> anyhow::Result<Option<Subject>> {
    let Some(row) = find(app, token).await? else { return Ok(None) };
    let mut session = app.store.write().await?;
    let stop = NewSuppression {
        project: row.project.map(ProjectKey),
        schedule: row.schedule.as_deref(),
        channel: &row.channel,
        address: &row.address,
        reason: "unsubscribed",
        detail: Some(&row.reference),
        actor: "recipient",
    };
    session.suppress(app.clock.now(), &stop).await?;
    let subject = describe(&mut session, row, true).await?;
    session.commit().await?;
    Ok(Some(subject))
}

/// The delivery that a token was made for, if the token is right.
async fn find(app: &App, token: &str) -> anyhow::Result<Option<StoredDelivery>> {
    let Some((id, signature)) = token.split_once('-') else { return Ok(None) };
    let (Ok(id), Ok(signature)) = (id.parse::<i64>(), URL_SAFE_NO_PAD.decode(signature)) else { return Ok(None) };
    let key = secret::key_of(app).await?;
    let Some(row) = app.store.read().await?.delivery(DeliveryId(id)).await? else { return Ok(None) };
    let Some(schedule) = &row.schedule else { return Ok(None) };
    let expected = mac(&key, DeliveryId(id), schedule, &row.address);
    Ok(bool::from(expected[..16].ct_eq(&signature)).then_some(row))
}

async fn describe(session: &mut Session, row: StoredDelivery, is_stopped: bool) -> anyhow::Result<Subject> {
    let projects = projects(session, &row).await?;
    let names: Vec<&str> = projects.iter().map(|project| project.name.as_str()).collect();
    let language = Envelope::read(&row.why).map(|envelope| envelope.foot.language).unwrap_or_default();
    let report = ReportName::find(session, row.schedule.as_deref().unwrap_or_default()).await?;
    Ok(Subject {
        report: report.in_words(&Words::of(&language)),
        language,
        project_name: names.join(", "),
        brand: projects.into_iter().next().map(|project| project.settings.brand).unwrap_or_default(),
        masked_address: masked(&row.address),
        is_stopped,
    })
}

/// What the mail was about: of a report over several projects, those that its reader sees, in the schedule's order.
async fn projects(session: &mut Session, row: &StoredDelivery) -> anyhow::Result<Vec<Project>> {
    let variants = session.variants_of(NoticeId(row.notice)).await?;
    let reader = variants.into_iter().find(|(id, _)| Some(*id) == row.variant).map(|(_, reader)| reader);
    let mut seen: Vec<ProjectId> = match reader {
        Some(reader) => serde_json::from_str::<Reader>(&reader)?.projects.into_keys().collect(),
        None => Vec::new(),
    };
    if seen.is_empty() {
        let Some(key) = row.project else { return Ok(Vec::new()) };
        return Ok(session.project_by_key(ProjectKey(key)).await?.into_iter().collect());
    }
    if let Some(schedule) = row.schedule.as_deref().and_then(|id| ScheduleId::parse(id).ok())
        && let Some(stored) = session.stored_schedule(&schedule).await?
    {
        let order = stored.schedule.settings.projects;
        seen.sort_by_key(|id| order.iter().position(|one| one == id));
    }
    let mut projects = Vec::new();
    for id in &seen {
        projects.extend(session.project(id).await?);
    }
    Ok(projects)
}

/// Enough of an address to know it, not enough to learn it.
fn masked(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    format!("{}•••@{domain}", local.chars().take(1).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_depends_on_everything_it_stands_for() {
        let key = Secret::new("k");
        let one = token(&key, DeliveryId(1), "weekly", "a@acme.example");
        assert!(one.starts_with("1-") && one.len() == 24, "{one}");
        assert_ne!(one, token(&key, DeliveryId(1), "weekly", "b@acme.example"));
        assert_ne!(one, token(&key, DeliveryId(1), "daily", "a@acme.example"));
        assert_ne!(one, token(&Secret::new("l"), DeliveryId(1), "weekly", "a@acme.example"));
        let url = "https://reports.acme.example".parse().expect("valid");
        assert_eq!(link(&url, "1-x"), "https://reports.acme.example/stop/1-x");
    }

    #[test]
    fn an_address_is_masked() {
        assert_eq!(masked("olena@acme.example"), "o•••@acme.example");
    }
}
