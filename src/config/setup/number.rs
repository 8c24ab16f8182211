//! `[[number]]`: `project number label department source medium campaign`, or `project number label ignore=true` for a
//! caller whose calls are left out.

use super::{At, Spot, Table};
use crate::domain::directory::ListedNumber;
use crate::domain::ids::ProjectId;
use crate::domain::phone;

/// A number as the file says it.
#[derive(Clone, Debug)]
pub struct NumberEntry {
    pub spot: Spot,
    pub project: At<ProjectId>,
    /// `acme/+380445550101`: what `apply` knows it by.
    pub id: String,
    pub number: ListedNumber,
}

pub(super) fn read(table: &Table<'_>) -> Option<NumberEntry> {
    let project = table.need("project").and_then(|value| Some(value.at(value.parsed(ProjectId::parse)?)));
    let number = table.need("number").and_then(|value| {
        value.parsed(|text| match phone::e164(text, None).filter(|_| text.trim().starts_with('+')) {
            Some(number) => Ok(number),
            None => Err(format!("`{text}` isn't a number in international form, such as `+380441234567`")),
        })
    });
    let text = |key| table.get(key).and_then(|value| value.line());
    let (label, department) = (text("label"), text("department"));
    let (source, medium, campaign) = (text("source"), text("medium"), text("campaign"));
    let ignore = table.get("ignore").and_then(|value| value.boolean()).unwrap_or(false);
    if ignore {
        for key in ["department", "source", "medium", "campaign"] {
            if let Some(value) = table.get(key) {
                value.wrong("calls from this number are left out (`ignore = true`), so it says nothing about them");
            }
        }
    }
    let (project, number) = (project?, number?);
    Some(NumberEntry {
        spot: table.place.spot(),
        id: format!("{}/{number}", project.value),
        project,
        number: ListedNumber { number, label, department, source, medium, campaign, ignore },
    })
}
