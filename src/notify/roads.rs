//! What is known of contacts' addresses beside the contacts themselves: which get nothing more, and which channels the settings
//! have.

use std::collections::BTreeSet;

use crate::app::App;
use crate::domain::contact::Contact;
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
    let mut roads = Roads { stopped: BTreeSet::new(), channels: channels.collect() };
    for contact in contacts {
        let chosen = contact.settings.alerts.all();
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
