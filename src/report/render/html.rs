//! The mail itself: one sheet of 640 pixels that reads at 360, by day and by night, and with images off.
//!
//! Mail programs differ, so everything that carries meaning is plain: tables for layout, `bgcolor` and `height` on cells
//! (Outlook on Windows draws nothing else), short inline styles (some Gmail apps drop the style sheet). Dark mode, hidden
//! columns, round corners and larger touch targets are in the style sheet and may be missing.

mod fit;
mod view;

use askama::Template;

use super::Drawn;
use super::clean::clean;
use super::look::{self, FONTS, LIGHT, Palette};
use crate::domain::brand::Logo;
use crate::domain::colour::Colour;
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
    accent: Colour,
}

/// Draws the mail, short enough that no mail program hides its end.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    Ok(Drawn { bytes: fit::fitting(document, sheet)?.into_bytes(), ..Drawn::default() })
}

fn sheet(document: &Document) -> anyhow::Result<String> {
    let side = Side::new(document.direction);
    let (light, dark) = look::of(&document.brand);
    let mail = Mail { d: document, l: &light, k: &dark, side, fonts: FONTS, slot: HTML_SLOT };
    Ok(without_indents(&mail.render()?))
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
        accent: foot.accent.unwrap_or(LIGHT.accent),
    };
    lines.render().map(|html| without_indents(&html)).unwrap_or_default()
}

/// What a mail's own picture is called inside it (RFC 2392); it travels with the mail and is never fetched.
pub fn content_id(file_name: &str) -> String {
    let name = file_name.rsplit_once('.').map_or(file_name, |(name, _)| name);
    format!("{name}@inline")
}

impl Mail<'_> {
    /// The address of the logo inside the mail.
    fn logo_source(&self, logo: &Logo) -> String {
        format!("cid:{}", content_id(&logo.file_name()))
    }
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
