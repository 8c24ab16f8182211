//! Reports as people named them: sections, filters, options. Presets need no row.

use super::{Damage, Named, Session, Sql, Store, StoreError};
use super::{execute, fetch_all, fetch_optional, json, sql, stored};
use crate::domain::instant::Instant;
use crate::domain::report_spec::{self, ReportSpec};

const LIST: Sql = sql!("reports/list");
const NAMED: Sql = sql!(twin "reports/named");
const SAVE: Sql = sql!("reports/save");
const RETIRE: Sql = sql!("reports/retire");

#[derive(Debug, sqlx::FromRow)]
struct ReportRow {
    id: String,
    sections: String,
    filters: String,
    options: String,
    applied_by: Option<String>,
}

impl ReportRow {
    fn read(self) -> Result<ReportSpec, StoreError> {
        Ok(ReportSpec {
            id: self.id,
            sections: stored("list of sections", serde_json::from_str(&self.sections))?,
            filters: stored("filters", serde_json::from_str(&self.filters))?,
            options: stored("options", serde_json::from_str(&self.options))?,
        })
    }
}

impl Session {
    /// The report of this name: what was applied, else the preset.
    pub async fn report_spec(&mut self, name: &str) -> Result<Option<ReportSpec>, StoreError> {
        match fetch_optional!(self, NAMED, ReportRow, json(&[name]))? {
            Some(row) => row.read().map(Some),
            None => Ok(report_spec::preset(name)),
        }
    }

    /// The reports of these names: what was applied, else the presets.
    pub async fn report_specs_named(&mut self, names: &[&str]) -> Result<Named<ReportSpec>, StoreError> {
        let presets = names.iter().filter_map(|name| Some(((*name).to_owned(), Ok(report_spec::preset(name)?))));
        let mut specs: Named<ReportSpec> = presets.collect();
        for row in fetch_all!(self, NAMED, ReportRow, json(&names))? {
            specs.insert(row.id.clone(), Damage::or(row.read())?);
        }
        Ok(specs)
    }

    /// Every applied report that isn't retired, by id; presets aside.
    pub async fn report_specs(&mut self) -> Result<Vec<ReportSpec>, StoreError> {
        fetch_all!(self, LIST, ReportRow)?.into_iter().map(ReportRow::read).collect()
    }

    /// The same, each with the file that keeps it.
    pub(crate) async fn kept_reports(&mut self) -> Result<Vec<(ReportSpec, Option<String>)>, StoreError> {
        fetch_all!(self, LIST, ReportRow)?
            .into_iter()
            .map(|mut row| {
                let file = row.applied_by.take();
                Ok((row.read()?, file))
            })
            .collect()
    }

    /// Makes the report or changes it to this.
    pub(crate) async fn save_report(
        &mut self,
        spec: &ReportSpec,
        file: Option<&str>,
        now: Instant,
    ) -> Result<(), StoreError> {
        let (sections, filters, options) = (json(&spec.sections), json(&spec.filters), json(&spec.options));
        execute!(self, SAVE, spec.id.as_str(), sections.as_str(), filters.as_str(), options.as_str(), file, now)?;
        Ok(())
    }

    /// Retires the report of this name.
    pub(crate) async fn retire_report(&mut self, id: &str, now: Instant) -> Result<(), StoreError> {
        execute!(self, RETIRE, id, now).map(|_| ())
    }
}

impl Store {
    /// The report of this name: what was applied, else the preset.
    pub async fn report_spec(&self, name: &str) -> Result<Option<ReportSpec>, StoreError> {
        self.read().await?.report_spec(name).await
    }

    /// Every applied report that isn't retired, by id; presets aside.
    pub async fn report_specs(&self) -> Result<Vec<ReportSpec>, StoreError> {
        self.read().await?.report_specs().await
    }
}
