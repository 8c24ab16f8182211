//! The only module that aggregates (polars) and prints (printpdf): slices of calls become documents, documents become bytes.

pub mod notice;
pub mod render;
