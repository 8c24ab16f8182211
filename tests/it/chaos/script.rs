//! What happens in the world by the hour, and what the rules say must be told of it: reckoned here from the documents alone,
//! without asking the database.
//!
//! Every hour two reports fall due. `acme`'s goes at once; `bravo`'s waits for the hour's calls. On the first and third hour
//! of four `acme`'s two balances fall below their limit and are paid, on the others `bravo` is suspended and works again.

use std::collections::BTreeMap;

use callbrief::domain::balance::{Standing, Status};
use callbrief::domain::ids::{BalanceName, ProjectId};
use callbrief::domain::instant::Instant;
use callbrief::domain::money::Amount;
use callbrief::domain::period::Period;
use callbrief::domain::project::Project;
use callbrief::funds;
use callbrief::ingest::{self, Format, ImportRequest};
use callbrief::store::balances::NewBalance;

use super::stage::Stage;

pub const SETUP: &str = r#"
version = 1

[[report]]
id = "short"
sections = ["headline", "totals"]

[[project]]
id = "acme"
name = "Acme Windows"
zone = "UTC"
locale = "en"
currency = "EUR"
allowed_domains = ["acme.example"]
[project.balances.forwarding]
low = "50"
[project.balances.numbers]
low = "50"

[[project]]
id = "bravo"
name = "Bravo Dental"
zone = "UTC"
locale = "en"
currency = "EUR"

[[contact]]
id = "olena"
name = "Olena Koval"
addresses = { email = ["olena@acme.example"] }
roles = { acme = ["owner"], bravo = ["owner"] }

[[contact]]
id = "taras"
name = "Taras Bondar"
addresses = { email = ["taras@acme.example"] }
roles = { acme = ["manager"], bravo = ["manager"] }

[[contact]]
id = "nadia"
name = "Nadia Lys"
addresses = { email = ["nadia@acme.example"], webhook = ["crm"] }
alerts = ["email", "webhook"]
roles = { acme = ["finance"], bravo = ["finance"] }

[[contact]]
id = "dora"
name = "Dora Melnyk"
addresses = { email = ["dora@acme.example"] }
digest = "hourly"
roles = { acme = ["finance"], bravo = ["finance"] }

[[schedule]]
id = "prompt"
project = "acme"
report = "short"
recipients = ["olena", "taras", "board@acme.example"]
cron = "0 * * * *"
catch_up = "all"
formats = []

[[schedule]]
id = "patient"
project = "bravo"
report = "short"
recipients = ["olena", "taras"]
cron = "0 * * * *"
catch_up = "all"
formats = []
"#;

/// One thing that must be told to one address: kind, what it is of, channel, address.
pub type Told = (String, String, &'static str, &'static str);

/// How often each must be told.
pub type Expected = BTreeMap<Told, usize>;

/// Who hears of warnings, over which channel.
const WARNED: [(&str, &str); 4] = [
    ("email", "nadia@acme.example"),
    ("webhook", "crm"),
    ("email", "dora@acme.example"),
    ("email", "olena@acme.example"),
];

/// The begin of an hour, counted from the stage's first.
pub fn hour(begin: Instant, number: usize) -> Instant {
    begin.plus_seconds(3_600 * i64::try_from(number).expect("few"))
}

/// What the rules say must be told of this hour.
pub fn expected(begin: Instant, number: usize) -> Expected {
    let at = hour(begin, number).to_utc().expect("a time").format("%Y-%m-%dT%H:%M#0").to_string();
    let mut expected = Expected::new();
    for (schedule, to) in [
        ("prompt", &["olena@acme.example", "taras@acme.example", "board@acme.example"][..]),
        ("patient", &["olena@acme.example", "taras@acme.example"]),
    ] {
        for to in to {
            expected.insert(("report".to_owned(), format!("{schedule} {at}"), "email", to), 1);
        }
    }
    let (kind, project, times) = match number % 4 {
        0 => ("low_balance", "acme", 2),
        2 => ("recovered", "acme", 2),
        _ => ("status", "bravo", 1),
    };
    for (channel, address) in WARNED {
        expected.insert((kind.to_owned(), project.to_owned(), channel, address), times);
    }
    expected
}

/// What is told us before the first hour.
pub async fn prologue(stage: &Stage) {
    balance(stage, "forwarding", "400").await;
    balance(stage, "numbers", "400").await;
    standing(stage, Status::Active).await;
    let now = stage.world.now();
    import(stage, now.plus_seconds(-86_400), now).await;
}

/// What becomes true in this hour, as commands that say it; each is `balance set …` or `standing set …`.
pub fn facts(stage: &Stage, number: usize) -> Vec<Vec<String>> {
    let at = stage.world.now().to_string();
    let set = |name: &str, amount: &str| {
        ["balance", "set", "acme", name, "--amount", amount, "--as-of", &at].map(str::to_owned).to_vec()
    };
    let stands = |status: &str| {
        vec![["standing", "set", "bravo", "--status", status, "--as-of", &at].map(str::to_owned).to_vec()]
    };
    match number % 4 {
        0 => vec![set("forwarding", "40"), set("numbers", "45")],
        1 => stands("suspended"),
        2 => vec![set("forwarding", "400"), set("numbers", "500")],
        _ => stands("active"),
    }
}

/// The same, told by the test itself.
pub async fn tell(stage: &Stage, number: usize) {
    match number % 4 {
        0 => (balance(stage, "forwarding", "40").await, balance(stage, "numbers", "45").await).0,
        1 => standing(stage, Status::Suspended).await,
        2 => (balance(stage, "forwarding", "400").await, balance(stage, "numbers", "500").await).0,
        _ => standing(stage, Status::Active).await,
    }
}

async fn project(stage: &Stage, id: &str) -> Project {
    let id = ProjectId::parse(id).expect("an id");
    stage.world.app.store.project(&id).await.expect("it is read").expect("it is there")
}

async fn balance(stage: &Stage, name: &str, amount: &str) {
    let new = NewBalance {
        name: BalanceName::parse(name).expect("a name"),
        currency: "EUR".into(),
        amount: Amount::parse(amount).expect("a sum"),
        credit_limit: None,
        auto_topup: Default::default(),
        as_of: stage.world.now(),
    };
    funds::set_balance(&stage.world.app, &project(stage, "acme").await, &new, "tester").await.expect("it is taken");
}

pub async fn standing(stage: &Stage, status: Status) {
    let new = Standing { status, paid_until: None, as_of: stage.world.now() };
    funds::set_standing(&stage.world.app, &project(stage, "bravo").await, new, "tester").await.expect("it is taken");
}

/// The rows of one hour: two calls.
pub fn rows(from: Instant) -> String {
    let row = |minute: i64, status: &str| {
        let at = from.plus_seconds(minute * 60);
        format!("c{}-{minute},{at},inbound,{status},+38050000{:04},20\n", from.as_seconds(), minute * 7)
    };
    format!(
        "call_id,started_at,direction,status,client_number,talk_sec\n{}{}",
        row(11, "answered"),
        row(37, "missed_no_answer")
    )
}

/// Takes in `bravo`'s calls of this span, and says that it is covered.
pub async fn import(stage: &Stage, from: Instant, to: Instant) {
    let text = std::io::Cursor::new(rows(from));
    let project = ProjectId::parse("bravo").expect("valid");
    let mut request = ImportRequest::new(project, Format::Native, "calls.csv", text);
    request.source = Some("Main PBX".to_owned());
    request.covers = Period::new(from, to);
    ingest::import(&stage.world.app, request).await.unwrap_or_else(|error| panic!("{error}"));
}
