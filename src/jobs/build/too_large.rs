//! A file that was too large for its mail is told to the project's owner, once for each run.

use crate::app::App;
use crate::domain::document::Text;
use crate::domain::ids::{ProjectKey, ScheduleId};
use crate::domain::occurrence::is_of_sample;
use crate::domain::schedule::Format;
use crate::i18n::Words;
use crate::notify::named::ReportName;
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
    let report = ReportName::find(&mut app.store.read().await?, schedule.as_str()).await?;
    let make = |language: &str| {
        let words = Words::of(language);
        let report = report.in_words(&words);
        let values =
            [("project", name.as_str().into()), ("schedule", schedule.as_str().into()), ("n", formats.len().into())];
        notice::owner(OwnerNotice {
            language: words.language().to_owned(),
            direction: words.direction(),
            made_at: app.clock.now(),
            subject: words.say("too-large-subject", &values),
            eyebrow: words.say("too-large-eyebrow", &values),
            title: words.say("too-large-title", &values),
            sentence: sentence(&words, &report, occurrence, formats),
            advice: vec![Text::plain(words.say("too-large-advice", &values))],
            facts: Vec::new(),
            foot: Vec::new(),
        })
    };
    owner::drawn(app, Some(project), make).await
}

/// What went without which files: a sample belongs to no time of the schedule.
fn sentence(words: &Words, report: &str, occurrence: &str, formats: &[Format]) -> String {
    let of = said(words, occurrence);
    let list: Vec<String> = formats.iter().map(|format| format.name().to_uppercase()).collect();
    let values = [
        ("report", report.into()),
        ("occurrence", of.as_str().into()),
        ("list", words.all_of(&list).into()),
        ("n", formats.len().into()),
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
        let sample = of_sample(Instant::from_micros(1_795_342_506_632_939));
        for language in crate::i18n::spoken() {
            let words = Words::of(language);
            let told = sentence(&words, "weekly", &sample, &[Format::Xlsx]);
            assert!(told.contains("XLSX") && !told.contains("sample:") && !told.contains("2026"), "{told}");
            let all = [Format::Xlsx, Format::Csv, Format::Json];
            let of_three = sentence(&words, "weekly", "2026-11-23T08:00#0", &all);
            assert!(of_three.contains("23") && of_three.contains("8:00") && !of_three.contains('#'), "{of_three}");
            let of_one = sentence(&words, "weekly", "2026-11-23T08:00#0", &all[..1]);
            let list = words.all_of(&["XLSX", "CSV", "JSON"].map(str::to_owned));
            assert_ne!(of_three, of_one.replace("XLSX", &list), "{language}: three files are more than one");
        }
        let told = sentence(&Words::of("en"), "weekly", &sample, &[Format::Xlsx]);
        assert!(told.starts_with("The sample of the report “weekly” went out without XLSX: "), "{told}");
    }
}
