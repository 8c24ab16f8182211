//! A relay's address: `smtp://user@host:587`, `smtps://user@host:465` or `file:FOLDER`.

use std::path::PathBuf;

use percent_encoding::percent_decode_str;

use super::secret::Secret;
use super::settings::Encryption;

/// What a relay's address says.
#[derive(Clone, Debug)]
pub enum RelayUrl {
    Smtp {
        host: String,
        port: u16,
        /// `smtps` gives `Tls`, `smtp` gives `Starttls`; plain is never what an address alone says.
        encryption: Encryption,
        username: Option<String>,
        password: Option<Secret>,
    },
    File {
        folder: PathBuf,
    },
}

/// Why a text is no relay's address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRelayUrl {
    #[error("a relay is `smtp://user@host:587`, `smtps://user@host:465` or `file:FOLDER`")]
    Shape,
    #[error("the folder is missing after `file:`")]
    NoFolder,
    #[error("the host is missing")]
    NoHost,
    #[error("there is something behind host and port; only `smtp://user@host:port` is understood")]
    Rest,
}

impl RelayUrl {
    /// Reads an address. It may hold a password, which the caller may refuse.
    pub fn parse(text: &str) -> Result<Self, InvalidRelayUrl> {
        if let Some(folder) = text.strip_prefix("file:") {
            let folder = folder.strip_prefix("//").unwrap_or(folder);
            if folder.is_empty() {
                return Err(InvalidRelayUrl::NoFolder);
            }
            return Ok(Self::File { folder: PathBuf::from(folder) });
        }
        let url = url::Url::parse(text).map_err(|_| InvalidRelayUrl::Shape)?;
        let (encryption, port) = match url.scheme() {
            "smtp" => (Encryption::Starttls, 587),
            "smtps" => (Encryption::Tls, 465),
            _ => return Err(InvalidRelayUrl::Shape),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(InvalidRelayUrl::NoHost)?;
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidRelayUrl::Rest);
        }
        let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        Ok(Self::Smtp {
            host: host.trim_matches(['[', ']']).to_ascii_lowercase(),
            port: url.port().unwrap_or(port),
            encryption,
            username: Some(url.username()).filter(|name| !name.is_empty()).map(plain),
            password: url.password().map(|text| Secret::new(plain(text))),
        })
    }

    /// A name for the lane when nobody chose one.
    pub fn usual_id(&self) -> String {
        match self {
            Self::Smtp { host, .. } => host.replace(':', "-"),
            Self::File { .. } => "file".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_or_refused() {
        let read = |text| format!("{:?}", RelayUrl::parse(text));
        assert!(
            read("smtp://olena%40acme.example@smtp.acme.example")
                .contains("port: 587, encryption: Starttls, username: Some(\"olena@acme.example\")")
        );
        assert!(read("smtps://smtp.acme.example").contains("port: 465, encryption: Tls, username: None"));
        assert!(read("smtp://u:geheim@[::1]:2525").contains("host: \"::1\", port: 2525"));
        assert!(!read("smtp://u:geheim@host").contains("geheim"));
        assert!(read("file:demo/outbox").contains("demo/outbox"));
        for bad in ["", "smtp.acme.example:587", "http://host", "smtp://", "file:", "smtp://host/path"] {
            assert!(RelayUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
