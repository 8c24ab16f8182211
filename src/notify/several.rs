//! What messages that tell several others have in common: they remember of which deliveries they are made, so that the gate
//! can ask of each, and whoever may see the sums of one of them reads as finance.

use std::collections::BTreeMap;

use crate::domain::brief::Brief;
use crate::domain::contact::ChannelKind;
use crate::domain::document::Document;
use crate::domain::ids::{ContactId, ProjectKey};
use crate::domain::notice::Reader;
use crate::domain::reach::Way;
use crate::domain::role::{Rights, Role};
use crate::i18n::Words;
use crate::notify::owner;
use crate::notify::post::{NewArtefact, NewRecipient, NewVariant};

/// The message as a form, without its reader. `told` are the deliveries that it tells, and whether each showed sums; `sender`
/// is the project by whose name it goes.
pub(super) async fn variant(
    document: Document,
    brief: Brief,
    sender: Option<ProjectKey>,
    told: BTreeMap<i64, bool>,
) -> anyhow::Result<NewVariant> {
    let (document, made) = tokio::task::spawn_blocking(move || {
        let made = owner::draw(&document);
        (document, made)
    })
    .await?;
    let mut artefacts = made?.into_artefacts();
    artefacts.push(NewArtefact::brief(&brief));
    let role = if told.values().any(|shows_money| *shows_money) { Role::Finance } else { Role::Ops };
    Ok(NewVariant {
        sender,
        reader: Reader {
            language: document.language,
            rights: Rights::of(&[role], None),
            formats: Vec::new(),
            projects: BTreeMap::new(),
            alerts: told,
        },
        subject: document.subject,
        artefacts,
        recipients: Vec::new(),
    })
}

/// Its one reader, with the sentence (`why`) that says why they get it.
pub(super) fn recipient(
    words: &Words,
    contact: Option<ContactId>,
    (channel, address): (ChannelKind, String),
    display_name: String,
    why: &str,
) -> NewRecipient {
    let way = Way { channel, address, shut: None, hides_money: false };
    NewRecipient::told(words, contact, way, display_name, words.word(why))
}
