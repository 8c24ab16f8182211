//! A request's body while it arrives: not slower than a least rate, for whoever sends a byte now and then would hold its place
//! for as long as an answer may take; and its connection is the first to make room after those that ask nothing.
//!
//! Neither looks at addresses: behind a proxy everybody comes from the same one.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::{Instant, Sleep};

use super::places::Place;

/// Bytes a second, from the first to the last, once [`GRACE`] is over.
const LEAST_RATE: u64 = 1024;

/// What a line may stand still.
const GRACE: Duration = Duration::from_secs(3);

type Broken = Box<dyn std::error::Error + Send + Sync>;

/// A body that is read at the pace at which it comes.
#[derive(Debug)]
pub(super) struct Arriving<B> {
    body: B,
    place: Arc<Place>,
    /// Since it was asked for.
    begun: Option<Instant>,
    bytes: u64,
    late: Pin<Box<Sleep>>,
}

/// It came too slowly.
#[derive(Debug, thiserror::Error)]
#[error("the body came slower than {LEAST_RATE} bytes a second")]
struct TooSlow;

impl<B> Arriving<B> {
    pub(super) fn new(body: B, place: Arc<Place>) -> Self {
        Self { body, place, begun: None, bytes: 0, late: Box::pin(tokio::time::sleep(GRACE)) }
    }
}

impl<B> Body for Arriving<B>
where
    B: Body<Data = Bytes, Error = hyper::Error> + Unpin,
{
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = &mut *self;
        let begun = *this.begun.get_or_insert_with(Instant::now);
        if let Poll::Ready(next) = Pin::new(&mut this.body).poll_frame(context) {
            match &next {
                Some(Ok(frame)) => {
                    let bytes = frame.data_ref().map_or(0, Bytes::len);
                    this.bytes = this.bytes.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
                }
                _ => this.place.has_all(),
            }
            return Poll::Ready(next.map(|frame| frame.map_err(Into::into)));
        }
        this.place.awaits_more();
        let by = begun + GRACE + Duration::from_secs(this.bytes / LEAST_RATE);
        if this.late.deadline() != by {
            this.late.as_mut().reset(by);
        }
        ready!(this.late.as_mut().poll(context));
        this.place.has_all();
        Poll::Ready(Some(Err(TooSlow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl<B> Drop for Arriving<B> {
    fn drop(&mut self) {
        self.place.has_all();
    }
}
