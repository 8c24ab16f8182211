//! All is well again: said once, by the first of a thing's rules that has it to say, and not beside worse.

use super::Judged;
use crate::domain::episode::{Quiet, Told};

pub(super) fn merge(judged: &mut [Judged]) {
    let has_worse = judged.iter().any(|one| matches!(one.told, Told::Level(_)));
    let mut is_said = false;
    for one in judged.iter_mut().filter(|one| one.told == Told::Recovered) {
        if one.rule.when_well.is_none() {
            one.told = Told::Nothing(Quiet::NothingToSay);
        } else if has_worse || is_said {
            one.told = Told::Nothing(Quiet::Covered);
        } else {
            is_said = true;
        }
    }
}
