//! Notes of a fixed size that don't fit into memory: each handful is sorted and goes to a temporary file, and the end
//! reads all of them in one order.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Notes that are read at once from one piece of the file.
const READ_NOTES: usize = 512;

/// Notes of `N` bytes, ordered by their first `KEY` bytes; those of one key by when they were put away.
#[derive(Debug, Default)]
pub(super) struct Spill<const N: usize, const KEY: usize> {
    file: Option<File>,
    /// Where each sorted piece of the file begins and ends, oldest first.
    pieces: Vec<(u64, u64)>,
}

impl<const N: usize, const KEY: usize> Spill<N, KEY> {
    /// Whether nothing was ever put away.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Writes notes behind the others.
    pub(super) fn put_away(&mut self, mut notes: Vec<[u8; N]>) -> io::Result<()> {
        notes.sort_unstable();
        let bytes = notes.concat();
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        file.write_all(&bytes)?;
        let begin = self.pieces.last().map_or(0, |(_, end)| *end);
        self.pieces.push((begin, begin + bytes.len() as u64));
        Ok(())
    }

    /// Gives every note in order.
    pub(super) fn each(mut self, mut take: impl FnMut([u8; N])) -> io::Result<()> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        let mut pieces: Vec<Piece<N>> = self.pieces.iter().map(|(from, to)| Piece::new(*from, *to)).collect();
        let mut next: BinaryHeap<Reverse<Next<N, KEY>>> = BinaryHeap::new();
        for (n, piece) in pieces.iter_mut().enumerate() {
            next.extend(piece.next(&mut file)?.map(|note| Reverse(Next { note, piece: n })));
        }
        while let Some(Reverse(Next { note, piece })) = next.pop() {
            next.extend(pieces[piece].next(&mut file)?.map(|note| Reverse(Next { note, piece })));
            take(note);
        }
        Ok(())
    }
}

/// The first note of a piece that wasn't given yet.
#[derive(PartialEq, Eq)]
struct Next<const N: usize, const KEY: usize> {
    note: [u8; N],
    piece: usize,
}

impl<const N: usize, const KEY: usize> Ord for Next<N, KEY> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.note[..KEY].cmp(&other.note[..KEY]).then(self.piece.cmp(&other.piece))
    }
}

impl<const N: usize, const KEY: usize> PartialOrd for Next<N, KEY> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A sorted piece of the file, read a little at a time.
struct Piece<const N: usize> {
    at: u64,
    end: u64,
    /// What was read and not given yet, the last first.
    ahead: Vec<[u8; N]>,
}

impl<const N: usize> Piece<N> {
    fn new(at: u64, end: u64) -> Self {
        Self { at, end, ahead: Vec::new() }
    }

    fn next(&mut self, file: &mut File) -> io::Result<Option<[u8; N]>> {
        if self.ahead.is_empty() && self.at < self.end {
            let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
            let mut bytes = vec![0; left.min(READ_NOTES * N)];
            file.seek(SeekFrom::Start(self.at))?;
            file.read_exact(&mut bytes)?;
            self.at += bytes.len() as u64;
            self.ahead = bytes.as_chunks::<N>().0.iter().rev().copied().collect();
        }
        Ok(self.ahead.pop())
    }
}
