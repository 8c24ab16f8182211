//! From rows of somebody else's tables to facts. A row that isn't one is told with its place and stops nobody else.

use std::collections::btree_map::Entry as Place;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cells;
use super::columns::{Kind, Places};
use crate::domain::balance::{AutoTopup, Entry, EntryKind, Status, ToldDay, ToldStanding, ToldTopup};
use crate::domain::ids::{BalanceName, ProjectKey};
use crate::domain::instant::Instant;
use crate::funds::{ToldBalance, check_currency, check_entry, check_limit, check_time, check_topup};
use crate::store::ProjectPlace;
use crate::store::external::Cell;
use crate::zones::{Zone, Zones};

/// Complaints that are told one by one; the others are counted.
const MOST_TOLD: usize = 20;

/// What one look gave.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The youngest of each.
    pub balances: BTreeMap<(ProjectKey, BalanceName), ToldBalance>,
    pub entries: Vec<(ProjectKey, BalanceName, Entry)>,
    pub standings: BTreeMap<ProjectKey, ToldStanding>,
    /// Queries that gave nothing, and why.
    pub failed: Vec<(Kind, String)>,
    /// Rows of each query.
    pub rows: BTreeMap<Kind, u64>,
    /// What isn't as it should be, in sentences; only so many.
    pub complaints: Vec<String>,
    /// How many there are.
    pub complaint_count: u64,
    /// Rows of projects that aren't here, and some of those.
    pub unknown_rows: u64,
    pub unknown: BTreeSet<String>,
    /// Columns that nobody reads: by query.
    pub unknown_columns: BTreeMap<Kind, Vec<String>>,
}

impl Facts {
    /// A query that failed tells nothing, not even its first rows.
    pub(super) fn fail(&mut self, kind: Kind, why: String) {
        match kind {
            Kind::Balances => self.balances.clear(),
            Kind::Entries => self.entries.clear(),
            Kind::Standings => self.standings.clear(),
        }
        self.failed.push((kind, why));
    }

    /// Adds to what is told.
    pub fn complain(&mut self, complaint: String) {
        self.complaint_count += 1;
        if self.complaints.len() < MOST_TOLD {
            self.complaints.push(complaint);
        }
    }

    /// Everything that is to be told, in sentences.
    pub fn told(&self) -> Vec<String> {
        let mut told: Vec<String> = self.failed.iter().map(|(kind, why)| format!("{}: {why}", kind.name())).collect();
        told.extend(self.complaints.iter().cloned());
        let more = self.complaint_count.saturating_sub(self.complaints.len() as u64);
        told.extend((more > 0).then(|| format!("and {more} more like these")));
        if self.unknown_rows > 0 {
            let mut names: Vec<&str> = self.unknown.iter().map(String::as_str).collect();
            let is_cut = self.unknown_rows > names.len() as u64 && names.len() == MOST_TOLD;
            names.extend(is_cut.then_some("…"));
            told.push(format!(
                "{} of projects that aren't here, which count for nothing: {}",
                rows(self.unknown_rows),
                names.join(", ")
            ));
        }
        for (kind, columns) in &self.unknown_columns {
            let (kind, columns) = (kind.name(), columns.join(", "));
            told.push(format!(
                "{kind}: nobody reads the columns {columns}; `callbrief balance columns` shows what is read"
            ));
        }
        told
    }
}

fn rows(count: u64) -> String {
    if count == 1 { "1 row is".to_owned() } else { format!("{count} rows are") }
}

/// The projects that facts can be about.
#[derive(Debug)]
pub struct Known {
    projects: HashMap<String, (ProjectPlace, Zone)>,
}

impl Known {
    /// Those whose zones are known.
    pub fn of(projects: Vec<ProjectPlace>, zones: &Zones) -> Self {
        let place = |project: ProjectPlace| {
            let zone = zones.get(&project.zone).ok()?;
            Some((project.id.clone(), (project, zone)))
        };
        Self { projects: projects.into_iter().filter_map(place).collect() }
    }

    /// By number, with zones.
    pub fn by_key(&self) -> HashMap<ProjectKey, (&ProjectPlace, &Zone)> {
        self.projects.values().map(|(project, zone)| (project.key, (project, zone))).collect()
    }
}

/// Reads the rows of one query into facts.
pub(super) struct Reader<'f> {
    pub(super) kind: Kind,
    pub(super) known: &'f Known,
    /// Of times that tell none.
    pub(super) zone: &'f Zone,
    pub(super) now: Instant,
    pub(super) facts: &'f mut Facts,
    places: Option<Places>,
    row: u64,
}

/// A column, its value, and what is wrong with it.
type Wrong = (&'static str, String, String);

impl<'f> Reader<'f> {
    pub(super) fn new(kind: Kind, known: &'f Known, zone: &'f Zone, now: Instant, facts: &'f mut Facts) -> Self {
        Self { kind, known, zone, now, facts, places: None, row: 0 }
    }

    /// One row.
    pub(super) fn take(&mut self, names: &[String], row: &[Cell]) {
        self.row += 1;
        let places = self.places.take().unwrap_or_else(|| Places::of(self.kind, names));
        if places.missing.is_empty() {
            match self.fact(&places, row) {
                Ok(()) => {}
                Err((column, value, why)) => {
                    let (kind, number) = (self.kind.name(), self.row);
                    self.facts.complain(format!("{kind}, row {number}, {column} `{value}`: {why}"));
                }
            }
        }
        self.places = Some(places);
    }

    /// After the last row; `columns` are known even where there were no rows.
    pub(super) fn finish(self, columns: &[String]) {
        let places = Places::of(self.kind, columns);
        let kind = self.kind.name();
        for column in &places.missing {
            self.facts.complain(format!(
                "{kind}: the query gives no column `{column}`, and none of its rows counts; `callbrief balance columns` shows what is \
                 read"
            ));
        }
        if !places.unknown.is_empty() {
            self.facts.unknown_columns.insert(self.kind, places.unknown);
        }
        self.facts.rows.insert(self.kind, self.row);
    }

    fn fact(&mut self, places: &Places, row: &[Cell]) -> Result<(), Wrong> {
        let line = Line { places, row };
        let id = line.needed("project", cells::text)?;
        let Some((project, project_zone)) = self.known.projects.get(id) else {
            self.facts.unknown_rows += 1;
            if self.facts.unknown.len() < MOST_TOLD {
                self.facts.unknown.insert(id.chars().take(60).collect());
            }
            return Ok(());
        };
        let (zone, now) = (self.zone, self.now);
        let moment = |column| {
            let at = line.needed(column, |cell| cells::moment(cell, zone, project_zone))?;
            Ok::<Instant, Wrong>(at)
        };
        let as_of = |column| {
            let at = moment(column)?;
            check_time(at, now).map_err(|error| line.wrong(column, error.to_string()))?;
            Ok::<Instant, Wrong>(at)
        };
        match self.kind {
            Kind::Balances => {
                let new = balance(&line, as_of("as_of")?)?;
                self.keep_balance(project.key, new, &line)
            }
            Kind::Entries => {
                let name = line.name()?;
                let entry = entry(&line, moment("at")?, now)?;
                self.facts.entries.push((project.key, name, entry));
                Ok(())
            }
            Kind::Standings => {
                let status = line.needed("status", |cell| {
                    let Some(word) = cells::text(cell)? else { return Ok(None) };
                    let known = Status::parse(&word.to_lowercase());
                    let words = || format!("a status is {}", Status::ALL.map(Status::name).join(", "));
                    known.map(Some).ok_or_else(words)
                })?;
                let paid_until = match line.places.has("paid_until") {
                    true => line.value("paid_until", cells::day)?.map_or(ToldDay::Never, ToldDay::Until),
                    false => ToldDay::AsItWas,
                };
                let standing = ToldStanding { status, paid_until, as_of: as_of("as_of")? };
                let stands = self.facts.standings.entry(project.key).or_insert(standing);
                if stands.as_of < standing.as_of {
                    *stands = standing;
                }
                Ok(())
            }
        }
    }

    /// Of two, the younger counts; of two of one moment that differ, nobody knows which.
    fn keep_balance(&mut self, project: ProjectKey, new: ToldBalance, line: &Line<'_>) -> Result<(), Wrong> {
        match self.facts.balances.entry((project, new.name.clone())) {
            Place::Vacant(place) => {
                place.insert(new);
            }
            Place::Occupied(mut place) => {
                let stands = place.get_mut();
                if stands.as_of == new.as_of && *stands != new {
                    let why = "an earlier row tells something else of the same balance and moment, and that one counts";
                    return Err(line.wrong("balance", why.to_owned()));
                }
                if stands.as_of < new.as_of {
                    *stands = new;
                }
            }
        }
        Ok(())
    }
}

/// One row and where its columns stand.
struct Line<'r> {
    places: &'r Places,
    row: &'r [Cell],
}

impl<'r> Line<'r> {
    fn wrong(&self, column: &'static str, why: String) -> Wrong {
        (column, cells::shown(self.places.cell(self.row, column)), why)
    }

    fn value<T>(
        &self,
        column: &'static str,
        read: impl FnOnce(&'r Cell) -> Result<Option<T>, String>,
    ) -> Result<Option<T>, Wrong> {
        read(self.places.cell(self.row, column)).map_err(|why| self.wrong(column, why))
    }

    fn needed<T>(
        &self,
        column: &'static str,
        read: impl FnOnce(&'r Cell) -> Result<Option<T>, String>,
    ) -> Result<T, Wrong> {
        let value = self.value(column, read)?;
        value.ok_or_else(|| {
            self.wrong(column, "there is no value, and no fact without one: leave such rows out".to_owned())
        })
    }

    fn name(&self) -> Result<BalanceName, Wrong> {
        let text = self.needed("balance", cells::text)?;
        BalanceName::parse(text).map_err(|error| self.wrong("balance", error.to_string()))
    }
}

fn balance(line: &Line<'_>, as_of: Instant) -> Result<ToldBalance, Wrong> {
    let currency = line.value("currency", cells::text)?.map(str::to_uppercase);
    currency.as_deref().map_or(Ok(()), check_currency).map_err(|error| line.wrong("currency", error.to_string()))?;
    let credit_limit = line.value("credit_limit", cells::amount)?;
    credit_limit.map_or(Ok(()), check_limit).map_err(|error| line.wrong("credit_limit", error.to_string()))?;
    let auto_topup = topup(line)?;
    check_topup(auto_topup).map_err(|error| line.wrong("auto_topup_amount", error.to_string()))?;
    let (name, amount) = (line.name()?, line.needed("amount", cells::amount)?);
    Ok(ToldBalance { name, currency, amount, credit_limit, auto_topup, as_of })
}

/// Both columns tell whether it tops itself up; without them it is as it was.
fn topup(line: &Line<'_>) -> Result<ToldTopup, Wrong> {
    if !line.places.has("auto_topup_below") && !line.places.has("auto_topup_amount") {
        return Ok(ToldTopup::AsItWas);
    }
    let (below, amount) =
        (line.value("auto_topup_below", cells::amount)?, line.value("auto_topup_amount", cells::amount)?);
    match (below, amount) {
        (Some(below), Some(amount)) => Ok(ToldTopup::On(AutoTopup { below, amount })),
        (None, None) => Ok(ToldTopup::Off),
        (Some(_), None) => {
            Err(line.wrong("auto_topup_amount", "below which sum is told, and by how much isn't".to_owned()))
        }
        (None, Some(_)) => {
            Err(line.wrong("auto_topup_below", "by how much is told, and below which sum isn't".to_owned()))
        }
    }
}

fn entry(line: &Line<'_>, at: Instant, now: Instant) -> Result<Entry, Wrong> {
    let kind = line.needed("kind", |cell| {
        let Some(word) = cells::text(cell)? else { return Ok(None) };
        let words = || format!("the kinds are {}", EntryKind::ALL.map(EntryKind::name).join(", "));
        EntryKind::parse(&word.to_lowercase()).map(Some).ok_or_else(words)
    })?;
    let id = line.needed("id", cells::text)?.to_owned();
    let amount = line.needed("amount", cells::amount)?;
    let what = line.value("what", cells::text)?.unwrap_or_default().to_owned();
    let entry = Entry { id, at, kind, amount, what };
    check_entry(&entry, now).map_err(|why| line.wrong(why.part(), why.to_string()))?;
    Ok(entry)
}
