//! What the city of a time zone is called in other languages.

use std::collections::HashMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/text/places.tsv"));

/// The city of this zone in this language; `None`: as the zone's own name has it.
pub(super) fn city(zone: &str, language: &str) -> Option<&'static str> {
    static CITIES: OnceLock<HashMap<(&'static str, &'static str), &'static str>> = OnceLock::new();
    let cities = CITIES.get_or_init(|| {
        let mut lines = TABLE.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t'));
        let languages: Vec<&str> = lines.next().into_iter().flatten().skip(1).collect();
        let named = lines.flat_map(|mut line| {
            let zone = line.next().unwrap_or_default();
            let cities: Vec<_> = languages.iter().zip(line).map(|(language, city)| ((zone, *language), city)).collect();
            cities
        });
        named.collect()
    });
    cities.get(&(zone, language)).copied()
}
