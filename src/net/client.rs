//! One request over one connection of its own: [`Client::connect`] resolves, checks, connects and encrypts;
//! [`Connection::send`] sends and reads the answer.
//!
//! Our own steps over hyper's parts, because the fence lies between them, and because the address that was checked must be
//! the one that is connected to. No pool, no proxy, no redirects, no cookies.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT};
use hyper::{Method, Response};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio::task::JoinHandle;
use tokio::time::{Instant as Tick, timeout, timeout_at};
use tokio_rustls::TlsConnector;

use super::{NetSettings, Reply, Target, guard, tls};

/// Bytes of an answer that are read.
const MOST_BODY: usize = 64 * 1024;
/// Bytes of an answer's head that are read.
const MOST_HEAD: usize = 64 * 1024;

/// What reaches other machines. Cheap to clone.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    settings: NetSettings,
    tls: OnceCell<TlsConnector>,
}

/// What is sent.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: Method,
    pub content_type: Option<String>,
    /// Further headers; may hold secrets.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// Posts JSON, as most services of the web take it.
    pub fn json(body: Vec<u8>) -> Self {
        let content_type = Some("application/json; charset=utf-8".to_owned());
        Self { method: Method::POST, content_type, headers: Vec::new(), body }
    }

    /// Asks for what is there.
    pub fn get() -> Self {
        Self { method: Method::GET, content_type: None, headers: Vec::new(), body: Vec::new() }
    }
}

/// Why there is no connection. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotConnected {
    /// The address isn't one that may be reached; trying again won't help until the settings say otherwise.
    Forbidden(String),
    /// It can't be reached now: its name, its port, its certificate.
    Unreachable(String),
}

/// How it broke off once the request was on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The connection had ended before the first byte: nothing was sent.
    Unsent(String),
    /// No answer within the limit.
    Silent,
    /// The connection ended.
    Lost(String),
    /// An answer that isn't HTTP.
    Odd(String),
}

/// An open connection, on which nothing was sent yet.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    driver: JoinHandle<()>,
    authority: String,
    path: String,
    limit: Duration,
}

impl Client {
    /// A client with these settings; the authorities are read when the first connection is encrypted.
    pub fn new(settings: NetSettings) -> Self {
        Self(Arc::new(Inner { settings, tls: OnceCell::new() }))
    }

    /// How long an answer may take.
    pub fn reply_limit(&self) -> Duration {
        self.0.settings.reply
    }

    /// Connects, within the limit for name, connection and encryption together.
    pub async fn connect(&self, target: &Target) -> Result<Connection, NotConnected> {
        let limit = self.0.settings.connect;
        match timeout(limit, self.open(target)).await {
            Ok(opened) => opened,
            Err(_) => Err(NotConnected::Unreachable(format!("no connection to {target} within {limit:?}"))),
        }
    }

    async fn open(&self, target: &Target) -> Result<Connection, NotConnected> {
        let stream = self.stream(target).await?;
        let unreachable = |error: String| NotConnected::Unreachable(format!("{target}: {error}"));
        if !target.is_encrypted {
            return start(stream, target, self.reply_limit()).await.map_err(unreachable);
        }
        let connector = self.0.tls.get_or_try_init(|| self.authorities()).await.map_err(unreachable)?;
        let name = match target.address {
            Some(address) => ServerName::IpAddress(address.into()),
            None => ServerName::try_from(target.host.clone()).map_err(|error| unreachable(error.to_string()))?,
        };
        let stream = connector.connect(name, stream).await.map_err(|error| unreachable(error.to_string()))?;
        start(stream, target, self.reply_limit()).await.map_err(unreachable)
    }

    async fn authorities(&self) -> Result<TlsConnector, String> {
        let own = match &self.0.settings.ca_file {
            None => Vec::new(),
            Some(file) => {
                tokio::fs::read(file).await.map_err(|error| format!("net.ca_file {}: {error}", file.display()))?
            }
        };
        tls::connector(&own)
    }

    /// A connection to the first address that may be reached and can be.
    async fn stream(&self, target: &Target) -> Result<TcpStream, NotConnected> {
        let mut forbidden = None;
        let mut failed = None;
        let named = self.0.settings.names.iter().find(|(name, _)| *name == target.host).map(|(_, to)| *to);
        let (found, port) = match named {
            Some(to) => (vec![to.ip()], to.port()),
            None => (addresses(target).await?, target.port),
        };
        for address in found {
            if let Err(why) = self.judge(target, address) {
                forbidden = Some(why);
                continue;
            }
            match TcpStream::connect(SocketAddr::new(address, port)).await {
                // What we are connected to is what was judged: by this address, and no other way.
                Ok(stream) if stream.peer_addr().is_ok_and(|peer| peer.ip() == address) => {
                    let _ = stream.set_nodelay(true);
                    return Ok(stream);
                }
                Ok(_) => failed = Some("connected to somewhere else".to_owned()),
                Err(error) => failed = Some(error.to_string()),
            }
        }
        Err(match (failed, forbidden) {
            (Some(error), _) => NotConnected::Unreachable(format!("{target}: {error}")),
            (None, Some(why)) => NotConnected::Forbidden(why),
            (None, None) => NotConnected::Unreachable(format!("{target}: the name has no address")),
        })
    }

    /// Whether this address may be connected to for this target; the error says why not.
    fn judge(&self, target: &Target, address: IpAddr) -> Result<(), String> {
        if self.0.settings.allow.cover(&target.host, target.port, address) {
            return Ok(());
        }
        if let Some(what) = guard::not_public(address) {
            return Err(format!(
                "{target} leads to {address} ({what}), and nothing is sent there; `net.allow` can except it"
            ));
        }
        match target.is_encrypted {
            true => Ok(()),
            false => Err(format!(
                "{target} isn't encrypted, and nothing is sent there; write https:, or name the host in `net.allow`"
            )),
        }
    }
}

/// Every address of the host.
async fn addresses(target: &Target) -> Result<Vec<IpAddr>, NotConnected> {
    if let Some(address) = target.address {
        return Ok(vec![address]);
    }
    match tokio::net::lookup_host((target.host.as_str(), target.port)).await {
        Ok(found) => Ok(found.map(|socket| socket.ip()).collect()),
        Err(error) => Err(NotConnected::Unreachable(format!("{target}: the name isn't known: {error}"))),
    }
}

async fn start<S>(stream: S, target: &Target, limit: Duration) -> Result<Connection, String>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let opened = http1::Builder::new().max_buf_size(MOST_HEAD).handshake(TokioIo::new(stream)).await;
    let (sender, connection) = opened.map_err(|error| error.to_string())?;
    let driver = tokio::spawn(async move {
        // What ends it is told to whoever waits for the answer.
        let _ = connection.await;
    });
    Ok(Connection { sender, driver, authority: target.authority(), path: target.path().to_owned(), limit })
}

impl Connection {
    /// Sends the request and reads the answer, within the limit for both.
    pub async fn send(mut self, request: Request) -> Result<Reply, Broken> {
        let until = Tick::now() + self.limit;
        let request = self.message(request).map_err(Broken::Unsent)?;
        let sending = async {
            self.sender.ready().await.map_err(|error| Broken::Unsent(words(&error)))?;
            match self.sender.try_send_request(request).await {
                Ok(response) => Ok(response),
                // The request comes back where no byte of it was written.
                Err(mut error) => match error.take_message() {
                    Some(_) => Err(Broken::Unsent(words(error.error()))),
                    None => Err(broken(error.error())),
                },
            }
        };
        match timeout_at(until, sending).await {
            Ok(Ok(response)) => Ok(read(response, until).await),
            Ok(Err(broken)) => Err(broken),
            Err(_) => Err(Broken::Silent),
        }
    }

    fn message(&self, request: Request) -> Result<hyper::Request<Full<Bytes>>, String> {
        let mut builder = hyper::Request::builder()
            .method(request.method)
            .uri(self.path.as_str())
            .header(HOST, self.authority.as_str())
            .header(USER_AGENT, concat!("callbrief/", env!("CARGO_PKG_VERSION")))
            .header(CONNECTION, "close");
        if let Some(kind) = &request.content_type {
            builder = builder.header(CONTENT_TYPE, kind.as_str());
        }
        for (name, value) in &request.headers {
            builder = builder.header(name.as_str(), value.as_str());
        }
        // The error names no value: a header may hold a secret.
        builder
            .body(Full::new(Bytes::from(request.body)))
            .map_err(|_| "the request can't be made of its settings".into())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

/// The answer with as much of its body as there is in time.
async fn read(response: Response<Incoming>, until: Tick) -> Reply {
    let status = response.status().as_u16();
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut body = response.into_body();
    let mut bytes: Vec<u8> = Vec::new();
    let is_whole = loop {
        if bytes.len() >= MOST_BODY {
            break true;
        }
        match timeout_at(until, body.frame()).await {
            Ok(Some(Ok(frame))) => {
                if let Some(data) = frame.data_ref() {
                    let room = MOST_BODY - bytes.len();
                    bytes.extend_from_slice(&data[..data.len().min(room)]);
                }
            }
            Ok(None) => break true,
            Ok(Some(Err(_))) | Err(_) => break false,
        }
    };
    Reply { status, retry_after, body: String::from_utf8_lossy(&bytes).into_owned(), is_whole }
}

fn broken(error: &hyper::Error) -> Broken {
    if error.is_parse() { Broken::Odd(words(error)) } else { Broken::Lost(words(error)) }
}

/// What an error says, with its cause.
fn words(error: &hyper::Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("settings", &self.0.settings).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").field("authority", &self.authority).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Exceptions;

    fn client(allow: &[&str]) -> Client {
        let mut exceptions = Exceptions::default();
        allow.iter().for_each(|line| exceptions.add(line).expect("valid"));
        Client::new(NetSettings { allow: exceptions, ..NetSettings::default() })
    }

    async fn forbidden(client: &Client, url: &str) -> bool {
        let target = Target::parse(url).expect("valid");
        match client.connect(&target).await {
            Ok(_) | Err(NotConnected::Unreachable(_)) => false,
            Err(NotConnected::Forbidden(why)) => {
                assert!(!why.contains("geheim"), "{why}");
                true
            }
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_home_is_refused_as_the_address_is() {
        let (client, listener) = (client(&[]), tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port"));
        let port = listener.local_addr().expect("an address").port();
        for url in [
            format!("https://localhost:{port}/geheim"),
            format!("http://127.0.0.1:{port}/geheim"),
            format!("https://2130706433:{port}/geheim"),
            format!("https://[::ffff:127.0.0.1]:{port}/geheim"),
            "https://169.254.169.254/latest/meta-data/".to_owned(),
        ] {
            assert!(forbidden(&client, &url).await, "{url}");
        }
        let nobody = timeout(Duration::from_millis(50), listener.accept()).await;
        assert!(nobody.is_err(), "nobody may have connected");
    }

    #[tokio::test]
    async fn an_exception_opens_what_it_names_and_no_more() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let url = format!("http://localhost:{port}/");
        assert!(!forbidden(&client(&[&format!("localhost:{port}")]), &url).await);
        assert!(!forbidden(&client(&["127.0.0.0/8", "::1"]), &url).await);
        assert!(forbidden(&client(&[&format!("localhost:{}", port ^ 1)]), &url).await);
        assert!(forbidden(&client(&["10.0.0.0/8"]), &url).await);
        // Public, but in the open.
        assert!(forbidden(&client(&[]), "http://192.0.1.1/").await);
    }
}
