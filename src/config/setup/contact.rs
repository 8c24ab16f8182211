//! `[[contact]]`: `id name language zone active=true addresses={email=[…],sms=[…],slack=[…],teams=[…],webhook=[…]}
//! roles={acme=["owner","manager"]} alerts=["email","sms"] digest="hourly"`. A number is `"+380…"` or `{number="+380…", verified="…"}`;
//! `away={from="2026-07-01", to="2026-07-14", deputy="olena"}`; `alerts` is one list for all warnings, or `{warnings=[…], critical=[…], owner=[…], funds=[…]}`.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{date, weekdays};
use super::{At, Spot, Table, Value, id_of};
use crate::config::nearest::nearest;
use crate::domain::calendar::Shift;
use crate::domain::contact::{ChannelKind, EmailAddress, endpoint_name};
use crate::domain::ids::{ContactId, ProjectId};
use crate::domain::notice::{KINDS, NoticeKind};
use crate::domain::pace::Pace;
use crate::domain::phone;
use crate::domain::quiet::QuietHours;
use crate::domain::reach::{Alerts, Away, ContactSettings, WARNINGS};
use crate::domain::role::{ROLES, Role};

/// A contact as the file says it.
#[derive(Clone, Debug)]
pub struct ContactEntry {
    pub spot: Spot,
    pub id: ContactId,
    pub name: String,
    pub language: Option<At<String>>,
    pub zone: Option<At<String>>,
    pub active: bool,
    pub addresses: BTreeMap<ChannelKind, Vec<String>>,
    pub settings: ContactSettings,
    /// Where `away` stands.
    pub away: Option<Spot>,
    /// Where `alerts` stands.
    pub alerts: Option<Spot>,
    pub roles: Vec<(At<ProjectId>, Vec<Role>)>,
}

pub(super) fn read(table: &Table<'_>) -> Option<ContactEntry> {
    let id = id_of(table, ContactId::parse);
    let name = table.need("name").and_then(|value| value.line());
    let language = table.get("language").map(|value| value.text_at());
    let zone = table.get("zone").map(|value| value.text_at());
    let active = table.get("active").and_then(|value| value.boolean());
    let addresses = table.get("addresses").and_then(|value| value.table());
    let (addresses, verified) = addresses.map(addresses_of).unwrap_or_default();
    let quiet = table.get("quiet").map(|value| quiet_of(&value)).unwrap_or_default();
    let away = table.get("away");
    let away_spot = away.as_ref().map(|value| value.place.spot());
    let away = away.and_then(|value| away_of(&value));
    let digest = table.get("digest").map(|value| digest_of(&value)).unwrap_or_default();
    let alerts = table.get("alerts");
    let alerts_spot = alerts.as_ref().map(|value| value.place.spot());
    let alerts = alerts.map(|value| alerts_of(&value)).unwrap_or_default();
    let roles = table.get("roles").and_then(|value| value.table());
    let roles = roles.map(|table| roles_of(&table)).unwrap_or_default();
    Some(ContactEntry {
        spot: table.place.spot(),
        id: id?,
        name: name.unwrap_or_default(),
        language,
        zone,
        active: active.unwrap_or(true),
        addresses,
        settings: ContactSettings { alerts, verified, quiet, away, digest },
        away: away_spot,
        alerts: alerts_spot,
        roles,
    })
}

/// `{ from = "2026-07-01", to = "2026-07-14", deputy = "olena" }`
fn away_of(value: &Value<'_>) -> Option<Away> {
    let table = value.table()?;
    let from = table.need("from").and_then(|value| date(&value));
    let last = table.need("to");
    let to = last.as_ref().and_then(date);
    let deputy = table.need("deputy").and_then(|value| value.parsed(ContactId::parse));
    table.finish();
    let (from, to) = from.zip(to)?;
    if to < from {
        if let Some(last) = last {
            last.wrong(format!("it is before {from}, the first day away"));
        }
        return None;
    }
    Some(Away { from, to, deputy: deputy? })
}

/// Addresses by channel, and how numbers were confirmed.
type Addresses = (BTreeMap<ChannelKind, Vec<String>>, BTreeMap<String, String>);

fn addresses_of(table: Table<'_>) -> Addresses {
    let email = |value: &Value<'_>| value.parsed(EmailAddress::parse).map(String::from);
    let number = |value: &Value<'_>| {
        value.parsed(|text| match phone::e164(text, None).filter(|_| text.trim().starts_with('+')) {
            Some(number) => Ok(number.to_string()),
            None => Err(format!("`{text}` isn't a number in international form, such as `+380441234567`")),
        })
    };
    let mut verified = BTreeMap::new();
    let sms = |value: &Value<'_>| {
        if value.is_text() {
            return number(value);
        }
        let entry = value.table()?;
        let own = entry.need("number").and_then(|value| number(&value));
        let how = entry.need("verified").and_then(|value| value.line()).filter(|how| !how.trim().is_empty());
        entry.finish();
        let own = own?;
        verified.extend(how.map(|how| (own.clone(), how)));
        Some(own)
    };
    let mut addresses = BTreeMap::new();
    addresses.insert(ChannelKind::Email, list(table.get("email"), email));
    addresses.insert(ChannelKind::Sms, list(table.get("sms"), sms));
    let endpoint = |value: &Value<'_>| value.parsed(endpoint_name);
    for (kind, key) in [(ChannelKind::Slack, "slack"), (ChannelKind::Teams, "teams"), (ChannelKind::Webhook, "webhook")]
    {
        addresses.insert(kind, list(table.get(key), endpoint));
    }
    addresses.retain(|_, list: &mut Vec<String>| !list.is_empty());
    table.finish();
    (addresses, verified)
}

/// Each once, in the order of the file.
fn list(value: Option<Value<'_>>, mut read: impl FnMut(&Value<'_>) -> Option<String>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for item in value.map(|value| value.one_or_several()).unwrap_or_default() {
        if let Some(address) = read(&item).filter(|address| !list.contains(address)) {
            list.push(address);
        }
    }
    list
}

/// What is critical, beside its kind's list.
const CRITICAL: &str = "critical";

/// One list for every warning, or a list each for some of them.
fn alerts_of(value: &Value<'_>) -> Alerts {
    let usual = Alerts::default();
    if value.is_text() || value.is_list() {
        return Alerts { warnings: channels(value).unwrap_or_default(), ..usual };
    }
    let Some(table) = value.table() else { return usual };
    let mut alerts = usual;
    let billing = || KINDS.iter().filter(|line| line.kind.is_billing());
    for (value, name, key) in table.entries() {
        let Some(list) = channels(&value) else { continue };
        match (name, billing().find(|line| line.name == name)) {
            (WARNINGS, _) => alerts.warnings = list,
            (CRITICAL, _) => alerts.critical = list,
            (_, Some(line)) => {
                alerts.kinds.insert(line.kind, list);
            }
            (name, None) if name == NoticeKind::Owner.name() => alerts.owner = list,
            (name, None) => {
                let known: Vec<&str> = [WARNINGS, CRITICAL, NoticeKind::Owner.name()]
                    .into_iter()
                    .chain(billing().map(|line| line.name))
                    .collect();
                let near = nearest(name, known.iter().copied()).map(|word| format!("did you mean `{word}`?"));
                let help = near.unwrap_or_else(|| format!("known here: {}", known.join(", ")));
                key.error(format!("`{name}` isn't a kind of notice that has channels of its own"), Some(help));
            }
        }
    }
    alerts
}

/// A list of channels with at least one in it.
fn channels(value: &Value<'_>) -> Option<BTreeSet<ChannelKind>> {
    let words = ChannelKind::ALL.map(ChannelKind::name);
    let items = value.one_or_several();
    if items.is_empty() && value.is_list() {
        value.wrong("nobody would be told; name at least one channel, or leave the key out");
    }
    let read: BTreeSet<ChannelKind> = items.iter().filter_map(|item| item.one_of(&words, ChannelKind::parse)).collect();
    (!read.is_empty()).then_some(read)
}

/// `"hourly"` for all warnings, or a rhythm for each of some kinds.
fn digest_of(value: &Value<'_>) -> BTreeMap<String, Pace> {
    let pace = |value: &Value<'_>| value.parsed(Pace::parse);
    if value.is_text() {
        return pace(value).map(|pace| (WARNINGS.to_owned(), pace)).into_iter().collect();
    }
    let Some(table) = value.table() else { return BTreeMap::new() };
    let known = || {
        let kinds = KINDS.iter().filter(|line| line.kind.is_billing() || line.kind == NoticeKind::Owner);
        std::iter::once(WARNINGS).chain(kinds.map(|line| line.name))
    };
    let mut digest = BTreeMap::new();
    for (value, name, key) in table.entries() {
        if known().any(|known| known == name) {
            digest.extend(pace(&value).map(|pace| (name.to_owned(), pace)));
        } else {
            let near = nearest(name, known()).map(|word| format!("did you mean `{word}`?"));
            let help = near.unwrap_or_else(|| format!("known here: {}", known().collect::<Vec<_>>().join(", ")));
            key.error(format!("`{name}` isn't a kind of notice that can be gathered"), Some(help));
        }
    }
    digest
}

/// `"22:00-07:00"` for every day, or a table by the days on which spans begin.
fn quiet_of(value: &Value<'_>) -> QuietHours {
    let mut quiet = QuietHours::default();
    if value.is_text() || value.is_list() {
        let spans = quiet_spans(value);
        quiet.week.iter_mut().for_each(|day| day.clone_from(&spans));
        return quiet;
    }
    let Some(table) = value.table() else { return quiet };
    for (value, name, key) in table.entries() {
        let Some(days) = weekdays(name) else {
            let help = "write days such as `mon`, `mon-fri` or `\"sat,sun\"`".to_owned();
            key.error(format!("`{name}` isn't a day of the week or a span of them"), Some(help));
            continue;
        };
        let spans = quiet_spans(&value);
        for day in days {
            quiet.week[usize::from(day.index())].extend(spans.iter().copied());
        }
    }
    quiet
}

/// A span that ends when it starts is off.
fn quiet_spans(value: &Value<'_>) -> Vec<Shift> {
    let is_off = |text: &str| text.split_once('-').is_some_and(|(from, to)| from.trim() == to.trim());
    let items = value.one_or_several();
    let on = items.iter().filter(|item| !(item.is_text() && item.text().is_some_and(is_off)));
    on.filter_map(|item| item.parsed(Shift::parse)).collect()
}

fn roles_of(table: &Table<'_>) -> Vec<(At<ProjectId>, Vec<Role>)> {
    let words: Vec<&str> = ROLES.iter().map(|line| line.name).collect();
    let mut all = Vec::new();
    for (value, name, key) in table.entries() {
        let mut roles: Vec<Role> =
            value.one_or_several().iter().filter_map(|item| item.one_of(&words, Role::parse)).collect();
        roles.sort_unstable();
        roles.dedup();
        match ProjectId::parse(name) {
            Ok(project) => all.push((At { value: project, spot: key.spot() }, roles)),
            Err(why) => key.error(format!("`{name}` can't be a project: {why}"), None),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::problem::{Problems, Source};
    use crate::config::setup;

    fn read(lines: &str) -> (Option<ContactEntry>, String) {
        let text = format!("version = 1\n[[contact]]\nid = \"olena\"\nname = \"Olena\"\n{lines}\n");
        let source = Source::new("setup.toml", text);
        let problems = Problems::default();
        let entry = setup::read(&source, &problems).contacts.pop();
        (entry, problems.render(false))
    }

    #[test]
    fn channels_are_chosen_by_one_list_or_by_kind() {
        for (lines, shown) in [
            ("", "email"),
            ("alerts = \"sms\"", "sms"),
            ("alerts = [\"slack\", \"email\", \"slack\"]", "email, slack"),
            (
                "alerts = { critical = [\"sms\"], owner = [\"slack\"], funds = [\"teams\"] }",
                "email; critical: sms; funds: teams; owner: slack",
            ),
        ] {
            let (entry, said) = read(lines);
            assert_eq!(said, "", "{lines}");
            assert_eq!(entry.expect("an entry").settings.alerts.to_string(), shown);
        }
        for (lines, told) in [
            ("alerts = [\"fax\"]", "`fax` isn't one"),
            ("alerts = []", "nobody would be told"),
            ("alerts = { funds = [] }", "nobody would be told"),
            ("alerts = { fund = [\"sms\"] }", "did you mean `funds`?"),
            ("alerts = { report = [\"sms\"] }", "`report` isn't a kind of notice"),
            ("alerts = 3", "alerts"),
        ] {
            let (_, said) = read(lines);
            assert!(said.contains(told), "{lines}: {said}");
        }
    }

    #[test]
    fn quiet_hours_are_one_span_or_by_weekday() {
        for (lines, shown) in [
            ("", ";;;;;;"),
            ("quiet = \"22:00-22:00\"", ";;;;;;"),
            (
                "quiet = \"22:00-07:00\"",
                "22:00-07:00;22:00-07:00;22:00-07:00;22:00-07:00;22:00-07:00;22:00-07:00;22:00-07:00",
            ),
            (
                "quiet = { mon-thu = \"22:00-07:00\", \"fri,sat\" = [\"23:00-24:00\"], sun = \"08:00-08:00\" }",
                "22:00-07:00;22:00-07:00;22:00-07:00;22:00-07:00;23:00-24:00;23:00-24:00;",
            ),
        ] {
            let (entry, said) = read(lines);
            assert_eq!(said, "", "{lines}");
            let week = entry.expect("an entry").settings.quiet.week;
            let days = week.iter().map(|day| day.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
            assert_eq!(days.collect::<Vec<_>>().join(";"), shown);
        }
        for (lines, told) in [
            ("quiet = \"22-7\"", "isn't a span of hours"),
            ("quiet = { friday-ish = \"22:00-07:00\" }", "isn't a day of the week"),
        ] {
            let (_, said) = read(lines);
            assert!(said.contains(told), "{lines}: {said}");
        }
    }

    #[test]
    fn whoever_is_away_names_days_and_a_deputy() {
        let (entry, said) = read("away = { from = \"2026-07-01\", to = \"2026-07-14\", deputy = \"taras\" }");
        assert_eq!(said, "");
        let away = entry.expect("an entry").settings.away.expect("away");
        assert_eq!(away.to_string(), "2026-07-01 to 2026-07-14, deputy taras");
        for (lines, told) in [
            ("away = { from = \"2026-07-01\", to = \"2026-06-14\", deputy = \"taras\" }", "before 2026-07-01"),
            ("away = { from = \"1.7.2026\", to = \"2026-07-14\", deputy = \"taras\" }", "1.7.2026"),
            ("away = { from = \"2026-07-01\", to = \"2026-07-14\" }", "`deputy` is missing"),
            ("away = { from = \"2026-07-01\", until = \"2026-07-14\", deputy = \"taras\" }", "until"),
            ("away = \"2026-07-01\"", "away"),
        ] {
            let (_, said) = read(lines);
            assert!(said.contains(told), "{lines}: {said}");
        }
    }

    #[test]
    fn what_is_gathered_has_a_rhythm_for_all_warnings_or_by_kind() {
        for (lines, shown) in [
            ("", ""),
            ("digest = \"hourly\"", "warnings hourly"),
            ("digest = { funds = \"30m\", owner = \"08:00\" }", "funds 30m, owner 08:00"),
        ] {
            let (entry, said) = read(lines);
            assert_eq!(said, "", "{lines}");
            let digest = entry.expect("an entry").settings.digest;
            let lines: Vec<String> = digest.iter().map(|(kind, pace)| format!("{kind} {pace}")).collect();
            assert_eq!(lines.join(", "), shown);
        }
        for (lines, told) in [
            ("digest = \"daily\"", "write `hourly`"),
            ("digest = { fund = \"hourly\" }", "did you mean `funds`?"),
            ("digest = { report = \"hourly\" }", "isn't a kind of notice that can be gathered"),
        ] {
            let (_, said) = read(lines);
            assert!(said.contains(told), "{lines}: {said}");
        }
    }

    #[test]
    fn a_number_says_how_it_was_confirmed() {
        let (entry, said) = read(
            "addresses = { sms = [\"+380441234567\", { number = \"+380 44 123 45 68\", verified = \"contract 2026-05-01\" }] }",
        );
        assert_eq!(said, "");
        let entry = entry.expect("an entry");
        assert_eq!(entry.addresses[&ChannelKind::Sms], ["+380441234567", "+380441234568"]);
        let verified: Vec<_> = entry.settings.verified.into_iter().collect();
        assert_eq!(verified, [("+380441234568".to_owned(), "contract 2026-05-01".to_owned())]);
        for (lines, told) in [
            ("addresses = { sms = [{ number = \"+380441234568\" }] }", "`verified` is missing"),
            ("addresses = { sms = [{ number = \"044\", verified = \"x\" }] }", "international form"),
            ("addresses = { sms = [{ numbr = \"+380441234568\", verified = \"x\" }] }", "numbr"),
        ] {
            let (_, said) = read(lines);
            assert!(said.contains(told), "{lines}: {said}");
        }
    }
}
