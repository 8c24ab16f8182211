//! Who is answered: where a reply goes, where a wish to stop goes, and by whose name a mail comes.

use std::collections::{BTreeSet, HashMap};

use super::NewRecipient;
use crate::app::App;
use crate::domain::brand::Brand;
use crate::domain::contact::EmailAddress;
use crate::domain::ids::ProjectKey;
use crate::domain::notice::NoticeKind;
use crate::notify::envelope::Envelope;
use crate::store::{Session, StoreError};

/// Where an answer goes, and where a wish to stop goes: the first of each that isn't the reader's own address.
pub(super) struct Answers {
    reply_to: Vec<String>,
    stop_mail: Vec<String>,
    from_name: Option<String>,
}

/// Nobody is asked to write to themselves: an owner's own mail is answered by whoever looks after the reports.
fn other_than(reader: &str, addresses: &[String]) -> Option<String> {
    addresses.iter().find(|address| !address.eq_ignore_ascii_case(reader)).cloned()
}

impl Answers {
    pub(super) fn envelope(&self, kind: NoticeKind, recipient: &NewRecipient) -> Envelope {
        Envelope {
            foot: recipient.foot.clone(),
            reply_to: other_than(&recipient.address, &self.reply_to),
            from_name: self.from_name.clone(),
            stop_mail: other_than(&recipient.address, &self.stop_mail).filter(|_| kind.rules().has_unsubscribe),
            by_hand: recipient.by_hand,
            confirms_number: recipient.confirms_number,
            of_use_until: recipient.of_use_until,
        }
    }

    /// Those of each of these projects; of `None`: of the installation.
    pub(super) async fn of_projects(
        app: &App,
        session: &mut Session,
        projects: &[Option<ProjectKey>],
    ) -> Result<HashMap<Option<ProjectKey>, Self>, StoreError> {
        let wanted: BTreeSet<Option<ProjectKey>> = projects.iter().copied().collect();
        let keys: Vec<ProjectKey> = wanted.iter().copied().flatten().collect();
        let (mut brands, mut owners) = (HashMap::new(), HashMap::new());
        if !keys.is_empty() {
            for project in session.projects_by_keys(&keys).await? {
                brands.insert(project.key, project.settings.brand);
            }
            for owner in session.owner_addresses(&keys).await? {
                owners.entry(ProjectKey(owner.project)).or_insert(owner.address);
            }
        }
        let answers = |project: Option<ProjectKey>| {
            let brand = project.and_then(|key| brands.remove(&key)).unwrap_or_default();
            (project, Self::new(app, brand, project.and_then(|key| owners.remove(&key))))
        };
        Ok(wanted.into_iter().map(answers).collect())
    }

    /// Those of one project, or of the installation.
    pub(super) async fn of(app: &App, session: &mut Session, project: Option<ProjectKey>) -> Result<Self, StoreError> {
        let found = Self::of_projects(app, session, &[project]).await?.remove(&project);
        Ok(found.unwrap_or_else(|| Self::new(app, Brand::default(), None)))
    }

    fn new(app: &App, brand: Brand, owner: Option<String>) -> Self {
        let (mail, operations) = (&app.settings.mail, &app.settings.operations);
        let ours: Vec<String> = owner.into_iter().chain(operations.email.iter().map(ToString::to_string)).collect();
        let first = |named: &[Option<&EmailAddress>]| {
            named.iter().flatten().map(ToString::to_string).chain(ours.iter().cloned()).collect()
        };
        Self {
            reply_to: first(&[brand.reply_to.as_ref(), mail.reply_to.as_ref()]),
            stop_mail: first(&[mail.stop_address.as_ref()]),
            from_name: brand.from_name,
        }
    }
}

/// The envelope of a mail that goes to another address than the one it was made for: who is answered may be that reader.
pub(in crate::notify) async fn readdressed(
    app: &App,
    session: &mut Session,
    project: Option<ProjectKey>,
    envelope: Envelope,
    reader: &str,
) -> Result<Envelope, StoreError> {
    let is_own = |address: &Option<String>| address.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(reader));
    if !is_own(&envelope.reply_to) && !is_own(&envelope.stop_mail) {
        return Ok(envelope);
    }
    let answers = Answers::of(app, session, project).await?;
    let reply_to = other_than(reader, &answers.reply_to);
    let stop_mail = envelope.stop_mail.as_ref().and_then(|_| other_than(reader, &answers.stop_mail));
    Ok(Envelope { reply_to, stop_mail, ..envelope })
}
