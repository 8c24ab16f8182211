//! The lines under a mail that differ by recipient. Made when a delivery is made and kept in its row, so that every try
//! says the same; the stop link is added when the message is composed, because its token is a function of the row.

use serde::{Deserialize, Serialize};

use super::colour::Colour;

/// Where the HTML artefact takes the recipient's foot; replaced when the message is composed.
pub const HTML_SLOT: &str = "<!--callbrief:foot-->";

/// The same in the text artefact: a line of its own.
pub const TEXT_SLOT: &str = "\u{2}callbrief:foot\u{3}";

/// Stands in [`Foot::reference`] until the delivery is made and its reference is known.
pub const REFERENCE_SLOT: &str = "{reference}";

/// Stands in the place of a reader's own token, at the end of a page's address, until the message is composed.
pub const PAID_SLOT: &str = "PAID-BY-READER~";

/// The same for one of several warnings in a message: that of its delivery.
pub fn paid_slot(delivery: i64) -> String {
    format!("PAID-BY-READER-{delivery}~")
}

/// Whether a page is the reader's own, and so is no use to anybody but them.
pub fn is_readers_own(page: &str) -> bool {
    page.contains("/PAID-BY-READER")
}

/// What stands under one recipient's mail, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foot {
    /// BCP 47, so that labels added later are in the same language.
    pub language: String,
    /// `You get this every Monday at 08:00 (Kyiv time) because …`
    pub why: String,
    /// `Next: Monday 23 November.`
    pub next: Option<String>,
    /// `Attached: PDF, 2 pages.`
    pub attached: Option<String>,
    /// The words of the link that stops it: `Stop this report`; `None` where nothing can be stopped.
    pub stop_label: Option<String>,
    /// `Reference 7Q3F-K2MD`. Whoever makes a foot writes [`REFERENCE_SLOT`] where the reference goes.
    pub reference: String,
    /// The brand's colour of links.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<Colour>,
}
