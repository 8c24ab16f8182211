//! A mail is at most ten megabytes: what is larger goes zipped, what is too large even so is left out, its reader reads
//! that, and the project's owner is told. No mail names the program, whatever is in it.

use std::fmt::Write as _;
use std::io::Read as _;

use crate::support::mail::Mail;
use crate::support::{Engine, World};

const SETUP: &str = r#"
version = 1

[[project]]
id = "acme"
name = "Acme Windows"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"

[[contact]]
id = "olena"
name = "Olena Koval"
addresses = { email = ["olena@acme.example"] }
roles = { acme = ["owner"] }
language = "de"

[[contact]]
id = "taras"
name = "Taras Bondar"
addresses = { email = ["taras@acme.example"] }
roles = { acme = ["manager"] }

[[schedule]]
id = "daily"
project = "acme"
report = "call-log"
recipients = ["taras"]
every = "day"
at = "08:00"
formats = ["pdf", "json"]
"#;

const MOST: usize = 10_000_000;

/// Calls of this day whose comments are long, and hard or easy to make smaller.
fn calls(day: &str, mut letter: impl FnMut() -> char) -> String {
    let mut rows = String::from("call_id,started_at,direction,status,client_number,talk_sec,comment\n");
    for at in 0..16 {
        let comment: String = std::iter::repeat_with(&mut letter).take(850_000).collect();
        let minute = at + 10;
        writeln!(rows, "{day}-{at},{day}T10:{minute}:00+02:00,inbound,answered,+380671112233,61,{comment}")
            .expect("text");
    }
    rows
}

fn noise() -> impl FnMut() -> char {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut state = 88_172_645_463_325_252_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(LETTERS[(state >> 20) as usize % LETTERS.len()])
    }
}

fn said(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name may stand only in the name of the JSON's contract, which no person reads.
fn names_nobody(raw: &[u8]) {
    let nameless = |place: &str, bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).to_lowercase().replace("callbrief.report/1", "");
        assert!(!text.contains("callbrief"), "{place}");
    };
    let head = raw.windows(4).position(|end| end == b"\r\n\r\n").unwrap_or(raw.len());
    nameless("headers", &raw[..head]);
    for header in ["x-mailer:", "user-agent:"] {
        assert!(!String::from_utf8_lossy(&raw[..head]).to_lowercase().contains(header), "{header}");
    }
    let mail = Mail::read(raw);
    for (place, text) in [("subject", &mail.subject), ("text", &mail.text), ("html", &mail.html)] {
        nameless(place, text.as_bytes());
    }
    assert!(!mail.html.contains("src=\"http") && !mail.html.contains("url("), "nothing is fetched");
    for (name, bytes) in &mail.files {
        nameless(name, name.as_bytes());
        nameless(name, bytes);
    }
}

/// On one database: what is attached knows of none.
#[tokio::test(flavor = "multi_thread")]
async fn large_files_go_zipped_or_stay_behind_and_the_owner_is_told() {
    let world = World::new(Engine::Sqlite).await;
    world.set("2026-11-15T09:00:00Z");
    world.apply(SETUP).await;
    world.import_file("acme", &calls("2026-11-16", || 'a')).await;
    world.set("2026-11-17T06:00:00Z");
    world.settle().await;
    let raw = world.outbox();
    assert!(raw.iter().all(|mail| mail.len() < MOST));
    let mails = Mail::all(&world);
    let monday = mails.iter().find(|mail| mail.files.iter().any(|(name, _)| name.ends_with(".zip")));
    let monday = monday.expect("a mail with an archive");
    let names: Vec<&str> = monday.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["acme-2026-11-16-call-log.pdf", "acme-2026-11-16-call-log.json.zip"]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&monday.files[1].1)).expect("an archive");
    let mut json = String::new();
    archive.by_name("acme-2026-11-16-call-log.json").expect("its file").read_to_string(&mut json).expect("text");
    assert!(json.len() > MOST && json.contains("+380671112233"), "{}", json.len());
    assert!(said(&monday.text).contains("JSON as a ZIP."), "{}", monday.text);

    world.import_file("acme", &calls("2026-11-17", noise())).await;
    world.set("2026-11-18T06:00:00Z");
    world.settle().await;
    let raw = world.outbox();
    assert!(raw.iter().all(|mail| mail.len() < MOST));
    let mails = Mail::all(&world);
    let tuesday = mails.iter().find(|mail| mail.files.iter().any(|(name, _)| name.contains("2026-11-17")));
    let tuesday = tuesday.expect("Tuesday's mail");
    assert_eq!(tuesday.attachments, ["application/pdf"], "the JSON stays behind");
    assert!(said(&tuesday.text).contains("Too large for a mail and left out: JSON."), "{}", tuesday.text);
    assert!(said(&tuesday.html).contains("Too large for a mail and left out: JSON."));
    let owner = Mail::to(&mails, "olena@acme.example");
    assert_eq!(owner.subject, "Acme Windows: Ein Anhang ist zu groß für eine Mail");
    let told = said(&owner.text);
    assert!(told.contains("Der Bericht „täglich um 08:00“") && told.contains("größer als 10 MB"), "{told}");
    assert_eq!(mails.len(), 3, "Monday's, Tuesday's and the owner's");
    raw.iter().for_each(|mail| names_nobody(mail));
    assert_eq!(world.settle().await.accepted, 0, "told once");
}
