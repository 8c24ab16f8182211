//! How often somebody wants to hear of what may wait: gathered every so many minutes, hourly, or once a day at a time.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// A rhythm, by the wall clock of its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Pace {
    /// From midnight on, every so many minutes: a part of a day.
    Every(u16),
    /// Once a day.
    DailyAt(NaiveTime),
}

/// Why a text is no rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write `hourly`, a span from 5m to 12h such as `30m`, or a time of day such as `08:00`")]
pub struct InvalidPace;

const LEAST: u16 = 5;
const MOST: u16 = 720;

impl Pace {
    /// Reads `hourly`, `30m`, `2h`, `08:00`.
    pub fn parse(text: &str) -> Result<Self, InvalidPace> {
        let text = text.trim();
        if text == "hourly" {
            return Ok(Self::Every(60));
        }
        if text.contains(':') {
            return NaiveTime::parse_from_str(text, "%H:%M").map(Self::DailyAt).map_err(|_| InvalidPace);
        }
        let (number, scale) = match (text.strip_suffix('m'), text.strip_suffix('h')) {
            (Some(number), _) => (number, 1),
            (_, Some(number)) => (number, 60),
            _ => return Err(InvalidPace),
        };
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let minutes = number.parse::<u16>().ok().filter(|_| is_number).and_then(|number| number.checked_mul(scale));
        minutes.filter(|minutes| (LEAST..=MOST).contains(minutes)).map(Self::Every).ok_or(InvalidPace)
    }
}

impl std::fmt::Display for Pace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Every(60) => f.write_str("hourly"),
            Self::Every(minutes) if minutes % 60 == 0 => write!(f, "{}h", minutes / 60),
            Self::Every(minutes) => write!(f, "{minutes}m"),
            Self::DailyAt(time) => write!(f, "{}", time.format("%H:%M")),
        }
    }
}

impl TryFrom<String> for Pace {
    type Error = InvalidPace;
    fn try_from(text: String) -> Result<Self, InvalidPace> {
        Self::parse(&text)
    }
}

impl From<Pace> for String {
    fn from(pace: Pace) -> Self {
        pace.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rhythms_are_read_and_shown_alike() {
        for text in ["hourly", "5m", "30m", "90m", "2h", "12h", "08:00", "23:59"] {
            assert_eq!(Pace::parse(text).expect(text).to_string(), text);
        }
        assert_eq!(Pace::parse("60m").expect("one").to_string(), "hourly");
        for text in ["", "4m", "13h", "0m", "daily", "8", "24:00", "m", "-5m", "+5m", "65535h"] {
            assert_eq!(Pace::parse(text), Err(InvalidPace), "{text}");
        }
    }
}
