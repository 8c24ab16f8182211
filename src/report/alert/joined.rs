//! All warnings of one reader and morning in one message: a row a project, what ends first at the top, then how we know of
//! each. Sums stand beside one another and are never added: they may be of different currencies.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Alert, News, Teller, is_well, needs_funds, of_one};
use crate::domain::document::{Align, Block, Cell, Column, Document, Paper, Table, Text, Tone};
use crate::domain::foot::paid_slot;
use crate::domain::instant::Instant;
use crate::i18n::{Value, Words};

/// One of the warnings.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its delivery, which names it where its reader answers it.
    pub delivery: i64,
    /// The project's id.
    pub project: String,
    pub alert: Alert,
    /// Whether its reader may see sums of this project.
    pub shows_money: bool,
}

/// Warnings of which a message tells all there is; of more it shows rows alone.
const MOST_WHOLE: usize = 12;

/// Projects that a phone is told by name.
const MOST_NAMED: usize = 3;

/// What stands where there is nothing to say.
const NOTHING: &str = "–";

/// The message in a language; of one warning it is that warning.
pub fn joined(mut parts: Vec<Part>, language: &str, made_at: Instant) -> Document {
    parts.sort_by_key(urgency);
    if let [only] = parts.as_slice() {
        return of_one(&only.alert, language, only.shows_money, &paid_slot(only.delivery));
    }
    let teller = Joiner { words: Words::of(language), parts: &parts };
    let head = teller.head();
    let words = teller.words;
    let is_well = parts.iter().all(|part| is_well(&part.alert.news));
    // Of one project the titles below say the same.
    let table = match is_well {
        true => (teller.projects().len() > 1).then(|| teller.news()),
        false => Some(teller.table()),
    };
    let mut blocks: Vec<Block> = table.map(Block::Table).into_iter().collect();
    for part in parts.iter().take(MOST_WHOLE) {
        blocks.extend(teller.whole(part));
    }
    if parts.len() > MOST_WHOLE {
        let more = words.say("joined-more", &[("n", (parts.len() - MOST_WHOLE).into())]);
        blocks.push(Block::Note(Text::plain(more)));
    }
    let names: Vec<&str> = teller.projects().into_iter().map(|(part, _)| part.alert.project.as_str()).collect();
    let counted = parts.iter().find_map(|part| teller.of(part).counted());
    Document {
        language: words.language().to_owned(),
        direction: words.direction(),
        paper: Paper::default(),
        subject: head.subject(),
        preview: names.join(", "),
        eyebrow: words.word("joined-eyebrow"),
        title: head.title(),
        period_label: String::new(),
        made_at,
        file_stem: "notice".into(),
        blocks,
        foot: counted.into_iter().map(Text::plain).collect(),
        data: None,
        brand: Arc::default(),
    }
}

/// What a phone is told: how many projects, until when, and which come first.
pub fn joined_sms(mut parts: Vec<Part>, language: &str) -> String {
    parts.sort_by_key(urgency);
    let teller = Joiner { words: Words::of(language), parts: &parts }.head();
    let projects = teller.projects();
    let named = projects.iter().take(MOST_NAMED).map(|(first, list)| teller.in_short(first, list));
    let more = projects.len().checked_sub(MOST_NAMED).filter(|more| *more > 0);
    let names: Vec<String> = named.chain(more.map(|more| format!("+{more}"))).collect();
    match projects.len() {
        1 => match teller.what_is_due(&projects[0].1) {
            due if due.is_empty() => format!("{}.", teller.subject()),
            due => format!("{}: {}.", teller.title(), due.join("; ")),
        },
        _ => format!("{}. {}.", teller.subject(), names.join(", ")),
    }
}

/// What ends first comes first; of one day, what must be paid first; last what is well again.
fn urgency(part: &Part) -> (bool, NaiveDate, NaiveDate, String) {
    let end = end(&part.alert).unwrap_or(part.alert.today);
    let pay_by = part.alert.pay_by().unwrap_or(end);
    (is_well(&part.alert.news), end, pay_by, part.alert.project.clone())
}

/// The first day without funds or service.
fn end(alert: &Alert) -> Option<NaiveDate> {
    match &alert.news {
        news if is_well(news) => None,
        News::PaidUntil { last, .. }
        | News::PaidOver { last }
        | News::TrialEnds { last }
        | News::TrialOver { last } => last.succ_opt(),
        _ => alert.balance.as_ref()?.outlook()?.earliest.day(),
    }
}

/// The day that is named as the end: of a period its last, of funds the first that finds less than nothing.
fn named_end(alert: &Alert) -> Option<NaiveDate> {
    match &alert.news {
        News::PaidUntil { last, .. }
        | News::PaidOver { last }
        | News::TrialEnds { last }
        | News::TrialOver { last } => Some(*last),
        _ => end(alert),
    }
}

/// Whether something is over already, or a payment would come too late.
fn is_overdue(alert: &Alert) -> bool {
    let is_past = |day: NaiveDate| day < alert.today;
    matches!(alert.news, News::PaidOver { .. } | News::TrialOver { .. })
        || (needs_funds(&alert.news) && alert.pay_by().is_some_and(is_past))
}

struct Joiner<'a> {
    words: Words,
    parts: &'a [Part],
}

impl<'a> Joiner<'a> {
    fn of(&self, part: &'a Part) -> Teller<'a> {
        Teller { words: self.words, of: &part.alert, shows_money: part.shows_money, is_short: false }
    }

    /// What the message is about: what is well again only where nothing else is told.
    fn head(&self) -> Self {
        let warnings = self.parts.iter().take_while(|part| !is_well(&part.alert.news)).count();
        let parts = if warnings == 0 { self.parts } else { &self.parts[..warnings] };
        Self { words: self.words, parts }
    }

    /// The first warning of each project with all of that project, in the order of the first.
    fn projects(&self) -> Vec<(&'a Part, Vec<&'a Part>)> {
        let mut projects: Vec<(&Part, Vec<&Part>)> = Vec::new();
        for part in self.parts {
            match projects.iter_mut().find(|(first, _)| first.project == part.project) {
                Some((_, list)) => list.push(part),
                None => projects.push((part, vec![part])),
            }
        }
        projects
    }

    fn title(&self) -> String {
        if self.parts.iter().all(|part| is_well(&part.alert.news)) {
            return self.said("joined-well-title", "joined-well-title-one", None);
        }
        match self.parts.iter().all(|part| needs_funds(&part.alert.news)) {
            true => self.said("joined-title", "joined-title-one", None),
            false => self.said("joined-care-title", "joined-care-title-one", None),
        }
    }

    fn subject(&self) -> String {
        let projects = self.projects();
        let overdue = projects.iter().filter(|(_, list)| list.iter().any(|part| is_overdue(&part.alert))).count();
        if overdue > 0 && projects.len() > 1 {
            let title = self.title();
            return self.words.say("joined-overdue", &[("title", title.as_str().into()), ("n", overdue.into())]);
        }
        let coming = |part: &Part| part.alert.pay_by().filter(|day| *day >= part.alert.today);
        let ahead = |part: &Part| named_end(&part.alert).filter(|day| *day >= part.alert.today);
        let first_pay_by = self.parts.iter().filter_map(coming).min();
        if let Some(day) = first_pay_by.filter(|_| self.parts.iter().all(|part| needs_funds(&part.alert.news))) {
            return self.said("joined-subject", "joined-subject-one", Some(day));
        }
        let title = self.title();
        let named = |day| self.words.day_named_short(day);
        match (first_pay_by, self.parts.iter().filter_map(ahead).min()) {
            (Some(day), _) => {
                let values = [("title", title.as_str().into()), ("payby", named(day).into())];
                self.words.say("joined-care-pay-by", &values)
            }
            (None, Some(day)) => {
                self.words.say("joined-care-ends", &[("title", title.as_str().into()), ("end", named(day).into())])
            }
            (None, None) => title,
        }
    }

    fn said(&self, of_several: &str, of_one: &str, pay_by: Option<NaiveDate>) -> String {
        let projects = self.projects();
        let mut values: Vec<(&str, Value<'_>)> = vec![("n", projects.len().into())];
        if let Some(day) = pay_by {
            values.push(("payby", self.words.day_named_short(day).into()));
        }
        match projects.as_slice() {
            [(only, _)] => {
                values.push(("project", only.alert.project.as_str().into()));
                self.words.say(of_one, &values)
            }
            _ => self.words.say(of_several, &values),
        }
    }

    /// A project with what is due, for a phone: `Acme Windows (Thu 4 June EUR 280.00)`.
    fn in_short(&self, first: &Part, list: &[&'a Part]) -> String {
        let due = self.what_is_due(list);
        let project = first.alert.project.as_str();
        if due.is_empty() { project.to_owned() } else { format!("{project} ({})", due.join("; ")) }
    }

    /// By when each is due and how much, each said once.
    fn what_is_due(&self, list: &[&'a Part]) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        for part in list {
            let teller = Teller { is_short: true, ..self.of(part) };
            let balance = part.alert.balance.as_ref().filter(|_| part.shows_money && !is_well(&part.alert.news));
            let sum = balance.and_then(|balance| balance.to_add);
            let due: Vec<String> = self.due(part).into_iter().chain(sum.map(|(sum, _)| teller.money(sum))).collect();
            let due = due.join(" ");
            if !due.is_empty() && !said.contains(&due) {
                said.push(due);
            }
        }
        said
    }

    /// Until when a payment is in time, or that it is due now.
    fn due(&self, part: &Part) -> Option<String> {
        if is_overdue(&part.alert) || part.alert.news == News::Negative {
            return Some(self.words.word("joined-now"));
        }
        part.alert.pay_by().map(|day| self.words.day_named_short(day))
    }

    /// Where all is well: what is, of each project.
    fn news(&self) -> Table {
        let column = |id: &str| Column {
            label: self.words.word(id),
            align: Align::Start,
            hide_when_narrow: false,
            is_bar: false,
        };
        let row = |(first, list): (&Part, Vec<&'a Part>)| {
            let states: Vec<String> = list.into_iter().map(|part| self.of(part).title()).collect();
            vec![Cell::strong(first.alert.project.as_str()), Cell::text(states.join(". "))]
        };
        let rows = self.projects().into_iter().map(row).collect();
        Table { columns: vec![column("joined-project"), column("joined-news")], rows, ..Table::default() }
    }

    fn table(&self) -> Table {
        let words = self.words;
        let has_sums = self.parts.iter().any(|part| part.shows_money);
        let column = |id: &str, align, hide_when_narrow| Column {
            label: words.word(id),
            align,
            hide_when_narrow,
            is_bar: false,
        };
        let mut columns = vec![column("joined-project", Align::Start, false)];
        if has_sums {
            columns.push(column("alert-fact-balance", Align::End, true));
        }
        // A period that is over, or a trial, doesn't end perhaps.
        let is_open = self.head().parts.iter().all(|part| needs_funds(&part.alert.news));
        // On phones names that say which balance they are of leave room for what to pay by when; the end stands below.
        let has_long_names = has_sums && self.projects().iter().any(|(_, list)| list.len() > 1);
        columns.push(column(if is_open { "joined-end" } else { "joined-ended" }, Align::Start, has_long_names));
        columns.push(column("joined-pay-by", Align::Start, false));
        if has_sums {
            columns.push(column("joined-add", Align::End, false));
        }
        let rows = self.projects().into_iter().flat_map(|(_, list)| {
            let is_one = list.len() == 1;
            list.into_iter().map(move |part| self.row(part, is_one, has_sums)).collect::<Vec<_>>()
        });
        Table { columns, rows: rows.collect(), ..Table::default() }
    }

    /// What is told of one thing; of several of a project, each says which it is.
    fn row(&self, part: &'a Part, is_one: bool, has_sums: bool) -> Vec<Cell> {
        let (teller, project) = (self.of(part), part.alert.project.as_str());
        let told = |text: Option<String>| Cell::text(text.unwrap_or_else(|| NOTHING.to_owned()));
        let balance = part.alert.balance.as_ref().filter(|_| part.shows_money);
        let name = if is_one { project.to_owned() } else { format!("{project} · {}", teller.topic()) };
        let mut cells = vec![Cell::strong(name)];
        if has_sums {
            cells.push(told(balance.map(|balance| teller.money(balance.amount))));
        }
        cells.push(told(named_end(&part.alert).map(|day| self.words.day_named_short(day))));
        let due = self.due(part);
        let tone = if due.is_some() { Tone::Bad } else { Tone::Plain };
        cells.push(Cell { tone, ..told(due) });
        if has_sums {
            let sum = balance.filter(|_| !is_well(&part.alert.news)).and_then(|balance| balance.to_add);
            let link = part.alert.pay.clone().filter(|_| sum.is_some());
            cells.push(Cell { link, ..told(sum.map(|(sum, _)| teller.money(sum))) });
        }
        cells
    }

    /// All that is told of one.
    fn whole(&self, part: &'a Part) -> Vec<Block> {
        let teller = self.of(part);
        let (project, state) = (part.alert.project.as_str(), teller.state());
        let text = match state.contains(project) {
            true => super::capital(&state),
            false => self.words.say("alert-subject", &[("project", project.into()), ("what", state.into())]),
        };
        let mut blocks = vec![Block::Heading { section: "alert".into(), text, caption: None }];
        let lead = teller.lead();
        if !lead.0.is_empty() {
            blocks.push(Block::Paragraph(lead));
        }
        blocks.extend(teller.callouts().into_iter().map(|text| Block::Callout(Text::plain(text))));
        blocks.extend(teller.consequence().map(|text| Block::Paragraph(Text::plain(text))));
        blocks.extend(teller.button());
        blocks.extend(teller.paid(&paid_slot(part.delivery)));
        if let Some(balance) = part.alert.balance.as_ref().filter(|_| part.shows_money) {
            blocks.push(Block::Facts(teller.facts(balance)));
        }
        let notes = teller.who_and_next();
        if !notes.is_empty() {
            blocks.push(Block::Note(Text::plain(notes.join(" "))));
        }
        blocks
    }
}
