//! Money as others tell it: how facts are taken in, and what they come to. Nothing here sends anything.

mod facts;
mod outlook;
mod sheet;
pub mod source;
pub mod usage;

pub use crate::domain::calendar::is_working;
pub use facts::{
    FactError, ToldBalance, add_entries, check_currency, check_limit, check_time, check_topup, set_balance,
    set_standing,
};
pub use outlook::{BalanceOutlook, Known, history, look, paid_pay_by, span, weigh};
pub use sheet::{Sheet, SheetError, SheetRow, read_sheet};

use crate::domain::instant::Instant;
use crate::zones::Zone;

/// A clock of somebody else's may be ahead by so much.
const AHEAD_SEC: i64 = 300;

/// Reads when something was true: an instant, or a date or time of the project's zone.
pub fn read_time(text: &str, zone: &Zone) -> Result<Instant, String> {
    zone.read_instant(text).ok_or_else(|| {
        format!(
            "`{text}` is no time: write 2026-06-01T08:00:00Z, or in {} time 2026-06-01T08:00 or 2026-06-01",
            zone.name()
        )
    })
}
