//! Civil time: what a wall clock in a place shows at an instant, and which instant a wall clock means. The only module
//! that resolves local times.
//!
//! Governments change clocks at short notice, so the data matter: at start the newer of the system's tz data and the
//! copy inside the program is taken. `data` finds and reads it, `zone` answers questions about one zone, `firing` walks
//! a schedule's rule along its zone, `countries` tells where a zone lies, `span` reads the periods that people name (`2026-W23`, `last-month`).

pub mod countries;
mod data;
pub mod firing;
pub mod pace;
pub mod quiet;
mod renames;
pub mod span;
pub mod working;
mod zone;

pub use data::{Origin, UnknownZone, Zones};
pub use zone::{OffsetSegment, Resolved, Zone};
