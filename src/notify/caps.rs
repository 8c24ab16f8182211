//! Texts cost money: how many a contact may get a day and a project send a month, and when its owner hears that the limit is
//! near. Counted are texts that were handed over, by the days and months of the contact and the project.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::app::App;
use crate::domain::contact::ChannelKind;
use crate::domain::ids::{ContactId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::domain::sms_caps::{Mark, Of, mark};
use crate::i18n::Words;
use crate::notify::gate::Stop;
use crate::notify::{facts, owner};
use crate::report::notice::{self, TextsUsed};
use crate::store::Session;
use crate::store::deliveries::DeliveryFacts;

/// Why a text may not go any more; where it may and a limit is near, the owner is told before it goes. One that tells of several
/// projects is a text of each.
pub(super) async fn full(app: &App, row: &DeliveryFacts, now: Instant) -> anyhow::Result<Option<Stop>> {
    if row.channel != ChannelKind::Sms.name() {
        return Ok(None);
    }
    let mut session = app.store.read().await?;
    let projects = projects(&mut session, row).await?;
    let Some(first) = projects.first() else { return Ok(None) };
    let own = match row.contact.as_deref().and_then(|id| ContactId::parse(id).ok()) {
        Some(id) => session.contact(&id).await?,
        None => None,
    };
    let day = match &own {
        Some(contact) => {
            let zone = app.zones.get(contact.zone.as_deref().unwrap_or(&first.zone))?;
            let date = zone.date(now);
            let used = session.texts_of_contact(&contact.id, zone.start_of_day(date)).await?;
            Some((contact, date, used))
        }
        None => None,
    };
    let mut months = Vec::new();
    for project in &projects {
        let zone = app.zones.get(&project.zone)?;
        let today = zone.date(now);
        let begun = zone.start_of_day(today.with_day(1).unwrap_or(today));
        months.push((project, today, session.texts_of_project(project.key, begun).await?));
    }
    drop(session);
    let caps = app.settings.sms;
    if let Some((contact, date, used)) = day {
        let key = format!("{}/{date}", contact.id);
        let used = TextsUsed { of: Of::ContactDay, used: used + 1, most: caps.per_contact_day, name: &contact.name };
        // A text that the day's limit stops isn't one of the month's.
        if heard(app, first.key, &first.name, &used, &key).await? {
            return Ok(Some(Stop::TextsOfDay));
        }
    }
    let mut stop = None;
    for (project, today, used) in months {
        let key = format!("{}/{}", project.key.0, today.format("%Y-%m"));
        let used =
            TextsUsed { of: Of::ProjectMonth, used: used + 1, most: caps.per_project_month, name: &project.name };
        if heard(app, project.key, &project.name, &used, &key).await? {
            stop = Some(Stop::TextsOfMonth);
        }
    }
    Ok(stop)
}

/// Of which projects a message tells.
async fn projects(session: &mut Session, row: &DeliveryFacts) -> anyhow::Result<Vec<Project>> {
    if let Some(key) = row.project {
        return Ok(session.project_by_key(ProjectKey(key)).await?.into_iter().collect());
    }
    let joined = facts::joined(row)?;
    let told: BTreeSet<_> = joined.values().filter(|one| one.stop.is_none()).map(|one| &one.project).collect();
    let mut projects = Vec::new();
    for id in told {
        projects.extend(session.project(id).await?);
    }
    Ok(projects)
}

/// Tells the owner where a limit is near or reached, once each; whether this text is beyond it.
async fn heard(app: &App, project: ProjectKey, name: &str, used: &TextsUsed<'_>, key: &str) -> anyhow::Result<bool> {
    let Some(mark) = mark(used.used, used.most) else { return Ok(false) };
    let percent = mark.percent();
    let once = format!("owner/sms/{}/{key}/{percent}", used.of.name());
    let now = app.clock.now();
    if app.store.read().await?.notice_by_key(&once).await?.is_none() {
        let make = |language: &str| notice::texts(used, mark, &Words::of(language), name, now);
        let drawn = owner::drawn(app, Some(project), make).await?;
        let mut session = app.store.write().await?;
        owner::tell_within(app, &mut session, Some(project), &once, drawn).await?;
        session.commit().await?;
    }
    Ok(mark == Mark::Beyond)
}
