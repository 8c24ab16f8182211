//! Any other CSV, by a mapping; and what `--explain` shows of every format.

use std::sync::Arc;

use callbrief::config::mapping;
use callbrief::config::problem::{Problems, Source};
use callbrief::ingest::explain;

use super::ringostat::{RINGOSTAT_CSV, exported_lines};
use super::*;

/// A sample of the mappings: the mapping, its file, and how many calls that has.
pub const MAPPED: [(&str, &str, u64); 3] = [
    (
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/callrail.toml")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/callrail.csv")),
        4,
    ),
    (
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/3cx.toml")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/3cx.log")),
        4,
    ),
    (
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/freeswitch.toml")),
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/mappings/freeswitch.csv")),
        5,
    ),
];

pub fn mapped(world: &World, mapping: &str, file: &str) -> ImportRequest {
    let problems = Problems::default();
    let source = Source::new("calls.toml", mapping);
    let mapping =
        mapping::read(&source, &world.app.zones, &problems).unwrap_or_else(|| panic!("{}", problems.render(false)));
    let mut request = request(Format::Mapped, file);
    request.mapping = Some(Arc::new(mapping));
    request
}

on_both! {
    async fn every_sample_of_a_mapping_is_taken_in_once(world: World) {
        with_project(&world).await;
        for (mapping, file, calls) in MAPPED {
            let account = import(&world.app, mapped(&world, mapping, file)).await.expect("it runs");
            assert_eq!(counts(&account), [calls, calls, calls, 0, 0, 0], "{:?}", account.first_set_aside);
            let account = import(&world.app, mapped(&world, mapping, file)).await.expect("it runs");
            assert_eq!(counts(&account), [calls, calls, 0, 0, calls, 0]);
        }
        let mut sources = world.texts("select name from sources").await;
        sources.sort();
        assert_eq!(sources, ["3cx", "callrail", "freeswitch"]);
        let nothing = import(&world.app, request(Format::Mapped, "a,b\n")).await;
        assert!(matches!(nothing, Err(ImportError::NoMapping)));
        let other = import(&world.app, mapped(&world, MAPPED[0].0, "a,b\n1,2\n")).await;
        assert!(matches!(&other, Err(ImportError::File { detail, .. }) if detail.contains("The file has: a, b")), "{other:?}");
    }

    async fn an_explanation_shows_calls_and_writes_nothing(world: World) {
        with_project(&world).await;
        let found = explain(&world.app, request(Format::Ringostat, RINGOSTAT_CSV), 2).await.expect("it reads");
        assert_eq!((found.format, found.zone.as_str(), found.rows.len()), ("ringostat", "Europe/Kyiv", 2));
        assert!(found.columns.contains(&("calldate".into(), Some("started_at".into()))));
        assert!(found.columns.contains(&("remote_ip".into(), Some(String::new()))));
        let of = |name: &str| found.rows[0].known.iter().find(|(field, ..)| *field == name).expect("known").clone();
        assert_eq!(of("started_at").1, "2026-11-09 09:14:52", "local time");
        assert_eq!((of("status").1.as_str(), of("status").2.as_slice()), ("answered", &["disposition `PROPER`".to_owned()][..]));
        assert!(found.rows[0].unknown.contains(&"ring_sec"));
        assert_eq!(found.rows[1].lines, [3]);

        let found = explain(&world.app, mapped(&world, MAPPED[1].0, MAPPED[1].1), 9).await.expect("it reads");
        assert_eq!((found.rows.len(), found.columns.len()), (4, 27));
        let list = format!("[{},\n{{\"x\":1}}]", exported_lines()[0]);
        let found = explain(&world.app, request(Format::Ringostat, list), 3).await.expect("it reads");
        assert_eq!((found.rows.len(), found.set_aside.len()), (1, 1), "fewer were found than asked for, so all was looked at");
        let rows = "call_id,started_at,direction,status\na,2026-10-25 03:30:00,inbound,answered\nb,x,inbound,answered\n\
                    c,2026-11-09 10:00:00,inbound,answered\nd,2027-03-28 03:30:00,inbound,answered\n";
        for asked in [4, 10] {
            let found = explain(&world.app, request(Format::Native, rows.to_owned()), asked).await.expect("it reads");
            let aside: Vec<u64> = found.set_aside.iter().map(|row| row.line).collect();
            assert_eq!((found.rows.len(), aside), (2, vec![3, 5]), "every line is somewhere, with {asked} asked for");
            assert_eq!(found.rows.iter().map(|row| row.shown_twice).collect::<Vec<_>>(), [true, false]);
        }
        let found = explain(&world.app, request(Format::Native, rows.to_owned()), 1).await.expect("it reads");
        assert_eq!(found.set_aside, [], "what lies behind the last call shown isn't told");

        let found = explain(&world.app, request(Format::Voys, captures().join("\n")), 2).await.expect("it reads");
        assert_eq!((found.rows.len(), found.columns.len()), (2, 0));
        assert!(found.rows[0].lines.len() > 1, "several events make a call");
        let rows = explain(&world.app, request(Format::Native, native_lines().join("\n")), 3).await.expect("it reads");
        assert_eq!(rows.rows.len(), 3);
        for table in ["sources", "imports", "calls", "call_details", "call_events", "agents", "set_aside"] {
            assert_eq!(world.number(&format!("select count(*) from {table}")).await, 0, "{table}");
        }
    }
}
