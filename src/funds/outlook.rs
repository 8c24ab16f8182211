//! What a project's balances come to: how long each lasts, until when to pay, and how much.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::app::App;
use crate::domain::balance::{Balance, BalanceRules, Entry, EntryKind};
use crate::domain::calendar::Calendar;
use crate::domain::forecast::{
    DaySpend, Forecast, Funds, HISTORY_DAYS, HORIZON_DAYS, KnownCharge, Outlook, covered_until, pay_by,
};
use crate::domain::ids::BalanceName;
use crate::domain::money::Amount;
use crate::domain::project::Project;
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
}

/// The balances of a project, or the one of this name, with what they come to.
pub async fn look(app: &App, project: &Project, name: Option<&BalanceName>) -> anyhow::Result<Vec<BalanceOutlook>> {
    let now = app.clock.now();
    let zone = app.zones.get(&project.zone)?;
    let today = zone.date(now);
    let mut session = app.store.read().await?;
    let calendar = session.calendar_of(project).await?;
    let mut outlooks = Vec::new();
    for stored in session.balances(Some(project.key), name).await? {
        let balance = stored.balance;
        let day = zone.date(balance.as_of);
        let bound = |day: Option<NaiveDate>| day.map_or(balance.as_of, |day| zone.start_of_day(day));
        let from = bound(day.checked_sub_days(Days::new(HISTORY_DAYS.into())));
        let to = bound(day.checked_add_days(Days::new(u64::from(HORIZON_DAYS) + 1)));
        let entries = session.entries(project.key, &balance.name, from, to).await?;
        let known_since = session.first_spend(project.key, &balance.name).await?.map(|at| zone.date(at));
        let charges = charges(&entries, &balance, &zone);
        let funds = Funds {
            balance: balance.amount,
            credit_limit: balance.credit_limit,
            day,
            known_since,
            spend: spend(&entries, &zone),
            charges: charges.clone(),
        };
        let rules = project.settings.balances.get(&balance.name).cloned().unwrap_or_default();
        let forecast = funds.forecast();
        let end = match &forecast {
            Forecast::Lasts(outlook) => outlook.earliest.day().map(|end| (outlook, end)),
            _ => None,
        };
        let is_working = |day: NaiveDate| is_working(calendar.as_ref(), day);
        let pay_by = end.map(|(_, end)| pay_by(end, rules.payment_lead_days, is_working));
        let digits = digits(&balance.currency);
        let to_add = end.and_then(|(outlook, _)| to_add(outlook, today, digits));
        let is_stale = now.since(balance.as_of).as_secs() > STALE_SEC;
        outlooks.push(BalanceOutlook {
            zone: zone.clone(),
            rules,
            today,
            is_stale,
            forecast,
            pay_by,
            to_add,
            charges,
            digits,
            balance,
        });
    }
    Ok(outlooks)
}

/// What to add so that it lasts to the end of the month, in whole steps of the currency; `None` when it lasts anyway.
fn to_add(outlook: &Outlook, today: NaiveDate, digits: u8) -> Option<(Amount, NaiveDate)> {
    let until = covered_until(today);
    let sum = outlook.sum_until(until).rounded_up_to_digits(digits);
    sum.is_positive().then_some((sum, until))
}

fn digits(currency: &str) -> u8 {
    let digits = iso_currency::Currency::from_code(currency).and_then(|known| known.exponent()).unwrap_or(2);
    u8::try_from(digits).unwrap_or(2)
}

/// Monday to Friday where no calendar says otherwise.
fn is_working(calendar: Option<&Calendar>, day: NaiveDate) -> bool {
    let usual = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    calendar.map_or(usual, |calendar| calendar.is_business_day(day))
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
