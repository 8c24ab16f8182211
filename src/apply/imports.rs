//! Reads the files that calendars import, once, when they are applied: their days are stored, so nothing reads them later.

use std::ops::RangeInclusive;

use chrono::Datelike;

use super::Request;
use crate::config::ics;
use crate::config::problem::{Problems, Source};
use crate::config::setup::Setup;
use crate::domain::calendar::DayOff;
use crate::domain::instant::Instant;
use crate::zones::Zones;

/// Adds the imported days off to the file's own, each with the path that it came from.
pub(super) fn load(setup: &mut Setup, zones: &Zones, request: &Request<'_>, problems: &Problems) {
    for calendar in &mut setup.calendars {
        let zone = calendar.zone.as_ref().and_then(|zone| zones.get(&zone.value).ok());
        for path in &calendar.imports {
            let source = &path.spot.source;
            let Some(file) = source.folder().map(|folder| folder.join(&path.value)) else {
                let title = "`import`: a text that is sent can't name a file";
                problems.error(source, path.spot.span.clone(), title, None);
                continue;
            };
            let bytes = match std::fs::read(&file) {
                Ok(bytes) => bytes,
                Err(error) => {
                    let title = format!("the file {} can't be read: {error}", file.display());
                    let help = "its path counts from the folder of this file".to_owned();
                    problems.error(source, path.spot.span.clone(), title, Some(help));
                    continue;
                }
            };
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let imported = Source::new(file.display().to_string(), text);
            let days = ics::read(&imported, zone.as_ref(), years(request.now), problems);
            if days.is_empty() && problems.errors() == 0 {
                let title = format!("{} names no day off of a whole day", file.display());
                problems.warning(source, path.spot.span.clone(), title, None);
            }
            let noted = days.into_iter().map(|day| DayOff { source: Some(path.value.clone()), ..day });
            calendar.days_off.extend(noted);
        }
    }
}

/// Yearly days off are written out from last year to the year after next: whole years, so that a file applied again means
/// the same until the year ends.
fn years(now: Instant) -> RangeInclusive<i32> {
    let year = now.to_utc().map_or(1970, |now| now.year());
    year - 1..=year + 2
}
