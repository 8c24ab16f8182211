//! What went out beside reports: warnings about money, digests, and what owners heard, each with everybody who got it.

use std::path::PathBuf;

use super::folder::Folder;
use crate::app::App;
use crate::domain::contact::Contact;
use crate::domain::ids::ProjectId;
use crate::domain::instant::Instant;
use crate::domain::notice::NoticeKind;
use crate::domain::role::Role;
use crate::i18n::Words;
use crate::store::Posted;
use crate::zones::Zone;

/// One thing that was told.
#[derive(Clone, Debug)]
pub struct Warning {
    /// The project's id; `None`: about the installation.
    pub project: Option<String>,
    /// The project's name.
    pub name: String,
    /// The project's zone.
    pub zone: Zone,
    /// When it went; of what waits still, when it was made.
    pub at: Instant,
    /// `funds`
    pub kind: String,
    /// In the language of whoever got it, in English where somebody reads English.
    pub subject: String,
    pub to: Vec<To>,
}

/// Somebody who got it, and where.
#[derive(Clone, Debug)]
pub struct To {
    /// `email`, `sms`, …
    pub channel: String,
    pub name: String,
    pub address: String,
    /// `finance`
    pub role: String,
    /// `accepted` when all went well, `folded` when it is in another message.
    pub state: String,
    pub reason: String,
    pub at: Instant,
    pub reference: String,
    /// What to open.
    pub file: Option<PathBuf>,
}

/// What went out after one instant and not after the other, in order.
pub(super) async fn warnings(
    app: &App,
    folder: &Folder,
    (from, to): (Instant, Instant),
) -> anyhow::Result<Vec<Warning>> {
    let contacts = app.store.contacts().await?;
    let mut warnings: Vec<(i64, Warning)> = Vec::new();
    for posted in app.store.posted_since(0).await? {
        // What another message told is of the time at which it happened.
        let ended = posted.settled_at.filter(|_| posted.state != "folded");
        let at = ended.unwrap_or(posted.created_at);
        // What was over before it went is no news.
        let is_void = posted.state == "cancelled";
        if is_void || posted.kind == NoticeKind::Report.name() || posted.generation > 1 || at <= from || to < at {
            continue;
        }
        let one = told(folder, &contacts, &posted, at);
        match warnings.iter_mut().find(|(notice, _)| *notice == posted.notice) {
            Some((_, warning)) => {
                warning.at = warning.at.min(at);
                if is_english(&contacts, &posted) {
                    warning.subject = posted.subject.unwrap_or_default();
                }
                warning.to.push(one);
            }
            None => {
                let zone = posted.zone.as_deref().unwrap_or("Etc/UTC");
                let warning = Warning {
                    project: posted.project_id,
                    name: posted.project.unwrap_or_default(),
                    zone: app.zones.get(zone).map_err(|unknown| anyhow::anyhow!("{unknown}"))?,
                    at,
                    kind: posted.kind,
                    subject: posted.subject.unwrap_or_default(),
                    to: vec![one],
                };
                warnings.push((posted.notice, warning));
            }
        }
    }
    let mut warnings: Vec<Warning> = warnings.into_iter().map(|(_, warning)| warning).collect();
    warnings.sort_by_key(|warning| warning.at);
    Ok(warnings)
}

fn told(folder: &Folder, contacts: &[Contact], posted: &Posted, at: Instant) -> To {
    let reference = &posted.reference;
    let file = match posted.channel.as_str() {
        "email" => format!("{reference}.html"),
        "sms" => format!("{reference}.sms.txt"),
        kind => format!("{reference}.{kind}.html"),
    };
    To {
        channel: posted.channel.clone(),
        name: posted.display_name.clone(),
        address: posted.address.clone(),
        role: role(contacts, posted).map_or_else(|| "operations".to_owned(), word),
        state: posted.state.clone(),
        reason: posted.reason.clone().unwrap_or_default(),
        at,
        reference: reference.clone(),
        file: Some(folder.outbox().join(file)).filter(|file| file.exists()),
    }
}

/// As what somebody hears of money.
fn role(contacts: &[Contact], posted: &Posted) -> Option<Role> {
    let project = ProjectId::parse(posted.project_id.as_deref()?).ok()?;
    let roles = of(contacts, posted)?.roles.get(&project)?;
    [Role::Finance, Role::Owner, Role::Ops].into_iter().find(|role| roles.contains(role))
}

fn word(role: Role) -> String {
    Words::of("en").word(&format!("role-{}", role.name()))
}

fn is_english(contacts: &[Contact], posted: &Posted) -> bool {
    of(contacts, posted).and_then(|contact| contact.language.as_deref()).is_some_and(|tag| tag.starts_with("en"))
}

fn of<'a>(contacts: &'a [Contact], posted: &Posted) -> Option<&'a Contact> {
    contacts.iter().find(|contact| Some(contact.id.as_str()) == posted.contact.as_deref())
}
