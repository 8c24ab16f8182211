//! Where a call came from, for grouping: utm values if there are any; else the referrer's host; else, after any sign of a
//! web session, `(direct)`; else `(not tracked)`, which is kept apart from it. Grouped without regard to case, shown in
//! the spelling first seen.

use std::collections::BTreeMap;

use crate::domain::slice::AttributionRow;

/// A source and medium as they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) source: String,
    pub(super) medium: Option<String>,
}

impl Origin {
    /// `google / cpc`, `(direct)`
    pub(super) fn label(&self) -> String {
        match self.medium.as_deref() {
            None | Some("(none)") => self.source.clone(),
            Some(medium) => format!("{} / {medium}", self.source),
        }
    }
}

/// The origin of one attribution; `None`: the call has none.
pub(super) fn origin(attribution: Option<&AttributionRow>) -> Origin {
    let filled =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let not_tracked = || Origin { source: "(not tracked)".into(), medium: None };
    let Some(row) = attribution else { return not_tracked() };
    let (source, medium) = (filled(&row.source), filled(&row.medium));
    if source.is_some() || medium.is_some() || filled(&row.campaign).is_some() {
        return Origin { source: source.unwrap_or_else(|| "(not set)".into()), medium };
    }
    if let Some(host) = filled(&row.referrer_host) {
        return Origin { source: host, medium: Some("referral".into()) };
    }
    if row.has_session {
        return Origin { source: "(direct)".into(), medium: Some("(none)".into()) };
    }
    not_tracked()
}

/// Numbers origins in the order in which they are first seen.
#[derive(Debug, Default)]
pub(super) struct Origins {
    numbers: BTreeMap<(String, String), usize>,
    by_attribution: BTreeMap<Option<i64>, usize>,
    seen: Vec<Origin>,
}

impl Origins {
    /// The number of the origin of this attribution.
    pub(super) fn number(&mut self, id: Option<i64>, known: &BTreeMap<i64, AttributionRow>) -> usize {
        if let Some(number) = self.by_attribution.get(&id) {
            return *number;
        }
        let origin = origin(id.and_then(|id| known.get(&id)));
        // `(direct)` without a medium is the same as with `(none)`.
        let medium = origin.medium.as_deref().filter(|medium| *medium != "(none)").unwrap_or_default().to_lowercase();
        let number = *self.numbers.entry((origin.source.to_lowercase(), medium)).or_insert_with(|| {
            self.seen.push(origin);
            self.seen.len() - 1
        });
        self.by_attribution.insert(id, number);
        number
    }

    /// The origin of this number.
    pub(super) fn get(&self, number: usize) -> Option<&Origin> {
        self.seen.get(number)
    }

    /// The origin of this attribution, in the spelling of its group when that was seen.
    pub(super) fn label(&self, id: Option<i64>, known: &BTreeMap<i64, AttributionRow>) -> String {
        let seen = self.by_attribution.get(&id).and_then(|number| self.seen.get(*number));
        seen.map_or_else(|| origin(id.and_then(|id| known.get(&id))).label(), Origin::label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn case_does_not_part_a_group_and_the_first_spelling_is_kept() {
        let known = BTreeMap::from([
            (1, row("Google", "CPC", "", false)),
            (2, row("google", "cpc", "", false)),
            (3, row("(direct)", "", "", false)),
            (4, row("", "", "", true)),
        ]);
        let mut origins = Origins::default();
        assert_eq!([1, 2, 3, 4].map(|id| origins.number(Some(id), &known)), [0, 0, 1, 1]);
        assert_eq!(origins.label(Some(2), &known), "Google / CPC");
    }
}
