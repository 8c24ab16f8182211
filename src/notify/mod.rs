//! The one way out: notice → route → deliveries → gate → fence → channel → ledger.
