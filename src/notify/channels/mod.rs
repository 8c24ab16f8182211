//! How a message leaves. A channel composes a message from what is stored and carries it over one of its lanes; it never
//! sees a project, and it tells what happened without deciding what that means.
//!
//! To add a service on the web: a file here with its [`Way`], a line in [`WAYS`], its settings in `config::channels` and its
//! word in `ChannelKind`; the table of replies in the suite then runs for it. Mail has its own folder and [`Carrier`].

pub mod answer;
mod cut;
pub mod email;
pub mod folder;
mod opened;
pub mod preview;
mod slack;
mod sms;
mod teams;
pub mod web;
mod webhook;
mod written;

use std::borrow::Cow;
use std::time::Duration;

use self::answer::Answer;
use crate::config::channels::Service;
use crate::domain::brief::Brief;
use crate::domain::contact::{ChannelKind, EmailAddress};
use crate::domain::instant::Instant;
use crate::net::{Reply, Request, Target};
use crate::notify::fence::Fence;

/// Every kind of service on the web that carries notices.
pub const WAYS: &[Way] = &[slack::WAY, teams::WAY, webhook::WAY, sms::WAY];

/// Makes the request that carries a post at this time; the error is a named reason.
type MakeRequest = fn(&Service, &Post, Instant) -> Result<(Target, Request), &'static str>;

/// How one kind of service is spoken to: functions of what they are given, nothing else.
#[derive(Debug)]
pub struct Way {
    pub kind: ChannelKind,
    /// Messages under way at once, in each process.
    pub connections: usize,
    /// What is posted, within the service's limits; the same for the same note.
    compose: fn(&Note<'_>, &Service) -> Vec<u8>,
    request: MakeRequest,
    /// What an answer means; with how long it asks us to wait.
    answer: fn(&Service, &Reply, Option<Duration>) -> Answer,
    /// How long a delivery waits after its so-manieth try (from 1), spread by a seed; `None`: that was the last.
    pub wait: fn(i64, i64) -> Option<Duration>,
    /// The receiver can tell a repetition, so an outcome that isn't known is tried again.
    pub knows_repetitions: bool,
}

impl Way {
    /// The line of [`WAYS`] for a kind; `None`: it isn't on the web.
    pub fn of(kind: ChannelKind) -> Option<&'static Self> {
        WAYS.iter().find(|way| way.kind == kind)
    }
}

/// What is said to one reader.
#[derive(Clone, Copy, Debug)]
pub struct Note<'a> {
    pub brief: &'a Brief,
    /// Why this reader gets it; may be empty.
    pub why: &'a str,
    /// `Reference 7Q3F-K2MD`, in the reader's language.
    pub reference_line: &'a str,
    pub reference: &'a str,
    /// The same on every try.
    pub id: &'a str,
    pub at: Instant,
}

/// What is posted to a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    pub reference: String,
    /// The same on every try.
    pub id: String,
    /// A number, or the name of a channel of the settings.
    pub to: String,
    pub body: Vec<u8>,
    /// A code in it, which nothing that is kept may tell.
    pub hidden: Option<String>,
}

impl Post {
    /// The body as it may be kept, if only as a hash: few codes are possible, so a hash of one with known words around it
    /// would tell it.
    fn without_code(&self) -> Cow<'_, [u8]> {
        match &self.hidden {
            Some(code) => Cow::Owned(String::from_utf8_lossy(&self.body).replace(code, HIDDEN).into_bytes()),
            None => Cow::Borrowed(&self.body),
        }
    }
}

/// What stands in the place of a code.
const HIDDEN: &str = "******";

/// A message that is ready to go.
#[derive(Clone, Debug)]
pub enum Message {
    Mail(Box<Outgoing>),
    Post(Post),
}

impl Message {
    /// What its hash is made of: all that is the same on every try, but for a code.
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        match self {
            Self::Mail(mail) => Cow::Borrowed(&mail.bytes),
            Self::Post(post) => post.without_code(),
        }
    }

    /// What happened, without a code that the other side said again.
    pub fn without_code(&self, tried: Tried) -> Tried {
        match self {
            Self::Post(Post { hidden: Some(code), .. }) => tried.saying(|words| words.replace(code, HIDDEN)),
            _ => tried,
        }
    }
}

/// A mail that is ready to go.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// What people quote; names files.
    pub reference: String,
    pub from: EmailAddress,
    pub to: EmailAddress,
    pub bytes: Vec<u8>,
    /// The readable parts by file name, for lanes that put them beside the message.
    pub parts: Vec<(String, Vec<u8>)>,
}

/// Where in the conversation something happened. The words are part of the named reasons in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA, until the other side asks for the message: past the fence, and nothing is sent yet.
    Data,
    /// The message and its end: past the fence, and it may have been taken.
    Body,
    /// The request to a service on the web, whose connection stood and had ended: past the fence, and nothing is sent.
    Request,
}

impl Stage {
    /// `sender`, `recipient`, `data`, `body`, `request`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Data => "data",
            Self::Body => "body",
            Self::Request => "request",
        }
    }

    /// Whether the fence is passed.
    pub fn is_past_fence(self) -> bool {
        matches!(self, Self::Data | Self::Body | Self::Request)
    }
}

/// How a conversation broke off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// No answer within the limit.
    Silent,
    /// The connection ended.
    Lost,
    /// An answer that makes no sense here.
    Odd,
}

impl Break {
    /// `silent`, `lost`, `odd`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Lost => "lost",
            Self::Odd => "odd",
        }
    }
}

/// What happened to one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The other side took it, with these words.
    Accepted { reply: String },
    /// It said no (`code` 400 to 599).
    Refused { stage: Stage, code: u16, text: String },
    /// A service on the web said no, past the fence.
    Declined { code: u16, text: String, what: Decline },
    /// It leads to an address that nothing is sent to.
    Forbidden { why: String },
    /// It broke off while nothing can have been taken.
    NotSent { stage: Stage, how: Break, error: String },
    /// It broke off when it may have been taken.
    Uncertain { how: Break, error: String },
    /// The fence wasn't passed; nothing was sent.
    WalkedAway,
    /// The lane couldn't be reached or logged in to; no try for the delivery.
    LaneFailed { error: String },
    /// This lane can't carry such a message at all; where the reason is [`TAKES_NO_SUCH_ADDRESS`], another one may.
    Unfit { reason: &'static str },
}

impl Tried {
    /// The same with the other side's words changed.
    fn saying(self, change: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Accepted { reply } => Self::Accepted { reply: change(&reply) },
            Self::Refused { stage, code, text } => Self::Refused { stage, code, text: change(&text) },
            Self::Declined { code, text, what } => Self::Declined { code, text: change(&text), what },
            Self::Forbidden { why } => Self::Forbidden { why: change(&why) },
            Self::NotSent { stage, how, error } => Self::NotSent { stage, how, error: change(&error) },
            Self::Uncertain { how, error } => Self::Uncertain { how, error: change(&error) },
            Self::LaneFailed { error } => Self::LaneFailed { error: change(&error) },
            tried @ (Self::WalkedAway | Self::Unfit { .. }) => tried,
        }
    }
}

/// What a service's no means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decline {
    /// Another time, not before `after`; `shuts_lane`: that holds for whatever goes there.
    Later { after: Option<Duration>, shuts_lane: bool },
    /// Another time, but three tries at most.
    ThreeTries,
    /// This message never.
    Fails,
    /// Nothing for this address any more.
    MarksAddress,
    /// Its reader told the service that nothing more is wanted.
    ReaderStopped,
}

/// The relay offers no SMTPUTF8, and an address has letters outside ASCII.
pub const TAKES_NO_SUCH_ADDRESS: &str = "relay_takes_no_such_address";

/// What carries messages over one lane.
#[derive(Debug)]
pub enum Carrier {
    Smtp(Box<email::smtp::SmtpLane>),
    File(email::file::FileLane),
    Web(Box<web::WebLane>),
    Folder(Box<folder::FolderLane>),
}

impl Carrier {
    /// Tries to hand a message over, passing the fence on the way.
    pub async fn carry(&self, message: &Message, fence: &Fence) -> Tried {
        match (self, message) {
            (Self::Smtp(lane), Message::Mail(mail)) => lane.carry(mail, fence).await,
            (Self::File(lane), Message::Mail(mail)) => lane.carry(mail, fence).await,
            (Self::Web(lane), Message::Post(post)) => lane.carry(post, fence).await,
            (Self::Folder(lane), Message::Post(post)) => lane.carry(post, fence).await,
            _ => Tried::Unfit { reason: "channel_of_another_kind" },
        }
    }

    /// What this lane posts of a note; `None`: it carries mails.
    pub fn compose(&self, note: &Note<'_>) -> Option<Vec<u8>> {
        match self {
            Self::Web(lane) => Some((lane.way.compose)(note, &lane.service)),
            Self::Folder(lane) => Some((lane.way.compose)(note, &Service::Folder(lane.outbox.clone()))),
            Self::Smtp(_) | Self::File(_) => None,
        }
    }

    /// How its kind of service is spoken to; `None`: by mail.
    pub fn way(&self) -> Option<&'static Way> {
        match self {
            Self::Web(lane) => Some(lane.way),
            Self::Folder(lane) => Some(lane.way),
            Self::Smtp(_) | Self::File(_) => None,
        }
    }

    /// Gives up connections that waited this long for the next message.
    pub fn drop_idle(&self, longer_than: Duration) {
        if let Self::Smtp(lane) = self {
            lane.drop_idle(longer_than);
        }
    }

    /// Says goodbye on connections that wait for the next message.
    pub async fn close(&self) {
        if let Self::Smtp(lane) = self {
            lane.close().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_in_what_goes_and_in_nothing_that_is_kept() {
        let post = |body: &str, hidden: Option<&str>| {
            Message::Post(Post {
                reference: "7Q3F-K2MD".to_owned(),
                id: "msg_1".to_owned(),
                to: "+380441234567".to_owned(),
                body: body.as_bytes().to_vec(),
                hidden: hidden.map(str::to_owned),
            })
        };
        let with_code = post("048213 is your code", Some("048213"));
        assert_eq!(with_code.bytes(), post("****** is your code", None).bytes());
        assert_eq!(post("048213 calls", None).bytes(), "048213 calls".as_bytes());
        let echo = "200 {\"body\":\"048213 is your code\"}".to_owned();
        for tried in [
            Tried::Accepted { reply: echo.clone() },
            Tried::Declined { code: 400, text: echo.clone(), what: Decline::Fails },
            Tried::Uncertain { how: Break::Odd, error: echo.clone() },
            Tried::LaneFailed { error: echo.clone() },
        ] {
            let said = format!("{:?}", with_code.without_code(tried.clone()));
            assert!(!said.contains("048213") && said.contains("****** is your code"), "{said}");
            assert_eq!(post("nothing to hide", None).without_code(tried.clone()), tried);
        }
    }
}
