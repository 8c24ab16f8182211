//! A file that was too large for its mail is told to the project's owner, once for each run.

use crate::app::App;
use crate::domain::document::Text;
use crate::domain::ids::{ProjectKey, ScheduleId};
use crate::domain::occurrence::is_of_sample;
use crate::domain::schedule::Format;
use crate::i18n::Words;
use crate::notify::owner::{self, Drawn};
use crate::report::notice::{self, OwnerNotice};

use super::attach::MOST_MAIL_BYTES;
use super::failure::said;

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
    let make = |language: &str| {
        let words = Words::of(language);
        let values = [("project", name.as_str().into()), ("schedule", schedule.as_str().into())];
        notice::owner(OwnerNotice {
            language: words.language().to_owned(),
            direction: words.direction(),
            made_at: app.clock.now(),
            subject: words.say("too-large-subject", &values),
            eyebrow: words.say("too-large-eyebrow", &values),
            title: words.say("too-large-title", &values),
            sentence: sentence(&words, schedule, occurrence, &list),
            advice: vec![Text::plain(words.say("too-large-advice", &values))],
            facts: Vec::new(),
            foot: Vec::new(),
        })
    };
    owner::drawn(app, Some(project), make).await
}

/// What went without which files: a sample belongs to no time of the schedule.
fn sentence(words: &Words, schedule: &ScheduleId, occurrence: &str, list: &str) -> String {
    let of = said(occurrence);
    let values = [
        ("schedule", schedule.as_str().into()),
        ("occurrence", of.as_str().into()),
        ("list", list.into()),
        ("size", (MOST_MAIL_BYTES / 1_000_000).into()),
    ];
    words.say(if is_of_sample(occurrence) { "too-large-sentence-sample" } else { "too-large-sentence" }, &values)
}

/// What makes it one notice.
pub fn once(schedule: &ScheduleId, occurrence: &str) -> String {
    format!("owner/too_large/{schedule}/{occurrence}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::instant::Instant;
    use crate::domain::occurrence::of_sample;

    #[test]
    fn a_sample_is_called_one_in_every_language() {
        let schedule = ScheduleId::parse("weekly").expect("an id");
        let sample = of_sample(Instant::from_micros(1_795_342_506_632_939));
        for language in crate::i18n::spoken() {
            let words = Words::of(language);
            let told = sentence(&words, &schedule, &sample, "XLSX");
            assert!(told.contains("XLSX") && !told.contains("sample:") && !told.contains("2026"), "{told}");
            assert!(sentence(&words, &schedule, "2026-11-23T08:00#0", "XLSX").contains("2026-11-23 08:00"));
        }
        let told = sentence(&Words::of("en"), &schedule, &sample, "XLSX");
        assert!(told.starts_with("The sample of the report weekly went out without XLSX: "), "{told}");
    }
}
