//! The forty minutes before opening, in which people call back whoever found nobody: last evening, at the weekend, or on
//! the working day before. It has dice of its own and ends before the first shift begins, so that a day never depends on
//! more than the few days before it.

use chrono::{Days, NaiveDate};

use super::business::Business;
use super::day::{MadeCall, opening};
use super::dice::Dice;
use super::evening;
use super::shift::Shift;
use crate::domain::call::{CallStatus, Direction};

const BEGINS_BEFORE_SEC: i64 = 2400;
const TRIES: usize = 2;

/// The morning's calls; none on a closed day.
pub(super) fn calls_of(business: &Business, date: NaiveDate) -> Vec<MadeCall> {
    let mut waiting = found_nobody(business, date);
    if let Some(before) = working_day_before(business, date) {
        add(&mut waiting, call_back(business, before, &found_nobody(business, before)).1);
    }
    call_back(business, date, &waiting).0
}

/// Who waits for this morning's call because of the working day before and the time since.
fn found_nobody(business: &Business, date: NaiveDate) -> Vec<String> {
    let mut waiting = Vec::new();
    if let Some(before) = working_day_before(business, date)
        && let Some(hours) = opening(business, before)
    {
        add(&mut waiting, Shift::new(business, before, hours).play().unreached);
    }
    add(&mut waiting, evening::waiting_since_closing(business, date));
    waiting
}

fn add(waiting: &mut Vec<String>, more: Vec<String>) {
    for client in more {
        if !waiting.contains(&client) {
            waiting.push(client);
        }
    }
}

fn working_day_before(business: &Business, date: NaiveDate) -> Option<NaiveDate> {
    (1..=7).filter_map(|back| date.checked_sub_days(Days::new(back))).find(|day| opening(business, *day).is_some())
}

/// Calls them one after the other; also gives those who couldn't be reached.
fn call_back(business: &Business, date: NaiveDate, waiting: &[String]) -> (Vec<MadeCall>, Vec<String>) {
    let Some((opens, _)) = opening(business, date) else { return (Vec::new(), waiting.to_vec()) };
    let mut dice = Dice::of(&format!("{}/{date}/morning", business.project));
    let mut free_from: Vec<i64> = business.people.iter().map(|_| opens - BEGINS_BEFORE_SEC).collect();
    let (mut calls, mut left) = (Vec::new(), waiting.to_vec());
    for _ in 0..TRIES {
        left.retain(|client| {
            let who = (0..free_from.len()).min_by_key(|&who| free_from[who]).unwrap_or(0);
            let second = free_from[who] + dice.between(5, 60);
            let wait_sec = 5 + dice.wait(8);
            let talk_sec = if dice.chance(0.7) { 15 + dice.wait(50) } else { 0 };
            if second + wait_sec + talk_sec + 20 > opens {
                return true;
            }
            free_from[who] = second + wait_sec + talk_sec + 10;
            let end = if talk_sec > 0 {
                (CallStatus::Answered, "ANSWERED")
            } else {
                (CallStatus::ClientNoAnswer, "CLIENT NO ANSWER")
            };
            calls.push(MadeCall {
                client: Some(client.clone()),
                talk_sec,
                person: Some(who),
                ..MadeCall::quiet(second, Direction::Outbound, end, wait_sec)
            });
            talk_sec == 0
        });
    }
    (calls, left)
}
