//! Stopping by the link in a mail: this schedule, for this address, at once; or up to a day, or all of its project; and back. The
//! token says who may; it never expires, because a mail is read when it is read.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use subtle::ConstantTimeEq;

use crate::app::App;
use crate::config::secret::Secret;
use crate::domain::brand::Brand;
use crate::domain::ids::{DeliveryId, NoticeId, ProjectId, ProjectKey, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::notice::Reader;
use crate::domain::project::Project;
use crate::domain::stopping::{Reason, Standing, Wish, pause_days, standing};
use crate::i18n::Words;
use crate::notify::envelope::Envelope;
use crate::notify::named::ReportName;
use crate::notify::secret;
use crate::store::Session;
use crate::store::deliveries::StoredDelivery;
use crate::store::suppressions::{InForce, NewSuppression};
use crate::zones::Zone;

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
    pub standing: Standing,
    /// The days up to which it may be paused.
    pub pause_days: (NaiveDate, NaiveDate),
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
    let about = About::load(app, &mut session, row).await?;
    Ok(Some(about.subject(app, &mut session).await?))
}

/// What became of a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    Yes(Subject),
    /// It can't be paused up to that day.
    NoSuchDay(Subject),
}

/// Does what a reader wishes; again is the same as once. `None`: the token isn't one of ours.
pub async fn wish(app: &App, token: &str, wish: Wish) -> anyhow::Result<Option<Done>> {
    let Some(row) = find(app, token).await? else { return Ok(None) };
    let mut session = app.store.write().await?;
    let about = About::load(app, &mut session, row).await?;
    let own = about.own_stops(&mut session).await?;
    let now = app.clock.now();
    match wish {
        Wish::Stop => {
            let stands = |stop: &&InForce| stop.until.is_none();
            if !own.iter().any(|stop| stands(&stop)) {
                session.suppress(now, &about.stop_of(about.project(), Some(about.schedule()), "unsubscribed")).await?;
            }
        }
        Wish::Pause(day) => {
            let (first, last) = about.pause_days(app);
            if day < first || last < day {
                return Ok(Some(Done::NoSuchDay(about.subject(app, &mut session).await?)));
            }
            about.lift(&mut session, &own, now).await?;
            let until = about.zone.start_of_day(day);
            let stop = about.stop_of(about.project(), Some(about.schedule()), PAUSED);
            session.suppress_until(now, &stop, Some(until)).await?;
        }
        Wish::Project => {
            for project in &about.projects {
                session.suppress(now, &about.stop_of(Some(project.key), None, "unsubscribed")).await?;
            }
        }
        Wish::Undo => about.lift(&mut session, &own, now).await?,
    }
    let subject = about.subject(app, &mut session).await?;
    session.commit().await?;
    Ok(Some(Done::Yes(subject)))
}

/// The reason of a stop that is a pause.
const PAUSED: &str = "paused_by_reader";
/// Who stops by the link.
const READER: &str = "recipient";

/// What a link is about, with all that is asked about it.
struct About {
    row: StoredDelivery,
    /// Of a report over several projects, those that its reader sees.
    projects: Vec<Project>,
    /// The project's, by whose days pauses are counted.
    zone: Zone,
}

impl About {
    async fn load(app: &App, session: &mut Session, row: StoredDelivery) -> anyhow::Result<Self> {
        let projects = projects(session, &row).await?;
        let zone = projects.first().map_or("UTC", |project| project.zone.as_str());
        let zone = app.zones.get(zone).or_else(|_| app.zones.get("UTC"))?;
        Ok(Self { row, projects, zone })
    }

    fn project(&self) -> Option<ProjectKey> {
        self.row.project.map(ProjectKey)
    }

    fn schedule(&self) -> &str {
        self.row.schedule.as_deref().unwrap_or_default()
    }

    fn pause_days(&self, app: &App) -> (NaiveDate, NaiveDate) {
        pause_days(self.zone.date(app.clock.now()))
    }

    fn stop_of<'a>(
        &'a self,
        project: Option<ProjectKey>,
        schedule: Option<&'a str>,
        reason: &'a str,
    ) -> NewSuppression<'a> {
        NewSuppression {
            project,
            schedule,
            channel: &self.row.channel,
            address: &self.row.address,
            reason,
            detail: Some(&self.row.reference),
            actor: READER,
        }
    }

    /// Whether a stop concerns this report: as the gate asks it, or of all that it shows.
    fn concerns(&self, stop: &InForce) -> bool {
        let of_project = match stop.project {
            None => true,
            key => key == self.row.project || self.projects.iter().any(|project| Some(project.key.0) == key),
        };
        of_project && stop.schedule.as_deref().is_none_or(|schedule| schedule == self.schedule())
    }

    async fn stops(&self, session: &mut Session) -> anyhow::Result<Vec<InForce>> {
        let stops = session.stops_of(&self.row.channel, &self.row.address).await?;
        Ok(stops.into_iter().filter(|stop| self.concerns(stop)).collect())
    }

    async fn own_stops(&self, session: &mut Session) -> anyhow::Result<Vec<InForce>> {
        Ok(self.stops(session).await?.into_iter().filter(is_own).collect())
    }

    async fn lift(&self, session: &mut Session, stops: &[InForce], now: Instant) -> anyhow::Result<()> {
        for stop in stops {
            session.lift_suppressions(now, Some(stop.id), None, READER, &self.row.reference).await?;
        }
        Ok(())
    }

    async fn subject(&self, app: &App, session: &mut Session) -> anyhow::Result<Subject> {
        let now = app.clock.now();
        let stops = self.stops(session).await?;
        let reasons: Vec<Reason> = stops
            .iter()
            .filter(|stop| stop.until.is_none_or(|until| now < until))
            .map(|stop| Reason {
                by_reader: is_own(stop),
                of_schedule: stop.schedule.is_some(),
                until: stop.until.map(|until| self.zone.date(until)),
            })
            .collect();
        let names: Vec<&str> = self.projects.iter().map(|project| project.name.as_str()).collect();
        let language = Envelope::read(&self.row.why).map(|envelope| envelope.foot.language).unwrap_or_default();
        let report = ReportName::find(session, self.schedule()).await?;
        Ok(Subject {
            report: report.in_words(&Words::of(&language)),
            language,
            project_name: names.join(", "),
            brand: self.projects.first().map(|project| project.settings.brand.clone()).unwrap_or_default(),
            masked_address: masked(&self.row.address),
            standing: standing(&reasons),
            pause_days: self.pause_days(app),
        })
    }
}

fn is_own(stop: &InForce) -> bool {
    stop.actor == READER && (stop.reason == "unsubscribed" || stop.reason == PAUSED)
}

/// The delivery that a token was made for, if the token is right.
/// A delivery's number as tokens write it, and in no other spelling.
pub(super) fn number_of(text: &str) -> Option<i64> {
    text.parse().ok().filter(|id: &i64| id.to_string() == text)
}

async fn find(app: &App, token: &str) -> anyhow::Result<Option<StoredDelivery>> {
    let Some((id, signature)) = token.split_once('-') else { return Ok(None) };
    let Some((id, signature)) = number_of(id).zip(URL_SAFE_NO_PAD.decode(signature).ok()) else { return Ok(None) };
    let key = secret::key_of(app).await?;
    let Some(row) = app.store.read().await?.delivery(DeliveryId(id)).await? else { return Ok(None) };
    let Some(schedule) = &row.schedule else { return Ok(None) };
    let expected = mac(&key, DeliveryId(id), schedule, &row.address);
    Ok(bool::from(expected[..16].ct_eq(&signature)).then_some(row))
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
