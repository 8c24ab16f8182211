//! `/v1`: tokens, scopes, facts told over the network, and what is answered when something is wrong.

use std::time::Duration;

use callbrief::access::{self, Issued, Wanted};
use callbrief::domain::access::Scope;
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::domain::project::Project;
use serde_json::{Value, json};

use crate::support::{Engine, World, on_both};
use crate::web::{Site, ask};

pub const SETUP: &str = r#"
version = 1

[[project]]
id = "acme"
name = "Acme Windows"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"

[[project]]
id = "other"
name = "Other"
zone = "Europe/Kyiv"
locale = "en"
currency = "UAH"

[[contact]]
id = "olena"
name = "Olena"
addresses = { email = ["olena@acme.example"] }
roles = { acme = ["owner"] }

[[contact]]
id = "taras"
name = "Taras"
addresses = { email = ["taras@other.example"] }
roles = { other = ["owner"] }
"#;

pub const NOW: &str = "2026-06-01T06:00:00Z";

async fn project(world: &World, id: &str) -> Project {
    let id = ProjectId::parse(id).expect("an id");
    world.app.store.project(&id).await.expect("it is read").expect("it is there")
}

pub async fn token(world: &World, project_id: &str, scope: Scope, expires_at: Option<Instant>) -> Issued {
    let project = project(world, project_id).await;
    let wanted = Wanted { project: &project, scope, name: "billing", expires_at, actor: "tester" };
    access::issue(&world.app, wanted).await.expect("it is made")
}

/// An answer: its status, its head in small letters, its body.
pub struct Answered {
    pub status: u16,
    pub head: String,
    pub body: Value,
}

/// Sends a call as it is written here.
pub async fn call(site: &Site, line: &str, token: &str, body: Option<&str>) -> Answered {
    let head = if token.is_empty() { String::new() } else { format!("authorization: Bearer {token}\r\n") };
    call_with(site, line, &format!("{head}content-type: application/json\r\n"), body).await
}

pub async fn call_with(site: &Site, line: &str, head: &str, body: Option<&str>) -> Answered {
    let rest = match body {
        Some(body) => format!("{head}content-length: {}\r\n\r\n{body}", body.len()),
        None => head.to_owned(),
    };
    let answer = ask(site.public, &format!("{line}\n{rest}")).await;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{line}: {answer}"));
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("{head}"));
    Answered { status, head: head.to_lowercase(), body: serde_json::from_str(body).unwrap_or(Value::Null) }
}

const BALANCE: &str = "/v1/projects/acme/balances/forwarding";

on_both! {
    async fn facts_are_told_read_and_told_twice(world: World) {
        world.set(NOW);
        world.apply(SETUP).await;
        let token = token(&world, "acme", Scope::Balance, None).await.secret;
        let site = Site::of(&world).await;
        let put = |body: &'static str| call(&site, "PUT /v1/projects/acme/balances/forwarding", &token, Some(body));

        let told = put(r#"{"amount": 84.60, "as_of": "2026-06-01T08:00"}"#).await;
        assert_eq!((told.status, &told.body["taken"], &told.body["amount"]), (200, &json!("now"), &json!("84.60")));
        assert_eq!(told.body["as_of"], "2026-06-01T05:00:00Z", "a time without an offset is of the project's zone");
        assert!(told.head.contains("x-request-id: ") && told.head.contains("content-type: application/json"), "{}", told.head);
        let again = put(r#"{"amount": "84.6", "as_of": "2026-06-01T05:00:00Z", "currency": "EUR"}"#).await;
        assert_eq!((again.status, &again.body["taken"]), (200, &json!("before")));
        let tops_up = put(r#"{"amount": "84.6", "as_of": "2026-06-01T05:00:00Z", "auto_topup": {"below": 20, "amount": "100"}}"#).await;
        assert_eq!((tops_up.status, &tops_up.body["taken"]), (200, &json!("now")));
        assert_eq!(tops_up.body["auto_topup"], json!({"below": "20.00", "amount": "100.00"}));
        for (body, field) in [
            (r#"{"amount": "84.6", "as_of": "2026-06-01T05:00:00Z", "auto_topup": {"below": "x", "amount": "100"}}"#, "auto_topup.below"),
            (r#"{"amount": "84.6", "as_of": "2026-06-01T05:00:00Z", "auto_topup": {"below": 20}}"#, "auto_topup.amount"),
            (r#"{"amount": "84.6", "as_of": "2026-06-01T05:00:00Z", "auto_topup": {"below": 20, "amount": 0}}"#, "auto_topup"),
            (r#"{"amount": "84.6", "as_of": "2026-06-01T05:00:00Z", "auto_topup": 5}"#, "auto_topup"),
        ] {
            let wrong = put(body).await;
            assert_eq!((wrong.status, &wrong.body["problems"][0]["field"]), (422, &json!(field)), "{}", wrong.body);
        }
        let off = put(r#"{"amount": "84.6", "as_of": "2026-06-01T05:00:00Z", "auto_topup": null}"#).await;
        assert_eq!((&off.body["taken"], &off.body["auto_topup"]), (&json!("now"), &Value::Null));
        let older = put(r#"{"amount": "300", "as_of": "2026-05-31"}"#).await;
        assert_eq!((older.status, &older.body["reason"]), (409, &json!("older_fact")));
        assert_eq!(older.body["stands"]["amount"], "84.60");
        assert!(older.head.contains("application/problem+json"), "{}", older.head);
        // More digits than a float holds.
        let exact = put(r#"{"amount": 9007199254.740993, "as_of": "2026-06-01T05:30:00Z"}"#).await;
        assert_eq!(exact.body["amount"], "9007199254.740993");
        let stands = call(&site, &format!("GET {BALANCE}"), &token, None).await;
        assert_eq!((stands.status, &stands.body["amount"]), (200, &exact.body["amount"]));

        let entries = format!("POST {BALANCE}/entries");
        let list = r#"[{"id": 17, "at": "2026-05-31", "kind": "usage", "amount": 6.1, "what": "calls"},
                       {"id": "x", "at": "2026-06-05", "kind": "fixed", "amount": "12"}]"#;
        let added = call(&site, &entries, &token, Some(list)).await;
        assert_eq!((added.status, &added.body["new"], &added.body["known"]), (200, &json!(2), &json!(0)));
        let added = call(&site, &entries, &token, Some(list)).await;
        assert_eq!((&added.body["new"], &added.body["known"]), (&json!(0), &json!(2)), "told twice is told once");
        let other = r#"[{"id": "17", "at": "2026-05-31", "kind": "usage", "amount": 99}]"#;
        assert_eq!(call(&site, &entries, &token, Some(other)).await.body["different"], json!(["17"]));
        let read = call(&site, &format!("GET {BALANCE}/entries"), &token, None).await;
        let ids: Vec<&Value> = read.body["entries"].as_array().expect("a list").iter().map(|entry| &entry["id"]).collect();
        assert_eq!(ids, [&json!("17"), &json!("x")], "also what lies ahead");
        let read = call(&site, &format!("GET {BALANCE}/entries?from=2026-06-01&to=2026-06-30"), &token, None).await;
        assert_eq!(read.body["entries"].as_array().map(Vec::len), Some(1), "{}", read.body);

        let withdraw = |id: &str| format!("DELETE {BALANCE}/entries/{id}");
        let slashed = r#"[{"id": "a/b c", "at": "2026-05-31", "kind": "usage", "amount": 99}]"#;
        assert_eq!(call(&site, &entries, &token, Some(slashed)).await.body["new"], 1);
        let gone = call(&site, &withdraw("a%2Fb%20c"), &token, None).await;
        assert_eq!((gone.status, &gone.body["withdrawn"]["amount"]), (200, &json!("99.00")), "{}", gone.body);
        assert_eq!(call(&site, &withdraw("a%2Fb%20c"), &token, None).await.status, 404);
        assert_eq!(call(&site, &withdraw("17"), &token, None).await.status, 200);
        assert_eq!(call(&site, &entries, &token, Some(other)).await.body["new"], 1, "the id is free again");
        let theirs = call(&site, "DELETE /v1/projects/other/balances/forwarding/entries/17", &token, None).await;
        assert_eq!(theirs.status, 404);
        let slip = call(&site, "PUT /v1/projects/acme/balances/forwardng", &token, Some(r#"{"amount": 1, "as_of": "2026-06-01T05:00:00Z"}"#)).await;
        assert_eq!((slip.status, &slip.body["is_new"]), (200, &json!(true)));
        assert!(slip.body["notes"][0].as_str().is_some_and(|note| note.ends_with("did you mean `forwarding`?")), "{}", slip.body);
        let ahead = r#"[{"id": "z", "at": "2026-12-31", "kind": "topup", "amount": 5}]"#;
        let ahead = call(&site, &entries, &token, Some(ahead)).await;
        assert_eq!((ahead.status, &ahead.body["problems"][0]["field"]), (422, &json!("[0].at")), "{}", ahead.body);

        let standing = "PUT /v1/projects/acme/standing";
        let body = r#"{"status": "active", "paid_until": "2026-06-20", "as_of": "2026-06-01T05:00:00Z"}"#;
        assert_eq!(call(&site, standing, &token, Some(body)).await.body["taken"], "now");
        assert_eq!(call(&site, standing, &token, Some(body)).await.body["taken"], "before");
        let older = r#"{"status": "trial", "as_of": "2026-05-01"}"#;
        assert_eq!(call(&site, standing, &token, Some(older)).await.status, 409);
        let read = call(&site, "GET /v1/projects/acme/standing", &token, None).await;
        assert_eq!((&read.body["status"], &read.body["paid_until"]), (&json!("active"), &json!("2026-06-20")));
        site.end().await;

        let actors = world.texts("select distinct actor from audit where action in ('balance_set', 'balance_entries', 'standing_set')").await;
        assert!(actors.len() == 1 && actors[0].starts_with("token cb_"), "{actors:?}");
        assert_eq!(world.number("select count(*) from audit where action = 'balance_set'").await, 5);
    }

    async fn what_a_call_leaves_out_stays_as_it_was(world: World) {
        world.set(NOW);
        world.apply(SETUP).await;
        let token = token(&world, "acme", Scope::Balance, None).await.secret;
        let site = Site::of(&world).await;
        let put = |body: &'static str| call(&site, "PUT /v1/projects/acme/standing", &token, Some(body));
        let told = put(r#"{"status": "active", "paid_until": "2026-06-20", "as_of": "2026-06-01T05:00:00Z"}"#).await;
        assert_eq!((told.status, &told.body["paid_until"]), (200, &json!("2026-06-20")));
        let kept = put(r#"{"status": "suspended", "as_of": "2026-06-01T05:10:00Z"}"#).await;
        assert_eq!((&kept.body["status"], &kept.body["paid_until"]), (&json!("suspended"), &json!("2026-06-20")));
        let none = put(r#"{"status": "active", "paid_until": null, "as_of": "2026-06-01T05:20:00Z"}"#).await;
        assert_eq!((none.status, &none.body["paid_until"]), (200, &Value::Null));

        let put = |body: &'static str| call(&site, "PUT /v1/projects/acme/balances/dollars", &token, Some(body));
        let told = put(r#"{"amount": "100", "currency": "USD", "as_of": "2026-06-01T05:00:00Z", "credit_limit": 10}"#).await;
        assert_eq!((told.status, &told.body["currency"]), (200, &json!("USD")));
        let kept = put(r#"{"amount": "90", "as_of": "2026-06-01T05:10:00Z"}"#).await;
        assert_eq!((kept.status, &kept.body["currency"]), (200, &json!("USD")));
        let other = put(r#"{"amount": "90", "currency": "EUR", "as_of": "2026-06-01T05:20:00Z"}"#).await;
        assert_eq!((other.status, &other.body["reason"]), (422, &json!("other_currency")), "{}", other.body);
    }

    async fn a_project_has_so_many_balances_at_most(world: World) {
        world.set(NOW);
        world.apply(SETUP).await;
        let token = token(&world, "acme", Scope::Balance, None).await.secret;
        let site = Site::of(&world).await;
        let put = async |n: usize| {
            let body = r#"{"amount": "1", "as_of": "2026-06-01T05:00:00Z"}"#;
            call(&site, &format!("PUT /v1/projects/acme/balances/b{n}"), &token, Some(body)).await
        };
        for n in 0..50 {
            assert_eq!(put(n).await.status, 200, "{n}");
        }
        let more = put(50).await;
        assert_eq!((more.status, &more.body["reason"]), (422, &json!("too_many_balances")), "{}", more.body);
        assert_eq!(put(7).await.status, 200, "those that are there go on");
    }

    async fn a_token_opens_its_project_within_its_scope_and_time(world: World) {
        world.set(NOW);
        world.apply(SETUP).await;
        let expires = Instant::parse_rfc3339("2026-06-02T00:00:00Z");
        let issued = token(&world, "acme", Scope::Balance, expires).await;
        let site = Site::of(&world).await;
        let get = |path: &'static str, token: &str| {
            let (site, token) = (&site, token.to_owned());
            async move {
                let answered = call(site, &format!("GET {path}"), &token, None).await;
                let reason = answered.body["reason"].as_str().unwrap_or_default().to_owned();
                (answered.status, reason, answered.head, answered.body["detail"].clone())
            }
        };
        let list = "/v1/projects/acme/balances";
        assert_eq!(get(list, &issued.secret).await.0, 200);
        let known = world.texts("select hash from tokens").await;
        assert!(!known[0].contains(&issued.secret[12..]) && known[0].len() == 64, "only a hash is kept");

        let (status, reason, head, _) = get(list, "").await;
        assert_eq!((status, reason.as_str()), (401, "no_token"));
        assert!(head.contains("www-authenticate: bearer"), "{head}");
        let last = if issued.secret.ends_with('0') { '1' } else { '0' };
        let nearly = format!("{}{last}", &issued.secret[..issued.secret.len() - 1]);
        let nobody = format!("cb_00000000_{}", "0".repeat(64));
        for wrong in [nearly.as_str(), nobody.as_str(), "cb_", "nonsense", &issued.secret[..12]] {
            let (status, reason, ..) = get(list, wrong).await;
            assert_eq!((status, reason.as_str()), (401, "unknown_token"), "{wrong}");
        }

        // Somebody else's project and one that isn't there are told in the same words.
        let (status, _, _, theirs) = get("/v1/projects/other/balances", &issued.secret).await;
        let (none, _, _, nowhere) = get("/v1/projects/nowhere/balances", &issued.secret).await;
        assert_eq!((status, none), (404, 404));
        let plain = |detail: &Value| detail.as_str().expect("text").replace("other", "X").replace("nowhere", "X");
        assert_eq!(plain(&theirs), plain(&nowhere));
        let test = call(&site, "POST /v1/test-alerts", &issued.secret, Some("{}")).await;
        assert_eq!((test.status, &test.body["reason"]), (403, &json!("scope")));

        // Another process revokes it; its time being up is seen at once too.
        let replica = world.replica(|_| {}).await;
        let second = token(&world, "acme", Scope::Manage, None).await;
        assert_eq!(get(list, &second.secret).await.0, 200);
        access::revoke(&replica, &second.id, "tester").await.expect("revoked").expect("it was there");
        assert_eq!(get(list, &second.secret).await.1, "revoked_token");
        world.set("2026-06-02T00:00:00Z");
        assert_eq!(get(list, &issued.secret).await.1, "expired_token");
        site.end().await;
        let audited = world.texts("select action from audit where action like 'token%' order by id").await;
        assert_eq!(audited, ["token_created", "token_created", "token_revoked"]);
        let secrets = world.number(&format!("select count(*) from audit where detail like '%{}%'", &issued.secret[12..])).await;
        assert_eq!(secrets, 0);
    }

    async fn everything_wrong_is_told_at_once_and_nothing_is_taken(world: World) {
        world.set(NOW);
        world.apply(SETUP).await;
        let token = token(&world, "acme", Scope::Balance, None).await.secret;
        let site = Site::of(&world).await;
        let body = r#"{"amount": true, "as_of": "2027-01-01", "currency": "XYZ", "credit_limit": -5, "extra": 1}"#;
        let answered = call(&site, &format!("PUT {BALANCE}"), &token, Some(body)).await;
        let fields = |answered: &Answered| -> Vec<String> {
            let list = answered.body["problems"].as_array().unwrap_or_else(|| panic!("{}", answered.body));
            list.iter().map(|wrong| wrong["field"].as_str().expect("a name").to_owned()).collect()
        };
        assert_eq!(answered.status, 422);
        assert_eq!(fields(&answered), ["extra", "amount", "as_of", "currency", "credit_limit"]);
        let entries = r#"[{"id": "a", "at": "2026-05-31", "kind": "usage", "amount": "1"},
                          {"id": "", "at": "soon", "kind": "spend", "amount": "6,10"},
                          {"id": "c", "at": "2026-05-31", "kind": "usage", "amount": -1}, 5]"#;
        let answered = call(&site, &format!("POST {BALANCE}/entries"), &token, Some(entries)).await;
        assert_eq!(answered.status, 422);
        assert_eq!(fields(&answered), ["[1].at", "[1].kind", "[1].amount", "[2].amount", "[3]"]);
        let answered = call(&site, "PUT /v1/projects/acme/standing", &token, Some(r#"{"status": "low", "paid_until": "soon"}"#)).await;
        assert_eq!(fields(&answered), ["status", "as_of", "paid_until"]);
        assert_eq!(world.number("select count(*) from balance_entries").await, 0);
        assert_eq!(world.number("select count(*) from balances").await, 0);

        let put = format!("PUT {BALANCE}");
        let bearer = format!("authorization: Bearer {token}\r\n");
        for (head, body, status) in [
            ("content-type: application/json\r\n", "{", 400),
            ("content-type: application/json\r\n", "[]", 422),
            ("content-type: application/json; charset=utf-8\r\n", "{}", 422),
            ("content-type: text/plain\r\n", "{}", 415),
            ("", "{}", 415),
        ] {
            let answered = call_with(&site, &put, &format!("{bearer}{head}"), Some(body)).await;
            assert_eq!(answered.status, status, "{head}{body}: {}", answered.body);
        }
        let large = format!("\"{}\"", "x".repeat(1_100_000));
        assert_eq!(call(&site, &put, &token, Some(&large)).await.status, 413);
        let answered = call(&site, &format!("DELETE {BALANCE}"), &token, None).await;
        assert_eq!((answered.status, &answered.body["reason"]), (405, &json!("method_not_allowed")));
        assert!(answered.head.contains("allow: "), "{}", answered.head);
        assert_eq!(call(&site, "GET /v1/nothing", &token, None).await.status, 404);
        assert_eq!(call(&site, "GET /v1/projects/acme/balances/NO", &token, None).await.status, 404);
        assert_eq!(call(&site, "GET /v1/projects/acme/balances/none", &token, None).await.status, 404);
        let named = call_with(&site, "GET /v1/projects/acme/standing", &format!("{bearer}x-request-id: r-17\r\n"), None).await;
        assert!(named.head.contains("x-request-id: r-17") && named.body["request_id"] == "r-17", "{}", named.head);
        let odd = call_with(&site, "GET /v1/projects/acme/standing", &format!("{bearer}x-request-id: a b\r\n"), None).await;
        assert_ne!(odd.body["request_id"], "a b");

        let metrics = ask(site.ops, "GET /metrics").await;
        let counted = "callbrief_api_requests_total{route=\"/v1/projects/{project}/balances/{name}\",method=\"PUT\",status=\"415\"} 2";
        assert!(metrics.contains(counted), "{metrics}");
        assert!(metrics.contains("route=\"other\"") && !metrics.contains("acme"), "{metrics}");
        site.end().await;
    }

    async fn too_many_calls_wait(world: World) {
        world.set(NOW);
        world.apply(SETUP).await;
        let token = token(&world, "acme", Scope::Balance, None).await.secret;
        let site = Site::of(&world).await;
        let get = || call(&site, "GET /v1/projects/acme/balances", &token, None);
        for _ in 0..100 {
            assert_eq!(get().await.status, 200);
        }
        let refused = get().await;
        assert_eq!((refused.status, &refused.body["reason"]), (429, &json!("too_many")));
        assert!(refused.head.contains("retry-after: 1"), "{}", refused.head);
        world.advance(Duration::from_secs(1));
        assert_eq!(get().await.status, 200);
        site.end().await;
    }

    async fn a_test_travels_the_real_way(world: World) {
        world.set(NOW);
        world.apply(SETUP).await;
        let token = token(&world, "acme", Scope::Manage, None).await.secret;
        let site = Site::of(&world).await;
        let ask_for = |body: &'static str| call(&site, "POST /v1/test-alerts", &token, Some(body));
        let refused = ask_for(r#"{"channel": "sms", "to": "olena"}"#).await;
        assert_eq!((refused.status, &refused.body["problems"][0]["field"]), (422, &json!("channel")), "{}", refused.body);
        // Somebody of another project looks like nobody.
        let theirs = ask_for(r#"{"channel": "email", "to": "taras"}"#).await;
        let nobody = ask_for(r#"{"channel": "email", "to": "nobody"}"#).await;
        assert_eq!((theirs.status, nobody.status), (422, 422));
        assert_eq!(theirs.body["problems"][0]["why"], nobody.body["problems"][0]["why"]);
        assert_eq!(ask_for(r#"{"channel": "email", "to": "olena", "project": "other"}"#).await.status, 404);
        let asked = ask_for(r#"{"channel": "email", "to": "olena"}"#).await;
        assert_eq!(asked.status, 202, "{}", asked.body);
        let reference = asked.body["deliveries"][0]["reference"].as_str().expect("a reference").to_owned();
        assert_eq!(ask_for(r#"{"channel": "email", "to": "olena"}"#).await.status, 429, "each goes to a person");
        world.settle().await;
        let became = call(&site, &format!("GET /v1/test-alerts/{reference}"), &token, None).await;
        assert_eq!((became.status, &became.body["state"]), (200, &json!("accepted")));
        let mail = String::from_utf8(world.outbox().remove(0)).expect("text");
        assert!(mail.contains("TEST"), "{mail}");
        let others = token_of_other(&world).await;
        assert_eq!(call(&site, &format!("GET /v1/test-alerts/{reference}"), &others, None).await.status, 404);
        site.end().await;
    }
}

async fn token_of_other(world: &World) -> String {
    token(world, "other", Scope::Manage, None).await.secret
}

/// Words of a line as a shell would read them: quotes of both kinds, and a backslash before the end of a line.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut is_word) = (Vec::new(), String::new(), None, false);
    for c in line.replace("\\\n", " ").chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.push(c),
            (None, '\'' | '"') => (quote, is_word) = (Some(c), true),
            (None, c) if c.is_whitespace() => {
                if is_word {
                    words.push(std::mem::take(&mut word));
                }
                is_word = false;
            }
            (None, c) => {
                word.push(c);
                is_word = true;
            }
        }
    }
    words.extend(is_word.then_some(word));
    words
}

/// A curl line of the guide as a call.
async fn curl(site: &Site, line: &str) -> Answered {
    let (mut method, mut path, mut head, mut body) = ("GET".to_owned(), String::new(), String::new(), None);
    let mut words = words(line).into_iter().skip(1);
    while let Some(word) = words.next() {
        let mut next = || words.next().expect("a value");
        match word.as_str() {
            "-sS" => {}
            "-X" => method = next(),
            "-H" => head += &format!("{}\r\n", next()),
            "-d" => body = Some(next()),
            url => {
                path = url.strip_prefix("https://reports.acme.example").unwrap_or_else(|| panic!("{url}")).to_owned()
            }
        }
    }
    call_with(site, &format!("{method} {path}"), &head, body.as_deref()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guide_tells_calls_that_work_and_what_they_answer() {
    let world = World::new(Engine::Sqlite).await;
    world.set(NOW);
    world.apply(SETUP).await;
    let balance = token(&world, "acme", Scope::Balance, None).await.secret;
    let manage = token(&world, "acme", Scope::Manage, None).await.secret;
    let site = Site::of(&world).await;
    let project = call(&site, "GET /v1/projects/acme", &manage, None).await;
    let mark = project.head.lines().find_map(|line| line.strip_prefix("etag: ")).expect("an ETag").trim().to_owned();
    let guide = include_str!("../../config/guide/api.md");
    let blocks: Vec<&str> = guide.split("```").skip(1).step_by(2).collect();
    let (mut asked, mut reference): (u32, Option<String>) = (0, None);
    for pair in blocks.windows(2) {
        let (Some(line), Some(wanted)) = (pair[0].strip_prefix("sh\ncurl"), pair[1].strip_prefix("json\n")) else {
            continue;
        };
        let mut line = format!("curl{line}").replace("$TOKEN", &balance).replace("$MANAGE", &manage);
        line = line.replace("\"3f9a1c22d0b14e77a1c05b2e\"", &mark);
        if let Some(real) = &reference {
            line = line.replace("7Q3F-K2MD", real);
            world.settle().await;
        }
        let answered = curl(&site, &line).await;
        let mut said = answered.body;
        let found = said["deliveries"][0]["reference"].as_str().map(str::to_owned);
        reference = found.or(reference);
        if let Some(real) = &reference {
            said = serde_json::from_str(&said.to_string().replace(real, "7Q3F-K2MD")).expect("JSON");
        }
        let wanted: Value = serde_json::from_str(wanted).unwrap_or_else(|error| panic!("{error}: {wanted}"));
        assert_eq!(said, wanted, "{line}");
        asked += 1;
    }
    assert!(asked >= 7, "the guide tells of {asked} calls only");
    site.end().await;
}
