//! Which of a project's rows a statement reads, changes or removes without being told whose they are.
//!
//! A table of a block is *found* when a condition that every row meets says that its project, or a key of its own, or a reference
//! to a project's table, equals something that was told (`$1`) or belongs to a row that is found. Of `or` every branch must say so;
//! a query's rows are found when all that it reads is.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{Node, Place, Statement, What, split};

/// What a migrated database says of its tables.
#[derive(Debug, Default)]
pub struct Schema {
    pub columns: BTreeMap<String, BTreeSet<String>>,
    /// Tables whose rows are a project's.
    pub of_projects: BTreeSet<String>,
    /// Columns of a table any of which finds its rows: the project, a key of one column, a reference to a project's table.
    pub keys: BTreeMap<String, BTreeSet<String>>,
    /// Keys of one column.
    pub unique: BTreeMap<String, BTreeSet<String>>,
}

/// The tables of projects that a statement reads without finding them, as `table name`.
pub fn unfound(text: &str, schema: &Schema) -> Result<Vec<String>, String> {
    let statement = Statement::read(text)?;
    for place in &statement.places {
        if let What::Table(table) | What::Target(table) = &place.what
            && !schema.columns.contains_key(table)
        {
            return Err(format!("there is no table `{table}`"));
        }
    }
    let mut proof = Proof { found: vec![false; statement.places.len()], statement: &statement, schema };
    while proof.round() {}
    let is_missing = |(n, place): &(usize, &Place)| match &place.what {
        What::Table(table) => schema.of_projects.contains(table) && !proof.found[*n],
        _ => false,
    };
    let missing = statement.places.iter().enumerate().filter(is_missing);
    Ok(missing
        .map(|(_, place)| match &place.what {
            What::Table(table) if *table != place.name => format!("{table} {}", place.name),
            _ => place.name.clone(),
        })
        .collect())
}

struct Proof<'a> {
    statement: &'a Statement,
    schema: &'a Schema,
    found: Vec<bool>,
}

impl Proof<'_> {
    /// Finds what follows from what is found; whether that was anything.
    fn round(&mut self) -> bool {
        let mut new = BTreeSet::new();
        for (n, place) in self.statement.places.iter().enumerate() {
            let is_found = match &place.what {
                What::Target(_) => true,
                What::Function(arguments) => self.is_told(place.block, arguments),
                What::Rows(query) => self.is_query_found(*query, Some(*query)),
                What::Table(_) => false,
            };
            if is_found {
                new.insert(n);
            }
        }
        for (n, block) in self.statement.blocks.iter().enumerate() {
            for (only, condition) in &block.conditions {
                new.extend(self.finds(n, condition).into_iter().filter(|place| only.is_none_or(|only| only == *place)));
            }
        }
        new.retain(|place| !self.found[*place]);
        new.iter().for_each(|place| self.found[*place] = true);
        !new.is_empty()
    }

    /// Whether all that a query reads is found, but for itself.
    fn is_query_found(&self, query: usize, itself: Option<usize>) -> bool {
        self.statement.queries[query].iter().all(|block| {
            self.statement.blocks[*block].places.iter().all(|place| {
                let is_itself = matches!(self.statement.places[*place].what, What::Rows(rows) if Some(rows) == itself);
                self.found[*place] || is_itself
            })
        })
    }

    /// The places that this condition finds.
    fn finds(&self, block: usize, nodes: &[Node]) -> BTreeSet<usize> {
        let branches = between(nodes, "or");
        if branches.len() > 1 {
            let mut all = branches.iter().map(|branch| self.finds(block, branch));
            let first = all.next().unwrap_or_default();
            return all.fold(first, |kept, branch| kept.intersection(&branch).copied().collect());
        }
        let parts = between(nodes, "and");
        if parts.len() > 1 {
            return parts.iter().flat_map(|part| self.finds(block, part)).collect();
        }
        if let [Node::Group(inner)] = nodes {
            return self.finds(block, inner);
        }
        let Some((left, right)) = sides(nodes) else { return BTreeSet::new() };
        [(left, right), (right, left)].into_iter().flat_map(|(one, other)| self.equal(block, one, other)).collect()
    }

    /// What is found because `one` equals `other`.
    fn equal(&self, block: usize, one: &[Node], other: &[Node]) -> Vec<usize> {
        if let [Node::Group(columns)] = one {
            let columns: Vec<&[Node]> = columns.split(|node| node.is_sign(",")).collect();
            let others: Vec<&[Node]> = match other {
                [Node::Group(others)] => others.split(|node| node.is_sign(",")).collect(),
                other => vec![other; columns.len()],
            };
            if columns.len() != others.len() {
                return Vec::new();
            }
            return columns
                .iter()
                .zip(others)
                .flat_map(|(column, other)| self.equal_column(block, column, other))
                .collect();
        }
        self.equal_column(block, one, other).into_iter().collect()
    }

    fn equal_column(&self, block: usize, column: &[Node], other: &[Node]) -> Option<usize> {
        let (place, name) = self.column(block, column)?;
        let What::Table(table) = &self.statement.places[place].what else { return None };
        let is_key = self.schema.keys.get(table).is_some_and(|keys| keys.contains(name));
        let is_found = |place: usize, name: &str| match &self.statement.places[place].what {
            What::Table(table) => self.found[place] && self.schema.unique[table].contains(name),
            _ => false,
        };
        let refers = self.column(block, other).is_some_and(|(other, name)| other != place && is_found(other, name));
        ((is_key || refers) && self.is_told(block, other)).then_some(place)
    }

    /// Whether a value was told, or belongs to rows that are found.
    fn is_told(&self, block: usize, nodes: &[Node]) -> bool {
        let mut sources = 0;
        let is_found = self.each_source(block, nodes, &mut sources);
        is_found && sources > 0
    }

    fn each_source(&self, block: usize, nodes: &[Node], sources: &mut usize) -> bool {
        let mut at = 0;
        while at < nodes.len() {
            let is_qualified = nodes.get(at + 1).is_some_and(|node| node.is_sign("."));
            let length = if is_qualified { 3 } else { 1 };
            let is_function = matches!(nodes.get(at + 1), Some(Node::Group(_)));
            // What stands behind these is a type: `$1::bigint`, `cast($1 as bigint)`.
            if nodes[at].is_sign("::") {
                at += 2;
                continue;
            }
            if nodes[at].is(&["as"]) {
                break;
            }
            let is_type = matches!(nodes.get(at + 1), Some(Node::Literal));
            let is_found = match &nodes[at] {
                Node::Param => {
                    *sources += 1;
                    true
                }
                Node::Group(inner) => self.each_source(block, inner, sources),
                Node::Query(query) => {
                    *sources += 1;
                    self.is_query_found(*query, None)
                }
                Node::Word(_) if is_function || is_type => true,
                Node::Word(_) | Node::Named(_) => {
                    match nodes.get(at..at + length).and_then(|column| self.column(block, column)) {
                        Some((place, _)) => {
                            *sources += 1;
                            self.found[place]
                        }
                        None => true,
                    }
                }
                Node::Literal | Node::Sign(_) => true,
            };
            if !is_found {
                return false;
            }
            at += length;
        }
        true
    }

    /// The place of a column and its name, where it is one.
    fn column<'n>(&self, block: usize, nodes: &'n [Node]) -> Option<(usize, &'n str)> {
        let (of, name) = match nodes {
            [column] => (None, column.name()?),
            [of, dot, column] if dot.is_sign(".") => (Some(of.name()?), column.name()?),
            _ => return None,
        };
        let mut next = Some(block);
        while let Some(block) = next {
            let block = &self.statement.blocks[block];
            let has = |place: &&usize| {
                let place = &self.statement.places[**place];
                match (of, &place.what) {
                    (Some(of), _) => place.name == of,
                    (None, What::Table(table) | What::Target(table)) => self.schema.columns[table].contains(name),
                    (None, What::Rows(_) | What::Function(_)) => block.places.len() == 1,
                }
            };
            if let Some(place) = block.places.iter().find(has) {
                return Some((*place, name));
            }
            next = block.outer;
        }
        None
    }
}

/// The parts between a word that joins conditions, but for those inside a `case` or a `between`.
fn between<'n>(nodes: &'n [Node], word: &str) -> Vec<&'n [Node]> {
    let (mut parts, mut from, mut cases, mut spans) = (Vec::new(), 0, 0_u32, 0_u32);
    for (at, node) in nodes.iter().enumerate() {
        if node.is(&["case"]) {
            cases += 1;
        } else if node.is(&["end"]) {
            cases = cases.saturating_sub(1);
        } else if node.is(&["between"]) {
            spans += 1;
        } else if node.is(&["and"]) && spans > 0 && cases == 0 {
            spans -= 1;
        } else if node.is(&[word]) && cases == 0 {
            parts.push(&nodes[from..at]);
            from = at + 1;
        }
    }
    parts.push(&nodes[from..]);
    parts
}

/// Both sides of an equality, or of an `in`.
fn sides(nodes: &[Node]) -> Option<(&[Node], &[Node])> {
    if nodes.iter().any(|node| node.is(&["not"])) {
        return None;
    }
    let equal: Vec<&[Node]> = nodes.split(|node| node.is_sign("=")).collect();
    let inside = split(nodes, &["in"]);
    match (equal.as_slice(), inside.as_slice()) {
        ([left, right], [_]) | ([_], [left, right]) => Some((left, right)),
        _ => None,
    }
}
