//! Paper: pages that follow each other, a pen that moves down, shapes and text at their places. Everything is given from
//! the side where lines start, and turned where the language runs from right to left; lengths are points.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{
    Actions, BorderArray, Color, FontId, LineJoinStyle, LinkAnnotation, Op, PaintMode, PdfFontHandle, Point, Pt, Rect,
    Rgb, TextItem,
};

use super::bidi::visual;
use super::cut::Rows;
use super::face::{FaceId, Faces, Weight};
use super::words::{Line, Style, line_width, width};
use crate::domain::colour::Colour;
use crate::domain::document::{Document, Link, Paper, TextDirection};
use crate::report::render::look::{self, LIGHT, Palette};

/// Width of A4; on wider paper everything stands in the middle.
const PAGE_WIDTH: f32 = 595.276;
/// On both sides.
pub(super) const MARGIN: f32 = 50.0;
/// What text and shapes may use.
pub(super) const ROOM: f32 = PAGE_WIDTH - 2.0 * MARGIN;
const TOP: f32 = 50.0;
/// Where text ends, from the lower edge; the page's foot stands below.
const BOTTOM: f32 = 58.0;

const RUNNING: Style = Style::new(8.0, 11.0, LIGHT.mute);

/// A page in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageSize {
    pub wide: f32,
    pub high: f32,
}

impl PageSize {
    pub(super) const fn of(paper: Paper) -> Self {
        match paper {
            Paper::A4 => Self { wide: PAGE_WIDTH, high: 841.89 },
            Paper::Letter => Self { wide: 612.0, high: 792.0 },
        }
    }
}

/// The pages so far.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    pub faces: &'a Faces,
    /// The colours: those by day, in the brand's accent.
    pub look: Palette,
    pages: Vec<Vec<Op>>,
    /// Distance of the pen from the upper edge.
    pub y: f32,
    size: PageSize,
    pen: Pen,
    is_rtl: bool,
    unprintable: BTreeSet<char>,
    letters: BTreeMap<FaceId, Rows>,
    /// At the head of the second page and those after it.
    running_head: String,
    /// At the foot of every page.
    running_foot: String,
}

/// What the page knows already: colour and letters stay until they are changed, so they are said only then.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Pen {
    fill: Option<Colour>,
    face: Option<(FaceId, f32)>,
    outline: Option<Colour>,
    radius: f32,
}

/// What was drawn.
#[derive(Debug)]
pub(super) struct Printed {
    pub pages: Vec<Vec<Op>>,
    /// What each face was used for.
    pub letters: BTreeMap<FaceId, Rows>,
    /// The letters that became boxes.
    pub unprintable: String,
}

/// Where a text stands on its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    Start,
    Middle,
    End,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(faces: &'a Faces, document: &Document) -> Self {
        let foot = if document.eyebrow.contains(&document.period_label) {
            document.eyebrow.clone()
        } else {
            format!("{} · {}", document.eyebrow, document.period_label)
        };
        Self {
            faces,
            look: look::of(&document.brand).0,
            pages: vec![Vec::new()],
            y: TOP,
            size: PageSize::of(document.paper),
            pen: Pen::default(),
            is_rtl: document.direction == TextDirection::Rtl,
            unprintable: BTreeSet::new(),
            letters: BTreeMap::new(),
            running_head: document.title.clone(),
            running_foot: foot,
        }
    }

    /// Begins a page when less than `height` is left on this one. True when it did.
    pub(super) fn keep(&mut self, height: f32) -> bool {
        if self.y + height <= self.size.high - BOTTOM || self.y <= TOP + 24.0 {
            return false;
        }
        self.pages.push(Vec::new());
        self.pen = Pen::default();
        self.y = TOP - 12.0;
        let head = self.cut(&self.running_head.clone(), RUNNING, ROOM);
        self.text(MARGIN, self.y, ROOM, &head, RUNNING, Stand::Start);
        self.y += RUNNING.leading + 5.0;
        self.rule(MARGIN, self.y, ROOM);
        self.y += 14.0;
        true
    }

    /// The pages with period and number at their feet.
    pub(super) fn finish(mut self) -> Printed {
        let count = self.pages.len();
        let mut pages = std::mem::take(&mut self.pages);
        for (at, page) in pages.iter_mut().enumerate() {
            self.pages.push(std::mem::take(page));
            self.pen = Pen::default();
            let y = self.size.high - 40.0;
            let label = self.cut(&self.running_foot.clone(), RUNNING, ROOM - 60.0);
            self.text(MARGIN, y, ROOM, &label, RUNNING, Stand::Start);
            self.text(MARGIN, y, ROOM, &format!("{} / {count}", at + 1), RUNNING, Stand::End);
            *page = self.pages.pop().unwrap_or_default();
        }
        Printed { pages, letters: self.letters, unprintable: self.unprintable.into_iter().collect() }
    }

    fn op(&mut self, op: Op) {
        if let Some(page) = self.pages.last_mut() {
            page.push(op);
        }
    }

    /// The left edge of something `width` wide that begins `x` from the side where lines start.
    fn left(&self, x: f32, width: f32) -> f32 {
        let shift = (self.size.wide - PAGE_WIDTH) / 2.0;
        shift + if self.is_rtl { PAGE_WIDTH - x - width } else { x }
    }

    /// One line of one manner in a place `room` wide.
    pub(super) fn text(&mut self, x: f32, y: f32, room: f32, text: &str, style: Style, stand: Stand) {
        let wide = width(self.faces, text, style);
        let left = self.left(x + offset(room, wide, stand), wide);
        self.run(left, y, text, style);
    }

    /// A line of several manners in a place `room` wide; links are coloured and can be pressed.
    pub(super) fn line(&mut self, x: f32, y: f32, room: f32, line: &Line, style: Style, stand: Stand) {
        let mut x = x + offset(room, line_width(line), stand);
        for piece in line {
            let weight = if piece.is_strong { Weight::Strong } else { Weight::Regular };
            let colour = if piece.link.is_some() { self.look.accent } else { style.colour };
            let left = self.left(x, piece.width);
            self.run(left, y, &piece.text, Style { weight, colour, ..style });
            if let Some(link) = &piece.link {
                self.link(x, y, piece.width, style.leading, link);
            }
            x += piece.width;
        }
    }

    /// Several lines below each other from the pen on, which moves below them; pages may end between them.
    pub(super) fn lines(&mut self, x: f32, room: f32, lines: &[Line], style: Style) {
        for line in lines {
            self.keep(style.leading);
            self.line(x, self.y, room, line, style, Stand::Start);
            self.y += style.leading;
        }
    }

    fn run(&mut self, left: f32, y: f32, text: &str, style: Style) {
        let drawn = visual(text, self.is_rtl && !is_number(text));
        let mut missed = Vec::new();
        let runs = self.faces.runs(&drawn, style.weight, |letter| missed.push(letter));
        self.unprintable.extend(missed);
        let baseline = self.size.high - (y + style.leading / 2.0 + style.size * 0.355);
        let mut x = left;
        for run in runs {
            let wide = run.width * style.size;
            let rows = self.letters.entry(run.face).or_default();
            run.text.chars().for_each(|letter| rows.add(letter));
            self.fill_with(style.colour);
            self.set_in(run.face, style.size);
            self.op(Op::StartTextSection);
            self.op(Op::SetTextCursor { pos: point(x, baseline) });
            self.op(Op::ShowText { items: vec![TextItem::Text(run.text)] });
            self.op(Op::EndTextSection);
            x += wide;
        }
    }

    fn fill_with(&mut self, fill: Colour) {
        if self.pen.fill.replace(fill) != Some(fill) {
            self.op(Op::SetFillColor { col: colour(fill) });
        }
    }

    /// An outline whose corners are round adds `radius` on each side, and makes round corners of that radius.
    fn outline_with(&mut self, outline: Colour, radius: f32) {
        if self.pen.radius == 0.0 {
            self.op(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
        }
        if self.pen.radius != radius {
            self.pen.radius = radius;
            self.op(Op::SetOutlineThickness { pt: Pt(hundredths(2.0 * radius)) });
        }
        if self.pen.outline.replace(outline) != Some(outline) {
            self.op(Op::SetOutlineColor { col: colour(outline) });
        }
    }

    fn set_in(&mut self, face: FaceId, size: f32) {
        if self.pen.face.replace((face, size)) != Some((face, size)) {
            let font = PdfFontHandle::External(FontId(face.to_owned()));
            self.op(Op::SetFont { font, size: Pt(size) });
        }
    }

    /// A filled rectangle; `radius` rounds its corners. A round outline is a rectangle to write, curves would be half the file.
    pub(super) fn fill(&mut self, place: [f32; 4], radius: f32, fill: Colour) {
        let [x, y, wide, high] = place;
        if wide <= 0.0 || high <= 0.0 {
            return;
        }
        let radius = hundredths(radius.min(wide / 2.0).min(high / 2.0));
        let left = self.left(x, wide) + radius;
        let below = self.size.high - y - high + radius;
        self.fill_with(fill);
        if radius > 0.0 {
            self.outline_with(fill, radius);
        }
        let mode = Some(if radius > 0.0 { PaintMode::FillStroke } else { PaintMode::Fill });
        let [width, height] = [wide, high].map(|length| Pt(hundredths(length - 2.0 * radius)));
        let Point { x, y } = point(left, below);
        self.op(Op::DrawRectangle { rectangle: Rect { x, y, width, height, mode, winding_order: None } });
    }

    /// A thin line across.
    pub(super) fn rule(&mut self, x: f32, y: f32, wide: f32) {
        self.fill([x, y, wide, 0.6], 0.0, LIGHT.line);
    }

    /// Makes a place lead somewhere.
    pub(super) fn link(&mut self, x: f32, y: f32, wide: f32, high: f32, link: &Link) {
        let left = self.left(x, wide);
        let rect = Rect::from_xywh(Pt(left), Pt(self.size.high - y - high), Pt(wide), Pt(high));
        let border = BorderArray::Solid([0.0, 0.0, 0.0]);
        let link = LinkAnnotation::new(rect, Actions::uri(link.href()), Some(border), None, None);
        self.op(Op::LinkAnnotation { link });
    }

    /// `text` cut to `room`, with an ellipsis where something was cut.
    pub(super) fn cut(&self, text: &str, style: Style, room: f32) -> String {
        if width(self.faces, text, style) <= room {
            return text.to_owned();
        }
        let mut kept = String::new();
        for letter in text.chars() {
            kept.push(letter);
            if width(self.faces, &kept, style) + style.size > room {
                kept.pop();
                break;
            }
        }
        format!("{}…", kept.trim_end())
    }
}

/// A phone number or a page's number runs from left to right in every language.
fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '/'))
}

fn offset(room: f32, wide: f32, stand: Stand) -> f32 {
    match stand {
        Stand::Start => 0.0,
        Stand::Middle => (room - wide) / 2.0,
        Stand::End => room - wide,
    }
}

/// A place in hundredths of a point: finer than any printer, and half as long to write.
fn point(x: f32, y: f32) -> Point {
    Point { x: Pt(hundredths(x)), y: Pt(hundredths(y)) }
}

fn hundredths(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

fn colour(colour: Colour) -> Color {
    let [r, g, b] = colour.parts();
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}
