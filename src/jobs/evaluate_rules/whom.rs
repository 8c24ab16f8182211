//! Who hears of a decision: its usual readers, whoever it has to say more to because of what they heard before, and of good news
//! only whoever heard the bad.

use chrono::NaiveDate;

use super::Thing;
use super::tell::{Teller, ended};
use crate::domain::contact::Contact;
use crate::domain::episode::Told;
use crate::domain::ids::ContactId;
use crate::domain::reach::Way;
use crate::notify::post::NewNotice;
use crate::rules::{Heard, Judged, Widening, audience};

/// Who is told.
#[derive(Debug, Default)]
pub(super) struct Whom {
    pub(super) heard: Vec<Heard>,
    /// Whether `[operations]` hears of it beside them.
    pub(super) operations: bool,
    /// Names of all who know once this is told.
    pub(super) told: Vec<String>,
    /// Those of them and whoever can't be reached.
    pub(super) knowing: Vec<ContactId>,
    /// Of good news, whose warnings they answer.
    pub(super) answers: Vec<Answer>,
    /// Whether there is nobody to tell, and `[operations]` aren't told in their place.
    pub(super) is_nobody: bool,
}

/// Somebody who hears good news, and whose warnings those answer: the reader's own, and those of whoever is away meanwhile. `None`
/// is `[operations]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    to: Option<ContactId>,
    whose: Vec<Option<String>>,
}

impl Teller<'_> {
    /// Who hears of what is said of a thing.
    pub(super) async fn whom(
        &self,
        (thing, one): (&Thing, Judged),
        widening: Widening,
        day: NaiveDate,
        of: impl Fn(&Contact) -> Vec<Way>,
    ) -> anyhow::Result<Whom> {
        let usual = audience(self.contacts, &self.project.id, widening, day, &of);
        let knew = self.who_knew(thing, one).await?;
        let answer = |heard: &Heard| Answer { to: Some(heard.contact.clone()), whose: self.in_whose_place(heard, day) };
        let is_answered = |heard: &Heard| answer(heard).whose.iter().any(|contact| knew.contains(contact));
        let everybody = || audience(self.contacts, &self.project.id, Widening { owner: true, ops: true }, day, &of);
        let operations = knew.contains(&None);
        let mut whom = Whom { operations, ..Whom::default() };
        whom.heard = match one.told {
            Told::Recovered => everybody().into_iter().filter(is_answered).collect(),
            _ if knew.is_empty() => usual,
            _ => {
                let is_usual = |other: &Heard| usual.iter().any(|heard| heard.contact == other.contact);
                let more = everybody().into_iter().filter(|other| !is_usual(other) && is_answered(other));
                let more: Vec<Heard> = more.collect();
                usual.into_iter().chain(more).collect()
            }
        };
        whom.told = whom.heard.iter().filter(|one| one.is_reached()).map(|one| one.name.clone()).collect();
        whom.knowing = whom.heard.iter().map(|one| one.contact.clone()).collect();
        if let Told::PayByPassed(_) = one.told {
            whom.heard = self.without_who_knows(whom.heard, thing, one).await?;
        }
        if let Told::Recovered = one.told {
            let own = operations.then_some(Answer { to: None, whose: vec![None] });
            whom.answers = whom.heard.iter().map(answer).chain(own).collect();
        }
        let is_for_some = matches!(one.told, Told::PayByPassed(_) | Told::Recovered);
        whom.is_nobody = is_for_some && !operations && !whom.heard.iter().any(Heard::is_reached);
        Ok(whom)
    }

    /// Contacts (`None`: `[operations]`) who heard something that this ends or takes back, beside its usual readers: a warning since
    /// the first of the episodes that end with it began, or good news that wait and won't go any more.
    async fn who_knew(&self, thing: &Thing, one: Judged) -> anyhow::Result<Vec<Option<String>>> {
        let mut session = self.app.store.read().await?;
        let of_thing = (thing.balance.as_str(), one.rule.name);
        let mut knew = Vec::new();
        if let Told::Level(_) = one.told {
            let waiting = session.waiting_good_news(self.project.key, of_thing).await?;
            knew.extend(waiting.into_iter().map(|news| news.contact));
        }
        let is_after_others = !thing.balance.is_empty() && matches!(one.told, Told::Level(_));
        if one.told == Told::Recovered || is_after_others {
            for other in ended(thing, one) {
                let place = (thing.balance.as_str(), other.rule.name);
                let number = other.before.number;
                // What goes at this moment may be out of our hands before the transaction; that one asks again.
                knew.extend(session.readers_since(self.project.key, place, number, Some(self.now)).await?);
            }
        }
        Ok(knew)
    }

    /// For whom somebody is told: for themselves, and for those in whose place they stand.
    fn in_whose_place(&self, heard: &Heard, day: NaiveDate) -> Vec<Option<String>> {
        let stands_for = |contact: &&Contact| {
            let away = contact.settings.away.as_ref().filter(|away| away.covers(day));
            contact.id == heard.contact || away.is_some_and(|away| away.deputy == heard.contact)
        };
        self.contacts.iter().filter(stands_for).map(|contact| Some(contact.id.to_string())).collect()
    }

    /// Only those who join: whoever has a warning of it, or is going to have one, hears nothing twice.
    async fn without_who_knows(&self, heard: Vec<Heard>, thing: &Thing, one: Judged) -> anyhow::Result<Vec<Heard>> {
        let mut session = self.app.store.read().await?;
        let know = session.who_knows(self.project.key, (&thing.balance, one.rule.name)).await?;
        Ok(heard.into_iter().filter(|one| !know.iter().any(|other| other == one.contact.as_str())).collect())
    }
}

/// Good news for those alone whose warnings went out; `None`: nobody's did.
pub(super) fn answered(mut notice: NewNotice, answers: &[Answer], warned: &[Option<String>]) -> Option<NewNotice> {
    let is_answered = |to: &Option<ContactId>| {
        let mut whose = answers.iter().filter(|answer| answer.to == *to).flat_map(|answer| &answer.whose);
        whose.any(|contact| warned.contains(contact))
    };
    for variant in &mut notice.variants {
        variant.recipients.retain(|one| is_answered(&one.contact));
    }
    notice.variants.retain(|variant| !variant.recipients.is_empty());
    (!notice.variants.is_empty()).then_some(notice)
}
