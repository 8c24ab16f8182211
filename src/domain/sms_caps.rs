//! Limits of how many texts go: when the owner hears that one is near, and when nothing goes any more. Pure.

/// What a limit is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// One person's texts of a day.
    ContactDay,
    /// A project's of a calendar month.
    ProjectMonth,
}

impl Of {
    /// The word in keys and in the ids of messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ContactDay => "day",
            Self::ProjectMonth => "month",
        }
    }
}

/// How far a count has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Four fifths are used.
    Near,
    /// This is the last.
    Last,
    /// One too many.
    Beyond,
}

impl Mark {
    /// What its notice is called: at 80 and at 100 per cent.
    pub const fn percent(self) -> u8 {
        match self {
            Self::Near => 80,
            Self::Last | Self::Beyond => 100,
        }
    }
}

/// What the `used`th text (from 1) means for a limit of `most`; 0 is a limit too: nothing goes.
pub const fn mark(used: i64, most: i64) -> Option<Mark> {
    if used > most {
        Some(Mark::Beyond)
    } else if used == most {
        Some(Mark::Last)
    } else if used.saturating_mul(5) >= most.saturating_mul(4) {
        Some(Mark::Near)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_hear_at_four_fifths_and_at_the_last_and_nothing_goes_beyond() {
        let marks: Vec<Option<Mark>> = (1..=6).map(|used| mark(used, 5)).collect();
        assert_eq!(marks, [None, None, None, Some(Mark::Near), Some(Mark::Last), Some(Mark::Beyond)]);
        assert_eq!(mark(1, 1), Some(Mark::Last));
        assert_eq!(mark(1, 0), Some(Mark::Beyond));
        assert_eq!((mark(79, 100), mark(80, 100)), (None, Some(Mark::Near)));
    }

    proptest::proptest! {
        #[test]
        fn as_many_go_as_may(most in 0..10_000_i64) {
            let gone = (1..=most + 3).filter(|used| mark(*used, most) != Some(Mark::Beyond)).count();
            proptest::prop_assert_eq!(i64::try_from(gone).expect("few"), most);
        }
    }
}
