//! One value of somebody else's table, as exactly as its database can say it.

/// A value as text, and how far that can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// NULL.
    Nothing,
    /// What stands there.
    Exact(String),
    /// A double: the shortest text that means it. What has 15 digits or fewer was meant so.
    Double(String),
    /// A float of about seven digits, of which nobody knows what was meant.
    Float,
    /// Bytes that are no text.
    Bytes,
}

impl Cell {
    /// A double as its shortest text.
    pub(super) fn double(value: f64) -> Self {
        Self::Double(format!("{value}"))
    }

    /// A double that came as text, in the server's own way of writing.
    pub(super) fn double_text(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Exact(text.to_owned()), Self::double)
    }
}
