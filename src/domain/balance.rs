//! What others tell us about a project's money: named balances, what went in and out, and how the project stands. Every
//! fact says when it was true (`as_of`); an older one never replaces a younger one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::BalanceName;
use super::instant::Instant;
use super::money::Amount;

/// A balance as it was last told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Balance {
    pub name: BalanceName,
    /// ISO 4217.
    pub currency: String,
    pub amount: Amount,
    /// How far below zero it may go.
    pub credit_limit: Amount,
    /// When it was so.
    pub as_of: Instant,
    /// What tops it up by itself.
    pub auto_topup: Option<AutoTopup>,
    /// Since when it stands below the sum at which that should have run, as far as balances told.
    #[serde(skip)]
    pub below_since: Option<Instant>,
}

/// An automatic top-up: once a balance is below one sum, the other comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AutoTopup {
    pub below: Amount,
    pub amount: Amount,
}

/// What a fact says of an automatic top-up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ToldTopup {
    /// Nothing: it is as it was.
    #[default]
    AsItWas,
    /// There is none (any more).
    Off,
    On(AutoTopup),
}

impl ToldTopup {
    /// Whether it is what stands already.
    pub fn is_as(self, stands: Option<AutoTopup>) -> bool {
        match self {
            Self::AsItWas => true,
            Self::Off => stands.is_none(),
            Self::On(topup) => stands == Some(topup),
        }
    }
}

/// What moved a balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The sender's own id: the same one twice is one entry.
    pub id: String,
    pub at: Instant,
    pub kind: EntryKind,
    /// Without a sign; only an adjustment may be negative.
    pub amount: Amount,
    /// In words: "calls to mobiles", "card expired".
    pub what: String,
}

/// Why a balance moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Calls and messages: what a forecast is made of.
    Usage,
    /// A subscription or rent; one in the future is a charge that is known to come.
    Fixed,
    Topup,
    /// A payment or automatic top-up that didn't work; moves nothing.
    TopupFailed,
    Refund,
    /// Anything else, with its sign.
    Adjustment,
}

impl EntryKind {
    /// All, as people list them.
    pub const ALL: [Self; 6] =
        [Self::Usage, Self::Fixed, Self::Topup, Self::TopupFailed, Self::Refund, Self::Adjustment];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Fixed => "fixed",
            Self::Topup => "topup",
            Self::TopupFailed => "topup_failed",
            Self::Refund => "refund",
            Self::Adjustment => "adjustment",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// Why something is no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEntry {
    #[error("an id has 1 to 200 characters, and no line breaks or other control characters")]
    Id,
    #[error(
        "{0}: sums are written without a sign, the kind says which way they go, and only an `adjustment` has one; what was told \
         wrong is taken back by `callbrief balance withdraw` (over HTTP: DELETE …/entries/ID) and told anew"
    )]
    Negative(Amount),
    #[error("the words have at most 300 characters, and no line breaks or other control characters")]
    Words,
    #[error("it lies in the future, where only a `fixed` charge may be; `{0}` is told once it has been")]
    InFuture(&'static str),
}

impl InvalidEntry {
    /// Which part of the entry is wrong, by the name that columns and fields have.
    pub const fn part(&self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Negative(_) => "amount",
            Self::Words => "what",
            Self::InFuture(_) => "at",
        }
    }
}

impl Entry {
    /// Whether a text can be what an entry is known by.
    pub fn is_id(text: &str) -> bool {
        (1..=200).contains(&text.chars().count()) && !text.contains(char::is_control)
    }

    /// Checks what the types can't say; `latest`: only a charge that is known to come lies after it.
    pub fn check(&self, latest: Instant) -> Result<(), InvalidEntry> {
        if !Self::is_id(&self.id) {
            return Err(InvalidEntry::Id);
        }
        if self.amount.is_negative() && self.kind != EntryKind::Adjustment {
            return Err(InvalidEntry::Negative(self.amount));
        }
        if self.what.chars().count() > 300 || self.what.contains(char::is_control) {
            return Err(InvalidEntry::Words);
        }
        if self.at > latest && self.kind != EntryKind::Fixed {
            return Err(InvalidEntry::InFuture(self.kind.name()));
        }
        Ok(())
    }
}

/// How a project stands with whoever serves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    pub status: Status,
    /// The last local day that is paid for; in a trial, its last day.
    pub paid_until: Option<NaiveDate>,
    pub as_of: Instant,
}

impl Standing {
    /// `paid until 2026-06-20`, of a trial `last day 2026-06-20`; nothing where no day was told.
    pub fn until(&self) -> Option<String> {
        let what = if self.status == Status::Trial { "last day" } else { "paid until" };
        self.paid_until.map(|day| format!("{what} {day}"))
    }

    /// What nobody would notice of a trial whose end wasn't told.
    pub fn note(&self) -> Option<&'static str> {
        let is_endless = self.status == Status::Trial && self.paid_until.is_none();
        is_endless.then_some("the trial's last day (`paid_until`) isn't told, so nobody is warned of its end")
    }
}

/// What a fact says of the last paid day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ToldDay {
    /// Nothing: it is as it was.
    #[default]
    AsItWas,
    /// There is none (any more).
    Never,
    Until(NaiveDate),
}

/// How a project stands, as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToldStanding {
    pub status: Status,
    pub paid_until: ToldDay,
    pub as_of: Instant,
}

impl ToldStanding {
    /// What it comes to where this stands. A trial's last day is none that is paid for: it ends with the trial.
    pub fn over(self, stands: Option<Standing>) -> Standing {
        let Self { status, paid_until, as_of } = self;
        let stays = |stands: &Standing| stands.status != Status::Trial || status == Status::Trial;
        let paid_until = match paid_until {
            ToldDay::AsItWas => stands.filter(stays).and_then(|stands| stands.paid_until),
            ToldDay::Never => None,
            ToldDay::Until(day) => Some(day),
        };
        Standing { status, paid_until, as_of }
    }
}

impl From<Standing> for ToldStanding {
    fn from(whole: Standing) -> Self {
        let paid_until = whole.paid_until.map_or(ToldDay::Never, ToldDay::Until);
        Self { status: whole.status, paid_until, as_of: whole.as_of }
    }
}

/// What others tell us of a project; everything finer is derived, never set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Trial,
    Active,
    /// Something is switched off until money comes.
    Suspended,
    /// Over; only a person brings it back.
    Archived,
}

impl Status {
    /// All, from the beginning to the end.
    pub const ALL: [Self; 4] = [Self::Trial, Self::Active, Self::Suspended, Self::Archived];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trial => "trial",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Archived => "archived",
        }
    }

    /// Reads the word people write; closed is archived.
    pub fn parse(text: &str) -> Option<Self> {
        let text = if text == "closed" { "archived" } else { text };
        Self::ALL.into_iter().find(|status| status.name() == text)
    }
}

/// What becomes of a fact that is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It stands now.
    Now,
    /// It stood already, and is known to have been so at a later moment now.
    Fresh,
    /// It stood already.
    Same,
    /// A younger one stands: of this moment.
    Older { than: Instant },
}

/// How a project's balance is judged; told by the set-up file, not by facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BalanceRules {
    /// Below this sum people are warned, whatever the forecast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Amount>,
    /// What its end switches off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub switches_off: Option<SwitchesOff>,
    /// Working days that a payment takes to arrive.
    pub payment_lead_days: u32,
    /// What calls cost is its usage, on days for which none was told.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub usage_from_calls: bool,
}

impl Default for BalanceRules {
    fn default() -> Self {
        Self { low: None, switches_off: None, payment_lead_days: 1, usage_from_calls: false }
    }
}

/// What the end of a balance switches off, in words that complete "then …".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SwitchesOff {
    /// For every reader alike.
    Alike(String),
    /// By the reader's language (BCP 47).
    ByLanguage(BTreeMap<String, String>),
}

impl SwitchesOff {
    /// The words for readers of a language; `None`: nobody wrote them, and those of another language help nobody.
    pub fn told_in(&self, language: &str) -> Option<&str> {
        match self {
            Self::Alike(words) => Some(words),
            Self::ByLanguage(by_language) => by_language.get(language).map(String::as_str),
        }
    }
}

impl std::fmt::Display for SwitchesOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Alike(words) => write!(f, "\"{words}\""),
            Self::ByLanguage(by_language) => {
                let said: Vec<_> =
                    by_language.iter().map(|(language, words)| format!("{language} \"{words}\"")).collect();
                f.write_str(&said.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paid_day_stays_unless_something_is_said_of_it() {
        let day = |n| NaiveDate::from_ymd_opt(2026, 6, n).expect("a day");
        let as_of = Instant::from_seconds(5);
        let told = |status, paid_until| ToldStanding { status, paid_until, as_of };
        let stands = |status, n| Some(Standing { status, paid_until: Some(day(n)), as_of: Instant::from_seconds(1) });
        let active = stands(Status::Active, 5);
        for status in [Status::Suspended, Status::Active, Status::Archived, Status::Trial] {
            assert_eq!(told(status, ToldDay::AsItWas).over(active).paid_until, Some(day(5)));
        }
        assert_eq!(told(Status::Suspended, ToldDay::Never).over(active).paid_until, None);
        assert_eq!(told(Status::Active, ToldDay::Until(day(9))).over(active).paid_until, Some(day(9)));
        assert_eq!(told(Status::Active, ToldDay::AsItWas).over(None).paid_until, None);
        let trial = stands(Status::Trial, 14);
        assert_eq!(told(Status::Trial, ToldDay::AsItWas).over(trial).paid_until, Some(day(14)));
        assert_eq!(told(Status::Active, ToldDay::AsItWas).over(trial).paid_until, None, "a trial's day isn't paid for");
        let whole = Standing { status: Status::Active, paid_until: None, as_of };
        assert_eq!(ToldStanding::from(whole).over(active), whole);
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for kind in EntryKind::ALL {
            assert_eq!(EntryKind::parse(kind.name()), Some(kind));
        }
        for status in Status::ALL {
            assert_eq!(Status::parse(status.name()), Some(status));
        }
        assert_eq!(Status::parse("closed"), Some(Status::Archived));
        assert_eq!(Status::parse("low"), None, "derived, never set");
    }

    #[test]
    fn only_an_adjustment_has_a_sign_and_only_a_fixed_charge_lies_ahead() {
        let entry = |kind, micros| Entry {
            id: "1".into(),
            at: Instant::from_seconds(0),
            kind,
            amount: Amount::from_micros(micros),
            what: String::new(),
        };
        let (same, before) = (Instant::from_seconds(0), Instant::from_seconds(-1));
        for kind in EntryKind::ALL {
            assert_eq!(entry(kind, 5).check(same), Ok(()));
            assert_eq!(entry(kind, -5).check(same).is_ok(), kind == EntryKind::Adjustment, "{kind:?}");
            assert_eq!(entry(kind, 5).check(before).is_ok(), kind == EntryKind::Fixed, "{kind:?}");
        }
        assert_eq!(Entry { id: String::new(), ..entry(EntryKind::Usage, 1) }.check(same), Err(InvalidEntry::Id));
    }

    #[test]
    fn what_is_switched_off_is_told_in_the_readers_language_or_left_to_the_name() {
        let alike = SwitchesOff::Alike("no calls".to_owned());
        assert_eq!((alike.told_in("de"), alike.to_string().as_str()), (Some("no calls"), "\"no calls\""));
        let both = [("en", "no calls"), ("de", "keine Anrufe")].map(|(tag, words)| (tag.to_owned(), words.to_owned()));
        let both = SwitchesOff::ByLanguage(both.into());
        assert_eq!((both.told_in("de"), both.told_in("pl")), (Some("keine Anrufe"), None));
        assert_eq!(both.to_string(), "de \"keine Anrufe\", en \"no calls\"");
        for kept in [alike, both] {
            let text = serde_json::to_string(&kept).expect("JSON");
            assert_eq!(serde_json::from_str::<SwitchesOff>(&text).expect("the same"), kept, "{text}");
        }
    }
}
