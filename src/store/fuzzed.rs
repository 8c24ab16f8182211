//! Any text as a database's address: what is said of it holds no password; `fuzz/` asks it.

use std::str::FromStr;

use sqlx::mysql::MySqlConnectOptions;
use sqlx::postgres::PgConnectOptions;

use super::Store;
use super::unopened::Place;
use crate::config::fuzzed::SECRET;

pub(crate) fn address(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = (Store::file_of(&text), MySqlConnectOptions::from_str(&text));
    let Ok(options) = PgConnectOptions::from_str(&text) else { return };
    let shown = Place::server(&options).explain(sqlx::Error::PoolTimedOut).to_string();
    let parsed = url::Url::parse(&text).ok();
    let password = parsed.as_ref().and_then(url::Url::password).filter(|password| password.contains(SECRET));
    let is_alone = text.matches(SECRET).count() == 1;
    assert!(password.filter(|_| is_alone).is_none_or(|_| !shown.contains(SECRET)), "{shown}");
}
