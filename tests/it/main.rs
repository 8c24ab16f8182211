//! The one integration binary: real databases, a real SMTP conversation, a test clock.
