//! A project's calendar from the set-up file to the mail: days off move, skip or leave a report alone, an edit neither
//! repeats nor loses one, and the report tells hours and days apart.

use callbrief::apply::{ApplyError, Plan};
use callbrief::domain::ids::{CalendarId, ScheduleId};

use crate::flow::explain;
use crate::support::mail::Mail;
use crate::support::setup::{self, ACME, OLENA, file, schedule};
use crate::support::{World, on_both};

const HOLIDAYS: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20200101\r\n\
                        RRULE:FREQ=YEARLY\r\nSUMMARY:New Year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// A project that goes by a calendar of its own, with one schedule at 08:00 in Kyiv.
fn setup(days_off: &str, rule: &str) -> String {
    let calendar = format!(
        r#"
[[calendar]]
id = "office"
name = "Office"
hours = {{ mon-fri = ["09:00-13:00", "14:00-18:00"], sat = "10:00-14:00" }}
days_off = [{days_off}]
import = "holidays.ics"
extra_working_days = [{{ date = 2026-11-22, hours = "10:00-12:00" }}]
"#
    );
    file(&[&calendar, ACME, "calendar = \"office\"", OLENA, &schedule("s", rule)])
}

/// Applies it as a file of the world's folder, where its import is looked for.
async fn try_apply(world: &World, text: &str, prune: bool) -> Result<(Plan, String), ApplyError> {
    let file = world.folder().join("setup.toml");
    setup::try_apply(world, file.to_str().expect("a path"), text, prune).await
}

async fn apply(world: &World, text: &str) -> (Plan, String) {
    std::fs::write(world.folder().join("holidays.ics"), HOLIDAYS).expect("written");
    try_apply(world, text, false).await.unwrap_or_else(|error| panic!("{error}"))
}

async fn next(world: &World) -> String {
    let id = ScheduleId::parse("s").expect("valid");
    let schedule = world.app.store.schedule(&id).await.expect("read").expect("it stands");
    schedule.next_fire_at.map(|at| at.to_string()).unwrap_or_default()
}

const RUNS: &str = "select occurrence || ' ' || state || coalesce(' ' || reason, '') from runs order by fires_at";

/// Mondays, of which 23 November is a day off.
const MONDAY_OFF: &str = "{ date = 2026-11-23, name = \"Founders' Day\" }";

on_both! {
    async fn a_calendar_is_stored_whole_and_applying_it_again_changes_nothing(world: World) {
        let text = setup(MONDAY_OFF, "every = \"week\"");
        let (plan, warnings) = apply(&world, &text).await;
        assert!(warnings.is_empty(), "{warnings}");
        let shown = plan.render(false);
        assert!(shown.contains("+ calendar office\n"), "{shown}");
        assert!(shown.contains("hours           mon-fri 09:00-13:00, 14:00-18:00; sat 10:00-14:00\n"), "{shown}");
        assert!(shown.contains("holidays.ics: 4 days off, 2025-01-01 to 2028-01-01 ("), "{shown}");
        let calendar = {
            let mut session = world.app.store.read().await.expect("a session");
            session.calendar(&CalendarId::parse("office").expect("valid")).await.expect("read").expect("stands")
        };
        let day = |text: &str| text.parse().expect("a date");
        assert_eq!(calendar.day_name(day("2026-11-23")), Some("Founders' Day"));
        assert_eq!(calendar.day_name(day("2027-01-01")), Some("New Year"), "imported");
        assert!(calendar.is_business_day(day("2026-11-22")) && !calendar.is_business_day(day("2026-11-29")));
        let (again, _) = apply(&world, &text).await;
        assert!(again.changes.is_empty(), "{}", again.render(false));
        // Nothing is read later: the file may go.
        std::fs::remove_file(world.folder().join("holidays.ics")).expect("removed");
        let gone = try_apply(&world, &text, false).await.expect_err("it is missing").to_string();
        assert!(gone.contains("holidays.ics can't be read") && gone.contains("setup.toml:8:"), "{gone}");
    }

    async fn what_falls_on_a_day_off_moves_under_its_own_name(world: World) {
        apply(&world, &setup(MONDAY_OFF, "every = \"week\"\non_day_off = \"next-working-day\"")).await;
        assert_eq!(world.settle().await.accepted, 1, "that of Monday the 16th");
        assert_eq!(next(&world).await, "2026-11-24T06:00:00Z", "Tuesday");
        world.set("2026-11-23T09:00:00Z");
        assert_eq!(world.settle().await.built, 0);
        world.set("2026-11-24T06:00:00Z");
        assert_eq!(world.settle().await.accepted, 1);
        assert_eq!(world.texts(RUNS).await, ["2026-11-16T08:00#0 built", "2026-11-23T08:00#0 built"]);
        let told = explain(&world, "olena@acme.example").await;
        assert!(told.contains("It had been named for Mon 2026-11-23 08:00, a day off, and moved"), "{told}");
        assert!(told.contains("for 2026-11-16 00:00 to 2026-11-23 00:00"), "the week that the rule means: {told}");
        assert_eq!(next(&world).await, "2026-11-30T06:00:00Z");
    }

    async fn what_is_skipped_leaves_a_row_that_says_why(world: World) {
        apply(&world, &setup(MONDAY_OFF, "every = \"week\"\non_day_off = \"skip\"")).await;
        world.settle().await;
        let told = explain(&world, "olena@acme.example").await;
        assert!(told.contains("The next one is due 2026-11-30 08:00"), "not the one that is skipped: {told}");
        world.set("2026-11-23T06:00:00Z");
        let report = world.settle().await;
        assert_eq!((report.built, report.skipped), (0, 1));
        world.set("2026-11-30T06:00:00Z");
        world.settle().await;
        assert_eq!(
            world.texts(RUNS).await,
            ["2026-11-16T08:00#0 built", "2026-11-23T08:00#0 skipped day_off", "2026-11-30T08:00#0 built"]
        );
        assert_eq!(world.outbox().len(), 2);
    }

    async fn an_edited_calendar_moves_the_next_date_and_repeats_nothing(world: World) {
        let rule = "every = \"week\"\non_day_off = \"next-working-day\"";
        apply(&world, &setup("", rule)).await;
        world.settle().await;
        assert_eq!(next(&world).await, "2026-11-23T06:00:00Z");
        world.set("2026-11-20T10:00:00Z");
        let (plan, _) = apply(&world, &setup(MONDAY_OFF, rule)).await;
        let shown = plan.render(false);
        assert!(shown.contains("next            2026-11-23T08:00:00+02:00 → 2026-11-24T08:00:00+02:00"), "{shown}");
        assert_eq!(next(&world).await, "2026-11-24T06:00:00Z");
        // On the day off itself it becomes a working day again: the report is due at once, and comes once.
        world.set("2026-11-23T10:00:00Z");
        apply(&world, &setup("", rule)).await;
        assert_eq!(world.settle().await.accepted, 1);
        world.set("2026-11-23T11:00:00Z");
        apply(&world, &setup(MONDAY_OFF, rule)).await;
        world.set("2026-11-25T10:00:00Z");
        assert_eq!(world.settle().await.accepted, 0);
        assert_eq!(
            world.texts(RUNS).await,
            ["2026-11-16T08:00#0 built", "2026-11-23T08:00#0 built"],
            "Tuesday tells nothing twice"
        );
    }

    async fn business_days_go_by_the_calendar(world: World) {
        // Monday, 30 November is off, and Saturdays are worked: the last business day is the 28th.
        let off = "{ from = 2026-11-29, to = 2026-11-30, name = \"Stocktaking\" }";
        apply(&world, &setup(off, "every = \"month\"\non = \"last-business-day\"")).await;
        assert_eq!(next(&world).await, "2026-11-28T06:00:00Z");
        apply(&world, &setup(off, "every = \"month\"\non = \"first-business-day\"")).await;
        assert_eq!(next(&world).await, "2026-12-01T06:00:00Z");
    }

    async fn the_report_tells_hours_and_days_apart(world: World) {
        apply(&world, &setup("{ date = 2026-11-10, name = \"Assumption Day\" }", "every = \"week\"")).await;
        world
            .import(
                "acme",
                "a,2026-11-03T10:00:00+02:00,inbound,answered,+380671111111,60\n\
                 b,2026-11-09T10:00:00+02:00,inbound,no_answer,+380671111112,\n\
                 c,2026-11-09T13:30:00+02:00,inbound,no_answer,+380671111113,\n\
                 d,2026-11-10T10:00:00+02:00,inbound,no_answer,+380671111114,\n\
                 e,2026-11-11T10:00:00+02:00,inbound,answered,+380671111115,60\n",
            )
            .await;
        assert_eq!(world.settle().await.accepted, 1);
        let text = Mail::read(&world.outbox()[0]).text;
        for part in [
            "1 in, 2 outside working hours",
            "5 working days, 6 the week before: Tuesday 10 November was Assumption Day.",
            "Days off: Tuesday 10 November (Assumption Day).",
            "Working hours: Mon–Fri 09:00–13:00, 14:00–18:00; Sat 10:00–14:00.",
        ] {
            let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    async fn what_a_calendar_lacks_is_told(world: World) {
        let text = setup("", "every = \"week\"").replace("calendar = \"office\"", "calendar = \"ofice\"");
        std::fs::write(world.folder().join("holidays.ics"), HOLIDAYS.replace("YEARLY", "DAILY")).expect("written");
        let said = try_apply(&world, &text, false).await.expect_err("two things are wrong").to_string();
        assert!(said.contains("there is no calendar `ofice`") && said.contains("did you mean `office`?"), "{said}");
        assert!(said.contains("holidays.ics:5:") && said.contains("this RRULE can't be read"), "{said}");
        let (_, warnings) = apply(&world, &setup("", "every = \"week\"").replace("import = \"holidays.ics\"\n", "")
            .replace("days_off = []", "days_off = [2026-01-01]")).await;
        assert!(warnings.contains("the last day off of the calendar `office`, 2026-01-01, is past"), "{warnings}");
        let (_, warnings) = apply(&world, &setup("", "every = \"week\"\non_day_off = \"skip\"")
            .replace("calendar = \"office\"\n", "")).await;
        assert!(warnings.contains("only Saturdays and Sundays are days off for `s`"), "{warnings}");
        let years = "{ from = 2026-12-01, to = 2027-11-30 }, { from = 2027-12-01, to = 2028-01-15 }";
        let closed = try_apply(&world, &setup(years, "every = \"week\"\non_day_off = \"next-working-day\""), false).await;
        let said = closed.expect_err("nobody would ever get it").to_string();
        assert!(said.contains("by the calendar `office` nobody works from 2026-12-01 to 2028-01-16"), "{said}");
        // Pruned when the file names it no more, and not while a project goes by it.
        let without = |text: String| {
            let (head, rest) = text.split_once("[[calendar]]").expect("a calendar");
            format!("{head}[[project]]{}", rest.split_once("[[project]]").expect("a project").1)
        };
        let (plan, _) = try_apply(&world, &without(setup("", "every = \"week\"").replace("calendar = \"office\"\n", "")), true)
            .await
            .expect("pruned");
        assert!(plan.render(false).contains("- calendar office"), "{}", plan.render(false));
        let still = try_apply(&world, &without(setup("", "every = \"week\"")), true).await.expect_err("it is gone");
        assert!(still.to_string().contains("there is no calendar `office`"), "{still}");
    }
}
