//! Rows that a document leaves out, and what it says of them: that depends on what goes with the mail, which nobody knows
//! before it is made.

use serde::{Deserialize, Serialize};

use super::document::{Block, Document, LongTable, Table};
use super::schedule::Format;

/// Both ways to say that rows were cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Where nothing attached has them.
    pub plain: String,
    /// Where something has.
    pub attached: String,
}

impl Cut {
    fn said(&self, is_attached: bool) -> String {
        if is_attached { self.attached.clone() } else { self.plain.clone() }
    }
}

impl Document {
    /// Whether rows that it leaves out stand in none of these files.
    pub fn lacks_rows_in(&self, formats: &[Format]) -> bool {
        self.blocks.iter().any(|block| {
            let is_held = |is_printed: bool| formats.iter().any(|format| holds(*format, is_printed));
            match block {
                Block::Table(table) => table.cut.is_some() && !is_held(false),
                Block::List(list) => list.is_cut() && !is_held(list.table.cut.is_none()),
                _ => false,
            }
        })
    }

    /// Says of what it leaves out whether these files, which go with it, have it.
    pub fn goes_with(&mut self, formats: &[Format]) {
        let has_tables = formats.iter().any(|format| format.has_tables());
        for block in &mut self.blocks {
            match block {
                Block::Table(table) => table.says(has_tables),
                Block::List(list) => list.say(formats, has_tables),
                _ => {}
            }
        }
    }
}

/// Whether a file has every row of a table, which is printed whole or not.
fn holds(format: Format, is_printed: bool) -> bool {
    format.has_tables() || (format == Format::Pdf && is_printed)
}

impl Table {
    fn says(&mut self, is_attached: bool) {
        if let Some(cut) = &self.cut {
            self.more = Some(cut.said(is_attached));
        }
    }
}

impl LongTable {
    fn is_cut(&self) -> bool {
        self.mail_cut.is_some() || self.table.cut.is_some()
    }

    fn say(&mut self, formats: &[Format], has_tables: bool) {
        let is_printed = self.table.cut.is_none();
        self.table.says(has_tables);
        if let Some(cut) = &self.mail_cut {
            self.mail_more = Some(cut.said(formats.iter().any(|format| holds(*format, is_printed))));
        }
    }
}
