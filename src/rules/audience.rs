//! Who hears of money: finance; whoever is in nobody's finance has an owner; the audience widens as the end comes nearer.

use crate::domain::contact::{ChannelKind, Contact};
use crate::domain::episode::Level;
use crate::domain::ids::{ContactId, ProjectId};
use crate::domain::role::Role;

/// Who hears of it beside finance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Widening {
    pub owner: bool,
    pub ops: bool,
}

impl Widening {
    /// What a level asks for; `is_pay_by_past`: a payment would come too late.
    pub fn of(level: Level, is_pay_by_past: bool) -> Self {
        match level {
            Level::SevenBefore | Level::Warning => Self { owner: false, ops: is_pay_by_past },
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
    pub address: String,
    /// BCP 47; `None`: the project's.
    pub language: Option<String>,
    /// IANA; `None`: the project's.
    pub zone: Option<String>,
    /// As what.
    pub role: Role,
}

impl Heard {
    /// Whether sums are shown.
    pub fn shows_money(&self) -> bool {
        self.role.rights().money
    }
}

/// Who of a project's contacts is told, each address once, the highest role first. Empty: nobody can be reached.
/// `is_stopped` says which addresses get nothing more.
pub fn audience(
    contacts: &[Contact],
    project: &ProjectId,
    widening: Widening,
    is_stopped: impl Fn(&str) -> bool,
) -> Vec<Heard> {
    let of = |role: Role| -> Vec<Heard> {
        let has =
            |contact: &&Contact| contact.active && contact.roles.get(project).is_some_and(|own| own.contains(&role));
        let told = contacts.iter().filter(has).filter_map(|contact| {
            let addresses = contact.addresses.get(&ChannelKind::Email)?;
            let address = addresses.iter().find(|address| !is_stopped(address))?;
            Some(Heard {
                contact: contact.id.clone(),
                name: contact.name.clone(),
                address: address.clone(),
                language: contact.language.clone(),
                zone: contact.zone.clone(),
                role,
            })
        });
        told.collect()
    };
    let finance = of(Role::Finance);
    let owners = if widening.owner || finance.is_empty() { of(Role::Owner) } else { Vec::new() };
    let ops = if widening.ops { of(Role::Ops) } else { Vec::new() };
    let mut told: Vec<Heard> = Vec::new();
    for one in finance.into_iter().chain(owners).chain(ops) {
        let is_there = |other: &Heard| other.contact == one.contact || other.address.eq_ignore_ascii_case(&one.address);
        if !told.iter().any(is_there) {
            told.push(one);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

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
        }
    }

    fn told(contacts: &[Contact], widening: Widening, stopped: &str) -> String {
        let told = audience(contacts, &acme(), widening, |address| address.starts_with(stopped) && !stopped.is_empty());
        told.iter().map(|one| format!("{} {}", one.name, one.role.name())).collect::<Vec<_>>().join(", ")
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
        assert_eq!(Widening::of(Level::Warning, true), Widening { owner: false, ops: true });
    }
}
