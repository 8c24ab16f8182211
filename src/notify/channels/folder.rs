//! The lane of a channel that is a folder: what would have been posted becomes a file, named by the delivery's reference, so
//! that no message is there twice. Nothing leaves the machine, and the ledger says so.

use super::opened;
use super::written::{beside, written};
use super::{Post, Stage, Tried, Way};
use crate::config::channels::Outbox;
use crate::domain::contact::ChannelKind;
use crate::domain::sms;
use crate::notify::fence::Fence;

/// A folder that takes what a service would have been sent.
#[derive(Clone, Debug)]
pub struct FolderLane {
    pub way: &'static Way,
    pub outbox: Outbox,
}

impl FolderLane {
    /// Makes the message a file, past the fence.
    pub async fn carry(&self, post: &Post, fence: &Fence) -> Tried {
        let (kind, folder, reference) = (self.way.kind, &self.outbox.folder, &post.reference);
        let (name, bytes) = match kind {
            ChannelKind::Sms => (format!("{reference}.sms.txt"), text(post)),
            _ => (format!("{reference}.{}.json", kind.name()), post.body.clone()),
        };
        if let Some(failed) = written(folder, reference, &name, &bytes, fence, Stage::Request).await {
            return failed;
        }
        if self.outbox.opened
            && let Some(page) = opened::page(kind, &post.to, &post.body)
        {
            beside(folder, &format!("{reference}.{}.html", kind.name()), page.as_bytes()).await;
        }
        Tried::Accepted { reply: format!("written to the file {name}; nothing was sent") }
    }
}

/// A text with the number that it would have gone to, and what it would have been billed as.
fn text(post: &Post) -> Vec<u8> {
    let said = String::from_utf8_lossy(&post.body);
    let size = sms::size(&said);
    let encoding = match size.encoding {
        sms::Encoding::Gsm7 => "GSM-7",
        sms::Encoding::Ucs2 => "UCS-2",
    };
    format!("To: {}\nParts: {} ({encoding}, {} units)\n\n{said}\n", post.to, size.parts, size.units).into_bytes()
}
