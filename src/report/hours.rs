//! Calls in and outside working hours: counted only for projects with a calendar. A call belongs to the hour in which it
//! began.

use crate::domain::report_spec::Options;
use crate::domain::slice::CallRow;
use crate::zones::working::WorkingTime;

use super::group::{is_answered_in, is_missed_in};
use super::tally::{Tally, ratio};

/// What is counted of one period in working hours; the rest of its [`Tally`] is outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct InHours {
    pub(super) answered: u64,
    pub(super) missed: u64,
}

impl InHours {
    /// Of these calls, those that began in working hours.
    pub(super) fn count(working: &WorkingTime, calls: &[&CallRow], options: &Options) -> Self {
        let mut sum = Self::default();
        for call in calls {
            let (answered, missed) = (is_answered_in(call), is_missed_in(call, options));
            if (answered || missed) && working.is_open(call.started_at) {
                sum.answered += u64::from(answered);
                sum.missed += u64::from(missed);
            }
        }
        sum
    }

    /// Calls in.
    pub(super) const fn offered(self) -> u64 {
        self.answered + self.missed
    }

    /// The same of the hours outside.
    pub(super) const fn outside(self, all: &Tally) -> Self {
        Self { answered: all.answered.saturating_sub(self.answered), missed: all.missed.saturating_sub(self.missed) }
    }

    /// Answered of all calls in.
    pub(super) fn answer_rate(self) -> Option<f64> {
        ratio(self.answered, self.offered())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::{Datelike, NaiveDate, Timelike};
    use proptest::prelude::*;
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    use super::super::oracle::{any_calls, kyiv, request, slice};
    use super::super::{ReportRequest, documents};
    use crate::domain::calendar::{Calendar, DayOff, ExtraDay, Shift};
    use crate::domain::call::Direction;
    use crate::domain::document::{Block, Document};
    use crate::domain::ids::CalendarId;
    use crate::zones::working::WorkingTime;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// Monday to Friday nine to six in Kyiv; Tuesday 10 November off, Saturday 7 November worked from ten to two.
    fn with_calendar() -> ReportRequest {
        let hours = |text: &str| vec![Shift::parse(text).expect("hours")];
        let day = || hours("09:00-18:00");
        let calendar = Calendar::new(
            CalendarId::parse("office").expect("an id"),
            "Office".into(),
            None,
            [day(), day(), day(), day(), day(), vec![], vec![]],
            vec![DayOff {
                from: date("2026-11-10"),
                to: date("2026-11-10"),
                name: "Assumption Day".into(),
                source: None,
            }],
            vec![ExtraDay { date: date("2026-11-07"), hours: hours("10:00-14:00") }],
        );
        ReportRequest { calendar: Some(Arc::new(WorkingTime::new(calendar, kyiv()))), ..request() }
    }

    fn document(request: &ReportRequest, calls: Vec<crate::domain::slice::CallRow>) -> Document {
        let slice = slice(request.slice_request(), calls, Vec::new());
        documents(&[(request.clone(), slice)]).expect("a document").remove(0)
    }

    fn value(document: &Document, name: &str) -> Option<(Option<f64>, Option<f64>)> {
        let figure = document.data.as_ref()?.figures.get(name)?;
        Some((figure.value, figure.previous))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn in_and_outside_are_as_the_clock_on_the_wall_says_and_add_up((calls, _) in any_calls(80)) {
            let request = with_calendar();
            let made = document(&request, calls.clone());
            let missed = request.spec.options.missed;
            let slow = |of_now: bool, is_in: bool, answered: bool| {
                let period = if of_now { request.period } else { request.compared_with.expect("a week before") };
                let fits = |call: &&crate::domain::slice::CallRow| {
                    let local = request.zone.local(call.started_at);
                    let hour = local.hour();
                    let open = match local.date().to_string().as_str() {
                        "2026-11-10" => false,
                        "2026-11-07" => (10..14).contains(&hour),
                        _ => local.weekday().num_days_from_monday() < 5 && (9..18).contains(&hour),
                    };
                    let counts = if answered { call.status.is_answered() } else { missed.contains(call.status) };
                    call.direction == Direction::Inbound && counts && open == is_in && period.contains(call.started_at)
                };
                calls.iter().filter(fits).count() as f64
            };
            prop_assume!(made.data.as_ref().is_some_and(|data| !data.stamp.no_data));
            for (place, is_in) in [("in", true), ("outside", false)] {
                for (what, answered) in [("answered", true), ("missed", false)] {
                    let (now, before) = value(&made, &format!("totals.{what}_{place}_hours")).expect("a figure");
                    prop_assert_eq!(now, Some(slow(true, is_in, answered)));
                    prop_assert!(before.is_none_or(|before| before == slow(false, is_in, answered)));
                }
            }
            for what in ["calls", "answered", "missed"] {
                let of = |name: String| value(&made, &name).expect("a figure").0.expect("known");
                let sum = of(format!("totals.{what}_in_hours")) + of(format!("totals.{what}_outside_hours"));
                prop_assert_eq!(sum, of(format!("totals.{what}")));
            }
        }
    }

    #[test]
    fn without_a_calendar_nothing_is_said_of_working_hours() {
        let tree = any_calls(80).new_tree(&mut TestRunner::deterministic()).expect("calls");
        let calls = tree.current().0;
        let made = document(&request(), calls.clone());
        let text = serde_json::to_string(&made).expect("plain data");
        assert!(!text.contains("_hours") && !text.contains("orking hours"), "{text}");
        let with = document(&with_calendar(), calls);
        let said: Vec<String> = with
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Note(text) => Some(text.to_plain()),
                _ => None,
            })
            .collect();
        assert!(
            said.iter().any(|line| line == "4 working days, 6 the week before: Tuesday 10 November was Assumption Day, Saturday 7 November was a working day."),
            "{said:?}"
        );
        assert!(said.iter().any(|line| line == "Days off: Tuesday 10 November (Assumption Day)."), "{said:?}");
        let foot: Vec<String> = with.foot.iter().map(crate::domain::document::Text::to_plain).collect();
        assert!(foot.iter().any(|line| line.contains("Working hours: Mon–Fri 09:00–18:00.")), "{foot:?}");
    }
}
