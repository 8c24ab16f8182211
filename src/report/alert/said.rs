//! What a warning says: its subject, its title, and the sentences down to the button.

use chrono::NaiveDate;

use super::{News, Teller, capital, in_a_row, with_strong};
use crate::domain::document::{Block, Link, Text};
use crate::domain::forecast::{End, Forecast};

impl Teller<'_> {
    /// The fact, short enough for an inbox; with the day to pay by while that is still to come.
    pub(super) fn subject(&self) -> String {
        let project = self.of.project.as_str();
        let pay_by = self.pay_by().filter(|day| *day >= self.of.today).map(|day| self.words.day_named_short(day));
        let (what, end) = (self.what(), self.earliest().map(|day| self.words.day_named_short(day)));
        let on_the_last_day = self.pay_by().filter(|day| *day == self.of.today);
        let today = on_the_last_day.and_then(|_| self.subject_of_the_last_day(&what, end.as_deref()));
        if let Some(subject) = today {
            return subject;
        }
        match (&self.of.news, pay_by, end) {
            (News::Funds, Some(pay_by), Some(end)) => {
                let values = [
                    ("payby", pay_by.as_str().into()),
                    ("what", what.as_str().into()),
                    ("project", project.into()),
                    ("end", end.as_str().into()),
                ];
                self.words.say("alert-subject-funds", &values)
            }
            (News::PaidUntil { last, .. }, Some(pay_by), _) => {
                let end = self.words.day_named_short(*last);
                let values =
                    [("payby", pay_by.as_str().into()), ("project", project.into()), ("end", end.as_str().into())];
                self.words.say("alert-subject-paid", &values)
            }
            (News::Negative | News::Suspended { .. } | News::Reactivated { .. } | News::Archived { .. }, ..) => {
                self.title()
            }
            _ => self.words.say("alert-subject", &[("project", project.into()), ("what", self.state().into())]),
        }
    }

    /// The same on the last day for a payment in time.
    fn subject_of_the_last_day(&self, what: &str, end: Option<&str>) -> Option<String> {
        let project = ("project", self.of.project.as_str().into());
        match (&self.of.news, end) {
            (News::Funds, Some(end)) => {
                let values = [("what", what.into()), project, ("end", end.into())];
                Some(self.words.say("alert-subject-funds-today", &values))
            }
            (News::PaidUntil { last, .. }, _) => {
                let end = self.words.day_named_short(*last);
                Some(self.words.say("alert-subject-paid-today", &[project, ("end", end.into())]))
            }
            _ => None,
        }
    }

    pub(super) fn title(&self) -> String {
        capital(&self.state())
    }

    /// The state that is told, as a sentence without its full stop; not every language begins it with the same word.
    pub(super) fn state(&self) -> String {
        let what = self.what();
        let project = ("project", self.of.project.as_str().into());
        let day = |day: NaiveDate| ("day", self.day(day).into());
        let words = self.words;
        match &self.of.news {
            News::PaidUntil { last, .. } => words.say("alert-paid-title", &[day(*last)]),
            News::PaidOver { last } => words.say("alert-paid-over-title", &[day(*last)]),
            News::PaidAgain { last } => words.say("alert-paid-again-title", &[day(*last)]),
            News::TrialEnds { last } => words.say("alert-trial-title", &[day(*last)]),
            News::TrialOver { last } => words.say("alert-trial-over-title", &[day(*last)]),
            News::Funds => match self.earliest() {
                // By a balance that is old, or usage that is.
                Some(end) if end < self.of.today => {
                    words.say("alert-funds-title-past", &[("what", what.as_str().into()), day(end)])
                }
                Some(end) => words.say("alert-funds-title", &[("what", what.as_str().into()), day(end)]),
                None => words.say("alert-funds-title-soon", &[("what", what.as_str().into())]),
            },
            News::Low => match self.of.balance.as_ref().and_then(|balance| balance.low).filter(|_| self.shows_money) {
                Some(low) => {
                    let low = self.money(low);
                    words.say("alert-low-title", &[("what", what.as_str().into()), ("sum", low.as_str().into())])
                }
                None => words.say("alert-low-title-plain", &[("what", what.as_str().into())]),
            },
            News::Negative => match &self.of.balance {
                Some(balance) if self.shows_money && balance.amount.is_negative() => {
                    let sum = self.money(-balance.amount);
                    words.say("alert-owes-title", &[project, ("sum", sum.as_str().into())])
                }
                _ => words.say("alert-empty-title", &[project, ("what", what.as_str().into())]),
            },
            News::TopupFailed { sum, .. } if self.shows_money && sum.is_positive() => {
                words.say("alert-topup-title", &[("sum", self.money(*sum).into())])
            }
            News::TopupFailed { .. } => words.word("alert-topup-title-plain"),
            News::TopupLate { sum, .. } if self.shows_money => {
                words.say("alert-topup-late-title", &[("sum", self.money(*sum).into())])
            }
            News::TopupLate { .. } => words.word("alert-topup-late-title-plain"),
            News::Recovered => words.say("alert-recovered-title", &[("what", what.as_str().into())]),
            News::Suspended { .. } => words.say("alert-suspended-title", &[project]),
            News::Reactivated { .. } => words.say("alert-reactivated-title", &[project]),
            News::Archived { .. } => words.say("alert-archived-title", &[project]),
        }
    }

    /// The sentences under the title.
    pub(super) fn lead(&self) -> Text {
        let zone = self.zone();
        let mut said = Vec::new();
        match &self.of.news {
            News::Suspended { since } | News::Reactivated { since } | News::Archived { since } => {
                let at = self.moment(*since);
                let values = [("at", at.as_str().into()), ("zone", zone.as_str().into())];
                said.push(Text::plain(match self.of.news {
                    News::Suspended { .. } => self.words.say("alert-suspended-since", &values),
                    News::Reactivated { .. } => self.words.say("alert-reactivated-since", &values),
                    _ => self.words.say("alert-archived-since", &values),
                }));
            }
            News::Negative => {
                if let Some(balance) = &self.of.balance {
                    let at = self.moment(balance.as_of);
                    let values = [("at", at.as_str().into()), ("zone", zone.as_str().into())];
                    said.push(Text::plain(self.words.say("alert-empty-since", &values)));
                }
            }
            News::TopupFailed { why, .. } if !why.is_empty() => {
                said.extend(self.why_topup_failed().map(Text::plain));
                said.extend(self.ends(false));
            }
            News::TopupLate { since, .. } => {
                let values = [("at", self.moment(*since).into()), ("zone", zone.as_str().into())];
                said.push(Text::plain(self.words.say("alert-topup-late-since", &values)));
                said.extend(self.ends(false));
            }
            News::Funds => said.extend(self.ends(true)),
            News::Low | News::TopupFailed { .. } => said.extend(self.ends(false)),
            // Thanks are no place for the cautious end.
            News::Recovered => said.extend(self.ends(true)),
            _ => {}
        }
        said.extend(self.pay_by_sentence());
        in_a_row(said)
    }

    /// When funds end; the earliest end is left out where the title names it.
    fn ends(&self, is_in_title: bool) -> Option<Text> {
        let balance = self.of.balance.as_ref()?;
        let words = self.words;
        let said = match &balance.forecast {
            Forecast::Empty => return None,
            Forecast::TooLittleHistory { days } if self.shows_money => {
                let sum = self.money(balance.amount);
                words.say("alert-too-little", &[("sum", sum.as_str().into()), ("n", (*days).into())])
            }
            Forecast::TooLittleHistory { days } => words.say("alert-too-little-plain", &[("n", (*days).into())]),
            Forecast::NoSpend => words.word("alert-no-spend"),
            Forecast::Lasts(outlook) => {
                let named = |end: End| end.day().map(|day| words.day_named(day));
                match (named(outlook.earliest), named(outlook.expected)) {
                    (Some(_), Some(expected)) if is_in_title => {
                        words.say("alert-usual-until", &[("day", expected.into())])
                    }
                    (Some(_), None) if is_in_title => words.word("alert-usual-long"),
                    (Some(earliest), expected) => {
                        let mut values = vec![("what", capital(&self.what()).into()), ("earliest", earliest.into())];
                        let id = if expected.is_some() { "alert-ends" } else { "alert-ends-earliest" };
                        values.extend(expected.map(|expected| ("expected", expected.into())));
                        words.say(id, &values)
                    }
                    (None, _) => words.word("alert-ends-long"),
                }
            }
        };
        Some(Text::plain(said))
    }

    fn pay_by_sentence(&self) -> Option<Text> {
        let day = self.pay_by()?;
        let named = self.words.day_named(day);
        if day < self.of.today {
            return Some(Text::plain(self.words.say("alert-pay-by-past", &[("day", named.into())])));
        }
        if day == self.of.today {
            let today = self.words.word("alert-today");
            let said = self.words.say("alert-pay-by-today", &[("day", today.as_str().into())]);
            return Some(with_strong(&said, &today));
        }
        let lead = self.of.balance.as_ref().map_or(1, |balance| balance.lead_days);
        let values = [("n", lead.into()), ("day", named.as_str().into())];
        let said = match lead {
            0 => self.words.say("alert-pay-by-plain", &[("day", named.as_str().into())]),
            _ => self.words.say("alert-pay-by", &values),
        };
        Some(with_strong(&said, &named))
    }

    /// What the reader must know before all else.
    pub(super) fn callouts(&self) -> Vec<String> {
        let stale = self.of.balance.as_ref().filter(|balance| balance.is_stale).map(|balance| {
            let (at, zone) = (self.moment(balance.as_of), self.zone());
            self.words.say("alert-stale", &[("at", at.as_str().into()), ("zone", zone.as_str().into())])
        });
        let untold = self.of.balance.as_ref().filter(|balance| balance.outlook().is_some());
        let untold = untold.and_then(|balance| balance.untold_since).map(|day| {
            let day = self.words.day_named(day);
            self.words.say("alert-usage-untold", &[("day", day.as_str().into())])
        });
        let hasty = self.of.cannot_wait.then(|| self.words.word("alert-cannot-wait"));
        stale.into_iter().chain(untold).chain(hasty).collect()
    }

    /// What happens if nobody acts.
    pub(super) fn consequence(&self) -> Option<String> {
        let words = self.words;
        Some(match &self.of.news {
            News::PaidUntil { .. } => words.word("alert-paid-then"),
            News::PaidOver { .. } => words.word("alert-paid-over-then"),
            News::TrialEnds { .. } => words.word("alert-trial-then"),
            News::TrialOver { .. } => words.word("alert-trial-over-then"),
            News::Suspended { .. } => words.word("alert-suspended-then"),
            News::Archived { .. } => words.word("alert-archived-then"),
            News::Funds | News::Low | News::TopupFailed { .. } | News::TopupLate { .. } => {
                words.say("alert-then", &[("off", self.off().into())])
            }
            News::Negative => match self.known_off() {
                Some(off) => words.say("alert-empty-then", &[("off", off.into())]),
                None => words.word("alert-empty-then-other"),
            },
            News::Recovered | News::Reactivated { .. } | News::PaidAgain { .. } => return None,
        })
    }

    /// The reason that came with a failed top-up.
    pub(super) fn why_topup_failed(&self) -> Option<String> {
        match &self.of.news {
            News::TopupFailed { why, .. } if !why.is_empty() => {
                Some(self.words.say("alert-topup-why", &[("why", why.as_str().into())]))
            }
            _ => None,
        }
    }

    /// What an end switches off.
    fn off(&self) -> String {
        self.known_off().unwrap_or_else(|| self.words.word("alert-off-other"))
    }

    /// The same, where somebody said so or the balance's name does.
    fn known_off(&self) -> Option<String> {
        let balance = self.of.balance.as_ref()?;
        let by_name = || (balance.name == "forwarding").then(|| self.words.word("alert-off-forwarding"));
        let written = balance.switches_off.as_ref().and_then(|off| off.told_in(self.words.language()));
        written.map(str::to_owned).or_else(by_name)
    }

    /// The sum, the button, and until when the sum covers.
    pub(super) fn button(&self) -> Vec<Block> {
        let is_over = matches!(self.of.news, News::Recovered | News::Reactivated { .. } | News::PaidAgain { .. });
        if !self.shows_money || is_over || matches!(self.of.news, News::Archived { .. }) {
            return Vec::new();
        }
        let to_add = self.of.balance.as_ref().and_then(|balance| balance.to_add);
        let sum = to_add.map(|(sum, _)| self.money(sum));
        let label = match (&sum, &self.of.news) {
            (Some(sum), _) => self.words.say("alert-add", &[("sum", sum.as_str().into())]),
            (None, News::PaidUntil { .. } | News::PaidOver { .. }) => self.words.word("alert-pay-now"),
            (None, News::TrialEnds { .. } | News::TrialOver { .. }) => self.words.word("alert-choose-plan"),
            (None, _) => self.words.word("link-pay"),
        };
        let button = self.of.pay.clone().map(|link| Block::Button { label, link });
        let covers = to_add.map(|(_, until)| {
            let day = self.words.day_month(until);
            let values = [("sum", sum.unwrap_or_default().into()), ("day", day.as_str().into())];
            let text = self.words.say("alert-covers", &values);
            if button.is_some() { Block::Note(Text::plain(text)) } else { Block::Paragraph(Text::plain(text)) }
        });
        button.into_iter().chain(covers).collect()
    }

    /// Where its reader says that a payment is on its way, which quiets what reminds of it.
    pub(super) fn paid(&self, slot: &str) -> Vec<Block> {
        let reminds = matches!(
            self.of.news,
            News::PaidUntil { .. }
                | News::PaidOver { .. }
                | News::Funds
                | News::Low
                | News::TopupFailed { .. }
                | News::TopupLate { .. }
        );
        let Some(page) = self.of.paid_page.as_ref().filter(|_| reminds && self.shows_money) else { return Vec::new() };
        let link = Link::Web(format!("{page}{slot}"));
        let label = self.words.word("alert-paid-button");
        let note = Text::plain(self.words.word("alert-paid-quiets"));
        vec![Block::Button { label, link }, Block::Note(note)]
    }

    /// The line that the inbox shows after the subject: the balance and the sum, where there are any to show.
    pub(super) fn preview(&self) -> Option<String> {
        let balance = self.of.balance.as_ref().filter(|_| self.shows_money)?;
        if matches!(self.of.news, News::Recovered) {
            return None;
        }
        let (sum, until) = balance.to_add?;
        let values = [
            ("balance", self.money(balance.amount).into()),
            ("sum", self.money(sum).into()),
            ("day", self.words.day_month(until).into()),
        ];
        Some(self.words.say("alert-preview", &values))
    }

    /// What it is about, for the small line over the title.
    pub(super) fn topic(&self) -> String {
        match self.of.news {
            News::PaidUntil { .. } | News::PaidOver { .. } | News::PaidAgain { .. } => {
                self.words.word("alert-topic-paid")
            }
            News::TrialEnds { .. } | News::TrialOver { .. } => self.words.word("alert-topic-trial"),
            News::Suspended { .. } | News::Reactivated { .. } | News::Archived { .. } => {
                self.words.word("alert-topic-status")
            }
            _ => self.what(),
        }
    }

    pub(super) fn earliest(&self) -> Option<NaiveDate> {
        self.of.balance.as_ref()?.outlook()?.earliest.day()
    }
}
