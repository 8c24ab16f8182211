//! The money of the three businesses, as a billing system would tell it: each night what a day cost and what is left, and at
//! once what moves a balance by more. Constants and functions of the time, so that a second run goes on where the first ended.
//!
//! Four stories: funds that end days after the first run; a paid period that is over; a balance that falls below nothing and
//! comes back; and a night in which two top-ups fail, one of which comes after all.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

use super::business::BUSINESSES;
use super::dice::Dice;
use crate::app::App;
use crate::domain::balance::{AutoTopup, Entry, EntryKind, Standing, Status, ToldTopup};
use crate::domain::ids::{BalanceName, ProjectId};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::period::Period;
use crate::funds;
use crate::store::balances::NewBalance;
use crate::zones::Zone;

/// Days of spend that are told before the clock moves.
const HISTORY_DAYS: u64 = 35;
/// When a day's spend has been spent, and when it is told.
const SPENT_AT: (u32, u32) = (20, 0);
const TOLD_AT: (u32, u32) = (3, 0);
/// Days between two payments, once the story is told.
const REFILLED_EVERY: i64 = 28;
const PAID_EVERY: i64 = 30;
const ACTOR: &str = "billing of the demo";

/// A day of the story.
#[derive(Clone, Copy, Debug)]
enum Day {
    /// So many days after the one on which the moved clock begins, a Sunday.
    OfWalk(i64),
    /// So many days after the first run.
    OfRun(i64),
}
use Day::{OfRun, OfWalk};

/// One balance.
struct Purse {
    project: &'static str,
    balance: &'static str,
    currency: &'static str,
    /// What a day costs, in hundredths, Monday first.
    usage: [i64; 7],
    /// What there is in the early morning of a day.
    anchor: (Day, i64),
    /// Below which sum the other comes in by itself.
    topup: Option<(i64, i64)>,
    moves: &'static [Move],
    /// The first of the payments that come again and again.
    refill: (Day, i64),
}

/// What moves a balance beside its usage.
struct Move {
    day: Day,
    at: (u32, u32),
    kind: EntryKind,
    /// In hundredths.
    cents: i64,
    what: &'static str,
    /// Told ahead: a charge that is known to come.
    is_announced: bool,
}

const fn moves(day: Day, at: (u32, u32), kind: EntryKind, cents: i64, what: &'static str) -> Move {
    Move { day, at, kind, cents, what, is_announced: false }
}

const PURSES: [Purse; 4] = [
    Purse {
        project: "vikna",
        balance: "forwarding",
        currency: "UAH",
        usage: [31_000, 32_500, 31_000, 30_500, 30_000, 15_000, 4_000],
        anchor: (OfRun(0), 90_000),
        topup: None,
        moves: &[Move { is_announced: true, ..moves(OfRun(1), (6, 0), EntryKind::Fixed, 12_000, "number rent") }],
        refill: (OfRun(2), 1_000_000),
    },
    Purse {
        project: "amstel",
        balance: "project",
        currency: "EUR",
        usage: [310, 640, 620, 700, 650, 590, 80],
        anchor: (OfWalk(3), 9_240),
        topup: None,
        moves: &[
            moves(OfWalk(3), (15, 40), EntryKind::Fixed, 10_520, "four numbers for a year"),
            moves(OfWalk(4), (11, 5), EntryKind::Topup, 25_000, "bank transfer"),
        ],
        refill: (OfWalk(18), 20_000),
    },
    Purse {
        project: "amstel",
        balance: "forwarding",
        currency: "EUR",
        usage: [420, 930, 900, 960, 900, 840, 110],
        anchor: (OfWalk(4), 8_800),
        topup: Some((8_000, 15_000)),
        moves: &[
            moves(OfWalk(4), (22, 5), EntryKind::TopupFailed, 15_000, "the bank didn’t answer"),
            moves(OfWalk(4), (23, 40), EntryKind::Topup, 15_000, "automatic"),
        ],
        refill: (OfWalk(16), 22_000),
    },
    Purse {
        project: "amstel",
        balance: "texts",
        currency: "EUR",
        usage: [90, 150, 160, 170, 150, 120, 20],
        anchor: (OfWalk(4), 2_400),
        topup: None,
        moves: &[
            moves(OfWalk(4), (22, 30), EntryKind::TopupFailed, 2_500, "the card has expired"),
            moves(OfWalk(5), (14, 0), EntryKind::Topup, 10_000, "with another card"),
        ],
        refill: (OfWalk(40), 5_000),
    },
];

/// Who pays for a period, and until when.
const TENANT: &str = "hudson";
const PAID_UNTIL: Day = OfWalk(1);
const PAYS_AGAIN: (Day, (u32, u32)) = (OfRun(1), (10, 0));

/// Something that billing tells.
#[derive(Clone, Debug)]
enum Fact {
    Entry(&'static str, Entry),
    Balance(NewBalance),
    Standing(Standing),
}

/// The stories, put on the calendar.
#[derive(Clone, Debug)]
pub(super) struct Money {
    /// Those of the businesses, in their order.
    zones: Vec<Zone>,
    begin: Instant,
    first_run: Instant,
}

impl Money {
    pub(super) fn new(zones: &[Zone], begin: Instant, first_run: Instant) -> Self {
        Self { zones: zones.to_vec(), begin, first_run }
    }

    /// When something is told next, after one instant and not after the other.
    pub(super) fn next(&self, after: Instant, until: Instant) -> Option<Instant> {
        // Something is told every night.
        let until = until.min(after.plus_seconds(2 * 86_400));
        self.told(Period::new(after, until)?).into_iter().map(|(at, ..)| at).find(|at| after < *at)
    }

    /// Takes in what is told before the clock moves: a month of spend, and how things stand.
    pub(super) async fn take_in_history(&self, app: &App) -> anyhow::Result<()> {
        let mut facts = Vec::new();
        for purse in &PURSES {
            let zone = self.zone(purse.project);
            let today = zone.date(self.begin);
            let days = today.checked_sub_days(Days::new(HISTORY_DAYS)).unwrap_or(today).iter_days();
            let is_spent = |day: &NaiveDate| moment(zone, *day, SPENT_AT) <= self.begin;
            facts.extend(days.take_while(is_spent).map(|day| (purse.project, purse.spent(zone, day))));
            let announced = purse.moves.iter().enumerate().filter(|(_, one)| one.is_announced);
            facts.extend(
                announced.map(|(n, one)| (purse.project, Fact::Entry(purse.balance, self.entry(purse, n, one)))),
            );
            facts.push((purse.project, self.balance(purse, self.begin)));
        }
        let paid_until = Some(self.day(self.zone(TENANT), PAID_UNTIL));
        facts.push((TENANT, Fact::Standing(Standing { status: Status::Active, paid_until, as_of: self.begin })));
        take_in(app, facts).await
    }

    /// Takes in what is told after one instant and not after the other, by the functions that commands and the API use.
    pub(super) async fn take_in(&self, app: &App, span: Period) -> anyhow::Result<()> {
        let told = self.told(span).into_iter().filter(|(at, ..)| span.from() < *at);
        take_in(app, told.map(|(_, project, fact)| (project, fact)).collect()).await
    }

    /// Everything that is told in a span, in order.
    fn told(&self, span: Period) -> Vec<(Instant, &'static str, Fact)> {
        let mut told = Vec::new();
        let is_in = |at: Instant| span.from() <= at && at <= span.to();
        for purse in &PURSES {
            let zone = self.zone(purse.project);
            let nights = zone.date(span.from()).iter_days().take_while(|day| *day <= zone.date(span.to()));
            for (day, at) in nights.map(|day| (day, moment(zone, day, TOLD_AT))).filter(|(_, at)| is_in(*at)) {
                told.push((at, purse.project, purse.spent(zone, day - Days::new(1))));
                told.push((at, purse.project, self.balance(purse, at)));
            }
            for (n, one) in purse.moves.iter().enumerate() {
                let at = self.moment(zone, one.day, one.at);
                if is_in(at) {
                    let entry = Fact::Entry(purse.balance, self.entry(purse, n, one));
                    told.extend((!one.is_announced).then_some((at, purse.project, entry)));
                    told.push((at, purse.project, self.balance(purse, at)));
                }
            }
            for (n, at) in self.refills(purse, span.to()).into_iter().enumerate().filter(|(_, at)| is_in(*at)) {
                let entry = Entry {
                    id: format!("{}-refill-{n}", purse.balance),
                    at,
                    kind: EntryKind::Topup,
                    amount: cents(purse.refill.1),
                    what: "bank transfer".into(),
                };
                told.push((at, purse.project, Fact::Entry(purse.balance, entry)));
                told.push((at, purse.project, self.balance(purse, at)));
            }
        }
        let zone = self.zone(TENANT);
        let (first, time) = PAYS_AGAIN;
        for n in 0.. {
            let day = shifted(self.day(zone, first), n * PAID_EVERY);
            let at = moment(zone, day, time);
            if at > span.to() {
                break;
            }
            let paid_until = Some(shifted(day, PAID_EVERY));
            let standing = Standing { status: Status::Active, paid_until, as_of: at };
            told.extend(is_in(at).then_some((at, TENANT, Fact::Standing(standing))));
        }
        // What moved a balance is known before the balance.
        told.sort_by_key(|(at, _, fact)| (*at, !matches!(fact, Fact::Entry(..))));
        told
    }

    fn zone(&self, project: &str) -> &Zone {
        let at = BUSINESSES.iter().position(|business| business.project == project).unwrap_or(0);
        &self.zones[at]
    }

    fn day(&self, zone: &Zone, day: Day) -> NaiveDate {
        match day {
            OfWalk(n) => shifted(self.begin.to_utc().map_or(zone.date(self.begin), |at| at.date_naive()), n),
            OfRun(n) => shifted(zone.date(self.first_run), n),
        }
    }

    fn moment(&self, zone: &Zone, day: Day, time: (u32, u32)) -> Instant {
        moment(zone, self.day(zone, day), time)
    }

    fn refills(&self, purse: &Purse, until: Instant) -> Vec<Instant> {
        let zone = self.zone(purse.project);
        let first = self.day(zone, purse.refill.0);
        let all = (0..).map(|n| moment(zone, shifted(first, n * REFILLED_EVERY), (15, 0)));
        all.take_while(|at| *at <= until).collect()
    }

    fn entry(&self, purse: &Purse, n: usize, one: &Move) -> Entry {
        Entry {
            id: format!("{}-move-{n}", purse.balance),
            at: self.moment(self.zone(purse.project), one.day, one.at),
            kind: one.kind,
            amount: cents(one.cents),
            what: one.what.into(),
        }
    }

    /// A balance as it stands at an instant.
    fn balance(&self, purse: &Purse, at: Instant) -> Fact {
        let zone = self.zone(purse.project);
        let (day, anchor) = purse.anchor;
        let anchored = self.moment(zone, day, TOLD_AT);
        let sum = match at >= anchored {
            true => anchor + self.moved(purse, anchored, at),
            false => anchor - self.moved(purse, at, anchored),
        };
        let topup = |(below, amount)| AutoTopup { below: cents(below), amount: cents(amount) };
        Fact::Balance(NewBalance {
            name: name(purse.balance),
            currency: purse.currency.into(),
            amount: cents(sum),
            credit_limit: None,
            auto_topup: purse.topup.map_or(ToldTopup::AsItWas, |both| ToldTopup::On(topup(both))),
            as_of: at,
        })
    }

    /// By how much, in hundredths, a balance moves after one instant and not after the other.
    fn moved(&self, purse: &Purse, from: Instant, to: Instant) -> i64 {
        let zone = self.zone(purse.project);
        let is_in = |at: Instant| from < at && at <= to;
        let days = zone.date(from).iter_days().take_while(|day| *day <= zone.date(to));
        let spent: i64 = days.filter(|day| is_in(moment(zone, *day, SPENT_AT))).map(|day| purse.usage_of(day)).sum();
        let moves = purse.moves.iter().filter(|one| is_in(self.moment(zone, one.day, one.at)));
        let moved: i64 = moves
            .map(|one| match one.kind {
                EntryKind::Topup | EntryKind::Refund | EntryKind::Adjustment => one.cents,
                EntryKind::Fixed | EntryKind::Usage => -one.cents,
                EntryKind::TopupFailed => 0,
            })
            .sum();
        let refills = self.refills(purse, to).into_iter().filter(|at| is_in(*at)).count();
        moved - spent + purse.refill.1 * i64::try_from(refills).unwrap_or(0)
    }
}

impl Purse {
    fn usage_of(&self, day: NaiveDate) -> i64 {
        let usual = self.usage[day.weekday().days_since(Weekday::Mon) as usize];
        usual * Dice::of(&format!("{}/{}/{day}/spend", self.project, self.balance)).between(95, 105) / 100
    }

    fn spent(&self, zone: &Zone, day: NaiveDate) -> Fact {
        let entry = Entry {
            id: format!("{}-usage-{day}", self.balance),
            at: moment(zone, day, SPENT_AT),
            kind: EntryKind::Usage,
            amount: cents(self.usage_of(day)),
            what: "calls and messages".into(),
        };
        Fact::Entry(self.balance, entry)
    }
}

async fn take_in(app: &App, facts: Vec<(&'static str, Fact)>) -> anyhow::Result<()> {
    let mut facts = facts.into_iter().peekable();
    while let Some((id, fact)) = facts.next() {
        let Some(project) = app.store.project(&ProjectId::parse(id)?).await? else { continue };
        match fact {
            Fact::Balance(balance) => drop(funds::set_balance(app, &project, &balance, ACTOR).await?),
            Fact::Standing(standing) => drop(funds::set_standing(app, &project, standing, ACTOR).await?),
            Fact::Entry(balance, first) => {
                let mut entries = vec![first];
                let is_next =
                    |next: &(&str, Fact)| matches!(next, (of, Fact::Entry(name, _)) if *of == id && *name == balance);
                while let Some((_, Fact::Entry(_, entry))) = facts.next_if(is_next) {
                    entries.push(entry);
                }
                funds::add_entries(app, &project, &name(balance), &entries, ACTOR).await?;
            }
        }
    }
    Ok(())
}

fn name(balance: &str) -> BalanceName {
    match BalanceName::parse(balance) {
        Ok(name) => name,
        Err(_) => unreachable!("the names of the demo's balances are names"),
    }
}

fn cents(cents: i64) -> Amount {
    Amount::from_micros(cents * 10_000)
}

fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(chrono::Duration::days(days)).unwrap_or(day)
}

fn moment(zone: &Zone, day: NaiveDate, (hour, minute): (u32, u32)) -> Instant {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    zone.resolve(day.and_time(time)).earliest()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::forecast::{DaySpend, Forecast, Funds, KnownCharge};
    use crate::zones::Zones;

    fn money(first_run: &str) -> Money {
        let zones = Zones::bundled();
        let zones: Vec<Zone> = BUSINESSES.iter().map(|one| zones.get(one.zone).expect("a zone")).collect();
        let first_run = Instant::parse_rfc3339(first_run).expect("an instant");
        Money::new(&zones, super::super::walk::begin(first_run).expect("a Sunday"), first_run)
    }

    fn amount(fact: Fact) -> Amount {
        match fact {
            Fact::Balance(balance) => balance.amount,
            other => panic!("{other:?}"),
        }
    }

    /// Days to the earliest end, as of the early morning so many days after the first run.
    fn days_left(money: &Money, day: i64) -> i64 {
        let purse = &PURSES[0];
        let zone = money.zone(purse.project);
        let today = money.day(zone, OfRun(day));
        let spend = (1..=28).map(|n| {
            let day = shifted(today, -n);
            DaySpend { day, usage: cents(purse.usage_of(day)), fixed: Amount::ZERO }
        });
        let rent = &purse.moves[0];
        let funds = Funds {
            balance: amount(money.balance(purse, moment(zone, today, TOLD_AT))),
            credit_limit: Amount::ZERO,
            day: today,
            known_since: Some(shifted(today, -35)),
            told_until: Some(shifted(today, -1)),
            spent: Amount::ZERO,
            spend: spend.collect(),
            charges: vec![KnownCharge {
                on: money.day(zone, rent.day),
                amount: cents(rent.cents),
                what: "rent".into(),
            }],
        };
        let Forecast::Lasts(lasts) = funds.forecast() else { panic!("{funds:?}") };
        lasts.days_left(today).expect("an end is in sight")
    }

    #[test]
    fn whatever_weekday_it_is_first_run_on_funds_end_within_days_and_were_warned_of_before() {
        for day in 16..30 {
            for hour in ["00", "12", "23"] {
                let money = money(&format!("2026-11-{day}T{hour}:30:00Z"));
                let left: Vec<i64> = (-7..=0).map(|day| days_left(&money, day)).collect();
                assert!((1..=2).contains(&left[7]) && left[6] <= 3, "{day} {hour}: {left:?}");
                assert!(left.is_sorted_by(|a, b| a >= b), "{day} {hour}: {left:?}");
                assert!((4..=7).contains(&left[3]) && left[1] <= 7, "{day} {hour}: {left:?}");
            }
        }
    }

    #[test]
    fn what_is_told_in_two_halves_is_what_is_told_at_once() {
        let money = money("2026-11-18T11:20:00Z");
        let end = money.begin.plus_seconds(90 * 86_400);
        let whole = money.told(Period::new(money.begin, end).expect("in order"));
        let mut at = money.begin;
        let mut pieces = Vec::new();
        while let Some(next) = money.next(at, end) {
            let of = money.told(Period::new(at, next).expect("in order"));
            pieces.extend(of.into_iter().filter(|(told, ..)| at < *told));
            at = next;
        }
        let shown = |told: &[(Instant, &str, Fact)]| format!("{told:?}");
        assert_eq!(shown(&pieces), shown(&whole));
        assert!(whole.len() > 90 * 8, "{}", whole.len());
        let below = whole.iter().filter(|(.., fact)| matches!(fact, Fact::Balance(one) if one.amount.is_negative()));
        let below: Vec<_> = below.map(|(_, project, _)| *project).collect();
        assert!(!below.is_empty() && below.iter().all(|project| *project == "amstel"), "{below:?}");
        assert!(below.len() <= 2, "for one night: {below:?}");
    }
}
