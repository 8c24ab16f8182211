//! The stream under an SMTP conversation: our own TCP connection without Nagle's delay, plain or in TLS. It hands replies to
//! lettre line by line in the one shape that lettre reads: every byte that isn't ASCII is a `?`, because relays write their own
//! languages in old charsets and a reply's words must never cost its code; a bare code (`250`, as RFC 5321 §4.2 has it) is given its
//! blank, and a line its CRLF.
//!
//! A relay that says more than one reply to a command is out of step: its next words would be taken for the answer to what we
//! say next, and a yes to one message for a yes to another. What comes beyond a reply ends the conversation.

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
    turn: Turn,
}

/// What an error says of a relay that isn't waiting for us.
pub(super) const OUT_OF_TURN: &str = "the relay said more than it was asked";

/// No line of a reply is longer; lettre's own limit is far below.
const MOST_LINE_BYTES: usize = 64 * 1024;

/// Whose turn it is to say something, and what of it has come.
#[derive(Debug, Default)]
struct Turn {
    /// The line that is being read.
    line: Vec<u8>,
    /// Whole lines that lettre hasn't taken yet.
    ready: Vec<u8>,
    /// The relay's reply is whole.
    is_ours: bool,
    /// What came beyond it.
    beyond: Vec<u8>,
}

impl Turn {
    /// Takes what came, up to the end of the reply.
    fn hear(&mut self, bytes: &[u8]) -> io::Result<()> {
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'\n' if self.end_line() => {
                    self.is_ours = true;
                    self.beyond.extend_from_slice(&bytes[at + 1..]);
                    return Ok(());
                }
                b'\n' => {}
                byte => self.line.push(if byte.is_ascii() { *byte } else { b'?' }),
            }
        }
        if self.line.len() <= MOST_LINE_BYTES {
            return Ok(());
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "a line of the relay's reply has no end"))
    }

    /// Whether that line is the last of its reply, which says no `-` after its code.
    fn end_line(&mut self) -> bool {
        let line = std::mem::take(&mut self.line);
        let line = line.strip_suffix(b"\r").unwrap_or(&line);
        self.ready.extend_from_slice(line);
        if line.len() == 3 {
            self.ready.push(b' ');
        }
        self.ready.extend_from_slice(b"\r\n");
        line.get(3) != Some(&b'-')
    }

    /// Hands lines on.
    fn give(&mut self, buf: &mut ReadBuf<'_>) {
        let count = self.ready.len().min(buf.remaining());
        buf.put_slice(&self.ready[..count]);
        self.ready.drain(..count);
    }

    fn ended(&self) -> io::Error {
        let line = self.beyond.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let said: String = String::from_utf8_lossy(line).trim().chars().take(200).collect();
        io::Error::new(io::ErrorKind::InvalidData, format!("{OUT_OF_TURN}: {said}"))
    }
}

#[derive(Debug)]
enum Inner {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Wire {
    /// Stays plain.
    pub(super) fn plain(stream: TcpStream) -> Self {
        Self { inner: Inner::Plain(stream), turn: Turn::default() }
    }

    /// Encrypted before anything was said.
    pub(super) fn encrypted(stream: TlsStream<TcpStream>) -> Self {
        Self { inner: Inner::Tls(Box::new(stream)), turn: Turn::default() }
    }

    /// Encrypted after the greeting, which stands before anything that comes.
    pub(super) fn upgraded(stream: TlsStream<TcpStream>) -> Self {
        let turn = Turn { beyond: b"220 encrypted\r\n".to_vec(), ..Turn::default() };
        Self { inner: Inner::Tls(Box::new(stream)), turn }
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let wire = &mut *self;
        while wire.turn.ready.is_empty() {
            // Who reads on takes the reply for longer than it seemed.
            wire.turn.is_ours = false;
            let mut room = [0; 2_048];
            let mut came = ReadBuf::new(&mut room);
            let beyond = std::mem::take(&mut wire.turn.beyond);
            if !beyond.is_empty() {
                wire.turn.hear(&beyond)?;
                continue;
            }
            std::task::ready!(wire.poll_inner(cx, &mut came))?;
            if came.filled().is_empty() {
                // The end; what was begun is handed on as it is.
                wire.turn.ready = std::mem::take(&mut wire.turn.line);
                break;
            }
            wire.turn.hear(came.filled())?;
        }
        wire.turn.give(buf);
        Poll::Ready(Ok(()))
    }
}

impl Wire {
    fn poll_inner(&mut self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match &mut self.inner {
            Inner::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Inner::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }

    /// Before we say something: whether the relay waits for it.
    fn take_turn(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        if !std::mem::take(&mut self.turn.is_ours) {
            return Ok(());
        }
        if self.turn.beyond.is_empty() {
            let mut room = [0; 256];
            let mut buf = ReadBuf::new(&mut room);
            // Nothing there yet is as it should be; an end is told by what is said next.
            if let Poll::Ready(Ok(())) = self.poll_inner(cx, &mut buf) {
                self.turn.beyond.extend_from_slice(buf.filled());
            }
        }
        if self.turn.beyond.is_empty() { Ok(()) } else { Err(self.turn.ended()) }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.take_turn(cx)?;
        match &mut self.inner {
            Inner::Plain(stream) => Pin::new(stream).poll_write(cx, buf),
            Inner::Tls(stream) => Pin::new(stream).poll_write(cx, buf),
        }
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

    /// What is handed on of these, and what came beyond it.
    fn heard(pieces: &[&[u8]]) -> (String, String) {
        let mut turn = Turn::default();
        pieces.iter().for_each(|piece| turn.hear(piece).expect("short lines"));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&turn.ready), text(&turn.beyond))
    }

    #[test]
    fn a_reply_is_put_into_the_shape_that_is_read_and_ends_where_it_ends() {
        for (pieces, reply, beyond) in [
            (&[&b"250 ok\r\n"[..]][..], "250 ok\r\n", ""),
            (&[&b"250\r\n"[..]], "250 \r\n", ""),
            (&[&b"2"[..], b"5", b"0\n"], "250 \r\n", ""),
            (&[&b"250-a\n250-\n250 b\n250 c\r\n"[..]], "250-a\r\n250-\r\n250 b\r\n", "250 c\r\n"),
            (&[&b"250 Gr\xfc\xdfe\r"[..], b"\nmore"], "250 Gr??e\r\n", "more"),
            (&[&b"\r\n250 ok\r\n"[..]], "\r\n", "250 ok\r\n"),
        ] {
            assert_eq!(heard(pieces), (reply.to_owned(), beyond.to_owned()), "{pieces:?}");
        }
        assert!(Turn::default().hear(&vec![b'x'; MOST_LINE_BYTES + 1]).is_err());
    }
}
