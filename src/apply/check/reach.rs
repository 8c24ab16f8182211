//! Whether what a contact chose for warnings leads anywhere: addresses that there are, channels that the settings have, numbers
//! that somebody confirmed. None of it refuses a file: settings may follow.

use super::Notes;
use crate::apply::Request;
use crate::apply::standing::Standing;
use crate::config::setup::ContactEntry;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::reach::Roads;
use crate::domain::role::Role;

pub(super) fn check(
    entry: &ContactEntry,
    contact: &Contact,
    standing: &Standing,
    request: &Request<'_>,
    notes: Notes<'_>,
) {
    if !contact.active || notes.problems.errors() > 0 {
        return;
    }
    let id = &contact.id;
    let channels = request.channels.iter().map(|channel| (channel.kind, channel.name.clone())).collect();
    let codes = standing.confirmed.range((id.clone(), String::new())..).take_while(|(of, _)| of == id);
    let roads = Roads { channels, confirmed: codes.cloned().collect(), ..Roads::default() };
    let chosen = contact.settings.alerts.of_warnings();
    let spot = entry.alerts.as_ref().unwrap_or(&entry.spot);
    let hears = contact.roles.values().flatten().any(|role| matches!(role, Role::Owner | Role::Finance | Role::Ops));
    for channel in chosen.iter().filter(|_| hears || entry.alerts.is_some()) {
        let has_one = contact.addresses.contains_key(channel);
        if !has_one {
            let word = channel.name();
            let title = format!("`{id}` hears of warnings by {word}, and has no address of {word}");
            let help = "add one to its `addresses`, or name other channels in `alerts`";
            notes.warning(spot, title, Some(help.to_owned()));
        }
    }
    // What fails of our own work is told to owners, by mail unless the file says otherwise.
    let owns = contact.roles.values().flatten().any(|role| *role == Role::Owner);
    let alone = contact.settings.alerts.owner.iter().filter(|channel| !chosen.contains(channel));
    for channel in alone.filter(|channel| owns && !contact.addresses.contains_key(channel)) {
        let word = channel.name();
        let title = format!("`{id}` is an owner who hears of failed reports by {word}, and has no address of {word}");
        let help =
            "add one to its `addresses`, or name other channels: `alerts = { owner = [\"slack\"] }` beside `warnings`";
        notes.warning(spot, title, Some(help.to_owned()));
    }
    for (channel, addresses) in &contact.addresses {
        for address in addresses.iter().filter(|address| !roads.has_channel(*channel, address)) {
            let (word, is_sms) = (channel.name(), *channel == ChannelKind::Sms);
            let name = if is_sms { "NAME" } else { address.as_str() };
            let title = if is_sms {
                format!("nothing can be sent to {address} of `{id}`: the settings have no channel of kind `sms`")
            } else {
                format!("`{id}` has {word} `{address}` among its addresses, and the settings have no such channel")
            };
            let help = format!("begin it by [channels.{name}] with kind = \"{word}\"; until then nothing goes there");
            notes.warning(&entry.spot, title, Some(help));
        }
    }
    let numbers = contact.addresses.get(&ChannelKind::Sms).map(Vec::as_slice).unwrap_or_default();
    let unconfirmed = numbers.iter().filter(|number| !roads.is_confirmed(contact, number));
    for number in unconfirmed.filter(|_| contact.settings.alerts.all().contains(&ChannelKind::Sms)) {
        let title = format!("nobody confirmed that {number} is a number of `{id}`, so no texts are sent there");
        let help = format!(
            "`callbrief number confirm {id}` sends a code to it; or write {{ number = \"{number}\", verified = \"contract \
             2026-05-01\" }}: by what, and when"
        );
        notes.warning(&entry.spot, title, Some(help));
    }
}
