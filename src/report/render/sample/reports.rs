//! Sample reports. The weekly one has the figures that all others are measured by: they add up.

mod extremes;
mod lists;

use std::sync::Arc;

use crate::domain::brand::{Accent, Brand, Links, Logo, LogoKind};
use crate::domain::colour::Colour;
use crate::domain::document::{
    Align, Block, Card, Cell, Column, ColumnBar, ColumnChart, Document, HeatMap, HeatRow, Link, Paper, Share, Shares,
    Span, Table, Text, TextDirection, Tone,
};
use crate::domain::instant::Instant;

/// Monday, 16 November 2026, 08:00 in Kyiv.
pub(super) const MADE_AT: Instant = Instant::from_seconds(1_794_808_800);

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

pub(super) fn all() -> Vec<(&'static str, Document)> {
    vec![
        ("weekly", weekly()),
        ("weekly-branded", branded()),
        ("weekly-late", late()),
        ("weekly-masked", masked()),
        ("zero-calls", zero_calls()),
        ("no-data", no_data()),
        ("one-call", one_call()),
        ("call-log", lists::call_log()),
        ("several-projects", lists::several_projects()),
        ("monthly-long", extremes::monthly_long()),
        ("other-scripts", extremes::other_scripts()),
        ("right-to-left", extremes::right_to_left()),
        ("hostile", extremes::hostile()),
    ]
}

pub(super) fn plain(title: &str, blocks: Vec<Block>) -> Document {
    Document {
        language: "en".into(),
        direction: TextDirection::Ltr,
        paper: Paper::A4,
        subject: format!("Acme Windows: {title}"),
        preview: title.to_owned(),
        eyebrow: "Acme Windows · Week of 9–15 November 2026 · Kyiv time".into(),
        title: title.to_owned(),
        period_label: "9–15 November 2026".into(),
        made_at: MADE_AT,
        file_stem: "acme-2026-11-09-summary".into(),
        blocks,
        foot: vec![
            Text(vec![
                Span { text: "How we count. ".into(), strong: true, link: None },
                words(
                    "Missed = no person talked to the caller. Answer rate = answered ÷ (answered + missed). Left out: \
                     4 menu hang-ups, 0 unknown statuses. Compared with 2–8 November.",
                ),
            ]),
            Text::plain(rests_on("214 calls, the last on Sun 15 Nov, 17:40; none still open")),
        ],
        data: None,
        brand: std::sync::Arc::default(),
    }
}

fn rests_on(calls: &str) -> String {
    format!("Data: {calls}; made Mon 16 Nov, 08:00.")
}

/// A report that rests on other calls than the usual week.
pub(super) fn resting_on(calls: &str, document: Document) -> Document {
    let mut document = document;
    document.foot.truncate(1);
    document.foot.push(Text::plain(rests_on(calls)));
    document
}

fn words(text: &str) -> Span {
    Span { text: text.into(), strong: false, link: None }
}

pub(super) fn heading(section: &str, text: &str, caption: &str) -> Block {
    let caption = (!caption.is_empty()).then(|| Text::plain(caption));
    Block::Heading { section: section.into(), text: text.into(), caption }
}

fn card(label: &str, value: &str, change: &str, tone: Tone) -> Card {
    Card { label: label.into(), value: value.into(), change: change.into(), detail: String::new(), tone }
}

fn name_column(label: &str) -> Column {
    Column { label: label.into(), align: Align::Start, hide_when_narrow: false, is_bar: false }
}

fn figures(label: &str, hide_when_narrow: bool) -> Column {
    Column { label: label.into(), align: Align::End, hide_when_narrow, is_bar: false }
}

fn bar_column(label: &str) -> Column {
    Column { label: label.into(), align: Align::Start, hide_when_narrow: true, is_bar: true }
}

fn phone(shown: &str) -> Cell {
    let number = shown.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    Cell { link: Some(Link::Tel(number)), ..Cell::strong(shown) }
}

fn call_back_columns() -> Vec<Column> {
    vec![
        name_column("Caller"),
        figures("Tries", false),
        Column { hide_when_narrow: true, ..name_column("First missed") },
        Column { hide_when_narrow: true, ..name_column("Source") },
        name_column("Since then"),
    ]
}

fn call_back_row(number: Cell, tries: &str, first: &str, source: &str, since: &str) -> Vec<Cell> {
    vec![number, Cell::text(tries), Cell::text(first), Cell::text(source), Cell::text(since)]
}

fn agents(rows: &[(&str, [&str; 5])], total: Option<(&str, [&str; 5])>) -> Block {
    let cells = |name: Cell, values: &[&str; 5]| {
        std::iter::once(name).chain(values.iter().map(|value| Cell::text(*value))).collect::<Vec<_>>()
    };
    Block::Table(Table {
        columns: vec![
            name_column(""),
            figures("Answered", false),
            figures("Target", true),
            figures("Talk", true),
            figures("Rang, caller lost", false),
            figures("Called back", false),
        ],
        rows: rows.iter().map(|(name, values)| cells(Cell::strong(*name), values)).collect(),
        total: total.map(|(name, values)| cells(Cell::text(name), &values)),
        ..Table::default()
    })
}

fn sources(rows: &[(&str, u64, u64, u64)]) -> Block {
    let top = rows.iter().map(|row| row.1).max().unwrap_or(1).max(1) as f64;
    Block::Table(Table {
        columns: vec![
            name_column(""),
            figures("Calls", false),
            figures("Answered", false),
            figures("Target", false),
            bar_column("Share of calls"),
        ],
        rows: rows
            .iter()
            .map(|(name, calls, answered, target)| {
                let number = |n: &u64| Cell::text(n.to_string());
                let bar = Cell::bar(*calls as f64 / top);
                vec![Cell::strong(*name), number(calls), number(answered), number(target), bar]
            })
            .collect(),
        ..Table::default()
    })
}

fn days(bars: &[(&str, u64, u64)]) -> Block {
    Block::Columns(ColumnChart {
        summary: "Calls by day.".into(),
        good_label: "answered".into(),
        bad_label: "missed".into(),
        bars: bars
            .iter()
            .map(|(label, good, bad)| ColumnBar {
                label: (*label).into(),
                good: *good,
                bad: *bad,
                text: (good + bad).to_string(),
                change: if bars.len() == 7 { format!("+{}", bad + 1) } else { String::new() },
            })
            .collect(),
    })
}

/// Calls by hour whose rows add up to what `days` shows.
fn hours(labels: &[&str; 7]) -> Block {
    const HOURS: [[u64; 11]; 7] = [
        [1, 2, 5, 5, 7, 7, 7, 5, 2, 2, 1],
        [1, 5, 5, 14, 6, 6, 6, 4, 3, 1, 1],
        [1, 1, 2, 5, 7, 8, 7, 4, 2, 1, 1],
        [1, 2, 2, 5, 8, 6, 5, 3, 3, 1, 1],
        [1, 1, 3, 3, 6, 6, 4, 3, 2, 1, 1],
        [0, 0, 0, 1, 0, 1, 2, 2, 1, 1, 0],
        [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0],
    ];
    let row = |label: &&str, counts: &[u64; 11]| {
        let mut hours = vec![Some(0); 24];
        for (at, count) in counts.iter().enumerate() {
            hours[7 + at] = Some(*count);
        }
        HeatRow { label: (*label).into(), hours }
    };
    Block::HeatMap(HeatMap {
        summary:
            "Most calls come from Monday to Friday between 10:00 and 14:00; the busiest hour is Tuesday, 10:00–11:00."
                .into(),
        rows: labels.iter().zip(&HOURS).map(|(label, counts)| row(label, counts)).collect(),
    })
}

fn weekly() -> Document {
    let blocks = vec![
        Block::Lead(Text::plain(
            "You answered 87.4 % of 214 calls, 5.2 points less than the week before; 8 of the 12 additional missed calls \
             came on Tuesday between 10:00 and 12:00.",
        )),
        Block::Button { label: "Call +380 67 111 22 33".into(), link: Link::Tel("+380671112233".into()) },
        Block::Cards(vec![
            card("Calls in", "214", "11 more", Tone::Mute),
            card("Answered", "87.4 %", "▼ 5.2 points", Tone::Bad),
            card("Missed", "27", "▲ 12 more", Tone::Bad),
            card("To call back", "9", "last week 4", Tone::Mute),
        ]),
        heading(
            "to_call_back",
            "To call back",
            "9 callers, longest waiting first · 12 others were reached; median time to the first call back: 38 min",
        ),
        Block::Table(Table {
            columns: call_back_columns(),
            rows: vec![
                call_back_row(phone("+380 67 111 22 33"), "3", "Tue 10:12", "google / cpc", "not called yet"),
                call_back_row(phone("+380 50 222 33 44"), "1", "Tue 11:40", "(direct)", "tried Tue 14:05"),
                call_back_row(phone("+380 93 664 08 91"), "2", "Wed 18:32", "facebook / paid", "not called yet"),
                call_back_row(phone("+380 44 501 77 20"), "1", "Fri 16:04", "google / cpc", "tried twice"),
            ],
            more: Some("5 more in the attached list. One missed call came from a withheld number.".into()),
            ..Table::default()
        }),
        heading("totals", "Why calls were missed", "27 calls"),
        Block::Shares(Shares {
            summary: "Of 27 missed calls nobody picked up 12 and 9 callers hung up while waiting.".into(),
            parts: [
                ("Nobody picked up", 12),
                ("Hung up while waiting", 9),
                ("Phones busy or off", 3),
                ("Voicemail", 2),
                ("Forwarding failed", 1),
            ]
            .map(|(label, count)| Share { label: label.into(), count, text: count.to_string() })
            .into(),
        }),
        heading("agents", "People", "187 answered"),
        agents(
            &[
                ("Olena K.", ["71", "29", "3:12", "11", "7"]),
                ("Taras B.", ["64", "24", "2:40", "14", "3"]),
                ("Ihor M.", ["52", "19", "4:05", "9", "5"]),
            ],
            Some(("Nobody", ["–", "–", "–", "8", "–"])),
        ),
        Block::Note(Text::plain(
            "One lost call can ring several phones, so that column doesn’t add up to 27. Not in your list of people: \
             extension 207.",
        )),
        heading("sources", "Sources", "214 calls"),
        sources(&[
            ("google / cpc", 96, 83, 41),
            ("(direct)", 48, 42, 14),
            ("facebook / paid", 31, 27, 9),
            ("google / organic", 22, 20, 8),
            ("(not tracked)", 17, 15, 0),
        ]),
        heading("by_day", "When people call", "Busiest: Tuesday 10:00–11:00, 14 calls, 5 of them missed"),
        days(&[
            ("Mon", 41, 3),
            ("Tue", 39, 13),
            ("Wed", 35, 4),
            ("Thu", 34, 3),
            ("Fri", 29, 2),
            ("Sat", 6, 2),
            ("Sun", 3, 0),
        ]),
        hours(&DAYS),
        Block::Note(Text::plain(
            "New callers 63 of 158 · median wait 9 s · out: 121 tried, 84 reached · call-back requests: 6, reached 5",
        )),
    ];
    Document {
        subject: "Acme Windows: 9 callers to call back, 214 calls (9–15 Nov)".into(),
        preview: "Answered 87.4 %, down 5.2 points. Tuesday 10:00–12:00 made most of the difference.".into(),
        ..plain("Nine callers still wait for a call back", blocks)
    }
}

/// The weekly mail in somebody's brand: colour, logo, links, a line at the end.
fn branded() -> Document {
    let mut document = weekly();
    let page = |path: &str| Some(Link::Web(format!("https://portal.amstel.example/{path}")));
    if let (Some(Block::Button { label, link }), Some(page)) = (document.blocks.get_mut(1), page("calls")) {
        *label = "See whom to call back".into();
        *link = page;
    }
    let reasons = document.blocks.iter().position(|block| matches!(block, Block::Shares(_)));
    if let (Some(at), Some(page)) = (reasons, page("numbers")) {
        document
            .blocks
            .insert(at + 1, Block::Note(Text(vec![Span { link: Some(page), ..words("Check the number set-up") }])));
    }
    super::super::super::brand::sign(&mut document, Arc::new(brand()));
    document
}

/// A made-up business that has everything a brand can have.
pub(super) fn brand() -> Brand {
    let logo = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/amstel-logo.png"));
    let accent = Colour::of("#1f5fa8");
    Brand {
        name: Some("Amstel Cycles".into()),
        logo: Some(Logo {
            kind: LogoKind::Png,
            width: 440,
            height: 80,
            hash: "5ca1ab1e0ddba11a".into(),
            bytes: Arc::from(logo.as_slice()),
        }),
        accent: Some(Accent { light: accent, dark: Accent::readable_by_night(accent) }),
        footer: Some("Amstel Cycles B.V., Amsteldijk 100, 1078 RR Amsterdam".into()),
        links: Links {
            number_setup: Some(Link::Web("https://portal.amstel.example/numbers".into())),
            support: Some(Link::Mail("help@amstel.example".into())),
            ..Links::default()
        },
        ..Brand::default()
    }
}

fn late() -> Document {
    let mut document = weekly();
    document.blocks.insert(0, Block::Callout(Text::plain("Due 08:00, made 10:42: waited for Sunday’s calls.")));
    document.blocks.insert(
        0,
        Block::Callout(Text(vec![
            Span { text: "Calls of Sunday after 17:40 are missing: ".into(), strong: true, link: None },
            words("source “Main PBX” has been silent since then."),
        ])),
    );
    document
}

fn masked() -> Document {
    let mut document = weekly();
    document.blocks.retain(|block| !matches!(block, Block::Button { .. }));
    for block in &mut document.blocks {
        if let Block::Table(table) = block
            && table.columns[0].label == "Caller"
        {
            for (row, last) in table.rows.iter_mut().zip(["22 33", "33 44", "08 91", "77 20"]) {
                row[0] = Cell::strong(format!("••• {last}"));
            }
        }
    }
    document
}

fn zero_calls() -> Document {
    let blocks = vec![
        Block::Lead(Text::plain("The source was working: its last check was on Monday at 07:59.")),
        Block::Cards(vec![
            card("Calls in", "0", "203 fewer", Tone::Mute),
            card("Answered", "–", "", Tone::Plain),
            card("Missed", "0", "15 fewer", Tone::Good),
            card("To call back", "0", "last week 4", Tone::Mute),
        ]),
        heading("by_day", "When people call", ""),
        days(&DAYS.map(|day| (day, 0, 0))),
        Block::HeatMap(HeatMap {
            summary: "No calls.".into(),
            rows: DAYS.map(|day| HeatRow { label: day.into(), hours: vec![Some(0); 24] }).into(),
        }),
    ];
    resting_on("no calls; none still open", plain("No calls came in from 9 to 15 November", blocks))
}

fn no_data() -> Document {
    let blocks = vec![Block::Lead(Text::plain(
        "Main PBX sent its last event on 8 November at 18:02. This is not the same as no calls.",
    ))];
    resting_on("none since Sun 8 Nov, 18:02", plain("We have no data for 9 to 15 November", blocks))
}

fn one_call() -> Document {
    let mut hours = vec![Some(0); 24];
    hours[9] = Some(1);
    hours[3] = None;
    let blocks = vec![
        Block::Lead(Text::plain("It was answered after 4 seconds.")),
        Block::Cards(vec![card("Calls in", "1", "few calls", Tone::Mute)]),
        heading("agents", "People", ""),
        agents(&[("Olena K.", ["1", "–", "0:41", "0", "0"])], None),
        heading("sources", "Sources", ""),
        sources(&[("(not tracked)", 1, 1, 0)]),
        heading("by_hour", "When people call", "A day in March: the hour from 03:00 didn’t exist"),
        Block::HeatMap(HeatMap {
            summary: "One call, on Sunday at 09:00.".into(),
            rows: vec![HeatRow { label: "Sun".into(), hours }],
        }),
    ];
    resting_on("1 call, on Sun 15 Nov, 09:12; none still open", plain("One call came in", blocks))
}
