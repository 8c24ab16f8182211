//! Where a project is at home.

use crate::domain::phone::Region;
use crate::domain::project::Project;
use crate::zones::countries;

/// The country whose way of writing phone numbers is assumed where a number doesn't tell its own: the project's, else the one
/// its zone lies in, else its locale's.
pub fn home_of(project: &Project) -> Option<Region> {
    let said = project.settings.country.as_deref().and_then(Region::parse);
    said.or_else(|| countries::country_of(&project.zone).and_then(Region::parse))
        .or_else(|| Region::of_locale(&project.locale))
        .or_else(|| Region::of_language(&project.locale))
}
