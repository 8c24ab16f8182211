//! What comes back about a mail that a relay had taken: it couldn't be delivered after all, or its reader called it spam.

use super::delivery::DeliveryState;

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comeback {
    /// The address doesn't exist or takes nothing more: nothing is sent there again.
    ForGood,
    /// It couldn't be delivered, and the address may be good for the next one: full, refused for its content, away.
    ThisTime,
    /// Its reader called it spam.
    Complaint,
}

/// Enhanced status codes by which an address is gone (RFC 3463 §3.2 and §3.3; 5.1.10: RFC 7505).
const GONE: &[&str] = &["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"];

impl Comeback {
    /// What a report of failure says, by the status of its recipient and the words of the server that refused.
    pub fn of_failure(status: &str, diagnostic: &str) -> Self {
        // Some programs write 5.0.0 for whatever it was, and the server's own code stands in its words.
        let status = if status.ends_with(".0.0") || !is_status(status) {
            diagnostic.split([' ', '\t', ';', '-']).find(|word| is_status(word)).unwrap_or(status)
        } else {
            status
        };
        if GONE.contains(&status) { Self::ForGood } else { Self::ThisTime }
    }

    /// Where it puts a delivery that was accepted.
    pub const fn state(self) -> DeliveryState {
        match self {
            Self::ForGood | Self::ThisTime => DeliveryState::Bounced,
            Self::Complaint => DeliveryState::Complained,
        }
    }

    /// The named reason, of the delivery and of the stop.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::ForGood => "came_back_for_good",
            Self::ThisTime => "came_back",
            Self::Complaint => "called_spam",
        }
    }

    /// Whether nothing more may go to the address.
    pub const fn stops_address(self) -> bool {
        matches!(self, Self::ForGood | Self::Complaint)
    }
}

/// Whether this is an enhanced status code.
pub fn is_status(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let fits = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit());
    parts.len() == 3 && matches!(parts[0], "2" | "4" | "5") && parts.iter().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_that_is_gone_is_stopped() {
        let of = Comeback::of_failure;
        assert_eq!(of("5.1.1", "smtp; 550 5.1.1 unknown user"), Comeback::ForGood);
        assert_eq!(of("5.0.0", "smtp; 550 5.1.1 unknown user"), Comeback::ForGood);
        assert_eq!(of("5.0.0", "smtp; 550-5.2.1 disabled"), Comeback::ForGood);
        for (status, words) in [
            ("5.2.2", "smtp; 552 5.2.2 mailbox full"),
            ("5.7.1", "smtp; 550 5.7.1 looks like spam"),
            ("5.1.8", "smtp; 550 5.1.8 bad sender"),
            ("5.0.0", "smtp; 550 no such user here"),
            ("4.4.7", "smtp; 550 5.1.1 unknown user"),
            ("", ""),
            ("5.1.1.1", ""),
        ] {
            assert_eq!(of(status, words), Comeback::ThisTime, "{status} {words}");
        }
        for what in [Comeback::ForGood, Comeback::ThisTime, Comeback::Complaint] {
            assert!(DeliveryState::Accepted.may_become(what.state()));
        }
    }
}
