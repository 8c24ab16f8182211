//! Asks the system's name servers for texts (TXT records): what a domain publishes about its mail. Everything else about
//! names is the operating system's.
//!
//! A message is small and simple enough to be read here: one question, and of the answer the texts. Nothing that a server
//! says is believed to have any length but that of the message itself.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

/// Name servers, asked in turn.
#[derive(Clone, Debug)]
pub struct Resolver {
    servers: Vec<SocketAddr>,
}

/// What a name server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The texts, each put together from its pieces.
    Texts(Vec<String>),
    /// The name is there, without texts.
    NoTexts,
    /// There is no such name, nor any below it.
    NoSuchName,
}

/// Why nobody answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DnsError {
    #[error("`{0}` can't be a name")]
    BadName(String),
    #[error("no name server answers: {0}")]
    Silent(String),
}

const SYSTEM: &str = "/etc/resolv.conf";
const PORT: u16 = 53;
/// Each server is asked so often, and waited for so long.
const TRIES: u32 = 2;
const PATIENCE: Duration = Duration::from_secs(2);
/// What we take by UDP: passes every network in one piece.
const MOST_BYTES: u16 = 1232;
const TXT: u16 = 16;
const OPT: u16 = 41;
const INTERNET: u16 = 1;
const NO_SUCH_NAME: u8 = 3;

/// Why a reply isn't one that can be used.
#[derive(Debug, PartialEq, Eq)]
enum Useless {
    /// Not an answer to this question.
    Foreign,
    /// It didn't fit, and is to be asked for by TCP.
    Cut,
    Refused(u8),
}

impl Resolver {
    /// The name servers of the system; the one on this machine when none is named.
    pub fn of_system() -> Self {
        let text = std::fs::read_to_string(SYSTEM).unwrap_or_default();
        let mut servers = named(&text);
        if servers.is_empty() {
            servers.push((Ipv4Addr::LOCALHOST, PORT).into());
        }
        Self { servers }
    }

    /// These name servers.
    pub fn at(servers: Vec<SocketAddr>) -> Self {
        Self { servers }
    }

    /// The texts of a name.
    ///
    /// # Errors
    /// When the name can't be one, or nobody answers.
    pub async fn texts(&self, name: &str) -> Result<Answer, DnsError> {
        let mut id = [0; 2];
        // An id that somebody guesses is no answer from the server that was asked: the socket is tied to that one.
        let _ = getrandom::fill(&mut id);
        let question = question(u16::from_be_bytes(id), name).ok_or_else(|| DnsError::BadName(name.to_owned()))?;
        let mut why = "none is known".to_owned();
        for server in (0..TRIES).flat_map(|_| &self.servers) {
            match timeout(PATIENCE, ask(*server, &question)).await {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(error)) => why = format!("{server}: {error}"),
                Err(_) => why = format!("{server} said nothing in {} s", PATIENCE.as_secs()),
            }
        }
        Err(DnsError::Silent(why))
    }
}

/// The servers that a `resolv.conf` names.
fn named(text: &str) -> Vec<SocketAddr> {
    let address = |line: &str| {
        let mut words = line.split_whitespace();
        let is_server = words.next() == Some("nameserver");
        is_server.then(|| words.next()?.split('%').next()?.parse().ok()).flatten()
    };
    text.lines().filter_map(address).map(|ip| SocketAddr::new(ip, PORT)).collect()
}

async fn ask(server: SocketAddr, question: &[u8]) -> Result<Answer, String> {
    let own: SocketAddr =
        if server.is_ipv4() { (Ipv4Addr::UNSPECIFIED, 0).into() } else { (Ipv6Addr::UNSPECIFIED, 0).into() };
    let said = |error: std::io::Error| error.to_string();
    let socket = UdpSocket::bind(own).await.map_err(said)?;
    socket.connect(server).await.map_err(said)?;
    socket.send(question).await.map_err(said)?;
    let mut reply = vec![0; usize::from(MOST_BYTES)];
    loop {
        let length = socket.recv(&mut reply).await.map_err(said)?;
        match read(question, &reply[..length]) {
            Ok(answer) => return Ok(answer),
            Err(Useless::Foreign) => {}
            Err(Useless::Cut) => break,
            Err(Useless::Refused(code)) => return Err(refusal(code)),
        }
    }
    let mut stream = TcpStream::connect(server).await.map_err(said)?;
    let length = u16::try_from(question.len()).map_err(|error| error.to_string())?;
    stream.write_all(&[&length.to_be_bytes()[..], question].concat()).await.map_err(said)?;
    let length = stream.read_u16().await.map_err(said)?;
    let mut reply = vec![0; usize::from(length)];
    stream.read_exact(&mut reply).await.map_err(said)?;
    read(question, &reply).map_err(|useless| match useless {
        Useless::Refused(code) => refusal(code),
        Useless::Foreign | Useless::Cut => "its answer makes no sense".to_owned(),
    })
}

fn refusal(code: u8) -> String {
    match code {
        2 => "it failed to find out (SERVFAIL)".to_owned(),
        5 => "it doesn't answer us (REFUSED)".to_owned(),
        code => format!("it answered with error {code}"),
    }
}

/// A question for texts, as it is sent; `None`: the name can't be one.
fn question(id: u16, name: &str) -> Option<Vec<u8>> {
    let mut bytes = id.to_be_bytes().to_vec();
    // Recursion desired; one question, and a line that says how much we take.
    bytes.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
    for label in name.trim_end_matches('.').split('.') {
        let length = u8::try_from(label.len()).ok().filter(|length| (1..=63).contains(length))?;
        bytes.push(length);
        bytes.extend(label.bytes());
    }
    bytes.push(0);
    bytes.extend(TXT.to_be_bytes());
    bytes.extend(INTERNET.to_be_bytes());
    bytes.push(0);
    bytes.extend(OPT.to_be_bytes());
    bytes.extend(MOST_BYTES.to_be_bytes());
    bytes.extend([0; 6]);
    (name.len() <= 253).then_some(bytes)
}

const HEAD: usize = 12;
/// The line behind the question that says how much we take.
const OPT_BYTES: usize = 11;

/// Any bytes as an answer to a question of ours; `fuzz/` asks it.
#[cfg(any(test, fuzzing))]
pub(crate) fn fuzzed(bytes: &[u8]) {
    let Some(question) = question(7, "bounces.acme.example") else { return };
    let whole = [&question[..2], bytes, &question[HEAD..]].concat();
    for reply in [bytes, whole.as_slice()] {
        if let Ok(Answer::Texts(texts)) = read(&question, reply) {
            assert!(!texts.is_empty(), "texts are told that aren't there");
        }
    }
}

/// What a message says to a question.
fn read(question: &[u8], reply: &[u8]) -> Result<Answer, Useless> {
    let asked = &question[HEAD..question.len() - OPT_BYTES];
    let has_same =
        |from: usize, to: usize| reply.get(from..to).is_some_and(|part| part.eq_ignore_ascii_case(&question[from..to]));
    let is_answer = reply.get(2).is_some_and(|flags| flags & 0x80 != 0);
    if !has_same(0, 2) || !is_answer || reply.get(4..6) != Some(&[0, 1]) || !has_same(HEAD, HEAD + asked.len()) {
        return Err(Useless::Foreign);
    }
    if reply[2] & 0x02 != 0 {
        return Err(Useless::Cut);
    }
    match reply[3] & 0x0f {
        0 => {}
        NO_SUCH_NAME => return Ok(Answer::NoSuchName),
        code => return Err(Useless::Refused(code)),
    }
    let mut at = HEAD + asked.len();
    let mut texts = Vec::new();
    for _ in 0..u16_at(reply, 6).unwrap_or(0) {
        let Some((kind, data, next)) = record(reply, at) else { return Err(Useless::Cut) };
        if kind == TXT {
            texts.push(text(data));
        }
        at = next;
    }
    Ok(if texts.is_empty() { Answer::NoTexts } else { Answer::Texts(texts) })
}

/// The kind and data of the record that begins here, and where the next one does.
fn record(reply: &[u8], at: usize) -> Option<(u16, &[u8], usize)> {
    let at = after_name(reply, at)?;
    let (kind, length) = (u16_at(reply, at)?, usize::from(u16_at(reply, at + 8)?));
    let data = reply.get(at + 10..at + 10 + length)?;
    Some((kind, data, at + 10 + length))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// Where a name ends: with an empty label, or with a pointer to where the rest stands.
fn after_name(reply: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *reply.get(at)? {
            0 => return Some(at + 1),
            length if length & 0xc0 == 0xc0 => return Some(at + 2),
            length => at += 1 + usize::from(length),
        }
    }
}

/// A text's pieces, each with its length before it.
fn text(mut data: &[u8]) -> String {
    let mut text = Vec::new();
    while let Some((length, rest)) = data.split_first() {
        let length = usize::from(*length).min(rest.len());
        text.extend(&rest[..length]);
        data = &rest[length..];
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(question: &[u8], flags: [u8; 2], records: &[&[u8]]) -> Vec<u8> {
        let mut bytes = question[..2].to_vec();
        bytes.extend(flags);
        bytes.extend([0, 1, 0, u8::try_from(records.len()).expect("few"), 0, 0, 0, 0]);
        bytes.extend(&question[HEAD..question.len() - OPT_BYTES]);
        records.iter().for_each(|record| bytes.extend(*record));
        bytes
    }

    fn txt(pieces: &[&str]) -> Vec<u8> {
        let data: Vec<u8> =
            pieces.iter().flat_map(|piece| [&[piece.len() as u8][..], piece.as_bytes()].concat()).collect();
        let length = u16::try_from(data.len()).expect("short").to_be_bytes();
        [&[0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60][..], &length, &data].concat()
    }

    #[test]
    fn texts_are_put_together_and_what_is_no_answer_is_not_believed() {
        let asked = question(7, "acme.example").expect("a name");
        let two = reply(&asked, [0x81, 0x80], &[&txt(&["v=spf1 ", "-all"]), &txt(&["other"])]);
        assert_eq!(read(&asked, &two), Ok(Answer::Texts(vec!["v=spf1 -all".to_owned(), "other".to_owned()])));
        assert_eq!(read(&asked, &reply(&asked, [0x81, 0x80], &[])), Ok(Answer::NoTexts));
        assert_eq!(read(&asked, &reply(&asked, [0x81, 0x83], &[])), Ok(Answer::NoSuchName));
        assert_eq!(read(&asked, &reply(&asked, [0x83, 0x80], &[])), Err(Useless::Cut));
        assert_eq!(read(&asked, &reply(&asked, [0x81, 0x82], &[])), Err(Useless::Refused(2)));
        let other = question(8, "acme.example").expect("a name");
        assert_eq!(read(&asked, &reply(&other, [0x81, 0x80], &[])), Err(Useless::Foreign));
        for cut in 0..two.len() {
            let _ = read(&asked, &two[..cut]);
        }
        assert!(question(1, "a..b").is_none() && question(1, &"a".repeat(64)).is_none());
    }

    #[test]
    fn servers_are_read_as_systems_name_them() {
        let found =
            named("# made by hand\nsearch acme.example\nnameserver 10.0.0.53\nnameserver fe80::1%eth0\nnameserver x\n");
        assert_eq!(found, ["10.0.0.53:53".parse().expect("valid"), "[fe80::1]:53".parse().expect("valid")]);
    }
}
