//! The three made-up businesses of the demo: when they are open, who picks up, and where their callers come from.
//! Plain constants; `day` plays them. Names, people and numbers are invented.

/// One made-up business, which is one project.
#[derive(Debug)]
pub(super) struct Business {
    /// The project's id in the sample set-up.
    pub(super) project: &'static str,
    /// The project's zone.
    pub(super) zone: &'static str,
    /// The stream that its calls come by.
    pub(super) source: &'static str,
    pub(super) shape: Shape,
    /// Opening hours as (from, to) in local seconds of the day, Monday first; `None`: closed.
    pub(super) open: [Option<(i64, i64)>; 7],
    /// Callers on an ordinary day, Monday first.
    pub(super) callers: [u32; 7],
    /// How callers spread over the hours of an open day: one weight an hour, from opening on.
    pub(super) rhythm: &'static [u32],
    pub(super) people: &'static [Person],
    pub(super) channels: &'static [Channel],
    /// What a caller's number begins with, without `+`, and how many digits follow.
    pub(super) caller_prefixes: &'static [(&'static str, u32)],
    pub(super) queue: &'static str,
}

/// The shape of the file that a business's telephone system writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    JsonLines,
    Csv,
}

/// Somebody who picks up.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    /// How likely a ringing phone is noticed, in percent.
    pub(super) notices: u32,
    /// Seconds until it is picked up, on average.
    pub(super) picks_up_sec: i64,
    /// Seconds of an average talk.
    pub(super) talk_sec: i64,
    /// Talks of target length, in percent of answered calls.
    pub(super) targets: u32,
}

/// Where callers come from: the number they dial and the campaign that showed it.
#[derive(Debug)]
pub(super) struct Channel {
    pub(super) weight: u32,
    pub(super) number: &'static str,
    pub(super) source: &'static str,
    pub(super) medium: &'static str,
    pub(super) campaign: &'static str,
    /// Where the visitor came from, when no campaign says so.
    pub(super) referrer: &'static str,
    /// Whether a visit to the web site stands behind the call.
    pub(super) tracked: bool,
}

const fn hours(from: i64, to: i64) -> Option<(i64, i64)> {
    Some((from * 3600, to * 3600))
}

const fn person(
    key: &'static str,
    name: &'static str,
    notices: u32,
    picks_up_sec: i64,
    talk_sec: i64,
    targets: u32,
) -> Person {
    Person { key, name, notices, picks_up_sec, talk_sec, targets }
}

const fn campaign(
    weight: u32,
    number: &'static str,
    source: &'static str,
    medium: &'static str,
    campaign: &'static str,
) -> Channel {
    Channel { weight, number, source, medium, campaign, referrer: "", tracked: true }
}

const fn referral(weight: u32, number: &'static str, referrer: &'static str) -> Channel {
    Channel { weight, number, source: "", medium: "", campaign: "", referrer, tracked: true }
}

const fn direct(weight: u32, number: &'static str) -> Channel {
    Channel { weight, number, source: "", medium: "", campaign: "", referrer: "", tracked: true }
}

const fn offline(weight: u32, number: &'static str) -> Channel {
    Channel { weight, number, source: "", medium: "", campaign: "", referrer: "", tracked: false }
}

/// All three. The ids are those of `config/samples/setup.toml`.
pub(super) const BUSINESSES: [Business; 3] = [
    Business {
        project: "vikna",
        zone: "Europe/Kyiv",
        source: "pbx",
        shape: Shape::JsonLines,
        open: [hours(9, 18), hours(9, 18), hours(9, 18), hours(9, 18), hours(9, 18), hours(10, 15), None],
        callers: [62, 70, 57, 54, 46, 17, 4],
        rhythm: &[7, 11, 10, 7, 6, 8, 8, 6, 4],
        people: &[
            person("101", "Olena Koval", 92, 6, 240, 46),
            person("102", "Taras Bondar", 76, 10, 205, 37),
            person("103", "Iryna Melnyk", 84, 8, 275, 41),
            person("104", "Ihor Shevchuk", 58, 14, 310, 30),
        ],
        channels: &[
            campaign(38, "380445550101", "google", "cpc", "brand_ua"),
            campaign(17, "380445550102", "facebook", "paid", "autumn_windows"),
            campaign(9, "380445550101", "google", "organic", ""),
            direct(20, "380445550101"),
            referral(6, "380445550101", "https://dim.example.com/guide"),
            offline(10, "380445550199"),
        ],
        caller_prefixes: &[("38067", 7), ("38050", 7), ("38063", 7), ("38044", 7)],
        queue: "Sales",
    },
    Business {
        project: "amstel",
        zone: "Europe/Amsterdam",
        source: "pbx",
        shape: Shape::JsonLines,
        open: [None, hours(9, 18), hours(9, 18), hours(9, 20), hours(9, 18), hours(10, 17), None],
        callers: [5, 36, 33, 42, 37, 33, 3],
        rhythm: &[4, 7, 8, 6, 7, 7, 6, 5, 4, 3, 3],
        people: &[
            person("201", "Eva de Vries", 88, 7, 230, 34),
            person("202", "Bram Jansen", 68, 12, 280, 28),
            person("203", "Noor Bakker", 78, 9, 190, 31),
        ],
        channels: &[
            campaign(30, "31205550110", "google", "cpc", "ebikes_nl"),
            campaign(12, "31205550111", "newsletter", "email", "november"),
            direct(26, "31205550110"),
            referral(12, "31205550110", "https://fietsblad.example.com/test"),
            offline(20, "31205550112"),
        ],
        caller_prefixes: &[("316", 8), ("3120", 7), ("3223", 7)],
        queue: "Workshop",
    },
    Business {
        project: "hudson",
        zone: "America/New_York",
        source: "pbx",
        shape: Shape::Csv,
        open: [hours(8, 18), hours(8, 18), hours(8, 18), hours(8, 18), hours(8, 16), None, None],
        callers: [58, 50, 47, 48, 40, 4, 3],
        rhythm: &[9, 12, 10, 8, 6, 7, 8, 7, 5, 3],
        people: &[
            person("dana", "Dana Ruiz", 90, 7, 190, 52),
            person("marcus", "Marcus Lee", 80, 9, 230, 44),
            person("priya", "Priya Shah", 66, 13, 265, 40),
        ],
        channels: &[
            campaign(26, "12125550140", "google", "cpc", "implants_nyc"),
            campaign(15, "12125550141", "bing", "cpc", "emergency_dentist"),
            campaign(10, "12125550140", "google", "organic", ""),
            direct(22, "12125550140"),
            referral(9, "12125550140", "https://maps.example.com/"),
            offline(18, "12125550142"),
        ],
        caller_prefixes: &[("1212555", 4), ("1646555", 4), ("1917555", 4), ("1718555", 4)],
        queue: "Front desk",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_open_hour_has_a_weight_and_every_business_people_and_channels() {
        for business in &BUSINESSES {
            for (from, to) in business.open.iter().flatten() {
                assert!(from < to && (to - from) / 3600 <= business.rhythm.len() as i64, "{}", business.project);
            }
            assert!(business.people.len() >= 2 && business.channels.len() >= 4, "{}", business.project);
        }
    }
}
