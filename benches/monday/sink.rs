//! A mail server that takes everything and forgets it.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use callbrief::config::settings::{Encryption, Relay, Settings, Smtp, SmtpTimeouts, Transport};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Where it listens, and how many messages it took.
pub struct Sink {
    pub address: SocketAddr,
    taken: Arc<AtomicUsize>,
}

impl Sink {
    /// On a free port of this machine.
    pub async fn open() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let (address, taken) = (listener.local_addr()?, Arc::default());
        let counter = Arc::clone(&taken);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, Arc::clone(&counter)));
            }
        });
        Ok(Self { address, taken })
    }

    /// What the program does where nothing is said, on this database, with this server as its only relay.
    pub fn settings(&self, url: &str) -> anyhow::Result<Settings> {
        let mut settings = super::opened::settings(url)?;
        let minute = Duration::from_secs(60);
        settings.mail.relays = vec![Relay {
            id: "sink".to_owned(),
            transport: Transport::Smtp(Smtp {
                host: self.address.ip().to_string(),
                port: self.address.port(),
                encryption: Encryption::Plain,
                username: None,
                password: None,
                hello_name: None,
                ca_file: None,
                timeouts: SmtpTimeouts { connect: minute, command: minute, data: minute, body: minute },
            }),
            per_second: 1_000_000.0,
            // As many as where nothing is said.
            connections: 8,
        }];
        Ok(settings)
    }

    /// Messages so far.
    pub fn taken(&self) -> usize {
        self.taken.load(Ordering::SeqCst)
    }

    /// Counts from nothing again.
    pub fn forget(&self) {
        self.taken.store(0, Ordering::SeqCst);
    }
}

async fn converse(stream: TcpStream, taken: Arc<AtomicUsize>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::with_capacity(64 * 1024, read);
    let (mut line, mut in_message) = (Vec::new(), false);
    write.write_all(b"220 sink\r\n").await?;
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let reply: &[u8] = match line.trim_ascii_end() {
            b"." if in_message => {
                in_message = false;
                taken.fetch_add(1, Ordering::SeqCst);
                b"250 taken\r\n"
            }
            _ if in_message => continue,
            verb if verb.eq_ignore_ascii_case(b"data") => {
                in_message = true;
                b"354 go on\r\n"
            }
            verb if verb.eq_ignore_ascii_case(b"quit") => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        write.write_all(reply).await?;
    }
}
