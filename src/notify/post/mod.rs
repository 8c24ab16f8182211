//! The single gate in: a notice, its variants and its deliveries become rows inside the caller's transaction, or nothing
//! does. Making an artefact ready (hash, compression) costs time, so [`NewArtefact::new`] does it before the transaction.

mod answers;
mod draft;
mod narrow;

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::app::App;
use crate::domain::brand::Brand;
use crate::domain::brief::Brief;
use crate::domain::contact::ChannelKind;
use crate::domain::delivery::DeliveryState;
use crate::domain::foot::{Foot, REFERENCE_SLOT};
use crate::domain::hex::hex;
use crate::domain::ids::{ContactId, DeliveryId, NoticeId, ProjectKey, RunId, ScheduleId, VariantId};
use crate::domain::instant::Instant;
use crate::domain::notice::{NoticeKind, Reader, Severity};
use crate::domain::reach::{Shut, Way};
use crate::domain::schedule::Format;
use crate::i18n::Words;
use crate::notify::envelope::Envelope;
use crate::notify::secret;
use crate::report::alert::Alert;
use crate::store::artefacts::ArtefactRow;
use crate::store::moves::{ITSELF, Move};
use crate::store::notices::{FormRow, NoticeRow, VariantRow};
use crate::store::packed;
use crate::store::{Session, StoreError};

use answers::Answers;
pub(super) use answers::readdressed;
pub(super) use draft::Draft;
pub use narrow::{Unmade, narrow, stop_unmade, unmade};

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

impl NewNotice {
    fn row(&self) -> NoticeRow<'_> {
        NoticeRow {
            project: self.project,
            kind: self.kind.name(),
            run: self.run,
            dedup_key: &self.dedup_key,
            give_up_at: self.give_up_at,
        }
    }
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
        let Ok(packed) = packed::pack(bytes) else { unreachable!("compression in memory has nothing to fail on") };
        Self { format: format.name(), file_name, media_type, hash, size, packed }
    }

    fn row(&self) -> ArtefactRow<'_> {
        ArtefactRow { hash: &self.hash, media_type: &self.media_type, size: self.size, packed: &self.packed }
    }

    fn form(&self, variant: VariantId) -> FormRow<'_> {
        FormRow { variant, format: self.format, file_name: &self.file_name, hash: &self.hash }
    }

    /// The few words for services other than mail.
    pub fn brief(brief: &Brief) -> Self {
        let mut brief = brief.clone();
        brief.make_plain();
        let json = serde_json::to_vec(&brief).unwrap_or_default();
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
    let posted = post_all(app, session, vec![notice]).await?.pop();
    posted.ok_or_else(|| StoreError::Corrupt { what: "notice", detail: "it wasn't posted".to_owned() })
}

/// Posts notices, in a handful of statements for all of them.
pub async fn post_all(app: &App, session: &mut Session, notices: Vec<NewNotice>) -> Result<Vec<Posted>, StoreError> {
    let now = app.clock.now();
    let rows: Vec<NoticeRow<'_>> = notices.iter().map(NewNotice::row).collect();
    let added = session.add_notices(now, &rows).await?;
    let new: Vec<(NoticeId, &NewNotice)> =
        added.iter().zip(&notices).filter_map(|(id, notice)| Some(((*id)?, notice))).collect();
    let mut deliveries = if new.is_empty() { HashMap::new() } else { write(app, session, now, &new).await? };
    let mut posted = Vec::with_capacity(notices.len());
    for (id, notice) in added.into_iter().zip(&notices) {
        posted.push(match id {
            Some(notice) => Posted::New { notice, deliveries: deliveries.remove(&notice).unwrap_or_default() },
            None => Posted::Already(there(session, &notice.dedup_key).await?),
        });
    }
    Ok(posted)
}

async fn there(session: &mut Session, dedup_key: &str) -> Result<NoticeId, StoreError> {
    session.notice_by_key(dedup_key).await?.ok_or_else(|| StoreError::Corrupt {
        what: "notice",
        detail: format!("`{dedup_key}` is taken by a transaction that isn't finished"),
    })
}

/// Variants, their forms, and deliveries of new notices; the deliveries of each come back.
async fn write(
    app: &App,
    session: &mut Session,
    now: Instant,
    new: &[(NoticeId, &NewNotice)],
) -> Result<HashMap<NoticeId, Vec<DeliveryId>>, StoreError> {
    let secret = secret::key(app, session).await?;
    let variants: Vec<(NoticeId, &NewNotice, &NewVariant)> = new
        .iter()
        .flat_map(|(id, notice)| notice.variants.iter().map(move |variant| (*id, *notice, variant)))
        .collect();
    let stored: Vec<_> = variants.iter().map(|(id, _, variant)| (*id, *variant)).collect();
    let stored = store_variants(session, now, &stored).await?;
    let senders = variants.iter().map(|(_, notice, variant)| variant.sender.or(notice.project)).collect::<Vec<_>>();
    let answers = Answers::of_projects(app, session, &senders).await?;
    let (mut drafts, mut shut) = (Vec::new(), Vec::new());
    for (((id, notice, variant), stored), sender) in variants.into_iter().zip(stored).zip(senders) {
        let Some(answers) = answers.get(&sender) else {
            return Err(StoreError::Corrupt { what: "sender", detail: format!("{sender:?} wasn't looked for") });
        };
        for recipient in &variant.recipients {
            drafts.push(draft(notice, id, stored, answers.envelope(notice.kind, recipient), recipient, now));
            shut.push(recipient.shut);
        }
    }
    let of: Vec<NoticeId> = drafts.iter().map(|draft| draft.notice).collect();
    let added = Draft::add_all(app, session, &secret, drafts, now).await?;
    let mut deliveries: HashMap<NoticeId, Vec<DeliveryId>> = HashMap::new();
    let mut stops = Vec::new();
    for ((id, notice), shut) in added.into_iter().zip(of).zip(shut) {
        let Some(id) = id else { continue };
        deliveries.entry(notice).or_default().push(id);
        stops.extend(shut.map(|shut| Move::to(id, &[DeliveryState::Queued], DeliveryState::Suppressed, shut.reason())));
    }
    if !stops.is_empty() {
        session.move_deliveries(now, &stops.iter().collect::<Vec<_>>()).await?;
    }
    Ok(deliveries)
}

fn draft<'a>(
    notice: &'a NewNotice,
    id: NoticeId,
    variant: VariantId,
    envelope: Envelope,
    recipient: &'a NewRecipient,
    now: Instant,
) -> Draft<'a> {
    Draft {
        project: notice.project.map(|key| key.0),
        notice: id,
        notice_key: &notice.dedup_key,
        kind: notice.kind,
        severity: notice.severity,
        schedule: notice.schedule.as_ref().map(ScheduleId::as_str),
        occurrence: notice.occurrence.as_deref(),
        channel: recipient.channel.name(),
        address: &recipient.address,
        generation: 1,
        contact: recipient.contact.as_ref().map(ContactId::as_str),
        display_name: &recipient.display_name,
        variant: Some(variant.0),
        envelope,
        reason: "posted",
        not_before: recipient.not_before.or(notice.not_before).unwrap_or(now),
        give_up_at: notice.give_up_at,
        actor: ITSELF,
        detail: None,
    }
}

async fn store_variants(
    session: &mut Session,
    now: Instant,
    variants: &[(NoticeId, &NewVariant)],
) -> Result<Vec<VariantId>, StoreError> {
    let readers: Vec<String> = variants.iter().map(|(_, variant)| reader_json(&variant.reader)).collect();
    let rows: Vec<VariantRow<'_>> = variants
        .iter()
        .zip(&readers)
        .map(|((notice, variant), reader)| VariantRow {
            notice: *notice,
            kind_of_reader: reader,
            subject: &variant.subject,
        })
        .collect();
    let ids = session.add_variants(now, &rows).await?;
    let all =
        || ids.iter().zip(variants).flat_map(|(id, (_, variant))| variant.artefacts.iter().map(move |made| (id, made)));
    session.add_artefacts(&all().map(|(_, made)| made.row()).collect::<Vec<_>>(), now).await?;
    session.add_forms(&all().map(|(id, made)| made.form(*id)).collect::<Vec<_>>()).await?;
    Ok(ids)
}

fn reader_json(reader: &Reader) -> String {
    serde_json::to_string(reader).unwrap_or_default()
}
