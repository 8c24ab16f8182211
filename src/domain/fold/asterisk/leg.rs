//! One leg: a call detail record of Asterisk, which tells of one channel (party A) and at most one that it reached
//! (party B), and what can be read from the names in it.

use serde::{Deserialize, Serialize};

use crate::domain::instant::Instant;

/// What became of a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    Answered,
    NoAnswer,
    Busy,
    Failed,
    Congestion,
    /// A word that nobody knows.
    Unknown,
}

impl Disposition {
    /// Reads Asterisk's word; `None` for one that nobody knows.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match super::super::normalised(word).as_str() {
            "ANSWERED" | "ANSWER" => Self::Answered,
            "NO ANSWER" | "NOANSWER" | "CANCEL" => Self::NoAnswer,
            "BUSY" => Self::Busy,
            "FAILED" => Self::Failed,
            "CONGESTION" => Self::Congestion,
            _ => return None,
        })
    }

    /// The word as records have it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answered => "ANSWERED",
            Self::NoAnswer => "NO ANSWER",
            Self::Busy => "BUSY",
            Self::Failed => "FAILED",
            Self::Congestion => "CONGESTION",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// A record, under Asterisk's names. The order of the fields is the order in which legs are told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Leg {
    pub start: Instant,
    /// Counts the records of a server; two that begin in one second are in this order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uniqueid: Option<String>,
    pub channel: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dstchannel: Option<String>,
    pub disposition: Disposition,
    /// From the start to the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<u32>,
    /// From party A's answer to the end; a machine's answer counts too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billsec: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lastapp: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lastdata: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dcontext: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub src: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dst: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub did: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnum: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnam: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dst_cnam: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linkedid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
}

/// Which side of the telephone system somebody is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Inside,
    Outside,
}

/// Who a channel belongs to, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End<'a> {
    /// A detour inside the system (`Local/201@from-queue-00000003;1`): the number that it was made for.
    Local(&'a str),
    /// A phone or a trunk: its technology and name.
    Device(&'a str, &'a str),
}

impl<'a> End<'a> {
    /// Reads the name of a channel: `PJSIP/201-0000001b`, `DAHDI/i1/380671112233-4`, `Local/201@from-queue-00000003;2`.
    pub(super) fn of(channel: &'a str) -> Option<Self> {
        let (technology, rest) = channel.split_once('/')?;
        if technology.eq_ignore_ascii_case("Local") {
            let number = rest.split(['@', ';']).next().unwrap_or(rest);
            // What a follow-me or a ring group puts before the number: `FMPR-201`.
            return Some(Self::Local(number.rsplit('-').next().unwrap_or(number)));
        }
        let name = rest.split([';', '@']).next().unwrap_or(rest);
        let name = name.rsplit_once('-').map_or(name, |(name, _)| name);
        (!name.is_empty()).then_some(Self::Device(technology, name))
    }

    /// The side that the name itself tells.
    fn side(self) -> Option<Side> {
        const LINES: [&str; 6] = ["DAHDI", "ZAP", "MISDN", "DONGLE", "QUECTEL", "CAPI"];
        const TRUNKS: [&str; 5] = ["trunk", "provider", "gateway", "anonymous", "carrier"];
        match self {
            Self::Local(number) => is_extension(number).then_some(Side::Inside),
            Self::Device(technology, name) => {
                let (technology, lower) = (technology.to_ascii_uppercase(), name.to_ascii_lowercase());
                let is_number = name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'+');
                if technology == "AGENT" {
                    Some(Side::Inside)
                } else if LINES.contains(&technology.as_str())
                    || name.contains(['.', ':'])
                    || (is_number && !is_extension(name))
                    || TRUNKS.iter().any(|word| lower.contains(word))
                {
                    Some(Side::Outside)
                } else {
                    is_extension(name).then_some(Side::Inside)
                }
            }
        }
    }
}

impl Leg {
    pub(super) fn a(&self) -> Option<End<'_>> {
        End::of(&self.channel)
    }

    pub(super) fn b(&self) -> Option<End<'_>> {
        self.dstchannel.as_deref().and_then(End::of)
    }

    /// The moment of its end.
    pub(super) fn end(&self) -> Instant {
        self.start.plus_seconds(i64::from(self.duration.or(self.billsec).unwrap_or(0)))
    }

    /// The moment from which `billsec` counts.
    pub(super) fn answer(&self) -> Instant {
        self.end().plus_seconds(-i64::from(self.billsec.unwrap_or(0))).max(self.start)
    }

    fn app_is(&self, names: &[&str]) -> bool {
        self.lastapp.as_deref().is_some_and(|app| names.iter().any(|name| app.eq_ignore_ascii_case(name)))
    }

    pub(super) fn is_queue(&self) -> bool {
        self.app_is(&["Queue"])
    }

    /// A caller left a message, or could have. Hearing one's own messages (`VoiceMailMain`) is something else.
    pub(super) fn is_voicemail(&self) -> bool {
        let box_of = |dst: &str| {
            let digits = ["vmu", "vmb", "vms", "vmi", "vm"].iter().find_map(|prefix| dst.strip_prefix(prefix));
            digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        };
        self.app_is(&["VoiceMail", "MinivmGreet", "MinivmRecord"]) || self.dst.as_deref().is_some_and(box_of)
    }

    /// A menu spoke, which waits for a choice.
    pub(super) fn is_menu(&self) -> bool {
        self.app_is(&["BackGround", "WaitExten", "Read", "Directory"])
            || self.dcontext.as_deref().is_some_and(|context| context.to_ascii_lowercase().starts_with("ivr"))
    }

    /// A machine spoke last, whoever rang before.
    fn is_machine(&self) -> bool {
        const SPEAKING: &[&str] = &[
            "Playback",
            "ControlPlayback",
            "Playtones",
            "Congestion",
            "Busy",
            "MusicOnHold",
            "Echo",
            "Record",
            "DISA",
        ];
        self.is_voicemail() || self.is_menu() || self.app_is(SPEAKING) || self.app_is(&["VoiceMailMain"])
    }

    /// Somebody or something answered, for a while.
    pub(super) fn was_up(&self) -> bool {
        self.disposition == Disposition::Answered && self.billsec.is_some_and(|seconds| seconds > 0)
    }

    /// A phone was picked up at the other end. Seconds without a real party B are a machine's, and so are those of a leg
    /// that wasn't answered: a caller who heard a menu before is "up" while a phone rings in vain.
    pub(super) fn reached_somebody(&self) -> bool {
        self.was_up() && matches!(self.b(), Some(End::Device(..))) && !self.is_machine()
    }

    /// The side of party A: what a dialled number of ours says, then the names of trunks, contexts, extensions, and last
    /// the caller's number.
    pub(super) fn a_side(&self) -> Option<Side> {
        if self.did.is_some() {
            return Some(Side::Outside);
        }
        let by_name = self.a().and_then(End::side);
        if by_name == Some(Side::Outside) {
            return by_name;
        }
        let by_number = || {
            let src = self.src.as_deref()?;
            let digits = src.bytes().filter(u8::is_ascii_digit).count();
            if is_extension(src) { Some(Side::Inside) } else { (digits >= 7).then_some(Side::Outside) }
        };
        self.dcontext.as_deref().and_then(context_side).or(by_name).or_else(by_number)
    }

    /// The side of party B. One whose name tells nothing is a phone of ours when the call came from outside or the dialled
    /// number is an extension, else a trunk.
    pub(super) fn b_side(&self) -> Option<Side> {
        let end = self.b()?;
        end.side().or_else(|| {
            let is_ours = self.a_side() == Some(Side::Outside) || self.dst.as_deref().is_some_and(is_extension);
            Some(if is_ours { Side::Inside } else { Side::Outside })
        })
    }
}

/// What the name of a context says of who is in it; contexts in which calls end up (`ext-queues`) say nothing.
fn context_side(context: &str) -> Option<Side> {
    const NEITHER: [&str; 5] = ["ext-", "app-", "ivr", "from-queue", "from-internal-xfer"];
    const INSIDE: [&str; 8] = ["internal", "dialout", "outbound", "outgoing", "outrt", "phones", "users", "office"];
    const OUTSIDE: [&str; 10] = [
        "trunk",
        "pstn",
        "from-did",
        "from-digital",
        "from-analog",
        "from-zaptel",
        "from-dahdi",
        "incoming",
        "inbound",
        "external",
    ];
    let context = context.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| context.contains(word));
    if NEITHER.iter().any(|word| context.starts_with(word)) {
        None
    } else if has(&INSIDE) {
        Some(Side::Inside)
    } else {
        has(&OUTSIDE).then_some(Side::Outside)
    }
}

/// The number of an inner line: 2 to 6 digits.
pub(super) fn is_extension(number: &str) -> bool {
    (2..=6).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_name_phones_trunks_and_detours() {
        for (channel, end, side) in [
            ("PJSIP/201-0000001b", Some(End::Device("PJSIP", "201")), Some(Side::Inside)),
            ("SIP/shop_olena-00000003", Some(End::Device("SIP", "shop_olena")), None),
            ("PJSIP/kyivstar-trunk-0000001a", Some(End::Device("PJSIP", "kyivstar-trunk")), Some(Side::Outside)),
            ("PJSIP/380445550101-0000001a", Some(End::Device("PJSIP", "380445550101")), Some(Side::Outside)),
            ("SIP/203.0.113.5-0000001a", Some(End::Device("SIP", "203.0.113.5")), Some(Side::Outside)),
            ("DAHDI/i1/380671112233-4", Some(End::Device("DAHDI", "i1/380671112233")), Some(Side::Outside)),
            ("Agent/1001", Some(End::Device("Agent", "1001")), Some(Side::Inside)),
            ("Local/201@from-queue-00000003;1", Some(End::Local("201")), Some(Side::Inside)),
            ("Local/FMPR-201@from-internal-00000003;2", Some(End::Local("201")), Some(Side::Inside)),
            ("", None, None),
            ("nonsense", None, None),
        ] {
            assert_eq!(End::of(channel), end, "{channel}");
            assert_eq!(end.and_then(End::side), side, "{channel}");
        }
    }

    #[test]
    fn contexts_tell_sides() {
        for (context, side) in [
            ("from-trunk", Some(Side::Outside)),
            ("from-pstn-toheader", Some(Side::Outside)),
            ("from-internal", Some(Side::Inside)),
            ("macro-dialout-trunk", Some(Side::Inside)),
            ("from-internal-xfer", None),
            ("ext-queues", None),
            ("ivr-3", None),
            ("default", None),
        ] {
            assert_eq!(context_side(context), side, "{context}");
        }
    }

    #[test]
    fn words_of_records() {
        assert_eq!(Disposition::parse("no answer"), Some(Disposition::NoAnswer));
        assert_eq!(Disposition::parse("NO_ANSWER"), Some(Disposition::NoAnswer));
        assert_eq!(Disposition::parse("CONGESTION"), Some(Disposition::Congestion));
        assert_eq!(Disposition::parse("8"), None);
        for disposition in [Disposition::Answered, Disposition::NoAnswer, Disposition::Busy, Disposition::Failed] {
            assert_eq!(Disposition::parse(disposition.word()), Some(disposition));
        }
    }
}
