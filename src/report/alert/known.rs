//! How we know: the balance and what it is spent on, the walk day by day, and how it is counted.

use super::{News, Shown, Teller};
use crate::domain::document::{Align, Block, Cell, Column, Fact, Table, Text, Tone};
use crate::domain::forecast::{End, Outlook, Step};
use crate::domain::money::Amount;

/// Days of the walk that a mail shows.
const MOST_DAYS: usize = 14;
/// Known charges that it names.
const MOST_CHARGES: usize = 4;

impl Teller<'_> {
    /// Facts and walk; nothing where no balance is told of, or no sum may be shown.
    pub(super) fn known(&self) -> Vec<Block> {
        let Some(balance) = self.of.balance.as_ref().filter(|_| self.shows_money) else { return Vec::new() };
        let heading = |section: &str, text: String, caption| Block::Heading { section: section.into(), text, caption };
        let mut blocks = vec![heading("known", self.words.word("alert-how"), None), Block::Facts(self.facts(balance))];
        let is_near = |outlook: &&Outlook| outlook.earliest.day().is_some_and(|day| self.is_near(day));
        if let Some(outlook) = balance.outlook().filter(is_near).filter(|_| !matches!(self.of.news, News::Recovered)) {
            let caption = self.words.say("alert-walk-caption", &[("currency", balance.currency.as_str().into())]);
            blocks.push(heading("walk", self.words.word("alert-walk"), Some(Text::plain(caption))));
            blocks.push(Block::Table(self.walk(balance, outlook)));
        }
        blocks
    }

    pub(super) fn facts(&self, balance: &Shown) -> Vec<Fact> {
        let words = self.words;
        let fact = |label: String, value: String, detail: String| Fact { label, value, detail };
        let as_of =
            words.say("alert-as-of", &[("at", self.moment(balance.as_of).into()), ("zone", self.zone().into())]);
        let mut facts = vec![fact(words.word("alert-fact-balance"), self.money(balance.amount), as_of)];
        if balance.credit_limit.is_positive() {
            facts.push(fact(words.word("alert-fact-credit"), self.money(balance.credit_limit), String::new()));
        }
        let Some(outlook) = balance.outlook() else { return facts };
        let (work, weekend) = outlook.usual_week.split_at(5);
        let mean = |days: &[Amount]| self.money(Amount::mean(days).unwrap_or_default());
        let by_week = words.say("alert-by-week", &[("work", mean(work).into()), ("weekend", mean(weekend).into())]);
        let usual = words.say("alert-a-day", &[("sum", self.money(outlook.usual_day).into())]);
        facts.push(fact(words.word("alert-fact-spend"), usual, by_week));
        let last = outlook.walk.last().map(|step| step.day);
        let near = balance.charges.iter().filter(|charge| Some(charge.on) <= last);
        for charge in near.take(MOST_CHARGES) {
            let (sum, day) = (self.money(charge.amount), words.day_named_short(charge.on));
            let on = words.say("alert-charge-on", &[("sum", sum.into()), ("day", day.into())]);
            facts.push(fact(words.word("alert-fact-charge"), on, charge.what.clone()));
        }
        let end = |end: End| end.day().map_or_else(|| words.word("alert-beyond"), |day| words.day_named_short(day));
        facts.push(fact(words.word("alert-fact-earliest"), end(outlook.earliest), words.word("alert-if-busy")));
        facts.push(fact(words.word("alert-fact-expected"), end(outlook.expected), words.word("alert-at-usual")));
        facts
    }

    fn walk(&self, balance: &Shown, outlook: &Outlook) -> Table {
        let words = self.words;
        let column = |label: String, align| Column { label, align, hide_when_narrow: false, is_bar: false };
        let rows: Vec<Vec<Cell>> =
            outlook.walk.iter().take(MOST_DAYS).map(|step| self.row(balance, outlook, step)).collect();
        let rest = outlook.walk.len() - rows.len();
        Table {
            columns: vec![
                column(words.word("alert-column-day"), Align::Start),
                column(words.word("alert-column-expected"), Align::End),
                column(words.word("alert-column-busy"), Align::End),
                column(String::new(), Align::Start),
            ],
            rows,
            more: (rest > 0).then(|| words.say("alert-walk-more", &[("n", rest.into())])),
            ..Table::default()
        }
    }

    fn row(&self, balance: &Shown, outlook: &Outlook, step: &Step) -> Vec<Cell> {
        let words = self.words;
        let is = |day: Option<chrono::NaiveDate>| day == Some(step.day);
        let is_pay_by = is(balance.pay_by);
        let (is_earliest, is_expected) = (is(outlook.earliest.day()), is(outlook.expected.day()));
        let named = [
            (is_pay_by, "alert-note-pay-by"),
            (is_earliest, "alert-note-earliest"),
            (is_expected, "alert-note-expected"),
        ];
        let charged = balance.charges.iter().filter(|charge| is(Some(charge.on))).map(|charge| charge.what.clone());
        let marks = named.into_iter().filter(|(is_it, _)| *is_it).map(|(_, id)| words.word(id));
        let notes: Vec<String> = marks.chain(charged.filter(|what| !what.is_empty())).collect();
        let sum = |sum: Amount| {
            let tone = if (sum + balance.credit_limit).is_negative() { Tone::Bad } else { Tone::Plain };
            // The caption names the currency.
            let text = words.money_bare(sum.as_micros(), &balance.currency);
            Cell { text, tone, ..Cell::default() }
        };
        let tone = if is_pay_by || is_earliest { Tone::Bad } else { Tone::Mute };
        vec![
            Cell::strong(self.words.day_named_short(step.day)),
            sum(step.expected),
            sum(step.busy.min(step.steady)),
            Cell { text: notes.join(", "), tone, ..Cell::default() },
        ]
    }

    /// How it is counted, who else knows, and what comes next.
    pub(super) fn foot(&self) -> Vec<Text> {
        self.who_and_next().into_iter().chain(self.counted()).map(Text::plain).collect()
    }

    /// How the forecast is counted, where one is shown.
    pub(super) fn counted(&self) -> Option<String> {
        let counted = self.of.balance.as_ref().filter(|balance| self.shows_money && balance.outlook().is_some());
        counted.map(|_| self.words.say("alert-how-counted", &[("zone", self.zone().into())]))
    }

    /// Who else knows, and what comes next.
    pub(super) fn who_and_next(&self) -> Vec<String> {
        let words = self.words;
        let told =
            (self.of.told.len() > 1).then(|| words.say("alert-told", &[("names", self.of.told.join(", ").into())]));
        [told, self.next()].into_iter().flatten().collect()
    }

    /// When the next reminder goes, to whom beside those who hear now, and what stops it.
    fn next(&self) -> Option<String> {
        let words = self.words;
        let day = ("day", words.day_named(self.of.next?).into());
        let next = match self.of.next_also.as_slice() {
            [] => words.say("alert-next", &[day]),
            also => words.say("alert-next-also", &[day, ("names", also.join(", ").into())]),
        };
        let stops = match self.of.news {
            News::TrialEnds { .. } | News::TrialOver { .. } => words.word("alert-next-plan"),
            _ => words.word("alert-next-paid"),
        };
        Some(format!("{next} {stops}"))
    }
}
