//! Bytes become UTF-8: a mark at the beginning is taken off, UTF-16 is turned over, and what was read is counted. Text that
//! says it is UTF-8 and isn't stays as it is: each row is mended, and counted, where it is read.

use std::cell::Cell;
use std::io::{self, Cursor, Read};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, Encoding};

/// How many bytes of the file were read.
pub(super) type Counter = Rc<Cell<u64>>;

type Whole<R> = io::Chain<Cursor<Vec<u8>>, Counted<R>>;

/// A file's text as UTF-8.
pub(super) enum Utf8<R> {
    Plain(Whole<R>),
    Turned(Turned<Whole<R>>),
}

impl<R: Read> Utf8<R> {
    /// Finds out what the file is written in (a mark says it best, else `named`), and gives a counter of its bytes beside
    /// it.
    pub(super) fn new(file: R, named: Option<&'static Encoding>) -> io::Result<(Self, Counter)> {
        let counter = Counter::default();
        let mut file = Counted { inner: file, bytes: Rc::clone(&counter) };
        let mut start = Vec::new();
        file.by_ref().take(3).read_to_end(&mut start)?;
        let (encoding, mark) = Encoding::for_bom(&start).unwrap_or((named.unwrap_or(encoding_rs::UTF_8), 0));
        let whole = Cursor::new(start.split_off(mark)).chain(file);
        let utf8 = if encoding == encoding_rs::UTF_8 {
            Self::Plain(whole)
        } else {
            Self::Turned(Turned::new(whole, encoding.new_decoder_without_bom_handling()))
        };
        Ok((utf8, counter))
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(inner) => inner.read(buffer),
            Self::Turned(inner) => inner.read(buffer),
        }
    }
}

/// Counts what is read.
pub(super) struct Counted<R> {
    inner: R,
    bytes: Counter,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

const INPUT_BYTES: usize = 1 << 14;

/// Turns another encoding into UTF-8; what it can't turn becomes U+FFFD.
pub(super) struct Turned<R> {
    inner: R,
    decoder: Decoder,
    input: Vec<u8>,
    read: usize,
    output: Cursor<Vec<u8>>,
    ended: bool,
}

impl<R: Read> Turned<R> {
    fn new(inner: R, decoder: Decoder) -> Self {
        Self { inner, decoder, input: vec![0; INPUT_BYTES], read: 0, output: Cursor::default(), ended: false }
    }

    /// Turns the next stretch of input.
    fn turn(&mut self) -> io::Result<()> {
        if self.read == 0 && !self.ended {
            self.read = self.inner.read(&mut self.input)?;
            self.ended = self.read == 0;
        }
        let mut turned = std::mem::take(&mut self.output).into_inner();
        turned.resize(INPUT_BYTES * 3 + 16, 0);
        let (result, used, written, _) = self.decoder.decode_to_utf8(&self.input[..self.read], &mut turned, self.ended);
        turned.truncate(written);
        self.output = Cursor::new(turned);
        self.input.copy_within(used..self.read, 0);
        self.read -= used;
        debug_assert!(result == CoderResult::InputEmpty, "the output is as long as the input can become");
        Ok(())
    }
}

impl<R: Read> Read for Turned<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.output.read(buffer)?;
            if read > 0 || buffer.is_empty() || self.ended {
                return Ok(read);
            }
            self.turn()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf8(bytes: &[u8]) -> (String, u64) {
        let (mut reader, counter) = Utf8::new(bytes, None).expect("memory can be read");
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("UTF-8");
        (text, counter.get())
    }

    #[test]
    fn marks_are_taken_off_and_utf16_is_turned() {
        let text = "а;б\n".repeat(20_000);
        let little: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for bytes in [text.clone().into_bytes(), format!("\u{feff}{text}").into_bytes(), little, big] {
            assert_eq!(utf8(&bytes), (text.clone(), bytes.len() as u64));
        }
        assert_eq!(utf8(b"\xff\xfea\0b"), ("a\u{fffd}".to_owned(), 5), "half a character at the end");
        assert_eq!(utf8(b""), (String::new(), 0));
        assert_eq!(utf8(b"a"), ("a".to_owned(), 1));
        let (mut reader, _) = Utf8::new(&b"\xce\xeb\xe5\xed\xe0"[..], Some(encoding_rs::WINDOWS_1251)).expect("memory");
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("UTF-8");
        assert_eq!(text, "Олена");
    }
}
