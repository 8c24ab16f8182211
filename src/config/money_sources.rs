//! Reads `[money_sources.NAME]`: databases of others that say what projects' balances are. The address is a secret; what is
//! asked there is one `select` for each kind of fact, written here or in a file beside this one.

use std::path::PathBuf;
use std::time::Duration;

use super::load::{Layers, Purpose, origin};
use super::secret::{self, Secret};
use super::table::{Table, Value};
use crate::zones::Zones;

/// Where they stand in a file.
pub(super) const MONEY_SOURCES: &str = "money_sources";

/// One database of somebody else's that is asked now and then.
#[derive(Clone, Debug)]
pub struct MoneySource {
    /// What the log, the status page and `callbrief balance fetch` call it.
    pub name: String,
    /// `postgres://…`, `mysql://…` or `sqlite://…`; `None`: nobody who asks it reads these settings.
    pub url: Option<Secret>,
    /// Between the beginnings of two fetches.
    pub every: Duration,
    /// For all queries of one fetch.
    pub timeout: Duration,
    /// Rows of one query; with more it is not taken at all.
    pub most_rows: usize,
    /// The zone of times that tell none.
    pub zone: String,
    /// `None`: as the address says; where it says nothing, a certificate that proves the server, unless that is this machine.
    pub tls: Option<Tls>,
    /// PEM certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// Each gives the columns of `sql/sources/<kind>.sql`.
    pub balances: Option<String>,
    pub entries: Option<String>,
    pub standings: Option<String>,
}

/// How a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Encrypted, and the certificate proves the server.
    Verify,
    /// Encrypted, whoever answers.
    Require,
    /// In the open.
    Off,
}

impl Tls {
    const WORDS: [(Self, &str); 3] = [(Self::Verify, "verify"), (Self::Require, "require"), (Self::Off, "off")];
}

const EVERY: Duration = Duration::from_secs(15 * 60);
const SHORTEST: Duration = Duration::from_secs(60);
const TIMEOUT: Duration = Duration::from_secs(30);
const LONGEST_TIMEOUT: Duration = Duration::from_secs(10 * 60);
const MOST_ROWS: i64 = 100_000;
const ZONE: &str = "UTC";

impl Layers<'_> {
    /// Every source by its name; `None` when anything about one is wrong.
    pub(super) fn money_sources(&self) -> Option<Vec<MoneySource>> {
        let Some(value) = self.file.as_ref().and_then(|file| file.find(MONEY_SOURCES, self.problems)) else {
            return Some(Vec::new());
        };
        let table = value.table()?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        let read = table.entries().map(|(value, name, key)| {
            if !(1..=64).contains(&name.len()) || !name.chars().all(fits) {
                key.error(
                    format!("`{name}` can't name a source: 1 to 64 lower-case letters, digits, `-` and `_` do"),
                    None,
                );
                return None;
            }
            Entry { layers: self, table: value.table()?, name }.read()
        });
        let read: Vec<_> = read.collect();
        read.into_iter().collect()
    }
}

/// One source's keys.
struct Entry<'l, 'a> {
    layers: &'l Layers<'a>,
    table: Table<'l>,
    name: &'l str,
}

impl Entry<'_, '_> {
    fn read(self) -> Option<MoneySource> {
        let url = self.url();
        let every = self.span("every", EVERY, SHORTEST..=Duration::from_secs(86_400));
        let timeout = self.span("timeout", TIMEOUT, Duration::from_secs(1)..=LONGEST_TIMEOUT);
        let most_rows = self.get("most_rows", &MOST_ROWS.to_string(), |value| value.integer(1..=10_000_000));
        let zone = self.get("zone", &format!("\"{ZONE}\""), |value| {
            value.parsed(|text| Zones::load().get(text).map(|zone| zone.name().to_owned()))
        });
        let tls = self.get("tls", "(by the address)", |value| {
            let words = Tls::WORDS.map(|(_, word)| word);
            value.one_of(&words, |text| Tls::WORDS.into_iter().find(|(_, word)| *word == text).map(|(tls, _)| tls))
        });
        let ca_file = self.get("ca_file", "(not set)", |value| value.parsed(super::relays::readable));
        let [balances, entries, standings] = ["balances", "entries", "standings"].map(|key| self.query(key));
        let name = self.name.to_owned();
        if let (Some(None), Some(None), Some(None)) = (&balances, &entries, &standings) {
            let title = format!(
                "`{MONEY_SOURCES}.{}` asks nothing: name at least one of `balances`, `entries` and `standings`",
                self.name
            );
            let help = "each is one `select`; `callbrief balance columns` shows what it gives".to_owned();
            self.table.place.error(title, Some(help));
        }
        self.table.finish();
        let (every, timeout) = (every?, timeout?);
        Some(MoneySource {
            name,
            url: url?,
            every,
            timeout,
            most_rows: usize::try_from(most_rows?.unwrap_or(MOST_ROWS)).ok()?,
            zone: zone?.unwrap_or_else(|| ZONE.to_owned()),
            tls: tls?,
            ca_file: ca_file?,
            balances: balances?,
            entries: entries?,
            standings: standings?,
        })
    }

    fn note(&self, key: &str, shown: &str, origin: &str) {
        self.layers.note(&format!("{MONEY_SOURCES}.{}.{key}", self.name), shown, origin);
    }

    /// A value that may be absent; `None` when it is wrong.
    fn get<T>(&self, key: &'static str, usual: &str, read: impl FnOnce(&Value<'_>) -> Option<T>) -> Option<Option<T>> {
        let Some(value) = self.table.get(key) else {
            self.note(key, usual, "default");
            return Some(None);
        };
        self.note(key, value.written(), &origin(&value));
        read(&value).map(Some)
    }

    fn span(&self, key: &'static str, usual: Duration, bounds: std::ops::RangeInclusive<Duration>) -> Option<Duration> {
        let show = super::duration::show;
        let read = self.get(key, &format!("\"{}\"", show(usual)), |value| {
            let span = value.duration()?;
            if bounds.contains(&span) {
                return Some(span);
            }
            value.wrong(format!("this is between {} and {}", show(*bounds.start()), show(*bounds.end())));
            None
        });
        Some(read?.unwrap_or(usual))
    }

    /// The address: a secret, unless it is a file's.
    fn url(&self) -> Option<Option<Secret>> {
        let value = self.table.need("url")?;
        if value.is_text() && value.text().is_some_and(|text| text.starts_with("sqlite:")) {
            self.note("url", value.written(), &origin(&value));
            return value.text().map(|text| Some(Secret::new(text)));
        }
        self.note("url", "(hidden)", &origin(&value));
        let url = match self.layers.inputs.purpose {
            Purpose::Sending | Purpose::Fetching => Some(secret::read(&value, self.layers.inputs.environment)?),
            Purpose::Anything => secret::whereabouts(&value).map(|_| None)?,
        };
        let is_known = |url: &Secret| {
            let scheme = url.reveal().trim().split(':').next().unwrap_or_default();
            ["postgres", "postgresql", "mysql", "mariadb", "sqlite"].contains(&scheme)
        };
        if url.as_ref().is_some_and(|url| !is_known(url)) {
            let path = &value.place.path;
            value.place.hidden_error(format!("`{path}`: an address begins with postgres:, mysql: or sqlite:"), None);
            return None;
        }
        Some(url)
    }

    /// A query as it is written, or that of a file.
    fn query(&self, key: &'static str) -> Option<Option<String>> {
        let Some(value) = self.table.get(key) else { return Some(None) };
        let text = if value.is_text() {
            let text = value.text()?;
            self.note(key, &first_line(text), &origin(&value));
            text.to_owned()
        } else {
            self.note(key, value.written(), &origin(&value));
            let table = value.table()?;
            let file = table.need("file");
            table.finish();
            let file = file?;
            let path = file.place.beside(file.text()?)?;
            match std::fs::read_to_string(&path) {
                Ok(text) => text,
                Err(error) => {
                    file.wrong(format!("the file {} can't be read: {error}", path.display()));
                    return None;
                }
            }
        };
        match one_select(&text) {
            Ok(query) => Some(Some(query.to_owned())),
            Err(why) => {
                value.wrong(why);
                None
            }
        }
    }
}

fn first_line(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    if lines.next().is_some() { format!("\"{first} …\"") } else { format!("\"{first}\"") }
}

/// The query without what ends it. What it may do is the database's to refuse; this only finds what was meant otherwise.
fn one_select(text: &str) -> Result<&str, String> {
    let query = text.trim().trim_end_matches(|c: char| c == ';' || c.is_whitespace());
    let mut rest = query;
    loop {
        rest = rest.trim_start();
        rest = if rest.starts_with("--") || rest.starts_with('#') {
            rest.split_once('\n').map_or("", |(_, after)| after)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, after)| after)
        } else {
            break;
        };
    }
    let word: String = rest.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
    match word.as_str() {
        "select" | "with" | "values" | "table" => Ok(query),
        "" if rest.starts_with('(') => Ok(query),
        "" => Err("a query is one `select`, and there is none; `callbrief balance columns` shows what it gives".into()),
        other => Err(format!("a query is one `select` and changes nothing; this begins with `{other}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_one_select_without_its_end() {
        assert_eq!(one_select("\n-- ours\nselect 1;\n"), Ok("-- ours\nselect 1"));
        assert_eq!(
            one_select("/* a */ WITH x as (select 1) select * from x ; "),
            Ok("/* a */ WITH x as (select 1) select * from x")
        );
        assert_eq!(one_select("(select 1)"), Ok("(select 1)"));
        for (text, told) in [
            ("", "there is none"),
            ("-- nothing", "there is none"),
            ("delete from x", "`delete`"),
            ("Call x()", "`call`"),
        ] {
            let why = one_select(text).expect_err(text);
            assert!(why.contains(told), "{text}: {why}");
        }
    }
}
