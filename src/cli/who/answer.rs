//! The answer in words and for scripts.

use std::fmt::Write;

use serde_json::{Value, json};

use super::super::explain::words;
use super::{Answer, Fate};
use crate::domain::episode::Level;
use crate::domain::reach::Way;

/// A reason in words; the ones that only this command gives have theirs here.
fn said(reason: &str) -> &str {
    match reason {
        "at_once" => "at once",
        "working_morning" => "in the morning of a working day; at once where the day to pay comes before",
        "critical_goes_at_once" => "at once: what is critical goes through quiet hours",
        "too_late_after" => "at once: after the quiet hours it would be too late",
        "quiet_hours" => "held for the contact's quiet hours",
        "role_hears_not" => "none of the contact's roles hears of such a thing",
        "no_address_to_use" => "every address that the contact chose for it is stopped, or there is none",
        "owner_hears_later" => {
            "an owner hears three days before an end, when a payment would come too late or something is over, or when nobody in \
             finance can be reached"
        }
        "ops_hear_later" => "ops hear when a payment would come too late, or when something is over",
        "away" => "away on that day, so the deputy hears instead (`away` of the contact)",
        "same_address" => "somebody before has the same address, which gets it once",
        "project_archived" => "warnings have stopped, since the project is archived",
        other => words::reason(other),
    }
}

impl Answer {
    /// For people.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.head);
        for note in &self.notes {
            let _ = writeln!(text, "  {note}");
        }
        for one in &self.told {
            for (way, fate) in &one.ways {
                let sums = if one.role.rights().money && !way.hides_money { "" } else { ", without sums" };
                let deputy = one.in_place_of.as_ref().map_or(String::new(), |name| format!(", deputy of {name}"));
                let who = format!("{} ({}{deputy}{sums})", one.contact, one.role.name());
                let _ = match &fate.at {
                    Some((_, at)) => writeln!(text, "  {who}: {way}, {at} {} time: {}.", one.zone, said(fate.reason)),
                    None => {
                        let why = said(fate.reason).replace("CONTACT", one.contact.as_str());
                        writeln!(text, "  {who}: not by {way}: {why}.")
                    }
                };
            }
        }
        for (contact, reason) in &self.others {
            let _ = writeln!(text, "  not {contact}: {}.", said(reason));
        }
        match self.operations.as_deref() {
            None => {}
            Some([]) => text.push_str("  Nobody can be told, and [operations] of the settings is empty.\n"),
            Some(list) => {
                let _ =
                    writeln!(text, "  Nobody of the project can be told, so [operations] hears: {}.", list.join(", "));
            }
        }
        for hold in &self.holds {
            let of = hold.project_id.as_ref().map_or(String::new(), |id| format!(" of {id}"));
            let by = hold.channel.as_ref().map_or(String::new(), |channel| format!(" by {channel}"));
            let _ = writeln!(
                text,
                "  Held now: everything{of}{by} waits until `callbrief release` ({} by {}: {}).",
                words::moment(&self.zone, hold.since),
                hold.actor,
                hold.reason
            );
        }
        text
    }

    /// For scripts.
    pub fn json(&self) -> Value {
        let way = |(way, fate): &(Way, Fate)| {
            json!({
                "channel": way.channel.name(), "address": way.address, "at": fate.at.as_ref().map(|(at, _)| at),
                "reason": fate.reason, "hides_money": way.hides_money,
            })
        };
        let told = self.told.iter().map(|one| {
            let ways: Vec<Value> = one.ways.iter().map(way).collect();
            json!({ "contact": one.contact, "role": one.role.name(), "in_place_of": one.in_place_of, "ways": ways })
        });
        let others = self.others.iter().map(|(contact, reason)| json!({ "contact": contact, "reason": reason }));
        json!({
            "level": self.level.map(Level::name), "past_pay_by": self.past_pay_by, "archived": self.is_archived,
            "told": told.collect::<Vec<_>>(), "others": others.collect::<Vec<_>>(), "operations": self.operations,
            "holds": self.holds,
        })
    }
}
