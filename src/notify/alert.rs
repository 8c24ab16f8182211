//! Warnings about money, drawn for each kind of reader before a transaction begins and posted in the one that remembers
//! what was told. Who hears of it was decided by `rules::audience`; nobody to tell means `[operations]`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::App;
use crate::domain::contact::ChannelKind;
use crate::domain::document::Document;
use crate::domain::foot::{Foot, REFERENCE_SLOT};
use crate::domain::ids::ContactId;
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader};
use crate::domain::project::Project;
use crate::domain::role::{Rights, Role};
use crate::domain::schedule::Format;
use crate::i18n::Words;
use crate::notify::post::{NewArtefact, NewNotice, NewRecipient, NewVariant};
use crate::report::{brand, render};
use crate::rules::Heard;

/// One warning and who hears of it, each from when on.
#[derive(Debug)]
pub struct Warning<'a> {
    pub project: &'a Project,
    pub kind: NoticeKind,
    /// What makes it one: of a project, balance, rule, episode and level.
    pub key: String,
    pub give_up_at: Instant,
    pub heard: Vec<(Heard, Option<Instant>)>,
}

/// The warning as a notice. `make` draws it in a language, with sums or without.
pub async fn drawn(
    app: &App,
    warning: Warning<'_>,
    make: impl Fn(&str, bool) -> Document,
) -> anyhow::Result<NewNotice> {
    let own = Words::of(&warning.project.locale).language();
    let mut groups: BTreeMap<(&'static str, bool), Vec<NewRecipient>> = BTreeMap::new();
    for (heard, not_before) in &warning.heard {
        let language = heard.language.as_deref().map_or(own, |tag| Words::of(tag).language());
        let words = Words::of(language);
        let project = [("project", warning.project.name.as_str().into())];
        let why = match heard.role {
            Role::Finance => words.say("alert-why-finance", &project),
            Role::Ops => words.say("alert-why-ops", &project),
            _ => words.say("owner-why-role", &project),
        };
        let to = (Some(heard.contact.clone()), heard.address.clone(), heard.name.clone());
        groups.entry((language, heard.shows_money())).or_default().push(recipient(&words, to, why, *not_before));
    }
    if groups.is_empty() {
        let words = Words::of(own);
        let why = words.word("owner-why-operations");
        let to = app.settings.operations.email.iter();
        let told = to.map(|to| recipient(&words, (None, to.to_string(), String::new()), why.clone(), None));
        // One variant is kept even where nobody can be told, so that it is there to be asked about.
        groups.insert((own, false), told.collect());
        tracing::warn!(
            project.id = %warning.project.id,
            notice.kind = warning.kind.name(),
            "Nobody of the project can be told of a warning about money: it goes to [operations]"
        );
    }
    let brand = Arc::new(warning.project.settings.brand.clone());
    let documents = groups.into_iter().map(|((language, shows_money), recipients)| {
        let mut document = make(language, shows_money);
        brand::sign(&mut document, Arc::clone(&brand));
        (document, shows_money, recipients)
    });
    let documents: Vec<_> = documents.collect();
    let draw = move || documents.into_iter().map(variant).collect::<anyhow::Result<Vec<NewVariant>>>();
    Ok(NewNotice {
        project: Some(warning.project.key),
        kind: warning.kind,
        run: None,
        schedule: None,
        occurrence: None,
        dedup_key: warning.key,
        not_before: None,
        give_up_at: warning.give_up_at,
        variants: tokio::task::spawn_blocking(draw).await??,
    })
}

fn variant((document, shows_money, recipients): (Document, bool, Vec<NewRecipient>)) -> anyhow::Result<NewVariant> {
    let mut artefacts: Vec<NewArtefact> = NewArtefact::logo(&document.brand).into_iter().collect();
    for format in [Format::Html, Format::Text] {
        let rendered = render::render(&document, format)?;
        let name = format!("{}.{}", document.file_stem, render::renderer(format).ending);
        artefacts.push(NewArtefact::new(format, name, rendered.media_type.to_owned(), &rendered.bytes));
    }
    let role = if shows_money { Role::Finance } else { Role::Ops };
    Ok(NewVariant {
        sender: None,
        reader: Reader {
            language: document.language.clone(),
            rights: Rights::of(&[role], None),
            formats: Vec::new(),
            projects: Default::default(),
        },
        subject: document.subject,
        artefacts,
        recipients,
    })
}

fn recipient(
    words: &Words,
    (contact, address, display_name): (Option<ContactId>, String, String),
    why: String,
    not_before: Option<Instant>,
) -> NewRecipient {
    let foot = Foot {
        language: words.language().to_owned(),
        why,
        reference: words.say("foot-reference", &[("reference", REFERENCE_SLOT.into())]),
        ..Foot::default()
    };
    NewRecipient { contact, channel: ChannelKind::Email, address, display_name, foot, by_hand: true, not_before }
}
