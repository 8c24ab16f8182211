//! A message that becomes a file: whole or not at all, under the same name on every try, past the fence like any other.

use std::path::Path;

use super::{Break, Stage, Tried};
use crate::notify::fence::Fence;

/// Writes the message under a name that nobody picks up, passes the fence, and gives it its own name. `None`: it is there.
pub(super) async fn written(
    folder: &Path,
    reference: &str,
    name: &str,
    bytes: &[u8],
    fence: &Fence,
    stage: Stage,
) -> Option<Tried> {
    let draft = folder.join(format!(".{reference}.{}.part", fence.token));
    if let Err(error) = write_draft(folder, &draft, bytes).await {
        return Some(Tried::LaneFailed { error: format!("{}: {error}", folder.display()) });
    }
    if !fence.pass().await {
        let _ = tokio::fs::remove_file(&draft).await;
        return Some(Tried::WalkedAway);
    }
    crate::chaos::crash_point!("send.after_fence");
    if let Err(error) = tokio::fs::rename(&draft, folder.join(name)).await {
        let error = format!("{}: {error}", folder.join(name).display());
        return Some(Tried::NotSent { stage, how: Break::Lost, error });
    }
    None
}

/// Puts something beside a message to be looked at: a convenience, so what can't be written is only logged.
pub(super) async fn beside(folder: &Path, name: &str, bytes: &[u8]) {
    if let Err(error) = tokio::fs::write(folder.join(name), bytes).await {
        tracing::warn!(error = %error, "A part of a message couldn't be put beside it");
    }
}

async fn write_draft(folder: &Path, draft: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use tokio::io::AsyncWriteExt;
    tokio::fs::create_dir_all(folder).await?;
    let mut file = tokio::fs::File::create(draft).await?;
    file.write_all(bytes).await?;
    file.sync_all().await
}
