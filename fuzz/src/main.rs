//! The parser that `PARSER` names is given the bytes that libFuzzer makes up.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static PARSER: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("PARSER").unwrap_or_default();
    let known = || callbrief::fuzzed::PARSERS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" ");
    callbrief::fuzzed::parser(&name).unwrap_or_else(|| panic!("PARSER is one of {}", known()))
});

fuzz_target!(|bytes: &[u8]| PARSER(bytes));
