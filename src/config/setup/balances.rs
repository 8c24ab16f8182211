//! `[project.balances.NAME]`: `low = "50.00"`, `switches_off`, `payment_lead_days = 1`, `usage_from_calls = true`. Sums are
//! texts: a binary fraction has no place in money.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::{At, Table};
use crate::config::table::Value;
use crate::domain::balance::{BalanceRules, SwitchesOff};
use crate::domain::ids::BalanceName;
use crate::domain::money::Amount;

/// The rules of each balance, and what `apply` looks at once more.
#[derive(Clone, Debug, Default)]
pub struct Balances {
    pub rules: BTreeMap<BalanceName, BalanceRules>,
    /// Where each name stands.
    pub names: Vec<At<BalanceName>>,
    /// The languages in which `switches_off` is written.
    pub languages: Vec<At<String>>,
}

/// The balances of a project.
pub(super) fn read(table: Table<'_>) -> Balances {
    let (mut balances, mut names, mut languages) = (BTreeMap::new(), Vec::new(), Vec::new());
    let mut by_calls: Option<String> = None;
    for (value, name, place) in table.entries() {
        let name_of = name.to_owned();
        let name = match BalanceName::parse(name) {
            Ok(name) => Some(name),
            Err(why) => {
                place.error(format!("`{name}` can't name a balance: {why}"), None);
                None
            }
        };
        let read = value.table().map(|table| rules(table, &mut languages));
        if read.as_ref().is_some_and(|rules| rules.usage_from_calls) {
            if let Some(first) = &by_calls {
                value.wrong(format!("the calls are paid from `{first}` already (usage_from_calls), and only once"));
            }
            by_calls.get_or_insert_with(|| name_of.clone());
        }
        if let (Some(rules), Some(name)) = (read, name) {
            names.push(At { value: name.clone(), spot: place.spot() });
            balances.insert(name, rules);
        }
    }
    Balances { rules: balances, names, languages }
}

fn rules(table: Table<'_>, languages: &mut Vec<At<String>>) -> BalanceRules {
    let low = table.get("low").and_then(|value| {
        let sum = value.parsed(Amount::parse)?;
        if sum.is_positive() {
            return Some(sum);
        }
        value.wrong("this must be more than nothing; a negative balance is told anyway");
        None
    });
    let switches_off = table.get("switches_off").and_then(|value| switches_off(&value, languages));
    let lead = table.get("payment_lead_days").and_then(|value| value.integer(0..=20));
    let usage_from_calls = table.get("usage_from_calls").and_then(|value| value.boolean());
    table.finish();
    let usual = BalanceRules::default();
    BalanceRules {
        low,
        switches_off,
        payment_lead_days: lead.and_then(|days| u32::try_from(days).ok()).unwrap_or(usual.payment_lead_days),
        usage_from_calls: usage_from_calls.unwrap_or(usual.usage_from_calls),
    }
}

/// A text, or a table of a text for each language.
fn switches_off(value: &Value<'_>, languages: &mut Vec<At<String>>) -> Option<SwitchesOff> {
    let DeValue::Table(_) = value.raw() else { return value.line().map(SwitchesOff::Alike) };
    let mut by_language = BTreeMap::new();
    for (words, language, place) in value.table()?.entries() {
        languages.push(At { value: language.to_owned(), spot: place.spot() });
        if let Some(words) = words.line() {
            by_language.insert(language.to_owned(), words);
        }
    }
    if by_language.is_empty() {
        value.wrong("this names no language");
        return None;
    }
    Some(SwitchesOff::ByLanguage(by_language))
}

#[cfg(test)]
mod tests {
    use crate::config::problem::{Problems, Source};
    use crate::config::setup;

    fn problems(lines: &str) -> String {
        let text = format!(
            "version = 1\n[[project]]\nid = \"acme\"\nname = \"Acme\"\nzone = \"Europe/Kyiv\"\nlocale = \"en\"\ncurrency = \"EUR\"\n{lines}"
        );
        let source = Source::new("setup.toml", text);
        let problems = Problems::default();
        let _ = setup::read(&source, &problems);
        problems.render(false)
    }

    #[test]
    fn what_is_wrong_is_told_by_line() {
        assert_eq!(
            problems(
                "billing_at = \"09:30\"\n[project.balances.forwarding]\nlow = \"50.00\"\nswitches_off = \"calls aren't forwarded\"\npayment_lead_days = 2\n"
            ),
            ""
        );
        for (lines, told) in [
            ("[project.balances.forwarding]\nlow = 50.0\n", "a text in quotes"),
            ("[project.balances.forwarding]\nlow = \"fifty\"\n", "isn't a sum"),
            ("[project.balances.forwarding]\nlow = \"-5\"\n", "more than nothing"),
            ("[project.balances.forwarding]\npayment_lead_days = 40\n", "payment_lead_days"),
            ("[project.balances.a]\nswitches_off = { en = \" \" }\n", "this is empty"),
            ("[project.balances.a]\nswitches_off = {}\n", "names no language"),
            ("[project.balances.a]\nswitches_off = 5\n", "a text"),
            ("[project.balances.a]\nusage_from_calls = \"yes\"\n", "usage_from_calls"),
            (
                "[project.balances.a]\nusage_from_calls = true\n[project.balances.b]\nusage_from_calls = true\n",
                "paid from `a` already",
            ),
            ("billing_at = \"nine\"\n", "isn't a time of day"),
            ("[project.balances.forwarding]\nlows = \"5\"\n", "low"),
            ("[project.balances.\"For warding\"]\nlow = \"5\"\n", "can't name a balance"),
        ] {
            let said = problems(lines);
            assert!(said.contains(told), "{lines}: {said}");
        }
    }
}
