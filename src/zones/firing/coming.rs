//! What a rule will do: its next firings with their periods, each taken to run on time.

use crate::domain::cadence::{Rule, Weekday};
use crate::domain::instant::Instant;
use crate::domain::period::Period;
use crate::zones::Zone;

use super::{Firing, PeriodPlan, next, plan_period};

/// The firings after an instant, those that are skipped among them, each with its period, until the iterator is dropped or the rule never fires again.
/// `last_run` is the last before the first of them; from then on every firing is the last run of the next.
pub fn coming<'a>(
    rule: impl Into<Rule<'a>>,
    zone: &'a Zone,
    week_start: Weekday,
    after: Instant,
    last_run: Option<Period>,
) -> impl Iterator<Item = (Firing, PeriodPlan)> + 'a {
    let rule = rule.into();
    let mut last_run = last_run;
    let firings = std::iter::successors(next(rule, zone, after), move |firing| next(rule, zone, firing.fires_at));
    firings.map_while(move |firing| {
        let plan = plan_period(rule, zone, week_start, &firing, last_run)
            .or_else(|| plan_period(rule, zone, week_start, &firing, None))?;
        if !firing.skipped {
            last_run = Some(plan.period);
        }
        Some((firing, plan))
    })
}
