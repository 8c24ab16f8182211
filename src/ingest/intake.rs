//! What becomes of items: they fold into calls and are written, a small transaction at a time.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant as Stopwatch};

use super::ImportError;
use super::formats::{Item, KeptPiece, Kind, Piece, Reading};
use super::tally::{Became, Tally, of_name};
use crate::chaos::crash_point;
use crate::domain::call::{Call, Flaw};
use crate::domain::fold::{Identity, Ranked, client_digits, is_unread, merge, roots};
use crate::domain::ids::ProjectKey;
use crate::domain::instant::Instant;
use crate::store::{
    CallWrite, Interned, NewEvent, PreparedCalls, PreparedEvents, Session, Store, StoreError, StoredCall,
};

/// How long one write transaction should take. On SQLite everybody else who writes waits as long; on Postgres only other
/// intakes of the project do, and a transaction costs a dozen round trips however small it is.
const TARGET_ON_SQLITE: Duration = Duration::from_millis(10);
const TARGET_ON_POSTGRES: Duration = Duration::from_millis(200);
const FIRST_BATCH: usize = 100;
const SMALLEST_BATCH: usize = 16;
const LARGEST_BATCH: usize = 1000;
const MOST_TRIES: usize = 8;

/// So many calls that stood as others are remembered.
const MOST_STOOD: usize = 1000;

/// A call that is told of, and stood as one that it can't be.
#[derive(Clone, Debug)]
pub(super) struct Stood {
    pub key: u64,
    pub call_id: String,
    pub differs: &'static str,
    pub stood: Call,
    pub told: Call,
    /// What stays of both.
    pub kept: Call,
}

/// Takes items of one source in.
pub(super) struct Intake {
    pub store: Store,
    pub project: ProjectKey,
    pub source: i64,
    pub reading: Reading,
    /// Write nothing.
    pub dry_run: bool,
    pub now: Instant,
    pub tally: Tally,
    /// Calls written whose caller's number can't be read, and the first such number as written.
    pub unread: (u64, Option<String>),
    /// Calls that stood as others before a row of this import told of them; at most [`MOST_STOOD`].
    pub stood: Vec<Stood>,
    /// Those beyond.
    pub stood_more: u64,
    interned: Interned,
    batch: usize,
    /// In a trial run: which calls would have been folded into which.
    pairs: BTreeSet<(String, String)>,
}

impl Intake {
    pub(super) fn new(
        store: Store,
        project: ProjectKey,
        source: i64,
        reading: Reading,
        dry_run: bool,
        now: Instant,
    ) -> Self {
        Self {
            store,
            project,
            source,
            reading,
            dry_run,
            now,
            tally: Tally::default(),
            unread: (0, None),
            stood: Vec::new(),
            stood_more: 0,
            interned: Interned::default(),
            batch: FIRST_BATCH,
            pairs: BTreeSet::new(),
        }
    }

    /// Takes items in, in transactions of a bounded length.
    pub(super) async fn take(&mut self, items: Vec<Item>) -> Result<(), ImportError> {
        let mut items = items.into_iter().peekable();
        while items.peek().is_some() {
            let batch: Vec<Item> = items.by_ref().take(self.batch).collect();
            let (mut calls, mut pieces) = (Vec::new(), Vec::new());
            for item in batch {
                match item {
                    Item::Call(call) => calls.push(*call),
                    Item::Piece(piece) => pieces.push(*piece),
                    Item::NoCall => {}
                }
            }
            let took = self.write(&calls, &pieces).await?;
            let target = if self.store.is_sqlite() { TARGET_ON_SQLITE } else { TARGET_ON_POSTGRES };
            let fits = self.batch as f64 * target.as_secs_f64() / took.as_secs_f64().max(1e-6);
            self.batch =
                (fits as usize).clamp(self.batch / 2, self.batch * 5 / 4 + 1).clamp(SMALLEST_BATCH, LARGEST_BATCH);
        }
        Ok(())
    }

    /// Writes one batch, and again from the start when somebody else wrote one of its calls meanwhile.
    async fn write(&mut self, calls: &[Ranked], pieces: &[Piece]) -> Result<Duration, ImportError> {
        let events = prepared_events(pieces)?;
        for _ in 0..MOST_TRIES {
            // SQLite has one writer for everybody, so what can be done before taking it is; the versions tell if another
            // process was faster. Pieces that may fold one call into another are folded by whoever has the writer.
            let folds_early = pieces.is_empty() || matches!(self.reading.format.entry().kind, Kind::Legs(_));
            let early = if self.dry_run || (self.store.is_sqlite() && folds_early) {
                let mut session = self.store.read().await?;
                Some(self.plan(&mut session, calls, pieces, Pieces::Told).await?)
            } else {
                None
            };
            if let (Some(plan), true) = (&early, self.dry_run) {
                self.count(plan, &HashMap::new())?;
                return Ok(Duration::ZERO);
            }
            let prepared = early.as_ref().map(|plan| PreparedCalls::new(&plan.writes)).transpose()?;
            let mut session = self.store.write().await?;
            let begun = Stopwatch::now();
            session.lock_intake(self.project).await?;
            if !pieces.is_empty() {
                session.save_events(self.source, &events, self.now).await?;
            }
            let late = match &early {
                Some(_) => None,
                None => Some(self.plan(&mut session, calls, pieces, Pieces::Kept).await?),
            };
            let Some(plan) = early.as_ref().or(late.as_ref()) else { continue };
            let prepared = match prepared {
                Some(prepared) => prepared,
                None => PreparedCalls::new(&plan.writes)?,
            };
            match self.save(&mut session, plan, &prepared, pieces).await {
                Ok(Some(ids)) => {
                    session.commit().await?;
                    crash_point!("import.piece_stored");
                    let held = begun.elapsed();
                    self.count(plan, &ids)?;
                    return Ok(held);
                }
                Ok(None) => self.interned = Interned::default(),
                Err(error) => {
                    self.interned = Interned::default();
                    return Err(error.into());
                }
            }
        }
        Err(StoreError::Contended { what: "calls", tries: MOST_TRIES }.into())
    }

    fn count(&mut self, plan: &Plan, ids: &HashMap<String, i64>) -> Result<(), ImportError> {
        let counted = plan.outcomes(ids).into_iter().try_for_each(|outcome| self.tally.add(outcome));
        for call in plan.writes.iter().map(|write| &write.record.call).filter(|call| is_unread(call)) {
            self.unread.0 += 1;
            self.unread.1 = self.unread.1.take().or_else(|| call.from_number.clone());
        }
        let room = MOST_STOOD.saturating_sub(self.stood.len());
        self.stood.extend(plan.stood.iter().take(room).cloned());
        self.stood_more += plan.stood.len().saturating_sub(room) as u64;
        counted.map_err(ImportError::Temporary)
    }

    async fn plan(
        &mut self,
        session: &mut Session,
        calls: &[Ranked],
        pieces: &[Piece],
        which: Pieces,
    ) -> Result<Plan, StoreError> {
        if pieces.is_empty() {
            return self.plan_rows(session, calls).await;
        }
        let mut plan = self.plan_pieces(session, pieces, which).await?;
        plan.absorb(self.plan_rows(session, calls).await?);
        Ok(plan)
    }

    async fn save(
        &mut self,
        session: &mut Session,
        plan: &Plan,
        prepared: &PreparedCalls<'_>,
        pieces: &[Piece],
    ) -> Result<Option<HashMap<String, i64>>, StoreError> {
        let gone: Vec<i64> = plan.gone.iter().map(|stored| stored.id).collect();
        session.delete_calls(&gone).await?;
        let saved = session.save_calls(self.project, self.source, prepared, &mut self.interned, self.now).await?;
        if saved.is_some() {
            session.refresh_callbacks(self.project, &plan.touched()).await?;
            if let Some(last) = plan.last_moment(pieces, self.now) {
                session.touch_source(self.source, last).await?;
            }
        }
        Ok(saved)
    }

    async fn plan_rows(&self, session: &mut Session, calls: &[Ranked]) -> Result<Plan, StoreError> {
        let mut told: BTreeMap<&str, Ranked> = BTreeMap::new();
        for call in calls {
            told.entry(&call.call.call_id)
                .and_modify(|known| *known = merge(known, call))
                .or_insert_with(|| call.clone());
        }
        let ids = told.keys().map(|id| (*id).to_owned()).collect();
        let mut stored = session.stored_calls(self.project, self.source, &ids).await?;
        let mut plan = Plan::default();
        for (id, told) in told {
            let before = stored.remove(id);
            let differs = before.as_ref().and_then(|before| Identity::of(&before.record).differs(&Identity::of(&told)));
            let seen = differs.map(|_| told.call.clone());
            let (record, whole) = match &before {
                None => (told, None),
                Some(before) if before.events == 0 => (merge(&before.record, &told), None),
                Some(before) => {
                    let whole = before.whole.as_ref().map_or_else(|| told.clone(), |whole| merge(whole, &told));
                    (merge(&before.record, &told), Some(whole))
                }
            };
            if let (Some(differs), Some(told), Some(before)) = (differs, seen, &before) {
                let (stood, kept) = (before.record.call.clone(), record.call.clone());
                plan.stood.push(Stood { key: of_name(id), call_id: id.to_owned(), differs, stood, told, kept });
            }
            let events = before.as_ref().map_or(0, |before| before.events);
            plan.add(CallWrite { before, record, events, whole });
        }
        Ok(plan)
    }

    async fn plan_pieces(
        &mut self,
        session: &mut Session,
        pieces: &[Piece],
        which: Pieces,
    ) -> Result<Plan, StoreError> {
        let touched: BTreeSet<String> = pieces.iter().map(|piece| piece.call_id.clone()).collect();
        let claims = |piece: &Piece| Some((piece.merged_id.clone()?, piece.call_id.clone()));
        let pairs = pieces.iter().filter_map(claims).filter(|(away, into)| away != into).collect();
        if which == Pieces::Kept {
            session.save_aliases(self.source, &pairs).await?;
        }
        let ids = touched.iter().cloned().chain(pairs.iter().map(|(away, _)| away.clone())).collect();
        let mut all_pairs = session.aliases_around(self.source, &ids).await?;
        if self.dry_run {
            self.pairs.extend(pairs);
            all_pairs.extend(self.pairs.iter().cloned());
        }
        let family = Family::of(&ids, &all_pairs);

        let mut by_root: BTreeMap<&str, Vec<KeptPiece>> = BTreeMap::new();
        for kept in session.events_of(self.source, &family.members).await? {
            let root = family.root(&kept.call_id).unwrap_or_default();
            by_root.entry(root).or_default().push(KeptPiece { at: kept.at, body: kept.body });
        }
        if which == Pieces::Told {
            for piece in pieces {
                let root = family.root(&piece.call_id).unwrap_or_default();
                by_root.entry(root).or_default().push(KeptPiece { at: Some(piece.at), body: piece.body.clone() });
            }
        }
        let mut stored = session.stored_calls(self.project, self.source, &family.members).await?;
        let told: BTreeSet<&str> = touched.iter().filter_map(|id| family.root(id)).collect();
        let mut plan = Plan::default();
        let fold = self.reading.format.entry().kind.fold();
        for (root, mut pieces) in by_root {
            pieces.sort_unstable();
            pieces.dedup();
            let Some(mut folded) = fold.and_then(|fold| fold(root, &pieces, &self.reading)) else { continue };
            if pieces.iter().any(|piece| piece.body.contains(char::REPLACEMENT_CHARACTER)) {
                folded.call.add_flaw(Flaw::BadUtf8);
            }
            let before = stored.remove(root);
            if !told.contains(root) {
                plan.only_changed.insert(root.to_owned());
            }
            let count = u32::try_from(pieces.len()).unwrap_or(u32::MAX);
            plan.add(with_events(before, folded, count));
        }
        if self.dry_run {
            plan.would_be_gone.extend(family.roots.keys().cloned());
        }
        let is_root = |call_id: &str| family.root(call_id) == Some(call_id);
        plan.gone.extend(stored.into_values().filter(|stored| !is_root(&stored.record.call.call_id)));
        Ok(plan)
    }
}

/// Whether the pieces of a batch are among the kept ones already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pieces {
    Kept,
    /// They are known from the file only; nothing is written while they are folded.
    Told,
}

fn prepared_events(pieces: &[Piece]) -> Result<PreparedEvents, StoreError> {
    let new = |one| {
        let Piece { hash, call_id, at, body, .. }: &Piece = one;
        NewEvent { hash, call_id, at: *at, body }
    };
    PreparedEvents::new(&pieces.iter().map(new).collect::<Vec<_>>())
}

/// What a call becomes when all its kept events fold into `folded`. Events are kept for a while only: when fewer are left
/// than the record was made from, the record still speaks for those that are gone.
fn with_events(before: Option<StoredCall>, folded: Ranked, count: u32) -> CallWrite {
    let Some(stored) = before else { return CallWrite { before: None, record: folded, events: count, whole: None } };
    if stored.events > count {
        let (events, whole) = (stored.events, stored.whole.clone());
        let record = merge(&stored.record, &folded);
        return CallWrite { before: Some(stored), record, events, whole };
    }
    let whole = if stored.events == 0 { Some(stored.record.clone()) } else { stored.whole.clone() };
    let record = whole.as_ref().map_or_else(|| folded.clone(), |whole| merge(whole, &folded));
    CallWrite { before: Some(stored), record, events: count, whole }
}

/// Calls that are tied by merging.
struct Family {
    members: BTreeSet<String>,
    roots: BTreeMap<String, String>,
}

impl Family {
    fn of(ids: &BTreeSet<String>, pairs: &BTreeSet<(String, String)>) -> Self {
        let tied = pairs.iter().flat_map(|(away, into)| [away, into]);
        Self { members: ids.iter().chain(tied).cloned().collect(), roots: roots(pairs) }
    }

    /// The call that this member belongs to.
    fn root(&self, call_id: &str) -> Option<&str> {
        let root = self.roots.get(call_id).or_else(|| self.members.get(call_id));
        root.map(String::as_str)
    }
}

/// What a batch comes to.
#[derive(Default)]
struct Plan {
    writes: Vec<CallWrite>,
    /// Calls that stay as they are.
    unchanged: Vec<StoredCall>,
    /// Calls that were folded into others.
    gone: Vec<StoredCall>,
    /// The same in a trial run, whether they are stored yet or not.
    would_be_gone: Vec<String>,
    /// Calls that no row tells of: they gave an event to another one.
    only_changed: BTreeSet<String>,
    /// Calls that stood as others.
    stood: Vec<Stood>,
}

impl Plan {
    fn add(&mut self, write: CallWrite) {
        match write.before {
            Some(ref before)
                if before.record == write.record && before.events == write.events && before.whole == write.whole =>
            {
                self.unchanged.extend(write.before);
            }
            _ => self.writes.push(write),
        }
    }

    fn absorb(&mut self, other: Self) {
        self.writes.extend(other.writes);
        self.unchanged.extend(other.unchanged);
        self.gone.extend(other.gone);
        self.would_be_gone.extend(other.would_be_gone);
        self.only_changed.extend(other.only_changed);
        self.stood.extend(other.stood);
    }

    /// Number and start, before and after, of every call that changed.
    fn touched(&self) -> BTreeSet<(i64, Instant)> {
        let before = self.writes.iter().filter_map(|write| Some(&write.before.as_ref()?.record.call));
        let after = self.writes.iter().map(|write| &write.record.call);
        let gone = self.gone.iter().map(|stored| &stored.record.call);
        let touch = |call: &Call| Some((client_digits(call)?, call.started_at));
        before.chain(after).chain(gone).filter_map(touch).collect()
    }

    /// The last moment told of; what lies in the future, which only a wrong clock tells, makes no source fresher.
    fn last_moment(&self, pieces: &[Piece], now: Instant) -> Option<Instant> {
        let calls = self.writes.iter().map(|write| &write.record.call);
        let told = calls.map(|call| call.ended_at.unwrap_or(call.started_at).max(call.started_at));
        told.chain(pieces.iter().map(|piece| piece.at)).filter(|at| *at <= now).max()
    }

    fn outcomes(&self, ids: &HashMap<String, i64>) -> Vec<Became> {
        let gone = self.gone.iter().map(|stored| Became::Gone(stored.id));
        let would_be_gone = self.would_be_gone.iter().cloned().map(Became::WouldBeGone);
        let is_told = |call_id: &str| !self.only_changed.contains(call_id);
        let unchanged = self.unchanged.iter().filter(|stored| is_told(&stored.record.call.call_id));
        let unchanged = unchanged.map(|stored| Became::Unchanged(stored.id));
        let written = self.writes.iter().filter(|write| is_told(&write.record.call.call_id)).map(|write| {
            let call_id = &write.record.call.call_id;
            match (&write.before, ids.get(call_id)) {
                (Some(before), _) => Became::Updated(before.id),
                (None, Some(id)) => Became::New(*id),
                (None, None) => Became::WouldBeNew(call_id.clone()),
            }
        });
        would_be_gone.chain(gone).chain(unchanged).chain(written).collect()
    }
}
