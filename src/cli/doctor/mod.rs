//! `callbrief doctor`.

mod dns;
mod here;
mod show;

use std::net::SocketAddr;

use serde::Serialize;

use super::{Context, Exit, Failure};
use crate::config::load::{self, Purpose};
use crate::config::problem;
use crate::net::dns::Resolver;

/// Look at everything that Callbrief stands on, and say what to do about what isn't well.
///
/// Looks at settings, database, zone data, every relay (as far as the log-in), clock, disk, fonts, and at what the sender's
/// domain publishes about its mail: SPF, DKIM, DMARC. Sends nothing and changes nothing, unless --repair is given. Exit code 4
/// when something must be mended; what is only worth a look is no reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief doctor
  callbrief doctor --json
  callbrief doctor --dkim-selector s1 --dkim-selector s2
  callbrief doctor --repair")]
pub(super) struct Args {
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// Work out again what is kept beside the facts: next dates of schedules, and callers to call back.
    #[arg(long)]
    repair: bool,
    /// Ask no relay and no name server.
    #[arg(long)]
    offline: bool,
    /// Under which name the relay signs (`s=` in a mail's DKIM-Signature); may be given several times. Without it the usual
    /// names are tried.
    #[arg(long, value_name = "NAME")]
    dkim_selector: Vec<String>,
    /// Ask this name server and not the system's.
    #[arg(long, value_name = "IP:PORT")]
    name_server: Option<SocketAddr>,
}

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Health {
    Good,
    /// Works, and is worth a look.
    Look,
    /// Must be mended.
    Bad,
    /// Couldn't be found out.
    Unknown,
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    pub name: String,
    pub health: Health,
    /// How it is, in a sentence.
    pub said: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

impl Check {
    pub(super) fn new(name: impl Into<String>, health: Health, said: impl Into<String>) -> Self {
        Self { name: name.into(), health, said: said.into(), advice: None }
    }

    pub(super) fn good(name: impl Into<String>, said: impl Into<String>) -> Self {
        Self::new(name, Health::Good, said)
    }

    #[must_use]
    pub(super) fn advising(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let survey = load::survey_process(context.config.as_deref(), context.database.as_deref(), Purpose::Sending);
    let mut checks = vec![here::settings(&survey)];
    if let Some(settings) = &survey.settings {
        checks.extend(here::database(settings, args.repair).await);
        checks.push(here::zones());
        checks.push(here::fonts().await);
        checks.extend(here::disks(settings));
        if !args.offline {
            checks.extend(here::relays(settings).await);
            let resolver = match args.name_server {
                Some(server) => Resolver::at(vec![server]),
                None => Resolver::of_system(),
            };
            checks.extend(dns::of_sender(&resolver, settings.mail.from_address.domain(), &args.dkim_selector).await);
        }
    }
    if args.json {
        println!(
            "{}",
            serde_json::to_string_pretty(
                &serde_json::json!({ "version": env!("CARGO_PKG_VERSION"), "checks": checks })
            )?
        );
    } else {
        print!("{}", show::all(&checks, problem::coloured_output(), super::table::width()));
        if survey.settings.is_none() {
            eprint!("{}", survey.problems.render(problem::coloured_errors()));
        }
    }
    Ok(if checks.iter().any(|check| check.health == Health::Bad) { Exit::No } else { Exit::Done })
}
