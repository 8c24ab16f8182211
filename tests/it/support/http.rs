//! An HTTP server that does what it is told at each request: answers, is silent, waits for the test, ends the connection in
//! every way there is. It keeps what it was sent.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;

/// What the server does when a request has come.
#[derive(Clone, Debug)]
pub enum Act {
    /// These bytes, whatever they are, and the connection ends.
    Say(String),
    /// The same, as soon as the test says so.
    SayWhen(Arc<Notify>, String),
    /// Nothing, for ever.
    Silent,
    /// Ends the connection in good order.
    Close,
    /// Ends its own side and goes on reading.
    HalfClose,
    /// Ends the connection by a reset.
    Reset,
}

impl Act {
    /// A whole answer.
    pub fn answer(status: &str, headers: &str, body: &str) -> Self {
        Self::Say(response(status, headers, body))
    }
}

/// A whole answer as it goes over the wire; `headers` end with a line end each.
pub fn response(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// `POST /hook HTTP/1.1`
    pub line: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Taken {
    /// A header's value.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

#[derive(Debug)]
struct Inner {
    /// What is done next; the last is done again and again.
    acts: Mutex<VecDeque<Act>>,
    taken: Mutex<Vec<Taken>>,
    came: Notify,
}

/// A running server.
pub struct HttpServer {
    pub address: SocketAddr,
    pub ca_file: PathBuf,
    inner: Arc<Inner>,
    task: tokio::task::JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl HttpServer {
    /// Starts on a free port of this machine, in the open.
    pub async fn start(act: Act) -> Self {
        Self::with(act, None).await
    }

    /// The same, encrypted, with a certificate for this host.
    pub async fn encrypted_for(host: &str, act: Act) -> Self {
        Self::with(act, Some(host)).await
    }

    /// The same, encrypted, with a certificate for `localhost`.
    pub async fn encrypted(act: Act) -> Self {
        Self::encrypted_for("localhost", act).await
    }

    async fn with(act: Act, host: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let certified =
            rcgen::generate_simple_self_signed([host.unwrap_or("localhost").to_owned()]).expect("a certificate");
        let ca_file = folder.path().join("ca.pem");
        std::fs::write(&ca_file, certified.cert.pem()).expect("the certificate is written");
        let acceptor = host.map(|_| acceptor(&certified.cert.pem(), &certified.signing_key.serialize_pem()));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let inner =
            Arc::new(Inner { acts: Mutex::new(VecDeque::from([act])), taken: Mutex::default(), came: Notify::new() });
        let task = tokio::spawn(serve(listener, acceptor, Arc::clone(&inner)));
        Self { address, ca_file, inner, task, _folder: folder }
    }

    /// From the next request on it does these, one each, and the last for every further one.
    pub fn does(&self, acts: impl IntoIterator<Item = Act>) {
        *self.inner.acts.lock().expect("the acts") = acts.into_iter().collect();
    }

    /// What came so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.inner.taken.lock().expect("the log").clone()
    }

    /// How many that are.
    pub fn taken_count(&self) -> usize {
        self.inner.taken.lock().expect("the log").len()
    }

    /// Waits until so many requests have come.
    pub async fn has_taken(&self, many: usize) {
        loop {
            let came = self.inner.came.notified();
            if self.taken().len() >= many {
                return;
            }
            came.await;
        }
    }

    /// An address of it: `http://127.0.0.1:41234/hook`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
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

async fn serve(listener: TcpListener, acceptor: Option<TlsAcceptor>, inner: Arc<Inner>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, inner) = (acceptor.clone(), Arc::clone(&inner));
        tokio::spawn(async move {
            match acceptor {
                None => plain(stream, &inner).await,
                Some(acceptor) => {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        let mut stream = BufReader::new(stream);
                        if let Some(act) = next(&mut stream, &inner).await {
                            perform(act, &mut stream).await;
                        }
                    }
                }
            }
        });
    }
}

async fn plain(stream: TcpStream, inner: &Inner) {
    let mut stream = BufReader::new(stream);
    let Some(act) = next(&mut stream, inner).await else { return };
    if let Act::Reset = act {
        let _ = stream.get_ref().set_zero_linger();
        return;
    }
    perform(act, &mut stream).await;
}

/// Reads one request, keeps it, and tells what to do.
async fn next<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>, inner: &Inner) -> Option<Act> {
    let taken = read(stream).await?;
    inner.taken.lock().expect("the log").push(taken);
    inner.came.notify_waiters();
    let mut acts = inner.acts.lock().expect("the acts");
    if acts.len() > 1 { acts.pop_front() } else { acts.front().cloned() }
}

async fn read<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<Taken> {
    let mut line = String::new();
    if stream.read_line(&mut line).await.ok()? == 0 {
        return None;
    }
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0_u8; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some(Taken { line: line.trim_end().to_owned(), headers, body: String::from_utf8_lossy(&body).into_owned() })
}

async fn perform<S: AsyncRead + AsyncWrite + Unpin>(act: Act, stream: &mut BufReader<S>) {
    match act {
        Act::Say(bytes) => say(stream, &bytes).await,
        Act::SayWhen(gate, bytes) => {
            gate.notified().await;
            say(stream, &bytes).await;
        }
        Act::Silent => rest(stream).await,
        Act::HalfClose => {
            let _ = stream.shutdown().await;
            rest(stream).await;
        }
        Act::Close | Act::Reset => {}
    }
}

async fn say<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut BufReader<S>, bytes: &str) {
    let _ = stream.write_all(bytes.as_bytes()).await;
    let _ = stream.shutdown().await;
    rest(stream).await;
}

/// Reads until the other side ends it.
async fn rest<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) {
    let mut buffer = [0_u8; 1_024];
    while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
}
