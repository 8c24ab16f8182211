//! What is on this machine or reached from it: settings, database, zone data, clock, fonts, disks, relays.

use std::path::{Path, PathBuf};
use std::time::Instant as Stopwatch;

use super::{Check, Health};
use crate::app::{self, App};
use crate::clock::Clock;
use crate::config::load::Survey;
use crate::config::settings::{Settings, Transport};
use crate::domain::schedule::Format;
use crate::jobs::rebuild_dates;
use crate::notify::channels::email::smtp::SmtpLane;
use crate::report::render;
use crate::store::{Store, Structure};
use crate::zones::Zones;

/// Whether the settings can be used.
pub(super) fn settings(survey: &Survey) -> Check {
    let Some(settings) = &survey.settings else {
        return Check::new("settings", Health::Bad, "can't be used")
            .advising("mend what is shown below, or by `callbrief check-config`");
    };
    let doubts = settings.doubts();
    if doubts.is_empty() {
        return Check::good("settings", "can be used");
    }
    Check::new("settings", Health::Look, doubts.join(". "))
}

/// Whether the database answers, how its structure stands, whether it is whole, and what its clock shows.
pub(super) async fn database(settings: &Settings, repair: bool) -> Vec<Check> {
    const NAME: &str = "database";
    let url = settings.database_url.reveal();
    if let Some(file) = Store::absent_file(url) {
        let said = format!("there is no {}", file.display());
        return vec![
            Check::new(NAME, Health::Bad, said).advising("`callbrief apply FILE` or `callbrief migrate` makes it"),
        ];
    }
    let begun = Stopwatch::now();
    let store = match Store::open(url).await {
        Ok(store) => store,
        Err(error) => return vec![Check::new(NAME, Health::Bad, error.to_string())],
    };
    let took = begun.elapsed().as_millis();
    let structure = match store.structure().await {
        Ok(structure) => structure,
        Err(error) => return vec![Check::new(NAME, Health::Bad, error.to_string())],
    };
    let kind = if store.is_sqlite() { "SQLite" } else { "Postgres" };
    let size = Store::file_of(url).and_then(|file| std::fs::metadata(file).ok());
    let size = size.map_or_else(String::new, |file| format!(", {:.1} MB", file.len() as f64 / 1e6));
    let said = format!("{kind}, {}{size}, opened in {took} ms", store.place());
    let mut checks = vec![Check::good(NAME, said), stands(structure)];
    match store.faults().await {
        Ok(None) => {}
        Ok(Some(faults)) => checks.push(
            Check::new("its content", Health::Bad, format!("SQLite finds faults: {faults}"))
                .advising("stop everything and bring back a backup (config/guide/backups.md)"),
        ),
        Err(error) => checks.push(Check::new("its content", Health::Unknown, error.to_string())),
    }
    checks.push(clock(&store, &*app::clock()).await);
    store.close().await;
    if repair {
        checks.push(repaired(settings).await);
    }
    checks
}

fn stands(structure: Structure) -> Check {
    const NAME: &str = "its structure";
    match structure {
        Structure { applied, missing: 0, unknown: 0 } => Check::good(NAME, format!("up to date, {applied} changes")),
        Structure { unknown: 0, missing, .. } => {
            Check::new(NAME, Health::Look, format!("{missing} changes of this version aren't made yet"))
                .advising("whatever opens it next makes them; `callbrief migrate` does only that")
        }
        Structure { unknown, .. } => Check::new(
            NAME,
            Health::Look,
            format!("{unknown} changes are of a newer version than this one, which keeps working on it"),
        )
        .advising("go on with the upgrade: replace this program too"),
    }
}

/// A clock may differ from the database's by so much without a word.
const WELL_MS: u64 = 2_000;
const BAD_MS: u64 = 30_000;

async fn clock(store: &Store, clock: &dyn Clock) -> Check {
    const NAME: &str = "clock";
    let asked = clock.now();
    let shown = match store.read().await {
        Ok(mut session) => session.clock().await,
        Err(error) => Err(error),
    };
    let said = |text: String| format!("{text}; it is {asked}");
    match shown {
        Err(error) => Check::new(NAME, Health::Unknown, error.to_string()),
        Ok(None) => {
            let newest = store.last_written().await.ok().flatten();
            match newest {
                Some(newest) if newest > asked.plus_seconds(60) => Check::new(
                    NAME,
                    Health::Bad,
                    said(format!("what was written last is of {newest}, which lies ahead")),
                )
                .advising("set this machine's clock by the network (NTP)"),
                _ => Check::good(NAME, said("not before what was written last".to_owned())),
            }
        }
        Ok(Some(shown)) => {
            let apart = shown.as_micros().abs_diff(asked.as_micros()) / 1_000;
            let health = match apart {
                _ if apart <= WELL_MS => Health::Good,
                _ if apart <= BAD_MS => Health::Look,
                _ => Health::Bad,
            };
            let check = Check::new(NAME, health, said(format!("{:.1} s from the database's", apart as f64 / 1e3)));
            if health == Health::Good {
                check
            } else {
                check.advising("set both machines' clocks by the network (NTP)")
            }
        }
    }
}

async fn repaired(settings: &Settings) -> Check {
    const NAME: &str = "repair";
    let done = async {
        let app = App::open(settings.clone(), app::clock()).await?;
        let moved = rebuild_dates::repair(&app).await?;
        app.store.repair_callbacks().await?;
        anyhow::Ok(moved)
    };
    match done.await {
        Ok(moved) => {
            Check::good(NAME, format!("next dates worked out again ({moved} moved), callers to call back written anew"))
        }
        Err(error) => Check::new(NAME, Health::Bad, format!("{error:#}")),
    }
}

/// Zone data of an earlier year miss what governments decided since.
pub(super) fn zones() -> Check {
    const NAME: &str = "zone data";
    let zones = Zones::load();
    let version = zones.version();
    let year: Option<i32> = version.get(..4).and_then(|year| year.parse().ok());
    let today = app::clock().now().to_utc();
    let this_year = today.map_or(0, |at| chrono::Datelike::year(&at));
    let said = format!("{version} ({})", zones.origin());
    match year {
        None => Check::new(NAME, Health::Unknown, format!("{said}, of which nobody knows how old they are")),
        Some(year) if year >= this_year => Check::good(NAME, format!("{said}, this year's")),
        Some(year) if year + 1 == this_year => Check::new(NAME, Health::Look, format!("{said}, last year's"))
            .advising("update the system's tzdata package; newer ones may be out"),
        Some(year) => Check::new(NAME, Health::Bad, format!("{said}, {} years old", this_year - year))
            .advising("update the system's tzdata package: clocks that were changed since are shown wrong"),
    }
}

/// Whether a report can be printed with everything that languages need.
pub(super) async fn fonts() -> Check {
    const NAME: &str = "fonts";
    let drawn = tokio::task::spawn_blocking(|| {
        let unprintable = |(_, document): (&str, _)| Ok(render::render(&document, Format::Pdf)?.unprintable);
        let samples = render::sample::all().into_iter();
        // One of them is there for the boxes.
        samples.filter(|(name, _)| *name != "other-scripts").map(unprintable).collect::<anyhow::Result<String>>()
    });
    match drawn.await.map_err(anyhow::Error::from).and_then(|drawn| drawn) {
        Ok(unprintable) if unprintable.is_empty() => {
            Check::good(NAME, "every sample can be printed, in all its letters")
        }
        Ok(unprintable) => Check::new(NAME, Health::Look, format!("some letters are printed as boxes: {unprintable}")),
        Err(error) => Check::new(NAME, Health::Bad, format!("no PDF can be printed: {error:#}"))
            .advising("the fonts are inside the program: this build is damaged, fetch it again"),
    }
}

/// Less than this is little room.
const LITTLE: u64 = 1 << 30;
const HARDLY_ANY: u64 = 100 << 20;

/// How much room there is where something is written.
pub(super) fn disks(settings: &Settings) -> Vec<Check> {
    let database = Store::file_of(settings.database_url.reveal()).and_then(|file| Some(file.parent()?.to_owned()));
    let places = database.into_iter().map(|folder| ("disk", folder));
    let places = places.chain([("temporary", crate::config::temporary_folder())]);
    places.map(|(name, folder)| disk(name, &folder)).collect()
}

fn disk(name: &str, folder: &Path) -> Check {
    match room(folder) {
        Err(error) => Check::new(name, Health::Unknown, format!("{}: {error}", folder.display())),
        Ok(free) => {
            let said = format!("{} free in {}", size(free), folder.display());
            match free {
                LITTLE.. => Check::good(name, said),
                HARDLY_ANY.. => Check::new(name, Health::Look, said).advising("make room before it is used up"),
                _ => Check::new(name, Health::Bad, said).advising("make room: on a full disk nothing is sent any more"),
            }
        }
    }
}

fn room(folder: &Path) -> std::io::Result<u64> {
    let told = rustix::fs::statvfs(folder)?;
    Ok(told.f_bavail.saturating_mul(told.f_frsize))
}

fn size(bytes: u64) -> String {
    match bytes {
        1_000_000_000.. => format!("{:.1} GB", bytes as f64 / 1e9),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// Whether each relay lets us in.
pub(super) async fn relays(settings: &Settings) -> Vec<Check> {
    if !settings.mail.has_relay() {
        return vec![
            Check::new("relay", Health::Bad, "none is configured: mails are made and wait")
                .advising("begin one by [[mail.relay]] in the settings file, or set CALLBRIEF_MAIL_RELAY_1_URL"),
        ];
    }
    let each = settings.mail.relays.iter().map(|relay| async move {
        let name = format!("relay {}", relay.id);
        match &relay.transport {
            Transport::File { folder, .. } => into_folder(name, folder),
            Transport::Smtp(smtp) => {
                let place = format!("{}:{}", smtp.host, smtp.port);
                let begun = Stopwatch::now();
                match SmtpLane::new(smtp.clone(), &settings.mail.from_address).greet().await {
                    Ok(()) => {
                        let way = smtp.encryption.name();
                        let as_whom = if smtp.username.is_some() { ", logged in" } else { "" };
                        let took = begun.elapsed().as_millis();
                        Check::good(name, format!("{place} lets us in ({way}{as_whom}) in {took} ms"))
                    }
                    Err(why) => Check::new(name, Health::Bad, format!("{place}: {why}"))
                        .advising("mails wait as long as it is so; `[[mail.relay]]` has host, port, name and password"),
                }
            }
        }
    });
    futures_util::future::join_all(each).await
}

fn into_folder(name: String, folder: &Path) -> Check {
    let there: PathBuf = folder.ancestors().find(|path| path.is_dir()).unwrap_or(Path::new(".")).to_owned();
    match tempfile::Builder::new().prefix(".callbrief-").tempfile_in(&there) {
        Ok(_) => Check::new(name, Health::Look, format!("puts mails into {} and sends nothing", folder.display())),
        Err(error) => Check::new(name, Health::Bad, format!("{} can't be written: {error}", there.display()))
            .advising("let the user who runs Callbrief write there"),
    }
}
