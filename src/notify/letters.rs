//! Loading what a message is made of, and making it.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use crate::app::App;
use crate::config::load::is_this_machine;
use crate::domain::brief::Brief;
use crate::domain::contact::EmailAddress;
use crate::domain::hex::hex;
use crate::domain::ids::DeliveryId;
use crate::domain::notice::{NoticeKind, Reader};
use crate::domain::plain::plain;
use crate::domain::schedule::Format;
use crate::notify::back::verp;
use crate::notify::channels::email::compose::{File, Letter, Stop, compose};
use crate::notify::channels::{Message, Note, Outgoing, Post};
use crate::notify::envelope::Envelope;
use crate::notify::lanes::{Lane, Lanes};
use crate::notify::number_codes;
use crate::notify::paid;
use crate::notify::post::{ALERT, BRIEF, INLINE};
use crate::notify::stop;
use crate::store::artefacts::StoredArtefact;
use crate::store::deliveries::DeliveryFacts;
use crate::store::packed;

/// Variants that were loaded in this step: many deliveries share one, and some that come next are loaded together.
#[derive(Debug, Default)]
pub(super) struct Letters(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    forms: HashMap<i64, Arc<Forms>>,
    /// Those that will be asked for, in this order as a rule.
    expected: VecDeque<i64>,
}

/// A variant's stored forms, decompressed.
#[derive(Debug, Default)]
struct Forms {
    html: String,
    text: String,
    brief: Option<Brief>,
    attachments: Vec<Attached>,
    inline: Vec<Attached>,
}

#[derive(Debug)]
struct Attached {
    name: String,
    media_type: String,
    bytes: Vec<u8>,
}

/// Variants kept in memory at once.
const MOST_KEPT: usize = 64;
/// Variants that are loaded together.
const TOGETHER: usize = 8;

/// SHA-256 of a message, hex.
pub(super) fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Makes the message of a delivery for the lane that it takes; the inner error is the named reason why it can't be one.
pub(super) async fn message(
    app: &App,
    lanes: &Lanes,
    letters: &Letters,
    row: &DeliveryFacts,
    lane: &Lane,
) -> anyhow::Result<Result<Message, &'static str>> {
    let variant = row.variant.ok_or_else(|| anyhow::anyhow!("it has no variant"))?;
    let forms = letters.of(app, variant).await?;
    if lane.carrier.way().is_some() {
        return post(lanes, &forms, row, lane);
    }
    Ok(letter(app, lanes, &forms, row)?.map(|mail| Message::Mail(Box::new(mail))))
}

/// What is posted to a service.
fn post(
    lanes: &Lanes,
    forms: &Forms,
    row: &DeliveryFacts,
    lane: &Lane,
) -> anyhow::Result<Result<Message, &'static str>> {
    let Some(brief) = &forms.brief else { return Ok(Err("no_words_for_this_channel")) };
    let Envelope { foot, confirms_number, .. } = Envelope::read(&row.why)?;
    let id = event_id(&row.message_id);
    let code = confirms_number.then(|| number_codes::code_of(lanes.secret(), &row.message_id));
    let with_code = code.as_ref().map(|code| number_codes::with_code(brief, code));
    let note = Note {
        brief: with_code.as_ref().unwrap_or(brief),
        why: &plain(&foot.why),
        reference_line: &foot.reference,
        reference: &row.reference,
        id: &id,
        at: row.message_date,
    };
    let Some(body) = lane.carrier.compose(&note) else { return Ok(Err("channel_of_another_kind")) };
    let hidden = code.map(|code| code.digits().to_owned());
    Ok(Ok(Message::Post(Post { reference: row.reference.clone(), to: row.address.clone(), body, id, hidden })))
}

/// `<7q3fk2md.8f3a…@acme.example>` is `msg_7q3fk2md8f3a…`: the same on every try, another for every delivery.
fn event_id(message_id: &str) -> String {
    let local = message_id.trim_start_matches('<').split('@').next().unwrap_or_default();
    format!("msg_{}", local.replace('.', ""))
}

fn letter(
    app: &App,
    lanes: &Lanes,
    forms: &Forms,
    row: &DeliveryFacts,
) -> anyhow::Result<Result<Outgoing, &'static str>> {
    anyhow::ensure!(!forms.html.is_empty() && !forms.text.is_empty(), "its variant has no HTML or no text");
    let envelope = Envelope::read(&row.why)?;
    let Ok(to) = EmailAddress::parse(&row.address) else { return Ok(Err("address_not_sendable")) };
    let joined: Vec<i64> = match row.kind_of_reader.as_deref() {
        Some(reader) => serde_json::from_str::<Reader>(reader)?.alerts.into_keys().collect(),
        None => Vec::new(),
    };
    let with_tokens = |text| paid::with_tokens(lanes.secret(), text, &row.address, row.id, joined.iter().copied());
    let (html, text) = (with_tokens(&forms.html), with_tokens(&forms.text));
    let mail = &app.settings.mail;
    let list = list_id(row);
    let sender = mail.bounce_domain.as_deref().and_then(|domain| verp::address(lanes.secret(), &row.reference, domain));
    let link = stop_link(app, lanes, row);
    let stop = match (&link, &envelope.stop_mail) {
        (Some(link), _) if link.starts_with("https:") => Stop::Link(link),
        (Some(link), _) => Stop::Page(link),
        (None, Some(address)) => Stop::Mail(address),
        (None, None) => Stop::No,
    };
    Ok(compose(&Letter {
        from_name: envelope.from_name.as_deref().unwrap_or(&mail.from_name),
        from: &mail.from_address,
        to_name: &row.display_name,
        to: &to,
        redirect_to: mail.redirect_to.as_ref(),
        reply_to: envelope.reply_to.as_deref(),
        subject: row.subject.as_deref().unwrap_or_default(),
        message_id: &row.message_id,
        date: row.message_date,
        reference: &row.reference,
        sender: sender.as_ref(),
        is_for_postmark: mail.events.is_of_postmark(),
        list: list.as_deref(),
        stop,
        foot: &envelope.foot,
        html: &html,
        text: &text,
        attachments: files(&forms.attachments),
        inline: files(&forms.inline),
    }))
}

/// `weekly.acme`; of a report over several projects without the name of one, which not every reader may see.
fn list_id(row: &DeliveryFacts) -> Option<String> {
    let (schedule, project) = row.schedule.as_ref().zip(row.project_id.as_ref())?;
    let is_over_several = row.several.as_deref().is_some_and(|list| list != "[]");
    Some(if is_over_several { schedule.clone() } else { format!("{schedule}.{project}") })
}

fn files(kept: &[Attached]) -> Vec<File<'_>> {
    kept.iter().map(|file| File { name: &file.name, media_type: &file.media_type, bytes: &file.bytes }).collect()
}

/// The page that stops it; only over https, because mail programs post to it by themselves. On this machine it is a trial's.
fn stop_link(app: &App, lanes: &Lanes, row: &DeliveryFacts) -> Option<String> {
    let may_stop = NoticeKind::parse(&row.kind).is_some_and(|kind| kind.rules().has_unsubscribe);
    let schedule = row.schedule.as_ref().filter(|_| may_stop)?;
    let url = app.settings.public_url.as_ref().filter(|url| url.scheme() == "https" || is_this_machine(url))?;
    Some(stop::link(url, &stop::token(lanes.secret(), DeliveryId(row.id), schedule, &row.address)))
}

impl Letters {
    /// These will be asked for.
    pub(super) fn expect(&self, variants: impl Iterator<Item = i64>) {
        let mut kept = self.kept();
        for variant in variants {
            if kept.expected.back() != Some(&variant) {
                kept.expected.push_back(variant);
            }
        }
    }

    async fn of(&self, app: &App, variant: i64) -> anyhow::Result<Arc<Forms>> {
        let wanted = {
            let mut kept = self.kept();
            if let Some(forms) = kept.forms.get(&variant) {
                return Ok(forms.clone());
            }
            let mut wanted = vec![variant];
            while wanted.len() < TOGETHER
                && let Some(next) = kept.expected.pop_front()
            {
                if !wanted.contains(&next) && !kept.forms.contains_key(&next) {
                    wanted.push(next);
                }
            }
            wanted
        };
        let mut stored: BTreeMap<i64, Vec<StoredArtefact>> = BTreeMap::new();
        for artefact in app.store.artefacts_of_many(&wanted).await? {
            stored.entry(artefact.variant).or_default().push(artefact);
        }
        let asked = Arc::new(read(stored.remove(&variant).unwrap_or_default())?);
        // One that can't be read is told when it is asked for.
        let next = stored.into_iter().filter_map(|(variant, stored)| Some((variant, Arc::new(read(stored).ok()?))));
        let next: Vec<_> = next.collect();
        let mut kept = self.kept();
        if kept.forms.len() + next.len() >= MOST_KEPT {
            kept.forms.clear();
        }
        kept.forms.insert(variant, asked.clone());
        kept.forms.extend(next);
        Ok(asked)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(mut stored: Vec<StoredArtefact>) -> anyhow::Result<Forms> {
    let mut forms = Forms::default();
    // The one that most people open comes first.
    stored.sort_by_key(|stored| Format::parse(&stored.format));
    for stored in stored {
        let bytes = packed::unpack(&stored.bytes)?;
        if stored.format == Format::Html.name() {
            forms.html = String::from_utf8(bytes)?;
        } else if stored.format == Format::Text.name() {
            forms.text = String::from_utf8(bytes)?;
        } else if stored.format == BRIEF {
            forms.brief = Some(serde_json::from_slice(&bytes)?);
        } else if stored.format != ALERT {
            let list = if stored.format == INLINE { &mut forms.inline } else { &mut forms.attachments };
            list.push(Attached { name: stored.file_name, media_type: stored.media_type, bytes });
        }
    }
    Ok(forms)
}
