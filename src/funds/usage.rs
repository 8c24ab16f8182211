//! Usage that is summed from what calls cost, for balances whose rules say so. A day of the project counts either what was
//! told of it or its calls, never both: where an entry of usage was told for a day, that day is as it was told.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use crate::domain::balance::{Balance, Entry, EntryKind};
use crate::domain::forecast::HISTORY_DAYS;
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::store::{Session, StoreError};
use crate::zones::Zone;

/// So many days further back a call with a cost shows that calls were known before the days that are counted.
const BEFORE: u32 = 7;

/// A balance whose usage is summed from calls.
#[derive(Clone, Copy, Debug)]
pub struct ByCalls<'a> {
    pub project: ProjectKey,
    pub balance: &'a Balance,
    /// What calls cost that tell no currency.
    pub project_currency: &'a str,
    pub zone: &'a Zone,
}

/// What the calls of each completed day before these balances cost, in their currencies; days without such a call aren't
/// there. One statement for all.
pub async fn of_calls(
    session: &mut Session,
    wanted: &[ByCalls<'_>],
) -> Result<Vec<Vec<(NaiveDate, Amount)>>, StoreError> {
    let mut places = Vec::new();
    for (at, one) in wanted.iter().enumerate() {
        let last = one.zone.date(one.balance.as_of);
        let days =
            (1..=u64::from(HISTORY_DAYS + BEFORE)).rev().filter_map(|back| last.checked_sub_days(Days::new(back)));
        places.extend(days.map(|day| (at, day)));
    }
    let slots: Vec<_> = places
        .iter()
        .filter_map(|(at, day)| {
            let one = wanted.get(*at)?;
            let (from, to) = (one.zone.start_of_day(*day), one.zone.start_of_day(day.succ_opt()?));
            let currency = one.balance.currency.as_str();
            Some((one.project, currency, currency == one.project_currency, from, to))
        })
        .collect();
    let mut days: Vec<Vec<(NaiveDate, Amount)>> = wanted.iter().map(|_| Vec::new()).collect();
    for (place, amount) in session.call_costs(&slots).await? {
        if let Some((at, day)) = places.get(place)
            && let Some(list) = days.get_mut(*at)
        {
            list.push((*day, amount));
        }
    }
    for list in &mut days {
        list.sort_unstable();
    }
    Ok(days)
}

/// The entries with the calls' days among them, by time, and the first moment of any spend.
pub fn joined(
    mut entries: Vec<Entry>,
    days: &[(NaiveDate, Amount)],
    first_spend: Option<Instant>,
    zone: &Zone,
) -> (Vec<Entry>, Option<Instant>) {
    let told: BTreeSet<NaiveDate> =
        entries.iter().filter(|entry| entry.kind == EntryKind::Usage).map(|entry| zone.date(entry.at)).collect();
    let first_call = days.first().map(|(day, _)| zone.start_of_day(*day));
    let of_calls = days.iter().filter(|(day, amount)| !told.contains(day) && amount.is_positive());
    entries.extend(of_calls.map(|(day, amount)| Entry {
        id: format!("calls/{day}"),
        at: zone.start_of_day(*day),
        kind: EntryKind::Usage,
        amount: *amount,
        what: String::new(),
    }));
    entries.sort_by_key(|entry| entry.at);
    (entries, first_spend.into_iter().chain(first_call).min())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::Zones;

    #[test]
    fn a_day_is_what_was_told_of_it_or_its_calls() {
        let zone = Zones::load().get("Europe/Kyiv").expect("a zone");
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let sum = |text: &str| Amount::parse(text).expect("a sum");
        let entry = |at: &str, kind, amount| Entry {
            id: at.to_owned(),
            at: Instant::parse_rfc3339(at).expect("a time"),
            kind,
            amount: sum(amount),
            what: String::new(),
        };
        // 22:30 in UTC is the next day in Kyiv.
        let told = vec![
            entry("2026-05-03T10:00:00Z", EntryKind::Fixed, "12"),
            entry("2026-05-03T22:30:00Z", EntryKind::Usage, "5"),
        ];
        let calls = [
            (day("2026-05-02"), sum("1")),
            (day("2026-05-03"), sum("2")),
            (day("2026-05-04"), sum("3")),
            (day("2026-05-05"), sum("-1")),
        ];
        let (entries, first) = joined(told, &calls, None, &zone);
        let usage: Vec<(String, String)> = entries
            .iter()
            .filter(|entry| entry.kind == EntryKind::Usage)
            .map(|entry| (zone.date(entry.at).to_string(), entry.amount.to_string()))
            .collect();
        let wanted = [("2026-05-02", "1.00"), ("2026-05-03", "2.00"), ("2026-05-04", "5.00")];
        assert_eq!(usage, wanted.map(|(day, sum)| (day.to_owned(), sum.to_owned())));
        assert_eq!(entries.len(), 4, "a fixed charge hides no calls");
        assert_eq!(first, Some(zone.start_of_day(day("2026-05-02"))));
        assert!(entries.is_sorted_by_key(|entry| entry.at));
    }
}
