//! Who may call the HTTP interface: tokens are made, found again and ended here, and every call's token is asked from the
//! database, so that one which is revoked or whose time is up opens nothing more, on any replica, from that moment on.

mod caller;
mod issue;

pub use caller::{Caller, Denied, caller};
pub use issue::{Issued, Wanted, issue, revoke};
