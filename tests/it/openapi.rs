//! The description of the HTTP interface: it names every route and nothing else, and a program of others (schemathesis) finds
//! no answer that isn't as it says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use callbrief::domain::access::Scope;
use serde_json::Value;

use crate::api::{SETUP, token};
use crate::support::{Engine, World};
use crate::web::{Site, ask};

type Routes = BTreeMap<String, BTreeSet<String>>;

fn description() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/openapi.json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("the description")).expect("it is JSON")
}

const METHODS: [&str; 4] = ["get", "put", "post", "delete"];

/// Every route that the sources of `web` give a router; what answers to whatever isn't there is none.
fn routes() -> Routes {
    let mut routes = Routes::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web")) {
        let text = std::fs::read_to_string(&file).expect("a source");
        for piece in text.split(".route(\"").skip(1) {
            let (path, rest) = piece.split_once('"').expect("a path in quotes");
            let handlers: String = rest.lines().next().unwrap_or_default().to_owned();
            let takes = |method: &&&str| {
                handlers.contains(&format!(" {method}(")) || handlers.contains(&format!(").{method}("))
            };
            let methods: BTreeSet<String> = METHODS.iter().filter(takes).map(|method| (*method).to_owned()).collect();
            if methods.is_empty() {
                assert!(handlers.contains("any("), "{}: {path}: {handlers}", file.display());
                continue;
            }
            // While there is no database, another router answers at the same addresses.
            if !file.ends_with("waiting.rs") {
                routes.entry(path.to_owned()).or_default().extend(methods);
            }
        }
    }
    routes
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let described = description();
    let paths = described["paths"].as_object().expect("paths");
    let described: Routes = paths
        .iter()
        .map(|(path, item)| {
            let item = item.as_object().expect("an object");
            let methods = item.keys().filter(|key| METHODS.contains(&key.as_str()));
            (path.clone(), methods.cloned().collect())
        })
        .collect();
    assert_eq!(described, routes());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_served_to_whoever_asks() {
    let world = World::new(Engine::Sqlite).await;
    let site = Site::of(&world).await;
    let answer = ask(site.public, "GET /v1/openapi.json").await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
    assert!(
        head.starts_with("HTTP/1.1 200") && head.to_lowercase().contains("content-type: application/json"),
        "{head}"
    );
    assert_eq!(serde_json::from_str::<Value>(body).expect("JSON"), description());
    assert_eq!(description()["info"]["version"], env!("CARGO_PKG_VERSION"));
}

/// Schemathesis of this version in an environment of its own under `target`.
fn schemathesis() -> PathBuf {
    const VERSION: &str = "4.32.5";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/schemathesis");
    let program = folder.join("bin/st");
    let is_there = || Command::new(&program).arg("--version").output().is_ok_and(|output| output.status.success());
    if is_there() {
        return program;
    }
    let said = |output: std::io::Result<Output>| match output {
        Ok(output) if output.status.success() => None,
        Ok(output) => Some(String::from_utf8_lossy(&output.stderr).into_owned()),
        Err(error) => Some(error.to_string()),
    };
    let made = said(Command::new("python3").args(["-m", "venv"]).arg(&folder).output()).or_else(|| {
        let package = format!("schemathesis=={VERSION}");
        said(Command::new(folder.join("bin/pip")).args(["install", "--quiet", &package]).output())
    });
    if let Some(why) = made.filter(|_| !is_there()) {
        panic!(
            "schemathesis {VERSION} (PyPI) is needed in {} and can't be installed: python3-venv and a way to PyPI are what it \
             takes: {}",
            folder.display(),
            why.trim()
        );
    }
    program
}

/// Asks for everything that the description offers, with what fits it and what doesn't.
async fn try_out(engine: Engine, program: &Path) {
    let world = World::new(engine).await;
    world.apply(SETUP).await;
    let token = token(&world, "acme", Scope::Manage, None).await.secret;
    let site = Site::of(&world).await;
    // A token's turns come back with the time, which stands still otherwise.
    let clock = world.clock.clone();
    let turning = tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_millis(20)).await;
            clock.set(callbrief::clock::Clock::now(&clock) + Duration::from_secs(10));
        }
    });
    let config = world.folder().join("schemathesis.toml");
    let fixed = "[parameters]\n\"path.project\" = \"acme\"\n\"path.name\" = \"forwarding\"\n";
    let (public, ops) = (format!("http://{}", site.public), format!("http://{}", site.ops));
    let of_ops = "^/(healthz|readyz|metrics|status)$";
    let runs: [(&str, &str, &[&str]); 4] = [
        ("", &public, &["--exclude-path-regex", of_ops, "--exclude-operation-id", "retireProject"]),
        (fixed, &public, &["--include-path-regex", "^/v1/(projects|apply)", "--exclude-operation-id", "retireProject"]),
        ("", &ops, &["--include-path-regex", of_ops]),
        (fixed, &public, &["--include-operation-id", "retireProject"]),
    ];
    for (parameters, address, chosen) in runs {
        std::fs::write(&config, parameters).expect("written");
        let mut command = tokio::process::Command::new(program);
        command.current_dir(world.folder()).arg("--config-file").arg(&config).arg("run");
        command.arg(format!("{public}/v1/openapi.json")).args(["--url", address]).args(chosen);
        command.args(["-H", &format!("Authorization: Bearer {token}"), "--no-color", "--seed", "17", "--no-shrink"]);
        command.args(["--max-examples", "40", "--phases", "examples,coverage,fuzzing", "--request-timeout", "20"]);
        command.args(["--checks", CHECKS, "--suppress-health-check", "all", "--generation-database", "none"]);
        let output = command.kill_on_drop(true).output().await.expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{chosen:?}\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
    }
    turning.abort();
    site.end().await;
    assert_eq!(
        world.texts("select id from projects where retired_at is null").await,
        ["other"],
        "its own, and no other"
    );
}

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance";

#[tokio::test(flavor = "multi_thread")]
async fn schemathesis_finds_no_answer_that_is_not_as_described() {
    let program = schemathesis();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        try_out(engine, &program).await;
    }
}
