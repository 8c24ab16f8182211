//! Who hears of money: finance; whoever is in nobody's finance has an owner; the audience widens as the end comes nearer.

use chrono::NaiveDate;

use crate::domain::contact::Contact;
use crate::domain::episode::Level;
use crate::domain::ids::{ContactId, ProjectId};
use crate::domain::reach::Way;
use crate::domain::role::{Rights, Role};

/// Who hears of it beside finance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Widening {
    pub owner: bool,
    pub ops: bool,
}

impl Widening {
    /// What a level asks for; `is_pay_by_past`: a payment would come too late, and everybody hears.
    pub fn of(level: Level, is_pay_by_past: bool) -> Self {
        match level {
            Level::SevenBefore | Level::Warning => Self { owner: is_pay_by_past, ops: is_pay_by_past },
            Level::ThreeBefore | Level::OneBefore | Level::LastDay | Level::Critical => {
                Self { owner: true, ops: is_pay_by_past }
            }
            Level::OneAfter | Level::ThreeAfter | Level::SevenAfter | Level::Empty => Self { owner: true, ops: true },
            Level::Suspended | Level::Archived => Self { owner: true, ops: false },
        }
    }
}

/// Somebody who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub contact: ContactId,
    pub name: String,
    /// Where; with those where nothing goes, and why.
    pub ways: Vec<Way>,
    /// BCP 47; `None`: the project's.
    pub language: Option<String>,
    /// IANA; `None`: the project's.
    pub zone: Option<String>,
    /// As what.
    pub role: Role,
    /// In whose place, by name, and until when they are away.
    pub in_place_of: Option<(String, NaiveDate)>,
}

impl Heard {
    /// Whether sums are shown there.
    pub fn shows_money(&self, way: &Way) -> bool {
        self.role.rights().money && !way.hides_money
    }

    /// Whether anything goes to them at all.
    pub fn is_reached(&self) -> bool {
        self.ways.iter().any(|way| way.shut.is_none())
    }
}

/// Who of a project's contacts is told, each address once, the highest role first. Whoever chose only ways that are shut is
/// among them and isn't reached. Whoever is away on that day is stood in for by the deputy, if that one can be told. `ways` says
/// where each contact hears of it.
pub fn audience(
    contacts: &[Contact],
    project: &ProjectId,
    widening: Widening,
    day: NaiveDate,
    ways: impl Fn(&Contact) -> Vec<Way>,
) -> Vec<Heard> {
    let heard = |contact: &Contact, role: Role| Heard {
        contact: contact.id.clone(),
        name: contact.name.clone(),
        ways: ways(contact).into_iter().map(|way| with_readers(way, contact, contacts, project)).collect(),
        language: contact.language.clone(),
        zone: contact.zone.clone(),
        role,
        in_place_of: None,
    };
    let of = |role: Role| -> Vec<Heard> {
        let has =
            |contact: &&Contact| contact.active && contact.roles.get(project).is_some_and(|own| own.contains(&role));
        let told = contacts.iter().filter(has).map(|contact| {
            let own = heard(contact, role);
            deputy(contact, contacts, project, day, &heard).unwrap_or(own)
        });
        told.filter(|one| !one.ways.is_empty()).collect()
    };
    let finance = of(Role::Finance);
    let has_finance = finance.iter().any(Heard::is_reached);
    let owners = if widening.owner || !has_finance { of(Role::Owner) } else { Vec::new() };
    let ops = if widening.ops { of(Role::Ops) } else { Vec::new() };
    let mut told: Vec<Heard> = Vec::new();
    for mut one in finance.into_iter().chain(owners).chain(ops) {
        if told.iter().any(|other| other.contact == one.contact) {
            continue;
        }
        one.ways.retain(|way| !told.iter().flat_map(|other| &other.ways).any(|other| other.is_same(way)));
        if !one.ways.is_empty() {
            told.push(one);
        }
    }
    told
}

/// Who stands in for whoever is away, with a role of its own; `None`: nobody is away, or nobody can be told in their place.
fn deputy(
    contact: &Contact,
    contacts: &[Contact],
    project: &ProjectId,
    day: NaiveDate,
    heard: &impl Fn(&Contact, Role) -> Heard,
) -> Option<Heard> {
    let is_away = |contact: &Contact| contact.settings.away.as_ref().is_some_and(|away| away.covers(day));
    let away = contact.settings.away.as_ref().filter(|away| away.covers(day))?;
    let deputy = contacts.iter().find(|other| other.id == away.deputy && other.active && !is_away(other))?;
    let roles = deputy.roles.get(project)?;
    let role = [Role::Finance, Role::Owner, Role::Ops].into_iter().find(|role| roles.contains(role))?;
    let told = Heard { in_place_of: Some((contact.name.clone(), away.to)), ..heard(deputy, role) };
    told.is_reached().then_some(told)
}

/// In a room, whoever named it reads what the others are told: sums stand there only if all of them may see money.
fn with_readers(way: Way, own: &Contact, contacts: &[Contact], project: &ProjectId) -> Way {
    let names_it = |other: &&Contact| {
        let addresses = other.addresses.get(&way.channel).map(Vec::as_slice).unwrap_or_default();
        other.active && other.id != own.id && addresses.contains(&way.address)
    };
    let may = |other: &Contact| other.roles.get(project).is_none_or(|roles| Rights::of(roles, None).money);
    let hides_money = way.channel.is_endpoint() && !contacts.iter().filter(names_it).all(may);
    Way { hides_money, ..way }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::contact::ChannelKind;
    use crate::domain::notice::{NoticeKind, Severity};
    use crate::domain::reach::{Alerts, Away, Roads, ways};

    fn acme() -> ProjectId {
        ProjectId::parse("acme").expect("an id")
    }

    fn contact(id: &str, roles: &[Role]) -> Contact {
        Contact {
            id: ContactId::parse(id).expect("an id"),
            name: id.to_owned(),
            language: None,
            zone: None,
            active: true,
            addresses: BTreeMap::from([(ChannelKind::Email, vec![format!("{id}@acme.example")])]),
            roles: BTreeMap::from([(acme(), roles.to_vec())]),
            settings: Default::default(),
        }
    }

    fn told(contacts: &[Contact], widening: Widening, stopped: &str) -> String {
        let stopped = [(ChannelKind::Email, format!("{stopped}@acme.example"))].into();
        let roads = Roads { stopped, channels: [(ChannelKind::Slack, "room".to_owned())].into(), ..Roads::default() };
        let of = |contact: &Contact| ways(contact, NoticeKind::Funds, Severity::Warning, &roads);
        let told = audience(contacts, &acme(), widening, day(5), of);
        told.iter().map(|one| format!("{} {}", one.name, one.role.name())).collect::<Vec<_>>().join(", ")
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, day).expect("a day")
    }

    #[test]
    fn whoever_is_away_is_stood_in_for_by_a_deputy_who_can_be_told() {
        let mut people = [
            contact("fin", &[Role::Finance]),
            contact("own", &[Role::Owner]),
            contact("ops", &[Role::Ops]),
            contact("man", &[Role::Manager]),
        ];
        let away =
            |deputy: &str| Some(Away { from: day(5), to: day(6), deputy: ContactId::parse(deputy).expect("an id") });
        let names = |people: &[Contact], widening, on| {
            let roads = Roads::default();
            let of = |contact: &Contact| ways(contact, NoticeKind::Funds, Severity::Warning, &roads);
            let told = audience(people, &acme(), widening, day(on), of);
            let one = |one: &Heard| match &one.in_place_of {
                Some((name, to)) => format!("{} {} for {name} until {to}", one.name, one.role.name()),
                None => format!("{} {}", one.name, one.role.name()),
            };
            told.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        people[0].settings.away = away("own");
        let all = Widening { owner: true, ops: true };
        for on in [4, 7] {
            assert_eq!(names(&people, Widening::default(), on), "fin finance", "{on}");
        }
        for on in [5, 6] {
            assert_eq!(names(&people, Widening::default(), on), "own owner for fin until 2026-07-06", "{on}");
        }
        assert_eq!(
            names(&people, all, 5),
            "own owner for fin until 2026-07-06, ops ops",
            "once, though the owner hears too"
        );
        people[0].settings.away = away("ops");
        assert_eq!(
            names(&people, Widening::default(), 5),
            "ops ops for fin until 2026-07-06",
            "sums show by the deputy's role"
        );
        for nobody in ["man", "gone"] {
            people[0].settings.away = away(nobody);
            assert_eq!(names(&people, Widening::default(), 5), "fin finance", "{nobody} can't be told");
        }
        people[0].settings.away = away("own");
        people[1].settings.away = away("ops");
        assert_eq!(names(&people, Widening::default(), 5), "fin finance", "no chains, whatever stands in the database");
        people[1].settings.away = None;
        people[1].active = false;
        assert_eq!(names(&people, Widening::default(), 5), "fin finance");
    }

    fn in_room(contact: &mut Contact, alerts: bool) {
        contact.addresses.insert(ChannelKind::Slack, vec!["room".into()]);
        if alerts {
            contact.settings.alerts = Alerts { warnings: [ChannelKind::Slack].into(), ..Alerts::default() };
        }
    }

    #[test]
    fn a_room_shows_sums_only_where_everybody_who_has_it_may_see_them() {
        let roads = Roads { channels: [(ChannelKind::Slack, "room".to_owned())].into(), ..Roads::default() };
        let of = |contact: &Contact| ways(contact, NoticeKind::Funds, Severity::Warning, &roads);
        let mut people =
            [contact("fin", &[Role::Finance]), contact("own", &[Role::Owner]), contact("ops", &[Role::Ops])];
        in_room(&mut people[0], true);
        in_room(&mut people[1], true);
        let told = audience(&people, &acme(), Widening { owner: true, ops: false }, day(5), of);
        let told: Vec<_> = told.iter().map(|one| (one.name.as_str(), one.shows_money(&one.ways[0]))).collect();
        assert_eq!(told, [("fin", true)], "a room is told once");
        in_room(&mut people[2], false);
        let told = audience(&people, &acme(), Widening::default(), day(5), of);
        assert!(!told[0].shows_money(&told[0].ways[0]), "ops read there, though they aren't told by it");
        people[2].active = false;
        let told = audience(&people, &acme(), Widening::default(), day(5), of);
        assert!(told[0].shows_money(&told[0].ways[0]));
    }

    #[test]
    fn whoever_has_only_ways_that_are_shut_is_stood_in_for() {
        let mut people = [contact("fin", &[Role::Finance]), contact("own", &[Role::Owner])];
        in_room(&mut people[0], true);
        people[0].addresses.insert(ChannelKind::Slack, vec!["elsewhere".into()]);
        assert_eq!(told(&people, Widening::default(), ""), "fin finance, own owner", "the record says why fin isn't");
    }

    #[test]
    fn the_audience_widens_and_is_never_empty_while_there_is_an_owner() {
        let people = [
            contact("fin", &[Role::Finance]),
            contact("own", &[Role::Owner, Role::Manager]),
            contact("ops", &[Role::Ops]),
            contact("man", &[Role::Manager]),
        ];
        let nobody_more = Widening::default();
        let all = Widening { owner: true, ops: true };
        assert_eq!(told(&people, nobody_more, ""), "fin finance");
        assert_eq!(told(&people, Widening::of(Level::Critical, false), ""), "fin finance, own owner");
        assert_eq!(told(&people, all, ""), "fin finance, own owner, ops ops");
        assert_eq!(told(&people, nobody_more, "fin"), "own owner", "nobody else in finance can be reached");
        assert_eq!(told(&people[1..], nobody_more, ""), "own owner");
        assert_eq!(told(&people[2..], nobody_more, ""), "");
        let both = [contact("one", &[Role::Finance, Role::Owner, Role::Ops])];
        assert_eq!(told(&both, all, ""), "one finance", "once");
        let away = Contact { active: false, ..people[0].clone() };
        assert_eq!(told(&[away, people[1].clone()], nobody_more, ""), "own owner");
        assert_eq!(Widening::of(Level::Warning, true), all, "once a payment would come too late");
        assert_eq!(Widening::of(Level::Warning, false), nobody_more);
    }
}
