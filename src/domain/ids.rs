//! Names that people choose for things (`acme`, `weekly-olena`), each its own type so that none is passed for another,
//! and the numbers that the database gives to what Callbrief makes itself.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text can't be an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an id has 1 to 64 characters: lower-case letters, digits, `-`, `_` and `.`, and begins with a letter or digit"
)]
pub struct InvalidId;

fn check(text: &str) -> Result<(), InvalidId> {
    let first_fits = text.chars().next().is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let rest_fits = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.'));
    if first_fits && rest_fits && text.len() <= 64 { Ok(()) } else { Err(InvalidId) }
}

macro_rules! chosen_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads an id as people write it.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                check(text)?;
                Ok(Self(text.to_owned()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                check(&text)?;
                Ok(Self(text))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

chosen_id!(
    /// A project: the tenant. What belongs to one is never seen by another.
    ProjectId
);
chosen_id!(
    /// A person or post-box that may receive things.
    ContactId
);
chosen_id!(
    /// A named choice of sections and filters; belongs to no project.
    ReportId
);
chosen_id!(
    /// Who gets which report when.
    ScheduleId
);

chosen_id!(
    /// When somebody works: hours and days off.
    CalendarId
);

chosen_id!(
    /// One of a project's balances: `project`, `forwarding` or what the provider calls it.
    BalanceName
);

macro_rules! given_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    };
}

given_id!(
    /// The database's number of a project, used wherever rows are many.
    ProjectKey
);
given_id!(
    /// The work for one occurrence of a schedule.
    RunId
);
given_id!(
    /// One thing to tell.
    NoticeId
);
given_id!(
    /// A document as one kind of reader may see it.
    VariantId
);
given_id!(
    /// One notice for one address on one channel.
    DeliveryId
);
given_id!(
    /// A folded call.
    CallKey
);
