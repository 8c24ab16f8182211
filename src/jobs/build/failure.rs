//! A report that couldn't be made is told to the project's owner, once for each run.

use crate::app::App;
use crate::domain::document::Text;
use crate::domain::ids::{ProjectKey, ScheduleId};
use crate::domain::occurrence::{Occurrence, is_of_sample};
use crate::i18n::Words;
use crate::notify::named::ReportName;
use crate::notify::owner::{self, Drawn};
use crate::report::notice::{self, OwnerNotice};

/// What the owner is told: that this occurrence's report failed, and why, by the name of the reason. It is posted in the
/// transaction that fails the run, so that no crash swallows it.
pub async fn drawn(
    app: &App,
    project: ProjectKey,
    schedule: &ScheduleId,
    occurrence: &str,
    reason: &str,
) -> anyhow::Result<Vec<Drawn>> {
    let name = app.store.project_by_key(project).await?.map(|project| project.name).unwrap_or_default();
    let report = ReportName::find(&mut app.store.read().await?, schedule.as_str()).await?;
    let make = |language: &str| {
        let words = Words::of(language);
        let report = report.in_words(&words);
        let because = words.say("failed-because", &[("reason", reason.into())]);
        let values = [
            ("project", name.as_str().into()),
            ("schedule", schedule.as_str().into()),
            ("report", report.as_str().into()),
            ("because", because.as_str().into()),
        ];
        notice::owner(OwnerNotice {
            language: words.language().to_owned(),
            direction: words.direction(),
            made_at: app.clock.now(),
            subject: words.say("failed-subject", &values),
            eyebrow: words.say("failed-eyebrow", &values),
            title: title(&words, &report, occurrence),
            sentence: words.say("failed-sentence", &values),
            advice: vec![Text::plain(words.say("failed-advice", &values))],
            facts: Vec::new(),
            foot: Vec::new(),
        })
    };
    owner::drawn(app, Some(project), make).await
}

/// Which report it was, as people say it: a sample belongs to no time of the schedule.
fn title(words: &Words, report: &str, occurrence: &str) -> String {
    let of = said(words, occurrence);
    let values = [("report", report.into()), ("occurrence", of.as_str().into())];
    words.say(if is_of_sample(occurrence) { "failed-title-sample" } else { "failed-title" }, &values)
}

/// `Mon 23 Nov 08:00`
pub(super) fn said(words: &Words, occurrence: &str) -> String {
    Occurrence::parse(occurrence).map_or_else(|| occurrence.to_owned(), |occurrence| words.moment(occurrence.local))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::instant::Instant;
    use crate::domain::occurrence::of_sample;

    #[test]
    fn a_sample_is_called_one_in_every_language() {
        let sample = of_sample(Instant::from_micros(1_795_342_506_632_939));
        for language in crate::i18n::spoken() {
            let words = Words::of(language);
            let told = title(&words, "weekly", &sample);
            assert!(told.contains("weekly") && !told.contains("sample:") && !told.contains("2026"), "{told}");
            let other = title(&words, "weekly", "2026-11-23T08:00#0");
            assert!(other.contains("23") && other.contains("8:00") && !other.contains('#'), "{other}");
        }
        let told = title(&Words::of("en"), "weekly", &sample);
        assert_eq!(told, "The sample of the report “weekly” couldn’t be made");
    }
}
