//! `callbrief balance fetch` and `balance columns`: databases of others that say what balances are.

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use super::super::{Context, Exit, Failure, table};
use crate::app::App;
use crate::config;
use crate::config::money_sources::MoneySource;
use crate::domain::nearest::nearest;
use crate::funds::source::{self, Kind, Look, LookError, turn};
use crate::store::external::ExternalError;

/// Asks one source, or all, and shows what changed or would.
pub(super) async fn run(context: &Context, name: Option<&str>, is_trial: bool, as_json: bool) -> Result<Exit, Failure> {
    let settings = context.settings_to_fetch()?;
    let sources = chosen(&settings.money_sources, name)?;
    let app = Context::app_that_stands(settings).await?;
    let (mut ends, mut told) = (Vec::new(), Vec::new());
    for source in &sources {
        let began = app.clock.now();
        let look = source::fetch(&app, source, &config::user_name(), is_trial).await;
        if !is_trial {
            turn::end(&app, source, began, &look).await?;
        }
        ends.push(end(&look)?);
        match as_json {
            true => told.push(as_object(&source.name, &look)),
            false => show(&app, &source.name, &look, is_trial),
        }
    }
    if as_json {
        println!("{}", serde_json::to_string_pretty(&told)?);
    }
    if ends.iter().all(|end| *end == Exit::Refused) {
        return Ok(Exit::Refused);
    }
    Ok(if ends.iter().all(|end| *end == Exit::Done) { Exit::Done } else { Exit::Partly })
}

fn chosen(sources: &[MoneySource], name: Option<&str>) -> Result<Vec<MoneySource>, Failure> {
    if sources.is_empty() {
        return Err(Failure::usage(
            "error: the settings name no money source; [money_sources.NAME] begins one, and `callbrief balance columns` shows \
             what it is asked",
        ));
    }
    let Some(name) = name else { return Ok(sources.to_vec()) };
    let names = || sources.iter().map(|source| source.name.as_str());
    let found = sources.iter().find(|source| source.name == name);
    found.map(|source| vec![source.clone()]).ok_or_else(|| {
        let meant = nearest(name, names()).map_or_else(
            || format!("there are {}", names().collect::<Vec<_>>().join(", ")),
            |meant| format!("is `{meant}` meant?"),
        );
        Failure::usage(format!("error: the settings have no [money_sources.{name}]; {meant}"))
    })
}

/// Our own database's failures are the command's; another's are told.
fn end(look: &Result<Look, LookError>) -> Result<Exit, Failure> {
    match look {
        Ok(look) if look.facts.told().is_empty() && look.account.different_entries == 0 => Ok(Exit::Done),
        Ok(look) if look.facts.rows.is_empty() => Ok(Exit::Refused),
        Ok(_) => Ok(Exit::Partly),
        Err(LookError::Store(error)) => Err(Failure::TryLater(anyhow::anyhow!("{error}"))),
        Err(_) => Ok(Exit::Refused),
    }
}

fn show(app: &App, name: &str, look: &Result<Look, LookError>, is_trial: bool) {
    let look = match look {
        Ok(look) => look,
        Err(error) => {
            let hint = match error {
                LookError::External(ExternalError::Query(_)) => "; `callbrief balance columns` shows examples",
                _ => "",
            };
            eprintln!("{name}: {error}{hint}");
            return;
        }
    };
    for sentence in look.facts.told() {
        eprintln!("{name}: {sentence}");
    }
    if !look.changes.is_empty() {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(["project", "balance", "old", "new", "as of"]);
        for change in &look.changes {
            table.add_row([
                change.project.clone(),
                change.balance.clone().unwrap_or_else(|| "(standing)".to_owned()),
                change.old.clone().unwrap_or_else(|| "–".to_owned()),
                change.new.clone(),
                app.zones
                    .get(&change.zone)
                    .map_or_else(|_| change.as_of.to_string(), |zone| super::shown(&zone, change.as_of)),
            ]);
        }
        table::print(table);
    }
    println!("{name}: {}", account(look, is_trial));
}

fn account(look: &Look, is_trial: bool) -> String {
    let account = &look.account;
    let rows: u64 = look.facts.rows.values().sum();
    let mut parts = vec![format!("{rows} rows")];
    let changed = if is_trial { "would change" } else { "changed" };
    parts.push(format!("{} {changed}", account.changed));
    parts.push(format!("{} as before", account.fresh + account.same));
    for (count, words) in [
        (account.older, "older than what stands"),
        (account.new_entries, if is_trial { "entries would be new" } else { "new entries" }),
        (account.known_entries, "entries known"),
        (account.different_entries, "entries known by their id with another content, which stays"),
        (look.facts.complaint_count, "couldn't be taken"),
        (look.facts.unknown_rows, "of projects that aren't here"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {words}"));
        }
    }
    let nothing = if is_trial { "; nothing was written" } else { "" };
    format!("{}{nothing}", parts.join(", "))
}

fn as_object(name: &str, look: &Result<Look, LookError>) -> serde_json::Value {
    match look {
        Ok(look) => json!({
            "source": name, "rows": look.facts.rows.values().sum::<u64>(), "account": look.account,
            "changes": look.changes.iter().map(|change| json!({
                "project": change.project, "balance": change.balance, "old": change.old, "new": change.new,
                "as_of": change.as_of.to_string(),
            })).collect::<Vec<_>>(),
            "told": look.facts.told(), "error": null,
        }),
        Err(error) => json!({ "source": name, "error": error.to_string() }),
    }
}

/// How usual tables of each engine are asked for these columns.
const EXAMPLES: &str = "\
-- Postgres: cents as a decimal, a moment as it is.
-- balances = \"\"\"
-- select a.project_code as project, 'forwarding' as balance, a.balance_cents / 100.0 as amount, a.currency,
--     a.credit_limit, a.updated_at as as_of
-- from billing.accounts a where not a.is_closed
-- \"\"\"

-- MySQL and MariaDB: `timestamp` and now() are known by the session's clock; `datetime` is of `zone` (UTC unless said).
-- balances = \"\"\"
-- select a.code as project, 'forwarding' as balance, a.balance as amount, a.currency, a.checked_at as as_of
-- from accounts a where a.checked_at <> 0
-- \"\"\"

-- SQLite: `datetime('now')` is UTC, as text without a zone is here unless `zone` says otherwise.
-- balances = \"\"\"
-- select code as project, 'forwarding' as balance, round(balance, 2) as amount, 'EUR' as currency, datetime('now') as as_of
-- from accounts
-- \"\"\"";

/// Prints what each query gives, as a query.
pub(super) fn columns() {
    for kind in Kind::ALL {
        let (query, lines) = (kind.name(), kind.example().trim_end());
        println!("-- {query} = … in [money_sources.NAME]");
        // The first lines tell those who change the program where it is used.
        println!("{}\n", lines.lines().skip_while(|line| line.starts_with("--")).collect::<Vec<_>>().join("\n"));
    }
    println!("{EXAMPLES}");
}
