//! All that a report or notice can say: a title and blocks. Sections make blocks and never see a renderer; renderers
//! draw blocks and never see a call. Every text in it is final: in the reader's language, masked, with figures set.
//!
//! To add a block: a variant here, and each renderer stops compiling until it draws it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::brand::Brand;
use super::column::TableColumn;
use super::cut::Cut;
use super::figure::{DataStamp, Figure, TableRow};
use super::foot::is_readers_own;
use super::instant::Instant;
use super::period::Period;

/// A document: one reader group's view of a report, or a notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// BCP 47, for `lang`.
    pub language: String,
    pub direction: TextDirection,
    /// What it is printed on.
    #[serde(default)]
    pub paper: Paper,
    /// The mail's subject: the fact, not the product's name.
    pub subject: String,
    /// The hidden line that the inbox shows after the subject.
    pub preview: String,
    /// Small line over the title: `Acme Windows · Week of 9–15 November 2026 · Kyiv time`.
    pub eyebrow: String,
    /// The one `h1`.
    pub title: String,
    /// The period in words, for the head of each printed page; empty for notices.
    pub period_label: String,
    /// When it was made; printed files carry it as their date.
    pub made_at: Instant,
    /// Name of an attachment without its ending: ASCII, `acme-2026-11-09-summary`.
    pub file_stem: String,
    pub blocks: Vec<Block>,
    /// "How we count": small paragraphs at the end, always there. The lines that differ by recipient (why you get this,
    /// next, stop, reference) are added when the message is composed.
    pub foot: Vec<Text>,
    /// What machines get; `None` for notices.
    pub data: Option<MachineData>,
    /// Whose it is.
    #[serde(skip)]
    pub brand: Arc<Brand>,
}

impl Document {
    /// The same without what machines get, of which a page shows nothing.
    pub fn without_data(&self) -> Self {
        Self {
            language: self.language.clone(),
            direction: self.direction,
            paper: self.paper,
            subject: self.subject.clone(),
            preview: self.preview.clone(),
            eyebrow: self.eyebrow.clone(),
            title: self.title.clone(),
            period_label: self.period_label.clone(),
            made_at: self.made_at,
            file_stem: self.file_stem.clone(),
            blocks: self.blocks.clone(),
            foot: self.foot.clone(),
            data: None,
            brand: Arc::clone(&self.brand),
        }
    }
}

/// Which way the document's language is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextDirection {
    #[default]
    Ltr,
    Rtl,
}

/// A sheet of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8½ × 11 in.
    Letter,
}

impl Paper {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// The word people write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }

    /// Reads the word people write.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.name() == text)
    }

    /// What people print on where this language tag is used: Letter in the countries that CLDR lists for it, else A4.
    pub fn usual(language: &str) -> Self {
        const LETTER: [&str; 13] = ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US"];
        let is_letter = language.split(['-', '_']).skip(1).any(|part| LETTER.contains(&part));
        if is_letter { Self::Letter } else { Self::A4 }
    }
}

/// A line of text, some of it strong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text(pub Vec<Span>);

/// A stretch of text in one manner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub text: String,
    #[serde(default)]
    pub strong: bool,
    #[serde(default)]
    pub link: Option<Link>,
}

impl Text {
    /// A text without any emphasis.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Span { text: text.into(), strong: false, link: None }])
    }

    /// The words alone.
    pub fn to_plain(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }
}

/// Where a link leads; only these kinds exist, so no `javascript:` can be spelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Link {
    /// E.164: `tel:+380671112233`.
    Tel(String),
    /// A mail address.
    Mail(String),
    /// An absolute `https:` (or, where settings allow it, `http:`) address, checked when it was made.
    Web(String),
}

impl Link {
    /// The address as a browser takes it: `tel:…`, `mailto:…`, `https:…`.
    pub fn href(&self) -> String {
        match self {
            Self::Tel(number) => format!("tel:{number}"),
            Self::Mail(address) => format!("mailto:{address}"),
            Self::Web(page) => page.clone(),
        }
    }

    /// Whether it leads to a page that is its reader's own.
    pub fn is_readers_own(&self) -> bool {
        matches!(self, Self::Web(page) if is_readers_own(page))
    }

    /// Whether it is a phone number, which is never broken and always runs from left to right.
    pub fn is_tel(&self) -> bool {
        matches!(self, Self::Tel(_))
    }
}

/// How a value should feel. Said by a sign or a word as well, never by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    #[default]
    Plain,
    /// Secondary.
    Mute,
    /// Hurts.
    Bad,
    Good,
}

/// One thing on the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// The sentence under the title, larger than other text.
    Lead(Text),
    /// Something the reader must know before the figures: data missing, made late, a sample.
    Callout(Text),
    /// The one button.
    Button {
        label: String,
        link: Link,
    },
    /// The four (or fewer) figures on cards.
    Cards(Vec<Card>),
    /// Heading of a section: `h2` and a muted line under it.
    Heading {
        section: String,
        text: String,
        caption: Option<Text>,
    },
    Table(Table),
    /// A table that is cut in a mail and whole in print.
    List(LongTable),
    /// Bars side by side, each of a good and a bad part: calls by day.
    Columns(ColumnChart),
    HeatMap(HeatMap),
    /// One bar cut into parts that add up to a whole, largest first: why calls were missed.
    Shares(Shares),
    /// Label, value and detail, one a row: how a notice shows how it knows.
    Facts(Vec<Fact>),
    Paragraph(Text),
    /// Small and muted, below what it explains.
    Note(Text),
}

/// A figure on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub label: String,
    /// `87.4 %`, or an en dash where there is nothing to say.
    pub value: String,
    /// `▼ 5.2 points`, `11 more`, `last week 4`; empty when there is nothing to say.
    pub change: String,
    /// A further small line: `goal 90 %: not met`, `19 in, 8 outside working hours`; mostly empty.
    #[serde(default)]
    pub detail: String,
    pub tone: Tone,
}

/// A table with a head.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub columns: Vec<Column>,
    /// As many cells a row as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Set apart below the rows: a total, or what belongs to nobody.
    pub total: Option<Vec<Cell>>,
    /// `5 more in the attached list`; rows were cut.
    pub more: Option<String>,
    /// Both ways to say that; `None`: nothing was cut.
    #[serde(default)]
    pub cut: Option<Cut>,
}

/// A table of which the mail itself shows the first rows only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LongTable {
    /// All rows that are printed; its `more` tells what even print leaves out.
    pub table: Table,
    /// Rows that the mail shows.
    pub mail_rows: usize,
    /// Said below them: `112 more calls in the attached file`; `None`: nothing was cut.
    pub mail_more: Option<String>,
    /// Both ways to say that.
    #[serde(default)]
    pub mail_cut: Option<Cut>,
}

impl LongTable {
    /// The table as the mail shows it.
    pub fn in_mail(&self) -> Table {
        let rows = self.table.rows.iter().take(self.mail_rows).cloned().collect();
        let more = self.mail_more.clone().or_else(|| self.table.more.clone());
        Table { columns: self.table.columns.clone(), rows, total: self.table.total.clone(), more, cut: None }
    }
}

/// How a column is set and when it may go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// May be empty: the first column of names.
    pub label: String,
    pub align: Align,
    /// Left out on a small screen.
    pub hide_when_narrow: bool,
    /// Its cells are fractions drawn as bars; the label is then read out, not shown.
    pub is_bar: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    #[default]
    Start,
    /// Figures, with tabular digits.
    End,
}

/// One value of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    pub text: String,
    #[serde(default)]
    pub strong: bool,
    #[serde(default)]
    pub tone: Tone,
    #[serde(default)]
    pub link: Option<Link>,
    /// 0 to 1: the length of the bar, in a bar column.
    #[serde(default)]
    pub bar: Option<f64>,
}

impl Cell {
    /// A cell of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A row's name.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true, ..Self::default() }
    }

    /// A bar of this fraction of the full width.
    pub fn bar(fraction: f64) -> Self {
        Self { bar: Some(fraction.clamp(0.0, 1.0)), ..Self::default() }
    }
}

/// Bars side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChart {
    /// The chart in a sentence, for readers who can't see it.
    pub summary: String,
    /// What the parts of a bar are: `answered`, `missed`.
    pub good_label: String,
    pub bad_label: String,
    pub bars: Vec<ColumnBar>,
}

/// One bar: its height is `good + bad`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnBar {
    pub label: String,
    pub good: u64,
    pub bad: u64,
    /// The number over the bar, set in the reader's language; an en dash where there is no data.
    pub text: String,
    /// Small, under the label: `+3`; mostly empty.
    #[serde(default)]
    pub change: String,
}

/// Seven weekdays by 24 hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeatMap {
    /// The map in a sentence, for readers who can't see it.
    pub summary: String,
    pub rows: Vec<HeatRow>,
}

/// One weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeatRow {
    pub label: String,
    /// 24 counts; `None`: the hour didn't exist or has no data.
    pub hours: Vec<Option<u64>>,
}

/// A whole and its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shares {
    /// The bar in a sentence, for readers who can't see it.
    pub summary: String,
    /// In the order shown; parts of zero are left out by whoever makes it.
    pub parts: Vec<Share>,
}

/// One part of a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub label: String,
    pub count: u64,
    /// The count in the reader's language.
    pub text: String,
}

/// A line of "how we know".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub label: String,
    pub value: String,
    /// Small line under the value; may be empty.
    pub detail: String,
}

impl Fact {
    /// Whether its value has a word that no phone has room for, such as an address on the web: it breaks anywhere.
    pub fn has_endless_word(&self) -> bool {
        self.value.split(' ').any(|word| word.chars().count() > LONGEST_WORD)
    }
}

/// Letters of a word that a column of a phone has room for.
const LONGEST_WORD: usize = 22;

/// What the JSON format is made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MachineData {
    pub project: String,
    pub report: String,
    pub zone: String,
    pub period: Period,
    /// Bounds as local instants with offset, as JSON shows them.
    pub period_local: [String; 2],
    pub compared_with_local: Option<[String; 2]>,
    pub stamp: DataStamp,
    pub figures: BTreeMap<String, Figure>,
    pub tables: BTreeMap<String, Vec<TableRow>>,
    /// The columns of each table in their order, for formats that have columns and types. A list of calls may have more
    /// in its rows than is asked for here.
    #[serde(default)]
    pub columns: BTreeMap<String, Vec<TableColumn>>,
    /// Of a report over several projects: each project's own. Its own `figures` are empty then, its `tables` those over
    /// all projects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<MachineData>,
}
