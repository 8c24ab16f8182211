//! What both listeners answer before there is a database: alive, not ready, and why.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::routing::get;

use super::public;

/// Why there is nothing to work with, as it was last found. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Why(Arc<Mutex<String>>);

impl Why {
    /// Keeps what was found; whether that is news.
    pub fn found(&self, why: String) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = *kept != why;
        *kept = why;
        is_news
    }

    fn said(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// For those who run Callbrief.
pub(super) fn ops(why: Why) -> Router {
    Router::new().route("/healthz", get(super::ops::healthz)).fallback(not_ready).with_state(why)
}

async fn not_ready(State(why): State<Why>) -> (StatusCode, String) {
    (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {}\n", why.said()))
}

/// For readers.
pub(super) fn public() -> Router {
    let later = || async {
        let soon = [(header::RETRY_AFTER, "60")];
        (StatusCode::SERVICE_UNAVAILABLE, soon, "Not available just now. Please try again in a few minutes.\n")
    };
    Router::new().fallback(later).layer(middleware::from_fn(public::guard))
}
