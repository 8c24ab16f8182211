//! Asking before something that can't be undone.

use std::io::{BufRead, IsTerminal, Write};

use super::Failure;

/// Whether it may be done: `--yes` was given, or whoever sits at the terminal types the word. Where nobody sits at one, it is
/// refused and nothing is done.
pub(super) fn confirmed(has_said_yes: bool, what: &str, word: &str) -> Result<bool, Failure> {
    if has_said_yes {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage(format!(
            "error: {what} can't be undone, and nobody is asked here: say --yes, or --dry-run to see what it would do"
        )));
    }
    eprint!("{what} can't be undone. Type `{word}` to go on: ");
    std::io::stderr().flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim() == word)
}
