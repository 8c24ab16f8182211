//! From a decision to a notice: its words, and when each of its readers hears it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::whom::{Answer, Whom};
use super::{Case, Thing};
use crate::app::App;
use crate::domain::balance::EntryKind;
use crate::domain::calendar::Calendar;
use crate::domain::contact::Contact;
use crate::domain::episode::{Level, Quiet, Told};
use crate::domain::forecast::Forecast;
use crate::domain::ids::{CalendarId, ContactId, ProjectKey};
use crate::domain::instant::Instant;
use crate::domain::notice::Severity;
use crate::domain::project::{BILLING_AT, Project};
use crate::domain::reach::{Roads, Way, ways};
use crate::funds::{self, BalanceOutlook};
use crate::notify::alert::{self as warning, Said, Warning};
use crate::notify::paid;
use crate::notify::post::NewNotice;
use crate::notify::roads::roads;
use crate::report::alert::{Alert, News, Shown, alert, sms};
use crate::rules::{Days, Heard, Judged, Widening, audience, can_wait, hears_at, morning};

/// A warning that is ready to be posted.
pub(super) struct Telling {
    pub(super) project: ProjectKey,
    pub(super) balance: String,
    pub(super) judged: Judged,
    /// Rules of the same thing that say with this one that all is well: what each told, in which episode.
    pub(super) well: Vec<(&'static str, i64)>,
    /// What goes on of the same thing: rules and their episodes.
    pub(super) going_on: Vec<(&'static str, i64)>,
    /// Of good news, whose warnings they answer.
    pub(super) answers: Vec<Answer>,
    /// `None`: it is good news, and nobody can be told who knew.
    pub(super) notice: Option<NewNotice>,
}

/// Draws everything that these cases have to tell.
pub(super) async fn prepare(
    app: &App,
    cases: &[Case],
    calendars: &HashMap<CalendarId, Calendar>,
    now: Instant,
) -> anyhow::Result<Vec<Telling>> {
    let mut tellings = Vec::new();
    for case in cases {
        let says = |one: &Judged| !matches!(one.told, Told::Nothing(_));
        if !case.things.iter().flat_map(|thing| &thing.judged).any(says) {
            continue;
        }
        let Some(project) = app.store.project_by_key(case.due.key).await? else { continue };
        let (contacts, roads) = people(app, &project).await?;
        let outlooks = funds::look(app, &project, None).await?;
        let calendar = project.settings.calendar.as_ref().and_then(|id| calendars.get(id));
        let days = Days::of(case.zone.date(now), |day| funds::is_working(calendar, day));
        let teller = Teller { app, case, project: &project, contacts: &contacts, roads: &roads, calendar, days, now };
        for thing in &case.things {
            let outlook = outlooks.iter().find(|outlook| outlook.balance.name.as_str() == thing.balance);
            let said: Vec<Judged> = thing.judged.iter().filter(|one| says(one)).copied().collect();
            for one in said {
                tellings.extend(teller.telling(thing, one, outlook).await?);
            }
        }
    }
    Ok(tellings)
}

/// Everybody with a role, and which of their addresses get nothing more.
pub(super) async fn people(app: &App, project: &Project) -> anyhow::Result<(Vec<Contact>, Roads)> {
    let mut session = app.store.read().await?;
    let contacts = session.contacts_of_project(project.key).await?;
    let roads = roads(app, &mut session, project.key, &contacts).await?;
    Ok((contacts, roads))
}

/// What all tellings of a project share.
pub(super) struct Teller<'a> {
    pub(super) app: &'a App,
    case: &'a Case,
    pub(super) project: &'a Project,
    pub(super) contacts: &'a [Contact],
    roads: &'a Roads,
    calendar: Option<&'a Calendar>,
    days: Days,
    pub(super) now: Instant,
}

/// When something ends, and until when a payment is in time.
struct End {
    last: NaiveDate,
    pay_by: Option<NaiveDate>,
}

impl Teller<'_> {
    fn is_working(&self, day: NaiveDate) -> bool {
        funds::is_working(self.calendar, day)
    }

    async fn telling(
        &self,
        thing: &Thing,
        one: Judged,
        outlook: Option<&BalanceOutlook>,
    ) -> anyhow::Result<Option<Telling>> {
        let (level, kind) = match one.told {
            Told::Level(level) | Told::PayByPassed(level) => (Some(level), one.rule.kind),
            Told::Recovered => match one.rule.when_well {
                Some(kind) => (None, kind),
                None => return Ok(None),
            },
            Told::Nothing(_) => return Ok(None),
        };
        let end = self.end(one, outlook);
        let Some(news) = self.news(one, outlook, end.as_ref()).await? else { return Ok(None) };
        let today = self.days.today;
        let is_past = end.as_ref().and_then(|end| end.pay_by).is_some_and(|day| day < today);
        let widening = level.map(|level| Widening::of(level, is_past && one.rule.name != "trial")).unwrap_or_default();
        let severity = one.told.level().map_or(Severity::Info, Level::severity);
        let of = |contact: &Contact| ways(contact, kind, severity, self.roads);
        let counts = one.rule.counts_days && one.told.level().is_some() && !covers_what_is_told_at_once(thing, one);
        let counted = counts.then_some(end.as_ref()).flatten();
        let day = counted.and_then(|end| self.usual_morning(end)).unwrap_or(today);
        let whom = self.whom((thing, one), widening, day, of).await?;
        let well = ended(thing, one).map(|other| (other.rule.name, other.before.number)).collect();
        let going_on = thing.judged.iter().filter(|other| other.after.is_open);
        let going_on = going_on.map(|other| (other.rule.name, other.after.number)).collect();
        let (project, balance) = (self.project.key, thing.balance.clone());
        let telling =
            |answers, notice| Some(Telling { project, balance, judged: one, well, going_on, answers, notice });
        if whom.is_nobody {
            return Ok(telling(Vec::new(), None).filter(|_| one.told == Told::Recovered));
        }
        let Whom { heard, operations, told, knowing, answers, .. } = whom;
        let heard = self.when(heard, counted);
        let next = level.filter(|_| counts).and_then(|level| self.next(one, level, end.as_ref()));
        let next_also = next.map(|day| self.joining(&knowing, end.as_ref(), day, of)).unwrap_or_default();
        let number = one.after.number;
        let thing_name = if thing.balance.is_empty() { "-" } else { &thing.balance };
        let shown = Alert {
            project: self.project.name.clone(),
            zone: self.project.zone.clone(),
            made_at: self.now,
            today,
            news,
            balance: outlook.map(|outlook| self.shown(outlook)),
            pay: self.project.settings.brand.links.pay.clone(),
            cannot_wait: false,
            next,
            next_also,
            paid_page: self.app.settings.public_url.as_ref().map(paid::page),
            told,
        };
        let warning = Warning {
            project: self.project,
            kind,
            severity,
            key: format!("alert/{}/{thing_name}/{}/{number}/{}", self.project.key.0, one.rule.name, one.told.word()),
            give_up_at: self.give_up_at(kind.rules().give_up_after_sec, &heard, next),
            heard,
            operations,
        };
        let said = |language: &str, money, waits: bool| {
            let shown = Alert { cannot_wait: counted.is_some() && !waits, ..shown.clone() };
            let document = alert(&shown, language, money);
            Said { document, sms: sms(&shown, language, money), alert: shown }
        };
        let notice = warning::drawn(self.app, warning, said).await?;
        Ok(telling(answers, Some(notice)))
    }

    fn end(&self, one: Judged, outlook: Option<&BalanceOutlook>) -> Option<End> {
        if let Some(outlook) = outlook {
            let Forecast::Lasts(lasts) = &outlook.forecast else { return None };
            return Some(End { last: lasts.earliest.day()?.pred_opt()?, pay_by: outlook.pay_by });
        }
        let last = self.case.due.standing?.paid_until?;
        let pays = one.rule.name == "paid_until";
        let pay_by = pays.then(|| funds::paid_pay_by(&self.project.settings, last, self.calendar));
        Some(End { last, pay_by })
    }

    async fn news(
        &self,
        one: Judged,
        outlook: Option<&BalanceOutlook>,
        end: Option<&End>,
    ) -> anyhow::Result<Option<News>> {
        let since = || self.case.due.standing.map(|standing| self.case.zone.local(standing.as_of));
        let is_over = end.is_some_and(|end| end.last < self.days.today);
        Ok(match (one.rule.name, one.told) {
            ("status", Told::Recovered) => since().map(|since| News::Reactivated { since }),
            ("status", Told::Level(Level::Archived)) => since().map(|since| News::Archived { since }),
            ("status", _) => since().map(|since| News::Suspended { since }),
            ("paid_until", Told::Recovered) => end.map(|end| News::PaidAgain { last: end.last }),
            ("paid_until", _) if is_over => end.map(|end| News::PaidOver { last: end.last }),
            ("paid_until", _) => end.map(|end| News::PaidUntil { last: end.last, pay_by: end.pay_by }),
            ("trial", _) if is_over => end.map(|end| News::TrialOver { last: end.last }),
            ("trial", _) => end.map(|end| News::TrialEnds { last: end.last }),
            (_, Told::Recovered) => Some(News::Recovered),
            ("balance_negative", _) => Some(News::Negative),
            ("low_balance", _) => Some(News::Low),
            ("topup_failed", _) => match outlook {
                Some(outlook) => Some(self.failed(outlook).await?),
                None => None,
            },
            _ => Some(News::Funds),
        })
    }

    /// The top-up that failed last, or that didn't come.
    async fn failed(&self, outlook: &BalanceOutlook) -> anyhow::Result<News> {
        if let (Some(topup), Some(due), false) =
            (outlook.balance.auto_topup, outlook.topup_due, outlook.has_failed_topup)
        {
            return Ok(News::TopupLate { sum: topup.amount, since: self.case.zone.local(due) });
        }
        let (from, to) = funds::span(&outlook.balance, &self.case.zone);
        let entries = self.app.store.read().await?.entries(self.project.key, &outlook.balance.name, from, to).await?;
        let failed = entries.into_iter().rfind(|entry| entry.kind == EntryKind::TopupFailed && entry.at <= self.now);
        let (sum, why) = failed.map_or_else(Default::default, |entry| (entry.amount, entry.what));
        Ok(News::TopupFailed { sum, why })
    }

    fn shown(&self, outlook: &BalanceOutlook) -> Shown {
        let balance = &outlook.balance;
        Shown {
            name: balance.name.as_str().to_owned(),
            currency: balance.currency.clone(),
            amount: balance.amount,
            credit_limit: balance.credit_limit,
            low: outlook.rules.low,
            as_of: outlook.zone.local(balance.as_of),
            is_stale: outlook.is_stale,
            untold_since: outlook.untold_since,
            forecast: outlook.forecast.clone(),
            pay_by: outlook.pay_by,
            to_add: outlook.to_add,
            charges: outlook.charges.clone(),
            lead_days: outlook.rules.payment_lead_days,
            switches_off: outlook.rules.switches_off.clone(),
        }
    }

    /// The first working morning in a zone.
    fn morning_in(&self, zone: &crate::zones::Zone) -> Instant {
        let at = self.project.settings.billing_at.unwrap_or(BILLING_AT);
        morning(self.begun(), at, zone, |day| self.is_working(day))
    }

    /// Since when there is something to tell today.
    fn begun(&self) -> Instant {
        self.case.due.due_at.max(self.case.zone.start_of_day(self.days.today))
    }

    /// The day of the project's morning; `None`: it can't wait for that.
    fn usual_morning(&self, end: &End) -> Option<NaiveDate> {
        let usual = self.case.zone.date(self.morning_in(&self.case.zone));
        can_wait(self.days.today, usual, end.pay_by, end.last).then_some(usual)
    }

    /// From when on each hears of it; `None`: at once, because nothing is counted in days, or their morning comes too late.
    fn when(&self, heard: Vec<Heard>, end: Option<&End>) -> Vec<(Heard, Option<Instant>)> {
        let at = self.project.settings.billing_at.unwrap_or(BILLING_AT);
        let of = |one: &Heard| {
            let end = end?;
            // A zone that the data don't know (any more) is no reason to keep quiet.
            let own = one.zone.as_deref().and_then(|name| self.app.zones.get(name).ok());
            let zones = (&self.case.zone, own.as_ref().unwrap_or(&self.case.zone));
            let days = (self.days.today, end.pay_by, end.last);
            let found = hears_at(self.begun(), at, zones, days, |day| self.is_working(day))?;
            Some(found.max(self.now))
        };
        heard.into_iter().map(|one| (of(&one), one)).map(|(at, one)| (one, at)).collect()
    }

    /// When the next level would be told.
    fn next(&self, one: Judged, level: Level, end: Option<&End>) -> Option<NaiveDate> {
        let last = end?.last;
        match one.rule.name {
            "paid_until" => self.days.next_reminder(last, level, |day| self.is_working(day)),
            "trial" if level < Level::OneAfter => self.days.next_reminder(last, level, |day| self.is_working(day)),
            "funds" if level == Level::Warning => {
                let days = self.days.today.iter_days().skip(1).take(30).filter(|day| self.is_working(*day));
                let left = |day: NaiveDate| (last - Days::of(day, |day| self.is_working(day)).until).num_days() + 1;
                days.into_iter().find(|day| left(*day) <= 3)
            }
            _ => None,
        }
    }

    /// Names of those who hear of it beside these contacts when the next level is told on that day.
    fn joining(
        &self,
        knowing: &[ContactId],
        end: Option<&End>,
        day: NaiveDate,
        of: impl Fn(&Contact) -> Vec<Way>,
    ) -> Vec<String> {
        let is_past = |last: NaiveDate| last < day;
        let ops = end.is_some_and(|end| is_past(end.last) || end.pay_by.is_some_and(is_past));
        let later = audience(self.contacts, &self.project.id, Widening { owner: true, ops }, day, of);
        let is_new = |one: &&Heard| one.is_reached() && !knowing.contains(&one.contact);
        later.iter().filter(is_new).map(|one| one.name.clone()).collect()
    }

    /// Until the next level is told; but whoever hears of it in a morning has some hours at least.
    fn give_up_at(&self, patience_sec: i64, heard: &[(Heard, Option<Instant>)], next: Option<NaiveDate>) -> Instant {
        let first = heard.iter().filter_map(|(_, at)| *at).max().unwrap_or(self.now);
        let at = self.project.settings.billing_at.unwrap_or(BILLING_AT);
        let next = next.map(|day| self.case.zone.resolve(day.and_time(at)).earliest());
        let patience = first.plus_seconds(patience_sec);
        next.map_or(patience, |next| next.min(patience)).max(first.plus_seconds(LEAST_PATIENCE_SEC))
    }
}

/// A warning is tried for so long at least.
const LEAST_PATIENCE_SEC: i64 = 6 * 3_600;

/// Told episodes that end with what this one tells: of a balance those of every rule, because there one speaks for the others; of
/// the project itself its own.
pub(super) fn ended(thing: &Thing, one: Judged) -> impl Iterator<Item = &Judged> {
    let is_of_project = thing.balance.is_empty();
    thing.judged.iter().filter(move |other| {
        let is_over = !other.after.is_open || other.after.number != other.before.number;
        other.before.was_told && is_over && (!is_of_project || other.rule.name == one.rule.name)
    })
}

/// Whether a warning speaks for another of the same moment that would be told at once: the worse state isn't told later.
fn covers_what_is_told_at_once(thing: &Thing, one: Judged) -> bool {
    let is_covered_now = |other: &Judged| {
        !other.rule.counts_days && other.told == Told::Nothing(Quiet::Covered) && other.before.known.is_none()
    };
    matches!(one.told, Told::Level(_)) && thing.judged.iter().any(is_covered_now)
}
