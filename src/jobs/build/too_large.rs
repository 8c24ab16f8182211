//! A file that was too large for its mail is told to the project's owner, once for each run.

use crate::app::App;
use crate::domain::document::Text;
use crate::domain::ids::{ProjectKey, ScheduleId};
use crate::domain::schedule::Format;
use crate::i18n::Words;
use crate::notify::named::ReportName;
use crate::notify::owner::{self, Drawn};
use crate::report::notice::{self, OwnerNotice};

use super::attach::MOST_MAIL_BYTES;

/// What the owner is told: which files this occurrence's mail went without. It is posted with the report.
pub async fn drawn(
    app: &App,
    project: ProjectKey,
    schedule: &ScheduleId,
    occurrence: &str,
    formats: &[Format],
) -> anyhow::Result<Vec<Drawn>> {
    let name = app.store.project_by_key(project).await?.map(|project| project.name).unwrap_or_default();
    let list: Vec<String> = formats.iter().map(|format| format.name().to_uppercase()).collect();
    let list = list.join(", ");
    let said = occurrence.split('#').next().unwrap_or(occurrence).replace('T', " ");
    let report = ReportName::find(&mut app.store.read().await?, schedule.as_str()).await?;
    let make = |language: &str| {
        let words = Words::of(language);
        let values = [
            ("project", name.as_str().into()),
            ("schedule", schedule.as_str().into()),
            ("report", report.in_words(&words).into()),
            ("occurrence", said.as_str().into()),
            ("list", list.as_str().into()),
            ("size", (MOST_MAIL_BYTES / 1_000_000).into()),
        ];
        notice::owner(OwnerNotice {
            language: words.language().to_owned(),
            direction: words.direction(),
            made_at: app.clock.now(),
            subject: words.say("too-large-subject", &values),
            eyebrow: words.say("too-large-eyebrow", &values),
            title: words.say("too-large-title", &values),
            sentence: words.say("too-large-sentence", &values),
            advice: vec![Text::plain(words.say("too-large-advice", &values))],
            facts: Vec::new(),
            foot: Vec::new(),
        })
    };
    owner::drawn(app, Some(project), make).await
}

/// What makes it one notice.
pub fn once(schedule: &ScheduleId, occurrence: &str) -> String {
    format!("owner/too_large/{schedule}/{occurrence}")
}
