//! Who a report goes to, and what each may see: a pure decision over the schedule's list and the contacts as they stand.
//! Recipients with equal rights, language and formats read the same variant. Whoever is left out is named with a reason,
//! so that "why didn't I get this?" has an answer.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::contact::{ChannelKind, Contact, EmailAddress};
use crate::domain::directory::Directory;
use crate::domain::ids::ContactId;
use crate::domain::notice::Reader;
use crate::domain::project::Project;
use crate::domain::role::{Rights, Role, Scope};
use crate::domain::schedule::{Format, Recipient, Schedule};
use crate::i18n::Words;

mod several;

pub use several::{Each, by_hand_over, each, joined, named_by_hand, resolve_over};

/// One address that gets the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// `None`: a plain address.
    pub contact: Option<ContactId>,
    pub address: String,
    pub display_name: String,
    /// Empty for a plain address.
    pub roles: Vec<Role>,
    /// A person named this address for this one message.
    pub by_hand: bool,
}

/// Why somebody in the list gets nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// No such contact (any more).
    Unknown,
    Inactive,
    /// No role in the project.
    NoRole,
    /// Only roles that get no reports.
    RoleGetsNone,
    /// Sees own calls only, and which they are isn't known.
    OwnCallsUnknown,
    /// Sees own calls only, which a report over several projects doesn't tell.
    OwnCallsOnly,
    NoMailAddress,
    /// A plain address outside the project's allowed domains.
    DomainNotAllowed,
    /// Somebody before it in the list has the same address.
    SameAddress,
}

impl LeftOut {
    /// The word in the ledger.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown_contact",
            Self::Inactive => "contact_inactive",
            Self::NoRole => "contact_without_role",
            Self::RoleGetsNone => "role_receives_not",
            Self::OwnCallsUnknown => "own_calls_unknown",
            Self::OwnCallsOnly => "own_calls_only",
            Self::NoMailAddress => "no_mail_address",
            Self::DomainNotAllowed => "domain_not_allowed",
            Self::SameAddress => "same_address",
        }
    }
}

/// The decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    /// Each kind of reader with everybody who reads as it.
    pub readers: BTreeMap<Reader, Vec<Addressee>>,
    /// The contact's id or the plain address, and why it gets nothing.
    pub left_out: Vec<(String, LeftOut)>,
}

/// Everybody in the schedule's list, as what they are now.
pub fn resolve(
    schedule: &Schedule,
    project: &Project,
    contacts: &HashMap<ContactId, Contact>,
    directory: &Directory,
) -> Audience {
    let mut audience = Audience::default();
    let mut taken = HashSet::new();
    for recipient in &schedule.recipients {
        let (name, found) = match recipient {
            Recipient::Contact(id) => (id.to_string(), as_contact(contacts.get(id), schedule, project, directory)),
            Recipient::Address(address) => (address.to_string(), as_plain(address, schedule, project)),
        };
        match found {
            Ok((_, addressee)) if !taken.insert(addressee.address.to_lowercase()) => {
                audience.left_out.push((name, LeftOut::SameAddress));
            }
            Ok((reader, addressee)) => audience.readers.entry(reader).or_default().push(addressee),
            Err(reason) => audience.left_out.push((name, reason)),
        }
    }
    audience
}

/// One address that a person named: it reads as the contact who has it, else as a viewer.
pub fn by_hand(
    address: &EmailAddress,
    schedule: &Schedule,
    project: &Project,
    contacts: &HashMap<ContactId, Contact>,
    directory: &Directory,
) -> Audience {
    let as_owner = match named_by_hand(address, contacts) {
        Recipient::Contact(id) => as_contact(contacts.get(&id), schedule, project, directory).ok(),
        Recipient::Address(_) => None,
    };
    let (reader, mut addressee) = as_owner.unwrap_or_else(|| viewer(address, schedule, project));
    addressee.by_hand = true;
    Audience { readers: BTreeMap::from([(reader, vec![addressee])]), left_out: Vec::new() }
}

/// What this contact may read of the project's report now, and where it is sent.
pub fn as_contact(
    contact: Option<&Contact>,
    schedule: &Schedule,
    project: &Project,
    directory: &Directory,
) -> Result<(Reader, Addressee), LeftOut> {
    let contact = contact.ok_or(LeftOut::Unknown)?;
    if !contact.active {
        return Err(LeftOut::Inactive);
    }
    let roles = contact.roles.get(&project.id).filter(|roles| !roles.is_empty()).ok_or(LeftOut::NoRole)?;
    let receiving: Vec<Role> = roles.iter().copied().filter(|role| role.rights().receives_reports).collect();
    if receiving.is_empty() {
        return Err(LeftOut::RoleGetsNone);
    }
    let addresses = contact.addresses.get(&ChannelKind::Email).map(Vec::as_slice).unwrap_or_default();
    let own = directory.agent_of(&contact.id, addresses).map(|agent| agent.id.as_str());
    let rights = narrowed(Rights::of(&receiving, own), schedule);
    if rights.scope == Scope::Nothing {
        return Err(LeftOut::OwnCallsUnknown);
    }
    let address = main_address(contact).ok_or(LeftOut::NoMailAddress)?;
    let language = contact.language.as_deref().unwrap_or(&project.locale);
    let addressee = Addressee {
        contact: Some(contact.id.clone()),
        address: address.to_owned(),
        display_name: contact.name.clone(),
        roles: receiving,
        by_hand: false,
    };
    Ok((reader(language, rights, schedule), addressee))
}

/// What a plain address may read of the project's report now.
pub(super) fn as_plain(
    address: &EmailAddress,
    schedule: &Schedule,
    project: &Project,
) -> Result<(Reader, Addressee), LeftOut> {
    if project.allowed_domains.iter().any(|domain| domain.eq_ignore_ascii_case(address.domain())) {
        // A house's own mailbox goes by its name: filters distrust a bare `To` whose domain the subject begins with.
        let (reader, addressee) = viewer(address, schedule, project);
        Ok((reader, Addressee { display_name: project.name.clone(), ..addressee }))
    } else {
        Err(LeftOut::DomainNotAllowed)
    }
}

fn viewer(address: &EmailAddress, schedule: &Schedule, project: &Project) -> (Reader, Addressee) {
    let addressee = Addressee {
        contact: None,
        address: address.to_string(),
        display_name: String::new(),
        roles: Vec::new(),
        by_hand: false,
    };
    (reader(&project.locale, narrowed(Rights::of(&[], None), schedule), schedule), addressee)
}

fn narrowed(rights: Rights, schedule: &Schedule) -> Rights {
    match schedule.numbers {
        Some(most) => rights.narrowed(most),
        None => rights,
    }
}

fn main_address(contact: &Contact) -> Option<&str> {
    contact.addresses.get(&ChannelKind::Email)?.first().map(String::as_str)
}

fn reader(language: &str, rights: Rights, schedule: &Schedule) -> Reader {
    let mut formats: Vec<Format> = schedule.formats.iter().copied().filter(|format| format.is_attached()).collect();
    formats.sort_unstable();
    formats.dedup();
    // Two tags that say the same words share a variant.
    Reader {
        language: Words::of(language).language().to_owned(),
        rights,
        formats,
        projects: BTreeMap::new(),
        alerts: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cadence::{Cadence, CronExpression, Weekday};
    use crate::domain::directory::{ListedAgent, ListedKey};
    use crate::domain::ids::{ProjectId, ProjectKey, ScheduleId};
    use crate::domain::instant::Instant;
    use crate::domain::role::Numbers;
    use crate::domain::schedule::{CatchUp, SendWhen};

    fn project() -> Project {
        Project {
            key: ProjectKey(1),
            id: ProjectId::parse("acme").expect("valid"),
            name: "Acme".into(),
            zone: "Europe/Kyiv".into(),
            locale: "en".into(),
            currency: "EUR".into(),
            week_start: Weekday::Mon,
            allowed_domains: vec!["acme.example".into()],
            settings: Default::default(),
        }
    }

    fn schedule(recipients: &[&str]) -> Schedule {
        let recipient = |text: &&str| match EmailAddress::parse(text) {
            Ok(address) => Recipient::Address(address),
            Err(_) => Recipient::Contact(ContactId::parse(text).expect("valid")),
        };
        Schedule {
            id: ScheduleId::parse("weekly").expect("valid"),
            project: project().id,
            report: "summary".into(),
            recipients: recipients.iter().map(recipient).collect(),
            cadence: Cadence::Cron(CronExpression::parse("0 9 * * *").expect("valid")),
            zone: "Europe/Kyiv".into(),
            starts: None,
            ends: None,
            paused: false,
            catch_up: CatchUp::Latest,
            max_late_sec: None,
            send: SendWhen::Always,
            formats: vec![Format::Pdf, Format::Html],
            numbers: None,
            settings: Default::default(),
            active_since: Instant::from_seconds(0),
            next_fire_at: None,
            next_occurrence: None,
        }
    }

    fn contact(id: &str, roles: &[Role]) -> (ContactId, Contact) {
        let contact = Contact {
            id: ContactId::parse(id).expect("valid"),
            name: id.to_uppercase(),
            language: None,
            zone: None,
            active: true,
            addresses: BTreeMap::from([(
                ChannelKind::Email,
                vec![format!("{id}@acme.example"), "second@x.example".into()],
            )]),
            roles: BTreeMap::from([(project().id, roles.to_vec())]),
            settings: Default::default(),
        };
        (contact.id.clone(), contact)
    }

    fn names(audience: &Audience) -> Vec<(Numbers, Vec<&str>)> {
        audience
            .readers
            .iter()
            .map(|(reader, list)| (reader.rights.numbers, list.iter().map(|one| one.address.as_str()).collect()))
            .collect()
    }

    #[test]
    fn equal_readers_share_a_variant_and_each_gets_one_address() {
        let contacts = HashMap::from([
            contact("olena", &[Role::Manager]),
            contact("taras", &[Role::Support]),
            contact("fin", &[Role::Finance]),
        ]);
        let audience = resolve(
            &schedule(&["olena", "fin", "taras", "guest@acme.example"]),
            &project(),
            &contacts,
            &Directory::default(),
        );
        assert_eq!(audience.left_out, []);
        assert_eq!(
            names(&audience),
            [
                (Numbers::Last4, vec!["guest@acme.example"]),
                (Numbers::Last4, vec!["fin@acme.example"]),
                (Numbers::Full, vec!["olena@acme.example", "taras@acme.example"]),
            ]
        );
        assert!(audience.readers.keys().all(|reader| reader.formats == [Format::Pdf]));
    }

    #[test]
    fn everybody_left_out_is_named_with_a_reason() {
        let mut contacts = HashMap::from([
            contact("gone", &[Role::Manager]),
            contact("none", &[]),
            contact("ops", &[Role::Ops]),
            contact("agent", &[Role::Agent]),
            contact("mute", &[Role::Viewer]),
            contact("olena", &[Role::Manager]),
        ]);
        let find = |contacts: &mut HashMap<ContactId, Contact>, id: &str| {
            contacts.remove(&ContactId::parse(id).expect("valid")).expect("there")
        };
        let gone = Contact { active: false, ..find(&mut contacts, "gone") };
        let mute = Contact { addresses: BTreeMap::new(), ..find(&mut contacts, "mute") };
        contacts.extend([(gone.id.clone(), gone), (mute.id.clone(), mute)]);
        let list = ["gone", "none", "ops", "agent", "mute", "nobody", "x@evil.example", "olena", "Olena@acme.example"];
        let audience = resolve(&schedule(&list), &project(), &contacts, &Directory::default());
        let reasons: Vec<_> = audience.left_out.iter().map(|(name, reason)| (name.as_str(), reason.name())).collect();
        assert_eq!(
            reasons,
            [
                ("gone", "contact_inactive"),
                ("none", "contact_without_role"),
                ("ops", "role_receives_not"),
                ("agent", "own_calls_unknown"),
                ("mute", "no_mail_address"),
                ("nobody", "unknown_contact"),
                ("x@evil.example", "domain_not_allowed"),
                ("Olena@acme.example", "same_address"),
            ]
        );
        assert_eq!(names(&audience), [(Numbers::Full, vec!["olena@acme.example"])]);
    }

    #[test]
    fn an_agent_in_the_list_reads_own_calls() {
        let contacts = HashMap::from([contact("olena", &[Role::Agent]), contact("eva", &[Role::Agent, Role::Viewer])]);
        let listed = ListedAgent {
            id: "olena-k".into(),
            name: "Olena K.".into(),
            team: None,
            keys: vec![ListedKey::always("201"), ListedKey::always("OLENA@acme.example")],
            contact: None,
        };
        let directory = Directory::new(vec![listed], Vec::new(), |_| Instant::from_seconds(0));
        let audience = resolve(&schedule(&["olena", "eva"]), &project(), &contacts, &directory);
        let scopes: Vec<_> = audience.readers.keys().map(|reader| reader.rights.scope.clone()).collect();
        assert_eq!(scopes, [Scope::Project, Scope::Agent("olena-k".into())]);
        let unbound = resolve(&schedule(&["olena"]), &project(), &contacts, &Directory::default());
        assert_eq!(unbound.left_out, [("olena".to_owned(), LeftOut::OwnCallsUnknown)]);
    }

    #[test]
    fn a_schedule_narrows_and_never_widens() {
        let contacts = HashMap::from([contact("olena", &[Role::Manager]), contact("fin", &[Role::Finance])]);
        let narrow = Schedule { numbers: Some(Numbers::None), ..schedule(&["olena", "fin"]) };
        assert!(
            resolve(&narrow, &project(), &contacts, &Directory::default())
                .readers
                .keys()
                .all(|r| r.rights.numbers == Numbers::None)
        );
        let wide = Schedule { numbers: Some(Numbers::Full), ..schedule(&["fin"]) };
        assert!(
            resolve(&wide, &project(), &contacts, &Directory::default())
                .readers
                .keys()
                .all(|r| r.rights.numbers == Numbers::Last4)
        );
    }

    #[test]
    fn an_address_by_hand_reads_as_who_has_it_else_as_a_viewer() {
        let contacts = HashMap::from([contact("olena", &[Role::Manager])]);
        let of = |text: &str| {
            let address = EmailAddress::parse(text).expect("valid");
            by_hand(&address, &schedule(&["olena"]), &project(), &contacts, &Directory::default())
        };
        assert_eq!(names(&of("olena@acme.example")), [(Numbers::Full, vec!["olena@acme.example"])]);
        assert_eq!(names(&of("x@elsewhere.example")), [(Numbers::Last4, vec!["x@elsewhere.example"])]);
    }
}
