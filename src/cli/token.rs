//! `callbrief token`.

use chrono::{Days, NaiveDate};
use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use super::balance::find;
use super::wall_clocks::WallClocks;
use super::{Context, Exit, Failure, table};
use crate::access::{self, Wanted};
use crate::app::App;
use crate::config;
use crate::config::duration;
use crate::domain::access::{Scope, TokenId};
use crate::domain::instant::Instant;
use crate::store::tokens::StoredToken;
use crate::zones::Zone;

/// Make, show and revoke tokens of the HTTP interface.
///
/// A token opens one project to a program: your billing system tells balances with it. It is shown once, when it is made;
/// only a hash of it is kept. Its beginning (cb_3f9a1c22) names it in lists, in the audit and in the log.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief token create --scope balance --project acme --expires 2027-06-30 --name \"billing system\"
  callbrief token create --scope manage --project acme --expires 90d
  callbrief token list --project acme
  callbrief token revoke cb_3f9a1c22")]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Make a token and show it, once.
    Create {
        #[arg(long, value_name = "SCOPE", value_parser = scope, long_help = scopes())]
        scope: Scope,
        /// The one project that it opens.
        #[arg(long, value_name = "ID")]
        project: String,
        /// The last day (of the project's zone) or the moment on which it opens anything, a span from now such as 90d, or
        /// `never`.
        #[arg(long, value_name = "WHEN")]
        expires: String,
        /// What it is for, in words.
        #[arg(long, value_name = "WORDS", default_value = "")]
        name: String,
        /// The token with what it is, as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show tokens, newest first; never the secret.
    List {
        /// Only those of this project.
        #[arg(long, value_name = "ID")]
        project: Option<String>,
        /// With those that are revoked or whose time is up.
        #[arg(long)]
        all: bool,
        /// As a JSON list.
        #[arg(long)]
        json: bool,
    },
    /// End a token for good; it opens nothing from that moment on.
    Revoke {
        /// Its beginning, such as cb_3f9a1c22.
        #[arg(value_name = "TOKEN")]
        token: String,
    },
}

fn scope(text: &str) -> Result<Scope, String> {
    Scope::parse(text).ok_or_else(|| format!("the scopes are {}", Scope::ALL.map(Scope::name).join(", ")))
}

fn scopes() -> String {
    "What its holder may do in the project:\n\
     balance  tell and read balances, what moves them, and how the project stands\n\
     manage   that, and have tests sent to the project's contacts"
        .to_owned()
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    match args.what {
        What::Create { scope, project, expires, name, json } => {
            let (project, zone) = find(&app, &project).await?;
            let expires_at = expiry(&expires, &zone, app.clock.now())?;
            let name = name.trim();
            if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
                return Err(Failure::usage(format!(
                    "error: --name: one line of at most {LONGEST_NAME} characters says what it is for"
                )));
            }
            let actor = config::user_name();
            let wanted = Wanted { project: &project, scope, name, expires_at, actor: &actor };
            let issued = access::issue(&app, wanted).await?;
            if json {
                let shown = json!({
                    "token": issued.secret, "id": issued.id.to_string(), "name": name, "project": project.id,
                    "scope": scope, "expires_at": expires_at.map(|at| at.to_string()),
                });
                println!("{}", serde_json::to_string_pretty(&shown)?);
                return Ok(Exit::Done);
            }
            println!("{}", issued.secret);
            let until =
                expires_at.map_or("until it is revoked".to_owned(), |at| format!("until {}", moment(&zone, at)));
            eprintln!(
                "This is the only time it is shown. It opens {} for `{}` {until}; `callbrief token revoke {}` ends it.",
                project.id,
                scope.name(),
                issued.id
            );
            Ok(Exit::Done)
        }
        What::List { project, all, json } => list(&app, project.as_deref(), all, json).await,
        What::Revoke { token } => revoke(&app, &token).await,
    }
}

const LONGEST_NAME: usize = 100;

fn expiry(text: &str, zone: &Zone, now: Instant) -> Result<Option<Instant>, Failure> {
    if text == "never" {
        return Ok(None);
    }
    let date = text.parse::<NaiveDate>().ok().filter(|_| text.len() == 10);
    let after = date.and_then(|date| date.checked_add_days(Days::new(1))).map(|date| zone.start_of_day(date));
    let span = || duration::parse(text).ok().map(|span| now + span);
    let at = after.or_else(|| zone.read_instant(text)).or_else(span).ok_or_else(|| {
        Failure::usage(format!(
            "error: --expires `{text}`: write the last day (2027-06-30), a moment (2027-06-30T18:00), a span from now (90d) or \
             never"
        ))
    })?;
    if at <= now {
        return Err(Failure::usage(format!(
            "error: --expires `{text}` is over already, so the token would open nothing"
        )));
    }
    Ok(Some(at))
}

/// `2026-06-01 08:00 Europe/Kyiv`.
fn moment(zone: &Zone, at: Instant) -> String {
    format!("{} {}", zone.local(at).format("%Y-%m-%d %H:%M"), zone.name())
}

/// How a token stands.
fn state(token: &StoredToken, now: Instant) -> &'static str {
    match token {
        token if token.revoked_at.is_some() => "revoked",
        token if token.expires_at.is_some_and(|at| at <= now) => "expired",
        token if token.project_is_retired => "project retired",
        _ => "active",
    }
}

async fn list(app: &App, project: Option<&str>, all: bool, json: bool) -> Result<Exit, Failure> {
    let key = match project {
        Some(text) => Some(find(app, text).await?.0.key),
        None => None,
    };
    let now = app.clock.now();
    let tokens = app.store.read().await?.tokens(key, all, now).await?;
    if json {
        let list: Vec<_> = tokens
            .iter()
            .map(|token| {
                let text = |at: Option<Instant>| at.map(|at| at.to_string());
                json!({
                    "id": token.id.to_string(), "name": token.name, "project": token.project, "scope": token.scope,
                    "state": state(token, now), "expires_at": text(token.expires_at),
                    "created_at": token.created_at.to_string(), "created_by": token.created_by,
                    "used_at": text(token.used_at), "revoked_at": text(token.revoked_at), "revoked_by": token.revoked_by,
                })
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&list)?);
        return Ok(Exit::Done);
    }
    if tokens.is_empty() {
        let more = if all { "" } else { "; --all shows those that are over" };
        println!("No tokens{more}. `callbrief token create --scope balance --project ID --expires 90d` makes one.");
        return Ok(Exit::Done);
    }
    let clocks = WallClocks::load(&app.store, &app.zones).await?;
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["TOKEN", "NAME", "PROJECT", "SCOPE", "STATE", "UNTIL", "LAST USED", "MADE BY", "MADE"]);
    for token in &tokens {
        let local = |at| clocks.show(None, Some(token.project.as_str()), at);
        table.add_row([
            token.id.to_string(),
            token.name.clone(),
            token.project.to_string(),
            token.scope.name().to_owned(),
            state(token, now).to_owned(),
            token.revoked_at.or(token.expires_at).map_or("–".to_owned(), local),
            token.used_at.map_or("never".to_owned(), local),
            token.created_by.clone(),
            local(token.created_at),
        ]);
    }
    table::print(table);
    Ok(Exit::Done)
}

async fn revoke(app: &App, text: &str) -> Result<Exit, Failure> {
    // What was given may be a whole token, so it isn't said again.
    let wrong = || {
        Failure::usage(
            "error: that names no token: give its beginning, such as cb_3f9a1c22; `callbrief token list --all` shows them",
        )
    };
    let id = TokenId::parse(text).ok_or_else(wrong)?;
    let stood = access::revoke(app, &id, &config::user_name()).await?.ok_or_else(wrong)?;
    let named = if stood.name.is_empty() { String::new() } else { format!(" ({})", stood.name) };
    let already = if stood.revoked_at.is_some() { ", as before" } else { "" };
    println!("{id}{named} of {} is revoked{already}", stood.project);
    Ok(Exit::Done)
}
