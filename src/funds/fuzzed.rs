//! Any bytes as a sheet of facts: each row is taken or set aside with its line and reason; `fuzz/` asks it.

use std::sync::LazyLock;

use super::read_sheet;
use crate::domain::ids::BalanceName;
use crate::domain::instant::Instant;
use crate::zones::{Zone, Zones};

/// 23 November 2026.
const NOW: Instant = Instant::from_seconds(1_795_392_000);

pub(crate) fn sheet(bytes: &[u8]) {
    static ZONE: LazyLock<Option<Zone>> = LazyLock::new(|| Zones::bundled().get("Europe/Kyiv").ok());
    let Some(zone) = &*ZONE else { return };
    let name = BalanceName::parse("main").ok();
    let Ok(sheet) = read_sheet(bytes, zone, name.as_ref(), NOW) else { return };
    let lines: Vec<u64> = sheet.rows.iter().map(|(line, _)| *line).collect();
    assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "rows in their order, each once");
    for row in &sheet.set_aside {
        assert!(row.line > 1 && !row.why.is_empty() && !lines.contains(&row.line), "{row}");
    }
}
