//! The demo's folder: its settings, its set-up, its database, its outbox, and how far its clock has come.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::domain::instant::Instant;

const SETTINGS: &str = include_str!("../../config/samples/callbrief.toml");
const SETUP: &str = include_str!("../../config/samples/setup.toml");
/// What the set-up's brand shows; found beside it.
const LOGO: &[u8] = include_bytes!("../../config/samples/amstel-logo.png");
const NOTICE: &str = include_str!("../../config/samples/LICENSE.voipgrid_events.txt");

/// Where the demo lives.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// How far the demo has come; kept in a file of its own, because the product knows nothing of clocks that are moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Progress {
    /// The moment of the first run: it decides where the captured calls are put.
    pub(super) first_run: Instant,
    /// Where the moved clock begins.
    pub(super) begin: Instant,
    /// Where it stands.
    pub(super) clock: Instant,
}

impl Folder {
    /// The demo in this folder; nothing is made yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Its settings file.
    pub fn settings(&self) -> PathBuf {
        self.0.join("callbrief.toml")
    }

    /// Its file of who gets what.
    pub fn setup(&self) -> PathBuf {
        self.0.join("setup.toml")
    }

    /// Where its mails are.
    pub fn outbox(&self) -> PathBuf {
        self.0.join("outbox")
    }

    fn progress_file(&self) -> PathBuf {
        self.0.join("clock.json")
    }

    /// Makes what isn't there; what is there is yours by now and stays.
    pub(super) fn make(&self) -> anyhow::Result<()> {
        std::fs::create_dir_all(self.outbox()).with_context(|| format!("{} can't be made", self.outbox().display()))?;
        let folder = self.0.to_str().context("the demo's folder has a name that isn't UTF-8")?;
        write_new(&self.settings(), SETTINGS.replace("FOLDER", folder).as_bytes())?;
        write_new(&self.setup(), SETUP.as_bytes())?;
        write_new(&self.0.join("amstel-logo.png"), LOGO)?;
        write_new(&self.0.join("LICENSE.captured_calls.txt"), NOTICE.as_bytes())
    }

    /// How far it has come; `None` before the first run.
    pub(super) fn progress(&self) -> anyhow::Result<Option<Progress>> {
        let file = self.progress_file();
        match std::fs::read_to_string(&file) {
            Ok(text) => Ok(Some(serde_json::from_str(&text).with_context(|| {
                format!("{} can't be understood; remove {} to begin anew", file.display(), self.0.display())
            })?)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("{} can't be read", file.display())),
        }
    }

    /// Remembers how far it has come.
    pub(super) fn remember(&self, progress: Progress) -> anyhow::Result<()> {
        let (file, next) = (self.progress_file(), self.0.join("clock.json.new"));
        std::fs::write(&next, serde_json::to_vec(&progress)?)
            .and_then(|()| std::fs::rename(&next, &file))
            .with_context(|| format!("{} can't be written", file.display()))
    }
}

fn write_new(file: &Path, text: &[u8]) -> anyhow::Result<()> {
    if file.exists() {
        return Ok(());
    }
    std::fs::write(file, text).with_context(|| format!("{} can't be written", file.display()))
}
