//! From rows to what rules are told, for many projects in a handful of statements.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Case, Remembered, Thing};
use crate::domain::balance::{Entry, EntryKind};
use crate::domain::calendar::Calendar;
use crate::domain::episode::Episode;
use crate::domain::forecast::Forecast;
use crate::domain::ids::{CalendarId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::funds::usage::{self, ByCalls};
use crate::funds::{self, BalanceOutlook};
use crate::rules::{BalanceFacts, Days, Facts, Sight, Topup, judge};
use crate::store::evaluations::{DueBalance, DueProject};
use crate::store::{Session, StoreError};
use crate::zones::Zone;

/// An automatic top-up that is due for longer didn't come.
const LATE_SEC: i64 = 86_400;

/// Judges these projects by what the session's moment shows.
pub(super) async fn judged(
    session: &mut Session,
    due: Vec<(DueProject, Zone)>,
    calendars: &HashMap<CalendarId, Calendar>,
    remembered: &Remembered,
    now: Instant,
) -> Result<Vec<Case>, StoreError> {
    let keys: Vec<ProjectKey> = due.iter().map(|(due, _)| due.key).collect();
    let zones: HashMap<ProjectKey, &Zone> = due.iter().map(|(due, zone)| (due.key, zone)).collect();
    let promises = session.promises(&keys).await?;
    let promised: HashMap<(ProjectKey, String), NaiveDate> =
        promises.into_iter().map(|said| ((said.project, said.balance), said.arrives_on)).collect();
    let balances = session.due_balances(&keys).await?;
    let known = moved(session, &balances, &zones, now).await?;
    let mut of_project: HashMap<ProjectKey, Vec<(DueBalance, Moved)>> = HashMap::new();
    let by_calls = costs_of_calls(session, &due, &balances).await?;
    for (place, (balance, mut moved)) in balances.into_iter().zip(known).enumerate() {
        if let (Some(days), Some(zone)) = (by_calls.get(&place), zones.get(&balance.project)) {
            (moved.entries, moved.first_spend) = usage::joined(moved.entries, days, moved.first_spend, zone);
        }
        of_project.entry(balance.project).or_default().push((balance, moved));
    }
    let judged = due.into_iter().map(|(due, zone)| {
        let calendar = due.settings.calendar.as_ref().and_then(|id| calendars.get(id));
        let today = zone.date(now);
        let days = Days::of(today, |day| funds::is_working(calendar, day));
        let before = remembered.get(&due.key);
        let thing = |balance: &str, pay_by: Option<NaiveDate>, facts: Option<&BalanceFacts>| {
            let promised = promised.get(&(due.key, balance.to_owned()));
            let is_promised = promised.is_some_and(|arrives_on| today <= *arrives_on);
            let facts = Facts { days, standing: due.standing, balance: facts, pay_by, is_promised };
            let episode =
                |rule: &str| super::kept(before, balance, rule).map_or_else(Episode::default, |kept| kept.episode);
            Thing { balance: balance.to_owned(), judged: judge(&facts, episode), has_promise: promised.is_some() }
        };
        let last = due.standing.and_then(|standing| standing.paid_until);
        let pay_by = last.map(|last| funds::paid_pay_by(&due.settings, last, calendar));
        let mut things = vec![thing("", pay_by, None)];
        for (balance, moved) in of_project.remove(&due.key).unwrap_or_default() {
            let name = balance.balance.name.clone();
            let (facts, pay_by) = of_balance(balance, &moved, &due, &zone, calendar, now);
            things.push(thing(name.as_str(), pay_by, Some(&facts)));
        }
        let next = today.succ_opt().map_or(now.plus_seconds(86_400), |day| zone.start_of_day(day));
        Case { next: next.max(now.plus_seconds(1)), due, zone, things }
    });
    Ok(judged.collect())
}

/// What moved a balance.
#[derive(Debug, Default)]
struct Moved {
    /// By time, as far as they have a say in its forecast.
    entries: Vec<Entry>,
    /// As [`funds::Known`] has them.
    first_spend: Option<Instant>,
    last_usage: Option<Instant>,
}

/// What moved each of these balances. The last weeks of most show since when and to when usage was told; of the others that is
/// asked, and their entries are looked for where the last weeks before lie.
async fn moved(
    session: &mut Session,
    balances: &[DueBalance],
    zones: &HashMap<ProjectKey, &Zone>,
    now: Instant,
) -> Result<Vec<Moved>, StoreError> {
    let zoned: Vec<_> = balances.iter().filter_map(|one| Some((one, *zones.get(&one.project)?))).collect();
    let spans: Vec<_> = zoned
        .iter()
        .map(|(one, zone)| {
            let (from, to) = funds::first_look(&one.balance, zone);
            (one.project, &one.balance.name, from, to)
        })
        .collect();
    let entries = session.entries_of_many(&spans).await?;
    let (mut moved, mut unclear) = (Vec::with_capacity(zoned.len()), Vec::new());
    for (place, ((one, zone), mut entries)) in zoned.iter().zip(entries).enumerate() {
        let Some((first, last)) = funds::told_within(&one.balance, &entries, zone, now) else {
            unclear.push(place);
            moved.push(Moved::default());
            continue;
        };
        let (from, _) = funds::history(&one.balance, Some(last), zone);
        entries.drain(..entries.partition_point(|entry| entry.at < from));
        moved.push(Moved { entries, first_spend: Some(first), last_usage: Some(last) });
    }
    let asked: Vec<_> = unclear.iter().filter_map(|place| zoned.get(*place)).collect();
    let names: Vec<_> = asked.iter().map(|(one, _)| (one.project, &one.balance.name)).collect();
    let told = session.spend_told_of_many(&names).await?;
    let spans: Vec<_> = asked
        .iter()
        .zip(&told)
        .map(|((one, zone), (_, last))| {
            let (from, to) = funds::history(&one.balance, *last, zone);
            (one.project, &one.balance.name, from, to)
        })
        .collect();
    let entries = session.entries_of_many(&spans).await?;
    for ((place, entries), (first_spend, last_usage)) in unclear.into_iter().zip(entries).zip(told) {
        if let Some(of) = moved.get_mut(place) {
            *of = Moved { entries, first_spend, last_usage };
        }
    }
    Ok(moved)
}

/// What calls cost by day, of balances that are judged by it; by their places.
async fn costs_of_calls(
    session: &mut Session,
    due: &[(DueProject, Zone)],
    balances: &[DueBalance],
) -> Result<HashMap<usize, Vec<(NaiveDate, Amount)>>, StoreError> {
    let projects: HashMap<ProjectKey, &(DueProject, Zone)> = due.iter().map(|one| (one.0.key, one)).collect();
    let (mut places, mut wanted) = (Vec::new(), Vec::new());
    for (place, one) in balances.iter().enumerate() {
        let Some((due, zone)) = projects.get(&one.project) else { continue };
        if due.settings.balances.get(&one.balance.name).is_some_and(|rules| rules.usage_from_calls) {
            places.push(place);
            wanted.push(ByCalls { project: one.project, balance: &one.balance, project_currency: &due.currency, zone });
        }
    }
    Ok(places.into_iter().zip(usage::of_calls(session, &wanted).await?).collect())
}

/// A balance, and the last day on which a payment for it is in time.
fn of_balance(
    balance: DueBalance,
    moved: &Moved,
    due: &DueProject,
    zone: &Zone,
    calendar: Option<&Calendar>,
    now: Instant,
) -> (BalanceFacts, Option<NaiveDate>) {
    let rules = due.settings.balances.get(&balance.balance.name).cloned().unwrap_or_default();
    let DueBalance { balance, .. } = balance;
    let Moved { ref entries, first_spend, last_usage } = *moved;
    let low = rules.low;
    let outlook = funds::weigh(funds::Known { balance, entries, first_spend, last_usage, rules, zone, calendar }, now);
    let facts = BalanceFacts {
        amount: outlook.balance.amount,
        credit_limit: outlook.balance.credit_limit,
        low,
        sight: sight(&outlook),
        usual_day: match &outlook.forecast {
            Forecast::Lasts(lasts) => lasts.usual_day,
            _ => usual_day(entries, &outlook),
        },
        is_stale: outlook.is_stale,
        is_usage_late: outlook.untold_since.is_some(),
        has_failed_topup: outlook.has_failed_topup,
        topup_event: outlook.topup_failed_at.or(outlook.topup_due),
        topped_up_at: topped_up_at(entries, now),
        topup: topup(&outlook),
    };
    (facts, outlook.pay_by)
}

/// When the last top-up came in that was told.
fn topped_up_at(entries: &[Entry], now: Instant) -> Option<Instant> {
    let came = entries.iter().filter(|entry| entry.kind == EntryKind::Topup && entry.at <= now);
    came.map(|entry| entry.at).max()
}

/// How an automatic top-up does. That it didn't come is known from a balance of a day later that is still below: where none
/// was told since, it may have come, and that the balance is old is told by itself.
fn topup(outlook: &BalanceOutlook) -> Topup {
    match (outlook.balance.auto_topup, outlook.topup_due) {
        (None, _) => Topup::None,
        (Some(_), _) if outlook.has_failed_topup => Topup::Failed,
        (Some(_), Some(due)) if due.plus_seconds(LATE_SEC) <= outlook.balance.as_of => Topup::Late,
        (Some(_), _) => Topup::Works,
    }
}

fn sight(outlook: &BalanceOutlook) -> Sight {
    match &outlook.forecast {
        Forecast::Empty => Sight::Empty,
        Forecast::TooLittleHistory { .. } => Sight::Unknown,
        Forecast::NoSpend => Sight::NoEnd,
        Forecast::Lasts(lasts) => lasts.earliest.day().map_or(Sight::NoEnd, Sight::Ends),
    }
}

/// What a day costs where no forecast says it: the mean of the last four weeks.
fn usual_day(entries: &[Entry], outlook: &BalanceOutlook) -> Amount {
    let is_usage = |entry: &&Entry| entry.kind == EntryKind::Usage && entry.at <= outlook.balance.as_of;
    entries.iter().filter(is_usage).map(|entry| entry.amount).sum::<Amount>().times(1, 28)
}
