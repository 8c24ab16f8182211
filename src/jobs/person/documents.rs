//! Stored documents that name a person. Text is read as it is, workbooks are opened; what can't be read, such as a PDF, is
//! taken to name whoever called in its period.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use super::Scope;
use super::find::Found;
use crate::app::App;
use crate::domain::ids::{ProjectId, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::person::Marks;
use crate::store::packed;
use crate::store::person::StoredForm;
use crate::store::{StoreError, stored};

/// A variant of a notice some of whose forms name the person; all its forms go.
#[derive(Clone, Debug)]
pub struct Document {
    pub variant: i64,
    pub notice: i64,
    pub kind: String,
    pub project: Option<i64>,
    /// Contents of its forms.
    pub hashes: Vec<String>,
}

/// What is read of one content: an archive that unpacks to more is no workbook of ours.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Variants with a form that names the person or may.
pub(super) async fn find(
    app: &App,
    marks: &Marks,
    scope: Scope,
    found: &Found,
    everywhere: &[String],
) -> Result<Vec<Document>, StoreError> {
    let (naming, unread) = contents(app, marks, everywhere).await?;
    let forms = app.store.read().await?.stored_forms().await?;
    let forms = forms.into_iter().filter(|form| scope.project.is_none_or(|only| form.project == Some(only.0)));
    let mut by_notice: BTreeMap<i64, Vec<StoredForm>> = BTreeMap::new();
    for form in forms {
        by_notice.entry(form.notice).or_default().push(form);
    }
    let calls = calls_by_project(found);
    let mut documents = Vec::new();
    for (notice, forms) in by_notice {
        let is_named = forms.iter().any(|form| naming.contains(&form.hash));
        let mut may_be = false;
        if !is_named && forms.iter().any(|form| unread.contains(&form.hash)) {
            may_be = tells_of(app, &forms[0], &calls, found).await?;
        }
        if is_named || may_be {
            let mut variants: BTreeMap<i64, Document> = BTreeMap::new();
            for StoredForm { variant, hash, kind, project, .. } in forms {
                let new = Document { variant, notice, kind, project, hashes: Vec::new() };
                variants.entry(variant).or_insert(new).hashes.push(hash);
            }
            documents.extend(variants.into_values());
        }
    }
    Ok(documents)
}

/// Contents that name the person, and those that can't be read.
async fn contents(
    app: &App,
    marks: &Marks,
    regions: &[String],
) -> Result<(BTreeSet<String>, BTreeSet<String>), StoreError> {
    let (mut naming, mut unread) = (BTreeSet::new(), BTreeSet::new());
    let mut last = String::new();
    loop {
        let contents = app.store.read().await?.contents_after(&last).await?;
        let Some(end) = contents.last() else { return Ok((naming, unread)) };
        last = end.hash.clone();
        for content in contents {
            let bytes = stored("document", packed::unpack(&content.bytes))?;
            match texts(&content.media_type, &bytes) {
                Some(texts) if texts.iter().any(|text| !marks.mentions(text, regions).is_empty()) => {
                    naming.insert(content.hash);
                }
                Some(_) => {}
                None => {
                    unread.insert(content.hash);
                }
            }
        }
    }
}

/// The texts of a content; `None`: it can't be read.
fn texts(media_type: &str, bytes: &[u8]) -> Option<Vec<String>> {
    if bytes.starts_with(b"PK") {
        return workbook(bytes);
    }
    if media_type.starts_with("image/") {
        return Some(Vec::new());
    }
    let is_text = ["text/", "application/json"].iter().any(|kind| media_type.starts_with(kind));
    let text = is_text.then(|| String::from_utf8_lossy(bytes).into_owned())?;
    let mut texts = vec![text];
    if media_type.starts_with("text/html") {
        texts.push(texts[0].replace("&nbsp;", " ").replace("&#160;", " ").replace("&#43;", "+").replace("&#64;", "@"));
    }
    Some(texts)
}

fn workbook(bytes: &[u8]) -> Option<Vec<String>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut texts = Vec::new();
    for at in 0..archive.len() {
        let mut text = Vec::new();
        archive.by_index(at).ok()?.take(MOST_BYTES).read_to_end(&mut text).ok()?;
        texts.push(String::from_utf8_lossy(&text).into_owned());
    }
    Some(texts)
}

/// When the person called, by project.
fn calls_by_project(found: &Found) -> BTreeMap<i64, Vec<Instant>> {
    let mut calls: BTreeMap<i64, Vec<Instant>> = BTreeMap::new();
    for row in found.of("call_details") {
        let record: Option<serde_json::Value> = serde_json::from_str(row.text("record")).ok();
        let at = record.as_ref().and_then(|record| serde_json::from_value(record.get("started_at")?.clone()).ok());
        if let (Some(project), Some(at)) = (row.project, at) {
            calls.entry(project).or_default().push(at);
        }
    }
    calls
}

/// Whether a report tells of a period and a project in which the person called.
async fn tells_of(
    app: &App,
    form: &StoredForm,
    calls: &BTreeMap<i64, Vec<Instant>>,
    found: &Found,
) -> Result<bool, StoreError> {
    let (Some(since), Some(until)) = (form.since, form.until) else { return Ok(false) };
    let mut projects: Vec<i64> = form.project.into_iter().collect();
    if let Some(id) = form.schedule.as_deref().and_then(|id| ScheduleId::parse(id).ok())
        && let Some(schedule) = app.store.schedule(&id).await?
    {
        let told: BTreeSet<&ProjectId> = schedule.projects().collect();
        projects.extend(
            found.projects.iter().filter(|(_, id)| told.iter().any(|told| told.as_str() == *id)).map(|(key, _)| *key),
        );
    }
    let called =
        |project: &i64| calls.get(project).is_some_and(|calls| calls.iter().any(|at| since <= *at && *at < until));
    Ok(projects.iter().any(called))
}
