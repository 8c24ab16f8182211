//! What is read of a thousand projects at once. On Postgres they are asked for as spans of their keys: one walk along an index
//! finds a thousand neighbours for a tenth of what a thousand look-ups cost (where keys lie far apart each is a span of its own, and
//! it costs what look-ups do), and rows come as one list a column. On SQLite they come as one JSON list.

use std::collections::HashSet;

use serde::{Deserialize, Deserializer};

use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;

/// Keys so near to each other share a span; what lies between them is read in vain.
const NEAR: i64 = 4;

pub(super) fn keys_of(projects: &[ProjectKey]) -> Vec<i64> {
    projects.iter().map(|key| key.0).collect()
}

/// Spans of keys, both ends in them, in order. They may hold projects that nobody asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spans {
    pub first: Vec<i64>,
    pub last: Vec<i64>,
    asked: HashSet<i64>,
}

impl Spans {
    pub fn of(projects: &[ProjectKey]) -> Self {
        let mut keys = keys_of(projects);
        keys.sort_unstable();
        let asked = keys.iter().copied().collect();
        let mut spans = Self { first: Vec::new(), last: Vec::new(), asked };
        for key in keys {
            match spans.last.last_mut() {
                Some(last) if key - *last <= NEAR => *last = key,
                _ => {
                    spans.first.push(key);
                    spans.last.push(key);
                }
            }
        }
        spans
    }

    /// The rows of projects that were asked for, a project after the other: the same question has the same answer, whatever way
    /// the database went.
    pub fn only<T>(self, rows: Vec<T>, project: impl Fn(&T) -> i64) -> Vec<T> {
        let mut rows: Vec<T> = rows.into_iter().filter(|row| self.asked.contains(&project(row))).collect();
        rows.sort_by_key(|row| project(row));
        rows
    }
}

/// Rows that come as one list a column, since a row costs more to hand over than to find:
/// `columns! { Columns of Row { name: Type, … } }`. The statement gives a list for each name, all of one length and without nulls
/// as a whole (`coalesce(array_agg(…), '{}')`).
macro_rules! columns {
    ($columns:ident of $row:ident { $($name:ident: $kind:ty),+ $(,)? }) => {
        #[derive(Debug, sqlx::FromRow)]
        struct $columns { $($name: Vec<$kind>),+ }

        impl $columns {
            fn rows(self) -> Result<Vec<$row>, $crate::store::StoreError> {
                $(let mut $name = self.$name.into_iter();)+
                let mut rows = Vec::new();
                loop {
                    rows.push(match ($($name.next(),)+) {
                        ($(Some($name),)+) => $row { $($name),+ },
                        ($($crate::store::bulk::columns!(@none $name),)+) => return Ok(rows),
                        _ => return $crate::store::stored(stringify!($columns), Err("lists of different lengths")),
                    });
                }
            }
        }
    };
    (@none $name:ident) => { None };
}
pub(super) use columns;

/// Microseconds in a JSON list.
pub(super) fn instant<'de, D: Deserializer<'de>>(packed: D) -> Result<Instant, D::Error> {
    i64::deserialize(packed).map(Instant::from_micros)
}

/// The same, or null.
pub(super) fn some_instant<'de, D: Deserializer<'de>>(packed: D) -> Result<Option<Instant>, D::Error> {
    Option::<i64>::deserialize(packed).map(|micros| micros.map(Instant::from_micros))
}

/// 1 or 0 in a JSON list.
pub(super) fn is_one<'de, D: Deserializer<'de>>(packed: D) -> Result<bool, D::Error> {
    u8::deserialize(packed).map(|one| one == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_span_and_strangers_do_not() {
        let spans = |keys: &[i64]| {
            let Spans { first, last, .. } = Spans::of(&keys.iter().copied().map(ProjectKey).collect::<Vec<_>>());
            first.into_iter().zip(last).collect::<Vec<_>>()
        };
        assert_eq!(spans(&[]), []);
        assert_eq!(spans(&[9, 7, 8, 1, 13, 18]), [(1, 1), (7, 13), (18, 18)]);
        assert_eq!(spans(&[5, 5]), [(5, 5)]);
        // However they lie, what is read in vain stays a few times what was asked for.
        let read: i64 = spans(&(0..100).map(|n| n * NEAR).collect::<Vec<_>>()).iter().map(|(a, b)| b - a + 1).sum();
        assert_eq!(read, 99 * NEAR + 1);
    }

    #[derive(Debug, PartialEq)]
    struct Pair {
        left: i64,
        right: Option<String>,
    }
    columns! { Pairs of Pair { left: i64, right: Option<String> } }

    #[test]
    fn lists_of_one_length_are_rows_and_others_are_refused() {
        let pairs = |right: &[Option<&str>]| Pairs {
            left: vec![1, 2],
            right: right.iter().map(|one| one.map(str::to_owned)).collect(),
        };
        let rows = pairs(&[None, Some("b")]).rows().expect("of one length");
        assert_eq!(rows, [Pair { left: 1, right: None }, Pair { left: 2, right: Some("b".to_owned()) }]);
        for wrong in [&[None][..], &[None, None, None], &[]] {
            assert!(pairs(wrong).rows().is_err(), "{wrong:?}");
        }
        assert_eq!(Pairs { left: Vec::new(), right: Vec::new() }.rows().expect("none"), []);
    }
}
