//! The program, built with the feature `chaos`: `tests/it/crashes.rs` runs and kills it.

use std::process::ExitCode;

fn main() -> ExitCode {
    callbrief::cli::main()
}
