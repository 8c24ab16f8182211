//! A project to post for, and notices as the report jobs post them, without their work.

use callbrief::app::App;
use callbrief::domain::contact::ChannelKind;
use callbrief::domain::foot::{Foot, HTML_SLOT, REFERENCE_SLOT, TEXT_SLOT};
use callbrief::domain::ids::{ContactId, ProjectKey, ScheduleId};
use callbrief::domain::notice::{NoticeKind, Reader, Severity};
use callbrief::domain::role::{Rights, Role};
use callbrief::domain::schedule::Format;
use callbrief::notify::post::{self, NewArtefact, NewNotice, NewRecipient, NewVariant, Posted};

use super::{Engine, World};

/// Project 1 `acme` with the domain acme.example, its owner `olena` and manager `taras`, and the schedule `weekly` that
/// both receive.
pub async fn project(world: &World) {
    let zero = match world.engine {
        Engine::Sqlite => "0",
        Engine::Postgres => "timestamptz 'epoch'",
    };
    for sql in [
        format!("insert into projects (id, name, zone, locale, currency, week_start, allowed_domains, created_at, updated_at) values ('acme', 'Acme Windows', 'Europe/Kyiv', 'en', 'EUR', 'mon', '[\"acme.example\"]', {zero}, {zero})"),
        format!("insert into contacts (id, name, active, created_at, updated_at) values ('olena', 'Olena Koval', true, {zero}, {zero}), ('taras', 'Taras', true, {zero}, {zero})"),
        "insert into contact_addresses (contact, channel, position, address) values ('olena', 'email', 0, 'olena@acme.example'), ('taras', 'email', 0, 'taras@acme.example')".to_owned(),
        "insert into contact_roles (contact, project, role) values ('olena', 1, 'owner'), ('taras', 1, 'manager')".to_owned(),
        format!("insert into schedules (id, project, report, recipients, cadence, zone, paused, catch_up, send, formats, active_since, created_at, updated_at) values ('weekly', 1, 'summary', '[{{\"contact\":\"olena\"}},{{\"contact\":\"taras\"}}]', '{{\"calendar\":{{\"every\":\"day\",\"at\":[\"08:00:00\"],\"short_month\":\"clamp\"}}}}', 'Europe/Kyiv', false, 'latest', 'always', '[]', {zero}, {zero}, {zero})"),
    ] {
        world.execute(&sql).await;
    }
}

/// Who gets a test notice.
#[derive(Clone, Copy, Debug)]
pub enum To<'a> {
    /// A contact, at its own address, as this role sees it.
    Contact(&'a str, Role),
    /// A plain address that somebody named.
    Address(&'a str),
}

/// Posts a report notice named `key` to these.
pub async fn report(app: &App, key: &str, to: &[To<'_>]) -> Posted {
    notice(app, NoticeKind::Report, key, to).await
}

/// Posts a notice of any kind.
pub async fn notice(app: &App, kind: NoticeKind, key: &str, to: &[To<'_>]) -> Posted {
    let is_report = kind == NoticeKind::Report;
    let mut session = app.store.write().await.expect("a transaction");
    let notice = NewNotice {
        project: Some(ProjectKey(1)),
        kind,
        severity: Severity::Warning,
        run: None,
        schedule: is_report.then(|| ScheduleId::parse("weekly").expect("valid")),
        occurrence: is_report.then(|| "2026-11-16T08:00#0".to_owned()),
        dedup_key: key.to_owned(),
        not_before: None,
        give_up_at: app.clock.now().plus_seconds(3 * 86_400),
        variants: variants(key, to),
    };
    let posted = post::post(app, &mut session, notice).await.expect("it is posted");
    session.commit().await.expect("it is kept");
    posted
}

fn variants(key: &str, to: &[To<'_>]) -> Vec<NewVariant> {
    let mut variants: Vec<NewVariant> = Vec::new();
    for recipient in to {
        let (rights, recipient) = match recipient {
            To::Contact(id, role) => (Rights::of(&[*role], None), to_contact(id)),
            To::Address(address) => (Rights::of(&[], None), to_address(address)),
        };
        match variants.iter_mut().find(|variant| variant.reader.rights == rights) {
            Some(variant) => variant.recipients.push(recipient),
            None => variants.push(variant(key, rights, recipient)),
        }
    }
    variants
}

/// A variant as these rights see it.
pub fn variant(key: &str, rights: Rights, recipient: NewRecipient) -> NewVariant {
    let seen = format!("{:?}", rights.numbers);
    let html = format!("<html><body><h1>{key} {seen} Дзвінки</h1>{HTML_SLOT}</body></html>");
    let text = format!("{key} {seen}\n.a line that begins with a dot\nДзвінки\n\n{TEXT_SLOT}\n");
    let form = |format: Format, ending: &str, media_type: &str, bytes: &[u8]| {
        NewArtefact::new(format, format!("acme-summary.{ending}"), media_type.to_owned(), bytes)
    };
    NewVariant {
        sender: None,
        reader: Reader {
            language: "en".to_owned(),
            rights,
            formats: vec![Format::Pdf],
            projects: Default::default(),
            alerts: Default::default(),
        },
        subject: "Acme Windows: 9 callers to call back — Дзвінки".to_owned(),
        artefacts: vec![
            form(Format::Html, "html", "text/html; charset=utf-8", html.as_bytes()),
            form(Format::Text, "txt", "text/plain; charset=utf-8", text.as_bytes()),
            form(Format::Pdf, "pdf", "application/pdf", b"%PDF-1.7 not really"),
        ],
        recipients: vec![recipient],
    }
}

fn to_contact(id: &str) -> NewRecipient {
    NewRecipient {
        contact: Some(ContactId::parse(id).expect("valid")),
        display_name: format!("{id} \"the\"\r\nBcc: x@evil.example"),
        by_hand: false,
        confirms_number: false,
        of_use_until: None,
        not_before: None,
        ..to_address(&format!("{id}@acme.example"))
    }
}

/// A plain address that somebody named.
pub fn recipient(address: &str) -> NewRecipient {
    to_address(address)
}

fn to_address(address: &str) -> NewRecipient {
    NewRecipient {
        contact: None,
        channel: ChannelKind::Email,
        address: address.to_owned(),
        display_name: String::new(),
        foot: Foot {
            language: "en".to_owned(),
            why: "You get this every Monday.".to_owned(),
            next: None,
            attached: None,
            stop_label: Some("Stop this report".to_owned()),
            reference: format!("Reference {REFERENCE_SLOT}"),
            accent: None,
        },
        by_hand: true,
        confirms_number: false,
        of_use_until: None,
        not_before: None,
        shut: None,
    }
}
