//! What stands between the program and a Postgres: it passes bytes on, and cuts, stalls or refuses when it is told to.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What it does with connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Open,
    /// What is sent waits, in both directions.
    Stalled,
    /// Whoever comes is sent away.
    Refused,
    /// Whoever comes hears that the server has no connection left, as a Postgres says it.
    Full,
}

/// A running proxy.
pub struct Proxy {
    pub address: SocketAddr,
    line: watch::Sender<Line>,
    /// Counts up when every connection there is ends.
    cut: watch::Sender<u64>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// Before this server.
    pub async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (line, line_seen) = watch::channel(Line::Open);
        let (cut, cut_seen) = watch::channel(0);
        let task = tokio::spawn(listen(listener, server, line_seen, cut_seen));
        Self { address, line, cut, task }
    }

    pub fn set(&self, line: Line) {
        let _ = self.line.send(line);
    }

    /// Ends every connection that there is, as a server does that restarts.
    pub fn cut(&self) {
        self.cut.send_modify(|cuts| *cuts += 1);
    }
}

async fn listen(listener: TcpListener, server: SocketAddr, line: watch::Receiver<Line>, cut: watch::Receiver<u64>) {
    while let Ok((client, _)) = listener.accept().await {
        if *line.borrow() == Line::Refused {
            let _ = client.set_zero_linger();
            continue;
        }
        if *line.borrow() == Line::Full {
            tokio::spawn(say_full(client));
            continue;
        }
        let (line, mut cut) = (line.clone(), cut.clone());
        cut.mark_unchanged();
        tokio::spawn(async move {
            let Ok(server) = TcpStream::connect(server).await else { return };
            let _ = (client.set_nodelay(true), server.set_nodelay(true));
            let (mut from_client, mut to_client) = client.into_split();
            let (mut from_server, mut to_server) = server.into_split();
            tokio::select! {
                () = carry(&mut from_client, &mut to_server, line.clone()) => {}
                () = carry(&mut from_server, &mut to_client, line) => {}
                _ = cut.changed() => {}
            }
        });
    }
}

/// What a Postgres says to whoever asks for encryption that it doesn't have.
const NO_ENCRYPTION: &[u8] = b"N";
/// The length of that question.
const QUESTION: usize = 8;

async fn say_full(mut client: TcpStream) {
    let mut asked = [0_u8; 1_024];
    while let Ok(read @ 1..) = client.read(&mut asked).await {
        if read == QUESTION {
            let _ = client.write_all(NO_ENCRYPTION).await;
            continue;
        }
        let said = b"SFATAL\0VFATAL\0C53300\0Msorry, too many clients already\0\0";
        let length = u32::try_from(said.len() + 4).expect("short").to_be_bytes();
        let _ = client.write_all(&[b"E".as_slice(), &length, said].concat()).await;
        return;
    }
}

/// Passes bytes on until one side ends.
async fn carry<R, W>(from: &mut R, to: &mut W, mut line: watch::Receiver<Line>)
where
    R: tokio::io::AsyncRead + Unpin,
    W: tokio::io::AsyncWrite + Unpin,
{
    let mut buffer = [0_u8; 16_384];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        if line.wait_for(|line| *line != Line::Stalled).await.is_err() || to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
}
