//! What parts the fields of a CSV text, as its beginning shows it.

/// The delimiter that the first line has most of, or names (`sep=;`), and how many lines stand before the first row.
pub fn found(start: &[u8]) -> (u8, u64) {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let mut lines = start.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.trim_ascii().is_empty());
    let Some((number, first)) = lines.next() else { return (b',', 0) };
    if let Some([delimiter]) = first.trim_ascii_end().strip_prefix(b"sep=") {
        return (*delimiter, number as u64 + 1);
    }
    let mut counts = [(b'\t', 0), (b';', 0), (b',', 0)];
    let mut quoted = false;
    for byte in first {
        quoted ^= *byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| !quoted && delimiter == byte) {
            *count += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    (most.map_or(b',', |(delimiter, _)| delimiter), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_shows_what_parts_fields() {
        for (start, expected) in [
            ("id,at,kind", (b',', 0)),
            ("id;at;\"a,b,c,d\"\n1,2,3,4,5", (b';', 0)),
            ("id\tat", (b'\t', 0)),
            ("\u{feff}sep=;\r\nid;at", (b';', 1)),
            ("", (b',', 0)),
            ("id", (b',', 0)),
        ] {
            assert_eq!(found(start.as_bytes()), expected, "{start}");
        }
    }
}
