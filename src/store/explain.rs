//! What `explain` asks: everything that was made for an address, and who was left out of a run.

use super::{Session, Sql, StoreError};
use super::{fetch_all, fetch_optional, sql};
use crate::domain::ids::{ProjectKey, RunId, ScheduleId};
use crate::domain::instant::Instant;

const DELIVERIES: Sql = sql!("explain/deliveries");
const LEFT_OUT: Sql = sql!("explain/left_out");
const NOT_JUDGED: Sql = sql!("explain/not_judged");
const OF_WARNING: Sql = sql!("explain/of_warning");

/// One delivery as it stands.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ExplainedDelivery {
    pub id: i64,
    pub run: Option<i64>,
    /// `None`: about the installation itself.
    pub project: Option<i64>,
    pub schedule: Option<String>,
    pub occurrence: Option<String>,
    pub kind: String,
    pub channel: String,
    pub address: String,
    pub generation: i64,
    pub state: String,
    pub reason: Option<String>,
    /// The other side's last words.
    pub reply: Option<String>,
    pub tries: i64,
    pub lane: Option<String>,
    pub created_at: Instant,
    pub not_before: Instant,
    pub give_up_at: Instant,
    pub handed_at: Option<Instant>,
    pub settled_at: Option<Instant>,
    pub reference: String,
    /// It waits for what else its reader is warned of then.
    pub joins: bool,
    /// The reference of the message that tells it instead.
    pub told_in: Option<String>,
    /// How that message stands.
    pub told_in_state: Option<String>,
    /// How many others this message tells instead.
    pub told_with_it: i64,
}

impl Session {
    /// What was made for an address, of this schedule or all, of this run or all; the newest fifty. `hidden` is what
    /// stands in the address's place when addresses aren't kept any longer.
    pub async fn deliveries_for(
        &mut self,
        (address, hidden): (&str, &str),
        schedule: Option<&ScheduleId>,
        run: Option<RunId>,
    ) -> Result<Vec<ExplainedDelivery>, StoreError> {
        let schedule = schedule.map(ScheduleId::as_str);
        let run = run.map(|run| run.0);
        fetch_all!(self, DELIVERIES, ExplainedDelivery, address, schedule, run, None::<&str>, hidden, None::<i64>)
    }

    /// The delivery that a mail's reference names, or the id in the list of deliveries.
    pub async fn delivery_named(&mut self, name: &str) -> Result<Option<ExplainedDelivery>, StoreError> {
        let nothing = (None::<&str>, None::<&str>, None::<i64>);
        let id = name.parse::<i64>().ok();
        let found = fetch_all!(self, DELIVERIES, ExplainedDelivery, nothing.0, nothing.1, nothing.2, name, "", id)?;
        Ok(found.into_iter().next())
    }

    /// Whether a project's facts, or its new day, are still to be judged.
    pub async fn is_to_be_judged(&mut self, project: ProjectKey, now: Instant) -> Result<bool, StoreError> {
        Ok(fetch_optional!(self, NOT_JUDGED, (i32,), project.0, now)?.is_some())
    }

    /// What a warning's delivery tells: balance (empty: the project itself), rule and level; `None`: it is no warning.
    pub async fn warning_of(&mut self, delivery: i64) -> Result<Option<(String, String, String)>, StoreError> {
        fetch_optional!(self, OF_WARNING, (String, String, String), delivery)
    }

    /// Who in the list got nothing of a run: the reason, and the contact's id or the plain address.
    pub async fn left_out_of(&mut self, run: RunId) -> Result<Vec<(String, String)>, StoreError> {
        fetch_all!(self, LEFT_OUT, (String, String), run.0)
    }
}
