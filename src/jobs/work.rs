//! What the jobs of one process keep in memory: open relays, the token under which runs are taken, the bell, and whether
//! we were told to stop. Nothing in it would be missed after a crash.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::notify::hold;
use crate::notify::lanes::Lanes;

/// The handles of the loops; made once a process.
#[derive(Debug)]
pub struct Work {
    pub lanes: Lanes,
    /// Nothing is claimed any more once this is cancelled.
    pub stop: CancellationToken,
    /// Names this process among all that ever took work: random, so that a token is never met again.
    process: String,
    claims: AtomicU64,
    bell: watch::Sender<u64>,
    /// Whether what other processes ring is heard.
    is_heard: AtomicBool,
}

impl Work {
    /// Opens nothing yet.
    pub async fn open(app: &App) -> anyhow::Result<Self> {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(|error| anyhow::anyhow!("the system gives no random numbers: {error}"))?;
        // Before anything can be claimed.
        hold::begin_held(app).await?;
        Ok(Self {
            lanes: Lanes::open(app).await?,
            stop: CancellationToken::new(),
            process: format!("{:032x}", u128::from_be_bytes(random)),
            claims: AtomicU64::new(0),
            bell: watch::Sender::new(0),
            is_heard: AtomicBool::new(false),
        })
    }

    /// A token that nobody had before.
    pub fn new_token(&self) -> String {
        format!("{}-{}", self.process, self.claims.fetch_add(1, Ordering::Relaxed))
    }

    /// Wakes every loop of this process: there may be work.
    pub fn ring(&self) {
        self.bell.send_modify(|rung| *rung = rung.wrapping_add(1));
    }

    /// Hears the bell from now on.
    pub(super) fn listen(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    /// Whether other processes ring here for what they make.
    pub(super) fn is_heard(&self) -> bool {
        self.is_heard.load(Ordering::Relaxed)
    }

    pub(super) fn set_heard(&self, is_heard: bool) {
        self.is_heard.store(is_heard, Ordering::Relaxed);
    }

    /// Nothing new is begun from now on.
    pub fn stop(&self) {
        self.stop.cancel();
        self.lanes.stop();
    }
}
