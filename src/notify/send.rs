//! The one loop out: claim, gate, load, compose, hand over, settle. No transaction is open while anything is on the wire.
//!
//! Workers share one queue of claimed deliveries and fill it again when it is empty, so a slow relay's conversation holds
//! up one worker and nobody else. All that is claimed in a step is under one lease, which a heartbeat keeps.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;
use tokio::task::JoinSet;
use tokio::time::Instant as Tick;

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::delivery::DeliveryState as State;
use crate::domain::ids::DeliveryId;
use crate::domain::instant::Instant;
use crate::domain::quiet::Rest;
use crate::notify::channels::email::smtp::MOST_IDLE;
use crate::notify::channels::{Decline, Message, TAKES_NO_SUCH_ADDRESS, Tried};
use crate::notify::claim::Turn;
use crate::notify::fence::Fence;
use crate::notify::gate::{self, Addressee, Verdict};
use crate::notify::lanes::{Lane, Lanes, Route, relay_name};
use crate::notify::letters::{self, Letters};
use crate::notify::news::News;
use crate::notify::outcome::{self, Settled};
use crate::notify::{caps, claim, facts, quiet, secret, settle};
use crate::store::StoreError;
use crate::store::batch::Submitted;
use crate::store::deliveries::DeliveryFacts;
use crate::store::moves::{Change, Move};
use crate::telemetry::Stage;

/// What one step did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SendReport {
    pub claimed: u64,
    pub accepted: u64,
    pub refused: u64,
    pub uncertain: u64,
    /// Stopped by the gate.
    pub suppressed: u64,
    /// Given back: a relay couldn't be reached, another variant is there for it, or we are stopping.
    pub released: u64,
    /// Given back until a narrower variant is made for them.
    pub to_narrow: u64,
    /// Wait for quiet hours to end.
    pub held: u64,
    /// When the next delivery may become claimable, where that is known (a rate, a shut lane, a later try).
    pub next_at: Option<Instant>,
}

/// Sends everything that may go now, and returns when nothing more is claimable. Routes don't wait for each other, but
/// this waits for all of them.
pub async fn step(app: &App, lanes: &Lanes) -> anyhow::Result<SendReport> {
    let steps = lanes.routes().iter().map(|route| step_of(app, lanes, route));
    let mut report = SendReport::default();
    let mut failed = None;
    for done in futures_util::future::join_all(steps).await {
        match done {
            Ok(done) => {
                report.add(&done);
                report.next_at = done.next_at.map_or(report.next_at, |at| claim::earlier(report.next_at, at));
            }
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(report), Err)
}

/// The same for one route.
pub async fn step_of(app: &App, lanes: &Lanes, route: &Route) -> anyhow::Result<SendReport> {
    lanes.drop_idle(MOST_IDLE);
    let mut report = SendReport::default();
    loop {
        let pass = pass(app, lanes, route).await?;
        report.add(&pass);
        report.next_at = pass.next_at;
        // What was given back may go by another lane, or in another variant, at once.
        if pass.claimed == 0 || pass.released == 0 || lanes.is_stopping() {
            break;
        }
    }
    if report.refused > 0 {
        settle::decide_refusals(app).await?;
    }
    Ok(report)
}

/// Claims and sends until nothing more is claimable, but for what it gives back itself.
async fn pass(app: &App, lanes: &Lanes, route: &Route) -> anyhow::Result<SendReport> {
    let step = Arc::new(Step {
        app: app.clone(),
        lanes: lanes.clone(),
        route: route.clone(),
        token: secret::random_hex(16),
        letters: Letters::default(),
        queue: Mutex::default(),
        refilling: tokio::sync::Mutex::new(Refills::default()),
    });
    let heartbeat = tokio::spawn(keep_lease(step.clone()));
    let mut running = JoinSet::new();
    for _ in 0..route.connections() {
        running.spawn(work(step.clone()));
    }
    let mut report = SendReport::default();
    let mut failed = None;
    while let Some(worker) = running.join_next().await {
        match worker.map_err(anyhow::Error::from).and_then(|done| done) {
            Ok(done) => report.add(&done),
            Err(error) => failed = Some(error),
        }
    }
    heartbeat.abort();
    release_rest(&step).await;
    let refills = step.refilling.lock().await;
    report.claimed = refills.claimed;
    report.next_at = refills.next_at;
    failed.map_or(Ok(report), Err)
}

impl SendReport {
    fn add(&mut self, other: &Self) {
        self.claimed += other.claimed;
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.uncertain += other.uncertain;
        self.suppressed += other.suppressed;
        self.released += other.released;
        self.to_narrow += other.to_narrow;
        self.held += other.held;
    }
}

/// What the workers of a step share.
struct Step {
    app: App,
    lanes: Lanes,
    route: Route,
    token: String,
    letters: Letters,
    queue: Mutex<VecDeque<Job>>,
    refilling: tokio::sync::Mutex<Refills>,
}

#[derive(Default)]
struct Refills {
    claimed: u64,
    next_at: Option<Instant>,
    is_over: bool,
}

/// A claimed delivery, and the lane it shall take.
struct Job {
    facts: DeliveryFacts,
    asked_at: Tick,
    lane: Arc<Lane>,
    /// The lane had failed before; the first message that it takes opens it again.
    lane_is_on_trial: bool,
    /// Set by whoever finds that the lane can't be used; shared by the jobs of one claim.
    lane_is_dead: Arc<AtomicBool>,
    /// Its place among the messages that the lane has under way, from when a worker takes it.
    place: Option<OwnedSemaphorePermit>,
}

async fn keep_lease(step: Arc<Step>) {
    let lease = step.app.settings.work.lease;
    loop {
        tokio::time::sleep(lease / 3).await;
        if let Err(error) = renew(&step, lease).await {
            tracing::warn!(error = %error, "The lease of claimed deliveries couldn't be renewed");
        }
    }
}

async fn renew(step: &Step, lease: Duration) -> anyhow::Result<()> {
    let mut session = step.app.store.write().await?;
    session.renew_claims(&step.token, step.app.clock.now() + lease).await?;
    Ok(session.commit().await?)
}

/// One worker: deliveries one after the other, until there are none.
async fn work(step: Arc<Step>) -> anyhow::Result<SendReport> {
    let member = step.lanes.batch().join();
    let mut report = SendReport::default();
    let mut unconfirmed: Vec<Unconfirmed> = Vec::new();
    let ended = loop {
        let job = match next(&step).await {
            Ok(Some(job)) => job,
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        };
        let news = News::of(&job.facts, &job.lane);
        if let Some(settled) = deliver(&step, job).await {
            settled.count(&mut report);
            let submitted = step.lanes.batch().submit(step.app.clock.now(), settled.step.clone());
            unconfirmed.push(Unconfirmed { submitted, took: news.took(), news, settled: settled.step });
        } else {
            report.released += 1;
        }
        if unconfirmed.len() >= MOST_UNCONFIRMED {
            confirm(&step, &mut unconfirmed).await;
        }
    };
    drop(member);
    confirm(&step, &mut unconfirmed).await;
    ended.map(|()| report)
}

/// An outcome on its way to the database, and what is told of it when it is there.
struct Unconfirmed {
    submitted: Submitted,
    settled: Move,
    news: News,
    took: Duration,
}

const MOST_UNCONFIRMED: usize = 32;
const SETTLE_TRIES: u32 = 6;

/// Waits until outcomes are stored. A database that is away for a moment must not turn them into unknown ones.
async fn confirm(step: &Step, unconfirmed: &mut Vec<Unconfirmed>) {
    for Unconfirmed { submitted, settled, news, took } in unconfirmed.drain(..) {
        let mut outcome = submitted.outcome().await;
        for again in 0..SETTLE_TRIES {
            let Err(error) = &outcome else { break };
            tracing::warn!(delivery.id = settled.delivery.0, error = %error, "An outcome couldn't be stored, trying again");
            tokio::time::sleep(Duration::from_millis(100 << again)).await;
            outcome = step.lanes.batch().apply(step.app.clock.now(), settled.clone()).await;
        }
        match outcome {
            Ok(true) => {
                news.log(&settled, took);
                crash_point!("send.settled");
            }
            Ok(false) => tracing::info!(delivery.id = settled.delivery.0, "Somebody else had settled this delivery"),
            Err(error) => tracing::error!(
                delivery.id = settled.delivery.0,
                error = %error,
                "An outcome couldn't be stored; it becomes uncertain when its lease ends"
            ),
        }
    }
}

/// The next claimed delivery whose lane has a place; claims more when there is none, from the first lane that may take
/// more. `None`: nothing is left for this worker. Those that hold a lane's places go on with what is queued for it.
async fn next(step: &Step) -> anyhow::Result<Option<Job>> {
    loop {
        if let Some(job) = step.pop() {
            return Ok(Some(job));
        }
        let mut refills = step.refilling.lock().await;
        if let Some(job) = step.pop() {
            return Ok(Some(job));
        }
        if refills.is_over || step.lanes.is_stopping() {
            return Ok(None);
        }
        let claiming = step.app.telemetry.metrics.time(Stage::Claim);
        let claimed = claim::claim(&step.app, &step.route, &step.token).await;
        drop(claiming);
        match claimed {
            Ok(claim::Claim::Some { facts, lane, lane_is_on_trial }) => {
                crash_point!("send.claimed");
                refills.claimed += facts.len() as u64;
                step.push(facts, &lane, lane_is_on_trial);
            }
            Ok(claim::Claim::Busy) => return Ok(None),
            Ok(claim::Claim::Nothing { next_at }) => {
                refills.is_over = true;
                refills.next_at = next_at;
            }
            Err(error) => {
                refills.is_over = true;
                return Err(error);
            }
        }
    }
}

impl Step {
    fn pop(&self) -> Option<Job> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, place) = queue.iter().enumerate().find_map(|(at, job)| job.lane.place().map(|place| (at, place)))?;
        let mut job = queue.remove(at)?;
        job.place = Some(place);
        Some(job)
    }

    /// What is left, whether its lane has a place or not.
    fn drain(&self) -> VecDeque<Job> {
        std::mem::take(&mut *self.queue.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn push(&self, facts: Vec<DeliveryFacts>, lane: &Arc<Lane>, lane_is_on_trial: bool) {
        let lane_is_dead = Arc::new(AtomicBool::new(false));
        self.letters.expect(facts.iter().filter_map(|facts| facts.variant));
        let jobs = facts.into_iter().map(|facts| Job {
            facts,
            asked_at: Tick::now(),
            lane: lane.clone(),
            lane_is_on_trial,
            lane_is_dead: lane_is_dead.clone(),
            place: None,
        });
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).extend(jobs);
    }

    fn release(&self, job: &Job, reason: &str) -> Settled {
        Settled::released(
            Move::to(DeliveryId(job.facts.id), &[State::Claimed], State::Queued, reason).under(&self.token),
        )
    }
}

/// Gives back what nobody got to (an error ended the step).
async fn release_rest(step: &Step) {
    for job in step.drain() {
        let released = step.release(&job, "step_ended");
        if let Err(error) = step.lanes.batch().apply(step.app.clock.now(), released.step).await {
            tracing::warn!(error = %error, "A claimed delivery couldn't be given back; its lease will end");
        }
    }
}

/// Facts that are older than this are asked again before the gate.
const FACTS_KEEP: Duration = Duration::from_secs(2);

/// One try of one delivery; `None`: it is somebody else's now.
async fn deliver(step: &Step, mut job: Job) -> Option<Settled> {
    if step.lanes.is_stopping() {
        return Some(step.release(&job, "stopping"));
    }
    if job.lane_is_dead.load(Ordering::SeqCst) {
        return Some(step.release(&job, "lane_unreachable"));
    }
    if job.asked_at.elapsed() > FACTS_KEEP {
        match step.app.store.delivery_facts(&[job.facts.id]).await {
            Ok(rows) => job.facts = rows.into_iter().next()?,
            Err(error) => return Some(unreadable(step, &job, &error.into())),
        }
    }
    let metrics = &step.app.telemetry.metrics;
    let asking = metrics.time(Stage::Gate);
    let own_agent = match through_gate(step, &job).await {
        Ok(Ok(own_agent)) => own_agent,
        Ok(Err(stopped)) => return Some(stopped),
        Err(error) => return Some(unreadable(step, &job, &error)),
    };
    drop(asking);
    let composing = metrics.time(Stage::Compose);
    let message = match letters::message(&step.app, &step.lanes, &step.letters, &job.facts, &job.lane).await {
        Ok(Ok(message)) => message,
        Ok(Err(reason)) => return Some(outcome::unfit(&job.facts, &step.token, reason)),
        Err(error) => return Some(unreadable(step, &job, &error)),
    };
    let hash = letters::hash(&message.bytes());
    drop(composing);
    let differs = job.facts.message_hash.as_ref().is_some_and(|before| *before != hash);
    let mut fence = Fence {
        batch: step.lanes.batch().clone(),
        clock: step.app.clock.clone(),
        delivery: DeliveryId(job.facts.id),
        token: step.token.clone(),
        lane: job.lane.id.clone(),
        message_hash: hash,
        remark: differs.then(|| "these bytes differ from those of the try before".to_owned()),
        own_agent,
        patience: job.lane.patience,
    };
    let carrying = metrics.time(Stage::Carry);
    let mut tried = job.lane.carrier.carry(&message, &fence).await;
    drop(carrying);
    if let Tried::Unfit { reason: TAKES_NO_SUCH_ADDRESS } = tried {
        tried = match elsewhere(step, &mut job, &message, &mut fence).await {
            Ok(Ok(tried)) => tried,
            Ok(Err(until)) => {
                let mut released = step.release(&job, "waits_for_another_relay");
                released.step.change.not_before = Some(until);
                return Some(released);
            }
            Err(error) => return Some(unreadable(step, &job, &error)),
        };
    }
    tried = message.without_code(tried);
    if let Tried::Accepted { .. } = tried {
        crash_point!("send.after_accept");
    }
    note_lane(step, &job, &tried).await;
    match tried {
        Tried::LaneFailed { .. } => Some(step.release(&job, "lane_unreachable")),
        // Where it is somebody else's by now, this moves nothing; else the gate is asked anew and says why it can't go.
        Tried::WalkedAway => Some(step.release(&job, "changed_meanwhile")),
        tried => outcome::settle(&job.facts, &step.token, &job.lane, tried, step.app.clock.now()),
    }
}

/// How long a lane is left alone that has no place for a message which no lane before it could carry.
const BUSY_SEC: i64 = 5;

/// Tries the other lanes with a message that its own can't carry at all; `Err`: one that may take it isn't free before
/// then. The job is the other lane's from there on.
async fn elsewhere(
    step: &Step,
    job: &mut Job,
    message: &Message,
    fence: &mut Fence,
) -> anyhow::Result<Result<Tried, Instant>> {
    let unable = job.lane.id.clone();
    let mut not_before = None;
    for lane in step.route.lanes.iter().filter(|lane| lane.id != unable) {
        let Some(place) = lane.place() else {
            not_before = claim::earlier(not_before, step.app.clock.now().plus_seconds(BUSY_SEC));
            continue;
        };
        match claim::turn(&step.app, lane).await? {
            Turn::NotBefore(at) => not_before = claim::earlier(not_before, at),
            Turn::Now { lane_is_on_trial } => {
                job.lane = lane.clone();
                job.lane_is_on_trial = lane_is_on_trial;
                job.lane_is_dead = Arc::new(AtomicBool::new(false));
                job.place = Some(place);
                fence.lane.clone_from(&lane.id);
                fence.patience = lane.patience;
                let tried = lane.carrier.carry(message, fence).await;
                if !matches!(tried, Tried::Unfit { .. }) {
                    return Ok(Ok(tried));
                }
            }
        }
    }
    Ok(not_before.map_or(Ok(Tried::Unfit { reason: TAKES_NO_SUCH_ADDRESS }), Err))
}

/// What the gate does with it: `Ok`, it may go, and whose calls its reader's own ones are, where that was asked.
async fn through_gate(step: &Step, job: &Job) -> anyhow::Result<Result<Option<String>, Settled>> {
    let mut facts = facts::read_for(&step.app, &job.facts)?;
    facts::ask_own_agent(&step.app, &job.facts, &mut facts).await?;
    let id = DeliveryId(job.facts.id);
    let to = |state, reason: &str| Move::to(id, &[State::Claimed], state, reason).under(&step.token);
    let now = step.app.clock.now();
    let verdict = gate::decide(&facts, now);
    let rest = if verdict == Verdict::Send { quiet::of(&step.app, &job.facts, now)? } else { Rest::Awake };
    if let Some(until) = rest.until() {
        let mut held = to(State::Held, rest.reason());
        let give_up_at = Some(quiet::give_up_at(&job.facts, until));
        held.change = Change { not_before: Some(until), give_up_at, ..Change::default() };
        return Ok(Err(Settled::held(held)));
    }
    if verdict == Verdict::Send
        && let Some(stop) = caps::full(&step.app, &job.facts, now).await?
    {
        return Ok(Err(Settled::suppressed(to(State::Suppressed, &stop.reason()))));
    }
    Ok(match verdict {
        Verdict::Send => Ok(match facts.recipient {
            Addressee::Contact { own_agent, .. } => own_agent,
            Addressee::Address { .. } => None,
        }),
        Verdict::Suppress(stop) => Err(Settled::suppressed(to(State::Suppressed, &stop.reason()))),
        Verdict::Expire => Err(Settled::released(to(State::Expired, "gave_up"))),
        Verdict::Hold => Err(Settled::released(to(State::Queued, "on_hold"))),
        Verdict::Narrow(rights) => {
            let variants = facts::variants(&step.app, job.facts.notice).await?;
            let narrower = gate::widest_within(&rights, &facts.made_for, &variants).map(|(id, _)| *id);
            let mut back = to(State::Queued, "narrower_variant");
            back.change = Change { variant: narrower, drops_variant: narrower.is_none(), ..Change::default() };
            Err(if narrower.is_none() { Settled::to_narrow(back) } else { Settled::released(back) })
        }
        Verdict::Rejoin => {
            let mut back = to(State::Queued, "some_are_over");
            back.change = Change { drops_variant: true, ..Change::default() };
            Err(Settled::to_narrow(back))
        }
        // The sender may be another one too, so it is always made anew.
        Verdict::NarrowSeveral => {
            let mut back = to(State::Queued, "narrower_variant");
            back.change = Change { drops_variant: true, ..Change::default() };
            Err(Settled::to_narrow(back))
        }
    })
}

/// A row that can't be read must not hold up the others; it is tried again, and expires in the end.
fn unreadable(step: &Step, job: &Job, error: &anyhow::Error) -> Settled {
    if error.downcast_ref::<StoreError>().is_some_and(StoreError::is_of_the_database) {
        tracing::warn!(delivery.id = job.facts.id, error = %error, "The database is away; the delivery goes back to the queue");
        return step.release(job, "database_away");
    }
    tracing::error!(delivery.id = job.facts.id, error = %error, "A delivery can't be read");
    outcome::unreadable(&job.facts, &step.token, &error.to_string(), step.app.clock.now())
}

/// What a try says about its lane.
async fn note_lane(step: &Step, job: &Job, tried: &Tried) {
    let noted = match tried {
        Tried::LaneFailed { error } => claim::shut(&step.app, &job.lane.id, &job.lane_is_dead, error).await,
        Tried::NotSent { error, .. } | Tried::Uncertain { error, .. } if job.lane.broke() => {
            claim::shut(&step.app, &job.lane.id, &job.lane_is_dead, error).await
        }
        Tried::Accepted { .. } => {
            job.lane.answered();
            if job.lane_is_on_trial { claim::works(&step.app, &job.lane.id).await } else { Ok(()) }
        }
        Tried::Declined { what: Decline::Later { after, shuts_lane: true }, text, .. } => {
            job.lane.answered();
            claim::rest(&step.app, &job.lane.id, *after, text).await
        }
        Tried::Refused { .. } | Tried::Declined { .. } => {
            job.lane.answered();
            Ok(())
        }
        _ => Ok(()),
    };
    if let Err(error) = noted {
        tracing::warn!(relay = relay_name(&job.lane.id), error = %error, "how a relay stands couldn't be stored");
    }
}
