//! The memory of a rule about one thing (a project, or one of its balances): what was told, and what has to be told now.
//! An episode opens at the first level and closes at recovery; each level is told at most once in it, skipped levels are
//! told by the worst alone.
//!
//! Five things keep it quiet: going back needs a margin, so daily wobble tells nothing twice; a limit that somebody changed
//! is taken over in silence; a fact too old to be trusted never says that all is well again; a payment, which begins a
//! new episode, is a rise that usage can't explain; and an event that a payment made good is over, however long it shows.

use serde::{Deserialize, Serialize};

use super::notice::Severity;

/// How bad it is. Each rule uses some of these, and of one rule's the later is the worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Local calendar days to the last day that is paid for.
    SevenBefore,
    ThreeBefore,
    OneBefore,
    LastDay,
    /// And since.
    OneAfter,
    ThreeAfter,
    SevenAfter,
    /// Funds may end within a week.
    Warning,
    /// Within three days, or the sum is below a limit.
    Critical,
    /// Nothing is left.
    Empty,
    Suspended,
    Archived,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::SevenBefore,
        Self::ThreeBefore,
        Self::OneBefore,
        Self::LastDay,
        Self::OneAfter,
        Self::ThreeAfter,
        Self::SevenAfter,
        Self::Warning,
        Self::Critical,
        Self::Empty,
        Self::Suspended,
        Self::Archived,
    ];

    /// The stored word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SevenBefore => "7_before",
            Self::ThreeBefore => "3_before",
            Self::OneBefore => "1_before",
            Self::LastDay => "last_day",
            Self::OneAfter => "1_after",
            Self::ThreeAfter => "3_after",
            Self::SevenAfter => "7_after",
            Self::Warning => "warning",
            Self::Critical => "critical",
            Self::Empty => "empty",
            Self::Suspended => "suspended",
            Self::Archived => "archived",
        }
    }

    /// How much it matters: critical from the last day but one on, and whenever something is switched off.
    pub const fn severity(self) -> Severity {
        match self {
            Self::SevenBefore | Self::ThreeBefore | Self::Warning | Self::Archived => Severity::Warning,
            Self::OneBefore
            | Self::LastDay
            | Self::OneAfter
            | Self::ThreeAfter
            | Self::SevenAfter
            | Self::Critical
            | Self::Empty
            | Self::Suspended => Severity::Critical,
        }
    }

    /// Reads the stored word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == text)
    }
}

/// What a rule sees now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `None`: no level is reached.
    pub level: Option<Level>,
    /// Whether it is clear of every level by the margin.
    pub is_clear: bool,
    /// Whether nothing but a rise is good news: what is clear without one is over in silence.
    pub must_rise: bool,
    /// Whether what it rests on is young enough to say that all is well.
    pub is_fresh: bool,
    /// Names the limits; another value means that somebody changed them.
    pub limits: i64,
    /// What a payment raises: millionths of a balance, or the number of the last paid day.
    pub height: i64,
    /// A rise of no more than this is no payment.
    pub wobble: i64,
    /// When what happened that is told, where a level is an event and no state: a payment ends it.
    pub event: Option<i64>,
    /// When money last came in, as far as that was told: an event since then is another one than those before.
    pub paid_at: Option<i64>,
}

/// What the rule remembers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Episode {
    /// Counts episodes; a part of each notice's key.
    pub number: i64,
    pub is_open: bool,
    /// The worst level that was told, or taken over in silence.
    pub known: Option<Level>,
    /// Whether anybody was told anything in it.
    pub was_told: bool,
    /// The limits it was last judged by; `None`: never.
    pub limits: Option<i64>,
    /// How high it stood when it was last judged by a fact that was fresh, or when it opened, while it is open.
    pub height: Option<i64>,
    /// Events up to here are over: a payment made them good, or they came before the one that was told.
    pub settled: Option<i64>,
    /// Whether those who join once a payment would come too late were told in it.
    pub was_widened: bool,
}

/// What is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nothing, and why.
    Nothing(Quiet),
    /// This level, once in the episode.
    Level(Level),
    /// This level, which is known, to those who join once the last day to pay in time has passed; once in the episode.
    PayByPassed(Level),
    /// All is well again.
    Recovered,
}

/// The word for [`Told::PayByPassed`] that is stored, and a part of its notice's key.
pub const PAY_BY_PASSED: &str = "pay_by_passed";

impl Told {
    /// The level that is warned of.
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Level(level) | Self::PayByPassed(level) => Some(level),
            Self::Nothing(_) | Self::Recovered => None,
        }
    }

    /// The word for the decision.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Level(level) => level.name(),
            Self::PayByPassed(_) => PAY_BY_PASSED,
            Self::Recovered => "recovered",
            Self::Nothing(quiet) => quiet.name(),
        }
    }
}

/// Why nothing is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quiet {
    /// No level is reached and none was.
    AllIsWell,
    /// The level, or a worse one, was told before.
    ToldBefore,
    /// The limits were changed; what they say now is taken over.
    LimitsChanged,
    /// Better, but within the margin.
    WithinMargin,
    /// Better, but the fact is too old to say so.
    TooOld,
    /// Well again, and nobody had been told otherwise.
    NobodyKnew,
    /// Another rule tells worse of the same thing, or told it.
    Covered,
    /// Well again, and the rule has no word for that, or nobody paid.
    NothingToSay,
    /// Somebody said that a payment is on its way.
    PaymentPromised,
}

impl Quiet {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::AllIsWell,
        Self::ToldBefore,
        Self::LimitsChanged,
        Self::WithinMargin,
        Self::TooOld,
        Self::NobodyKnew,
        Self::Covered,
        Self::NothingToSay,
        Self::PaymentPromised,
    ];

    /// The named reason.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AllIsWell => "all_is_well",
            Self::ToldBefore => "told_before",
            Self::LimitsChanged => "limits_changed",
            Self::WithinMargin => "within_margin",
            Self::TooOld => "fact_too_old",
            Self::NobodyKnew => "nobody_knew",
            Self::Covered => "covered_by_worse",
            Self::NothingToSay => "nothing_to_say",
            Self::PaymentPromised => "payment_promised",
        }
    }
}

impl Episode {
    /// What is to be told now, and what to remember.
    pub fn step(self, now: Finding) -> (Self, Told) {
        let (mut next, told) = self.judged(now);
        // Only an episode that is open can be ended by a rise; what is well stays as it is from day to day.
        next.height = next.height.filter(|_| next.is_open);
        (next, told)
    }

    fn judged(self, now: Finding) -> (Self, Told) {
        let is_settled = now.event.is_some() && now.event <= self.settled;
        let now = if is_settled { Finding { level: None, ..now } } else { now };
        let has_risen = self.height.is_none_or(|height| now.height > height);
        let height = if now.is_fresh { Some(now.height) } else { self.height.or(Some(now.height)) };
        let before = Self { height, ..self };
        if self.limits.is_some_and(|limits| limits != now.limits) {
            return before.with_other_limits(now);
        }
        let mut next = Self { limits: Some(now.limits), ..before };
        if self.is_paid_by(&now) {
            next = next.closed();
            next.settled = next.settled.max(now.event);
            if now.level.is_none() || now.event.is_some() {
                return (next, if self.was_told { Told::Recovered } else { Told::Nothing(Quiet::NobodyKnew) });
            }
        }
        if next.is_open && self.is_before_payment(&now) {
            next = next.closed();
        }
        // What is archived is the last word; whoever is taken out of the archive hears anew how they stand.
        if self.known == Some(Level::Archived) && now.level.is_some_and(|level| level < Level::Archived) {
            next = next.closed();
        }
        match now.level {
            Some(level) if !next.is_open => {
                next.number += 1;
                next.settled = next.settled.max(now.event.map(|event| event - 1));
                (Self { is_open: true, known: Some(level), was_told: true, ..next }, Told::Level(level))
            }
            Some(level) if next.known < Some(level) => {
                (Self { known: Some(level), was_told: true, ..next }, Told::Level(level))
            }
            Some(_) => (next, Told::Nothing(Quiet::ToldBefore)),
            None if !next.is_open => (next, Told::Nothing(Quiet::AllIsWell)),
            None if !now.is_clear => (next, Told::Nothing(Quiet::WithinMargin)),
            None if !now.is_fresh => (next, Told::Nothing(Quiet::TooOld)),
            None if !next.was_told => (next.closed(), Told::Nothing(Quiet::NobodyKnew)),
            None if now.must_rise && !has_risen => (next.closed(), Told::Nothing(Quiet::NothingToSay)),
            None => (next.closed(), Told::Recovered),
        }
    }

    /// Whether what is found is a payment, which ends it: a rise that usage can't explain.
    pub fn is_paid_by(&self, now: &Finding) -> bool {
        let is_higher = |height: i64| now.height > height.saturating_add(now.wobble);
        self.is_open && now.is_fresh && self.height.is_some_and(is_higher)
    }

    /// Whether the event that was told lies before a payment, and what happened now doesn't.
    fn is_before_payment(&self, now: &Finding) -> bool {
        let (Some(settled), Some(event), Some(paid_at)) = (self.settled, now.event, now.paid_at) else { return false };
        now.level.is_some() && paid_at > settled + 1 && event >= paid_at
    }

    /// The same step, when somebody else says it: the level is known, and this rule told nothing.
    #[must_use]
    pub const fn covered(self, before: Self) -> Self {
        let was_told = before.was_told && before.number == self.number;
        Self { was_told, ..self }
    }

    /// Takes over what other limits say, without a word.
    fn with_other_limits(self, now: Finding) -> (Self, Told) {
        let settled = self.settled.max(now.event.filter(|_| now.level.is_some()).map(|event| event - 1));
        let mut next = Self { limits: Some(now.limits), settled, ..self };
        match now.level {
            Some(level) if self.is_open => next.known = self.known.max(Some(level)),
            Some(level) => {
                next.number += 1;
                (next.is_open, next.known, next.was_told) = (true, Some(level), false);
            }
            None => next = next.closed(),
        }
        (next, Told::Nothing(Quiet::LimitsChanged))
    }

    /// What is left of it when it is over.
    #[must_use]
    pub const fn closed(self) -> Self {
        Self { is_open: false, known: None, was_told: false, was_widened: false, ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Level::{Critical, Empty, Warning};
    use super::Told::{Nothing, Recovered};
    use super::*;

    fn at(level: Option<Level>) -> Finding {
        Finding {
            level,
            is_clear: level.is_none(),
            must_rise: false,
            is_fresh: true,
            limits: 1,
            height: 100,
            wobble: 0,
            event: None,
            paid_at: None,
        }
    }

    fn told(findings: &[Finding]) -> Vec<Told> {
        let mut episode = Episode::default();
        let step = |finding: &Finding| {
            let (next, told) = episode.step(*finding);
            episode = next;
            told
        };
        findings.iter().map(step).collect()
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for level in Level::ALL {
            assert_eq!(Level::parse(level.name()), Some(level));
        }
        let names: BTreeSet<&str> = Quiet::ALL.map(Quiet::name).into();
        assert_eq!(names.len(), Quiet::ALL.len());
    }

    #[test]
    fn each_level_is_told_once_and_the_worst_of_several() {
        let walk = [
            at(None),
            at(Some(Warning)),
            at(Some(Warning)),
            at(Some(Empty)),
            at(Some(Critical)),
            at(None),
            at(Some(Critical)),
        ];
        assert_eq!(
            told(&walk),
            [
                Nothing(Quiet::AllIsWell),
                Told::Level(Warning),
                Nothing(Quiet::ToldBefore),
                Told::Level(Empty),
                Nothing(Quiet::ToldBefore),
                Recovered,
                Told::Level(Critical),
            ]
        );
    }

    #[test]
    fn wobble_and_age_close_nothing() {
        let wobble = Finding { is_clear: false, ..at(None) };
        let stale = Finding { is_fresh: false, ..at(None) };
        assert_eq!(
            told(&[at(Some(Warning)), wobble, at(Some(Warning)), stale, at(None)]),
            [
                Told::Level(Warning),
                Nothing(Quiet::WithinMargin),
                Nothing(Quiet::ToldBefore),
                Nothing(Quiet::TooOld),
                Recovered
            ]
        );
    }

    #[test]
    fn where_only_a_rise_is_good_news_what_ends_otherwise_ends_in_silence() {
        let paid = |height, level| Finding { height, must_rise: true, wobble: 50, ..at(level) };
        assert_eq!(
            told(&[paid(100, Some(Warning)), paid(100, None), paid(90, Some(Warning)), paid(91, None)]),
            [Told::Level(Warning), Nothing(Quiet::NothingToSay), Told::Level(Warning), Recovered]
        );
    }

    #[test]
    fn a_top_up_re_arms() {
        let high = |height, level| Finding { height, is_clear: false, ..at(level) };
        assert_eq!(
            told(&[
                high(100, Some(Critical)),
                high(200, None),
                high(190, Some(Critical)),
                high(300, Some(Warning)),
                high(290, Some(Critical))
            ]),
            [Told::Level(Critical), Recovered, Told::Level(Critical), Told::Level(Warning), Told::Level(Critical)]
        );
        let explained = Finding { wobble: 20, ..high(110, Some(Critical)) };
        assert_eq!(
            told(&[high(100, Some(Critical)), explained])[1],
            Nothing(Quiet::ToldBefore),
            "a day that came back"
        );
    }

    #[test]
    fn what_a_payment_made_good_is_not_told_again() {
        let failed = |height, event| Finding { height, is_clear: false, event: Some(event), ..at(Some(Warning)) };
        assert_eq!(
            told(&[failed(100, 7), failed(300, 7), failed(290, 7), failed(280, 8), failed(270, 8), failed(400, 8)]),
            [
                Told::Level(Warning),
                Recovered,
                Nothing(Quiet::AllIsWell),
                Told::Level(Warning),
                Nothing(Quiet::ToldBefore),
                Recovered
            ]
        );
    }

    #[test]
    fn an_event_since_the_last_payment_is_another_one() {
        let failed = |event: i64, paid_at: Option<i64>| Finding {
            is_clear: false,
            event: Some(event),
            paid_at,
            ..at(Some(Warning))
        };
        let paid = |paid_at| Finding { level: None, event: None, ..failed(0, Some(paid_at)) };
        assert_eq!(
            told(&[
                failed(10, Some(2)),
                failed(12, Some(2)),
                failed(12, Some(8)), // told late: it came before
                paid(14),
                failed(17, Some(14)),
                failed(19, Some(14)),
                failed(19, Some(18))
            ]),
            [
                Told::Level(Warning),
                Nothing(Quiet::ToldBefore),
                Nothing(Quiet::ToldBefore),
                Nothing(Quiet::WithinMargin),
                Told::Level(Warning),
                Nothing(Quiet::ToldBefore),
                Told::Level(Warning)
            ]
        );
    }

    #[test]
    fn a_top_up_told_late_counts_when_the_next_fact_is_fresh() {
        let stale = Finding { is_fresh: false, height: 500, is_clear: false, ..at(None) };
        let fresh = Finding { height: 490, is_clear: false, ..at(None) };
        assert_eq!(
            told(&[at(Some(Critical)), stale, fresh]),
            [Told::Level(Critical), Nothing(Quiet::WithinMargin), Recovered]
        );
    }

    #[test]
    fn whoever_leaves_the_archive_hears_how_they_stand_and_no_good_news_before() {
        use Level::{Archived, Suspended};
        assert_eq!(
            told(&[at(Some(Suspended)), at(Some(Archived)), at(Some(Suspended)), at(Some(Suspended)), at(None)]),
            [
                Told::Level(Suspended),
                Told::Level(Archived),
                Told::Level(Suspended),
                Nothing(Quiet::ToldBefore),
                Recovered
            ]
        );
    }

    #[test]
    fn other_limits_say_nothing_by_themselves() {
        let other = |level| Finding { limits: 2, ..at(level) };
        assert_eq!(
            told(&[at(None), other(Some(Warning)), other(Some(Warning)), other(Some(Critical)), other(None)]),
            [
                Nothing(Quiet::AllIsWell),
                Nothing(Quiet::LimitsChanged),
                Nothing(Quiet::ToldBefore),
                Told::Level(Critical),
                Recovered
            ]
        );
        let ended = told(&[at(Some(Warning)), other(None), other(None)]);
        assert_eq!(ended, [Told::Level(Warning), Nothing(Quiet::LimitsChanged), Nothing(Quiet::AllIsWell)]);
    }

    fn finding() -> impl Strategy<Value = Finding> {
        let level = prop_oneof![Just(None), Just(Some(Warning)), Just(Some(Critical)), Just(Some(Empty))];
        let flags = (any::<bool>(), any::<bool>(), any::<bool>());
        let events = (prop::option::of(0_i64..6), prop::option::of(0_i64..6));
        (level, flags, 1_i64..3, 0_i64..5, (0_i64..2, events)).prop_map(
            |(level, (is_clear, is_fresh, must_rise), limits, height, (wobble, (event, paid_at)))| Finding {
                level,
                is_clear: is_clear && level.is_none(),
                must_rise,
                is_fresh,
                limits,
                height,
                wobble,
                event,
                paid_at,
            },
        )
    }

    proptest! {
        #[test]
        fn no_level_twice_in_an_episode_and_no_recovery_without_an_alert(walk in prop::collection::vec(finding(), 0..60)) {
            let mut episode = Episode::default();
            let mut keys = BTreeSet::new();
            let mut alerted = false;
            for finding in walk {
                let before = episode;
                let (next, told) = episode.step(finding);
                episode = next;
                prop_assert!(episode.number >= before.number);
                prop_assert_eq!(episode.limits, Some(finding.limits));
                match told {
                    Told::Level(level) => {
                        prop_assert_eq!(Some(level), finding.level);
                        prop_assert!(keys.insert((episode.number, level)), "told twice: {:?}", (episode.number, level));
                        prop_assert!(finding.event.is_none() || finding.event > before.settled, "made good before");
                        prop_assert!(before.limits.is_none_or(|limits| limits == finding.limits), "a limit spoke");
                        alerted = true;
                    }
                    Recovered => {
                        let is_over = finding.event.is_some() && finding.event <= episode.settled;
                        prop_assert!(alerted && finding.is_fresh && (finding.level.is_none() || is_over));
                        prop_assert!(!finding.must_rise || before.height.is_some_and(|height| finding.height > height));
                        alerted = false;
                    }
                    Nothing(Quiet::LimitsChanged) => {
                        prop_assert_ne!(before.limits, Some(finding.limits));
                        alerted = alerted && episode.is_open;
                    }
                    Nothing(_) => {}
                    Told::PayByPassed(_) => prop_assert!(false, "an episode knows nothing of days"),
                }
            }
        }

        /// The same again says nothing, whatever was before.
        #[test]
        fn a_second_look_is_quiet(walk in prop::collection::vec(finding(), 1..30)) {
            let mut episode = Episode::default();
            for finding in walk {
                episode = episode.step(finding).0;
                prop_assert!(matches!(episode.step(finding).1, Nothing(_)));
            }
        }
    }
}
