//! What most set-up files of tests begin with, and applying one that may be refused.

use callbrief::apply::{ApplyError, Plan, Request, apply};
use callbrief::config::problem::Problems;
use callbrief::config::setup::Input;

use super::World;

/// The first lines of a file: a project in Kyiv, to which further keys may be added below.
pub const ACME: &str = r#"
[[project]]
id = "acme"
name = "Acme Windows"
zone = "Europe/Kyiv"
locale = "en"
currency = "EUR"
"#;

/// Its owner.
pub const OLENA: &str = r#"
[[contact]]
id = "olena"
name = "Olena Koval"
addresses = { email = ["olena@acme.example"] }
roles = { acme = ["owner"] }
"#;

/// A file of these pieces.
pub fn file(pieces: &[&str]) -> String {
    format!("version = 1\n{}", pieces.join("\n"))
}

/// Somebody with a mail address at `people.example` and these roles, as TOML: `acme = ["agent"]`.
pub fn contact(id: &str, name: &str, roles: &str) -> String {
    format!(
        "[[contact]]\nid = \"{id}\"\nname = \"{name}\"\naddresses = {{ email = [\"{id}@people.example\"] }}\n\
         roles = {{ {roles} }}\n"
    )
}

/// The schedule `id` of `acme` to `olena`, with its rule and more keys.
pub fn schedule(id: &str, more: &str) -> String {
    format!(
        "[[schedule]]\nid = \"{id}\"\nproject = \"acme\"\nreport = \"summary\"\nrecipients = [\"olena\"]\nat = \"08:00\"\n\
         {more}\n"
    )
}

/// Applies a file's text; the difference and the warnings as they are shown.
pub async fn try_apply(world: &World, file: &str, text: &str, prune: bool) -> Result<(Plan, String), ApplyError> {
    let inputs = [Input::toml(file, text)];
    let request = Request { prune, ..Request::new(&inputs, file, "test", world.now()) };
    let mut warnings = String::new();
    let show = |_: &Plan, problems: &Problems| warnings = problems.render(false);
    let plan = apply(&world.app.store, &world.app.zones, &request, show).await?;
    Ok((plan, warnings))
}
