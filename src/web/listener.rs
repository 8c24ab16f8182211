//! Takes connections and answers on them, within limits that a slow or greedy client can't stretch: connections at
//! once (who says nothing gives way, then whose request is still on its way), time for the head of a request, a least rate for
//! its body, time for the whole answer.

use std::borrow::Borrow;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::arriving::Arriving;
use super::places::{Place, Places};

/// Connections at once; one more takes the place of the one that has asked nothing for longest, or else of the one whose request
/// has been on its way for longest.
const MOST_CONNECTIONS: usize = 256;

/// From the connection, or the last answer, to the end of the next request's head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection is closed after this, however busy.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(120);

/// After a failed accept (out of file handles, mostly).
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// How long requests under way may still take once we are told to stop.
const FINISH_TIMEOUT: Duration = Duration::from_secs(5);

/// Answers until `stop`. A listener that is only lent stays bound after that.
pub(super) async fn serve(listener: impl Borrow<TcpListener>, router: Router, stop: CancellationToken) {
    let places = Places::new(MOST_CONNECTIONS);
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let accepted = tokio::select! {
            accepted = listener.borrow().accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, _)) => {
                let place = tokio::select! {
                    place = places.take() => place,
                    () = stop.cancelled() => break,
                };
                connections.spawn(answer(stream, place, router.clone(), stop.clone()));
            }
            Err(error) => {
                tracing::warn!("a connection couldn't be accepted: {error}");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    let finished =
        tokio::time::timeout(FINISH_TIMEOUT, async { while connections.join_next().await.is_some() {} }).await;
    if finished.is_err() {
        connections.abort_all();
    }
}

async fn answer(stream: TcpStream, place: Arc<Place>, router: Router, stop: CancellationToken) {
    let router = TowerToHyperService::new(router);
    let noted = service_fn(|request: Request<Incoming>| {
        let answering = place.asked();
        let answer = router.call(request.map(|body| Arriving::new(body, Arc::clone(&place))));
        async move {
            let answer = answer.await;
            drop(answering);
            answer
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(16 * 1024)
        .serve_connection(TokioIo::new(stream), noted);
    let mut connection = std::pin::pin!(connection);
    let deadline = tokio::time::sleep(CONNECTION_TIMEOUT);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = deadline => return,
        () = place.is_wanted() => return,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!("a connection broke off: {error}");
    }
}
