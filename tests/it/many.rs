//! Many projects: folders and lines of JSON, each project by itself, and the same over HTTP.

use std::path::PathBuf;

use callbrief::apply::{self, ApplyError, Files, Outcome, Request};
use callbrief::domain::access::Scope;
use serde_json::{Value, json};

use crate::api::{call, call_with, token};
use crate::crashes::program;
use crate::program::{command, settings};
use crate::support::{World, on_both};
use crate::web::Site;

/// A folder of files beside this world.
fn folder(world: &World, files: &[(&str, &str)]) -> PathBuf {
    let folder = world.folder().join("customers");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("written");
    }
    folder
}

fn line(id: &str, more: &str) -> String {
    format!("{{\"id\": \"{id}\", \"name\": \"Client {id}\", \"zone\": \"Europe/Kyiv\", \"currency\": \"EUR\"{more}}}\n")
}

async fn applied(world: &World, path: &std::path::Path, prune: bool) -> Result<(String, String), ApplyError> {
    let files = Files::read(path).map_err(ApplyError::Problems)?;
    let request = Request {
        folder: files.folder.as_deref(),
        prune,
        ..Request::new(&files.inputs, &files.subject, "test", world.now())
    };
    let mut warned = String::new();
    let plan =
        apply::apply(&world.app.store, &world.app.zones, &request, |_, warnings| warned = warnings.render(false));
    let plan = plan.await?;
    Ok((plan.render(false), warned))
}

async fn each(world: &World, path: &std::path::Path) -> Vec<String> {
    let files = Files::read(path).unwrap_or_else(|problems| panic!("{}", problems.render(false)));
    let request = Request::new(&files.inputs, &files.subject, "test", world.now());
    let mut told = Vec::new();
    apply::by_project(&world.app.store, &world.app.zones, &request, |whose, outcome| {
        let Some(whose) = whose else { return };
        let whose = whose.to_string().replace(&format!("{}/", path.parent().unwrap_or(path).display()), "");
        told.push(match outcome {
            Outcome::Unchanged => format!("{whose}: unchanged"),
            // With a warning, which may be of what stands.
            Outcome::Applied(plan, _) if plan.changes.is_empty() => format!("{whose}: unchanged"),
            Outcome::Applied(plan, _) => format!("{whose}: {}", plan.counted()),
            Outcome::Wrong(problems) => format!("{whose}: {} wrong", problems.errors()),
            Outcome::Failed(error) => format!("{whose}: {error}"),
        });
    })
    .await
    .unwrap_or_else(|error| panic!("{error}"));
    told
}

const OLENA: &str = "version = 1\n[[contact]]\nid = \"olena\"\nname = \"Olena\"\naddresses = { email = [\"olena@acme.example\"] }\n\
                     roles = { a = [\"owner\", \"manager\"], b = [\"manager\"] }\n";

fn weekly(id: &str, project: &str) -> String {
    format!(
        "{{\"schedule\": {{\"id\": \"{id}\", \"project\": \"{project}\", \"report\": \"summary\", \"recipients\": [\"olena\"], \
         \"every\": \"week\", \"at\": \"08:00\"}}}}\n"
    )
}

on_both! {
    async fn a_folder_is_one_document_whose_files_may_change(world: World) {
        let lines = format!("\u{feff}{}\n{}{}", line("b", ""), line("c", ", \"goals\": {\"answer_rate\": 90}"), weekly("w", "b"));
        let a = "version = 1\n[[project]]\nid = \"a\"\nname = \"A\"\nzone = \"Europe/Kyiv\"\ncurrency = \"EUR\"\n";
        let path = folder(&world, &[("1.toml", a), ("people.toml", OLENA), ("2.jsonl", &lines), ("notes.txt", "?"), (".x.toml", "?")]);
        let (shown, _) = applied(&world, &path, false).await.expect("it is applied");
        assert!(shown.contains("5 to add, 0 to change"), "{shown}");
        assert!(applied(&world, &path, false).await.expect("it is fine").0.starts_with("nothing to change"));
        // A file of the folder alone is the same file.
        assert!(applied(&world, &path.join("1.toml"), true).await.expect("it is fine").0.starts_with("nothing to change"));
        // An entry moves between files; a file that is gone is told of, and pruned.
        std::fs::write(path.join("1.toml"), "version = 1\n").expect("written");
        std::fs::write(path.join("3.toml"), a).expect("written");
        let (shown, warned) = applied(&world, &path, true).await.expect("it is fine");
        assert!(shown.contains("~ project a\n    kept by") && !shown.contains("- project"), "{shown}{warned}");
        std::fs::remove_file(path.join("2.jsonl")).expect("removed");
        std::fs::write(path.join("people.toml"), OLENA.replace(", b = [\"manager\"]", "")).expect("written");
        let (_, warned) = applied(&world, &path, false).await.expect("it is fine");
        assert!(warned.contains("this folder once made what it names no more, and it stays: project b, project c, schedule w"), "{warned}");
        let (shown, _) = applied(&world, &path, true).await.expect("it is pruned");
        assert!(shown.contains("- project b") && shown.contains("- schedule w") && shown.ends_with("3 to retire\n"), "{shown}");
        assert_eq!(world.texts("select id from projects where retired_at is null").await, ["a"]);
    }

    async fn everything_wrong_with_any_file_is_told_at_once_and_nothing_is_done(world: World) {
        let path = folder(&world, &[
            ("1.toml", "version = 1\n[[project]]\nid = \"a\"\nname = \"A\"\nzone = \"Europe/Kyv\"\ncurrency = \"EUR\"\n"),
            ("2.jsonl", &format!("{}{}{{\"id\": \n{}", line("b", ""), line("a", ""), line("c", ", \"nmae\": 1"))),
            ("3.toml", "version = 2\n"),
        ]);
        let Err(ApplyError::Problems(problems)) = applied(&world, &path, false).await else { panic!("it is refused") };
        let said = problems.render(false);
        for wrong in [
            "1.toml:5:", "unknown time zone `Europe/Kyv`",
            "2.jsonl:2:", "there are two `[[project]]` with the id `a`; the first is in", "1.toml:2",
            "2.jsonl:3:", "this isn't JSON",
            "2.jsonl:4:", "`nmae` isn't a key of project", "did you mean `name`?",
            "3.toml:1:", "version 1, not 2",
        ] {
            assert!(said.contains(wrong), "{wrong}\n{said}");
        }
        assert_eq!(world.number("select count(*) from projects").await, 0);
        let nothing = world.folder().join("customers/none");
        std::fs::create_dir(&nothing).expect("a folder");
        let Err(ApplyError::Problems(problems)) = applied(&world, &nothing, false).await else { panic!("it is refused") };
        assert!(problems.render(false).contains("holds no set-up file"));
    }

    async fn one_bad_project_holds_back_no_other(world: World) {
        let lines = [line("a", ""), line("b", ", \"zone\": \"Mars\"").replacen("\"zone\": \"Europe/Kyiv\", ", "", 1), "{oops\n".to_owned(), line("c", ""), weekly("wa", "a"), weekly("wb", "b"), weekly("wc", "c")].concat();
        let path = folder(&world, &[("1.jsonl", &lines), ("2.toml", OLENA)]);
        let told = each(&world, &path).await;
        assert_eq!(told, [
            "project a: 2 to add, 0 to change, 0 to retire",
            "project b: 1 wrong",
            "project c: 2 to add, 0 to change, 0 to retire",
            "contact olena: 0 to add, 1 to change, 0 to retire",
            "customers/1.jsonl:3: 1 wrong",
        ]);
        assert_eq!(world.texts("select id from schedules order by id").await, ["wa", "wc"]);
        assert_eq!(world.number("select count(*) from contact_roles").await, 2, "olena's roles in a");
        // One transaction and one line of audit each, and olena's first.
        assert_eq!(world.number("select count(*) from audit").await, 4);
        // Mended, and applied again: what stood stays as it was.
        std::fs::write(path.join("1.jsonl"), lines.replace("Mars", "Europe/Kyiv").replace("{oops\n", "")).expect("written");
        let told = each(&world, &path).await;
        assert_eq!(told, [
            "project a: unchanged",
            "project b: 2 to add, 0 to change, 0 to retire",
            "project c: unchanged",
            "contact olena: 0 to add, 1 to change, 0 to retire",
        ]);
        assert!(each(&world, &path).await.iter().all(|line| line.ends_with(": unchanged")));
    }

    async fn the_command_tells_by_its_exit_code_that_some_failed(world: World) {
        settings(&world, 0);
        let path = folder(&world, &[("1.jsonl", &(line("a", "") + &line("b", ", \"locale\": 5")))]);
        let run = |args: &[&str]| {
            let path = path.display().to_string();
            let args: Vec<&str> = ["apply", path.as_str()].into_iter().chain(args.iter().copied()).collect();
            let output = command(&world, "2026-11-16T06:00:00Z", &args).output().expect("it runs");
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            (output.status.code(), text(&output.stdout), text(&output.stderr))
        };
        let _ = program();
        let (code, _, said) = run(&[]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("1.jsonl:2:") && said.contains("nothing was done"), "{said}");
        assert_eq!(world.number("select count(*) from projects").await, 0);
        let (code, shown, _) = run(&["--by-project", "--dry-run"]);
        assert_eq!(code, Some(3));
        assert!(shown.contains("1 would be applied, 0 unchanged, 1 failed\na dry run"), "{shown}");
        let (code, shown, said) = run(&["--by-project"]);
        assert_eq!(code, Some(3), "{shown}{said}");
        assert!(shown.contains("project a: applied, 1 to add") && shown.contains("project b: not applied"), "{shown}");
        assert!(said.contains("1 problem; of it nothing was done"), "{said}");
        assert_eq!(run(&["--by-project", "--prune"]).0, Some(2));
        assert_eq!(world.texts("select id from projects").await, ["a"]);
    }

    async fn a_project_is_read_changed_and_retired_over_http(world: World) {
        world.apply(crate::api::SETUP).await;
        let manage = token(&world, "acme", Scope::Manage, None).await.secret;
        let balance = token(&world, "acme", Scope::Balance, None).await.secret;
        let site = Site::of(&world).await;
        let read = call(&site, "GET /v1/projects/acme", &manage, None).await;
        assert_eq!((read.status, &read.body["name"]), (200, &json!("Acme Windows")), "{}", read.body);
        assert_eq!(call(&site, "GET /v1/projects/acme", &balance, None).await.status, 403);
        for id in ["other", "nobody", "%00"] {
            assert_eq!(call(&site, &format!("GET /v1/projects/{id}"), &manage, None).await.status, 404, "{id}");
            assert_eq!(call(&site, &format!("PUT /v1/projects/{id}"), &manage, Some("{}")).await.status, 404, "{id}");
            assert_eq!(call(&site, &format!("DELETE /v1/projects/{id}"), &manage, None).await.status, 404, "{id}");
        }
        let etag = |head: &str| head.lines().find_map(|line| line.strip_prefix("etag: ")).expect("an ETag").trim().to_owned();
        let mark = etag(&read.head);
        // What was read changes nothing, but that the interface keeps it now.
        let same = call(&site, "PUT /v1/projects/acme", &manage, Some(&read.body.to_string())).await;
        assert_eq!((same.status, etag(&same.head)), (200, mark.clone()), "{}", same.body);
        let again = call(&site, "PUT /v1/projects/acme", &manage, Some(&read.body.to_string())).await;
        assert_eq!(again.body["changes"], json!([]));

        let mut wanted = read.body.clone();
        wanted["goals"] = json!({"answer_rate": 90});
        wanted["keep"] = json!({"calls": "90d"});
        wanted.as_object_mut().expect("an object").remove("id");
        let text = wanted.to_string();
        let dry = call(&site, "PUT /v1/projects/acme?dry_run", &manage, Some(&text)).await;
        assert_eq!((dry.status, &dry.body["dry_run"]), (200, &json!(true)));
        let fields: Vec<&Value> = dry.body["changes"][0]["fields"].as_array().expect("a list").iter().map(|field| &field["name"]).collect();
        assert_eq!(fields, ["goals", "keep"]);
        assert_eq!(etag(&call(&site, "GET /v1/projects/acme", &manage, None).await.head), mark, "only looked at");
        for (query, status) in [("dry_run=yes", 422), ("dryrun", 422), ("dry_run=false", 200)] {
            assert_eq!(call(&site, &format!("PUT /v1/projects/acme?{query}"), &manage, Some(&read.body.to_string())).await.status, status);
        }
        let bound = |line: &'static str, header: String, text: &'static str| {
            let head = format!("authorization: Bearer {manage}\r\ncontent-type: application/json\r\n{header}\r\n");
            let site = &site;
            async move { call_with(site, line, &head, (!text.is_empty()).then_some(text)).await }
        };
        let text: &'static str = Box::leak(text.into_boxed_str());
        let stale = bound("PUT /v1/projects/acme", "if-match: \"0123\"".to_owned(), text).await;
        assert_eq!((stale.status, &stale.body["reason"]), (412, &json!("changed")));
        assert_eq!(bound("PUT /v1/projects/acme", "if-none-match: *".to_owned(), text).await.status, 412);
        assert_eq!(bound("GET /v1/projects/acme", format!("if-none-match: {mark}"), "").await.status, 304);
        let changed = bound("PUT /v1/projects/acme", format!("if-match: {mark}"), text).await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        let read = call(&site, "GET /v1/projects/acme", &manage, None).await;
        assert_eq!((&read.body["goals"], &read.body["keep"]), (&json!({"answer_rate": 90.0}), &json!({"calls": "90d"})));
        assert_eq!(etag(&read.head), etag(&changed.head));

        for (text, field) in [
            (r#"{"name": "A", "zone": "Mars", "currency": "EUR"}"#, "zone"),
            (r#"{"name": "A", "zone": "UTC", "currency": "EUR", "goals": {"answer_rate": 0.5}}"#, "goals.answer_rate"),
            (r#"{"name": "A", "zone": "UTC", "currency": "EUR", "brand": {"name": "A", "logo": "../../etc/passwd"}}"#, "brand.logo"),
            (r#"{"id": "other", "name": "A", "zone": "UTC", "currency": "EUR"}"#, "id"),
            (r#"{"name": "A", "zone": "UTC", "currency": "EUR", "nmae": 5}"#, "nmae"),
            ("[]", ""),
        ] {
            let wrong = call(&site, "PUT /v1/projects/acme", &manage, Some(text)).await;
            assert_eq!((wrong.status, &wrong.body["problems"][0]["field"]), (422, &json!(field)), "{}", wrong.body);
        }
        assert_eq!(call(&site, "PUT /v1/projects/acme", &manage, Some("{")).await.status, 400);

        let gone = call(&site, "DELETE /v1/projects/acme?dry_run", &manage, None).await;
        assert_eq!((gone.status, gone.body["changes"][0]["verb"].as_str()), (200, Some("retire")), "{}", gone.body);
        assert_eq!(call(&site, "DELETE /v1/projects/acme", &manage, None).await.status, 200);
        assert_eq!(call(&site, "GET /v1/projects/acme", &manage, None).await.status, 404);
        assert_eq!(world.texts("select id from projects where retired_at is null").await, ["other"]);
    }

    async fn a_token_applies_what_is_its_project_s_and_nothing_else(world: World) {
        world.apply(crate::api::SETUP).await;
        let manage = token(&world, "acme", Scope::Manage, None).await.secret;
        let site = Site::of(&world).await;
        let ask = async |path: &str, body: Value| call(&site, &format!("POST /v1/apply{path}"), &manage, Some(&body.to_string())).await;
        let own = json!({
            "contact": [{"id": "ann", "name": "Ann", "addresses": {"email": ["ann@acme.example"]}, "roles": {"acme": ["manager"]}}],
            "agent": [{"project": "acme", "name": "Ann", "keys": ["201"]}],
            "schedule": [{"id": "acme-weekly", "project": "acme", "report": "summary", "recipients": ["ann", "olena"], "every": "week", "at": "08:00"}],
        });
        let dry = ask("?dry_run", own.clone()).await;
        assert_eq!((dry.status, dry.body["changes"].as_array().map(Vec::len)), (200, Some(3)), "{}", dry.body);
        assert_eq!(world.number("select count(*) from schedules").await, 0);
        assert_eq!(ask("", own.clone()).await.status, 200);
        assert_eq!(ask("", own).await.body["changes"], json!([]));
        assert_eq!(world.texts("select id from schedules").await, ["acme-weekly"]);

        for foreign in [
            json!({"project": {"id": "other", "name": "O", "zone": "UTC", "currency": "EUR"}}),
            json!({"contact": [{"id": "ann", "name": "Ann", "roles": {"acme": ["manager"], "other": ["owner"]}}]}),
            json!({"agent": [{"project": "other", "name": "X", "keys": ["1"]}]}),
            json!({"number": [{"project": "other", "number": "+380445550100", "label": "x"}]}),
            json!({"schedule": [{"id": "s", "project": "nobody", "report": "summary", "recipients": ["ann"], "every": "day", "at": "08:00"}]}),
            json!({"schedule": [{"id": "s", "projects": ["acme", "other"], "report": "summary", "recipients": ["ann"], "every": "day", "at": "08:00"}]}),
        ] {
            let answer = ask("", foreign.clone()).await;
            assert_eq!(answer.status, 404, "{foreign}: {}", answer.body);
        }
        for (shared, why) in [
            (json!({"calendar": [{"id": "kyiv", "hours": {"mon-fri": "09:00-18:00"}}]}), "a calendar is shared"),
            (json!({"calendar": [{"id": "kyiv", "hours": {"mon-fri": "09:00-18:00"}, "import": "/etc/passwd"}]}), "can't name a file"),
            (json!({"report": [{"id": "r", "sections": ["totals"]}]}), "a report is shared"),
            (json!({"contact": [{"id": "taras", "name": "T", "roles": {"acme": ["owner"]}}]}), "the id `taras` can't be had"),
            (json!({"contact": [{"id": "bob", "name": "B"}]}), "has no role"),
            (json!({"schedule": [{"id": "s", "project": "acme", "report": "summary", "recipients": ["taras"], "every": "day", "at": "08:00"}]}), "there is no contact `taras`"),
        ] {
            let answer = ask("", shared.clone()).await;
            assert_eq!(answer.status, 422, "{shared}: {}", answer.body);
            assert!(answer.body.to_string().contains(why) && !answer.body.to_string().contains("root:"), "{why}: {}", answer.body);
        }
        assert_eq!(world.number("select count(*) from contact_roles where contact = 'taras'").await, 1);
    }
}
