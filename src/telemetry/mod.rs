//! How Callbrief talks about itself: log lines on standard error, metrics, and what each loop last did. Addresses, phone
//! numbers, tokens and bodies never get here; libraries that would log them are held at warnings whatever the filter says.

mod metrics;
mod passes;
mod stages;

pub use metrics::{Metrics, Outcome};
pub use passes::{Pass, Passes};
pub use stages::{Stage, Timed};

use std::sync::Arc;

use tracing::Level;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::problem::coloured_errors;
use crate::config::settings::{Log, LogFormat};

/// What a process counts and remembers about its own work. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Telemetry {
    pub metrics: Arc<Metrics>,
    pub passes: Arc<Passes>,
}

/// Begins to log as the settings say. The error says what is wrong with the filter.
pub fn init(log: &Log) -> Result<(), String> {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter(&log.filter)?)
        .with_writer(std::io::stderr)
        .with_ansi(coloured_errors());
    let ours = filter_fn(|event| may_be_told(event.target(), *event.level()));
    let begun = match log.format {
        LogFormat::Human => builder.with_target(false).finish().with(ours).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(false).finish().with(ours).try_init(),
    };
    begun.map_err(|error| format!("error: logging can't begin: {error}"))
}

/// Libraries write mails, logins, numbers and what is bound to statements into their lower levels, so they are held at
/// warnings, whatever the filter says of them. Of a database that is away we tell ourselves, and which one it is.
fn may_be_told(target: &str, level: Level) -> bool {
    if target.strip_prefix("sqlx").is_some_and(|part| RAW.iter().any(|raw| part.starts_with(raw))) {
        return false;
    }
    level <= Level::WARN || target == "callbrief" || target.starts_with("callbrief::")
}

/// Parts of the driver that warn in the server's or the pool's words, and don't say of which database.
const RAW: &[&str] = &["::postgres::notice", "::pool"];

fn filter(text: &str) -> Result<EnvFilter, String> {
    EnvFilter::try_new(text).map_err(|error| {
        format!(
            "error: `log.filter` = \"{text}\": {error}; write a level (`info`) or levels by part (`callbrief=debug,warn`)"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_parts_tell_more_than_warnings() {
        for library in ["lettre", "sqlx", "rlibphonenumber::phonenumberutil", "log"] {
            assert!(may_be_told(library, Level::WARN) && !may_be_told(library, Level::INFO), "{library}");
        }
        for raw in RAW {
            assert!(!may_be_told(&format!("sqlx{raw}"), Level::WARN), "{raw}");
        }
        assert!(may_be_told("callbrief::jobs", Level::TRACE));
        assert!(filter("callbrief=loud").expect_err("no such level").contains("callbrief=loud"));
    }
}
