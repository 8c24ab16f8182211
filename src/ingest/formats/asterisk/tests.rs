use std::collections::BTreeMap;

use super::*;
use crate::domain::call::{Call, CallStatus, Direction, PartKind, PartOutcome};
use crate::domain::phone::Region;
use crate::ingest::Format;
use crate::zones::Zones;

const MASTER: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/asterisk-master.csv"));
const FREEPBX: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/asterisk-freepbx.csv"));
const SQL: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/config/samples/asterisk-sql.csv"));

fn reading() -> Reading {
    Reading {
        format: Format::Asterisk,
        project: "acme".into(),
        source: "asterisk".into(),
        zone: Zones::bundled().get("Europe/Kyiv").expect("a zone"),
        region: Region::parse("UA"),
        mapping: None,
        is_explained: false,
        encoding: None,
    }
}

/// The pieces of a file, and the lines and reasons of what isn't one.
fn pieces(text: &str) -> (Vec<Piece>, Vec<(u64, String)>) {
    let (mut pieces, mut aside) = (Vec::new(), Vec::new());
    crate::ingest::file::read(text.as_bytes(), &reading(), &mut |chunk| {
        for item in chunk.items {
            let Item::Piece(piece) = item else { panic!("{item:?}") };
            pieces.push(*piece);
        }
        aside.extend(chunk.set_aside.into_iter().map(|row| (row.line, format!("{}: {}", row.column, row.reason))));
        true
    })
    .unwrap_or_else(|problem| panic!("{problem:?}"));
    (pieces, aside)
}

fn folded(pieces: &[Piece]) -> BTreeMap<String, Call> {
    let mut calls: BTreeMap<&str, Vec<KeptPiece>> = BTreeMap::new();
    for piece in pieces {
        let kept = KeptPiece { at: Some(piece.at), body: piece.body.clone() };
        calls.entry(&piece.call_id).or_default().push(kept);
    }
    let fold = |(id, kept): (&str, Vec<KeptPiece>)| Some((id.to_owned(), fold_kept(id, &kept, &reading())?.call));
    calls.into_iter().filter_map(fold).collect()
}

fn calls(text: &str) -> Vec<Call> {
    let (pieces, aside) = pieces(text);
    assert_eq!(aside, []);
    let mut calls: Vec<Call> = folded(&pieces).into_values().collect();
    calls.sort_by_key(|call| call.started_at);
    calls
}

/// What reports read of a call.
fn told(call: &Call) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    format!(
        "{} {} {} wait {:?} menu {:?} talk {:?} agent {} queue {}",
        call.direction.name(),
        call.status.name(),
        text(&call.client_number),
        call.wait_sec,
        call.ivr_sec,
        call.talk_sec,
        text(&call.agent_id),
        text(&call.queue),
    )
}

#[test]
fn three_layouts_of_the_same_records_are_the_same_calls() {
    let expected = [
        "inbound answered +380671112201 wait Some(12) menu Some(9) talk Some(92) agent 202 queue 600",
        "inbound missed_abandoned +380671112202 wait Some(31) menu None talk Some(0) agent - queue 600",
        "inbound missed_voicemail +380671112203 wait Some(20) menu None talk Some(0) agent 201 queue -",
        "outbound answered +380671112202 wait Some(8) menu None talk Some(63) agent 201 queue -",
        "internal answered - wait Some(5) menu None talk Some(35) agent 203 queue -",
        "inbound answered +380671112204 wait Some(8) menu None talk Some(85) agent 202 queue -",
        "inbound missed_ivr - wait None menu Some(6) talk Some(0) agent - queue -",
        "outbound client_busy +380671112205 wait Some(4) menu None talk Some(0) agent 202 queue -",
    ];
    for (name, file) in [("master", MASTER), ("freepbx", FREEPBX), ("sql", SQL)] {
        let calls = calls(file);
        assert_eq!(calls.iter().map(told).collect::<Vec<_>>(), expected, "{name}");
        assert_eq!(calls[0].started_at.to_string(), "2026-11-09T07:02:10Z", "{name}: local time of the server");
    }
    let freepbx = calls(FREEPBX);
    assert_eq!(freepbx[0].tracking_number.as_deref(), Some("+380445550101"));
    assert_eq!(freepbx[0].agent_name.as_deref(), Some("Eva"));
    assert_eq!(freepbx[3].agent_name.as_deref(), Some("Olena"));
    assert_eq!(freepbx[2].raw_status.as_deref(), Some("NO ANSWER Dial, ANSWERED VoiceMail"));
    assert_eq!(freepbx[0].recording_url, None, "the name of a file is no link");
}

#[test]
fn parts_tell_who_rang_and_who_talked() {
    let parts = |call: &Call| -> Vec<String> {
        let part = |part: &crate::domain::call::CallPart| {
            let agent = part.agent_key.as_deref().unwrap_or("-");
            let (kind, outcome) = (part.kind.name(), part.outcome.name());
            format!("{kind} {agent} {outcome} {:?} {:?}", part.ring_sec, part.talk_sec)
        };
        call.parts.iter().map(part).collect()
    };
    let calls = calls(MASTER);
    assert_eq!(
        parts(&calls[0]),
        [
            "menu - answered None None",
            "queue - answered Some(12) None",
            "ring 201 elsewhere Some(12) None",
            "ring 202 answered Some(12) None",
            "talk 202 answered None Some(92)",
        ]
    );
    assert_eq!(
        parts(&calls[1]),
        ["queue - caller_left Some(31) None", "ring 201 no_answer Some(20) None", "ring 202 no_answer Some(20) None"]
    );
    assert_eq!(parts(&calls[2]), ["ring 201 no_answer Some(20) None", "voicemail - no_answer None None"]);
    assert_eq!(parts(&calls[3]), ["ring - answered Some(8) None", "talk 201 answered None Some(63)"]);
    assert_eq!(
        parts(&calls[5]),
        [
            "ring 202 answered Some(8) None",
            "talk 202 answered None Some(25)",
            "ring 203 answered Some(7) None",
            "talk 203 answered None Some(60)",
        ]
    );
}

/// A row of Master.csv.
fn row(
    src: &str,
    dst: &str,
    channels: [&str; 2],
    app: &str,
    times: (&str, u32, u32),
    word: &str,
    ids: [&str; 2],
) -> String {
    let ([channel, other], (start, duration, billsec), [unique, linked]) = (channels, times, ids);
    format!(
        "\"\",\"{src}\",\"{dst}\",\"default\",\"\",\"{channel}\",\"{other}\",\"{app}\",\"\",\"2026-06-01 {start}\",\"\",\"\",\
         {duration},{billsec},\"{word}\",\"DOCUMENTATION\",\"{unique}\",\"\",\"\",\"{linked}\",1\n"
    )
}

const TRUNK: &str = "PJSIP/trunk-0000001a";

#[test]
fn the_record_of_a_queue_with_a_phone_at_its_end_was_answered() {
    let record = "\"\",\"380671112233\",\"600\",\"from-trunk\",\"\"\"Ivan\"\" <380671112233>\",\"PJSIP/trunk-0000001a\",\
        \"PJSIP/201-0000001b\",\"Queue\",\"600,t,,,120\",\"2026-06-01 09:00:00\",\"2026-06-01 09:00:02\",\
        \"2026-06-01 09:01:30\",90,88,\"ANSWERED\",\"DOCUMENTATION\",\"1780293600.26\",\"\",\"\",\"1780293600.26\",31\n";
    let call = &calls(record)[0];
    assert_eq!(told(call), "inbound answered +380671112233 wait Some(2) menu None talk Some(88) agent 201 queue 600");
    assert_eq!((call.call_id.as_str(), call.linked_id.as_deref()), ("1780293600.26", Some("1780293600.26")));
    assert_eq!(call.duration_sec, Some(90));
}

#[test]
fn what_a_machine_says_is_no_talk() {
    let one = |app: &str, other: &str, word: &str| {
        let file = row("380671112233", "600", [TRUNK, other], app, ("09:00:00", 30, 30), word, ["1.1", "1.1"]);
        let call = &calls(&file)[0];
        (call.status, call.talk_sec)
    };
    assert_eq!(one("Queue", "", "ANSWERED"), (CallStatus::MissedAbandoned, Some(0)), "a caller who gave up");
    assert_eq!(
        one("Queue", "PJSIP/201-1", "NO ANSWER"),
        (CallStatus::MissedAbandoned, Some(0)),
        "up, and not answered"
    );
    assert_eq!(one("Queue", "Local/201@from-queue-1;1", "ANSWERED"), (CallStatus::MissedAbandoned, Some(0)));
    assert_eq!(one("VoiceMail", "", "ANSWERED"), (CallStatus::MissedVoicemail, Some(0)));
    assert_eq!(
        one("VoiceMail", "SIP/201-1", "ANSWERED"),
        (CallStatus::MissedVoicemail, Some(0)),
        "one record for both"
    );
    assert_eq!(one("BackGround", "", "ANSWERED"), (CallStatus::MissedIvr, Some(0)));
    assert_eq!(one("Playback", "", "ANSWERED"), (CallStatus::SystemOnly, Some(0)));
    assert_eq!(one("Dial", "PJSIP/201-1", "NO ANSWER"), (CallStatus::MissedNoAnswer, Some(0)));
    assert_eq!(one("Dial", "PJSIP/201-1", "FAILED"), (CallStatus::Failed, Some(0)));
    assert_eq!(one("Dial", "PJSIP/201-1", "BUSY"), (CallStatus::MissedBusy, Some(0)));
    assert_eq!(one("Dial", "PJSIP/201-1", "ANSWERED"), (CallStatus::Answered, Some(30)));
}

#[test]
fn a_ring_group_misses_a_call_only_when_nobody_took_it() {
    let ids = ["5.1", "5.1"];
    let rung = |phone: &str, word, billsec| {
        let channels = [TRUNK, &format!("PJSIP/{phone}-1")];
        row("380671112233", "600", channels, "Dial", ("09:00:00", 8 + billsec, billsec), word, ids)
    };
    let taken = rung("201", "NO ANSWER", 0) + &rung("202", "ANSWERED", 40) + &rung("203", "NO ANSWER", 0);
    let call = &calls(&taken)[0];
    assert_eq!((call.status, call.agent_id.as_deref()), (CallStatus::Answered, Some("202")));
    let outcomes: Vec<_> =
        call.parts.iter().filter(|part| part.kind == PartKind::Ring).map(|part| part.outcome).collect();
    assert_eq!(outcomes, [PartOutcome::Elsewhere, PartOutcome::Answered, PartOutcome::Elsewhere]);
    let missed = rung("201", "BUSY", 0) + &rung("202", "NO ANSWER", 0);
    assert_eq!(told(&calls(&missed)[0]).split(" wait").next(), Some("inbound missed_no_answer +380671112233"));
}

#[test]
fn talk_side_by_side_counts_once_and_a_consultation_not_at_all() {
    let ids = ["7.1", "7.1"];
    let both = row("380671112233", "600", [TRUNK, "PJSIP/201-1"], "Queue", ("09:00:00", 60, 50), "ANSWERED", ids)
        + &row(
            "380671112233",
            "201",
            ["Local/201@q-1;2", "PJSIP/201-1"],
            "Dial",
            ("09:00:00", 60, 48),
            "ANSWERED",
            ["7.2", "7.1"],
        );
    assert_eq!(calls(&both)[0].talk_sec, Some(50));
    let asked = row("380671112233", "201", [TRUNK, "PJSIP/201-1"], "Dial", ("09:00:00", 30, 20), "ANSWERED", ids)
        + &row("201", "203", ["PJSIP/201-2", "PJSIP/203-1"], "Dial", ("09:00:15", 10, 8), "ANSWERED", ["7.5", "7.1"])
        + &row("380671112233", "203", [TRUNK, "PJSIP/203-1"], "Dial", ("09:00:30", 40, 40), "ANSWERED", ids);
    let call = &calls(&asked)[0];
    assert_eq!((call.talk_sec, call.agent_id.as_deref()), (Some(60), Some("201")));
    let talks: Vec<_> = call.parts.iter().filter(|part| part.kind == PartKind::Talk).collect();
    assert_eq!(talks.iter().map(|part| part.agent_key.as_deref()).collect::<Vec<_>>(), [Some("201"), Some("203")]);
}

#[test]
fn which_side_a_call_began_on() {
    let direction = |src: &str, dst: &str, channels: [&str; 2]| {
        calls(&row(src, dst, channels, "Dial", ("09:00:00", 9, 0), "NO ANSWER", ["9.1", "9.1"]))[0].direction
    };
    assert_eq!(direction("201", "202", ["PJSIP/201-1", "PJSIP/202-1"]), Direction::Internal);
    assert_eq!(direction("201", "0671112233", ["SIP/shop_olena-1", "SIP/kyivstar-1"]), Direction::Outbound);
    assert_eq!(direction("380671112233", "600", ["SIP/kyivstar-1", "SIP/shop_olena-1"]), Direction::Inbound);
    assert_eq!(direction("201", "112", ["PJSIP/201-1", "PJSIP/trunk-1"]), Direction::Outbound, "help is outside");
    assert_eq!(
        direction("380671112233", "0671112244", ["Local/201@from-internal-1;2", "PJSIP/trunk-1"]),
        Direction::Outbound
    );
    assert_eq!(direction("380671112233", "600", ["DAHDI/i1/380671112233-1", "Agent/1001"]), Direction::Inbound);
    assert_eq!(direction("", "s", ["SIP/olena-1", ""]), Direction::Unknown);
}

#[test]
fn records_of_every_width_are_read_and_numbers_for_words_are_not() {
    let whole =
        row("380671112233", "201", [TRUNK, "PJSIP/201-1"], "Dial", ("09:00:00", 9, 4), "ANSWERED", ["8.1", "8.1"]);
    let fields: Vec<&str> = whole.trim().split(',').collect();
    for (width, id) in [(16, None), (17, Some("8.1")), (18, Some("8.1"))] {
        let call = &calls(&fields[..width].join(","))[0];
        assert_eq!((call.status, call.id_is_synthetic), (CallStatus::Answered, id.is_none()), "{width}");
        assert!(id.is_none_or(|id| id == call.call_id), "{width}");
    }
    let mixed = format!("{}\n{whole}", fields[..18].join(",").replace("8.1", "8.0"));
    assert_eq!(calls(&mixed).len(), 2, "columns that a newer release added");
    let (_, aside) = pieces(&format!("{whole}{}", whole.replace("ANSWERED", "8")));
    assert!(aside.len() == 1 && aside[0].1.starts_with("disposition: a word is expected"), "{aside:?}");
    let (_, aside) = pieces(&format!("{whole}{}\n{whole}", fields[..5].join(",")));
    assert_eq!(aside, [(2, ": the row has 5 fields and the first row 21".to_owned())]);
}

#[test]
fn digits_of_other_scripts_and_nothing_in_sql_words() {
    let file = "calldate,src,dst,channel,dstchannel,duration,billsec,disposition,uniqueid,linkedid\n\
        2026-06-01 09:00:00,۰۶۷۱۱۱۲۲۳۳,201,PJSIP/trunk-1,PJSIP/201-1,۹,۴,ANSWERED,1.5,NULL\n";
    let call = &calls(file)[0];
    assert_eq!(told(call), "inbound answered +380671112233 wait Some(5) menu None talk Some(4) agent 201 queue -");
    assert_eq!(call.call_id, "1.5", "without a linked id the channel's own steps in");
    let zero = "start,answer,end,channel,duration,billsec,disposition,uniqueid\n\
        2026-06-01 09:00:00,0000-00-00 00:00:00,2026-06-01 09:00:09,PJSIP/trunk-1,,,NO ANSWER,1.6\n";
    assert_eq!((calls(zero)[0].duration_sec, calls(zero)[0].talk_sec), (Some(9), Some(0)));
}

#[test]
fn the_channels_id_tells_the_two_passes_of_an_hour_apart() {
    let ids = ["1792890000.1", "1792890000.1"];
    let file = row("380671112233", "201", [TRUNK, "PJSIP/201-1"], "Dial", ("09:00:00", 9, 4), "ANSWERED", ids);
    let first = file.replace("2026-06-01 09:00:00", "2026-10-25 03:15:00").replace("1792890000", "1792886500");
    let second = file.replace("2026-06-01 09:00:00", "2026-10-25 03:15:00").replace("1792890000", "1792890100");
    assert_eq!(calls(&first)[0].started_at.to_string(), "2026-10-25T00:15:00Z");
    assert_eq!(calls(&second)[0].started_at.to_string(), "2026-10-25T01:15:00Z");
}

#[test]
fn two_exports_of_one_record_are_one_leg_in_any_order() {
    let (master, _) = pieces(MASTER);
    let (freepbx, _) = pieces(FREEPBX);
    let both = folded(&[master.clone(), freepbx.clone()].concat());
    let turned: Vec<Piece> = freepbx.iter().chain(&master).rev().cloned().collect();
    assert_eq!(folded(&turned), both);
    let sums = |calls: &BTreeMap<String, Call>| {
        calls.values().map(|call| (call.talk_sec, call.parts.len())).collect::<Vec<_>>()
    };
    assert_eq!(sums(&both), sums(&folded(&freepbx)));
}

fn any_leg() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let channel = prop::sample::select(vec![TRUNK, "PJSIP/201-1", "Local/202@q-1;2", "SIP/olena-3", ""]);
    let other =
        prop::sample::select(vec!["PJSIP/201-1", "PJSIP/202-1", "Local/202@q-1;1", "PJSIP/trunk-2", "SIP/olena-4", ""]);
    let app = prop::sample::select(vec!["Dial", "Queue", "VoiceMail", "BackGround", "Playback"]);
    let word = prop::sample::select(vec!["ANSWERED", "NO ANSWER", "BUSY", "FAILED"]);
    let dst = prop::sample::select(vec!["201", "600", "0671112233", "s", "vmu201"]);
    (channel, other, app, word, dst, 0..4_u32, 0..9_u32, 0..9_u32, 1..4_u32).prop_map(
        |(channel, other, app, word, dst, second, duration, billsec, unique)| {
            let (start, unique) = (format!("09:00:0{second}"), format!("1.{unique}"));
            let times = (start.as_str(), duration.max(billsec), billsec);
            row("380671112233", dst, [channel, other], app, times, word, [&unique, "1.1"])
        },
    )
}

proptest::proptest! {
    #[test]
    fn legs_fold_to_one_call_in_any_order_and_however_often(
        legs in proptest::collection::vec(any_leg(), 1..8), seed in proptest::prelude::any::<u64>(),
    ) {
        let (told, aside) = pieces(&legs.concat());
        proptest::prop_assert_eq!(aside, []);
        let mut mixed: Vec<Piece> = told.iter().chain(&told).cloned().collect();
        mixed.sort_by_key(|piece| piece.hash.iter().fold(seed, |sum, byte| sum.wrapping_mul(31) ^ u64::from(*byte)));
        let once = folded(&told);
        proptest::prop_assert_eq!(&folded(&mixed), &once);
        let call = once.values().next().expect("a call");
        let talks = call.parts.iter().filter(|part| part.kind == PartKind::Talk);
        let talked: u32 = talks.filter_map(|part| part.talk_sec).sum();
        proptest::prop_assert_eq!(call.status == CallStatus::Answered, talked > 0);
        proptest::prop_assert!(call.talk_sec <= Some(talked) && call.talk_sec <= call.duration_sec);
    }
}
