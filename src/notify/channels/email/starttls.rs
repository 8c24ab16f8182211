//! Greeting, EHLO and STARTTLS on a connection that is still plain. We ask for encryption ourselves, so that lettre is given
//! a stream on which nothing was said yet, and what it reads can be made readable ([`super::wire`]).
//!
//! Whatever comes beyond the one reply to a command was put there to be believed after the handshake (CVE-2011-0411 and its
//! kin); it ends the connection.

use lettre::transport::smtp::extension::ClientId;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// No greeting or list of extensions is longer.
const MOST_BYTES: usize = 64 * 1024;

/// Leaves the stream where the handshake begins.
pub(super) async fn ask(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), hello: &ClientId) -> Result<(), String> {
    expect(&reply(stream).await?, "220", "the greeting")?;
    let extensions = command(stream, &format!("EHLO {hello}")).await?;
    expect(&extensions, "250", "EHLO")?;
    if !extensions
        .lines()
        .skip(1)
        .filter_map(|line| line.get(4..))
        .any(|name| name.trim().eq_ignore_ascii_case("STARTTLS"))
    {
        return Err(
            "the relay offers no STARTTLS, and nothing is sent without encryption; set `encryption` of this relay \
                    to \"tls\" (with its TLS port, such as 465), or to \"plain\" where the way there is trusted"
                .to_owned(),
        );
    }
    expect(&command(stream, "STARTTLS").await?, "220", "STARTTLS")
}

async fn command(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), line: &str) -> Result<String, String> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await.map_err(|error| error.to_string())?;
    stream.flush().await.map_err(|error| error.to_string())?;
    reply(stream).await
}

/// One whole reply, of as many lines as it has, and nothing beyond it.
async fn reply(stream: &mut (impl AsyncRead + Unpin)) -> Result<String, String> {
    let mut bytes = Vec::new();
    while !is_whole(&bytes) {
        if bytes.len() > MOST_BYTES {
            return Err("the relay's reply has no end".to_owned());
        }
        let read = stream.read_buf(&mut bytes).await.map_err(|error| error.to_string())?;
        if read == 0 {
            return Err("the relay ended the connection".to_owned());
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let last_lines = text.lines().filter(|line| is_last(line.as_bytes())).count();
    if last_lines > 1 || !text.ends_with('\n') {
        return Err("the relay sent more than one reply before the connection was encrypted".to_owned());
    }
    Ok(text)
}

/// Whether the last line of a reply is there, which says no `-` after its code.
fn is_whole(bytes: &[u8]) -> bool {
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(&[][..], |end| &bytes[..end]);
    !whole.is_empty() && whole.split(|byte| *byte == b'\n').any(is_last)
}

fn is_last(line: &[u8]) -> bool {
    line.get(3) != Some(&b'-')
}

fn expect(reply: &str, code: &str, to: &str) -> Result<(), String> {
    let words = || reply.lines().collect::<Vec<_>>().join(" ");
    if reply.starts_with(code) { Ok(()) } else { Err(format!("the answer to {to} was {}", words())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a relay that answers these, each after one command of ours.
    async fn asked(replies: &'static [&'static [u8]]) -> Result<(), String> {
        let (mut ours, mut theirs) = tokio::io::duplex(4_096);
        let relay = tokio::spawn(async move {
            for reply in replies {
                theirs.write_all(reply).await.expect("they listen");
                let mut command = [0; 512];
                // The last reply is followed by a handshake, or by nothing.
                let _ = theirs.read(&mut command).await;
            }
        });
        let asked = ask(&mut ours, &ClientId::Domain("acme.example".into())).await;
        drop(ours);
        relay.await.expect("it ends");
        asked
    }

    #[tokio::test]
    async fn one_reply_to_each_command_leads_to_the_handshake() {
        assert_eq!(asked(&[b"220 hello\r\n", b"250-x\r\n250 STARTTLS\r\n", b"220 go\r\n"]).await, Ok(()));
        assert_eq!(
            asked(&[b"220-hello\r\n220 on\r\n", b"250-x\r\n250-starttls\r\n250 HELP\r\n", b"220-go\r\n220 on\r\n"])
                .await,
            Ok(())
        );
        assert_eq!(asked(&[b"220 Gr\xfc\xdfe\r\n", b"250-x\r\n250 STARTTLS\r\n", b"220 go\r\n"]).await, Ok(()));
    }

    #[tokio::test]
    async fn more_than_one_reply_ends_it() {
        for last in [&b"220 go\r\n250 injected\r\n"[..], b"220 go\r\n250 half"] {
            let replies: &'static [&'static [u8]] =
                Box::leak(vec![&b"220 hello\r\n"[..], b"250-x\r\n250 STARTTLS\r\n", last].into_boxed_slice());
            let error = asked(replies).await.expect_err("injected");
            assert!(error.contains("more than one reply"), "{error}");
        }
    }

    #[tokio::test]
    async fn what_a_relay_says_instead_is_told() {
        let error = asked(&[b"554 5.7.1 go away\r\n"]).await.expect_err("refused");
        assert_eq!(error, "the answer to the greeting was 554 5.7.1 go away");
        let error = asked(&[b"220 hello\r\n", b"250 x\r\n"]).await.expect_err("no STARTTLS");
        assert!(error.contains("offers no STARTTLS"), "{error}");
        let error = asked(&[b"220 hello\r\n", b"250-x\r\n250 STARTTLS\r\n", b"454 4.7.0 not now\r\n"]).await;
        assert_eq!(error, Err("the answer to STARTTLS was 454 4.7.0 not now".to_owned()));
    }
}
