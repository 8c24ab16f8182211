//! `callbrief hold` and `callbrief release`.

use super::balance::find;
use super::{Context, Exit, Failure, wall_clocks};
use crate::app::App;
use crate::config;
use crate::domain::contact::ChannelKind;
use crate::domain::instant::Instant;
use crate::domain::project::Project;
use crate::notify::hold::{self, Scope};
use crate::zones::Zone;

/// Stop sending, of everything, a project or a channel; without those, show what is held.
///
/// It is in force at once on every replica, also for a mail that waits for its relay. Reports go on being made and wait;
/// `callbrief release` lets them go. A process that is started with CALLBRIEF_HOLD=1 begins by holding everything: for a
/// database that was restored from a backup, which doesn't know what was sent since.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief hold --all --reason \"relay is being moved\"
  callbrief hold --project acme --channel sms --reason \"gateway bills twice\"
  callbrief hold
  callbrief release")]
pub(super) struct Args {
    #[command(flatten)]
    scope: ScopeArgs,
    /// Why, for whoever asks later.
    #[arg(long, value_name = "WORDS")]
    reason: Option<String>,
}

/// Go on sending: what waited goes now, late and once.
///
/// Without --all, --project and --channel every hold ends. What was due before --skip-due-before isn't sent any more, and is
/// told as that by `explain` and `deliveries`; what waited otherwise has a day to get through. Exit code 1 when nothing was
/// held.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief release
  callbrief release --project acme
  callbrief release --skip-due-before 2026-11-24T00:00:00+02:00
  callbrief release --skip-due-before now")]
pub(super) struct ReleaseArgs {
    #[command(flatten)]
    scope: ScopeArgs,
    /// What was due before this is passed over; a warning that waits for its reader's morning is due then: an instant with its offset, with
    /// --project a date or time of its zone, or `now`.
    #[arg(long, value_name = "TIME")]
    skip_due_before: Option<String>,
}

#[derive(Debug, clap::Args)]
struct ScopeArgs {
    /// Everything.
    #[arg(long, conflicts_with_all = ["project", "channel"])]
    all: bool,
    /// Only what is sent for this project.
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// Only what goes by this channel: email, sms, slack, teams or webhook.
    #[arg(long, value_name = "CHANNEL", value_parser = super::test_alert::channel)]
    channel: Option<ChannelKind>,
}

impl ScopeArgs {
    fn is_named(&self) -> bool {
        self.all || self.project.is_some() || self.channel.is_some()
    }

    async fn project(&self, app: &App) -> Result<Option<(Project, Zone)>, Failure> {
        match &self.project {
            Some(text) => find(app, text).await.map(Some),
            None => Ok(None),
        }
    }
}

/// Runs `hold`.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    if !args.scope.is_named() {
        if args.reason.is_some() {
            return Err(Failure::usage("error: say what to hold: --all, --project ID or --channel CHANNEL"));
        }
        let said = said(&app).await?;
        println!("{}", if said.is_empty() { "Nothing is held.".to_owned() } else { said.join("\n") });
        return Ok(Exit::Done);
    }
    let reason = args.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    let reason =
        reason.ok_or_else(|| Failure::usage("error: --reason says why, to whoever wonders where their mail is"))?;
    let project = args.scope.project(&app).await?.map(|(project, _)| project);
    let scope = Scope { project: project.as_ref(), channel: args.scope.channel };
    let is_new = hold::place(&app, scope, reason, &config::user_name()).await?;
    let what = hold::subject(project.as_ref().map(|one| one.id.as_str()), scope.channel.map(ChannelKind::name));
    if is_new {
        println!(
            "Sending is held for {what}: nothing goes before `callbrief release`. What falls due is made and waits."
        );
    } else {
        println!("Sending was held for {what} already; `callbrief hold` says why.");
    }
    Ok(Exit::Done)
}

/// Runs `release`.
pub(super) async fn release(context: &Context, args: ReleaseArgs) -> Result<Exit, Failure> {
    let app = context.app().await?;
    let project = args.scope.project(&app).await?;
    let zone = project.as_ref().map(|(_, zone)| zone);
    let skip = args.skip_due_before.as_deref().map(|text| before(text, zone, app.clock.now())).transpose()?;
    let scope = Scope { project: project.as_ref().map(|(project, _)| project), channel: args.scope.channel };
    let scope = args.scope.is_named().then_some(scope);
    let passed_over = match skip {
        Some(skip) => hold::passed_over(&app, scope, skip).await?,
        None => 0,
    };
    let ended = hold::release(&app, scope, skip, &config::user_name()).await?;
    for hold in &ended {
        println!("Sending goes on for {}.", hold::subject(hold.project_id.as_deref(), hold.channel.as_deref()));
    }
    if let (Some(skip), false) = (skip, ended.is_empty()) {
        let of_those = match passed_over {
            0 => "nothing that waited was".to_owned(),
            1 => "1 message that waited was".to_owned(),
            count => format!("{count} messages that waited were"),
        };
        println!(
            "What was due before {} is passed over: {of_those}; so is a report that was due and isn't made yet. What waits for \
             a later hour goes then. `callbrief deliveries --state suppressed` lists what was stopped.",
            wall_clocks::show(zone, skip)
        );
    }
    for line in said(&app).await? {
        println!("{line}");
    }
    if ended.is_empty() {
        println!("Nothing like that was held.");
        return Ok(Exit::Refused);
    }
    Ok(Exit::Done)
}

/// What is held, each in a line.
pub(super) async fn said(app: &App) -> anyhow::Result<Vec<String>> {
    let holds = app.store.holds().await?;
    Ok(holds.iter().map(|held| capitalised(&hold::sentence(held)) + ".").collect())
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn before(text: &str, zone: Option<&Zone>, now: Instant) -> Result<Instant, Failure> {
    if text == "now" {
        return Ok(now);
    }
    let at = Instant::parse_rfc3339(text).or_else(|| zone.and_then(|zone| zone.read_instant(text)));
    let at = at.ok_or_else(|| {
        Failure::usage(format!(
            "error: --skip-due-before `{text}`: write an instant with its offset, such as 2026-11-24T00:00:00+02:00, or `now`; \
             with --project a date or time of its zone will do"
        ))
    })?;
    if at > now {
        return Err(Failure::usage(format!(
            "error: --skip-due-before `{text}` is still to come; what isn't due yet can't be passed over: pause a schedule instead"
        )));
    }
    Ok(at)
}
