//! What a file's projects say of balances, beside those that were told: rules for a name that nobody tells, and a currency that
//! the balances don't share. None of it refuses a file: facts may follow.

use super::Notes;
use crate::apply::standing::Standing;
use crate::config::nearest::nearest;
use crate::config::setup::ProjectEntry;
use crate::domain::balance::Balance;
use crate::i18n::spoken;

pub(super) fn check(entry: &ProjectEntry, standing: &Standing, notes: Notes<'_>) {
    let told: Vec<&Balance> = standing.balances_of(&entry.id).map(|stored| &stored.balance).collect();
    let is_ruled = |name: &str| entry.balance_names.iter().any(|ruled| ruled.value.as_str() == name);
    for ruled in &entry.balance_names {
        let name = ruled.value.as_str();
        if told.iter().any(|balance| balance.name.as_str() == name) {
            continue;
        }
        // One that has rules of its own is meant by those.
        let others = told.iter().map(|balance| balance.name.as_str()).filter(|other| !is_ruled(other));
        if let Some(meant) = nearest(name, others) {
            let title = format!("nobody told a balance `{name}` of `{}`, so its rules judge nothing", entry.id);
            notes.warning(&ruled.spot, title, Some(format!("did you mean `{meant}`?")));
        }
    }
    let before = standing.project(entry.id.as_str()).map(|project| &project.settings.balances);
    for balance in &told {
        let low = entry.settings.balances.get(&balance.name).and_then(|rules| rules.low);
        let was = before.and_then(|rules| rules.get(&balance.name)).and_then(|rules| rules.low);
        let Some(low) = low.filter(|low| Some(*low) != was && balance.amount < *low) else { continue };
        let name = &balance.name;
        let title = format!(
            "`{name}` of `{}` is below {low} already ({} {}), and a changed limit sends nothing by itself",
            entry.id, balance.amount, balance.currency
        );
        let spot =
            entry.balance_names.iter().find(|ruled| ruled.value == *name).map_or(&entry.spot, |ruled| &ruled.spot);
        notes.warning(
            spot,
            title,
            Some("whoever should know is told by you; the next time that it falls below, by us".to_owned()),
        );
    }
    for language in entry.balance_languages.iter().filter(|language| !spoken().contains(&language.value.as_str())) {
        let title = format!("nothing is sent in `{}`, so nobody reads what `switches_off` says in it", language.value);
        notes.warning(&language.spot, title, Some(format!("there are words for {}", spoken().join(", "))));
    }
    let (id, new) = (&entry.id, entry.currency.value.as_str());
    let has_changed = standing.project(id.as_str()).is_some_and(|old| old.currency != new);
    let keep = told.iter().filter(|balance| balance.currency != new);
    let keep: Vec<String> = keep.map(|balance| format!("{} ({})", balance.name, balance.currency)).collect();
    if has_changed && !keep.is_empty() {
        let title =
            format!("`{id}` counts in {new} from now on, and balances keep what they are in: {}", keep.join(", "));
        let help = "one that changes its currency is a balance of another name; `callbrief balance remove` takes the old one away";
        notes.warning(&entry.currency.spot, title, Some(help.to_owned()));
    }
}
