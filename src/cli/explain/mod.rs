//! `callbrief explain`: why something was or wasn't sent, in words, from what is written down.

mod fate;
mod waiting;
mod warnings;
pub(super) mod words;

use std::fmt::Write;

use chrono::{Days, NaiveDate};

use self::fate::InTheWay;
use self::words::Opening;
use super::list::directory::directories;
use super::{Context, Exit, Failure, table};
use crate::app::App;
use crate::domain::cadence::Rule;
use crate::domain::calendar::Calendar;
use crate::domain::contact::{ChannelKind, Contact, EmailAddress, endpoint_name};
use crate::domain::ids::{DeliveryId, ProjectId, ProjectKey, ScheduleId};
use crate::domain::instant::Instant;
use crate::domain::notice::NoticeKind;
use crate::domain::period::Period;
use crate::domain::phone;
use crate::domain::run::RunState;
use crate::domain::schedule::{OnDayOff, Recipient, Schedule};
use crate::i18n::Words;
use crate::jobs::build::recipients::{self, LeftOut};
use crate::notify::lanes::{lane_id, relay_name};
use crate::notify::rate;
use crate::notify::secret;
use crate::store::explain::ExplainedDelivery;
use crate::store::moves::ITSELF;
use crate::store::runs::StoredRun;
use crate::store::{RetiredSchedule, Session, StoreError, StoredSchedule};
use crate::zones::Zone;
use crate::zones::firing;

/// Say why something was or wasn't sent.
///
/// Give an address, or the reference at the foot of a mail, or its id in `callbrief deliveries`. Without --on it speaks of the last report; without
/// --schedule of every schedule that has to do with the address.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "callbrief explain --to ADDRESS [--schedule ID] [--on DATE]\n       callbrief explain REFERENCE|ID",
    after_help = "Examples:\n  callbrief explain --to olena@acme.example\n  callbrief explain --to olena@acme.example --schedule weekly --on 2026-11-16\n  callbrief explain 7Q3F-K2MD"
)]
pub struct Args {
    /// The reference at the foot of a mail, or its id; it says everything, so nothing else goes with it.
    #[arg(value_name = "REFERENCE|ID", conflicts_with_all = ["to", "schedule", "on"])]
    reference: Option<String>,
    /// A mail address, a number or a channel's name: why it got, or didn't get, what.
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
    /// With --to: only this schedule; one that was retired too.
    #[arg(long, value_name = "ID", requires = "to")]
    schedule: Option<String>,
    /// With --to: only this local date of each schedule, such as 2026-11-16.
    #[arg(long, value_name = "DATE", requires = "to", value_parser = date)]
    on: Option<NaiveDate>,
}

/// A mail address, a number, or the name of a channel.
fn of_any_channel(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.contains('@') {
        return EmailAddress::parse(text).map(String::from).map_err(|error| error.to_string());
    }
    if text.starts_with('+') {
        let number = phone::e164(text, None).map(|number| number.to_string());
        return number.ok_or_else(|| "this isn't a number in international form, such as `+380441234567`".to_owned());
    }
    endpoint_name(text).map_err(|_| "a mail address, a number such as `+380441234567`, or a channel's name".to_owned())
}

fn date(text: &str) -> Result<NaiveDate, String> {
    let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
    read.ok_or_else(|| "a date is written as year, month and day: 2026-11-16".to_owned())
}

/// Runs the command.
pub async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let answer = match (&args.reference, &args.to) {
        (Some(reference), _) => {
            let app = context.app().await?;
            by_reference(&app, reference).await?
        }
        (None, Some(address)) => {
            let address =
                of_any_channel(address).map_err(|why| Failure::usage(format!("error: --to {address}: {why}")))?;
            let app = context.app().await?;
            let schedule = args.schedule.as_deref().map(named_schedule).transpose()?;
            by_address(&app, &address, schedule.as_ref(), args.on).await?
        }
        (None, None) => {
            return Err(Failure::usage(
                "error: say of what: `callbrief explain REFERENCE` (it stands at the foot of each mail, as 7Q3F-K2MD), or \
                 `callbrief explain --to ADDRESS`",
            ));
        }
    };
    match answer {
        Ok(text) => {
            print!("{}", table::sentences(&text));
            Ok(Exit::Done)
        }
        Err(unknown) => {
            println!("{}", table::sentences(&unknown).trim_end());
            Ok(Exit::No)
        }
    }
}

/// One run in a sentence: where it stands, and for what it waits.
pub(super) fn sentence(run: &StoredRun, zone: &Zone) -> String {
    words::run(run, zone)
}

fn named_schedule(id: &str) -> Result<ScheduleId, Failure> {
    ScheduleId::parse(id).map_err(|error| Failure::usage(format!("error: --schedule {id}: {error}")))
}

/// What is known about an address: the text, or that nothing is. Public for tests of what people are told.
pub async fn by_address(
    app: &App,
    address: &str,
    only: Option<&ScheduleId>,
    on: Option<NaiveDate>,
) -> anyhow::Result<Result<String, String>> {
    let hidden = secret::hidden(&secret::key_of(app).await?, address);
    let asked = (address, hidden.as_str());
    let mut session = app.store.read().await?;
    let schedules = session.stored_schedules().await?;
    let retired = session.retired_schedules(only).await?;
    if let Some(id) = only
        && retired.is_empty()
        && !schedules.iter().any(|stored| stored.schedule.id == *id)
        && session.deliveries_for(asked, Some(id), None).await?.is_empty()
    {
        return Ok(Err(format!("There is no schedule `{id}`; `callbrief list schedules` shows those there are.")));
    }
    let contacts = session.contacts().await?;
    let stops = stops(app, address).await?;
    let opening = opening(app).await?;
    let archived = session.archived_projects().await?;
    let mut text = String::new();
    let mut told: Vec<&str> = schedules.iter().map(|stored| stored.schedule.id.as_str()).collect();
    let standing = schedules.iter().map(|stored| (stored, None));
    let all = standing.chain(retired.iter().map(|retired| (&retired.stored, Some(retired))));
    for (stored, retired) in all {
        let schedule = &stored.schedule;
        let link = link_of(schedule, address, &contacts);
        let has_mail = !session.deliveries_for(asked, Some(&schedule.id), None).await?.is_empty();
        let is_asked_for = match only {
            Some(id) => *id == schedule.id,
            None => link.is_recipient() || has_mail,
        };
        let is_too_many = retired.is_some() && told.len() >= schedules.len() + MOST_RETIRED;
        if is_asked_for && !is_too_many {
            let is_archived = archived.contains(&stored.project_key);
            let case =
                Case { address, asked, stored, retired, link, stops: &stops, on, opening: &opening, is_archived };
            text += &about_schedule(app, &mut session, &case).await?;
            told.push(schedule.id.as_str());
        }
    }
    if only.is_none() && on.is_none() {
        let mails = session.deliveries_for(asked, None, None).await?;
        text += &warnings::about(app, &mut session, address, &contacts, &mails).await?;
    }
    text += &besides(app, &mut session, asked, (only, on), &told, &opening).await?;
    Ok(if text.is_empty() { Err(no_recipient(address, &contacts)) } else { Ok(text) })
}

/// Mails that belong to no schedule that was told of: notices to owners, and those of schedules retired long ago.
async fn besides(
    app: &App,
    session: &mut Session,
    asked: (&str, &str),
    (only, on): (Option<&ScheduleId>, Option<NaiveDate>),
    told: &[&str],
    opening: &Opening,
) -> anyhow::Result<String> {
    let mails = session.deliveries_for(asked, only, None).await?;
    let (mut text, mut count) = (String::new(), 0);
    for mail in mails.iter().filter(|mail| !mail.schedule.as_deref().is_some_and(|id| told.contains(&id))) {
        let zone = zone_of(app, session, mail).await?;
        if on.is_some_and(|date| zone.date(mail.created_at) != date) {
            continue;
        }
        count += 1;
        if count > MOST_BESIDES {
            text += "  There are older ones; `callbrief deliveries --to ADDRESS` lists them.\n";
            break;
        }
        if count == 1 {
            text += "Besides (notices, and reports of schedules that were retired)\n";
        }
        writeln!(text, "  {} ({} time)", told_of(app, session, mail, &zone, opening).await, zone.name())?;
        for line in hands_on(session, mail, &zone).await? {
            writeln!(text, "  {line}")?;
        }
    }
    Ok(text)
}

/// Lines about mails that belong to no schedule that was told of.
const MOST_BESIDES: usize = 5;
/// Schedules that were retired and are told of.
const MOST_RETIRED: usize = 5;

fn no_recipient(address: &str, contacts: &[Contact]) -> String {
    let has = |contact: &&Contact| contact.addresses.values().flatten().any(|one| one.eq_ignore_ascii_case(address));
    let known = contacts.iter().find(has);
    let who = known.map_or("no contact has it", |_| "the contact who has it is in no schedule's list");
    format!("{address} never was a recipient: {who}, and nothing was ever made for it.")
}

/// How an address comes to be in a schedule's list.
enum Link<'a> {
    Contact(&'a Contact),
    Plain,
    Not,
}

impl Link<'_> {
    fn is_recipient(&self) -> bool {
        !matches!(self, Self::Not)
    }
}

fn link_of<'a>(schedule: &Schedule, address: &str, contacts: &'a [Contact]) -> Link<'a> {
    for recipient in &schedule.recipients {
        match recipient {
            Recipient::Address(plain) if plain.as_str().eq_ignore_ascii_case(address) => return Link::Plain,
            Recipient::Contact(id) => {
                let found = contacts.iter().find(|contact| contact.id == *id && has_address(contact, address));
                if let Some(contact) = found {
                    return Link::Contact(contact);
                }
            }
            Recipient::Address(_) => {}
        }
    }
    Link::Not
}

fn has_address(contact: &Contact, address: &str) -> bool {
    contact
        .addresses
        .get(&ChannelKind::Email)
        .is_some_and(|list| list.iter().any(|one| one.eq_ignore_ascii_case(address)))
}

/// One schedule as it concerns one address.
struct Case<'a> {
    address: &'a str,
    /// The address, and what stands in its place in old rows.
    asked: (&'a str, &'a str),
    stored: &'a StoredSchedule,
    /// How it came to an end, where it was retired.
    retired: Option<&'a RetiredSchedule>,
    link: Link<'a>,
    /// Since when, for which schedule (or all), and why.
    stops: &'a [Stop],
    on: Option<NaiveDate>,
    opening: &'a Opening,
    /// Its project is, so no report falls due.
    is_archived: bool,
}

impl Case<'_> {
    fn schedule(&self) -> &Schedule {
        &self.stored.schedule
    }
}

struct Stop {
    since: Instant,
    /// `None`: in every project.
    project: Option<String>,
    /// `None`: for every schedule.
    schedule: Option<String>,
    reason: String,
    detail: Option<String>,
    actor: String,
    lifted: Option<Lifted>,
}

/// How a stop came to its end.
struct Lifted {
    at: Instant,
    by: String,
    why: Option<String>,
}

impl Stop {
    fn is_of(&self, schedule: &Schedule) -> bool {
        self.project.as_deref().is_none_or(|id| id == schedule.project.as_str())
            && self.schedule.as_deref().is_none_or(|id| id == schedule.id.as_str())
    }
}

/// Stops that were lifted and are told of.
const MOST_LIFTED: usize = 3;

async fn about_schedule(app: &App, session: &mut Session, case: &Case<'_>) -> anyhow::Result<String> {
    let schedule = case.schedule();
    let zone = app.zones.get(&schedule.zone)?;
    let now = app.clock.now();
    let rule = Words::of("en").rule(&schedule.cadence);
    let projects: Vec<&str> = schedule.projects().map(ProjectId::as_str).collect();
    let mut text = format!("{} ({}), {rule}, {} time\n", schedule.id, projects.join(", "), zone.name());
    if let Some(template) = &schedule.settings.template {
        writeln!(
            text,
            "  It is what the template `{template}` stands for in this project; to change it, change the template."
        )?;
    }
    for line in standing(case, &zone, now) {
        writeln!(text, "  {line}")?;
    }
    if let Some(line) = own_calls(app, session, case).await? {
        writeln!(text, "  {line}")?;
    }
    let day = match case.on {
        Some(date) => day_of(date, &zone),
        None => Period::new(now.plus_seconds(-400 * 86_400), now.plus_seconds(1)),
    };
    let runs = match day {
        Some(day) => session.runs_between(&schedule.id, day).await?,
        None => Vec::new(),
    };
    let calendar = match session.project(&schedule.project).await? {
        Some(project) => session.calendar_of(&project).await?,
        None => None,
    };
    let runs = concerning(session, case.asked, runs).await?;
    match (case.on, runs.last()) {
        (Some(date), None) => {
            for line in nothing_on(case, calendar.as_ref(), date, &zone, now) {
                writeln!(text, "  {line}")?;
            }
            if let (Some(day), false) = (day, case.schedule().paused || case.is_archived) {
                text += &nearest(session, case, calendar.as_ref(), day, &zone, now).await?;
            }
        }
        (None, None) => writeln!(text, "  No report has been due so far.")?,
        (Some(_), Some(_)) => {
            for run in &runs {
                text += &about_run(app, session, case, run, &zone).await?;
            }
        }
        (None, Some(last)) => {
            let report = runs.iter().rfind(|run| !run.run.is_sample).map(|run| run.run.id);
            let mails = session.deliveries_for(case.asked, Some(&schedule.id), None).await?;
            let is_open = |run: &StoredRun| {
                if matches!(run.run.state, RunState::Due | RunState::WaitingForData | RunState::Building) {
                    return true;
                }
                let is_unsettled = |mail: &&ExplainedDelivery| matches!(mail.state.as_str(), "handed" | "uncertain");
                mails.iter().filter(is_unsettled).any(|mail| mail.run == Some(run.run.id.0))
            };
            let is_told = |run: &&StoredRun| run.run.id == last.run.id || Some(run.run.id) == report || is_open(run);
            for run in runs.iter().filter(is_told) {
                text += &about_run(app, session, case, run, &zone).await?;
            }
        }
    }
    match case.retired {
        Some(_) => writeln!(text, "  Nothing more is due.")?,
        None => writeln!(text, "  {}", next_words(case, calendar.as_ref(), &zone))?,
    }
    Ok(text)
}

/// The reports that fell due next to a day on which none did.
async fn nearest(
    session: &mut Session,
    case: &Case<'_>,
    calendar: Option<&Calendar>,
    day: Period,
    zone: &Zone,
    now: Instant,
) -> anyhow::Result<String> {
    let schedule = case.schedule();
    let year = 400 * 86_400;
    let mut due = async |from: Instant, to: Instant| -> Result<Vec<StoredRun>, StoreError> {
        let Some(span) = Period::new(from, to) else { return Ok(Vec::new()) };
        let runs = session.runs_between(&schedule.id, span).await?;
        Ok(runs.into_iter().filter(|run| !run.run.is_sample && span.contains(run.run.fires_at)).collect())
    };
    let before = due(day.from().plus_seconds(-year), day.from()).await?.pop();
    let after = due(day.to(), now.plus_seconds(1)).await?.into_iter().next();
    let may_fire = case.retired.is_none() && schedule.next_fire_at.is_some();
    let to_come = || firing::next_sent(schedule.rule(calendar), zone, day.to().max(now).plus_seconds(-1));
    let to_come = may_fire.then(to_come).flatten().filter(|next| schedule.ends.is_none_or(|ends| next.fires_at < ends));
    let mut text = String::new();
    if let Some(before) = before {
        writeln!(text, "  The nearest one before it was due {}.", words::moment(zone, before.run.fires_at))?;
    }
    match (after, to_come) {
        (Some(after), _) => {
            writeln!(text, "  The nearest one after it was due {}.", words::moment(zone, after.run.fires_at))?;
        }
        (None, Some(next)) if day.to() > now => {
            writeln!(text, "  The nearest one after it is due {}.", words::moment(zone, next.fires_at))?;
        }
        (None, _) => {}
    }
    Ok(text)
}

/// Without the samples that somebody sent to others.
async fn concerning(
    session: &mut Session,
    asked: (&str, &str),
    runs: Vec<StoredRun>,
) -> Result<Vec<StoredRun>, StoreError> {
    let mut kept = Vec::new();
    for run in runs {
        if !run.run.is_sample || !session.deliveries_for(asked, None, Some(run.run.id)).await?.is_empty() {
            kept.push(run);
        }
    }
    Ok(kept)
}

/// What holds whatever the day.
fn standing(case: &Case<'_>, zone: &Zone, now: Instant) -> Vec<String> {
    let mut lines = Vec::new();
    match &case.link {
        Link::Not => lines.push(format!("{} isn't in its list of recipients.", case.address)),
        Link::Plain => {}
        Link::Contact(contact) => {
            let name = &contact.name;
            if !contact.active {
                lines.push(format!("{name} isn't active."));
            }
            for project in case.schedule().projects() {
                let roles = contact.roles.get(project).map_or(&[][..], Vec::as_slice);
                if roles.is_empty() {
                    lines.push(format!("{name} has no role in {project}."));
                } else if !roles.iter().any(|role| role.rights().receives_reports) {
                    let why = words::reason("role_receives_not");
                    lines.push(format!("{name} gets no reports of {project}: {why}."));
                }
            }
            let first = contact.addresses.get(&ChannelKind::Email).and_then(|list| list.first());
            if first.is_some_and(|first| !first.eq_ignore_ascii_case(case.address)) {
                lines.push(format!("It isn't the first address of {name}; reports go to the first."));
            }
        }
    }
    let stops = case.stops.iter().filter(|stop| stop.is_of(case.schedule()));
    let (over, stands): (Vec<&Stop>, Vec<&Stop>) = stops.partition(|stop| stop.lifted.is_some());
    for stop in over.into_iter().take(MOST_LIFTED).rev().chain(stands) {
        let since = words::moment(zone, stop.since);
        let why = words::stopped(&stop.reason, &stop.actor, stop.detail.as_deref());
        lines.push(match &stop.lifted {
            None => format!("{} gets nothing since {since}: {why}.", case.address),
            Some(Lifted { at, by, why: lifted }) => format!(
                "{} got nothing from {since} to {}: {why}. {by} lifted that{}.",
                case.address,
                words::moment(zone, *at),
                words::quoted(lifted.as_deref())
            ),
        });
    }
    if let Some(retired) = case.retired {
        let (at, by) = (words::moment(zone, retired.at), retired.by.as_deref().unwrap_or("somebody"));
        let file = case.stored.applied_by.as_deref().map_or(String::new(), |file| format!(": {file} names it no more"));
        lines.push(format!("The schedule was retired {at} by {by}{file}."));
    }
    if case.schedule().paused {
        lines.push("The schedule is paused.".to_owned());
    }
    if let Some(starts) = case.schedule().starts.filter(|starts| *starts > now) {
        lines.push(format!("The schedule starts {}.", words::moment(zone, starts)));
    }
    if let Some(ends) = case.schedule().ends.filter(|ends| *ends <= now) {
        let file = case.stored.applied_by.as_deref().unwrap_or("its set-up file");
        lines.push(format!("The schedule ended {}, as `ends` in {file} says.", words::moment(zone, ends)));
    }
    lines
}

/// What became of a delivery; of one that waits, whether it will be sent at all.
async fn told_of(
    app: &App,
    session: &mut Session,
    delivery: &ExplainedDelivery,
    zone: &Zone,
    opening: &Opening,
) -> String {
    match fate::in_the_way(app, session, delivery).await {
        Some(InTheWay::Stop(why)) => words::unsendable(delivery, &why),
        Some(InTheWay::Hold(why)) => words::on_hold(delivery, &why),
        None => words::delivery(delivery, zone, opening),
    }
}

async fn about_run(
    app: &App,
    session: &mut Session,
    case: &Case<'_>,
    run: &StoredRun,
    zone: &Zone,
) -> Result<String, StoreError> {
    let mut lines = vec![words::run(run, zone)];
    let by_hand = session.ledger_of_run(run.run.id).await?.into_iter().filter(|entry| entry.actor != ITSELF);
    lines.extend(by_hand.map(|entry| words::by_hand(&entry, zone)));
    let deliveries = session.deliveries_for(case.asked, None, Some(run.run.id)).await?;
    for delivery in &deliveries {
        lines.push(told_of(app, session, delivery, zone, case.opening).await);
        lines.extend(hands_on(session, delivery, zone).await?);
    }
    if deliveries.is_empty() {
        let own_id = match case.link {
            Link::Contact(contact) => contact.id.as_str(),
            Link::Plain | Link::Not => case.address,
        };
        let left_out = session.left_out_of(run.run.id).await?;
        match left_out.iter().find(|(_, who)| who == own_id || who.eq_ignore_ascii_case(case.address)) {
            Some((reason, _)) => lines.push(format!("{} got none: {}.", case.address, words::reason(reason))),
            None if run.built_at.is_some() => {
                lines.push(format!("{} wasn't in the list when it was made.", case.address));
            }
            None => {}
        }
    }
    Ok(lines.iter().map(|line| format!("  {line}\n")).collect())
}

/// What people did to a mail.
async fn hands_on(session: &mut Session, delivery: &ExplainedDelivery, zone: &Zone) -> Result<Vec<String>, StoreError> {
    let entries = session.ledger_of(DeliveryId(delivery.id)).await?.into_iter();
    Ok(entries.filter(|entry| entry.actor != ITSELF).map(|entry| words::by_hand(&entry, zone)).collect())
}

/// A contact who may read own calls only gets nothing where nobody knows which those are.
async fn own_calls(app: &App, session: &mut Session, case: &Case<'_>) -> anyhow::Result<Option<String>> {
    let Link::Contact(contact) = case.link else { return Ok(None) };
    if !case.schedule().settings.projects.is_empty() {
        return Ok(None);
    }
    let Some(project) = session.project(&case.schedule().project).await? else { return Ok(None) };
    let directory = directories(&app.store).await?.remove(&project.id).unwrap_or_default();
    let found = recipients::as_contact(Some(contact), case.schedule(), &project, &directory);
    Ok(matches!(found, Err(LeftOut::OwnCallsUnknown)).then(|| {
        format!(
            "{name} gets none as an agent of {project}, who reads own calls only: no [[agent]] of {project} names the contact \
             `{id}` or has {address} among its keys, so which calls those are isn't known.",
            name = contact.name,
            project = project.id,
            id = contact.id,
            address = case.address,
        )
    }))
}

/// Why nothing was due on a day.
fn nothing_on(case: &Case<'_>, calendar: Option<&Calendar>, date: NaiveDate, zone: &Zone, now: Instant) -> Vec<String> {
    let schedule = case.schedule();
    let Some(day) = day_of(date, zone) else { return vec![format!("{date} lies outside the calendar.")] };
    if let Some(retired) = case.retired.filter(|retired| retired.at <= day.from()) {
        return vec![format!(
            "Nothing is due on {date}: the schedule was retired {}.",
            words::moment(zone, retired.at)
        )];
    }
    let mut lines = Vec::new();
    let on_the_day =
        |rule: Rule<'_>| firing::next(rule, zone, day.from().plus_seconds(-1)).filter(|next| next.fires_at < day.to());
    let rule = schedule.rule(calendar);
    let fires = on_the_day(rule);
    let name = calendar.and_then(|calendar| calendar.day_name(date)).map(|name| format!(" ({name})"));
    let day_off = format!("{date} is a day off{}", name.unwrap_or_default());
    match fires {
        None if on_the_day(Rule { on_day_off: OnDayOff::Send, ..rule }).is_some() => {
            let to = firing::next(rule, zone, day.from()).map(|next| words::moment(zone, next.fires_at));
            lines.push(format!("{day_off}: what is named for it moves to {}.", to.unwrap_or_else(|| "nowhere".into())));
        }
        Some(fires) if fires.skipped => lines.push(format!("Nothing is due on {date}: {day_off}, which the schedule skips.")),
        None => lines.push(format!("Nothing is due on {date}: the rule doesn't fire on that day.")),
        Some(fires) if case.retired.is_some_and(|retired| retired.at <= fires.fires_at) => {
            lines.push(format!("Nothing is due on {date}: the schedule was retired before that hour."));
        }
        Some(fires) if fires.fires_at > now && schedule.ends.is_some_and(|ends| fires.fires_at >= ends) => {
            lines.push(format!("Nothing is due on {date}: the schedule ends before that."));
        }
        Some(fires) if fires.fires_at > now && case.is_archived => {
            lines.push(format!("Nothing is due on {date} as long as the project {} is archived.", schedule.project));
        }
        Some(fires) if fires.fires_at > now && schedule.paused => {
            lines.push(format!("Nothing is due on {date} as long as the schedule is paused."));
        }
        Some(fires) if fires.fires_at > now => {
            lines.push(format!("On {date} it is due {}; that is still to come.", words::moment(zone, fires.fires_at)));
        }
        Some(fires) if fires.fires_at < schedule.active_since => lines.push(format!(
            "Nothing was due on {date}: the schedule is active only since {} (when it was made or its rule changed, or a pause ended).",
            words::moment(zone, schedule.active_since)
        )),
        Some(fires) if schedule.starts.is_some_and(|starts| fires.fires_at < starts) => {
            lines.push(format!("Nothing was due on {date}: the schedule starts later."));
        }
        Some(fires) if schedule.ends.is_some_and(|ends| fires.fires_at >= ends) => {
            lines.push(format!("Nothing was due on {date}: the schedule had ended."));
        }
        Some(_) if schedule.paused => lines.push(format!("Nothing was due on {date}: the schedule is paused.")),
        Some(_) => lines.push(format!(
            "A report would have been due on {date}, and there is none: it was passed over with others (see the next report's day), or nobody has run since."
        )),
    }
    lines
}

/// When a report goes out next: what the schedule skips on days off isn't one.
fn next_words(case: &Case<'_>, calendar: Option<&Calendar>, zone: &Zone) -> String {
    let schedule = case.schedule();
    if case.is_archived {
        return format!("Nothing is due: the project {} is archived.", schedule.project);
    }
    if schedule.paused {
        return "Nothing is due while it is paused.".to_owned();
    }
    let sent =
        schedule.next_fire_at.map(|next| firing::next_sent(schedule.rule(calendar), zone, next.plus_seconds(-1)));
    match sent {
        Some(Some(firing)) if schedule.ends.is_none_or(|ends| firing.fires_at < ends) => {
            let due = format!("The next one is due {}", words::moment(zone, firing.fires_at));
            let is_stopped = case.stops.iter().any(|stop| stop.lifted.is_none() && stop.is_of(schedule));
            match is_stopped || !case.link.is_recipient() {
                true => format!("{due}; {} gets nothing of it as things stand.", case.address),
                false => format!("{due}."),
            }
        }
        Some(_) => "Nothing more is due: what is left before the schedule ends falls on days off.".to_owned(),
        None => "Nothing more is due: the schedule has ended.".to_owned(),
    }
}

fn day_of(date: NaiveDate, zone: &Zone) -> Option<Period> {
    Period::new(zone.start_of_day(date), zone.start_of_day(date.checked_add_days(Days::new(1))?))
}

/// What is known about the mail with this reference or id: the text, or that there is none.
pub async fn by_reference(app: &App, reference: &str) -> anyhow::Result<Result<String, String>> {
    let reference = reference.trim().to_uppercase();
    let mut session = app.store.read().await?;
    let Some(delivery) = session.delivery_named(&reference).await? else {
        let what = if reference.parse::<i64>().is_ok() { "id" } else { "reference" };
        return Ok(Err(format!(
            "No mail has the {what} {reference}; the reference stands at the foot of each (`7Q3F-K2MD`), and \
             `callbrief deliveries` lists both."
        )));
    };
    let run = match delivery.run {
        Some(run) => session.run(crate::domain::ids::RunId(run)).await?,
        None => None,
    };
    let zone = zone_of(app, &mut session, &delivery).await?;
    drop(session);
    let opening = opening(app).await?;
    let mut text = String::new();
    if let Some(run) = &run {
        writeln!(text, "{}, {} time\n  {}", run.run.schedule, zone.name(), words::run(run, &zone))?;
    } else {
        writeln!(text, "{}, {} time", delivery.schedule.as_deref().unwrap_or("A notice"), zone.name())?;
    }
    let mut session = app.store.read().await?;
    writeln!(text, "  {}", told_of(app, &mut session, &delivery, &zone, &opening).await)?;
    for line in waiting::about(app, &mut session, &delivery, &zone).await? {
        writeln!(text, "  {line}")?;
    }
    let of_run = match &run {
        Some(run) => session.ledger_of_run(run.run.id).await?,
        None => Vec::new(),
    };
    for entry in of_run.iter().filter(|entry| entry.actor != ITSELF) {
        writeln!(text, "  {}", words::by_hand(entry, &zone))?;
    }
    for line in hands_on(&mut session, &delivery, &zone).await? {
        writeln!(text, "  {line}")?;
    }
    Ok(Ok(text))
}

/// The zone in which a mail is spoken of: its schedule's, of a warning its reader's, else its project's, else UTC.
async fn zone_of(app: &App, session: &mut Session, mail: &ExplainedDelivery) -> anyhow::Result<Zone> {
    let schedule = mail.schedule.as_deref().and_then(|id| ScheduleId::parse(id).ok());
    let of_schedule = match schedule {
        Some(id) => session.stored_schedule(&id).await?.map(|stored| stored.schedule.zone),
        None => None,
    };
    let is_warning =
        matches!(NoticeKind::parse(&mail.kind), Some(kind) if kind.is_billing() || kind == NoticeKind::Digest);
    if is_warning {
        let facts = session.delivery_facts(&[mail.id]).await?.into_iter().next();
        let own = facts.and_then(|facts| facts.reader_zone).and_then(|name| app.zones.get(&name).ok());
        if let Some(own) = own {
            return Ok(own);
        }
    }
    let name = match (of_schedule, mail.project) {
        (Some(zone), _) => Some(zone),
        (None, Some(key)) => session.project_by_key(ProjectKey(key)).await?.map(|project| project.zone),
        (None, None) => None,
    };
    Ok(app.zones.get(name.as_deref().unwrap_or("UTC"))?)
}

/// When the first relay that is shut or held is used again (nothing while one of them is open), and what is wrong with each.
pub(super) async fn opening(app: &App) -> Result<Opening, StoreError> {
    let (now, rows) = (app.clock.now(), app.store.lanes().await?);
    let ours = |id: &str| app.settings.mail.relays.iter().any(|relay| id == lane_id(&relay.id));
    let shut: Vec<Option<Instant>> =
        rows.iter().filter(|row| ours(&row.id)).map(|row| rate::shut_until(row.shut_until, now)).collect();
    let failing = rows.iter().filter(|row| ours(&row.id) && row.failures > 0);
    Ok(Opening {
        no_relay: !app.settings.mail.has_relay(),
        at: if shut.contains(&None) { None } else { shut.into_iter().flatten().min() },
        failing: failing.filter_map(|row| Some((relay_name(&row.id).to_owned(), row.last_error.clone()?))).collect(),
    })
}

/// What stops an address, and what did, newest first.
async fn stops(app: &App, address: &str) -> Result<Vec<Stop>, StoreError> {
    let stops = app.store.suppressions(true, Some(address)).await?;
    Ok(stops
        .into_iter()
        .map(|stop| Stop {
            since: stop.created_at,
            project: stop.project,
            schedule: stop.schedule,
            reason: stop.reason,
            detail: stop.detail,
            actor: stop.actor,
            lifted: stop.lifted_at.map(|at| Lifted {
                at,
                by: stop.lifted_by.unwrap_or_default(),
                why: stop.lifted_reason,
            }),
        })
        .collect())
}
