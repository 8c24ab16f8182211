//! Tokens that are forged, told again, or another's: they open nothing, and nobody's data show.

use callbrief::domain::access::Scope;
use serde_json::json;

use crate::api::{self, call, call_with};
use crate::mornings::{self, paid_links, paid_until, say};
use crate::support::mail::Mail;
use crate::support::on_both;
use crate::web::{Site, ask};
use crate::{flow, wishes};

/// What somebody may make of a token that they have seen.
fn forged(token: &str) -> Vec<String> {
    let letters: Vec<char> = token.chars().collect();
    let mut all: Vec<String> = (0..letters.len())
        .map(|at| {
            let mut other = letters.clone();
            other[at] = if other[at] == 'A' { 'B' } else { 'A' };
            other.into_iter().collect()
        })
        .collect();
    let (id, mac) = token.split_once('-').unwrap_or((token, ""));
    let next = |by: i64| id.parse::<i64>().map_or_else(|_| id.to_owned(), |id| (id + by).to_string());
    all.extend([
        String::new(),
        "-".to_owned(),
        id.to_owned(),
        format!("{id}-"),
        format!("-{mac}"),
        format!("{}-{mac}", next(1)),
        format!("{}-{mac}", next(-1)),
        format!("0{id}-{mac}"),
        format!("+{id}-{mac}"),
        format!("{id}--{mac}"),
        format!("-{id}-{mac}"),
        format!("99999999999999999999-{mac}"),
        format!("{}-{mac}", i64::MIN),
        format!("{id}-{mac}="),
        format!("{id}-{mac}=="),
        format!("{id}-{mac}A"),
        format!("{id}-{}", &mac[..mac.len().saturating_sub(1)]),
        format!("{id}-{}", mac.to_lowercase()),
        format!("{id}-{}", "A".repeat(22)),
        format!("{id}-{}", "A".repeat(9_000)),
        format!("{token}%00"),
        format!("{token}%20"),
        format!("%00{token}"),
        format!("{token}%2F..%2F{token}"),
        format!("..%2F{token}"),
        "%ff%fe".to_owned(),
        "%F0%9F%92%A3-%F0%9F%92%A3".to_owned(),
        "1'%20or%20'1'='1".to_owned(),
    ]);
    all.retain(|other| other != token);
    all
}

on_both! {
    async fn a_link_of_a_mail_is_good_for_its_own_page_and_address_alone(world: World) {
        flow::acme(&world).await;
        world.set(flow::DUE);
        world.settle().await;
        let site = Site::of(&world).await;
        let (own, other) = (wishes::link(&world, "taras@acme.example"), wishes::link(&world, "olena@acme.example"));
        let token = own.strip_prefix("/stop/").expect("a stop link");
        let (its_id, other_mac) = (token.split_once('-').expect("two parts").0, other.split_once('-').expect("two parts").1);
        let mut tried = forged(token);
        tried.push(format!("{its_id}-{other_mac}"));
        let stops = "select count(*) from suppressions";
        for path in tried.iter().map(|token| format!("/stop/{token}")).chain([own.replace("/stop/", "/paid/")]) {
            for request in [format!("GET {path}"), form(&path, "List-Unsubscribe=One-Click"), form(&path, "do=project")] {
                let answer = ask(site.public, &request).await;
                let code: u16 = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
                assert!(matches!(code, 400 | 404 | 414 | 431), "{request}: {answer}");
                assert!(!answer.contains("Acme") && !answer.contains("acme.example"), "{request}: {answer}");
            }
        }
        assert_eq!(world.number(stops).await, 0, "nothing was stopped");
        // Told again, it is as told once; the reader's own, whenever it comes.
        for _ in 0..3 {
            assert!(say(&site, &own, "List-Unsubscribe=One-Click").await.starts_with("HTTP/1.1 200"));
        }
        let stopped = world.texts("select address from suppressions").await;
        assert_eq!(stopped, ["taras@acme.example"], "once, and nobody else");
        site.end().await;
    }

    async fn a_link_to_say_that_a_payment_comes_is_its_readers_and_its_projects(world: World) {
        world.set("2026-06-01T03:00:00Z");
        world.apply(&mornings::setup("acme = [\"finance\"]")).await;
        for id in ["acme", "bravo"] {
            paid_until(&world, id, "2026-06-04").await;
        }
        world.set("2026-06-01T08:00:00Z");
        world.settle().await;
        let site = Site::of(&world).await;
        let mails = Mail::all(&world);
        let link = |address: &str| {
            let mail = mails.iter().find(|mail| mail.to == address && !paid_links(mail).is_empty());
            paid_links(mail.unwrap_or_else(|| panic!("a link for {address}"))).remove(0)
        };
        let (own, other) = (link(mornings::NADIA), link(mornings::PETRO));
        let token = own.strip_prefix("/paid/").expect("a link");
        let promises = "select count(*) from promises";
        let (its_id, other_mac) = (token.split_once('-').expect("two parts").0, other.split_once('-').expect("two parts").1);
        let mut tried = forged(token);
        tried.push(format!("{its_id}-{other_mac}"));
        for path in tried.iter().map(|token| format!("/paid/{token}")).chain([own.replace("/paid/", "/stop/")]) {
            for request in [format!("GET {path}"), form(&path, "do=promise&until=2026-06-03")] {
                let answer = ask(site.public, &request).await;
                let code: u16 = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
                assert!(matches!(code, 400 | 404 | 414 | 431), "{request}: {answer}");
                assert!(!["Acme", "Bravo", "nadia", "petro"].iter().any(|name| answer.contains(name)), "{request}: {answer}");
            }
        }
        assert_eq!(world.number(promises).await, 0, "nothing was promised");
        for wrong in ["do=promise&until=1969-12-31", "do=promise&until=9999-12-31", "do=promise&until=%00", "do=promise&until=-262143-01-01", "do=%FF"] {
            assert!(say(&site, &own, wrong).await.starts_with("HTTP/1.1 422"), "{wrong}");
        }
        for _ in 0..2 {
            let page = say(&site, &own, "do=promise&until=2026-06-03").await;
            assert!(page.starts_with("HTTP/1.1 200") && page.contains("Acme Windows") && !page.contains("Bravo"), "{page}");
        }
        let kept = "select p.id from promises q join projects p on p.key = q.project";
        assert_eq!(world.texts(kept).await, ["acme"], "once, and of its own project");
        // Whoever looks after its money no more can't say it any more.
        world.execute("delete from contact_roles where contact = 'nadia'").await;
        assert!(say(&site, &own, "do=undo").await.starts_with("HTTP/1.1 403"));
        site.end().await;
    }

    async fn a_token_of_one_project_reads_and_changes_nothing_of_another(world: World) {
        world.set(api::NOW);
        world.apply(api::SETUP).await;
        let (mine, theirs) =
            (api::token(&world, "acme", Scope::Manage, None).await.secret, api::token(&world, "other", Scope::Manage, None).await.secret);
        let site = Site::of(&world).await;
        let put = r#"{"amount": "77123.45", "currency": "UAH", "as_of": "2026-06-01T05:00:00Z"}"#;
        let entries = r#"[{"id": "geheim-1", "at": "2026-05-31", "kind": "usage", "amount": 77123, "what": "geheim"}]"#;
        let standing = r#"{"status": "active", "paid_until": "2026-07-07", "as_of": "2026-06-01T05:00:00Z"}"#;
        assert_eq!(call(&site, "PUT /v1/projects/other/balances/geheim", &theirs, Some(put)).await.status, 200);
        assert_eq!(call(&site, "POST /v1/projects/other/balances/geheim/entries", &theirs, Some(entries)).await.status, 200);
        assert_eq!(call(&site, "PUT /v1/projects/other/standing", &theirs, Some(standing)).await.status, 200);
        let asked = call(&site, "POST /v1/test-alerts", &theirs, Some(r#"{"channel": "email", "to": "taras"}"#)).await;
        let reference = asked.body["deliveries"][0]["reference"].as_str().expect("a reference").to_owned();
        world.settle().await;
        let tables = ["balances", "balance_entries", "standings", "promises", "deliveries", "notices", "suppressions", "audit"];
        let counted = async || {
            let mut counts = Vec::new();
            for table in tables {
                counts.push(world.number(&format!("select count(*) from {table}")).await);
            }
            counts
        };
        let before = counted().await;
        let mut lines = vec![format!("GET /v1/test-alerts/{reference}")];
        for id in ["other", "OTHER", "other%00", "other%2F", "acme/../other", "acme%2F..%2Fother", "%6fther", "other.", "2", "*", "%25", "ac%6de%00other"] {
            lines.extend([
                format!("GET /v1/projects/{id}/balances"),
                format!("GET /v1/projects/{id}/balances/geheim"),
                format!("PUT /v1/projects/{id}/balances/geheim"),
                format!("GET /v1/projects/{id}/balances/geheim/entries"),
                format!("POST /v1/projects/{id}/balances/geheim/entries"),
                format!("DELETE /v1/projects/{id}/balances/geheim/entries/geheim-1"),
                format!("GET /v1/projects/{id}/standing"),
                format!("PUT /v1/projects/{id}/standing"),
            ]);
        }
        // What is the other's stands in no answer about one's own either.
        let own = "/v1/projects/acme";
        lines.extend([
            format!("GET {own}/balances/geheim"),
            format!("GET {own}/balances/geheim/entries?from=1970-01-01&to=2100-01-01"),
            format!("DELETE {own}/balances/geheim/entries/geheim-1"),
            format!("DELETE {own}/balances/forwarding/entries/geheim-1"),
            format!("GET {own}/balances"),
        ]);
        for line in &lines {
            let body = match line.split(' ').next() {
                Some("PUT") if line.ends_with("standing") => Some(standing),
                Some("PUT") => Some(put),
                Some("POST") => Some(entries),
                _ => None,
            };
            // A new token for each, so that none has to wait for its turn.
            world.advance(std::time::Duration::from_secs(1));
            let answer = call(&site, line, &mine, body).await;
            let is_own = line.contains("/acme/") && !line.contains("..");
            assert!(matches!(answer.status, 400 | 404) || (is_own && answer.status == 200), "{line}: {} {}", answer.status, answer.body);
            let said = answer.body.to_string().replace("`geheim` of acme", "").replace("`geheim-1`", "");
            assert!(!said.contains("77123") && !said.contains("UAH") && !said.contains("\"geheim\""), "{line}: {said}");
        }
        assert_eq!(counted().await, before, "nothing was changed");
        site.end().await;
    }

    async fn a_token_in_any_odd_spelling_opens_nothing_and_is_told_the_same(world: World) {
        world.set(api::NOW);
        world.apply(api::SETUP).await;
        let issued = api::token(&world, "acme", Scope::Balance, None).await;
        let site = Site::of(&world).await;
        let (secret, id) = (issued.secret.clone(), &issued.secret[..12]);
        let list = "GET /v1/projects/acme/balances";
        let mut odd = forged(&secret);
        odd.extend([
            secret.to_uppercase(),
            format!("{id}{}", "0".repeat(64)),
            format!("{secret}{secret}"),
            format!("{secret},{secret}"),
            format!("{id}{}", "f".repeat(7_000)),
            secret.replace('_', "-"),
            "null".to_owned(),
            "undefined".to_owned(),
        ]);
        // What can't stand in a header.
        odd.retain(|token| token.len() < 12_000 && !token.contains(['\0', '\r', '\n']));
        for token in &odd {
            let answer = call(&site, list, token, None).await;
            assert!(answer.status == 401 || answer.status == 431, "{token}: {} {}", answer.status, answer.body);
            assert!(!answer.body.to_string().contains(&secret[12..]));
        }
        let heads = [
            format!("authorization: Basic {secret}\r\n"),
            format!("authorization: {secret}\r\n"),
            "authorization: Bearer\r\n".to_owned(),
            format!("authorization: Bearer \u{a0}{secret}\r\n"),
            format!("x-authorization: Bearer {secret}\r\n"),
            format!("cookie: token={secret}\r\n"),
            format!("authorization: Bearer nothing\r\nauthorization: Bearer {secret}\r\n"),
        ];
        for head in heads {
            let answer = call_with(&site, list, &head, None).await;
            assert!(matches!(answer.status, 400 | 401), "{head}: {} {}", answer.status, answer.body);
        }
        let by_address = call_with(&site, &format!("{list}?token={secret}&access_token={secret}"), "", None).await;
        assert_eq!(by_address.status, 401, "an address is written into logs");
        assert_eq!(call(&site, list, &secret, None).await.status, 200, "and the right one opens");
        site.end().await;
    }

    async fn what_a_service_told_once_changes_nothing_when_it_is_told_again(world: World, crate::comeback::all_set) {
        crate::comeback::sent(&world).await;
        let site = Site::of(&world).await;
        let id = crate::comeback::one(&world, "message_id", "olena").await;
        let event = crate::comeback::mailgun(&world, "mailgun-key", "failed", &id);
        let post = |body: String| {
            let public = site.public;
            async move {
                let request = format!("POST /v1/mail-events\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len());
                ask(public, &request).await
            }
        };
        let all = futures_util::future::join_all((0..12).map(|_| post(event.clone()))).await;
        assert_eq!(all.iter().filter(|answer| answer.contains("\"taken\":1")).count(), 1, "{all:?}");
        assert!(all.iter().all(|answer| !answer.starts_with("HTTP/1.1 5") || answer.contains("tell it again")), "{all:?}");
        // Somebody lifts the stop; what was told before doesn't bring it back, nor does it with another word in it.
        world.execute("update suppressions set lifted_at = created_at, lifted_by = 'me', lifted_reason = 'works again'").await;
        assert!(post(event.clone()).await.contains("\"taken\":0"));
        let mut changed: serde_json::Value = serde_json::from_str(&event).expect("JSON");
        changed["event-data"]["event"] = json!("complained");
        assert!(!post(changed.to_string()).await.contains("\"taken\":1"), "moved once");
        assert!(crate::comeback::stops(&world).await.is_empty());
        for field in ["timestamp", "token", "signature"] {
            let mut changed: serde_json::Value = serde_json::from_str(&event).expect("JSON");
            for value in [json!(""), json!(null), json!(17), json!("\0"), json!(["x"]), json!("9".repeat(400))] {
                changed["signature"][field] = value;
                let answer = post(changed.to_string()).await;
                assert!(answer.starts_with("HTTP/1.1 401"), "{field}: {answer}");
            }
        }
        world.settle().await;
        site.end().await;
    }
}

fn form(path: &str, body: &str) -> String {
    format!(
        "POST {path}\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}
