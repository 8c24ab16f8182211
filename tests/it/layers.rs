//! Who may import whom, and where the outside world may be touched; a breach is named by file, line and edge.

use std::path::{Path, PathBuf};

/// Modules from the bottom up. One imports only from rows below its own; neighbours in a row don't know each other.
const LAYERS: &[&[&str]] = &[
    &["domain"],
    &["config", "clock", "i18n", "zones", "net"],
    &["chaos", "telemetry"],
    &["store", "report", "rules"],
    &["app"],
    &["access", "apply", "notify", "ingest", "funds"],
    &["jobs", "web"],
    &["cli", "demo"],
    &["fuzzed"],
];

/// Neighbours that may know each other, and why.
const NEIGHBOURS: &[(&str, &str, &str)] = &[
    ("cli", "demo", "a command runs it"),
    ("demo", "cli", "it ends as a command does"),
    ("config", "net", "a file names web addresses and exceptions, and only it knows which may be"),
    ("config", "zones", "a file names zones, and only they know which exist"),
    ("i18n", "zones", "words for dates are said in a zone"),
];

/// Words of the outside world and the one folder or file that may say them.
const HOMES: &[(&str, &[&str])] = &[
    ("sqlx::", &["store/"]),
    ("polars::", &["report/"]),
    ("printpdf::", &["report/"]),
    ("lettre::", &["notify/channels/"]),
    ("axum::", &["web/"]),
    ("hyper::client", &["net/", "cli/health.rs"]),
    ("std::env::", &["config/", "main.rs"]),
    ("Utc::now", &["clock/"]),
    ("Local::now", &["clock/"]),
    ("SystemTime::now", &["clock/"]),
    ("Timestamp::now", &["clock/"]),
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// The modules that a line of code names by `crate::…`.
fn named(line: &str) -> Vec<&str> {
    line.match_indices("crate::")
        .filter(|(at, _)| !line[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        .flat_map(|(at, found)| {
            let rest = &line[at + found.len()..];
            let inside = rest.strip_prefix('{').map(|list| list.split('}').next().unwrap_or(list));
            let parts = inside.map_or_else(|| vec![rest], |list| list.split(',').map(str::trim).collect());
            parts.into_iter().map(|part| part.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or(""))
        })
        .collect()
}

/// What is wrong with one line of `file` (relative to `src/`).
fn breaches(file: &str, number: usize, line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or(line);
    let module = file.split(['/', '.']).next().unwrap_or(file);
    let mut found = Vec::new();
    if let Some(own) = layer(module) {
        for other in named(code) {
            let Some(theirs) = layer(other) else { continue };
            let known = NEIGHBOURS.iter().any(|(from, to, _)| (*from, *to) == (module, other));
            if other != module && theirs >= own && !known {
                found.push(format!("src/{file}:{number}: {module} → {other}"));
            }
        }
    }
    for (word, homes) in HOMES {
        if code.contains(word) && !homes.iter().any(|home| file.starts_with(home)) {
            found.push(format!("src/{file}:{number}: {} belongs in {}", word.trim_end_matches(':'), homes.join(", ")));
        }
    }
    found
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn imports_go_downwards_and_each_outside_thing_has_one_home() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 50, "the walk found hardly anything");
    let mut found = Vec::new();
    for path in files {
        let file = path.strip_prefix(&root).expect("inside").display().to_string();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        for (at, line) in text.lines().enumerate() {
            found.extend(breaches(&file, at + 1, line));
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_module_of_the_crate_is_in_a_layer() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("lib.rs");
    for module in text.lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let module = module.trim_end_matches(';');
        assert!(layer(module).is_some(), "`{module}` is in no layer of this test");
    }
}

#[test]
fn a_breach_is_seen_and_named() {
    assert_eq!(breaches("domain/call.rs", 3, "use crate::store::Store;"), ["src/domain/call.rs:3: domain → store"]);
    assert_eq!(breaches("report/frame.rs", 7, "    crate::store::x()"), ["src/report/frame.rs:7: report → store"]);
    assert_eq!(breaches("jobs/mod.rs", 1, "use crate::{app::App, cli};"), ["src/jobs/mod.rs:1: jobs → cli"]);
    assert_eq!(breaches("web/ops.rs", 9, "sqlx::query(\"\")"), ["src/web/ops.rs:9: sqlx belongs in store/"]);
    assert!(breaches("store/runs.rs", 1, "use crate::domain::run::Run; // crate::cli").is_empty());
}
