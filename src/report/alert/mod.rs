//! Warnings about money as documents, in one order: state, consequence, sum, date, button; how we know comes after. Both
//! dates are named, the cautious one first. Whoever may see no money gets the same without sums and without the button.

mod figures;
mod joined;
mod known;
mod said;
mod sms;

pub use figures::figures;
pub use joined::{Part, joined, joined_sms};
pub use sms::sms;

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::domain::balance::SwitchesOff;
use crate::domain::document::{Block, Document, Link, Paper, Span, Text};
use crate::domain::foot::PAID_SLOT;
use crate::domain::forecast::{Forecast, KnownCharge, Outlook};
use crate::domain::instant::Instant;
use crate::domain::money::Amount;
use crate::i18n::Words;

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// The paid period ends on this day.
    PaidUntil {
        last: NaiveDate,
        pay_by: Option<NaiveDate>,
    },
    PaidOver {
        last: NaiveDate,
    },
    /// A payment came: paid until this day.
    PaidAgain {
        last: NaiveDate,
    },
    TrialEnds {
        last: NaiveDate,
    },
    TrialOver {
        last: NaiveDate,
    },
    /// Funds may end soon.
    Funds,
    /// The sum is below the limit.
    Low,
    /// Nothing is left.
    Negative,
    TopupFailed {
        sum: Amount,
        /// May be empty.
        why: String,
    },
    /// An automatic top-up should have run then, and didn't.
    TopupLate {
        sum: Amount,
        since: NaiveDateTime,
    },
    Recovered,
    Suspended {
        since: NaiveDateTime,
    },
    Reactivated {
        since: NaiveDateTime,
    },
    Archived {
        since: NaiveDateTime,
    },
}

/// A balance as its notice shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// `project`, `forwarding`, or the provider's own name.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    pub amount: Amount,
    pub credit_limit: Amount,
    pub low: Option<Amount>,
    /// Local time of the balance.
    pub as_of: NaiveDateTime,
    pub is_stale: bool,
    /// The last day whose usage was told, where that is longer ago than usual.
    #[serde(default)]
    pub untold_since: Option<NaiveDate>,
    pub forecast: Forecast,
    pub pay_by: Option<NaiveDate>,
    /// What to add, and until when it covers.
    pub to_add: Option<(Amount, NaiveDate)>,
    pub charges: Vec<KnownCharge>,
    pub lead_days: u32,
    /// What its end switches off; where nobody wrote that in the reader's language, what is usual for a balance of this name.
    pub switches_off: Option<SwitchesOff>,
}

impl Shown {
    fn outlook(&self) -> Option<&Outlook> {
        match &self.forecast {
            Forecast::Lasts(outlook) => Some(outlook),
            _ => None,
        }
    }
}

/// One warning, before it is in anybody's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The project's name.
    pub project: String,
    /// IANA name of the project's zone.
    pub zone: String,
    pub made_at: Instant,
    /// The project's local day.
    pub today: NaiveDate,
    pub news: News,
    /// The balance that it is about.
    pub balance: Option<Shown>,
    /// Where funds are added.
    pub pay: Option<Link>,
    /// It goes out before the usual morning.
    pub cannot_wait: bool,
    /// When the next reminder goes, if nothing changes.
    pub next: Option<NaiveDate>,
    /// Names of those whom it reaches beside those who are told now.
    #[serde(default)]
    pub next_also: Vec<String>,
    /// Names of all who are told.
    pub told: Vec<String>,
    /// Below which address its reader says that a payment is on its way; `None`: nowhere.
    #[serde(default)]
    pub paid_page: Option<String>,
}

/// The document of a warning in a language; without sums unless `shows_money`.
pub fn alert(alert: &Alert, language: &str, shows_money: bool) -> Document {
    of_one(alert, language, shows_money, PAID_SLOT)
}

/// The balance that a warning is about, as its reader calls it: `forwarding funds`.
pub fn balance_of(alert: &Alert, language: &str) -> Option<String> {
    let teller = Teller { words: Words::of(language), of: alert, shows_money: false, is_short: false };
    alert.balance.as_ref().map(|_| teller.what())
}

fn of_one(alert: &Alert, language: &str, shows_money: bool, slot: &str) -> Document {
    let teller = Teller { words: Words::of(language), of: alert, shows_money, is_short: false };
    let words = teller.words;
    let mut blocks = Vec::new();
    let lead = teller.lead();
    if !lead.0.is_empty() {
        blocks.push(Block::Lead(lead.clone()));
    }
    blocks.extend(teller.callouts().into_iter().map(|text| Block::Callout(Text::plain(text))));
    blocks.extend(teller.consequence().map(|text| Block::Paragraph(Text::plain(text))));
    blocks.extend(teller.button());
    blocks.extend(teller.paid(slot));
    blocks.extend(teller.known());
    let subject = teller.subject();
    let preview = teller.preview().unwrap_or_else(|| match lead.to_plain() {
        lead if lead.is_empty() => teller.consequence().unwrap_or_else(|| subject.clone()),
        lead => lead,
    });
    Document {
        language: words.language().to_owned(),
        direction: words.direction(),
        paper: Paper::default(),
        subject,
        preview,
        eyebrow: words
            .say("alert-eyebrow", &[("project", alert.project.as_str().into()), ("topic", teller.topic().into())]),
        title: teller.title(),
        period_label: String::new(),
        made_at: alert.made_at,
        file_stem: "notice".into(),
        blocks,
        foot: teller.foot(),
        data: None,
        brand: Arc::default(),
    }
}

/// An end further away is named, and neither walked to day by day nor a reason to name the day of a payment.
const NEAR_DAYS: i64 = 31;

/// A warning, a language, and what its reader may see.
struct Teller<'a> {
    words: Words,
    of: &'a Alert,
    shows_money: bool,
    /// For a phone: days by their short names, sums with their currency's code.
    is_short: bool,
}

impl Teller<'_> {
    fn money(&self, sum: Amount) -> String {
        let currency = self.of.balance.as_ref().map_or("EUR", |balance| balance.currency.as_str());
        match self.is_short {
            true => self.words.money_by_code(sum.as_micros(), currency),
            false => self.words.money(sum.as_micros(), currency),
        }
    }

    /// `forwarding funds`, as the subject of a sentence.
    fn what(&self) -> String {
        match self.of.balance.as_ref().map(|balance| balance.name.as_str()) {
            None | Some("project") => self.words.word("alert-what-project"),
            Some("forwarding") => self.words.word("alert-what-forwarding"),
            Some(name) => self.words.say("alert-what-other", &[("name", name.into())]),
        }
    }

    fn moment(&self, at: NaiveDateTime) -> String {
        self.words.moment(at)
    }

    fn zone(&self) -> String {
        self.words.zone(&self.of.zone)
    }

    /// A day, as long as there is room for it.
    fn day(&self, day: NaiveDate) -> String {
        if self.is_short { self.words.day_named_short(day) } else { self.words.day_named(day) }
    }

    /// Whether a day is so near that its date matters to whoever reads of something else.
    fn is_near(&self, day: NaiveDate) -> bool {
        (day - self.of.today).num_days() <= NEAR_DAYS
    }

    /// When something is over for want of money, the last day of a payment in time.
    fn pay_by(&self) -> Option<NaiveDate> {
        match (&self.of.news, &self.of.balance) {
            (News::PaidUntil { pay_by, .. }, _) => *pay_by,
            (News::Funds, Some(balance)) => balance.pay_by,
            // What is told for another reason than a near end asks for no payment by a day months away.
            (News::Low | News::TopupFailed { .. } | News::TopupLate { .. }, Some(balance)) => {
                balance.pay_by.filter(|day| self.is_near(*day))
            }
            _ => None,
        }
    }
}

impl Alert {
    /// The last day on which a payment is in time, where one is in sight.
    pub fn pay_by(&self) -> Option<NaiveDate> {
        match &self.news {
            news if is_well(news) => None,
            News::PaidUntil { pay_by, .. } => *pay_by,
            _ => self.balance.as_ref()?.pay_by,
        }
    }

    /// The day to pay by, where it asks for a payment that can still be in time.
    pub fn day_to_pay(&self) -> Option<NaiveDate> {
        self.pay_by().filter(|day| needs_funds(&self.news) && self.today <= *day)
    }
}

/// Whether it is good news, after which nothing is due.
const fn is_well(news: &News) -> bool {
    matches!(news, News::Recovered | News::Reactivated { .. } | News::PaidAgain { .. })
}

/// Whether a payment in time is what it asks for: neither a trial's end nor a period that is over.
fn needs_funds(news: &News) -> bool {
    matches!(
        news,
        News::PaidUntil { .. }
            | News::Funds
            | News::Low
            | News::Negative
            | News::TopupFailed { .. }
            | News::TopupLate { .. }
    )
}

/// A sentence begins with a capital letter, whatever word a language puts first.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Sentences one after another, each with its strong parts.
fn in_a_row(sentences: Vec<Text>) -> Text {
    let mut spans: Vec<Span> = Vec::new();
    for sentence in sentences {
        if !spans.is_empty() {
            spans.push(Span { text: " ".into(), strong: false, link: None });
        }
        spans.extend(sentence.0);
    }
    Text(spans)
}

/// A sentence with one stretch of it strong.
fn with_strong(text: &str, strong: &str) -> Text {
    let Some((before, after)) = text.split_once(strong).filter(|_| !strong.is_empty()) else {
        return Text::plain(text);
    };
    let span = |text: &str, strong| Span { text: text.to_owned(), strong, link: None };
    let spans = [span(before, false), span(strong, true), span(after, false)];
    Text(spans.into_iter().filter(|span| !span.text.is_empty()).collect())
}

#[cfg(test)]
mod tests;
