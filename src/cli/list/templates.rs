//! Templates that have made no schedule yet: they stand all the same, and would be looked for in vain.

use serde_json::{Value, json};

use crate::store::templates::StoredTemplate;

/// A template's cells in the table of schedules, and the same as JSON. What its schedules have (a zone, readers, a next date) it
/// hasn't.
pub(super) fn shown(stored: &StoredTemplate) -> ([String; 3], Value) {
    let written: Value = serde_json::from_str(&stored.body).unwrap_or_default();
    let report = written["report"].as_str().unwrap_or_default();
    let recipients: Vec<&str> =
        written["recipients"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let cells = [
        format!("{}\na template\n{report} of {}", stored.id, chosen(&written["projects"])),
        recipients.join("\n"),
        "(no project has it yet)".to_owned(),
    ];
    let shown = json!({
        "id": stored.id, "is_template": true, "stands_for": written["projects"], "project": null, "projects": [],
        "report": report, "recipients": [], "next": null, "waiting": [], "applied_by": stored.applied_by,
        "written": written,
    });
    (cells, shown)
}

/// Which projects it stands for, in words.
fn chosen(projects: &Value) -> String {
    let labels = match &projects["label"] {
        Value::String(label) => vec![label.as_str()],
        Value::Array(labels) => labels.iter().filter_map(Value::as_str).collect(),
        _ => return "every project".to_owned(),
    };
    format!("projects with the label {}", labels.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_a_template_stands_for_is_said_in_words() {
        for (projects, said) in [
            (json!("*"), "every project"),
            (json!({ "label": "retail" }), "projects with the label retail"),
            (json!({ "label": ["retail", "hotels"] }), "projects with the label retail or hotels"),
        ] {
            assert_eq!(chosen(&projects), said);
        }
    }
}
