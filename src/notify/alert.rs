//! Warnings about money, drawn for each kind of reader before a transaction begins and posted in the one that remembers
//! what was told. Who hears of it was decided by `rules::audience`; nobody to tell means `[operations]`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::App;
use crate::domain::brief::Brief;
use crate::domain::contact::ChannelKind;
use crate::domain::document::Document;
use crate::domain::ids::ContactId;
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader, Severity};
use crate::domain::project::Project;
use crate::domain::reach::Way;
use crate::domain::role::{Rights, Role};
use crate::domain::schedule::Format;
use crate::i18n::Words;
use crate::notify::post::{NewArtefact, NewNotice, NewRecipient, NewVariant};
use crate::report::alert::{Alert, figures};
use crate::report::{brand, render};
use crate::rules::Heard;

/// One warning and who hears of it, each from when on.
#[derive(Debug)]
pub struct Warning<'a> {
    pub project: &'a Project,
    pub kind: NoticeKind,
    pub severity: Severity,
    /// What makes it one: of a project, balance, rule, episode and level.
    pub key: String,
    pub give_up_at: Instant,
    pub heard: Vec<(Heard, Option<Instant>)>,
    /// Whether `[operations]` hears of it beside them; where nobody else does, it hears of it anyway.
    pub operations: bool,
}

/// The warning in one language, for readers who may see sums or may not.
#[derive(Debug)]
pub struct Said {
    pub document: Document,
    /// What a phone is told.
    pub sms: String,
    /// What both are made of: kept, so that it can be told with others.
    pub alert: Alert,
}

/// The warning as a notice. `make` draws it in a language, with sums or without, for those who hear of it in their morning or
/// for those who hear at once.
pub async fn drawn(
    app: &App,
    warning: Warning<'_>,
    make: impl Fn(&str, bool, bool) -> Said,
) -> anyhow::Result<NewNotice> {
    let own = Words::of(&warning.project.locale).language();
    let mut groups: BTreeMap<(&'static str, bool, bool), Vec<NewRecipient>> = BTreeMap::new();
    for (heard, not_before) in &warning.heard {
        let language = heard.language.as_deref().map_or(own, |tag| Words::of(tag).language());
        let words = Words::of(language);
        let project = [("project", warning.project.name.as_str().into())];
        let why = match (&heard.in_place_of, heard.role) {
            (Some((name, to)), _) => {
                let day = words.day_month_year(*to);
                let values = [("name", name.as_str().into()), ("day", day.into()), project[0].clone()];
                words.say("alert-why-deputy", &values)
            }
            (None, Role::Finance) => words.say("alert-why-finance", &project),
            (None, Role::Ops) => words.say("alert-why-ops", &project),
            _ => words.say("owner-why-role", &project),
        };
        for way in &heard.ways {
            let to = (Some(heard.contact.clone()), way.clone(), heard.name.clone());
            let one = recipient(&words, to, why.clone(), *not_before);
            groups.entry((language, heard.shows_money(way), not_before.is_some())).or_default().push(one);
        }
    }
    let is_reached = warning.heard.iter().any(|(heard, _)| heard.is_reached());
    if warning.operations || !is_reached {
        let words = Words::of(own);
        let why = words.word("owner-why-operations");
        let way = |channel, address| Way { channel, address, shut: None, hides_money: true };
        let operations = &app.settings.operations;
        let mails = operations.email.iter().map(|to| way(ChannelKind::Email, to.to_string()));
        let rooms = operations.channels.iter().map(|(kind, name)| way(*kind, name.clone()));
        let told = mails.chain(rooms).map(|way| recipient(&words, (None, way, String::new()), why.clone(), None));
        // One variant is kept even where nobody can be told, so that it is there to be asked about.
        groups.entry((own, false, false)).or_default().extend(told);
    }
    if !is_reached {
        let to = if app.settings.operations.is_empty() {
            ", and [operations] is empty: nobody hears of it"
        } else {
            ": it goes to [operations]"
        };
        tracing::warn!(
            project.id = %warning.project.id,
            notice.kind = warning.kind.name(),
            "Nobody of the project can be told of a warning about money{to}"
        );
    }
    let brand = Arc::new(warning.project.settings.brand.clone());
    let documents = groups.into_iter().map(|((language, shows_money, waits), recipients)| {
        let mut said = make(language, shows_money, waits);
        brand::sign(&mut said.document, Arc::clone(&brand));
        let brief = brief(&said, &warning, shows_money);
        let of_use_until = of_use_until(app, &said.alert);
        let recipients = recipients.into_iter().map(|one| NewRecipient { of_use_until, ..one }).collect();
        (said.document, brief, said.alert, shows_money, recipients)
    });
    let documents: Vec<_> = documents.collect();
    let draw = move || documents.into_iter().map(variant).collect::<anyhow::Result<Vec<NewVariant>>>();
    Ok(NewNotice {
        project: Some(warning.project.key),
        kind: warning.kind,
        severity: warning.severity,
        run: None,
        schedule: None,
        occurrence: None,
        dedup_key: warning.key,
        not_before: None,
        give_up_at: warning.give_up_at,
        variants: tokio::task::spawn_blocking(draw).await??,
    })
}

/// The end of the last day on which a payment is in time, while that is to come.
pub(super) fn of_use_until(app: &App, alert: &Alert) -> Option<Instant> {
    Some(app.zones.get(&alert.zone).ok()?.start_of_day(alert.day_to_pay()?.succ_opt()?))
}

/// What other services than mail are told; in a room for many projects the title says of which it is.
fn brief(said: &Said, warning: &Warning<'_>, shows_money: bool) -> Brief {
    Brief {
        figures: Some(figures(&said.alert, shows_money)),
        severity: warning.severity.name().to_owned(),
        title: said.document.subject.clone(),
        sms: Some(said.sms.clone()),
        ..Brief::of(&said.document, warning.kind.name(), Some(warning.project.id.as_str()))
    }
}

fn variant(
    (document, brief, alert, shows_money, recipients): (Document, Brief, Alert, bool, Vec<NewRecipient>),
) -> anyhow::Result<NewVariant> {
    let mut artefacts: Vec<NewArtefact> = NewArtefact::logo(&document.brand).into_iter().collect();
    for format in [Format::Html, Format::Text] {
        let rendered = render::render(&document, format)?;
        let name = format!("{}.{}", document.file_stem, render::renderer(format).ending);
        artefacts.push(NewArtefact::new(format, name, rendered.media_type.to_owned(), &rendered.bytes));
    }
    artefacts.push(NewArtefact::brief(&brief));
    artefacts.push(NewArtefact::alert(&alert));
    let role = if shows_money { Role::Finance } else { Role::Ops };
    Ok(NewVariant {
        sender: None,
        reader: Reader {
            language: document.language.clone(),
            rights: Rights::of(&[role], None),
            formats: Vec::new(),
            projects: Default::default(),
            alerts: Default::default(),
        },
        subject: document.subject,
        artefacts,
        recipients,
    })
}

fn recipient(
    words: &Words,
    (contact, way, display_name): (Option<ContactId>, Way, String),
    why: String,
    not_before: Option<Instant>,
) -> NewRecipient {
    NewRecipient { not_before, ..NewRecipient::told(words, contact, way, display_name, why) }
}
