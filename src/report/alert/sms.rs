//! A warning in a few words for a phone: state, consequence, sum and date, in this order, so that what is cut is worth least.

use super::{Alert, News, Teller, capital};
use crate::i18n::Words;

/// What a phone is told in a language, without its reference; without sums unless `shows_money`.
pub fn sms(alert: &Alert, language: &str, shows_money: bool) -> String {
    let teller = Teller { words: Words::of(language), of: alert, shows_money, is_short: true };
    let parts = [Some(teller.state_of_project()), teller.consequence(), teller.to_do()];
    parts.into_iter().flatten().map(|part| ended(&part)).collect::<Vec<_>>().join(" ")
}

impl Teller<'_> {
    /// The state, with the project's name in or before it.
    fn state_of_project(&self) -> String {
        let (project, state) = (self.of.project.as_str(), self.state());
        if state.contains(project) {
            return capital(&state);
        }
        self.words.say("alert-subject", &[("project", project.into()), ("what", state.as_str().into())])
    }

    /// What to pay, and until when.
    fn to_do(&self) -> Option<String> {
        let words = self.words;
        let is_over = matches!(
            self.of.news,
            News::Recovered | News::Reactivated { .. } | News::PaidAgain { .. } | News::Archived { .. }
        );
        if is_over {
            return None;
        }
        let to_add = self.of.balance.as_ref().filter(|_| self.shows_money).and_then(|balance| balance.to_add);
        let sum = to_add.map(|(sum, _)| self.money(sum));
        match (sum, self.pay_by()) {
            (sum, Some(day)) if day < self.of.today => Some(match sum {
                Some(sum) => words.say("alert-sms-late", &[("sum", sum.as_str().into())]),
                None => words.word("alert-sms-late-plain"),
            }),
            (Some(sum), Some(day)) => {
                let day = self.day(day);
                Some(words.say("alert-sms-pay", &[("sum", sum.as_str().into()), ("day", day.as_str().into())]))
            }
            (Some(sum), None) => Some(words.say("alert-add", &[("sum", sum.as_str().into())])),
            (None, Some(day)) => {
                let day = self.day(day);
                Some(words.say("alert-pay-by-plain", &[("day", day.as_str().into())]))
            }
            (None, None) => None,
        }
    }
}

/// A sentence with its end.
fn ended(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}
