//! What machines get: the contract `callbrief.report/1`, described by `config/guide/report.schema.json`. Names and
//! meanings of a version never change; new ones may be added.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Drawn;
use crate::domain::document::{Document, MachineData};
use crate::domain::figure::{DataStamp, Figure, TableRow};

/// The machine data as JSON; a notice, which has none, says its title and sentence.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    let mut bytes = match &document.data {
        Some(data) if !data.projects.is_empty() => serde_json::to_vec_pretty(&Several {
            schema: "callbrief.reports/1",
            report: &data.report,
            zone: &data.zone,
            period: &data.period_local,
            tables: &data.tables,
            projects: data.projects.iter().map(report).collect(),
        })?,
        Some(data) => serde_json::to_vec_pretty(&report(data))?,
        None => serde_json::to_vec_pretty(&serde_json::json!({
            "schema": "callbrief.notice/1",
            "subject": document.subject,
            "title": document.title,
            "sentence": document.preview,
        }))?,
    };
    bytes.push(b'\n');
    Ok(Drawn { bytes, ..Drawn::default() })
}

/// A report over several projects: each project's own, and what stands side by side. Nothing is added up over currencies.
#[derive(Serialize)]
struct Several<'a> {
    schema: &'static str,
    report: &'a str,
    zone: &'a str,
    period: &'a [String; 2],
    tables: &'a BTreeMap<String, Vec<TableRow>>,
    projects: Vec<Report<'a>>,
}

/// The report in the order of the contract.
#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    project: &'a str,
    report: &'a str,
    zone: &'a str,
    period: &'a [String; 2],
    compared_with: &'a Option<[String; 2]>,
    data: &'a DataStamp,
    figures: &'a BTreeMap<String, Figure>,
    tables: &'a BTreeMap<String, Vec<TableRow>>,
}

fn report(data: &MachineData) -> Report<'_> {
    Report {
        schema: "callbrief.report/1",
        project: &data.project,
        report: &data.report,
        zone: &data.zone,
        period: &data.period_local,
        compared_with: &data.compared_with_local,
        data: &data.stamp,
        figures: &data.figures,
        tables: &data.tables,
    }
}
