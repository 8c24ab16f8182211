//! Money as others tell it: how facts are taken in, and what they come to. Nothing here sends anything.

mod facts;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzed;
mod names;
mod outlook;
mod sheet;
pub mod source;
mod take_sheet;
mod taken_back;
pub mod usage;

pub use crate::domain::calendar::is_working;
pub use facts::{
    FactError, ToldBalance, add_entries, check_currency, check_entry, check_limit, check_time, check_topup,
    set_balance, set_standing,
};
pub use names::{Names, NewName};
pub use outlook::{BalanceOutlook, Known, first_look, history, look, paid_pay_by, span, told_within, weigh};
pub use sheet::{SetAside, Sheet, SheetError, SheetRow, read_sheet};
pub use take_sheet::{SheetAccount, take_sheet};
pub use taken_back::{Removed, remove_balance, withdraw_entry};

use crate::domain::instant::Instant;
use crate::zones::Zone;

/// A clock of somebody else's may be ahead by so much.
const AHEAD_SEC: i64 = 300;

/// Reads when something was true: an instant, or a date or time of the project's zone.
pub fn read_time(text: &str, zone: &Zone) -> Result<Instant, String> {
    zone.read_instant(text).ok_or_else(|| {
        // `2026-13-20T10:00`: which part is wrong says more than how times are written.
        let day = text.trim().get(..10).and_then(|day| crate::domain::day::read(day).err());
        if let Some(why) = day.filter(|_| text.trim().get(..10).is_some_and(has_parts)) {
            return why;
        }
        format!(
            "`{text}` is no time: write 2026-06-01T08:00:00Z, or in {} time 2026-06-01T08:00 or 2026-06-01",
            zone.name()
        )
    })
}

fn has_parts(day: &str) -> bool {
    day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}
