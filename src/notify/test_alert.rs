//! A test of a channel: a notice like any other, which takes the one way out and says what it is.

use crate::app::App;
use crate::domain::brief::Brief;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::foot::{Foot, REFERENCE_SLOT};
use crate::domain::ids::DeliveryId;
use crate::domain::notice::{NoticeKind, Reader, Severity};
use crate::domain::project::Project;
use crate::domain::role::Rights;
use crate::i18n::Words;
use crate::notify::post::{self, NewArtefact, NewNotice, NewRecipient, NewVariant, Posted};
use crate::notify::{owner, secret};
use crate::report::test_alert::{self, TestAlert};

/// Who is to hear of what, and who asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub contact: &'a Contact,
    pub project: &'a Project,
    pub channel: ChannelKind,
    pub actor: &'a str,
}

/// Why nothing can be sent to a contact over this channel: it has no such address, or the settings have no way to it.
pub fn missing_way(app: &App, contact: &Contact, channel: ChannelKind) -> Option<String> {
    let (id, word) = (&contact.id, channel.name());
    let addresses = contact.addresses.get(&channel).map(Vec::as_slice).unwrap_or_default();
    if addresses.is_empty() {
        let example = match channel {
            ChannelKind::Email => "olena@acme.example",
            ChannelKind::Sms => "+380441234567",
            ChannelKind::Slack | ChannelKind::Teams | ChannelKind::Webhook => "ops-room",
        };
        return Some(format!(
            "`{id}` has no address for {word}; add it to the set-up file and apply it: \
             addresses = {{ {word} = [\"{example}\"] }}"
        ));
    }
    let of_kind: Vec<&str> =
        app.settings.channels.iter().filter(|found| found.kind == channel).map(|found| found.name.as_str()).collect();
    match channel {
        ChannelKind::Email if app.settings.mail.relays.is_empty() => {
            Some("the settings have no relay; begin one by [[mail.relay]]".to_owned())
        }
        ChannelKind::Email => None,
        ChannelKind::Sms if of_kind.is_empty() => {
            Some("the settings have no gateway for texts; begin one by [channels.NAME] with kind = \"sms\"".to_owned())
        }
        ChannelKind::Sms => None,
        _ => addresses.iter().find(|address| !of_kind.contains(&address.as_str())).map(|address| {
            let known = if of_kind.is_empty() { "none".to_owned() } else { of_kind.join(", ") };
            format!(
                "the settings have no [channels.{address}] with kind = \"{word}\", which `{id}` has as an address \
                 (of this kind they have: {known})"
            )
        }),
    }
}

/// Posts a test to every address that the contact has of this channel, in the contact's language; none where it has none.
pub async fn post(app: &App, asked: Asked<'_>) -> anyhow::Result<Vec<DeliveryId>> {
    let Asked { contact, project, channel, actor } = asked;
    let addresses = contact.addresses.get(&channel).map(Vec::as_slice).unwrap_or_default();
    let language = Words::of(contact.language.as_deref().unwrap_or(&project.locale)).language();
    let now = app.clock.now();
    let zone = app.zones.get(contact.zone.as_deref().unwrap_or(&project.zone))?;
    let (mut document, sms) = test_alert::document(&TestAlert {
        language,
        project: &project.name,
        channel,
        addresses: &addresses.join(", "),
        actor,
        asked_at: now,
        asked: (zone.local(now), zone.name()),
    });
    crate::report::brand::sign(&mut document, std::sync::Arc::new(project.settings.brand.clone()));
    let brief = Brief {
        is_test: true,
        severity: Severity::Info.name().to_owned(),
        sms: Some(sms),
        ..Brief::of(&document, NoticeKind::Test.name(), Some(project.id.as_str()))
    };
    let (document, drawn) = tokio::task::spawn_blocking(move || {
        let drawn = owner::draw(&document);
        (document, drawn)
    })
    .await?;
    let mut artefacts = drawn?.into_artefacts();
    artefacts.push(NewArtefact::brief(&brief));
    let foot = Foot {
        language: language.to_owned(),
        why: test_alert::why(language, actor),
        reference: Words::of(language).say("foot-reference", &[("reference", REFERENCE_SLOT.into())]),
        ..Foot::default()
    };
    let roles = contact.roles.get(&project.id).map(Vec::as_slice).unwrap_or_default();
    let recipients = addresses
        .iter()
        .map(|address| NewRecipient {
            contact: Some(contact.id.clone()),
            channel,
            address: address.clone(),
            display_name: contact.name.clone(),
            foot: foot.clone(),
            by_hand: true,
            confirms_number: false,
            of_use_until: None,
            not_before: None,
            shut: None,
        })
        .collect();
    let variant = NewVariant {
        reader: Reader {
            language: language.to_owned(),
            rights: Rights::of(roles, None),
            formats: Vec::new(),
            projects: Default::default(),
            alerts: Default::default(),
        },
        sender: None,
        subject: document.subject.clone(),
        artefacts,
        recipients,
    };
    let notice = NewNotice {
        project: Some(project.key),
        kind: NoticeKind::Test,
        severity: Severity::Info,
        run: None,
        schedule: None,
        occurrence: None,
        dedup_key: format!("test/{}", secret::random_hex(12)),
        not_before: None,
        give_up_at: now.plus_seconds(NoticeKind::Test.rules().give_up_after_sec),
        variants: vec![variant],
    };
    let mut session = app.store.write().await?;
    let posted = post::post(app, &mut session, notice).await?;
    session.commit().await?;
    Ok(match posted {
        Posted::New { deliveries, .. } => deliveries,
        Posted::Already(_) => Vec::new(),
    })
}
