//! What rules about money remember, when projects are judged again, and what was told. A judgement is written down by
//! compare-and-set on the project's version, which every fact raises: of two replicas that judge the same, one is heard.

use std::collections::BTreeSet;

use super::balances::auto_topup;
use super::{Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_optional, json, sql, stored};
use crate::domain::balance::{Balance, Entry, EntryKind, Standing, Status};
use crate::domain::episode::{Episode, Level};
use crate::domain::ids::{BalanceName, NoticeId, ProjectId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::project::ProjectSettings;

const TOUCH: Sql = sql!(twin "evaluations/touch");
const TOUCH_EDITED: Sql = sql!("evaluations/touch_edited");
const DUE: Sql = sql!(twin "evaluations/due");
const TAKE: Sql = sql!(twin "evaluations/take");
const PUT_OFF: Sql = sql!(twin "evaluations/put_off");
const READERS_WITH_MORE: Sql = sql!(twin "evaluations/readers_with_more");
const BALANCES: Sql = sql!(twin "evaluations/balances");
const ENTRIES: Sql = sql!(twin "evaluations/entries");
const CALL_COSTS: Sql = sql!(twin "evaluations/call_costs");
const OF: Sql = sql!(twin "episodes/of");
const KEEP: Sql = sql!(twin "episodes/keep");
const TELL: Sql = sql!("episodes/tell");
const READERS: Sql = sql!("episodes/readers");
const KNOWING: Sql = sql!("episodes/knowing");
const UNDER_WAY: Sql = sql!("episodes/under_way");

/// A part of all projects: those whose number leaves `place` when it is divided by `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub of: i64,
    pub place: i64,
}

impl Share {
    /// All of them.
    pub const ALL: Self = Self { of: 1, place: 0 };
}

/// A project that is to be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct DueProject {
    pub key: ProjectKey,
    pub id: ProjectId,
    /// IANA.
    pub zone: String,
    /// ISO 4217.
    pub currency: String,
    /// Without the brand.
    pub settings: ProjectSettings,
    pub standing: Option<Standing>,
    /// When it fell due: a local day began, or a fact came in.
    pub due_at: Instant,
    pub version: i64,
}

/// A balance that is to be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueBalance {
    pub project: ProjectKey,
    pub balance: Balance,
    pub first_spend: Option<Instant>,
    /// The last usage that was told, be it nothing.
    pub last_usage: Option<Instant>,
}

/// What a rule remembers of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEpisode {
    pub project: ProjectKey,
    /// Empty: the project itself.
    pub balance: String,
    pub rule: String,
    pub episode: Episode,
    /// A level, `recovered`, or why nothing was told.
    pub decision: String,
    /// When that was decided.
    pub decided_at: Instant,
}

/// What became of a warning at one address.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct UnderWay {
    pub id: i64,
    pub state: String,
    /// How the delivery stands whose message tells it, where that is another one.
    pub told_by: Option<String>,
}

#[derive(Debug, sqlx::FromRow)]
struct DueRow {
    project: i64,
    due_at: Instant,
    version: i64,
    id: String,
    zone: String,
    currency: String,
    settings: String,
    status: Option<String>,
    paid_until: Option<String>,
    as_of: Option<Instant>,
}

impl DueRow {
    fn read(self) -> Result<DueProject, StoreError> {
        let standing = match (self.status, self.as_of) {
            (Some(status), Some(as_of)) => Some(Standing {
                status: stored("status of a project", Status::parse(&status).ok_or(status))?,
                paid_until: stored("last paid day", self.paid_until.map(|day| day.parse()).transpose())?,
                as_of,
            }),
            _ => None,
        };
        Ok(DueProject {
            key: ProjectKey(self.project),
            id: stored("project id", ProjectId::parse(&self.id))?,
            zone: self.zone,
            currency: self.currency,
            settings: stored("settings of a project", serde_json::from_str(&self.settings))?,
            standing,
            due_at: self.due_at,
            version: self.version,
        })
    }
}

#[derive(Debug, sqlx::FromRow)]
struct BalanceRow {
    project: i64,
    name: String,
    currency: String,
    amount: i64,
    credit_limit: i64,
    as_of: Instant,
    topup_below: Option<i64>,
    topup_amount: Option<i64>,
    below_since: Option<Instant>,
    first_spend: Option<Instant>,
    last_usage: Option<Instant>,
}

#[derive(Debug, sqlx::FromRow)]
struct EpisodeRow {
    project: i64,
    balance: String,
    rule: String,
    number: i64,
    is_open: bool,
    known: Option<String>,
    was_told: bool,
    limits: Option<i64>,
    height: Option<i64>,
    settled: Option<i64>,
    was_widened: bool,
    decision: String,
    decided_at: Instant,
}

impl EpisodeRow {
    fn read(self) -> Result<StoredEpisode, StoreError> {
        let known = self.known.map(|word| Level::parse(&word).ok_or(word)).transpose();
        Ok(StoredEpisode {
            project: ProjectKey(self.project),
            balance: self.balance,
            rule: self.rule,
            episode: Episode {
                number: self.number,
                is_open: self.is_open,
                known: stored("level of an episode", known)?,
                was_told: self.was_told,
                limits: self.limits,
                height: self.height,
                settled: self.settled,
                was_widened: self.was_widened,
            },
            decision: self.decision,
            decided_at: self.decided_at,
        })
    }
}

/// The same as SQLite packs it: reading a row of it costs more than reading its text.
#[derive(Debug, serde::Deserialize)]
struct PackedEpisode(
    String,
    String,
    i64,
    i64,
    Option<String>,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    i64,
    String,
    i64,
);

impl PackedEpisode {
    fn of(self, project: i64) -> EpisodeRow {
        let Self(balance, rule, number, is_open, known, was_told, limits, height, settled, was_widened, decision, at) =
            self;
        let decided_at = Instant::from_micros(at);
        let (is_open, was_told, was_widened) = (is_open == 1, was_told == 1, was_widened == 1);
        EpisodeRow {
            project,
            balance,
            rule,
            number,
            is_open,
            known,
            was_told,
            limits,
            height,
            settled,
            was_widened,
            decision,
            decided_at,
        }
    }
}

/// What packed rows call the kinds.
const KINDS: [EntryKind; 6] = [
    EntryKind::Usage,
    EntryKind::Fixed,
    EntryKind::Topup,
    EntryKind::TopupFailed,
    EntryKind::Refund,
    EntryKind::Adjustment,
];

impl Session {
    /// A fact about a project came in: it is judged at once.
    pub(super) async fn touch_evaluation(&mut self, project: ProjectKey, now: Instant) -> Result<(), StoreError> {
        self.touch_evaluations(&[project], now).await
    }

    /// The same of many.
    pub(super) async fn touch_evaluations(&mut self, projects: &[ProjectKey], now: Instant) -> Result<(), StoreError> {
        if projects.is_empty() {
            return Ok(());
        }
        let keys: BTreeSet<i64> = projects.iter().map(|key| key.0).collect();
        execute!(self, TOUCH, json(&keys), now).map(|_| ())
    }

    /// A project was edited.
    pub(super) async fn touch_edited(&mut self, project: &ProjectId, now: Instant) -> Result<(), StoreError> {
        execute!(self, TOUCH_EDITED, project.as_str(), now).map(|_| ())
    }

    /// Projects that are to be judged, the longest due first; of one that this version can't read, its number and why.
    pub async fn evaluations_due(
        &mut self,
        now: Instant,
        most: i64,
        share: Share,
    ) -> Result<Vec<(ProjectKey, Result<DueProject, StoreError>)>, StoreError> {
        let rows = fetch_all!(self, DUE, DueRow, now, most, share.of, share.place)?;
        Ok(rows.into_iter().map(|row| (ProjectKey(row.project), row.read())).collect())
    }

    /// Says that projects were judged and when they are again, each only if its version still stands; returns those.
    pub async fn take_evaluations(
        &mut self,
        judged: &[(ProjectKey, i64, Instant)],
    ) -> Result<Vec<ProjectKey>, StoreError> {
        let list: Vec<_> = judged.iter().map(|(key, version, next)| (key.0, version, next.as_micros())).collect();
        Ok(fetch_all!(self, TAKE, (i64,), json(&list))?.into_iter().map(|(key,)| ProjectKey(key)).collect())
    }

    /// Projects that can't be judged are looked at again then.
    pub async fn put_off_evaluations(&mut self, projects: &[ProjectKey], until: Instant) -> Result<(), StoreError> {
        let keys: Vec<i64> = projects.iter().map(|key| key.0).collect();
        execute!(self, PUT_OFF, json(&keys), until).map(|_| ())
    }

    /// Those of these contacts that have a project which is still to be judged.
    pub async fn readers_with_more(&mut self, contacts: &[&str], now: Instant) -> Result<Vec<String>, StoreError> {
        Ok(fetch_all!(self, READERS_WITH_MORE, (String,), json(&contacts), now)?.into_iter().map(|(id,)| id).collect())
    }

    /// The balances of these projects.
    pub async fn due_balances(&mut self, projects: &[ProjectKey]) -> Result<Vec<DueBalance>, StoreError> {
        let keys: Vec<i64> = projects.iter().map(|key| key.0).collect();
        let rows = fetch_all!(self, BALANCES, BalanceRow, json(&keys))?;
        rows.into_iter()
            .map(|row| {
                Ok(DueBalance {
                    project: ProjectKey(row.project),
                    balance: Balance {
                        name: stored("name of a balance", BalanceName::parse(&row.name))?,
                        currency: row.currency,
                        amount: Amount::from_micros(row.amount),
                        credit_limit: Amount::from_micros(row.credit_limit),
                        as_of: row.as_of,
                        auto_topup: auto_topup(row.topup_below, row.topup_amount),
                        below_since: row.below_since,
                    },
                    first_spend: row.first_spend,
                    last_usage: row.last_usage,
                })
            })
            .collect()
    }

    /// What moved each of these balances in its span, by time; times, kinds and sums only.
    pub async fn entries_of_many(
        &mut self,
        spans: &[(ProjectKey, &BalanceName, Instant, Instant)],
    ) -> Result<Vec<Vec<Entry>>, StoreError> {
        let list: Vec<_> = spans
            .iter()
            .map(|(key, name, from, to)| (key.0, name.as_str(), from.as_micros(), to.as_micros()))
            .collect();
        let mut entries: Vec<Vec<Entry>> = spans.iter().map(|_| Vec::new()).collect();
        let entry = |at: Instant, kind: EntryKind, amount: i64| Entry {
            id: String::new(),
            at,
            kind,
            amount: Amount::from_micros(amount),
            what: String::new(),
        };
        if self.is_sqlite() {
            for (place, packed, amounts) in fetch_all!(self, ENTRIES, (i64, String, String), json(&list))? {
                let Some(list) = usize::try_from(place).ok().and_then(|place| entries.get_mut(place)) else { continue };
                for (packed, amount) in packed.split(',').zip(amounts.split(',')) {
                    let packed: i64 = stored("time of an entry", packed.parse())?;
                    let kind = usize::try_from(packed.rem_euclid(8)).ok().and_then(|kind| KINDS.get(kind));
                    let Some(kind) = kind else { continue };
                    let at = Instant::from_micros(packed.div_euclid(8));
                    list.push(entry(at, *kind, stored("sum of an entry", amount.parse())?));
                }
                list.sort_by_key(|entry| entry.at);
            }
        } else {
            for (place, at, kind, amount) in fetch_all!(self, ENTRIES, (i64, Instant, String, i64), json(&list))? {
                let kind = stored("kind of an entry", EntryKind::parse(&kind).ok_or(kind))?;
                if let Some(list) = usize::try_from(place).ok().and_then(|place| entries.get_mut(place)) {
                    list.push(entry(at, kind, amount));
                }
            }
        }
        Ok(entries)
    }

    /// What calls cost in each of these spans of a project: of this currency, and of none if it is the project's. By their
    /// places; a span without such a call isn't there.
    pub async fn call_costs(
        &mut self,
        spans: &[(ProjectKey, &str, bool, Instant, Instant)],
    ) -> Result<Vec<(usize, Amount)>, StoreError> {
        if spans.is_empty() {
            return Ok(Vec::new());
        }
        let list: Vec<_> = spans
            .iter()
            .map(|(key, currency, is_usual, from, to)| (key.0, currency, is_usual, from.as_micros(), to.as_micros()))
            .collect();
        let rows = fetch_all!(self, CALL_COSTS, (i64, i64), json(&list))?;
        let rows =
            rows.into_iter().filter_map(|(place, sum)| Some((usize::try_from(place).ok()?, Amount::from_micros(sum))));
        Ok(rows.collect())
    }

    /// What rules remember of these projects, by project, balance and rule.
    pub async fn episodes(&mut self, projects: &[ProjectKey]) -> Result<Vec<StoredEpisode>, StoreError> {
        let keys: Vec<i64> = projects.iter().map(|key| key.0).collect();
        if !self.is_sqlite() {
            return fetch_all!(self, OF, EpisodeRow, json(&keys))?.into_iter().map(EpisodeRow::read).collect();
        }
        let mut episodes = Vec::new();
        for (project, packed) in fetch_all!(self, OF, (i64, String), json(&keys))? {
            let rows: Vec<PackedEpisode> = stored("episodes of a project", serde_json::from_str(&packed))?;
            let from = episodes.len();
            for row in rows {
                episodes.push(row.of(project).read()?);
            }
            episodes[from..].sort_by(|a: &StoredEpisode, b| (&a.balance, &a.rule).cmp(&(&b.balance, &b.rule)));
        }
        Ok(episodes)
    }

    /// Keeps what rules remember.
    pub async fn keep_episodes(&mut self, episodes: &[StoredEpisode], now: Instant) -> Result<(), StoreError> {
        let row = |kept: &StoredEpisode| {
            let Episode { number, is_open, known, was_told, limits, height, settled, was_widened } = kept.episode;
            let known = known.map(Level::name);
            let (key, balance, rule) = (kept.project.0, kept.balance.as_str(), kept.rule.as_str());
            serde_json::json!([
                key,
                balance,
                rule,
                number,
                is_open,
                known,
                was_told,
                limits,
                height,
                settled,
                kept.decision,
                was_widened
            ])
        };
        let rows: Vec<_> = episodes.iter().map(row).collect();
        execute!(self, KEEP, json(&rows), now).map(|_| ())
    }

    /// Notes that a level (or `recovered`) of an episode is told; `false`: it was before.
    pub async fn tell_level(
        &mut self,
        kept: &StoredEpisode,
        level: &str,
        notice: NoticeId,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let (key, balance, rule) = (kept.project.0, kept.balance.as_str(), kept.rule.as_str());
        let number = kept.episode.number;
        let row = fetch_optional!(self, TELL, (i32,), key, balance, rule, number, level, notice.0, now)?;
        Ok(row.is_some())
    }

    /// The contacts that got a warning of an episode.
    pub async fn readers_of_episode(
        &mut self,
        project: ProjectKey,
        (balance, rule): (&str, &str),
        episode: i64,
    ) -> Result<Vec<String>, StoreError> {
        let rows = fetch_all!(self, READERS, (String,), project.0, balance, rule, episode)?;
        Ok(rows.into_iter().map(|(contact,)| contact).collect())
    }

    /// The contacts that got, or are going to get, a warning of what is wrong with a thing now: of one of its balances by any
    /// rule, because there the worst speaks for the others; of the project itself by this rule.
    pub async fn who_knows(
        &mut self,
        project: ProjectKey,
        (balance, rule): (&str, &str),
    ) -> Result<Vec<String>, StoreError> {
        let rows = fetch_all!(self, KNOWING, (String,), project.0, balance, rule)?;
        Ok(rows.into_iter().map(|(contact,)| contact).collect())
    }

    /// Deliveries of a rule's alerts about one thing with their states, of one episode or all.
    pub async fn deliveries_of_episode(
        &mut self,
        project: ProjectKey,
        balance: &str,
        rule: &str,
        episode: Option<i64>,
    ) -> Result<Vec<UnderWay>, StoreError> {
        fetch_all!(self, UNDER_WAY, UnderWay, project.0, balance, rule, episode)
    }
}
