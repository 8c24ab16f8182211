//! The last look at a document for readers who may not see whole numbers. Sections mask the numbers they know of; sources
//! also hide a caller's number in texts of their own (a campaign, a name, a tag, a link), and whatever of that became text
//! anywhere in the document is masked here.

use std::collections::HashSet;

use serde_json::Value;

use crate::domain::digits::digit;
use crate::domain::document::{Block, Cell, Document, Link, Table, Text};
use crate::domain::role::Numbers;
use crate::domain::slice::Slice;

use super::mask::Mask;
use super::ours::Ours;
use super::view::View;

/// A number is recognised by so many of its last digits; fewer would be found in any list of figures.
const TAIL: usize = 7;

/// Digits of one number may be apart by so many marks: `(067) 111-22-33`.
const MOST_MARKS: usize = 2;

/// Masks every number of a client that is left in the document.
pub(super) fn redact(document: &mut Document, view: &View<'_>) {
    if let Some(redactor) = Redactor::of(view) {
        redactor.document(document);
    }
}

/// Words of the sender for a call, a visit, a person: half of one would be another one's.
const IDS: &[&str] = &["call_id", "linked_id", "merged_into", "client_id", "visitor_id", "agent_id"];

/// The last digits of everybody outside whom the report can tell of.
fn tails(slice: &Slice) -> HashSet<u32> {
    let calls = slice.calls.iter().chain(&slice.previous).chain(&slice.entry_calls).filter_map(|call| call.client);
    let entries = slice.entries.iter().map(|entry| entry.client);
    let ours = Ours::of(slice);
    let rows = slice.calls.iter().filter_map(|row| Some((row, slice.records.get(&row.key)?)));
    let listed = rows.flat_map(|(row, call)| ours.outside(row, call));
    let numbers = calls.chain(entries).map(|client| client.to_string()).chain(listed);
    numbers.filter_map(|number| number[number.len().checked_sub(TAIL)?..].parse().ok()).collect()
}

/// Masks what is left of the numbers of one project's clients.
pub(super) struct Redactor<'a> {
    mask: &'a Mask,
    tails: HashSet<u32>,
}

impl<'a> Redactor<'a> {
    /// `None`: there is nothing to mask for this reader.
    pub(super) fn of(view: &'a View<'_>) -> Option<Self> {
        if view.mask.numbers == Numbers::Full {
            return None;
        }
        let tails = tails(view.slice);
        (!tails.is_empty()).then_some(Self { mask: &view.mask, tails })
    }

    pub(super) fn document(&self, document: &mut Document) {
        for text in [
            &mut document.subject,
            &mut document.preview,
            &mut document.eyebrow,
            &mut document.title,
            &mut document.period_label,
            &mut document.file_stem,
        ] {
            self.string(text);
        }
        document.blocks.iter_mut().for_each(|block| self.block(block));
        document.foot.iter_mut().for_each(|text| self.text(text));
        if let Some(data) = &mut document.data {
            for row in data.tables.values_mut().flatten() {
                for (name, value) in row.iter_mut().filter(|(name, _)| !name.ends_with("_at")) {
                    self.value(name, value);
                }
            }
        }
    }

    fn block(&self, block: &mut Block) {
        match block {
            Block::Lead(text) | Block::Callout(text) | Block::Paragraph(text) | Block::Note(text) => self.text(text),
            Block::Button { label, link } => {
                self.string(label);
                if self.tells(&link.href()) {
                    *link = Link::Web(String::new());
                }
            }
            Block::Cards(cards) => {
                for card in cards {
                    for text in [&mut card.label, &mut card.value, &mut card.change, &mut card.detail] {
                        self.string(text);
                    }
                }
            }
            Block::Heading { text, caption, .. } => {
                self.string(text);
                caption.iter_mut().for_each(|caption| self.text(caption));
            }
            Block::Table(table) => self.table(table),
            Block::List(list) => self.table(&mut list.table),
            Block::Columns(chart) => {
                self.string(&mut chart.summary);
                chart.bars.iter_mut().for_each(|bar| self.string(&mut bar.label));
            }
            Block::HeatMap(map) => self.string(&mut map.summary),
            Block::Shares(shares) => {
                self.string(&mut shares.summary);
                shares.parts.iter_mut().for_each(|part| self.string(&mut part.label));
            }
            Block::Facts(facts) => {
                for fact in facts {
                    for text in [&mut fact.label, &mut fact.value, &mut fact.detail] {
                        self.string(text);
                    }
                }
            }
        }
    }

    fn table(&self, table: &mut Table) {
        table.rows.iter_mut().chain(&mut table.total).flatten().for_each(|cell| self.cell(cell));
        table.columns.iter_mut().for_each(|column| self.string(&mut column.label));
        table.more.iter_mut().for_each(|more| self.string(more));
        if let Some(cut) = &mut table.cut {
            self.string(&mut cut.plain);
            self.string(&mut cut.attached);
        }
    }

    fn cell(&self, cell: &mut Cell) {
        self.string(&mut cell.text);
        self.link(&mut cell.link);
    }

    fn text(&self, text: &mut Text) {
        for span in &mut text.0 {
            self.string(&mut span.text);
            self.link(&mut span.link);
        }
    }

    /// A link that tells a number leads nowhere without it.
    fn link(&self, link: &mut Option<Link>) {
        if link.as_ref().is_some_and(|link| link.is_tel() || self.tells(&link.href())) {
            *link = None;
        }
    }

    fn value(&self, name: &str, value: &mut Value) {
        match value {
            Value::String(text) if self.tells(text) && (name.ends_with("_url") || IDS.contains(&name)) => {
                *value = Value::Null;
            }
            Value::String(text) => self.string(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(name, item)),
            Value::Object(map) => map.iter_mut().for_each(|(name, item)| self.value(name, item)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// The same for a text that stands alone.
    pub(super) fn string(&self, text: &mut String) {
        if let Some(masked) = self.masked(text) {
            *text = masked;
        }
    }

    fn tells(&self, text: &str) -> bool {
        runs(text).iter().any(|run| self.is_known(run))
    }

    fn masked(&self, text: &str) -> Option<String> {
        let mut masked = String::new();
        let mut done = 0;
        for run in runs(text).iter().filter(|run| self.is_known(run)) {
            masked.push_str(before(&text[done..run.from], &text[run.from..run.to]));
            masked.push_str(&self.mask.number(&run.digits));
            done = run.to;
        }
        (done > 0).then(|| masked + &text[done..])
    }

    fn is_known(&self, run: &Run) -> bool {
        let windows = run.digits.as_bytes().windows(TAIL);
        let number = |digits: &[u8]| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        windows.map(number).any(|tail| self.tails.contains(&tail))
    }
}

/// What stands before a number, without what belongs to it: its plus, the bracket that it closes.
fn before<'t>(text: &'t str, number: &str) -> &'t str {
    let count = |mark| number.matches(mark).count();
    let mut opened = count(')') > count('(');
    let mut text = text;
    loop {
        text = match text.strip_suffix(['+', '\u{ff0b}']) {
            Some(rest) => rest,
            None => match text.strip_suffix('(').filter(|_| std::mem::take(&mut opened)) {
                Some(rest) => rest,
                None => return text,
            },
        };
    }
}

/// Digits in a row, with what may stand between those of a phone number.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    from: usize,
    to: usize,
    digits: String,
}

/// Every run that is long enough to be a number.
fn runs(text: &str) -> Vec<Run> {
    let mut found = Vec::new();
    let mut run = Run { from: 0, to: 0, digits: String::new() };
    let mut marks = 0;
    for (at, letter) in text.char_indices() {
        if let Some(value) = digit(letter) {
            if run.digits.is_empty() {
                run.from = at;
            }
            run.digits.push(char::from(b'0' + value));
            (run.to, marks) = (at + letter.len_utf8(), 0);
        } else if !run.digits.is_empty() && !is_unseen(letter) {
            marks += 1;
            if marks > MOST_MARKS || !is_mark(letter) {
                found.push(std::mem::replace(&mut run, Run { from: 0, to: 0, digits: String::new() }));
            }
        }
    }
    found.push(run);
    found.retain(|run| run.digits.len() >= TAIL);
    found
}

fn is_mark(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '-' | '.' | '/' | '(' | ')' | '_' | '·' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        || matches!(letter, '\u{ff08}' | '\u{ff09}' | '\u{ff0d}' | '\u{ff0e}' | '\u{ff0f}')
}

/// Letters that nobody sees: soft hyphens, joiners, marks of direction.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Words;

    fn masked(text: &str, numbers: Numbers) -> String {
        let mask = Mask { numbers, words: Words::of("en") };
        let redactor = Redactor { mask: &mask, tails: HashSet::from([1_112_233]) };
        redactor.masked(text).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn a_number_inside_any_text_is_masked_however_it_is_written() {
        for text in [
            "sms-380671112233",
            "sms-+380671112233",
            "sms-+38 (067) 111-22-33",
            "sms-(067) 111-22-33",
            "sms-067.111.22.33",
            "sms-067_111–22—33",
            "sms-+067\u{200b}111\u{ad}2233",
            "sms-＋３８０６７１１１２２３３",
            "sms-٠٦٧ ١١١ ٢٢ ٣٣",
            "sms-०६७१११२२३३",
            "sms-⓪⑥⑦①①①②②③③",
        ] {
            assert_eq!(masked(text, Numbers::Last4), "sms-…2233", "{text}");
            assert_eq!(masked(text, Numbers::None), "sms-number hidden", "{text}");
        }
        assert_eq!(masked("+380671112233 twice", Numbers::Last4), "…2233 twice");
        for text in ["380445550101", "2026-11-22, 1112 calls", "111 and 2233", "", "12"] {
            assert_eq!(masked(text, Numbers::None), text);
        }
    }
}
