//! Stored bytes, compressed (zstd). What packs and unpacks is kept by each thread: making it anew costs more than a small
//! document does.

use std::cell::RefCell;
use std::io;

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::get_frame_content_size;

const LEVEL: i32 = 3;

/// What is packed already gets no shorter, however long one looks for it.
const QUICK: i32 = -7;

/// How prints, workbooks, archives and pictures begin.
const PACKED_ALREADY: [&[u8]; 4] = [b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff"];

/// A length that a stored form claims and that is longer than this isn't believed: it is unpacked piece by piece.
const MOST_CLAIMED: u64 = 64 << 20;

thread_local! {
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static QUICK_PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// What a thread keeps, made when it is first asked for.
fn with<T, R>(
    kept: &RefCell<Option<T>>,
    make: impl FnOnce() -> io::Result<T>,
    work: impl FnOnce(&mut T) -> io::Result<R>,
) -> io::Result<R> {
    let mut kept = kept.borrow_mut();
    match kept.as_mut() {
        Some(tool) => work(tool),
        None => work(kept.insert(make()?)),
    }
}

/// Packs bytes; the same bytes give the same.
///
/// # Errors
/// When there is no memory.
pub fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let (packer, level) = match PACKED_ALREADY.iter().any(|beginning| bytes.starts_with(beginning)) {
        true => (&QUICK_PACKER, QUICK),
        false => (&PACKER, LEVEL),
    };
    packer.with(|kept| with(kept, || Compressor::new(level), |packer| packer.compress(bytes)))
}

/// The bytes that were packed, by this version or an earlier one.
///
/// # Errors
/// When they aren't what was packed.
pub fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    match get_frame_content_size(packed) {
        Ok(Some(length)) if length <= MOST_CLAIMED => {
            let length = usize::try_from(length).unwrap_or(0);
            UNPACKER.with(|kept| with(kept, Decompressor::new, |unpacker| unpacker.decompress(packed, length)))
        }
        // Packed piece by piece, as earlier versions did: its length isn't told.
        _ => zstd::decode_all(packed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_whoever_packed_it() {
        for bytes in [&b""[..], b"a", &[7; 300_000], b"%PDF-1.7 and the rest of it"] {
            let packed = pack(bytes).expect("packed");
            assert_eq!(unpack(&packed).expect("whole"), bytes);
            assert_eq!(pack(bytes).expect("packed"), packed, "the same bytes are stored once");
            let earlier = zstd::encode_all(bytes, LEVEL).expect("packed");
            assert_eq!(unpack(&earlier).expect("whole"), bytes);
        }
        let mut broken = pack(&[7; 300_000]).expect("packed");
        broken.pop();
        assert!(unpack(&broken).is_err() && unpack(b"no frame").is_err());
        // A length that isn't true.
        let mut claims = pack(&[7; 300]).expect("packed");
        claims[5] = claims[5].wrapping_add(1);
        assert!(unpack(&claims).is_err());
        assert_eq!(unpack(&pack(b"still works").expect("packed")).expect("whole"), b"still works");
    }
}
