//! `callbrief next`.

use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use super::{Context, Exit, Failure};
use crate::app;
use crate::domain::cadence::{Weekday, WordProblem, Words, parse};
use crate::domain::calendar::Calendar;
use crate::domain::ids::ScheduleId;
use crate::domain::instant::Instant;
use crate::domain::nearest::nearest;
use crate::domain::period::Period;
use crate::domain::schedule::Schedule;
use crate::store::Store;
use crate::zones::firing::{self, CadenceProblem, DueInput, Firing, LastPeriod, PeriodPlan};
use crate::zones::{Zone, Zones};

/// Over the options that say a rule.
const RULE: &str = "A rule, instead of a schedule";

const USAGE: &str = "callbrief next [SCHEDULE] [--after TIME] [--count COUNT] [--json]
       callbrief next --every UNIT [--on DAYS] [--at TIMES] [--short-month RULE] [--week-start DAY] [--zone ZONE] …
       callbrief next --cron FIELDS [--zone ZONE] [--after TIME] [--count COUNT] [--json]";

const EXAMPLES: &str = "\
Examples:
  callbrief next --every week --on mon,thu --at 09:00 --zone Europe/Kyiv --count 5
  callbrief next --every month --on last-business-day --at 17:30 --zone Europe/Amsterdam
  callbrief next --every month --on 31 --short-month skip --at 08:00
  callbrief next --every quarter --on 1-15 --at 08:00 --zone America/New_York --json
  callbrief next --cron '0 9 * * MON-FRI' --zone Europe/Kyiv --after 2026-03-28T00:00:00Z
  callbrief next weekly-acme       the coming runs of a schedule
  callbrief next                   the next run of every schedule

A local time that clocks skip fires at the end of the gap, one that they show twice fires at the first. A cron rule
with a * in minute or hour follows the real clock: nothing fires in a gap, and what is shown twice fires both times.
With --json: [{\"fires_at\", \"local\", \"period\": [from, to], \"notes\": [\"gap\" | \"overlap\" | \"clamped\" | \"day_off\"]}], the period half-open.
A schedule goes by its project's calendar; what it skips on a day off has the notes day_off and skipped, and no period.
A rule given here takes Monday to Friday for business days.";

/// Show when a schedule, or any rule, fires next, and what each firing reports.
///
/// With a rule (--every or --cron) no database is needed.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, override_usage = USAGE)]
pub struct Args {
    /// A schedule's id; without it and without a rule: every schedule.
    #[arg(conflicts_with_all = ["every", "on", "at", "short_month", "cron", "zone", "week_start"])]
    schedule: Option<String>,
    /// day, weekday, week, month, quarter or year.
    #[arg(long, value_name = "UNIT", help_heading = RULE, conflicts_with = "cron")]
    every: Option<String>,
    /// Days: mon,thu · 1,15 · last · last-business-day · 3rd-business-day · 'first mon' · 1-15 (quarter) · 12-31 (year).
    #[arg(long, value_name = "DAYS", allow_hyphen_values = true, help_heading = RULE, requires = "every")]
    on: Vec<String>,
    /// Local times: 09:00 or 09:00,17:30 [default here: 00:00; a schedule must name one].
    #[arg(long, value_name = "TIMES", help_heading = RULE, requires = "every")]
    at: Vec<String>,
    /// What day 29 to 31 means in a shorter month: clamp or skip [default: clamp].
    #[arg(long, value_name = "RULE", help_heading = RULE, requires = "every")]
    short_month: Option<String>,
    /// Five fields as in crontab(5), instead of --every.
    #[arg(long, value_name = "FIELDS", help_heading = RULE)]
    cron: Option<String>,
    /// IANA time zone of the rule [default: UTC].
    #[arg(long, value_name = "ZONE", help_heading = RULE)]
    zone: Option<String>,
    /// First day of the week, for weekly rules and their periods [default: mon].
    #[arg(long, value_name = "DAY", help_heading = RULE)]
    week_start: Option<String>,
    /// Firings strictly after this: 2026-03-28T00:00:00Z, or a date or time in the zone [default: now].
    #[arg(long, value_name = "TIME")]
    after: Option<String>,
    /// How many [default: 5; 1 of each where all schedules are shown].
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    count: Option<u32>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let now = app::clock().now();
    if args.schedule.is_none() && !args.names_a_rule() {
        return all_schedules(context, &args, now).await;
    }
    let (heading, lines) = match &args.schedule {
        Some(id) => of_schedule(context, &args, id, now).await?,
        None => of_rule(&args, now)?,
    };
    if args.json {
        print_json(&lines.iter().map(Line::json).collect::<Vec<_>>())?;
    } else {
        println!("{heading}");
        print_table(&["fires", "UTC", "reports", ""], lines.iter().map(Line::cells));
    }
    Ok(Exit::Done)
}

impl Args {
    fn names_a_rule(&self) -> bool {
        let lists = [&self.on, &self.at];
        let words = [&self.every, &self.short_month, &self.cron, &self.zone, &self.week_start];
        lists.iter().any(|list| !list.is_empty()) || words.iter().any(|word| word.is_some())
    }

    fn count(&self) -> usize {
        self.count.map_or(5, |count| count as usize)
    }

    fn after(&self, zone: &Zone, now: Instant) -> Result<Instant, Failure> {
        match &self.after {
            None => Ok(now),
            Some(text) => zone.read_instant(text).ok_or_else(|| {
                Failure::usage(format!(
                    "error: --after: `{text}` is not a time: write 2026-03-28T00:00:00Z, 2026-03-28T09:00 or 2026-03-28"
                ))
            }),
        }
    }
}

fn of_rule(args: &Args, now: Instant) -> Result<(String, Vec<Line>), Failure> {
    let zones = Zones::load();
    let zone = zones.get(args.zone.as_deref().unwrap_or("UTC"));
    let zone = zone.map_err(|error| Failure::usage(format!("error: --zone: {error}")))?;
    let week_start = args.week_start.as_deref().map_or(Ok(Weekday::Mon), |text| {
        let wrong =
            || Failure::usage(format!("error: --week-start: `{text}` is not a day: mon, tue, wed, thu, fri, sat, sun"));
        Weekday::parse(text).ok_or_else(wrong)
    })?;
    let mut words = Words {
        every: args.every.clone(),
        on: args.on.clone(),
        at: args.at.clone(),
        short_month: args.short_month.clone(),
        cron: args.cron.clone(),
    };
    if words.every.is_some() && words.at.is_empty() {
        eprintln!("note: without --at this shows 00:00; a schedule must name its time");
        words.at.push("00:00".to_owned());
    }
    let cadence = parse(&words, week_start).map_err(|problems| refused(&problems))?;
    match firing::check(&cadence, &zone) {
        Ok(()) => {}
        Err(problem @ CadenceProblem::TooOften { .. }) => {
            eprintln!("note: a schedule can't have this rule: it {problem}")
        }
        Err(problem @ CadenceProblem::Never) => return Err(Failure::usage(format!("error: {cadence}: {problem}"))),
    }
    let after = args.after(&zone, now)?;
    let coming = firing::coming(&cadence, &zone, week_start, after, None).take(args.count());
    let lines = coming.map(|(firing, plan)| Line::of(&zone, None, &firing, &plan)).collect();
    let heading = format!("{cadence}, {zone} (tz data {} from {})", zones.version(), source(&zones));
    Ok((heading, lines))
}

fn source(zones: &Zones) -> String {
    match zones.origin() {
        crate::zones::Origin::Bundled => "this program".to_owned(),
        crate::zones::Origin::System(folder) => folder.display().to_string(),
    }
}

fn refused(problems: &[WordProblem]) -> Failure {
    let flag = |problem: &WordProblem| format!("error: --{}: {}", problem.key.replace('_', "-"), problem.problem);
    Failure::usage(problems.iter().map(flag).collect::<Vec<_>>().join("\n"))
}

async fn of_schedule(context: &Context, args: &Args, id: &str, now: Instant) -> Result<(String, Vec<Line>), Failure> {
    let store = context.store().await?;
    let schedules = store.schedules().await?;
    let wanted = ScheduleId::parse(id).ok();
    let Some(schedule) = schedules.iter().find(|schedule| Some(&schedule.id) == wanted.as_ref()) else {
        return Err(Failure::usage(unknown_schedule(id, &schedules)));
    };
    let zones = Zones::load();
    let coming = Coming::of(&store, &zones, schedule).await?;
    let after = args.after(&coming.zone, now)?;
    if args.after.is_some() && after < now {
        eprintln!(
            "note: --after lies in the past; a schedule shows what is still to come, from now on. For the past give the rule \
             itself: --every or --cron"
        );
    }
    let lines = coming.lines(schedule, after, args.count());
    let mut heading = format!("{}: {}, {}", schedule.id, schedule.cadence, coming.zone);
    if coming.is_archived {
        heading.push_str("; the project is archived");
    } else if schedule.paused {
        heading.push_str("; paused");
    } else if lines.is_empty() {
        heading.push_str("; never again");
    }
    Ok((heading, lines))
}

fn unknown_schedule(id: &str, schedules: &[Schedule]) -> String {
    match nearest(id, schedules.iter().map(|schedule| schedule.id.as_str())) {
        Some(nearest) => format!("error: there is no schedule `{id}`: did you mean `{nearest}`?"),
        None => format!("error: there is no schedule `{id}`; `callbrief list schedules` shows all"),
    }
}

async fn all_schedules(context: &Context, args: &Args, now: Instant) -> Result<Exit, Failure> {
    let store = context.store().await?;
    let zones = Zones::load();
    let mut lines = Vec::new();
    for schedule in store.schedules().await? {
        let coming = Coming::of(&store, &zones, &schedule).await?;
        let after = args.after(&coming.zone, now)?;
        let (id, count) = (schedule.id.to_string(), args.count.map_or(1, |count| count as usize));
        let otherwise = match (coming.is_archived, schedule.paused) {
            (true, _) => "the project is archived",
            (false, true) => "paused",
            (false, false) => "never again",
        };
        let coming = coming.lines(&schedule, after, count);
        if coming.is_empty() {
            lines.push((id.clone(), otherwise, None));
        }
        lines.extend(coming.into_iter().map(|line| (id.clone(), otherwise, Some(line))));
    }
    lines.sort_by_key(|(_, _, line)| (line.is_none(), line.as_ref().map(|line| line.fires_at)));
    if args.json {
        let named =
            lines.iter().filter_map(|(id, _, line)| Some(NamedJson { schedule: id, line: line.as_ref()?.json() }));
        print_json(&named.collect::<Vec<_>>())?;
    } else if lines.is_empty() {
        println!(
            "There are no schedules yet: `callbrief apply FILE` brings some, `callbrief next --help` shows how to try a rule."
        );
    } else {
        let rows = lines.iter().map(|(id, otherwise, line)| {
            let none = || [(*otherwise).to_owned(), String::new(), String::new(), String::new()];
            std::iter::once(id.clone()).chain(line.as_ref().map_or_else(none, Line::cells))
        });
        print_table(&["schedule", "fires", "UTC", "reports", ""], rows);
    }
    Ok(Exit::Done)
}

/// What a stored schedule's future depends on.
struct Coming {
    zone: Zone,
    week_start: Weekday,
    calendar: Option<Calendar>,
    last_run: Option<Period>,
    last_fired: Option<Instant>,
    /// Its project is, so no report falls due.
    is_archived: bool,
}

impl Coming {
    async fn of(store: &Store, zones: &Zones, schedule: &Schedule) -> Result<Self, Failure> {
        let zone = zones.get(&schedule.zone).map_err(|error| anyhow::anyhow!("schedule `{}`: {error}", schedule.id))?;
        let project = store.project(&schedule.project).await?;
        let last = store.last_run(&schedule.id).await?;
        let calendar = match &project {
            Some(project) => store.calendar_of(project).await?,
            None => None,
        };
        let archived = store.read().await?.archived_projects().await?;
        Ok(Self {
            is_archived: project.as_ref().is_some_and(|project| archived.contains(&project.key)),
            zone,
            calendar,
            week_start: project.map_or(Weekday::Mon, |project| project.week_start),
            last_run: last.period(),
            last_fired: last.last_fired,
        })
    }

    fn lines(&self, schedule: &Schedule, after: Instant, count: usize) -> Vec<Line> {
        if self.is_archived {
            return Vec::new();
        }
        let (rule, zone) = (schedule.rule(self.calendar.as_ref()), &self.zone);
        let input =
            DueInput::of(schedule, self.calendar.as_ref(), zone, self.week_start, self.last_run, self.last_fired);
        let Some(first) = firing::next_due(&input) else { return Vec::new() };
        let after = after.max(Instant::from_micros(first.fires_at.as_micros() - 1));
        let Some(shown) = firing::next(rule, zone, after) else { return Vec::new() };
        let others_before =
            firing::previous(rule, zone, shown.fires_at).is_some_and(|it| it.fires_at >= first.fires_at);
        let run = self.last_run.filter(|_| !others_before);
        let last_run = LastPeriod { run, owed_from: schedule.settings.owed_from };
        let is_new = |firing: &Firing| firing::plan_period(rule, zone, self.week_start, firing, last_run).is_some();
        let after = if is_new(&shown) { after } else { shown.fires_at };
        firing::coming(rule, zone, self.week_start, after, last_run)
            .take_while(|(firing, _)| schedule.ends.is_none_or(|ends| firing.fires_at < ends))
            .take(count)
            .map(|(firing, plan)| Line::of(zone, self.calendar.as_ref(), &firing, &plan))
            .collect()
    }
}

/// One firing as it is printed.
struct Line {
    fires_at: Instant,
    local: String,
    /// `None`: it is skipped.
    period: Option<[String; 2]>,
    reports: String,
    notes: Vec<String>,
    /// What the day off is called, or its date.
    day_off: Option<String>,
    day: Weekday,
}

#[derive(Serialize)]
struct LineJson<'a> {
    fires_at: Instant,
    local: &'a str,
    period: Option<&'a [String; 2]>,
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct NamedJson<'a> {
    schedule: &'a str,
    #[serde(flatten)]
    line: LineJson<'a>,
}

impl Line {
    fn of(zone: &Zone, calendar: Option<&Calendar>, firing: &Firing, plan: &PeriodPlan) -> Self {
        let period = [zone.rfc3339(plan.period.from()), zone.rfc3339(plan.period.to())];
        let named = |date| calendar.and_then(|calendar| calendar.day_name(date));
        let day_off = firing.notes.iter().any(|note| note == firing::DAY_OFF).then(|| match named(firing.since) {
            Some(name) => format!("{}, {name}", firing.since),
            None => firing.since.to_string(),
        });
        Self {
            fires_at: firing.fires_at,
            local: firing.local.clone(),
            period: (!firing.skipped).then_some(period),
            reports: if firing.skipped { "(skipped)".to_owned() } else { in_words(zone, plan.period) },
            day_off,
            notes: plan.notes.clone(),
            day: Weekday::of(zone.date(firing.fires_at)),
        }
    }

    fn json(&self) -> LineJson<'_> {
        let notes = self.notes.iter().map(String::as_str).filter(|note| *note != "first").collect();
        LineJson { fires_at: self.fires_at, local: &self.local, period: self.period.as_ref(), notes }
    }

    fn cells(&self) -> [String; 4] {
        let skipped = self.period.is_none();
        let notes = self.notes.iter().filter_map(|note| match (note.as_str(), &self.day_off) {
            (firing::DAY_OFF, Some(day)) if skipped => Some(format!("a day off ({day})")),
            (firing::DAY_OFF, Some(day)) => Some(format!("moved from a day off ({day})")),
            (note, _) => explained(note).map(str::to_owned),
        });
        let notes: Vec<String> = notes.collect();
        let shown = format!("{} {}", self.day.name(), self.local.replacen('T', " ", 1));
        [
            shown.replacen(":00+", " +", 1).replacen(":00-", " -", 1),
            self.fires_at.to_string(),
            self.reports.clone(),
            notes.join("; "),
        ]
    }
}

fn explained(note: &str) -> Option<&str> {
    match note {
        "gap" => Some("clocks skip this time: at the end of the gap"),
        "overlap" => Some("clocks show this time twice"),
        "clamped" => Some("a short month: its last day"),
        "cut_at_31_days" => Some("the last 31 days only"),
        "first" | "skipped" => None,
        other => Some(other),
    }
}

/// Whole days by their first and last date, anything else to the minute.
fn in_words(zone: &Zone, period: Period) -> String {
    let (from, to) = (zone.local(period.from()), zone.local(period.to()));
    let whole = zone.start_of_day(from.date()) == period.from() && zone.start_of_day(to.date()) == period.to();
    match to.date().pred_opt().filter(|_| whole) {
        Some(last) if last == from.date() => last.to_string(),
        Some(last) => format!("{} to {last}", from.date()),
        None if zone.offset_seconds(period.from()) != zone.offset_seconds(period.to()) => {
            let offset = |at: Instant| {
                let text = zone.rfc3339(at);
                text.get(19..).unwrap_or_default().to_owned()
            };
            let (from, to) = (from.format("%Y-%m-%d %H:%M"), to.format("%Y-%m-%d %H:%M"));
            format!("{from} {} to {to} {}", offset(period.from()), offset(period.to()))
        }
        None => format!("{} to {}", from.format("%Y-%m-%d %H:%M"), to.format("%Y-%m-%d %H:%M")),
    }
}

fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}

fn print_table<R: IntoIterator<Item = String>>(head: &[&str], rows: impl Iterator<Item = R>) {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(head.iter().map(|cell| cell.to_string()));
    for row in rows {
        table.add_row(row.into_iter().collect::<Vec<_>>());
    }
    super::table::print(table);
}
