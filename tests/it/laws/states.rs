//! The tables of states, read from the design's words, the statements that write a state, and the rows that random lives leave.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use callbrief::domain::delivery::DeliveryState;
use callbrief::domain::run::RunState;

/// As it is drawn: from, to.
const RUNS: &[(&str, &str)] = &[
    ("due", "waiting_for_data building skipped"),
    ("waiting_for_data", "building skipped failed"),
    ("building", "built skipped failed due"),
    ("built", ""),
    ("skipped", ""),
    ("failed", ""),
];

const DELIVERIES: &[(&str, &str)] = &[
    ("queued", "claimed held suppressed cancelled expired"),
    ("claimed", "queued held handed refused suppressed cancelled expired"),
    ("held", "queued folded suppressed cancelled expired"),
    ("handed", "refused accepted uncertain"),
    ("refused", "queued failed"),
    ("uncertain", "accepted refused failed queued"),
    ("accepted", "bounced complained"),
    ("folded", "queued"),
    ("failed", ""),
    ("bounced", ""),
    ("complained", ""),
    ("suppressed", ""),
    ("cancelled", ""),
    ("expired", ""),
];

type Steps = BTreeMap<String, BTreeSet<String>>;

fn drawn(table: &[(&str, &str)]) -> Steps {
    let steps = |to: &str| to.split_whitespace().map(str::to_owned).collect();
    table.iter().map(|(from, to)| ((*from).to_owned(), steps(to))).collect()
}

/// What can be reached from a state.
fn reached(steps: &Steps, from: &str) -> BTreeSet<String> {
    let (mut seen, mut next) = (BTreeSet::from([from.to_owned()]), vec![from.to_owned()]);
    while let Some(state) = next.pop() {
        next.extend(steps[&state].iter().filter(|state| seen.insert((*state).clone())).cloned());
    }
    seen
}

#[test]
fn the_tables_are_as_drawn_and_no_state_is_a_trap() {
    let runs = RunState::ALL.into_iter().map(|from| {
        let to = RunState::ALL.into_iter().filter(|to| from.may_become(*to)).map(|to| to.name().to_owned());
        (from.name().to_owned(), to.collect())
    });
    let deliveries = DeliveryState::ALL.into_iter().map(|from| {
        let to = DeliveryState::ALL.into_iter().filter(|to| from.may_become(*to)).map(|to| to.name().to_owned());
        (from.name().to_owned(), to.collect())
    });
    for (of_code, table, begins, ends) in [
        (runs.collect::<Steps>(), drawn(RUNS), "due", ["built", "skipped", "failed"]),
        (deliveries.collect::<Steps>(), drawn(DELIVERIES), "queued", ["accepted", "failed", "expired"]),
    ] {
        assert_eq!(of_code, table);
        assert_eq!(reached(&table, begins).len(), table.len(), "every state is reached from {begins}");
        for (state, next) in &table {
            let goes_on = ends.iter().any(|end| reached(&table, state).contains(*end));
            assert!(next.is_empty() || goes_on, "{state} comes to no end");
        }
    }
    for state in DeliveryState::ALL {
        let waits = !state.is_final();
        assert!(!waits || !drawn(DELIVERIES)[state.name()].is_empty(), "{state:?} waits for nothing");
    }
    // The fence: whatever may have been taken is never claimed again without somebody having decided it.
    let past = ["handed", "uncertain", "accepted", "bounced", "complained"];
    for state in past {
        assert!(!drawn(DELIVERIES)[state].contains("claimed"), "{state}");
    }
}

/// The words between two others.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split_once(from).map_or("", |(_, rest)| rest);
    rest.split_once(to).map_or(rest, |(before, _)| before)
}

/// Quoted words that stand after `state =`, `state in (` in a condition.
fn states_in(condition: &str) -> Vec<BTreeSet<String>> {
    condition
        .match_indices("state ")
        .filter_map(|(at, _)| {
            let rest = condition[at + "state ".len()..].trim_start();
            let list = match rest.strip_prefix("in (") {
                Some(list) => list.split(')').next()?,
                None => rest.strip_prefix("= '")?.split('\'').next()?,
            };
            Some(list.split(',').map(|word| word.trim().trim_matches('\'').to_owned()).collect())
        })
        .collect()
}

/// Runs have no one function that moves them: each statement names what it takes and what it makes of it.
#[test]
fn every_statement_that_moves_a_run_is_in_the_table() {
    let table = drawn(RUNS);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql/runs");
    let mut moved = 0;
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let sql: String = text.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join(" ");
        let Some((_, update)) = sql.split_once("update runs") else { continue };
        let set = between(update, "set ", " where ");
        let made = between(set, "state = ", ",");
        if !set.starts_with("state = ") {
            continue;
        }
        let to: BTreeSet<String> = made.split('\'').skip(1).step_by(2).map(str::to_owned).collect();
        let conditions = states_in(update.split_once("where").map_or("", |(_, condition)| condition));
        // Several conditions hold together, but where one is an alternative.
        let from: BTreeSet<String> = if update.contains(" or (state") {
            conditions.into_iter().flatten().collect()
        } else {
            conditions.into_iter().reduce(|one, other| one.intersection(&other).cloned().collect()).unwrap_or_default()
        };
        assert!(!from.is_empty(), "{}: it names no state that it takes", path.display());
        for from in &from {
            let may = table.get(from).unwrap_or_else(|| panic!("{}: `{from}` is no state", path.display()));
            // What a caller binds is one of the ends.
            let unlawful = to.iter().find(|to| !may.contains(*to));
            assert!(unlawful.is_none(), "{}: {from} becomes {unlawful:?}", path.display());
        }
        moved += 1;
    }
    assert!(moved > 7, "{moved} statements");
}
