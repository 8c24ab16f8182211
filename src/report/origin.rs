//! Where a call came from, for grouping: utm values if there are any; else the referrer's host; else, after any sign of a
//! web session, `(direct)`; else what the directory says of the dialled number; else `(not tracked)`, which is kept apart
//! from it. Grouped without regard to case, shown in the spelling first seen. A text that names somebody whom the report
//! doesn't name is `(not shown)`, before anything is grouped, so that it is in no format and its calls still count.

use std::collections::BTreeMap;

use crate::domain::directory::ListedNumber;
use crate::domain::report_spec::SourceGroup;
use crate::domain::slice::{AttributionRow, CallRow, Slice};
use crate::i18n::Words;

use super::people::People;

/// What a call without any sign is grouped under.
const NOT_TRACKED: &str = "(not tracked)";

/// What stands for a text that would name somebody.
const NOT_SHOWN: &str = "(not shown)";

/// Where a call came from, as it is shown. What a report doesn't tell apart is `None`, and an empty source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) source: String,
    pub(super) medium: Option<String>,
    pub(super) campaign: Option<String>,
}

/// A label as people read it: what isn't tracked, or isn't shown, is said in their language.
pub(super) fn shown(label: String, words: &Words) -> String {
    if label == NOT_TRACKED {
        return words.word("origin-not-tracked");
    }
    if label.contains(NOT_SHOWN) { label.replace(NOT_SHOWN, &words.word("origin-not-shown")) } else { label }
}

impl Origin {
    fn named(source: &str, medium: Option<&str>) -> Self {
        Self { source: source.to_owned(), medium: medium.map(str::to_owned), campaign: None }
    }

    /// Whether anything is known of it.
    pub(super) fn is_tracked(&self) -> bool {
        self.source != NOT_TRACKED
    }

    /// `google / cpc`, `google / cpc / brand`, `cpc`, `(direct)`
    pub(super) fn label(&self) -> String {
        let source = Some(self.source.as_str()).filter(|source| !source.is_empty());
        let medium = self.medium.as_deref().filter(|medium| source.is_none() || *medium != "(none)");
        let parts: Vec<&str> = [source, medium, self.campaign.as_deref()].into_iter().flatten().collect();
        parts.join(" / ")
    }

    /// Without what would name somebody whom the report doesn't name.
    fn without_names(self, people: &People<'_>) -> Self {
        let safe = |text: String| {
            let is_ours = matches!(text.as_str(), NOT_TRACKED | "(direct)" | "(none)" | "(not set)");
            if !is_ours && people.are_told_by(&text) { NOT_SHOWN.to_owned() } else { text }
        };
        Self { source: safe(self.source), medium: self.medium.map(safe), campaign: self.campaign.map(safe) }
    }

    /// With only what a report tells apart.
    fn grouped(self, group: SourceGroup) -> Self {
        match group {
            _ if !self.is_tracked() => self,
            SourceGroup::Source => Self { campaign: None, ..self },
            SourceGroup::Medium => Self {
                source: String::new(),
                medium: Some(self.medium.unwrap_or_else(|| "(none)".to_owned())),
                campaign: None,
            },
            SourceGroup::Campaign => self,
        }
    }

    /// What two of one group have in common: letter case doesn't matter, and `(direct)` without a medium is the same as
    /// with `(none)`.
    fn key(&self) -> (String, String, String) {
        let medium = self.medium.as_deref().filter(|medium| self.source.is_empty() || *medium != "(none)");
        let folded = |text: Option<&str>| text.unwrap_or_default().to_lowercase();
        (self.source.to_lowercase(), folded(medium), folded(self.campaign.as_deref()))
    }
}

/// The origin of one attribution; `None`: the call has none.
pub(super) fn origin(attribution: Option<&AttributionRow>) -> Origin {
    let Some(row) = attribution else { return Origin::named(NOT_TRACKED, None) };
    if let Some(origin) = of_utm([&row.source, &row.medium, &row.campaign]) {
        return origin;
    }
    match filled(&row.referrer_host) {
        Some(host) => Origin::named(&host, Some("referral")),
        None if row.has_session => Origin::named("(direct)", Some("(none)")),
        None => Origin::named(NOT_TRACKED, None),
    }
}

/// The origin that the directory tells of a number.
pub(super) fn of_number(number: &ListedNumber) -> Option<Origin> {
    of_utm([&number.source, &number.medium, &number.campaign])
}

/// Whether the call itself tells an origin, whatever the directory says of the number.
pub(super) fn tells_its_own(call: &CallRow, slice: &Slice) -> bool {
    own(call, slice).is_tracked()
}

fn own(call: &CallRow, slice: &Slice) -> Origin {
    origin(call.attribution.and_then(|id| slice.attributions.get(&id)))
}

/// The origin of a call: its own signs, else those of the number that it dialled.
pub(super) fn of_call(call: &CallRow, slice: &Slice) -> Origin {
    let own = own(call, slice);
    if own.is_tracked() {
        return own;
    }
    call.tracking.and_then(|number| of_number(slice.numbers.get(&number)?)).unwrap_or(own)
}

fn of_utm([source, medium, campaign]: [&Option<String>; 3]) -> Option<Origin> {
    let (source, medium, campaign) = (filled(source), filled(medium), filled(campaign));
    let is_told = source.is_some() || medium.is_some() || campaign.is_some();
    is_told.then(|| Origin { source: source.unwrap_or_else(|| "(not set)".into()), medium, campaign })
}

fn filled(text: &Option<String>) -> Option<String> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Numbers origins in the order in which they are first seen.
#[derive(Debug, Default)]
pub(super) struct Origins {
    group: SourceGroup,
    numbers: BTreeMap<(String, String, String), usize>,
    /// By attribution and dialled number.
    by_sign: BTreeMap<(Option<i64>, Option<i64>), usize>,
    seen: Vec<Origin>,
}

impl Origins {
    /// None yet, told apart like this.
    pub(super) fn by(group: SourceGroup) -> Self {
        Self { group, ..Self::default() }
    }

    /// The number of the origin of this call.
    pub(super) fn number(&mut self, call: &CallRow, slice: &Slice, people: &People<'_>) -> usize {
        let sign = sign(call, slice);
        if let Some(number) = self.by_sign.get(&sign) {
            return *number;
        }
        let origin = of_call(call, slice).without_names(people).grouped(self.group);
        let number = *self.numbers.entry(origin.key()).or_insert_with(|| {
            self.seen.push(origin);
            self.seen.len() - 1
        });
        self.by_sign.insert(sign, number);
        number
    }

    /// The origin of this number.
    pub(super) fn get(&self, number: usize) -> Option<&Origin> {
        self.seen.get(number)
    }

    /// Source and medium of this call, in the spelling of its group where that was seen.
    pub(super) fn label(&self, call: &CallRow, slice: &Slice, people: &People<'_>) -> String {
        let seen = self.by_sign.get(&sign(call, slice)).and_then(|number| self.seen.get(*number));
        match seen.filter(|_| self.group == SourceGroup::Source) {
            Some(origin) => origin.label(),
            None => of_call(call, slice).without_names(people).grouped(SourceGroup::Source).label(),
        }
    }
}

/// All by which calls can differ in their origin.
fn sign(call: &CallRow, slice: &Slice) -> (Option<i64>, Option<i64>) {
    let tells = |number: &i64| slice.numbers.get(number).is_some_and(|number| number.tells_source());
    (call.attribution, call.tracking.filter(tells))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::oracle;
    use super::*;
    use crate::domain::phone::PhoneE164;
    use crate::domain::project::AgentsShown;
    use crate::domain::role::Scope;

    fn row(source: &str, medium: &str, host: &str, has_session: bool) -> AttributionRow {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        AttributionRow {
            source: some(source),
            medium: some(medium),
            campaign: None,
            referrer_host: some(host),
            has_session,
        }
    }

    #[test]
    fn the_strongest_sign_names_the_origin() {
        assert_eq!(origin(Some(&row("Google", "cpc", "example.com", true))).label(), "Google / cpc");
        assert_eq!(origin(Some(&row("", "", "example.com", true))).label(), "example.com / referral");
        assert_eq!(origin(Some(&row("", "", "", true))).label(), "(direct)");
        assert_eq!(origin(Some(&row("", "", "", false))).label(), "(not tracked)");
        assert_eq!(origin(None).label(), "(not tracked)");
        assert_eq!(origin(Some(&row("", "email", "", false))).label(), "(not set) / email");
    }

    /// A slice of calls, one for each of these attributions.
    fn calls(rows: Vec<AttributionRow>) -> Slice {
        let mut slice = Slice::clone(&oracle::slice(oracle::request().slice_request(), Vec::new(), Vec::new()));
        let call = oracle::any_one_call();
        slice.calls = (0..rows.len())
            .map(|n| CallRow { attribution: Some(n as i64), tracking: Some(n as i64), ..call })
            .collect();
        slice.attributions = (0..).zip(rows).collect();
        slice
    }

    fn numbers(slice: &Slice, group: SourceGroup) -> (Vec<usize>, Origins) {
        let mut origins = Origins::by(group);
        (slice.calls.iter().map(|call| origins.number(call, slice, &everybody(slice))).collect(), origins)
    }

    /// A report that names whom it likes.
    fn everybody(slice: &Slice) -> People<'_> {
        People::of(slice, AgentsShown::Named, &Scope::Project)
    }

    #[test]
    fn who_is_not_named_is_not_named_by_an_origin_and_the_calls_still_count() {
        let slice = calls(vec![
            row("Olena K's page", "social", "", false),
            row("taras", "social", "", false),
            row("google", "cpc", "", false),
            row("", "", "ihor.example.com", false),
        ]);
        let numbered = People::of(&slice, AgentsShown::Numbered, &Scope::Project);
        let mut origins = Origins::by(SourceGroup::Source);
        let found: Vec<usize> = slice.calls.iter().map(|call| origins.number(call, &slice, &numbered)).collect();
        assert_eq!(found, [0, 0, 1, 2], "two hidden sources are one line");
        let labels = [0, 1, 2].map(|number| origins.get(number).expect("seen").label());
        assert_eq!(labels, ["(not shown) / social", "google / cpc", "(not shown) / referral"]);
        let unseen = Origins::by(SourceGroup::Medium);
        assert_eq!(unseen.label(&slice.calls[1], &slice, &numbered), "(not shown) / social");
        assert_eq!(unseen.label(&slice.calls[1], &slice, &everybody(&slice)), "taras / social");
        assert_eq!(shown(labels[0].clone(), &Words::of("de")), "(nicht gezeigt) / social");
    }

    #[test]
    fn case_does_not_part_a_group_and_the_first_spelling_is_kept() {
        let slice = calls(vec![
            row("Google", "CPC", "", false),
            row("google", "cpc", "", false),
            row("(direct)", "", "", false),
            row("", "", "", true),
        ]);
        let (found, origins) = numbers(&slice, SourceGroup::Source);
        assert_eq!(found, [0, 0, 1, 1]);
        assert_eq!(origins.label(&slice.calls[1], &slice, &everybody(&slice)), "Google / CPC");
    }

    #[test]
    fn sources_are_told_apart_as_far_as_asked() {
        let campaign = |name: &str| AttributionRow { campaign: Some(name.into()), ..row("google", "cpc", "", false) };
        let slice =
            calls(vec![campaign("brand"), campaign("doors"), row("bing", "cpc", "", false), row("", "", "", false)]);
        let labels = |group| {
            let (found, origins) = numbers(&slice, group);
            found.into_iter().map(|n| origins.get(n).expect("seen").label()).collect::<Vec<_>>()
        };
        assert_eq!(labels(SourceGroup::Source), ["google / cpc", "google / cpc", "bing / cpc", "(not tracked)"]);
        assert_eq!(labels(SourceGroup::Medium), ["cpc", "cpc", "cpc", "(not tracked)"]);
        assert_eq!(
            labels(SourceGroup::Campaign),
            ["google / cpc / brand", "google / cpc / doors", "bing / cpc", "(not tracked)"]
        );
    }

    #[test]
    fn a_number_tells_the_origin_of_a_call_that_tells_none() {
        let mut slice = calls(vec![row("google", "cpc", "", false), row("", "", "", false)]);
        let number = ListedNumber {
            number: PhoneE164::from_digits(380_445_550_101).expect("a number"),
            label: None,
            department: None,
            source: Some("flyer".into()),
            medium: Some("print".into()),
            campaign: None,
            ignore: false,
        };
        slice.numbers = [0, 1].map(|digits| (digits, Arc::new(number.clone()))).into();
        let (found, origins) = numbers(&slice, SourceGroup::Source);
        assert_eq!(
            found.iter().map(|n| origins.get(*n).expect("seen").label()).collect::<Vec<_>>(),
            ["google / cpc", "flyer / print"]
        );
    }
}
