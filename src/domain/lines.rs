//! Every line end becomes a line feed, and the last line gets one, so that lines can be counted whatever made the file.

use std::io::{self, Read};

/// Reads `inner` with one kind of line end.
#[derive(Debug)]
pub struct Lines<R> {
    inner: R,
    after_return: bool,
    last: u8,
}

impl<R: Read> Lines<R> {
    /// The same bytes but for their line ends.
    pub fn new(inner: R) -> Self {
        Self { inner, after_return: false, last: b'\n' }
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.inner.read(buffer)?;
            if read == 0 {
                if self.last == b'\n' || buffer.is_empty() {
                    return Ok(0);
                }
                (self.last, buffer[0]) = (b'\n', b'\n');
                return Ok(1);
            }
            let mut kept = 0;
            for at in 0..read {
                let byte = buffer[at];
                let completes_return = byte == b'\n' && self.after_return;
                self.after_return = byte == b'\r';
                if !completes_return {
                    self.last = if byte == b'\r' { b'\n' } else { byte };
                    buffer[kept] = self.last;
                    kept += 1;
                }
            }
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_ends_become_one() {
        for text in ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "a\r\nb", "a\nb"] {
            for step in 1..5 {
                let mut lines = Lines::new(text.as_bytes());
                let (mut found, mut buffer) = (Vec::new(), vec![0; step]);
                loop {
                    let read = lines.read(&mut buffer).expect("memory can be read");
                    if read == 0 {
                        break;
                    }
                    found.extend_from_slice(&buffer[..read]);
                }
                assert_eq!(found, b"a\nb\n", "{text:?} by {step}");
            }
        }
    }
}
