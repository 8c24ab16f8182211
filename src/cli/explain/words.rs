//! Reasons and states as sentences. Every named reason that the program writes down has a line here; one that hasn't is
//! shown as it is written.

use crate::config::settings::NO_RELAY;
use crate::domain::completeness::Missing;
use crate::domain::instant::Instant;
use crate::domain::notice::NoticeKind;
use crate::domain::occurrence::Occurrence;
use crate::notify::lanes::relay_name;
use crate::store::explain::ExplainedDelivery;
use crate::store::ledger::Entry;
use crate::store::runs::{StoredRun, Waiting};
use crate::zones::Zone;
use crate::zones::firing::DAY_OFF;

/// A named reason, and what it means to whoever asks.
const REASONS: &[(&str, &str)] = &[
    // Runs.
    ("superseded", "a newer report was due as well, and only the newest of several is caught up"),
    ("missed", "nobody ran at that time, and the schedule doesn't catch up"),
    ("too_late", "nobody ran at that time, and by the time somebody did it was later than `max_late` allows"),
    ("already_reported", "its period had been reported under the schedule's earlier rule"),
    ("day_off", "nobody works on that day, and the schedule skips days off"),
    ("no_calls", "the period had no calls, and the schedule sends only with calls"),
    ("no_recipients", "nobody in the list could get it"),
    ("paused", "the schedule had been paused"),
    ("schedule_retired", "the schedule had been retired"),
    ("project_retired", "the project had been retired"),
    ("alert_over", "what it told of was over before it went out"),
    ("alert_superseded", "worse, or another state, was told before it went out"),
    ("project_archived", "the project is archived, so its reports stop"),
    ("unknown_report", "the schedule names a report that doesn't exist"),
    ("unknown_zone", "the schedule's zone isn't in the time zone data"),
    ("unreadable", "something stored for it can't be read by this version of the program"),
    ("report_not_made", "the report couldn't be computed"),
    ("data_never_came", "the calls it was held for hadn't come by the time the next one was due"),
    ("data_came", "what was missing came"),
    ("time_is_up", "the time for waiting was up, so it went as it was"),
    ("calls_missing", "calls of its period were missing"),
    ("asked_for", "somebody asked for it"),
    ("fell_due", "its time came"),
    ("schedule_edited", "the schedule was edited, and doesn't wait for them any more"),
    ("let_go_by_hand", "somebody of ours let it go as it was"),
    ("builder_died", "whoever made it ended before it was done, five times"),
    // Recipients.
    ("unknown_contact", "there is no such contact"),
    ("contact_inactive", "the contact isn't active"),
    ("contact_without_role", "the contact has no role in the project"),
    ("role_receives_not", "the contact's role in the project doesn't get such messages"),
    ("own_calls_unknown", "the contact sees own calls only, and which they are isn't known"),
    ("own_calls_only", "the contact sees own calls only, which a report over several projects doesn't tell"),
    ("no_mail_address", "the contact has no mail address"),
    ("domain_not_allowed", "the address isn't in the project's allowed domains"),
    ("same_address", "somebody earlier in the list has the same address, and an address gets a report once"),
    ("address_removed", "the address was taken from the contact"),
    ("channel_not_wanted", "the contact hears of such things by other channels now"),
    ("channel_missing", "the settings have no such channel"),
    (
        "number_not_confirmed",
        "nobody confirmed that the number is the contact's, so nothing is sent there; `callbrief number confirm CONTACT` sends a \
         code to it",
    ),
    ("quiet_hours", "the contact's quiet hours, in which only what is critical goes"),
    ("in_one_mail", "it was told in one message with what else there was that morning"),
    ("some_are_over", "some of what it told is over, so it is made anew without that"),
    ("payment_promised", "somebody said that a payment is on its way, and it waits until the day after that arrives"),
    ("promise_withdrawn", "the word that a payment is on its way was taken back"),
    ("quiet_over", "the contact's quiet hours are over, or it was time for what is gathered"),
    ("in_a_digest", "it went in one message with what else had waited"),
    ("texts_of_day_used_up", "the contact had got as many texts that day as anybody may"),
    ("texts_of_month_used_up", "the project had sent as many texts that month as it may"),
    ("shared_without_money", "somebody else reads there who may see no sums"),
    ("not_a_recipient_any_more", "it had been taken from the schedule's list"),
    // Addresses.
    ("unsubscribed", "the reader stopped this report"),
    ("no_such_address", "the relay said that the address doesn't exist"),
    ("by_hand", "somebody of ours stopped the address"),
    ("paused_by_reader", "the reader paused this report"),
    ("stopped_by_text", "the reader answered STOP to a text"),
    ("silenced", "somebody of ours silenced such notices for a while; `silence list --all` says who and why"),
    ("digest_mode", "the contact wants such news gathered, and gets them together"),
    ("came_back_for_good", "a mail came back from the address for good"),
    ("called_spam", "the reader called a mail spam"),
    // Sending.
    ("lane_unreachable", "the relay couldn't be used when it was tried"),
    ("database_away", "the database was away for a moment"),
    ("no_relay", "no relay is configured"),
    ("narrower_variant", "its reader may see less than when it was made; a narrower one is being made"),
    ("gave_up", "it couldn't be delivered in time"),
    ("on_hold", "sending is held, and it goes when that is released"),
    ("passed_over_on_release", "it had been due before the time up to which a release passed everything over"),
    ("redirect_refused", "the address of `mail.redirect_to`, to which all mail of this trial goes, was refused"),
    ("not_in_only_to", "these settings send only to the addresses of `mail.only_to`, and it isn't one of them"),
    ("stopping", "the program was stopping; it is tried again"),
    ("try_again", "the last try didn't end well"),
    ("lane_held", "the relay refused so many addresses alike that it is held; no address was marked"),
    ("lease_ended", "whoever was sending it never came back"),
    ("sent_again_when_unknown", "whether it arrived isn't known, and such news had better come twice than not at all"),
    ("refused_for_good", "it was refused for good"),
    ("address_marked", "the relay said that the address doesn't exist, and nothing is sent there any more"),
    ("refused_before_taken", "the relay refused the address, and takes it since; nothing goes again by itself"),
    ("refused_before_lift", "the relay refused the address; somebody of ours has freed it since, so it isn't marked"),
    ("unknown", "a week went by and nobody could say whether it was taken"),
    ("silent_after_message", "no answer came after the message"),
    ("lost_after_message", "the connection broke after the message"),
    ("odd_after_message", "the answer after the message made no sense"),
    ("settled_by_hand", "somebody of ours said so"),
    ("cancelled_by_hand", "somebody of ours cancelled it"),
    ("given_up_by_the_demo", "the relay didn't take it, and the demo leaves nothing waiting"),
    ("waits_for_another_relay", "its relay takes no address with such letters, and another one isn't free yet"),
    ("relay_takes_no_such_address", "none of our relays takes an address with such letters (SMTPUTF8)"),
    ("address_not_sendable", "the address can't stand in a mail"),
    ("mail_not_composable", "the mail couldn't be put together"),
    ("media_type_not_sendable", "one of its files is of a kind that can't stand in a mail"),
    ("row_unreadable", "what is stored of it couldn't be read"),
    ("step_ended", "an error ended the sending before it came to this one"),
    ("changed_meanwhile", "something about its reader changed just before it was to go, so it is looked at anew"),
    ("may_go", "its turn came"),
    ("recipient_taken", "the other side would take it"),
    ("taken_by_relay", "the relay took it"),
    ("refused_at_sender", "the relay refused our address"),
    ("refused_at_recipient", "the relay refused the address"),
    ("refused_at_data", "the relay refused to be given the message"),
    ("refused_at_body", "the relay refused the message"),
    ("silent_at_sender", "the relay gave no answer to our address"),
    ("silent_at_recipient", "the relay gave no answer to the address"),
    ("silent_at_data", "the relay gave no answer before the message"),
    ("lost_at_sender", "the connection broke when our address was given"),
    ("lost_at_recipient", "the connection broke when the address was given"),
    ("lost_at_data", "the connection broke before the message"),
    ("odd_at_sender", "the relay's answer to our address made no sense"),
    ("odd_at_recipient", "the relay's answer to the address made no sense"),
    ("odd_at_data", "the relay's answer before the message made no sense"),
    // Sending to services.
    ("taken_by_service", "the service took it"),
    ("written_to_a_file", "it was written to a file, and nothing was sent"),
    // What comes back.
    ("came_back", "a mail server sent it back; the address may be good for the next one"),
    ("taken_as_it_came_back", "it came back, so the relay had taken it"),
    ("refused_at_request", "the service refused it"),
    ("silent_at_request", "the service gave no answer"),
    ("lost_at_request", "the connection broke before anything was sent"),
    ("odd_at_request", "the service's answer made no sense"),
    ("tried_often_enough", "the service refused it each time, and that was the last try"),
    ("address_not_allowed", "its channel leads to an address that nothing is sent to"),
    ("channel_of_another_kind", "its channel is of another kind by now"),
    ("no_words_for_this_channel", "it has no short form, which this channel would need"),
    ("gateway_address_not_usable", "the gateway's address can't be used with this number and text"),
    ("resent", "somebody of ours asked for it again"),
    ("posted", "it was made and comes next"),
];

/// A named reason in words.
pub(in crate::cli) fn reason(name: &str) -> &str {
    REASONS.iter().find(|(known, _)| *known == name).map_or(name, |(_, words)| words)
}

/// The same of a known contact, whose id the words then name in the command that helps.
pub(in crate::cli) fn reason_of(name: &str, contact: &str) -> String {
    reason(name).replace("CONTACT", contact)
}

/// What became of a run, for the day on which it fell due.
pub(super) fn run(stored: &StoredRun, zone: &Zone) -> String {
    use crate::domain::run::RunState;

    let run = &stored.run;
    let due = moment(zone, run.fires_at);
    let what = if run.is_sample { "A sample was asked for" } else { "A report was due" };
    let moved = moved_from(stored, zone).map_or(String::new(), |named| {
        format!(" It had been named for {named}, a day off, and moved to the next working day.")
    });
    let because = run.reason.as_deref().map_or(String::new(), |name| format!(": {}", reason(name)));
    match run.state {
        RunState::Due => format!("{what} {due}; it is still to be made.{moved}"),
        RunState::WaitingForData => match &stored.waiting {
            Some(waiting) => format!("{what} {due}; {}", waits(waiting, zone)),
            None => format!("{what} {due}; it waits for calls."),
        },
        RunState::Building => format!("{what} {due}; it is being made."),
        RunState::Built => {
            let made = stored.built_at.map_or(String::new(), |at| format!(" and made {}", moment(zone, at)));
            let (from, to) = (moment(zone, run.period.from()), moment(zone, run.period.to()));
            let waited = stored.waiting.as_ref().map_or(String::new(), |waiting| waited(waiting, zone));
            format!("{what} {due}{made}, for {from} to {to}.{moved}{waited}")
        }
        RunState::Skipped if stored.skipped_count > 1 => {
            format!("{} reports up to the one due {due} were passed over{because}.", stored.skipped_count)
        }
        RunState::Skipped => format!("{what} {due} and wasn't sent{because}."),
        RunState::Failed => format!("{what} {due} and couldn't be made{because}."),
    }
}

/// The local time that the rule named, where a day off moved the run to another date.
fn moved_from(stored: &StoredRun, zone: &Zone) -> Option<String> {
    let run = &stored.run;
    let named = Occurrence::parse(&run.occurrence).filter(|_| run.notes.iter().any(|note| note == DAY_OFF))?.local;
    (named.date() != zone.date(run.fires_at)).then(|| named.format("%a %Y-%m-%d %H:%M").to_string())
}

/// How relays stand that a mail waits for.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Opening {
    /// The settings name no relay at all.
    pub(in crate::cli) no_relay: bool,
    /// When mail can go again, while no relay may be used.
    pub(in crate::cli) at: Option<Instant>,
    /// Relays that couldn't be used when last tried, with what happened.
    pub(in crate::cli) failing: Vec<(String, String)>,
}

impl Opening {
    fn words(&self, zone: &Zone) -> String {
        let failing = self.failing.iter().map(|(relay, why)| format!(" {relay}: {}.", why.trim_end_matches('.')));
        let opens = self.at.map(|at| format!(" No relay is used before {}; it goes by itself then.", moment(zone, at)));
        failing.chain(opens).collect()
    }
}

/// What a person did, and why: `olena asked for it again 2026-11-16 08:10: “Taras is on leave”.`
pub(super) fn by_hand(entry: &Entry, zone: &Zone) -> String {
    let did = match entry.reason.as_str() {
        "resent" => "asked for it again",
        "cancelled_by_hand" => "cancelled it",
        "given_up_by_the_demo" => "gave it up",
        "settled_by_hand" => "said how it ended",
        "let_go_by_hand" => "let it go as it was",
        "asked_for" => "asked for it",
        other => reason(other),
    };
    format!("{} {did} {}{}.", entry.actor, moment(zone, entry.at), quoted(entry.detail.as_deref()))
}

/// `: “why”`; nothing where nobody said why.
pub(super) fn quoted(why: Option<&str>) -> String {
    why.filter(|why| !why.trim().is_empty()).map_or(String::new(), |why| format!(": “{}”", reason(why)))
}

/// Why an address is stopped, and who said so.
pub(super) fn stopped(name: &str, actor: &str, why: Option<&str>) -> String {
    match name {
        "by_hand" => format!("{actor} stopped the address{}", quoted(why)),
        "unsubscribed" | "paused_by_reader" => match why {
            Some(reference) => format!("{} by the link in {reference}", reason(name)),
            None => reason(name).to_owned(),
        },
        name => format!("{}{}", reason(name), quoted(why)),
    }
}

/// Why a mail isn't sent that was made.
pub(in crate::cli) fn not_sent(name: &str) -> String {
    match name {
        "unsubscribed" | "no_such_address" | "by_hand" | "came_back_for_good" | "called_spam" | "paused_by_reader"
        | "stopped_by_text" => {
            format!("the address gets nothing more ({})", reason(name))
        }
        name => reason(name).to_owned(),
    }
}

/// What becomes of a delivery that the gate will stop.
pub(super) fn unsendable(delivery: &ExplainedDelivery, why: &str) -> String {
    format!("{}, won't be sent: {}. It is stopped when its turn comes.", named(delivery), not_sent(why))
}

/// What becomes of a delivery while sending is held.
pub(super) fn on_hold(delivery: &ExplainedDelivery, why: &str) -> String {
    format!("{}, waits: {why}.", named(delivery))
}

/// For whom a run waits, and until when.
pub(super) fn waits(waiting: &Waiting, zone: &Zone) -> String {
    let (what, until) = (missing(waiting, zone), moment(zone, waiting.until));
    match (&waiting.let_go, waiting.told_at, waiting.holds) {
        (Some(why), ..) => format!("it waited for calls and is made next: {}.", reason(why)),
        (None, Some(told), _) => {
            let told = moment(zone, told);
            format!("it is held for {what}. Its owner was told {told}; it is given up {until}.")
        }
        (None, None, true) => format!("it waits for {what}; the owner is told {until}."),
        (None, None, false) => format!("it waits for {what}, until {until} at most."),
    }
}

fn waited(waiting: &Waiting, zone: &Zone) -> String {
    let why = waiting.let_go.as_deref().unwrap_or("time_is_up");
    format!(" It had waited for {}: {}.", missing(waiting, zone), reason(why))
}

/// `calls of “Main PBX” (2026-11-15 17:40 to 2026-11-16 00:00)`
fn missing(waiting: &Waiting, zone: &Zone) -> String {
    let one = |gap: &Missing| format!("“{}” ({} to {})", gap.source, moment(zone, gap.from), moment(zone, gap.to));
    let all: Vec<String> = waiting.missing.iter().map(one).collect();
    format!("calls of {}", all.join(", "))
}

/// What became of a delivery.
pub(super) fn delivery(delivery: &ExplainedDelivery, zone: &Zone, opening: &Opening) -> String {
    // How relays stand says nothing about other ways.
    let (by_mail, nothing) = (delivery.channel == "email", Opening::default());
    let opening = if by_mail { opening } else { &nothing };
    let at = |instant| moment(zone, instant);
    let because = delivery.reason.as_deref().map_or(String::new(), |name| format!(": {}", reason(name)));
    let reply = delivery.reply.as_deref().map_or(String::new(), |text| format!(" It said: {text}"));
    let relay = delivery.lane.as_deref().map_or("the relay", relay_name);
    let settled = delivery.settled_at.or(delivery.handed_at).map(at).unwrap_or_default();
    let sentence = match delivery.state.as_str() {
        "queued" if delivery.tries > 0 && !opening.no_relay => {
            let next = at(opening.at.map_or(delivery.not_before, |opens| opens.max(delivery.not_before)));
            let times = if delivery.tries == 1 { "once".to_owned() } else { format!("{} times", delivery.tries) };
            format!("was tried {times}; the next try comes after {next}{because}.{reply}")
        }
        "queued" if opening.no_relay => format!("waits to be sent: {NO_RELAY}."),
        "queued" if delivery.not_before > delivery.created_at => {
            let because = if delivery.reason.as_deref() == Some("posted") { String::new() } else { because };
            format!("goes out {}{because}.", at(delivery.not_before))
        }
        "queued" => format!("waits to be sent{because}.{}", opening.words(zone)),
        "claimed" => "is being sent just now.".to_owned(),
        "held" => format!("is held until {}{because}.", at(delivery.not_before)),
        "folded" => {
            let told_in = delivery.told_in.as_deref();
            let state = delivery.told_in_state.as_deref();
            let ended =
                state.filter(|state| matches!(*state, "suppressed" | "cancelled" | "failed" | "expired" | "bounced"));
            let ended = ended.map_or(String::new(), |state| format!(", and was {state}"));
            let told_in = told_in.map_or(String::new(), |one| format!("; that message is {one}{ended}"));
            format!("was folded {settled}{because}{told_in}.")
        }
        "handed" => format!("was handed to {relay}; its answer isn't in yet."),
        "refused" => {
            format!("was refused by {relay}; whether the address or we are the cause is being found out.{reply}")
        }
        "uncertain" => format!(
            "was handed to {relay} {settled}, and whether it was taken isn't known{because}. `callbrief settle {} accepted|failed` closes it.",
            delivery.id
        ),
        "accepted" if delivery.reason.as_deref() == Some("settled_by_hand") => {
            format!("was settled as taken {settled}{because}.")
        }
        "accepted" => format!("was taken by {relay} {settled}.{reply}"),
        "bounced" => format!("was taken by {relay} and came back {settled}{because}.{reply}"),
        "complained" => format!("was taken by {relay}, and its reader called it spam {settled}{because}.{reply}"),
        "failed" => format!("failed {settled}{because}.{reply}"),
        "suppressed" => format!("was stopped before it was sent{because}."),
        "cancelled" => format!("was cancelled{because}."),
        "expired" => format!("expired {}{because}.", at(delivery.give_up_at)),
        other => format!("is {other}{because}.{reply}"),
    };
    format!("{}, {sentence}", named(delivery))
}

/// `The mail to olena@acme.example, reference 7Q3F-K2MD`
fn named(delivery: &ExplainedDelivery) -> String {
    let again =
        if delivery.generation > 1 { format!(" (sent again, no. {})", delivery.generation) } else { String::new() };
    let of = match delivery.told_with_it {
        0 => String::new(),
        count => format!(" of {count} messages"),
    };
    let what = match (delivery.kind.as_str(), delivery.channel.as_str()) {
        ("test", channel) => format!("test by {channel}"),
        ("owner", "email") => "notice".to_owned(),
        ("digest", "email") => format!("digest{of}"),
        ("digest", channel) => format!("digest{of} by {channel}"),
        (kind, channel) if NoticeKind::parse(kind).is_some_and(NoticeKind::is_billing) => match channel {
            "email" => format!("warning ({kind})"),
            channel => format!("warning ({kind}) by {channel}"),
        },
        (_, "email") => "mail".to_owned(),
        (_, channel) => format!("notice by {channel}"),
    };
    format!("The {what} to {}{again}, reference {}", delivery.address, delivery.reference)
}

/// An instant as the schedule's wall clock showed it.
pub(in crate::cli) fn moment(zone: &Zone, at: Instant) -> String {
    zone.local(at).format("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where reasons are written: their files, and what stands in a line that writes one.
    const WRITES: &[(&str, &[&str])] = &[
        ("src/notify", &["State::", "reason: \"", "release(", "Err(\"", "|_| \"", "ok_or(\"", "SUCH_ADDRESS:"]),
        ("src/notify/gate.rs", &[".into()"]),
        ("src/jobs", &["State::", "reason: \"", "skip(\"", "reason = "]),
        ("src/jobs/build/recipients.rs", &["=> \""]),
        ("src/store/waiting.rs", &["State::", "=> \"", "note_run("]),
        ("src/store/runs.rs", &["note_run(", "reason = "]),
        ("src/store/deliveries.rs", &["reason: \""]),
        ("src/zones/firing/due.rs", &["=> \""]),
    ];

    /// Every literal of such a line that looks like a reason.
    fn written(file: &std::path::Path, marks: &[&str], into: &mut std::collections::BTreeSet<String>) {
        if file.is_dir() {
            for entry in std::fs::read_dir(file).expect("a folder") {
                written(&entry.expect("an entry").path(), marks, into);
            }
            return;
        }
        let text = std::fs::read_to_string(file).expect("a source");
        for line in text.split("#[cfg(test)]").next().unwrap_or_default().lines().map(str::trim) {
            let stands_alone = line.starts_with('"') && line.trim_end_matches(',').ends_with('"');
            if line.starts_with("//") || !(stands_alone || marks.iter().any(|mark| line.contains(mark))) {
                continue;
            }
            let literals = line.split('"').skip(1).step_by(2);
            let is_word = |word: &&str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            into.extend(literals.filter(is_word).map(str::to_owned));
        }
    }

    #[test]
    fn every_reason_that_the_code_writes_has_its_words() {
        use crate::notify::channels::{Break, Stage};

        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut all = std::collections::BTreeSet::new();
        for (place, marks) in WRITES {
            written(&root.join(place), marks, &mut all);
        }
        for stage in [Stage::Sender, Stage::Recipient, Stage::Data, Stage::Body, Stage::Request] {
            all.insert(format!("refused_at_{}", stage.name()));
            for how in [Break::Silent, Break::Lost, Break::Odd] {
                all.insert(match stage {
                    Stage::Body => format!("{}_after_message", how.name()),
                    stage => format!("{}_at_{}", how.name(), stage.name()),
                });
            }
        }
        for known in [
            "gave_up",
            "row_unreadable",
            "step_ended",
            "unsubscribed",
            "no_such_address",
            "relay_takes_no_such_address",
            "unknown_report",
            "superseded",
        ] {
            assert!(all.contains(known), "the walk missed {known}: {all:?}");
        }
        let nameless: Vec<_> = all.iter().filter(|name| !REASONS.iter().any(|(known, _)| known == name)).collect();
        assert!(nameless.is_empty(), "these reasons have no sentence in REASONS: {nameless:?}");
    }

    #[test]
    fn each_reason_is_there_once_and_an_unknown_one_shows_as_it_is() {
        for (name, words) in REASONS {
            assert_eq!(REASONS.iter().filter(|(other, _)| other == name).count(), 1, "{name}");
            assert_eq!(reason(name), *words);
        }
        assert_eq!(reason("something_new"), "something_new");
    }
}
