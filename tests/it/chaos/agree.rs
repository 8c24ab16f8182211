//! The three readings: what the rules say must be told, what the servers took, what the ledger says; and where they differ.

use std::collections::{BTreeMap, BTreeSet};

use callbrief::domain::instant::Instant;

use super::script::Expected;
use super::stage::Stage;
use crate::support::Engine;
use crate::support::mail::Mail;

/// A delivery as the ledger has it.
#[derive(Debug)]
struct Row {
    id: i64,
    kind: String,
    of: String,
    channel: String,
    address: String,
    state: String,
    reason: String,
    message_id: String,
    folded_into: Option<i64>,
    /// Times that its outcome was unknown, and that it went again, for that or after a no.
    unknown: usize,
    again: usize,
    is_later: bool,
}

/// What was found when all agreed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Found {
    /// Deliveries that the rules ask for.
    pub told: u64,
    pub accepted: u64,
    pub folded: u64,
    /// Whose outcome is unknown and stays so.
    pub uncertain: u64,
    /// Reports of runs whose lease ended five times, each told to its owner.
    pub given_up: u64,
    /// Copies of messages that went again under the same Message-ID after an unknown outcome.
    pub copies: u64,
}

impl Found {
    pub fn add(&mut self, other: Self) {
        self.told += other.told;
        self.accepted += other.accepted;
        self.folded += other.folded;
        self.uncertain += other.uncertain;
        self.given_up += other.given_up;
        self.copies += other.copies;
    }
}

/// How far everything was read before.
#[derive(Clone, Debug, Default)]
pub struct Read {
    delivery: i64,
    /// Those before it that waited for a later hour.
    waiting: Vec<i64>,
    mails: usize,
    posts: usize,
}

/// What a server took: who from it was for, and the content, by the message's own name.
type Taken = BTreeMap<String, Vec<(String, Vec<u8>)>>;

/// Compares the three since `read`; everything that differs, in words.
pub async fn compare(stage: &Stage, expected: &Expected, read: &mut Read) -> Result<Found, Vec<String>> {
    let rows = rows(stage, read).await;
    let taken = taken(stage, read);
    let (expected, given_up) = without_given_up(stage, expected, &rows).await?;
    let expected = &expected;
    let mut wrong = as_the_rules_say(&rows, read.delivery, expected);
    wrong.extend(told_without_need(stage, &rows).await);
    wrong.extend(in_mails_alone(stage, read, &rows, expected));
    let mut found = Found { told: expected.values().map(|times| *times as u64).sum(), given_up, ..Found::default() };
    for row in &rows {
        if let Err(why) = one(row, &rows, &taken, &mut found) {
            wrong.push(format!("delivery {} ({} of {} to {}): {why}", row.id, row.kind, row.of, row.address));
        }
    }
    let known: BTreeSet<&str> = rows.iter().map(|row| row.message_id.as_str()).collect();
    for (name, copies) in taken.iter().filter(|(name, _)| !known.contains(name.as_str())) {
        wrong.push(format!("nobody knows of {name}, which was sent to {}", copies[0].0));
    }
    read.delivery = rows.iter().map(|row| row.id).max().unwrap_or(read.delivery);
    read.waiting = rows.iter().filter(|row| row.is_later).map(|row| row.id).collect();
    (read.mails, read.posts) = (stage.smtp.taken(), stage.http.taken_count());
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

/// What must be told but for reports that the rules give up: five times somebody held the run and its lease ended, which the
/// ledger shows step by step, and the owner has a mail that says so.
async fn without_given_up(stage: &Stage, expected: &Expected, rows: &[Row]) -> Result<(Expected, u64), Vec<String>> {
    let died = "select r.schedule || ' ' || r.occurrence || '|' ||
            (select count(*) from ledger l where l.run = r.id and l.reason in ('lease_ended', 'builder_died'))
        from runs r where r.state = 'failed' and r.reason = 'builder_died'";
    let (mut expected, mut given_up) = (expected.clone(), 0);
    for line in stage.world.texts(died).await {
        let (of, ends) = line.split_once('|').expect("two words");
        if !expected.keys().any(|(kind, what, ..)| kind == "report" && what == of) {
            continue;
        }
        let once = format!("owner/run_failed/{}", of.replace(' ', "/"));
        let is_told = rows.iter().any(|row| row.of == once && matches!(row.state.as_str(), "accepted" | "uncertain"));
        if ends != "5" || !is_told {
            return Err(vec![format!("{of} is given up after {ends} ends of a lease; its owner was told: {is_told}")]);
        }
        expected.retain(|(kind, what, ..), _| kind != "report" || what != of);
        given_up += 1;
    }
    Ok((expected, given_up))
}

/// Each that must be told is there so often, and nothing else.
fn as_the_rules_say(rows: &[Row], after: i64, expected: &Expected) -> Vec<String> {
    let mut there: BTreeMap<(&str, &str, &str, &str), usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.id > after && !matches!(row.kind.as_str(), "owner" | "digest")) {
        *there.entry((&row.kind, &row.of, &row.channel, &row.address)).or_default() += 1;
    }
    let wanted: BTreeMap<(&str, &str, &str, &str), usize> = expected
        .iter()
        .map(|((kind, of, channel, address), times)| ((&**kind, &**of, *channel, *address), *times))
        .collect();
    let keys: BTreeSet<_> = there.keys().chain(wanted.keys()).collect();
    keys.into_iter()
        .map(|key| (key, there.get(key).copied().unwrap_or(0), wanted.get(key).copied().unwrap_or(0)))
        .filter(|(_, there, wanted)| there != wanted)
        .map(|(key, there, wanted)| {
            format!("{key:?} must be told {wanted} times and stands {there} times in the ledger")
        })
        .collect()
}

/// What owners are told of our own work: only they and operations, and only of what happened.
async fn told_without_need(stage: &Stage, rows: &[Row]) -> Vec<String> {
    let happened = stage.world.number("select count(*) from ledger where to_state = 'uncertain'").await > 0;
    let is_due = |row: &&Row| {
        let is_theirs = matches!(row.address.as_str(), "olena@acme.example" | "operations@test.example");
        // Whoever starts after a while in which something fell due says so.
        is_theirs && (happened || ["owner/down/", "owner/run_failed/"].iter().any(|begin| row.of.starts_with(begin)))
    };
    let owners = rows.iter().filter(|row| row.kind == "owner");
    owners.filter(|row| !is_due(row)).map(|row| format!("{} was told {} for nothing", row.address, row.of)).collect()
}

/// Reports by what the mails themselves say, without the ledger: each schedule once to each reader, unless its outcome is
/// announced as unknown.
fn in_mails_alone(stage: &Stage, read: &Read, rows: &[Row], expected: &Expected) -> Vec<String> {
    let mut sent: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for (to, bytes) in stage.smtp.taken_since(read.mails) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some(list) = header(&text, "list-id") else { continue };
        let list = list.trim_matches(['<', '>']).split('.').next().unwrap_or_default().to_owned();
        sent.entry((list, to)).or_default().insert(header(&text, "message-id").unwrap_or_default());
    }
    let mut wrong = Vec::new();
    for (_, of, _, to) in expected.keys().filter(|(kind, ..)| kind == "report") {
        let schedule = of.split(' ').next().unwrap_or_default().to_owned();
        let mails = sent.remove(&(schedule.clone(), (*to).to_owned())).map_or(0, |mails| mails.len());
        let is_unknown = rows.iter().any(|row| row.of == *of && row.address == *to && row.state == "uncertain");
        if mails != 1 && !(mails == 0 && is_unknown) {
            wrong.push(format!("{mails} mails of `{schedule}` came to {to} in an hour that asks for one"));
        }
    }
    wrong.extend(sent.keys().map(|(schedule, to)| format!("a mail of `{schedule}` came to {to}, who asked for none")));
    wrong
}

/// Whether one delivery and the servers say the same.
fn one(row: &Row, rows: &[Row], taken: &Taken, found: &mut Found) -> Result<(), String> {
    let nothing = Vec::new();
    let copies = taken.get(&row.message_id).unwrap_or(&nothing);
    if let Some((first, others)) = copies.split_first() {
        if row.channel == "email" && copies.iter().any(|(to, _)| *to != row.address) {
            return Err(format!("it went to {:?}", copies.iter().map(|(to, _)| to).collect::<Vec<_>>()));
        }
        if others.iter().any(|(_, bytes)| *bytes != first.1) {
            return Err("its copies differ".to_owned());
        }
        if others.len() > row.again {
            return Err(format!(
                "{} copies came, and it was said {} times that it goes again",
                copies.len(),
                row.again
            ));
        }
        found.copies += others.len() as u64;
    }
    match row.state.as_str() {
        "accepted" if copies.is_empty() => return Err("it is said to be taken, and no server has it".to_owned()),
        "accepted" => found.accepted += 1,
        "uncertain" => found.uncertain += 1,
        "failed" if row.reason == "unknown" => found.uncertain += 1,
        "held" if row.is_later && copies.is_empty() => {}
        "folded" if copies.is_empty() => {
            let into = row.folded_into.and_then(|into| rows.iter().find(|row| row.id == into));
            if into.is_none_or(|into| !matches!(into.state.as_str(), "accepted" | "uncertain")) {
                return Err(format!("it went into {into:?}"));
            }
            found.folded += 1;
        }
        state => return Err(format!("it is {state} ({}), with {} copies at the server", row.reason, copies.len())),
    }
    if row.state == "uncertain" && row.unknown == 0 {
        return Err("it is uncertain, and the ledger doesn't say since when".to_owned());
    }
    Ok(())
}

async fn rows(stage: &Stage, read: &Read) -> Vec<Row> {
    let now = match stage.world.engine {
        Engine::Sqlite => stage.world.now().as_micros().to_string(),
        Engine::Postgres => format!("timestamp with time zone '{}'", stage.world.now()),
    };
    let sql = format!(
        "select d.id || '|' || d.kind || '|' ||
            case when d.kind = 'owner' then n.dedup_key else coalesce(d.schedule || ' ' || d.occurrence, p.id, '') end || '|' || d.channel || '|' || d.address || '|' || d.state || '|' ||
            coalesce(d.reason, '') || '|' || d.message_id || '|' || coalesce(d.folded_into, 0) || '|' ||
            (select count(*) from ledger l where l.delivery = d.id and l.to_state = 'uncertain') || '|' ||
            (select count(*) from ledger l where l.delivery = d.id and l.reason in ('sent_again_when_unknown', 'try_again')) || '|' ||
            case when d.state = 'held' and d.not_before > {now} then 1 else 0 end
        from deliveries d join notices n on n.id = d.notice left join projects p on p.key = d.project
        where d.id > {} or d.id in ({}) order by d.id",
        read.delivery,
        read.waiting.iter().map(i64::to_string).chain(["0".to_owned()]).collect::<Vec<_>>().join(", "),
    );
    let row = |line: String| {
        let words: Vec<&str> = line.split('|').collect();
        let number = |at: usize| words[at].parse::<i64>().expect("a number");
        Row {
            id: number(0),
            kind: words[1].to_owned(),
            of: words[2].to_owned(),
            channel: words[3].to_owned(),
            address: words[4].to_owned(),
            state: words[5].to_owned(),
            reason: words[6].to_owned(),
            message_id: name_of(words[7]),
            folded_into: Some(number(8)).filter(|id| *id > 0),
            unknown: usize::try_from(number(9)).expect("few"),
            again: usize::try_from(number(10)).expect("few"),
            is_later: number(11) == 1,
        }
    };
    stage.world.texts(&sql).await.into_iter().map(row).collect()
}

/// What a Message-ID and the id of a webhook's event have in common.
fn name_of(message_id: &str) -> String {
    message_id.trim_matches(['<', '>']).split('@').next().unwrap_or_default().replace('.', "")
}

fn header(text: &str, name: &str) -> Option<String> {
    let head = text.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ").replace("\r\n\t", " ");
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

fn taken(stage: &Stage, read: &Read) -> Taken {
    let mut taken = Taken::new();
    for (to, bytes) in stage.smtp.taken_since(read.mails) {
        let name = name_of(&header(&String::from_utf8_lossy(&bytes), "message-id").unwrap_or_default());
        taken.entry(name).or_default().push((to, bytes));
    }
    for post in stage.http.taken().into_iter().skip(read.posts) {
        let name = post.header("webhook-id").trim_start_matches("msg_").to_owned();
        taken.entry(name).or_default().push(("crm".to_owned(), post.body.into_bytes()));
    }
    taken
}

/// Everybody whose report may be lost has an owner who was told of it, by a mail that came.
pub async fn owners_know(stage: &Stage, begin: Instant) -> Result<(), Vec<String>> {
    let untold = "select id || ' to ' || address from deliveries where state = 'uncertain' and kind <> 'owner' and told_at is null";
    let mut wrong: Vec<String> = stage.world.texts(untold).await;
    for line in &mut wrong {
        *line = format!("since {begin} nobody was told that the outcome of delivery {line} is unknown");
    }
    let told = "select reference from deliveries where state = 'uncertain' and kind <> 'owner' and told_at is not null";
    let to_owner =
        |(to, _): &(String, Vec<u8>)| matches!(to.as_str(), "olena@acme.example" | "operations@test.example");
    let mails: Vec<Mail> =
        stage.smtp.taken_since(0).iter().filter(|mail| to_owner(mail)).map(|(_, bytes)| Mail::read(bytes)).collect();
    let names = |reference: &str| {
        mails.iter().any(|mail| mail.subject.contains("may not have arrived") && mail.text.contains(reference))
    };
    for reference in stage.world.texts(told).await.iter().filter(|reference| !names(reference)) {
        wrong.push(format!("an owner is said to know that the outcome of {reference} is unknown, and no mail said so"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// How many messages all servers took.
pub fn messages(stage: &Stage) -> usize {
    stage.smtp.taken_since(0).len() + stage.http.taken_count()
}
