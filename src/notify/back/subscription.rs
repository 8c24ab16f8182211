//! SNS asks whether a subscription is meant, or says that one ended. Operations are shown it; nothing is confirmed by itself,
//! because whoever can make a topic can ask.

use sha2::{Digest, Sha256};

use super::sns::Message;
use crate::app::App;
use crate::domain::hex::hex;
use crate::i18n::Words;
use crate::notify::owner;
use crate::report::notice;

/// Tells operations, once for each question.
pub async fn tell(app: &App, message: &Message) -> anyhow::Result<()> {
    let link = message.confirmation().unwrap_or_default().to_owned();
    tracing::warn!(
        topic = message.topic_arn,
        "SNS asks whether a subscription is meant; operations are shown its link"
    );
    let now = app.clock.now();
    let is_begin = message.r#type == "SubscriptionConfirmation";
    let topic = message.topic_arn.clone();
    let drawn =
        owner::drawn(app, None, |language| notice::subscription(&Words::of(language), is_begin, &topic, &link, now));
    let drawn = drawn.await?;
    let which = hex(&Sha256::digest(message.token.as_deref().unwrap_or_default()).as_slice()[..8]);
    let mut session = app.store.write().await?;
    owner::tell_within(app, &mut session, None, &format!("owner/sns/{which}"), drawn).await?;
    Ok(session.commit().await?)
}
