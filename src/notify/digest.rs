//! The digest of what waited through quiet hours, as a notice: a few words of each message, in the order of what still matters. It
//! remembers of which deliveries it is made, so that the gate can ask of each and it can be made anew without some.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::app::App;
use crate::domain::brief::Brief;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader, Severity};
use crate::domain::project::Project;
use crate::domain::quiet::{Part, part};
use crate::i18n::Words;
use crate::notify::post::{ALERT, BRIEF, NewNotice, NewVariant};
use crate::notify::several;
use crate::report::alert::{Alert, alert, balance_of};
use crate::report::digest::{self, Line, Of};
use crate::store::deliveries::HeldRow;
use crate::store::packed;

/// One message that waited.
#[derive(Clone, Debug)]
pub struct Folded {
    pub delivery: i64,
    pub project: Option<i64>,
    pub part: Part,
    subject: String,
    /// For whom its own message was made.
    reader: Reader,
    /// Its few words, where it has them.
    brief: Option<Brief>,
    /// What it was made of, if it is a warning.
    alert: Option<Alert>,
}

impl Folded {
    /// Reads what a message was made of.
    pub async fn of(app: &App, row: &HeldRow) -> anyhow::Result<Self> {
        let forms = app.store.artefacts_of(row.variant).await?;
        let bytes = |format: &str| {
            let stored = forms.iter().find(|stored| stored.format == format);
            stored.map(|stored| packed::unpack(&stored.bytes)).transpose()
        };
        let brief = bytes(BRIEF)?.map(|json| serde_json::from_slice(&json)).transpose()?;
        Ok(Self {
            delivery: row.id,
            project: row.project,
            part: NoticeKind::parse(&row.kind).map_or(Part::Alone, |kind| part(kind, row.is_open)),
            subject: row.subject.clone(),
            reader: serde_json::from_str(&row.kind_of_reader)?,
            brief,
            // A version that kept it differently isn't read.
            alert: bytes(ALERT)?.and_then(|json| serde_json::from_slice(&json).ok()),
        })
    }

    /// Whether its own message showed sums.
    pub fn shows_money(&self) -> bool {
        self.reader.rights.money
    }

    /// Its line in a language. `is_one_of_many`: its project has several balances to tell of.
    fn line(&self, language: &str, is_one_of_many: bool) -> Line {
        let (mut subject, mut brief) = (self.subject.clone(), self.brief.clone());
        if let Some(told) = self.alert.as_ref().filter(|_| self.reader.language != language) {
            let document = alert(told, language, self.reader.rights.money);
            brief = brief.map(|_| Brief::of(&document, NoticeKind::Digest.name(), None));
            subject = document.subject;
        }
        Line {
            part: self.part,
            subject,
            balance: self.alert.as_ref().filter(|_| is_one_of_many).and_then(|alert| balance_of(alert, language)),
            said: brief.as_ref().and_then(|brief| brief.lines.first().cloned()),
            button: brief.and_then(|brief| brief.button),
        }
    }
}

/// What a contact gets by one address.
#[derive(Clone, Debug)]
pub struct Digest<'a> {
    pub contact: &'a Contact,
    pub channel: ChannelKind,
    pub address: &'a str,
    /// What makes it one.
    pub key: String,
    pub folded: Vec<Folded>,
}

/// The digest, ready to be posted.
pub async fn drawn(app: &App, digest: Digest<'_>, now: Instant) -> anyhow::Result<NewNotice> {
    let mut variant = variant(app, &digest.folded, now).await?;
    let words = Words::of(&variant.reader.language);
    let (contact, way) = (digest.contact, (digest.channel, digest.address.to_owned()));
    let reader = several::recipient(&words, Some(contact.id.clone()), way, contact.name.clone(), "digest-why");
    variant.recipients.push(reader);
    let is_one_project = digest.folded.iter().all(|one| one.project == digest.folded[0].project);
    Ok(NewNotice {
        project: digest.folded.first().and_then(|one| one.project).filter(|_| is_one_project).map(ProjectKey),
        kind: NoticeKind::Digest,
        severity: Severity::Warning,
        run: None,
        schedule: None,
        occurrence: None,
        dedup_key: digest.key,
        not_before: None,
        give_up_at: now.plus_seconds(NoticeKind::Digest.rules().give_up_after_sec),
        variants: vec![variant],
    })
}

/// The message as a form, without its reader; it goes by the name of the first one's project.
pub(super) async fn variant(app: &App, folded: &[Folded], now: Instant) -> anyhow::Result<NewVariant> {
    let language = folded.first().map_or("en", |one| one.reader.language.as_str());
    let words = Words::of(language);
    let projects: BTreeSet<Option<i64>> = folded.iter().map(|one| one.project).collect();
    let first: Option<Project> = match folded.first().and_then(|one| one.project) {
        Some(key) => app.store.project_by_key(ProjectKey(key)).await?,
        None => None,
    };
    let installation = words.word("owner-installation");
    let of = match projects.len() {
        0 | 1 => Of::One(first.as_ref().map_or(installation.as_str(), |project| project.name.as_str())),
        several => Of::Several(several),
    };
    let mut balances: BTreeMap<Option<i64>, BTreeSet<&str>> = BTreeMap::new();
    for one in folded {
        let name = one.alert.as_ref().and_then(|alert| alert.balance.as_ref()).map(|balance| balance.name.as_str());
        balances.entry(one.project).or_default().extend(name);
    }
    let is_one_of_many = |one: &Folded| balances.get(&one.project).is_some_and(|names| names.len() > 1);
    let lines: Vec<Line> = folded.iter().map(|one| one.line(words.language(), is_one_of_many(one))).collect();
    let subjects: Vec<String> = lines.iter().map(|line| line.what(&words)).collect();
    let mut document = digest::document(&words, of, lines, now);
    let brand = first.as_ref().map(|project| project.settings.brand.clone()).unwrap_or_default();
    crate::report::brand::sign(&mut document, Arc::new(brand));
    let id = first.as_ref().filter(|_| projects.len() == 1).map(|project| project.id.as_str());
    let brief = Brief {
        severity: Severity::Warning.name().to_owned(),
        title: document.subject.clone(),
        sms: Some(digest::sms(&words, of, &document, subjects.iter().map(String::as_str))),
        ..Brief::of(&document, NoticeKind::Digest.name(), id)
    };
    let told = folded.iter().map(|one| (one.delivery, one.shows_money())).collect();
    several::variant(document, brief, first.map(|project| project.key), told).await
}
