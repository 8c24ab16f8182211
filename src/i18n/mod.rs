//! Words and numbers in a reader's language: Fluent messages of `templates/text/<locale>.ftl`, dates, figures.
