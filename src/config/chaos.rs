//! What tests tell a build with the feature `chaos` through the environment.

use std::path::PathBuf;

/// `CALLBRIEF_CRASH_AT=name:n`: die when this crash point is passed for the nth time.
#[expect(clippy::disallowed_methods, reason = "`config` is where the environment is read")]
pub fn crash_at() -> Option<(String, u64)> {
    let text = std::env::var("CALLBRIEF_CRASH_AT").ok()?;
    let (name, nth) = text.rsplit_once(':')?;
    Some((name.to_owned(), nth.parse().ok()?))
}

/// `CALLBRIEF_TEST_CLOCK_SHIFT=FILE`: the file holds the seconds by which the machine's clock is off.
#[expect(clippy::disallowed_methods, reason = "`config` is where the environment is read")]
pub fn test_clock_shift() -> Option<PathBuf> {
    std::env::var("CALLBRIEF_TEST_CLOCK_SHIFT").ok().map(PathBuf::from)
}

/// `CALLBRIEF_TEST_CLOCK=FILE`: the file holds the time, in RFC 3339.
#[expect(clippy::disallowed_methods, reason = "`config` is where the environment is read")]
pub fn test_clock() -> Option<PathBuf> {
    std::env::var("CALLBRIEF_TEST_CLOCK").ok().map(PathBuf::from)
}
