//! The sentence, and the one button: the page of all calls where there is one, else the first call to make.

use crate::domain::document::{Block, Text};

use super::super::view::View;
use super::{Drawn, lead};

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let mut top = vec![Block::Lead(Text::plain(lead::sentence(view)))];
    top.extend(button(view));
    Drawn { top, ..Drawn::default() }
}

/// Leads to the owner's own page of calls; without one it calls whoever has waited longest and hasn't been reached since.
/// Absent where nothing is known; the call also where numbers are masked or nobody waits.
fn button(view: &View<'_>) -> Option<Block> {
    if view.stamp.no_data {
        return None;
    }
    if let Some(page) = &view.request.project.settings.brand.links.calls {
        let label = if view.callers.open() > 0 { "button-call-back" } else { "button-calls" };
        return Some(Block::Button { label: view.words.word(label), link: page.clone() });
    }
    let first = view.callers.waiting.iter().find(|waiting| waiting.entry.closed_at.is_none())?;
    let link = view.mask.link(first.entry.client)?;
    let number = view.mask.number(&first.entry.client.to_string());
    Some(Block::Button { label: view.words.say("button-call", &[("number", number.into())]), link })
}
