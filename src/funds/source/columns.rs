//! The columns that each kind of query gives, and where they stand in a row. Names are read without regard to case, because
//! some databases write them all in capitals.

use std::collections::BTreeMap;

use crate::store::external::Cell;

/// A kind of fact that a source tells by a query of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Balances,
    Entries,
    Standings,
}

impl Kind {
    /// All, in the order in which they are asked.
    pub const ALL: [Self; 3] = [Self::Balances, Self::Entries, Self::Standings];

    /// The key of its query in the settings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Balances => "balances",
            Self::Entries => "entries",
            Self::Standings => "standings",
        }
    }

    /// Its columns, with what each means: a query that gives one row of an example.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Balances => include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/sources/balances.sql")),
            Self::Entries => include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/sources/entries.sql")),
            Self::Standings => include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/sources/standings.sql")),
        }
    }

    /// Columns without which there is no fact, and those that may be missing.
    pub const fn columns(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Balances => (
                &["project", "balance", "amount", "as_of"],
                &["currency", "credit_limit", "auto_topup_below", "auto_topup_amount"],
            ),
            Self::Entries => (&["project", "balance", "id", "at", "kind", "amount"], &["what"]),
            Self::Standings => (&["project", "status", "as_of"], &["paid_until"]),
        }
    }
}

/// Where the columns of a query stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    places: BTreeMap<&'static str, usize>,
    pub(super) missing: Vec<&'static str>,
    pub(super) unknown: Vec<String>,
}

impl Places {
    pub(super) fn of(kind: Kind, names: &[String]) -> Self {
        let (needed, others) = kind.columns();
        let mut places = Self::default();
        for (at, name) in names.iter().enumerate() {
            let known = needed.iter().chain(others).find(|known| known.eq_ignore_ascii_case(name));
            match known.filter(|known| !places.places.contains_key(*known)) {
                Some(known) => {
                    places.places.insert(known, at);
                }
                None => places.unknown.push(name.clone()),
            }
        }
        places.missing = needed.iter().copied().filter(|needed| !places.places.contains_key(needed)).collect();
        places
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.places.contains_key(column)
    }

    /// The value of a column; NULL where there is no such column.
    pub(super) fn cell<'r>(&self, row: &'r [Cell], column: &str) -> &'r Cell {
        self.places.get(column).and_then(|at| row.get(*at)).unwrap_or(&Cell::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_give_exactly_the_columns() {
        for kind in Kind::ALL {
            let names: Vec<String> = kind
                .example()
                .lines()
                .filter_map(|line| line.split_once(" as ")?.1.split([',', ' ']).next().map(str::to_owned))
                .collect();
            let (needed, others) = kind.columns();
            let mut wanted: Vec<&str> = needed.iter().chain(others).copied().collect();
            let mut shown: Vec<&str> = names.iter().map(String::as_str).filter(|name| wanted.contains(name)).collect();
            wanted.sort_unstable();
            shown.sort_unstable();
            assert_eq!(shown, wanted, "{}", kind.name());
        }
    }

    #[test]
    fn what_is_missing_and_what_nobody_knows_is_named() {
        let names = ["PROJECT", "Balance", "sum", "as_of", "as_of"].map(str::to_owned);
        let places = Places::of(Kind::Balances, &names);
        assert_eq!(places.missing, ["amount"]);
        assert_eq!(places.unknown, ["sum", "as_of"]);
    }
}
