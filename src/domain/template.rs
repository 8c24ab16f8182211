//! A schedule that stands for many projects, as people wrote it.

use std::fmt;

use super::ids::ScheduleId;
use super::project::Project;

/// Which projects a template stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Every project.
    All,
    /// Each project with one of these labels.
    Labels(Vec<String>),
}

impl Choice {
    /// Whether it stands for this project.
    pub fn has(&self, project: &Project) -> bool {
        match self {
            Self::All => true,
            Self::Labels(labels) => project.settings.labels.iter().any(|label| labels.contains(label)),
        }
    }
}

/// As a set-up file writes it: `projects = "*"`.
impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("projects = \"*\""),
            Self::Labels(labels) => write!(f, "projects = {{ label = {labels:?} }}"),
        }
    }
}

/// A template. Its schedules are `TEMPLATE.PROJECT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub id: ScheduleId,
    pub choice: Choice,
    /// Its `[[schedule]]`, every key as it was written, as one JSON object: it is read anew for each project.
    pub body: String,
}
