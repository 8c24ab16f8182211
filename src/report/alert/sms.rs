//! A warning in a few words for a phone: state, consequence, sum and date. Where they are too many (an alphabet of two bytes a
//! letter), the consequence gives way, so that sum and date never do.

use super::{Alert, News, Teller, capital};
use crate::domain::sms;
use crate::i18n::Words;

/// Parts of a text that gateways are usually allowed; in more, the consequence is left to the mail.
const MOST_PARTS: usize = 3;
/// What stands at the end of each.
const LONGEST_END: &str = "Ref 0000-0000";

/// What a phone is told in a language, without its reference; without sums unless `shows_money`.
pub fn sms(alert: &Alert, language: &str, shows_money: bool) -> String {
    let teller = Teller { words: Words::of(language), of: alert, shows_money, is_short: true };
    // What a failed top-up leads to is told after when funds end, for which there is no room; why it failed is told instead.
    let consequence = match &alert.news {
        News::TopupFailed { .. } => teller.why_topup_failed(),
        News::TopupLate { .. } => None,
        _ => teller.consequence(),
    };
    let (state, stale, to_do) = (Some(teller.state_of_project()), teller.stale(), teller.to_do());
    let balance = teller.balance_where_no_sum_is_asked();
    let joined =
        |parts: [&Option<String>; 5]| parts.into_iter().flatten().map(|part| ended(part)).collect::<Vec<_>>().join(" ");
    let whole = joined([&state, &balance, &stale, &consequence, &to_do]);
    let has_room = sms::size(&sms::plain(&format!("{whole} {LONGEST_END}"))).parts <= MOST_PARTS;
    if has_room { whole } else { joined([&state, &balance, &stale, &None, &to_do]) }
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

    /// Of when the balance is, where that is long ago.
    fn stale(&self) -> Option<String> {
        let balance = self.of.balance.as_ref().filter(|balance| balance.is_stale)?;
        let day = self.day(balance.as_of.date());
        Some(self.words.say("alert-sms-stale", &[("day", day.as_str().into())]))
    }

    /// What is left, where neither the state nor what to add says a sum.
    fn balance_where_no_sum_is_asked(&self) -> Option<String> {
        let balance = self.of.balance.as_ref().filter(|balance| self.shows_money && balance.to_add.is_none())?;
        if !matches!(self.of.news, News::Funds | News::Low | News::Recovered) {
            return None;
        }
        let sum = self.money(balance.amount);
        Some(self.words.say("alert-sms-balance", &[("sum", sum.as_str().into())]))
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
