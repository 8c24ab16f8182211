//! Tells a monitor of somebody else's that this process works, because one that is dead can't say so. It is called once a
//! minute as long as every job's last pass went well and the scheduler was awake lately, or at the end of each `tick` that
//! went well; else nobody calls, and it rings.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use super::{JOBS, Work};
use crate::app::App;
use crate::clock::Trust;
use crate::domain::instant::Instant;
use crate::net::{Broken, Client, NotConnected, Request, Target};
use crate::telemetry::Pass;

/// Between two calls.
const EVERY: Duration = Duration::from_secs(60);

/// A scheduler that hasn't passed for so long is asleep, whatever it did last.
const ASLEEP_SEC: u64 = 300;

const SCHEDULER: &str = "fire_schedules";

/// Calls as long as the process works; only where the settings name a monitor.
pub(super) async fn keep_telling(app: App, work: Arc<Work>) {
    let Some(target) = monitor(&app) else { return };
    let client = Client::new(app.settings.net.clone());
    let (mut called, mut was_heard) = (None::<Stopwatch>, true);
    while !work.stop.is_cancelled() {
        let is_time = called.is_none_or(|at| at.elapsed() >= EVERY);
        if is_time && unhealthy(&app.telemetry.passes.all(), app.clock.trust(), app.clock.now()).is_none() {
            called = Some(Stopwatch::now());
            let heard = tokio::select! {
                heard = call(&client, &target) => heard,
                () = work.stop.cancelled() => return,
            };
            match &heard {
                Err(why) if was_heard => tracing::warn!("the monitor of `heartbeat_url` isn't reached: {why}"),
                Ok(()) if !was_heard => tracing::info!("the monitor of `heartbeat_url` is reached again"),
                _ => {}
            }
            was_heard = heard.is_ok();
        }
        tokio::select! {
            () = tokio::time::sleep(app.settings.work.poll) => {}
            () = work.stop.cancelled() => {}
        }
    }
}

/// Calls once, after a tick in which every job passed; only where the settings name a monitor.
pub(super) async fn tell_once(app: &App) {
    let Some(target) = monitor(app) else { return };
    if let Some(why) = unhealthy(&app.telemetry.passes.all(), app.clock.trust(), app.clock.now()) {
        tracing::warn!("the monitor of `heartbeat_url` isn't called: {why}");
        return;
    }
    if let Err(why) = call(&Client::new(app.settings.net.clone()), &target).await {
        tracing::warn!("the monitor of `heartbeat_url` isn't reached: {why}");
    }
}

/// The monitor that the settings name. They were checked; what is said of it never shows the address, which is a secret.
fn monitor(app: &App) -> Option<Target> {
    let url = app.settings.heartbeat_url.as_ref()?;
    Target::parse(url.reveal().trim()).ok()
}

/// Why this process doesn't work as it should; `None`: it does.
fn unhealthy(passes: &BTreeMap<&'static str, Pass>, trust: Trust, now: Instant) -> Option<String> {
    if trust == Trust::FarOff {
        return Some("the clock is far from the database's".to_owned());
    }
    if let Some((job, _)) = JOBS.iter().map(|(_, name)| (name, passes.get(name))).find(|(_, pass)| pass.is_none()) {
        return Some(format!("{job} hasn't passed yet"));
    }
    if let Some((job, _)) = passes.iter().find(|(_, pass)| pass.error.is_some()) {
        return Some(format!("the last pass of {job} failed"));
    }
    let is_asleep = passes.get(SCHEDULER).is_none_or(|pass| now.since(pass.at).as_secs() > ASLEEP_SEC);
    is_asleep.then(|| format!("{SCHEDULER} is asleep"))
}

async fn call(client: &Client, target: &Target) -> Result<(), String> {
    let connection = client.connect(target).await.map_err(|error| match error {
        // Both name the host and never the path.
        NotConnected::Forbidden(why) | NotConnected::Unreachable(why) => why,
    })?;
    let request = Request::get();
    let reply = connection.send(request).await.map_err(|error| match error {
        Broken::Silent => "it gave no answer in time".to_owned(),
        Broken::Unsent(why) | Broken::Lost(why) | Broken::Odd(why) => why,
    })?;
    if reply.is_success() { Ok(()) } else { Err(format!("it answered {}", reply.status)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_seconds(10_000);

    fn passes() -> BTreeMap<&'static str, Pass> {
        JOBS.iter().map(|(_, name)| (*name, Pass { at: NOW, took_ms: 1, done: 0, error: None })).collect()
    }

    #[test]
    fn only_a_process_whose_jobs_all_pass_is_healthy() {
        assert!(JOBS.iter().any(|(_, name)| *name == SCHEDULER));
        assert_eq!(unhealthy(&passes(), Trust::Steady, NOW), None);
        assert_eq!(unhealthy(&passes(), Trust::JustMoved, NOW), None);
        assert!(unhealthy(&passes(), Trust::FarOff, NOW).is_some());
        assert!(unhealthy(&passes(), Trust::Steady, NOW.plus_seconds(301)).is_some(), "asleep");
        assert!(unhealthy(&BTreeMap::new(), Trust::Steady, NOW).is_some(), "nothing has passed yet");
        for (_, name) in JOBS {
            let mut failing = passes();
            failing.entry(name).and_modify(|pass| pass.error = Some("gone".to_owned()));
            assert!(unhealthy(&failing, Trust::Steady, NOW).is_some(), "{name}");
            let mut missing = passes();
            missing.remove(name);
            assert!(unhealthy(&missing, Trust::Steady, NOW).is_some(), "{name}");
        }
    }
}
