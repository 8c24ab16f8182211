//! What came in after the reports before this one: a line of the foot, so that whoever keeps the old report knows why the
//! comparison isn't what it said.

use crate::domain::role::Scope;
use crate::domain::run::{ToldReader, ToldRun};

use super::label::Label;
use super::view::View;

/// `3 calls of 9–15 November came in after its report was made. Calls in of 9–15 November: 214 then, 217 now. Missed of 9–15
/// November: 31 then, 34 now.`
pub(super) fn later(view: &View<'_>) -> Option<String> {
    let (words, history) = (&view.words, &view.request.history);
    let mut sentences = Vec::new();
    if let Some((last, n)) = history.last.as_ref().and_then(|last| Some((last, came_later(view, last)?))) {
        sentences.push(words.say("foot-late-calls", &[("n", n.into()), ("period", period(view, last).into())]));
    }
    if let Some((compared, told)) = history.compared.as_ref().and_then(|run| Some((run, as_told(view, run)?))) {
        // Late words about calls that were there already move answered and missed, but not their sum.
        let figures = [
            ("figure-calls", Some(told.calls_in), view.earlier.offered()),
            ("figure-answered", told.answered, view.earlier.answered),
            ("figure-missed", told.missed, view.earlier.missed),
        ];
        for (figure, then, now) in figures {
            let Some(then) = then.filter(|then| *then != now) else { continue };
            let (figure, period) = (words.word(figure), period(view, compared));
            let values =
                [("figure", figure.into()), ("period", period.into()), ("then", then.into()), ("now", now.into())];
            sentences.push(words.say("foot-then-now", &values));
        }
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// How many calls the last report's period has more than it told.
fn came_later(view: &View<'_>, last: &ToldRun) -> Option<u64> {
    let more = if Some(last.period) == view.request.compared_with {
        view.earlier.all_calls().checked_sub(as_told(view, last)?.calls)?
    } else if view.request.rights.scope == Scope::Project && view.only().is_none() {
        view.request.history.last_now?.checked_sub(last.told.all)?
    } else {
        return None;
    };
    (more > 0).then_some(more)
}

/// What readers like this one were told, if that report looked at the same calls.
fn as_told(view: &View<'_>, run: &ToldRun) -> Option<ToldReader> {
    let spec = &view.request.spec;
    let scope = serde_json::to_string(&view.request.rights.scope).ok()?;
    let same = run.told.filters == spec.filters && run.told.missed == spec.options.missed;
    same.then(|| run.told.readers.get(&scope).copied()).flatten()
}

fn period(view: &View<'_>, run: &ToldRun) -> String {
    Label::new(run.period, &view.request.zone, view.request.project.week_start, view.words).plain()
}
