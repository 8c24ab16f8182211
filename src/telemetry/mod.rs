//! How Callbrief talks about itself: log lines on standard error, metrics, and what each loop last did. Addresses, phone
//! numbers, tokens and bodies never get here; libraries that would log them are held at warnings whatever the filter says.

mod metrics;
mod passes;

pub use metrics::{Metrics, Outcome};
pub use passes::{Pass, Passes};

use std::sync::Arc;

use tracing_subscriber::EnvFilter;

use crate::config::settings::{Log, LogFormat};

/// What a process counts and remembers about its own work. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Telemetry {
    pub metrics: Arc<Metrics>,
    pub passes: Arc<Passes>,
}

/// Libraries whose lower levels write down mails, logins or what is bound to statements: held at warnings, whatever the
/// filter says of them or of a part of them.
const HELD_BACK: &[&str] = &["lettre", "sqlx", "hyper", "hyper_util", "rustls", "reqwest"];

/// Begins to log as the settings say. The error says what is wrong with the filter.
pub fn init(log: &Log) -> Result<(), String> {
    let builder = tracing_subscriber::fmt().with_env_filter(filter(&log.filter)?).with_writer(std::io::stderr);
    let begun = match log.format {
        LogFormat::Human => builder.with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(false).try_init(),
    };
    begun.map_err(|error| format!("error: logging can't begin: {error}"))
}

fn filter(text: &str) -> Result<EnvFilter, String> {
    let mut filter = EnvFilter::try_new(text).map_err(|error| {
        format!(
            "error: `log.filter` = \"{text}\": {error}; write a level (`info`) or levels by part (`callbrief=debug,warn`)"
        )
    })?;
    // A directive for a part of a library is closer than one for the whole, so those parts are taken out of the text.
    let kept: Vec<&str> = text.split(',').filter(|directive| !is_held_back(directive)).collect();
    if let Ok(without) = EnvFilter::try_new(kept.join(",")) {
        filter = without;
    }
    for directive in HELD_BACK.iter().filter_map(|library| format!("{library}=warn").parse().ok()) {
        filter = filter.add_directive(directive);
    }
    Ok(filter)
}

/// Whether a directive (`sqlx::query=trace`) is about a library that is held back.
fn is_held_back(directive: &str) -> bool {
    let target = directive.trim().split(['=', '[', ':']).next().unwrap_or_default();
    HELD_BACK.contains(&target) || target.starts_with("sqlx_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_never_lets_the_libraries_say_what_is_private() {
        let shown =
            filter("trace,lettre=trace, sqlx::query=debug,lettre::transport::smtp=trace").expect("valid").to_string();
        for held in HELD_BACK {
            assert!(shown.contains(&format!("{held}=warn")), "{shown}");
        }
        assert!(!shown.contains("=trace") && !shown.contains("=debug"), "{shown}");
        let kept = filter("warn,callbrief::jobs=debug").expect("valid").to_string();
        assert!(kept.contains("callbrief::jobs=debug"), "{kept}");
        assert!(filter("callbrief=loud").expect_err("no such level").contains("callbrief=loud"));
    }
}
