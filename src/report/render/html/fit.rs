//! A mail as long as mail programs show: Gmail hides what comes after 102 kB, and with it the foot that says how we count.
//! What a reader misses least gives way first ([`Stage`]), no more of it than it takes, and its place says how much; files
//! beside the mail keep it all.

use crate::domain::document::{Block, Document, Table, Text};
use crate::i18n::Words;

/// Bytes of a mail's HTML, which leaves room for the recipient's own lines in the foot.
pub(super) const MOST_BYTES: usize = 98_000;

/// What gives way, first to last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Rows of lists: every call.
    Lists,
    /// Rows of the other tables.
    Tables,
    /// Blocks of single projects, quiet ones first.
    Projects,
    /// Lines of the foot, the first of which hold for all.
    Foot,
    /// Rows of the table of all projects.
    Overview,
    /// Rows of what needs a person.
    Exceptions,
}

impl Stage {
    const ALL: [Self; 6] = [Self::Lists, Self::Tables, Self::Projects, Self::Foot, Self::Overview, Self::Exceptions];

    /// What stays however long the mail is.
    fn least(self) -> usize {
        match self {
            Self::Projects => 0,
            Self::Foot => 10,
            Self::Lists | Self::Tables | Self::Overview | Self::Exceptions => 5,
        }
    }

    /// How much of it there is: the most rows of one table, blocks of projects, lines.
    fn in_all(self, document: &Document) -> usize {
        match self {
            Self::Projects => projects(document).len(),
            Self::Foot => document.foot.len(),
            _ => {
                let rows = in_sections(document).filter(|(section, block)| stage_of(section, block) == Some(self));
                rows.map(|(_, block)| rows_of(block)).max().unwrap_or(0)
            }
        }
    }
}

/// How much of each stage is shown.
type Limits = [usize; Stage::ALL.len()];

/// Draws the document, shortened where it would be too long.
pub(super) fn fitting(document: &Document, draw: fn(&Document) -> anyhow::Result<String>) -> anyhow::Result<String> {
    let mut html = draw(document)?;
    let mut limits: Limits = [usize::MAX; Stage::ALL.len()];
    for stage in Stage::ALL {
        if html.len() <= MOST_BYTES {
            break;
        }
        let (mut fits, mut too_many) = (stage.least(), stage.in_all(document));
        if too_many <= fits {
            continue;
        }
        limits[stage as usize] = fits;
        html = draw(&shortened(document, &limits))?;
        while html.len() <= MOST_BYTES && too_many - fits > 1 {
            let middle = fits.midpoint(too_many);
            limits[stage as usize] = middle;
            let longer = draw(&shortened(document, &limits))?;
            if longer.len() <= MOST_BYTES {
                (fits, html) = (middle, longer);
            } else {
                too_many = middle;
            }
        }
    }
    Ok(html)
}

/// Every block with the section that it stands in.
fn in_sections(document: &Document) -> impl Iterator<Item = (&str, &Block)> {
    document.blocks.iter().scan("", |section, block| {
        if let Block::Heading { section: own, .. } = block {
            *section = own.as_str();
        }
        Some((*section, block))
    })
}

/// When the rows of a block give way; `None`: it has none.
fn stage_of(section: &str, block: &Block) -> Option<Stage> {
    match (block, section) {
        (Block::List(_), _) => Some(Stage::Lists),
        (Block::Table(_), "exceptions") => Some(Stage::Exceptions),
        (Block::Table(_), "projects") => Some(Stage::Overview),
        (Block::Table(_), _) => Some(Stage::Tables),
        _ => None,
    }
}

fn rows_of(block: &Block) -> usize {
    match block {
        Block::Table(table) => table.rows.len(),
        Block::List(list) => list.mail_rows.min(list.table.rows.len()),
        _ => 0,
    }
}

/// The blocks of each project, most callers waiting first: places in the document, the heading's first.
fn projects(document: &Document) -> Vec<Vec<usize>> {
    let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
    for (at, (_, block)) in in_sections(document).enumerate().filter(|(_, (section, _))| *section == "project") {
        if matches!(block, Block::Heading { .. }) {
            found.push((0, Vec::new()));
        }
        if let Some((rows, places)) = found.last_mut() {
            *rows += rows_of(block);
            places.push(at);
        }
    }
    found.sort_by_key(|(rows, _)| std::cmp::Reverse(*rows));
    found.into_iter().map(|(_, places)| places).collect()
}

fn shortened(document: &Document, limits: &Limits) -> Document {
    let words = Words::of(&document.language);
    let most = |stage: Stage| limits[stage as usize];
    let left_out: Vec<Vec<usize>> = projects(document).into_iter().skip(most(Stage::Projects)).collect();
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for (at, (section, block)) in in_sections(document).enumerate() {
        if !left_out.iter().flatten().any(|place| *place == at) {
            let most = stage_of(section, block).map_or(usize::MAX, most);
            blocks.push(with_rows(block, most, &words));
        }
    }
    let said = |id: &str, count: usize| Text::plain(words.say(id, &[("n", count.into())]));
    if !left_out.is_empty() {
        blocks.push(Block::Note(said("projects-not-shown", left_out.len())));
    }
    let mut foot: Vec<Text> = document.foot.iter().take(most(Stage::Foot)).cloned().collect();
    if document.foot.len() > foot.len() {
        foot.push(said("lines-not-shown", document.foot.len() - foot.len()));
    }
    Document { blocks, foot, ..document.clone() }
}

/// The block with so many rows at most.
fn with_rows(block: &Block, most: usize, words: &Words) -> Block {
    if rows_of(block) <= most {
        return block.clone();
    }
    let more = |table: &Table| {
        let hidden = words.say("rows-not-shown", &[("n", (table.rows.len() - most).into())]);
        Some(table.more.iter().fold(hidden, |hidden, more| format!("{hidden} {more}")))
    };
    let mut block = block.clone();
    match &mut block {
        Block::Table(table) => {
            table.more = more(table);
            table.rows.truncate(most);
        }
        Block::List(list) => {
            list.mail_more = more(&list.table);
            list.mail_rows = most;
        }
        _ => {}
    }
    block
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::document::{Align, Card, Cell, Column, LongTable, Tone};
    use crate::domain::long_words;

    fn table(count: usize, row: &str) -> Table {
        let column =
            |label: &str| Column { label: label.into(), align: Align::Start, hide_when_narrow: false, is_bar: false };
        let cells = |n: usize| vec![Cell::strong(format!("{row} {n};")), Cell::text("with some words")];
        let columns = vec![column("Name"), column("What")];
        Table { columns, rows: (0..count).map(cells).collect(), ..Table::default() }
    }

    fn document(blocks: Vec<Block>, lines: usize) -> Document {
        let (_, mut document) = crate::report::render::sample::all().remove(0);
        document.blocks = blocks;
        let line = |n: usize| Text::plain(format!("Line {n}; which says how this project counts, at some length."));
        document.foot = (0..lines).map(line).collect();
        document
    }

    fn with_rows(count: usize) -> Document {
        document(vec![Block::Table(table(count, "Row"))], 3)
    }

    fn with_list(in_all: usize, in_mail: usize) -> Document {
        let more = (in_all > in_mail).then(|| format!("{} more calls in the attached file", in_all - in_mail));
        let list = LongTable { table: table(in_all, "Call"), mail_rows: in_mail, mail_more: more, mail_cut: None };
        document(vec![Block::List(list)], 3)
    }

    fn heading(section: &str, text: &str) -> Block {
        Block::Heading { section: section.into(), text: text.into(), caption: Some(Text::plain("In a sentence.")) }
    }

    /// Projects of which every third is quiet.
    fn with_projects(count: usize, waiting: usize) -> Document {
        let card = Card {
            label: "Calls in".into(),
            value: "214".into(),
            change: "11 more".into(),
            detail: String::new(),
            tone: Tone::Mute,
        };
        let mut blocks = vec![heading("exceptions", "Needs a person")];
        blocks.push(Block::Table(table(count, "Exception")));
        blocks.push(heading("projects", "Projects"));
        blocks.push(Block::Table(table(count, "Overview")));
        for n in 0..count {
            blocks.push(heading("project", &format!("Project {n};")));
            blocks.push(Block::Cards(vec![card.clone(); 4]));
            if n % 3 > 0 && waiting > 0 {
                blocks.push(Block::Table(table(waiting, "Caller")));
            }
        }
        document(blocks, 2 + count)
    }

    fn drawn(document: &Document) -> String {
        fitting(document, super::super::sheet).expect("drawn").replace('\u{a0}', " ")
    }

    fn plain(count: usize) -> String {
        Words::of("en").count(count as u64)
    }

    #[test]
    fn a_very_long_table_fits_and_says_how_many_rows_it_lost() {
        let html = drawn(&with_rows(3_000));
        assert!(html.len() <= MOST_BYTES, "{} bytes", html.len());
        let shown = html.matches("with some words").count();
        assert!(html.contains(&format!("{} more rows", plain(3_000 - shown))), "{shown} shown");
        assert!(shown > 100, "{shown} shown");
    }

    #[test]
    fn a_long_list_is_shortened_too_and_tells_one_number() {
        let html = drawn(&with_list(1_000, 900));
        assert!(html.len() <= MOST_BYTES, "{} bytes", html.len());
        let shown = html.matches("with some words").count();
        assert!(shown > 100, "{shown} shown");
        assert!(html.contains(&format!("{} more rows", plain(1_000 - shown))), "{shown} shown");
        assert!(!html.contains("100 more calls"), "a second number of rows that aren't shown");
    }

    #[test]
    fn a_usual_mail_stays_as_it_is() {
        for document in [with_rows(20), with_list(60, 50), with_projects(8, 3)] {
            assert_eq!(
                fitting(&document, super::super::sheet).expect("drawn"),
                super::super::sheet(&document).expect("drawn")
            );
        }
    }

    #[test]
    fn quiet_projects_give_way_before_callers_and_what_needs_a_person_stays_whole() {
        let html = drawn(&with_projects(45, 3));
        assert!(html.len() <= MOST_BYTES, "{} bytes", html.len());
        for n in 0..45 {
            assert!(html.contains(&format!("Exception {n};")) && html.contains(&format!("Overview {n};")), "{n}");
            assert!(html.contains(&format!("Line {n};")), "{n}");
        }
        let shown = |n: &usize| html.contains(&format!("Project {n};"));
        let (quiet, waiting): (Vec<usize>, Vec<usize>) = (0..45).partition(|n| n % 3 == 0);
        let (quiet, waiting) = (quiet.iter().filter(|n| shown(n)).count(), waiting.iter().filter(|n| shown(n)).count());
        assert!(quiet == 0 && waiting > 0, "{quiet} quiet projects and {waiting} others are shown");
        assert!(html.contains(&format!("{} more projects", 45 - waiting)), "{waiting} shown");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn whatever_the_sizes_a_mail_fits(
            (projects, waiting) in (0_usize..400, 0_usize..6),
            (rows, listed, in_mail) in (0_usize..2_000, 0_usize..1_500, 0_usize..1_500),
            letters in prop::sample::select(vec![0_usize, 100, 5_000, 100_000]),
        ) {
            let mut document = with_projects(projects, waiting);
            let others = [heading("agents", "People")].into_iter().chain(with_rows(rows).blocks);
            document.blocks.splice(0..0, others.chain(with_list(listed, in_mail).blocks));
            for block in &mut document.blocks {
                let (Block::Table(table) | Block::List(LongTable { table, .. })) = block else { continue };
                table.rows.iter_mut().take(3).flatten().for_each(|cell| cell.text.push_str(&"ї".repeat(letters)));
            }
            document.foot.push(Text::plain("ї".repeat(letters)));
            long_words::shorten(&mut document);
            let html = drawn(&document);
            prop_assert!(html.len() <= MOST_BYTES, "{} bytes", html.len());
        }
    }
}
