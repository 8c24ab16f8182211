//! What is wrong with a file or with the environment: collected, never thrown, and shown all at once with file, line
//! and the offending text.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
    pub name: Arc<str>,
    pub text: Arc<str>,
    /// Whether it came over the network: such a text names no files of this machine.
    is_sent: bool,
}

impl Source {
    /// A file's text, or one that the program made.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), text: text.into(), is_sent: false }
    }

    /// A text that somebody sent.
    pub fn sent(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { is_sent: true, ..Self::new(name, text) }
    }

    /// The folder from which the text's own paths count; `None`: it was sent, and may name no files here.
    pub fn folder(&self) -> Option<&Path> {
        (!self.is_sent).then(|| Path::new(&*self.name).parent().unwrap_or(Path::new("")))
    }

    /// Where the line begins that holds this byte; of a line that is longer than any that people write, some byte before it.
    pub fn start_of_line(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let from = at.saturating_sub(LONGEST_LINE);
        let before = &self.text.as_bytes()[from..at];
        before.iter().rposition(|byte| *byte == b'\n').map_or(from, |end| from + end + 1)
    }

    /// Whether the line that holds this byte is longer than any that people write.
    fn is_endless(&self, at: usize) -> bool {
        let (before, after) = self.text.as_bytes().split_at(at.min(self.text.len()));
        let is_end = |byte: &u8| *byte == b'\n';
        let near = |length: Option<usize>, whole: usize| length.unwrap_or(whole);
        let (behind, ahead) = (before.iter().rev().take(LONGEST_LINE), after.iter().take(LONGEST_LINE));
        near(behind.clone().position(is_end), behind.len()) + near(ahead.clone().position(is_end), ahead.len())
            >= LONGEST_LINE
    }

    /// The line that holds this byte, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
    }
}

/// In bytes.
const LONGEST_LINE: usize = 20_000;

/// Whether a problem stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    Error,
    Warning,
}

/// How a problem begins that makes the value at its place a stand-in.
pub(super) const NOT_TOML: &str = "this isn't TOML";

/// How it begins where a text should be JSON.
pub(super) const NOT_JSON: &str = "this isn't JSON";

/// Whether what is wrong leaves the rest of its text unread.
pub fn is_unreadable(title: &str) -> bool {
    title.starts_with(NOT_TOML) || title.starts_with(NOT_JSON)
}

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
        source: Source,
        at: usize,
    },
    Nowhere,
}

/// More problems than a person reads at once.
const MOST_SHOWN: usize = 40;

/// Problems that are kept; more are only counted. A file of another kind may have a million.
const MOST_KEPT: usize = 2_000;

/// Every problem found so far.
#[derive(Debug, Default)]
pub struct Problems(Mutex<Found>);

#[derive(Debug, Default)]
struct Found {
    list: Vec<Problem>,
    /// Of these, and of those that aren't kept.
    errors: usize,
    /// Errors and warnings that aren't kept.
    more: usize,
    /// Where texts couldn't be parsed.
    unparsed: Vec<Place>,
}

/// A problem as something other than a terminal shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub is_error: bool,
    pub title: String,
    pub help: Option<String>,
    /// The text's name, and a line of it from 1.
    pub place: Option<(String, usize)>,
    /// The byte of that text.
    pub at: Option<usize>,
    /// What stands there, in one line.
    pub written: Option<String>,
}

impl Problems {
    /// Notes an error at a place of a text.
    pub fn error(&self, source: &Source, span: Range<usize>, title: impl Into<String>, help: Option<String>) {
        let place = Place::Text { source: source.clone(), span };
        self.add(Gravity::Error, title.into(), place, help);
    }

    /// Notes something that stops nothing but should be known.
    pub fn warning(&self, source: &Source, span: Range<usize>, title: impl Into<String>, help: Option<String>) {
        let place = Place::Text { source: source.clone(), span };
        self.add(Gravity::Warning, title.into(), place, help);
    }

    /// Notes an error in a line that may hold a secret: file and line are shown, the text isn't.
    pub fn hidden_error(&self, source: &Source, at: usize, title: impl Into<String>, help: Option<String>) {
        let place = Place::Hidden { source: source.clone(), at };
        self.add(Gravity::Error, title.into(), place, help);
    }

    /// Notes the same as something that stops nothing.
    pub fn hidden_warning(&self, source: &Source, at: usize, title: impl Into<String>, help: Option<String>) {
        let place = Place::Hidden { source: source.clone(), at };
        self.add(Gravity::Warning, title.into(), place, help);
    }

    /// Notes an error that has no place in a text.
    pub fn error_nowhere(&self, title: impl Into<String>, help: Option<String>) {
        self.add(Gravity::Error, title.into(), Place::Nowhere, help);
    }

    /// Notes a warning that has no place in a text.
    pub fn warning_nowhere(&self, title: impl Into<String>, help: Option<String>) {
        self.add(Gravity::Warning, title.into(), Place::Nowhere, help);
    }

    /// Drops the warnings without a place: what they say of everything that stands may only come of an error that is noted.
    pub fn forget_warnings_nowhere(&self) {
        self.found()
            .list
            .retain(|problem| problem.gravity == Gravity::Error || !matches!(problem.place, Place::Nowhere));
    }

    fn add(&self, gravity: Gravity, title: String, place: Place, help: Option<String>) {
        let mut found = self.found();
        if found.list.len() >= MOST_KEPT {
            found.errors += usize::from(gravity == Gravity::Error);
            found.more += 1;
            return;
        }
        // What couldn't even be parsed has been said to be wrong; that its stand-in is wrong too is no news.
        if found.unparsed.iter().any(|other| other.begins_like(&place)) {
            return;
        }
        if title.starts_with(NOT_TOML) {
            found.unparsed.push(place.clone());
        }
        found.errors += usize::from(gravity == Gravity::Error);
        found.list.push(Problem { gravity, title, place, help });
    }

    fn found(&self) -> MutexGuard<'_, Found> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many of them stop the work.
    pub fn errors(&self) -> usize {
        self.found().errors
    }

    /// Whether there is nothing to say at all.
    pub fn is_empty(&self) -> bool {
        self.found().list.is_empty()
    }

    /// The same problems, by whose they are: `whose` is given the text and the byte in it, or nothing, and what is wrong.
    pub fn by<K: Ord>(self, whose: impl Fn(Option<(&Source, usize)>, &str) -> K) -> BTreeMap<K, Self> {
        let mut parted: BTreeMap<K, Self> = BTreeMap::new();
        let mut found = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        if found.more > 0 {
            // Nobody can say any more whose they are.
            let title = format!("there are {} more problems; mend these first", found.more);
            found.list.push(Problem { gravity: Gravity::Error, title, place: Place::Nowhere, help: None });
        }
        for problem in found.list {
            let place = match &problem.place {
                Place::Text { source, span } => Some((source, span.start)),
                Place::Hidden { source, at } => Some((source, *at)),
                Place::Nowhere => None,
            };
            let key = whose(place, &problem.title);
            let part = parted.entry(key).or_default();
            let mut found = part.found();
            found.errors += usize::from(problem.gravity == Gravity::Error);
            found.list.push(problem);
        }
        parted
    }

    /// Adds what others found.
    pub fn take_in(&self, others: Self) {
        let others = others.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut found = self.found();
        found.errors += others.errors;
        found.more += others.more;
        found.list.extend(others.list);
    }

    /// All of them in the order in which they are shown, for programs.
    pub fn told(&self) -> Vec<Told> {
        let mut list = self.found().list.clone();
        list.sort_by_cached_key(Problem::order);
        list.into_iter().map(Problem::told).collect()
    }

    /// All of them, errors first and then in the order of their places, ready to print, with a count at the end when anything stops the work.
    pub fn render(&self, coloured: bool) -> String {
        self.render_of("nothing was done", coloured)
    }

    /// The same, where what they come to is said in other words.
    pub fn render_of(&self, come_to: &str, coloured: bool) -> String {
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() }.term_width(118);
        let mut list = self.found().list.clone();
        list.sort_by_cached_key(Problem::order);
        let mut text = String::new();
        for problem in list.iter().take(MOST_SHOWN) {
            text.push_str(&problem.render(&renderer));
            text.push_str("\n\n");
        }
        let more = self.found().more + list.len().saturating_sub(MOST_SHOWN);
        if more > 0 {
            text.push_str(&format!("and {more} more\n\n"));
        }
        match self.errors() {
            0 => {}
            1 => text.push_str(&format!("1 problem; {come_to}\n")),
            count => text.push_str(&format!("{count} problems; {come_to}\n")),
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
    fn order(&self) -> (bool, u8, Arc<str>, usize) {
        let is_warning = self.gravity == Gravity::Warning;
        match &self.place {
            Place::Text { source, span } => (is_warning, 0, source.name.clone(), source.start_of_line(span.start)),
            Place::Hidden { source, at } => (is_warning, 0, source.name.clone(), source.start_of_line(*at)),
            Place::Nowhere => (is_warning, 1, Arc::default(), 0),
        }
    }

    fn told(self) -> Told {
        let (place, at, written) = match &self.place {
            Place::Text { source, span } => {
                let written = source.text.get(visible(&source.text, span)).filter(|text| !text.is_empty());
                let place = (source.name.to_string(), source.line(span.start));
                (Some(place), Some(span.start), written.map(str::to_owned))
            }
            Place::Hidden { source, at } => (Some((source.name.to_string(), source.line(*at))), Some(*at), None),
            Place::Nowhere => (None, None, None),
        };
        Told { is_error: self.gravity == Gravity::Error, title: self.title, help: self.help, place, at, written }
    }

    fn render(&self, renderer: &Renderer) -> String {
        let level = match self.gravity {
            Gravity::Error => Level::ERROR,
            Gravity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.title.as_str());
        let mut group = match &self.place {
            Place::Text { source, span } if span.is_empty() => title.element(Origin::path(&*source.name)),
            // Nobody reads such a line, and drawing it takes minutes.
            Place::Text { source, span } if source.is_endless(span.start) => {
                title.element(Origin::path(&*source.name).line(source.line(span.start)))
            }
            Place::Text { source, span } => title.element(
                Snippet::source(&*source.text)
                    .path(&*source.name)
                    .annotation(AnnotationKind::Primary.span(visible(&source.text, span))),
            ),
            Place::Hidden { source, at } => title.element(Origin::path(&*source.name).line(source.line(*at))),
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
