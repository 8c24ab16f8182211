//! A mail as its reader gets it.

use mail_parser::{MessageParser, MimeHeaders};

use super::World;

/// One mail, taken apart.
#[derive(Debug)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Media types.
    pub attachments: Vec<String>,
    /// Names and bytes of the same.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Mail {
    /// Takes a message apart.
    pub fn read(raw: &[u8]) -> Self {
        let message = MessageParser::default().parse(raw).expect("a message");
        let to = message.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default().to_owned();
        let attachments = message
            .attachments()
            .filter_map(|part| part.content_type())
            .map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()))
            .collect();
        let name = |part: &mail_parser::MessagePart<'_>| part.attachment_name().unwrap_or_default().to_owned();
        let files = message.attachments().map(|part| (name(part), part.contents().to_vec())).collect();
        Self {
            to,
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.body_text(0).unwrap_or_default().into_owned(),
            html: message.body_html(0).unwrap_or_default().into_owned(),
            attachments,
            files,
        }
    }

    /// Everything in the outbox.
    pub fn all(world: &World) -> Vec<Self> {
        world.outbox().iter().map(|raw| Self::read(raw)).collect()
    }

    /// The only one to this address.
    pub fn to<'a>(mails: &'a [Self], address: &str) -> &'a Self {
        let found: Vec<_> = mails.iter().filter(|mail| mail.to == address).collect();
        assert_eq!(found.len(), 1, "mails to {address}");
        found[0]
    }
}

/// Everything that a reader of a message could read: headers, links, names of files and what is in them, of PDFs the text
/// and of workbooks every part.
pub fn readable(raw: &[u8]) -> String {
    let message = MessageParser::default().parse(raw).expect("a message");
    let mut text = String::new();
    const OF_MACHINES: [&str; 4] = ["message-id", "date", "content-type", "mime-version"];
    for (name, value) in message.headers_raw().filter(|(name, _)| !OF_MACHINES.contains(&name.to_lowercase().as_str()))
    {
        text.push_str(&format!("{name}: {value}\n"));
    }
    // As a header says it when it is decoded.
    text.push_str(message.subject().unwrap_or_default());
    let from = message.from().and_then(|from| from.first()).and_then(|from| from.name());
    text.push_str(from.unwrap_or_default());
    for part in &message.parts {
        text.push('\n');
        text.push_str(part.attachment_name().unwrap_or_default());
        text.push('\n');
        text.push_str(&inside(part.contents()));
    }
    text
}

fn inside(bytes: &[u8]) -> String {
    if bytes.starts_with(b"%PDF") {
        let file = lopdf::Document::load_mem(bytes).expect("a PDF");
        let pages: Vec<u32> = file.get_pages().keys().copied().collect();
        return file.extract_text(&pages).expect("text");
    }
    if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
        let mut text = String::new();
        for n in 0..archive.len() {
            let mut file = archive.by_index(n).expect("an entry");
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut content).expect("it can be read");
            text.push_str(&inside(&content));
        }
        return text;
    }
    String::from_utf8_lossy(bytes).into_owned()
}

/// Digits as they stand in any way of writing a number: without what separates them.
pub fn joined(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '-' | '(' | ')')).collect()
}
