//! When finance is warned. A rule is a pure function from facts to a finding; the episode that remembers what was told
//! (`domain::episode`) turns it into a decision, and `decide` lets the worst of one thing speak for the others. Nothing here
//! knows who is told, over which channel, or in which words.
//!
//! To add a rule: a file with `find`, a line in [`RULES`], and its words in `report::alert`. The suites loop over the table.

mod audience;
mod balance_negative;
mod days;
mod decide;
mod funds;
mod late;
mod low_balance;
mod mornings;
mod paid_until;
mod recovered;
mod status;
mod topup_failed;
mod trial;

pub use audience::{Heard, Widening, audience};
pub use days::Days;
pub use decide::{Judged, judge};
pub use low_balance::other_limit;
pub use mornings::{can_wait, hears_at, morning};

use chrono::NaiveDate;

use crate::domain::balance::Standing;
use crate::domain::episode::{Episode, Finding, Level};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::domain::notice::NoticeKind;

/// What a rule is told.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub days: Days,
    pub standing: Option<Standing>,
    /// `None`: of the project itself.
    pub balance: Option<&'a BalanceFacts>,
    /// The last day on which a payment is in time; `None`: no end is in sight.
    pub pay_by: Option<NaiveDate>,
    /// Somebody said that a payment is on its way, and the day after it arrives isn't there yet.
    pub is_promised: bool,
}

/// A balance as rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BalanceFacts {
    pub amount: Amount,
    pub credit_limit: Amount,
    /// The fixed sum below which people are warned.
    pub low: Option<Amount>,
    pub sight: Sight,
    /// What a usual day costs; nothing where that isn't known.
    pub usual_day: Amount,
    /// Older than a day.
    pub is_stale: bool,
    /// Usage is told with more than the usual delay, so that nothing it says is good news.
    pub is_usage_late: bool,
    /// A top-up failed within the last week, and none came in since.
    pub has_failed_topup: bool,
    /// When that one failed, or should have run.
    pub topup_event: Option<Instant>,
    /// When the last one came in, as its entry says.
    pub topped_up_at: Option<Instant>,
    pub topup: Topup,
}

/// Going back needs a margin of the limit; no smaller rise is a payment.
const MARGIN: (u32, u32) = (1, 5);

impl BalanceFacts {
    /// A rise of no more than this is no payment: what a usual day costs, the margin of the fixed limit, a hundredth of what
    /// there is, and one of the currency; a few where neither a day nor a limit is known.
    fn wobble(&self) -> i64 {
        let margin = self.low.map_or(Amount::ZERO, |low| low.times(MARGIN.0, MARGIN.1));
        let hundredth = Amount::from_micros(self.amount.as_micros().saturating_abs() / 100);
        let least = if self.usual_day.is_positive() || self.low.is_some() { ONE } else { FEW };
        self.usual_day.max(margin).max(hundredth).max(least).as_micros()
    }
}

const ONE: Amount = Amount::from_micros(1_000_000);
const FEW: Amount = Amount::from_micros(5_000_000);

/// How a balance's automatic top-up does. While it works, low funds are its business and nobody's news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Topup {
    /// There is none.
    #[default]
    None,
    /// It has nothing to do, or is due and nobody knows that it didn't come.
    Works,
    /// It should have run a day ago, and didn't.
    Late,
    Failed,
}

/// What is seen of its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// There is nothing left.
    Empty,
    /// Spend is known for too few days.
    Unknown,
    /// None within a year.
    NoEnd,
    /// At the earliest.
    Ends(NaiveDate),
}

/// What a rule judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Project,
    Balance,
}

/// One line of the table of rules.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub name: &'static str,
    pub of: Of,
    /// What its notices are.
    pub kind: NoticeKind,
    /// Told on the morning of a working day; others are told at once.
    pub counts_days: bool,
    /// Quiet while somebody says that a payment is on its way.
    pub yields_to_promise: bool,
    /// Whoever hears once a payment would come too late is told of the level that stands then, and not only of the next.
    pub widens_late: bool,
    /// What its notice is when all is well again; `None`: nothing is said.
    pub when_well: Option<NoticeKind>,
    /// `None`: nothing is known that it could judge.
    pub find: fn(&Facts<'_>) -> Option<Finding>,
}

/// Every rule; of one thing's, the earlier speaks first.
pub const RULES: &[Rule] = &[
    rule("status", Of::Project, NoticeKind::Status, false, Some(NoticeKind::Status), status::find),
    rule("paid_until", Of::Project, NoticeKind::PaidUntil, true, Some(NoticeKind::Recovered), paid_until::find),
    rule("trial", Of::Project, NoticeKind::Trial, true, None, trial::find),
    rule(
        "balance_negative",
        Of::Balance,
        NoticeKind::BalanceNegative,
        false,
        Some(NoticeKind::Recovered),
        balance_negative::find,
    ),
    rule("funds", Of::Balance, NoticeKind::Funds, true, Some(NoticeKind::Recovered), funds::find),
    rule("low_balance", Of::Balance, NoticeKind::LowBalance, false, Some(NoticeKind::Recovered), low_balance::find),
    rule("topup_failed", Of::Balance, NoticeKind::TopupFailed, false, Some(NoticeKind::Recovered), topup_failed::find),
];

const fn rule(
    name: &'static str,
    of: Of,
    kind: NoticeKind,
    counts_days: bool,
    when_well: Option<NoticeKind>,
    find: fn(&Facts<'_>) -> Option<Finding>,
) -> Rule {
    let yields_to_promise = !matches!(kind, NoticeKind::Status | NoticeKind::BalanceNegative);
    let widens_late = matches!(kind, NoticeKind::PaidUntil | NoticeKind::Funds);
    Rule { name, of, kind, counts_days, yields_to_promise, widens_late, when_well, find }
}

impl Rule {
    /// Whether this is what the rule would know without a memory: nothing ever was, and no limit of somebody's was judged by,
    /// of which a change has to be noticed.
    pub fn forgets(&self, episode: &Episode) -> bool {
        *episode == Episode { limits: Some(UNLIMITED), ..Episode::default() } && self.kind != NoticeKind::LowBalance
    }

    /// Its line in [`RULES`].
    pub fn parse(name: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.name == name)
    }
}

/// The limits of a rule that has none.
const UNLIMITED: i64 = 0;

/// A finding that no limit or age has a say in.
const fn plain(level: Option<Level>, height: i64) -> Finding {
    Finding {
        level,
        is_clear: level.is_none(),
        must_rise: false,
        is_fresh: true,
        limits: UNLIMITED,
        height,
        wobble: 0,
        event: None,
        paid_at: None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_and_is_found_by_it() {
        let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len());
        for rule in RULES {
            assert_eq!(Rule::parse(rule.name).map(|found| found.kind), Some(rule.kind));
            assert!(rule.kind.is_billing() && rule.when_well.is_none_or(NoticeKind::is_billing), "{}", rule.name);
        }
    }

    #[test]
    fn a_rule_without_facts_finds_nothing() {
        let day = NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day");
        let facts =
            Facts { days: Days::of(day, |_| true), standing: None, balance: None, pay_by: None, is_promised: false };
        for rule in RULES {
            assert_eq!((rule.find)(&facts), None, "{}", rule.name);
        }
    }
}
