//! What came of a walk: every mail with who got it, for which period, why, how big it is and where it lies.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;

use super::folder::Folder;
use super::warnings::Warning;
use crate::app::App;
use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::ids::ProjectId;
use crate::domain::instant::Instant;
use crate::domain::notice::NoticeKind;
use crate::domain::period::Period;
use crate::i18n::Words;
use crate::notify::envelope::Envelope;
use crate::store::Posted;
use crate::zones::Zone;

/// What one walk did.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whether it was the folder's first.
    pub is_first: bool,
    pub from: Instant,
    pub to: Instant,
    /// Calls that came in on the way (the history before it apart), the captured ones not counted.
    pub calls: usize,
    /// Reports.
    pub mails: Vec<Mail>,
    /// Everything else.
    pub warnings: Vec<Warning>,
}

/// One mail.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The zone of its schedule.
    pub zone: Zone,
    /// When it fell due.
    pub at: Instant,
    pub schedule: String,
    pub name: String,
    pub address: String,
    pub subject: String,
    pub period: Option<Period>,
    /// Why this reader gets it, as its foot says, in the reader's language.
    pub why: String,
    /// When it comes, in English: `every Monday at 08:00 (Kyiv time)`.
    pub when: String,
    /// As what this reader gets it, in English: `owner of Vikna Plus`.
    pub reader: String,
    /// The word for its state: `accepted` when all went well.
    pub state: String,
    /// What is quoted at its end.
    pub reference: String,
    /// Its share of the time that the work at that instant took, building and sending.
    pub took: Duration,
    /// Bytes of the message; 0 where there is no file.
    pub size: u64,
    /// The message as it went out.
    pub message: Option<PathBuf>,
    /// What to open: the same as a web page.
    pub page: Option<PathBuf>,
    /// Its attachments.
    pub attached: Vec<PathBuf>,
}

impl Account {
    pub(super) fn begin(from: Instant, to: Instant, is_first: bool) -> Self {
        Self { is_first, from, to, calls: 0, mails: Vec::new(), warnings: Vec::new() }
    }

    /// Adds the reports of one instant, which together took so long.
    pub(super) fn add(&mut self, app: &App, posted: Vec<Posted>, took: Duration) -> anyhow::Result<()> {
        let posted: Vec<Posted> =
            posted.into_iter().filter(|posted| posted.kind == NoticeKind::Report.name()).collect();
        let share = took / u32::try_from(posted.len().max(1)).unwrap_or(u32::MAX);
        for posted in posted {
            let zone = posted.zone.as_deref().unwrap_or("Etc/UTC");
            let envelope = Envelope::read(&posted.why).unwrap_or_default();
            self.mails.push(Mail {
                zone: app.zones.get(zone).map_err(|unknown| anyhow::anyhow!("{unknown}"))?,
                at: posted.fires_at.unwrap_or(self.to),
                schedule: posted.schedule.unwrap_or(posted.kind),
                name: posted.display_name,
                address: posted.address,
                subject: posted.subject.unwrap_or_default(),
                period: posted.period_from.zip(posted.period_to).and_then(|(from, to)| Period::new(from, to)),
                why: envelope.foot.why,
                when: String::new(),
                reader: String::new(),
                state: posted.state,
                reference: posted.reference,
                took: share,
                size: 0,
                message: None,
                page: None,
                attached: Vec::new(),
            });
        }
        Ok(())
    }

    /// Says in English of each mail when such ones come, and as what its reader gets it.
    pub(super) async fn name_readers(&mut self, app: &App) -> anyhow::Result<()> {
        let words = Words::of("en");
        let (schedules, contacts) = (app.store.schedules().await?, app.store.contacts().await?);
        let projects = app.store.projects().await?;
        for mail in &mut self.mails {
            let Some(schedule) = schedules.iter().find(|schedule| schedule.id.as_str() == mail.schedule) else {
                continue;
            };
            mail.when = format!("{} ({})", words.rule(&schedule.cadence), words.zone(&schedule.zone));
            let has_it = |address: &String| address.eq_ignore_ascii_case(&mail.address);
            let by_mail = |contact: &&Contact| {
                contact.addresses.get(&ChannelKind::Email).is_some_and(|all| all.iter().any(has_it))
            };
            let contact = contacts.iter().find(by_mail);
            let roles = |id: &ProjectId| contact.and_then(|contact| contact.roles.get(id)?.first());
            let seen = schedule.projects().filter_map(|id| {
                let name = projects.iter().find(|project| project.id == *id)?.name.as_str();
                Some(format!("{} of {name}", words.word(&format!("role-{}", roles(id)?.name()))))
            });
            let seen: Vec<String> = seen.collect();
            mail.reader = if seen.is_empty() { "in the list by its address".to_owned() } else { words.all_of(&seen) };
        }
        Ok(())
    }

    /// Finds each mail's files in the outbox.
    pub(super) fn find_files(&mut self, folder: &Folder) -> anyhow::Result<()> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder.outbox())
            .with_context(|| format!("{} can't be read", folder.outbox().display()))?
            .flatten()
            .map(|entry| entry.path())
            .collect();
        files.sort();
        for mail in &mut self.mails {
            for file in files.iter().filter(|file| belongs_to(file, &mail.reference)) {
                match file.extension().and_then(|ending| ending.to_str()) {
                    Some("eml") => {
                        mail.size = file.metadata()?.len();
                        mail.message = Some(file.clone());
                    }
                    Some("html") => mail.page = Some(file.clone()),
                    _ => mail.attached.push(file.clone()),
                }
            }
        }
        Ok(())
    }
}

/// The file transport names a message's files by its reference.
fn belongs_to(file: &Path, reference: &str) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.to_ascii_lowercase().contains(&reference.to_ascii_lowercase())
}
