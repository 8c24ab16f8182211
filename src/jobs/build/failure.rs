//! A report that couldn't be made is told to the project's owner, once for each run.

use crate::app::App;
use crate::domain::document::Text;
use crate::domain::ids::{ProjectKey, ScheduleId};
use crate::i18n::Words;
use crate::notify::owner;
use crate::report::notice::{self, OwnerNotice};

/// Tells the owner that this occurrence's report failed, and why.
pub async fn tell(
    app: &App,
    project: ProjectKey,
    schedule: &ScheduleId,
    occurrence: &str,
    reason: &str,
) -> anyhow::Result<()> {
    let found = app.store.project_by_key(project).await?;
    let (name, locale) = found.map_or((String::new(), "en".to_owned()), |project| (project.name, project.locale));
    let words = Words::of(&locale);
    let values = [
        ("project", name.as_str().into()),
        ("schedule", schedule.as_str().into()),
        ("occurrence", occurrence.split('#').next().unwrap_or(occurrence).replace('T', " ").into()),
        ("reason", reason.into()),
    ];
    let document = notice::owner(OwnerNotice {
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
    });
    let once = format!("owner/run_failed/{schedule}/{occurrence}");
    owner::tell(app, Some(project), &once, document).await?;
    Ok(())
}
