//! Whether a file brings somebody back who was erased: whoever wrote it may not know.

use super::Notes;
use crate::apply::standing::Standing;
use crate::config::setup::ContactEntry;

/// Warns of a contact with an address of a person who was erased.
pub(super) fn check(entry: &ContactEntry, standing: &Standing, notes: Notes<'_>) {
    let addresses = entry.addresses.values().flatten();
    if addresses.into_iter().any(|address| !standing.erased.mentions(address, &[]).is_empty()) {
        let title = format!(
            "contact `{}` has an address of a person who was erased, and applying it brings them back",
            entry.id
        );
        let help = "take the contact out, unless they asked to hear from you again".to_owned();
        notes.warning(&entry.spot, title, Some(help));
    }
}
