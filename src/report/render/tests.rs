//! What holds for every document in every format: all samples times all renderers.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use super::{RENDERERS, Rendered, page, render, sample};
use crate::domain::document::{Block, Document, TextDirection};
use crate::domain::foot::{Foot, HTML_SLOT, TEXT_SLOT};
use crate::domain::schedule::Format;

fn drawn(document: &Document, format: Format) -> Rendered {
    render(document, format).unwrap_or_else(|error| panic!("{}: {format:?}: {error:#}", document.title))
}

fn text_of(document: &Document, format: Format) -> String {
    String::from_utf8(drawn(document, format).bytes).expect("UTF-8")
}

/// What a reader of the printed pages could copy, without blanks.
fn printed_letters(bytes: &[u8]) -> String {
    let file = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    letters(&file.extract_text(&pages).expect("text"))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The words that no format may lose: of everything but long tables.
fn words(document: &Document) -> Vec<String> {
    let mut words = vec![document.eyebrow.clone(), document.title.clone()];
    for block in &document.blocks {
        match block {
            Block::Lead(text) | Block::Callout(text) | Block::Paragraph(text) | Block::Note(text) => {
                words.push(text.to_plain());
            }
            Block::Button { label, .. } => words.push(label.clone()),
            Block::Cards(cards) => {
                words.extend(
                    cards.iter().flat_map(|card| [&card.label, &card.value, &card.change, &card.detail]).cloned(),
                );
            }
            Block::Heading { text, caption, .. } => {
                words.push(text.clone());
                words.extend(caption.iter().map(|caption| caption.to_plain()));
            }
            Block::Table(table) => {
                words.extend(table.rows.iter().filter_map(|row| row.get(1)).map(|cell| cell.text.clone()));
                words.extend(table.more.clone());
            }
            Block::List(list) => words.extend(list.table.rows.iter().take(3).flatten().map(|cell| cell.text.clone())),
            Block::Columns(chart) => words.extend([chart.good_label.clone(), chart.bad_label.clone()]),
            Block::HeatMap(_) => {}
            Block::Shares(shares) => {
                words.extend(shares.parts.iter().flat_map(|part| [part.label.clone(), part.text.clone()]));
            }
            Block::Facts(facts) => {
                words.extend(facts.iter().flat_map(|fact| [&fact.label, &fact.value, &fact.detail]).cloned());
            }
        }
    }
    words.extend(document.foot.iter().map(|text| text.to_plain()));
    words
}

fn harmless() -> impl Iterator<Item = (&'static str, Document)> {
    sample::all().into_iter().filter(|(name, _)| *name != "hostile")
}

#[test]
fn every_format_is_in_the_table_once_and_draws_every_sample() {
    for renderer in RENDERERS {
        assert_eq!(RENDERERS.iter().filter(|other| other.format == renderer.format).count(), 1);
        for (name, document) in sample::all() {
            let rendered = drawn(&document, renderer.format);
            assert!(!rendered.bytes.is_empty(), "{name}");
            assert_eq!(rendered.media_type, renderer.media_type);
            assert!(rendered.bytes.len() < 100_000, "{name}: {} bytes of {}", rendered.bytes.len(), renderer.ending);
            assert_eq!(rendered.bytes, drawn(&document, renderer.format).bytes, "{name}: the same twice");
        }
    }
}

/// What stands in a mail, without its tags.
fn shown(html: &str) -> String {
    let words = html.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words);
    let entities = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&#38;", "&")];
    entities.iter().fold(words.collect(), |text: String, (entity, letter)| text.replace(entity, letter))
}

#[test]
fn no_words_are_lost_in_any_format() {
    for (name, document) in harmless() {
        let mail = letters(&shown(&text_of(&document, Format::Html)));
        let text = letters(&text_of(&document, Format::Text));
        for said in words(&document) {
            assert!(mail.contains(&letters(&said)), "{name}: the mail lacks `{said}`");
            assert!(text.contains(&letters(&said)), "{name}: the text lacks `{said}`");
        }
    }
}

#[test]
fn print_has_the_same_words_as_text_that_can_be_copied() {
    for (name, document) in harmless().filter(|(_, document)| document.direction == TextDirection::Ltr) {
        let rendered = drawn(&document, Format::Pdf);
        assert!(rendered.pages >= Some(1), "{name}");
        let printed = printed_letters(&rendered.bytes);
        for said in words(&document) {
            assert!(printed.contains(&letters(&said)), "{name}: the print lacks `{said}`");
        }
        assert!(printed.contains(&letters(&document.period_label)), "{name}");
        let unprintable = if name == "other-scripts" { "くさら中田" } else { "" };
        assert_eq!(rendered.unprintable, unprintable, "{name}");
    }
}

#[test]
fn print_in_other_alphabets_keeps_their_letters() {
    let (_, document) = sample::all().into_iter().find(|(name, _)| *name == "other-scripts").expect("a sample");
    let printed = printed_letters(&drawn(&document, Format::Pdf).bytes);
    for name in
        ["ОленаКовальчук-Гаврилюк", "ЇжакевичҐудзьЄвгенія", "ΑλέξανδροςΠαπαδόπουλος", "ŁukaszŻółkiewski", "გიორგი"]
    {
        assert!(printed.contains(name), "{name} in {printed}");
    }
    assert!(!printed.contains("??"), "{printed}");
}

#[test]
fn print_repeats_heads_and_says_when_it_was_made() {
    let (_, document) = sample::all().into_iter().find(|(name, _)| *name == "monthly-long").expect("a sample");
    let rendered = drawn(&document, Format::Pdf);
    let pages = rendered.pages.expect("pages");
    assert!(pages >= 3, "{pages}");
    let file = lopdf::Document::load_mem(&rendered.bytes).expect("a PDF");
    assert_eq!(file.get_pages().len(), pages as usize);
    let info = file.trailer.get(b"Info").and_then(lopdf::Object::as_reference).expect("a reference");
    let created = file.get_dictionary(info).and_then(|info| info.get(b"CreationDate")).expect("a date");
    assert!(created.as_str().expect("text").starts_with(b"D:20261116060000"), "{created:?}");
    let heads = printed_letters(&rendered.bytes).matches("Firstmissed").count();
    assert!(heads >= 2, "{heads}");
    for page in 1..=pages {
        let text = letters(&file.extract_text(&[page]).expect("text"));
        assert!(text.contains("October2026") && text.contains(&format!("{page}/{pages}")), "page {page}: {text}");
    }
}

#[test]
fn a_mail_is_one_sheet_that_fetches_nothing() {
    for (name, document) in sample::all() {
        let html = text_of(&document, Format::Html);
        // The one picture travels inside the mail.
        let own = "<img src=\"cid:logo-";
        assert_eq!(html.matches(own).count(), usize::from(document.brand.logo.is_some()), "{name}");
        let html = html.replace(own, "<br ");
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches(HTML_SLOT).count(), 1, "{name}: one place for the foot");
        assert_eq!(html.matches("<th").count(), html.matches("<th scope=\"").count(), "{name}: a head says of what");
        assert!(html.starts_with(&format!("<!doctype html>\n<html lang=\"{}\" dir=\"", document.language)), "{name}");
        for fetched in ["src=", "url(", "<link", "@import", "<img", "<script", "<iframe", "javascript:", "data:"] {
            assert!(!html.contains(fetched), "{name} has {fetched}");
        }
        balanced(name, &html);
        classes_have_rules(name, &html);
    }
}

/// Every tag that opens closes, in order.
fn balanced(name: &str, html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in html.split('<').skip(1) {
        let tag = part.split(['>', ' ', '\n']).next().unwrap_or_default();
        if tag.starts_with('!') || ["meta", "br"].contains(&tag) || tag.is_empty() {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{name}: {open:?}"),
            None => open.push(tag),
        }
    }
    // The table that only Outlook sees is inside a comment on both ends.
    assert!(open.is_empty(), "{name}: {open:?} stay open");
}

/// A class without a rule is a slip of the pen.
fn classes_have_rules(name: &str, html: &str) {
    let style = html.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style sheet");
    let rules: BTreeSet<&str> =
        style.split('.').skip(1).map(|rest| rest.split([',', '{', ' ', ':', '.']).next().unwrap_or_default()).collect();
    for part in html.split(" class=\"").skip(1) {
        for class in part.split('"').next().unwrap_or_default().split(' ') {
            assert!(rules.contains(class), "{name}: the class `{class}` has no rule");
        }
    }
}

#[test]
fn hostile_names_are_words_and_nothing_else() {
    let (_, document) = sample::all().into_iter().find(|(name, _)| *name == "hostile").expect("a sample");
    let html = text_of(&document, Format::Html);
    assert!(html.contains("&#60;script&#62;alert(1)&#60;/script&#62;"), "escaped, not dropped");
    assert!(!html.contains("onmouseover=\"") && !html.contains('\u{202e}') && !html.contains('\u{0}'));
    assert!(html.contains("href=\"https://a.example/?a=1&#38;b=&#60;2&#62;\"") || !html.contains("a.example/?a=1"));
    let text = text_of(&document, Format::Text);
    assert_eq!(text.matches(TEXT_SLOT).count(), 1, "nobody forges the place of the foot");
    assert!(letters(&text).contains("alert(2)X-Injected:yes"), "a line break is a blank");
    assert!(printed_letters(&drawn(&document, Format::Pdf).bytes).contains("<script>alert(1)"));
}

#[test]
fn lines_of_the_text_part_are_short() {
    for (name, document) in sample::all() {
        let text = text_of(&document, Format::Text);
        for line in text.lines().filter(|line| !line.contains("://")) {
            assert!(line.width() <= 78, "{name}: {} columns: {line}", line.width());
            assert_eq!(line, line.trim_end(), "{name}");
        }
        assert!(text.contains(&format!("\n{TEXT_SLOT}\n")), "{name}: the foot has a line of its own");
        assert!(!text.contains("\n\n\n\n"), "{name}");
    }
}

#[test]
fn the_foot_has_a_way_out_only_where_there_is_one() {
    let foot = sample::foot();
    let url = "https://calls.acme.example/stop/a?b=1&c=\"2";
    let html = super::foot_html(&foot, Some(url));
    assert!(html.contains("<a class=\"a\" href=\"https://calls.acme.example/stop/a?b=1&#38;c=&#34;2\""), "{html}");
    assert!(html.contains("Stop this report</a>") && html.contains("Reference 7Q3F-K2MD"));
    let text = super::foot_text(&foot, Some("https://calls.acme.example/stop/a"));
    assert!(text.contains("Stop this report: https://calls.acme.example/stop/a"), "{text}");
    for unusable in [None, Some("javascript:alert(1)")] {
        assert!(!super::foot_html(&foot, unusable).contains("href"));
    }
    let nothing_to_stop = Foot { stop_label: None, ..foot };
    assert!(!super::foot_html(&nothing_to_stop, Some(url)).contains("href"));
    assert!(!super::foot_text(&nothing_to_stop, Some(url)).contains("https:"));
}

#[test]
fn pages_ask_by_post_and_load_nothing() {
    for (name, shown) in sample::pages() {
        let html = page(&shown).expect("drawn");
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<form method=\"post\"").count(), shown.offers.len(), "{name}");
        assert!(!html.contains("src=") && !html.contains("<script") && !html.contains("http"), "{name}");
    }
}

#[test]
fn samples_are_written_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = sample::write_all(folder.path()).expect("written");
    let logo = 1;
    let here = sample::all().len() * RENDERERS.len() + sample::pages().len() + logo;
    assert!(written.len() > here, "and notices and pages in the other languages");
    assert!(written.iter().any(|path| path.ends_with("notice-mail-refused.uk.html")));
    assert!(written.iter().all(|path| std::fs::metadata(path).is_ok_and(|file| file.len() > 0)));
    let mail = std::fs::read_to_string(folder.path().join("weekly.html")).expect("the mail");
    assert!(mail.contains("Stop this report") && !mail.contains(HTML_SLOT));
}

/// All that a reader could find in a file, whatever wraps it.
fn exposed(bytes: &[u8]) -> String {
    let mut open = bytes.to_vec();
    if bytes.starts_with(b"%PDF") {
        let mut file = lopdf::Document::load_mem(bytes).expect("a PDF");
        file.decompress();
        file.save_to(&mut open).expect("saved");
        open.extend(printed_letters(bytes).bytes());
    } else if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).expect("a part");
            open.extend(part.name().expect("a name").bytes());
            std::io::Read::read_to_end(&mut part, &mut open).expect("read");
        }
    }
    String::from_utf8_lossy(&open).to_lowercase()
}

/// The place of the recipient's foot is a mark of ours; it is gone before anybody reads the mail.
#[test]
fn nothing_that_is_read_names_the_program() {
    let check = |place: String, found: String| {
        // The mark of the foot, and the names of contracts, which only machines read.
        let found =
            found.replace("callbrief:foot", "").replace("callbrief.report/1", "").replace("callbrief.notice/1", "");
        let at = found.find("callbrief");
        assert_eq!(
            at,
            None,
            "{place}: …{}…",
            at.map_or("", |at| found.get(at.saturating_sub(80)..at + 20).unwrap_or(""))
        );
    };
    for (name, document) in sample::all() {
        for renderer in RENDERERS {
            let drawn = drawn(&document, renderer.format);
            check(format!("{name}.{}", renderer.ending), exposed(&drawn.bytes));
        }
        check(format!("{name}: subject"), document.subject.to_lowercase());
        check(format!("{name}: file"), document.file_stem.to_lowercase());
    }
    for (name, shown) in sample::pages() {
        check(name.to_owned(), page(&shown).expect("drawn").to_lowercase());
    }
    for language in ["en", "uk", "nl", "de", "pl", "es"] {
        let file = format!("{}/templates/text/{language}.ftl", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&file).expect("a language");
        let said: String = text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
        check(file, said.to_lowercase());
    }
}

#[test]
fn a_brand_is_in_every_format_and_no_address_of_it_is_fetched() {
    let (_, document) = sample::all().into_iter().find(|(name, _)| *name == "weekly-branded").expect("a sample");
    let html = text_of(&document, Format::Html);
    assert!(html.contains("alt=\"Amstel Cycles\"") && html.contains("width=\"220\" height=\"40\""));
    assert!(html.contains("background:#1f5fa8") && !html.contains("#0b6e6e"), "its colour and none of ours");
    assert!(
        html.contains("href=\"https://portal.amstel.example/calls\"") && html.contains("mailto:help@amstel.example")
    );
    let text = text_of(&document, Format::Text);
    assert!(text.starts_with("Amstel Cycles\n") && text.contains("Amsteldijk 100"), "{text}");
    let print = drawn(&document, Format::Pdf).bytes;
    let producer = |bytes: &[u8]| {
        let file = lopdf::Document::load_mem(bytes).expect("a PDF");
        let info = file.trailer.get(b"Info").and_then(lopdf::Object::as_reference).expect("information");
        let info = file.get_object(info).and_then(lopdf::Object::as_dict).expect("a dictionary");
        info.get(b"Producer").ok().map(|name| lopdf::decode_text_string(name).expect("a text"))
    };
    assert!(printed_letters(&print).contains("AmstelCycles"));
    assert_eq!(producer(&print).as_deref(), Some("Amstel Cycles"));
    assert_eq!(producer(&drawn(&sample::all().remove(0).1, Format::Pdf).bytes), None, "nobody's");
}

#[test]
fn right_to_left_is_mirrored_and_numbers_are_not() {
    let (_, document) = sample::all().into_iter().find(|(name, _)| *name == "right-to-left").expect("a sample");
    let html = text_of(&document, Format::Html);
    assert!(html.starts_with("<!doctype html>\n<html lang=\"he\" dir=\"rtl\">"), "{}", &html[..60]);
    assert!(html.contains("text-align:right") && !html.contains("text-align:left"));
    assert!(
        html.contains("border-right:4px") && !html.contains("border-left:4px"),
        "the callout's edge is where lines start"
    );
    let links = html.matches("href=\"tel:").count();
    assert!(links > 0 && html.matches("dir=\"ltr\"").count() >= links, "a phone number runs from left to right");
    // In print, the first column stands on the right: the caller is drawn further right than the tries.
    let print = drawn(&document, Format::Pdf);
    assert_eq!(print.unprintable, "");
    let file = lopdf::Document::load_mem(&print.bytes).expect("a PDF");
    let page = *file.get_pages().get(&1).expect("a page");
    let content = file.get_and_decode_page_content(page).expect("operations");
    let mut pen = 0.0_f32;
    let mut starts = Vec::new();
    for operation in &content.operations {
        if operation.operator == "Td" || operation.operator == "Tm" {
            let at = operation.operands.len() - 2;
            pen = operation.operands[at].as_float().expect("a place");
            starts.push(pen);
        }
    }
    assert!(starts.iter().filter(|x| **x > 300.0).count() * 2 > starts.len(), "most lines begin on the right: {pen}");
}
