//! `callbrief health`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::{Context, Exit, Failure};

/// Ask the running process whether it can work.
///
/// Exit code 0: it can. 4: it answers that it can't (its database is away, or it is stopping). 75: nobody answers.
/// Asks /readyz of the ops listener (`listen.ops`).
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  callbrief health\n  HEALTHCHECK CMD [\"callbrief\", \"health\"]    (in a Dockerfile)"
)]
pub(super) struct Args {}

const TIMEOUT: Duration = Duration::from_secs(5);

/// Runs the command.
pub(super) async fn run(context: &Context, _args: Args) -> Result<Exit, Failure> {
    let address = reachable(context.settings()?.listen.ops);
    let answer = match tokio::time::timeout(TIMEOUT, ask(address)).await {
        Ok(answer) => {
            answer.map_err(|error| Failure::TryLater(error.context(format!("nobody answers on {address}"))))?
        }
        Err(_) => return Err(Failure::TryLater(anyhow::anyhow!("{address} takes the call and doesn't answer"))),
    };
    println!("{}", answer.1.trim_end());
    Ok(if answer.0 == StatusCode::OK { Exit::Done } else { Exit::No })
}

/// A listener on every address is asked on this machine's own.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        });
    }
    address
}

async fn ask(address: SocketAddr) -> anyhow::Result<(StatusCode, String)> {
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let request =
        Request::get("/readyz").header(hyper::header::HOST, address.to_string()).body(Empty::<Bytes>::new())?;
    let response = sender.send_request(request).await?;
    let status = response.status();
    let body = response.into_body().collect().await?.to_bytes();
    drop(sender);
    connection.abort();
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_on_every_address_is_asked_here() {
        let asked = |text: &str| reachable(text.parse().expect("valid")).to_string();
        assert_eq!(asked("0.0.0.0:9090"), "127.0.0.1:9090");
        assert_eq!(asked("[::]:9090"), "[::1]:9090");
        assert_eq!(asked("10.1.2.3:9090"), "10.1.2.3:9090");
    }
}
