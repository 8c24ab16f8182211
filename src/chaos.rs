//! Places where a test kills the process, to show that a crash at any line loses nothing and sends nothing twice.
//!
//! `crash_point!("send.before_fence")` is nothing at all in a usual build. With the cargo feature `chaos` the process
//! ends itself by SIGKILL when it comes by the point that `CALLBRIEF_CRASH_AT=name:n` names for the nth time (from 1).
//! To add a point: a line in [`POINTS`], the macro after the durable step, and a line where `tests/it/chaos` says who dies at it.

#[cfg(all(feature = "chaos", not(debug_assertions)))]
compile_error!("the feature `chaos` kills the process on demand: it is for tests and is refused in optimised builds");

/// Every place: in the order in which calls and then a report pass them, then what goes on beside that.
pub const POINTS: &[&str] = &[
    // An import is recorded, none of its calls is stored.
    "import.begun",
    // A piece of a file is stored, the rest isn't.
    "import.piece_stored",
    // All calls of a file are stored, its account isn't.
    "import.all_stored",
    // The run row and the schedule's next date are stored.
    "fire.stored",
    // A run waits for calls.
    "wait.begun",
    // The owner of a held run is told, and when it is given up is stored.
    "wait.told",
    // What a run waited for is there, and it was let go; the import's command hasn't said so.
    "wait.let_go",
    // A run that waited is claimed for building.
    "wait.ended",
    // Runs are claimed for building, nothing is built.
    "build.claimed",
    // Everything is rendered, nothing is stored.
    "build.rendered",
    // The notice, its variants and deliveries are stored, and the run is built.
    "build.posted",
    // Deliveries are claimed, no relay has heard of them.
    "send.claimed",
    // The relay took sender and recipient; the fence isn't passed.
    "send.before_fence",
    // The fence is passed; no byte of the message is sent.
    "send.after_fence",
    // The relay took the message; nobody has written it down.
    "send.after_accept",
    // The outcome is stored.
    "send.settled",
    // A fact about money is stored; who told it hasn't heard so, and nobody has judged it.
    "facts.stored",
    // Projects are judged and what is told of them is drawn; nothing is stored.
    "rules.judged",
    // What rules remember and what they tell is stored.
    "rules.told",
    // Several warnings to one reader have become one message.
    "rules.joined",
    // A warning that nobody got is posted to somebody else.
    "rules.told_instead",
    // What waited through quiet hours, or was gathered, is let go: in one message or by itself.
    "held.released",
    // A narrower variant is made for a reader who lost rights since the report was made.
    "narrow.made",
    // Runs whose builder was never heard of again are due once more.
    "leases.ended_of_runs",
    // Deliveries went on because their time was up: a lease, patience, the wait before an alert goes again.
    "leases.ended_of_mails",
    // Refusals are decided: addresses are marked, or mails failed.
    "refusals.decided",
    // An owner is told what became of mails.
    "owner.told",
    // Somebody is told that they must look.
    "watch.told",
    // A portion of what is older than it is kept is removed.
    "forget.removed",
    // What came back of a mail is noted.
    "back.noted",
];

/// Whether the table holds this name; the macro asks while compiling.
pub const fn is_known(name: &str) -> bool {
    let mut line = 0;
    while line < POINTS.len() {
        if same(POINTS[line].as_bytes(), name.as_bytes()) {
            return true;
        }
        line += 1;
    }
    false
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Names a place where tests may kill the process. The name must be in [`POINTS`].
macro_rules! crash_point {
    ($name:literal) => {{
        const { assert!($crate::chaos::is_known($name), "this crash point isn't in chaos::POINTS") };
        #[cfg(feature = "chaos")]
        $crate::chaos::pass($name);
    }};
}
pub(crate) use crash_point;

/// Counts a passage, and dies when it is the one that was asked for.
#[cfg(feature = "chaos")]
pub fn pass(name: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static ASKED: OnceLock<Option<(String, u64)>> = OnceLock::new();
    static PASSED: AtomicU64 = AtomicU64::new(0);

    let Some((asked, nth)) = ASKED.get_or_init(crate::config::chaos::crash_at) else { return };
    if asked == name && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *nth {
        let me = std::process::id().to_string();
        let _ = std::process::Command::new("/bin/sh").args(["-c", "kill -KILL \"$1\"", "sh", &me]).status();
        loop {
            std::thread::park();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_there_once_and_no_other() {
        for name in POINTS {
            assert!(is_known(name));
            assert_eq!(POINTS.iter().filter(|other| *other == name).count(), 1);
        }
        assert!(!is_known("fire.store") && !is_known("fire.stored2"));
    }
}
