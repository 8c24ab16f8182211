//! The text part of the mail: what a reader sees whose program shows no HTML, and what a screen reader or a search finds.
//! Lines are at most [`WIDTH`] columns; tables are aligned by columns; a heat map is said in its sentence and a row a day.

mod chart;
mod table;
mod wrap;

use super::Drawn;
use super::clean::clean;
use super::scale;
use crate::domain::document::{Block, Document, Link, Text};
use crate::domain::foot::{Foot, TEXT_SLOT};
use wrap::{width, wrap};

/// Columns of the widest line; links alone may be longer, because a broken link is none.
pub(super) const WIDTH: usize = 72;

/// Draws the text part.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    let mut page = Page::default();
    if let Some(name) = &document.brand.name {
        page.lines(wrap(&clean(name), WIDTH));
    }
    page.lines(wrap(&document.eyebrow, WIDTH));
    page.lines(wrap(&document.title, WIDTH));
    page.line("=".repeat(page.0.last().map_or(0, |line| width(line)).clamp(3, WIDTH)));
    for block in &document.blocks {
        draw_block(&mut page, block);
    }
    page.gap();
    page.line("-".repeat(WIDTH));
    for text in &document.foot {
        page.lines(wrap(&with_links(text), WIDTH));
        page.gap();
    }
    page.line(TEXT_SLOT.to_owned());
    let mut text = page.0.join("\n");
    text.push('\n');
    Ok(Drawn { bytes: text.into_bytes(), ..Drawn::default() })
}

/// The recipient's own lines, for the place of `TEXT_SLOT`. `stop_url` is an `https:` or `mailto:` address.
pub fn foot_text(foot: &Foot, stop_url: Option<&str>) -> String {
    let sentences = [Some(&foot.why), foot.next.as_ref(), foot.attached.as_ref()].into_iter().flatten();
    let sentences: Vec<_> = sentences.filter(|line| !line.is_empty()).map(|line| clean(line)).collect();
    let mut lines = wrap(&sentences.join(" "), WIDTH);
    if let Some((url, label)) = stop_url.zip(foot.stop_label.as_deref()) {
        lines.push(String::new());
        let line = format!("{}: {url}", clean(label));
        if width(&line) <= WIDTH {
            lines.push(line);
        } else {
            lines.extend([format!("{}:", clean(label)), url.to_owned()]);
        }
    }
    if !foot.reference.is_empty() {
        lines.extend(wrap(&clean(&foot.reference), WIDTH));
    }
    lines.join("\n")
}

/// Lines so far; two gaps never follow each other.
#[derive(Debug, Default)]
struct Page(Vec<String>);

impl Page {
    fn line(&mut self, line: String) {
        self.0.push(line);
    }

    fn lines(&mut self, lines: Vec<String>) {
        self.0.extend(lines);
    }

    fn gap(&mut self) {
        if self.0.last().is_some_and(|line| !line.is_empty()) {
            self.0.push(String::new());
        }
    }
}

fn draw_block(page: &mut Page, block: &Block) {
    match block {
        Block::Lead(text) | Block::Paragraph(text) | Block::Note(text) => {
            page.gap();
            page.lines(wrap(&with_links(text), WIDTH));
        }
        Block::Callout(text) => {
            page.gap();
            page.lines(wrap::hanging("! ", &with_links(text), WIDTH));
        }
        Block::Button { label, link } => {
            page.gap();
            page.lines(button(label, link));
        }
        Block::Cards(cards) => {
            page.gap();
            page.lines(chart::cards(cards));
        }
        Block::Heading { section: _, text, caption } => {
            page.gap();
            page.line(String::new());
            page.lines(wrap(text, WIDTH));
            page.line("-".repeat(page.0.last().map_or(0, |line| width(line)).clamp(3, WIDTH)));
            if let Some(caption) = caption {
                page.lines(wrap(&with_links(caption), WIDTH));
            }
        }
        Block::Table(table) => {
            page.gap();
            page.lines(table::draw(table));
        }
        Block::List(list) => {
            page.gap();
            page.lines(table::draw(&list.in_mail()));
        }
        Block::Columns(chart) => {
            page.gap();
            page.lines(chart::columns(chart));
        }
        Block::HeatMap(map) => {
            page.gap();
            page.lines(chart::heat(map));
        }
        Block::Shares(shares) => {
            page.gap();
            let parts: Vec<_> = shares.parts.iter().map(|part| format!("{} {}", part.label, part.text)).collect();
            page.lines(wrap(&parts.join(" · "), WIDTH));
        }
        Block::Facts(facts) => {
            page.gap();
            page.lines(chart::facts(facts));
        }
    }
}

/// The label, and where it leads unless the label says so.
fn button(label: &str, link: &Link) -> Vec<String> {
    let target = match link {
        Link::Tel(number) | Link::Mail(number) => number.clone(),
        Link::Web(page) => page.clone(),
    };
    let digits = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if digits(label).contains(&digits(&target)) {
        return wrap::hanging("> ", label, WIDTH);
    }
    let mut lines = wrap::hanging("> ", &format!("{label}:"), WIDTH);
    lines.push(format!("  {target}"));
    lines
}

/// The words, with the page of a link in brackets behind its own.
fn with_links(text: &Text) -> String {
    let words = text.0.iter().map(|span| match &span.link {
        Some(Link::Web(page)) if !span.text.contains(page.as_str()) => format!("{} ({page})", span.text),
        Some(Link::Mail(address)) if !span.text.contains(address.as_str()) => format!("{} ({address})", span.text),
        _ => span.text.clone(),
    });
    words.collect()
}
