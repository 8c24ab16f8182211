//! Quiet hours: spans of a contact's week in which nothing goes to them but what is critical. Wall-clock times in the contact's
//! own zone. What waits goes when the span ends: nothing is dropped.

use serde::{Deserialize, Serialize};

use super::calendar::Shift;
use super::instant::Instant;
use super::notice::{NoticeKind, Severity};

/// By weekday, Monday first: the spans that begin on it. One that ends when it starts is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    pub week: [Vec<Shift>; 7],
}

impl QuietHours {
    /// Whether there are none.
    pub fn is_off(&self) -> bool {
        self.week.iter().all(Vec::is_empty)
    }
}

/// What quiet hours do to a delivery, each with its named reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It isn't quiet.
    Awake,
    /// It is, and what is critical goes all the same.
    Critical,
    /// It is, and a report that comes when it was asked for is no disturbance.
    OnTime,
    /// It is, and whoever hears of it afterwards hears too late.
    TooLateAfter,
    /// It is, and somebody asked for this very message.
    Asked,
    /// It waits until then.
    Held { until: Instant },
    /// It is gathered with others of its kind, and goes with them then.
    Gathered { until: Instant },
}

impl Rest {
    /// The named reason.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Awake => "not_quiet",
            Self::Critical => "critical_goes_at_once",
            Self::OnTime => "report_on_time",
            Self::TooLateAfter => "too_late_after",
            Self::Asked => "asked_for_by_hand",
            Self::Held { .. } => "quiet_hours",
            Self::Gathered { .. } => "digest_mode",
        }
    }
}

impl Rest {
    /// Until when it waits.
    pub const fn until(self) -> Option<Instant> {
        match self {
            Self::Held { until } | Self::Gathered { until } => Some(until),
            Self::Awake | Self::Critical | Self::OnTime | Self::TooLateAfter | Self::Asked => None,
        }
    }

    /// With the rhythm in which its reader wants to hear of such things. `gathering`: the first time at which what was
    /// gathered goes, after it was made; what waits for both goes when both are over.
    pub fn gathered(self, kind: NoticeKind, severity: Severity, gathering: Option<Instant>, now: Instant) -> Self {
        let Some(at) = gathering.filter(|at| now < *at) else { return self };
        let is_news = !matches!(kind, NoticeKind::Report | NoticeKind::Test | NoticeKind::Digest);
        match self {
            Self::Awake if is_news && severity != Severity::Critical => Self::Gathered { until: at },
            Self::Held { until } if is_news && until < at => Self::Gathered { until: at },
            rest => rest,
        }
    }
}

impl Rest {
    /// The same for what is of use until a moment, such as the end of the day to pay: it doesn't wait for so late that nothing
    /// could be done about it.
    pub fn of_use_until(self, end: Option<Instant>, now: Instant) -> Self {
        match (self.until(), end) {
            (Some(until), Some(end)) if now < end && end.plus_seconds(-TO_ACT_SEC) < until => Self::TooLateAfter,
            _ => self,
        }
    }
}

/// Whoever hears of a day to pay later than this before it ends finds the bank closed: the latest is noon.
const TO_ACT_SEC: i64 = 12 * 3_600;

/// A report that goes out later than this after it was due respects quiet hours.
pub const LATE_SEC: i64 = 3_600;

/// Decides about one delivery. `quiet_until`: the end of the quiet span that it is in; `due`: when a report was due; `again`:
/// a person asked for it again.
pub fn rest(
    kind: NoticeKind,
    severity: Severity,
    due: Option<Instant>,
    again: bool,
    quiet_until: Option<Instant>,
    now: Instant,
) -> Rest {
    let Some(until) = quiet_until else { return Rest::Awake };
    match kind {
        NoticeKind::Test => Rest::Asked,
        _ if again => Rest::Asked,
        NoticeKind::Report if due.is_none_or(|due| now <= due.plus_seconds(LATE_SEC)) => Rest::OnTime,
        NoticeKind::Report => Rest::Held { until },
        _ if severity == Severity::Critical => Rest::Critical,
        _ => Rest::Held { until },
    }
}

/// What a message that waited is in the digest of its reader, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It opened meanwhile, and is open still.
    Open,
    /// It opens nothing: that something is well again, or about our own work.
    News,
    /// It opened and resolved meanwhile.
    Over,
    /// It goes by itself: a report is no line.
    Alone,
}

/// Where a message of this kind belongs; `is_open`: whether the episode that it told of is open still.
pub const fn part(kind: NoticeKind, is_open: Option<bool>) -> Part {
    match (kind, is_open) {
        (NoticeKind::Report | NoticeKind::Test | NoticeKind::Digest, _) => Part::Alone,
        (_, Some(true)) => Part::Open,
        (_, Some(false)) => Part::Over,
        (_, None) => Part::News,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::notice::KINDS;

    const NOW: Instant = Instant::from_seconds(100_000);

    #[test]
    fn what_helps_only_until_then_waits_for_nothing_later() {
        let at = |seconds| NOW.plus_seconds(seconds);
        let half_a_day = 12 * 3_600;
        for rest in [Rest::Held { until: at(60) }, Rest::Gathered { until: at(60) }] {
            assert_eq!(rest.of_use_until(Some(at(60)), NOW), Rest::TooLateAfter);
            assert_eq!(
                rest.of_use_until(Some(at(half_a_day + 59)), NOW),
                Rest::TooLateAfter,
                "after noon of the last day"
            );
            assert_eq!(rest.of_use_until(Some(at(half_a_day + 60)), NOW), rest, "the wait is over before");
            assert_eq!(rest.of_use_until(Some(at(0)), NOW), rest, "it is too late already");
            assert_eq!(rest.of_use_until(None, NOW), rest);
        }
        assert_eq!(Rest::Awake.of_use_until(Some(at(60)), NOW), Rest::Awake);
    }

    #[test]
    fn what_is_gathered_waits_for_both() {
        let (soon, late) = (NOW.plus_seconds(60), NOW.plus_seconds(600));
        let of = |rest: Rest, kind, severity| rest.gathered(kind, severity, Some(late), NOW);
        assert_eq!(of(Rest::Awake, NoticeKind::Funds, Severity::Warning), Rest::Gathered { until: late });
        assert_eq!(
            of(Rest::Held { until: soon }, NoticeKind::Funds, Severity::Warning),
            Rest::Gathered { until: late }
        );
        let longer = Rest::Held { until: late.plus_seconds(1) };
        assert_eq!(of(longer, NoticeKind::Funds, Severity::Warning), longer);
        assert_eq!(of(Rest::Awake, NoticeKind::Funds, Severity::Critical), Rest::Awake);
        assert_eq!(of(Rest::Asked, NoticeKind::Funds, Severity::Warning), Rest::Asked);
        for kind in [NoticeKind::Report, NoticeKind::Test, NoticeKind::Digest] {
            assert_eq!(of(Rest::Awake, kind, Severity::Warning), Rest::Awake);
        }
        assert_eq!(
            Rest::Awake.gathered(NoticeKind::Funds, Severity::Warning, Some(NOW), NOW),
            Rest::Awake,
            "its time came"
        );
    }

    #[test]
    fn only_what_may_wait_waits() {
        let until = NOW.plus_seconds(60);
        let of = |kind, severity, due: Option<i64>| {
            rest(kind, severity, due.map(|ago| NOW.plus_seconds(-ago)), false, Some(until), NOW).reason()
        };
        assert_eq!(of(NoticeKind::Funds, Severity::Warning, None), "quiet_hours");
        assert_eq!(of(NoticeKind::Recovered, Severity::Info, None), "quiet_hours");
        assert_eq!(of(NoticeKind::Owner, Severity::Warning, None), "quiet_hours");
        assert_eq!(of(NoticeKind::BalanceNegative, Severity::Critical, None), "critical_goes_at_once");
        assert_eq!(of(NoticeKind::Report, Severity::Info, Some(3_600)), "report_on_time");
        assert_eq!(of(NoticeKind::Report, Severity::Info, Some(3_601)), "quiet_hours");
        assert_eq!(of(NoticeKind::Test, Severity::Info, None), "asked_for_by_hand");
        for line in KINDS {
            for severity in Severity::ALL {
                assert_eq!(rest(line.kind, severity, None, false, None, NOW), Rest::Awake);
                assert_eq!(rest(line.kind, severity, None, true, Some(until), NOW), Rest::Asked);
            }
        }
    }
}
