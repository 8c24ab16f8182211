//! Why a look into somebody else's database gave nothing: in one line, with whom and what, and never with a password.

use std::io::ErrorKind;

/// Why there are no rows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExternalError {
    #[error("the address can't be read: {0}")]
    Address(String),
    /// Nobody answers, or not as it should.
    #[error("{0}")]
    Unreached(String),
    /// The server lets nobody in.
    #[error("{0}")]
    Refused(String),
    /// The query is wrong, not allowed, or took too long.
    #[error("the query was refused: {0}")]
    Query(String),
    #[error("it gives more than {0} rows, and none was taken: ask for fewer, or raise `most_rows`")]
    TooMany(usize),
}

/// Who is asked, as it may be said.
#[derive(Clone, Debug)]
pub(super) struct Whom {
    /// `db.acme.example:5432/billing`, or a file.
    pub(super) place: String,
    pub(super) user: Option<String>,
}

impl Whom {
    /// Why no connection came about.
    pub(super) fn unopened(&self, error: &sqlx::Error) -> ExternalError {
        let place = &self.place;
        let unreached = |why: &str| ExternalError::Unreached(format!("{place} can't be reached: {why}"));
        match error {
            sqlx::Error::Configuration(why) => ExternalError::Address(why.to_string()),
            sqlx::Error::Io(error) => match error.kind() {
                ErrorKind::ConnectionRefused => unreached("nobody listens there (connection refused)"),
                ErrorKind::NotFound => unreached("there is no such socket"),
                ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset => unreached("the connection was closed at once"),
                _ if error.to_string().contains("lookup") => unreached("nobody knows a host of this name"),
                _ => unreached(&error.to_string()),
            },
            sqlx::Error::Tls(why) => unreached(&format!(
                "no protected connection came about ({why}). `ca_file` names an authority of your own, and `tls` how much \
                 protection is asked for"
            )),
            sqlx::Error::Database(told) => {
                let user = self.user.as_deref().unwrap_or("(none)");
                ExternalError::Refused(format!("{place} refuses the user `{user}`: {}", told.message()))
            }
            other => unreached(&other.to_string()),
        }
    }

    /// Why a query gave no rows, or not all.
    pub(super) fn unread(&self, error: &sqlx::Error) -> ExternalError {
        match error {
            sqlx::Error::Database(told) => ExternalError::Query(told.message().to_owned()),
            sqlx::Error::Io(error) => ExternalError::Unreached(format!("{} broke off: {error}", self.place)),
            other => ExternalError::Query(other.to_string()),
        }
    }
}
