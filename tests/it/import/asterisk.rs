//! Call detail records of Asterisk: rows are legs.

use callbrief::ingest::explain;

use super::*;

const ASTERISK: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/asterisk-master.csv"));
const FREEPBX: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/asterisk-freepbx.csv"));

/// The sample's legs, and those of calls to a group of three phones that nobody, one or two of them took, one after the
/// other.
pub fn legs() -> Vec<String> {
    let mut lines: Vec<String> = ASTERISK.lines().map(str::to_owned).collect();
    for n in 0..36 {
        let (client, id) = (n % 7, format!("17942{n:05}.{n}"));
        for phone in 0..3 {
            let took = phone < n % 3;
            let (begin, word, billsec) = if took { (phone * 20, "ANSWERED", 12) } else { (0, "NO ANSWER", 0) };
            lines.push(format!(
                "\"\",\"38067111220{client}\",\"600\",\"ext-group\",\"\",\"PJSIP/trunk-{n:08x}\",\"PJSIP/20{phone}-{n:08x}\",\"Dial\",\
                 \"\",\"2026-06-{:02} 10:{:02}:{begin:02}\",\"\",\"\",{},{billsec},\"{word}\",\"DOCUMENTATION\",\"{id}\",\"\",\"\",\"{id}\",{}",
                1 + n % 3,
                n * 17 % 60,
                8 + billsec,
                n * 3 + phone,
            ));
        }
    }
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn legs_make_the_same_calls_in_any_order_on_sqlite() {
    order_changes_nothing(Engine::Sqlite, Format::Asterisk, legs()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn legs_make_the_same_calls_in_any_order_on_postgres() {
    order_changes_nothing(Engine::Postgres, Format::Asterisk, legs()).await;
}

on_both! {
    async fn a_leg_that_comes_later_changes_its_call(world: World) {
        with_project(&world).await;
        let lines: Vec<&str> = ASTERISK.lines().collect();
        let statuses = async || world.texts("select cast(status as text) from calls order by started_at").await;
        let account = take(&world, Format::Asterisk, lines[..4].join("\n")).await;
        assert_eq!((counts(&account), account.source.as_str()), ([4, 1, 1, 0, 0, 0], "asterisk"));
        assert_eq!(statuses().await, ["3"], "so far the queue was in vain");
        assert_eq!(counts(&take(&world, Format::Asterisk, lines[4]).await), [1, 1, 0, 1, 0, 0]);
        assert_eq!(statuses().await, ["0"], "a colleague took it");
        assert_eq!(world.number("select count(*) from callback_entries where closed_at is null").await, 0);
        assert_eq!(counts(&take(&world, Format::Asterisk, ASTERISK).await), [16, 8, 7, 0, 1, 0]);
        assert_eq!(counts(&take(&world, Format::Asterisk, ASTERISK).await), [16, 8, 0, 0, 8, 0]);
        assert_eq!(world.number("select count(*) from call_events").await, 16);
        let agents = world.texts("select key from agents order by key").await;
        assert_eq!(agents, ["201", "202", "203"]);
    }

    async fn dirty_records_lose_only_their_dirty_rows(world: World) {
        with_project(&world).await;
        let mut trial = request(Format::Asterisk, ASTERISK);
        trial.dry_run = true;
        let account = import(&world.app, trial).await.expect("it runs");
        assert_eq!(counts(&account), [16, 8, 8, 0, 0, 0]);
        assert_eq!(world.number("select count(*) from call_events").await, 0);

        let (header, rows) = FREEPBX.split_once('\n').expect("a header");
        let rows: Vec<&str> = rows.lines().collect();
        let mut file = format!(
            "\u{feff}{header}\r\n{}\r\n\r\n{header}\r\n{}\r\n{}\r\n{}\r\n{}",
            rows[..14].join("\r\n"),
            rows[14].replace("\"ANSWERED\"", "\"8\""),
            rows[15].replace("\"BUSY\"", "\"GLORP\"").replace("\"Eva\"", "\"Ev#\""),
            rows[15].replace("2026-11-09", "soon"),
            rows[15].replace("\"4\"", "\"4"),
        )
        .into_bytes();
        for byte in &mut file {
            if *byte == b'#' {
                *byte = 0xe9;
            }
        }
        let account = take(&world, Format::Asterisk, file).await;
        assert_eq!(counts(&account), [18, 7, 7, 0, 0, 3]);
        let places: Vec<_> = account.first_set_aside.iter().map(|row| row.column.as_str()).collect();
        assert_eq!(places, ["disposition", "start", ""]);
        assert_eq!(account.unknown_statuses, BTreeMap::from([("GLORP".to_owned(), 1)]));
        assert_eq!(account.rows_with_bad_text, 1);
        assert_eq!(world.texts("select record from call_details where record like '%bad_utf8%'").await.len(), 1);

        let other = import(&world.app, request(Format::Asterisk, "a,b\n1,2\n")).await;
        assert!(matches!(&other, Err(ImportError::File { detail, .. }) if detail.contains("16 to 21 fields")), "{other:?}");
        let found = explain(&world.app, request(Format::Asterisk, ASTERISK), 1).await.expect("it reads");
        assert_eq!(found.rows[0].lines, [1, 2, 3, 4, 5]);
    }
}
