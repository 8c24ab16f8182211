//! A thousand connections that say nothing, hundreds whose requests never end, and others that say it slowly keep nobody from
//! an answer.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use callbrief::domain::access::Scope;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::api::{NOW, SETUP, call, token};
use crate::support::{Engine, World};
use crate::web::{Site, ask};

const SILENT: usize = 1_000;

async fn opened(address: SocketAddr, many: usize, first: &[u8]) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for _ in 0..many {
        let mut stream = TcpStream::connect(address).await.expect("somebody listens");
        let _ = stream.write_all(first).await;
        streams.push(stream);
    }
    streams
}

/// Readers are answered while others hold their connections.
async fn answered(address: SocketAddr, request: &str, wanted: &str) {
    for _ in 0..20 {
        let begun = Instant::now();
        let answer = tokio::time::timeout(Duration::from_secs(5), ask(address, request)).await;
        let answer = answer.unwrap_or_else(|_| panic!("{request}: nobody answered in {:?}", begun.elapsed()));
        assert!(answer.starts_with(wanted), "{request}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_connections_that_say_nothing_keep_nobody_out() {
    let world = World::new(Engine::Sqlite).await;
    let site = Site::of(&world).await;
    let beginnings: [&[u8]; 3] = [b"", b"GET /stop/x HTTP/1.1\r\n", b"GET /stop/x HTTP/1.1\r\nhost: a\r\nx-slow: "];
    for beginning in beginnings {
        let public = opened(site.public, SILENT, beginning).await;
        let ops = opened(site.ops, SILENT, beginning).await;
        answered(site.public, "GET /stop/nonsense", "HTTP/1.1 404").await;
        answered(site.public, "GET /v1/projects/acme/balances", "HTTP/1.1 401").await;
        answered(site.ops, "GET /healthz", "HTTP/1.1 200").await;
        answered(site.ops, "GET /readyz", "HTTP/1.1 200").await;
        drop((public, ops));
    }
    // A connection that asked once and then says nothing is one that says nothing.
    let mut kept = Vec::new();
    for _ in 0..300 {
        let mut stream = TcpStream::connect(site.public).await.expect("somebody listens");
        stream.write_all(b"GET /x HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("sent");
        let mut byte = [0; 12];
        stream.read_exact(&mut byte).await.expect("an answer");
        assert_eq!(&byte, b"HTTP/1.1 404");
        kept.push(stream);
    }
    answered(site.public, "GET /stop/nonsense", "HTTP/1.1 404").await;
    site.end().await;
}

/// More than there are places.
const UNFINISHED: usize = 400;

#[tokio::test(flavor = "multi_thread")]
async fn hundreds_of_bodies_that_never_end_keep_nobody_out() {
    let world = World::new(Engine::Sqlite).await;
    world.set(NOW);
    world.apply(SETUP).await;
    let secret = token(&world, "acme", Scope::Balance, None).await.secret;
    let site = Site::of(&world).await;
    let with_token = format!(
        "POST /v1/apply HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {secret}\r\ncontent-type: application/json\r\n\
         content-length: 900000\r\n\r\n{{"
    );
    let beginnings: [&[u8]; 3] = [
        b"POST /stop/x HTTP/1.1\r\nhost: a\r\ncontent-length: 10000\r\n\r\ndo",
        b"POST /v1/mail-events HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nffff\r\nx",
        with_token.as_bytes(),
    ];
    for beginning in beginnings {
        let begun = Instant::now();
        let unfinished = opened(site.public, UNFINISHED, beginning).await;
        // Each of these asks for a place while all are taken by whoever sends no more.
        answered(site.public, "GET /stop/nonsense", "HTTP/1.1 404").await;
        answered(site.public, "GET /v1/projects/acme/balances", "HTTP/1.1 401").await;
        let body = "List-Unsubscribe=One-Click";
        let click = format!(
            "POST /stop/nonsense\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        answered(site.public, &click, "HTTP/1.1 404").await;
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "{:?}: nobody waited until they were ended",
            begun.elapsed()
        );
        drop(unfinished);
    }
    site.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_token_holds_a_part_of_the_places() {
    let world = World::new(Engine::Sqlite).await;
    world.set(NOW);
    world.apply(SETUP).await;
    let [one, other] = ["acme", "other"].map(|project| token(&world, project, Scope::Balance, None));
    let (one, other) = (one.await.secret, other.await.secret);
    let site = Site::of(&world).await;
    let beginning = format!(
        "PUT /v1/projects/acme/balances/forwarding HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {one}\r\n\
         content-type: application/json\r\ncontent-length: 5000\r\n\r\n{{"
    );
    let unfinished = opened(site.public, 90, beginning.as_bytes()).await;
    let mut refused = 0;
    for mut stream in unfinished {
        let mut head = [0; 12];
        let answer = tokio::time::timeout(Duration::from_millis(20), stream.read_exact(&mut head)).await;
        refused += usize::from(answer.is_ok_and(|read| read.is_ok()) && &head == b"HTTP/1.1 429");
    }
    assert!((26..90).contains(&refused), "{refused} of ninety");
    let asked = call(&site, "GET /v1/projects/other/balances", &other, None).await;
    assert_eq!(asked.status, 200, "another token's turn isn't touched: {}", asked.body);
    site.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_slow_is_ended_in_time_and_holds_up_nobody() {
    let world = World::new(Engine::Sqlite).await;
    let site = Site::of(&world).await;
    // A head and a body that come a byte at a time, for ever; and an answer that nobody reads.
    let slow_head = drip(site.public, b"GET /stop/x HTTP/1.1\r\nhost: a\r\nx: ", false);
    let slow_body = drip(site.public, b"POST /stop/x HTTP/1.1\r\nhost: a\r\ncontent-length: 10000\r\n\r\n", true);
    let slow_chunks = drip(
        site.public,
        b"POST /v1/mail-events HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nffff\r\n",
        true,
    );
    let others = async {
        for _ in 0..10 {
            answered(site.public, "GET /stop/nonsense", "HTTP/1.1 404").await;
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    };
    let (head, body, chunks, ()) = tokio::join!(slow_head, slow_body, slow_chunks, others);
    // Ten seconds for a head; a body is slower than its least rate after three.
    for ((ended, said), within) in [(head, 12), (body, 8), (chunks, 8)] {
        assert!(ended < Duration::from_secs(within), "{ended:?}: {said}");
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
    }
    site.end().await;
}

/// Sends a beginning and then a byte every half second until the other side ends it: when that was, and what it said.
async fn drip(address: SocketAddr, beginning: &[u8], is_body: bool) -> (Duration, String) {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).await.expect("somebody listens");
    stream.write_all(beginning).await.expect("sent");
    let (mut reader, mut writer) = stream.into_split();
    let dripping = tokio::spawn(async move {
        while writer.write_all(if is_body { b"x" } else { b"y" }).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    });
    let mut said = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(60), reader.read_to_end(&mut said)).await;
    dripping.abort();
    (begun.elapsed(), String::from_utf8_lossy(&said).into_owned())
}
