//! What a section is given: everything that is known of one report, for one kind of reader. A section turns it into
//! blocks, figures and rows and never sees a renderer, a database or another reader.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDateTime};

use crate::domain::cut::Cut;
use crate::domain::figure::DataStamp;
use crate::domain::filters::Filters;
use crate::domain::instant::Instant;
use crate::domain::report_spec::SectionId;
use crate::domain::slice::{CallRow, Slice};
use crate::i18n::{NOTHING, Words};

use super::ReportRequest;
use super::callers::Callers;
use super::dialled::{Dialled, dialled};
use super::frame::Counted;
use super::hours::InHours;
use super::label::Label;
use super::mask::Mask;
use super::meaning::{Meaning, Of};
use super::only;
use super::origin::Origins;
use super::people::People;
use super::stamp::{has_previous, is_complete, is_previous_complete, stamp};
use super::tally::Tally;

/// One report as one kind of reader sees it.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) request: &'a ReportRequest,
    pub(super) slice: &'a Slice,
    pub(super) words: Words,
    pub(super) mask: Mask,
    /// The chosen calls of the period, by start.
    pub(super) calls: &'a [&'a CallRow],
    /// The chosen calls of the period compared with; empty where it may not be compared.
    pub(super) calls_before: &'a [&'a CallRow],
    pub(super) now: &'a Tally,
    /// `None`: there is nothing to compare with.
    pub(super) before: Option<&'a Tally>,
    /// The period compared with as it is now, whether or not it may be compared.
    pub(super) earlier: &'a Tally,
    /// Of the calls, those in working hours; `None`: the project has no calendar.
    pub(super) hours: Option<InHours>,
    pub(super) hours_before: Option<InHours>,
    pub(super) origins: &'a Origins,
    pub(super) people: &'a People<'a>,
    pub(super) callers: Callers<'a>,
    /// Calls out, by who made them.
    pub(super) dialled: BTreeMap<Option<i64>, Dialled>,
    /// What the choice of calls leaves meaning to.
    pub(super) meaning: Meaning<'a>,
    pub(super) stamp: DataStamp,
    pub(super) label: Label<'a>,
    pub(super) label_before: Option<Label<'a>>,
}

impl<'a> View<'a> {
    pub(super) fn new(request: &'a ReportRequest, slice: &'a Slice, counted: &'a Counted<'a>) -> Self {
        let words = Words::of(&request.language);
        let label = |period| Label::new(period, &request.zone, request.project.week_start, words);
        let stamp = stamp(
            slice,
            &counted.tallies.current,
            &counted.chosen.ignored,
            request.spec.options.missed,
            &request.spec.filters,
        );
        let comparable = is_complete(&stamp, request.period, request.made_at)
            && has_previous(slice)
            && is_previous_complete(slice, &request.spec.filters);
        let mut callers = Callers::of(slice, &counted.chosen, request);
        let made = std::mem::take(&mut callers.called_back);
        for (agent, count) in made {
            *callers.called_back.entry(counted.people.counted(agent)).or_default() += count;
        }
        Self {
            request,
            slice,
            words,
            mask: Mask { numbers: request.rights.numbers, words },
            calls: &counted.chosen.calls,
            calls_before: if comparable { &counted.chosen.previous } else { &[] },
            now: &counted.tallies.current,
            before: comparable.then_some(&counted.tallies.previous),
            earlier: &counted.tallies.previous,
            hours: counted.hours.map(|[now, _]| now),
            hours_before: counted.hours.filter(|_| comparable).map(|[_, before]| before),
            origins: &counted.origins,
            people: &counted.people,
            callers,
            dialled: dialled(&counted.chosen.calls, &counted.people),
            meaning: Meaning::of(request),
            stamp,
            label: label(request.period),
            label_before: request.compared_with.map(label),
        }
    }

    /// Callers open at the period's end; `None`: the filters let no call through that could open an entry.
    pub(super) fn open(&self) -> Option<u64> {
        self.meaning.has(Of::Waiting).then(|| self.callers.open())
    }

    /// Of them, who still waits when the report is made, and who was reached since: a title that is read as what is to be
    /// done mustn't count those.
    pub(super) fn still_open(&self) -> Option<[u64; 2]> {
        let reached = self.callers.reached_since;
        self.open().map(|open| [open - reached, reached])
    }

    /// The same at the end of the period compared with, where it may be compared.
    pub(super) fn open_before(&self) -> Option<u64> {
        self.before.and(self.callers.open_before).filter(|_| self.meaning.has(Of::Waiting))
    }

    /// The answer rate of one of the two periods, where it means something.
    pub(super) fn answer_rate(&self, tally: &Tally) -> Option<f64> {
        tally.answer_rate().filter(|_| self.meaning.has(Of::Rate))
    }

    /// `the week before`; empty when there is nothing to compare with.
    pub(super) fn before_words(&self) -> String {
        self.label_before.as_ref().map(|before| self.label.before(before)).unwrap_or_default()
    }

    /// What a wall clock in the report's zone shows.
    pub(super) fn local(&self, at: Instant) -> NaiveDateTime {
        self.request.zone.local(at)
    }

    /// `Sun 15 Nov 17:40`, with its year when that isn't the one in which the period ends.
    pub(super) fn moment(&self, at: Instant) -> String {
        let local = self.local(at);
        if local.year() == self.label.last_date().year() {
            self.words.moment(local)
        } else {
            self.words.moment_year(local)
        }
    }

    /// `Tue 10:12`, with a date when it lies further back than the report's last week.
    pub(super) fn moment_near(&self, at: Instant) -> String {
        self.words.moment_near(self.local(at), self.label.last_date())
    }

    /// What readers call the agent; see [`People::name`].
    pub(super) fn agent_name(&self, id: i64) -> String {
        self.people.name(&self.words, id)
    }

    /// Whether target calls of the period before mean the same as those of this one.
    pub(super) fn compares_target(&self) -> bool {
        self.request.compared_with.is_some_and(|before| self.knows_cycle(self.calls_before, before.from()))
    }

    /// Whether calls are kept from a whole sale cycle before a period with these calls: else every long talk looks like its
    /// caller's first. Nobody has to know where the source itself says which calls are target calls.
    pub(super) fn knows_cycle(&self, calls: &[&CallRow], from: Instant) -> bool {
        let rule = self.slice.request.target_rule;
        let asks = |call: &&CallRow| call.is_answered_in() && rule.asks(call.flags, call.talk_sec);
        rule.cycle_days == 0
            || self.slice.history_from.is_some_and(|begins| begins <= from.plus_seconds(-rule.cycle_sec()))
            || !calls.iter().any(asks)
    }

    /// `Only: inbound, team Sales`; `None`: every call is looked at.
    pub(super) fn only(&self) -> Option<String> {
        let filters = &self.request.spec.filters;
        let name = |called: &String| {
            let ids = self.slice.agents_called(called);
            let mut names: Vec<String> = ids.into_iter().map(|id| self.agent_name(id)).collect();
            names.dedup();
            // Where nobody is named, neither is who was asked for.
            if names.is_empty() && !self.people.are_named() {
                names.push(NOTHING.to_owned());
            }
            (!names.is_empty()).then(|| (called.clone(), names.join(", ")))
        };
        let names = filters.agent.iter().filter_map(name).collect();
        let safe = |texts: &[String]| -> Vec<String> {
            let text = |text: &String| if self.people.are_told_by(text) { NOTHING.to_owned() } else { text.clone() };
            texts.iter().map(text).collect()
        };
        let filters = Filters {
            queue: safe(&filters.queue),
            department: safe(&filters.department),
            tag: safe(&filters.tag),
            utm_source: safe(&filters.utm_source),
            utm_medium: safe(&filters.utm_medium),
            utm_campaign: safe(&filters.utm_campaign),
            ..filters.clone()
        };
        only::only(&self.words, &filters, &names)
    }

    /// Both ways to say that rows were cut.
    pub(super) fn cut(&self, plain: String) -> Cut {
        let attached = self.words.say("more-attached", &[("more", plain.as_str().into())]);
        Cut { plain, attached }
    }

    /// Whether the report has this section.
    pub(super) fn has(&self, section: SectionId) -> bool {
        self.request.has(section)
    }

    /// Rows shown of a long table.
    pub(super) fn max_rows(&self) -> usize {
        self.request.spec.options.max_rows.max(1) as usize
    }
}
