//! What is sent when the program comes back after an outage, as the guide says it of `catch_up` and `max_late`.

use std::collections::BTreeMap;

use callbrief::domain::schedule::CatchUp;
use callbrief::zones::firing::MAX_RUNS;

use super::clock::{DAY, Minute};
use super::year::{Case, Due, Reports, Told};
use crate::chaos::dice::Dice;

/// The program is off from one minute to another.
#[derive(Clone, Debug)]
pub struct Outage {
    pub begins: Minute,
    pub ends: Minute,
    pub catch_up: CatchUp,
    /// In minutes; `None`: until the next one is due.
    pub max_late: Option<Minute>,
}

/// How far reports had come when it began.
#[derive(Clone, Debug)]
pub struct Known {
    /// The last that fell due.
    pub fired: Option<Minute>,
    /// What the last report told.
    pub told: Option<(Minute, Minute)>,
}

/// What becomes of all that fell due.
#[derive(Debug, Default)]
pub struct Sent {
    pub runs: Vec<(String, (Minute, Minute))>,
    /// By reason.
    pub skipped: BTreeMap<&'static str, usize>,
    /// `None`: not known here.
    pub next: Option<String>,
}

impl Outage {
    pub fn any(dice: &mut Dice, year: (Minute, Minute)) -> Self {
        let length = match dice.below(4) {
            0 => 1 + dice.below(12),
            1 => 1 + dice.below(DAY as usize),
            2 => 1 + dice.below(5 * DAY as usize),
            _ => 1 + dice.below(45 * DAY as usize),
        };
        let begins = year.0 + dice.below((year.1 - year.0) as usize) as Minute;
        let max_late = match dice.below(3) {
            0 => Some(1 + dice.below(12 * 60) as Minute),
            1 => Some(1 + dice.below(60 * DAY as usize) as Minute),
            _ => None,
        };
        Self { begins, ends: begins + length as Minute, catch_up: dice.pick(&CatchUp::ALL), max_late }
    }
}

/// How far reports came that were sent in time from the beginning of the year.
pub fn before(case: &Case<'_>, (year_begins, reports): (Minute, &Reports), outage: &Outage) -> Known {
    let was = |at: Minute| (year_begins..=outage.begins).contains(&at);
    Known {
        fired: case.due.iter().map(|due| due.at).rfind(|at| was(*at)),
        told: reports.iter().filter(|(at, _)| was(*at)).map(|(_, period)| *period).next_back(),
    }
}

/// `None` where that depends on what isn't known here.
pub fn sent(case: &Case<'_>, year_begins: Minute, outage: &Outage, known: &Known) -> Option<Sent> {
    let after = known.fired.map_or(year_begins, |fired| fired + 1);
    let passed: Vec<usize> =
        (0..case.due.len()).filter(|nth| (after..=outage.ends).contains(&case.due[*nth].at)).collect();
    let to_send: Vec<usize> = passed.iter().copied().filter(|nth| !case.due[*nth].name.is_skipped).collect();
    let mut sent = Sent::default();
    let mut told_to = known.told.map(|(_, to)| to);
    for nth in &passed {
        let due: &Due = &case.due[*nth];
        let verdict = if due.name.is_skipped { Some("day_off") } else { verdict(case, &to_send, *nth, outage)? };
        if sent.runs.len() == MAX_RUNS {
            // The rest follows later.
            sent.next = Some(due.occurrence());
            return Some(sent);
        }
        let told = case.told(*nth, told_to).filter(|_| verdict.is_none());
        match (verdict, told) {
            (Some(reason), _) => *sent.skipped.entry(reason).or_insert(0) += 1,
            (None, None) => *sent.skipped.entry("already_reported").or_insert(0) += 1,
            (None, Some(Told { from, to })) => {
                sent.runs.push((due.occurrence(), (from?, to?)));
                told_to = to;
            }
        }
    }
    let next = case.due.iter().find(|due| due.at > outage.ends);
    sent.next = next.map(Due::occurrence);
    Some(sent)
}

/// Why one isn't sent; `Some(None)`: it is. `None`: not known here.
fn verdict(case: &Case<'_>, to_send: &[usize], nth: usize, outage: &Outage) -> Option<Option<&'static str>> {
    let is_too_late = |nth: usize| {
        let due = case.due[nth].at;
        let most = match outage.max_late {
            Some(most) => most,
            None => case.due[nth + 1..].iter().find(|due| !due.name.is_skipped)?.at - due,
        };
        Some(outage.ends - due > most)
    };
    let newest = *to_send.last()?;
    let too_late = is_too_late(nth)?;
    Some(match outage.catch_up {
        CatchUp::All => too_late.then_some("too_late"),
        // The newest alone; where that is too late itself, all are.
        CatchUp::Latest if nth != newest && !is_too_late(newest)? => Some("superseded"),
        CatchUp::Latest => too_late.then_some("too_late"),
        CatchUp::Skip if outage.ends - case.due[nth].at > 5 => Some("missed"),
        CatchUp::Skip => too_late.then_some("too_late"),
    })
}
