//! The lines under one recipient's mail: why you get this, when it comes again, what is attached, how to stop it. Made
//! when the report is, and kept with the delivery, so that every try says the same.

use super::compute::Made;
use super::prepare::Prepared;
use super::recipients::Addressee;
use crate::domain::foot::{Foot, REFERENCE_SLOT};
use crate::domain::instant::Instant;
use crate::domain::notice::Reader;
use crate::domain::report_spec::ReportSpec;
use crate::domain::schedule::Format;
use crate::i18n::{Value, Words};

/// The foot of this report for this addressee.
pub(super) fn foot(prepared: &Prepared, made: &Made, addressee: &Addressee) -> Foot {
    let words = Words::of(&made.reader.language);
    Foot {
        language: words.language().to_owned(),
        why: why(&words, prepared, &made.reader, addressee),
        next: prepared.next.map(|next| next_words(&words, prepared, next)),
        attached: attached(&words, prepared, made),
        stop_label: Some(words.word("foot-stop")),
        reference: words.say("foot-reference", &[("reference", REFERENCE_SLOT.into())]),
        accent: prepared.face(&made.reader).settings.brand.accent.map(|accent| accent.light),
    }
}

/// When it comes again: its day; where several come on a day, or the next one still on this one's, with its time.
fn next_words(words: &Words, prepared: &Prepared, next: Instant) -> String {
    let local = prepared.zone.local(next);
    let is_same_day = prepared.zone.date(prepared.run.run.fires_at) == local.date();
    let day = ("day", words.weekday_day_month(local.date()).into());
    match is_same_day || prepared.schedule.cadence.times().len() > 1 {
        true => words.say("foot-next-at", &[day, ("time", words.time(local.time()).into())]),
        false => words.say("foot-next", &[day]),
    }
}

fn why(words: &Words, prepared: &Prepared, reader: &Reader, addressee: &Addressee) -> String {
    let all: Vec<String> = addressee.roles.iter().map(|role| words.word(&format!("role-{}", role.name()))).collect();
    // In several projects somebody may have a role in each.
    let role = if prepared.is_several() { Some(words.all_of(&all)) } else { all.first().cloned() };
    let role = role.filter(|role| !role.is_empty());
    let id = match (prepared.run.run.is_sample, &role) {
        (true, _) => "foot-why-sample",
        // Whoever loses a project before the mail goes isn't told its name.
        (_, Some(_)) if prepared.is_several() => "foot-why-several-role",
        _ if prepared.is_several() => "foot-why-several",
        (false, Some(_)) => "foot-why-role",
        (false, None) => "foot-why-address",
    };
    words.say(
        id,
        &[
            ("rule", words.rule(&prepared.schedule.cadence).into()),
            ("zone", words.zone(prepared.zone.name()).into()),
            ("role", role.unwrap_or_default().into()),
            ("project", prepared.names(reader).into()),
        ],
    )
}

fn attached(words: &Words, prepared: &Prepared, made: &Made) -> Option<String> {
    let name = |format: Format| match format {
        Format::Pdf => words.say("foot-attached-pdf", &[("pages", Value::Count(u64::from(made.pages.unwrap_or(1))))]),
        Format::Xlsx => words.word("foot-attached-xlsx"),
        Format::Csv => words.word("foot-attached-csv"),
        Format::Html | Format::Text | Format::Json => words.word("foot-attached-json"),
    };
    let list = made.attached.iter().map(|(format, is_zipped)| match is_zipped {
        true => words.say("foot-attached-zip", &[("list", name(*format).into())]),
        false => name(*format),
    });
    let list: Vec<String> = list.collect();
    let left_out: Vec<String> = made.left_out.iter().map(|format| name(*format)).collect();
    let sentences = [("foot-attached", list), ("foot-too-large", left_out)];
    let said = sentences.iter().filter(|(_, list)| !list.is_empty());
    let said: Vec<String> = said.map(|(id, list)| words.say(id, &[("list", words.all_of(list).into())])).collect();
    let tables = prepared.is_several().then(|| tables(words, &prepared.spec, made)).flatten();
    let said: Vec<String> = said.into_iter().chain(tables).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Of a report over several projects: what of each stands in the attached tables and nowhere else.
fn tables(words: &Words, spec: &ReportSpec, made: &Made) -> Option<String> {
    let sections = spec.only_in_tables_of_several();
    let are_attached = made.attached.iter().any(|(format, _)| format.has_tables());
    if sections.is_empty() || !are_attached {
        return None;
    }
    let names = sections.into_iter().map(|section| words.word(&format!("sheet-{}", section.name().replace('_', "-"))));
    let list: Vec<String> = names.collect();
    Some(words.say("foot-several-tables", &[("list", list.join(", ").into())]))
}
