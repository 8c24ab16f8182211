//! The paid period ends: 7, 3 and 1 local calendar days before its last day, on it, and 1, 3 and 7 after. A later last day
//! is a payment and ends the episode; a last day that is taken back, or a project that goes on as a trial, ends it in silence.

use chrono::Datelike;

use super::{Days, Facts, plain};
use crate::domain::balance::Status;
use crate::domain::episode::{Finding, Level};

pub(super) fn find(facts: &Facts<'_>) -> Option<Finding> {
    let standing = facts.standing.filter(|_| facts.balance.is_none())?;
    let counts = matches!(standing.status, Status::Active | Status::Suspended);
    let Some(last) = standing.paid_until.filter(|_| counts) else {
        return Some(Finding { must_rise: true, ..plain(None, 0) });
    };
    Some(Finding { must_rise: true, ..plain(level(facts.days.left_to(last)), last.num_days_from_ce().into()) })
}

/// The level of a last day that is so many days away.
pub(super) const fn level(left: i64) -> Option<Level> {
    match left {
        8.. => None,
        4..=7 => Some(Level::SevenBefore),
        2..=3 => Some(Level::ThreeBefore),
        1 => Some(Level::OneBefore),
        0 => Some(Level::LastDay),
        -2..=-1 => Some(Level::OneAfter),
        -6..=-3 => Some(Level::ThreeAfter),
        _ => Some(Level::SevenAfter),
    }
}

/// So many days before (or, negative, after) the last one the next level is told after this one.
pub const fn next_after(level: Level) -> Option<i64> {
    match level {
        Level::SevenBefore => Some(3),
        Level::ThreeBefore => Some(1),
        Level::OneBefore => Some(0),
        Level::LastDay => Some(-1),
        Level::OneAfter => Some(-3),
        Level::ThreeAfter => Some(-7),
        _ => None,
    }
}

impl Days {
    /// When the next level after this one is told, if nothing changes: the working day before where it would fall on a day
    /// off before the end, which `is_working` knows.
    pub fn next_reminder(
        &self,
        last: chrono::NaiveDate,
        level: Level,
        is_working: impl Fn(chrono::NaiveDate) -> bool,
    ) -> Option<chrono::NaiveDate> {
        let wanted = last.checked_sub_signed(chrono::Duration::days(next_after(level)?))?;
        let mut day = self.today.succ_opt()?;
        for _ in 0..400 {
            let is_there = Self::of(day, &is_working).left_to(last) <= (last - wanted).num_days();
            if is_there && is_working(day) {
                return Some(day);
            }
            day = day.succ_opt()?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::balance::Standing;
    use crate::domain::instant::Instant;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    fn found(status: Status, today: &str) -> Option<Level> {
        let standing = Standing { status, paid_until: Some(day("2026-06-20")), as_of: Instant::from_seconds(0) };
        let days = Days::of(day(today), |_| true);
        find(&Facts { days, standing: Some(standing), balance: None, pay_by: None, is_promised: false })
            .and_then(|found| found.level)
    }

    #[test]
    fn levels_follow_the_calendar() {
        let levels: Vec<&str> =
            (10..=30).map(|n| found(Status::Active, &format!("2026-06-{n}")).map_or("-", Level::name)).collect();
        let expected = "- - - 7_before 7_before 7_before 7_before 3_before 3_before 1_before last_day 1_after 1_after \
            3_after 3_after 3_after 3_after 7_after 7_after 7_after 7_after";
        assert_eq!(levels.join(" "), expected);
        assert_eq!(found(Status::Suspended, "2026-06-21"), Some(Level::OneAfter));
        assert_eq!(found(Status::Trial, "2026-06-21"), None, "a trial has its own line");
        assert_eq!(found(Status::Archived, "2026-06-21"), None);
    }

    #[test]
    fn only_a_later_last_day_is_good_news() {
        use crate::domain::episode::{Episode, Quiet, Told};
        let after = |status: Status, last: Option<&str>| {
            let walk = [(Status::Active, Some("2026-06-20")), (status, last)];
            let mut episode = Episode::default();
            let told = walk.map(|(status, last)| {
                let standing = Standing { status, paid_until: last.map(day), as_of: Instant::from_seconds(0) };
                let days = Days::of(day("2026-06-17"), |_| true);
                let facts = Facts { days, standing: Some(standing), balance: None, pay_by: None, is_promised: false };
                let (next, told) = episode.step(find(&facts).expect("it is judged"));
                episode = next;
                told
            });
            assert_eq!(told[0], Told::Level(Level::ThreeBefore));
            (told[1], episode.is_open)
        };
        let silence = (Told::Nothing(Quiet::NothingToSay), false);
        assert_eq!(after(Status::Active, Some("2026-07-20")), (Told::Recovered, false));
        assert_eq!(after(Status::Active, None), silence, "the day was taken back");
        assert_eq!(after(Status::Trial, Some("2026-07-20")), silence, "a trial has its own line");
        assert_eq!(after(Status::Trial, Some("2026-06-20")), silence);
    }

    #[test]
    fn the_next_reminder_is_on_a_working_day() {
        use chrono::{Datelike, Weekday};
        let is_working = |day: NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        // The last day is Saturday, 20 June 2026.
        let next = |today: &str, level| {
            Days::of(day(today), is_working)
                .next_reminder(day("2026-06-20"), level, is_working)
                .map(|day| day.to_string())
        };
        assert_eq!(next("2026-06-12", Level::SevenBefore).as_deref(), Some("2026-06-17"));
        assert_eq!(next("2026-06-17", Level::ThreeBefore).as_deref(), Some("2026-06-19"), "Friday speaks for Saturday");
        assert_eq!(next("2026-06-19", Level::LastDay).as_deref(), Some("2026-06-22"));
        assert_eq!(next("2026-06-29", Level::SevenAfter), None);
    }
}
