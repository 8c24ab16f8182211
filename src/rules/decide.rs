//! From facts to decisions: each rule's finding is taken through its episode, then the worst of one thing speaks for the
//! others. Of a balance, one that is empty covers everything else; funds that end within three days cover the fixed limit,
//! and the limit covers a warning of the same hour. What is covered counts as known.

use super::{Facts, Of, RULES, Rule, Topup, late, recovered, topup_failed};
use crate::domain::balance::Status;
use crate::domain::episode::{Episode, Level, Quiet, Told};

/// One rule's decision about one thing.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    pub rule: &'static Rule,
    pub before: Episode,
    pub after: Episode,
    pub told: Told,
    /// Whether a payment came, which ended its episode.
    pub is_paid: bool,
    /// The level that the rule finds now, told before or not.
    found: Option<Level>,
}

impl Judged {
    /// The level at which it stands; `None`: it is well, or better within its margin, or what happened was made good.
    pub(super) fn stands(&self) -> Option<Level> {
        self.found.filter(|_| self.after.is_open)
    }
}

/// Judges one thing by every rule that is about it; `remembered` gives the episode of a rule by its name.
pub fn judge(facts: &Facts<'_>, remembered: impl Fn(&str) -> Episode) -> Vec<Judged> {
    let failing = topup_failed::still_failing(facts, &remembered);
    let facts = &Facts { balance: failing.as_ref().or(facts.balance), ..*facts };
    let of = if facts.balance.is_some() { Of::Balance } else { Of::Project };
    let is_archived = facts.standing.is_some_and(|standing| standing.status == Status::Archived);
    let mut judged: Vec<Judged> = RULES
        .iter()
        .filter(|rule| rule.of == of && (!is_archived || rule.name == "status"))
        .filter_map(|rule| {
            let before = remembered(rule.name);
            let found = (rule.find)(facts)?;
            let (after, told) = before.step(found);
            Some(Judged { rule, before, after, told, is_paid: before.is_paid_by(&found), found: found.level })
        })
        .collect();
    if of == Of::Balance {
        cover(&mut judged, facts.balance.is_some_and(|balance| balance.topup != Topup::None));
        recovered::merge(&mut judged);
    } else {
        judged.iter_mut().for_each(|one| recovered::merge(std::slice::from_mut(one)));
    }
    match of {
        Of::Balance => late::widen(&mut judged, facts),
        Of::Project => judged.iter_mut().for_each(|one| late::widen(std::slice::from_mut(one), facts)),
    }
    if facts.is_promised {
        judged.iter_mut().filter(|one| one.rule.yields_to_promise).for_each(keep_quiet);
    }
    judged
}

/// A level that is reached while a payment is on its way isn't known: it is told the day after, unless the payment came. What came
/// ends that quiet, and the level that is left begins anew with the next look.
fn keep_quiet(one: &mut Judged) {
    if one.told.level().is_some() {
        let height = one.after.height.filter(|_| one.before.is_open);
        one.after = match one.is_paid {
            true => {
                Episode { height: None, limits: one.after.limits, settled: one.after.settled, ..one.before.closed() }
            }
            false => Episode { height, ..one.before },
        };
        one.told = Told::Nothing(Quiet::PaymentPromised);
    }
}

fn cover(judged: &mut [Judged], tops_up_itself: bool) {
    let known = |name: &str| judged.iter().find(|one| one.rule.name == name).and_then(|one| one.after.known);
    let is_empty = known("balance_negative") == Some(Level::Empty);
    let is_ending = known("funds") == Some(Level::Critical);
    let is_low = judged.iter().any(|one| one.rule.name == "low_balance" && matches!(one.told, Told::Level(_)));
    // Where a balance tops itself up, that this didn't come is the news.
    let is_told = |one: &Judged| one.rule.name == "topup_failed" && matches!(one.told, Told::Level(_));
    let is_topup = tops_up_itself && judged.iter().any(is_told);
    for one in judged {
        if is_empty && one.rule.name == "funds" && one.told == Told::Nothing(Quiet::WithinMargin) {
            one.told = Told::Nothing(Quiet::Covered);
        }
        let Told::Level(level) = one.told else { continue };
        let is_covered = match one.rule.name {
            "funds" => is_empty || ((is_low || is_topup) && level == Level::Warning),
            "low_balance" => is_empty || is_ending || is_topup,
            _ => false,
        };
        if is_covered {
            one.after = one.after.covered(one.before);
            one.told = Told::Nothing(Quiet::Covered);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use chrono::{Days as Span, NaiveDate};
    use proptest::prelude::*;

    use super::super::{BalanceFacts, Days, Sight};
    use super::*;
    use crate::domain::instant::Instant;
    use crate::domain::money::Amount;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day") + Span::new(n)
    }

    fn units(amount: i64) -> Amount {
        Amount::from_micros(amount * 1_000_000)
    }

    /// A balance that costs ten units a day.
    fn balance(amount: i64, low: Option<i64>, n: u64) -> BalanceFacts {
        let sight = if amount <= 0 {
            Sight::Empty
        } else {
            Sight::Ends(day(n + u64::try_from(amount).expect("above nothing") / 10))
        };
        BalanceFacts {
            amount: units(amount),
            credit_limit: Amount::ZERO,
            low: low.map(units),
            sight,
            usual_day: units(10),
            is_stale: false,
            is_usage_late: false,
            has_failed_topup: false,
            topup_event: None,
            topped_up_at: None,
            topup: Topup::None,
        }
    }

    #[derive(Default)]
    struct Memory {
        episodes: BTreeMap<&'static str, Episode>,
        is_promised: bool,
        pay_by: Option<NaiveDate>,
    }

    /// Ten units a day again, Monday the first of June; nobody works on the sixth and seventh day of a week.
    fn is_working(day_: NaiveDate) -> bool {
        (day_ - day(0)).num_days() % 7 < 5
    }

    impl Memory {
        fn look(&mut self, facts: BalanceFacts, n: u64) -> Vec<Judged> {
            let facts = Facts {
                days: Days::of(day(n), |day| self.pay_by.is_none() || is_working(day)),
                standing: None,
                balance: Some(&facts),
                pay_by: self.pay_by,
                is_promised: self.is_promised,
            };
            let judged = judge(&facts, |rule| self.episodes.get(rule).copied().unwrap_or_default());
            self.episodes.extend(judged.iter().map(|one| (one.rule.name, one.after)));
            judged
        }

        fn told(&mut self, facts: BalanceFacts, n: u64) -> String {
            let said = self.look(facts, n).into_iter().filter_map(|one| match one.told {
                Told::Level(level) => Some(format!("{} {}", one.rule.name, level.name())),
                Told::PayByPassed(level) => Some(format!("{} {} too late", one.rule.name, level.name())),
                Told::Recovered => Some(format!("{} well", one.rule.name)),
                Told::Nothing(_) => None,
            });
            said.collect::<Vec<_>>().join(", ")
        }
    }

    fn walk(amounts: &[i64], low: Option<i64>) -> Vec<String> {
        let mut memory = Memory::default();
        (0..).zip(amounts).map(|(n, amount)| memory.told(balance(*amount, low, n), n)).collect()
    }

    #[test]
    fn a_balance_that_falls_is_told_at_each_level_and_when_it_is_well_again() {
        assert_eq!(
            walk(&[100, 90, 79, 70, 35, 25, 15, 5, -5, -15, 300, 290], None),
            [
                "",
                "",
                "funds warning",
                "",
                "funds critical",
                "",
                "",
                "",
                "balance_negative empty",
                "",
                "balance_negative well",
                ""
            ]
        );
    }

    #[test]
    fn the_worst_speaks_for_the_others() {
        assert_eq!(walk(&[200, 60], Some(65)), ["", "low_balance critical"], "and covers a warning of the same hour");
        assert_eq!(
            walk(&[200, 120, 60, 30], Some(130)),
            ["", "low_balance critical", "funds warning", "funds critical"]
        );
        assert_eq!(walk(&[200, 38, 19], Some(20)), ["", "funds critical", ""], "three days are worse than a limit");
        assert_eq!(walk(&[200, -5], Some(50)), ["", "balance_negative empty"]);
        assert_eq!(
            walk(&[200, 60, -5, 40, 300], Some(50)),
            ["", "funds warning", "balance_negative empty", "low_balance critical", "low_balance well"]
        );
    }

    #[test]
    fn a_payment_that_is_too_small_begins_anew() {
        assert_eq!(
            walk(&[60, 30, 65, 30, 300], None),
            ["funds warning", "funds critical", "funds warning", "funds critical", "funds well"]
        );
    }

    #[test]
    fn a_changed_limit_is_silent_and_hides_nothing_worse() {
        let mut memory = Memory::default();
        assert_eq!(memory.told(balance(200, Some(50), 0), 0), "");
        assert_eq!(memory.told(balance(190, Some(195), 1), 1), "");
        assert_eq!(memory.told(balance(180, Some(195), 2), 2), "");
        assert_eq!(memory.told(balance(30, Some(500), 3), 3), "funds critical", "the forecast isn't the limit");
        assert_eq!(memory.told(balance(-1, Some(900), 4), 4), "balance_negative empty");
    }

    #[test]
    fn while_a_balance_tops_itself_up_low_funds_are_nobodys_news() {
        let works = Topup::Works;
        let with = |amount, topup, n| BalanceFacts { topup, ..balance(amount, Some(50), n) };
        let mut memory = Memory::default();
        assert_eq!(memory.told(with(60, works, 0), 0), "");
        assert_eq!(memory.told(with(40, works, 1), 1), "");
        assert_eq!(memory.told(with(300, works, 2), 2), "", "it came, and nobody had heard of anything");
        assert_eq!(memory.told(with(45, works, 3), 3), "");
        assert_eq!(memory.told(with(44, Topup::Late, 4), 4), "topup_failed warning", "one word, not three");
        assert_eq!(memory.told(with(43, Topup::Late, 5), 5), "");
        assert_eq!(memory.told(with(25, Topup::Late, 6), 6), "funds critical", "worse is told again");
        assert_eq!(memory.told(with(-1, works, 7), 7), "balance_negative empty", "whatever works");
        assert_eq!(memory.told(with(400, works, 8), 8), "balance_negative well");
        let failed = BalanceFacts { has_failed_topup: true, ..with(48, Topup::Failed, 9) };
        assert_eq!(memory.told(failed, 9), "topup_failed warning");
    }

    #[test]
    fn a_top_up_that_failed_works_again_when_money_came_and_not_when_a_week_is_over() {
        let with = |amount, topup, n| BalanceFacts {
            topup,
            topup_event: Some(Instant::from_seconds(5)),
            ..balance(amount, Some(50), n)
        };
        let failed = |amount, n| BalanceFacts { has_failed_topup: true, ..with(amount, Topup::Failed, n) };
        let mut memory = Memory::default();
        assert_eq!(memory.told(failed(160, 0), 0), "topup_failed warning");
        assert_eq!(memory.told(with(90, Topup::Works, 8), 8), "", "nothing is near");
        assert_eq!(memory.told(with(70, Topup::Works, 10), 10), "funds warning");
        assert_eq!(memory.told(with(45, Topup::Works, 12), 12), "low_balance critical");
        assert_eq!(memory.told(with(300, Topup::Works, 13), 13), "funds well");
        assert_eq!(memory.told(with(45, Topup::Works, 30), 30), "", "it works");
    }

    #[test]
    fn what_was_said_to_be_over_is_told_when_it_comes_back() {
        let told: Vec<String> = walk(&[95, 65, 76, 83, 88, 84, 82, 79, 78], Some(70));
        assert_eq!(
            told.iter().filter(|told| !told.is_empty()).collect::<Vec<_>>(),
            ["low_balance critical", "low_balance well", "funds warning"],
            "the limit was well again while the forecast was within its margin"
        );
    }

    #[test]
    fn money_ends_a_failed_top_up_and_the_failure_is_not_told_again() {
        let event = |n| Some(Instant::from_seconds(n));
        let failed =
            |amount, n, event| BalanceFacts { has_failed_topup: true, topup_event: event, ..balance(amount, None, n) };
        let mut memory = Memory::default();
        assert_eq!(memory.told(failed(120, 0, event(5)), 0), "topup_failed warning");
        assert_eq!(memory.told(failed(320, 1, event(5)), 1), "topup_failed well", "no entry says so, the sum does");
        assert_eq!(memory.told(failed(310, 2, event(5)), 2), "", "the failure shows for a week");
        assert_eq!(memory.told(failed(300, 3, event(9)), 3), "topup_failed warning", "another one");
    }

    #[test]
    fn while_usage_is_not_told_nothing_but_money_says_that_all_is_well() {
        let late = |amount, n| BalanceFacts { is_usage_late: true, ..balance(amount, None, n) };
        let mut memory = Memory::default();
        assert_eq!(memory.told(balance(60, None, 0), 0), "funds warning");
        let lucky = BalanceFacts { sight: Sight::Ends(day(40)), ..late(55, 1) };
        assert_eq!(memory.told(lucky, 1), "", "a longer walk is no news");
        assert_eq!(memory.told(BalanceFacts { sight: Sight::NoEnd, ..late(50, 2) }, 2), "");
        assert_eq!(memory.told(late(30, 3), 3), "funds critical", "what is worse is told");
        assert_eq!(memory.told(late(300, 4), 4), "funds well", "money is money");
    }

    #[test]
    fn a_sum_about_zero_is_told_once_and_a_euro_is_not_sufficient() {
        let about_zero = |low: Option<i64>, usual: i64| {
            let mut memory = Memory::default();
            let mut told = |n, amount| {
                let facts = BalanceFacts {
                    sight: if amount > 0 { Sight::Unknown } else { Sight::Empty },
                    usual_day: units(usual),
                    ..balance(amount, low, n)
                };
                memory.told(facts, n)
            };
            let walk = [-1, 1, -1, 2, -1, 3, 300];
            (0..).zip(walk).map(|(n, amount)| told(n, amount)).filter(|told| !told.is_empty()).collect::<Vec<_>>()
        };
        for (low, usual) in [(None, 0), (None, 10), (Some(50), 0), (Some(50), 10)] {
            assert_eq!(about_zero(low, usual), ["balance_negative empty", "balance_negative well"], "{low:?} {usual}");
        }
    }

    #[test]
    fn while_a_lesser_level_stands_nothing_is_sufficient_and_what_nobody_knows_of_is_told() {
        // In small steps, of which none is a payment.
        let slowly = |memory: &mut Memory, from: u64, amounts: &[i64]| {
            let facts = |amount, n| BalanceFacts { sight: Sight::Unknown, ..balance(amount, Some(50), n) };
            (from..).zip(amounts).map(|(n, amount)| memory.told(facts(*amount, n), n)).collect::<Vec<_>>()
        };
        let mut memory = Memory::default();
        assert_eq!(
            slowly(&mut memory, 0, &[-1, 5, 12, 20, 30, 40, 49, 55, 61]),
            ["balance_negative empty", "", "low_balance critical", "", "", "", "", "", "low_balance well"],
            "covered by the worse one, so nobody knew of it"
        );
        let mut memory = Memory::default();
        assert_eq!(
            slowly(&mut memory, 0, &[45, -1, 5, 12, 20, 30, 40, 49, 55, 61]),
            ["low_balance critical", "balance_negative empty", "", "", "", "", "", "", "", "low_balance well"]
        );
        assert_eq!(slowly(&mut memory, 20, &[-1, 40])[1], "low_balance critical", "at once: the same");
    }

    #[test]
    fn other_credit_is_no_payment_but_what_it_takes_away_is_told() {
        let with = |amount: i64, credit: i64, n| {
            let sight = match u64::try_from(amount + credit) {
                Ok(left @ 1..) => Sight::Ends(day(n + left / 10)),
                _ => Sight::Empty,
            };
            BalanceFacts { credit_limit: units(credit), sight, ..balance(amount, None, n) }
        };
        let mut memory = Memory::default();
        assert_eq!(memory.told(with(60, 0, 0), 0), "funds warning");
        assert_eq!(memory.told(with(-10, 0, 1), 1), "balance_negative empty");
        assert_eq!(memory.told(with(-10, 500, 2), 2), "", "nobody paid");
        assert_eq!(memory.told(with(-20, 500, 3), 3), "");
        assert_eq!(memory.told(with(-20, 0, 4), 4), "balance_negative empty", "and service ends");
        assert_eq!(memory.told(with(-20, 500, 5), 5), "");
        assert_eq!(memory.told(with(400, 0, 6), 6), "", "well it was");
    }

    #[test]
    fn empty_funds_are_covered_by_the_word_that_they_are() {
        let mut memory = Memory::default();
        memory.look(balance(30, None, 0), 0);
        let judged = memory.look(balance(-5, None, 1), 1);
        let funds = judged.iter().find(|one| one.rule.name == "funds").expect("it is judged");
        assert_eq!(funds.told, Told::Nothing(Quiet::Covered));
    }

    #[test]
    fn a_payment_on_its_way_quiets_everything_but_an_empty_balance_and_hides_nothing_after() {
        let mut memory = Memory::default();
        assert_eq!(memory.told(balance(60, None, 0), 0), "funds warning");
        memory.is_promised = true;
        assert_eq!(memory.told(balance(30, None, 1), 1), "");
        assert_eq!(memory.told(balance(25, Some(26), 2), 2), "");
        memory.is_promised = false;
        assert_eq!(memory.told(balance(20, Some(26), 3), 3), "funds critical", "it didn't come");
        memory.is_promised = true;
        assert_eq!(memory.told(balance(-1, None, 4), 4), "balance_negative empty", "the negative one is never quiet");
        assert_eq!(memory.told(balance(300, None, 5), 5), "balance_negative well", "and the payment is told");
    }

    #[test]
    fn a_payment_that_came_is_not_on_its_way_any_more() {
        // As the job does: what came ends what was said of it.
        let mut memory = Memory::default();
        let look = |memory: &mut Memory, amount, n| {
            let judged = memory.look(balance(amount, Some(50), n), n);
            memory.is_promised &= !judged.iter().any(|one| one.is_paid);
            let told = judged.iter().filter_map(|one| one.told.level()).count();
            (told, judged.iter().filter(|one| one.told == Told::Recovered).count())
        };
        assert_eq!(look(&mut memory, 40, 0), (1, 0));
        memory.is_promised = true;
        assert_eq!(look(&mut memory, 30, 1), (0, 0), "quiet");
        assert_eq!(look(&mut memory, 45, 1), (0, 0), "something came");
        assert!(!memory.is_promised);
        assert_eq!(look(&mut memory, 45, 1), (1, 0), "and isn't enough");
        memory.is_promised = true;
        assert_eq!(look(&mut memory, 900, 2), (0, 1));
        assert!(!memory.is_promised);
        assert_eq!(look(&mut memory, 30, 3), (1, 0), "the next one isn't quiet");
    }

    #[test]
    fn the_day_to_pay_passes_between_two_levels_and_whoever_joins_is_told_once() {
        let mut memory = Memory { pay_by: Some(day(4)), ..Memory::default() };
        let ends = |in_days: u64, n: u64| BalanceFacts { sight: Sight::Ends(day(n + in_days)), ..balance(60, None, n) };
        assert_eq!(memory.told(ends(7, 2), 2), "funds warning");
        assert_eq!(memory.told(ends(7, 4), 4), "", "Friday, the day itself");
        assert_eq!(memory.told(ends(7, 5), 5), "", "a Saturday tells nobody");
        assert_eq!(memory.told(ends(6, 7), 7), "funds warning too late");
        assert_eq!(memory.told(ends(5, 8), 8), "");
        assert_eq!(memory.told(ends(3, 9), 9), "funds critical", "the next level is told all the same");
        assert_eq!(memory.told(ends(3, 10), 10), "", "with them");
        assert_eq!(memory.told(balance(400, None, 11), 11), "funds well");
        memory.pay_by = Some(day(10));
        assert_eq!(memory.told(ends(7, 12), 12), "funds warning", "told after that day, to them as well");
        assert_eq!(memory.told(ends(7, 14), 14), "");
    }

    #[test]
    fn a_promise_or_worse_of_the_same_balance_speaks_for_the_day_to_pay() {
        let ends = |in_days: u64, n: u64| BalanceFacts { sight: Sight::Ends(day(n + in_days)), ..balance(60, None, n) };
        let mut memory = Memory { pay_by: Some(day(1)), is_promised: false, ..Memory::default() };
        assert_eq!(memory.told(ends(6, 1), 1), "funds warning");
        memory.is_promised = true;
        assert_eq!(memory.told(ends(6, 2), 2), "", "a payment is on its way");
        memory.is_promised = false;
        assert_eq!(memory.told(ends(5, 3), 3), "funds warning too late", "it didn't come");
        let mut memory = Memory { pay_by: Some(day(1)), ..Memory::default() };
        let low = |amount, n| BalanceFacts { sight: Sight::Ends(day(n + 6)), ..balance(amount, Some(50), n) };
        assert_eq!(memory.told(low(60, 1), 1), "funds warning");
        assert_eq!(memory.told(low(49, 2), 2), "low_balance critical", "which goes to them as well");
        assert_eq!(memory.told(low(48, 3), 3), "");
        let mut memory = Memory { pay_by: Some(day(1)), ..Memory::default() };
        assert_eq!(memory.told(low(40, 1), 1), "low_balance critical", "it covers the forecast");
        assert_eq!(memory.told(low(39, 2), 2), "funds warning too late", "for whoever heard of neither");
    }

    proptest! {
        /// Where nobody tells usage, a sum that wanders about its limit is told once.
        #[test]
        fn a_walk_within_the_margin_tells_once(
            low in 2_000_000_i64..5_000_000_000,
            steps in prop::collection::vec((0_i64..=200, any::<bool>()), 0..60),
        ) {
            let share = |thousandths: i64| low * thousandths / 1_000;
            let at = |micros| BalanceFacts {
                amount: Amount::from_micros(micros),
                low: Some(Amount::from_micros(low)),
                sight: Sight::Unknown,
                usual_day: Amount::ZERO,
                ..balance(1, None, 0)
            };
            let mut memory = Memory::default();
            let mut amount = low - 1;
            prop_assert_eq!(memory.told(at(amount), 0), "low_balance critical");
            for (n, (part, is_up)) in (1..).zip(steps) {
                let step = if is_up { share(part) } else { -share(part) };
                amount = (amount + step).clamp(1, low + share(200) - 1);
                prop_assert_eq!(memory.told(at(amount), n), "", "{} of {}", amount, low);
            }
        }

        /// For any walk of a balance and its limit: each key once, one notice of a thing at a time or none that repeats
        /// another, and no "well again" of which nobody knew.
        #[test]
        fn no_key_twice_and_no_recovery_without_an_alert(
            steps in prop::collection::vec((-20_i64..300, prop::option::of(1_i64..120), any::<bool>(), any::<bool>(), any::<bool>(), (0..4_u8, prop::option::of(0_u64..60), 0..3_i64)), 1..50)
        ) {
            let mut memory = Memory::default();
            let mut keys = BTreeSet::new();
            let mut is_alerted = false;
            for (n, (amount, low, is_stale, has_failed_topup, is_promised, (topup, pay_by, credit))) in (0..).zip(steps) {
                (memory.is_promised, memory.pay_by) = (is_promised, pay_by.map(day));
                let topup = [Topup::None, Topup::Works, Topup::Late, Topup::Failed][usize::from(topup)];
                let topup_event = has_failed_topup.then(|| Instant::from_seconds(amount));
                let credit_limit = units(credit * 15);
                let facts = BalanceFacts { is_stale, has_failed_topup, topup_event, topup, credit_limit, ..balance(amount, low, n) };
                let judged = memory.look(facts, n);
                let mut recoveries = 0;
                for one in &judged {
                    match one.told {
                        Told::Level(level) => {
                            prop_assert!(keys.insert((one.rule.name, one.after.number, level.name())), "{one:?}");
                            prop_assert!(one.after.was_widened || !one.rule.widens_late || pay_by.is_none_or(|by| by >= n), "{one:?}");
                            let is_low = matches!(one.rule.name, "funds" | "low_balance");
                            let failed = judged.iter().find(|one| one.rule.name == "topup_failed");
                            let is_failing = failed.is_some_and(|failed| failed.after.is_open);
                            prop_assert!(!is_low || is_failing || !matches!(topup, Topup::Works), "{one:?}");
                            prop_assert!(!is_promised || level == Level::Empty, "{one:?}");
                            is_alerted = true;
                        }
                        Told::PayByPassed(level) => {
                            prop_assert!(keys.insert((one.rule.name, one.after.number, one.told.word())), "{one:?}");
                            prop_assert!(one.rule.widens_late && !one.before.was_widened && one.after.was_widened, "{one:?}");
                            prop_assert!(one.before.known == Some(level) && one.before.number == one.after.number, "{one:?}");
                            prop_assert!(!is_promised && is_working(day(n)) && pay_by.is_some_and(|by| by < n), "{one:?}");
                        }
                        Told::Recovered => {
                            prop_assert!(is_alerted && !is_stale, "{one:?}");
                            let has_risen = one.before.height.is_some_and(|height| units(amount).as_micros() > height);
                            prop_assert!(has_risen, "nobody paid: {one:?}");
                            prop_assert!(judged.iter().all(|other| other.stands().is_none()), "beside worse: {judged:?}");
                            recoveries += 1;
                        }
                        Told::Nothing(_) => {}
                    }
                }
                let levels = judged.iter().filter(|one| one.told.level().is_some() && one.rule.name != "topup_failed");
                prop_assert!(levels.count() <= 1, "one balance, one warning at a time");
                prop_assert!(recoveries <= 1);
            }
        }
    }
}
