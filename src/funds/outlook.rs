//! What a project's balances come to: how long each lasts, until when to pay, and how much.

use chrono::{Days, NaiveDate};

use super::usage::{self, ByCalls};
use crate::app::App;
use crate::domain::balance::{Balance, BalanceRules, Entry, EntryKind};
use crate::domain::calendar::{Calendar, is_working};
use crate::domain::forecast::{
    DaySpend, Forecast, Funds, HISTORY_DAYS, HORIZON_DAYS, KnownCharge, covered_until, pay_by,
};
use crate::domain::ids::BalanceName;
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::project::Project;
use crate::store::promises::Promise;
use crate::zones::Zone;

/// A balance older than this is stale.
const STALE_SEC: u64 = 24 * 3_600;

/// A balance and what it comes to.
#[derive(Clone, Debug)]
pub struct BalanceOutlook {
    pub balance: Balance,
    pub rules: BalanceRules,
    pub zone: Zone,
    /// The project's local day now.
    pub today: NaiveDate,
    /// The balance is older than a day.
    pub is_stale: bool,
    pub forecast: Forecast,
    /// The last day on which a payment is in time, when an end is in sight.
    pub pay_by: Option<NaiveDate>,
    /// What to add, and to when it covers, when an end is in sight.
    pub to_add: Option<(Amount, NaiveDate)>,
    /// Charges that are known to come.
    pub charges: Vec<KnownCharge>,
    /// Digits that the currency has behind the point.
    pub digits: u8,
    /// When its automatic top-up should have run, where it is due.
    pub topup_due: Option<Instant>,
    /// Whether the last word about top-ups, not longer than a week ago, is that one failed.
    pub has_failed_topup: bool,
    /// What was said of a payment that is on its way, while its day isn't over.
    pub promised: Option<Promise>,
}

/// The balances of a project, or the one of this name, with what they come to.
pub async fn look(app: &App, project: &Project, name: Option<&BalanceName>) -> anyhow::Result<Vec<BalanceOutlook>> {
    let now = app.clock.now();
    let zone = app.zones.get(&project.zone)?;
    let mut session = app.store.read().await?;
    let calendar = session.calendar_of(project).await?;
    let promises = session.promises(&[project.key]).await?;
    let mut outlooks = Vec::new();
    for stored in session.balances(Some(project.key), name).await? {
        let balance = stored.balance;
        let (from, to) = span(&balance, &zone);
        let entries = session.entries(project.key, &balance.name, from, to).await?;
        let first_spend = session.first_spend(project.key, &balance.name).await?;
        let rules = project.settings.balances.get(&balance.name).cloned().unwrap_or_default();
        let (entries, first_spend) = if rules.usage_from_calls {
            let wanted =
                ByCalls { project: project.key, balance: &balance, project_currency: &project.currency, zone: &zone };
            let days = usage::of_calls(&mut session, &[wanted]).await?;
            usage::joined(entries, days.first().map_or(&[], Vec::as_slice), first_spend, &zone)
        } else {
            (entries, first_spend)
        };
        let calendar = calendar.as_ref();
        let (entries, zone) = (entries.as_slice(), &zone);
        let mut outlook = weigh(Known { balance, entries, first_spend, rules, zone, calendar }, now);
        let is_of = |said: &&Promise| said.balance == outlook.balance.name.as_str() && said.arrives_on >= outlook.today;
        outlook.promised = promises.iter().find(is_of).cloned();
        outlooks.push(outlook);
    }
    Ok(outlooks)
}

/// What is known of a balance.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    pub balance: Balance,
    /// Those of [`span`], by time.
    pub entries: &'a [Entry],
    pub first_spend: Option<Instant>,
    pub rules: BalanceRules,
    /// The project's.
    pub zone: &'a Zone,
    /// The project's.
    pub calendar: Option<&'a Calendar>,
}

/// Where the entries lie that have a say in a balance's forecast.
pub fn span(balance: &Balance, zone: &Zone) -> (Instant, Instant) {
    let day = zone.date(balance.as_of);
    let bound = |day: Option<NaiveDate>| day.map_or(balance.as_of, |day| zone.start_of_day(day));
    let from = bound(day.checked_sub_days(Days::new(HISTORY_DAYS.into())));
    (from, bound(day.checked_add_days(Days::new(u64::from(HORIZON_DAYS) + 1))))
}

/// What a balance comes to.
pub fn weigh(known: Known<'_>, now: Instant) -> BalanceOutlook {
    let Known { balance, entries, first_spend, rules, zone, calendar } = known;
    let today = zone.date(now);
    let charges = charges(entries, &balance, zone);
    let funds = Funds {
        balance: balance.amount,
        credit_limit: balance.credit_limit,
        day: zone.date(balance.as_of),
        known_since: first_spend.map(|at| zone.date(at)),
        spend: spend(entries, zone),
        charges: charges.clone(),
    };
    let forecast = funds.forecast();
    let end = match &forecast {
        Forecast::Lasts(outlook) => outlook.earliest.day(),
        _ => None,
    };
    let pay_by = end.map(|end| pay_by(end, rules.payment_lead_days, |day| is_working(calendar, day)));
    let digits = digits(&balance.currency);
    let is_wanting = end.is_some() || forecast == Forecast::Empty;
    let to_add = if is_wanting { to_add(&funds, today, digits) } else { None };
    let is_stale = now.since(balance.as_of).as_secs() > STALE_SEC;
    BalanceOutlook {
        zone: zone.clone(),
        rules,
        today,
        is_stale,
        forecast,
        pay_by,
        to_add,
        charges,
        digits,
        topup_due: topup_due(&balance, entries),
        has_failed_topup: has_failed_topup(entries, now),
        promised: None,
        balance,
    }
}

/// What to add so that it lasts to the end of the month, in whole steps of the currency; `None` when it lasts anyway.
fn to_add(funds: &Funds, today: NaiveDate, digits: u8) -> Option<(Amount, NaiveDate)> {
    let until = covered_until(today);
    let sum = funds.sum_until(until).rounded_up_to_digits(digits);
    sum.is_positive().then_some((sum, until))
}

/// A top-up that failed longer ago is no news.
const FAILED_SEC: i64 = 7 * 86_400;

/// Whether the last word about top-ups, not longer than a week ago, is that one failed.
fn has_failed_topup(entries: &[Entry], now: Instant) -> bool {
    let about = |entry: &&Entry| matches!(entry.kind, EntryKind::Topup | EntryKind::TopupFailed) && entry.at <= now;
    let last = entries.iter().filter(about).max_by_key(|entry| (entry.at, entry.kind));
    last.is_some_and(|last| last.kind == EntryKind::TopupFailed && last.at > now.plus_seconds(-FAILED_SEC))
}

/// Since when an automatic top-up is due: the balance fell below its sum, or the last one wasn't enough.
fn topup_due(balance: &Balance, entries: &[Entry]) -> Option<Instant> {
    let since = balance.below_since.filter(|_| balance.auto_topup.is_some())?;
    let came = entries.iter().filter(|entry| entry.kind == EntryKind::Topup && entry.at <= balance.as_of);
    came.map(|entry| entry.at).max().map_or(Some(since), |last| Some(last.max(since)))
}

fn digits(currency: &str) -> u8 {
    let digits = iso_currency::Currency::from_code(currency).and_then(|known| known.exponent()).unwrap_or(2);
    u8::try_from(digits).unwrap_or(2)
}

fn spend(entries: &[Entry], zone: &Zone) -> Vec<DaySpend> {
    let mut days: Vec<DaySpend> = Vec::new();
    for entry in entries {
        let (usage, fixed) = match entry.kind {
            EntryKind::Usage => (entry.amount, Amount::ZERO),
            EntryKind::Fixed => (Amount::ZERO, entry.amount),
            _ => continue,
        };
        let day = zone.date(entry.at);
        match days.last_mut().filter(|last| last.day == day) {
            Some(last) => {
                last.usage += usage;
                last.fixed += fixed;
            }
            None => days.push(DaySpend { day, usage, fixed }),
        }
    }
    days
}

/// Fixed charges that lie after the balance.
fn charges(entries: &[Entry], balance: &Balance, zone: &Zone) -> Vec<KnownCharge> {
    let to_come = entries.iter().filter(|entry| entry.kind == EntryKind::Fixed && entry.at > balance.as_of);
    to_come
        .map(|entry| KnownCharge { on: zone.date(entry.at), amount: entry.amount, what: entry.what.clone() })
        .collect()
}
