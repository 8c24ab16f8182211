//! The text part of the mail.

use super::Drawn;
use super::clean::clean;
use crate::domain::document::Document;
use crate::domain::foot::{Foot, TEXT_SLOT};

/// Draws the text part.
pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    let text = format!("{}\n\n{TEXT_SLOT}\n", clean(&document.title));
    Ok(Drawn { bytes: text.into_bytes(), ..Drawn::default() })
}

/// The recipient's own lines, for the place of `TEXT_SLOT`. `stop_url` is an `https:` or `mailto:` address.
pub fn foot_text(foot: &Foot, stop_url: Option<&str>) -> String {
    let stop = stop_url.zip(foot.stop_label.as_deref()).map(|(url, label)| format!("{}: {url}", clean(label)));
    let words = [Some(&foot.why), foot.next.as_ref(), foot.attached.as_ref(), Some(&foot.reference)];
    let lines: Vec<String> = words.into_iter().flatten().map(|line| clean(line).into_owned()).chain(stop).collect();
    lines.join("\n")
}
