//! Words in lines: text of several manners (strong, muted, linked) broken at blanks to a width.

use super::face::{Faces, Weight};
use crate::domain::colour::Colour;
use crate::domain::document::{Link, Text};

/// How a text is set; lengths in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub size: f32,
    pub leading: f32,
    pub colour: Colour,
    pub weight: Weight,
}

impl Style {
    pub(super) const fn new(size: f32, leading: f32, colour: Colour) -> Self {
        Self { size, leading, colour, weight: Weight::Regular }
    }

    pub(super) const fn strong(self) -> Self {
        Self { weight: Weight::Strong, ..self }
    }

    pub(super) const fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }
}

/// A stretch of one line in one manner.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub text: String,
    pub is_strong: bool,
    pub link: Option<Link>,
    /// In points.
    pub width: f32,
}

/// One line: its pieces in reading order.
pub(super) type Line = Vec<Piece>;

/// Width of a line in points.
pub(super) fn line_width(line: &Line) -> f32 {
    line.iter().map(|piece| piece.width).sum()
}

/// `text` in lines no wider than `room`. Phone numbers stay whole; a word wider than a line is broken where it must.
pub(super) fn wrap(faces: &Faces, text: &Text, style: Style, room: f32) -> Vec<Line> {
    let mut setter = Setter { faces, style, room, lines: Vec::new(), line: Vec::new(), used: 0.0 };
    for span in &text.0 {
        let is_strong = span.strong || style.weight == Weight::Strong;
        let is_whole = span.link.as_ref().is_some_and(Link::is_tel);
        let mut words = span.text.split_inclusive(' ').collect::<Vec<_>>();
        if is_whole {
            words = vec![&span.text];
        }
        for word in words {
            setter.add(word, is_strong, span.link.as_ref());
        }
    }
    setter.finish()
}

/// [`wrap`] for text of one manner.
pub(super) fn wrap_plain(faces: &Faces, text: &str, style: Style, room: f32) -> Vec<Line> {
    wrap(faces, &Text::plain(text), style, room)
}

/// Width of `text` in points.
pub(super) fn width(faces: &Faces, text: &str, style: Style) -> f32 {
    faces.width(text, style.weight) * style.size
}

struct Setter<'a> {
    faces: &'a Faces,
    style: Style,
    room: f32,
    lines: Vec<Line>,
    line: Line,
    used: f32,
}

impl Setter<'_> {
    fn measure(&self, text: &str, is_strong: bool) -> f32 {
        let weight = if is_strong { Weight::Strong } else { Weight::Regular };
        self.faces.width(text, weight) * self.style.size
    }

    /// Adds a word with the blank that follows it; the blank may hang over the edge.
    fn add(&mut self, word: &str, is_strong: bool, link: Option<&Link>) {
        let bare = self.measure(word.trim_end(), is_strong);
        if self.used + bare > self.room && self.used > 0.0 {
            self.end_line();
        }
        if bare > self.room {
            self.add_broken(word, is_strong, link);
        } else {
            self.push(word, is_strong, link);
        }
    }

    fn add_broken(&mut self, word: &str, is_strong: bool, link: Option<&Link>) {
        for letter in word.chars() {
            let letter = letter.to_string();
            if self.used + self.measure(&letter, is_strong) > self.room && self.used > 0.0 {
                self.end_line();
            }
            self.push(&letter, is_strong, link);
        }
    }

    fn push(&mut self, text: &str, is_strong: bool, link: Option<&Link>) {
        let width = self.measure(text, is_strong);
        self.used += width;
        match self.line.last_mut() {
            Some(piece) if piece.is_strong == is_strong && piece.link.as_ref() == link => {
                piece.text.push_str(text);
                piece.width += width;
            }
            _ => self.line.push(Piece { text: text.to_owned(), is_strong, link: link.cloned(), width }),
        }
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        if let Some(last) = line.last_mut() {
            let kept = last.text.trim_end().len();
            last.text.truncate(kept);
            last.width = self.measure(&last.text, last.is_strong);
        }
        self.lines.push(line);
        self.used = 0.0;
    }

    fn finish(mut self) -> Vec<Line> {
        if !self.line.is_empty() {
            self.end_line();
        }
        self.lines
    }
}
