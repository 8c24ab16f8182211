//! What a report is called for people: readers and owners know no ids, but “every Monday at 08:00” they do.

use std::collections::HashMap;

use crate::domain::cadence::Cadence;
use crate::domain::ids::ScheduleId;
use crate::domain::schedule::Schedule;
use crate::i18n::Words;
use crate::store::{Session, StoreError};

/// A report's name, in any language.
#[derive(Clone, Debug)]
pub enum ReportName {
    Rule(Cadence),
    /// The schedule is gone, or can't be read.
    Id(String),
}

impl ReportName {
    /// Of a schedule at hand.
    pub fn of(schedule: &Schedule) -> Self {
        Self::Rule(schedule.cadence.clone())
    }

    /// Of the schedule with this id.
    pub async fn find(session: &mut Session, id: &str) -> Result<Self, StoreError> {
        let stored = match ScheduleId::parse(id) {
            Ok(id) => match session.stored_schedule(&id).await {
                Err(StoreError::Corrupt { .. }) => None,
                found => found?,
            },
            Err(_) => None,
        };
        Ok(stored.map_or_else(|| Self::Id(id.to_owned()), |stored| Self::of(&stored.schedule)))
    }

    /// Of all these, each looked for once.
    pub async fn find_all<'i>(
        session: &mut Session,
        ids: impl Iterator<Item = &'i str>,
    ) -> Result<HashMap<&'i str, Self>, StoreError> {
        let mut names = HashMap::new();
        for id in ids {
            if !names.contains_key(id) {
                names.insert(id, Self::find(session, id).await?);
            }
        }
        Ok(names)
    }

    /// `every Monday at 08:00`
    pub fn in_words(&self, words: &Words) -> String {
        match self {
            Self::Rule(cadence) => words.rule(cadence),
            Self::Id(id) => id.clone(),
        }
    }
}
