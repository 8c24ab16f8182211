//! The pages that a link in a mail can open: one sentence, a few buttons, in the colours of the mail.

use std::sync::Arc;

use askama::Template;
use chrono::NaiveDate;

use super::look::{self, FONTS, Palette};
use crate::domain::brand::Brand;
use crate::domain::document::TextDirection;
use crate::domain::plain::make_plain;

/// A page's words, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// BCP 47.
    pub language: String,
    pub direction: TextDirection,
    pub title: String,
    pub sentence: String,
    /// What can be done, each by a POST to the page's own address.
    pub offers: Vec<Offer>,
    /// What was wrong with what was sent; may be empty.
    pub wrong: String,
    /// Small, at the end; may be empty.
    pub note: String,
    /// Whose page it is.
    pub brand: Arc<Brand>,
}

/// One thing that can be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// What the POST says: `do=stop`.
    pub does: &'static str,
    /// The words on the button.
    pub button: String,
    /// Before the day; empty without one.
    pub label: String,
    /// A day is asked for: from, usual, to.
    pub days: Option<(NaiveDate, NaiveDate, NaiveDate)>,
    /// What the page is opened for most of the time.
    pub is_first: bool,
}

#[derive(Template)]
#[template(path = "pages/page.html")]
struct PageTemplate<'a> {
    page: &'a Page,
    dir: &'static str,
    l: &'a Palette,
    k: &'a Palette,
    fonts: &'static str,
}

/// The page as HTML: no script, nothing fetched.
///
/// # Errors
/// When the template can't be filled, which is a defect.
pub fn page(page: &Page) -> anyhow::Result<String> {
    let page = &plain(page);
    let dir = match page.direction {
        TextDirection::Ltr => "ltr",
        TextDirection::Rtl => "rtl",
    };
    let (light, dark) = look::of(&page.brand);
    Ok(PageTemplate { page, dir, l: &light, k: &dark, fonts: FONTS }.render()?)
}

/// The same with every text made harmless.
fn plain(page: &Page) -> Page {
    let mut page = page.clone();
    let Page { title, sentence, wrong, note, offers, .. } = &mut page;
    let of_offers = offers.iter_mut().flat_map(|offer| [&mut offer.button, &mut offer.label]);
    [title, sentence, wrong, note].into_iter().chain(of_offers).for_each(make_plain);
    page
}
