//! The gate: just before the fence the facts are asked again, and a delivery goes on, is stopped with a named reason, or
//! needs a variant that shows less. It may stop and narrow; it never adds.

use std::collections::BTreeMap;

use crate::domain::contact::EmailAddress;
use crate::domain::ids::{ContactId, ProjectId};
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader};
use crate::domain::role::{Numbers, Rights, Role, Scope};
use crate::domain::schedule::Recipient;

/// What is known about a delivery right now.
#[derive(Clone, Debug)]
pub struct Facts {
    pub kind: NoticeKind,
    /// What its variant shows.
    pub made_for: Reader,
    pub recipient: Addressee,
    /// A person named this address for this one message.
    pub by_hand: bool,
    /// Somebody of ours holds sending, of this or of everything.
    pub is_on_hold: bool,
    /// It was due before the time up to which a release passed everything over.
    pub is_passed_over: bool,
    /// Somebody of ours silenced such notices for a while.
    pub is_silenced: bool,
    /// It says that all is well, and since then it was told that it isn't.
    pub is_bad_again: bool,
    /// The settings are a trial's, which writes to others only.
    pub is_kept_out: bool,
    /// Whether the contact has chosen this channel for such a notice; a plain address has chosen nothing.
    pub is_wanted: bool,
    /// It would go to a phone, and nobody confirmed that the number is the contact's.
    pub is_unconfirmed: bool,
    /// Somebody who may see no money reads there too.
    pub shared_without_money: bool,
    pub project_is_retired: bool,
    /// It gets no more reports.
    pub project_is_archived: bool,
    pub schedule: Option<ScheduleFacts>,
    /// Of a report over several projects: the recipient's roles in each that the schedule names and that isn't retired, and
    /// the domains that it allows. `recipient` has those of all of them together.
    pub several: BTreeMap<ProjectId, (Vec<Role>, Vec<String>)>,
    /// Of a message that joins others: how each of them stands.
    pub joined: BTreeMap<i64, Joined>,
    /// The reason of a stop that is in force for this address.
    pub suppressed: Option<String>,
    pub give_up_at: Instant,
}

/// Who would read it.
#[derive(Clone, Debug)]
pub enum Addressee {
    Contact {
        id: ContactId,
        /// Exists, isn't retired, and is active.
        is_active: bool,
        roles: Vec<Role>,
        /// The address is still one of the contact's.
        has_address: bool,
        /// Who of the project's agents it is, where only own calls may be read and the directory says whose they are.
        own_agent: Option<String>,
    },
    Address {
        address: String,
        /// Of the project.
        allowed_domains: Vec<String>,
    },
}

/// What is told in one message with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    pub project: ProjectId,
    pub kind: NoticeKind,
    /// Why it may not be told any more, whoever its reader is by now.
    pub stop: Option<Stop>,
    /// The reader's roles in its project.
    pub roles: Vec<Role>,
    /// Somebody who may see no money of its project reads there too.
    pub shared_without_money: bool,
}

impl Joined {
    /// Why its reader may not read it any more; `shows_money`: with its sums.
    pub fn stop(&self, shows_money: bool) -> Option<Stop> {
        if let Some(stop) = &self.stop {
            return Some(stop.clone());
        }
        if self.roles.is_empty() {
            return Some(Stop::ContactWithoutRole);
        }
        let sees = receives(self.kind, &self.roles) && (!shows_money || Rights::of(&self.roles, None).money);
        match (sees, shows_money && self.shared_without_money) {
            (false, _) => Some(Stop::RoleReceivesNot),
            (true, true) => Some(Stop::SharedWithoutMoney),
            (true, false) => None,
        }
    }

    /// Whether its reader may still read it.
    pub fn may_go(&self, shows_money: bool) -> bool {
        self.stop(shows_money).is_none()
    }
}

/// The schedule that a report belongs to.
#[derive(Clone, Debug)]
pub struct ScheduleFacts {
    pub is_retired: bool,
    pub recipients: Vec<Recipient>,
    pub numbers: Option<Numbers>,
}

/// What the gate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Send,
    /// Stopped, for this reason.
    Suppress(Stop),
    /// The recipient may see no more than this.
    Narrow(Rights),
    /// Of a report over several projects: it shows more than the recipient may see now, of some of them or altogether.
    NarrowSeveral,
    /// Of warnings in one message: some are over, or may not be told any more.
    Rejoin,
    /// Too late to be of use.
    Expire,
    /// Not now: it waits until the hold is released.
    Hold,
}

/// Why a delivery is stopped. The words are what the ledger keeps and `explain` tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A release passed over what was due before some time.
    PassedOver,
    /// Everything that it warns of is over, or it is the good news and they are.
    AlertsOver,
    /// Nothing like it is to be heard for a while.
    Silenced,
    /// A trial's settings send to some addresses only.
    NotInOnlyTo,
    ProjectRetired,
    ProjectArchived,
    ScheduleRetired,
    /// A stop is in force: `unsubscribed`, `no_such_address`, `by_hand`.
    Suppressed(String),
    ContactInactive,
    ContactWithoutRole,
    /// None of the contact's roles receives this kind.
    RoleReceivesNot,
    AddressRemoved,
    NotARecipientAnyMore,
    DomainNotAllowed,
    /// Only own calls may be read, and nobody says any more which they are.
    OwnCallsUnknown,
    /// The contact hears of such things by other channels now.
    ChannelNotWanted,
    NumberNotConfirmed,
    /// Somebody who may see no sums reads in this room too.
    SharedWithoutMoney,
    /// The contact got as many texts today as anybody may.
    TextsOfDay,
    /// The project has sent as many this month as it may.
    TextsOfMonth,
}

impl Stop {
    /// Reads why something that a message joins may not be told any more; another word is the reason of a stop in force.
    pub(super) fn of_joined(word: &str) -> Self {
        match word {
            "alert_over" => Self::AlertsOver,
            "silenced" => Self::Silenced,
            "project_retired" => Self::ProjectRetired,
            reason => Self::Suppressed(reason.to_owned()),
        }
    }

    /// Whether this reason is a decision of ours that holds for everybody; what stands against one reader is none.
    pub fn keeps_back(reason: &str) -> bool {
        let ours = [
            Self::PassedOver,
            Self::AlertsOver,
            Self::Silenced,
            Self::NotInOnlyTo,
            Self::ProjectRetired,
            Self::ProjectArchived,
        ];
        ours.iter().any(|stop| stop.reason() == reason)
    }

    /// The named reason.
    pub fn reason(&self) -> String {
        match self {
            Self::PassedOver => "passed_over_on_release".into(),
            Self::AlertsOver => "alert_over".into(),
            Self::Silenced => "silenced".into(),
            Self::NotInOnlyTo => "not_in_only_to".into(),
            Self::ProjectRetired => "project_retired".into(),
            Self::ProjectArchived => "project_archived".into(),
            Self::ScheduleRetired => "schedule_retired".into(),
            Self::Suppressed(reason) => reason.clone(),
            Self::ContactInactive => "contact_inactive".into(),
            Self::ContactWithoutRole => "contact_without_role".into(),
            Self::RoleReceivesNot => "role_receives_not".into(),
            Self::AddressRemoved => "address_removed".into(),
            Self::NotARecipientAnyMore => "not_a_recipient_any_more".into(),
            Self::DomainNotAllowed => "domain_not_allowed".into(),
            Self::OwnCallsUnknown => "own_calls_unknown".into(),
            Self::ChannelNotWanted => "channel_not_wanted".into(),
            Self::NumberNotConfirmed => "number_not_confirmed".into(),
            Self::SharedWithoutMoney => "shared_without_money".into(),
            Self::TextsOfDay => "texts_of_day_used_up".into(),
            Self::TextsOfMonth => "texts_of_month_used_up".into(),
        }
    }
}

/// Decides about one delivery.
pub fn decide(facts: &Facts, now: Instant) -> Verdict {
    if facts.is_on_hold {
        return Verdict::Hold;
    }
    if facts.give_up_at <= now {
        return Verdict::Expire;
    }
    // All that it told was taken out of it.
    if !facts.made_for.alerts.is_empty() && facts.joined.is_empty() {
        return Verdict::Suppress(Stop::AlertsOver);
    }
    if let Some(stop) = stop(facts) {
        return Verdict::Suppress(stop);
    }
    if facts.kind == NoticeKind::Report && !facts.made_for.projects.is_empty() {
        let now = several_now(facts);
        return match now.is_empty() {
            true => Verdict::Suppress(Stop::ContactWithoutRole),
            false if covers(&now, &facts.made_for) => Verdict::Send,
            false => Verdict::NarrowSeveral,
        };
    }
    if !facts.made_for.alerts.is_empty() {
        return joined_now(facts);
    }
    let rights = rights_now(facts);
    if facts.kind.may_tell_sums() && facts.made_for.rights.money && !rights.money {
        return Verdict::Suppress(Stop::RoleReceivesNot);
    }
    if facts.kind.may_tell_sums() && facts.made_for.rights.money && facts.shared_without_money {
        return Verdict::Suppress(Stop::SharedWithoutMoney);
    }
    if facts.kind == NoticeKind::Report && rights.scope == Scope::Nothing {
        return Verdict::Suppress(Stop::OwnCallsUnknown);
    }
    if facts.kind == NoticeKind::Report && !rights.covers(&facts.made_for.rights) {
        return Verdict::Narrow(rights);
    }
    Verdict::Send
}

/// What becomes of a message that joins warnings.
fn joined_now(facts: &Facts) -> Verdict {
    let stop = |(id, money): (&i64, &bool)| match facts.joined.get(id) {
        Some(one) => one.stop(*money),
        None => Some(Stop::AlertsOver),
    };
    let stops: Vec<Stop> = facts.made_for.alerts.iter().filter_map(stop).collect();
    if stops.is_empty() {
        return Verdict::Send;
    }
    if stops.len() < facts.made_for.alerts.len() {
        return Verdict::Rejoin;
    }
    // What is over is no loss; what somebody was kept from is the reason.
    let kept_back = stops.into_iter().find(|stop| *stop != Stop::AlertsOver);
    Verdict::Suppress(kept_back.unwrap_or(Stop::AlertsOver))
}

/// Why a delivery that still waits for its variant needs none any more.
pub fn stop_unmade(facts: &Facts) -> Option<Stop> {
    if let Some(stop) = stop(facts) {
        return Some(stop);
    }
    if !facts.several.is_empty() {
        return several_now(facts).is_empty().then_some(Stop::ContactWithoutRole);
    }
    (rights_now(facts).scope == Scope::Nothing).then_some(Stop::OwnCallsUnknown)
}

fn stop(facts: &Facts) -> Option<Stop> {
    if facts.is_kept_out {
        return Some(Stop::NotInOnlyTo);
    }
    if facts.is_passed_over && !(facts.by_hand && facts.kind == NoticeKind::Report) {
        return Some(Stop::PassedOver);
    }
    if facts.is_silenced {
        return Some(Stop::Silenced);
    }
    if facts.is_bad_again {
        return Some(Stop::AlertsOver);
    }
    if facts.project_is_retired {
        return Some(Stop::ProjectRetired);
    }
    if facts.project_is_archived && facts.kind == NoticeKind::Report {
        return Some(Stop::ProjectArchived);
    }
    if facts.schedule.as_ref().is_some_and(|schedule| schedule.is_retired) {
        return Some(Stop::ScheduleRetired);
    }
    if let Some(reason) = &facts.suppressed {
        return Some(Stop::Suppressed(reason.clone()));
    }
    match &facts.recipient {
        Addressee::Contact { is_active: false, .. } => return Some(Stop::ContactInactive),
        Addressee::Contact { roles, .. } if roles.is_empty() => return Some(Stop::ContactWithoutRole),
        Addressee::Contact { roles, .. } if !receives(facts.kind, roles) => return Some(Stop::RoleReceivesNot),
        Addressee::Contact { has_address: false, .. } => return Some(Stop::AddressRemoved),
        Addressee::Contact { .. } if facts.is_unconfirmed => return Some(Stop::NumberNotConfirmed),
        Addressee::Contact { .. } if !facts.is_wanted => return Some(Stop::ChannelNotWanted),
        Addressee::Contact { .. } => {}
        // What tells an owner or operations goes where the settings say.
        Addressee::Address { .. } if facts.kind == NoticeKind::Owner || facts.kind.is_billing() => {}
        Addressee::Address { address, allowed_domains } if !is_allowed(address, allowed_domains) => {
            return Some(Stop::DomainNotAllowed);
        }
        Addressee::Address { .. } => {}
    }
    (!facts.by_hand && !is_listed(facts)).then_some(Stop::NotARecipientAnyMore)
}

fn receives(kind: NoticeKind, roles: &[Role]) -> bool {
    match kind {
        NoticeKind::Report => roles.iter().any(|role| role.rights().receives_reports),
        NoticeKind::Owner => roles.iter().any(|role| matches!(role, Role::Owner | Role::Ops)),
        NoticeKind::Test => true,
        kind if kind.may_tell_sums() => {
            roles.iter().any(|role| matches!(role, Role::Owner | Role::Finance | Role::Ops))
        }
        _ => false,
    }
}

/// Whether the domain of an address is one of these, letter case aside.
fn is_allowed(address: &str, allowed_domains: &[String]) -> bool {
    let Ok(address) = EmailAddress::parse(address) else { return false };
    allowed_domains.iter().any(|domain| domain.to_lowercase() == address.domain())
}

fn is_listed(facts: &Facts) -> bool {
    let Some(schedule) = &facts.schedule else { return true };
    schedule.recipients.iter().any(|listed| match (listed, &facts.recipient) {
        (Recipient::Contact(listed), Addressee::Contact { id, .. }) => listed == id,
        (Recipient::Address(listed), Addressee::Address { address, .. }) => listed.as_str() == address,
        _ => false,
    })
}

fn rights_now(facts: &Facts) -> Rights {
    let (roles, own_agent) = match &facts.recipient {
        Addressee::Contact { roles, own_agent, .. } => (roles.as_slice(), own_agent.as_deref()),
        Addressee::Address { .. } => (&[][..], None),
    };
    let rights = Rights::of(roles, own_agent);
    match facts.schedule.as_ref().and_then(|schedule| schedule.numbers) {
        Some(most) => rights.narrowed(most),
        None => rights,
    }
}

/// What the recipient may see now of each project of a report over several.
fn several_now(facts: &Facts) -> BTreeMap<ProjectId, Rights> {
    let most = facts.schedule.as_ref().and_then(|schedule| schedule.numbers);
    let rights = |(roles, domains): &(Vec<Role>, Vec<String>)| {
        let may = match &facts.recipient {
            Addressee::Contact { .. } => receives(facts.kind, roles),
            Addressee::Address { address, .. } => is_allowed(address, domains),
        };
        let rights = Rights::of(roles, None);
        let rights = most.map_or(rights.clone(), |most| rights.narrowed(most));
        (may && rights.scope != Scope::Nothing).then_some(rights)
    };
    facts.several.iter().filter_map(|(project, known)| Some((project.clone(), rights(known)?))).collect()
}

/// Whether nothing of any project in what was made for `reader` is more than this allows.
fn covers(now: &BTreeMap<ProjectId, Rights>, reader: &Reader) -> bool {
    let mut shown = reader.projects.iter();
    shown.all(|(project, rights)| now.get(project).is_some_and(|now| now.covers(rights)))
}

/// Of the variants that exist, the one that shows most of what `rights` allows; one in the same language and with the
/// same attachments only, because a reader notices when those change.
pub fn widest_within<'a>(rights: &Rights, like: &Reader, variants: &'a [(i64, Reader)]) -> Option<&'a (i64, Reader)> {
    variants
        .iter()
        .filter(|(_, reader)| reader.language == like.language && reader.formats == like.formats)
        .filter(|(_, reader)| rights.covers(&reader.rights))
        .max_by_key(|(_, reader)| {
            let rights = &reader.rights;
            (rights.scope == Scope::Project, rights.numbers, rights.money, rights.recordings)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::notice::KINDS;

    const NOW: Instant = Instant::from_seconds(1_000);

    fn reader(roles: &[Role]) -> Reader {
        Reader {
            language: "en".into(),
            rights: Rights::of(roles, None),
            formats: vec![],
            projects: Default::default(),
            alerts: Default::default(),
        }
    }

    fn manager() -> Facts {
        let id = ContactId::parse("olena").expect("valid");
        Facts {
            kind: NoticeKind::Report,
            made_for: reader(&[Role::Manager]),
            recipient: Addressee::Contact {
                id: id.clone(),
                is_active: true,
                roles: vec![Role::Manager],
                has_address: true,
                own_agent: None,
            },
            by_hand: false,
            is_on_hold: false,
            is_passed_over: false,
            is_silenced: false,
            is_bad_again: false,
            is_kept_out: false,
            is_wanted: true,
            is_unconfirmed: false,
            shared_without_money: false,
            project_is_retired: false,
            project_is_archived: false,
            schedule: Some(ScheduleFacts {
                is_retired: false,
                recipients: vec![Recipient::Contact(id)],
                numbers: None,
            }),
            several: BTreeMap::new(),
            joined: BTreeMap::new(),
            suppressed: None,
            give_up_at: NOW.plus_seconds(1),
        }
    }

    fn changed(change: impl FnOnce(&mut Facts)) -> Verdict {
        let mut facts = manager();
        change(&mut facts);
        decide(&facts, NOW)
    }

    fn contact(change: impl FnOnce(&mut bool, &mut Vec<Role>, &mut bool)) -> Verdict {
        changed(|facts| {
            if let Addressee::Contact { is_active, roles, has_address, .. } = &mut facts.recipient {
                change(is_active, roles, has_address);
            }
        })
    }

    #[test]
    fn every_fact_that_changed_has_its_own_reason() {
        assert_eq!(decide(&manager(), NOW), Verdict::Send);
        assert_eq!(changed(|facts| facts.give_up_at = NOW), Verdict::Expire);
        assert_eq!(changed(|facts| facts.is_on_hold = true), Verdict::Hold);
        let held_too_long = |facts: &mut Facts| (facts.is_on_hold, facts.give_up_at) = (true, NOW);
        assert_eq!(changed(held_too_long), Verdict::Hold, "what is held doesn't grow too late");
        let by_hand = |facts: &mut Facts| (facts.is_passed_over, facts.by_hand) = (true, true);
        assert_eq!(changed(by_hand), Verdict::Send, "somebody wants this one");
        for kind in KINDS.iter().map(|rules| rules.kind).filter(|kind| *kind != NoticeKind::Report) {
            let notice = |facts: &mut Facts| (facts.is_passed_over, facts.by_hand, facts.kind) = (true, true, kind);
            assert_eq!(
                changed(notice),
                Verdict::Suppress(Stop::PassedOver),
                "{kind:?} has no list, and nobody asked for it"
            );
        }
        let stopped = [
            (changed(|facts| facts.is_passed_over = true), "passed_over_on_release"),
            (changed(|facts| facts.is_bad_again = true), "alert_over"),
            (changed(|facts| facts.is_kept_out = true), "not_in_only_to"),
            (changed(|facts| facts.project_is_retired = true), "project_retired"),
            (changed(|facts| facts.project_is_archived = true), "project_archived"),
            (changed(|facts| facts.schedule.as_mut().unwrap().is_retired = true), "schedule_retired"),
            (changed(|facts| facts.suppressed = Some("unsubscribed".into())), "unsubscribed"),
            (contact(|active, _, _| *active = false), "contact_inactive"),
            (contact(|_, roles, _| roles.clear()), "contact_without_role"),
            (contact(|_, roles, _| *roles = vec![Role::Ops]), "role_receives_not"),
            (contact(|_, _, has_address| *has_address = false), "address_removed"),
            (changed(|facts| facts.is_wanted = false), "channel_not_wanted"),
            (changed(|facts| facts.is_unconfirmed = true), "number_not_confirmed"),
            (changed(|facts| facts.schedule.as_mut().unwrap().recipients.clear()), "not_a_recipient_any_more"),
        ];
        for (verdict, reason) in stopped {
            let Verdict::Suppress(stop) = verdict else { panic!("{reason}: {verdict:?}") };
            assert_eq!(stop.reason(), reason);
        }
    }

    #[test]
    fn a_warning_about_money_goes_to_who_looks_after_it_and_its_sums_to_who_may_see_them() {
        let warned = |made_for: Role, roles: &[Role]| {
            changed(|facts| {
                facts.kind = NoticeKind::Funds;
                facts.schedule = None;
                facts.project_is_archived = true;
                facts.made_for = reader(&[made_for]);
                if let Addressee::Contact { roles: now, .. } = &mut facts.recipient {
                    *now = roles.to_vec();
                }
            })
        };
        let in_a_room = |made_for: Role| {
            changed(|facts| {
                facts.kind = NoticeKind::Funds;
                facts.schedule = None;
                facts.made_for = reader(&[made_for]);
                facts.shared_without_money = true;
                if let Addressee::Contact { roles, .. } = &mut facts.recipient {
                    *roles = vec![Role::Finance];
                }
            })
        };
        assert_eq!(in_a_room(Role::Finance), Verdict::Suppress(Stop::SharedWithoutMoney));
        assert_eq!(in_a_room(Role::Ops), Verdict::Send, "it shows none");
        assert_eq!(warned(Role::Finance, &[Role::Finance]), Verdict::Send);
        assert_eq!(warned(Role::Finance, &[Role::Owner]), Verdict::Send);
        assert_eq!(warned(Role::Ops, &[Role::Ops]), Verdict::Send);
        for (made_for, roles) in
            [(Role::Finance, [Role::Ops]), (Role::Finance, [Role::Manager]), (Role::Ops, [Role::Viewer])]
        {
            assert_eq!(warned(made_for, &roles), Verdict::Suppress(Stop::RoleReceivesNot), "{roles:?}");
        }
    }

    #[test]
    fn fewer_rights_need_a_narrower_variant() {
        let narrow = contact(|_, roles, _| *roles = vec![Role::Finance]);
        assert_eq!(narrow, Verdict::Narrow(Rights::of(&[Role::Finance], None)));
        let masked = changed(|facts| facts.schedule.as_mut().unwrap().numbers = Some(Numbers::None));
        assert_eq!(masked, Verdict::Narrow(Rights::of(&[Role::Manager], None).narrowed(Numbers::None)));
        assert_eq!(contact(|_, roles, _| roles.push(Role::Owner)), Verdict::Send);
    }

    #[test]
    fn an_agent_reads_own_calls_as_long_as_it_is_known_which_they_are() {
        let as_agent = |made_for: Option<&str>, now: Option<&str>| {
            changed(|facts| {
                facts.made_for.rights = Rights::of(&[made_for.map_or(Role::Manager, |_| Role::Agent)], made_for);
                if let Addressee::Contact { roles, own_agent, .. } = &mut facts.recipient {
                    *roles = vec![Role::Agent];
                    *own_agent = now.map(str::to_owned);
                }
            })
        };
        assert_eq!(as_agent(Some("olena"), Some("olena")), Verdict::Send);
        let hers = Verdict::Narrow(Rights::of(&[Role::Agent], Some("olena")));
        assert_eq!(as_agent(None, Some("olena")), hers, "made for a manager");
        assert_eq!(as_agent(Some("eva"), Some("olena")), hers, "made of somebody else's calls");
        assert_eq!(as_agent(Some("olena"), None), Verdict::Suppress(Stop::OwnCallsUnknown));
    }

    #[test]
    fn a_plain_address_needs_an_allowed_domain_even_when_named_by_hand() {
        let plain = |domains: &[&str], by_hand: bool| {
            changed(|facts| {
                facts.made_for = reader(&[]);
                facts.by_hand = by_hand;
                facts.recipient = Addressee::Address {
                    address: "x@acme.example".into(),
                    allowed_domains: domains.iter().map(|domain| (*domain).to_owned()).collect(),
                };
            })
        };
        assert_eq!(plain(&["ACME.example"], true), Verdict::Send);
        assert_eq!(plain(&["ACME.example"], false), Verdict::Suppress(Stop::NotARecipientAnyMore));
        assert_eq!(plain(&[], true), Verdict::Suppress(Stop::DomainNotAllowed));
        assert_eq!(plain(&["example"], true), Verdict::Suppress(Stop::DomainNotAllowed));
    }

    #[test]
    fn the_widest_variant_within_the_rights_is_taken() {
        let variants = [(1, reader(&[Role::Manager])), (2, reader(&[Role::Viewer])), (3, reader(&[Role::Finance]))];
        let within =
            |roles: &[Role]| widest_within(&Rights::of(roles, None), &reader(&[]), &variants).map(|(id, _)| *id);
        assert_eq!(within(&[Role::Finance]), Some(3));
        assert_eq!(within(&[Role::Viewer]), Some(2));
        assert_eq!(within(&[Role::Agent]), None);
    }

    proptest::proptest! {
        /// Whatever the facts, nobody gets what is more than the rights they have now.
        #[test]
        fn what_goes_is_covered(had in 0..7_usize, has in 0..7_usize, numbers in 0..4_usize) {
            let role = |n: usize| crate::domain::role::ROLES[n].role;
            let most = [None, Some(Numbers::None), Some(Numbers::Last4), Some(Numbers::Full)][numbers];
            let mut facts = manager();
            facts.made_for = reader(&[role(had)]);
            facts.schedule.as_mut().unwrap().numbers = most;
            if let Addressee::Contact { roles, .. } = &mut facts.recipient {
                *roles = vec![role(has)];
            }
            if decide(&facts, NOW) == Verdict::Send {
                let mut rights = Rights::of(&[role(has)], None);
                if let Some(most) = most { rights = rights.narrowed(most); }
                proptest::prop_assert!(rights.covers(&facts.made_for.rights));
                proptest::prop_assert!(role(has).rights().receives_reports);
            }
        }
    }
}
