//! The file that erases the same persons again after a backup from before was restored. A line a trace: it doesn't say who it
//! was, but whoever has it can test a number or address with it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::domain::person::Trace;

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    version: u32,
    /// Its id; `None`: everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    project: Option<String>,
    #[serde(flatten)]
    trace: Trace,
}

const VERSION: u32 = 1;

/// Adds traces to the file, on the disk when this returns; nobody but its owner may read it.
///
/// # Errors
/// When it can't be written.
pub fn write(file: &Path, traces: &[Trace], project: Option<&str>) -> anyhow::Result<()> {
    let mut text = String::new();
    for trace in traces {
        let line = Line { version: VERSION, project: project.map(str::to_owned), trace: trace.clone() };
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
    }
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let can_not = || format!("{} can't be written, so nothing was erased", file.display());
    let mut open = options.open(file).with_context(can_not)?;
    open.write_all(text.as_bytes()).and_then(|()| open.sync_all()).with_context(can_not)
}

/// The traces of a file, with the numbers of their projects in this database.
///
/// # Errors
/// When it can't be read, with the line.
pub async fn read(app: &App, file: &Path) -> anyhow::Result<Vec<Trace>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
    let projects: BTreeMap<String, i64> =
        app.store.projects().await?.into_iter().map(|project| (project.id.to_string(), project.key.0)).collect();
    let mut traces = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("{}:{}: this is no line that `person erase` wrote", file.display(), at + 1);
        let Line { version, project, mut trace } = serde_json::from_str(line).with_context(place)?;
        anyhow::ensure!(version == VERSION, "{}:{}: version {version} is of a newer Callbrief", file.display(), at + 1);
        trace.project = match project {
            // A project that isn't in the backup has nobody to erase.
            Some(id) => match projects.get(&id) {
                Some(key) => Some(*key),
                None => continue,
            },
            None => None,
        };
        traces.push(trace);
    }
    Ok(traces)
}
