//! Parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    one_thread_for_frames();
    callbrief::cli::main()
}

/// Reports are computed several at a time, so each frame gets one thread; polars reads this once, at its first use. Whoever
/// set it keeps it.
#[expect(unsafe_code, reason = "the environment is changed before any other thread exists")]
fn one_thread_for_frames() {
    if std::env::var_os("POLARS_MAX_THREADS").is_none() {
        // SAFETY: the first line of `main`: no other thread can be reading the environment.
        unsafe { std::env::set_var("POLARS_MAX_THREADS", "1") };
    }
}
