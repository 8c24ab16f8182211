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
