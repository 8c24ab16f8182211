//! Files that are not what they say, given to the real program: it says so and ends with a code of its own, and nothing is taken.

use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use crate::flow;
use crate::program::{command, settings};
use crate::support::{Engine, World};

/// Contents, by the name that lies about them.
fn contents() -> Vec<(&'static str, Vec<u8>)> {
    let png = include_bytes!("../../../config/samples/amstel-logo.png").to_vec();
    let zip = {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file("calls.csv", zip::write::SimpleFileOptions::default()).expect("an entry");
        archive.write_all(&vec![b'0'; 5_000_000]).expect("it is written");
        archive.finish().expect("it ends").into_inner()
    };
    let gzip = {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b'\n'; 5_000_000]).expect("it is packed");
        packer.finish().expect("it is packed")
    };
    let header = "call_id,started_at,direction,status,client_number,talk_sec\n";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(header.encode_utf16().flat_map(u16::to_le_bytes)).chain([0xd8]).collect();
    vec![
        ("png", png),
        ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n".to_vec()),
        ("zip", zip),
        ("gzip", gzip),
        ("sqlite", b"SQLite format 3\0\x10\0\x01\x01".repeat(100)),
        ("elf", b"\x7fELF\x02\x01\x01\0".repeat(500)),
        ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(500)),
        ("empty", Vec::new()),
        ("nuls", vec![0; 1_000_000]),
        ("ones", vec![0xff; 1_000_000]),
        ("blanks", vec![b' '; 1_000_000]),
        ("line ends", b"\r\n".repeat(500_000)),
        ("commas", b",".repeat(1_000_000)),
        ("quotes", b"\"".repeat(1_000_001)),
        ("open mark", format!("{header}1,\"2026-11-17T10:00:00Z,{}", "x\n".repeat(100_000)).into_bytes()),
        ("deep list", b"[".repeat(500_000)),
        ("deep object", b"{\"a\":".repeat(300_000)),
        ("html", b"<!doctype html><html><body>502 Bad Gateway</body></html>".to_vec()),
        ("xml bomb", b"<!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>".to_vec()),
        ("half UTF-16", utf16),
        ("toml", b"version = 1\n[[project]]\nid = \"x\"\n".to_vec()),
        ("yaml", b"---\na: &a [*a, *a]\n".to_vec()),
        ("one line", vec![b'x'; 8_000_000]),
        ("many columns", format!("{}\n", "c,".repeat(100_000)).into_bytes()),
        ("mail", b"From: a@b.example\r\nSubject: calls\r\n\r\nsee attachment\r\n".to_vec()),
        ("nested mail", nested(3_000)),
    ]
}

/// A message in a message in a message.
fn nested(deep: usize) -> Vec<u8> {
    let mut text = String::new();
    for n in 0..deep {
        text += &format!("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
        text += "Content-Type: message/rfc822\r\n\r\n";
    }
    text.into_bytes()
}

fn run(world: &World, args: &[&str], input: Option<&[u8]>) -> Output {
    let mut command = command(world, flow::DUE, args);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.map(<[u8]>::to_vec).unwrap_or_default();
    let feeding = std::thread::spawn(move || {
        // Who has read enough closes it.
        let _ = stdin.write_all(&input);
    });
    let begun = Instant::now();
    let output = child.wait_with_output().expect("it ends");
    assert!(begun.elapsed() < Duration::from_secs(60), "{args:?}: {:?}", begun.elapsed());
    feeding.join().expect("it was fed");
    output
}

/// What a command said, when it ended as commands do: with a code, without a panic, in words that a terminal may show.
fn said(what: &str, output: &Output) -> (i32, String) {
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let code = output.status.code().unwrap_or_else(|| panic!("{what}: {:?}: {text}", output.status));
    assert!([0, 1, 2, 3, 4, 75].contains(&code), "{what}: {code}: {text}");
    assert!(!text.contains("panicked"), "{what}: {text}");
    let odd = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    assert_eq!(odd, None, "{what}: {text:?}");
    assert!(text.len() < 200_000, "{what}: {} bytes are said", text.len());
    (code, text)
}

async fn ready() -> World {
    let world = World::new(Engine::Sqlite).await;
    world.set("2026-11-16T09:00:00Z");
    world.apply(flow::ACME).await;
    settings(&world, 0);
    world
}

fn written(world: &World, name: &str, bytes: &[u8]) -> String {
    let path = world.folder().join(name);
    std::fs::write(&path, bytes).expect("it is written");
    path.display().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_of_a_file_that_holds_none_are_none() {
    let world = ready().await;
    let mapping = concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/callrail.toml");
    for (name, bytes) in contents() {
        let file = written(&world, "calls.csv", &bytes);
        for format in ["native", "ringostat", "asterisk", "voys", "mapping"] {
            let way = if format == "mapping" { ["--mapping", mapping] } else { ["--format", format] };
            let args = [&["import", &file, "--project", "acme"][..], &way[..]].concat();
            let (code, text) = said(&format!("{name} as {format}"), &run(&world, &args, None));
            assert!(code == 2 || code == 3, "{name} as {format}: {code} {text}");
        }
        let args = ["import", "-", "--project", "acme", "--format", "native", "--strict"];
        let (code, text) = said(&format!("{name}, strictly"), &run(&world, &args, Some(&bytes)));
        assert_ne!(code, 0, "{name}: {text}");
    }
    assert_eq!(world.number("select count(*) from calls").await, 0);
    for place in ["/", "/dev/null", "/nowhere/calls.csv", "outbox"] {
        std::fs::create_dir_all(world.folder().join("outbox")).expect("a folder");
        let args = ["import", place, "--project", "acme", "--format", "native"];
        let (code, text) = said(place, &run(&world, &args, None));
        assert!(code == 2 || code == 3, "{place}: {code} {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_settings_mapping_calendar_or_logo_that_is_something_else_is_refused() {
    let world = ready().await;
    let projects = world.number("select count(*) from projects").await;
    let calls = written(&world, "calls.csv", b"a,b\n1,2\n");
    for (name, bytes) in contents() {
        let is_toml = name == "toml";
        let file = written(&world, "odd.toml", &bytes);
        for args in [
            &["apply", &file][..],
            &["--config", &file, "check-config"],
            &["--config", &file, "list", "projects"],
            &["import", &calls, "--project", "acme", "--mapping", &file],
            &["balance", "import", &file, "--project", "acme"],
        ] {
            let what = format!("{} with {name}", args.join(" "));
            let (code, text) = said(&what, &run(&world, args, None));
            let is_nothing = matches!(name, "empty" | "blanks" | "line ends");
            assert!(code != 0 || is_nothing, "{what}: {text}");
            assert!(is_toml || is_nothing || text.len() < 20_000, "{what}: {} bytes are said", text.len());
        }
        for (key, ending) in [("logo", "png"), ("import", "ics")] {
            written(&world, &format!("odd.{ending}"), &bytes);
            let piece = match key {
                "logo" => "[project.brand]\nname = \"Acme\"\nlogo = \"odd.png\"\n".to_owned(),
                _ => {
                    "[[calendar]]\nid = \"k\"\nname = \"k\"\nhours = { mon = \"09:00-18:00\" }\nimport = \"odd.ics\"\n"
                        .to_owned()
                }
            };
            let whole = flow::ACME.replacen("[[contact]]", &format!("{piece}\n[[contact]]"), 1);
            let file = written(&world, "setup.toml", whole.as_bytes());
            let what = format!("{key} with {name}");
            let (code, text) = said(&what, &run(&world, &["apply", &file], None));
            let is_good = (key, name) == ("logo", "png");
            assert_eq!(code == 0, is_good, "{what}: {code} {text}");
        }
    }
    assert_eq!(world.number("select count(*) from projects").await, projects);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_and_is_no_mail_changes_nothing() {
    let world = ready().await;
    for (name, bytes) in contents() {
        let (code, text) = said(name, &run(&world, &["bounced"], Some(&bytes)));
        assert!(code == 0 || code == 75, "{name}: {code} {text}");
    }
    assert_eq!(world.number("select count(*) from suppressions").await, 0);
    assert!(Path::new(&world.folder().join("world.db")).exists());
}
