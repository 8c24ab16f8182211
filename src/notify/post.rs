//! The single gate in: a notice, its variants and its deliveries become rows inside the caller's transaction, or nothing
//! does. Making an artefact ready (hash, compression) costs time, so [`NewArtefact::new`] does it before the transaction.

use sha2::{Digest, Sha256};

use crate::app::App;
use crate::config::secret::Secret;
use crate::domain::brand::Brand;
use crate::domain::brief::Brief;
use crate::domain::contact::{ChannelKind, EmailAddress};
use crate::domain::delivery::DeliveryState;
use crate::domain::foot::{Foot, REFERENCE_SLOT};
use crate::domain::ids::{ContactId, DeliveryId, NoticeId, ProjectKey, RunId, ScheduleId, VariantId};
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader, Severity};
use crate::domain::reach::{Shut, Way};
use crate::domain::schedule::Format;
use crate::i18n::Words;
use crate::notify::envelope::Envelope;
use crate::notify::reference::{self, Key};
use crate::notify::secret::{self, hex};
use crate::notify::{facts, gate};
use crate::report::alert::Alert;
use crate::store::deliveries::{Added, DeliveryRow, StoredDelivery};
use crate::store::moves::{ITSELF, Move};
use crate::store::notices::NoticeRow;
use crate::store::{Session, StoreError};

/// One thing to tell, with every form it takes and everyone who is told.
#[derive(Clone, Debug)]
pub struct NewNotice {
    /// `None`: about the installation itself.
    pub project: Option<ProjectKey>,
    pub kind: NoticeKind,
    pub severity: Severity,
    pub run: Option<RunId>,
    pub schedule: Option<ScheduleId>,
    pub occurrence: Option<String>,
    /// What makes it one: `report/<run>`, `owner/…`. A second post with the same key changes nothing.
    pub dedup_key: String,
    /// Not tried before this; `None`: at once.
    pub not_before: Option<Instant>,
    /// Expires undelivered after this.
    pub give_up_at: Instant,
    pub variants: Vec<NewVariant>,
}

/// The notice as one kind of reader may see it, and who reads it.
#[derive(Clone, Debug)]
pub struct NewVariant {
    pub reader: Reader,
    /// Whose name it goes by and who is answered: one of the projects that its reader sees. `None`: the notice's.
    pub sender: Option<ProjectKey>,
    pub subject: String,
    pub artefacts: Vec<NewArtefact>,
    pub recipients: Vec<NewRecipient>,
}

/// A rendered form, ready to be stored.
#[derive(Clone, Debug)]
pub struct NewArtefact {
    /// The word of its [`Format`], [`INLINE`], [`BRIEF`] or [`ALERT`].
    pub format: &'static str,
    pub file_name: String,
    pub media_type: String,
    /// SHA-256 of the content, hex.
    pub hash: String,
    /// Bytes of the content, before compression.
    pub size: i64,
    /// Compressed content.
    pub packed: Vec<u8>,
}

/// One address that is told.
#[derive(Clone, Debug)]
pub struct NewRecipient {
    /// `None`: a plain address.
    pub contact: Option<ContactId>,
    pub channel: ChannelKind,
    /// Normalised.
    pub address: String,
    pub display_name: String,
    pub foot: Foot,
    /// A person named this address for this one message (`send-now --to`, `resend --to`): it needn't be in the
    /// schedule's list.
    pub by_hand: bool,
    /// It carries the code that confirms this number.
    pub confirms_number: bool,
    /// Whoever hears of it later hears too late: neither quiet hours nor a rhythm keep it beyond this.
    pub of_use_until: Option<Instant>,
    /// Not tried before this; `None`: as the notice says.
    pub not_before: Option<Instant>,
    /// Nothing goes there, and the record says why.
    pub shut: Option<Shut>,
}

impl NewRecipient {
    /// Somebody whom the program tells of its own accord, by this way; `why` is the sentence at the foot that says so.
    pub fn told(words: &Words, contact: Option<ContactId>, way: Way, display_name: String, why: String) -> Self {
        let foot = Foot {
            language: words.language().to_owned(),
            why,
            reference: words.say("foot-reference", &[("reference", REFERENCE_SLOT.into())]),
            ..Foot::default()
        };
        let Way { channel, address, shut, .. } = way;
        Self {
            contact,
            channel,
            address,
            display_name,
            foot,
            by_hand: true,
            confirms_number: false,
            of_use_until: None,
            not_before: None,
            shut,
        }
    }
}

/// What became of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posted {
    New {
        notice: NoticeId,
        deliveries: Vec<DeliveryId>,
    },
    /// Somebody posted this key before.
    Already(NoticeId),
}

const COMPRESSION: i32 = 3;

/// What the stored form of a picture is called that the HTML shows; never attached.
pub const INLINE: &str = "inline";

/// What the stored form is called that services other than mail are told; never attached.
pub const BRIEF: &str = "brief";

/// What the stored form is called of which a warning is made; never attached.
pub const ALERT: &str = "alert";

impl NewArtefact {
    /// Hashes and compresses `bytes`. Takes about a third of a millisecond for 40 kB.
    pub fn new(format: Format, file_name: String, media_type: String, bytes: &[u8]) -> Self {
        let hash = hex(&Sha256::digest(bytes));
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let Ok(packed) = zstd::encode_all(bytes, COMPRESSION) else {
            unreachable!("compression in memory has nothing to fail on")
        };
        Self { format: format.name(), file_name, media_type, hash, size, packed }
    }

    /// The few words for services other than mail.
    pub fn brief(brief: &Brief) -> Self {
        let json = serde_json::to_vec(brief).unwrap_or_default();
        let made = Self::new(Format::Json, "brief.json".to_owned(), "application/json".to_owned(), &json);
        Self { format: BRIEF, ..made }
    }

    /// What a warning is made of, so that it can be told with others.
    pub fn alert(alert: &Alert) -> Self {
        let json = serde_json::to_vec(alert).unwrap_or_default();
        let made = Self::new(Format::Json, "alert.json".to_owned(), "application/json".to_owned(), &json);
        Self { format: ALERT, ..made }
    }

    /// The brand's logo, where it has one: a picture that travels inside the mail.
    pub fn logo(brand: &Brand) -> Option<Self> {
        let logo = brand.logo.as_ref()?;
        let made = Self::new(Format::Html, logo.file_name(), logo.kind.media_type().to_owned(), &logo.bytes);
        Some(Self { format: INLINE, ..made })
    }
}

/// Posts a notice. An address that is named twice gets it once.
pub async fn post(app: &App, session: &mut Session, notice: NewNotice) -> Result<Posted, StoreError> {
    let now = app.clock.now();
    let row = NoticeRow {
        project: notice.project,
        kind: notice.kind.name(),
        run: notice.run,
        dedup_key: &notice.dedup_key,
        give_up_at: notice.give_up_at,
    };
    let Some(id) = session.add_notice(now, &row).await? else {
        let there = session.notice_by_key(&notice.dedup_key).await?;
        return there.map(Posted::Already).ok_or_else(|| StoreError::Corrupt {
            what: "notice",
            detail: format!("`{}` is taken by a transaction that isn't finished", notice.dedup_key),
        });
    };
    let maker = Maker { secret: secret::key(app, session).await?, app, now, notice: &notice, id };
    let own = answer_addresses(app, session, notice.project).await?;
    let mut deliveries = Vec::new();
    for variant in &notice.variants {
        let stored = store_variant(session, now, id, variant).await?;
        let answers = match variant.sender.filter(|sender| Some(*sender) != notice.project) {
            Some(sender) => &answer_addresses(app, session, Some(sender)).await?,
            None => &own,
        };
        for recipient in &variant.recipients {
            deliveries.extend(maker.deliver(session, stored, answers, recipient).await?);
        }
    }
    Ok(Posted::New { notice: id, deliveries })
}

/// Where an answer goes, and where a wish to stop goes: the first of each that isn't the reader's own address.
struct Answers {
    reply_to: Vec<String>,
    stop_mail: Vec<String>,
    from_name: Option<String>,
}

/// Nobody is asked to write to themselves: an owner's own mail is answered by whoever looks after the reports.
fn other_than(reader: &str, addresses: &[String]) -> Option<String> {
    addresses.iter().find(|address| !address.eq_ignore_ascii_case(reader)).cloned()
}

impl Answers {
    fn envelope(&self, kind: NoticeKind, recipient: &NewRecipient) -> Envelope {
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
}

async fn answer_addresses(
    app: &App,
    session: &mut Session,
    project: Option<ProjectKey>,
) -> Result<Answers, StoreError> {
    let brand = match project {
        Some(project) => session.project_by_key(project).await?.map(|project| project.settings.brand),
        None => None,
    };
    let brand = brand.unwrap_or_default();
    let owner = match project {
        Some(project) => session.owner_addresses(project).await?.into_iter().next().map(|owner| owner.address),
        None => None,
    };
    let (mail, operations) = (&app.settings.mail, &app.settings.operations);
    let ours: Vec<String> = owner.into_iter().chain(operations.email.iter().map(ToString::to_string)).collect();
    let first = |named: &[Option<&EmailAddress>]| {
        named.iter().flatten().map(ToString::to_string).chain(ours.iter().cloned()).collect()
    };
    Ok(Answers {
        reply_to: first(&[brand.reply_to.as_ref(), mail.reply_to.as_ref()]),
        stop_mail: first(&[mail.stop_address.as_ref()]),
        from_name: brand.from_name,
    })
}

/// The envelope of a mail that goes to another address than the one it was made for: who is answered may be that reader.
pub(super) async fn readdressed(
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
    let answers = answer_addresses(app, session, project).await?;
    let reply_to = other_than(reader, &answers.reply_to);
    let stop_mail = envelope.stop_mail.as_ref().and_then(|_| other_than(reader, &answers.stop_mail));
    Ok(Envelope { reply_to, stop_mail, ..envelope })
}

async fn store_variant(
    session: &mut Session,
    now: Instant,
    notice: NoticeId,
    variant: &NewVariant,
) -> Result<VariantId, StoreError> {
    let id = session.add_variant(now, notice, &reader_json(&variant.reader), &variant.subject).await?;
    for artefact in &variant.artefacts {
        let NewArtefact { format, file_name, media_type, hash, size, packed } = artefact;
        session.add_artefact(hash, media_type, *size, packed, now).await?;
        session.add_form(id, format, file_name, hash).await?;
    }
    Ok(id)
}

fn reader_json(reader: &Reader) -> String {
    serde_json::to_string(reader).unwrap_or_default()
}

/// What all deliveries of a notice share.
struct Maker<'a> {
    app: &'a App,
    now: Instant,
    notice: &'a NewNotice,
    id: NoticeId,
    secret: Secret,
}

impl Maker<'_> {
    async fn deliver(
        &self,
        session: &mut Session,
        variant: VariantId,
        answers: &Answers,
        recipient: &NewRecipient,
    ) -> Result<Option<DeliveryId>, StoreError> {
        let draft = Draft {
            project: self.notice.project.map(|key| key.0),
            notice: self.id,
            notice_key: &self.notice.dedup_key,
            kind: self.notice.kind,
            severity: self.notice.severity,
            schedule: self.notice.schedule.as_ref().map(ScheduleId::as_str),
            occurrence: self.notice.occurrence.as_deref(),
            channel: recipient.channel.name(),
            address: &recipient.address,
            generation: 1,
            contact: recipient.contact.as_ref().map(ContactId::as_str),
            display_name: &recipient.display_name,
            variant: Some(variant.0),
            envelope: answers.envelope(self.notice.kind, recipient),
            reason: "posted",
            not_before: recipient.not_before.or(self.notice.not_before).unwrap_or(self.now),
            give_up_at: self.notice.give_up_at,
            actor: ITSELF,
            detail: None,
        };
        let added = draft.add(self.app, session, &self.secret, self.now).await?;
        if let (Some(id), Some(shut)) = (added, recipient.shut) {
            let stop = Move::to(id, &[DeliveryState::Queued], DeliveryState::Suppressed, shut.reason());
            session.move_deliveries(self.now, &[&stop]).await?;
        }
        Ok(added)
    }
}

/// A delivery before it has a reference.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) project: Option<i64>,
    pub(super) notice: NoticeId,
    pub(super) notice_key: &'a str,
    pub(super) kind: NoticeKind,
    pub(super) severity: Severity,
    pub(super) schedule: Option<&'a str>,
    pub(super) occurrence: Option<&'a str>,
    pub(super) channel: &'a str,
    pub(super) address: &'a str,
    pub(super) generation: i64,
    pub(super) contact: Option<&'a str>,
    pub(super) display_name: &'a str,
    pub(super) variant: Option<i64>,
    pub(super) envelope: Envelope,
    pub(super) reason: &'a str,
    pub(super) not_before: Instant,
    pub(super) give_up_at: Instant,
    pub(super) actor: &'a str,
    pub(super) detail: Option<&'a str>,
}

const REFERENCE_ATTEMPTS: u32 = 16;

impl Draft<'_> {
    /// Gives it a reference, a Message-ID and a date, and adds it; `None`: this address has it already.
    pub(super) async fn add(
        mut self,
        app: &App,
        session: &mut Session,
        secret: &Secret,
        now: Instant,
    ) -> Result<Option<DeliveryId>, StoreError> {
        let key =
            Key { notice: self.notice_key, channel: self.channel, address: self.address, generation: self.generation };
        let pattern = self.envelope.foot.reference.clone();
        for attempt in 0..REFERENCE_ATTEMPTS {
            let reference = reference::reference(secret, key, attempt);
            self.envelope.foot.reference = pattern.replace(REFERENCE_SLOT, &reference);
            let row = DeliveryRow {
                project: self.project,
                notice: self.notice,
                kind: self.kind.name(),
                schedule: self.schedule,
                occurrence: self.occurrence,
                channel: self.channel,
                address: self.address,
                generation: self.generation,
                contact: self.contact,
                display_name: self.display_name,
                variant: self.variant,
                why: &self.envelope.to_json(),
                reference: &reference,
                message_id: &reference::message_id(secret, key, &reference, &app.settings.mail.from_address),
                message_date: Instant::from_seconds(now.as_seconds()),
                reason: self.reason,
                priority: self.kind.priority(self.severity),
                not_before: self.not_before,
                give_up_at: self.give_up_at,
            };
            match session.add_delivery(now, &row, self.actor, self.detail).await? {
                Added::New(id) => return Ok(Some(id)),
                Added::KeyTaken => return Ok(None),
                Added::ReferenceTaken => {}
            }
        }
        Err(StoreError::Corrupt { what: "reference", detail: "no free one was found".to_owned() })
    }
}

/// A delivery whose recipient may see less than when it was built: it waits, queued, for a narrower variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmade {
    pub delivery: DeliveryId,
    pub notice: NoticeId,
    pub run: RunId,
    pub project: ProjectKey,
    pub schedule: ScheduleId,
    pub contact: Option<ContactId>,
    pub address: String,
}

/// Deliveries that wait for a narrower variant, oldest first.
pub async fn unmade(app: &App, limit: i64) -> Result<Vec<Unmade>, StoreError> {
    let rows = app.store.unmade_deliveries(limit).await?;
    rows.into_iter()
        .map(|row| {
            let corrupt = |detail: String| StoreError::Corrupt { what: "delivery", detail };
            Ok(Unmade {
                delivery: DeliveryId(row.delivery),
                notice: NoticeId(row.notice),
                run: RunId(row.run),
                project: ProjectKey(row.project),
                schedule: ScheduleId::parse(&row.schedule).map_err(|error| corrupt(error.to_string()))?,
                address: row.address,
                contact: match row.contact {
                    Some(id) => Some(ContactId::parse(&id).map_err(|error| corrupt(error.to_string()))?),
                    None => None,
                },
            })
        })
        .collect()
}

/// Stops a delivery that waits for a narrower variant when nothing at all may go to its reader any more, for the reason
/// that the gate would give; whether it did.
pub async fn stop_unmade(app: &App, delivery: DeliveryId) -> anyhow::Result<bool> {
    let rows = app.store.delivery_facts(&[delivery.0]).await?;
    let Some(row) = rows.into_iter().next() else { return Ok(false) };
    let mut known = facts::read(&row)?;
    facts::ask_own_agent(app, &row, &mut known).await?;
    let Some(stop) = gate::stop_unmade(&known) else { return Ok(false) };
    let step = Move::to(delivery, &[DeliveryState::Queued], DeliveryState::Suppressed, stop.reason());
    let mut session = app.store.write().await?;
    let done = session.move_deliveries(app.clock.now(), &[&step]).await?;
    session.commit().await?;
    Ok(done == [true])
}

/// Adds a variant to the notice of a waiting delivery, which may go from then on; what is its recipient's own (sender, foot)
/// is made anew as that of the variant's one recipient. When the notice has a variant for this reader already, that one is
/// used.
pub async fn narrow(
    app: &App,
    session: &mut Session,
    delivery: DeliveryId,
    variant: NewVariant,
) -> Result<VariantId, StoreError> {
    let now = app.clock.now();
    let Some(row) = session.delivery(delivery).await? else {
        return Err(StoreError::Corrupt { what: "delivery", detail: format!("{delivery} is gone") });
    };
    let notice = NoticeId(row.notice);
    let id = match session.variant_for(notice, &reader_json(&variant.reader)).await? {
        Some(id) => id,
        None => store_variant(session, now, notice, &variant).await?,
    };
    let envelope = match variant.recipients.first() {
        Some(recipient) => Some(renewed(app, session, &row, variant.sender, recipient).await?),
        None => None,
    };
    session.set_variant(now, delivery, id, envelope.map(|envelope| envelope.to_json()).as_deref()).await?;
    Ok(id)
}

/// The envelope of a delivery that waited, as it would be if it were posted for this recipient now.
async fn renewed(
    app: &App,
    session: &mut Session,
    row: &StoredDelivery,
    sender: Option<ProjectKey>,
    recipient: &NewRecipient,
) -> Result<Envelope, StoreError> {
    let corrupt = |detail: String| StoreError::Corrupt { what: "delivery", detail };
    let kind = NoticeKind::parse(&row.kind).ok_or_else(|| corrupt(format!("`{}` is no kind", row.kind)))?;
    let old = Envelope::read(&row.why).map_err(|error| corrupt(error.to_string()))?;
    let answers = answer_addresses(app, session, sender.or(row.project.map(ProjectKey))).await?;
    let mut envelope = Envelope { by_hand: old.by_hand, ..answers.envelope(kind, recipient) };
    envelope.foot.reference = envelope.foot.reference.replace(REFERENCE_SLOT, &row.reference);
    Ok(envelope)
}
