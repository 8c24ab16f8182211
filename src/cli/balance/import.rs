//! `callbrief balance import`.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::super::{Exit, Failure};
use super::refused;
use crate::app::App;
use crate::config;
use crate::domain::ids::BalanceName;
use crate::domain::project::Project;
use crate::funds::{self, Sheet, SheetAccount};
use crate::ingest::harmless;
use crate::zones::Zone;

/// Takes a file in, or says what that would come to.
pub(super) async fn run(
    app: &App,
    (project, zone): (&Project, &Zone),
    file: &Path,
    balance: Option<&BalanceName>,
    dry_run: bool,
) -> Result<Exit, Failure> {
    let sheet = sheet(app, file, zone, balance)?;
    let account = funds::take_sheet(app, project, sheet, &config::user_name(), dry_run).await.map_err(refused)?;
    for row in account.set_aside.iter().take(MOST_SHOWN) {
        eprintln!("{}: {}", file.display(), harmless(&row.to_string()));
    }
    if account.set_aside.len() > MOST_SHOWN {
        eprintln!("{}: and {} more", file.display(), account.set_aside.len() - MOST_SHOWN);
    }
    for note in &account.notes {
        println!("{note}");
    }
    println!("{}", summary(&account, dry_run));
    Ok(if account.set_aside.is_empty() { Exit::Done } else { Exit::Partly })
}

/// Rows set aside that are shown.
const MOST_SHOWN: usize = 100;

fn sheet(app: &App, file: &Path, zone: &Zone, balance: Option<&BalanceName>) -> Result<Sheet, Failure> {
    let wrong = |why: String| Failure::usage(harmless(&format!("error: {}: {why}", file.display())));
    let reader: Box<dyn Read> = if file == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(file).map_err(|error| wrong(error.to_string()))?)
    };
    funds::read_sheet(reader, zone, balance, app.clock.now()).map_err(|error| wrong(error.to_string()))
}

fn summary(account: &SheetAccount, is_trial: bool) -> String {
    let counts = &account.counts;
    let (new, changed, end) = match is_trial {
        true => ("entries would be new", "balances would change", "; nothing was written"),
        false => ("entries are new", "balances changed", ""),
    };
    format!(
        "{} {new}, {} known; {} {changed}, {} as before, {} older than what stands; {} rows set aside{end}",
        counts.new_entries,
        counts.known_entries,
        counts.changed,
        counts.fresh + counts.same,
        counts.older,
        account.set_aside.len(),
    )
}
