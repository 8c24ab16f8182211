//! The files that a command names: one, or those of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::keeper;
use crate::config::problem::{Problems, Source};
use crate::config::setup::{Form, Input};

/// Files that are applied together.
#[derive(Debug)]
pub struct Files {
    /// In the order of their names.
    pub inputs: Vec<Input>,
    /// Where the file or the folder lies, for the audit.
    pub subject: String,
    /// The folder's place, if it is one.
    pub folder: Option<String>,
}

impl Files {
    /// Reads the file, or every `*.toml` and `*.jsonl` of the folder (not of folders in it). What can't be read is told of all
    /// of them at once.
    pub fn read(path: &Path) -> Result<Self, Problems> {
        let problems = Problems::default();
        let subject = keeper(path);
        let (paths, folder) = match path.is_dir() {
            true => (of_folder(path, &problems), Some(subject.clone())),
            false => (vec![path.to_owned()], None),
        };
        let inputs: Vec<Input> = paths.iter().filter_map(|path| input(path, &problems)).collect();
        if problems.errors() > 0 { Err(problems) } else { Ok(Self { inputs, subject, folder }) }
    }
}

fn of_folder(folder: &Path, problems: &Problems) -> Vec<PathBuf> {
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => {
            problems.error_nowhere(format!("the folder {} can't be read: {error}", folder.display()), None);
            return Vec::new();
        }
    };
    let is_hidden = |path: &Path| path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let is_ours = |path: &PathBuf| form(path).is_some() && !is_hidden(path) && !path.is_dir();
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(is_ours).collect();
    paths.sort();
    if paths.is_empty() {
        let title = format!("the folder {} holds no set-up file", folder.display());
        let help = "files that end in .toml and .jsonl are applied, those of folders in it aren't".to_owned();
        problems.error_nowhere(title, Some(help));
    }
    paths
}

fn form(path: &Path) -> Option<Form> {
    path.extension().and_then(|ending| ending.to_str()).and_then(Form::of_ending)
}

fn input(path: &Path, problems: &Problems) -> Option<Input> {
    let name = path.display().to_string();
    let text = fs::read(path).map_err(|error| error.to_string()).and_then(|bytes| {
        let is_at = |error: &std::string::FromUtf8Error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            before.iter().filter(|byte| **byte == b'\n').count() + 1
        };
        String::from_utf8(bytes).map_err(|error| format!("line {} isn't UTF-8", is_at(&error)))
    });
    match text {
        Ok(text) => {
            let is_json = path.extension().is_some_and(|ending| ending == "json");
            let usual = if is_json { Form::Json } else { Form::Toml };
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            Some(Input { source: Source::new(name, text), form: form(path).unwrap_or(usual), keeper: keeper(path) })
        }
        Err(error) => {
            problems.error_nowhere(format!("the file {name} can't be read: {error}"), None);
            None
        }
    }
}
