//! Any bytes as a mail that came back; `fuzz/` asks it.

use super::report::{self, Read};
use super::{Key, verp};

pub(crate) fn mail(bytes: &[u8]) {
    let Read::Event(event) = report::read(bytes, None) else { return };
    assert!(event.keys.len() <= 20, "so many mails aren't told by one report");
    for key in &event.keys {
        if let Key::Sender(address) = key {
            let _ = verp::read(address);
        }
    }
}
