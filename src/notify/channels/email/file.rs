//! The lane that makes files: for trials, and for mail systems that pick files up. A message appears whole or not at all.

use std::path::{Path, PathBuf};

use crate::notify::channels::{Break, Outgoing, Stage, Tried};
use crate::notify::fence::Fence;

/// A folder that takes messages.
#[derive(Clone, Debug)]
pub struct FileLane {
    pub folder: PathBuf,
    /// Whether the readable parts are put beside each message.
    pub opened: bool,
}

impl FileLane {
    /// Writes the message under a name that isn't picked up, passes the fence, and gives it its own name.
    pub async fn carry(&self, message: &Outgoing, fence: &Fence) -> Tried {
        let draft = self.folder.join(format!(".{}.{}.part", message.reference, fence.token));
        if let Err(error) = write_draft(&self.folder, &draft, &message.bytes).await {
            return Tried::LaneFailed { error: format!("{}: {error}", self.folder.display()) };
        }
        if !fence.pass().await {
            let _ = tokio::fs::remove_file(&draft).await;
            return Tried::WalkedAway;
        }
        crate::chaos::crash_point!("send.after_fence");
        let name = format!("{}.eml", message.reference);
        if let Err(error) = tokio::fs::rename(&draft, self.folder.join(&name)).await {
            let error = format!("{}: {error}", self.folder.join(name).display());
            return Tried::NotSent { stage: Stage::Data, how: Break::Lost, error };
        }
        if self.opened {
            self.open(message).await;
        }
        Tried::Accepted { reply: format!("250 kept as {name}") }
    }

    /// The parts are a convenience: what can't be written is only logged.
    async fn open(&self, message: &Outgoing) {
        for (name, bytes) in &message.parts {
            let file = self.folder.join(format!("{}.{name}", message.reference));
            if let Err(error) = tokio::fs::write(&file, bytes).await {
                tracing::warn!(error = %error, "A part of a mail couldn't be put beside it");
            }
        }
    }
}

async fn write_draft(folder: &Path, draft: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use tokio::io::AsyncWriteExt;
    tokio::fs::create_dir_all(folder).await?;
    let mut file = tokio::fs::File::create(draft).await?;
    file.write_all(bytes).await?;
    file.sync_all().await
}
