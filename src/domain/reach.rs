//! How people are reached: which channels each wants for what, and which of their addresses can be used. Nothing is sent over
//! a channel that nobody chose; without a choice that is mail.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::contact::{ChannelKind, Contact};
use super::ids::ContactId;
use super::notice::{NoticeKind, Severity};
use super::pace::Pace;
use super::quiet::QuietHours;

/// What a contact is told beyond its own columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactSettings {
    #[serde(default, skip_serializing_if = "Alerts::is_usual")]
    pub alerts: Alerts,
    /// By which each number was confirmed to be this person's: `contract 2026-05-01`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub verified: BTreeMap<String, String>,
    /// When only what is critical goes to them.
    #[serde(default, skip_serializing_if = "QuietHours::is_off")]
    pub quiet: QuietHours,
    /// Who hears of warnings meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away: Option<Away>,
    /// How what may wait is gathered, by its kind; under `warnings` every kind of warning that has no line of its own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub digest: BTreeMap<String, Pace>,
}

/// All kinds of warnings that have no line of their own.
pub const WARNINGS: &str = "warnings";

impl ContactSettings {
    /// In which rhythm notices of this kind are gathered; `None`: each goes by itself.
    pub fn pace(&self, kind: NoticeKind) -> Option<Pace> {
        let own = self.digest.get(kind.name());
        own.or_else(|| self.digest.get(WARNINGS).filter(|_| kind.is_billing())).copied()
    }
}

/// Days on which somebody isn't there, and who hears of warnings about money in their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    pub from: NaiveDate,
    /// The last of them.
    pub to: NaiveDate,
    pub deputy: ContactId,
}

impl Away {
    /// Whether a day is one of them.
    pub fn covers(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// Whether both are away on some day.
    pub fn meets(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

impl std::fmt::Display for Away {
    /// `2026-07-01 to 2026-07-14, deputy olena`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} to {}, deputy {}", self.from, self.to, self.deputy)
    }
}

/// By which channels a contact hears of what. Reports go by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alerts {
    /// Warnings whose kind has no list of its own.
    pub warnings: BTreeSet<ChannelKind>,
    /// Beside those, whatever is critical.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub critical: BTreeSet<ChannelKind>,
    /// What an owner hears about our own work.
    #[serde(default = "by_mail")]
    pub owner: BTreeSet<ChannelKind>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<NoticeKind, BTreeSet<ChannelKind>>,
}

fn by_mail() -> BTreeSet<ChannelKind> {
    BTreeSet::from([ChannelKind::Email])
}

impl Default for Alerts {
    fn default() -> Self {
        Self { warnings: by_mail(), critical: BTreeSet::new(), owner: by_mail(), kinds: BTreeMap::new() }
    }
}

impl Alerts {
    /// Whether nobody chose anything.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// By which channels the contact hears of such a notice.
    pub fn channels(&self, kind: NoticeKind, severity: Severity) -> BTreeSet<ChannelKind> {
        match kind {
            NoticeKind::Report => by_mail(),
            // What is in a digest was chosen when it was told.
            NoticeKind::Test | NoticeKind::Digest => ChannelKind::ALL.into(),
            kind => {
                let mut chosen = match kind {
                    NoticeKind::Owner => self.owner.clone(),
                    kind => self.kinds.get(&kind).unwrap_or(&self.warnings).clone(),
                };
                if severity == Severity::Critical {
                    chosen.extend(&self.critical);
                }
                chosen
            }
        }
    }

    /// Every channel that is chosen for warnings, about our own work aside.
    pub fn of_warnings(&self) -> BTreeSet<ChannelKind> {
        let lists = [&self.warnings, &self.critical].into_iter().chain(self.kinds.values());
        lists.flatten().copied().collect()
    }

    /// Every channel that is chosen for anything.
    pub fn all(&self) -> BTreeSet<ChannelKind> {
        let lists = [&self.warnings, &self.critical, &self.owner].into_iter().chain(self.kinds.values());
        lists.flatten().copied().collect()
    }
}

impl std::fmt::Display for Alerts {
    /// `email, slack; critical: sms; owner: email, slack`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = |list: &BTreeSet<ChannelKind>| list.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
        f.write_str(&words(&self.warnings))?;
        if !self.critical.is_empty() {
            write!(f, "; critical: {}", words(&self.critical))?;
        }
        for (kind, list) in &self.kinds {
            write!(f, "; {}: {}", kind.name(), words(list))?;
        }
        if self.owner != by_mail() {
            write!(f, "; owner: {}", words(&self.owner))?;
        }
        Ok(())
    }
}

/// One address of one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub channel: ChannelKind,
    pub address: String,
    /// Why nothing goes there.
    pub shut: Option<Shut>,
    /// Somebody else reads there who may see no money.
    pub hides_money: bool,
}

impl Way {
    /// Whether it leads to the same place, letter case aside.
    pub fn is_same(&self, other: &Self) -> bool {
        self.channel == other.channel && self.address.eq_ignore_ascii_case(&other.address)
    }
}

impl std::fmt::Display for Way {
    /// `slack ops-room`; of mail the address alone.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.channel {
            ChannelKind::Email => f.write_str(&self.address),
            channel => write!(f, "{} {}", channel.name(), self.address),
        }
    }
}

/// Why an address that was chosen isn't used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// The settings have no such channel.
    ChannelMissing,
    /// Nobody confirmed that the number is this person's.
    NumberNotConfirmed,
}

impl Shut {
    /// The named reason.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::ChannelMissing => "channel_missing",
            Self::NumberNotConfirmed => "number_not_confirmed",
        }
    }
}

/// What is known of addresses beside the contacts.
#[derive(Clone, Debug, Default)]
pub struct Roads {
    /// Those that get nothing more, in lower case.
    pub stopped: BTreeSet<(ChannelKind, String)>,
    /// Channels that the settings have, by kind and name.
    pub channels: BTreeSet<(ChannelKind, String)>,
    /// Numbers that a code confirmed, each of its contact.
    pub confirmed: BTreeSet<(ContactId, String)>,
}

impl Roads {
    /// Whether a number is known to be this contact's: the file says by what, or a code that went there was given.
    pub fn is_confirmed(&self, contact: &Contact, number: &str) -> bool {
        contact.settings.verified.contains_key(number)
            || self.confirmed.contains(&(contact.id.clone(), number.to_owned()))
    }

    /// The numbers of a contact that a code confirmed.
    pub fn confirmed_of(&self, contact: &ContactId) -> Vec<&str> {
        let own = self.confirmed.iter().filter(|(of, _)| of == contact);
        own.map(|(_, number)| number.as_str()).collect()
    }

    fn is_stopped(&self, channel: ChannelKind, address: &str) -> bool {
        self.stopped.contains(&(channel, address.to_lowercase()))
    }

    /// Whether the settings lead to such an address.
    pub fn has_channel(&self, channel: ChannelKind, address: &str) -> bool {
        match channel {
            ChannelKind::Email => true,
            ChannelKind::Sms => self.channels.iter().any(|(kind, _)| *kind == channel),
            _ => self.channels.contains(&(channel, address.to_owned())),
        }
    }
}

/// Where a contact hears of such a notice: of mail and phones the first address that isn't stopped, of the others each.
pub fn ways(contact: &Contact, kind: NoticeKind, severity: Severity, roads: &Roads) -> Vec<Way> {
    let mut ways = Vec::new();
    for channel in contact.settings.alerts.channels(kind, severity) {
        let own = contact.addresses.get(&channel).map(Vec::as_slice).unwrap_or_default();
        let usable = own.iter().filter(|address| !roads.is_stopped(channel, address));
        let made = usable.map(|address| {
            let is_confirmed = channel != ChannelKind::Sms || roads.is_confirmed(contact, address);
            let shut = match (roads.has_channel(channel, address), is_confirmed) {
                (_, false) => Some(Shut::NumberNotConfirmed),
                (false, true) => Some(Shut::ChannelMissing),
                (true, true) => None,
            };
            Way { channel, address: address.clone(), shut, hides_money: false }
        });
        let mut made: Vec<Way> = made.collect();
        if !channel.is_endpoint() {
            // Of several numbers the first that is confirmed.
            let chosen = made.iter().position(|way| way.shut.is_none()).unwrap_or(0);
            made = made.into_iter().skip(chosen).take(1).collect();
        }
        ways.extend(made);
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(alerts: Alerts) -> Contact {
        let address = |kind, list: &[&str]| (kind, list.iter().map(|one| (*one).to_owned()).collect());
        Contact {
            id: ContactId::parse("olena").expect("an id"),
            name: "Olena".into(),
            language: None,
            zone: None,
            active: true,
            addresses: BTreeMap::from([
                address(ChannelKind::Email, &["olena@acme.example", "second@acme.example"]),
                address(ChannelKind::Sms, &["+380441234567", "+380441234568"]),
                address(ChannelKind::Slack, &["ops-room", "money"]),
            ]),
            roles: BTreeMap::new(),
            settings: ContactSettings { alerts, ..ContactSettings::default() },
        }
    }

    fn roads() -> Roads {
        let channels = [(ChannelKind::Slack, "ops-room".to_owned()), (ChannelKind::Sms, "texts".to_owned())];
        Roads { channels: channels.into(), ..Roads::default() }
    }

    fn told(contact: &Contact, kind: NoticeKind, severity: Severity, roads: &Roads) -> String {
        let shown = |way: &Way| match way.shut {
            Some(shut) => format!("{way} ({})", shut.reason()),
            None => way.to_string(),
        };
        ways(contact, kind, severity, roads).iter().map(shown).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn without_a_choice_everything_goes_by_mail() {
        let olena = contact(Alerts::default());
        for kind in [NoticeKind::Report, NoticeKind::Owner, NoticeKind::Funds, NoticeKind::BalanceNegative] {
            assert_eq!(told(&olena, kind, Severity::Critical, &roads()), "olena@acme.example");
        }
        let stopped = Roads { stopped: [(ChannelKind::Email, "olena@acme.example".to_owned())].into(), ..roads() };
        assert_eq!(told(&olena, NoticeKind::Funds, Severity::Warning, &stopped), "second@acme.example");
    }

    #[test]
    fn a_kind_may_have_its_own_channels_and_what_is_critical_goes_by_more() {
        use ChannelKind::{Email, Slack, Sms};
        let mut olena = contact(Alerts {
            warnings: [Email].into(),
            critical: [Sms].into(),
            owner: [Slack].into(),
            kinds: BTreeMap::from([(NoticeKind::Status, [Slack].into())]),
        });
        assert_eq!(olena.settings.alerts.to_string(), "email; critical: sms; status: slack; owner: slack");
        let of = |olena: &Contact, kind, severity| told(olena, kind, severity, &roads());
        assert_eq!(of(&olena, NoticeKind::Funds, Severity::Warning), "olena@acme.example");
        assert_eq!(
            of(&olena, NoticeKind::Funds, Severity::Critical),
            "olena@acme.example, sms +380441234567 (number_not_confirmed)"
        );
        olena.settings.verified.insert("+380441234568".into(), "contract".into());
        assert_eq!(of(&olena, NoticeKind::Funds, Severity::Critical), "olena@acme.example, sms +380441234568");
        let code_of = |id: &str| Roads {
            confirmed: [(ContactId::parse(id).expect("an id"), "+380441234567".to_owned())].into(),
            ..roads()
        };
        let by_code = |id| told(&olena, NoticeKind::Funds, Severity::Critical, &code_of(id));
        assert_eq!(by_code("olena"), "olena@acme.example, sms +380441234567");
        assert_eq!(by_code("taras"), "olena@acme.example, sms +380441234568", "another's number is another's");
        let rooms = "slack ops-room, slack money (channel_missing)";
        assert_eq!(of(&olena, NoticeKind::Status, Severity::Info), rooms);
        assert_eq!(of(&olena, NoticeKind::Owner, Severity::Warning), rooms);
        assert_eq!(of(&olena, NoticeKind::Report, Severity::Info), "olena@acme.example");
    }

    #[test]
    fn what_is_stored_reads_back_and_the_usual_is_stored_as_nothing() {
        assert_eq!(serde_json::to_string(&ContactSettings::default()).expect("JSON"), "{}");
        assert_eq!(serde_json::from_str::<ContactSettings>("{}").expect("settings"), ContactSettings::default());
        let settings = contact(Alerts {
            kinds: BTreeMap::from([(NoticeKind::Funds, [ChannelKind::Sms].into())]),
            ..Alerts::default()
        })
        .settings;
        let json = serde_json::to_string(&settings).expect("JSON");
        assert_eq!(serde_json::from_str::<ContactSettings>(&json).expect("settings"), settings);
    }
}
