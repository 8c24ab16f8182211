//! Facts about money from a database of somebody else's: read there, never written, and taken in as any other fact is. A look
//! asks each query of the source once, in one read-only transaction, and ends within the source's time limit.
//!
//! To add a column: a word in `columns`, its line in `sql/sources`, its reading in `read`.

mod cells;
mod columns;
mod read;
mod take;
pub mod turn;

pub use columns::Kind;
pub use read::{Facts, Known};
pub use take::{Account, Change};
pub use turn::Kept;

use serde_json::json;

use crate::app::App;
use crate::config::money_sources::{MoneySource, Tls};
use crate::store::StoreError;
use crate::store::external::{External, ExternalError, Protection, Reach};

use read::Reader;

/// What one look came to.
#[derive(Clone, Debug)]
pub struct Look {
    pub facts: Facts,
    pub account: Account,
    pub changes: Vec<Change>,
}

/// Why there was no look.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    #[error("{0}")]
    External(#[from] ExternalError),
    #[error("it gave no answer in {0} s; `timeout` may be longer, or the query needs an index")]
    Silent(u64),
    #[error("its address isn't known here")]
    NoAddress,
    #[error("{0}")]
    Zone(#[from] crate::zones::UnknownZone),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Asks a source and keeps what it says; `is_trial`: only tells what would change.
pub async fn fetch(app: &App, source: &MoneySource, actor: &str, is_trial: bool) -> Result<Look, LookError> {
    let projects = app.store.read().await?.project_places().await?;
    let known = Known::of(projects, &app.zones);
    let limit = source.timeout;
    let asked = tokio::time::timeout(limit, ask(app, source, &known)).await;
    let mut facts = asked.map_err(|_| LookError::Silent(limit.as_secs()))??;
    let (account, changes) = take::take(app, &mut facts, &known, actor, is_trial).await?;
    if !is_trial && account.has_changes() {
        let now = app.clock.now();
        let mut session = app.store.write().await?;
        session.audit(now, actor, "money_fetched", &source.name, &json!(account)).await?;
        session.commit().await?;
    }
    Ok(Look { facts, account, changes })
}

async fn ask(app: &App, source: &MoneySource, known: &Known) -> Result<Facts, LookError> {
    let url = source.url.as_ref().ok_or(LookError::NoAddress)?;
    let zone = app.zones.get(&source.zone)?;
    let now = app.clock.now();
    let reach = Reach {
        url: url.reveal(),
        tls: match source.tls {
            None => Protection::Usual,
            Some(Tls::Verify) => Protection::Verify,
            Some(Tls::Require) => Protection::Require,
            Some(Tls::Off) => Protection::Off,
        },
        ca_file: source.ca_file.clone(),
        patience: source.timeout,
        offset_sec: zone.offset_seconds(now),
        zone: zone.name(),
    };
    let mut external = External::open(&reach).await?;
    let mut facts = Facts::default();
    for kind in Kind::ALL {
        let query = match kind {
            Kind::Balances => &source.balances,
            Kind::Entries => &source.entries,
            Kind::Standings => &source.standings,
        };
        let Some(query) = query else { continue };
        let mut reader = Reader::new(kind, known, &zone, now, &mut facts);
        let told = external.read(query, source.most_rows, &mut |names, row| reader.take(names, &row)).await;
        match told {
            Ok(columns) => reader.finish(&columns),
            Err(ExternalError::Unreached(why)) => return Err(ExternalError::Unreached(why).into()),
            // The other queries still count.
            Err(error) => facts.fail(kind, error.to_string()),
        }
    }
    external.close().await;
    Ok(facts)
}
