//! Sample reports of what is easily forgotten: very much, very long, other scripts, from right to left, hostile.

use super::{
    DAYS, agents, call_back_columns, call_back_row, card, days, figures, heading, hours, name_column, phone, plain,
    resting_on, sources, weekly, words,
};
use crate::domain::document::{Block, Cell, Document, Link, Share, Shares, Span, Table, Text, TextDirection, Tone};

pub(super) fn monthly_long() -> Document {
    let numbered = |at: u64| format!("+380 44 501 {:02} {:02}", at / 100, at % 100);
    let since = ["not called yet", "tried Tue 14:05", "tried 3 times, last Thu 09:12"];
    let callers = (0..60).map(|at| {
        let word = since[at % 3];
        call_back_row(phone(&numbered(at as u64)), &(1 + at % 4).to_string(), "Tue 10:12", "google / cpc", word)
    });
    let people: Vec<_> = (1..=40).map(|at| format!("Agent Number {at} of the Second Line")).collect();
    let rows: Vec<_> = people.iter().map(|name| (name.as_str(), ["1,071", "29", "3:12", "11", "7"])).collect();
    let origins: Vec<_> =
        (1..=30).map(|at| format!("newsletter-{at} / email / a rather long campaign name, autumn")).collect();
    let from: Vec<_> =
        origins.iter().enumerate().map(|(at, name)| (name.as_str(), 900 / (at as u64 + 1), 1, 0)).collect();
    let dates: Vec<_> = (1..=31).map(|day| format!("{day} Oct")).collect();
    let bars: Vec<_> =
        dates.iter().enumerate().map(|(at, day)| (day.as_str(), 900 + (at as u64 * 37) % 400, 80)).collect();
    let blocks = vec![
        Block::Lead(Text::plain("You answered 91.0 % of 35,214 calls, as many as the month before.")),
        Block::Cards(vec![
            card("Calls in", "35,214", "1,209 more", Tone::Mute),
            card("Answered", "91.0 %", "same", Tone::Mute),
            card("Missed", "3,170", "▲ 109 more", Tone::Bad),
            card("To call back", "60", "last month 58", Tone::Mute),
        ]),
        heading("to_call_back", "To call back", "60 callers, longest waiting first"),
        Block::Table(Table { columns: call_back_columns(), rows: callers.collect(), ..Table::default() }),
        heading("agents", "People", "32,044 answered"),
        agents(&rows, Some(("Nobody", ["–", "–", "–", "3,170", "–"]))),
        heading("sources", "Sources", "35,214 calls"),
        sources(&from),
        heading("by_day", "When people call", "Busiest: Thursday, 22 October"),
        days(&bars),
        hours(&DAYS),
    ];
    let data = "35,214 calls, the last on Sat 31 Oct, 18:40; none still open";
    Document {
        eyebrow: "Acme Windows · October 2026 · Kyiv time".into(),
        period_label: "October 2026".into(),
        ..resting_on(
            data,
            plain(
                "Sixty callers still wait for a call back after an unusually long month with a long headline",
                blocks,
            ),
        )
    }
}

pub(super) fn other_scripts() -> Document {
    let blocks = vec![
        Block::Lead(Text::plain(
            "Ви відповіли на 87,4 % із 214 дзвінків. Απαντήσατε σε 214 κλήσεις. Žluťoučký kůň. ₴ € £ №",
        )),
        heading("agents", "Співробітники", "187 відповідей"),
        agents(
            &[
                ("Олена Ковальчук-Гаврилюк", ["71", "29", "3:12", "11", "7"]),
                ("Їжакевич Ґудзь Євгенія", ["64", "24", "2:40", "14", "3"]),
                ("Αλέξανδρος Παπαδόπουλος", ["52", "19", "4:05", "9", "5"]),
                ("Łukasz Żółkiewski", ["12", "1", "4:05", "9", "5"]),
                ("გიორგი ბერიძე", ["9", "1", "1:05", "0", "0"]),
                ("שרה כהן", ["8", "1", "1:05", "0", "0"]),
                ("田中 さくら", ["7", "1", "1:05", "0", "0"]),
            ],
            None,
        ),
        heading("sources", "Джерела", ""),
        sources(&[("гугл / cpc", 96, 83, 41), ("(напряму)", 48, 42, 14)]),
    ];
    Document {
        language: "uk".into(), ..plain("Дев’ять клієнтів чекають на дзвінок", blocks)
    }
}

pub(super) fn right_to_left() -> Document {
    let labels = ["ב׳", "ג׳", "ד׳", "ה׳", "ו׳", "ש׳", "א׳"];
    let mut document = weekly();
    document.language = "he".into();
    document.direction = TextDirection::Rtl;
    document.title = "תשעה מתקשרים מחכים לשיחה חוזרת".into();
    document.eyebrow = "חלונות אקמה · 9–15 בנובמבר 2026".into();
    document.period_label = "9–15 בנובמבר 2026".into();
    document.foot = vec![Text::plain("שיחה שלא נענתה: אף אדם לא דיבר עם המתקשר.")];
    document.blocks = vec![
        Block::Callout(Text::plain("חסרות שיחות מיום ראשון אחרי 17:40.")),
        Block::Lead(Text::plain("עניתם ל־87.4% מתוך 214 שיחות.")),
        Block::Button { label: "+972 3 111 2233".into(), link: Link::Tel("+97231112233".into()) },
        Block::Cards(vec![card("שיחות", "214", "11+", Tone::Mute), card("נענו", "87.4%", "▼ 5.2", Tone::Bad)]),
        heading("to_call_back", "לחזור אליהם", "הממתינים ביותר תחילה"),
        Block::Table(Table {
            columns: vec![name_column("מתקשר"), figures("ניסיונות", false), name_column("מאז")],
            rows: vec![vec![phone("+972 3 111 2233"), Cell::text("3"), Cell::text("טרם נענה")]],
            ..Table::default()
        }),
        heading("sources", "מקורות", ""),
        in_hebrew(sources(&[("google / cpc", 96, 83, 41), ("ישיר", 48, 42, 14)]), &["", "שיחות", "נענו", "יעד"]),
        heading("by_day", "מתי מתקשרים", ""),
        in_hebrew(days(&[("ב׳", 41, 3), ("ג׳", 39, 13), ("ד׳", 35, 4)]), &["נענו", "לא נענו"]),
        hours(&labels),
    ];
    document
}

/// A table with other heads, a chart with other names of its parts.
fn in_hebrew(mut block: Block, names: &[&str]) -> Block {
    let labels: Vec<&mut String> = match &mut block {
        Block::Table(table) => table.columns.iter_mut().map(|column| &mut column.label).collect(),
        Block::Columns(chart) => vec![&mut chart.good_label, &mut chart.bad_label],
        _ => Vec::new(),
    };
    for (label, name) in labels.into_iter().zip(names) {
        *label = (*name).to_owned();
    }
    block
}

pub(super) fn hostile() -> Document {
    const SCRIPT: &str = "<script>alert(1)</script>";
    let name = format!("{SCRIPT}\" onmouseover=\"alert(2)\u{202e}\u{0}\r\nX-Injected: yes");
    let slots = format!("{}{}", crate::domain::foot::HTML_SLOT, crate::domain::foot::TEXT_SLOT);
    let long = "Wolfeschlegelsteinhausenbergerdorff".repeat(4);
    let blocks = vec![
        Block::Lead(Text(vec![
            words(SCRIPT),
            Span { text: "press me".into(), strong: true, link: Some(Link::Web("javascript:alert(3)".into())) },
            Span { text: "here".into(), strong: false, link: Some(Link::Web("https://a.example/?a=1&b=<2>".into())) },
        ])),
        Block::Callout(Text::plain(slots.clone())),
        Block::Button { label: name.clone(), link: Link::Web("data:text/html,x".into()) },
        heading("agents", &name, &slots),
        agents(
            &[
                (&name, ["1", "2", "3", "4", "5"]),
                (&long, ["1", "2", "3", "4", "5"]),
                ("=HYPERLINK(\"https://a.example\")", ["1", "2", "3", "4", "5"]),
                ("{{ d.title }} {% raw %} & &amp; ' \"", ["1", "2", "3", "4", "5"]),
            ],
            None,
        ),
        sources(&[(&name, 3, 2, 1), (&long, 1, 1, 0)]),
        days(&[(SCRIPT, 1, 1)]),
        Block::Shares(Shares {
            summary: name.clone(),
            parts: vec![Share { label: name.clone(), count: 3, text: "3".into() }],
        }),
        Block::Note(Text::plain(long)),
    ];
    Document { eyebrow: slots, ..plain(&name, blocks) }
}
