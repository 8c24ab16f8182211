//! `callbrief bounced`.

use std::io::Read as _;

use super::explain::words::reason;
use super::{Context, Exit, Failure};
use crate::notify::back::report::{self, MOST_BYTES, Read};
use crate::notify::back::{self, Outcome};

/// Take a mail that a mail server sent back, or a report that somebody called one spam, from standard input.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief bounced < message.eml
  callbrief bounced --to \"$RECIPIENT\" < message.eml
  In Postfix's master.cf:
  bounces unix - n n - - pipe flags=R user=callbrief argv=/usr/bin/callbrief --config /etc/callbrief.toml bounced --to ${recipient}
  and in its main.cf:
  bounces_destination_recipient_limit = 1

Reports of RFC 3464 (it couldn't be delivered) and RFC 5965 (its reader called it spam) change the mail that they are about;
anything else changes nothing and is no error. Exit code 75 asks the mail system to try again: the mail is being handed over just
now, the database is away, or the settings are wrong.")]
pub(super) struct Args {
    /// The address that the message came to, where the mail system says it: with `mail.bounce_domain` it names the mail.
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
}

/// Runs the command. Whatever is wrong on our side asks for the mail again: a mail system takes any other failure as the mail's
/// end, and a report that is sent back itself goes to nobody.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    taken(context, args).await.map_err(|failure| match failure {
        Failure::Failed(error) | Failure::TryLater(error) => Failure::TryLater(error),
        Failure::Usage(text) => Failure::TryLater(anyhow::anyhow!(text.trim_start_matches("error: ").to_owned())),
    })
}

async fn taken(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    let mut message = Vec::new();
    std::io::stdin().lock().take(MOST_BYTES as u64).read_to_end(&mut message)?;
    let event = match report::read(&message, args.to.as_deref()) {
        Read::Event(event) => event,
        Read::Notice => {
            println!("A report that changes nothing: it isn't of a failure, nor that somebody called a mail spam.");
            return Ok(Exit::Done);
        }
        Read::NoReport => {
            println!("No report of RFC 3464 or RFC 5965: nothing was changed.");
            return Ok(Exit::Done);
        }
    };
    match back::take(&app, &event).await? {
        Outcome::Moved { reference, state, address_stopped } => {
            let stopped = if address_stopped { "; its address gets nothing more in that project" } else { "" };
            println!("{reference} is {}: {}{stopped}.", state.name(), reason(event.what.reason()));
        }
        Outcome::Nothing { reference, state } => println!("{reference} is {state} already: nothing was changed."),
        Outcome::Foreign => println!("It isn't about a mail of this installation: nothing was changed."),
        Outcome::TooEarly => {
            return Err(Failure::TryLater(anyhow::anyhow!("its mail is being handed over just now")));
        }
    }
    Ok(Exit::Done)
}
