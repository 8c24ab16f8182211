//! Facts from a CSV file: entries, and balances as rows of kind `balance`. What can't be read is set aside with its line
//! and reason and stops nobody else.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};

use super::{check_entry, check_time, read_time};
use crate::domain::balance::{Entry, EntryKind};
use crate::domain::brief::shortened;
use crate::domain::delimiter;
use crate::domain::ids::BalanceName;
use crate::domain::instant::Instant;
use crate::domain::lines::Lines;
use crate::domain::money::Amount;
use crate::zones::Zone;

/// The word of rows that tell what there was.
const BALANCE: &str = "balance";
/// So much of the beginning shows what parts fields.
const START_BYTES: usize = 64 * 1024;
const COLUMNS: [&str; 6] = ["id", "at", "kind", "amount", "what", "balance"];

/// Letters of a value that is told.
const LONGEST_SHOWN: usize = 80;

/// One row that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetRow {
    /// What there was at a moment.
    Balance { name: BalanceName, amount: Amount, as_of: Instant },
    /// What moved it.
    Entry { name: BalanceName, entry: Entry },
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Each with its line.
    pub rows: Vec<(u64, SheetRow)>,
    pub set_aside: Vec<SetAside>,
}

/// A row that isn't taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    pub line: u64,
    /// Empty: the row as a whole.
    pub column: String,
    pub value: String,
    pub why: String,
}

impl std::fmt::Display for SetAside {
    /// `line 3, at `soon`: …`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { line, column, value, why } = self;
        let place =
            if column.is_empty() { String::new() } else { format!(", {column} `{}`", shortened(value, LONGEST_SHOWN)) };
        write!(f, "line {line}{place}: {why}")
    }
}

/// Why a file can't be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    #[error(
        "line 1: the column `{0}` is missing; a sheet has the columns id, at, kind, amount and, if you like, what and balance"
    )]
    MissingColumn(&'static str),
    #[error("line 1: `{0}` is no column of a sheet; they are id, at, kind, amount, what and balance")]
    UnknownColumn(String),
    #[error("it can't be read: {0}")]
    Unreadable(#[from] csv::Error),
}

/// Reads a sheet whose times without an offset are of `zone`, and whose rows without a balance are of `name`; fields are
/// parted as the first line shows.
pub fn read_sheet(file: impl Read, zone: &Zone, name: Option<&BalanceName>, now: Instant) -> Result<Sheet, SheetError> {
    let mut file = BufReader::with_capacity(START_BYTES, Lines::new(file));
    let (delimiter, skipped) = delimiter::found(file.fill_buf().map_err(csv::Error::from)?);
    for _ in 0..skipped {
        file.read_until(b'\n', &mut Vec::new()).map_err(csv::Error::from)?;
    }
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::Headers).delimiter(delimiter).from_reader(file);
    let head = reader.headers()?.clone();
    let places = places(&head, name.is_some())?;
    let mut sheet = Sheet::default();
    loop {
        let mut record = csv::ByteRecord::new();
        let before = reader.position().line();
        if !reader.read_byte_record(&mut record)? {
            return Ok(sheet);
        }
        let line = skipped + first_line(&record, before, reader.position().line());
        let Ok(record) = csv::StringRecord::from_byte_record(record) else {
            sheet.set_aside.push(whole(line, "it isn't UTF-8; save the sheet as “CSV UTF-8”".to_owned()));
            continue;
        };
        if record.iter().all(is_blank) {
            continue;
        }
        if !record.iter().skip(head.len()).all(is_blank) {
            let (fields, columns) = (record.len(), head.len());
            let why = format!(
                "it has {fields} fields, and the first line names {columns} columns; a sum has a point, and a text with the sign \
                 that parts fields stands in quotation marks"
            );
            sheet.set_aside.push(whole(line, why));
            continue;
        }
        let cell = |column: &str| places.get(column).and_then(|place| record.get(*place)).unwrap_or_default().trim();
        match row(&cell, zone, name, now) {
            Ok(row) => sheet.rows.push((line, row)),
            Err((column, why)) => {
                let (column, value) = (column.to_owned(), cell(column).to_owned());
                sheet.set_aside.push(SetAside { line, column, value, why });
            }
        }
    }
}

/// Where a record begins that was read between two lines: the reader passes over empty ones before it, and a quoted field may
/// have several.
fn first_line(record: &csv::ByteRecord, before: u64, after: u64) -> u64 {
    let inside: usize = record.iter().map(|field| field.iter().filter(|byte| **byte == b'\n').count()).sum();
    after.saturating_sub(1 + inside as u64).max(before)
}

fn is_blank(field: &str) -> bool {
    field.trim().is_empty()
}

fn whole(line: u64, why: String) -> SetAside {
    SetAside { line, column: String::new(), value: String::new(), why }
}

fn places(head: &csv::StringRecord, has_name: bool) -> Result<BTreeMap<&'static str, usize>, SheetError> {
    let mut places = BTreeMap::new();
    for (place, written) in head.iter().enumerate() {
        let name = written.trim_start_matches('\u{feff}').to_lowercase();
        let known = COLUMNS.iter().find(|column| **column == name);
        places.insert(*known.ok_or_else(|| SheetError::UnknownColumn(shortened(written, LONGEST_SHOWN)))?, place);
    }
    let needed = ["id", "at", "kind", "amount"].into_iter().chain((!has_name).then_some("balance"));
    for column in needed {
        if !places.contains_key(column) {
            return Err(SheetError::MissingColumn(column));
        }
    }
    Ok(places)
}

type Wrong = (&'static str, String);

fn row<'a>(
    cell: &impl Fn(&str) -> &'a str,
    zone: &Zone,
    name: Option<&BalanceName>,
    now: Instant,
) -> Result<SheetRow, Wrong> {
    let name = match (cell("balance"), name) {
        ("", Some(name)) => name.clone(),
        ("", None) => return Err(("balance", "it is empty; --balance names one for all rows".to_owned())),
        (written, _) => BalanceName::parse(written).map_err(|why| ("balance", why.to_string()))?,
    };
    let at = read_time(cell("at"), zone).map_err(|why| ("at", why))?;
    let amount = Amount::parse(cell("amount")).map_err(|why| ("amount", why.to_string()))?;
    if cell("kind") == BALANCE {
        check_time(at, now).map_err(|why| ("at", why.to_string()))?;
        return Ok(SheetRow::Balance { name, amount, as_of: at });
    }
    let kind = EntryKind::parse(cell("kind")).ok_or_else(|| {
        let words = EntryKind::ALL.map(EntryKind::name).join(", ");
        ("kind", format!("the kinds are {words}, and {BALANCE} for what there was"))
    })?;
    let entry = Entry { id: cell("id").to_owned(), at, kind, amount, what: cell("what").to_owned() };
    check_entry(&entry, now).map_err(|why| (why.part(), why.to_string()))?;
    Ok(SheetRow::Entry { name, entry })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::Zones;

    fn read(text: &str, name: Option<&str>) -> Result<Sheet, SheetError> {
        let zone = Zones::load().get("Europe/Kyiv").expect("a zone");
        let name = name.map(|name| BalanceName::parse(name).expect("a name"));
        let now = Instant::parse_rfc3339("2026-06-01T12:00:00Z").expect("a time");
        read_sheet(text.as_bytes(), &zone, name.as_ref(), now)
    }

    #[test]
    fn rows_are_entries_and_balances() {
        let sheet = read(
            "\u{feff}id,at,kind,amount,what,balance\nu1,2026-05-31,usage,6.10,calls to mobiles,forwarding\n,2026-06-01T08:00,balance,-4.20,,project\n\n",
            None,
        )
        .expect("it is read");
        assert_eq!(sheet.set_aside, []);
        let SheetRow::Entry { name, entry } = &sheet.rows[0].1 else { panic!("{sheet:?}") };
        assert_eq!((name.as_str(), entry.at.to_string().as_str()), ("forwarding", "2026-05-30T21:00:00Z"));
        assert_eq!((entry.kind, entry.amount.to_string().as_str()), (EntryKind::Usage, "6.10"));
        let SheetRow::Balance { amount, as_of, .. } = &sheet.rows[1].1 else { panic!("{sheet:?}") };
        assert_eq!((amount.to_string().as_str(), as_of.to_string().as_str()), ("-4.20", "2026-06-01T05:00:00Z"));
    }

    #[test]
    fn what_cannot_be_read_is_set_aside_and_the_rest_goes_on() {
        let rows = [
            "1,2026-05-31,spend,6.10",
            "2,31.05.2026,usage,6.10",
            "3,2026-05-31,usage,\"6,10\"",
            "4,2026-05-31,usage,-6.10",
            ",2026-05-31,usage,6.10",
            "6,2026-05-31,usage",
            "7,2026-05-31,usage,6.10",
            "8,2026-05-31,usage,6,10",
            "9,2026-05-31,usage,6.10,",
            "10,2026-06-02,topup,6.10",
            "11,2026-06-02,fixed,6.10",
            ",2026-06-02,balance,6.10",
        ];
        let sheet = read(&format!("id,at,kind,amount\n{}\n", rows.join("\n")), Some("forwarding")).expect("it is read");
        let rows: Vec<u64> = sheet.rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(rows, [8, 10, 12]);
        let told: Vec<(u64, &str)> = sheet.set_aside.iter().map(|row| (row.line, row.column.as_str())).collect();
        let wanted = [(2, "kind"), (3, "at"), (4, "amount"), (5, "amount"), (6, "id"), (7, "amount")];
        assert_eq!(told, [wanted.as_slice(), &[(9, ""), (11, "at"), (13, "at")]].concat());
    }

    #[test]
    fn fields_are_parted_as_the_first_line_shows() {
        for text in
            ["id;at;kind;amount\n1;2026-05-31;usage;6.10\n", "sep=;\nid;at;kind;amount\n1;2026-05-31;usage;6.10\n"]
        {
            let sheet = read(text, Some("forwarding")).expect("it is read");
            let lines: Vec<u64> = sheet.rows.iter().map(|(line, _)| *line).collect();
            assert_eq!((lines, sheet.set_aside), (vec![text.lines().count() as u64], vec![]), "{text}");
        }
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        let head = "id,at,kind,amount";
        let good = "a,2026-05-01T10:00:00Z,topup,10.00";
        for end in ["\n", "\r\n", "\r"] {
            let rows = [
                head,
                "",
                good,
                "\"b\",\"so\non\",topup,1",
                "c,2026-05-02T10:00:00Z,topup,\"5\"",
                "",
                "",
                "d,2026-05-03T10:00:00Z,topup,x",
            ];
            let sheet = read(&rows.join(end), Some("main")).expect("readable");
            let lines: Vec<u64> = sheet.rows.iter().map(|(line, _)| *line).collect();
            let aside: Vec<u64> = sheet.set_aside.iter().map(|row| row.line).collect();
            assert_eq!((lines, aside), (vec![3, 6], vec![4, 9]), "{end:?}");
        }
    }

    #[test]
    fn a_sheet_with_other_columns_is_refused() {
        assert!(matches!(read("id,at,amount\n", Some("x")), Err(SheetError::MissingColumn("kind"))));
        assert!(matches!(read("id,at,kind,amount\n", None), Err(SheetError::MissingColumn("balance"))));
        assert!(matches!(read("id,at,kind,amount,sum\n", Some("x")), Err(SheetError::UnknownColumn(_))));
    }
}
