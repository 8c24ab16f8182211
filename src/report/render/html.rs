//! The mail itself.

use super::Drawn;
use super::clean::clean;
use crate::domain::document::Document;
use crate::domain::foot::{Foot, HTML_SLOT};

/// Draws the mail.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    let html = format!("<!doctype html><h1>{}</h1>{HTML_SLOT}", escape(&document.title));
    Ok(Drawn { bytes: html.into_bytes(), ..Drawn::default() })
}

/// The recipient's own lines, for the place of `HTML_SLOT`. `stop_url` is an `https:` or `mailto:` address.
pub fn foot_html(foot: &Foot, stop_url: Option<&str>) -> String {
    let stop = stop_url.zip(foot.stop_label.as_deref());
    let link = stop.map(|(url, label)| format!("<a href=\"{}\">{}</a>", escape(url), escape(label)));
    let words = [Some(&foot.why), foot.next.as_ref(), foot.attached.as_ref(), Some(&foot.reference)];
    let lines = words.into_iter().flatten().map(|line| escape(line)).chain(link);
    lines.map(|line| format!("<p>{line}</p>")).collect()
}

fn escape(text: &str) -> String {
    let text = clean(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
