//! Of one warning: what it tells, and why it waits until when it goes.

use super::words::{moment, reason};
use crate::app::App;
use crate::domain::episode::PAY_BY_PASSED;
use crate::domain::notice::NoticeKind;
use crate::rules::RULES;
use crate::store::Session;
use crate::store::explain::ExplainedDelivery;
use crate::zones::Zone;

/// Lines about a warning, by its reader's clock; none of anything else.
pub(super) async fn about(
    app: &App,
    session: &mut Session,
    delivery: &ExplainedDelivery,
    zone: &Zone,
) -> anyhow::Result<Vec<String>> {
    let Some(told) = session.warning_of(delivery.id).await? else { return Ok(Vec::new()) };
    let (balance, rule, level) = told;
    let project = match delivery.project {
        Some(key) => session.project_by_key(crate::domain::ids::ProjectKey(key)).await?,
        None => None,
    };
    let project = project.map(|project| project.id.to_string()).unwrap_or_default();
    let of = if balance.is_empty() { project } else { format!("the balance {balance} of {project}") };
    let mut lines = vec![match level.as_str() {
        "recovered" => format!("It tells that `{rule}` of {of} is well again."),
        PAY_BY_PASSED => format!("It tells `{rule}` of {of} to those who hear once the day to pay by is past."),
        level => format!("It tells `{rule}` of {of}, level `{level}`."),
    }];
    lines.extend(why(app, delivery, &rule, zone));
    Ok(lines)
}

/// Why it waits; nothing where it doesn't, or for what else its sentence says.
fn why(app: &App, delivery: &ExplainedDelivery, rule: &str, zone: &Zone) -> Option<String> {
    let waits = matches!(delivery.state.as_str(), "queued" | "held");
    if !waits || delivery.tries > 0 || delivery.not_before <= app.clock.now() {
        return None;
    }
    let counts_days = RULES.iter().any(|known| known.name == rule && known.counts_days)
        && NoticeKind::parse(&delivery.kind) != Some(NoticeKind::Recovered);
    let because = match delivery.reason.as_deref() {
        Some("posted") | None if counts_days => "that is its reader's next working morning".to_owned(),
        Some("posted") | None => return None,
        Some(name) => reason(name).to_owned(),
    };
    let joins =
        if delivery.joins { ", and it goes in one message with what else there is for its reader then" } else { "" };
    Some(format!("It waits until {} ({} time): {because}{joins}.", moment(zone, delivery.not_before), zone.name()))
}
