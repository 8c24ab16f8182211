//! The lane that makes files: for trials, and for mail systems that pick files up. A message appears whole or not at all.

use std::path::PathBuf;

use crate::notify::channels::written::{beside, written};
use crate::notify::channels::{Outgoing, Stage, Tried};
use crate::notify::fence::Fence;

/// A folder that takes messages.
#[derive(Clone, Debug)]
pub struct FileLane {
    pub folder: PathBuf,
    /// Whether the readable parts are put beside each message.
    pub opened: bool,
}

impl FileLane {
    /// Makes the message a file, past the fence.
    pub async fn carry(&self, message: &Outgoing, fence: &Fence) -> Tried {
        let name = format!("{}.eml", message.reference);
        let failed = written(&self.folder, &message.reference, &name, &message.bytes, fence, Stage::Data).await;
        if let Some(failed) = failed {
            return failed;
        }
        if self.opened {
            for (part, bytes) in &message.parts {
                beside(&self.folder, &format!("{}.{part}", message.reference), bytes).await;
            }
        }
        Tried::Accepted { reply: format!("250 kept as {name}") }
    }
}
