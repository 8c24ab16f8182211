//! Spans of many calls are read in pieces: each is packed into texts of its own, and none of them is long.

use super::Span;
use crate::domain::instant::Instant;

/// Reports of many calls are read alone; so few spans are counted first.
pub(super) const FEW_SPANS: usize = 4;

/// So many calls are packed into one text at most, if they come evenly.
const PIECE: u64 = 20_000;

/// The spans, those with many calls cut into several of one number: one piece is read while the next is packed, and no text is long.
pub(super) fn cut(spans: &[Span], counts: &[u64]) -> Vec<Span> {
    let pieces_of = |((n, project, from, to), count): (&Span, &u64)| {
        let (begin, end) = (from.as_micros(), to.as_micros());
        let most = u64::try_from(end - begin).unwrap_or(1).max(1);
        let pieces = i64::try_from(count.div_ceil(PIECE).clamp(1, most)).unwrap_or(1);
        let border = move |piece: i64| {
            let at = i128::from(begin) + i128::from(end - begin) * i128::from(piece) / i128::from(pieces);
            Instant::from_micros(i64::try_from(at).unwrap_or(end))
        };
        let (n, project) = (*n, *project);
        (0..pieces).map(move |piece| (n, project, border(piece), border(piece + 1)))
    };
    spans.iter().zip(counts).flat_map(pieces_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ProjectKey;

    #[test]
    fn pieces_tile_their_span_and_a_small_one_stays_whole() {
        let at = Instant::from_micros;
        let spans = [
            (0, ProjectKey(1), at(10), at(1_000_003)),
            (3, ProjectKey(2), at(5), at(7)),
            (4, ProjectKey(2), at(-3), at(-3)),
        ];
        let pieces = cut(&spans, &[3 * PIECE + 1, 900 * PIECE, 0]);
        let of = |number: usize| pieces.iter().filter(|piece| piece.0 == number).copied().collect::<Vec<_>>();
        assert_eq!(
            of(0).iter().map(|piece| piece.2).collect::<Vec<_>>(),
            [at(10), at(250_008), at(500_006), at(750_004)]
        );
        assert!(of(0).windows(2).all(|pair| pair[0].3 == pair[1].2) && of(0)[3].3 == at(1_000_003));
        assert_eq!(of(3), [(3, ProjectKey(2), at(5), at(6)), (3, ProjectKey(2), at(6), at(7))]);
        assert_eq!((of(4).len(), cut(&spans[..1], &[PIECE])), (1, spans[..1].to_vec()));
    }
}
