//! Persons who were erased don't come back with a file that still tells of them: their calls are taken in as calls of a hidden
//! number. What they did after that is somebody's new call.

use super::account::SetAside;
use super::formats::{Item, Piece};
use super::home_of;
use crate::app::App;
use crate::domain::fold::Ranked;
use crate::domain::person::{Marks, event_without, without};
use crate::domain::project::Project;
use crate::store::StoreError;

/// Those who were erased in a project, or everywhere.
#[derive(Debug)]
pub(super) struct Erased {
    marks: Marks,
    /// Whose way of writing numbers a file's may follow.
    regions: Vec<String>,
}

impl Erased {
    pub(super) async fn load(app: &App, project: &Project) -> Result<Self, StoreError> {
        let traces = app.store.read().await?.erased(Some(project.key)).await?;
        Ok(Self {
            marks: Marks::new(&traces),
            regions: home_of(project).map(|region| region.code()).into_iter().collect(),
        })
    }

    /// The items without them.
    pub(super) fn clean(&self, items: Vec<Item>) -> Vec<Item> {
        if self.marks.is_empty() {
            return items;
        }
        items.into_iter().map(|item| self.cleaned(item)).collect()
    }

    fn cleaned(&self, item: Item) -> Item {
        match item {
            Item::Call(record) => Item::Call(match without(&record.call, &self.marks, &self.regions) {
                Some(call) => Box::new(Ranked::rewritten(&record, call)),
                None => record,
            }),
            Item::Piece(piece) => {
                if self.marks.mentions(&piece.body, &self.regions).is_empty() {
                    return Item::Piece(piece);
                }
                let marks = self.marks.erased_after(piece.at);
                let id = |id: &str| marks.scrubbed(id, &self.regions).unwrap_or_else(|| id.to_owned());
                match event_without(&piece.body, &marks, &self.regions) {
                    Some(body) => {
                        let merged_id = piece.merged_id.as_deref().map(id);
                        Item::Piece(Box::new(Piece::new(id(&piece.call_id), merged_id, piece.at, body)))
                    }
                    None => Item::Piece(piece),
                }
            }
            Item::NoCall => Item::NoCall,
        }
    }

    /// A text without them, such as the name of a file.
    pub(super) fn clean_text(&self, text: &str) -> String {
        self.marks.scrubbed(text, &self.regions).unwrap_or_else(|| text.to_owned())
    }

    /// Rows that couldn't be read, without them: when nobody knows what a row says, it may be a whole record of the person.
    pub(super) fn clean_values(&self, rows: &mut [SetAside]) {
        for row in rows.iter_mut().filter(|row| !self.marks.mentions(&row.value, &self.regions).is_empty()) {
            row.value = "erased".to_owned();
        }
    }
}
