//! `callbrief balance list`.

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use super::super::{Exit, Failure, table};
use super::{find, shown, topup_words};
use crate::app::App;
use crate::domain::currency;

/// Shows the balances of all projects, or of one.
pub(super) async fn run(app: &App, project: Option<&str>, json: bool) -> Result<Exit, Failure> {
    let project = match project {
        Some(text) => Some(find(app, text).await?.0.key),
        None => None,
    };
    let mut session = app.store.read().await?;
    let balances = session.balances(project, None).await?;
    let projects = session.projects().await?;
    drop(session);
    if json {
        let list: Vec<_> = balances
            .iter()
            .map(|stored| {
                json!({
                    "project": stored.project, "name": stored.balance.name, "currency": stored.balance.currency,
                    "amount": stored.balance.amount, "credit_limit": stored.balance.credit_limit,
                    "as_of": stored.balance.as_of.to_string(), "auto_topup": stored.balance.auto_topup,
                })
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&list)?);
        return Ok(Exit::Done);
    }
    if balances.is_empty() {
        println!("no balance was told; `callbrief balance set` does");
        return Ok(Exit::Done);
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["project", "balance", "sum", "credit limit", "tops itself up", "as of"]);
    for stored in &balances {
        let zone = projects.iter().find(|one| one.key == stored.key).and_then(|one| app.zones.get(&one.zone).ok());
        let as_of = stored.balance.as_of;
        let as_of = zone.map_or_else(|| as_of.to_string(), |zone| shown(&zone, as_of));
        let code = &stored.balance.currency;
        table.add_row([
            stored.project.to_string(),
            stored.balance.name.to_string(),
            currency::shown(stored.balance.amount, code),
            currency::shown(stored.balance.credit_limit, code),
            stored.balance.auto_topup.map(|topup| topup_words(topup, code)).unwrap_or_default(),
            as_of,
        ]);
    }
    table::print(table);
    Ok(Exit::Done)
}
