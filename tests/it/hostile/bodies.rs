//! Bodies that are too large, too deep, packed, broken or in no language: each route answers 4xx in time, and nothing is taken.

use std::io::Write;
use std::time::{Duration, Instant};

use callbrief::domain::access::Scope;
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::api;
use crate::support::{Engine, World, on_both};
use crate::web::Site;

/// Routes that take a body.
const ROUTES: &[&str] = &[
    "POST /stop/1-AAAAAAAAAAAAAAAAAAAAAA",
    "POST /paid/1-AAAAAAAAAAAAAAAAAAAAAA",
    "PUT /v1/projects/acme/balances/forwarding",
    "POST /v1/projects/acme/balances/forwarding/entries",
    "PUT /v1/projects/acme/standing",
    "POST /v1/test-alerts",
    "POST /v1/mail-events",
    "POST /v1/mail-events/0123456789abcdef0123",
    "POST /v1/sms-replies",
    "POST /v1/sms-replies/0123456789abcdef0123",
];

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).expect("it is packed");
    packer.finish().expect("it is packed")
}

/// Sends bytes as they are; the code and the whole answer, in time.
async fn sent(site: &Site, route: &str, head: &str, body: &[u8]) -> (u16, String) {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(site.public).await.expect("somebody listens");
    let head =
        format!("{route} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{head}content-length: {}\r\n\r\n", body.len());
    let mut answer = Vec::new();
    let (mut reader, mut writer) = stream.split();
    let speak = async {
        // Whoever is refused may be cut off before all is sent.
        let _ = writer.write_all(head.as_bytes()).await;
        let _ = writer.write_all(body).await;
    };
    let hear = tokio::time::timeout(Duration::from_secs(20), reader.read_to_end(&mut answer));
    let _ = tokio::join!(speak, hear);
    assert!(begun.elapsed() < Duration::from_secs(20), "{route}: no end in time");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let code = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    (code, answer)
}

on_both! {
    async fn no_body_breaks_anything_or_is_taken(world: World, crate::comeback::all_set) {
        world.set(api::NOW);
        world.apply(api::SETUP).await;
        let token = api::token(&world, "acme", Scope::Manage, None).await.secret;
        let site = Site::of(&world).await;
        let bodies: Vec<(&str, Vec<u8>)> = vec![
            ("empty", Vec::new()),
            ("nul", b"\0".to_vec()),
            ("large", vec![b'a'; 20_000_000]),
            ("large text", format!("\"{}\"", "Ж".repeat(2_000_000)).into_bytes()),
            ("deep list", b"[".repeat(900_000)),
            ("closed deep list", [b"[".repeat(250_000), b"]".repeat(250_000)].concat()),
            ("deep object", b"{\"a\":".repeat(100_000)),
            ("closed deep object", [b"{\"a\":".repeat(70_000), b"1".to_vec(), b"}".repeat(70_000)].concat()),
            ("deep field", [b"{\"amount\":".to_vec(), b"[".repeat(200_000), b"]".repeat(200_000), b"}".to_vec()].concat()),
            ("many keys", format!("{{{}}}", (0..50_000).map(|n| format!("\"{n}\":1")).collect::<Vec<_>>().join(",")).into_bytes()),
            ("one key often", format!("{{{}}}", vec!["\"amount\":1"; 50_000].join(",")).into_bytes()),
            ("large number", format!("{{\"amount\":1{},\"as_of\":\"2026-06-01\"}}", "0".repeat(500_000)).into_bytes()),
            ("small number", b"{\"amount\":1e-999999999,\"as_of\":\"2026-06-01\"}".to_vec()),
            ("endless number", b"{\"amount\":1e999999999999,\"as_of\":\"2026-06-01\"}".to_vec()),
            ("half a letter", b"{\"amount\":\"\xff\xfe\xc3\"}".to_vec()),
            ("half a pair", b"{\"amount\":\"\\ud800\",\"as_of\":\"\\udfff\"}".to_vec()),
            ("UTF-16", "{\"amount\":1}".encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ("a form", b"do=%00&do=%ff&List-Unsubscribe=%F0%9F".to_vec()),
            ("many fields", b"a=b&".repeat(4_000)),
            ("XML bomb", b"<!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>".to_vec()),
            ("an archive", b"PK\x03\x04".repeat(100)),
        ];
        let bearer = format!("authorization: Bearer {token}\r\n");
        for route in ROUTES {
            for (name, body) in &bodies {
                for kind in ["application/json", "application/x-www-form-urlencoded"] {
                    world.advance(Duration::from_secs(10));
                    let (code, answer) = sent(&site, route, &format!("{bearer}content-type: {kind}\r\n"), body).await;
                    // 0: cut off while it was still sending.
                    let is_cut = code == 0 && body.len() > 500_000;
                    assert!((400..500).contains(&code) || is_cut, "{route}, {name}, {kind}: {code} {}", &answer[..answer.len().min(600)]);
                    assert!(answer.len() < 200_000, "{route}, {name}: {} bytes of an answer", answer.len());
                }
            }
        }
        for table in ["balances", "balance_entries", "standings", "suppressions", "promises", "deliveries"] {
            assert_eq!(world.number(&format!("select count(*) from {table}")).await, 0, "{table}");
        }
        site.end().await;
    }

    async fn a_packed_body_is_never_unpacked(world: World, crate::comeback::all_set) {
        world.set(api::NOW);
        world.apply(api::SETUP).await;
        let token = api::token(&world, "acme", Scope::Manage, None).await.secret;
        let site = Site::of(&world).await;
        let bearer = format!("authorization: Bearer {token}\r\ncontent-type: application/json\r\n");
        let bomb = packed(&vec![b' '; 20_000_000]);
        let twice = packed(&packed(&vec![0; 20_000_000]));
        let honest = packed(br#"{"amount": "1", "as_of": "2026-06-01T05:00:00Z"}"#);
        for route in ROUTES {
            for (coding, body) in [
                ("gzip", &bomb),
                ("gzip", &honest),
                ("gzip, gzip", &twice),
                ("deflate", &bomb),
                ("br", &honest),
                ("zstd", &honest),
                ("identity, gzip", &honest),
                ("nonsense", &honest),
            ] {
                world.advance(Duration::from_secs(10));
                let (code, answer) = sent(&site, route, &format!("{bearer}content-encoding: {coding}\r\n"), body).await;
                assert!((400..500).contains(&code), "{route}, {coding}: {code} {answer}");
                if route.contains("/projects/") || route.ends_with("test-alerts") {
                    assert!(code == 415 && answer.contains("\"content_encoding\""), "{route}, {coding}: {answer}");
                }
            }
        }
        let plain = format!("{bearer}content-encoding: Identity\r\n");
        let body = br#"{"amount": "1", "as_of": "2026-06-01T05:00:00Z"}"#;
        assert_eq!(sent(&site, "PUT /v1/projects/acme/balances/forwarding", &plain, body).await.0, 200);
        site.end().await;
    }

    async fn texts_that_no_database_keeps_are_refused_by_name(world: World) {
        world.set(api::NOW);
        world.apply(api::SETUP).await;
        let token = api::token(&world, "acme", Scope::Manage, None).await.secret;
        let site = Site::of(&world).await;
        let entries = "POST /v1/projects/acme/balances/forwarding/entries";
        for odd in ["a\\u0000b", "a\\u000d\\u000aX-Injected: yes", "\\u001b[2J", "\\u007f"] {
            for (field, id, what) in [("[0].id", odd, "x"), ("[0].what", "1", odd)] {
                let body = format!(r#"[{{"id": "{id}", "at": "2026-05-31", "kind": "usage", "amount": 1, "what": "{what}"}}]"#);
                let answer = api::call(&site, entries, &token, Some(&body)).await;
                assert_eq!(answer.status, 422, "{body}: {}", answer.body);
                assert_eq!(answer.body["problems"][0]["field"], field, "{}", answer.body);
            }
            world.advance(Duration::from_secs(10));
        }
        for line in [
            "DELETE /v1/projects/acme/balances/forwarding/entries/%00",
            "DELETE /v1/projects/acme/balances/forwarding/entries/a%00b",
            "GET /v1/projects/acme/balances/%00",
            "GET /v1/projects/acme/balances/forwarding/entries?from=%00&to=%00",
            "GET /v1/projects/%00/balances",
            "GET /v1/test-alerts/%00",
            "GET /v1/test-alerts/%ff",
            "DELETE /v1/projects/acme/balances/forwarding/entries/%ff",
        ] {
            let answer = api::call(&site, line, &token, None).await;
            assert!((400..500).contains(&answer.status), "{line}: {} {}", answer.status, answer.body);
        }
        for field in ["channel", "to", "project"] {
            let body = format!(r#"{{"channel": "email", "to": "olena", "{field}": "a\u0000b"}}"#);
            let body = if field == "project" { body } else { format!(r#"{{"{field}": "a\u0000b"}}"#) };
            let answer = api::call(&site, "POST /v1/test-alerts", &token, Some(&body)).await;
            assert!((400..500).contains(&answer.status), "{body}: {} {}", answer.status, answer.body);
            world.advance(Duration::from_secs(10));
        }
        assert_eq!(world.number("select count(*) from balance_entries").await, 0);
        site.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_http_is_refused_or_cut_off() {
    let world = World::new(Engine::Sqlite).await;
    let site = Site::of(&world).await;
    let header = |name: &str, many: usize| (0..many).map(|n| format!("{name}-{n}: x\r\n")).collect::<String>();
    let lines: Vec<Vec<u8>> = vec![
        b"\0\0\0\0\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        b"GET\r\n\r\n".to_vec(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(100_000)).into_bytes(),
        format!("GET / HTTP/1.1\r\nhost: a\r\n{}\r\n", header("x", 5_000)).into_bytes(),
        format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "a".repeat(100_000)).into_bytes(),
        b"POST /stop/x HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n".to_vec(),
        b"POST /stop/x HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999\r\n\r\n".to_vec(),
        b"POST /stop/x HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef".to_vec(),
        b"POST /stop/x HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\nzzz\r\n".to_vec(),
        b"POST /stop/x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n".to_vec(),
        b"POST /stop/x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n".to_vec(),
        b"GET /stop/%00 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_vec(),
        b"GET /stop/\xff\xfe HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_vec(),
        b"GET http://127.0.0.1:1/healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_vec(),
        b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: a\r\n\r\n".to_vec(),
        b"TRACE / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_vec(),
        b"OPTIONS * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_vec(),
        b"GET /stop/x HTTP/1.1\r\nhost: a\nx: b\rc\r\nconnection: close\r\n\r\n".to_vec(),
        b"GET /../../etc/passwd HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_vec(),
        b"GET /..%2f..%2fetc%2fpasswd HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_vec(),
    ];
    for address in [site.public, site.ops] {
        for bytes in &lines {
            let mut stream = TcpStream::connect(address).await.expect("somebody listens");
            let _ = stream.write_all(bytes).await;
            let _ = stream.shutdown().await;
            let mut answer = Vec::new();
            let ended = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
            let (answer, sent) = (String::from_utf8_lossy(&answer).into_owned(), String::from_utf8_lossy(bytes));
            assert!(ended.is_ok(), "{sent:.80}: no end");
            // An address with a host is lawful, and its path is what counts.
            let is_lawful = sent.starts_with("GET http://") && address == site.ops && answer.ends_with("\r\n\r\nok\n");
            let is_refused = answer.is_empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.0 4");
            assert!(is_refused || is_lawful, "{sent:.80}: {answer}");
            assert!(!answer.contains("root:"), "{answer}");
        }
    }
    site.end().await;
}
