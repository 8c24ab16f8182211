//! Rows packed into one text by SQLite: integers between commas, rows between semicolons, nothing for null.

/// The rows of a packed text, `N` columns each; `Err` names the row that isn't `N` integers or blanks.
pub(in crate::store) fn rows<const N: usize>(packed: &str) -> Result<Vec<[Option<i64>; N]>, String> {
    packed.split(';').filter(|row| !row.is_empty()).map(row).collect()
}

fn row<const N: usize>(text: &str) -> Result<[Option<i64>; N], String> {
    let mut columns = [None; N];
    let mut place = 0;
    for field in text.split(',') {
        let slot = columns.get_mut(place).ok_or_else(|| format!("`{text}` has more than {N} columns"))?;
        if !field.is_empty() {
            *slot = Some(field.parse().map_err(|_| format!("`{field}` in `{text}` is not an integer"))?);
        }
        place += 1;
    }
    if place == N { Ok(columns) } else { Err(format!("`{text}` has {place} columns, not {N}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_null_and_rows_are_whole() {
        assert_eq!(rows::<3>("1,,-3;4,5,"), Ok(vec![[Some(1), None, Some(-3)], [Some(4), Some(5), None]]));
        assert_eq!(rows::<3>(""), Ok(Vec::new()));
        assert!(rows::<3>("1,2").is_err());
        assert!(rows::<3>("1,2,3,4").is_err());
        assert!(rows::<1>("x").is_err());
    }
}
