//! Whether a payment would come too late already, as the job that warns would find it.

use chrono::NaiveDate;

use crate::app::App;
use crate::domain::balance::Standing;
use crate::domain::calendar::Calendar;
use crate::domain::forecast::Forecast;
use crate::domain::notice::NoticeKind;
use crate::domain::project::Project;
use crate::funds;

/// Something of which the last day to pay in time is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Past {
    /// The balance; `None`: the paid period.
    pub(super) balance: Option<String>,
    pub(super) pay_by: NaiveDate,
}

/// What of a project's money is past its day to pay by on that day, of what a kind tells; the earliest first.
pub(super) async fn find(
    app: &App,
    project: &Project,
    standing: Option<Standing>,
    calendar: Option<&Calendar>,
    kind: NoticeKind,
    today: NaiveDate,
) -> anyhow::Result<Vec<Past>> {
    let mut found = Vec::new();
    if matches!(kind, NoticeKind::PaidUntil | NoticeKind::Recovered)
        && let Some(last) = standing.and_then(|standing| standing.paid_until)
    {
        let pay_by = funds::paid_pay_by(&project.settings, last, calendar);
        found.push(Past { balance: None, pay_by });
    }
    if !matches!(kind, NoticeKind::PaidUntil | NoticeKind::Trial | NoticeKind::Status | NoticeKind::Owner) {
        for outlook in funds::look(app, project, None).await? {
            // Only of what ends by the forecast is a day to pay by told.
            if let (Forecast::Lasts(_), Some(pay_by)) = (&outlook.forecast, outlook.pay_by) {
                found.push(Past { balance: Some(outlook.balance.name.as_str().to_owned()), pay_by });
            }
        }
    }
    found.retain(|one| one.pay_by < today);
    found.sort_by_key(|one| one.pay_by);
    Ok(found)
}

impl std::fmt::Display for Past {
    /// `of forwarding (2026-11-20)`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of = self.balance.as_deref().unwrap_or("the paid period");
        write!(f, "of {of} ({})", self.pay_by)
    }
}
