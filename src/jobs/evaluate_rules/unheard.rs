//! A warning that reached none of its readers: their addresses failed or were stopped after it was posted, their day of texts
//! was used up, or nothing could be sent in time. While what it warns of goes on, finance hears it by another way if there is one
//! now, else the owner does, and when that comes to nothing either, `[operations]`. What somebody of ours keeps back (a silence,
//! `only_to`, a release that passes it over) isn't told to others.

use std::collections::{BTreeMap, HashSet};

use super::tell::people;
use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::delivery::DeliveryState as State;
use crate::domain::episode::PAY_BY_PASSED;
use crate::domain::ids::{NoticeId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Severity};
use crate::domain::project::Project;
use crate::domain::reach::ways;
use crate::domain::role::Role;
use crate::notify::alert::{self as warning, Said, Warning};
use crate::notify::gate::Stop;
use crate::notify::joined;
use crate::notify::post::{self, NewNotice};
use crate::report::alert::{alert, sms};
use crate::rules::{Heard, Widening, audience};
use crate::store::unheard::{DeliveryOfWarning, EndedUnread, OpenWarning};

/// Rows that are looked at together: deliveries, and of a message that tells several warnings one for each.
const MOST: i64 = 500;
/// What the keys of notices begin with that go to the owner instead, and after that to `[operations]`.
const INSTEAD: &str = "instead/";
const LAST: &str = "operations/";

/// How a warning stands with all whom it was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Somebody may get it yet.
    UnderWay,
    /// Somebody got it.
    Heard,
    /// Nobody got it, because we kept it back.
    KeptBack,
    /// Nobody got it.
    Unheard,
}

/// Tells somebody else of what nobody heard; returns how many warnings that were.
pub(super) async fn step(app: &App) -> anyhow::Result<u64> {
    let (mut told, mut last, mut most) = (0, 0, MOST);
    loop {
        let page = app.store.unheard_deliveries(last, most).await?;
        if page.is_empty() {
            return Ok(told);
        }
        match whole(page, most) {
            Some(ended) => {
                // What is left for later mustn't stand before what isn't looked at yet.
                last = ended.last().map_or(last, |one| one.id);
                most = MOST;
                told += tell_others(app, ended).await?;
            }
            None => most *= 2,
        }
    }
}

/// A page of rows by delivery, without the message that its end may have cut: that one is looked at whole, with the next. `None`:
/// the page is full with one message, and more of it may follow.
fn whole(mut page: Vec<EndedUnread>, most: i64) -> Option<Vec<EndedUnread>> {
    let is_full = usize::try_from(most).is_ok_and(|most| page.len() >= most);
    if let (true, Some(end)) = (is_full, page.last().map(|one| one.id)) {
        page.retain(|one| one.id != end);
    }
    (!page.is_empty()).then_some(page)
}

async fn tell_others(app: &App, ended: Vec<EndedUnread>) -> anyhow::Result<u64> {
    let now = app.clock.now();
    let mut of_notice: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut seen = Vec::new();
    for ended in ended {
        match ended.warns {
            true => of_notice.entry(ended.notice).or_default().push(ended.id),
            false => seen.push(ended.id),
        }
    }
    let mut told = 0;
    for (notice, ids) in of_notice {
        let rows = app.store.deliveries_of_warning(NoticeId(notice)).await?;
        let instead = match reach(&rows) {
            Reach::UnderWay => continue,
            Reach::Heard | Reach::KeptBack => None,
            Reach::Unheard => instead(app, NoticeId(notice), &rows, now).await?,
        };
        let is_told = instead.is_some();
        let mut session = app.store.write().await?;
        if let Some(instead) = instead {
            post::post(app, &mut session, instead).await?;
            told += 1;
        }
        session.mark_looked_at(&ids, now).await?;
        session.commit().await?;
        if is_told {
            crash_point!("rules.told_instead");
        }
    }
    if !seen.is_empty() {
        let mut session = app.store.write().await?;
        session.mark_looked_at(&seen, now).await?;
        session.commit().await?;
    }
    Ok(told)
}

fn is_under_way(state: State) -> bool {
    use State::{Claimed, Handed, Held, Queued, Refused, Uncertain};
    matches!(state, Queued | Claimed | Held | Handed | Refused | Uncertain)
}

fn reach(rows: &[DeliveryOfWarning]) -> Reach {
    let states = || rows.iter().filter_map(|row| State::parse(&row.state));
    if states().any(|state| matches!(state, State::Accepted | State::Complained)) {
        return Reach::Heard;
    }
    if states().any(is_under_way) {
        return Reach::UnderWay;
    }
    let is_ours = |row: &DeliveryOfWarning| match State::parse(&row.state) {
        Some(State::Suppressed) => Stop::keeps_back(&row.reason),
        state => state == Some(State::Cancelled),
    };
    if rows.iter().all(is_ours) { Reach::KeptBack } else { Reach::Unheard }
}

/// The warning for whoever hears it instead; `None`: what it warned of is over, or nobody is left to tell.
async fn instead(
    app: &App,
    notice: NoticeId,
    rows: &[DeliveryOfWarning],
    now: Instant,
) -> anyhow::Result<Option<NewNotice>> {
    let Some(open) = app.store.open_warning(notice).await? else { return Ok(None) };
    let Some(project) = app.store.project_by_key(ProjectKey(open.project)).await? else { return Ok(None) };
    let Some(kind) = NoticeKind::parse(&open.kind) else { return Ok(None) };
    let dedup_key = &open.dedup_key;
    if dedup_key.starts_with(LAST) || rows.iter().any(|row| row.contact.is_none()) {
        tracing::error!(project.id = %project.id, notice.kind = kind.name(), "Nobody could be told of a warning about money, nor could [operations]");
        return Ok(None);
    }
    let mut kept = None;
    for row in rows {
        if let (None, Some(variant)) = (&kept, row.variant) {
            kept = joined::alert_of(app, variant).await?;
        }
    }
    let Some(mut shown) = kept else { return Ok(None) };
    let severity = rows.iter().map(|row| row.priority).min().map_or(Severity::Warning, Severity::of_priority);
    let others = match dedup_key.starts_with(INSTEAD) {
        true => Vec::new(),
        false => {
            let found = others(app, &project, kind, severity, rows).await?;
            without_who_knows(app, &project, &open, found).await?
        }
    };
    let base = dedup_key.strip_prefix(INSTEAD).unwrap_or(dedup_key);
    let prefix = if others.is_empty() { LAST } else { INSTEAD };
    tracing::warn!(
        project.id = %project.id,
        notice.kind = kind.name(),
        "A warning about money reached none of its readers: it is told to {}",
        if others.is_empty() { "[operations]" } else { "the owner" }
    );
    shown.told = others.iter().map(|heard| heard.name.clone()).collect();
    let warning = Warning {
        project: &project,
        kind,
        severity,
        key: format!("{prefix}{base}"),
        give_up_at: now.plus_seconds(kind.rules().give_up_after_sec),
        heard: others.into_iter().map(|heard| (heard, None)).collect(),
        operations: false,
    };
    let said = |language: &str, money, _waits: bool| Said {
        document: alert(&shown, language, money),
        sms: sms(&shown, language, money),
        alert: shown.clone(),
    };
    Ok(Some(warning::drawn(app, warning, said).await?))
}

/// Who can be told where nobody was tried: finance by another way than before, else the owners.
async fn others(
    app: &App,
    project: &Project,
    kind: NoticeKind,
    severity: Severity,
    rows: &[DeliveryOfWarning],
) -> anyhow::Result<Vec<Heard>> {
    let (contacts, roads) = people(app, project).await?;
    let tried: HashSet<(&str, String)> =
        rows.iter().map(|row| (row.channel.as_str(), row.address.to_lowercase())).collect();
    let today = app.zones.get(&project.zone)?.date(app.clock.now());
    let of = |contact: &_| ways(contact, kind, severity, &roads);
    let mut heard = audience(&contacts, &project.id, Widening { owner: true, ops: false }, today, of);
    for one in &mut heard {
        one.ways.retain(|way| !tried.contains(&(way.channel.name(), way.address.to_lowercase())));
    }
    heard.retain(Heard::is_reached);
    let has_finance = heard.iter().any(|one| one.role == Role::Finance);
    Ok(heard.into_iter().filter(|one| !has_finance || one.role == Role::Finance).collect())
}

/// That the day to pay has passed is for whoever doesn't know of the level: who has it already is nobody to tell instead.
async fn without_who_knows(
    app: &App,
    project: &Project,
    open: &OpenWarning,
    mut others: Vec<Heard>,
) -> anyhow::Result<Vec<Heard>> {
    if open.level == PAY_BY_PASSED {
        let know = app.store.read().await?.who_knows(project.key, (&open.balance, &open.rule)).await?;
        others.retain(|one| !know.iter().any(|contact| contact == one.contact.as_str()));
    }
    Ok(others)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(list: &[(&str, &str)]) -> Vec<DeliveryOfWarning> {
        let row = |(state, reason): &(&str, &str)| DeliveryOfWarning {
            contact: Some("nadia".into()),
            channel: "email".into(),
            address: "nadia@acme.example".into(),
            variant: None,
            priority: 1,
            state: (*state).to_owned(),
            reason: (*reason).to_owned(),
        };
        list.iter().map(row).collect()
    }

    proptest! {
        /// However long a page is, each message is looked at once and whole, in the order of messages.
        #[test]
        fn pages_cut_no_message(lengths in prop::collection::vec(1_i64..6, 0..12), most in 1_i64..8) {
            let row = |(id, notice): (i64, i64)| EndedUnread { id, notice, warns: true };
            let rows = (1..).zip(&lengths).flat_map(|(id, length)| (0..*length).map(move |notice| row((id, notice))));
            let rows: Vec<EndedUnread> = rows.collect();
            let (mut seen, mut last, mut size) = (Vec::new(), 0, most);
            loop {
                let after = rows.iter().filter(|one| one.id > last);
                let page: Vec<EndedUnread> = after.take(usize::try_from(size).expect("few")).copied().collect();
                if page.is_empty() {
                    break;
                }
                match whole(page, size) {
                    Some(page) => {
                        last = page[page.len() - 1].id;
                        size = most;
                        seen.extend(page);
                    }
                    None => size *= 2,
                }
            }
            prop_assert_eq!(seen, rows);
        }
    }

    #[test]
    fn one_who_got_it_is_enough_and_what_we_keep_back_is_told_to_nobody() {
        let cases: &[(&[(&str, &str)], Reach)] = &[
            (&[("accepted", ""), ("failed", "no_such_address")], Reach::Heard),
            (&[("queued", ""), ("failed", "no_such_address")], Reach::UnderWay),
            (&[("uncertain", "lease_ended"), ("expired", "gave_up")], Reach::UnderWay),
            (&[("suppressed", "unsubscribed")], Reach::Unheard),
            (&[("suppressed", "texts_of_day_used_up"), ("suppressed", "silenced")], Reach::Unheard),
            (&[("suppressed", "silenced")], Reach::KeptBack),
            (&[("suppressed", "not_in_only_to"), ("cancelled", "alert_over")], Reach::KeptBack),
            (&[("bounced", "came_back_for_good")], Reach::Unheard),
            (&[("expired", "gave_up")], Reach::Unheard),
        ];
        for (list, expected) in cases {
            assert_eq!(reach(&rows(list)), *expected, "{list:?}");
        }
    }
}
