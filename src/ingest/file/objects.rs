//! The objects of a JSON text, one by one: of a list, one a line, one after the other, or the only one. A broken object
//! ends where no JSON could go on, so that it takes as little as can be with it: a text that isn't closed ends with its
//! line, and an object that begins where none can stand ends the one before.

use std::io::{self, BufRead};

use super::{Broken, MOST_ROW_BYTES};

/// An object's text and the line where it begins.
#[derive(Debug)]
pub(super) struct Object<'a> {
    pub line: u64,
    pub bytes: &'a [u8],
}

/// Finds objects.
pub(super) struct Objects<R> {
    reader: R,
    line: u64,
    /// Of the object or piece that is being read.
    begun: u64,
    bytes: Vec<u8>,
    at: At,
    /// Brackets that are open.
    open: Vec<u8>,
    /// The last byte outside of texts that isn't blank.
    last: u8,
    too_long: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Between,
    /// In something that is no object; ends with the line.
    Junk,
    Inside,
    Text,
    /// After a backslash in a text.
    Escape,
}

/// What a byte comes to.
enum Step {
    Goes,
    /// The object ends with this byte.
    Ends,
    /// What was read breaks off before this byte.
    Breaks(&'static str),
}

const DEEPEST: usize = 100;
const NO_OBJECT: &str = "a JSON object is expected";

impl<R: BufRead> Objects<R> {
    pub(super) fn new(reader: R) -> Self {
        let (bytes, open) = (Vec::new(), Vec::new());
        Self { reader, line: 1, begun: 1, bytes, at: At::Between, open, last: 0, too_long: false }
    }

    /// The next object, or the next piece that is none.
    pub(super) fn next(&mut self) -> io::Result<Option<Result<Object<'_>, Broken>>> {
        self.bytes.clear();
        self.too_long = false;
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                let nothing = self.at == At::Between;
                self.at = At::Between;
                return Ok((!nothing).then(|| Err(self.broken("the file ends in the middle of an object"))));
            }
            let mut state = State {
                line: &mut self.line,
                begun: &mut self.begun,
                bytes: &mut self.bytes,
                at: &mut self.at,
                open: &mut self.open,
                last: &mut self.last,
                too_long: &mut self.too_long,
            };
            let mut used = 0;
            let mut end = None;
            for byte in buffer {
                match state.step(*byte) {
                    Step::Goes => used += 1,
                    Step::Ends => {
                        used += 1;
                        end = Some(None);
                    }
                    Step::Breaks(reason) => end = Some(Some(reason)),
                }
                if end.is_some() {
                    break;
                }
            }
            self.reader.consume(used);
            if let Some(broken) = end {
                self.at = At::Between;
                let reason = if self.too_long { Some("the row is longer than 1 MiB") } else { broken };
                return Ok(Some(match reason {
                    None => Ok(Object { line: self.begun, bytes: &self.bytes }),
                    Some(reason) => Err(self.broken(reason)),
                }));
            }
        }
    }

    fn broken(&self, reason: &str) -> Broken {
        Broken::new(self.begun, &self.bytes, reason)
    }
}

/// The scanner apart from its reader.
struct State<'a> {
    line: &'a mut u64,
    begun: &'a mut u64,
    bytes: &'a mut Vec<u8>,
    at: &'a mut At,
    open: &'a mut Vec<u8>,
    last: &'a mut u8,
    too_long: &'a mut bool,
}

impl State<'_> {
    fn step(&mut self, byte: u8) -> Step {
        let step = match *self.at {
            At::Between => self.between(byte),
            At::Junk if byte == b'\n' => Step::Breaks(NO_OBJECT),
            At::Junk => Step::Goes,
            At::Text if byte == b'\n' => Step::Breaks("a text in it isn't closed"),
            At::Text => {
                match byte {
                    b'\\' => *self.at = At::Escape,
                    b'"' => *self.at = At::Inside,
                    _ => {}
                }
                Step::Goes
            }
            At::Escape => {
                *self.at = At::Text;
                if byte == b'\n' { Step::Breaks("a text in it isn't closed") } else { Step::Goes }
            }
            At::Inside => self.inside(byte),
        };
        if !matches!(step, Step::Breaks(_)) {
            *self.line += u64::from(byte == b'\n');
            if *self.at != At::Between {
                self.keep(byte);
            }
        }
        step
    }

    fn between(&mut self, byte: u8) -> Step {
        if byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']') {
            return Step::Goes;
        }
        *self.begun = *self.line;
        self.open.clear();
        self.open.push(b'{');
        *self.last = byte;
        *self.at = if byte == b'{' { At::Inside } else { At::Junk };
        Step::Goes
    }

    fn inside(&mut self, byte: u8) -> Step {
        let in_list = self.open.last() == Some(&b'[');
        let value_may_stand = *self.last == b':' || (in_list && matches!(*self.last, b'[' | b','));
        match byte {
            b'"' => *self.at = At::Text,
            b'{' if !value_may_stand => {
                if self.bytes.len() > 1 {
                    return Step::Breaks("the next one begins before this object ends");
                }
                *self.at = At::Junk;
            }
            b'{' | b'[' if self.open.len() == DEEPEST => *self.at = At::Junk,
            b'{' | b'[' => self.open.push(byte),
            b'}' | b']' => {
                self.open.pop();
                *self.last = byte;
                if self.open.is_empty() {
                    return Step::Ends;
                }
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            *self.last = byte;
        }
        Step::Goes
    }

    fn keep(&mut self, byte: u8) {
        if self.bytes.len() < MOST_ROW_BYTES {
            self.bytes.push(byte);
        } else {
            *self.too_long = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(u64, Result<String, String>)> {
        let mut objects = Objects::new(io::BufReader::with_capacity(7, text.as_bytes()));
        let mut found = Vec::new();
        while let Some(one) = objects.next().expect("memory can be read") {
            found.push(match one {
                Ok(object) => (object.line, Ok(String::from_utf8(object.bytes.to_vec()).expect("text"))),
                Err(broken) => (broken.line, Err(broken.problem.value)),
            });
        }
        found
    }

    fn good(text: &str) -> Vec<(u64, String)> {
        found(text).into_iter().map(|(line, one)| (line, one.expect("whole"))).collect()
    }

    #[test]
    fn objects_in_many_clothes() {
        let (a, b) = (r#"{"a":"x{\"}[","b":[1,{"c":[]}]}"#, r#"{"a":2}"#);
        for (text, lines) in [
            (format!("[{a},{b}]\n"), [1, 1]),
            (format!("[\n  {a},\n\n  {b}\n]"), [2, 4]),
            (format!("{a}\n{b}\n"), [1, 2]),
            (format!("{a}{b}"), [1, 1]),
        ] {
            assert_eq!(good(&text), [(lines[0], a.to_owned()), (lines[1], b.to_owned())], "{text}");
        }
        assert_eq!(good("{\n\"a\": {\n}}"), [(1, "{\n\"a\": {\n}}".to_owned())]);
        assert_eq!(good("[]"), []);
    }

    #[test]
    fn what_is_broken_takes_no_neighbour_with_it() {
        let whole = r#"{"b":2}"#;
        for (text, broken, line) in [
            (format!("{{\"a\":\"x\n{whole}"), "{\"a\":\"x", 2),
            (format!("{{\"a\":\"x\\\n{whole}"), "{\"a\":\"x\\", 2),
            (format!("{{\"a\":1,\n{whole}"), "{\"a\":1,", 2),
            (format!("{{\"a\":[1\n{whole}"), "{\"a\":[1", 2),
            (format!("[{{\"a\":1, {whole}]"), "{\"a\":1,", 1),
            (format!("nonsense {{\n{whole}"), "nonsense {", 2),
            (format!("{{{{{{\n{whole}"), "{{{", 2),
        ] {
            let found = found(&text);
            assert_eq!(found.len(), 2, "{text}: {found:?}");
            assert_eq!((found[0].0, found[0].1.as_ref().map_err(|value| value.trim_end())), (1, Err(broken)), "{text}");
            assert_eq!(found[1], (line, Ok(whole.to_owned())), "{text}");
        }
        assert_eq!(found("{\"a\":1"), [(1, Err("{\"a\":1".to_owned()))]);
    }

    #[test]
    fn a_long_object_is_left_out_alone() {
        let long = format!("[{{\"a\":\"{}\"}},{{\"b\":2}}]", "x".repeat(MOST_ROW_BYTES));
        let found = found(&long);
        assert!(found[0].1.is_err());
        assert_eq!(found[1..], [(1, Ok("{\"b\":2}".to_owned()))]);
    }
}
