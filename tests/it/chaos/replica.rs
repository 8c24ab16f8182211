//! One process of the program beside a test, which can be told to die at a point, and be stopped in every way.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::crashes::program;

pub const SIGKILL: i32 = 9;

/// Made of `read_only.c`.
pub const READ_ONLY_LIBRARY: &str = "read_only.so";
pub const READ_ONLY: &str = "read-only";

/// A process that doesn't outlive its test.
pub struct Replica {
    child: Child,
    log: PathBuf,
    /// `send.settled:2`.
    pub dies_at: Option<String>,
}

impl Drop for Replica {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command of the program with the settings and the clock of this folder.
pub fn command(folder: &Path, args: &[&str], dies_at: Option<&str>) -> Command {
    let mut command = Command::new(program());
    command.args(["--config", "callbrief.toml"]).args(args).current_dir(folder).env_clear();
    // A clock that stands until it is moved, where there is one; else the machine's, which is off by what the other file says.
    let clocks = [("CALLBRIEF_TEST_CLOCK", "now"), ("CALLBRIEF_TEST_CLOCK_SHIFT", "shift")];
    for (name, file) in clocks.iter().map(|(name, file)| (name, folder.join(file))).filter(|(_, file)| file.exists()) {
        command.env(name, file);
    }
    // Where such a library is, the database's file can't be written as long as another file is there.
    let library = folder.join(READ_ONLY_LIBRARY);
    if library.exists() {
        command.env("LD_PRELOAD", library).env("READ_ONLY_WHILE", folder.join(READ_ONLY));
    }
    command.stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(point) = dies_at {
        command.env("CALLBRIEF_CRASH_AT", point);
    }
    command
}

impl Replica {
    /// Starts `serve` and doesn't wait until it runs.
    pub fn start(folder: &Path, name: &str, dies_at: Option<String>) -> Self {
        let log = folder.join(format!("{name}.log"));
        let errors = std::fs::File::create(&log).expect("a file for its log");
        let mut command = command(folder, &["serve"], dies_at.as_deref());
        let child = command.stderr(errors).spawn().expect("the program starts");
        Self { child, log, dies_at }
    }

    /// Waits until it says that it runs, or has died of its point.
    pub async fn is_up(&mut self) {
        let begun = Instant::now();
        while !self.log().contains("callbrief runs") {
            if self.ended().is_some_and(|status| status.signal() == Some(SIGKILL) && self.dies_at.is_some()) {
                return;
            }
            assert!(self.ended().is_none(), "it ended before it ran: {}", self.log());
            assert!(begun.elapsed() < Duration::from_secs(120), "it doesn't come up: {}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("it can be asked")
    }

    /// Whether it was killed at its point.
    pub fn has_died(&mut self) -> bool {
        self.ended().is_some_and(|status| status.signal() == Some(SIGKILL))
    }

    /// Whatever it is doing.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// SIGSTOP: it stands still until [`Replica::go_on`].
    pub fn stand_still(&self) {
        self.signal("STOP");
    }

    pub fn go_on(&self) {
        self.signal("CONT");
    }

    /// SIGTERM; it ends in its own time.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Waits until it has ended.
    pub async fn end(&mut self, within: Duration) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            assert!(begun.elapsed() < within, "it doesn't end: {}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn signal(&self, signal: &str) {
        let script = format!("kill -{signal} \"$1\"");
        let told = Command::new("/bin/sh").args(["-c", &script, "sh", &self.child.id().to_string()]).output();
        assert!(told.is_ok(), "the signal {signal} is sent");
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}
