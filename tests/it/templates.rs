//! Schedules that stand for many projects.

use callbrief::apply::{self, Outcome, Request};
use callbrief::config::setup::Input;
use callbrief::domain::access::Scope;
use callbrief::domain::ids::ScheduleId;
use serde_json::{Value, json};

use crate::api::{call, token};
use crate::program::{command, settings};
use crate::support::setup::try_apply;
use crate::support::{World, on_both};
use crate::web::Site;

fn project(id: &str, labels: &str) -> String {
    format!(
        "[[project]]\nid = \"{id}\"\nname = \"Client {id}\"\nzone = \"Europe/Kyiv\"\ncurrency = \"EUR\"\nlabels = [{labels}]\n\
         [[contact]]\nid = \"owner-{id}\"\nname = \"Owner\"\naddresses = {{ email = [\"{id}@people.example\"] }}\n\
         roles = {{ {id} = [\"owner\", \"manager\"] }}\n"
    )
}

const MARTA: &str = "[[contact]]\nid = \"marta\"\nname = \"Marta\"\naddresses = { email = [\"marta@holding.example\"] }\n\
                     roles = { a = [\"manager\"], b = [\"manager\"], c = [\"manager\"] }\n";

fn template(id: &str, projects: &str, at: &str) -> String {
    format!(
        "[[schedule]]\nid = \"{id}\"\nprojects = {projects}\nreport = \"summary\"\nrecipients = [\"marta\", \"owner-a\"]\n\
         every = \"day\"\nat = \"{at}\"\nformats = []\n"
    )
}

fn file(pieces: &[String]) -> String {
    format!("version = 1\n{}", pieces.concat())
}

async fn stands(world: &World) -> Vec<String> {
    world.texts("select id from schedules where retired_at is null order by id").await
}

async fn at(world: &World, id: &str) -> String {
    let id = ScheduleId::parse(id).expect("an id");
    world.app.store.schedule(&id).await.expect("read").expect("it stands").cadence.to_string()
}

async fn receivers(world: &World, id: &str) -> String {
    world.texts(&format!("select recipients from schedules where id = '{id}' and retired_at is null")).await.concat()
}

/// What became of each part, and what changes in it.
async fn each(world: &World, text: &str, dry_run: bool) -> Vec<String> {
    let inputs = [Input::toml("all.toml", text)];
    let request = Request { dry_run, ..Request::new(&inputs, "all.toml", "test", world.now()) };
    let mut told = Vec::new();
    apply::by_project(&world.app.store, &world.app.zones, &request, |whose, outcome| {
        let Some(whose) = whose else { return };
        told.push(match outcome {
            Outcome::Unchanged => format!("{whose}: unchanged"),
            Outcome::Applied(plan, _) => {
                let ids: Vec<&str> = plan.changes.iter().map(|change| change.id.as_str()).collect();
                format!("{whose}: {}", ids.join(" "))
            }
            Outcome::Wrong(problems) => format!("{whose}: {}", problems.render(false)),
            Outcome::Failed(error) => format!("{whose}: {error}"),
        });
    })
    .await
    .unwrap_or_else(|error| panic!("{error}"));
    told
}

/// What a command says, and that it went well.
fn said(world: &World, args: &[&str]) -> String {
    let output = command(world, "2026-11-16T06:00:00Z", args).output().expect("it runs");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    said
}

on_both! {
    async fn each_project_has_a_schedule_of_its_own_also_one_that_comes_later(world: World) {
        let marta = MARTA.replace(", c = [\"manager\"]", "");
        let (all, retail) = (template("daily", "\"*\"", "09:00"), template("shop", "{ label = \"retail\" }", "10:00"));
        let two = [project("a", "\"retail\""), project("b", "")];
        let first = file(&[two.concat(), marta.clone(), all.clone(), retail.clone()]);
        let (plan, _) = try_apply(&world, "all.toml", &first, false).await.expect("it is applied");
        assert!(plan.render(false).contains("+ template daily\n    for             projects = \"*\""), "{}", plan.render(false));
        assert_eq!(stands(&world).await, ["daily.a", "daily.b", "shop.a"]);
        assert!(try_apply(&world, "all.toml", &first, true).await.expect("it is fine").0.changes.is_empty());
        // Whoever has no role in a project isn't on its list.
        let receives = |id: &'static str| world.texts(id);
        assert!(!receives("select recipients from schedules where id = 'daily.b'").await[0].contains("owner-a"));
        assert!(receives("select recipients from schedules where id = 'daily.a'").await[0].contains("owner-a"));

        // It comes in a file of its own, which knows nothing of templates; its schedules are kept by the template's.
        let other = file(&[project("c", "\"retail\", \"new\"")]);
        let (plan, said) = try_apply(&world, "c.toml", &other, false).await.expect("it is applied");
        assert_eq!(plan.changes.len(), 2, "nobody of the list has a role there yet: {}", plan.render(false));
        assert!(said.contains("`daily` reaches nobody in c"), "{said}");
        let whole = file(&[two.concat(), MARTA.to_owned(), all, retail]);
        try_apply(&world, "all.toml", &whole, true).await.expect("it is applied");
        assert_eq!(stands(&world).await, ["daily.a", "daily.b", "daily.c", "shop.a", "shop.c"]);
        assert!(world.texts("select distinct applied_by from schedules").await == ["all.toml"]);

        // Changing it changes all; what is no longer chosen is no more; each keeps its own dates.
        let edited = whole.replace("at = \"09:00\"", "at = \"08:30\"").replace("[\"retail\"]", "[]");
        let (plan, _) = try_apply(&world, "all.toml", &edited, false).await.expect("it is applied");
        assert_eq!(at(&world, "daily.c").await, "every day at 08:30");
        assert_eq!(stands(&world).await, ["daily.a", "daily.b", "daily.c", "shop.c"], "{}", plan.render(false));

        // Every project's occurrence fires once.
        world.set("2026-11-17T09:00:00Z");
        world.settle().await;
        world.settle().await;
        assert_eq!(world.texts("select schedule || ' ' || occurrence from runs where state = 'built' order by 1").await, [
            "daily.a 2026-11-17T08:30#0", "daily.b 2026-11-17T08:30#0", "daily.c 2026-11-17T08:30#0", "shop.c 2026-11-17T10:00#0",
        ]);

        // Without the template there are no schedules of it.
        let without = file(&[two.concat(), MARTA.to_owned()]);
        let (plan, _) = try_apply(&world, "all.toml", &without, true).await.expect("it is applied");
        assert!(plan.render(false).contains("- template daily") && stands(&world).await.is_empty(), "{}", plan.render(false));
    }

    async fn a_template_without_a_schedule_is_in_the_list(world: World) {
        settings(&world, 0);
        let templates = [template("daily", "\"*\"", "09:00"), template("shop", "{ label = \"retail\" }", "10:00")];
        let pieces = [project("a", ""), MARTA.replace(", b = [\"manager\"], c = [\"manager\"]", ""), templates.concat()];
        try_apply(&world, "all.toml", &file(&pieces), false).await.expect("it is applied");
        assert_eq!(stands(&world).await, ["daily.a"]);
        let table = said(&world, &["list", "schedules"]);
        assert!(table.contains("projects with the label retail") && table.contains("(no project has it yet)"), "{table}");
        assert!(!table.contains("every project"), "one that made a schedule is told by it: {table}");
        let listed: Value = serde_json::from_str(&said(&world, &["list", "schedules", "--json"])).expect("JSON");
        let ids: Vec<&Value> = listed.as_array().expect("a list").iter().map(|one| &one["id"]).collect();
        assert_eq!(ids, ["shop", "daily.a"]);
        assert_eq!((&listed[0]["is_template"], &listed[0]["stands_for"]), (&json!(true), &json!({ "label": "retail" })));
        assert!(!said(&world, &["list", "schedules", "--project", "a"]).contains("retail"), "it is none of the project's");
    }

    async fn a_project_s_own_schedule_goes_before_the_template_s(world: World) {
        let marta = MARTA.replace(", c = [\"manager\"]", "");
        let own = "[[schedule]]\nid = \"daily.a\"\nproject = \"a\"\nreport = \"agents\"\nrecipients = [\"marta\"]\nevery = \"week\"\nat = \"07:00\"\n";
        let pieces = [project("a", ""), project("b", ""), marta, template("daily", "\"*\"", "09:00")];
        let both = file(&[pieces.concat(), own.to_owned()]);
        try_apply(&world, "all.toml", &both, false).await.expect("it is applied");
        assert_eq!((at(&world, "daily.a").await.as_str(), at(&world, "daily.b").await.as_str()), ("every week on mon at 07:00", "every day at 09:00"));
        assert!(try_apply(&world, "all.toml", &both, true).await.expect("it is fine").0.changes.is_empty());
        // Given up, the template's takes its place with the next application.
        let given_up = file(&[pieces.concat()]);
        try_apply(&world, "all.toml", &given_up, true).await.expect("it is applied");
        try_apply(&world, "all.toml", &given_up, true).await.expect("it is applied");
        assert_eq!(at(&world, "daily.a").await, "every day at 09:00");
        assert!(try_apply(&world, "all.toml", &given_up, true).await.expect("it is fine").0.changes.is_empty());
        settings(&world, 0);
        let list = command(&world, "2026-11-16T06:00:00Z", &["list", "schedules", "--json"]).output().expect("it runs");
        assert!(String::from_utf8_lossy(&list.stdout).contains("\"template\": \"daily\""), "{}", String::from_utf8_lossy(&list.stdout));
        let why = command(&world, "2026-11-16T06:00:00Z", &["explain", "--to", "marta@holding.example"]).output().expect("it runs");
        assert!(String::from_utf8_lossy(&why.stdout).contains("what the template `daily` stands for"), "{}", String::from_utf8_lossy(&why.stdout));
    }

    async fn what_is_wrong_with_a_template_is_said_once(world: World) {
        let pieces = |template: &str| file(&[project("a", ""), project("b", ""), MARTA.replace(", c = [\"manager\"]", ""), template.to_owned()]);
        for (template, said) in [
            (template("daily", "\"*\"", "25:00"), "`25:00` is not a time of day"),
            (template("daily", "\"*\"", "09:00").replace("\"summary\"", "\"sumary\""), "there is no report `sumary`"),
            (template("daily", "\"*\"", "09:00").replace("\"owner-a\"", "\"nobody\""), "there is no contact `nobody`"),
            (template("daily", "{ lable = \"x\" }", "09:00"), "`lable` isn't a key"),
            (template("daily", "\"*\"\nproject = \"a\"", "09:00"), "stands for many; leave one of the two out"),
        ] {
            let refused = try_apply(&world, "all.toml", &pieces(&template), false).await.err().map(|error| error.to_string());
            let refused = refused.unwrap_or_else(|| panic!("taken: {template}"));
            assert_eq!(refused.matches(said).count(), 1, "{said}: {refused}");
        }
    }

    async fn a_project_s_labels_and_schedules_change_over_http_and_nothing_of_another(world: World) {
        let marta = MARTA.replace("a = [\"manager\"], ", "").replace(", c = [\"manager\"]", "");
        let templates = [template("daily", "\"*\"", "09:00"), template("shop", "{ label = \"retail\" }", "10:00")].concat();
        world.apply(&file(&[project("a", ""), project("b", "\"retail\""), marta, templates])).await;
        assert_eq!(stands(&world).await, ["daily.a", "daily.b", "shop.b"]);
        let (manage, site) = (token(&world, "a", Scope::Manage, None).await.secret, Site::of(&world).await);
        let ask = async |line: &str, body: Value| call(&site, line, &manage, Some(&body.to_string())).await;
        let changes = |body: &Value| -> Vec<String> {
            let all = body["changes"].as_array().into_iter().flatten();
            all.map(|change| format!("{} {}", change["verb"].as_str().unwrap_or_default(), change["id"].as_str().unwrap_or_default())).collect()
        };
        let wanted = json!({"name": "A", "zone": "Europe/Kyiv", "currency": "EUR", "labels": ["retail"]});
        // Marta has no role here, so she isn't known here, and is no fault of whoever asks.
        let dry = ask("PUT /v1/projects/a?dry_run", wanted.clone()).await;
        assert_eq!((dry.status, changes(&dry.body)), (200, vec!["change a".to_owned(), "add shop.a".to_owned()]), "{}", dry.body);
        assert_eq!(stands(&world).await, ["daily.a", "daily.b", "shop.b"]);
        let made = ask("PUT /v1/projects/a", wanted.clone()).await;
        assert!(made.status == 200 && !made.body.to_string().contains("marta"), "{}", made.body);
        assert_eq!(stands(&world).await, ["daily.a", "daily.b", "shop.a", "shop.b"]);
        assert_eq!(call(&site, "GET /v1/projects/a", &manage, None).await.body["labels"], json!(["retail"]));
        assert_eq!(ask("PUT /v1/projects/a", wanted.clone()).await.body["changes"], json!([]));
        // Its zone is its schedules'.
        let moved = json!({"name": "A", "zone": "Europe/Lisbon", "currency": "EUR", "labels": ["retail"]});
        assert_eq!(changes(&ask("PUT /v1/projects/a", moved.clone()).await.body), ["change a", "change daily.a", "change shop.a"]);

        // Nobody takes a template's name, nor another project's report; one's own may be otherwise.
        let schedule = |id: &str| json!({"schedule": {"id": id, "project": "a", "report": "agents", "recipients": ["owner-a"], "every": "week", "at": "07:00"}});
        for id in ["daily", "daily.b", "daily.later"] {
            let refused = ask("POST /v1/apply", schedule(id)).await;
            assert!(refused.status == 422 && refused.body.to_string().contains("can't be had"), "{id}: {}", refused.body);
        }
        let refused = ask("POST /v1/apply", json!({"schedule": {"id": "own", "projects": "*", "report": "agents", "recipients": ["owner-a"], "every": "week", "at": "07:00"}})).await;
        assert!(refused.status == 422 && refused.body.to_string().contains("this token opens one"), "{}", refused.body);
        assert_eq!(ask("POST /v1/apply", schedule("shop.a")).await.status, 200);
        assert_eq!(at(&world, "shop.a").await, "every week on mon at 07:00");
        assert_eq!(ask("PUT /v1/projects/a", moved).await.body["changes"], json!([]));
        assert_eq!(at(&world, "shop.a").await, "every week on mon at 07:00");

        // Without the label, and without the project.
        let plain = json!({"name": "A", "zone": "Europe/Kyiv", "currency": "EUR"});
        assert_eq!(ask("PUT /v1/projects/a", plain).await.status, 200);
        assert_eq!(stands(&world).await, ["daily.a", "daily.b", "shop.a", "shop.b"], "somebody wrote shop.a");
        let gone = call(&site, "DELETE /v1/projects/a", &manage, None).await;
        assert_eq!(gone.status, 200, "{}", gone.body);
        assert_eq!(stands(&world).await, ["daily.b", "shop.b"]);
    }

    async fn a_project_by_itself_gets_what_templates_make_for_it(world: World) {
        let all = template("daily", "\"*\"", "09:00").replace("\"marta\", \"owner-a\"", "\"marta\", \"owner-a\", \"owner-b\"");
        let both = |marta: &str| file(&[project("a", ""), project("b", ""), marta.to_owned(), all.clone()]);
        let marta = MARTA.replace(", b = [\"manager\"], c = [\"manager\"]", "");
        assert_eq!(each(&world, &both(&marta), true).await, ["project a: a owner-a marta", "project b: b owner-b", "schedule daily: daily daily.a daily.b"]);
        each(&world, &both(&marta), false).await;
        assert_eq!(stands(&world).await, ["daily.a", "daily.b"]);
        assert!(each(&world, &both(&marta), false).await.iter().all(|line| line.ends_with(": unchanged")));

        // A contact alone: what follows from it for a project that isn't named is shown, and done.
        let wider = file(&[MARTA.replace(", c = [\"manager\"]", "")]);
        assert_eq!(each(&world, &wider, true).await, ["contact marta: marta", "project b: daily.b"]);
        assert_eq!(each(&world, &wider, false).await, ["contact marta: marta daily.b"]);
        assert!(receivers(&world, "daily.b").await.contains("marta"));
        let narrow = file(&[MARTA.replace("a = [\"manager\"], ", "").replace(", c = [\"manager\"]", "")]);
        assert_eq!(each(&world, &narrow, false).await, ["project b: marta", "project a: daily.a"]);
        assert!(!receivers(&world, "daily.a").await.contains("marta"));

        // A wrong template holds back no project, and a wrong project no template.
        let (c, d) = (project("c", ""), project("d", "").replace("Europe/Kyiv", "Mars"));
        let bad = file(&[c, d, all.replace("09:00", "25:00")]);
        let told = each(&world, &bad, false).await;
        assert!(told[0].starts_with("project c: c owner-c") && told[1].contains("Mars") && told[2].contains("25:00"), "{told:?}");
        assert_eq!((at(&world, "daily.a").await.as_str(), stands(&world).await.len()), ("every day at 09:00", 2));
        // As a schedule of one project it is no template any more, anywhere.
        let one = file(&[template("daily", "[\"a\"]", "11:00")]);
        assert_eq!(each(&world, &one, true).await, ["project a: daily daily.b daily.a daily"]);
        each(&world, &one, false).await;
        assert_eq!(stands(&world).await, ["daily"]);
        assert_eq!(world.number("select count(*) from templates where retired_at is null").await, 0);
        // And back.
        try_apply(&world, "all.toml", &file(&[all]), false).await.expect("it is applied");
        assert_eq!(stands(&world).await, ["daily.a", "daily.b"]);
    }

    async fn what_cannot_be_made_anew_stays(world: World) {
        let marta = MARTA.replace(", c = [\"manager\"]", "");
        let setup = file(&[project("a", ""), project("b", ""), marta, template("daily", "\"*\"", "09:00")]);
        world.apply(&setup).await;
        // A later version wrote the template.
        world.execute("update templates set body = '{\"id\": \"daily\", \"projects\": \"*\", \"unheard_of\": 1}'").await;
        let (plan, _) = try_apply(&world, "c.toml", &file(&[project("c", "")]), false).await.expect("it is applied");
        assert_eq!((plan.changes.len(), stands(&world).await), (2, vec!["daily.a".to_owned(), "daily.b".to_owned()]));
        // What it needs can't be taken away, by a file that knows nothing of it.
        world.apply(&setup).await;
        let zoe = MARTA.replace("marta", "zoe").replace(", c = [\"manager\"]", "");
        let report = "[[report]]\nid = \"short\"\nsections = [\"totals\"]\n".to_owned();
        try_apply(&world, "more.toml", &file(&[zoe, report]), true).await.expect("it is applied");
        let needs = setup.replace("\"summary\"", "\"short\"").replace("\"owner-a\"]\nevery", "\"zoe\"]\nevery");
        try_apply(&world, "setup.toml", &needs, false).await.expect("it is applied");
        let refused = try_apply(&world, "more.toml", "version = 1\n", true).await.expect_err("it is needed").to_string();
        for said in ["the contact `zoe` can't be retired: the template `daily` needs it", "the report `short` can't be retired", "kept by setup.toml"] {
            assert!(refused.contains(said), "{said}: {refused}");
        }
    }

    async fn one_id_is_one_schedule(world: World) {
        let setup = [project("c", ""), project("b.c", "").replace("{ b.c =", "{ \"b.c\" =")].concat();
        let ann = "[[contact]]\nid = \"ann\"\nname = \"Ann\"\naddresses = { email = [\"ann@people.example\"] }\n\
                   roles = { c = [\"manager\"], \"b.c\" = [\"manager\"] }\n";
        let of = |id: &str| template(id, "\"*\"", "09:00").replace("\"marta\", \"owner-a\"", "\"ann\"");
        let (_, warned) = try_apply(&world, "all.toml", &file(&[setup, ann.to_owned(), of("a"), of("a.b")]), false).await.expect("it is applied");
        assert!(warned.contains("`a.b` makes no schedule for c: another has that id"), "{warned}");
        assert_eq!(stands(&world).await, ["a.b.b.c", "a.b.c", "a.c"]);
        assert_eq!(world.texts("select p.id from schedules s join projects p on p.key = s.project where s.id = 'a.b.c'").await, ["b.c"]);
        // An id that a template has for a project isn't another project's.
        let other = of("x").replace("projects = \"*\"", "project = \"c\"").replace("\"x\"", "\"a.b.b.c\"");
        let refused = try_apply(&world, "other.toml", &file(&[other]), false).await.expect_err("it is another's").to_string();
        assert!(refused.contains("`a.b.b.c` is the id of what the template `a.b` makes for `b.c`"), "{refused}");
    }

    async fn a_paused_template_and_a_purged_project_send_nothing(world: World) {
        let marta = MARTA.replace(", c = [\"manager\"]", "");
        let pieces = [project("a", ""), project("b", ""), marta].concat();
        let all = template("daily", "\"*\"", "09:00");
        try_apply(&world, "all.toml", &file(&[pieces.clone(), format!("{all}paused = true\n")]), false).await.expect("it is applied");
        world.set("2026-11-17T09:00:00Z");
        world.settle().await;
        assert_eq!(world.number("select count(*) from runs").await, 0);
        // What went by in the pause stays gone; the next is told.
        try_apply(&world, "all.toml", &file(&[pieces, all]), false).await.expect("it is applied");
        settings(&world, 0);
        said(&world, &["project", "purge", "a", "--yes"]);
        assert_eq!(stands(&world).await, ["daily.b"]);
        try_apply(&world, "c.toml", &file(&[project("c", "")]), false).await.expect("it is applied");
        world.set("2026-11-18T09:00:00Z");
        world.settle().await;
        assert_eq!(world.texts("select schedule || ' ' || occurrence from runs").await, ["daily.b 2026-11-18T09:00#0"]);
    }

    async fn an_erased_address_does_not_come_back_by_a_template(world: World) {
        let open = project("a", "").replace("labels = []", "allowed_domains = [\"clients.example\"]");
        let all = template("daily", "\"*\"", "09:00").replace("\"marta\"", "\"dirk@clients.example\"");
        try_apply(&world, "all.toml", &file(&[open, all]), false).await.expect("it is applied");
        assert!(receivers(&world, "daily.a").await.contains("dirk@clients.example"));
        settings(&world, 0);
        said(&world, &["person", "erase", "--address", "dirk@clients.example", "--yes"]);
        try_apply(&world, "b.toml", &file(&[project("b", "")]), false).await.expect("it is applied");
        let left = world.texts("select body from templates").await.concat() + &receivers(&world, "daily.a").await;
        assert!(left.contains("owner-a") && !left.contains("dirk@"), "{left}");
    }
}
