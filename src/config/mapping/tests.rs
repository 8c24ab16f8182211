use super::*;

fn read_text(text: &str) -> (Option<Mapping>, String) {
    let source = Source::new("calls.toml", text);
    let problems = Problems::default();
    let mapping = read(&source, &Zones::bundled(), &problems);
    (mapping, problems.render(false))
}

const GOOD: &str =
    "version = 1\n[fields]\nstarted_at = \"Start\"\ndirection = { constant = \"inbound\" }\nstatus = \"Result\"\n";

#[test]
fn a_short_mapping_is_enough() {
    let (mapping, problems) = read_text(GOOD);
    let mapping = mapping.expect("a mapping");
    assert_eq!(problems, "");
    let names: Vec<_> = mapping.columns.iter().map(|column| (column.name.as_str(), column.line)).collect();
    assert_eq!(names, [("Start", 3), ("Result", 5)]);
    assert_eq!(mapping.fields.len(), 3);
    assert_eq!(mapping.fields[1].ways[0].formats, [TimeFormat::Iso]);
}

#[test]
fn what_holds_for_all_times_holds_unless_a_field_says_otherwise() {
    let more = "answered_at = { column = \"Answer\", format = \"unix\", zone = \"Europe/Kyiv\" }\n\
        [times]\nformat = [\"%d.%m.%Y %H:%M\", \"iso\"]\nzone = \"America/Chicago\"\n[durations]\nunit = \"mm:ss\"\n";
    let (mapping, problems) = read_text(&format!("{GOOD}{more}"));
    let mapping = mapping.expect(&problems);
    let way = |name: &str| &mapping.fields.iter().find(|field| field.name == name).expect("a field").ways[0];
    assert_eq!(way("started_at").formats, [TimeFormat::Pattern("%d.%m.%Y %H:%M".into()), TimeFormat::Iso]);
    assert_eq!(way("started_at").zone.as_ref().map(Zone::name), Some("America/Chicago"));
    assert_eq!(way("answered_at").formats, [TimeFormat::Unix]);
    assert_eq!(way("answered_at").zone.as_ref().map(Zone::name), Some("Europe/Kyiv"));
    assert_eq!(way("status").unit, Unit::MinutesSeconds);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let text = r#"version = 1
colour = "red"
[file]
delimiter = ";;"
encoding = "latin-9000"
columns = ["start", "Start", "result"]
[times]
format = "%Q"
zone = "Europe/Kiew"
[durations]
unit = "hours"
[fields]
started_ta = "start"
direction = { column = "kind", words = { in = "inbund" } }
status = [{ column = "result", constant = "answered" }, { constant = "lost" }]
wait_sec = { between = ["started_at"] }
talk_sec = { column = "talk", format = "iso" }
is_target = { constant = "perhaps" }
queue = { column = "result", when = { resutl = { digits = "x" } } }
"#;
    let (mapping, problems) = read_text(text);
    assert!(mapping.is_none());
    insta::assert_snapshot!(problems);
}

#[test]
fn the_samples_are_mappings() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config/samples/mappings");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            seen += 1;
            let (mapping, problems) = read_text(&std::fs::read_to_string(&path).expect("a text"));
            assert!(mapping.is_some(), "{}: {problems}", path.display());
        }
    }
    assert!(seen >= 3);
}

#[test]
fn the_mapping_of_the_guide_is_one() {
    let guide = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/guide/format-mapping.md"));
    let block = guide.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let (mapping, problems) = read_text(block);
    assert_eq!((mapping.map(|mapping| mapping.fields.len()), problems.as_str()), (Some(10), ""));
    for word in [
        "column",
        "columns",
        "constant",
        "hash",
        "between",
        "when",
        "words",
        "strip",
        "optional",
        "format",
        "zone",
        "unit",
        "split",
        "negate",
        "delimiter",
        "quote",
        "escape",
        "skip_lines",
        "encoding",
        "nothing",
        "decimal",
    ] {
        assert!(guide.contains(&format!("`{word}`")) || guide.contains(&format!("{word} = ")), "{word}");
    }
}
