//! Telling the owner about our own work: an address was marked, an outcome is unknown, a report failed. What happens to
//! such a notice itself is never told, so nothing here can go round in circles.

use std::sync::Arc;

use crate::app::App;
use crate::domain::contact::{ChannelKind, EmailAddress};
use crate::domain::document::Document;
use crate::domain::foot::{Foot, REFERENCE_SLOT};
use crate::domain::ids::{ContactId, ProjectKey};
use crate::domain::notice::{NoticeKind, Reader};
use crate::domain::role::{Rights, Role};
use crate::domain::schedule::Format;
use crate::i18n::Words;
use crate::notify::post::{self, NewArtefact, NewNotice, NewRecipient, NewVariant, Posted};
use crate::report::{brand, render};
use crate::store::{Session, StoreError};

/// Posts a notice to the project's owners, once for each `once_key`. Without an owner who can be reached it goes to
/// `[operations]`; without either it is only logged. Returns whether it was new.
pub async fn tell(app: &App, project: Option<ProjectKey>, once_key: &str, document: Document) -> anyhow::Result<bool> {
    let artefacts = drawn(app, project, document.clone()).await?;
    let mut session = app.store.write().await?;
    let told = tell_within(app, &mut session, project, once_key, &document, artefacts).await?;
    session.commit().await?;
    Ok(told)
}

/// The forms that such a notice is sent in, in its project's brand. Drawn before a transaction begins.
pub async fn drawn(app: &App, project: Option<ProjectKey>, mut document: Document) -> anyhow::Result<Vec<NewArtefact>> {
    if let Some(project) = project
        && let Some(project) = app.store.project_by_key(project).await?
    {
        brand::sign(&mut document, Arc::new(project.settings.brand));
    }
    tokio::task::spawn_blocking(move || {
        let mut artefacts: Vec<NewArtefact> = NewArtefact::logo(&document.brand).into_iter().collect();
        for format in [Format::Html, Format::Text] {
            let rendered = render::render(&document, format)?;
            let name = format!("{}.{}", document.file_stem, render::renderer(format).ending);
            artefacts.push(NewArtefact::new(format, name, rendered.media_type.to_owned(), &rendered.bytes));
        }
        Ok(artefacts)
    })
    .await?
}

/// The same as [`tell`], as a part of the caller's transaction.
pub async fn tell_within(
    app: &App,
    session: &mut Session,
    project: Option<ProjectKey>,
    once_key: &str,
    document: &Document,
    artefacts: Vec<NewArtefact>,
) -> Result<bool, StoreError> {
    let recipients = recipients(app, session, project, &document.language).await?;
    if recipients.is_empty() {
        tracing::warn!(
            notice.subject = document.subject,
            "Nobody can be told: the project has no owner who can be reached, and [operations] is empty"
        );
    }
    let notice = NewNotice {
        project,
        kind: NoticeKind::Owner,
        run: None,
        schedule: None,
        occurrence: None,
        dedup_key: once_key.to_owned(),
        not_before: None,
        give_up_at: app.clock.now().plus_seconds(NoticeKind::Owner.rules().give_up_after_sec),
        variants: vec![NewVariant {
            reader: Reader {
                language: document.language.clone(),
                rights: Rights::of(&[Role::Owner], None),
                formats: Vec::new(),
                projects: Default::default(),
            },
            subject: document.subject.clone(),
            artefacts,
            recipients,
        }],
    };
    Ok(matches!(post::post(app, session, notice).await?, Posted::New { .. }))
}

async fn recipients(
    app: &App,
    session: &mut Session,
    project: Option<ProjectKey>,
    language: &str,
) -> Result<Vec<NewRecipient>, StoreError> {
    let words = Words::of(language);
    let foot = |why: String| Foot {
        language: words.language().to_owned(),
        why,
        reference: words.say("foot-reference", &[("reference", REFERENCE_SLOT.into())]),
        ..Foot::default()
    };
    let mut found: Vec<NewRecipient> = Vec::new();
    if let Some(project) = project {
        let name = session.project_by_key(project).await?.map(|project| project.name).unwrap_or_default();
        let why = words.say("owner-why-role", &[("project", name.as_str().into())]);
        for owner in session.owner_addresses(project).await? {
            let contact = ContactId::parse(&owner.contact).ok();
            let has_one = found.iter().any(|recipient| recipient.contact == contact);
            if has_one || session.is_stopped("email", &owner.address, Some(project), None).await? {
                continue;
            }
            found.push(recipient(contact, owner.address, owner.name, foot(why.clone())));
        }
    }
    if found.is_empty() {
        let why = words.word("owner-why-operations");
        found.extend(
            operations(app).map(|address| recipient(None, address.to_string(), String::new(), foot(why.clone()))),
        );
    }
    Ok(found)
}

fn operations(app: &App) -> impl Iterator<Item = &EmailAddress> {
    app.settings.operations.email.iter()
}

fn recipient(contact: Option<ContactId>, address: String, display_name: String, foot: Foot) -> NewRecipient {
    NewRecipient { contact, channel: ChannelKind::Email, address, display_name, foot, by_hand: true }
}
