//! Which levels each kind of warning has.

use crate::domain::episode::Level;
use crate::domain::notice::NoticeKind;

/// The levels of each kind, from the first that is told on; of what tells that all is well, those that may have been told before.
const LEVELS: &[(NoticeKind, &[Level])] = &[
    (
        NoticeKind::PaidUntil,
        &[
            Level::SevenBefore,
            Level::ThreeBefore,
            Level::OneBefore,
            Level::LastDay,
            Level::OneAfter,
            Level::ThreeAfter,
            Level::SevenAfter,
        ],
    ),
    (NoticeKind::Trial, &[Level::SevenBefore, Level::ThreeBefore, Level::OneBefore, Level::LastDay, Level::OneAfter]),
    (NoticeKind::Funds, &[Level::Warning, Level::Critical]),
    (NoticeKind::LowBalance, &[Level::Critical]),
    (NoticeKind::BalanceNegative, &[Level::Empty]),
    (NoticeKind::TopupFailed, &[Level::Warning]),
    (NoticeKind::Status, &[Level::Suspended, Level::Archived]),
    (
        NoticeKind::Recovered,
        &[
            Level::Warning,
            Level::Critical,
            Level::Empty,
            Level::SevenBefore,
            Level::ThreeBefore,
            Level::OneBefore,
            Level::LastDay,
            Level::OneAfter,
            Level::ThreeAfter,
            Level::SevenAfter,
        ],
    ),
];

/// The levels of a kind, the first one first; none of what has no levels.
pub(super) fn of(kind: NoticeKind) -> &'static [Level] {
    LEVELS.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, levels)| levels)
}

/// The level that is meant: the one that was asked for, else the kind's first; an error names the kind's. `None`: it has none.
pub(super) fn meant(kind: NoticeKind, asked: Option<Level>) -> Result<Option<Level>, String> {
    let (known, name) = (of(kind), kind.name());
    match asked {
        None => Ok(known.first().copied()),
        Some(_) if known.is_empty() => Err(format!("`{name}` has no levels; leave --level out")),
        Some(level) if known.contains(&level) => Ok(Some(level)),
        Some(level) => Err(format!("`{name}` has no level `{}`; it has {}", level.name(), names(kind))),
    }
}

/// `warning, critical`
pub(super) fn names(kind: NoticeKind) -> String {
    of(kind).iter().map(|level| level.name()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    #[test]
    fn every_rule_s_kind_has_levels_and_others_are_refused_by_name() {
        for rule in RULES {
            assert!(!of(rule.kind).is_empty(), "{}", rule.name);
        }
        assert_eq!(meant(NoticeKind::BalanceNegative, None), Ok(Some(Level::Empty)));
        assert_eq!(meant(NoticeKind::Funds, None), Ok(Some(Level::Warning)));
        assert_eq!(meant(NoticeKind::Owner, None), Ok(None));
        let refused = meant(NoticeKind::BalanceNegative, Some(Level::Warning));
        assert_eq!(refused, Err("`balance_negative` has no level `warning`; it has empty".to_owned()));
        assert!(meant(NoticeKind::Owner, Some(Level::Warning)).is_err());
    }
}
