//! A working day of a made-up business, played minute by minute: callers arrive, phones ring, the first free person who
//! notices picks up, the others don't; callers give up, try again and are called back.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use chrono::{Datelike, NaiveDate};

use super::business::Business;
use super::day::{MadeCall, caller, channel, usual_callers};
use super::dice::Dice;
use crate::domain::call::{CallStatus, Direction, PartOutcome};

/// After so many seconds of ringing the telephone system gives up.
const RING_LIMIT_SEC: i64 = 40;

/// What is still to happen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Task {
    /// Somebody calls in; `tries` counts this caller's tries so far today.
    Inbound { client: Option<String>, channel: usize, tries: u32 },
    /// We call somebody back whom we missed.
    CallBack { client: String, tries: u32 },
    /// A visitor asked on the web site to be called.
    Request { client: String },
    /// We call a customer.
    Outbound { client: String },
    /// A colleague calls a colleague.
    Internal,
}

/// A working day that is over.
pub(super) struct Played {
    /// In the order in which they began.
    pub(super) calls: Vec<MadeCall>,
    /// Callers whom nobody talked with that day, although they tried.
    pub(super) unreached: Vec<String>,
}

/// A working day under way.
pub(super) struct Shift<'a> {
    business: &'a Business,
    hours: (i64, i64),
    dice: Dice,
    /// Second from which each person is free again.
    free_from: Vec<i64>,
    /// On some days: hours in which only the first person is there.
    thin: Option<(i64, i64)>,
    ahead: BinaryHeap<Reverse<(i64, Task)>>,
    /// Callers who talked with one of us today.
    reached: BTreeSet<String>,
    calls: Vec<MadeCall>,
}

impl<'a> Shift<'a> {
    /// The shift of this day, with everything planned that nobody else's doing leads to.
    pub(super) fn new(business: &'a Business, date: NaiveDate, hours: (i64, i64)) -> Self {
        let mut dice = Dice::of(&format!("{}/{date}/day", business.project));
        let thin = dice.chance(0.2).then(|| {
            let from = dice.between(hours.0 / 3600, hours.1 / 3600 - 2) * 3600;
            (from, from + 2 * 3600)
        });
        let mut free_from = vec![hours.0; business.people.len()];
        if dice.chance(0.12) {
            let day_off = 1 + date.num_days_from_ce().unsigned_abs() as usize % (business.people.len() - 1);
            free_from[day_off] = i64::MAX;
        }
        let (ahead, reached, calls) = (BinaryHeap::new(), BTreeSet::new(), Vec::new());
        let mut shift = Self { business, hours, dice, free_from, thin, ahead, reached, calls };
        shift.plan_day(f64::from(usual_callers(business, date)));
        shift
    }

    fn plan_day(&mut self, usual: f64) {
        let some = |dice: &mut Dice, share: f64| (usual * share * (0.8 + 0.4 * dice.unit())).round() as u32;
        for _ in 0..some(&mut self.dice, 1.0) {
            let (client, channel) = (caller(self.business, &mut self.dice), channel(self.business, &mut self.dice));
            self.plan_some_time(Task::Inbound { client, channel, tries: 1 });
        }
        for _ in 0..some(&mut self.dice, 0.14) {
            if let Some(client) = caller(self.business, &mut self.dice) {
                self.plan_some_time(Task::Outbound { client });
            }
        }
        for _ in 0..some(&mut self.dice, 0.06) {
            if let Some(client) = caller(self.business, &mut self.dice) {
                self.plan_some_time(Task::Request { client });
            }
        }
        for _ in 0..some(&mut self.dice, 0.05) {
            self.plan_some_time(Task::Internal);
        }
    }

    /// At a moment that the business's rhythm likes.
    fn plan_some_time(&mut self, task: Task) {
        let open_hours = ((self.hours.1 - self.hours.0) / 3600) as usize;
        let hour = self.dice.weighted(self.business.rhythm.iter().take(open_hours).copied());
        let at = self.hours.0 + hour as i64 * 3600 + self.dice.between(0, 3599);
        self.plan(at, task);
    }

    /// What would come after closing doesn't happen today.
    fn plan(&mut self, at: i64, task: Task) {
        if at < self.hours.1 {
            self.ahead.push(Reverse((at, task)));
        }
    }

    /// Plays the day.
    pub(super) fn play(mut self) -> Played {
        while let Some(Reverse((at, task))) = self.ahead.pop() {
            match task {
                Task::Inbound { client, channel, tries } => self.somebody_calls(at, client, channel, tries),
                Task::CallBack { client, tries } => self.call_back(at, client, tries),
                Task::Request { client } => self.answer_request(at, client),
                Task::Outbound { client } => self.call_out(at, client),
                Task::Internal => self.chat(at),
            }
        }
        let missed =
            self.calls.iter().filter(|call| call.direction == Direction::Inbound && !call.status.is_answered());
        let mut unreached: Vec<String> = Vec::new();
        for client in missed.filter_map(|call| call.client.as_ref()) {
            if !self.reached.contains(client) && !unreached.contains(client) {
                unreached.push(client.clone());
            }
        }
        Played { calls: self.calls, unreached }
    }

    /// People who are there and not on the phone.
    fn free_at(&self, at: i64) -> Vec<usize> {
        let thin = self.thin.is_some_and(|(from, to)| from <= at && at < to);
        (0..self.free_from.len()).filter(|&who| self.free_from[who] <= at && (who == 0 || !thin)).collect()
    }

    fn talk(&mut self, who: usize) -> i64 {
        20 + self.dice.wait(self.business.people[who].talk_sec)
    }

    fn occupy(&mut self, who: usize, until: i64) {
        self.free_from[who] = until + self.dice.between(5, 40);
    }

    fn somebody_calls(&mut self, at: i64, client: Option<String>, channel: usize, tries: u32) {
        let patience = 3 + self.dice.wait(44);
        let free = self.free_at(at);
        let call = if free.is_empty() { self.queue(at, patience) } else { self.ring(at, &free, patience) };
        match (&client, call.status.is_answered()) {
            (Some(client), true) => {
                self.reached.insert(client.clone());
            }
            (Some(known), false) => {
                if tries < 4 && self.dice.chance(0.38) {
                    let again = at + self.dice.between(60, 2700);
                    self.plan(again, Task::Inbound { client: client.clone(), channel, tries: tries + 1 });
                }
                if self.dice.chance(0.9) {
                    let back = at + 300 + self.dice.wait(3600);
                    self.plan(back, Task::CallBack { client: known.clone(), tries: 1 });
                }
            }
            (None, _) => {}
        }
        self.calls.push(MadeCall { client, channel: Some(channel), ..call });
    }

    /// All free phones ring; the first who notices takes it, unless the caller gives up.
    fn ring(&mut self, at: i64, free: &[usize], patience: i64) -> MadeCall {
        let mut first: Option<(i64, usize)> = None;
        for &who in free {
            let person = &self.business.people[who];
            if self.dice.chance(f64::from(person.notices) / 100.0) {
                let picks_up = 2 + self.dice.wait(person.picks_up_sec);
                first = Some(first.map_or((picks_up, who), |best| best.min((picks_up, who))));
            }
        }
        match first {
            Some((picks_up, who)) if picks_up <= patience => {
                let outcome = |other| if other == who { PartOutcome::Answered } else { PartOutcome::Elsewhere };
                let rings = free.iter().map(|&other| (other, outcome(other))).collect();
                MadeCall { rings, ..self.answered(at, who, picks_up) }
            }
            _ => {
                let (end, wait, how) = if patience < RING_LIMIT_SEC {
                    ((CallStatus::MissedCancelled, "CANCEL"), patience, PartOutcome::CallerLeft)
                } else if self.dice.chance(0.3) {
                    ((CallStatus::MissedVoicemail, "VOICEMAIL"), RING_LIMIT_SEC + 15, PartOutcome::NoAnswer)
                } else {
                    ((CallStatus::MissedNoAnswer, "NO ANSWER"), RING_LIMIT_SEC, PartOutcome::NoAnswer)
                };
                let rings = free.iter().map(|&who| (who, how)).collect();
                MadeCall { rings, ..MadeCall::quiet(at, Direction::Inbound, end, wait) }
            }
        }
    }

    /// Everybody is on the phone: the caller waits for the first who isn't, or gives up.
    fn queue(&mut self, at: i64, patience: i64) -> MadeCall {
        let thin = self.thin.is_some_and(|(from, to)| from <= at && at < to);
        let there = if thin { 1 } else { self.free_from.len() };
        let next = (0..there).min_by_key(|&who| self.free_from[who]).unwrap_or(0);
        let picks_up = self.free_from[next].saturating_sub(at).saturating_add(2);
        let patience = patience * 2;
        if picks_up <= patience {
            return MadeCall { rings: vec![(next, PartOutcome::Answered)], ..self.answered(at, next, picks_up) };
        }
        let (end, wait) = match self.dice.weighted([70, 24, 4, 2].into_iter()) {
            0 => ((CallStatus::MissedAbandoned, "ABANDON"), patience),
            1 => ((CallStatus::MissedBusy, "BUSY"), 2),
            2 => ((CallStatus::Failed, "FAILED"), 1),
            _ => ((CallStatus::Unknown, "CONGESTION"), 1),
        };
        MadeCall::quiet(at, Direction::Inbound, end, wait)
    }

    fn answered(&mut self, at: i64, who: usize, wait_sec: i64) -> MadeCall {
        let mut talk_sec = self.talk(who);
        let picked_up = at + wait_sec;
        let mut handed_to = None;
        let others: Vec<_> = self.free_at(picked_up).into_iter().filter(|&other| other != who).collect();
        if let (Some(&other), true) = (others.first(), self.dice.chance(0.06)) {
            let after = talk_sec;
            talk_sec += self.talk(other);
            handed_to = Some((other, after));
            self.occupy(other, picked_up + talk_sec);
        }
        self.occupy(who, picked_up + handed_to.map_or(talk_sec, |(_, after)| after));
        let end = (CallStatus::Answered, "ANSWERED");
        MadeCall { talk_sec, person: Some(who), handed_to, ..MadeCall::quiet(at, Direction::Inbound, end, wait_sec) }
    }

    /// Somebody of us calls; `None` when all are busy.
    fn dial(&mut self, at: i64, direction: Direction, reaches: f64) -> Option<MadeCall> {
        let free = self.free_at(at);
        let who = *free.get(self.dice.between(0, free.len() as i64 - 1).max(0) as usize)?;
        let wait_sec = 4 + self.dice.wait(9);
        let call = if self.dice.chance(reaches) {
            let end = (CallStatus::Answered, "ANSWERED");
            let talk_sec = self.talk(who);
            MadeCall { talk_sec, ..MadeCall::quiet(at, direction, end, wait_sec) }
        } else if self.dice.chance(0.15) {
            MadeCall::quiet(at, direction, (CallStatus::ClientBusy, "BUSY"), 3)
        } else {
            MadeCall::quiet(at, direction, (CallStatus::ClientNoAnswer, "CLIENT NO ANSWER"), wait_sec + 20)
        };
        self.occupy(who, at + call.wait_sec + call.talk_sec);
        Some(MadeCall { person: Some(who), ..call })
    }

    fn call_back(&mut self, at: i64, client: String, tries: u32) {
        if self.reached.contains(&client) {
            return;
        }
        match self.dial(at, Direction::Outbound, 0.66) {
            Some(call) => {
                if call.status.is_answered() {
                    self.reached.insert(client.clone());
                } else if tries < 3 && self.dice.chance(0.55) {
                    let again = at + 1200 + self.dice.wait(4800);
                    self.plan(again, Task::CallBack { client: client.clone(), tries: tries + 1 });
                }
                self.calls.push(MadeCall { client: Some(client), ..call });
            }
            None => self.plan(at + 240, Task::CallBack { client, tries }),
        }
    }

    fn answer_request(&mut self, at: i64, client: String) {
        let call = self.dial(at, Direction::Callback, 0.78).unwrap_or_else(|| {
            MadeCall::quiet(at, Direction::Callback, (CallStatus::MissedNoAnswer, "OPERATOR NO ANSWER"), RING_LIMIT_SEC)
        });
        if call.status.is_answered() {
            self.reached.insert(client.clone());
        }
        let channel = Some(channel(self.business, &mut self.dice));
        self.calls.push(MadeCall { client: Some(client), channel, ..call });
    }

    fn call_out(&mut self, at: i64, client: String) {
        if let Some(call) = self.dial(at, Direction::Outbound, 0.62) {
            self.calls.push(MadeCall { client: Some(client), ..call });
        }
    }

    fn chat(&mut self, at: i64) {
        if let Some(call) = self.dial(at, Direction::Internal, 0.9) {
            self.calls.push(call);
        }
    }
}
