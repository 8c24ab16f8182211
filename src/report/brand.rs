//! A document in its project's name: the brand's colours and logo, its own line at the end, and where help is.

use std::sync::Arc;

use crate::domain::brand::Brand;
use crate::domain::document::{Block, Document, Link, Span, Text};
use crate::domain::role::Rights;
use crate::i18n::Words;

/// Gives the document this brand.
pub fn sign(document: &mut Document, brand: Arc<Brand>) {
    let words = Words::of(&document.language);
    document.foot.extend(brand.links.support.clone().map(|link| linked(words.word("link-support"), link)));
    document.foot.extend(brand.footer.as_deref().map(Text::plain));
    document.brand = brand;
}

/// Where funds are added, for readers who may see money, if there is such a page.
pub(super) fn pay(brand: &Brand, rights: &Rights, words: &Words) -> Option<Text> {
    brand.links.pay.clone().filter(|_| rights.money).map(|page| linked(words.word("link-pay"), page))
}

/// A line that is a link.
pub(super) fn linked(text: String, link: Link) -> Text {
    Text(vec![Span { text, strong: false, link: Some(link) }])
}

/// Where forwarding failed, the page on which that is mended, if there is one.
pub(super) fn number_setup(brand: &Brand, words: &Words) -> Option<Block> {
    let page = brand.links.number_setup.clone()?;
    Some(Block::Note(linked(words.word("link-number-setup"), page)))
}
