//! The digest of what waited through quiet hours, as a notice: a few words of each message, in the order of what still matters.

use std::sync::Arc;

use crate::app::App;
use crate::domain::brief::Brief;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::foot::{Foot, REFERENCE_SLOT};
use crate::domain::ids::VariantId;
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader, Severity};
use crate::domain::project::Project;
use crate::domain::quiet::Part;
use crate::domain::role::{Rights, Role};
use crate::i18n::Words;
use crate::notify::owner;
use crate::notify::post::{BRIEF, NewArtefact, NewNotice, NewRecipient, NewVariant};
use crate::report::digest::{self, Line};

/// One message that waited.
#[derive(Clone, Debug)]
pub struct Folded {
    pub part: Part,
    pub subject: String,
    /// Its few words, where it has them.
    pub brief: Option<Brief>,
}

/// What a contact gets by one address of one project.
#[derive(Clone, Debug)]
pub struct Digest<'a> {
    pub project: Option<&'a Project>,
    pub contact: &'a Contact,
    pub channel: ChannelKind,
    pub address: &'a str,
    pub language: &'a str,
    pub shows_money: bool,
    /// What makes it one.
    pub key: String,
    pub folded: Vec<Folded>,
}

/// The few words that a message was made of.
pub async fn brief_of(app: &App, variant: VariantId) -> anyhow::Result<Option<Brief>> {
    let stored = app.store.artefacts_of(variant.0).await?.into_iter().find(|stored| stored.format == BRIEF);
    Ok(match stored {
        Some(stored) => Some(serde_json::from_slice(&zstd::decode_all(stored.bytes.as_slice())?)?),
        None => None,
    })
}

/// The digest, ready to be posted.
pub async fn drawn(digest: Digest<'_>, now: Instant) -> anyhow::Result<NewNotice> {
    let words = Words::of(digest.language);
    let name = digest.project.map_or_else(|| words.word("owner-installation"), |project| project.name.clone());
    let lines = digest.folded.iter().map(|folded| Line {
        part: folded.part,
        subject: folded.subject.clone(),
        said: folded.brief.as_ref().and_then(|brief| brief.lines.first().cloned()),
        button: folded.brief.as_ref().and_then(|brief| brief.button.clone()),
    });
    let mut document = digest::document(&words, &name, lines.collect(), now);
    let brand = digest.project.map(|project| project.settings.brand.clone()).unwrap_or_default();
    crate::report::brand::sign(&mut document, Arc::new(brand));
    let brief = Brief {
        severity: Severity::Warning.name().to_owned(),
        title: document.subject.clone(),
        sms: Some(digest::sms(&document, digest.folded.iter().map(|folded| folded.subject.as_str()))),
        ..Brief::of(&document, NoticeKind::Digest.name(), digest.project.map(|project| project.id.as_str()))
    };
    let (document, made) = tokio::task::spawn_blocking(move || {
        let made = owner::draw(&document);
        (document, made)
    })
    .await?;
    let mut artefacts = made?.into_artefacts();
    artefacts.push(NewArtefact::brief(&brief));
    let role = if digest.shows_money { Role::Finance } else { Role::Ops };
    let foot = Foot {
        language: words.language().to_owned(),
        why: words.word("digest-why"),
        reference: words.say("foot-reference", &[("reference", REFERENCE_SLOT.into())]),
        ..Foot::default()
    };
    let recipient = NewRecipient {
        contact: Some(digest.contact.id.clone()),
        channel: digest.channel,
        address: digest.address.to_owned(),
        display_name: digest.contact.name.clone(),
        foot,
        by_hand: true,
        not_before: None,
        shut: None,
    };
    Ok(NewNotice {
        project: digest.project.map(|project| project.key),
        kind: NoticeKind::Digest,
        severity: Severity::Warning,
        run: None,
        schedule: None,
        occurrence: None,
        dedup_key: digest.key,
        not_before: None,
        give_up_at: now.plus_seconds(NoticeKind::Digest.rules().give_up_after_sec),
        variants: vec![NewVariant {
            sender: None,
            reader: Reader {
                language: words.language().to_owned(),
                rights: Rights::of(&[role], None),
                formats: Vec::new(),
                projects: Default::default(),
                alerts: Default::default(),
            },
            subject: document.subject,
            artefacts,
            recipients: vec![recipient],
        }],
    })
}
