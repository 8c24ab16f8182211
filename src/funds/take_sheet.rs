//! The rows of a sheet, judged and taken in. Each row stands alone: one that isn't taken is set aside with its line and reason
//! and ends nothing. A trial judges as the real thing does and writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{self, Counts, FactError, ToldBalance};
use super::names::{Names, NewName};
use super::sheet::{SetAside, Sheet, SheetRow};
use super::source::Account;
use crate::app::App;
use crate::domain::balance::{Entry, Taken, ToldTopup};
use crate::domain::ids::BalanceName;
use crate::domain::project::Project;
use crate::store::StoreError;
use crate::store::balances::{self, AddedEntries};

/// Entries that are written in one transaction: nobody else writes meanwhile on SQLite.
const PORTION: usize = 500;

/// What became of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetAccount {
    pub counts: Account,
    /// By line.
    pub set_aside: Vec<SetAside>,
    /// What whoever told it should know, in sentences.
    pub notes: Vec<String>,
}

/// Takes a sheet in, or with `is_trial` only says what that would come to.
pub async fn take_sheet(
    app: &App,
    project: &Project,
    sheet: Sheet,
    actor: &str,
    is_trial: bool,
) -> Result<SheetAccount, FactError> {
    let mut account = SheetAccount { set_aside: sheet.set_aside, ..SheetAccount::default() };
    let mut entries: BTreeMap<BalanceName, Vec<(u64, Entry)>> = BTreeMap::new();
    let mut latest: BTreeMap<BalanceName, (u64, ToldBalance)> = BTreeMap::new();
    for (line, row) in sheet.rows {
        match row {
            SheetRow::Entry { name, entry } => entries.entry(name).or_default().push((line, entry)),
            SheetRow::Balance { name, amount, as_of } => {
                let auto_topup = ToldTopup::AsItWas;
                let told =
                    ToldBalance { name: name.clone(), currency: None, amount, credit_limit: None, auto_topup, as_of };
                // Of two of one moment the last one told stands, as everywhere.
                match latest.get_mut(&name) {
                    Some((_, stands)) if as_of < stands.as_of => account.counts.older += 1,
                    Some(stands) => {
                        account.counts.older += 1;
                        *stands = (line, told);
                    }
                    None => drop(latest.insert(name, (line, told))),
                }
            }
        }
    }
    let names = Names::read(&mut app.store.read().await?, project).await?;
    let told = tell(app, project, latest, &names, actor, is_trial, &mut account).await?;
    for (name, list) in entries {
        if !told.contains(&name)
            && let Some(new) = names.new_name(&name)
            && !may_be_new(&name, &new, project, &list, &mut account)
        {
            continue;
        }
        for portion in list.chunks(PORTION) {
            let added = add(app, project, &name, portion, actor, is_trial).await?;
            account.counts.new_entries += added.new;
            account.counts.known_entries += added.known;
            for id in added.different {
                let line = portion.iter().rev().find(|(_, entry)| entry.id == id).map_or(0, |(line, _)| *line);
                let why = format!(
                    "it is known with another content, which stays; `callbrief balance withdraw {} {name} --id {id}` takes that \
                     back",
                    project.id
                );
                account.set_aside.push(SetAside { line, column: "id".to_owned(), value: id, why });
            }
        }
    }
    account.set_aside.sort_by_key(|row| row.line);
    Ok(account)
}

/// Keeps what balances are; the names of those that are told now.
async fn tell(
    app: &App,
    project: &Project,
    latest: BTreeMap<BalanceName, (u64, ToldBalance)>,
    names: &Names,
    actor: &str,
    is_trial: bool,
    account: &mut SheetAccount,
) -> Result<BTreeSet<BalanceName>, FactError> {
    let mut taken_names = BTreeSet::new();
    let fates = if is_trial { fates(app, project, latest.values().map(|(_, told)| told)).await? } else { Vec::new() };
    let mut fates = fates.into_iter();
    for (name, (line, told)) in latest {
        let taken = match fates.next() {
            Some(fate) => fate,
            None => facts::set_balance(app, project, told, actor).await,
        };
        match taken {
            Ok(taken) => account.counts.count(taken),
            Err(FactError::Store(error)) => return Err(error.into()),
            Err(error) => {
                let (column, value, why) = ("balance".to_owned(), name.to_string(), error.to_string());
                account.set_aside.push(SetAside { line, column, value, why });
                continue;
            }
        }
        if let Some(NewName { meant, .. }) = names.new_name(&name) {
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            account.notes.push(format!("`{name}` is a new balance of {}{meant}", project.id));
        }
        taken_names.insert(name);
    }
    Ok(taken_names)
}

/// What would become of these balances, in their order.
async fn fates(
    app: &App,
    project: &Project,
    told: impl Iterator<Item = &ToldBalance>,
) -> Result<Vec<Result<Taken, FactError>>, StoreError> {
    let told: Vec<_> = told.map(|told| (project.key, told.clone())).collect();
    let mut session = app.store.read().await?;
    let stands = session.known_balances(told.iter().map(|(key, told)| (*key, &told.name))).await?;
    let usual = |_| project.currency.clone();
    let checked = facts::checked(&mut session, told, usual, &mut Counts::default(), app.clock.now()).await?;
    let fate = |checked: Result<balances::NewBalance, FactError>| {
        let new = checked?;
        let stands = stands.get(&(project.key, new.name.clone()));
        Ok(stands.map_or(Taken::Now, |stands| balances::fate(stands, &new)))
    };
    Ok(checked.into_iter().map(fate).collect())
}

/// Whether entries may be of a balance that nobody told; the rows of a slip are set aside.
fn may_be_new(
    name: &BalanceName,
    new: &NewName,
    project: &Project,
    list: &[(u64, Entry)],
    account: &mut SheetAccount,
) -> bool {
    let id = &project.id;
    match new.meant.as_ref().filter(|_| new.is_meant_told) {
        Some(meant) => {
            let why = format!("{id} has no balance `{name}`; is `{meant}` meant?");
            account.set_aside.extend(list.iter().map(|(line, _)| SetAside {
                line: *line,
                column: "balance".to_owned(),
                value: name.to_string(),
                why: why.clone(),
            }));
            false
        }
        None => {
            account.notes.push(format!(
                "nobody has said yet what `{name}` of {id} is: `callbrief balance set {id} {name} …` does, or a row of kind \
                 `balance`"
            ));
            true
        }
    }
}

async fn add(
    app: &App,
    project: &Project,
    name: &BalanceName,
    list: &[(u64, Entry)],
    actor: &str,
    is_trial: bool,
) -> Result<AddedEntries, FactError> {
    if !is_trial {
        let entries: Vec<Entry> = list.iter().map(|(_, entry)| entry.clone()).collect();
        return facts::add_entries(app, project, name, &entries, actor).await;
    }
    let rows: Vec<_> = list.iter().map(|(_, entry)| (project.key, name, entry)).collect();
    Ok(app.store.read().await?.compare_entries(&rows).await?.0)
}
