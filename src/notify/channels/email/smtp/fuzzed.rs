//! Any bytes as what a relay says from its greeting on: every stage ends with what was wanted, with a refusal or with the reason
//! why nobody knows; `fuzz/` asks it.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::LazyLock;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::runtime::Runtime;

use super::*;
use crate::notify::channels::email::starttls;

/// Says its bytes, then ends; what is said to it is lost. Few at a time, because relays cut their replies anywhere.
#[derive(Debug)]
struct Relay {
    says: Vec<u8>,
    at: usize,
    at_once: usize,
}

impl AsyncRead for Relay {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let end = self.says.len().min(self.at + self.at_once.min(buf.remaining()));
        buf.put_slice(&self.says[self.at..end]);
        self.at = end;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Relay {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl AsyncTokioStream for Relay {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(SocketAddr::from(([127, 0, 0, 1], 25)))
    }
}

/// The first byte says how many come at once.
pub(crate) fn replies(bytes: &[u8]) {
    static RUNTIME: LazyLock<Option<Runtime>> =
        LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().ok());
    let (Some(runtime), Some((first, says))) = (&*RUNTIME, bytes.split_first()) else { return };
    // As the wire hands it on.
    let says: Vec<u8> = says.iter().map(|byte| if byte.is_ascii() { *byte } else { b'?' }).collect();
    let relay = || Relay { says: says.clone(), at: 0, at_once: usize::from(*first) + 1 };
    runtime.block_on(async {
        let hello = ClientId::Domain("acme.example".to_owned());
        let asked = starttls::ask(&mut relay(), &hello).await;
        assert!(asked.is_err() || says.starts_with(b"220"), "encryption is begun by a relay that greets");
        converse(relay(), &hello).await;
    });
}

async fn converse(relay: Relay, hello: &ClientId) {
    let limit = Duration::from_secs(5);
    let Ok(connection) = AsyncSmtpConnection::connect_with_transport(Box::new(relay), hello).await else { return };
    let mut talk = Conversation { connection, messages: 0, idle_since: Tick::now() };
    let (Ok(from), Ok(to)) = (Address::new("b", "acme.example"), Address::new("олена", "acme.example")) else {
        return;
    };
    let mail = mail_command(&talk.connection, &from, &to).unwrap_or_else(|_| Mail::new(Some(from), vec![]));
    must_be_told(&talk.command(limit, mail, &[250]).await, &["250"]);
    must_be_told(&talk.command(limit, Rcpt::new(to, vec![]), &[250, 251]).await, &["250", "251"]);
    must_be_told(&talk.command(limit, Data, &[354]).await, &["354"]);
    must_be_told(&talk.message(limit, b"Subject: a\r\n\r\n.\r\n").await, &["250"]);
}

fn must_be_told(answer: &Result<String, Trouble>, wanted: &[&str]) {
    match answer {
        Ok(words) => assert!(wanted.iter().any(|code| words.starts_with(code)), "{words}"),
        Err(Trouble::Refused { code, .. }) => assert!((400..600).contains(code), "{code} is no refusal"),
        Err(Trouble::Broke { error, .. } | Trouble::OutOfTurn { error }) => {
            assert!(!error.is_empty(), "it broke, and nobody says how")
        }
    }
}
