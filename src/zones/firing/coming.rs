//! What a rule will do: its next firings with their periods, each taken to run on time.

use crate::domain::cadence::{Rule, Weekday};
use crate::domain::instant::Instant;
use crate::zones::Zone;

use super::period::plan_period_after;
use super::{Firing, LastPeriod, PeriodPlan, next, previous_sent};

/// The firings after an instant, those that are skipped among them, each with its period, until the iterator is dropped or the rule never fires again.
/// `last_run` is the last before the first of them; from then on every firing is the last run of the next.
pub fn coming<'a>(
    rule: impl Into<Rule<'a>>,
    zone: &'a Zone,
    week_start: Weekday,
    after: Instant,
    last_run: impl Into<LastPeriod>,
) -> impl Iterator<Item = (Firing, PeriodPlan)> + 'a {
    let rule = rule.into();
    let mut last: LastPeriod = last_run.into();
    let mut sent_before: Option<Option<Firing>> = None;
    let firings = std::iter::successors(next(rule, zone, after), move |firing| next(rule, zone, firing.fires_at));
    firings.filter_map(move |firing| {
        let mut plan_after = |last| {
            let known = || sent_before.get_or_insert_with(|| previous_sent(rule, zone, firing.fires_at)).clone();
            plan_period_after(rule, zone, week_start, &firing, last, known)
        };
        // What was told already (a zone left a day out) isn't told again; a skipped firing is only shown.
        let plan = match plan_after(last) {
            None if firing.skipped => plan_after(LastPeriod::default()),
            plan => plan,
        };
        if !firing.skipped {
            sent_before = Some(Some(firing.clone()));
            last = plan.as_ref().map_or(last, |plan| LastPeriod { run: Some(plan.period), ..last });
        }
        Some((firing, plan?))
    })
}
