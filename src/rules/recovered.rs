//! All is well again: said once, by the first of a thing's rules that has it to say, for all of them. Where another still stands at a
//! level that isn't good news: the level is told instead, if nobody knows of it, and nothing otherwise.

use super::Judged;
use crate::domain::episode::{Quiet, Told};

pub(super) fn merge(judged: &mut [Judged]) {
    for one in judged.iter_mut().filter(|one| one.told == Told::Recovered && one.rule.when_well.is_none()) {
        one.told = Told::Nothing(Quiet::NothingToSay);
    }
    if !judged.iter().any(|one| one.told == Told::Recovered) {
        return;
    }
    let is_well = |one: &&mut Judged| one.told == Told::Recovered;
    let has_worse = judged.iter().any(|one| matches!(one.told, Told::Level(_)));
    let has_level = judged.iter().any(|one| one.stands().is_some());
    if has_worse || has_level {
        judged.iter_mut().filter(is_well).for_each(|one| one.told = Told::Nothing(Quiet::Covered));
        if !has_worse {
            tell_what_is_left(judged);
        }
        return;
    }
    for one in judged.iter_mut().filter(is_well).skip(1) {
        one.told = Told::Nothing(Quiet::Covered);
    }
    // What is better within its margin is over for its readers too: it goes on as another episode, of which nobody knows a level.
    for one in judged.iter_mut().filter(|one| one.after.is_open) {
        one.after.number += 1;
        (one.after.known, one.after.was_told, one.after.was_widened) = (None, false, false);
    }
}

/// The worst level that was covered by what is over now.
fn tell_what_is_left(judged: &mut [Judged]) {
    let is_unknown = |one: &&mut Judged| one.told == Told::Nothing(Quiet::ToldBefore) && !one.after.was_told;
    let left = judged.iter_mut().filter(is_unknown).filter_map(|one| Some((one.stands()?, one)));
    if let Some((level, one)) = left.max_by_key(|(level, _)| *level) {
        (one.after.known, one.after.was_told) = (Some(level), true);
        one.told = Told::Level(level);
    }
}
