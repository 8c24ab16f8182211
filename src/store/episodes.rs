//! What rules about money remember of projects and balances, and what was told.

use super::bulk::{Spans, columns, instant, is_one, keys_of};
use super::{On, Session, Sql, StoreError};
use super::{execute, fetch_all, fetch_optional, json, sql, stored};
use crate::domain::episode::{Episode, Level};
use crate::domain::ids::{NoticeId, ProjectKey};
use crate::domain::instant::Instant;

const OF: Sql = sql!(twin "episodes/of");
const KEEP: Sql = sql!(twin "episodes/keep");
const TELL: Sql = sql!("episodes/tell");
const READERS: Sql = sql!("episodes/readers");
const GOOD_NEWS: Sql = sql!("episodes/good_news");
const KNOWING: Sql = sql!("episodes/knowing");
const UNDER_WAY: Sql = sql!("episodes/under_way");

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
    /// The named reason of that.
    pub reason: Option<String>,
    /// How the delivery stands whose message tells it, where that is another one.
    pub told_by: Option<String>,
    /// Whether it warns of what isn't over: its episode is open.
    pub is_going_on: bool,
}

/// A delivery that says that all is well and hasn't gone.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct GoodNews {
    pub id: i64,
    /// `None`: `[operations]`.
    pub contact: Option<String>,
    pub state: String,
}

/// As it is packed on SQLite, the time in microseconds.
#[derive(Debug, serde::Deserialize)]
struct EpisodeRow {
    project: i64,
    balance: String,
    rule: String,
    number: i64,
    #[serde(deserialize_with = "is_one")]
    is_open: bool,
    known: Option<String>,
    #[serde(deserialize_with = "is_one")]
    was_told: bool,
    limits: Option<i64>,
    height: Option<i64>,
    settled: Option<i64>,
    #[serde(deserialize_with = "is_one")]
    was_widened: bool,
    decision: String,
    #[serde(deserialize_with = "instant")]
    decided_at: Instant,
}

columns! {
    EpisodeColumns of EpisodeRow {
        project: i64, balance: String, rule: String, number: i64, is_open: bool, known: Option<String>, was_told: bool,
        limits: Option<i64>, height: Option<i64>, settled: Option<i64>, was_widened: bool, decision: String,
        decided_at: Instant,
    }
}

impl EpisodeRow {
    fn read(self) -> Result<StoredEpisode, StoreError> {
        let Self { number, is_open, was_told, limits, height, settled, was_widened, .. } = self;
        let known = self.known.map(|word| Level::parse(&word).ok_or(word)).transpose();
        let known = stored("level of an episode", known)?;
        Ok(StoredEpisode {
            project: ProjectKey(self.project),
            balance: self.balance,
            rule: self.rule,
            episode: Episode { number, is_open, known, was_told, limits, height, settled, was_widened },
            decision: self.decision,
            decided_at: self.decided_at,
        })
    }
}

impl Session {
    /// What rules remember of these projects, by project, balance and rule.
    pub async fn episodes(&mut self, projects: &[ProjectKey]) -> Result<Vec<StoredEpisode>, StoreError> {
        let rows: Vec<EpisodeRow> = match self.on() {
            On::Sqlite(connection) => {
                let (packed,): (String,) =
                    sqlx::query_as(OF.sqlite).bind(json(&keys_of(projects))).fetch_one(connection).await?;
                stored("episodes of projects", serde_json::from_str(&packed))?
            }
            On::Postgres(connection) => {
                let spans = Spans::of(projects);
                let all = sqlx::query_as(OF.postgres).bind(&spans.first).bind(&spans.last);
                let all: EpisodeColumns = all.fetch_one(connection).await?;
                spans.only(all.rows()?, |row: &EpisodeRow| row.project)
            }
        };
        let mut episodes: Vec<StoredEpisode> = rows.into_iter().map(EpisodeRow::read).collect::<Result<_, _>>()?;
        episodes.sort_by(|a, b| (a.project, &a.balance, &a.rule).cmp(&(b.project, &b.balance, &b.rule)));
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

    /// The contacts (`None`: `[operations]`) that got a warning of a thing since this episode began: of a balance by any rule,
    /// because there one speaks for the others; of the project itself by this rule. `by`: with those whose warning may go by then.
    pub async fn readers_since(
        &mut self,
        project: ProjectKey,
        (balance, rule): (&str, &str),
        episode: i64,
        by: Option<Instant>,
    ) -> Result<Vec<Option<String>>, StoreError> {
        let rows = fetch_all!(self, READERS, (Option<String>,), project.0, balance, rule, episode, by)?;
        Ok(rows.into_iter().map(|(contact,)| contact).collect())
    }

    /// What says that all is well with a thing and waits: of a balance by any rule, of the project itself by this one.
    pub async fn waiting_good_news(
        &mut self,
        project: ProjectKey,
        (balance, rule): (&str, &str),
    ) -> Result<Vec<GoodNews>, StoreError> {
        fetch_all!(self, GOOD_NEWS, GoodNews, project.0, balance, rule)
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
