//! The sentence, and the one button: the first call to make.

use crate::domain::document::{Block, Text};

use super::super::view::View;
use super::{Drawn, lead};

pub(super) fn draw(view: &View<'_>) -> Drawn {
    let mut top = vec![Block::Lead(Text::plain(lead::sentence(view)))];
    top.extend(button(view));
    Drawn { top, ..Drawn::default() }
}

/// Calls whoever has waited longest and hasn't been reached since; absent where numbers are masked, nobody waits, or
/// nothing is known, so that the list it comes from isn't shown.
fn button(view: &View<'_>) -> Option<Block> {
    if view.stamp.no_data {
        return None;
    }
    let first = view.callers.waiting.iter().find(|waiting| waiting.entry.closed_at.is_none())?;
    let link = view.mask.link(first.entry.client)?;
    let number = view.mask.number(&first.entry.client.to_string());
    Some(Block::Button { label: view.words.say("button-call", &[("number", number.into())]), link })
}
