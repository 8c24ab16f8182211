//! How long money lasts, reckoned day by day from the definitions: the mean of the last four same weekdays, the third of four, and
//! the larger mean of seven and twenty-eight days plus a quarter.

use callbrief::domain::forecast::{DaySpend, End, Forecast, Funds, KnownCharge};
use callbrief::domain::money::Amount;
use chrono::{Datelike, Days, NaiveDate};

use crate::chaos::dice::Dice;

/// Parts rounded up: what is cautious stays so.
fn share(sum: i64, of: i64) -> i64 {
    sum.div_euclid(of) + i64::from(sum.rem_euclid(of) != 0)
}

fn mean(costs: &[i64]) -> i64 {
    if costs.is_empty() { 0 } else { share(costs.iter().sum(), costs.len() as i64) }
}

/// What each of the last known days cost, the latest first.
fn history(funds: &Funds) -> Vec<(NaiveDate, i64)> {
    let mut days = Vec::new();
    let mut day = funds.day;
    while days.len() < 28 {
        day = day.pred_opt().expect("a date");
        if funds.known_since.is_none_or(|since| day < since) {
            break;
        }
        // What wasn't told yet is left out, and isn't nothing.
        if funds.told_until.is_none_or(|last| day <= last) {
            let spent = funds.spend.iter().filter(|spend| spend.day == day).map(|spend| spend.usage.as_micros()).sum();
            days.push((day, spent));
        }
    }
    days
}

/// What days are taken to cost: usual, busy, steady.
fn rates(days: &[(NaiveDate, i64)], day: NaiveDate) -> [i64; 3] {
    let same: Vec<i64> =
        days.iter().filter(|(other, _)| other.weekday() == day.weekday()).map(|(_, cost)| *cost).take(4).collect();
    let mut sorted = same.clone();
    sorted.sort_unstable();
    // By nearest rank: the third of four, of three, the second of two.
    let busy = match sorted.len() {
        0 => 0,
        1 => sorted[0],
        2 => sorted[1],
        _ => sorted[2],
    };
    let costs: Vec<i64> = days.iter().map(|(_, cost)| *cost).collect();
    let steady = share(mean(&costs[..costs.len().min(7)]).max(mean(&costs)) * 5, 4);
    [mean(&same), busy, steady]
}

/// What is left at the end of each day for a year, by each of the three rates.
fn walk(funds: &Funds, days: &[(NaiveDate, i64)]) -> Vec<(NaiveDate, [i64; 3])> {
    let mut left = [funds.balance.as_micros(); 3];
    (0..=365)
        .map(|ahead| {
            let day = funds.day + Days::new(ahead);
            let charged: i64 =
                funds.charges.iter().filter(|charge| charge.on == day).map(|charge| charge.amount.as_micros()).sum();
            let paid = if ahead == 0 { funds.spent.as_micros() } else { 0 };
            for (left, rate) in left.iter_mut().zip(rates(days, day)) {
                *left -= (rate - paid).max(0) + charged;
            }
            (day, left)
        })
        .collect()
}

/// Two digits that say something, and never less.
fn two_digits(sum: i64) -> i64 {
    let mut step = 1;
    while sum > step * 99 {
        step *= 10;
    }
    if sum <= 0 { 0 } else { share(sum, step) * step }
}

fn any_funds(dice: &mut Dice) -> Funds {
    let today = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date") + Days::new(dice.below(400) as u64);
    let amount = |dice: &mut Dice, most: usize| Amount::from_micros(dice.below(most) as i64);
    let is_idle = dice.chance(10);
    let spend = (0..dice.below(70)).map(|_| DaySpend {
        day: today - Days::new(dice.below(45) as u64),
        usage: if is_idle { Amount::ZERO } else { amount(dice, 30_000_000) },
        fixed: amount(dice, 5_000_000),
    });
    let spend = spend.collect();
    Funds {
        balance: Amount::from_micros(dice.below(2_000_000_000) as i64 - 100_000_000),
        credit_limit: if dice.chance(50) { amount(dice, 80_000_000) } else { Amount::ZERO },
        day: today,
        known_since: if dice.chance(90) { Some(today - Days::new(dice.below(45) as u64)) } else { None },
        told_until: if dice.chance(85) { Some(today - Days::new(dice.below(9) as u64)) } else { None },
        spent: if dice.chance(50) { amount(dice, 20_000_000) } else { Amount::ZERO },
        spend,
        charges: (0..dice.below(5))
            .map(|_| KnownCharge {
                on: today + Days::new(dice.below(60) as u64),
                amount: amount(dice, 50_000_000),
                what: "number rent".to_owned(),
            })
            .collect(),
    }
}

#[test]
fn money_lasts_as_long_as_a_walk_from_day_to_day_says() {
    let mut dice = Dice::of(20_261_123);
    let mut lasting = 0;
    for _ in 0..1_500 {
        let funds = any_funds(&mut dice);
        let days = history(&funds);
        let walk = walk(&funds, &days);
        let over = |left: i64| left + funds.credit_limit.as_micros() < 0;
        let first =
            |is_over: &dyn Fn(&[i64; 3]) -> bool| walk.iter().find(|(_, left)| is_over(left)).map(|(day, _)| *day);
        let expected = first(&|left| over(left[0]));
        let earliest = first(&|left| over(left[1]) || over(left[2]));
        match funds.forecast() {
            Forecast::Empty => assert!(funds.balance.as_micros() + funds.credit_limit.as_micros() <= 0, "{funds:?}"),
            Forecast::TooLittleHistory { days: 0 } if days.len() >= 7 => {
                let silent_days = funds.told_until.map(|last| (funds.day - last).num_days());
                assert!(silent_days.is_none_or(|silent| silent > 3) && earliest.is_none(), "{funds:?}");
                assert!(days.iter().all(|(_, cost)| *cost == 0), "{funds:?}");
            }
            Forecast::TooLittleHistory { days: known } => {
                assert!(known < 7 && days.len() == known as usize, "{funds:?}")
            }
            Forecast::NoSpend => {
                assert!(earliest.is_none() && days.len() >= 7 && days.iter().all(|(_, cost)| *cost == 0), "{funds:?}");
            }
            Forecast::Lasts(outlook) => {
                lasting += 1;
                assert!(days.len() >= 7 && outlook.days as usize == days.len(), "{funds:?}");
                assert_eq!((outlook.expected.day(), outlook.earliest.day()), (expected, earliest), "{funds:?}");
                assert!(outlook.earliest <= outlook.expected || outlook.expected == End::BeyondAYear, "{funds:?}");
                let costs: Vec<i64> = days.iter().map(|(_, cost)| *cost).collect();
                assert_eq!(outlook.usual_day.as_micros(), mean(&costs), "{funds:?}");
                for step in &outlook.walk {
                    let (_, left) = walk.iter().find(|(day, _)| *day == step.day).expect("within a year");
                    let told = [step.expected, step.busy, step.steady].map(Amount::as_micros);
                    assert_eq!(&told, left, "{} {funds:?}", step.day);
                }
                let until = funds.day + Days::new(dice.below(60) as u64);
                let lowest = walk.iter().take_while(|(day, _)| *day <= until).map(|(_, left)| left[1].min(left[2]));
                let lowest = lowest.min().expect("a day").min(funds.balance.as_micros());
                assert_eq!(outlook.sum_until(until).as_micros(), two_digits(-lowest), "to {until}: {funds:?}");
            }
        }
    }
    assert!(lasting > 500, "{lasting} that say something");
}
