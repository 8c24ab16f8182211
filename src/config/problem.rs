//! What is wrong with a file or with the environment: collected, never thrown, and shown all at once with file, line
//! and the offending text.

use std::io::IsTerminal;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Whether standard error is a terminal that wants colours (<https://no-color.org>).
#[expect(clippy::disallowed_methods, reason = "`config` is where the environment is read")]
pub fn coloured_errors() -> bool {
    std::io::stderr().is_terminal() && !std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty())
}

/// The same for standard output.
#[expect(clippy::disallowed_methods, reason = "`config` is where the environment is read")]
pub fn coloured_output() -> bool {
    std::io::stdout().is_terminal() && !std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty())
}

/// A text that was read, and what it is called when something in it is wrong.
#[derive(Clone, Debug)]
pub struct Source {
    pub name: String,
    pub text: String,
}

impl Source {
    /// The line that holds this byte, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
    }

    /// Whether the line that holds this byte is longer than any that people write.
    fn is_endless(&self, at: usize) -> bool {
        const LONGEST: usize = 20_000;
        let (before, after) = self.text.as_bytes().split_at(at.min(self.text.len()));
        let is_end = |byte: &u8| *byte == b'\n';
        let length = |from: Option<usize>, whole: usize| from.unwrap_or(whole);
        length(before.iter().rev().position(is_end), before.len()) + length(after.iter().position(is_end), after.len())
            > LONGEST
    }
}

/// Whether a problem stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    Error,
    Warning,
}

/// How a problem begins that makes the value at its place a stand-in.
pub(super) const NOT_TOML: &str = "this isn't TOML";

/// One thing that is wrong.
#[derive(Clone, Debug)]
struct Problem {
    gravity: Gravity,
    title: String,
    place: Place,
    help: Option<String>,
}

#[derive(Clone, Debug)]
enum Place {
    Text {
        source: Source,
        span: Range<usize>,
    },
    /// A line whose text must not be shown.
    Hidden {
        name: String,
        line: usize,
    },
    Nowhere,
}

/// More problems than a person reads at once.
const MOST_SHOWN: usize = 40;

/// Problems that are kept, each with the text that it stands in; more are only counted. A file of another kind may have a
/// million.
const MOST_KEPT: usize = 200;

/// Every problem found so far.
#[derive(Debug, Default)]
pub struct Problems(Mutex<Noted>);

#[derive(Debug, Default)]
struct Noted {
    kept: Vec<Problem>,
    more_errors: usize,
    more_warnings: usize,
}

impl Problems {
    /// Notes an error at a place of a text.
    pub fn error(&self, source: &Source, span: Range<usize>, title: impl Into<String>, help: Option<String>) {
        self.add(Gravity::Error, title, help, || Place::Text { source: source.clone(), span });
    }

    /// Notes something that stops nothing but should be known.
    pub fn warning(&self, source: &Source, span: Range<usize>, title: impl Into<String>, help: Option<String>) {
        self.add(Gravity::Warning, title, help, || Place::Text { source: source.clone(), span });
    }

    /// Notes an error in a line that may hold a secret: file and line are shown, the text isn't.
    pub fn hidden_error(&self, source: &Source, at: usize, title: impl Into<String>, help: Option<String>) {
        self.add(Gravity::Error, title, help, || Place::Hidden { name: source.name.clone(), line: source.line(at) });
    }

    /// Notes the same as something that stops nothing.
    pub fn hidden_warning(&self, source: &Source, at: usize, title: impl Into<String>, help: Option<String>) {
        self.add(Gravity::Warning, title, help, || Place::Hidden { name: source.name.clone(), line: source.line(at) });
    }

    /// Notes an error that has no place in a text.
    pub fn error_nowhere(&self, title: impl Into<String>, help: Option<String>) {
        self.add(Gravity::Error, title, help, || Place::Nowhere);
    }

    /// Notes a warning that has no place in a text.
    pub fn warning_nowhere(&self, title: impl Into<String>, help: Option<String>) {
        self.add(Gravity::Warning, title, help, || Place::Nowhere);
    }

    /// Drops the warnings without a place: what they say of everything that stands may only come of an error that is noted.
    pub fn forget_warnings_nowhere(&self) {
        self.noted()
            .kept
            .retain(|problem| problem.gravity == Gravity::Error || !matches!(problem.place, Place::Nowhere));
    }

    fn add(&self, gravity: Gravity, title: impl Into<String>, help: Option<String>, place: impl FnOnce() -> Place) {
        let mut noted = self.noted();
        if noted.kept.len() >= MOST_KEPT {
            match gravity {
                Gravity::Error => noted.more_errors += 1,
                Gravity::Warning => noted.more_warnings += 1,
            }
            return;
        }
        let (title, place) = (title.into(), place());
        // What couldn't even be parsed has been said to be wrong; that its stand-in is wrong too is no news.
        let is_echo =
            noted.kept.iter().any(|other| other.title.starts_with(NOT_TOML) && other.place.begins_like(&place));
        if !is_echo {
            noted.kept.push(Problem { gravity, title, place, help });
        }
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many of them stop the work.
    pub fn errors(&self) -> usize {
        let noted = self.noted();
        noted.kept.iter().filter(|problem| problem.gravity == Gravity::Error).count() + noted.more_errors
    }

    /// Whether there is nothing to say at all.
    pub fn is_empty(&self) -> bool {
        self.noted().kept.is_empty()
    }

    /// All of them, errors first and then in the order of their places, ready to print, with a count at the end when anything stops the work.
    pub fn render(&self, coloured: bool) -> String {
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() }.term_width(118);
        let (mut list, more) = {
            let noted = self.noted();
            (noted.kept.clone(), noted.more_errors + noted.more_warnings)
        };
        list.sort_by_cached_key(Problem::order);
        let mut text = String::new();
        for problem in list.iter().take(MOST_SHOWN) {
            text.push_str(&problem.render(&renderer));
            text.push_str("\n\n");
        }
        let more = more + list.len().saturating_sub(MOST_SHOWN);
        if more > 0 {
            text.push_str(&format!("and {more} more\n\n"));
        }
        match self.errors() {
            0 => {}
            1 => text.push_str("1 problem; nothing was done\n"),
            count => text.push_str(&format!("{count} problems; nothing was done\n")),
        }
        text
    }
}

impl Place {
    fn begins_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text { source, span }, Self::Text { source: other, span: at }) => {
                source.name == other.name && span.start == at.start
            }
            _ => false,
        }
    }
}

impl Problem {
    /// What stops the work comes first: a warning may only come of it.
    fn order(&self) -> (bool, u8, String, usize) {
        let is_warning = self.gravity == Gravity::Warning;
        match &self.place {
            Place::Text { source, span } => (is_warning, 0, source.name.clone(), source.line(span.start)),
            Place::Hidden { name, line } => (is_warning, 0, name.clone(), *line),
            Place::Nowhere => (is_warning, 1, String::new(), 0),
        }
    }

    fn render(&self, renderer: &Renderer) -> String {
        let level = match self.gravity {
            Gravity::Error => Level::ERROR,
            Gravity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.title.as_str());
        let mut group = match &self.place {
            Place::Text { source, span } if span.is_empty() => title.element(Origin::path(source.name.as_str())),
            // Nobody reads such a line, and drawing it takes minutes.
            Place::Text { source, span } if source.is_endless(span.start) => {
                title.element(Origin::path(source.name.as_str()).line(source.line(span.start)))
            }
            Place::Text { source, span } => title.element(
                Snippet::source(source.text.as_str())
                    .path(source.name.as_str())
                    .annotation(AnnotationKind::Primary.span(visible(&source.text, span))),
            ),
            Place::Hidden { name, line } => title.element(Origin::path(name.as_str()).line(*line)),
            Place::Nowhere => Group::with_title(title),
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

/// The part of a span that lies in its first line: what spans a whole table is marked at its head.
fn visible(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = span.start.min(text.len());
    let end = span.end.clamp(start, text.len());
    let first_line = text[start..end].find('\n').map_or(end, |at| start + at);
    start..first_line.max(start)
}
