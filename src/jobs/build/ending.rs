//! How a run ends: its report is posted in the transaction that ends it, or its owner is told why there is none.

use std::collections::HashMap;
use std::time::Instant as Stopwatch;

use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::contact::ChannelKind;
use crate::domain::ids::{ProjectKey, RunId, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Severity};
use crate::domain::period::Period;
use crate::domain::run::{Run, RunState};
use crate::domain::schedule::Format;
use crate::notify::owner::{self, Drawn};
use crate::notify::post::{self, NewNotice, NewRecipient, NewVariant};
use crate::store::runs::{BuiltRun, StoredRun};
use crate::store::{Session, StoreError};
use crate::telemetry::Stage;

use super::compute::Made;
use super::prepare::{NoReport, Prepared};
use super::recipients::Addressee;
use super::{BuildReport, MadeForRun, failure, foot, too_large};

/// Runs whose notices become rows in one transaction.
const POST_TOGETHER: usize = 64;

/// How a run ends.
pub(super) enum Ending {
    Built(Box<Prepared>, Box<MadeForRun>),
    Not(Box<StoredRun>, NoReport),
}

pub(super) fn endings(batch: Vec<Prepared>, made: Vec<MadeForRun>) -> Vec<Ending> {
    batch.into_iter().zip(made).map(|(ready, made)| ending(ready, made)).collect()
}

pub(super) fn ending(ready: Prepared, made: MadeForRun) -> Ending {
    if made.is_empty_and_unwanted {
        Ending::Not(Box::new(ready.run), NoReport::Skip { reason: "no_calls", detail: None })
    } else {
        Ending::Built(Box::new(ready), Box::new(made))
    }
}

/// Writes down how runs ended, some at a time: a run is built in the transaction that posts its notice, and fails in the
/// one that tells its owner. `begun`: when their making began.
pub(super) async fn end_all(
    app: &App,
    endings: Vec<Ending>,
    token: &str,
    begun: Stopwatch,
) -> anyhow::Result<BuildReport> {
    let mut report = BuildReport::default();
    let mut left = endings.into_iter().peekable();
    while left.peek().is_some() {
        let mut together = Vec::with_capacity(POST_TOGETHER);
        for ending in left.by_ref().take(POST_TOGETHER) {
            let news = news_of(app, &ending).await?;
            together.push((ending, news));
        }
        let _posting = app.telemetry.metrics.time(Stage::Post);
        let now = app.clock.now();
        let mut session = app.store.write().await?;
        let mut done = BuildReport::default();
        let mut ended = Vec::with_capacity(POST_TOGETHER);
        let mut news = HashMap::new();
        let (mut built, mut others) = (Vec::new(), Vec::new());
        for (ending, its_news) in together {
            news.extend(its_news.map(|its_news| (ending.run().run.id, its_news)));
            match ending {
                Ending::Built(ready, made) => built.push((ready, made)),
                Ending::Not(run, why) => others.push((run, why)),
            }
        }
        for run in post_built(app, &mut session, built, token, now).await? {
            done.built += 1;
            ended.push(run);
        }
        for (run, why) in others {
            let (state, counter) = match &why {
                NoReport::Skip { .. } => (RunState::Skipped, &mut done.skipped),
                NoReport::Fail { .. } => (RunState::Failed, &mut done.failed),
            };
            let (reason, detail) = why.said();
            if session.settle_run(&run.run, token, state, Some(reason), detail, now).await? {
                *counter += 1;
                ended.push(Ended::not(&run.run, &why));
            }
        }
        for (run, project) in ended.iter().map(|ended| (ended.run, ended.project)) {
            if let Some((once, drawn)) = news.remove(&run) {
                owner::tell_within(app, &mut session, Some(project), &once, drawn).await?;
            }
        }
        session.commit().await?;
        ended.iter().for_each(|ended| ended.log(begun));
        crash_point!("build.posted");
        report.add(done);
    }
    Ok(report)
}

/// Ends runs whose reports were made and posts those, but of runs that somebody else holds by now; those that were ended.
async fn post_built(
    app: &App,
    session: &mut Session,
    built: Vec<(Box<Prepared>, Box<MadeForRun>)>,
    token: &str,
    now: Instant,
) -> Result<Vec<Ended>, StoreError> {
    if built.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<BuiltRun<'_>> = built
        .iter()
        .map(|(ready, made)| BuiltRun { run: &ready.run.run, told: &made.told, as_of: made.as_of.unwrap_or(now) })
        .collect();
    let is_ours = session.settle_built(&rows, token, now).await?;
    let (mut ended, mut notices) = (Vec::new(), Vec::new());
    for ((ready, made), _) in built.into_iter().zip(is_ours).filter(|(_, is_ours)| *is_ours) {
        for (name, reason) in &ready.audience.left_out {
            session.note_left_out(&ready.run.run, name, reason.name(), now).await?;
        }
        ended.push(Ended::built(&ready, &made));
        notices.push(notice(&ready, made.variants));
    }
    post::post_all(app, session, notices).await?;
    Ok(ended)
}

/// How a run ended, told once it is true.
struct Ended {
    run: RunId,
    project: ProjectKey,
    schedule: ScheduleId,
    period: Period,
    how: How,
}

enum How {
    Built { readers: usize, variants: usize, calls: u64 },
    NotNeeded(&'static str),
    Failed(&'static str),
}

impl Ended {
    fn built(ready: &Prepared, made: &MadeForRun) -> Self {
        let readers = ready.audience.readers.values().map(Vec::len).sum();
        Self::of(&ready.run.run, How::Built { readers, variants: made.variants.len(), calls: made.told.all })
    }

    fn not(run: &Run, why: &NoReport) -> Self {
        let how = match why {
            NoReport::Skip { reason, .. } => How::NotNeeded(reason),
            NoReport::Fail { reason, .. } => How::Failed(reason),
        };
        Self::of(run, how)
    }

    fn of(run: &Run, how: How) -> Self {
        Self { run: run.id, project: run.project, schedule: run.schedule.clone(), period: run.period, how }
    }

    fn log(&self, begun: Stopwatch) {
        let (run, schedule) = (self.run.0, &self.schedule);
        let (from, to) = (self.period.from(), self.period.to());
        match self.how {
            How::Built { readers, variants, calls } => {
                let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
                tracing::info!(
                    run.id = run, schedule.id = %schedule, period.from = %from, period.to = %to, readers, variants, calls,
                    took_ms, "a report was made"
                );
            }
            How::NotNeeded(reason) => tracing::info!(
                run.id = run, schedule.id = %schedule, period.from = %from, period.to = %to, reason, "no report was needed"
            ),
            How::Failed(reason) => tracing::warn!(
                run.id = run, schedule.id = %schedule, period.from = %from, period.to = %to, reason,
                "a run ended without a report, and its owner is told"
            ),
        }
    }
}

impl Ending {
    fn run(&self) -> &StoredRun {
        match self {
            Self::Built(ready, _) => &ready.run,
            Self::Not(run, _) => run,
        }
    }
}

/// What the owner is told of an ending, drawn before a transaction begins, and what makes it one notice.
async fn news_of(app: &App, ending: &Ending) -> anyhow::Result<Option<(String, Vec<Drawn>)>> {
    let run = &ending.run().run;
    let (schedule, occurrence) = (&run.schedule, run.occurrence.as_str());
    Ok(match ending {
        Ending::Built(_, made) => {
            let mut left_out: Vec<Format> = made.variants.iter().flat_map(|made| made.left_out.clone()).collect();
            left_out.sort_unstable();
            left_out.dedup();
            if left_out.is_empty() {
                return Ok(None);
            }
            let drawn = too_large::drawn(app, run.project, schedule, occurrence, &left_out).await?;
            Some((too_large::once(schedule, occurrence), drawn))
        }
        Ending::Not(_, NoReport::Skip { .. }) => None,
        Ending::Not(_, NoReport::Fail { reason, .. }) => {
            let drawn = failure::drawn(app, run.project, schedule, occurrence, reason).await?;
            Some((failure::once(schedule, occurrence), drawn))
        }
    })
}

fn notice(ready: &Prepared, made: Vec<Made>) -> NewNotice {
    let run = &ready.run.run;
    NewNotice {
        project: Some(run.project),
        kind: NoticeKind::Report,
        severity: Severity::Info,
        run: Some(run.id),
        schedule: Some(run.schedule.clone()),
        occurrence: Some(run.occurrence.clone()),
        dedup_key: format!("report/{}", run.id),
        not_before: None,
        give_up_at: ready.give_up_at,
        variants: made
            .into_iter()
            .map(|made| {
                let addressees = ready.audience.readers.get(&made.reader).map(Vec::as_slice).unwrap_or_default();
                variant(ready, made, addressees)
            })
            .collect(),
    }
}

pub(super) fn variant(ready: &Prepared, made: Made, addressees: &[Addressee]) -> NewVariant {
    let recipients = addressees
        .iter()
        .map(|addressee| NewRecipient {
            contact: addressee.contact.clone(),
            channel: ChannelKind::Email,
            address: addressee.address.clone(),
            display_name: addressee.display_name.clone(),
            foot: foot::foot(ready, &made, addressee),
            by_hand: addressee.by_hand,
            confirms_number: false,
            of_use_until: None,
            not_before: None,
            shut: None,
        })
        .collect();
    let sender = Some(ready.face(&made.reader).key);
    NewVariant { sender, recipients, reader: made.reader, subject: made.subject, artefacts: made.artefacts }
}
