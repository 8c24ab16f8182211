//! Every parser that is given what others write, by name. `fuzz/` gives them bytes for minutes; the test below gives them the
//! seeds and what was found, each time. A function panics where a promise is broken.
//!
//! To add one: a line here, and a folder of seeds in `fuzz/seeds`.

use crate::funds;
use crate::ingest::{self, Format};
use crate::{config, net, notify, store, web};

/// What a parser is called, and what must hold of any bytes.
pub type Parser = (&'static str, fn(&[u8]));

/// The names are those of the folders in `fuzz/seeds` and `fuzz/found`.
pub const PARSERS: &[Parser] = &[
    ("native", |bytes| ingest::fuzzed::file(Format::Native, bytes)),
    ("ringostat", |bytes| ingest::fuzzed::file(Format::Ringostat, bytes)),
    ("asterisk", |bytes| ingest::fuzzed::file(Format::Asterisk, bytes)),
    // Events of calls.
    ("voys", |bytes| ingest::fuzzed::file(Format::Voys, bytes)),
    ("mapped", |bytes| ingest::fuzzed::file(Format::Mapped, bytes)),
    ("mapping", ingest::fuzzed::mapping),
    ("apply", config::fuzzed::setup),
    ("calendar", config::fuzzed::calendar),
    ("config", config::fuzzed::settings),
    ("dsn", |bytes| {
        config::fuzzed::address(bytes);
        store::fuzzed::address(bytes);
    }),
    ("http", web::fuzzed::body),
    ("smtp", notify::channels::email::smtp::fuzzed::replies),
    ("bounce", notify::back::fuzzed::mail),
    ("sheet", funds::fuzzed::sheet),
    ("dns", net::dns::fuzzed),
];

/// The parser of that name.
pub fn parser(name: &str) -> Option<fn(&[u8])> {
    PARSERS.iter().find(|(known, _)| *known == name).map(|(_, read)| *read)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn seeds_and_what_was_found_break_nothing() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
        for (name, read) in PARSERS {
            let seeds = files(&root.join("seeds").join(name));
            assert!(!seeds.is_empty(), "`{name}` has no seeds");
            for file in seeds.iter().chain(&files(&root.join("found").join(name))) {
                let bytes = std::fs::read(file).expect("it can be read");
                let told = std::panic::catch_unwind(|| read(&bytes));
                assert!(told.is_ok(), "{} breaks `{name}`", file.display());
            }
        }
    }

    fn files(folder: &Path) -> Vec<std::path::PathBuf> {
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        entries.map(|entry| entry.expect("an entry").path()).collect()
    }
}
