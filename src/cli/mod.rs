//! The commands, one file each. To add one: a file with its `Args` and a `run`, a variant and a line in `dispatch`.

mod apply;
mod backup;
mod balance;
mod bounced;
mod cancel;
mod check_config;
mod confirm;
mod context;
mod deliveries;
mod demo;
mod doctor;
pub mod explain;
mod forecast;
mod health;
mod hold;
mod import;
mod list;
mod migrate;
mod next;
mod number;
mod outcome;
mod person;
mod preview;
mod project;
mod resend;
mod send_now;
mod serve;
mod settle;
mod silence;
mod standing;
mod stopping;
mod suppressions;
mod table;
mod test_alert;
mod tick;
mod token;
mod waits;
mod wall_clocks;
pub mod who;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use context::Context;
pub use outcome::{Exit, Failure};

/// Scheduled reports from call tracking and cloud telephony: the right report, to the right person, once.
#[derive(Debug, Parser)]
#[command(name = "callbrief", version, about, propagate_version = true)]
struct Cli {
    /// Settings file; `callbrief.toml` in this folder is used when it exists.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Database, over what the settings say: sqlite://callbrief.db or postgres://user@host/name
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Args),
    Apply(apply::Args),
    List(list::Args),
    Next(next::Args),
    Import(import::Args),
    Preview(preview::Args),
    SendNow(send_now::Args),
    TestAlert(test_alert::Args),
    Number(number::Args),
    Explain(explain::Args),
    Who(who::Args),
    Deliveries(deliveries::Args),
    Resend(resend::Args),
    Cancel(cancel::Args),
    Settle(settle::Args),
    Bounced(bounced::Args),
    Suppressions(suppressions::Args),
    Hold(hold::Args),
    Release(hold::ReleaseArgs),
    Silence(silence::Args),
    Balance(balance::Args),
    Standing(standing::Args),
    Forecast(forecast::Args),
    Token(token::Args),
    Person(person::Args),
    Project(project::Args),
    Serve(serve::Args),
    Tick(tick::Args),
    Migrate(migrate::Args),
    Backup(backup::Args),
    CheckConfig(check_config::Args),
    Health(health::Args),
    Doctor(doctor::Args),
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    outcome::end_quietly_without_reader();
    let cli = Cli::parse();
    let context = Context { config: cli.config, database: cli.database };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return outcome::report(Err(Failure::failed(error))),
    };
    outcome::report(runtime.block_on(dispatch(&context, cli.command)))
}

async fn dispatch(context: &Context, command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Demo(args) => demo::run(context, args).await,
        Command::Apply(args) => apply::run(context, args).await,
        Command::List(args) => list::run(context, args).await,
        Command::Next(args) => next::run(context, args).await,
        Command::Import(args) => import::run(context, args).await,
        Command::Preview(args) => preview::run(context, args).await,
        Command::SendNow(args) => send_now::run(context, args).await,
        Command::TestAlert(args) => test_alert::run(context, args).await,
        Command::Number(args) => number::run(context, args).await,
        Command::Explain(args) => explain::run(context, args).await,
        Command::Who(args) => who::run(context, args).await,
        Command::Deliveries(args) => deliveries::run(context, args).await,
        Command::Resend(args) => resend::run(context, args).await,
        Command::Cancel(args) => cancel::run(context, args).await,
        Command::Settle(args) => settle::run(context, args).await,
        Command::Bounced(args) => bounced::run(context, args).await,
        Command::Suppressions(args) => suppressions::run(context, args).await,
        Command::Hold(args) => hold::run(context, args).await,
        Command::Release(args) => hold::release(context, args).await,
        Command::Silence(args) => silence::run(context, args).await,
        Command::Balance(args) => balance::run(context, args).await,
        Command::Standing(args) => standing::run(context, args).await,
        Command::Forecast(args) => forecast::run(context, args).await,
        Command::Token(args) => token::run(context, args).await,
        Command::Person(args) => person::run(context, args).await,
        Command::Project(args) => project::run(context, args).await,
        Command::Serve(args) => serve::run(context, args).await,
        Command::Tick(args) => tick::run(context, args).await,
        Command::Migrate(args) => migrate::run(context, args).await,
        Command::Backup(args) => backup::run(context, args).await,
        Command::CheckConfig(args) => check_config::run(context, args).await,
        Command::Health(args) => health::run(context, args).await,
        Command::Doctor(args) => doctor::run(context, args).await,
    }
}

/// A new file that nobody but its owner may read; what stood there before is written over.
fn private_file(file: &std::path::Path) -> Result<std::fs::File, Failure> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map_err(|error| Failure::failed(anyhow::anyhow!("{} can't be written: {error}", file.display())))
}
