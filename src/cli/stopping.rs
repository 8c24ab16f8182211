//! SIGTERM and Ctrl-C in commands that work for a while: nothing new is begun, what is under way is finished; the second
//! time the program ends at once.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// The ways in which somebody tells us to stop.
pub(super) struct Told {
    terminate: Signal,
    interrupt: Signal,
}

impl Told {
    /// Listens from now on; before it, either signal ends the process.
    pub(super) fn listen() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for the next word.
    pub(super) async fn once(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Runs `stop` when we are told to; from then on a second word ends the process with 130.
pub(super) fn when_told(stop: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let mut told = Told::listen()?;
    tokio::spawn(async move {
        told.once().await;
        eprintln!("told to stop: finishing what is under way");
        stop();
        told.once().await;
        std::process::exit(130);
    });
    Ok(())
}
