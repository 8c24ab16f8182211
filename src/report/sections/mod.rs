//! The sections of a report, one file each. To add one: its id in `domain::report_spec`, a file here with a `draw`, and a
//! line in [`SECTIONS`]; the suite loops over the table.

mod agents;
mod busiest;
mod by_day;
mod by_hour;
mod call_list;
mod drivers;
mod figures;
mod headline;
mod hours;
pub(super) mod lead;
mod missed_reasons;
mod sources;
mod to_call_back;
mod totals;

pub(super) use call_list::call_columns;
pub(super) use figures::figures;
#[cfg(test)]
pub(super) use figures::names as figure_names;
pub(super) use hours::sentence as working_hours;
pub(super) use to_call_back::backlog;
pub(super) use totals::cards;

use crate::domain::document::Block;
use crate::domain::figure::TableRow;
use crate::domain::report_spec::SectionId;

use super::view::View;

/// One line of the table of sections.
pub(super) struct Section {
    pub(super) id: SectionId,
    /// Whether it has something to say when no call came in.
    pub(super) speaks_without_calls: bool,
    pub(super) draw: fn(&View<'_>) -> Drawn,
}

/// What a section has to say.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Before every section's own blocks: sentence, button, cards.
    pub(super) top: Vec<Block>,
    pub(super) blocks: Vec<Block>,
    /// After every section's own blocks.
    pub(super) end: Vec<Block>,
    /// For machines; `None`: the section has no table.
    pub(super) rows: Option<Vec<TableRow>>,
}

/// Every section, in the order in which a report shows them.
pub(super) const SECTIONS: &[Section] = &[
    Section { id: SectionId::Headline, speaks_without_calls: true, draw: headline::draw },
    Section { id: SectionId::Totals, speaks_without_calls: true, draw: totals::draw },
    Section { id: SectionId::ToCallBack, speaks_without_calls: true, draw: to_call_back::draw },
    Section { id: SectionId::MissedReasons, speaks_without_calls: false, draw: missed_reasons::draw },
    Section { id: SectionId::Agents, speaks_without_calls: false, draw: agents::draw },
    Section { id: SectionId::Sources, speaks_without_calls: false, draw: sources::draw },
    Section { id: SectionId::ByDay, speaks_without_calls: false, draw: by_day::draw },
    Section { id: SectionId::ByHour, speaks_without_calls: false, draw: by_hour::draw },
    Section { id: SectionId::CallList, speaks_without_calls: true, draw: call_list::draw },
];

/// A row for machines.
macro_rules! row {
    ($($name:literal : $value:expr),+ $(,)?) => {{
        let mut row = $crate::domain::figure::TableRow::new();
        $(row.insert($name.to_owned(), serde_json::json!($value));)+
        row
    }};
}

pub(crate) use row;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_in_the_table_once() {
        for id in SectionId::ALL {
            assert_eq!(SECTIONS.iter().filter(|section| section.id == id).count(), 1, "{id:?}");
        }
    }
}
