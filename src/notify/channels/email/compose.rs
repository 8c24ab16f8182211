//! A mail is a pure function of what is stored (artefacts, row) and of settings and secret: every try has the same bytes,
//! which is what lets a retry be recognised and an unknown outcome be tried again without a second message in the box.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};

use crate::domain::brief::shortened;
use crate::domain::contact::EmailAddress;
use crate::domain::foot::{Foot, HTML_SLOT, TEXT_SLOT};
use crate::domain::instant::Instant;
use crate::domain::plain::plain;
use crate::notify::back::postmark;
use crate::notify::channels::Outgoing;
use crate::notify::reference::ascii_domain;
use crate::report::render;

/// All that a mail is made of.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    pub from_name: &'a str,
    pub from: &'a EmailAddress,
    pub to_name: &'a str,
    pub to: &'a EmailAddress,
    /// For trials: where it goes instead.
    pub redirect_to: Option<&'a EmailAddress>,
    pub reply_to: Option<&'a str>,
    pub subject: &'a str,
    /// With its angle brackets.
    pub message_id: &'a str,
    pub date: Instant,
    pub reference: &'a str,
    /// What came back of it is sent there, where that isn't `from`.
    pub sender: Option<&'a EmailAddress>,
    /// Whether it names itself to Postmark.
    pub is_for_postmark: bool,
    /// `weekly-olena.acme`: what mail programs file it by; `None` where nothing can be stopped.
    pub list: Option<&'a str>,
    pub stop: Stop<'a>,
    pub foot: &'a Foot,
    pub html: &'a str,
    pub text: &'a str,
    pub attachments: Vec<File<'a>>,
    /// Pictures that the HTML shows, by `cid:` and their names.
    pub inline: Vec<File<'a>>,
}

/// How a reader stops it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop<'a> {
    /// A page of ours, which also takes the POST of mail programs (RFC 8058).
    Link(&'a str),
    /// The same page without encryption: for readers, and not for mail programs. On this machine only.
    Page(&'a str),
    /// Somebody is written to.
    Mail(&'a str),
    /// It can't be stopped by its reader.
    No,
}

/// An attached file.
#[derive(Clone, Debug)]
pub struct File<'a> {
    pub name: &'a str,
    pub media_type: &'a str,
    pub bytes: &'a [u8],
}

/// Makes the mail.
///
/// # Errors
/// When an address or a media type can't stand in a mail; a sentence without addresses.
pub fn compose(letter: &Letter<'_>) -> Result<Outgoing, &'static str> {
    let stop_mail = match letter.stop {
        Stop::Mail(to) => Some(format!("mailto:{to}?subject=stop%20{}", letter.reference)),
        Stop::Link(_) | Stop::Page(_) | Stop::No => None,
    };
    let stop_url = match letter.stop {
        Stop::Link(url) | Stop::Page(url) => Some(url),
        Stop::Mail(_) | Stop::No => stop_mail.as_deref(),
    };
    let html = letter.html.replace(HTML_SLOT, &render::foot_html(letter.foot, stop_url));
    let text = letter.text.replace(TEXT_SLOT, &render::foot_text(letter.foot, stop_url));
    let bytes = headers(letter, stop_url)?.multipart(body(letter, &html, &text)?).map_err(|_| "mail_not_composable")?;
    let mut parts = vec![("html".to_owned(), with_pictures(html, &letter.inline).into_bytes())];
    parts.extend(letter.attachments.iter().map(|file| (file.name.to_owned(), file.bytes.to_vec())));
    Ok(Outgoing {
        reference: letter.reference.to_owned(),
        from: letter.sender.unwrap_or(letter.from).clone(),
        to: letter.redirect_to.unwrap_or(letter.to).clone(),
        bytes: bytes.formatted(),
        parts,
    })
}

fn headers(letter: &Letter<'_>, stop_url: Option<&str>) -> Result<lettre::message::MessageBuilder, &'static str> {
    let seconds = u64::try_from(letter.date.as_seconds()).unwrap_or(0);
    let mut builder = Message::builder()
        .message_id(Some(letter.message_id.to_owned()))
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .from(mailbox(letter.from_name, letter.from)?)
        .to(mailbox(letter.to_name, letter.redirect_to.unwrap_or(letter.to))?)
        .subject(clean(letter.subject))
        .raw_header(raw("Auto-Submitted", "auto-generated".to_owned()));
    if letter.is_for_postmark {
        builder = builder.raw_header(raw(postmark::HEADER, letter.reference.to_owned()));
    }
    if letter.redirect_to.is_some() {
        builder = builder.raw_header(raw("X-Intended-Recipient", letter.to.to_string()));
    }
    if let Some(Ok(address)) = letter.reply_to.map(EmailAddress::parse) {
        builder = builder.reply_to(mailbox("", &address)?);
    }
    if let Some(list) = letter.list {
        builder = builder.raw_header(raw("List-Id", format!("<{list}.{}>", ascii_domain(letter.from.domain()))));
    }
    if let Some(url) = stop_url.filter(|_| !matches!(letter.stop, Stop::Page(_))) {
        builder = builder.raw_header(raw("List-Unsubscribe", format!("<{url}>")));
    }
    if let Stop::Link(_) = letter.stop {
        builder = builder.raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    Ok(builder)
}

fn body(letter: &Letter<'_>, html: &str, text: &str) -> Result<MultiPart, &'static str> {
    let boundary = |part: &str| format!("=_{}_{part}", letter.reference.replace('-', ""));
    let text = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(with_crlf(text));
    let html = SinglePart::builder().header(ContentType::TEXT_HTML).body(with_crlf(html));
    let readable = MultiPart::alternative().boundary(boundary("a")).singlepart(text);
    let readable = if letter.inline.is_empty() {
        readable.singlepart(html)
    } else {
        let mut related = MultiPart::related().boundary(boundary("r")).singlepart(html);
        for file in &letter.inline {
            let media_type = ContentType::parse(file.media_type).map_err(|_| "media_type_not_sendable")?;
            let name = clean(file.name);
            let picture = Attachment::new_inline_with_name(render::content_id(&name), name);
            related = related.singlepart(picture.body(file.bytes.to_vec(), media_type));
        }
        readable.multipart(related)
    };
    let mut whole = MultiPart::mixed().boundary(boundary("m")).multipart(readable);
    for file in &letter.attachments {
        let media_type = ContentType::parse(file.media_type).map_err(|_| "media_type_not_sendable")?;
        let name = clean(file.name);
        whole = whole.singlepart(Attachment::new(name).body(file.bytes.to_vec(), media_type));
    }
    Ok(whole)
}

/// The HTML with its pictures inside, for whoever opens it outside a mail program.
fn with_pictures(html: String, pictures: &[File<'_>]) -> String {
    pictures.iter().fold(html, |html, picture| {
        let data = format!("data:{};base64,{}", picture.media_type, STANDARD.encode(picture.bytes));
        html.replace(&format!("cid:{}", render::content_id(picture.name)), &data)
    })
}

/// Letters of a name beside an address: relays refuse long heads.
const LONGEST_NAME: usize = 120;

fn mailbox(name: &str, address: &EmailAddress) -> Result<Mailbox, &'static str> {
    let (local, domain) = address.as_str().rsplit_once('@').ok_or("address_not_sendable")?;
    let address = lettre::Address::new(local, ascii_domain(domain)).map_err(|_| "address_not_sendable")?;
    let name = shortened(&clean(name), LONGEST_NAME);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), clean(&value))
}

/// Without control characters, which would end a header early (and which lettre answers with a panic), and without marks that
/// turn what follows; and what reads like an encoded word (RFC 2047) is none, else a name could be shown as another, or as a
/// header of its own.
fn clean(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ").replace("=?", "= ?")
}

/// Line ends as mail has them.
fn with_crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::{MessageParser, MimeHeaders};

    fn composed(logo: bool) -> Outgoing {
        let from = EmailAddress::parse("reports@amstel.example").expect("valid");
        let to = EmailAddress::parse("bram@amstel.example").expect("valid");
        let name = "logo-0123456789abcdef.png";
        let html = format!("<p>9 <img src=\"cid:{}\" alt=\"Amstel\">{HTML_SLOT}</p>", render::content_id(name));
        let foot = Foot { language: "nl".into(), reference: "Kenmerk 7Q3F-K2MD".into(), ..Foot::default() };
        let picture = File { name, media_type: "image/png", bytes: b"\x89PNG\r\n\x1a\n" };
        let print = File { name: "amstel.pdf", media_type: "application/pdf", bytes: b"%PDF-1.7" };
        let letter = Letter {
            from_name: "Amstel Cycles",
            from: &from,
            to_name: "Bram Jansen",
            to: &to,
            redirect_to: None,
            reply_to: Some("eva@amstel.example"),
            subject: "Amstel Cycles: 9 bellers terug te bellen",
            message_id: "<7q3fk2md.8f3a@amstel.example>",
            date: Instant::from_seconds(1_794_808_800),
            reference: "7Q3F-K2MD",
            sender: None,
            is_for_postmark: false,
            list: Some("amstel-weekly.amstel"),
            stop: Stop::Link("https://reports.amstel.example/stop/1-x"),
            foot: &foot,
            html: &html,
            text: &format!("9\n{TEXT_SLOT}\n"),
            attachments: vec![print],
            inline: if logo { vec![picture] } else { Vec::new() },
        };
        compose(&letter).expect("a mail")
    }

    #[test]
    fn a_logo_travels_inside_the_mail_and_isn_t_an_attachment() {
        let made = composed(true);
        let mail = MessageParser::default().parse(&made.bytes).expect("a mail that can be read");
        let ids: Vec<&str> = mail.parts.iter().filter_map(|part| part.content_id()).collect();
        assert_eq!(ids, ["logo-0123456789abcdef@inline"]);
        let kinds: Vec<String> = mail
            .parts
            .iter()
            .filter_map(|part| part.content_type())
            .map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()))
            .collect();
        assert_eq!(
            kinds,
            [
                "multipart/mixed",
                "multipart/alternative",
                "text/plain",
                "multipart/related",
                "text/html",
                "image/png",
                "application/pdf"
            ]
        );
        let opened = String::from_utf8(made.parts[0].1.clone()).expect("HTML");
        assert!(opened.contains("src=\"data:image/png;base64,iVBOR"), "{opened}");
        assert_eq!(made.bytes, composed(true).bytes, "the same bytes again");
    }

    #[test]
    fn no_header_names_the_program_or_follows_the_reader() {
        for logo in [false, true] {
            let mail = String::from_utf8(composed(logo).bytes).expect("ASCII");
            assert!(!mail.to_lowercase().contains("callbrief") && !mail.contains("X-Mailer"), "{mail}");
            assert!(!mail.contains("User-Agent") && mail.contains("From: \"Amstel Cycles\" <reports@amstel.example>"));
            assert_eq!(mail.contains("multipart/related"), logo);
            assert!(!mail.contains("src=\"http"), "nothing is fetched");
        }
    }
}
