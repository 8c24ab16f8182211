//! Civil time: what a wall clock in a place shows at an instant, and which instant a wall clock means.

/// The time zone data in use. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Zones;
