//! What came back: the status, when to try again, and the first of its words.

use std::time::Duration;

use crate::domain::instant::Instant;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    /// The header `Retry-After` as it came.
    pub retry_after: Option<String>,
    /// The first 64 kB, as text; what isn't UTF-8 is replaced.
    pub body: String,
    /// Whether the answer came to its end.
    pub is_whole: bool,
}

impl Reply {
    /// `200 to 299`.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// How long the other side asks us to wait, by `now`.
    pub fn wait(&self, now: Instant) -> Option<Duration> {
        retry_after(self.retry_after.as_deref()?, now)
    }

    /// `429 rate_limited`: the status with the first words of the body on one line, for people.
    pub fn words(&self) -> String {
        let body: String = self.body.chars().take(400).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let body = body.split_whitespace().collect::<Vec<_>>().join(" ");
        let body: String = body.chars().take(MOST_WORDS).collect();
        if body.is_empty() { self.status.to_string() } else { format!("{} {body}", self.status) }
    }
}

/// Letters of an answer that are kept.
const MOST_WORDS: usize = 200;

/// No wait is longer: a day.
const MOST_WAIT_SEC: u64 = 86_400;

/// Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date.
pub fn retry_after(text: &str, now: Instant) -> Option<Duration> {
    let text = text.trim();
    let seconds = match text.parse::<f64>() {
        // Whole seconds by the standard; some services send fractions, which are rounded up.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded just before")]
        Ok(seconds) if seconds.is_finite() => seconds.clamp(0.0, 1e9).ceil() as u64,
        Ok(_) => return None,
        Err(_) => {
            let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
            u64::try_from(at.as_second() - now.as_seconds()).unwrap_or(0)
        }
    };
    Some(Duration::from_secs(seconds.min(MOST_WAIT_SEC)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_seconds_or_dates() {
        let now = Instant::parse_rfc3339("2026-11-22T12:00:00Z").expect("valid");
        let seconds = |text: &str| retry_after(text, now).map(|wait| wait.as_secs());
        assert_eq!(seconds("30"), Some(30));
        assert_eq!(seconds(" 1.2 "), Some(2));
        assert_eq!(seconds("0"), Some(0));
        assert_eq!(seconds("-5"), Some(0));
        assert_eq!(seconds("99999999999"), Some(86_400));
        assert_eq!(seconds("Sun, 22 Nov 2026 12:02:00 GMT"), Some(120));
        assert_eq!(seconds("Sun, 22 Nov 2026 11:00:00 GMT"), Some(0));
        assert_eq!(seconds("soon"), None);
        assert_eq!(seconds("NaN"), None);
        assert_eq!(seconds(""), None);
    }

    #[test]
    fn words_are_one_short_line() {
        let reply = |body: &str| Reply { status: 500, retry_after: None, body: body.to_owned(), is_whole: true };
        assert_eq!(reply("no\r\n\tservice").words(), "500 no service");
        assert_eq!(reply("").words(), "500");
        assert!(reply(&"x".repeat(9_000)).words().len() < 220);
    }
}
