//! An SMTP server that does what its script says at each stage: answers, is silent, is slow, ends the connection in every
//! way there is, lies about STARTTLS. It keeps what it was told and what it took.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use callbrief::config::secret::Secret;
use callbrief::config::settings::{Encryption, Relay, Smtp, SmtpTimeouts, Transport};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// A point of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Greeting,
    Ehlo,
    Starttls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// After the final dot.
    Dot,
}

/// What the server does there instead of what it should.
#[derive(Clone, Debug)]
pub enum Act {
    /// These bytes, whatever they are; a line end is added when there is none.
    Say(&'static str),
    /// The same, in any charset.
    SayBytes(&'static [u8]),
    /// The same, after a while.
    SayLate(Duration, &'static str),
    /// The same, as soon as the test says so.
    SayWhen(Arc<tokio::sync::Notify>, &'static str),
    /// The usual answer, a byte at a time.
    Slowly(Duration),
    /// Nothing, for ever.
    Silent,
    /// Ends the connection in good order.
    Close,
    /// Ends its own side and goes on reading.
    HalfClose,
    /// Ends the connection by a reset.
    Reset,
}

/// One line of a script.
#[derive(Clone, Debug)]
struct Rule {
    at: At,
    /// Only for recipients that contain this.
    to: Option<&'static str>,
    /// So many times; then the usual answer again.
    times: Arc<AtomicU32>,
    act: Act,
}

/// A message whose final dot came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub from: String,
    pub to: String,
    /// Dots unstuffed.
    pub bytes: Vec<u8>,
    /// Whether we said 250 to it.
    pub accepted: bool,
    pub was_encrypted: bool,
}

/// What the server saw.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub connections: u32,
    pub commands: Vec<String>,
    pub taken: Vec<Taken>,
}

/// How the server is set up.
#[derive(Clone, Debug, Default)]
pub struct Script {
    rules: Vec<Rule>,
    /// Added while it runs.
    later: Arc<Mutex<Vec<Rule>>>,
    offers_starttls: bool,
    tls_from_start: bool,
    takes_any_letters: bool,
    auth: Option<(&'static str, &'static str, &'static str)>,
}

impl Script {
    /// Does this at that point, always.
    pub fn at(self, at: At, act: Act) -> Self {
        self.rule(at, None, u32::MAX, act)
    }

    /// Does this at that point, the first `times` times.
    pub fn at_first(self, at: At, times: u32, act: Act) -> Self {
        self.rule(at, None, times, act)
    }

    /// Does this at that point for recipients that contain `to`.
    pub fn for_recipient(self, to: &'static str, at: At, act: Act) -> Self {
        self.rule(at, Some(to), u32::MAX, act)
    }

    /// The same, the first `times` times.
    pub fn first_for(self, to: &'static str, at: At, times: u32, act: Act) -> Self {
        self.rule(at, Some(to), times, act)
    }

    fn rule(mut self, at: At, to: Option<&'static str>, times: u32, act: Act) -> Self {
        self.rules.push(Rule { at, to, times: Arc::new(AtomicU32::new(times)), act });
        self
    }

    /// Offers STARTTLS.
    pub fn starttls(mut self) -> Self {
        self.offers_starttls = true;
        self
    }

    /// Offers SMTPUTF8.
    pub fn any_letters(mut self) -> Self {
        self.takes_any_letters = true;
        self
    }

    /// Speaks TLS from the first byte.
    pub fn tls(mut self) -> Self {
        self.tls_from_start = true;
        self
    }

    /// Wants this mechanism with this user and password.
    pub fn auth(mut self, mechanism: &'static str, user: &'static str, password: &'static str) -> Self {
        self.auth = Some((mechanism, user, password));
        self
    }

    /// How long a sender waits at each stage: long, but where it has to lose patience for the test to go on.
    fn patience(&self) -> SmtpTimeouts {
        let is_silent = |rule: &&Rule| match &rule.act {
            Act::Silent => true,
            Act::SayLate(after, _) => *after > IMPATIENT,
            _ => false,
        };
        let mut patience = SmtpTimeouts { connect: PATIENT, command: PATIENT, data: PATIENT, body: PATIENT };
        for rule in self.rules.iter().filter(is_silent) {
            match rule.at {
                At::Data => patience.data = IMPATIENT,
                At::Dot => patience.body = IMPATIENT,
                _ => patience.command = IMPATIENT,
            }
        }
        patience
    }

    fn act(&self, at: At, to: &str) -> Option<Act> {
        let later = self.later.lock().expect("the rules");
        self.rules
            .iter()
            .chain(later.iter())
            .find(|rule| {
                rule.at == at
                    && rule.to.is_none_or(|part| to.contains(part))
                    && rule.times.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
            })
            .map(|rule| rule.act.clone())
    }
}

/// How long a sender waits for a server that never answers, at the stage where it doesn't: long enough for the answers to
/// other commands, which have the same limit.
const IMPATIENT: Duration = Duration::from_secs(3);
/// How long it waits for any other: a loaded machine is no fault of the relay.
const PATIENT: Duration = Duration::from_secs(60);

/// A running server.
pub struct SmtpServer {
    later: Arc<Mutex<Vec<Rule>>>,
    /// How long its relays' senders wait at each stage.
    patience: SmtpTimeouts,
    pub address: SocketAddr,
    pub ca_file: PathBuf,
    seen: Arc<Mutex<Seen>>,
    task: tokio::task::JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl SmtpServer {
    /// Starts on a free port of this machine, with a certificate for `localhost`.
    pub async fn start(script: Script) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let ca_file = folder.path().join("ca.pem");
        std::fs::write(&ca_file, certified.cert.pem()).expect("the certificate is written");
        let acceptor = acceptor(&certified.cert.pem(), &certified.signing_key.serialize_pem());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (patience, later) = (script.patience(), Arc::clone(&script.later));
        let task = tokio::spawn(serve(listener, Arc::new(script), acceptor, seen.clone()));
        Self { later, patience, address, ca_file, seen, task, _folder: folder }
    }

    /// What it saw so far.
    pub fn seen(&self) -> Seen {
        self.seen.lock().expect("the log").clone()
    }

    /// From now on it does this at that point as well, so many times.
    pub fn also(&self, at: At, times: u32, act: Act) {
        let rule = Rule { at, to: None, times: Arc::new(AtomicU32::new(times)), act };
        self.later.lock().expect("the rules").push(rule);
    }

    /// How many messages came so far, taken or not.
    pub fn taken(&self) -> usize {
        self.seen.lock().expect("the log").taken.len()
    }

    /// Recipients and bytes of what it said yes to, without the first messages that came.
    pub fn taken_since(&self, before: usize) -> Vec<(String, Vec<u8>)> {
        let seen = self.seen.lock().expect("the log");
        let taken = seen.taken.iter().skip(before).filter(|taken| taken.accepted);
        taken.map(|taken| (taken.to.clone(), taken.bytes.clone())).collect()
    }

    /// A relay that leads here over at most two connections; its sender loses patience only where the script is silent.
    pub fn relay(&self, id: &str, encryption: Encryption) -> Relay {
        Relay {
            id: id.to_owned(),
            transport: Transport::Smtp(Smtp {
                host: "localhost".to_owned(),
                port: self.address.port(),
                encryption,
                username: None,
                password: None,
                hello_name: None,
                ca_file: Some(self.ca_file.clone()),
                timeouts: self.patience,
            }),
            per_second: 10_000.0,
            connections: 2,
        }
    }
}

/// The same relay with a log-in.
pub fn with_login(mut relay: Relay, user: &str, password: &str) -> Relay {
    if let Transport::Smtp(smtp) = &mut relay.transport {
        smtp.username = Some(user.to_owned());
        smtp.password = Some(Secret::new(password));
    }
    relay
}

fn acceptor(certificate: &str, key: &str) -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(certificate.as_bytes()).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("the certificate fits its key");
    TlsAcceptor::from(Arc::new(config))
}

async fn serve(listener: TcpListener, script: Arc<Script>, acceptor: TlsAcceptor, seen: Arc<Mutex<Seen>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        seen.lock().expect("the log").connections += 1;
        let (script, acceptor, seen) = (script.clone(), acceptor.clone(), seen.clone());
        tokio::spawn(async move {
            let wire: Wire = if script.tls_from_start {
                match acceptor.accept(stream).await {
                    Ok(stream) => Wire::Tls(Box::new(BufReader::new(stream))),
                    Err(_) => return,
                }
            } else {
                Wire::Plain(BufReader::new(stream))
            };
            let was_encrypted = script.tls_from_start;
            let mut talk = Talk { wire: Some(wire), script, seen, acceptor, was_encrypted, to: String::new() };
            let _ = talk.run().await;
        });
    }
}

enum Wire {
    Plain(BufReader<TcpStream>),
    Tls(Box<BufReader<tokio_rustls::server::TlsStream<TcpStream>>>),
}

impl Wire {
    fn io(&mut self) -> &mut (dyn Io + '_) {
        match self {
            Self::Plain(stream) => stream,
            Self::Tls(stream) => stream.as_mut(),
        }
    }
}

trait Io: AsyncRead + AsyncWrite + tokio::io::AsyncBufRead + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + tokio::io::AsyncBufRead + Unpin + Send> Io for T {}

/// The connection is over.
struct Over;

struct Talk {
    wire: Option<Wire>,
    script: Arc<Script>,
    seen: Arc<Mutex<Seen>>,
    acceptor: TlsAcceptor,
    was_encrypted: bool,
    to: String,
}

impl Talk {
    async fn run(&mut self) -> Result<(), Over> {
        self.answer(At::Greeting, "220 test.example ESMTP").await?;
        let mut from = String::new();
        loop {
            let line = self.line().await?;
            self.seen.lock().expect("the log").commands.push(line.clone());
            let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match word.as_str() {
                "EHLO" => {
                    let hello = self.hello();
                    self.answer(At::Ehlo, &hello).await?;
                }
                "STARTTLS" => self.starttls().await?,
                "AUTH" => self.auth(&line).await?,
                "MAIL" => {
                    from = between(&line);
                    self.to.clear();
                    self.answer(At::Mail, "250 2.1.0 Ok").await?;
                }
                "RCPT" => {
                    self.to = between(&line);
                    self.answer(At::Rcpt, "250 2.1.5 Ok").await?;
                }
                "DATA" => {
                    if self.answer(At::Data, "354 go on").await? {
                        self.take(&from).await?;
                    }
                }
                "RSET" | "NOOP" => self.say("250 2.0.0 Ok").await?,
                "QUIT" => {
                    self.say("221 2.0.0 Bye").await?;
                    return Err(Over);
                }
                _ => self.say("502 5.5.1 what?").await?,
            }
        }
    }

    fn hello(&self) -> String {
        let mut lines = vec!["test.example".to_owned(), "8BITMIME".to_owned()];
        if self.script.takes_any_letters {
            lines.push("SMTPUTF8".to_owned());
        }
        if self.script.offers_starttls && !self.was_encrypted {
            lines.push("STARTTLS".to_owned());
        }
        if let Some((mechanism, ..)) = self.script.auth {
            lines.push(format!("AUTH {mechanism}"));
        }
        let last = lines.len() - 1;
        let numbered = |(n, line): (usize, &String)| format!("250{}{line}", if n == last { ' ' } else { '-' });
        lines.iter().enumerate().map(numbered).collect::<Vec<_>>().join("\r\n")
    }

    async fn starttls(&mut self) -> Result<(), Over> {
        self.answer(At::Starttls, "220 2.0.0 go").await?;
        let Some(Wire::Plain(stream)) = self.wire.take() else { return Err(Over) };
        let stream = self.acceptor.accept(stream.into_inner()).await.map_err(|_| Over)?;
        self.wire = Some(Wire::Tls(Box::new(BufReader::new(stream))));
        self.was_encrypted = true;
        Ok(())
    }

    async fn auth(&mut self, line: &str) -> Result<(), Over> {
        let Some((mechanism, user, password)) = self.script.auth else { return self.say("503 5.5.1 no").await };
        let decode = |text: &str| String::from_utf8(STANDARD.decode(text).unwrap_or_default()).unwrap_or_default();
        let mut words = line.split(' ').skip(1);
        let asked = words.next().unwrap_or_default().to_owned();
        let given = match asked.as_str() {
            "PLAIN" => decode(words.next().unwrap_or_default()),
            _ => {
                self.say("334 VXNlcm5hbWU6").await?;
                let user = decode(&self.line().await?);
                self.say("334 UGFzc3dvcmQ6").await?;
                let password = decode(&self.line().await?);
                format!("\0{user}\0{password}")
            }
        };
        let is_right = asked == mechanism && given == format!("\0{user}\0{password}");
        let usual = if is_right { "235 2.7.0 welcome" } else { "535 5.7.8 wrong" };
        self.answer(At::Auth, usual).await.map(|_| ())
    }

    async fn take(&mut self, from: &str) -> Result<(), Over> {
        let mut bytes = Vec::new();
        loop {
            let mut line = Vec::new();
            let wire = self.wire.as_mut().ok_or(Over)?.io();
            if wire.read_until(b'\n', &mut line).await.map_err(|_| Over)? == 0 {
                return Err(Over);
            }
            if line == b".\r\n" {
                break;
            }
            bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        let at = {
            let taken = Taken {
                from: from.to_owned(),
                to: self.to.clone(),
                bytes,
                accepted: false,
                was_encrypted: self.was_encrypted,
            };
            let mut seen = self.seen.lock().expect("the log");
            seen.taken.push(taken);
            seen.taken.len() - 1
        };
        if self.answer(At::Dot, "250 2.0.0 taken as 1A2B3C").await? {
            self.seen.lock().expect("the log").taken[at].accepted = true;
        }
        Ok(())
    }

    /// The usual answer, or what the script says; whether it was the usual one.
    async fn answer(&mut self, at: At, usual: &str) -> Result<bool, Over> {
        match self.script.act(at, &self.to.clone()) {
            None => self.say(usual).await.map(|()| true),
            Some(Act::Say(text)) => self.say(text).await.map(|()| text.starts_with(&usual[..3])),
            Some(Act::SayBytes(bytes)) => {
                self.write(bytes).await?;
                self.write(b"\r\n").await.map(|()| bytes.starts_with(&usual.as_bytes()[..3]))
            }
            Some(Act::SayLate(after, text)) => {
                tokio::time::sleep(after).await;
                self.say(text).await.map(|()| text.starts_with(&usual[..3]))
            }
            Some(Act::SayWhen(told, text)) => {
                told.notified().await;
                self.say(text).await.map(|()| text.starts_with(&usual[..3]))
            }
            Some(Act::Slowly(pause)) => {
                for byte in format!("{usual}\r\n").bytes() {
                    tokio::time::sleep(pause).await;
                    self.write(&[byte]).await?;
                }
                Ok(true)
            }
            Some(Act::Silent) => {
                tokio::time::sleep(Duration::from_secs(3_600)).await;
                Err(Over)
            }
            Some(Act::Close) => {
                let _ = self.wire.as_mut().ok_or(Over)?.io().shutdown().await;
                Err(Over)
            }
            Some(Act::HalfClose) => {
                let _ = self.wire.as_mut().ok_or(Over)?.io().shutdown().await;
                loop {
                    self.line().await?;
                }
            }
            Some(Act::Reset) => {
                if let Some(Wire::Plain(stream)) = self.wire.take() {
                    let _ = stream.get_ref().set_zero_linger();
                }
                Err(Over)
            }
        }
    }

    async fn say(&mut self, text: &str) -> Result<(), Over> {
        let ending = if text.ends_with("\r\n") { "" } else { "\r\n" };
        self.write(format!("{text}{ending}").as_bytes()).await
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Over> {
        let wire = self.wire.as_mut().ok_or(Over)?.io();
        wire.write_all(bytes).await.map_err(|_| Over)?;
        wire.flush().await.map_err(|_| Over)
    }

    async fn line(&mut self) -> Result<String, Over> {
        let mut line = String::new();
        let wire = self.wire.as_mut().ok_or(Over)?.io();
        if wire.read_line(&mut line).await.map_err(|_| Over)? == 0 {
            return Err(Over);
        }
        Ok(line.trim_end().to_owned())
    }
}

/// What stands between angle brackets.
fn between(line: &str) -> String {
    line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or("", |(inner, _)| inner).to_owned()
}
