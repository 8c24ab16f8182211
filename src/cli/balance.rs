//! `callbrief balance`.

mod fetch;
mod import;
mod list;
mod take_back;

use std::path::PathBuf;

use super::{Context, Exit, Failure};
use crate::app::App;
use crate::config;
use crate::domain::balance::{AutoTopup, Entry, EntryKind, InvalidEntry, Taken, ToldTopup};
use crate::domain::currency;
use crate::domain::ids::{BalanceName, ProjectId};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::project::Project;
use crate::funds::{self, FactError, Names, ToldBalance};
use crate::zones::Zone;

pub(super) use take_back::unknown;

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
  callbrief balance withdraw acme forwarding --id u-2026-05-31
  callbrief balance remove acme forwardng --dry-run
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
        #[arg(long, value_name = "SUM", allow_hyphen_values = true)]
        credit_limit: Option<String>,
        /// By default the balance's own, of a new one the project's. What has entries or limits keeps its currency.
        #[arg(long, value_name = "CODE")]
        currency: Option<String>,
        /// It is topped up by itself once it is below this sum; as it was when not given. While that works, nobody is
        /// warned of low funds.
        #[arg(long, value_name = "SUM", requires = "auto_topup_amount", allow_hyphen_values = true)]
        auto_topup_below: Option<String>,
        /// By how much.
        #[arg(long, value_name = "SUM", requires = "auto_topup_below", allow_hyphen_values = true)]
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
    ///
    /// Fields are parted by commas, semicolons or tabs, as the first line shows. A row that can't be taken is set aside with its
    /// line and reason (exit code 3), and the rest is taken.
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
    /// Take back an entry that was told wrong. Its id is free again: tell the right one by the same.
    Withdraw {
        #[arg(value_name = "PROJECT")]
        project: String,
        #[arg(value_name = "NAME")]
        name: String,
        /// The id by which it was told; `balance add` says it.
        #[arg(long, value_name = "ID")]
        id: String,
    },
    /// Forget a balance that is none, with its entries and what was said of payments; what waits to warn of it is cancelled.
    Remove {
        #[arg(value_name = "PROJECT")]
        project: String,
        #[arg(value_name = "NAME")]
        name: String,
        /// Show what would be removed, and remove nothing.
        #[arg(long)]
        dry_run: bool,
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
                as_of: as_of_time(&app, &as_of, &zone)?,
            };
            set(&app, &project, &zone, told).await
        }
        What::Add { project, name, kind, amount, at, what, id } => {
            let (project, zone) = find(&app, &project).await?;
            let (at, amount) = (time("--at", &at, &zone)?, sum("--amount", &amount)?);
            let id = id.unwrap_or_else(|| format!("{}/{at}/{amount}/{what}", kind.name()));
            add(&app, (&project, &zone), &self::name(&name)?, Entry { id, at, kind, amount, what }).await
        }
        What::Import { file, project, balance, dry_run } => {
            let (project, zone) = find(&app, &project).await?;
            let balance = balance.map(|text| name(&text)).transpose()?;
            import::run(&app, (&project, &zone), &file, balance.as_ref(), dry_run).await
        }
        What::Withdraw { project, name, id } => {
            let (project, zone) = find(&app, &project).await?;
            take_back::withdraw(&app, (&project, &zone), &self::name(&name)?, &id).await
        }
        What::Remove { project, name, dry_run } => {
            let (project, _) = find(&app, &project).await?;
            take_back::remove(&app, &project, &self::name(&name)?, dry_run).await
        }
        What::List { project, json } => list::run(&app, project.as_deref(), json).await,
    }
}

async fn set(app: &App, project: &Project, zone: &Zone, told: ToldBalance) -> Result<Exit, Failure> {
    let (id, name, as_of) = (&project.id, told.name.clone(), told.as_of);
    let names = Names::read(&mut app.store.read().await?, project).await?;
    let taken = funds::set_balance(app, project, told, &config::user_name()).await.map_err(refused)?;
    let stands = app.store.read().await?.balances(Some(project.key), Some(&name)).await?.pop();
    let Some(stands) = stands.map(|stored| stored.balance) else {
        return Err(Failure::usage(format!("error: {id} · {name} was removed by somebody else just now")));
    };
    let shown_sum = format!("{id} · {name}: {}", currency::shown(stands.amount, &stands.currency));
    match taken {
        Taken::Now | Taken::Fresh => println!("{shown_sum}"),
        Taken::Same => println!("{shown_sum}, as before"),
        Taken::Older { than } => {
            let (than, as_of) = (shown(zone, than), shown(zone, as_of));
            println!("Not taken: {name} was told of {than} already, which is later than {as_of}.");
            return Ok(Exit::Refused);
        }
    }
    if let Some(new) = names.new_name(&name) {
        println!("{}", names.notes(&new, &stands).join("\n"));
        if new.meant.is_some() {
            println!("`callbrief balance remove {id} {name}` takes it away again.");
        }
    }
    Ok(Exit::Done)
}

async fn add(app: &App, (project, zone): (&Project, &Zone), name: &BalanceName, entry: Entry) -> Result<Exit, Failure> {
    let names = Names::read(&mut app.store.read().await?, project).await?;
    let new = names.new_name(name);
    let id = &project.id;
    // A name that is nearly that of a balance that stands is a slip.
    if let Some(meant) = new.as_ref().filter(|new| new.is_meant_told).and_then(|new| new.meant.as_ref()) {
        return Err(Failure::usage(format!(
            "error: {id} has no balance `{name}`; is `{meant}` meant? A new one of this name begins with `callbrief balance set \
             {id} {name} …`",
        )));
    }
    match funds::check_entry(&entry, app.clock.now()) {
        Err(why @ InvalidEntry::InFuture(_)) => check_ahead("--at", zone, entry.at, Err(why))?,
        Err(why) => return Err(Failure::usage(format!("error: --{}: {why}", why.part()))),
        Ok(()) => {}
    }
    let told = entry.id.clone();
    let added = funds::add_entries(app, project, name, &[entry], &config::user_name()).await.map_err(refused)?;
    let what = match (added.new, added.known) {
        (1.., _) => "new",
        (_, 1..) => "known",
        _ => {
            println!(
                "Not taken: {id} · {name} has an entry `{told}` with another content, which stays; `callbrief balance withdraw {id} \
                 {name} --id {told}` takes that back"
            );
            return Ok(Exit::Refused);
        }
    };
    println!("{id} · {name}: {what}, with the id `{told}`");
    if let Some(new) = new {
        let meant = new.meant.map(|meant| format!(" Did you mean `{meant}`?")).unwrap_or_default();
        println!("Nobody has said yet what {name} is: `callbrief balance set {id} {name} …` does.{meant}");
    }
    Ok(Exit::Done)
}

/// `by 200.00 below 50.00`, in the currency's digits.
pub(super) fn topup_words(topup: AutoTopup, code: &str) -> String {
    let digits = currency::digits(code);
    format!("by {} below {}", topup.amount.written(digits), topup.below.written(digits))
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

/// The same of `--as-of`, which doesn't lie ahead.
pub(super) fn as_of_time(app: &App, text: &str, zone: &Zone) -> Result<Instant, Failure> {
    let at = time("--as-of", text, zone)?;
    check_ahead("--as-of", zone, at, funds::check_time(at, app.clock.now()))?;
    Ok(at)
}

/// What is wrong with a time, by the project's clock.
fn check_ahead(argument: &str, zone: &Zone, at: Instant, check: Result<(), impl ToString>) -> Result<(), Failure> {
    check.map_err(|why| Failure::usage(format!("error: {argument} ({}): {}", shown(zone, at), why.to_string())))
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
