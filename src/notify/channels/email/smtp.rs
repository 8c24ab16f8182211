//! The lane that speaks SMTP: our own connections, driven stage by stage, each stage with its limit and its exact codes,
//! many messages a connection. On any doubt the connection is dropped, never reused.

#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzed;

use std::sync::Mutex;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use tokio::sync::OnceCell;
use tokio::time::{Instant as Tick, timeout};

use super::connect::{self, Tls};
use super::wire::OUT_OF_TURN;
use crate::config::settings::Smtp;
use crate::domain::contact::EmailAddress;
use crate::notify::channels::{Break, Outgoing, Stage, TAKES_NO_SUCH_ADDRESS, Tried};
use crate::notify::fence::Fence;
use crate::notify::reference::ascii_domain;

/// A connection is given up when it waited this long for the next message: relays end idle ones by themselves.
pub const MOST_IDLE: Duration = Duration::from_secs(20);
/// Messages a connection, before a fresh one is made.
const MOST_MESSAGES: u32 = 500;
/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);

/// An SMTP relay.
#[derive(Debug)]
pub struct SmtpLane {
    settings: Smtp,
    hello: ClientId,
    tls: OnceCell<Tls>,
    idle: Mutex<Vec<Conversation>>,
}

/// An open connection between two messages.
struct Conversation {
    connection: AsyncSmtpConnection,
    messages: u32,
    idle_since: Tick,
}

impl std::fmt::Debug for Conversation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Conversation").field("messages", &self.messages).finish_non_exhaustive()
    }
}

/// Why a command didn't get the answer that was asked for.
enum Trouble {
    Refused {
        code: u16,
        text: String,
    },
    Broke {
        how: Break,
        error: String,
    },
    /// It didn't wait for what we had to say, which wasn't said then.
    OutOfTurn {
        error: String,
    },
}

impl SmtpLane {
    /// A lane to this relay; `from` names us in EHLO when the settings don't.
    pub fn new(settings: Smtp, from: &EmailAddress) -> Self {
        let name = settings.hello_name.clone().unwrap_or_else(|| ascii_domain(from.domain()));
        Self { settings, hello: ClientId::Domain(name), tls: OnceCell::new(), idle: Mutex::new(Vec::new()) }
    }

    /// Whether the relay lets us in: greeting, EHLO, encryption and log-in, and then goodbye.
    ///
    /// # Errors
    /// At which step it didn't, and why.
    pub async fn greet(&self) -> Result<(), String> {
        let tls = Tls::load(&self.settings).await?;
        let mut connection = connect::open(&self.settings, &self.hello, &tls).await?;
        // It let us in; how it takes the farewell is its own affair.
        let _ = timeout(GOODBYE, connection.quit()).await;
        Ok(())
    }

    /// Hands a message over: MAIL, RCPT, fence, DATA, message.
    pub async fn carry(&self, message: &Outgoing, fence: &Fence) -> Tried {
        let (Some(from), Some(to)) = (address(&message.from), address(&message.to)) else {
            return Tried::Unfit { reason: "address_not_sendable" };
        };
        let (mut conversation, reply) = match self.begin(&from, &to).await {
            Ok(begun) => begun,
            Err(tried) => return tried,
        };
        let limits = &self.settings.timeouts;
        if let Err(trouble) = reply {
            return self.told(conversation, Stage::Sender, trouble).await;
        }
        let recipient = conversation.command(limits.command, Rcpt::new(to, vec![]), &[250, 251]).await;
        if let Err(trouble) = recipient {
            return self.told(conversation, Stage::Recipient, trouble).await;
        }
        crate::chaos::crash_point!("send.before_fence");
        if !fence.pass().await {
            self.reset(conversation).await;
            return Tried::WalkedAway;
        }
        crate::chaos::crash_point!("send.after_fence");
        if let Err(trouble) = conversation.command(limits.data, Data, &[354]).await {
            return self.told(conversation, Stage::Data, trouble).await;
        }
        match conversation.message(limits.body, &message.bytes).await {
            Ok(reply) => {
                conversation.messages += 1;
                self.put_back(conversation);
                Tried::Accepted { reply }
            }
            Err(trouble) => self.told(conversation, Stage::Body, trouble).await,
        }
    }

    /// A conversation and the answer to MAIL. One that waited may have been ended by the relay meanwhile, which costs
    /// nothing but a fresh one.
    async fn begin(&self, from: &Address, to: &Address) -> Result<(Conversation, Result<String, Trouble>), Tried> {
        if let Some(mut waited) = self.take_idle() {
            let mail = match mail_command(&waited.connection, from, to) {
                Ok(mail) => mail,
                Err(unfit) => return Err(self.unused(waited, unfit)),
            };
            match waited.command(self.settings.timeouts.command, mail, &[250]).await {
                Err(Trouble::Broke { .. } | Trouble::OutOfTurn { .. } | Trouble::Refused { code: 421, .. }) => {}
                reply => return Ok((waited, reply)),
            }
        }
        let mut fresh = self.connect().await.map_err(|error| Tried::LaneFailed { error })?;
        let mail = match mail_command(&fresh.connection, from, to) {
            Ok(mail) => mail,
            Err(unfit) => return Err(self.unused(fresh, unfit)),
        };
        match fresh.command(self.settings.timeouts.command, mail, &[250]).await {
            // "Authentication required" and its kin: the lane's log-in is wrong, not the message.
            Err(Trouble::Refused { code: code @ (530 | 534 | 535 | 538), text }) => {
                Err(Tried::LaneFailed { error: format!("MAIL was refused: {code} {text}") })
            }
            reply => Ok((fresh, reply)),
        }
    }

    /// Nothing was said yet, so another message may have the conversation.
    fn unused(&self, conversation: Conversation, unfit: Tried) -> Tried {
        self.put_back(conversation);
        unfit
    }

    async fn connect(&self) -> Result<Conversation, String> {
        let tls = self.tls.get_or_try_init(|| Tls::load(&self.settings)).await?;
        let connection = connect::open(&self.settings, &self.hello, tls).await?;
        Ok(Conversation { connection, messages: 0, idle_since: Tick::now() })
    }

    /// What trouble at a stage means for the message, and for the connection.
    async fn told(&self, conversation: Conversation, stage: Stage, trouble: Trouble) -> Tried {
        match trouble {
            Trouble::Refused { code, text } => {
                if code != 421 {
                    self.reset(conversation).await;
                }
                Tried::Refused { stage, code, text }
            }
            Trouble::OutOfTurn { error } => {
                let stage = if stage == Stage::Body { Stage::Data } else { stage };
                Tried::NotSent { stage, how: Break::Odd, error }
            }
            Trouble::Broke { how, error } if stage == Stage::Body => Tried::Uncertain { how, error },
            Trouble::Broke { how, error } => Tried::NotSent { stage, how, error },
        }
    }

    /// RSET, and the connection may be used again; without a clear answer it is dropped.
    async fn reset(&self, mut conversation: Conversation) {
        if conversation.command(self.settings.timeouts.command, Rset, &[250]).await.is_ok() {
            self.put_back(conversation);
        }
    }

    fn take_idle(&self) -> Option<Conversation> {
        self.drop_idle(MOST_IDLE);
        self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop()
    }

    /// Says goodbye, without waiting for the answers, on connections that waited this long.
    pub fn drop_idle(&self, longer_than: Duration) {
        let mut idle = self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (old, fresh) = std::mem::take(&mut *idle)
            .into_iter()
            .partition(|waiting: &Conversation| waiting.idle_since.elapsed() >= longer_than);
        *idle = fresh;
        drop(idle);
        for conversation in old {
            tokio::spawn(conversation.goodbye());
        }
    }

    fn put_back(&self, mut conversation: Conversation) {
        if conversation.messages >= MOST_MESSAGES {
            tokio::spawn(conversation.goodbye());
            return;
        }
        conversation.idle_since = Tick::now();
        self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(conversation);
    }

    /// Says goodbye on connections that wait.
    pub async fn close(&self) {
        let waiting = std::mem::take(&mut *self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        futures_util::future::join_all(waiting.into_iter().map(Conversation::goodbye)).await;
    }
}

impl Conversation {
    /// One command; its answer must carry one of these codes.
    async fn command(
        &mut self,
        limit: Duration,
        command: impl std::fmt::Display,
        wanted: &[u16],
    ) -> Result<String, Trouble> {
        let answer = timeout(limit, self.connection.command(command)).await;
        read_answer(answer, wanted)
    }

    /// The message with its final dot.
    async fn message(&mut self, limit: Duration, bytes: &[u8]) -> Result<String, Trouble> {
        // Lettre ends the last line itself, and an empty one would follow.
        let bytes = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
        let answer = timeout(limit, self.connection.message(bytes)).await;
        read_answer(answer, &[250])
    }

    async fn goodbye(mut self) {
        let _ = timeout(GOODBYE, self.connection.command(Quit)).await;
    }
}

type Answer = Result<
    Result<lettre::transport::smtp::response::Response, lettre::transport::smtp::Error>,
    tokio::time::error::Elapsed,
>;

fn read_answer(answer: Answer, wanted: &[u16]) -> Result<String, Trouble> {
    match answer {
        Err(_) => Err(Trouble::Broke { how: Break::Silent, error: "no answer within the limit".to_owned() }),
        Ok(Ok(response)) => {
            let code = u16::from(response.code());
            let text = response.message().collect::<Vec<_>>().join(" ");
            let words = format!("{code} {text}");
            if wanted.contains(&code) { Ok(words) } else { Err(Trouble::Broke { how: Break::Odd, error: words }) }
        }
        Ok(Err(error)) => Err(match error.status() {
            Some(code) => Trouble::Refused { code: code.into(), text: connect::words(&error) },
            None if error.is_response() && !connect::words(&error).contains("incomplete response") => {
                Trouble::Broke { how: Break::Odd, error: error.to_string() }
            }
            None if !error.is_response() && connect::words(&error).contains(OUT_OF_TURN) => {
                Trouble::OutOfTurn { error: connect::words(&error) }
            }
            None => Trouble::Broke { how: Break::Lost, error: error.to_string() },
        }),
    }
}

/// MAIL FROM, with SMTPUTF8 where an address needs it.
fn mail_command(connection: &AsyncSmtpConnection, from: &Address, to: &Address) -> Result<Mail, Tried> {
    let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    let needs_utf8 = !is_ascii(from) || !is_ascii(to);
    if needs_utf8 && !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
        return Err(Tried::Unfit { reason: TAKES_NO_SUCH_ADDRESS });
    }
    let parameters = if needs_utf8 { vec![MailParameter::SmtpUtfEight] } else { vec![] };
    Ok(Mail::new(Some(from.clone()), parameters))
}

/// The address as SMTP takes it: its domain in ASCII.
fn address(address: &EmailAddress) -> Option<Address> {
    let (local, domain) = address.as_str().rsplit_once('@')?;
    Address::new(local, ascii_domain(domain)).ok()
}
