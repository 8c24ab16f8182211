//! How a report shows the people who take calls: by name, by a number that only holds within the report, summed by team,
//! or not at all; and in a personal report, nobody but its reader. Whatever names a person passes here.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::domain::directory::folded;
use crate::domain::project::AgentsShown;
use crate::domain::role::Scope;
use crate::domain::slice::{AgentRow, CallRow, PartRow, Slice};
use crate::i18n::{NOTHING, Words};

/// The people of one report.
#[derive(Debug)]
pub(super) struct People<'a> {
    agents: &'a BTreeMap<i64, AgentRow>,
    shown: AgentsShown,
    /// Who reads a personal report, under every number of theirs; `None`: it isn't one.
    own: Option<BTreeSet<i64>>,
    /// "Agent 1" is the first.
    numbers: BTreeMap<i64, usize>,
    teams: Vec<&'a str>,
    team_of: BTreeMap<i64, usize>,
    /// Texts that tell who somebody is, folded; empty where everybody may be named.
    secrets: Secrets,
}

/// What teams are counted as: numbers that neither the database nor the directory gives.
const NO_TEAM: i64 = i64::MIN;

impl<'a> People<'a> {
    pub(super) fn of(slice: &'a Slice, shown: AgentsShown, scope: &Scope) -> Self {
        let own = match scope {
            Scope::Project => None,
            Scope::Agent(key) => Some(slice.agents_called(key).into_iter().collect()),
            Scope::Nothing => Some(BTreeSet::new()),
        };
        let mut people = Self {
            agents: &slice.agents,
            shown,
            own,
            numbers: BTreeMap::new(),
            teams: Vec::new(),
            team_of: BTreeMap::new(),
            secrets: Secrets::default(),
        };
        match shown {
            AgentsShown::Numbered => people.numbers = numbered(slice),
            AgentsShown::Team => {
                let team = |agent: &'a AgentRow| agent.listed.as_ref()?.team.as_deref();
                let teams: BTreeSet<&str> = slice.agents.values().filter_map(team).collect();
                people.teams = teams.into_iter().collect();
                people.team_of = slice
                    .agents
                    .iter()
                    .filter_map(|(id, agent)| Some((*id, people.teams.binary_search(&team(agent)?).ok()?)))
                    .collect();
            }
            AgentsShown::Named | AgentsShown::Off => {}
        }
        people.secrets = Secrets::of(&people, slice);
        people
    }

    /// Whether the report says anything about people.
    pub(super) fn are_shown(&self) -> bool {
        self.shown != AgentsShown::Off
    }

    /// Whether lines are teams and not people.
    pub(super) fn are_teams(&self) -> bool {
        self.shown == AgentsShown::Team && self.own.is_none()
    }

    /// Whether there is a team at all.
    pub(super) fn has_teams(&self) -> bool {
        !self.teams.is_empty()
    }

    /// Whether anybody may be called by name.
    pub(super) fn are_named(&self) -> bool {
        self.shown == AgentsShown::Named
    }

    /// Whether it is the report of one person's own calls.
    pub(super) fn is_personal(&self) -> bool {
        self.own.is_some()
    }

    /// Whether this line may stand in the report: in a personal one, only its reader's.
    pub(super) fn is_listed(&self, id: i64) -> bool {
        self.own.as_ref().is_none_or(|own| own.contains(&id))
    }

    /// Who a call or a part is counted for: the person, or the person's team.
    pub(super) fn counted(&self, id: Option<i64>) -> Option<i64> {
        let id = id?;
        if !self.are_teams() {
            return Some(id);
        }
        Some(self.team_of.get(&id).map_or(NO_TEAM, |team| NO_TEAM + 1 + *team as i64))
    }

    /// A call as its people are counted.
    pub(super) fn call(&self, call: &CallRow) -> CallRow {
        CallRow { agent: self.counted(call.agent), ..*call }
    }

    /// Its parts, likewise.
    pub(super) fn parts(&self, parts: &[PartRow]) -> Vec<PartRow> {
        parts.iter().map(|part| PartRow { agent: self.counted(part.agent), ..*part }).collect()
    }

    /// What readers call whoever is counted under this number.
    pub(super) fn name(&self, words: &Words, id: i64) -> String {
        if let Some(own) = &self.own
            && (!self.are_named() || !own.contains(&id))
        {
            return words.word(if own.contains(&id) { "agents-you" } else { "agents-colleague" });
        }
        match self.shown {
            AgentsShown::Off => NOTHING.to_owned(),
            AgentsShown::Numbered => match self.numbers.get(&id) {
                Some(number) => words.say("agents-numbered", &[("n", number.to_string().into())]),
                None => NOTHING.to_owned(),
            },
            AgentsShown::Team => match self.team(id) {
                Some(team) => team.to_owned(),
                None => words.word("agents-no-team"),
            },
            AgentsShown::Named => match self.agents.get(&id) {
                Some(agent) => {
                    agent.name.clone().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| agent.key.clone())
                }
                None => NOTHING.to_owned(),
            },
        }
    }

    /// What machines know whoever is counted under this number by; the same within a report.
    pub(super) fn key(&self, id: i64) -> Option<String> {
        if !self.is_listed(id) {
            return None;
        }
        match self.shown {
            AgentsShown::Off => None,
            AgentsShown::Named => self.agents.get(&id).map(|agent| agent.key.clone()),
            _ if self.own.is_some() => None,
            AgentsShown::Numbered => self.numbers.get(&id).map(|number| format!("agent-{number}")),
            AgentsShown::Team => self.team(id).map(str::to_owned),
        }
    }

    /// What machines are told as the name.
    pub(super) fn machine_name(&self, words: &Words, id: i64) -> Option<String> {
        match self.shown {
            AgentsShown::Off => None,
            AgentsShown::Named if self.is_listed(id) => self.agents.get(&id)?.name.clone(),
            AgentsShown::Team if self.own.is_none() => self.team(id).map(str::to_owned),
            _ => Some(self.name(words, id)),
        }
    }

    /// Whose report it is; `None`: not one person's.
    pub(super) fn whose(&self, words: &Words, scope: &Scope) -> Option<String> {
        let Scope::Agent(key) = scope else { return None };
        if !self.are_named() {
            return Some(words.word("own-calls"));
        }
        let own = self.own.as_ref().and_then(|own| own.first().copied());
        Some(own.map_or_else(|| key.clone(), |id| self.name(words, id)))
    }

    /// Whether a text tells who somebody is whom the report doesn't name.
    pub(super) fn are_told_by(&self, text: &str) -> bool {
        self.secrets.are_told_by(text)
    }

    /// Whether whoever is counted under this number are the people without a team.
    pub(super) fn is_no_team(&self, id: i64) -> bool {
        self.are_teams() && self.team(id).is_none()
    }

    fn team(&self, id: i64) -> Option<&'a str> {
        let number = if id < NO_TEAM + 1 + self.teams.len() as i64 {
            usize::try_from(id.checked_sub(NO_TEAM + 1)?).ok()?
        } else {
            *self.team_of.get(&id)?
        };
        self.teams.get(number).copied()
    }
}

/// Numbers from one for everybody who took part, in an order that follows from period and person but from no name, so that
/// it is another one in the next report.
fn numbered(slice: &Slice) -> BTreeMap<i64, usize> {
    let parts: BTreeSet<i64> = slice.parts.iter().filter_map(|part| part.agent).collect();
    let took_part: BTreeSet<i64> = slice.calls.iter().filter_map(|call| call.agent).chain(parts).collect();
    let mut order: Vec<(bool, Vec<u8>, i64)> = slice
        .agents
        .iter()
        .map(|(id, agent)| {
            let seed = format!("{}/{}/{}", slice.request.project, slice.request.period.from(), agent.key);
            (!took_part.contains(id), Sha256::digest(seed.as_bytes()).to_vec(), *id)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().enumerate().map(|(place, (.., id))| (id, place + 1)).collect()
}

/// Texts that tell who somebody is.
#[derive(Debug, Default)]
struct Secrets {
    /// Names, accounts, addresses: told by a text that holds them.
    inside: BTreeSet<String>,
    /// Words of names and extensions: told by a text that has them as a word of its own.
    words: BTreeSet<String>,
}

impl Secrets {
    fn of(people: &People<'_>, slice: &Slice) -> Self {
        let mut secrets = Self::default();
        if people.are_named() && people.own.is_none() {
            return secrets;
        }
        let is_hidden = |id: i64| !people.are_named() || !people.is_listed(id);
        let mut open = Self::default();
        for (id, agent) in &slice.agents {
            let into = if is_hidden(*id) { &mut secrets } else { &mut open };
            into.learn_key(&agent.key);
            agent.name.iter().for_each(|name| into.learn_name(name));
            for key in agent.listed.iter().flat_map(|listed| &listed.keys) {
                into.learn_key(&key.key);
            }
        }
        for (key, name) in &slice.called {
            secrets.learn_key(key);
            name.iter().for_each(|name| secrets.learn_name(name));
        }
        // In a personal report its reader's own name is no secret.
        secrets.inside.retain(|text| !open.inside.contains(text));
        secrets.words.retain(|text| !open.words.contains(text));
        secrets
    }

    fn learn_key(&mut self, key: &str) {
        let key = folded(key);
        let is_word = key.chars().all(char::is_alphanumeric);
        if is_word && (key.chars().count() < 4 || is_number(&key)) {
            self.words.insert(key);
        } else {
            self.inside.insert(key);
        }
    }

    fn learn_name(&mut self, name: &str) {
        let name = folded(name);
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 3);
        self.words.extend(words.map(str::to_owned));
        match name.chars().count() {
            0 => {}
            1 | 2 => _ = self.words.insert(name),
            _ => _ = self.inside.insert(name),
        }
    }

    fn are_told_by(&self, text: &str) -> bool {
        if self.inside.is_empty() && self.words.is_empty() {
            return false;
        }
        let text = folded(text);
        text.split(|c: char| !c.is_alphanumeric()).any(|word| self.words.contains(word))
            || self.inside.iter().any(|secret| text.contains(secret.as_str()))
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}
