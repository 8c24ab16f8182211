//! How a command ends: the exit code, and what is said on standard error when it didn't go well.

use std::process::ExitCode;

/// A command that came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: nothing was done, and the account has said why.
    Refused,
    /// 3: done in part; what wasn't done has been said.
    Partly,
    /// 4: the check says no.
    No,
}

/// A command that couldn't come to its end.
#[derive(Debug)]
pub enum Failure {
    /// 1: failed.
    Failed(anyhow::Error),
    /// 2: the arguments, the settings or a file are wrong; the text says what, where and what to do, and is printed as it is.
    Usage(String),
    /// 75: busy or not reachable now; the same command may work later.
    TryLater(anyhow::Error),
}

impl Failure {
    /// Exit code 1 with this error.
    pub fn failed(error: impl Into<anyhow::Error>) -> Self {
        Self::Failed(error.into())
    }

    /// Exit code 2 with this text.
    pub fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// 128 + SIGPIPE: what a shell shows for a program whose reader left.
const READER_LEFT: i32 = 141;

/// `callbrief list schedules | head`: who reads may leave early. The program then ends as others do, without a word.
pub(super) fn end_quietly_without_reader() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let text = panic.payload().downcast_ref::<String>().map_or("", String::as_str);
        if let Some(why) = text.strip_prefix("failed printing to stdout: ") {
            if why.starts_with("Broken pipe") {
                std::process::exit(READER_LEFT);
            }
            eprintln!("error: standard output can't be written: {why}");
            std::process::exit(1);
        }
        usual(panic);
    }));
}

/// The failure of a write to standard output; doesn't return when the reader left.
pub(super) fn unwritten(error: std::io::Error) -> Failure {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        std::process::exit(READER_LEFT);
    }
    Failure::failed(error)
}

/// Says what went wrong, if anything, and gives the exit code.
pub(super) fn report(result: Result<Exit, Failure>) -> ExitCode {
    match result {
        Ok(Exit::Done) => ExitCode::SUCCESS,
        Ok(Exit::Refused) => ExitCode::from(1),
        Ok(Exit::Partly) => ExitCode::from(3),
        Ok(Exit::No) => ExitCode::from(4),
        Err(Failure::Failed(error)) => {
            eprintln!("error: {error:#}");
            ExitCode::from(1)
        }
        Err(Failure::Usage(text)) => {
            eprintln!("{}", text.trim_end());
            ExitCode::from(2)
        }
        Err(Failure::TryLater(error)) => {
            eprintln!("try later: {error:#}");
            ExitCode::from(75)
        }
    }
}
