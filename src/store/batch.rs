//! Group commit: moves of many workers share one transaction, because a commit costs a disk's patience and a move doesn't.
//!
//! A batch goes when every worker that is at it waits for it (nobody else can join), when 200 moves have come, or after
//! 5 ms. Whoever submits is told after the commit whether the move was applied; if the commit fails, it wasn't, for all.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant as Tick, timeout_at};

use super::moves::Move;
use super::{Store, StoreError};
use crate::domain::instant::Instant;

const LINGER: Duration = Duration::from_millis(5);
const MOST_MOVES: usize = 200;

/// Where moves are handed in. Cheap to clone; ends when the last clone is dropped.
#[derive(Clone, Debug)]
pub struct Batch {
    sender: mpsc::UnboundedSender<Order>,
    members: Arc<AtomicUsize>,
    commits: Arc<AtomicU64>,
}

/// A worker that submits one move after the other and waits for most of them. While it lives, a batch waits for it
/// (5 ms at most).
#[derive(Debug)]
pub struct Member(Arc<AtomicUsize>);

/// What became of a submitted move, once it is committed.
#[derive(Debug)]
pub struct Submitted(oneshot::Receiver<Result<bool, String>>);

#[derive(Debug)]
struct Order {
    step: Move,
    now: Instant,
    blocks: bool,
    answer: oneshot::Sender<Result<bool, String>>,
}

impl Batch {
    /// Starts the task that commits.
    pub fn start(store: Store) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        let members = Arc::new(AtomicUsize::new(0));
        let commits = Arc::new(AtomicU64::new(0));
        tokio::spawn(work(store, receiver, members.clone(), commits.clone()));
        Self { sender, members, commits }
    }

    /// Joins the workers whom a batch waits for.
    pub fn join(&self) -> Member {
        self.members.fetch_add(1, Ordering::SeqCst);
        Member(self.members.clone())
    }

    /// Transactions committed so far.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Applies a move and waits for the commit; `false`: the row had moved on.
    pub async fn apply(&self, now: Instant, step: Move) -> anyhow::Result<bool> {
        self.order(now, step, true).outcome().await
    }

    /// Hands a move in without waiting.
    pub fn submit(&self, now: Instant, step: Move) -> Submitted {
        self.order(now, step, false)
    }

    fn order(&self, now: Instant, step: Move, blocks: bool) -> Submitted {
        let (answer, receiver) = oneshot::channel();
        if let Err(mpsc::error::SendError(order)) = self.sender.send(Order { step, now, blocks, answer }) {
            let _ = order.answer.send(Err("the group commit has ended".to_owned()));
        }
        Submitted(receiver)
    }
}

impl Submitted {
    /// Waits for the commit; `false`: the row had moved on.
    pub async fn outcome(self) -> anyhow::Result<bool> {
        match self.0.await {
            Ok(Ok(applied)) => Ok(applied),
            Ok(Err(error)) => Err(anyhow::Error::msg(error)),
            Err(_) => Err(anyhow::Error::msg("the group commit has ended")),
        }
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

async fn work(
    store: Store,
    mut orders: mpsc::UnboundedReceiver<Order>,
    members: Arc<AtomicUsize>,
    commits: Arc<AtomicU64>,
) {
    let mut waiting: Vec<Order> = Vec::new();
    loop {
        if waiting.is_empty() {
            match orders.recv().await {
                Some(order) => waiting.push(order),
                None => return,
            }
        }
        gather(&mut waiting, &mut orders, &members).await;
        let (now_orders, later) = once_each(std::mem::take(&mut waiting));
        waiting = later;
        match commit(&store, &now_orders).await {
            Ok(done) => {
                commits.fetch_add(1, Ordering::Relaxed);
                for (order, applied) in now_orders.into_iter().zip(done) {
                    let _ = order.answer.send(Ok(applied));
                }
            }
            Err(error) => {
                for order in now_orders {
                    let _ = order.answer.send(Err(error.to_string()));
                }
            }
        }
    }
}

async fn gather(waiting: &mut Vec<Order>, orders: &mut mpsc::UnboundedReceiver<Order>, members: &AtomicUsize) {
    let until = Tick::now() + LINGER;
    loop {
        while waiting.len() < MOST_MOVES {
            let Ok(order) = orders.try_recv() else { break };
            waiting.push(order);
        }
        let blocked = waiting.iter().filter(|order| order.blocks).count();
        if waiting.len() >= MOST_MOVES || (blocked > 0 && blocked >= members.load(Ordering::SeqCst)) {
            return;
        }
        match timeout_at(until, orders.recv()).await {
            Ok(Some(order)) => waiting.push(order),
            Ok(None) | Err(_) => return,
        }
    }
}

/// The orders of one transaction, which names a delivery once; the rest go with the next.
fn once_each(orders: Vec<Order>) -> (Vec<Order>, Vec<Order>) {
    let mut seen = HashSet::new();
    orders.into_iter().partition(|order| seen.insert(order.step.delivery))
}

async fn commit(store: &Store, orders: &[Order]) -> Result<Vec<bool>, StoreError> {
    let now = orders.iter().map(|order| order.now).max().unwrap_or_default();
    let moves: Vec<&Move> = orders.iter().map(|order| &order.step).collect();
    let mut session = store.write().await?;
    let done = session.move_deliveries(now, &moves).await?;
    session.commit().await?;
    Ok(done)
}
