//! How long a balance lasts, as a range. *Expected*: each day costs the mean of the last four same weekdays. *Earliest*: the
//! earlier of two cautious walks, one by the busier of the last four same weekdays (75th percentile by nearest rank), one
//! by the larger mean of 7 and 28 days plus a quarter. Every walk pays the known charges on their dates. Warnings go by the
//! earliest end.
//!
//! Days are those of the project's zone; only completed ones count, up to the last whose usage was told: what wasn't told
//! isn't nothing. What came in (top-ups, refunds) and fixed charges are no usage.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::money::Amount;

/// So many completed days say how a project spends.
pub const HISTORY_DAYS: u32 = 28;
/// Fewer say nothing.
pub const LEAST_DAYS: u32 = 7;
/// Usage is usually told a day or two late; more is worth a word.
pub const LAG_DAYS: i64 = 2;
/// Nobody plans further.
pub const HORIZON_DAYS: u32 = 365;

/// What a completed local day cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySpend {
    pub day: NaiveDate,
    /// What calls and messages cost.
    pub usage: Amount,
    /// Subscriptions and rents, which are no guide to the next day.
    pub fixed: Amount,
}

/// A charge that is known to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownCharge {
    pub on: NaiveDate,
    pub amount: Amount,
    /// In words: "number rent".
    pub what: String,
}

/// What a forecast is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funds {
    /// What there was on `day`, before that day's spend.
    pub balance: Amount,
    /// How far below zero it may go.
    pub credit_limit: Amount,
    /// The local day of the balance.
    pub day: NaiveDate,
    /// The first day for which spend was told; earlier days are unknown.
    pub known_since: Option<NaiveDate>,
    /// The last day for which usage was told, be it nothing: those without an entry up to it cost nothing, later ones are
    /// unknown. `None`: nobody tells usage, and only known charges are foreseen.
    #[serde(default)]
    pub told_until: Option<NaiveDate>,
    /// Usage of `day` that the balance has paid already.
    #[serde(default)]
    pub spent: Amount,
    pub spend: Vec<DaySpend>,
    pub charges: Vec<KnownCharge>,
}

/// Whether the last day whose usage was told lies further before a balance's day than is usual.
pub fn is_untold(last: NaiveDate, day: NaiveDate) -> bool {
    (day - last).num_days() > LAG_DAYS + 1
}

/// How long the funds last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Forecast {
    /// There is nothing left; a state, not a forecast.
    Empty,
    /// Spend is known for so few days only.
    TooLittleHistory {
        days: u32,
    },
    /// Nothing was spent and nothing known ends it.
    NoSpend,
    Lasts(Box<Outlook>),
}

/// When funds end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The first day whose end finds less than nothing.
    On(NaiveDate),
    /// Not within a year.
    BeyondAYear,
}

impl End {
    /// The day, if it lies within a year.
    pub const fn day(self) -> Option<NaiveDate> {
        match self {
            Self::On(day) => Some(day),
            Self::BeyondAYear => None,
        }
    }
}

/// One day of the walk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub day: NaiveDate,
    /// Balance at its end at the usual rate.
    pub expected: Amount,
    /// Balance at its end if days are like the busier ones.
    pub busy: Amount,
    /// Balance at its end at the larger mean plus a quarter.
    pub steady: Amount,
    /// What is known to be charged on it.
    pub charges: Amount,
}

/// A range of ends and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    pub expected: End,
    pub earliest: End,
    /// Mean usage of the completed days, up to 28.
    pub usual_day: Amount,
    /// Mean usage by weekday, Monday first.
    pub usual_week: [Amount; 7],
    /// Completed days it rests on, up to 28.
    pub days: u32,
    /// From the balance's day to the later of both ends, at most a year.
    pub walk: Vec<Step>,
    rates: Rates,
    funds: Funds,
}

/// What a day is taken to cost, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Rates {
    expected: [Amount; 7],
    busy: [Amount; 7],
    steady: [Amount; 7],
}

impl Funds {
    /// What may still be spent.
    pub fn available(&self) -> Amount {
        self.balance + self.credit_limit
    }

    /// How long they last.
    pub fn forecast(&self) -> Forecast {
        if !self.available().is_positive() {
            return Forecast::Empty;
        }
        let days = self.days_known();
        if days < LEAST_DAYS {
            return Forecast::TooLittleHistory { days };
        }
        let usage = self.usage(days);
        let rates = Rates::of(self.known_to(), &usage);
        let (mut expected, mut earliest) = (End::BeyondAYear, End::BeyondAYear);
        let mut walk = Vec::new();
        for step in self.walk(rates).take(HORIZON_DAYS as usize + 1) {
            let is_over = |left: Amount| (left + self.credit_limit).is_negative();
            if earliest == End::BeyondAYear && (is_over(step.busy) || is_over(step.steady)) {
                earliest = End::On(step.day);
            }
            if expected == End::BeyondAYear && is_over(step.expected) {
                expected = End::On(step.day);
            }
            walk.push(step);
            if expected != End::BeyondAYear && earliest != End::BeyondAYear {
                break;
            }
        }
        let nothing_spent = usage.iter().all(|sum| *sum == Amount::ZERO);
        if nothing_spent && earliest == End::BeyondAYear {
            let is_told = self.told_until.is_some() && self.untold_since().is_none();
            return if is_told { Forecast::NoSpend } else { Forecast::TooLittleHistory { days: 0 } };
        }
        let usual_day = Amount::mean(&usage).unwrap_or_default();
        let usual_week = rates.expected;
        Forecast::Lasts(Box::new(Outlook {
            expected,
            earliest,
            usual_day,
            usual_week,
            days,
            walk,
            rates,
            funds: self.clone(),
        }))
    }

    /// Whether what a day costs is known.
    pub fn knows_spend(&self) -> bool {
        self.days_known() >= LEAST_DAYS
    }

    /// What to add so that both cautious walks stay at or above zero to the end of `until`, rounded up to two significant
    /// digits; a credit limit is for what nobody foresaw. Of funds that are empty, at least what is owed. Where spend is known
    /// for too few days, only the known charges count.
    pub fn sum_until(&self, until: NaiveDate) -> Amount {
        let days = self.days_known();
        let usage = self.usage(if days < LEAST_DAYS { 0 } else { days });
        self.sum_by(Rates::of(self.known_to(), &usage), until)
    }

    /// The last day whose usage was told, where that is longer ago than usual.
    pub fn untold_since(&self) -> Option<NaiveDate> {
        self.told_until.filter(|last| is_untold(*last, self.day))
    }

    fn sum_by(&self, rates: Rates, until: NaiveDate) -> Amount {
        let left = self.walk(rates).take_while(|step| step.day <= until).map(|step| step.busy.min(step.steady));
        let lowest = left.chain([self.balance]).min().unwrap_or_default();
        (-lowest).rounded_up()
    }

    /// Completed days of which the spend is known, up to 28.
    fn days_known(&self) -> u32 {
        let since = self.known_since.map_or(0, |first| (self.known_to() - first).num_days());
        u32::try_from(since.clamp(0, i64::from(HISTORY_DAYS))).unwrap_or(0)
    }

    /// The day after the last completed one whose usage is known.
    fn known_to(&self) -> NaiveDate {
        self.told_until.and_then(|last| last.succ_opt()).map_or(self.day, |next| next.min(self.day))
    }

    /// Usage of each of the last so many known days, the latest first.
    fn usage(&self, days: u32) -> Vec<Amount> {
        let mut usage = vec![Amount::ZERO; days as usize];
        for spend in &self.spend {
            let back = (self.known_to() - spend.day).num_days();
            if let Some(sum) = usize::try_from(back - 1).ok().and_then(|place| usage.get_mut(place)) {
                *sum += spend.usage;
            }
        }
        usage
    }

    /// Day by day, without an end.
    fn walk(&self, rates: Rates) -> impl Iterator<Item = Step> + '_ {
        let (mut expected, mut busy, mut steady) = (self.balance, self.balance, self.balance);
        self.day.iter_days().map(move |day| {
            let weekday = day.weekday().num_days_from_monday() as usize;
            let charges: Amount =
                self.charges.iter().filter(|charge| charge.on == day).map(|charge| charge.amount).sum();
            // The first day has paid for a part of itself.
            let paid = if day == self.day { self.spent } else { Amount::ZERO };
            let still = |rate: Amount| (rate - paid).max(Amount::ZERO);
            expected = expected - still(rates.expected[weekday]) - charges;
            busy = busy - still(rates.busy[weekday]) - charges;
            steady = steady - still(rates.steady[weekday]) - charges;
            Step { day, expected, busy, steady, charges }
        })
    }
}

impl Rates {
    /// From the usage of completed days, the latest first, that end the day before this one.
    fn of(today: NaiveDate, usage: &[Amount]) -> Self {
        let yesterday = today.weekday().num_days_from_monday() as usize + 6;
        let same_weekday = |weekday: usize| -> Vec<Amount> {
            usage.iter().skip((yesterday - weekday) % 7).step_by(7).take(4).copied().collect()
        };
        let by_weekday: [Vec<Amount>; 7] = std::array::from_fn(same_weekday);
        let mean = |days: usize| Amount::mean(&usage[..usage.len().min(days)]).unwrap_or_default();
        let steady = mean(LEAST_DAYS as usize).max(mean(HISTORY_DAYS as usize)).times(5, 4);
        Self {
            expected: std::array::from_fn(|day| Amount::mean(&by_weekday[day]).unwrap_or_default()),
            busy: std::array::from_fn(|day| Amount::percentile(&by_weekday[day], 75).unwrap_or_default()),
            steady: [steady; 7],
        }
    }
}

impl Outlook {
    /// What to add so that both cautious walks stay at or above zero to the end of `until`, rounded up to two significant
    /// digits; zero when they do anyway.
    pub fn sum_until(&self, until: NaiveDate) -> Amount {
        self.funds.sum_by(self.rates, until)
    }

    /// Days of `today` to the earliest end; `None` when it lies beyond a year.
    pub fn days_left(&self, today: NaiveDate) -> Option<i64> {
        self.earliest.day().map(|end| (end - today).num_days())
    }
}

/// To when a payment should cover: the end of this month, of the next one when fewer than 14 days of it are left.
pub fn covered_until(today: NaiveDate) -> NaiveDate {
    let end = end_of_month(today);
    if (end - today).num_days() >= 14 { end } else { end.succ_opt().map_or(end, end_of_month) }
}

fn end_of_month(day: NaiveDate) -> NaiveDate {
    let (year, month) = if day.month() == 12 { (day.year() + 1, 1) } else { (day.year(), day.month() + 1) };
    NaiveDate::from_ymd_opt(year, month, 1).and_then(|first| first.pred_opt()).unwrap_or(day)
}

/// The last day on which a payment is in time: the last working day before the earliest end, less so many working days
/// that a transfer takes. `is_working` says which days are; without a working day within two months, the day before.
pub fn pay_by(end: NaiveDate, lead_days: u32, is_working: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let mut left = lead_days;
    let before = (1..=62).filter_map(|back| end.checked_sub_days(Days::new(back)));
    let mut working = before.filter(|day| is_working(*day));
    let mut day = working.next();
    while left > 0 && day.is_some() {
        day = working.next();
        left -= 1;
    }
    day.or_else(|| end.pred_opt()).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use proptest::prelude::*;

    use super::*;

    fn sum(text: &str) -> Amount {
        Amount::parse(text).expect(text)
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    fn is_weekday(day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// Three busy weeks and a calm one: working days cost 14.25 and 11.40 in the mean, weekends 3.75 and 3.00.
    fn example() -> Funds {
        let first = day("2026-05-04");
        let spend = (0..28).map(|n| {
            let day = first + Days::new(n);
            let week = n / 7;
            let usage = match (is_weekday(day), week) {
                (true, 3) => "2.85",
                (true, _) => "14.25",
                (false, 3) => "0.75",
                (false, _) => "3.75",
            };
            DaySpend { day, usage: sum(usage), fixed: Amount::ZERO }
        });
        Funds {
            balance: sum("84.60"),
            credit_limit: Amount::ZERO,
            day: day("2026-06-01"),
            known_since: Some(first),
            told_until: Some(day("2026-05-31")),
            spent: Amount::ZERO,
            spend: spend.collect(),
            charges: vec![KnownCharge { on: day("2026-06-05"), amount: sum("12.00"), what: "number rent".into() }],
        }
    }

    fn outlook(funds: &Funds) -> Outlook {
        match funds.forecast() {
            Forecast::Lasts(outlook) => *outlook,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_walk_of_the_mail_is_walked_as_shown() {
        let outlook = outlook(&example());
        let shown: Vec<(String, String)> =
            outlook.walk.iter().take(6).map(|step| (step.expected.to_string(), step.busy.to_string())).collect();
        let pairs = [
            ("73.20", "70.35"),
            ("61.80", "56.10"),
            ("50.40", "41.85"),
            ("39.00", "27.60"),
            ("15.60", "1.35"),
            ("12.60", "-2.40"),
        ];
        assert_eq!(shown, pairs.map(|(expected, busy)| (expected.to_owned(), busy.to_owned())));
        assert_eq!(outlook.earliest, End::On(day("2026-06-06")));
        assert_eq!(outlook.expected, End::On(day("2026-06-08")));
        assert_eq!(outlook.usual_day, sum("9.00"));
        assert_eq!((outlook.usual_week[0], outlook.usual_week[6]), (sum("11.40"), sum("3.00")));
        assert_eq!(outlook.sum_until(covered_until(day("2026-06-01"))), sum("280"));
        assert_eq!(pay_by(day("2026-06-06"), 1, is_weekday), day("2026-06-04"));
        assert_eq!(outlook.days_left(day("2026-06-01")), Some(5));
    }

    #[test]
    fn what_cannot_be_foreseen_has_its_own_word() {
        let few = Funds { known_since: Some(day("2026-05-29")), ..example() };
        assert_eq!(few.forecast(), Forecast::TooLittleHistory { days: 3 });
        assert_eq!(Funds { known_since: None, ..example() }.forecast(), Forecast::TooLittleHistory { days: 0 });
        let idle = Funds { spend: vec![], charges: vec![], ..example() };
        assert_eq!(idle.forecast(), Forecast::NoSpend);
        assert_eq!(Funds { balance: Amount::ZERO, ..example() }.forecast(), Forecast::Empty);
        assert_eq!(Funds { balance: sum("-1"), credit_limit: sum("1"), ..example() }.forecast(), Forecast::Empty);
        let rich = Funds { balance: sum("1000000"), ..example() };
        assert_eq!((outlook(&rich).earliest, outlook(&rich).walk.len()), (End::BeyondAYear, 366));
        let rent = KnownCharge { on: day("2026-07-01"), amount: sum("100"), what: "rent".into() };
        let only_rent = Funds { spend: vec![], charges: vec![rent], ..example() };
        assert_eq!(outlook(&only_rent).earliest, End::On(day("2026-07-01")), "a known charge ends it too");
    }

    #[test]
    fn a_credit_limit_is_money_that_may_be_spent() {
        let with_credit = Funds { credit_limit: sum("10"), ..example() };
        assert_eq!(outlook(&with_credit).earliest, End::On(day("2026-06-08")));
        let sum_of = |funds: &Funds| outlook(funds).sum_until(day("2026-06-30"));
        assert_eq!(sum_of(&with_credit), sum_of(&example()), "a payment isn't planned to end in debt");
        let owes = Funds { balance: sum("-10"), credit_limit: sum("10"), spend: vec![], charges: vec![], ..example() };
        assert_eq!((owes.forecast(), owes.sum_until(day("2026-06-30"))), (Forecast::Empty, sum("10")));
    }

    #[test]
    fn what_was_not_told_is_not_nothing() {
        let usual = outlook(&example());
        for lag in [1, 2, 3, 10, 60] {
            let later = Funds { day: day("2026-06-01") + Days::new(lag), charges: vec![], ..example() };
            let seen = outlook(&later);
            assert_eq!((seen.usual_day, seen.usual_week, seen.days), (usual.usual_day, usual.usual_week, 28), "{lag}");
            assert_eq!(later.untold_since().is_some(), lag > 2, "{lag}: a day or two are usual");
        }
        let told = Funds { told_until: Some(day("2026-06-05")), day: day("2026-06-06"), ..example() };
        assert!(outlook(&told).usual_day < usual.usual_day, "days without an entry before the last one cost nothing");
    }

    #[test]
    fn no_end_is_in_sight_only_where_it_was_told_that_nothing_is_spent() {
        let idle = Funds { spend: vec![], charges: vec![], ..example() };
        assert_eq!(idle.forecast(), Forecast::NoSpend);
        let silent = Funds { day: day("2026-06-09"), ..idle.clone() };
        assert_eq!(silent.forecast(), Forecast::TooLittleHistory { days: 0 });
        let never = Funds { told_until: None, ..idle };
        assert_eq!(never.forecast(), Forecast::TooLittleHistory { days: 0 });
    }

    #[test]
    fn the_first_day_pays_only_what_it_has_not_paid_yet() {
        // A Monday: 11.40 at the usual rate, 14.25 if busy.
        let first = |spent| outlook(&Funds { spent: sum(spent), ..example() }).walk[0].clone();
        assert_eq!((first("10.00").expected, first("10.00").busy), (sum("83.20"), sum("80.35")));
        assert_eq!((first("30.00").expected, first("30.00").busy), (sum("84.60"), sum("84.60")), "never a gain");
        let evening = Funds { balance: sum("73.20"), spent: sum("11.40"), ..example() };
        assert_eq!(outlook(&evening).expected, outlook(&example()).expected, "the hour of a balance moves no end");
    }

    #[test]
    fn a_payment_covers_this_month_or_the_next() {
        for (today, until) in [
            ("2026-06-01", "2026-06-30"),
            ("2026-06-16", "2026-06-30"),
            ("2026-06-17", "2026-07-31"),
            ("2026-12-20", "2027-01-31"),
            ("2028-02-15", "2028-02-29"),
        ] {
            assert_eq!(covered_until(day(today)), day(until), "{today}");
        }
    }

    #[test]
    fn pay_by_is_a_working_day_before_the_end() {
        assert_eq!(pay_by(day("2026-06-08"), 0, is_weekday), day("2026-06-05"), "Monday's end, paid on Friday");
        assert_eq!(pay_by(day("2026-06-08"), 2, is_weekday), day("2026-06-03"));
        assert_eq!(pay_by(day("2026-06-08"), 1, |_| false), day("2026-06-07"), "nobody works");
    }

    fn funds() -> impl Strategy<Value = Funds> {
        let spend = prop::collection::vec((1_i64..40, 0_i64..30_000_000), 0..60);
        let charges = prop::collection::vec((0_u64..60, 0_i64..50_000_000), 0..4);
        (1_i64..2_000_000_000, 0_i64..50_000_000, spend, charges, (0_u64..40, 1_i64..9, 0_i64..30_000_000)).prop_map(
            |(balance, credit, spend, charges, (since, lag, spent))| {
                let today = day("2026-03-10");
                Funds {
                    balance: Amount::from_micros(balance),
                    credit_limit: Amount::from_micros(credit),
                    day: today,
                    known_since: today.checked_sub_days(Days::new(since)),
                    told_until: Some(today - chrono::TimeDelta::days(lag)),
                    spent: Amount::from_micros(spent),
                    spend: spend
                        .into_iter()
                        .map(|(back, usage)| DaySpend {
                            day: today - chrono::TimeDelta::days(back),
                            usage: Amount::from_micros(usage),
                            fixed: Amount::ZERO,
                        })
                        .collect(),
                    charges: charges
                        .into_iter()
                        .map(|(on, amount)| KnownCharge {
                            on: today + Days::new(on),
                            amount: Amount::from_micros(amount),
                            what: String::new(),
                        })
                        .collect(),
                }
            },
        )
    }

    proptest! {
        #[test]
        fn the_sum_keeps_the_cautious_walk_above_nothing(funds in funds(), ahead in 0_u64..60) {
            let until = funds.day + Days::new(ahead);
            if let Forecast::Lasts(before) = funds.forecast() {
                let paid = Funds { balance: funds.balance + before.sum_until(until), ..funds.clone() };
                if let Forecast::Lasts(after) = paid.forecast() {
                    prop_assert!(after.earliest > End::On(until), "{:?}", after.earliest);
                    for step in after.walk.iter().filter(|step| step.day <= until) {
                        prop_assert!(!step.busy.is_negative() && !step.steady.is_negative(), "{step:?}");
                    }
                }
            }
        }

        /// Silence is no thrift: a feed that stops leaves the rates as they were, and never says that there is no end.
        #[test]
        fn a_feed_that_stops_says_nothing_about_spend(funds in funds(), silent in 1_u64..400) {
            let later = Funds { day: funds.day + Days::new(silent), charges: vec![], ..funds.clone() };
            if let Forecast::Lasts(before) = funds.forecast() {
                match later.forecast() {
                    Forecast::Lasts(after) => prop_assert_eq!((before.rates, before.days), (after.rates, after.days)),
                    other => prop_assert!(before.usual_day == Amount::ZERO && other != Forecast::Empty, "{other:?}"),
                }
            }
            prop_assert!(later.forecast() != Forecast::NoSpend || later.untold_since().is_none());
        }

        #[test]
        fn more_money_never_ends_earlier_and_charges_never_end_it_later(funds in funds(), more in 0_i64..100_000_000) {
            let end = |funds: &Funds| match funds.forecast() {
                Forecast::Lasts(outlook) => Some((outlook.earliest, outlook.expected)),
                _ => None,
            };
            let richer = Funds { balance: funds.balance + Amount::from_micros(more), ..funds.clone() };
            if let (Some(before), Some(after)) = (end(&funds), end(&richer)) {
                prop_assert!(after.0 >= before.0 && after.1 >= before.1);
            }
            let freer = Funds { charges: vec![], ..funds.clone() };
            if let (Some(with), Some(without)) = (end(&funds), end(&freer)) {
                prop_assert!(without.0 >= with.0 && without.1 >= with.1);
            }
        }

        #[test]
        fn walks_lose_what_days_cost(funds in funds()) {
            if let Forecast::Lasts(outlook) = funds.forecast() {
                let first = &outlook.walk[0];
                let weekday = funds.day.weekday().num_days_from_monday() as usize;
                let cost = (outlook.usual_week[weekday] - funds.spent).max(Amount::ZERO);
                prop_assert_eq!(first.expected, funds.balance - cost - first.charges);
                for pair in outlook.walk.windows(2) {
                    prop_assert_eq!(pair[1].day, pair[0].day + Days::new(1));
                    prop_assert!(pair[1].expected <= pair[0].expected && pair[1].busy <= pair[0].busy);
                }
            }
        }
    }
}
