//! Takes connections and answers on them, within limits that a slow or greedy client can't stretch: connections at
//! once, time for the head of a request, time for the whole answer.

use std::borrow::Borrow;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Connections at once; more wait to be accepted.
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
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.borrow().accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, _)) => {
                let (router, stop) = (router.clone(), stop.clone());
                connections.spawn(async move {
                    answer(stream, router, stop).await;
                    drop(place);
                });
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

async fn answer(stream: TcpStream, router: Router, stop: CancellationToken) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(16 * 1024)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = std::pin::pin!(connection);
    let deadline = tokio::time::sleep(CONNECTION_TIMEOUT);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = deadline => return,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!("a connection broke off: {error}");
    }
}
