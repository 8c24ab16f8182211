//! `callbrief balance`.

mod fetch;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use super::{Context, Exit, Failure, table};
use crate::app::App;
use crate::config;
use crate::domain::balance::{AutoTopup, Entry, EntryKind, Taken, ToldTopup};
use crate::domain::ids::{BalanceName, ProjectId};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::nearest::nearest;
use crate::domain::project::Project;
use crate::funds::{self, FactError, Sheet, SheetRow, ToldBalance};
use crate::store::balances::AddedEntries;
use crate::zones::Zone;

/// Tell what a project's balances are and what moves them; show what stands.
///
/// A balance has a name of your provider's: `project` and `forwarding` are usual. Every fact says when it was true; an
/// older one never replaces a younger one. `callbrief forecast` shows what they come to.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief balance set acme forwarding --amount 84.60 --as-of 2026-06-01T08:00
  callbrief balance set acme forwarding --amount 84.60 --as-of 2026-06-01T08:00 --auto-topup-below 50 --auto-topup-amount 200
  callbrief balance add acme forwarding --kind usage --amount 6.10 --at 2026-05-31 --what \"calls to mobiles\"
  callbrief balance add acme forwarding --kind fixed --amount 12.00 --at 2026-06-05 --what \"number rent\"
  callbrief balance import ledger.csv --project acme --balance forwarding
  callbrief balance fetch billing --dry-run
  callbrief balance list --json")]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Say what a balance is.
    Set {
        #[arg(value_name = "PROJECT")]
        project: String,
        #[arg(value_name = "NAME")]
        name: String,
        /// The balance, with a minus when something is owed.
        #[arg(long, value_name = "SUM", allow_hyphen_values = true)]
        amount: String,
        /// When it was so: an instant, or a date or time of the project's zone.
        #[arg(long, value_name = "TIME")]
        as_of: String,
        /// How far below zero it may go; as it was when not given, at first 0.
        #[arg(long, value_name = "SUM")]
        credit_limit: Option<String>,
        /// By default the balance's own, of a new one the project's. What has entries or limits keeps its currency.
        #[arg(long, value_name = "CODE")]
        currency: Option<String>,
        /// It is topped up by itself once it is below this sum; as it was when not given. While that works, nobody is
        /// warned of low funds.
        #[arg(long, value_name = "SUM", requires = "auto_topup_amount")]
        auto_topup_below: Option<String>,
        /// By how much.
        #[arg(long, value_name = "SUM", requires = "auto_topup_below")]
        auto_topup_amount: Option<String>,
        /// It isn't topped up by itself any more.
        #[arg(long, conflicts_with_all = ["auto_topup_below", "auto_topup_amount"])]
        no_auto_topup: bool,
    },
    /// Say what moved a balance, or what will: a fixed charge that lies ahead.
    Add {
        #[arg(value_name = "PROJECT")]
        project: String,
        #[arg(value_name = "NAME")]
        name: String,
        #[arg(long, value_name = "KIND", value_parser = parse_kind, long_help = kinds())]
        kind: EntryKind,
        /// Without a sign; only an adjustment may have one.
        #[arg(long, value_name = "SUM", allow_hyphen_values = true)]
        amount: String,
        /// An instant, or a date or time of the project's zone.
        #[arg(long, value_name = "TIME")]
        at: String,
        /// What for, in words.
        #[arg(long, value_name = "WORDS", default_value = "")]
        what: String,
        /// Your id of it: the same twice is one entry. By default made from the rest.
        #[arg(long, value_name = "ID")]
        id: Option<String>,
    },
    /// Take both from a CSV file with the columns id, at, kind, amount, what, balance; `-` reads standard input.
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "ID")]
        project: String,
        /// For rows that don't say which.
        #[arg(long, value_name = "NAME")]
        balance: Option<String>,
        /// Show what would happen, and write nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Ask the databases that the settings name ([money_sources.NAME]) what balances are, now.
    ///
    /// `serve` and `tick` ask each by itself when it is due. Shows what changed, and what of it couldn't be read and why.
    /// Exit codes: 0 everything was taken; 3 some rows, queries or sources weren't; 1 nothing was.
    #[command(after_help = "Examples:
  callbrief balance fetch --dry-run
  callbrief balance fetch billing
  callbrief balance fetch billing --json")]
    Fetch {
        /// One of them; by default all.
        #[arg(value_name = "SOURCE")]
        source: Option<String>,
        /// Show what would change, and write nothing.
        #[arg(long)]
        dry_run: bool,
        /// As a JSON list.
        #[arg(long)]
        json: bool,
    },
    /// Show the columns that queries of a money source give, with an example for each engine.
    Columns,
    /// Show the balances of all projects, or of one.
    List {
        #[arg(value_name = "PROJECT")]
        project: Option<String>,
        /// As a JSON list.
        #[arg(long)]
        json: bool,
    },
}

fn parse_kind(text: &str) -> Result<EntryKind, String> {
    EntryKind::parse(text).ok_or_else(|| format!("the kinds are {}", EntryKind::ALL.map(EntryKind::name).join(", ")))
}

fn kinds() -> String {
    "What it is:\n\
     usage         calls and messages: what a forecast is made of\n\
     fixed         a subscription or rent; one that lies ahead is a charge known to come\n\
     topup         money came in\n\
     topup_failed  a payment or automatic top-up that didn't work; --what says why\n\
     refund        money came back\n\
     adjustment    anything else, with its sign"
        .to_owned()
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    match &args.what {
        What::Columns => {
            fetch::columns();
            return Ok(Exit::Done);
        }
        What::Fetch { source, dry_run, json } => return fetch::run(context, source.as_deref(), *dry_run, *json).await,
        _ => {}
    }
    let app = context.app().await?;
    match args.what {
        What::Fetch { .. } | What::Columns => Ok(Exit::Done),
        What::Set {
            project,
            name,
            amount,
            as_of,
            credit_limit,
            currency,
            auto_topup_below,
            auto_topup_amount,
            no_auto_topup,
        } => {
            let (project, zone) = find(&app, &project).await?;
            let auto_topup = match (auto_topup_below.zip(auto_topup_amount), no_auto_topup) {
                (Some((below, amount)), _) => ToldTopup::On(AutoTopup {
                    below: sum("--auto-topup-below", &below)?,
                    amount: sum("--auto-topup-amount", &amount)?,
                }),
                (None, true) => ToldTopup::Off,
                (None, false) => ToldTopup::AsItWas,
            };
            let told = ToldBalance {
                name: self::name(&name)?,
                currency,
                amount: sum("--amount", &amount)?,
                credit_limit: credit_limit.map(|text| sum("--credit-limit", &text)).transpose()?,
                auto_topup,
                as_of: time("--as-of", &as_of, &zone)?,
            };
            set(&app, &project, told).await
        }
        What::Add { project, name, kind, amount, at, what, id } => {
            let (project, zone) = find(&app, &project).await?;
            let (at, amount) = (time("--at", &at, &zone)?, sum("--amount", &amount)?);
            let id = id.unwrap_or_else(|| format!("{}/{at}/{amount}/{what}", kind.name()));
            let entry = Entry { id, at, kind, amount, what };
            let name = self::name(&name)?;
            let is_told = is_told(&app, &project, &name).await?;
            let added = funds::add_entries(&app, &project, &name, &[entry], &config::user_name()).await;
            let added = added.map_err(refused)?;
            println!("{} · {name}: {}", project.id, account(&added));
            if !is_told {
                println!("Nobody has said yet what {name} is: `callbrief balance set {} {name} …` does.", project.id);
            }
            Ok(if added.different.is_empty() { Exit::Done } else { Exit::Refused })
        }
        What::Import { file, project, balance, dry_run } => {
            let (project, zone) = find(&app, &project).await?;
            let balance = balance.map(|text| name(&text)).transpose()?;
            let sheet = sheet(&file, &zone, balance.as_ref())?;
            import(&app, &project, &file, sheet, dry_run).await
        }
        What::List { project, json } => list(&app, project.as_deref(), json).await,
    }
}

/// Whether somebody has said what a balance is. A name that is nearly that of one that stands is a slip, and an error.
async fn is_told(app: &App, project: &Project, name: &BalanceName) -> Result<bool, Failure> {
    let balances = app.store.read().await?.balances(Some(project.key), None).await?;
    let known: Vec<&str> = balances.iter().map(|stored| stored.balance.name.as_str()).collect();
    if known.contains(&name.as_str()) {
        return Ok(true);
    }
    match nearest(name.as_str(), known.iter().copied()) {
        None => Ok(false),
        Some(meant) => Err(Failure::usage(format!(
            "error: {} has no balance `{name}`; is `{meant}` meant? A new one of this name begins with `callbrief balance \
             set {} {name} …`",
            project.id, project.id,
        ))),
    }
}

async fn set(app: &App, project: &Project, told: ToldBalance) -> Result<Exit, Failure> {
    let (name, as_of) = (told.name.clone(), told.as_of);
    let taken = funds::set_balance(app, project, told, &config::user_name()).await.map_err(refused)?;
    let stands = app.store.read().await?.balances(Some(project.key), Some(&name)).await?.pop();
    let sum = stands.map(|stored| format!("{} {}", stored.balance.amount, stored.balance.currency));
    let shown = format!("{} · {name}: {}", project.id, sum.unwrap_or_default());
    Ok(match taken {
        Taken::Now | Taken::Fresh => {
            println!("{shown}");
            Exit::Done
        }
        Taken::Same => {
            println!("{shown}, as before");
            Exit::Done
        }
        Taken::Older { than } => {
            println!("Not taken: {name} was told of {than} already, which is later than {as_of}.");
            Exit::Refused
        }
    })
}

async fn import(app: &App, project: &Project, file: &Path, sheet: Sheet, dry_run: bool) -> Result<Exit, Failure> {
    for (line, column, value, why) in &sheet.set_aside {
        let place = if column.is_empty() { String::new() } else { format!(", {column} `{value}`") };
        eprintln!("{}: line {line}{place}: {why}", file.display());
    }
    let mut entries: BTreeMap<BalanceName, Vec<Entry>> = BTreeMap::new();
    let mut latest: BTreeMap<BalanceName, (Instant, Amount)> = BTreeMap::new();
    for row in sheet.rows {
        match row {
            SheetRow::Entry { name, entry } => entries.entry(name).or_default().push(entry),
            SheetRow::Balance { name, amount, as_of } => {
                let last = latest.entry(name).or_insert((as_of, amount));
                *last = (*last).max((as_of, amount));
            }
        }
    }
    for name in entries.keys().filter(|name| !latest.contains_key(*name)) {
        is_told(app, project, name).await?;
    }
    let (mut total, mut balances, mut older) = (AddedEntries::default(), 0, 0);
    if dry_run {
        total.new = entries.values().map(|list| list.len() as u64).sum();
        let (total, balances) = (total.new, latest.len());
        println!(
            "{total} entries and {balances} balances can be read, {} rows can't; nothing was written",
            sheet.set_aside.len()
        );
    } else {
        let actor = config::user_name();
        for (name, list) in &entries {
            let added = funds::add_entries(app, project, name, list, &actor).await.map_err(refused)?;
            total.new += added.new;
            total.known += added.known;
            total.different.extend(added.different);
        }
        for (name, (as_of, amount)) in latest {
            let auto_topup = ToldTopup::AsItWas;
            let told = ToldBalance { name, currency: None, amount, credit_limit: None, auto_topup, as_of };
            match funds::set_balance(app, project, told, &actor).await.map_err(refused)? {
                Taken::Now | Taken::Fresh | Taken::Same => balances += 1,
                Taken::Older { .. } => older += 1,
            }
        }
        println!(
            "{}; {balances} balances, {older} older than what stands; {} set aside",
            account(&total),
            sheet.set_aside.len()
        );
    }
    Ok(if sheet.set_aside.is_empty() && total.different.is_empty() { Exit::Done } else { Exit::Partly })
}

fn sheet(file: &Path, zone: &Zone, balance: Option<&BalanceName>) -> Result<Sheet, Failure> {
    let reader: Box<dyn Read> = if file == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        let opened = File::open(file);
        Box::new(opened.map_err(|error| Failure::usage(format!("error: {}: {error}", file.display())))?)
    };
    funds::read_sheet(reader, zone, balance)
        .map_err(|error| Failure::usage(format!("error: {}: {error}", file.display())))
}

async fn list(app: &App, project: Option<&str>, json: bool) -> Result<Exit, Failure> {
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
        let currency = &stored.balance.currency;
        table.add_row([
            stored.project.to_string(),
            stored.balance.name.to_string(),
            format!("{} {currency}", stored.balance.amount),
            format!("{} {currency}", stored.balance.credit_limit),
            stored.balance.auto_topup.map(topup_words).unwrap_or_default(),
            as_of,
        ]);
    }
    table::print(table);
    Ok(Exit::Done)
}

/// `by 200.00 below 50.00`
pub(super) fn topup_words(topup: AutoTopup) -> String {
    format!("by {} below {}", topup.amount, topup.below)
}

/// `2026-06-01 08:00 Europe/Kyiv`.
pub(super) fn shown(zone: &Zone, at: Instant) -> String {
    format!("{} {}", zone.local(at).format("%Y-%m-%d %H:%M"), zone.name())
}

/// The project of this id and its zone, or the complaint that there is none.
pub(super) async fn find(app: &App, text: &str) -> Result<(Project, Zone), Failure> {
    let unknown =
        || Failure::usage(format!("error: there is no project `{text}`; `callbrief list projects` shows them"));
    let id = ProjectId::parse(text).map_err(|_| unknown())?;
    let project = app.store.project(&id).await?.ok_or_else(unknown)?;
    let zone = app.zones.get(&project.zone)?;
    Ok((project, zone))
}

/// A balance's name as an argument.
pub(super) fn name(text: &str) -> Result<BalanceName, Failure> {
    BalanceName::parse(text).map_err(|error| Failure::usage(format!("error: balance `{text}`: {error}")))
}

/// A time as an argument; `now` can't be: a fact is of when it was looked up.
pub(super) fn time(argument: &str, text: &str, zone: &Zone) -> Result<Instant, Failure> {
    funds::read_time(text, zone).map_err(|why| Failure::usage(format!("error: {argument}: {why}")))
}

/// What the command line did wrong, and what failed.
pub(super) fn refused(error: FactError) -> Failure {
    match error {
        FactError::Store(error) => error.into(),
        error => Failure::usage(format!("error: {error}")),
    }
}

fn sum(argument: &str, text: &str) -> Result<Amount, Failure> {
    Amount::parse(text).map_err(|error| Failure::usage(format!("error: {argument}: {error}")))
}

fn account(added: &AddedEntries) -> String {
    let new = if added.new == 1 { "1 new entry".to_owned() } else { format!("{} new entries", added.new) };
    let mut text = format!("{new}, {} known", added.known);
    if !added.different.is_empty() {
        text.push_str(&format!("; known by this id with other content, which stays: {}", added.different.join(", ")));
    }
    text
}
