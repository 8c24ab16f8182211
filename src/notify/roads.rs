//! What is known of contacts' addresses beside the contacts themselves: which get nothing more, which numbers a code confirmed,
//! and which channels the settings have.

use crate::app::App;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::ids::ProjectKey;
use crate::domain::reach::Roads;
use crate::store::{Session, StoreError};

/// What is known of every address that these contacts chose for anything.
pub async fn roads(
    app: &App,
    session: &mut Session,
    project: ProjectKey,
    contacts: &[Contact],
) -> Result<Roads, StoreError> {
    let channels = app.settings.channels.iter().map(|channel| (channel.kind, channel.name.clone()));
    let mut roads = Roads { channels: channels.collect(), ..Roads::default() };
    for contact in contacts {
        let chosen = contact.settings.alerts.all();
        let numbers = contact.addresses.get(&ChannelKind::Sms).filter(|_| chosen.contains(&ChannelKind::Sms));
        // Most numbers are confirmed in the file, and most people have none.
        if numbers.is_some_and(|numbers| numbers.iter().any(|number| !roads.is_confirmed(contact, number))) {
            let codes = session.number_codes(Some(&contact.id)).await?.into_iter();
            let given = codes.filter(|code| code.confirmed_at.is_some());
            roads.confirmed.extend(given.map(|code| (code.contact, code.number)));
        }
        for (channel, addresses) in contact.addresses.iter().filter(|(channel, _)| chosen.contains(channel)) {
            for address in addresses {
                if session.is_stopped(channel.name(), address, Some(project), None).await? {
                    roads.stopped.insert((*channel, address.to_lowercase()));
                }
            }
        }
    }
    Ok(roads)
}
