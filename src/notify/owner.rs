//! Telling the owner about our own work: an address was marked, an outcome is unknown, a report failed. What happens to
//! such a notice itself is never told, so nothing here can go round in circles.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::app::App;
use crate::domain::brief::Brief;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::document::Document;
use crate::domain::ids::{ProjectId, ProjectKey};
use crate::domain::notice::{NoticeKind, Reader, Severity};
use crate::domain::reach::{Way, ways};
use crate::domain::role::{Rights, Role};
use crate::domain::schedule::Format;
use crate::i18n::Words;
use crate::notify::post::{self, NewArtefact, NewNotice, NewRecipient, NewVariant, Posted};
use crate::notify::roads::roads;
use crate::report::{brand, render};
use crate::store::{Session, StoreError};

/// A notice in one language, ready to be sent.
#[derive(Clone, Debug)]
pub struct Drawn {
    language: String,
    subject: String,
    artefacts: Vec<NewArtefact>,
}

impl Drawn {
    /// Its forms, to be stored.
    pub(super) fn into_artefacts(self) -> Vec<NewArtefact> {
        self.artefacts
    }
}

/// A notice about our own work, as it is to be told.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// `None`: the installation.
    pub project: Option<ProjectKey>,
    /// What makes it one.
    pub once: &'a str,
    pub severity: Severity,
    /// What can't be used now, and of an endpoint which: it isn't told that way where there is another.
    pub failing: Option<(ChannelKind, Option<&'a str>)>,
    /// To the project's ops as well.
    pub to_ops: bool,
    /// To `[operations]`, whoever else hears of it.
    pub to_operations: bool,
}

impl<'a> Telling<'a> {
    fn usual(project: Option<ProjectKey>, once: &'a str) -> Self {
        Self { project, once, severity: Severity::Warning, failing: None, to_ops: false, to_operations: false }
    }

    fn fails(&self, channel: ChannelKind, address: &str) -> bool {
        self.failing.is_some_and(|(kind, of)| kind == channel && of.is_none_or(|of| of == address))
    }
}

/// The forms that such a notice is sent in: in each language of an owner, first the project's own, in the project's brand.
/// Drawn before a transaction begins.
pub async fn drawn(
    app: &App,
    project: Option<ProjectKey>,
    make: impl Fn(&str) -> Document,
) -> anyhow::Result<Vec<Drawn>> {
    drawn_as(app, project, Severity::Warning, make).await
}

/// The same, of another severity.
pub async fn drawn_as(
    app: &App,
    project: Option<ProjectKey>,
    severity: Severity,
    make: impl Fn(&str) -> Document,
) -> anyhow::Result<Vec<Drawn>> {
    let (mut languages, mut brand, mut id) = (vec!["en"], Arc::default(), None);
    if let Some(key) = project
        && let Some(project) = app.store.project_by_key(key).await?
    {
        languages = vec![Words::of(&project.locale).language()];
        brand = Arc::new(project.settings.brand);
        id = Some(project.id);
        for owner in app.store.owners(key).await? {
            let language = owner.language.as_deref().map_or(languages[0], |tag| Words::of(tag).language());
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
    }
    let documents: Vec<Document> = languages
        .into_iter()
        .map(|language| {
            let mut document = make(language);
            brand::sign(&mut document, Arc::clone(&brand));
            document
        })
        .collect();
    let draw = move |document: &Document| {
        let mut drawn = draw(document)?;
        let id = id.as_ref().map(ProjectId::as_str);
        drawn.artefacts.push(NewArtefact::brief(&Brief {
            severity: severity.name().to_owned(),
            title: document.subject.clone(),
            ..Brief::of(document, NoticeKind::Owner.name(), id)
        }));
        Ok(drawn)
    };
    tokio::task::spawn_blocking(move || documents.iter().map(draw).collect()).await?
}

pub(super) fn draw(document: &Document) -> anyhow::Result<Drawn> {
    let mut artefacts: Vec<NewArtefact> = NewArtefact::logo(&document.brand).into_iter().collect();
    for format in [Format::Html, Format::Text] {
        let rendered = render::render(document, format)?;
        let name = format!("{}.{}", document.file_stem, render::renderer(format).ending);
        artefacts.push(NewArtefact::new(format, name, rendered.media_type.to_owned(), &rendered.bytes));
    }
    Ok(Drawn { language: document.language.clone(), subject: document.subject.clone(), artefacts })
}

/// Posts a notice to the project's owners, each in their own language, once for each `once_key`, in the transaction that
/// makes it true: news that is told after it could be swallowed by a crash. Without an owner who can be reached it goes to
/// `[operations]`; without either it is only logged. Returns whether it was new.
pub async fn tell_within(
    app: &App,
    session: &mut Session,
    project: Option<ProjectKey>,
    once_key: &str,
    drawn: Vec<Drawn>,
) -> Result<bool, StoreError> {
    tell(app, session, Telling::usual(project, once_key), drawn).await
}

/// The same, of another severity, or past what fails.
pub async fn tell(
    app: &App,
    session: &mut Session,
    telling: Telling<'_>,
    drawn: Vec<Drawn>,
) -> Result<bool, StoreError> {
    let languages: Vec<String> = drawn.iter().map(|drawn| drawn.language.clone()).collect();
    let recipients = recipients(app, session, &telling, &languages).await?;
    if recipients.values().all(Vec::is_empty) {
        tracing::warn!(
            notice.subject = drawn.first().map(|drawn| drawn.subject.as_str()),
            "Nobody can be told: the project has no owner who can be reached, and [operations] is empty"
        );
    }
    // One is kept even where nobody can be told, so that it is there to be asked about.
    let first = (0, Role::Owner);
    let told = recipients.into_iter().filter(|(place, recipients)| *place == first || !recipients.is_empty());
    let variants = told.map(|((at, role), recipients)| variant(drawn[at].clone(), role, recipients)).collect();
    let notice = NewNotice {
        project: telling.project,
        kind: NoticeKind::Owner,
        severity: telling.severity,
        run: None,
        schedule: None,
        occurrence: None,
        dedup_key: telling.once.to_owned(),
        not_before: None,
        give_up_at: app.clock.now().plus_seconds(NoticeKind::Owner.rules().give_up_after_sec),
        variants,
    };
    Ok(matches!(post::post(app, session, notice).await?, Posted::New { .. }))
}

fn variant(drawn: Drawn, role: Role, recipients: Vec<NewRecipient>) -> NewVariant {
    NewVariant {
        sender: None,
        reader: Reader {
            language: drawn.language,
            rights: Rights::of(&[role], None),
            formats: Vec::new(),
            projects: Default::default(),
            alerts: Default::default(),
        },
        subject: drawn.subject,
        artefacts: drawn.artefacts,
        recipients,
    }
}

/// Who is told, by the language's place and the role that they hear of it in; the first is there even if nobody is.
async fn recipients(
    app: &App,
    session: &mut Session,
    telling: &Telling<'_>,
    languages: &[String],
) -> Result<BTreeMap<(usize, Role), Vec<NewRecipient>>, StoreError> {
    let mut found: BTreeMap<(usize, Role), Vec<NewRecipient>> = BTreeMap::new();
    let Some(first) = languages.first() else { return Ok(found) };
    found.insert((0, Role::Owner), Vec::new());
    if let Some(project) = telling.project {
        let name = session.project_by_key(project).await?.map(|project| project.name).unwrap_or_default();
        let mut people: Vec<(Role, Contact)> =
            session.owners(project).await?.into_iter().map(|owner| (Role::Owner, owner)).collect();
        if telling.to_ops {
            people.extend(session.ops(project).await?.into_iter().map(|one| (Role::Ops, one)));
        }
        let contacts: Vec<Contact> = people.iter().map(|(_, contact)| contact.clone()).collect();
        let roads = roads(app, session, project, &contacts).await?;
        let mut ways_told = HashSet::new();
        for (role, contact) in people {
            let own = contact.language.as_deref().map(|tag| Words::of(tag).language());
            let at = languages.iter().position(|language| Some(language.as_str()) == own).unwrap_or(0);
            let words = Words::of(&languages[at]);
            let id = if role == Role::Ops { "alert-why-ops" } else { "owner-why-role" };
            let why = words.say(id, &[("project", name.as_str().into())]);
            let chosen = ways(&contact, NoticeKind::Owner, telling.severity, &roads);
            for way in past_what_fails(telling, chosen) {
                // Whoever shares an address hears it there once.
                if ways_told.insert((way.channel, way.address.to_lowercase())) {
                    let (id, name) = (Some(contact.id.clone()), contact.name.clone());
                    let told = NewRecipient::told(&words, id, way, name, why.clone());
                    found.entry((at, role)).or_default().push(told);
                }
            }
        }
    }
    if !found.values().flatten().any(|one| one.shut.is_none()) {
        let words = Words::of(first);
        let why = words.word("owner-why-operations");
        let way = |channel, address| Way { channel, address, shut: None, hides_money: false };
        let operations = &app.settings.operations;
        let mut all: Vec<Way> = operations.email.iter().map(|to| way(ChannelKind::Email, to.to_string())).collect();
        // What goes to rooms is what somebody must notice; the rest would fill them.
        if telling.to_operations {
            let rooms = operations.channels.iter().map(|(kind, name)| way(*kind, name.clone()));
            all.extend(rooms);
        }
        let told = past_what_fails(telling, all)
            .into_iter()
            .map(|way| NewRecipient::told(&words, None, way, String::new(), why.clone()));
        found.entry((0, Role::Owner)).or_default().extend(told);
    }
    Ok(found)
}

/// Without what can't be used, where anything is left.
fn past_what_fails(telling: &Telling<'_>, ways: Vec<Way>) -> Vec<Way> {
    let others = |way: &&Way| way.shut.is_none() && !telling.fails(way.channel, &way.address);
    match ways.iter().any(|way| others(&way)) {
        true => ways.into_iter().filter(|way| !telling.fails(way.channel, &way.address)).collect(),
        false => ways,
    }
}
