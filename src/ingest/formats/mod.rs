//! What rows mean, format by format. A format reads one row of text into an [`Item`], or says what is wrong with it; how
//! rows are found in a file is `file`'s work, and what becomes of items is `intake`'s.

pub(crate) mod native;
pub(crate) mod voys;

use crate::domain::fold::Ranked;
use crate::domain::phone::Region;
use crate::zones::Zone;

/// What one row is.
#[derive(Debug)]
pub(crate) enum Item {
    /// A whole call.
    Call(Box<Ranked>),
    /// A notification, of which several make a call.
    Event(Box<voys::Notification>),
}

/// What a row is read with.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub project: String,
    pub source: String,
    pub zone: Zone,
    /// Assumed for numbers without a country code.
    pub region: Option<Region>,
}

/// What was noticed in rows that could be read nevertheless.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noticed {
    pub unknown_status: Option<String>,
    pub bad_text: bool,
    pub ambiguous_time: bool,
}
