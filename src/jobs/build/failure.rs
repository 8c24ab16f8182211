//! A report that couldn't be made is told to the project's owner, once for each run.

use crate::app::App;
use crate::domain::document::Text;
use crate::domain::ids::{ProjectKey, ScheduleId};
use crate::i18n::Words;
use crate::notify::named::ReportName;
use crate::notify::owner::{self, Drawn};
use crate::report::notice::{self, OwnerNotice};

/// What the owner is told: that this occurrence's report failed, and why, by the name of the reason. It is posted in the transaction that fails the
/// run, so that no crash swallows it.
pub async fn drawn(
    app: &App,
    project: ProjectKey,
    schedule: &ScheduleId,
    occurrence: &str,
    reason: &str,
) -> anyhow::Result<Vec<Drawn>> {
    let name = app.store.project_by_key(project).await?.map(|project| project.name).unwrap_or_default();
    let occurrence_said = occurrence.split('#').next().unwrap_or(occurrence).replace('T', " ");
    let report = ReportName::find(&mut app.store.read().await?, schedule.as_str()).await?;
    let make = |language: &str| {
        let words = Words::of(language);
        let because = words.say("failed-because", &[("reason", reason.into())]);
        let values = [
            ("project", name.as_str().into()),
            ("schedule", schedule.as_str().into()),
            ("report", report.in_words(&words).into()),
            ("occurrence", occurrence_said.as_str().into()),
            ("because", because.as_str().into()),
        ];
        notice::owner(OwnerNotice {
            language: words.language().to_owned(),
            direction: words.direction(),
            made_at: app.clock.now(),
            subject: words.say("failed-subject", &values),
            eyebrow: words.say("failed-eyebrow", &values),
            title: words.say("failed-title", &values),
            sentence: words.say("failed-sentence", &values),
            advice: vec![Text::plain(words.say("failed-advice", &values))],
            facts: Vec::new(),
            foot: Vec::new(),
        })
    };
    owner::drawn(app, Some(project), make).await
}

/// What makes it one notice.
pub fn once(schedule: &ScheduleId, occurrence: &str) -> String {
    format!("owner/run_failed/{schedule}/{occurrence}")
}

/// Tells it in a transaction of its own, where no run fails with it.
pub async fn tell(
    app: &App,
    project: ProjectKey,
    schedule: &ScheduleId,
    occurrence: &str,
    reason: &str,
) -> anyhow::Result<()> {
    let drawn = drawn(app, project, schedule, occurrence, reason).await?;
    let mut session = app.store.write().await?;
    owner::tell_within(app, &mut session, Some(project), &once(schedule, occurrence), drawn).await?;
    session.commit().await?;
    Ok(())
}
