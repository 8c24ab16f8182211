//! Columns of machine tables: what a value is, so that a format which has types (a spreadsheet) can set it without knowing
//! the section it comes from.

use serde::{Deserialize, Serialize};

/// What the values of a column are. Any of them may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    Text,
    /// A canonical word: `inbound`, `missed_busy`.
    Word,
    /// A phone number, as text: `+380671112233`.
    Phone,
    /// A whole number.
    Count,
    /// A number that needn't be whole.
    Mean,
    /// A fraction of one.
    Ratio,
    /// Seconds, whole or not.
    Seconds,
    /// RFC 3339 with offset or `Z`.
    Instant,
    /// `2026-11-09`
    Date,
    /// `true` or `false`.
    Flag,
    /// A list of texts.
    List,
    /// A decimal text, in the currency of another column.
    Money,
    /// An `https:` address.
    Link,
}

/// One column of a machine table, in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumn {
    /// As in the rows.
    pub name: String,
    /// In the reader's language.
    pub label: String,
    pub kind: ColumnKind,
}

/// The columns of tables of figures, in the order in which they stand in a table.
pub const COLUMNS: &[(&str, ColumnKind)] = {
    use ColumnKind::{Count, Date, Instant, Mean, Phone, Ratio, Seconds, Text, Word};
    &[
        ("project_id", Text),
        ("project", Text),
        ("date", Date),
        ("weekday", Word),
        ("hour", Count),
        ("agent_id", Text),
        ("agent_name", Text),
        ("team", Text),
        ("source", Text),
        ("medium", Text),
        ("campaign", Text),
        ("calls", Count),
        ("answered", Count),
        ("answer_rate", Ratio),
        ("missed", Count),
        ("target", Count),
        ("share", Ratio),
        ("previous_calls", Count),
        ("previous_answered", Count),
        ("previous_target", Count),
        ("to_call_back", Count),
        ("days", Count),
        ("average", Mean),
        ("client_number", Phone),
        ("tries", Count),
        ("first_missed_at", Instant),
        ("attempts", Count),
        ("last_attempt_at", Instant),
        ("reached_at", Instant),
        ("talk_sec", Seconds),
        ("talk_avg_sec", Seconds),
        ("rang_colleague_answered", Count),
        ("rang_caller_lost", Count),
        ("called_back", Count),
    ]
};

/// The columns that a list of calls may be given, by the names of the canonical record; `agent` and `origin` are made of
/// several of its fields.
pub const CALL_COLUMNS: &[(&str, ColumnKind)] = {
    use ColumnKind::{Flag, Instant, Link, List, Money, Phone, Seconds, Text, Word};
    &[
        ("started_at", Instant),
        ("direction", Word),
        ("client_number", Phone),
        ("status", Word),
        ("agent", Text),
        ("agent_id", Text),
        ("agent_name", Text),
        ("wait_sec", Seconds),
        ("talk_sec", Seconds),
        ("origin", Text),
        ("tracking_number", Phone),
        ("call_id", Text),
        ("project_id", Text),
        ("source", Text),
        ("raw_status", Text),
        ("answered_by", Word),
        ("answered_at", Instant),
        ("ended_at", Instant),
        ("ring_sec", Seconds),
        ("ivr_sec", Seconds),
        ("hold_sec", Seconds),
        ("wrap_sec", Seconds),
        ("duration_sec", Seconds),
        ("from_number", Phone),
        ("to_number", Phone),
        ("queue", Text),
        ("department", Text),
        ("is_target", Flag),
        ("is_first_call", Flag),
        ("is_repeat", Flag),
        ("utm_source", Text),
        ("utm_medium", Text),
        ("utm_campaign", Text),
        ("utm_content", Text),
        ("utm_term", Text),
        ("first_utm_source", Text),
        ("first_utm_medium", Text),
        ("first_utm_campaign", Text),
        ("first_utm_content", Text),
        ("first_utm_term", Text),
        ("landing", Text),
        ("referrer", Text),
        ("client_id", Text),
        ("tags", List),
        ("cost", Money),
        ("currency", Text),
        ("hangup_cause", Text),
        ("ended_by", Text),
        ("linked_id", Text),
        ("merged_into", Text),
        ("region", Text),
        ("category", Text),
        ("rating", Text),
        ("comment", Text),
        ("visitor_id", Text),
        ("id_is_synthetic", Flag),
        ("recording_url", Link),
    ]
};

/// The kind of a column: as the tables here say, else by what its name ends with.
pub fn kind_of(name: &str) -> ColumnKind {
    if let Some((_, kind)) = COLUMNS.iter().chain(CALL_COLUMNS).find(|(known, _)| *known == name) {
        return *kind;
    }
    match name.rsplit('_').next() {
        Some("sec") => ColumnKind::Seconds,
        Some("at") => ColumnKind::Instant,
        Some("rate" | "share") => ColumnKind::Ratio,
        Some("number") => ColumnKind::Phone,
        Some("url") => ColumnKind::Link,
        Some("id" | "name" | "reason" | "label" | "formula" | "unit") => ColumnKind::Text,
        _ if name.starts_with("is_") => ColumnKind::Flag,
        _ => ColumnKind::Count,
    }
}

/// These names in the order of [`COLUMNS`]; unknown ones at the end, by name.
pub fn in_order<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let place = |name: &str| COLUMNS.iter().position(|(known, _)| *known == name).unwrap_or(COLUMNS.len());
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.cmp(b)));
    names.dedup();
    names
}

/// What a list of calls shows when nobody chose.
pub const USUAL_CALL_COLUMNS: &[&str] =
    &["started_at", "direction", "client_number", "status", "agent", "wait_sec", "talk_sec", "origin"];

/// What a reader needs beyond the calls themselves to see a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    Money,
    Recordings,
}

/// The right that a column of the list of calls needs; `None`: everybody who sees the list sees it.
pub fn right_for(column: &str) -> Option<Right> {
    match column {
        "cost" | "currency" => Some(Right::Money),
        "recording_url" => Some(Right::Recordings),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_column_is_named_twice_and_the_usual_ones_exist() {
        for table in [COLUMNS, CALL_COLUMNS] {
            for (n, (name, _)) in table.iter().enumerate() {
                assert!(table[..n].iter().all(|(other, _)| other != name), "{name}");
            }
        }
        let known: Vec<&str> = CALL_COLUMNS.iter().map(|(name, _)| *name).collect();
        assert!(USUAL_CALL_COLUMNS.iter().all(|name| known.contains(name)));
        assert_eq!(in_order(["zz", "calls", "date"]), ["date", "calls", "zz"]);
    }

    #[test]
    fn a_name_nobody_listed_is_known_by_its_ending() {
        assert_eq!(kind_of("first_response_sec"), ColumnKind::Seconds);
        assert_eq!(kind_of("seen_at"), ColumnKind::Instant);
        assert_eq!(kind_of("is_new"), ColumnKind::Flag);
        assert_eq!(kind_of("anything"), ColumnKind::Count);
    }
}
