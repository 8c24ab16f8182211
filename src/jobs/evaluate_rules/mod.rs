//! Judges projects whose facts changed or whose local day began: facts are read for many at once, judged by pure functions
//! (`rules`), and what is to be told is drawn before the transaction that remembers it. Taking a project's version is the
//! first thing in that transaction, so that of two replicas one is heard and a fact that came meanwhile is judged again.

mod facts;
mod mornings;
mod tell;

use std::collections::{BTreeMap, HashMap};

use crate::app::App;
use crate::domain::calendar::Calendar;
use crate::domain::episode::{Quiet, Told};
use crate::domain::ids::{CalendarId, ProjectKey};
use crate::domain::instant::Instant;
use crate::rules::Judged;
use crate::store::StoreError;
use crate::store::episodes::{DueProject, StoredEpisode};
use crate::zones::Zone;

use tell::Telling;

/// Projects that are read and judged together.
const BATCH: i64 = 1_000;
/// Projects whose judgements are written in one transaction: nobody else writes meanwhile on SQLite.
const MOST_KEPT: usize = 250;
/// Warnings that are written in one.
const MOST_TOLD: usize = 20;
/// Rounds of one pass; what is left then waits for the next.
const MOST_ROUNDS: usize = 1_000;
/// A project that can't be judged is looked at again after this.
const LOOK_AGAIN_SEC: i64 = 3_600;

/// A project, judged.
struct Case {
    due: DueProject,
    zone: Zone,
    /// When its next local day begins.
    next: Instant,
    things: Vec<Thing>,
}

/// The project itself, or one of its balances.
struct Thing {
    /// Empty: the project itself.
    balance: String,
    judged: Vec<Judged>,
}

/// What rules remembered before: by project, then by balance and rule.
type Remembered = HashMap<ProjectKey, BTreeMap<(String, String), StoredEpisode>>;

/// Judges everything that is due; returns how many warnings were posted.
pub(super) async fn step(app: &App) -> anyhow::Result<u64> {
    let told = judge_due(app).await;
    // What was found before goes out, even where something couldn't be judged.
    mornings::step(app).await?;
    told
}

async fn judge_due(app: &App) -> anyhow::Result<u64> {
    let mut told = 0;
    for _ in 0..MOST_ROUNDS {
        let now = app.clock.now();
        let mut session = app.store.snapshot().await?;
        let due = session.evaluations_due(now, BATCH).await?;
        if due.is_empty() {
            break;
        }
        let calendars: HashMap<CalendarId, Calendar> =
            session.calendars().await?.into_iter().map(|calendar| (calendar.id.clone(), calendar)).collect();
        let (readable, unreadable) = readable(app, due);
        let keys: Vec<ProjectKey> = readable.iter().map(|(due, _)| due.key).collect();
        let mut remembered: Remembered = HashMap::new();
        for kept in session.episodes(&keys).await? {
            let place = (kept.balance.clone(), kept.rule.clone());
            remembered.entry(kept.project).or_default().insert(place, kept);
        }
        let cases = facts::judged(&mut session, readable, &calendars, &remembered, now).await?;
        drop(session);
        put_off(app, &unreadable, now).await?;
        let mut taken = 0;
        for chunk in chunks(cases) {
            let tellings = tell::prepare(app, &chunk, &calendars, now).await?;
            let done = keep(app, chunk, tellings, &remembered, now).await?;
            told += done.told;
            taken += done.taken;
        }
        if taken == 0 && unreadable.is_empty() {
            // Others are at it; what they leave is found by the next pass.
            break;
        }
    }
    Ok(told)
}

/// Those that can be judged, with their zones, and the versions of the others.
fn readable(
    app: &App,
    due: Vec<(ProjectKey, Result<DueProject, StoreError>)>,
) -> (Vec<(DueProject, Zone)>, Vec<ProjectKey>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (key, read) in due {
        let found = read.map_err(anyhow::Error::from).and_then(|due| {
            let zone = app.zones.get(&due.zone)?;
            Ok((due, zone))
        });
        match found {
            Ok(found) => good.push(found),
            Err(error) => {
                tracing::error!(project.key = key.0, "warnings of a project can't be judged: {error:#}");
                bad.push(key);
            }
        }
    }
    (good, bad)
}

async fn put_off(app: &App, projects: &[ProjectKey], now: Instant) -> Result<(), StoreError> {
    if projects.is_empty() {
        return Ok(());
    }
    let mut session = app.store.write().await?;
    session.put_off_evaluations(projects, now.plus_seconds(LOOK_AGAIN_SEC)).await?;
    session.commit().await
}

/// Cases in portions that fit into a transaction.
fn chunks(cases: Vec<Case>) -> Vec<Vec<Case>> {
    let mut chunks: Vec<(usize, Vec<Case>)> = Vec::new();
    for case in cases {
        let told = case.things.iter().flat_map(|thing| &thing.judged);
        let told = told.filter(|one| !matches!(one.told, Told::Nothing(_))).count();
        match chunks.last_mut() {
            Some((sum, chunk)) if *sum + told <= MOST_TOLD && chunk.len() < MOST_KEPT => {
                *sum += told;
                chunk.push(case);
            }
            _ => chunks.push((told, vec![case])),
        }
    }
    chunks.into_iter().map(|(_, chunk)| chunk).collect()
}

#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    taken: usize,
    told: u64,
}

/// Writes judgements down, for the projects that nothing happened to meanwhile.
async fn keep(
    app: &App,
    chunk: Vec<Case>,
    tellings: Vec<Telling>,
    remembered: &Remembered,
    now: Instant,
) -> anyhow::Result<Kept> {
    let mut session = app.store.write().await?;
    let wanted: Vec<_> = chunk.iter().map(|case| (case.due.key, case.due.version, case.next)).collect();
    let taken = session.take_evaluations(&wanted).await?;
    // Before anything is told: what says that all is well belongs to the episode that it ends.
    for case in chunk.iter().filter(|case| taken.contains(&case.due.key)) {
        for thing in &case.things {
            for one in &thing.judged {
                tell::end(&mut session, case.due.key, &thing.balance, one, now).await?;
            }
        }
    }
    let mut silenced = Vec::new();
    let mut told = 0;
    for telling in tellings {
        if !taken.contains(&telling.project) {
            continue;
        }
        match tell::tell(app, &mut session, telling, remembered, now).await? {
            tell::Outcome::Told => told += 1,
            tell::Outcome::NobodyKnew(project, balance, rule) => silenced.push((project, balance, rule)),
        }
    }
    let mut changed = Vec::new();
    for case in chunk.iter().filter(|case| taken.contains(&case.due.key)) {
        for thing in &case.things {
            changed.extend(changes(case, thing, remembered, &silenced, now));
        }
    }
    session.keep_episodes(&changed, now).await?;
    session.commit().await?;
    Ok(Kept { taken: taken.len(), told })
}

/// What rules remember of a thing from now on, where that is something else.
fn changes(
    case: &Case,
    thing: &Thing,
    remembered: &Remembered,
    silenced: &[(ProjectKey, String, String)],
    now: Instant,
) -> Vec<StoredEpisode> {
    let project = case.due.key;
    let changed = thing.judged.iter().filter_map(|one| {
        let (balance, rule) = (thing.balance.clone(), one.rule.name.to_owned());
        let is_silenced = silenced.iter().any(|(key, name, of)| (*key, name, of) == (project, &balance, &rule));
        let decision = if is_silenced { Quiet::NobodyKnew.name() } else { decision(one.told) };
        let before = remembered.get(&project).and_then(|kept| kept.get(&(balance.clone(), rule.clone())));
        let is_new = before.is_none_or(|before| before.episode != one.after || before.decision != decision);
        let (episode, decision) = (one.after, decision.to_owned());
        is_new.then_some(StoredEpisode { project, balance, rule, episode, decision, decided_at: now })
    });
    changed.collect()
}

/// The word for a decision that is kept.
fn decision(told: Told) -> &'static str {
    match told {
        Told::Level(level) => level.name(),
        Told::Recovered => "recovered",
        Told::Nothing(quiet) => quiet.name(),
    }
}
