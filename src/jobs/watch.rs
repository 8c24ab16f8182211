//! Somebody must notice: once a minute one process of all looks at what should have gone well by now, and tells the project's
//! owner and operations, by another way than the failing one where there is one. What is remembered stands in one value of
//! `meta`; a notice is one by its trouble and since when it lasts, so that two replicas tell once.

mod usage;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::chaos::crash_point;
use crate::config::settings::Transport;
use crate::domain::contact::ChannelKind;
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;
use crate::domain::notice::Severity;
use crate::domain::project::Project;
use crate::domain::watch::{Memory, Seen, Trouble, look};
use crate::funds::source::turn;
use crate::i18n::Words;
use crate::notify::owner::{self, Drawn, Telling};
use crate::report::notice::{self, Watched};

/// Between two looks.
const EVERY_SEC: i64 = 60;
const NAME: &str = "watch";
/// A lane that wasn't tried for so long may be well by now.
const TRIED_SEC: i64 = 26 * 3_600;
/// A source or balance that nobody told for so long isn't expected any more.
const EXPECTED_SEC: i64 = 31 * 86_400;

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    at: Option<Instant>,
    /// The last look at usage.
    usage_at: Option<Instant>,
    /// By `trouble/thing`.
    lasting: BTreeMap<String, Memory>,
}

/// One trouble as it is told.
struct Case {
    trouble: Trouble,
    seen: Seen,
    project: Option<ProjectKey>,
    /// What it is called: a source, a balance, a lane.
    name: String,
    /// The other side's last words.
    said: String,
    /// What can't be used to tell of it.
    failing: Option<(ChannelKind, Option<String>)>,
}

/// One pass: nothing, unless a look is due. Returns how many notices were posted.
pub(super) async fn step(app: &App) -> anyhow::Result<u64> {
    let now = app.clock.now();
    let known = read(app.store.read().await?.meta(NAME).await?.as_deref());
    if known.at.is_some_and(|at| at <= now && now < at.plus_seconds(EVERY_SEC)) {
        return Ok(0);
    }
    let mut cases = cases(app, now).await?;
    let is_usage_due = known.usage_at.is_none_or(|at| at > now || at.plus_seconds(usage::EVERY_SEC) <= now);
    if is_usage_due {
        cases.extend(usage::cases(app, now).await?);
    }
    let mut seen: BTreeMap<String, Seen> = cases.iter().map(|(place, case)| (place.clone(), case.seen)).collect();
    if !is_usage_due {
        seen.extend(usage::as_before(&known.lasting));
    }
    // Drawn before the transaction; what another process tells meanwhile isn't told again.
    let mut ahead = known.lasting.clone();
    let mut drawn = HashMap::new();
    for place in look(&mut ahead, &seen, now) {
        let (Some(case), Some(memory)) = (cases.get(&place), ahead.get(&place)) else { continue };
        drawn.insert(place.clone(), draw(app, case, memory.since, now).await?);
    }
    let mut session = app.store.write().await?;
    let mut kept = read(Some(&session.lock_meta(NAME, "{}").await?));
    let mut told = 0;
    for place in look(&mut kept.lasting, &seen, now) {
        let (Some(case), Some(memory)) = (cases.get(&place), kept.lasting.get_mut(&place)) else { continue };
        let Some((of_project, of_operations)) = drawn.remove(&place) else {
            // It became due between the two looks: the next pass draws it.
            memory.told = false;
            continue;
        };
        let once = format!("watch/{place}/{}", memory.since.as_micros());
        let telling = |project, once, to_operations: bool| Telling {
            project,
            once,
            severity: severity(case.trouble),
            failing: case.failing.as_ref().map(|(channel, address)| (*channel, address.as_deref())),
            to_ops: !to_operations,
            to_operations,
        };
        if let Some(drawn) = of_project {
            told += u64::from(owner::tell(app, &mut session, telling(case.project, &once, false), drawn).await?);
        }
        let once = format!("{once}/operations");
        told += u64::from(owner::tell(app, &mut session, telling(None, &once, true), of_operations).await?);
        let project = match case.project {
            Some(key) => session.project_by_key(key).await?.map(|project| project.id.to_string()),
            None => None,
        };
        let name = Some(case.name.as_str()).filter(|name| !name.is_empty());
        tracing::error!(
            trouble = case.trouble.name(),
            project.id = project,
            name,
            since = %memory.since,
            "somebody must look"
        );
    }
    kept.at = Some(now);
    if is_usage_due {
        kept.usage_at = Some(now);
    }
    session.put_meta(NAME, &serde_json::to_string(&kept)?).await?;
    session.commit().await?;
    if told > 0 {
        crash_point!("watch.told");
    }
    Ok(told)
}

fn read(kept: Option<&str>) -> Kept {
    kept.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// What keeps people waiting tonight goes through their rest; what is merely old doesn't.
const fn severity(trouble: Trouble) -> Severity {
    match trouble {
        Trouble::Reports | Trouble::Lane => Severity::Critical,
        Trouble::Source | Trouble::Balance | Trouble::MoneySource | Trouble::Usage => Severity::Warning,
    }
}

async fn cases(app: &App, now: Instant) -> anyhow::Result<BTreeMap<String, Case>> {
    let watch = app.settings.watch;
    let seconds = |span: std::time::Duration| i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
    let mut cases = BTreeMap::new();
    let mut add = |thing: String, case: Case| cases.insert(format!("{}/{thing}", case.trouble.name()), case);
    let mut late: BTreeMap<i64, Instant> = BTreeMap::new();
    for row in app.store.late_reports().await? {
        let since = late.entry(row.project).or_insert(row.since);
        *since = row.since.min(*since);
    }
    for (project, since) in late {
        add(
            project.to_string(),
            Case {
                trouble: Trouble::Reports,
                seen: Seen { since: Some(since), patience_sec: seconds(watch.reports) },
                project: Some(ProjectKey(project)),
                name: String::new(),
                said: String::new(),
                failing: Some((ChannelKind::Email, None)),
            },
        );
    }
    let used = lanes_of(app);
    for lane in app.store.lanes().await? {
        let is_tried = lane.updated_at >= now.plus_seconds(-TRIED_SEC);
        let Some((channel, address)) = used.get(&lane.id).filter(|_| lane.failures > 0 && is_tried) else { continue };
        add(
            lane.id.clone(),
            Case {
                trouble: Trouble::Lane,
                seen: Seen { since: None, patience_sec: seconds(watch.lane) },
                project: None,
                name: lane.id.clone(),
                said: lane.last_error.unwrap_or_default(),
                failing: Some((*channel, address.clone())),
            },
        );
    }
    for source in &app.settings.money_sources {
        let kept = turn::kept(app, source).await?;
        let Some(since) = kept.failing_since else { continue };
        add(
            source.name.clone(),
            Case {
                trouble: Trouble::MoneySource,
                seen: Seen { since: Some(since), patience_sec: seconds(watch.money_source) },
                project: None,
                name: source.name.clone(),
                said: kept.error.unwrap_or_default(),
                failing: None,
            },
        );
    }
    let expected = |at: Instant| at >= now.plus_seconds(-EXPECTED_SEC);
    for source in app.store.watched_sources().await? {
        let patience_sec = seconds(watch.source);
        let Some(since) = source.told_until.filter(|at| at.plus_seconds(patience_sec) <= now && expected(*at)) else {
            continue;
        };
        add(
            source.id.to_string(),
            Case {
                trouble: Trouble::Source,
                seen: Seen { since: Some(since), patience_sec },
                project: Some(ProjectKey(source.project)),
                name: source.name,
                said: String::new(),
                failing: None,
            },
        );
    }
    let patience_sec = seconds(watch.balance);
    for balance in app.store.old_balances(now.plus_seconds(-patience_sec)).await? {
        if expected(balance.as_of) {
            add(
                format!("{}/{}", balance.project, balance.name),
                Case {
                    trouble: Trouble::Balance,
                    seen: Seen { since: Some(balance.as_of), patience_sec },
                    project: Some(ProjectKey(balance.project)),
                    name: balance.name,
                    said: String::new(),
                    failing: None,
                },
            );
        }
    }
    Ok(cases)
}

/// The lanes of these settings, each with what goes by it: a channel, and of endpoints which.
fn lanes_of(app: &App) -> BTreeMap<String, (ChannelKind, Option<String>)> {
    let relays = app.settings.mail.relays.iter().filter(|relay| matches!(relay.transport, Transport::Smtp(_)));
    let relays = relays.map(|relay| (format!("email/{}", relay.id), (ChannelKind::Email, None)));
    let channels = app.settings.channels.iter().map(|channel| {
        let address = channel.kind.is_endpoint().then(|| channel.name.clone());
        (format!("{}/{}", channel.kind.name(), channel.name), (channel.kind, address))
    });
    relays.chain(channels).collect()
}

/// For the project's owner, where it is of a project, and for operations.
async fn draw(
    app: &App,
    case: &Case,
    since: Instant,
    now: Instant,
) -> anyhow::Result<(Option<Vec<Drawn>>, Vec<Drawn>)> {
    let project = match case.project {
        Some(key) => app.store.project_by_key(key).await?,
        None => None,
    };
    let zone = project.as_ref().and_then(|project| app.zones.get(&project.zone).ok());
    let zone = zone.map_or_else(|| app.zones.get("UTC"), Ok)?;
    let make = |language: &str| {
        let words = Words::of(language);
        let installation = words.word("owner-installation");
        let watched = Watched {
            trouble: case.trouble,
            project: project.as_ref().map_or(installation.as_str(), |project: &Project| &project.name),
            name: &case.name,
            since: zone.local(since),
            zone: zone.name(),
            said: &case.said,
        };
        notice::watch(&words, &watched, now)
    };
    let severity = severity(case.trouble);
    let of_project = match case.project {
        Some(key) => Some(owner::drawn_as(app, Some(key), severity, &make).await?),
        None => None,
    };
    Ok((of_project, owner::drawn_as(app, None, severity, &make).await?))
}
