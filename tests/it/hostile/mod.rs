//! Hostile input: whatever comes in, nothing panics, answers 5xx, shows another project's data, loses or doubles anything.
//!
//! | what | where it is tested |
//! |---|---|
//! | names with CR, LF, NUL, RTL marks, emoji, 10,000 characters | `hostile::names`, `report::render` (`clean`, `tests`), `ingest::{text, problem}` |
//! | spreadsheet formulas, HTML, `javascript:` in any field | `hostile::names`, `report::render::{csv, xlsx}`, `notify::channels::{slack, teams, opened}`; `tests/judge` |
//! | negative and absurd durations | `hostile::calls`, `ingest::hostile` |
//! | calls in the future and before 1970 | `hostile::calls`, `import::account`, `ingest::times` |
//! | a million callers | `hostile::crowd`, `waiting`, `ingest` by `benches/millions.rs` |
//! | a project with no calls | `hostile::calls`, `complete`, `flow`, `report::tests` |
//! | an address that is none, internationalised ones | `hostile::addresses`, `sending`, `domain::contact` |
//! | settings and set-up with wrong types everywhere | `hostile::config`, `config::{table, load}` |
//! | files that are not what they say | `hostile::files`, `ingest::file::tests` |
//! | tokens forged, replayed, for another project | `hostile::tokens`, `api`, `comeback`, `notify::back::*` |
//! | bodies too large, too slow, too deep, compressed bombs | `hostile::bodies`, `api`, `web` |
//! | a thousand connections that say nothing, hundreds of bodies that never end | `hostile::connections`, `web::places` |
//! | an answer to a text that is told again with its valid signature | `wishes` |
//! | every spelling of a private address | `hostile::private`, `net::{guard, target, client}` |
//! | every statement asks by project | `statements::by_project` |

mod addresses;
mod bodies;
mod calls;
mod config;
mod connections;
mod crowd;
mod files;
mod names;
mod private;
mod tokens;

use std::path::Path;

/// Faults that programs of others find with the mails and pages of a folder.
pub fn judged(folder: &Path) -> Vec<String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/hostile/judge.py");
    let output = std::process::Command::new("python3").arg(script).arg(folder).output();
    let output = output.expect("python3 judges in this test; install it");
    let (said, complaint) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{complaint}");
    said.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A text in quotes, as TOML and JSON write it alike.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// What somebody may be called who means harm, on one line.
pub fn names() -> Vec<String> {
    let slots = ["<!--callbrief:foot-->", "PAID-BY-READER~", "PAID-BY-READER-1~", "{reference}"].join(" ");
    [
        "\u{202e}gnp.exe\u{202c} \u{2066}x\u{200f}y\u{feff}",
        "👩‍👩‍👧‍👦 🏳️‍🌈 𝓑𝓸𝓫 \u{1f1fa}\u{1f1e6}",
        "=HYPERLINK(\"https://evil.example\",\"x\")",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(1+1)",
        "  =1+1",
        "＝1+1",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)\" x=\"",
        "' style='background:url(https://evil.example)",
        "</td></tr></table></body></html><form action=https://evil.example>",
        "javascript:alert(1)",
        "]]></t><f>1+1</f><![CDATA[ <?xml version=\"1.0\"?>",
        "<!channel> <@U123> <https://evil.example|Click> @everyone",
        "[x](https://evil.example) ![y](javascript:alert(1)) **b**",
        "{{7*7}} ${7*7} {% x %} #{x} %s%n%00 {$name}",
        "Robert'); drop table calls;--",
        "&lt;b&gt; &#x3c;b&#x3e; &amp;lt;",
        "(paren) \\) /JavaScript (app.alert(1)) endobj",
        "Bob\" <bob@evil.example>, \"x",
        "=?utf-8?B?PGI+?= =?utf-8?Q?=0D=0ABcc:_x@evil.example?=",
        "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain([slots, "Ж".repeat(10_000), "long words ".repeat(1_000), "\u{301}".repeat(500)])
    .collect()
}
