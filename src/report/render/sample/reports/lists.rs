//! Sample reports of the other kinds: the list of calls, and one report over several projects.

use super::{call_back_columns, call_back_row, card, figures, heading, name_column, phone, plain, resting_on};
use crate::domain::document::{Block, Cell, Column, Document, LongTable, Table, Text, Tone};

/// More calls than a mail shows, with the columns that people usually see.
pub(super) fn call_log() -> Document {
    let hidden = |column: Column| Column { hide_when_narrow: true, ..column };
    let columns = vec![
        name_column("Started"),
        hidden(name_column("Direction")),
        name_column("Caller"),
        name_column("Status"),
        name_column("Agent"),
        figures("Wait", true),
        figures("Talk", true),
        hidden(name_column("Source")),
    ];
    let rows = (0..80_u64).map(|n| {
        let (day, hour, minute) =
            (["Mon", "Tue", "Wed", "Thu", "Fri"][n as usize / 16], 9 + n % 16 / 2, n % 2 * 30 + 7 * n % 30);
        let (status, agent, talk) = match n % 5 {
            0 => ("nobody picked up", "–", "–".to_owned()),
            1 => ("hung up while waiting", "–", "–".to_owned()),
            _ => (
                "answered",
                ["Olena K.", "Taras B.", "Ihor M."][n as usize % 3],
                format!("{}:{:02}", n % 6, n * 7 % 60),
            ),
        };
        let number = match n % 11 {
            0 => Cell::text("withheld"),
            _ => phone(&format!("+380 67 11{} {:02} {:02}", n % 10, n * 3 % 100, n * 7 % 100)),
        };
        vec![
            Cell::text(format!("{day} {hour:02}:{minute:02}")),
            Cell::text(if n % 7 == 6 { "outbound" } else { "inbound" }),
            number,
            Cell::text(status),
            Cell::text(agent),
            Cell::text(format!("0:{:02}", n * 5 % 60)),
            Cell::text(talk),
            Cell::text(["google / cpc", "(direct)", "(not tracked)"][n as usize % 3]),
        ]
    });
    let list = LongTable {
        table: Table { columns, rows: rows.collect(), ..Table::default() },
        mail_rows: 50,
        mail_more: Some("30 more calls in the attached file.".into()),
        ..LongTable::default()
    };
    let blocks = vec![
        Block::Lead(Text::plain("You answered 60.0 % of 68 calls, as many as the week before.")),
        Block::Cards(vec![
            card("Calls in", "68", "as many", Tone::Mute),
            card("Answered", "60.0 %", "same", Tone::Mute),
            card("Missed", "27", "2 fewer", Tone::Good),
            card("To call back", "0", "last week 1", Tone::Mute),
        ]),
        heading("call_list", "Calls", "80 calls"),
        Block::List(list),
    ];
    let data = "80 calls, the last on Fri 13 Nov, 16:43; none still open";
    resting_on(data, plain("Every caller was reached", blocks))
}

/// Three projects, of which one needs a person, one has no data and one is quiet; figures add up.
pub(super) fn several_projects() -> Document {
    let row = |cells: [&str; 6]| {
        let [name, rest @ ..] = cells;
        std::iter::once(Cell::strong(name)).chain(rest.map(Cell::text)).collect::<Vec<_>>()
    };
    let needs = |project: &str, what: &str, tone: Tone| vec![Cell::strong(project), Cell { tone, ..Cell::text(what) }];
    let exceptions = Table {
        columns: vec![name_column("Project"), name_column("What")],
        rows: vec![
            needs("Harbour Office", "no data for this period", Tone::Bad),
            needs("Acme Windows", "2 callers to call back, the first since Tue 10:12", Tone::Plain),
            needs("Acme Windows", "Answer rate: 87.4 %, goal 90.0 %", Tone::Plain),
        ],
        ..Table::default()
    };
    let overview = Table {
        columns: vec![
            name_column(""),
            figures("Calls", false),
            figures("Change", true),
            figures("Answer rate", false),
            figures("Missed", true),
            figures("To call back", false),
        ],
        rows: vec![
            row(["Acme Windows", "214", "+11", "87.4 %", "27", "2"]),
            row(["Acme Doors and Winter Gardens", "36", "−4", "100.0 %", "0", "0"]),
            row(["Harbour Office", "–", "–", "–", "–", "–"]),
        ],
        ..Table::default()
    };
    let callers = Table {
        columns: call_back_columns(),
        rows: vec![
            call_back_row(phone("+380 67 111 22 33"), "3", "Tue 10:12", "google / cpc", "not called yet"),
            call_back_row(phone("+380 50 222 33 44"), "1", "Tue 11:40", "(direct)", "tried Tue 14:05"),
        ],
        ..Table::default()
    };
    let cards = |calls: &str, change: &str, rate: &str, missed: &str, open: &str| {
        Block::Cards(vec![
            card("Calls in", calls, change, Tone::Mute),
            card("Answered", rate, "", Tone::Plain),
            card("Missed", missed, "", Tone::Plain),
            card("To call back", open, "", Tone::Mute),
        ])
    };
    let blocks = vec![
        Block::Lead(Text::plain(
            "You answered 89.2 % of 250 calls in 2 projects. 1 project has no data for this period, which is not the same \
             as no calls.",
        )),
        cards("250", "7 more", "89.2 %", "27", "2"),
        heading("exceptions", "Needs a person", ""),
        Block::Table(exceptions),
        heading("projects", "Project", ""),
        Block::Table(overview),
        heading("project", "Acme Windows", "You answered 87.4 % of 214 calls."),
        cards("214", "11 more", "87.4 %", "27", "2"),
        Block::Table(callers),
        heading("project", "Acme Doors and Winter Gardens", "You answered 100.0 % of 36 calls."),
        cards("36", "4 fewer", "100.0 %", "0", "0"),
        heading(
            "project",
            "Harbour Office",
            "We have no data from 9 to 15 November. PBX sent its last event on Sun 8 Nov, 18:02.",
        ),
    ];
    Document {
        subject: "3 projects: 2 callers to call back, 250 calls (9–15 Nov)".into(),
        preview: "You answered 89.2 % of 250 calls in 2 projects.".into(),
        eyebrow: "Acme Windows, Acme Doors and Winter Gardens, Harbour Office · Week of 9–15 November 2026 · Kyiv time"
            .into(),
        file_stem: "projects-2026-11-09-summary".into(),
        ..plain("Two callers still wait for a call back", blocks)
    }
}
