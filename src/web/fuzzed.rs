//! What must hold of any body that is posted to us; `fuzz/` asks it.

use super::{api, hooks, paid, public};

/// Forms of the pages, bodies of `/v1`, and what services tell.
pub(crate) fn body(bytes: &[u8]) {
    let _ = (public::wish_of(bytes), paid::said(bytes));
    if let Ok(text) = std::str::from_utf8(bytes) {
        api::fuzzed::body(text);
    }
    hooks::fuzzed::body(bytes);
}
