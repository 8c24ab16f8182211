//! `callbrief demo`: its arguments. What it does, and how that looks, is in [`crate::demo`].

use std::path::PathBuf;

use super::{Context, Exit, Failure, serve, table};
use crate::app;
use crate::config;
use crate::demo::{self, Folder, post, show};
use crate::domain::contact::EmailAddress;

/// Make a folder with a sample set-up, real and generated calls, and the mails they lead to.
///
/// The clock of the demo begins on the latest Sunday that lies at least seven full days back and is moved through every
/// moment at which a report is due, money is told of, or somebody's morning begins, up to now. Mails, texts and messages in
/// rooms become files in the folder's outbox. Run it again later: it adds what has become due since.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief demo
  callbrief demo --serve
  callbrief demo --smtp smtp://localhost:1025 --to me@acme.example
  callbrief demo --smtp smtps://me%40acme.example:PASSWORD@smtp.acme.example --to me@acme.example")]
pub struct Args {
    /// Where everything is put.
    #[arg(long, value_name = "DIR", default_value = "demo")]
    folder: PathBuf,
    /// Send every mail of the demo for real by this relay, all of them each time: smtp://user@host:587 or
    /// smtps://user@host:465. Without TLS only to this machine.
    #[arg(long, value_name = "URL")]
    smtp: Option<String>,
    /// The one address that all of them go to; the true recipient stands in the header X-Intended-Recipient.
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
    /// Stay up afterwards, as `serve` does with the demo's settings.
    #[arg(long)]
    serve: bool,
}

/// Runs the command.
pub async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    if context.config.is_some() || context.database.is_some() {
        return Err(Failure::usage(
            "error: the demo has settings and a database of its own; leave --config and --database out, and choose its \
             folder with --folder",
        ));
    }
    let real = real_post(&args)?;
    let folder = Folder::at(&args.folder);
    let screen = show::Screen::open(&folder);
    let account = demo::play(&folder, app::clock().now(), &|news| screen.tell(&news)).await?;
    screen.close();
    let terminal = show::Terminal { width: table::width(), fitted: table::fitted, wrapped: table::wrapped };
    let program = config::started_as();
    print!("{}", show::closing(&folder, &account, &program, &terminal));
    let mut exit = Exit::Done;
    if let Some(real) = real {
        println!("\nSending every mail of the demo to {}, also those of earlier runs …", real.to);
        let sent = post::send(&folder, &real).await?;
        println!("{} taken by the relay, {} not.", sent.accepted, sent.others);
        for cause in &sent.causes {
            println!("  {cause}");
        }
        if sent.others > 0 {
            println!("Why each: {program} --config {} deliveries", folder.settings().display());
            exit = Exit::Partly;
        }
    }
    if args.serve {
        let context = Context { config: Some(folder.settings()), database: None };
        let outbox = folder.outbox();
        let begun = |public, ops| {
            println!(
                "\nServing. What falls due from now on goes to {}.\n  Pages for readers:  http://{public}\n  Health and \
                 figures: http://{ops}/status, /healthz, /readyz, /metrics\nCtrl-C ends it.",
                outbox.display()
            );
        };
        return serve::run_telling(&context, begun).await;
    }
    Ok(exit)
}

/// Where mails go for real; `None`: nowhere.
fn real_post(args: &Args) -> Result<Option<post::Real>, Failure> {
    match (&args.smtp, &args.to) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Failure::usage("error: --to names who gets the mails; --smtp must say by which relay")),
        (Some(_), None) => Err(Failure::usage(
            "error: --smtp sends mail for real, so --to must name the one address that all of it goes to. The demo's own \
             recipients are invented.",
        )),
        (Some(relay), Some(to)) => {
            let to = EmailAddress::parse(to).map_err(|error| Failure::usage(format!("error: --to {to}: {error}")))?;
            let real = post::Real::new(relay, to).map_err(|error| Failure::usage(format!("error: --smtp: {error}")))?;
            Ok(Some(real))
        }
    }
}
