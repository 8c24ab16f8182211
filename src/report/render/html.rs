//! The mail itself: one sheet of 640 pixels that reads at 360, by day and by night, and with images off.
//!
//! Mail programs differ, so everything that carries meaning is plain: tables for layout, `bgcolor` and `height` on cells
//! (Outlook on Windows draws nothing else), short inline styles (some Gmail apps drop the style sheet). Dark mode, hidden
//! columns, round corners and larger touch targets are in the style sheet and may be missing.

mod view;

use askama::Template;

use super::Drawn;
use super::clean::clean;
use super::look::{DARK, FONTS, LIGHT, Palette};
use crate::domain::document::{Block, Document};
use crate::domain::foot::{Foot, HTML_SLOT};
use view::Side;

#[derive(Template)]
#[template(path = "mail/mail.html")]
struct Mail<'a> {
    d: &'a Document,
    /// Light, set inline; `k`, dark, is in the style sheet.
    l: &'a Palette,
    k: &'a Palette,
    side: Side,
    fonts: &'static str,
    slot: &'static str,
}

#[derive(Template)]
#[template(path = "mail/foot.html")]
struct FootLines<'a> {
    first: String,
    stop: Option<(&'a str, &'a str)>,
    reference: String,
    accent: &'static str,
}

/// Draws the mail.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    let side = Side::new(document.direction);
    let mail = Mail { d: document, l: &LIGHT, k: &DARK, side, fonts: FONTS, slot: HTML_SLOT };
    Ok(Drawn { bytes: without_indents(&mail.render()?).into_bytes(), ..Drawn::default() })
}

/// The recipient's own lines, for the place of `HTML_SLOT`. `stop_url` is an `https:` or `mailto:` address; anything
/// else makes no link.
pub fn foot_html(foot: &Foot, stop_url: Option<&str>) -> String {
    let url = stop_url.filter(|url| ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme)));
    let sentences = [Some(&foot.why), foot.next.as_ref(), foot.attached.as_ref()].into_iter().flatten();
    let sentences: Vec<_> = sentences.filter(|line| !line.is_empty()).map(|line| clean(line)).collect();
    let label = foot.stop_label.as_deref().map(clean);
    let lines = FootLines {
        first: sentences.join(" "),
        stop: url.zip(label.as_deref()),
        reference: clean(&foot.reference).into_owned(),
        accent: LIGHT.accent,
    };
    lines.render().map(|html| without_indents(&html)).unwrap_or_default()
}

/// The same without white space at line ends and without empty lines. No text of a document holds a line break, so
/// nothing that is read changes.
fn without_indents(html: &str) -> String {
    let lines = html.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::with_capacity(html.len()), |mut all, line| {
        all.push_str(line);
        all.push('\n');
        all
    })
}
