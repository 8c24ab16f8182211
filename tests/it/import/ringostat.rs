//! Ringostat's export: rows are calls, told in CSV or a list.

use super::*;

const RINGOSTAT_JSON: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/ringostat.json"));
pub const RINGOSTAT_CSV: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/ringostat.csv"));

/// Rows of the export, some of them told twice: first in progress, then as they ended.
pub fn exported_lines() -> Vec<String> {
    let mut lines = Vec::new();
    for n in 0..60 {
        let (minute, client) = (n * 53 % 1440, n % 7);
        let (kind, word, talk) = match n % 5 {
            0 => ("out", "ANSWERED", "40"),
            1 => ("in", "PROPER", "60"),
            2 => ("callback", "CLIENT NO ANSWER", "0"),
            3 => ("in", "VOICEMAIL", "12"),
            _ => ("in", "NO ANSWER", "0"),
        };
        let (caller, dst) = if kind == "in" {
            (format!("38067111220{client}"), "380445550101".to_owned())
        } else {
            (format!("\"shop_{n}\" <shop_{}>", n % 3), format!("38067111220{client}"))
        };
        let mut row = serde_json::json!({
            "calldate": format!("2026-06-{:02} {:02}:{:02}:00", 1 + n % 3, minute / 60, minute % 60),
            "uniqueid": format!("ua-{n}"), "call_type": kind, "caller": caller, "dst": dst, "disposition": word,
            "billsec": talk, "waittime": "5", "duration": "70", "employee_number": format!("10{}", n % 3),
        });
        lines.push(row.to_string());
        if n % 3 == 0 {
            row["disposition"] = "IN PROGRESS".into();
            for key in ["billsec", "duration", "waittime"] {
                row[key] = "".into();
            }
            lines.push(row.to_string());
        }
    }
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn exported_rows_make_the_same_calls_in_any_order_on_sqlite() {
    order_changes_nothing(Engine::Sqlite, Format::Ringostat, exported_lines()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn exported_rows_make_the_same_calls_in_any_order_on_postgres() {
    order_changes_nothing(Engine::Postgres, Format::Ringostat, exported_lines()).await;
}

on_both! {
    async fn the_csv_and_the_list_are_one_source(world: World) {
        with_project(&world).await;
        let account = take(&world, Format::Ringostat, RINGOSTAT_CSV).await;
        assert_eq!(counts(&account), [6, 6, 6, 0, 0, 0]);
        assert_eq!((account.source.as_str(), account.unknown_statuses.len()), ("ringostat", 0));
        let account = take(&world, Format::Ringostat, RINGOSTAT_JSON).await;
        assert_eq!(counts(&account), [6, 6, 0, 0, 6, 0]);

        let ended = RINGOSTAT_JSON.replace("IN PROGRESS", "NO ANSWER");
        let account = take(&world, Format::Ringostat, ended.clone()).await;
        assert_eq!(counts(&account), [6, 6, 0, 1, 5, 0], "a call in progress ends");
        let first = ended.lines().nth(1).expect("a row").trim_end_matches(',');
        assert_eq!(counts(&take(&world, Format::Ringostat, first).await), [1, 1, 0, 0, 1, 0], "one object");
        assert_eq!(counts(&take(&world, Format::Ringostat, RINGOSTAT_JSON).await), [6, 6, 0, 0, 6, 0]);
    }

    async fn a_dirty_file_loses_only_its_dirty_rows(world: World) {
        with_project(&world).await;
        let header = "uniqueid;calldate;call_type;disposition;caller;dst;employee_fio;billsec";
        let row = |id: u32, word: &str, name: &str| {
            format!("{id};2026-06-01 09:0{id}:00;in;{word};38067111220{id};380445550101;{name};5")
        };
        let mut file = format!(
            "\u{feff}{header}\r\n{}\r\n\r\n;;;;;;;\r\n{header}\r\n{}\r\n{}\r\n{}\r\n{}\r\n",
            row(1, "ANSWERED", "\"Olena; \"\"K.\"\"\""),
            row(2, "ANSWERED", "\"never closed"),
            row(3, "NULL", "\\N"),
            row(4, "GLORP", "a;b"),
            row(5, "ANSWERED", "Ol#na \u{0}"),
        ).into_bytes();
        for byte in &mut file {
            if *byte == b'#' {
                *byte = 0xe9;
            }
        }
        file.extend_from_slice(b"6;2026-06-01 09:06:00;in;ANSWERED;3.8E+11;380445550101;;5");
        let account = take(&world, Format::Ringostat, file).await;
        assert_eq!(counts(&account), [6, 4, 4, 0, 0, 2]);
        let lines: Vec<_> = account.first_set_aside.iter().map(|row| (row.line, row.reason.as_str())).collect();
        assert_eq!(lines, [
            (6, "a quotation mark in this line isn't closed"),
            (8, "the row has 9 fields and the header 8"),
        ]);
        assert_eq!((account.rows_with_bad_text, account.lost_numbers), (1, 1));
        assert_eq!(account.unknown_statuses, BTreeMap::new(), "the row with such a word was set aside");
        assert_eq!(world.number("select count(*) from set_aside").await, 2);
        let flawed = world.texts("select record from call_details where record like '%bad_utf8%'").await;
        assert_eq!(flawed.len(), 1);
        assert!(flawed[0].contains("Ol\u{fffd}na"), "{flawed:?}");
        let names = world.texts("select coalesce(name, key) from agents").await;
        assert!(names.contains(&"Olena; \"K.\"".to_owned()), "{names:?}");
    }

    async fn text_that_could_be_read_wins_whichever_came_first(world: World) {
        with_project(&world).await;
        let header = "uniqueid;calldate;call_type;disposition;caller;dst;employee_number;employee_fio;utm_campaign;billsec";
        // Many, so that no luck of their hashes decides.
        let row = |round: u32, n: u32| {
            let (day, who) = (n % 9 + 1, round * 10 + n % 5);
            format!(
                "{round}-{n};2026-06-0{day} 09:0{round}:{n:02};in;ANSWERED;3806711122{n:02};380445550101;1{who:02};\
                 Jürgen {who};für {n};5"
            )
        };
        for round in 0..2 {
            let lines = [header.to_owned()].into_iter().chain((0..24).map(|n| row(round, n))).collect::<Vec<_>>();
            let right = lines.join("\n").into_bytes();
            let wrong: Vec<u8> = lines.join("\n").chars().map(|letter| u32::from(letter) as u8).collect();
            let [first, second] = if round == 0 { [wrong, right] } else { [right, wrong] };
            take(&world, Format::Ringostat, first).await;
            take(&world, Format::Ringostat, second).await;
        }
        let broken = "select record from call_details where record like '%f\u{fffd}r%'";
        assert_eq!(world.texts(broken).await, Vec::<String>::new());
        assert_eq!(world.number("select count(*) from call_details where record like '%für%'").await, 48);
        assert_eq!(world.texts("select name from agents where name like '%\u{fffd}%'").await, Vec::<String>::new());
        assert_eq!(world.number("select count(*) from agents where name like 'Jürgen%'").await, 10);
    }

    async fn a_file_in_utf16_is_read(world: World) {
        with_project(&world).await;
        let file: Vec<u8> = format!("\u{feff}{RINGOSTAT_CSV}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(counts(&take(&world, Format::Ringostat, file).await), [6, 6, 6, 0, 0, 0]);
        assert_eq!(counts(&take(&world, Format::Ringostat, RINGOSTAT_CSV).await), [6, 6, 0, 0, 6, 0]);
    }
}
