//! The account of an import: it adds up, and names what else would pass in silence.

use super::any_csv::{MAPPED, mapped};
use super::ringostat::exported_lines;
use super::*;

/// Two calls with one id, on lines 2 and 3 of their file (1 and 2 where it has no header).
fn one_id_for_two_calls(world: &World) -> Vec<(ImportRequest, [u64; 2])> {
    let csv = "call_id,started_at,direction,status,from_number,talk_sec\n\
        7,2026-06-01T09:00:00Z,inbound,answered,+380671112233,60\n7,2026-06-01T11:00:00Z,inbound,missed_busy,+380671112244,\n";
    let row = |at: &str, from: &str| serde_json::json!({ "call_id": "7", "started_at": at, "direction": "inbound", "status": "answered", "from_number": from });
    let same_start = "2026-06-01T09:00:00Z";
    let json = format!("{}\n{}", row(same_start, "+380671112233"), row(same_start, "+380671112244"));
    let ringostat = "uniqueid;calldate;call_type;disposition;caller;dst\n\
        7;2026-06-01 09:00:00;in;ANSWERED;380671112233;380445550101\n7;2026-06-01 09:00:00;out;ANSWERED;380445550101;380671112233\n";
    let mapping = "version = 1\nsource = \"mapped\"\n[fields]\ncall_id = \"Id\"\nstarted_at = \"Start\"\n\
        direction = { constant = \"inbound\" }\nstatus = \"Result\"\n";
    let mapped_file = "Id,Start,Result\n7,2026-06-01 09:00:00,ANSWERED\n7,2026-06-02 09:00:00,ANSWERED\n";
    vec![
        (request(Format::Native, csv), [3, 2]),
        (ImportRequest { source: Some("json".into()), ..request(Format::Native, json) }, [2, 1]),
        (request(Format::Ringostat, ringostat), [3, 2]),
        (mapped(world, mapping, mapped_file), [3, 2]),
    ]
}

on_both! {
    async fn two_calls_with_one_id_are_named_and_refused_where_it_matters(world: World) {
        with_project(&world).await;
        for (strict, _) in one_id_for_two_calls(&world) {
            let account = import(&world.app, ImportRequest { strict: true, ..strict }).await.expect("it runs");
            assert!(account.refused && account.clashing == 1 && account.set_aside == 0, "{account:?}");
        }
        assert_eq!(world.number("select count(*) from sources").await, 0);
        for is_trial in [true, false, false] {
            for (asked, [line, first_line]) in one_id_for_two_calls(&world) {
                let account = import(&world.app, ImportRequest { dry_run: is_trial, ..asked }).await.expect("it runs");
                assert_eq!((account.rows, account.calls, account.clashing), (2, 1, 1), "{account:?}");
                assert!(account.adds_up(), "{account:?}");
                let clash = &account.first_clashes[0];
                assert_eq!((clash.line, clash.first_line, clash.call_id.as_deref()), (line, first_line, Some("7")));
                assert_eq!(clash.kept.is_none(), is_trial, "{clash:?}");
                assert_eq!(account.stood_otherwise, 0, "the file's own rows are told of once: {account:?}");
            }
        }
        assert_eq!(world.number("select count(*) from calls").await, 4);
    }

    async fn a_later_file_updates_a_call_and_another_call_under_its_id_is_told(world: World) {
        with_project(&world).await;
        let row = |at: &str, status: &str, updated: &str| format!(
            r#"{{"call_id":"1","started_at":"{at}","updated_at":"{updated}","direction":"inbound","status":"{status}","from_number":"+380671112233"}}"#
        );
        let (nine, updates) = ("2026-06-01T09:00:00Z", ["2026-06-01T09:10:00Z", "2026-06-01T09:20:00Z"]);
        take(&world, Format::Native, row(nine, "in_progress", updates[0])).await;
        let newer = take(&world, Format::Native, row(nine, "missed_busy", updates[1])).await;
        assert_eq!((counts(&newer), newer.clashing, newer.stood_otherwise), ([1, 1, 0, 1, 0, 0], 0, 0));
        let both = [row(nine, "in_progress", updates[0]), row(nine, "missed_busy", updates[1])].join("\n");
        let both = take(&world, Format::Native, both).await;
        assert_eq!((both.further, both.clashing, both.adds_up()), (1, 0, true), "a newer version is no other call");
        let other = take(&world, Format::Native, row("2026-06-08T09:00:00Z", "answered", "2026-06-08T09:10:00Z")).await;
        assert_eq!((other.clashing, other.stood_otherwise, other.adds_up()), (0, 1, true));
        let stood = &other.first_stood[0];
        assert_eq!((stood.line, stood.call_id.as_str()), (1, "1"));
        assert!(stood.stood.contains("06-01 12:00:00") && stood.kept.contains("06-08 12:00:00"), "{stood:?}");
        let third = row("2026-06-09T09:00:00Z", "answered", "2026-06-09T09:10:00Z");
        let mut strict = request(Format::Native, third.clone());
        strict.strict = true;
        let refused = import(&world.app, strict).await.expect("it runs");
        assert_eq!((refused.refused, refused.stood_otherwise), (true, 1), "strict refuses it and writes nothing");
        let span = parse_covers("2026-06-09..2026-06-10", &world.app.zones.get("Europe/Kyiv").expect("a zone"));
        let mut covers = request(Format::Native, third);
        covers.covers = Some(span.expect("a span"));
        let taken = import(&world.app, covers).await.expect("it runs");
        assert_eq!((taken.stood_otherwise, taken.uncovered), (1, Some(Uncovered::SharedIds)));
    }

    async fn calls_of_the_future_are_told_with_their_line(world: World) {
        with_project(&world).await;
        let file = |hours: i64| {
            let at = world.now().plus_seconds(hours * 3600);
            format!("{HEADER}2026-06-01T09:00:00Z,inbound,answered\n{at},inbound,answered\n")
        };
        let account = take(&world, Format::Native, file(2)).await;
        assert_eq!((account.from_the_future, account.first_future.as_ref().map(|(line, _)| *line)), (1, Some(3)));
        assert_eq!((account.calls, account.zone.as_str()), (2, "Europe/Kyiv"));
        assert_eq!(take(&world, Format::Native, file(0)).await.from_the_future, 0, "now is no future");
        let mut strict = request(Format::Native, file(2));
        strict.strict = true;
        assert!(import(&world.app, strict).await.expect("it runs").refused);
    }

    async fn a_national_number_is_read_as_one_of_the_project_s_country(world: World) {
        with_project(&world).await;
        let file = "call_id,started_at,direction,status,from_number,to_number\n\
            1,2026-06-01T09:00:00Z,inbound,missed_no_answer,0671112233,0445550101\n\
            2,2026-06-01T10:00:00Z,inbound,missed_no_answer,anonymous,0445550101\n";
        let known = "select count(*) from calls where client = 380671112233";
        for (place, settings, read) in [
            ("zone = 'Europe/Kyiv', locale = 'en-GB'", "{}", 1),
            ("zone = 'Etc/UTC', locale = 'uk-UA'", "{}", 1),
            ("zone = 'Etc/UTC', locale = 'uk'", "{}", 1),
            ("zone = 'Europe/Berlin', locale = 'de'", r#"{"country":"UA"}"#, 1),
            ("zone = 'Etc/UTC', locale = 'en'", "{}", 0),
        ] {
            world.execute(&format!("update projects set {place}, settings = '{settings}'")).await;
            let mut asked = request(Format::Native, file);
            asked.source = Some(place.replace(|c: char| !c.is_ascii_alphanumeric(), ""));
            let account = import(&world.app, asked).await.expect("the import runs");
            let unread = (read == 0).then(|| "0671112233".to_owned());
            assert_eq!(account.unread, (1 - read, unread), "{place} {settings}");
            let source = format!("{known} and source = (select max(id) from sources)");
            assert_eq!(world.number(&source).await, read as i64, "{place} {settings}");
        }
        let told = world.number("select count(*) from calls where flags = 64").await;
        assert_eq!(told, 1, "who hid the number is told apart from whose number can't be read");
    }

    async fn the_account_adds_up_whatever_the_format(world: World) {
        with_project(&world).await;
        let mut asked: Vec<(Format, Vec<String>, &str)> = vec![
            (Format::Voys, captures(), "{\"x\":1}"),
            (Format::Asterisk, legs(), "a,b"),
            (Format::Native, native_lines(), "{\"x\":1}"),
            (Format::Ringostat, exported_lines(), "{\"x\":1}"),
        ];
        for (_, file, _) in MAPPED {
            asked.push((Format::Mapped, file.lines().map(str::to_owned).collect(), "a,b"));
        }
        for (n, (format, lines, junk)) in asked.iter().enumerate() {
            for seed in [3_u64, 11, 29] {
                let has_header = n == 4;
                let (header, rows) = lines.split_at(usize::from(has_header));
                let again: Vec<String> = rows.iter().step_by(5).cloned().collect();
                let mut all = shuffled(&[rows, &again].concat(), seed);
                all.extend([(*junk).to_owned(), (*junk).to_owned()]);
                let text = [header, &all].concat().join("\n");
                let mut asked = match MAPPED.get(n.wrapping_sub(4)) {
                    Some((mapping, ..)) => mapped(&world, mapping, &text),
                    None => request(*format, text),
                };
                asked.source = Some(format!("{n} {seed}"));
                let account = import(&world.app, asked).await.expect("it runs");
                assert!(account.adds_up(), "{format:?} {seed}: {account:?}");
                assert_eq!((account.set_aside, account.rows as usize), (2, all.len()), "{format:?}: {account:?}");
                assert_eq!((account.repeated as usize, account.clashing), (again.len(), 0), "{format:?}: {account:?}");
                let told = account.calls + account.further + account.no_calls;
                assert_eq!(told as usize, rows.len(), "{format:?}: {account:?}");
                if *format == Format::Native {
                    assert_eq!((account.calls, account.further), (120, 30));
                }
            }
        }
    }
}
