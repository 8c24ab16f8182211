//! Opening an SMTP connection: TCP, greeting, EHLO, encryption, log-in, each within its limit. Whatever fails here is the
//! lane's failure and no delivery's.

use std::future::Future;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::starttls;
use super::wire::Wire;
use crate::config::settings::{Encryption, Smtp};
use crate::net::tls;

/// Whom we trust, read once a lane; `None`: nothing is encrypted.
pub(super) struct Tls(Option<TlsConnector>);

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}

impl Tls {
    /// Reads the system's authorities and the settings' own.
    pub(super) async fn load(settings: &Smtp) -> Result<Self, String> {
        if settings.encryption == Encryption::Plain {
            return Ok(Self(None));
        }
        let own = match &settings.ca_file {
            None => Vec::new(),
            Some(file) => {
                let read = tokio::fs::read(file).await;
                read.map_err(|error| format!("ca_file {}: {error}", file.display()))?
            }
        };
        Ok(Self(Some(tls::connector(&own)?)))
    }
}

/// Opens a connection that is ready for MAIL.
pub(super) async fn open(settings: &Smtp, hello: &ClientId, tls: &Tls) -> Result<AsyncSmtpConnection, String> {
    let limits = &settings.timeouts;
    let place = (settings.host.as_str(), settings.port);
    let mut stream = within("the connection", limits.connect, async {
        TcpStream::connect(place).await.map_err(|error| error.to_string())
    })
    .await?;
    stream.set_nodelay(true).map_err(|error| error.to_string())?;
    let wire = match (settings.encryption, &tls.0) {
        (Encryption::Plain, _) => Wire::plain(stream),
        (Encryption::Starttls | Encryption::Tls, None) => return Err("no TLS settings".to_owned()),
        (Encryption::Starttls, Some(connector)) => {
            within("STARTTLS", limits.command, starttls::ask(&mut stream, hello)).await?;
            Wire::upgraded(handshake(settings, connector, stream).await?)
        }
        (Encryption::Tls, Some(connector)) => Wire::encrypted(handshake(settings, connector, stream).await?),
    };
    let mut connection = within("greeting and EHLO", limits.command, async {
        AsyncSmtpConnection::connect_with_transport(Box::new(wire), hello).await.map_err(|error| error.to_string())
    })
    .await?;
    log_in(settings, &mut connection).await?;
    Ok(connection)
}

async fn handshake(
    settings: &Smtp,
    connector: &TlsConnector,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, String> {
    let name = ServerName::try_from(settings.host.clone()).map_err(|error| error.to_string())?;
    within("the TLS handshake", settings.timeouts.connect, async {
        connector.connect(name, stream).await.map_err(|error| error.to_string())
    })
    .await
}

async fn log_in(settings: &Smtp, connection: &mut AsyncSmtpConnection) -> Result<(), String> {
    let (Some(username), Some(password)) = (&settings.username, &settings.password) else { return Ok(()) };
    let credentials = Credentials::new(username.clone(), password.reveal().to_owned());
    within("the log-in", settings.timeouts.command, async {
        connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await.map_err(|error| error.to_string())
    })
    .await
    .and_then(|reply| if reply.has_code(235) { Ok(()) } else { Err(format!("the log-in ended with {}", reply.code())) })
}

async fn within<T>(what: &str, limit: Duration, work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    match timeout(limit, work).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(format!("{what}: {error}")),
        Err(_) => Err(format!("{what} took longer than {} s", limit.as_secs_f64())),
    }
}

/// What the other side said, without lettre's own words before it.
pub(super) fn words(error: &lettre::transport::smtp::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}
