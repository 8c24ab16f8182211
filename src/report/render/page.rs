//! The pages that a link in a mail can open: one sentence, perhaps one button, in the colours of the mail.

use std::sync::Arc;

use askama::Template;

use super::look::{self, FONTS, Palette};
use crate::domain::brand::Brand;
use crate::domain::document::TextDirection;

/// A page's words, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// BCP 47.
    pub language: String,
    pub direction: TextDirection,
    pub title: String,
    pub sentence: String,
    /// The words on the button; pressing it sends a POST to the page's own address.
    pub button: Option<String>,
    /// Small, at the end; may be empty.
    pub note: String,
    /// Whose page it is.
    pub brand: Arc<Brand>,
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
    let dir = match page.direction {
        TextDirection::Ltr => "ltr",
        TextDirection::Rtl => "rtl",
    };
    let (light, dark) = look::of(&page.brand);
    Ok(PageTemplate { page, dir, l: &light, k: &dark, fonts: FONTS }.render()?)
}
