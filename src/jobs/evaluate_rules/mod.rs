//! Judges projects whose facts changed or whose local day began: facts are read for many at once, judged by pure functions
//! (`rules`), and what is to be told is drawn before the transaction that remembers it. Taking a project's version is the
//! first thing in that transaction, so that of two replicas one is heard and a fact that came meanwhile is judged again.

mod facts;
mod mornings;
mod tell;
mod told;
mod unheard;
mod whom;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::calendar::Calendar;
use crate::domain::episode::{Quiet, Told};
use crate::domain::ids::{CalendarId, ProjectKey};
use crate::domain::instant::Instant;
use crate::rules::Judged;
use crate::store::StoreError;
use crate::store::episodes::StoredEpisode;
use crate::store::evaluations::DueProject;
use crate::zones::Zone;

use tell::Telling;

/// Projects that are read and judged together.
const BATCH: usize = 1_000;
/// Projects whose judgements are written in one transaction, and what rules remember of them anew: nobody else writes
/// meanwhile on SQLite.
const MOST_KEPT: usize = 1_000;
const MOST_CHANGED: usize = 1_500;
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
    /// Somebody said that a payment is on its way, and didn't take it back.
    has_promise: bool,
}

/// What rules remembered before of each project.
type Remembered = HashMap<ProjectKey, Vec<StoredEpisode>>;

/// What one rule remembered of the project or one of its balances.
fn kept<'a>(remembered: Option<&'a Vec<StoredEpisode>>, balance: &str, rule: &str) -> Option<&'a StoredEpisode> {
    remembered?.iter().find(|kept| kept.balance == balance && kept.rule == rule)
}

/// Judges everything that is due; returns how many warnings were posted.
pub(super) async fn step(app: &App) -> anyhow::Result<u64> {
    let told = judge_due(app).await;
    // What was found before goes out, even where something couldn't be judged.
    mornings::step(app).await?;
    let instead = unheard::step(app).await?;
    told.map(|told| told + instead)
}

/// Projects that are looked for at once.
const MOST_LISTED: i64 = 250_000;
/// How many batches are under way at a time: one reads while another counts.
const SIDE_BY_SIDE: usize = 4;

async fn judge_due(app: &App) -> anyhow::Result<u64> {
    let mut told = 0;
    for _ in 0..MOST_ROUNDS {
        let mut due = app.store.read().await?.evaluations_due(app.clock.now(), MOST_LISTED).await?;
        // Neighbours are read together.
        due.sort_unstable();
        let batches: Vec<_> = due.chunks(BATCH).map(<[ProjectKey]>::to_vec).collect();
        let round = match batches.len() {
            0 => break,
            1 => batch(app, &due).await?,
            _ => side_by_side(app, batches).await?,
        };
        told += round.told;
        // What others are at, and what they leave, is found by the next pass.
        if !round.has_moved {
            break;
        }
    }
    Ok(told)
}

/// Judges many batches. Where to begin is drawn by lot, for replicas that begin together would else do the same twice.
async fn side_by_side(app: &App, mut batches: Vec<Vec<ProjectKey>>) -> anyhow::Result<Round> {
    let first = usize::try_from(getrandom::u32()?)? % batches.len();
    batches.rotate_left(first);
    let left = Arc::new(Mutex::new(batches.into_iter()));
    let worker = |app: App, left: Arc<Mutex<std::vec::IntoIter<_>>>| async move {
        let mut round = Round::default();
        loop {
            let next: Option<Vec<ProjectKey>> = left.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(due) = next else { return anyhow::Ok(round) };
            round.add(batch(&app, &due).await?);
        }
    };
    let workers = (0..SIDE_BY_SIDE).map(|_| tokio::spawn(worker(app.clone(), Arc::clone(&left))));
    let mut round = Round::default();
    for done in futures_util::future::join_all(workers).await {
        round.add(done??);
    }
    Ok(round)
}

/// What judging came to.
#[derive(Clone, Copy, Debug, Default)]
struct Round {
    told: u64,
    /// Something was judged, or put off.
    has_moved: bool,
}

impl Round {
    fn add(&mut self, other: Self) {
        self.told += other.told;
        self.has_moved |= other.has_moved;
    }
}

/// Judges these, if they are still due.
async fn batch(app: &App, due: &[ProjectKey]) -> anyhow::Result<Round> {
    let now = app.clock.now();
    let mut session = app.store.snapshot().await?;
    let due = session.due_projects(due, now).await?;
    let calendars: HashMap<CalendarId, Calendar> =
        session.calendars().await?.into_iter().map(|calendar| (calendar.id.clone(), calendar)).collect();
    let (readable, unreadable) = readable(app, due);
    let keys: Vec<ProjectKey> = readable.iter().map(|(due, _)| due.key).collect();
    let mut remembered: Remembered = HashMap::new();
    for kept in session.episodes(&keys).await? {
        remembered.entry(kept.project).or_default().push(kept);
    }
    let cases = facts::judged(&mut session, readable, &calendars, &remembered, now).await?;
    drop(session);
    put_off(app, &unreadable, now).await?;
    let (mut told, mut taken) = (0, 0);
    for chunk in chunks(cases, &remembered) {
        let tellings = tell::prepare(app, &chunk, &calendars, now).await?;
        let done = keep(app, chunk, tellings, &remembered, now).await?;
        told += done.told;
        taken += done.taken;
    }
    Ok(Round { told, has_moved: taken > 0 || !unreadable.is_empty() })
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
fn chunks(cases: Vec<Case>, remembered: &Remembered) -> Vec<Vec<Case>> {
    let mut chunks: Vec<(usize, usize, Vec<Case>)> = Vec::new();
    for case in cases {
        let judged = || case.things.iter().flat_map(|thing| thing.judged.iter().map(move |one| (thing, one)));
        let told = judged().filter(|(_, one)| !matches!(one.told, Told::Nothing(_))).count();
        let before = remembered.get(&case.due.key);
        let changed = judged().filter(|(thing, one)| is_new(before, &thing.balance, one, one.told.word())).count();
        match chunks.last_mut() {
            Some((told_sum, changed_sum, chunk))
                if *told_sum + told <= MOST_TOLD
                    && *changed_sum + changed <= MOST_CHANGED
                    && chunk.len() < MOST_KEPT =>
            {
                *told_sum += told;
                *changed_sum += changed;
                chunk.push(case);
            }
            _ => chunks.push((told, changed, vec![case])),
        }
    }
    chunks.into_iter().map(|(_, _, chunk)| chunk).collect()
}

/// Whether a rule remembers something else from now on. Of what is well and always was, nothing is kept.
fn is_new(before: Option<&Vec<StoredEpisode>>, balance: &str, one: &Judged, decision: &str) -> bool {
    match kept(before, balance, one.rule.name) {
        Some(before) => before.episode != one.after || before.decision != decision,
        None => !(one.rule.forgets(&one.after) && decision == Quiet::AllIsWell.name()),
    }
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
    if !tellings.is_empty() {
        crash_point!("rules.judged");
    }
    let mut session = app.store.write().await?;
    let wanted: Vec<_> = chunk.iter().map(|case| (case.due.key, case.due.version, case.next)).collect();
    let taken: HashSet<ProjectKey> = session.take_evaluations(&wanted).await?.into_iter().collect();
    // Before anything is told: what says that all is well belongs to the episode that it ends.
    for case in chunk.iter().filter(|case| taken.contains(&case.due.key)) {
        for thing in &case.things {
            for one in &thing.judged {
                told::end(&mut session, case.due.key, &thing.balance, one, now).await?;
            }
            if thing.has_promise && thing.judged.iter().any(|one| one.is_paid) {
                // What came isn't on its way any more: from now on nothing is quiet for it.
                session.withdraw_promise(case.due.key, &thing.balance, now).await?;
            }
        }
    }
    let mut silenced = Vec::new();
    let mut told = 0;
    for telling in tellings {
        if !taken.contains(&telling.project) {
            continue;
        }
        match told::tell(app, &mut session, telling, remembered, now).await? {
            told::Outcome::Told => told += 1,
            told::Outcome::NobodyKnew(project, balance, rule) => silenced.push((project, balance, rule)),
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
    if told > 0 {
        crash_point!("rules.told");
    }
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
        let decision = if is_silenced { Quiet::NobodyKnew.name() } else { one.told.word() };
        let is_new = is_new(remembered.get(&project), &balance, one, decision);
        let (episode, decision) = (one.after, decision.to_owned());
        is_new.then_some(StoredEpisode { project, balance, rule, episode, decision, decided_at: now })
    });
    changed.collect()
}
