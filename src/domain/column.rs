//! Columns of machine tables: what a value is, so that a format which has types (a spreadsheet) can set it without knowing
//! the section it comes from.

use serde::{Deserialize, Serialize};

use super::cadence::Weekday;

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
        ("agent_name", Text),
        ("agent_id", Text),
        ("kind", Word),
        ("reason", Word),
        ("client_number", Phone),
        ("tries", Count),
        ("waited_sec", Seconds),
        ("first_missed_at", Instant),
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
        ("attempts", Count),
        ("last_attempt_at", Instant),
        ("reached_at", Instant),
        ("answered_share", Ratio),
        ("talk_sec", Seconds),
        ("talk_avg_sec", Seconds),
        ("rang_colleague_answered", Count),
        ("rang_caller_lost", Count),
        ("called_back", Count),
        ("outbound", Count),
        ("outbound_reached", Count),
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

/// The kind of a column, as the tables here say. Every column is in one of them: a test of the sections makes sure.
pub fn kind_of(name: &str) -> ColumnKind {
    let listed = COLUMNS.iter().chain(CALL_COLUMNS).find(|(known, _)| *known == name);
    listed.map_or(ColumnKind::Text, |(_, kind)| *kind)
}

/// The message that says what people call a column.
pub fn head_id(name: &str) -> String {
    format!("table-{}", name.replace('_', "-"))
}

/// The message that says a canonical word of a column ([`ColumnKind::Word`]).
pub fn word_id(column: &str, word: &str) -> String {
    match (column, Weekday::parse(word)) {
        ("weekday", Some(day)) => format!("weekday-long-{}", day.index() + 1),
        ("reason", _) => format!("missed-{}", word.replace('_', "-")),
        _ => format!("{column}-{word}").replace('_', "-"),
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
        assert_eq!(in_order(["calls", "reason", "share"]), ["reason", "calls", "share"]);
        let waiting = ["attempts", "client_number", "first_missed_at", "source", "tries", "waited_sec"];
        assert_eq!(
            in_order(waiting),
            ["client_number", "tries", "waited_sec", "first_missed_at", "source", "attempts"],
            "who waits stands first"
        );
    }

    #[test]
    fn words_have_messages_of_their_own() {
        assert_eq!(word_id("weekday", "mon"), "weekday-long-1");
        assert_eq!(word_id("reason", "no_answer_or_busy"), "missed-no-answer-or-busy");
        assert_eq!(word_id("answered_by", "human"), "answered-by-human");
        assert_eq!(
            (head_id("waited_sec"), kind_of("waited_sec")),
            ("table-waited-sec".to_owned(), ColumnKind::Seconds)
        );
    }
}
