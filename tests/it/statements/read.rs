//! As much of SQL as shows which tables a statement names, where, and under which conditions. What it can't read it refuses, so
//! that nothing is proved of what wasn't understood.

use std::collections::BTreeMap;

/// A word, a sign, or what stands in parentheses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// In small letters.
    Word(String),
    /// A name in quotation marks, which is never a word of the language.
    Named(String),
    /// `$1`
    Param,
    /// A text or a number.
    Literal,
    Sign(String),
    Group(Vec<Node>),
    /// A query in parentheses, by its place among a statement's queries.
    Query(usize),
}

impl Node {
    /// Whether it is one of these words.
    pub fn is(&self, words: &[&str]) -> bool {
        matches!(self, Self::Word(word) if words.contains(&word.as_str()))
    }

    pub fn is_sign(&self, sign: &str) -> bool {
        matches!(self, Self::Sign(own) if own == sign)
    }

    /// As the name of a table or column.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Word(name) | Self::Named(name) => Some(name),
            _ => None,
        }
    }
}

/// Takes a statement apart.
pub fn nodes(text: &str) -> Result<Vec<Node>, String> {
    let letters: Vec<char> = text.chars().collect();
    let (mut open, mut at) = (vec![Vec::new()], 0);
    let run = |from: usize, fits: &dyn Fn(char) -> bool| letters[from..].iter().take_while(|c| fits(**c)).count();
    while at < letters.len() {
        let letter = letters[at];
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let (node, length) = match letter {
            c if c.is_whitespace() || c == ';' => (None, 1),
            '-' if next == '-' => (None, run(at, &|c| c != '\n')),
            '\'' => {
                let mut end = at + 1;
                while letters.get(end).is_some_and(|c| *c != '\'') || letters.get(end + 1) == Some(&'\'') {
                    end += if letters.get(end) == Some(&'\'') { 2 } else { 1 };
                    if end >= letters.len() {
                        return Err("a text has no end".to_owned());
                    }
                }
                (Some(Node::Literal), end + 1 - at)
            }
            '"' => {
                let length = run(at + 1, &|c| c != '"');
                (Some(Node::Named(letters[at + 1..at + 1 + length].iter().collect())), length + 2)
            }
            '$' if next.is_ascii_digit() => (Some(Node::Param), 1 + run(at + 1, &|c| c.is_ascii_digit())),
            c if c.is_alphabetic() || c == '_' => {
                let length = run(at, &|c| c.is_alphanumeric() || c == '_');
                let word: String = letters[at..at + length].iter().collect();
                (Some(Node::Word(word.to_lowercase())), length)
            }
            c if c.is_ascii_digit() => (Some(Node::Literal), run(at, &|c| c.is_ascii_digit() || c == '.')),
            '(' => {
                open.push(Vec::new());
                (None, 1)
            }
            ')' => {
                let group = open.pop().unwrap_or_default();
                let into = open.last_mut().ok_or("a parenthesis closes nothing")?;
                into.push(Node::Group(group));
                (None, 1)
            }
            _ => {
                let two: String = [letter, next].iter().collect();
                let length = if ["::", "<>", "<=", ">=", "||", "!=", "->"].contains(&two.as_str()) { 2 } else { 1 };
                let length = if two == "->" && letters.get(at + 2) == Some(&'>') { 3 } else { length };
                (Some(Node::Sign(letters[at..at + length].iter().collect())), length)
            }
        };
        if let (Some(node), Some(into)) = (node, open.last_mut()) {
            into.push(node);
        }
        at += length;
    }
    match (open.pop(), open.is_empty()) {
        (Some(nodes), true) => Ok(nodes),
        _ => Err("a parenthesis isn't closed".to_owned()),
    }
}

/// The parts between these words.
pub fn split<'n>(nodes: &'n [Node], words: &[&str]) -> Vec<&'n [Node]> {
    nodes.split(|node| node.is(words)).collect()
}

/// What stands in a `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Table(String),
    /// What an insert writes to, of which it reads nothing that it doesn't name by its key.
    Target(String),
    /// The rows of a query.
    Rows(usize),
    /// A function's rows, with its arguments.
    Function(Vec<Node>),
}

/// One of the things that a block reads, by the name that it has there.
#[derive(Clone, Debug)]
pub struct Place {
    pub what: What,
    pub name: String,
    pub block: usize,
}

/// One `select`, `update`, `delete` or `insert`.
#[derive(Debug, Default)]
pub struct Block {
    pub outer: Option<usize>,
    pub places: Vec<usize>,
    /// Conditions that every row meets; those of a left join are about the joined place alone.
    pub conditions: Vec<(Option<usize>, Vec<Node>)>,
}

/// A statement with all that stands inside it.
#[derive(Debug, Default)]
pub struct Statement {
    pub blocks: Vec<Block>,
    pub places: Vec<Place>,
    /// The blocks of each query: several where they are united.
    pub queries: Vec<Vec<usize>>,
}

type Named = BTreeMap<String, usize>;

const CLAUSES: [&str; 17] = [
    "select",
    "from",
    "where",
    "group",
    "order",
    "limit",
    "having",
    "set",
    "returning",
    "update",
    "delete",
    "insert",
    "values",
    "for",
    "using",
    "window",
    "offset",
];
const JOINS: [&str; 5] = ["join", "left", "cross", "inner", "full"];

fn is_query(nodes: &[Node]) -> bool {
    nodes.first().is_some_and(|node| node.is(&["select", "with", "values"]))
}

impl Statement {
    /// Reads a statement's text.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut statement = Self::default();
        statement.query(&nodes(text)?, None, &Named::new())?;
        Ok(statement)
    }

    fn query(&mut self, nodes: &[Node], outer: Option<usize>, named: &Named) -> Result<usize, String> {
        self.queries.push(Vec::new());
        let own = self.queries.len() - 1;
        self.fill(own, nodes, outer, named)?;
        Ok(own)
    }

    fn fill(&mut self, own: usize, nodes: &[Node], outer: Option<usize>, named: &Named) -> Result<(), String> {
        let (mut named, mut nodes) = (named.clone(), nodes);
        if nodes.first().is_some_and(|node| node.is(&["with"])) {
            let skip = |nodes: &mut &[Node], words: &[&str]| {
                while nodes.first().is_some_and(|node| node.is(words)) {
                    *nodes = &nodes[1..];
                }
            };
            nodes = &nodes[1..];
            skip(&mut nodes, &["recursive"]);
            loop {
                let name = nodes.first().and_then(Node::name).ok_or("a name is expected behind `with`")?.to_owned();
                nodes = &nodes[1..];
                if let Some(Node::Group(_)) = nodes.first() {
                    nodes = &nodes[1..];
                }
                skip(&mut nodes, &["as", "not", "materialized"]);
                let Some(Node::Group(inner)) = nodes.first() else { return Err(format!("`{name}` has no query")) };
                self.queries.push(Vec::new());
                let rows = self.queries.len() - 1;
                named.insert(name, rows);
                self.fill(rows, inner, outer, &named)?;
                nodes = &nodes[1..];
                match nodes.first() {
                    Some(node) if node.is_sign(",") => nodes = &nodes[1..],
                    _ => break,
                }
            }
        }
        for part in split(nodes, &["union", "intersect", "except"]) {
            let part = part.strip_prefix(&[Node::Word("all".to_owned())]).unwrap_or(part);
            match part {
                [Node::Group(inner)] if is_query(inner) => self.fill(own, inner, outer, &named)?,
                part => {
                    let block = self.block(part, outer, &named)?;
                    self.queries[own].push(block);
                }
            }
        }
        Ok(())
    }

    fn block(&mut self, nodes: &[Node], outer: Option<usize>, named: &Named) -> Result<usize, String> {
        self.blocks.push(Block { outer, ..Block::default() });
        let own = self.blocks.len() - 1;
        let clauses = clauses(nodes);
        for (name, body) in &clauses {
            match name.as_str() {
                // A setting of the file's: it names no table.
                "" if body.first().is_some_and(|node| node.is(&["pragma"])) => {}
                "" if !body.is_empty() => return Err(format!("a statement begins with {:?}", body[0])),
                "from" | "using" | "update" | "delete" => self.from(own, body, named)?,
                "insert" => {
                    let table =
                        body.iter().find(|node| !node.is(&["into"])).and_then(Node::name).ok_or("insert into what?")?;
                    self.add(own, What::Target(table.to_owned()), table.to_owned());
                }
                _ => {}
            }
        }
        for (name, body) in clauses {
            if !["from", "using", "update", "delete", "insert"].contains(&name.as_str()) {
                let body = self.settled(own, &body, named)?;
                if name == "where" {
                    self.blocks[own].conditions.push((None, body));
                }
            }
        }
        Ok(own)
    }

    fn add(&mut self, block: usize, what: What, name: String) -> usize {
        self.places.push(Place { what, name, block });
        let place = self.places.len() - 1;
        self.blocks[block].places.push(place);
        place
    }

    /// The same with each query in parentheses read.
    fn settled(&mut self, block: usize, nodes: &[Node], named: &Named) -> Result<Vec<Node>, String> {
        let settle = |node: &Node| match node {
            Node::Group(inner) if is_query(inner) => Ok(Node::Query(self.query(inner, Some(block), named)?)),
            Node::Group(inner) => Ok(Node::Group(self.settled(block, inner, named)?)),
            node => Ok(node.clone()),
        };
        nodes.iter().map(settle).collect()
    }

    fn from(&mut self, block: usize, nodes: &[Node], named: &Named) -> Result<(), String> {
        let (mut at, mut is_left, mut last) = (0, false, None);
        while at < nodes.len() {
            let node = &nodes[at];
            if node.is_sign(",") || node.is(&["join", "cross", "inner", "lateral", "outer", "only"]) {
                is_left &= node.is(&["join", "outer", "lateral"]);
                at += 1;
            } else if node.is(&["left"]) {
                is_left = true;
                at += 1;
            } else if node.is(&["full", "right", "natural"]) {
                return Err("such a join isn't understood here".to_owned());
            } else if node.is(&["on"]) {
                let rest = &nodes[at + 1..];
                let length = rest.iter().take_while(|node| !node.is(&JOINS) && !node.is_sign(",")).count();
                let condition = self.settled(block, &rest[..length], named)?;
                let (place, was_left) = last.ok_or("`on` without a table before it")?;
                self.blocks[block].conditions.push((if was_left { Some(place) } else { None }, condition));
                at += 1 + length;
            } else {
                let (place, length) = self.item(block, &nodes[at..], named)?;
                last = place.map(|place| (place, is_left));
                is_left = false;
                at += length;
            }
        }
        Ok(())
    }

    /// One table, query or function with the name that it has here, and how many nodes that are.
    fn item(&mut self, block: usize, nodes: &[Node], named: &Named) -> Result<(Option<usize>, usize), String> {
        let mut length = 1;
        let (what, own) = match (&nodes[0], nodes.get(1)) {
            (Node::Group(inner), _) if is_query(inner) => {
                (What::Rows(self.query(inner, Some(block), named)?), String::new())
            }
            (Node::Group(inner), _) => {
                self.from(block, inner, named)?;
                return Ok((None, 1));
            }
            (Node::Word(name), Some(Node::Group(arguments))) if !named.contains_key(name) => {
                length = 2;
                (What::Function(self.settled(block, arguments, named)?), name.clone())
            }
            (node, _) => match node.name() {
                Some(name) => match named.get(name) {
                    Some(rows) => (What::Rows(*rows), name.to_owned()),
                    None => (What::Table(name.to_owned()), name.to_owned()),
                },
                None => return Err(format!("{node:?} is no table")),
            },
        };
        let skip = |length: &mut usize, words: &[&str]| {
            while nodes.get(*length).is_some_and(|node| node.is(words)) {
                *length += 1;
            }
        };
        skip(&mut length, &["with", "ordinality", "as"]);
        let mut name = own;
        let is_alias = |node: &Node| !node.is(&JOINS) && !node.is(&["on", "indexed", "not"]);
        if let Some(alias) = nodes.get(length).filter(|node| is_alias(node)).and_then(Node::name) {
            name = alias.to_owned();
            length += 1;
            length += usize::from(matches!(nodes.get(length), Some(Node::Group(_))));
        }
        if nodes.get(length).is_some_and(|node| node.is(&["indexed"])) {
            length += 3;
        } else if nodes.get(length).is_some_and(|node| node.is(&["not"])) {
            length += 2;
        }
        Ok((Some(self.add(block, what, name)), length))
    }
}

/// A block's clauses, each with the word that begins it.
fn clauses(nodes: &[Node]) -> Vec<(String, Vec<Node>)> {
    let mut clauses: Vec<(String, Vec<Node>)> = vec![(String::new(), Vec::new())];
    let mut at = 0;
    while at < nodes.len() {
        let follows = |words: &[&str]| {
            words.iter().enumerate().all(|(n, word)| nodes.get(at + n).is_some_and(|node| node.is(&[word])))
        };
        let now = clauses.last().map_or("", |(name, _)| name.as_str()).to_owned();
        let (begins, taken, length) = if follows(&["is", "not", "distinct", "from"]) {
            (None, Some(Node::Sign("=".to_owned())), 4)
        } else if follows(&["is", "distinct", "from"]) {
            (None, Some(Node::Sign("<>".to_owned())), 3)
        } else if follows(&["on", "conflict"]) {
            (Some("conflict".to_owned()), None, 2)
        } else if follows(&["do", "update"]) || follows(&["do", "nothing"]) {
            (Some("do".to_owned()), None, 2)
        } else if nodes[at].is(&CLAUSES)
            && !(now == "delete" && follows(&["from"]))
            && !(now == "for" && follows(&["update"]))
        {
            (nodes[at].name().map(str::to_owned), None, 1)
        } else if now == "delete" && follows(&["from"]) {
            (None, None, 1)
        } else {
            (None, Some(nodes[at].clone()), 1)
        };
        if let Some(name) = begins {
            clauses.push((name, Vec::new()));
        } else if let (Some(node), Some((_, body))) = (taken, clauses.last_mut()) {
            body.push(node);
        }
        at += length;
    }
    clauses
}
