//! Connections that are doubted. One that was opened while its database could only be read stays so after that is over: a
//! server keeps a setting for the session, its name may lead to another server by now, and SQLite opens a file to be read
//! where it can do no more. So whatever was opened before one last said so isn't lent again. Of all stores of this
//! process, as their traffic is counted: the worst that can come of it is one more connection.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant as Stopwatch};

use super::error::Shut;

static KNOWN: Mutex<Known> = Mutex::new(Known { opened_to_read: None, said: None, proved: None });

struct Known {
    /// When a connection last said that it can only read.
    opened_to_read: Option<Stopwatch>,
    /// When a database last said that it can't be written.
    said: Option<Stopwatch>,
    /// What it said until then was proved wrong since.
    proved: Option<Stopwatch>,
}

fn known() -> MutexGuard<'static, Known> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes note of an error that says so.
pub(super) fn note(error: &sqlx::Error) {
    match Shut::of(error) {
        Some(Shut::OnlyRead) => begin(),
        Some(Shut::ByItsDisk) => known().said = Some(Stopwatch::now()),
        None => {}
    }
}

/// A connection said just now that it can only read.
pub(super) fn begin() {
    let (mut known, now) = (known(), Stopwatch::now());
    (known.opened_to_read, known.said) = (Some(now), Some(now));
}

/// Whether a connection of this age was opened before one last said that.
pub(super) fn is_doubted(age: Duration) -> bool {
    known().opened_to_read.is_some_and(|said| said.elapsed() <= age)
}

/// When a database last said so, unless it was written since.
pub(super) fn standing() -> Option<Stopwatch> {
    let known = known();
    known.said.filter(|said| known.proved.is_none_or(|proved| proved < *said))
}

/// Whether a connection said that it can only read, and nothing was written since.
pub(super) fn is_anybody_doubted() -> bool {
    let known = known();
    known.opened_to_read.is_some_and(|said| known.proved.is_none_or(|proved| proved < said))
}

/// It was written, after it had said at that moment that it can't be.
pub(super) fn settle(said: Stopwatch) {
    known().proved = Some(said);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_opened_before_is_doubted_and_what_was_opened_since_isn_t() {
        let before = Stopwatch::now();
        note(&sqlx::Error::RowNotFound);
        begin();
        std::thread::sleep(Duration::from_millis(5));
        assert!(is_doubted(before.elapsed()) && !is_doubted(Duration::from_millis(1)));
        let said = standing().expect("nothing was written since");
        settle(said);
        assert!(standing().is_none() && !is_anybody_doubted() && is_doubted(before.elapsed()));
    }
}
