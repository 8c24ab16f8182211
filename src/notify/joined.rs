//! All warnings of one reader and morning as one notice: what each of them was made of is kept beside it, so that they can be
//! drawn together in the reader's language, and once more when one of them is over before the message has gone.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::App;
use crate::domain::brief::Brief;
use crate::domain::contact::ChannelKind;
use crate::domain::ids::{ContactId, DeliveryId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader, Severity};
use crate::domain::project::Project;
use crate::i18n::Words;
use crate::notify::digest::Folded;
use crate::notify::gate::Joined;
use crate::notify::post::{ALERT, NewNotice, NewVariant};
use crate::notify::{alert, digest, facts, several};
use crate::report::alert::{Alert, Part, joined, joined_sms};
use crate::report::brand;
use crate::store::Session;
use crate::store::deliveries::{HeldRow, JoinRow};
use crate::store::packed;

/// Why a delivery is told in another's message, where that is a digest.
pub const IN_A_DIGEST: &str = "in_a_digest";

/// A warning that is told with others.
#[derive(Clone, Debug)]
pub struct Member {
    pub row: JoinRow,
    pub alert: Alert,
    /// For whom its own message was made.
    pub reader: Reader,
}

impl Member {
    /// Reads what a warning was made of; `None`: its message was made by a version that didn't keep that.
    pub async fn of(app: &App, row: JoinRow) -> anyhow::Result<Result<Self, JoinRow>> {
        let (Some(variant), Some(reader)) = (row.variant, row.kind_of_reader.as_deref()) else { return Ok(Err(row)) };
        let reader: Reader = serde_json::from_str(reader)?;
        let alert = alert_of(app, variant).await?;
        Ok(match alert {
            Some(alert) => Ok(Self { row, alert, reader }),
            None => Err(row),
        })
    }
}

/// What a warning's message was made of; `None`: it was made by a version that didn't keep that, or by a newer one.
pub async fn alert_of(app: &App, variant: i64) -> anyhow::Result<Option<Alert>> {
    let kept = app.store.artefacts_of(variant).await?.into_iter().find(|stored| stored.format == ALERT);
    let Some(kept) = kept else { return Ok(None) };
    Ok(serde_json::from_slice(&packed::unpack(&kept.bytes)?).ok())
}

/// The notice that tells them together to the reader of the first.
pub async fn drawn(app: &App, members: &[Member], project: &Project, now: Instant) -> anyhow::Result<NewNotice> {
    let row = &members[0].row;
    let words = Words::of(&members[0].reader.language);
    let contact = row.contact.as_deref().map(ContactId::parse).transpose()?;
    let way = (ChannelKind::parse(&row.channel).unwrap_or(ChannelKind::Email), row.address.clone());
    let mut recipient = several::recipient(&words, contact, way, row.display_name.clone(), "joined-why");
    recipient.of_use_until = members.iter().filter_map(|member| alert::of_use_until(app, &member.alert)).min();
    let is_one_project = members.iter().all(|member| member.row.project == row.project);
    let ids: Vec<i64> = members.iter().map(|member| member.row.id).collect();
    let give_up_at = members.iter().map(|member| member.row.give_up_at).max().unwrap_or(now);
    let mut variant = variant(members, project, now).await?;
    variant.recipients.push(recipient);
    Ok(NewNotice {
        project: is_one_project.then_some(ProjectKey(row.project)),
        kind: NoticeKind::Digest,
        severity: severity(members),
        run: None,
        schedule: None,
        occurrence: None,
        dedup_key: format!("morning/{}/{}/{}", row.channel, row.address, ids.iter().min().unwrap_or(&0)),
        not_before: None,
        give_up_at,
        variants: vec![variant],
    })
}

/// That of the worst.
fn severity(members: &[Member]) -> Severity {
    let first = members.iter().map(|member| member.row.priority).min();
    first.map_or(Severity::Warning, Severity::of_priority)
}

/// The message as a form, without its reader.
async fn variant(members: &[Member], project: &Project, now: Instant) -> anyhow::Result<NewVariant> {
    let language = members[0].reader.language.clone();
    let parts: Vec<Part> = members.iter().map(part).collect();
    let mut document = joined(parts.clone(), &language, now);
    brand::sign(&mut document, Arc::new(project.settings.brand.clone()));
    let brief = Brief {
        severity: severity(members).name().to_owned(),
        title: document.subject.clone(),
        sms: Some(joined_sms(parts, &language)),
        button: None,
        ..Brief::of(&document, NoticeKind::Digest.name(), None)
    };
    let told = members.iter().map(|member| (member.row.id, member.reader.rights.money)).collect();
    several::variant(document, brief, Some(project.key), told).await
}

fn part(member: &Member) -> Part {
    Part {
        delivery: member.row.id,
        project: member.row.project_id.clone(),
        alert: member.alert.clone(),
        shows_money: member.reader.rights.money,
    }
}

/// What of a message that joins warnings may still go: made anew without what is over, or nothing at all.
#[derive(Debug)]
pub enum Remade {
    Variant(Box<NewVariant>),
    Nothing,
}

/// Makes a message anew without what is over or may not be told any more.
pub async fn remade(app: &App, session: &mut Session, id: DeliveryId, now: Instant) -> anyhow::Result<Option<Remade>> {
    let Some(row) = session.delivery_facts(&[id.0]).await?.into_iter().next() else { return Ok(None) };
    let standing: BTreeMap<i64, Joined> = facts::joined(&row)?;
    let mut members = Vec::new();
    let mut folded = Vec::new();
    for row in session.folded_into(id).await? {
        let may_go = |money| standing.get(&row.id).is_some_and(|one| one.may_go(money));
        if row.reason.as_deref() == Some(IN_A_DIGEST) {
            let Some(held) = held(&row) else { continue };
            let one = Folded::of(app, &held).await?;
            folded.extend(may_go(one.shows_money()).then_some(one));
            continue;
        }
        let id = row.id;
        let Ok(member) = Member::of(app, row).await? else { continue };
        let may_go = standing.get(&id).is_some_and(|one| one.may_go(member.reader.rights.money));
        members.extend(may_go.then_some(member));
    }
    if !folded.is_empty() {
        return Ok(Some(Remade::Variant(Box::new(digest::variant(app, &folded, now).await?))));
    }
    let Some(first) = members.first() else { return Ok(Some(Remade::Nothing)) };
    let Some(project) = session.project_by_key(ProjectKey(first.row.project)).await? else { return Ok(None) };
    Ok(Some(Remade::Variant(Box::new(variant(&members, &project, now).await?))))
}

/// What a digest tells, as it waited; `None`: its own message isn't there any more.
fn held(row: &JoinRow) -> Option<HeldRow> {
    Some(HeldRow {
        id: row.id,
        project: Some(row.project),
        contact: row.contact.clone(),
        channel: row.channel.clone(),
        address: row.address.clone(),
        kind: row.kind.clone(),
        variant: row.variant?,
        subject: row.subject.clone()?,
        kind_of_reader: row.kind_of_reader.clone()?,
        is_open: row.is_open,
    })
}
