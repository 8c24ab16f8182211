//! A project's data as a whole: written into a file, or removed for good.

use std::collections::BTreeMap;
use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::app::App;
use crate::domain::ids::ProjectKey;
use crate::store::StoreError;
use crate::store::belongs::Belonging;
use crate::store::packed;

/// Rows in one transaction.
const TOGETHER_ON_SQLITE: i64 = 500;
const TOGETHER_ON_POSTGRES: i64 = 10_000;
const VERSION: u32 = 1;

/// How many rows each table has of a project.
///
/// # Errors
/// When the database can't be read.
pub async fn counts(app: &App, project: ProjectKey) -> Result<BTreeMap<String, i64>, StoreError> {
    let mut session = app.store.read().await?;
    let mut counts = BTreeMap::new();
    for Belonging { table, condition } in session.belongings(project).await? {
        let rows = session.count_where(&table, &condition).await?;
        if rows > 0 {
            counts.insert(table.name, rows);
        }
    }
    Ok(counts)
}

/// Writes everything of a project: a line of JSON a row, the first says what it is. Documents are in base64. Returns how many
/// rows.
///
/// # Errors
/// When the database can't be read or the file can't be written.
pub async fn export(app: &App, id: &str, project: ProjectKey, out: &mut (impl Write + Send)) -> anyhow::Result<u64> {
    let head = json!({ "callbrief_project": id, "version": VERSION, "made_at": app.clock.now().to_string() });
    writeln!(out, "{head}")?;
    let belongings = app.store.read().await?.belongings(project).await?;
    let mut rows = 0_u64;
    for Belonging { table, condition } in &belongings {
        let mut failed = None;
        let name = Value::from(table.name.as_str());
        let line = |row: &str| {
            rows += 1;
            if failed.is_none() {
                failed = writeln!(out, "{{\"table\":{name},\"row\":{row}}}").err();
            }
            Ok(())
        };
        app.store.each_row(table, &format!("where {condition}"), line).await?;
        failed.map_or(Ok(()), Err)?;
    }
    let forms = app.store.read().await?.stored_forms().await?;
    let wanted: std::collections::BTreeSet<String> =
        forms.into_iter().filter(|form| form.project == Some(project.0)).map(|form| form.hash).collect();
    let mut last = String::new();
    loop {
        let contents = app.store.read().await?.contents_after(&last).await?;
        let Some(end) = contents.last() else { break };
        last = end.hash.clone();
        for content in contents.into_iter().filter(|content| wanted.contains(&content.hash)) {
            let bytes = STANDARD.encode(packed::unpack(&content.bytes)?);
            let row = json!({ "hash": content.hash, "media_type": content.media_type, "content": bytes });
            writeln!(out, "{}", json!({ "table": "artefacts", "row": row }))?;
            rows += 1;
        }
    }
    out.flush()?;
    Ok(rows)
}

/// What a purge came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Purged {
    /// Rows by table.
    Done(BTreeMap<String, u64>),
    /// Something of it is in somebody's hands; the project is ended, so that it passes.
    UnderWay(i64),
}

/// Removes everything of a project, its own row last. Small transactions; a purge that breaks off is done again and goes on.
///
/// # Errors
/// When the database can't be read or written.
pub async fn purge(app: &App, id: &str, project: ProjectKey, actor: &str) -> Result<Purged, StoreError> {
    let now = app.clock.now();
    let mut session = app.store.write().await?;
    session.end_project(id, project, now).await?;
    session.end_silent_imports(now).await?;
    session.commit().await?;
    let mut session = app.store.read().await?;
    let under_way = session.under_way(project).await?;
    if under_way > 0 {
        return Ok(Purged::UnderWay(under_way));
    }
    let belongings = session.belongings(project).await?;
    let forms = session.stored_forms().await?;
    drop(session);
    let contents: Vec<String> =
        forms.into_iter().filter(|form| form.project == Some(project.0)).map(|form| form.hash).collect();
    let mut session = app.store.write().await?;
    let contacts = session.contacts_of_it_alone(project).await?;
    for contact in &contacts {
        session.remove_contact(contact).await?;
    }
    session.commit().await?;
    let together = if app.store.is_sqlite() { TOGETHER_ON_SQLITE } else { TOGETHER_ON_POSTGRES };
    let mut removed: BTreeMap<String, u64> = BTreeMap::new();
    if !contacts.is_empty() {
        removed.insert("contacts".to_owned(), contacts.len() as u64);
    }
    for Belonging { table, condition } in &belongings {
        loop {
            let mut session = app.store.write().await?;
            let rows = session.remove_where(table, condition, together).await?;
            session.commit().await?;
            if rows == 0 {
                break;
            }
            *removed.entry(table.name.clone()).or_default() += rows;
        }
    }
    for hashes in contents.chunks(50) {
        let mut session = app.store.write().await?;
        for hash in hashes {
            session.remove_content(hash).await?;
        }
        session.commit().await?;
    }
    let mut session = app.store.write().await?;
    let trace = session.remove_trace(id).await?;
    if trace > 0 {
        removed.insert("audit".to_owned(), trace);
    }
    session.audit(now, actor, "project_purged", &project.0.to_string(), &json!({ "rows": removed })).await?;
    session.commit().await?;
    Ok(Purged::Done(removed))
}
