//! Opening an SMTP connection: TCP, greeting, EHLO, encryption, log-in, each within its limit. Whatever fails here is the
//! lane's failure and no delivery's.

use std::future::Future;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::wire::Wire;
use crate::config::settings::{Encryption, Smtp};
use crate::net::tls;

/// Whom we trust, read once a lane.
pub(super) struct Tls {
    upgrade: Option<TlsParameters>,
    from_start: Option<TlsConnector>,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}

impl Tls {
    /// Reads the system's authorities and the settings' own.
    pub(super) async fn load(settings: &Smtp) -> Result<Self, String> {
        let own = match &settings.ca_file {
            None => Vec::new(),
            Some(file) => {
                let read = tokio::fs::read(file).await;
                read.map_err(|error| format!("ca_file {}: {error}", file.display()))?
            }
        };
        Ok(match settings.encryption {
            Encryption::Plain => Self { upgrade: None, from_start: None },
            Encryption::Starttls => Self { upgrade: Some(parameters(settings, &own)?), from_start: None },
            Encryption::Tls => Self { upgrade: None, from_start: Some(tls::connector(&own)?) },
        })
    }
}

fn parameters(settings: &Smtp, own: &[u8]) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if !own.is_empty() {
        builder = builder.add_root_certificate(Certificate::from_pem(own).map_err(|error| words(&error))?);
    }
    builder.build_rustls().map_err(|error| error.to_string())
}

/// Opens a connection that is ready for MAIL.
pub(super) async fn open(settings: &Smtp, hello: &ClientId, tls: &Tls) -> Result<AsyncSmtpConnection, String> {
    let limits = &settings.timeouts;
    let place = (settings.host.as_str(), settings.port);
    let stream = within("the connection", limits.connect, async {
        TcpStream::connect(place).await.map_err(|error| error.to_string())
    })
    .await?;
    stream.set_nodelay(true).map_err(|error| error.to_string())?;
    let wire = match (settings.encryption, &tls.from_start) {
        (Encryption::Plain, _) => Wire::plain(stream),
        (Encryption::Starttls, _) => Wire::to_upgrade(stream),
        (Encryption::Tls, None) => return Err("no TLS settings".to_owned()),
        (Encryption::Tls, Some(connector)) => {
            let name = ServerName::try_from(settings.host.clone()).map_err(|error| error.to_string())?;
            let encrypted = within("the TLS handshake", limits.connect, async {
                connector.connect(name, stream).await.map_err(|error| error.to_string())
            });
            Wire::encrypted(encrypted.await?)
        }
    };
    let mut connection = within("greeting and EHLO", limits.command, async {
        AsyncSmtpConnection::connect_with_transport(Box::new(wire), hello).await.map_err(|error| error.to_string())
    })
    .await?;
    if let Some(parameters) = &tls.upgrade {
        if !connection.can_starttls() {
            return Err("the relay offers no STARTTLS, and nothing is sent without encryption; set `encryption` of this \
                        relay to \"tls\" (with its TLS port, such as 465), or to \"plain\" where the way there is trusted"
                .to_owned());
        }
        within("STARTTLS", limits.command, async {
            connection.starttls(parameters.clone(), hello).await.map_err(|error| error.to_string())
        })
        .await?;
        if !connection.is_encrypted() {
            return Err("the connection isn't encrypted after STARTTLS".to_owned());
        }
    }
    log_in(settings, &mut connection).await?;
    Ok(connection)
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
