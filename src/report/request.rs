//! What a report is asked to be: one kind of reader's view of one period of one project.

use std::sync::Arc;

use crate::domain::directory::Directory;
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::domain::project::Project;
use crate::domain::report_spec::{ReportSpec, SectionId};
use crate::domain::role::{Rights, Scope};
use crate::domain::run::History;
use crate::domain::slice::SliceRequest;
use crate::zones::Zone;
use crate::zones::working::WorkingTime;

/// One report for one kind of reader. Together with its slice it decides every byte of the document.
#[derive(Clone, Debug)]
pub struct ReportRequest {
    pub project: Project,
    pub spec: ReportSpec,
    /// Decides days and hours; printed in the report.
    pub zone: Zone,
    /// When the project works; `None`: it has no calendar.
    pub calendar: Option<Arc<WorkingTime>>,
    pub period: Period,
    pub compared_with: Option<Period>,
    pub rights: Rights,
    /// BCP 47.
    pub language: String,
    pub made_at: Instant,
    /// When it should have been made, for a scheduled report.
    pub due_at: Option<Instant>,
    pub is_sample: bool,
    /// Words of the run: `gap`, `overlap`, `clamped`, `cut_at_31_days`, `first`.
    pub notes: Vec<String>,
    /// Who is who and which number is which; one for all reports of a project in a batch.
    pub directory: Arc<Directory>,
    /// How the run came to be made when it is, and what the reports before it told.
    pub history: Arc<History>,
}

impl ReportRequest {
    /// The calls that it needs. Readers of one run mostly need the same ones.
    pub fn slice_request(&self) -> SliceRequest {
        SliceRequest {
            project: self.project.key,
            period: self.period,
            compared_with: self.compared_with,
            until: self.made_at,
            with_previous_parts: !self.spec.filters.agent.is_empty()
                || !self.spec.filters.team.is_empty()
                || self.rights.scope != Scope::Project,
            with_records: self.has(SectionId::CallList),
            chooses: !self.spec.filters.is_empty() || self.rights.scope != Scope::Project,
            response_window_hours: self.spec.options.response_window_hours,
            callback_rule: self.spec.options.callback_rule(),
            target_rule: self.spec.options.target_rule(),
            with_facts: self.spec.filters.need_facts(),
        }
    }

    /// Whether the report has this section.
    pub fn has(&self, section: SectionId) -> bool {
        self.spec.sections.contains(&section)
    }
}
