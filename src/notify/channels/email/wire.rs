//! The stream under an SMTP conversation: our own TCP connection without Nagle's delay, in TLS from the start or not yet.
//!
//! While a connection that shall be upgraded is still plain, every reply is counted: whatever comes beyond the one reply
//! to the last command was put there to be read after the handshake (CVE-2011-0411 and its kin), and the next write
//! fails before a byte of it can be believed.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// The stream that lettre is given.
#[derive(Debug)]
pub(super) struct Wire {
    inner: Inner,
    guard: Option<Guard>,
}

#[derive(Debug)]
enum Inner {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Wire {
    /// Stays plain.
    pub(super) fn plain(stream: TcpStream) -> Self {
        Self { inner: Inner::Plain(stream), guard: None }
    }

    /// Is upgraded by STARTTLS.
    pub(super) fn to_upgrade(stream: TcpStream) -> Self {
        Self { inner: Inner::Plain(stream), guard: Some(Guard::default()) }
    }

    /// Encrypted already.
    pub(super) fn encrypted(stream: TlsStream<TcpStream>) -> Self {
        Self { inner: Inner::Tls(Box::new(stream)), guard: None }
    }
}

/// Counts replies on a plain connection.
#[derive(Debug, Default)]
struct Guard {
    /// Whole replies since the last write.
    replies: usize,
    /// The line, or the reply, that isn't whole yet.
    partial: Vec<u8>,
    /// A command is being written; nothing has come since.
    is_writing: bool,
    asked_for_tls: bool,
}

/// What the guard says about a write.
#[derive(Debug, PartialEq, Eq)]
enum Write {
    Fine,
    /// The first byte of the handshake: the guard's work is done.
    Handshake,
    Injected,
}

impl Guard {
    fn read(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.is_writing = false;
        self.partial.extend_from_slice(bytes);
        while let Some(end) = self.partial.iter().position(|byte| *byte == b'\n') {
            let is_last_line = self.partial.get(3) != Some(&b'-');
            self.replies += usize::from(is_last_line);
            self.partial.drain(..=end);
        }
    }

    fn before_write(&self, bytes: &[u8]) -> Write {
        debug_assert!(!bytes.is_empty());
        if self.is_writing {
            return Write::Fine;
        }
        if self.replies != 1 || !self.partial.is_empty() {
            return Write::Injected;
        }
        if self.asked_for_tls { Write::Handshake } else { Write::Fine }
    }

    fn written(&mut self, bytes: &[u8]) {
        if !self.is_writing {
            self.asked_for_tls = bytes.starts_with(b"STARTTLS");
        }
        self.is_writing = true;
        self.replies = 0;
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = match &mut self.inner {
            Inner::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Inner::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
        };
        if let (Poll::Ready(Ok(())), Some(guard)) = (&polled, &mut self.guard) {
            guard.read(&buf.filled()[before..]);
        }
        polled
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match self.guard.as_ref().map_or(Write::Fine, |guard| guard.before_write(buf)) {
            Write::Fine => {}
            Write::Handshake => self.guard = None,
            Write::Injected => {
                return Poll::Ready(Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the relay sent more than one reply before the connection was encrypted",
                )));
            }
        }
        let polled = match &mut self.inner {
            Inner::Plain(stream) => Pin::new(stream).poll_write(cx, buf),
            Inner::Tls(stream) => Pin::new(stream).poll_write(cx, buf),
        };
        if let (Poll::Ready(Ok(written)), Some(guard)) = (&polled, &mut self.guard) {
            guard.written(&buf[..*written]);
        }
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.inner {
            Inner::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Inner::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.inner {
            Inner::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Inner::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match &self.inner {
            Inner::Plain(stream) => stream.peer_addr(),
            Inner::Tls(stream) => stream.get_ref().0.peer_addr(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(reads: &[&str]) -> Write {
        let mut guard = Guard::default();
        guard.read(b"220 hello\r\n");
        for command in ["EHLO x\r\n", "STARTTLS\r\n"] {
            assert_eq!(guard.before_write(command.as_bytes()), Write::Fine);
            guard.written(command.as_bytes());
            if command.starts_with("EHLO") {
                guard.read(b"250-x\r\n250 STARTTLS\r\n");
            }
        }
        for read in reads {
            guard.read(read.as_bytes());
        }
        guard.before_write(&[22])
    }

    #[test]
    fn one_reply_lets_the_handshake_begin() {
        assert_eq!(after(&["220 go\r\n"]), Write::Handshake);
        assert_eq!(after(&["220 ", "go\r", "\n"]), Write::Handshake);
        assert_eq!(after(&["220-go\r\n", "220 on\r\n"]), Write::Handshake);
    }

    #[test]
    fn more_than_one_reply_stops_it() {
        assert_eq!(after(&["220 go\r\n250 injected\r\n"]), Write::Injected);
        assert_eq!(after(&["220 go\r\n", "250 injected\r\n"]), Write::Injected);
        assert_eq!(after(&["220 go\r\n250 half"]), Write::Injected);
    }
}
