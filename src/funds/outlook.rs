//! What a project's balances come to: how long each lasts, until when to pay, and how much.

use chrono::{Days, NaiveDate};

use super::usage::{self, ByCalls};
use crate::app::App;
use crate::domain::balance::{Balance, BalanceRules, Entry, EntryKind};
use crate::domain::calendar::{Calendar, is_working};
use crate::domain::currency;
use crate::domain::forecast::{
    DaySpend, Forecast, Funds, HISTORY_DAYS, HORIZON_DAYS, KnownCharge, LAG_DAYS, covered_until, pay_by,
};
use crate::domain::ids::BalanceName;
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::project::{Project, ProjectSettings};
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
    /// The last day whose usage was told, where that is longer ago than usual.
    pub untold_since: Option<NaiveDate>,
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
    /// When that one failed.
    pub topup_failed_at: Option<Instant>,
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
        let (first_spend, last_usage) = session.spend_told(project.key, &balance.name).await?;
        let (from, to) = history(&balance, last_usage, &zone);
        let entries = session.entries(project.key, &balance.name, from, to).await?;
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
        let mut outlook = weigh(Known { balance, entries, first_spend, last_usage, rules, zone, calendar }, now);
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
    /// Those of [`history`], by time.
    pub entries: &'a [Entry],
    /// The first usage that was told, or one that is as long ago as a forecast looks; where none ever was, the first fixed
    /// charge.
    pub first_spend: Option<Instant>,
    /// The last usage that was told, be it nothing.
    pub last_usage: Option<Instant>,
    pub rules: BalanceRules,
    /// The project's.
    pub zone: &'a Zone,
    /// The project's.
    pub calendar: Option<&'a Calendar>,
}

/// Where the entries lie that have a say in a balance's forecast, where usage is told to its day.
pub fn span(balance: &Balance, zone: &Zone) -> (Instant, Instant) {
    history(balance, None, zone)
}

/// The same where the last usage that was told may be longer ago: that is where the last weeks are looked for.
pub fn history(balance: &Balance, last_usage: Option<Instant>, zone: &Zone) -> (Instant, Instant) {
    let day = zone.date(balance.as_of);
    span_before(known_to(day, last_usage, zone), HISTORY_DAYS, day, balance, zone)
}

/// Where it is looked for first, without knowing that: usage may come some days late, and on some days there is none.
pub fn first_look(balance: &Balance, zone: &Zone) -> (Instant, Instant) {
    let day = zone.date(balance.as_of);
    span_before(day, HISTORY_DAYS + LAG_DAYS.unsigned_abs() as u32 + 1, day, balance, zone)
}

/// So many days up to this one, and a year of known charges after the balance's own.
fn span_before(to: NaiveDate, days: u32, day: NaiveDate, balance: &Balance, zone: &Zone) -> (Instant, Instant) {
    let bound = |day: Option<NaiveDate>| day.map_or(balance.as_of, |day| zone.start_of_day(day));
    let from = bound(to.checked_sub_days(Days::new(days.into())));
    (from, bound(day.checked_add_days(Days::new(u64::from(HORIZON_DAYS) + 1))))
}

/// The day after the last completed one whose usage is known.
fn known_to(day: NaiveDate, last_usage: Option<Instant>, zone: &Zone) -> NaiveDate {
    last_usage.and_then(|at| zone.date(at).succ_opt()).map_or(day, |next| next.min(day))
}

/// The spend that a first look shows to have been told: from some usage, the first or one that is longer ago than a forecast
/// asks for, to the last. `None`: what lies outside of it has a say, and must be asked for.
pub fn told_within(balance: &Balance, entries: &[Entry], zone: &Zone, now: Instant) -> Option<(Instant, Instant)> {
    let mut usage = entries.iter().filter(|entry| entry.kind == EntryKind::Usage).map(|entry| entry.at);
    let first = usage.next()?;
    let last = usage.next_back().unwrap_or(first);
    let day = zone.date(balance.as_of);
    let known_to = known_to(day, Some(last), zone);
    let is_long = known_to.signed_duration_since(zone.date(first)).num_days() >= i64::from(HISTORY_DAYS);
    // Nobody tells usage of the future: none lies behind a span that ends there.
    let is_last = known_to == day || first_look(balance, zone).1 > now.plus_seconds(super::AHEAD_SEC);
    (is_long && is_last).then_some((first, last))
}

/// What a balance comes to.
pub fn weigh(known: Known<'_>, now: Instant) -> BalanceOutlook {
    let Known { balance, entries, first_spend, last_usage, rules, zone, calendar } = known;
    let today = zone.date(now);
    let charges = charges(entries, &balance, zone);
    let usage = entries.iter().filter(|entry| entry.kind == EntryKind::Usage).map(|entry| entry.at);
    let told_until = usage.chain(last_usage).max().map(|at| zone.date(at));
    let funds = Funds {
        balance: balance.amount,
        credit_limit: balance.credit_limit,
        day: zone.date(balance.as_of),
        known_since: first_spend.map(|at| zone.date(at)),
        told_until,
        spent: spent(entries, &balance, zone),
        spend: spend(entries, zone),
        charges: charges.clone(),
    };
    let forecast = funds.forecast();
    let end = match &forecast {
        Forecast::Lasts(outlook) => outlook.earliest.day(),
        _ => None,
    };
    let pay_by = end.map(|end| pay_by(end, rules.payment_lead_days, |day| is_working(calendar, day)));
    let digits = currency::digits(&balance.currency);
    // Where nobody knows what a day costs, a sum that covers the debt alone would pass for one that lasts.
    let is_wanting = end.is_some() || (forecast == Forecast::Empty && funds.knows_spend());
    let to_add = if is_wanting { to_add(&funds, today, digits) } else { None };
    let is_stale = now.since(balance.as_of).as_secs() > STALE_SEC;
    let topup_failed_at = topup_failed_at(entries, now);
    BalanceOutlook {
        zone: zone.clone(),
        rules,
        today,
        is_stale,
        untold_since: funds.untold_since(),
        forecast,
        pay_by,
        to_add,
        charges,
        digits,
        topup_due: topup_due(&balance, entries, now),
        has_failed_topup: topup_failed_at.is_some(),
        topup_failed_at,
        promised: None,
        balance,
    }
}

/// The last day on which a payment for the paid period is in time, which ends after `last`; how long it takes is a rule of the
/// balance that is called `project`.
pub fn paid_pay_by(settings: &ProjectSettings, last: NaiveDate, calendar: Option<&Calendar>) -> NaiveDate {
    let rules = BalanceName::parse("project").ok().and_then(|name| settings.balances.get(&name));
    let lead_days = rules.cloned().unwrap_or_default().payment_lead_days;
    pay_by(last.succ_opt().unwrap_or(last), lead_days, |day| is_working(calendar, day))
}

/// What to add so that it lasts to the end of the month, in whole steps of the currency; `None` when it lasts anyway.
fn to_add(funds: &Funds, today: NaiveDate, digits: u8) -> Option<(Amount, NaiveDate)> {
    let until = covered_until(today);
    let sum = funds.sum_until(until).rounded_up_to_digits(digits);
    sum.is_positive().then_some((sum, until))
}

/// A top-up that failed longer ago is no news.
const FAILED_SEC: i64 = 7 * 86_400;

/// When the last top-up failed, where that is the last word about top-ups and not longer than a week ago.
fn topup_failed_at(entries: &[Entry], now: Instant) -> Option<Instant> {
    let about = |entry: &&Entry| matches!(entry.kind, EntryKind::Topup | EntryKind::TopupFailed) && entry.at <= now;
    let last = entries.iter().filter(about).max_by_key(|entry| (entry.at, entry.kind));
    let is_news = |last: &&Entry| last.kind == EntryKind::TopupFailed && last.at > now.plus_seconds(-FAILED_SEC);
    last.filter(is_news).map(|last| last.at)
}

/// Usage of the balance's own day that it has paid already. What is told of the date alone is of the whole day: as much of it
/// as of the day was over.
fn spent(entries: &[Entry], balance: &Balance, zone: &Zone) -> Amount {
    let day = zone.date(balance.as_of);
    let begins = zone.start_of_day(day);
    let ends = day.succ_opt().map_or(begins, |next| zone.start_of_day(next));
    let seconds = |to: Instant| u32::try_from(to.since(begins).as_secs()).unwrap_or(u32::MAX);
    let (over, whole) = (seconds(balance.as_of), seconds(ends));
    let is_paid = |entry: &&Entry| entry.kind == EntryKind::Usage && (begins..=balance.as_of).contains(&entry.at);
    let paid = entries.iter().filter(is_paid);
    paid.map(|entry| if entry.at == begins { entry.amount.times(over, whole) } else { entry.amount }).sum()
}

/// Since when an automatic top-up is due: the balance fell below its sum, or the last one wasn't enough. One that came after
/// the balance was told counts: what it made of the balance isn't known yet.
fn topup_due(balance: &Balance, entries: &[Entry], now: Instant) -> Option<Instant> {
    let since = balance.below_since.filter(|_| balance.auto_topup.is_some())?;
    let came = entries.iter().filter(|entry| entry.kind == EntryKind::Topup && entry.at <= now);
    came.map(|entry| entry.at).max().map_or(Some(since), |last| Some(last.max(since)))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::zones::Zones;

    const DAY_SEC: i64 = 86_400;

    fn balance(as_of: Instant) -> Balance {
        Balance {
            name: BalanceName::parse("forwarding").expect("a name"),
            currency: "EUR".to_owned(),
            amount: Amount::parse("90").expect("a sum"),
            credit_limit: Amount::ZERO,
            as_of,
            auto_topup: None,
            below_since: None,
        }
    }

    fn entry((days_ago, seconds, kind, sum): (i64, i64, usize, u32), as_of: Instant) -> Entry {
        let kind = [EntryKind::Usage, EntryKind::Usage, EntryKind::Fixed, EntryKind::Topup][kind];
        let at = as_of.plus_seconds(-days_ago * DAY_SEC - seconds);
        Entry { id: String::new(), at, kind, amount: Amount::from_micros(i64::from(sum) * 10_000), what: String::new() }
    }

    /// What a balance comes to, as far as anybody sees it.
    fn seen(known: Known<'_>, now: Instant) -> impl PartialEq + std::fmt::Debug {
        let outlook = weigh(known, now);
        let lasts = match &outlook.forecast {
            Forecast::Lasts(lasts) => {
                Some((lasts.expected, lasts.earliest, lasts.usual_day, lasts.days, lasts.walk.clone()))
            }
            _ => None,
        };
        let state = lasts.is_none().then_some(outlook.forecast);
        (state, lasts, outlook.untold_since, outlook.pay_by, outlook.to_add, outlook.charges)
    }

    proptest! {
        #[test]
        fn the_last_weeks_say_the_same_as_all_that_was_ever_told(
            moved in proptest::collection::vec((-3_i64..70, 0..DAY_SEC, 0..4_usize, 0..5_000_u32), 0..120),
            told_days_ago in 0_i64..6,
            zone in prop_oneof![Just("Europe/Kyiv"), Just("America/Los_Angeles"), Just("Pacific/Apia")],
        ) {
            let zone = Zones::bundled().get(zone).expect("a zone");
            let as_of = Instant::parse_rfc3339("2026-11-03T04:00:00Z").expect("a time");
            let now = as_of.plus_seconds(told_days_ago * DAY_SEC);
            let balance = balance(as_of);
            let mut entries: Vec<Entry> = moved.into_iter().map(|one| entry(one, as_of)).collect();
            entries.retain(|entry| entry.at <= now);
            entries.sort_by_key(|entry| entry.at);
            let within = |(from, to): (Instant, Instant)| -> Vec<Entry> {
                entries.iter().filter(|entry| (from..to).contains(&entry.at)).cloned().collect()
            };
            let of = |kind| entries.iter().filter(move |entry| entry.kind == kind).map(|entry| entry.at);
            let first_spend = of(EntryKind::Usage).next().or(of(EntryKind::Fixed).next());
            let last_usage = of(EntryKind::Usage).next_back();
            let first_look = within(first_look(&balance, &zone));
            if let Some((first, last)) = told_within(&balance, &first_look, &zone, now) {
                let rules = BalanceRules::default();
                let known = |entries, first_spend, last_usage| Known {
                    balance: balance.clone(), entries, first_spend, last_usage, rules: rules.clone(), zone: &zone, calendar: None,
                };
                prop_assert_eq!(Some(last), last_usage);
                let all = within(history(&balance, last_usage, &zone));
                let (from, _) = history(&balance, Some(last), &zone);
                let quick = &first_look[first_look.partition_point(|entry| entry.at < from)..];
                prop_assert_eq!(quick, all.as_slice());
                prop_assert_eq!(seen(known(quick, Some(first), Some(last)), now), seen(known(&all, first_spend, last_usage), now));
            }
        }
    }

    #[test]
    fn weeks_of_working_days_and_usage_that_comes_late_need_no_second_look() {
        let zone = Zones::bundled().get("Europe/Kyiv").expect("a zone");
        let as_of = Instant::parse_rfc3339("2026-06-15T06:00:00Z").expect("a time");
        let told = |days: &mut dyn Iterator<Item = i64>| {
            let mut entries: Vec<Entry> = days.map(|ago| entry((ago, 0, 0, 100), as_of)).collect();
            entries.reverse();
            told_within(&balance(as_of), &entries, &zone, as_of).is_some()
        };
        assert!(told(&mut (1..=31)) && told(&mut (3..=31)), "each day, to yesterday or to the day before it");
        assert!(told(&mut (1..=31).filter(|ago| !matches!(ago % 7, 1 | 2))), "none on Saturdays and Sundays");
        assert!(!told(&mut (1..=27)), "four weeks aren't known");
        assert!(!told(&mut std::iter::empty()));
    }
}
