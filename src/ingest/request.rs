//! What an import is asked to do, and why it may not begin.

use std::io::Read;
use std::sync::Arc;

use crate::config::mapping::Mapping;
use crate::domain::ids::ProjectId;
use crate::domain::period::Period;
use crate::store::StoreError;

/// The shape of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Our own: CSV or JSON lines with the canonical record's columns; a row is a call.
    Native,
    /// Ringostat's export, CSV or a JSON list; a row is a call.
    Ringostat,
    /// Asterisk's call detail records, also FreePBX's; a row is a leg, and several may make a call.
    Asterisk,
    /// Notifications of Voys and VoIPGRID (v2), one JSON object a line; several make a call.
    Voys,
    /// Any other CSV, as a mapping file describes it; a row is a call.
    Mapped,
}

impl Format {
    /// All formats, in the order in which help names them.
    pub const ALL: [Self; 5] = [Self::Native, Self::Ringostat, Self::Asterisk, Self::Voys, Self::Mapped];

    /// The word people write; also the default name of the source.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// What the format is, in a line.
    pub fn about(self) -> &'static str {
        self.entry().about
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == text)
    }
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub bytes: u64,
    pub rows: u64,
}

/// One file to take in.
pub struct ImportRequest {
    pub project: ProjectId,
    /// The stream that the calls belong to; `None`: the format's name.
    pub source: Option<String>,
    pub format: Format,
    /// What the columns mean; with [`Format::Mapped`].
    pub mapping: Option<Arc<Mapping>>,
    /// What the file is written in, over what it says itself; a label of the WHATWG encoding standard.
    pub encoding: Option<String>,
    /// The IANA zone of times without an offset; `None`: the project's.
    pub zone: Option<String>,
    /// For messages and for the record of imports.
    pub file_name: String,
    pub reader: Box<dyn Read + Send>,
    /// The span of which the file tells everything.
    pub covers: Option<Period>,
    /// State that span although rows were set aside (they are no calls) or the file is empty.
    pub covers_anyway: bool,
    /// Refuse the whole file when any row can't be read.
    pub strict: bool,
    /// Say what would happen, and write nothing.
    pub dry_run: bool,
    /// Told now and then how far it has come.
    pub progress: Option<Box<dyn Fn(Progress) + Send + Sync>>,
}

impl ImportRequest {
    /// A plain import of `reader` under `file_name`.
    pub fn new(
        project: ProjectId,
        format: Format,
        file_name: impl Into<String>,
        reader: impl Read + Send + 'static,
    ) -> Self {
        Self {
            project,
            source: None,
            format,
            mapping: None,
            encoding: None,
            zone: None,
            file_name: file_name.into(),
            reader: Box::new(reader),
            covers: None,
            covers_anyway: false,
            strict: false,
            dry_run: false,
            progress: None,
        }
    }
}

impl std::fmt::Debug for ImportRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportRequest")
            .field("project", &self.project)
            .field("source", &self.source)
            .field("format", &self.format)
            .field("file_name", &self.file_name)
            .finish_non_exhaustive()
    }
}

/// Why an import couldn't begin, or broke off.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("there is no project `{0}`; `callbrief list projects` shows those there are")]
    UnknownProject(String),
    #[error("{0}")]
    UnknownZone(String),
    #[error("a file of any other kind is described by a mapping; name it with --mapping")]
    NoMapping,
    #[error("`{0}` is no encoding; utf-8, windows-1251, windows-1252 and iso-8859-2 are some")]
    UnknownEncoding(String),
    /// The file as a whole isn't what it should be: no header, or columns missing.
    #[error("{file}: {detail}")]
    File { file: String, detail: String },
    #[error("{file} can't be read: {error}")]
    Read { file: String, error: std::io::Error },
    #[error("the folder for temporary files can't be used: {0}")]
    Temporary(std::io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}
