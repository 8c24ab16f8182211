//! Rows whose columns SQLite packed into one text each: integers between commas, nothing for null.

use sqlx::{ColumnIndex, Database, Decode, Row, Type};

use super::super::{StoreError, stored};

/// The packed rows of a span: its number, then `N` columns.
#[derive(Debug)]
pub(super) struct Packed<const N: usize> {
    span: i64,
    columns: [String; N],
}

impl<'r, R: Row, const N: usize> sqlx::FromRow<'r, R> for Packed<N>
where
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    R::Database: Database<Row = R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let mut columns = [const { String::new() }; N];
        for (place, column) in columns.iter_mut().enumerate() {
            *column = row.try_get(place + 1)?;
        }
        Ok(Self { span: row.try_get(0)?, columns })
    }
}

impl<const N: usize> Packed<N> {
    /// The number of the span.
    pub(super) fn number(&self) -> usize {
        usize::try_from(self.span).unwrap_or_default()
    }

    /// Reads row after row of `what`; it can't be what is neither an integer nor blank, nor columns of different lengths.
    pub(super) fn rows<T>(
        &self,
        what: &'static str,
        mut read: impl FnMut([Option<i64>; N]) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut columns = self.columns.each_ref().map(|text| Some(text.as_bytes()));
        let mut rows = Vec::with_capacity(self.columns.first().map_or(0, |text| commas(text) + 1));
        loop {
            let mut row = [None; N];
            for (field, column) in row.iter_mut().zip(&mut columns) {
                *field = stored(what, next(column))?;
            }
            rows.push(read(row)?);
            match columns.iter().filter(|column| column.is_none()).count() {
                0 => {}
                ended if ended == N => return Ok(rows),
                _ => return stored(what, Err(format!("not every column has {} rows", rows.len()))),
            }
        }
    }
}

fn commas(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b',').count()
}

/// Takes the next field off a column; `None` is left of it after the last.
fn next(column: &mut Option<&[u8]>) -> Result<Option<i64>, String> {
    let text = column.take().unwrap_or_default();
    let (is_negative, start) = (text.first() == Some(&b'-'), usize::from(text.first() == Some(&b'-')));
    let mut value = 0_i64;
    let mut at = start;
    while let Some(byte) = text.get(at).filter(|byte| **byte != b',') {
        let digit = i64::from(byte.wrapping_sub(b'0'));
        let more = value.checked_mul(10).and_then(|tens| tens.checked_sub(digit)).filter(|_| digit < 10);
        value = more.ok_or_else(|| not_an_integer(text))?;
        at += 1;
    }
    *column = text.get(at + 1..);
    if at == start {
        return if is_negative { Err(not_an_integer(text)) } else { Ok(None) };
    }
    // Gathered below zero, where there is one more.
    let value = if is_negative { Some(value) } else { value.checked_neg() };
    value.map(Some).ok_or_else(|| not_an_integer(text))
}

fn not_an_integer(text: &[u8]) -> String {
    let field = text.split(|byte| *byte == b',').next().unwrap_or_default();
    format!("`{}` is not an integer", String::from_utf8_lossy(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows<const N: usize>(columns: [&str; N]) -> Result<Vec<[Option<i64>; N]>, String> {
        Packed { span: 0, columns: columns.map(str::to_owned) }.rows("row", Ok).map_err(|error| error.to_string())
    }

    #[test]
    fn blanks_are_null_and_columns_are_whole() {
        assert_eq!(rows(["1,4", ",5", "-3,"]), Ok(vec![[Some(1), None, Some(-3)], [Some(4), Some(5), None]]));
        assert_eq!(rows(["", "7"]), Ok(vec![[None, Some(7)]]));
        assert!(rows(["1,2", "1"]).is_err());
        assert!(rows(["1", "1,2"]).is_err());
        for wrong in ["x", "-", "1x", "1-", "9223372036854775808", "-9223372036854775809", "1.5", " 1"] {
            let why = rows([wrong]).expect_err("no integer");
            assert!(why.contains(&format!("`{wrong}` is not an integer")), "{why}");
        }
        for far in [i64::MIN, i64::MAX] {
            assert_eq!(rows([far.to_string().as_str()]), Ok(vec![[Some(far)]]));
        }
    }
}
