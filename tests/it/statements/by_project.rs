//! What belongs to a project is asked for by project: proved of every statement of `sql/`, against the tables of a migrated
//! database. A statement that works across projects on purpose stands below with its reason; anything else is a fault.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::proof::{Schema, unfound};
use crate::support::{Engine, World};

/// Statements that work across projects, and why they may.
const EVERYWHERE: &[(&str, &[&str])] = &[
    (
        "whatever is due next, whoever's it is: claims and their leases, by the process's own token",
        &[
            "deliveries/claim.postgres.sql",
            "deliveries/claim.sqlite.sql",
            "deliveries/lease_ended.sql",
            "deliveries/next_at.sql",
            "deliveries/next_wait.sql",
            "deliveries/out_of_patience.sql",
            "deliveries/renew.sql",
            "deliveries/to_join.sql",
            "deliveries/unmade.sql",
            "deliveries/unmade_joined.sql",
            "deliveries/held.sql",
            "runs/about_to_fail.sql",
            "runs/claim.postgres.sql",
            "runs/claim.sqlite.sql",
            "runs/claim_waited.postgres.sql",
            "runs/claim_waited.sqlite.sql",
            "runs/end_leases.sql",
            "runs/give_back.sql",
            "runs/renew.sql",
            "runs/ahead.sql",
            "schedules/list_due.sql",
            "schedules/page.sql",
            "work/next_due.postgres.sql",
            "work/next_due.sqlite.sql",
            "standings/archived.sql",
            "evaluations/due.postgres.sql",
            "evaluations/due.sqlite.sql",
            "silences/due.sql",
            "suppressions/end_pauses.sql",
            "imports/end_silent.sql",
        ],
    ),
    (
        "outcomes that somebody must be told, each row to its own project's owner",
        &[
            "deliveries/groups_to_tell.sql",
            "deliveries/long_unknown.sql",
            "deliveries/refused.sql",
            "deliveries/to_tell.sql",
            "deliveries/uncertain.sql",
            "deliveries/unheard.sql",
            "deliveries/unsettled.sql",
            "runs/held.sql",
        ],
    ),
    (
        "stops, silences and holds may be of one project, or of none and so of all: the gate asks for both",
        &[
            "deliveries/facts.postgres.sql",
            "deliveries/facts.sqlite.sql",
            "deliveries/disproved.postgres.sql",
            "deliveries/disproved.sqlite.sql",
            "suppressions/is_stopped.sql",
            "suppressions/of_address.sql",
            "suppressions/replace_pause.sql",
            "erased/list.sql",
            "holds/extend.sql",
            "holds/in_force.sql",
            "holds/passed_over.sql",
            "silences/kept_back.sql",
        ],
    ),
    (
        "about a person or an address, who may be of several projects",
        &[
            "contacts/clear_roles.sql",
            "contacts/list_roles.sql",
            "contacts/roles.postgres.sql",
            "contacts/roles.sqlite.sql",
            "deliveries/taken_of_address.sql",
            "deliveries/texts_of_contact.sql",
            "evaluations/readers_with_more.postgres.sql",
            "evaluations/readers_with_more.sqlite.sql",
            "projects/contacts_of_it_alone.sql",
            "person/content.sql",
            "person/documents.sql",
            "person/imports_under_way.sql",
        ],
    ),
    (
        "how an earlier version spelled mail addresses, whoever's they are: once, as a change of structure",
        &[
            "spelling/domains.sql",
            "spelling/outlasted.sql",
            "spelling/stop.sql",
            "spelling/stops.sql",
            "spelling/waiting.sql",
        ],
    ),
    ("a report over several projects waits for the sources of each", &["runs/waiting_of_project.sql"]),
    (
        "data that are old go wherever they are",
        &[
            "retention/addresses.sql",
            "retention/artefacts.sql",
            "retention/callbacks.sql",
            "retention/calls.sql",
            "retention/deliveries.sql",
            "retention/events.postgres.sql",
            "retention/events.sqlite.sql",
            "retention/forms.sql",
            "retention/imports.sql",
            "retention/ledger_details.sql",
            "retention/ledger_until.sql",
            "retention/notices.sql",
            "retention/oldest_open_period.sql",
            "retention/runs.sql",
            "retention/sample_notes.sql",
            "retention/set_aside.sql",
            "retention/suppressions.sql",
            "callbacks/clients.sql",
        ],
    ),
    (
        "spans of the projects that were asked for; whoever lies between them is dropped in `store/bulk`",
        &["episodes/of.postgres.sql", "evaluations/balances.postgres.sql", "evaluations/projects.postgres.sql"],
    ),
    (
        "how the whole installation does, for whoever runs it",
        &[
            "deliveries/waiting.sql",
            "runs/waiting.sql",
            "status/deliveries.sql",
            "status/held.sql",
            "status/last_written.sql",
            "status/runs.sql",
            "status/schedules.sql",
            "watch/balances.sql",
            "watch/making.sql",
            "watch/sources.sql",
            "watch/usage.postgres.sql",
            "watch/usage.sqlite.sql",
            "watch/waiting.sql",
        ],
    ),
    (
        "lists of commands and of `apply`: of one project where one is named, of all for whoever runs the program",
        &[
            "balances/list.sql",
            "deliveries/list.sql",
            "deliveries/posted_since.sql",
            "directory/agents.sql",
            "directory/numbers.sql",
            "explain/deliveries.sql",
            "projects/list.sql",
            "projects/places.sql",
            "schedules/list.sql",
            "schedules/list_retired.sql",
            "silences/list.sql",
            "sources/names.sql",
            "standings/list.sql",
            "suppressions/lift.sql",
            "suppressions/list.sql",
            "tokens/list.sql",
        ],
    ),
    (
        "goes from a notice or message that was found to the others that it names by its key",
        &["deliveries/folded.sql", "episodes/of_warning.sql"],
    ),
];

/// Words in which `world.texts` tells of tables.
async fn schema() -> Schema {
    let world = World::new(Engine::Sqlite).await;
    let pairs = async |sql: &str| {
        let pair = |line: String| {
            let (one, other) = line.split_once(' ').unwrap_or_else(|| panic!("{line}"));
            (one.to_owned(), other.to_owned())
        };
        world.texts(sql).await.into_iter().map(pair).collect::<Vec<_>>()
    };
    let of_ours = "m.type = 'table' and substr(m.name, 1, 7) <> 'sqlite_'";
    let columns =
        format!("select m.name || ' ' || c.name from sqlite_master m join pragma_table_info(m.name) c where {of_ours}");
    let references = format!(
        "select m.name || '.' || f.\"from\" || ' ' || f.\"table\" from sqlite_master m join pragma_foreign_key_list(m.name) f where {of_ours}"
    );
    let primary = format!(
        "select m.name || ' ' || max(c.name) from sqlite_master m join pragma_table_info(m.name) c where {of_ours} and c.pk > 0 \
         group by m.name having count(*) = 1"
    );
    let unique = format!(
        "select m.name || ' ' || max(i.name) from sqlite_master m join pragma_index_list(m.name) l join pragma_index_info(l.name) i \
         where {of_ours} and l.\"unique\" and not l.partial group by m.name, l.name having count(*) = 1"
    );
    let mut schema = Schema::default();
    for (table, column) in pairs(&columns).await {
        schema.columns.entry(table.clone()).or_default().insert(column);
        schema.unique.entry(table).or_default();
    }
    for (table, column) in pairs(&primary).await.into_iter().chain(pairs(&unique).await) {
        schema.unique.entry(table).or_default().insert(column);
    }
    let references = pairs(&references).await;
    let references: Vec<(&str, &str, &str)> = references
        .iter()
        .filter_map(|(from, to)| from.split_once('.').map(|(table, column)| (table, column, to.as_str())))
        .collect();
    schema.of_projects = schema
        .columns
        .iter()
        .filter(|(_, columns)| columns.contains("project"))
        .map(|(table, _)| table.clone())
        .collect();
    schema.of_projects.insert("projects".to_owned());
    loop {
        let of_projects = &schema.of_projects;
        let new = references.iter().filter(|(table, _, to)| of_projects.contains(*to) && !of_projects.contains(*table));
        let new: Vec<String> = new.map(|(table, ..)| (*table).to_owned()).collect();
        if new.is_empty() {
            break;
        }
        schema.of_projects.extend(new);
    }
    for (table, columns) in &schema.columns {
        // `delivery`, `run`: a row of that name is meant, also where no constraint says so.
        let is_named = |column: &String| {
            let several = column.strip_suffix('y').map(|stem| format!("{stem}ies"));
            let has_id = |other: &String| schema.unique.get(other).is_some_and(|unique| unique.contains("id"));
            [Some(format!("{column}s")), several]
                .iter()
                .flatten()
                .any(|other| schema.of_projects.contains(other) && has_id(other))
        };
        let refers = |column: &String| {
            references.iter().any(|(own, by, to)| own == table && by == column && schema.of_projects.contains(*to))
        };
        let keys = columns
            .iter()
            .filter(|column| schema.unique[table].contains(*column) || is_named(column) || refers(column));
        schema.keys.insert(table.clone(), keys.cloned().collect());
    }
    schema
}

fn files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql");
    let mut files: Vec<PathBuf> = Vec::new();
    super::statements(&root, &mut files);
    let name = |file: &Path| file.strip_prefix(&root).expect("inside").display().to_string();
    let read = |file: &PathBuf| (name(file), std::fs::read_to_string(file).expect("it can be read"));
    // What a database says of itself is nobody's.
    files.iter().map(read).filter(|(name, _)| !name.starts_with("structure/")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_a_project_is_asked_for_by_project() {
    let schema = schema().await;
    for table in ["calls", "call_parts", "set_aside", "ledger", "deliveries", "tokens", "balances", "source_coverage"] {
        assert!(schema.of_projects.contains(table), "{table} is a project's: {:?}", schema.of_projects);
    }
    let (files, mut complaints, mut proved) = (files(), Vec::new(), 0);
    let mut allowed: BTreeMap<&str, u32> = BTreeMap::new();
    EVERYWHERE.iter().flat_map(|(_, names)| *names).for_each(|name| *allowed.entry(name).or_default() += 1);
    for (name, text) in &files {
        match (unfound(text, &schema), allowed.remove(name.as_str())) {
            (Err(why), _) => complaints.push(format!("{name} can't be read here: {why}")),
            (Ok(missing), None) if missing.is_empty() => proved += 1,
            (Ok(missing), Some(_)) if missing.is_empty() => {
                complaints.push(format!("{name} is on the list and asks by project: take it off"));
            }
            (Ok(_), Some(1)) => {}
            (Ok(_), Some(times)) => complaints.push(format!("{name} is on the list {times} times")),
            (Ok(missing), None) => complaints.push(format!(
                "{name} asks for {} without a project: say whose rows it wants, or add it to the list with its reason",
                missing.join(", ")
            )),
        }
    }
    complaints.extend(allowed.keys().map(|name| format!("{name} is on the list and isn't there")));
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(proved > 300, "{proved} of {}", files.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_that_forgets_the_project_is_seen() {
    let schema = schema().await;
    for (statement, missing) in [
        ("select * from calls", vec!["calls"]),
        ("select id from calls where started_at > $1", vec!["calls"]),
        ("select id from calls where project > $1", vec!["calls"]),
        ("select id from calls where project <> $1", vec!["calls"]),
        ("select id from calls where not project = $1", vec!["calls"]),
        ("select id from calls where project = project", vec!["calls"]),
        ("select id from calls where project = 1", vec!["calls"]),
        ("select id from calls where project = $1 or client = $2", vec!["calls"]),
        ("select id from calls where ($1 is null or project = $1)", vec!["calls"]),
        ("select id from calls where case when $1 then project = $2 else true end", vec!["calls"]),
        ("select id from calls c where c.client = $1", vec!["calls c"]),
        ("select id from calls where project in (select key from projects)", vec!["calls", "projects"]),
        ("select id from calls where project in (1, 2)", vec!["calls"]),
        (
            "select b.name from balances b join projects p on p.key = b.project where p.retired_at is null",
            vec!["balances b", "projects p"],
        ),
        // The left side of a join isn't found by what it is joined with.
        (
            "select b.name from balances b left join projects p on p.key = b.project and b.project = $1",
            vec!["balances b", "projects p"],
        ),
        (
            "select 1 from projects p where p.id = $1 and exists (select 1 from tokens t where t.name = $2)",
            vec!["tokens t"],
        ),
        ("select p.id, (select count(*) from runs r) from projects p where p.id = $1", vec!["runs r"]),
        (
            "with mine as (select id from calls) select c.id from mine join calls c on c.id = mine.id and c.project = $1",
            vec!["calls"],
        ),
        ("select id from calls where project = $1 union select id from calls", vec!["calls"]),
        ("update balances set amount = 0 where name = $1", vec!["balances"]),
        ("update balances set amount = (select max(amount) from balances) where project = $1", vec!["balances"]),
        ("delete from tokens", vec!["tokens"]),
        ("delete from set_aside where line = $1", vec!["set_aside"]),
        ("insert into runs (project) select project from schedules", vec!["schedules"]),
        (
            "insert into balances (project) values ($1) on conflict (project, name) do update set amount = (select amount from balance_entries)",
            vec!["balance_entries"],
        ),
    ] {
        assert_eq!(unfound(statement, &schema), Ok(missing.into_iter().map(str::to_owned).collect()), "{statement}");
    }
    for found in [
        "select id from calls where project = $1 and client = $2",
        "select id from calls where (project = $1 and client = $2) or (project = $1 and status = 3)",
        "select p.n from call_parts p join call_details d on d.id = p.call where d.project = cast($1 as bigint)",
        "select c.id from json_each($1) w join calls c on c.project = w.value ->> 0",
        "with w as (select value as project from json_each($1)) update evaluations set version = 1 from w where evaluations.project = w.project",
        "delete from set_aside where import in (select id from imports where project = $1)",
        "select 1 from projects p where p.id = $1 and exists (select 1 from tokens t where t.project = p.key)",
        "select id from deliveries where (project, notice) in (select project, id from notices where run = $1)",
        "insert into runs (project) values ($1)",
    ] {
        assert_eq!(unfound(found, &schema), Ok(Vec::new()), "{found}");
    }
    for unread in ["select 1 from nowhere", "select (1", "explain select 1", "select 1 from a natural join b"] {
        assert!(unfound(unread, &schema).is_err(), "{unread}");
    }
}

/// Each statement that is found by a project that was told is tried without it.
#[tokio::test(flavor = "multi_thread")]
async fn every_statement_without_its_project_is_seen() {
    let schema = schema().await;
    let listed: BTreeSet<&str> = EVERYWHERE.iter().flat_map(|(_, names)| *names).copied().collect();
    let (mut tried, mut unseen) = (0, Vec::new());
    for (name, text) in files().iter().filter(|(name, _)| !listed.contains(name.as_str())) {
        let code: String = text.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
        let mut without = code.clone();
        for n in 1..=9 {
            without = without.replace(&format!("project = ${n}"), &format!("client > ${n}"));
        }
        if without == code {
            continue;
        }
        tried += 1;
        if unfound(&without, &schema).is_ok_and(|missing| missing.is_empty()) {
            unseen.push(name.clone());
        }
    }
    assert!(tried > 40, "{tried}");
    // Found by a key of their own as well.
    assert!(unseen.len() * 10 < tried, "{} of {tried}: {unseen:?}", unseen.len());
}

/// Where statements are made in code, and why nothing of a project's can be asked for without it there.
const IN_CODE: &[(&str, &str)] = &[
    ("store/structure.rs", "locks and the history of structure"),
    ("store/evaluations.rs", "how long whoever holds a project is waited for; no table is named"),
    ("store/backup.rs", "looks at a copied file as a whole"),
    (
        "store/rows.rs",
        "exports, purges and erasures, whose conditions `store/belongs` makes of the project's number or a person's key",
    ),
];

#[test]
fn no_statement_hides_in_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut complaints) = (vec![root.join("store")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(&root).expect("inside").display().to_string();
            // Databases of others hold no projects of ours.
            if path.is_dir() && !name.ends_with("external") {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let joined: String = code.split_whitespace().collect();
            let makes = ["AssertSqlSafe(", "raw_sql(", "query(\"", "query_as(\"", "query_scalar(\"", "execute(\""];
            if makes.iter().any(|way| joined.contains(way)) && !IN_CODE.iter().any(|(known, _)| *known == name) {
                complaints.push(format!("{name} makes a statement of its own: put it into sql/"));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
