//! `callbrief resend`.

use super::{Context, Exit, Failure};
use crate::config;
use crate::domain::contact::EmailAddress;
use crate::notify::by_hand::{self, Problem};

/// Send a delivery again.
///
/// It becomes a new delivery of the same content, the next generation, with its own Message-ID; it goes out with the next
/// `tick`, or by the running `serve`. The gate asks again whether its reader may get it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief resend 7Q3F-K2MD
  callbrief resend 1042 --to taras@acme.example --reason \"Olena is on leave\"

The other address must be one of the project's contacts, or in its allowed domains.")]
pub(super) struct Args {
    /// Its id, or the reference under its mail.
    id: String,
    /// To this address instead.
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
    /// Why, for the ledger.
    #[arg(long, default_value = "asked for again")]
    reason: String,
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let to = match &args.to {
        Some(text) => {
            let parsed = EmailAddress::parse(text);
            Some(parsed.map_err(|error| Failure::usage(format!("error: --to {text}: {error}")))?)
        }
        None => None,
    };
    let app = context.app().await?;
    let row = by_hand::find(&app, &args.id).await.map_err(refused)?;
    let id = by_hand::resend(&app, &row, to.as_ref(), &config::user_name(), &args.reason).await.map_err(refused)?;
    if row.state == "uncertain" {
        println!("delivery {} stays uncertain; its reader may get it twice", row.id);
    }
    println!("delivery {id} is queued for {}", to.as_ref().map_or(row.address.as_str(), EmailAddress::as_str));
    Ok(Exit::Done)
}

/// How the commands that touch one delivery fail.
pub(super) fn refused(problem: Problem) -> Failure {
    match problem {
        Problem::Store(error) if error.is_passing() => Failure::TryLater(error.into()),
        Problem::Store(error) => Failure::failed(error),
        Problem::NotFound(_) | Problem::Stopped { .. } => Failure::usage(format!("error: {problem}")),
        problem => Failure::failed(problem),
    }
}
