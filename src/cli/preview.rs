//! `callbrief preview`.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::outcome::unwritten;
use super::{Context, Exit, Failure};
use crate::app::App;
use crate::domain::brand::Logo;
use crate::domain::contact::ChannelKind;
use crate::domain::directory::{ListedAgent, folded};
use crate::domain::foot::{HTML_SLOT, TEXT_SLOT};
use crate::domain::ids::ProjectId;
use crate::domain::nearest::nearest;
use crate::domain::notice::{KINDS, NoticeKind};
use crate::domain::number_code::SLOT;
use crate::domain::presets;
use crate::domain::project::Project;
use crate::domain::report_spec::ReportSpec;
use crate::domain::role::{ROLES, Rights, Role, Scope};
use crate::domain::schedule::Format;
use crate::domain::slice::Slice;
use crate::domain::sms;
use crate::i18n;
use crate::notify::channels;
use crate::report::render::{Rendered, content_id, render, sample};
use crate::report::{self, ReportRequest, number_code};
use crate::zones::span::parse_period;
use crate::zones::working::WorkingTime;

const EXAMPLES: &str = "\
Examples:
  Last week, as text:
    callbrief preview summary --project acme
  A week as a page, June as a PDF, seven days for a program:
    callbrief preview summary --project acme --period 2026-W23 --format html --out week.html
    callbrief preview summary --project acme --period 2026-06 --format pdf --out june.pdf
    callbrief preview call-log --project acme --period 2026-06-01..2026-06-08 --format json
  As a viewer sees it; as the agent with the key 201; in German:
    callbrief preview call-log --project acme --period yesterday --as viewer
    callbrief preview summary --project acme --as agent:201
    callbrief preview summary --project acme --language de
  One report over two projects:
    callbrief preview summary --project acme --project beta
  A warning as a room in Slack gets it, in Ukrainian; as a text; as a mail in a browser; no database is needed:
    callbrief preview --notice funds --channel slack --language uk
    callbrief preview --notice balance_negative --channel sms
    callbrief preview --notice digest --format html --out digest.html
  Every section, notice and page, in every language and for every channel, made of sample data:
    callbrief preview --samples looks/

Notices: paid_until, funds, low_balance, balance_negative, status, trial, topup_failed, recovered, digest, owner, test.

Periods: 2026-06-03, 2026-W23, 2026-06, 2026-Q2, 2026, yesterday, last-week, last-month,
last-quarter, last-year, or FROM..TO without the day TO: 2026-06-01..2026-06-08 is seven days.
They are local dates of the project's zone.";

const USAGE: &str = "\
callbrief preview REPORT --project PROJECT [--project PROJECT]... [OPTIONS]
       callbrief preview --notice KIND [--channel CHANNEL] [--language LANGUAGE] [--format html] [--out FILE]
       callbrief preview --samples DIR";

/// Render a report without sending it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, override_usage = USAGE)]
pub struct Args {
    /// A report's id, or a preset: summary, agents, sources, missed, call-log.
    #[arg(value_name = "REPORT", required_unless_present_any = ["samples", "notice"])]
    report: Option<String>,
    /// The project whose calls it reads (`list projects`); several times for a report over several, in the zone of the first.
    #[arg(long, value_name = "PROJECT", required_unless_present_any = ["samples", "notice"])]
    project: Vec<String>,
    /// Show it as this role sees it: owner, manager, finance, ops, support, agent:KEY, viewer.
    #[arg(long = "as", value_name = "ROLE", default_value = "owner")]
    role: String,
    /// The period, in the project's local dates.
    #[arg(long, value_name = "PERIOD", default_value = "last-week")]
    period: String,
    /// html, text, pdf, xlsx, csv or json; pdf and xlsx need --out on a terminal.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
    /// By itself: a notice made of sample data; its kind, or the name of one sample (see below).
    #[arg(long, value_name = "KIND", conflicts_with_all = ["report", "project", "period", "role"])]
    notice: Option<String>,
    /// Of a notice: as which channel gets it: email, sms, slack, teams, webhook.
    #[arg(long, value_name = "CHANNEL", requires = "notice")]
    channel: Option<String>,
    /// The language of its reader; by default the project's.
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Write it into this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// By itself: write every section, notice and page, made of sample data, in every format into this folder.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["report", "project", "notice", "out"])]
    samples: Option<PathBuf>,
}

/// Runs the command.
pub async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    if let Some(folder) = &args.samples {
        let written = sample::write_all(folder).map_err(Failure::failed)?.len() + other_channels(folder)?;
        println!("{written} files in {}", folder.display());
        return Ok(Exit::Done);
    }
    let format = format(&args.format)?;
    if let Some(name) = &args.notice {
        speaks(&args)?;
        return notice(&args, name, format);
    }
    let rights = rights(&args.role)?;
    if let Some(role) = receives_nothing(&args.role) {
        eprintln!("note: nobody is sent a report as `{role}`: this is what the role could see of it");
    }
    if let Format::Pdf | Format::Xlsx = format
        && args.out.is_none()
        && std::io::stdout().is_terminal()
    {
        return Err(Failure::usage(format!("error: {} is not for a terminal: add --out FILE", format.name())));
    }
    speaks(&args)?;
    let app = context.app().await?;
    let requests = requests(&app, &args, rights).await?;
    let logo = requests.first().and_then(|request| request.project.settings.brand.logo.clone());
    let wanted: Vec<_> = requests.iter().map(ReportRequest::slice_request).collect();
    let parts: Vec<_> = requests.into_iter().zip(app.store.load_slices(&wanted).await?).collect();
    is_somebody(&parts)?;
    let rendered = tokio::task::spawn_blocking(move || -> anyhow::Result<Rendered> {
        let document = if parts.len() > 1 { report::over_several(&[parts])? } else { report::documents(&parts)? }.pop();
        render(&document.ok_or_else(|| anyhow::anyhow!("the report gave no document"))?, format)
    })
    .await??;
    if !rendered.unprintable.is_empty() {
        eprintln!("warning: characters that no font of the PDF has show as boxes: {}", rendered.unprintable);
    }
    write(args.out.as_deref(), &with_logo(without_slots(rendered.bytes, format), format, logo.as_ref()))
}

fn speaks(args: &Args) -> Result<(), Failure> {
    if let Some(tag) = args.language.as_deref()
        && !i18n::is_spoken(tag)
    {
        let spoken = i18n::spoken().join(", ");
        return Err(Failure::usage(format!("error: --language: `{tag}` isn't spoken here: {spoken}")));
    }
    Ok(())
}

/// A sample of a notice, as one channel gets it.
fn notice(args: &Args, name: &str, format: Format) -> Result<Exit, Failure> {
    let language = args.language.as_deref().unwrap_or("en");
    if name == NoticeKind::Report.name() {
        return Err(Failure::usage(
            "error: --notice: reports are shown by `callbrief preview REPORT --project PROJECT`",
        ));
    }
    let all = sample::told(language);
    let Some(told) = all.iter().find(|one| one.name == name || one.kind.name() == name) else {
        let kinds = KINDS.iter().filter(|line| line.kind != NoticeKind::Report).map(|line| line.name);
        let known: Vec<String> = kinds.chain(all.iter().map(|one| one.name)).map(ToOwned::to_owned).collect();
        let meant = nearest(name, known.iter().map(String::as_str));
        let meant = meant.map(|nearest| format!("did you mean `{nearest}`? ")).unwrap_or_default();
        return Err(Failure::usage(format!(
            "error: --notice: there is no `{name}`: {meant}There are {}",
            known.join(", ")
        )));
    };
    let others: Vec<&str> =
        all.iter().filter(|one| one.kind == told.kind && one.name != told.name).map(|one| one.name).collect();
    if !others.is_empty() && name != told.name {
        eprintln!("note: this is {}; more of this kind: {}", told.name, others.join(", "));
    }
    let channel = args.channel.as_deref().unwrap_or("email");
    let Some(kind) = ChannelKind::parse(channel) else {
        let words = ChannelKind::ALL.map(ChannelKind::name).join(", ");
        return Err(Failure::usage(format!("error: --channel: `{channel}` is not a channel: there are {words}")));
    };
    let only = |formats: &str| {
        let name = format.name();
        Failure::usage(format!("error: --format: {} has no {name} of a notice: {formats}", kind.name()))
    };
    let (why, reference) = sample::small_print(language);
    let bytes = match (channels::preview::of(kind, &told.brief, &why, &reference), format) {
        (None, Format::Html | Format::Text) => sample::mail(told, format).map_err(Failure::failed)?,
        (None, _) => return Err(only("html or text")),
        (Some(shown), Format::Text | Format::Json) => shown.bytes,
        (Some(shown), Format::Html) => match shown.page {
            Some(page) => page.into_bytes(),
            None => return Err(only("leave --format out")),
        },
        (Some(_), _) => return Err(only("leave --format out, or html for a chat")),
    };
    let bytes = if bytes.ends_with(b"\n") { bytes } else { [bytes, b"\n".to_vec()].concat() };
    write(args.out.as_deref(), &bytes)
}

/// Every notice as the other channels get it, in every language; how many files that makes.
fn other_channels(folder: &Path) -> Result<usize, Failure> {
    let mut written = 0;
    for language in i18n::spoken() {
        let tag = if language == "en" { String::new() } else { format!(".{language}") };
        let (why, reference) = sample::small_print(language);
        for told in sample::told(language) {
            for kind in ChannelKind::ALL {
                let Some(shown) = channels::preview::of(kind, &told.brief, &why, &reference) else { continue };
                let file = folder.join(format!("{}{tag}.{}.{}", told.name, kind.name(), shown.ending));
                std::fs::write(file, shown.bytes).map_err(Failure::failed)?;
                written += 1;
            }
        }
        // No mail says it, so it isn't among those.
        let code = number_code::text(language, "Acme Windows").sms.replace(SLOT, "274913");
        let code = sms::fitted(&code, &format!("Ref {}", channels::preview::REFERENCE), 1);
        std::fs::write(folder.join(format!("number-code{tag}.sms.txt")), code).map_err(Failure::failed)?;
        written += 1;
    }
    Ok(written)
}

/// A logo travels inside a mail; a page in a browser has it in itself.
fn with_logo(bytes: Vec<u8>, format: Format, logo: Option<&Logo>) -> Vec<u8> {
    let Some(logo) = logo.filter(|_| format == Format::Html) else { return bytes };
    let inside = format!("cid:{}", content_id(&logo.file_name()));
    let data = format!("data:{};base64,{}", logo.kind.media_type(), STANDARD.encode(&logo.bytes));
    String::from_utf8(bytes).map_or_else(|error| error.into_bytes(), |html| html.replace(&inside, &data).into_bytes())
}

/// One request a project, all of the first one's period and zone.
async fn requests(app: &App, args: &Args, rights: Rights) -> Result<Vec<ReportRequest>, Failure> {
    let mut requests: Vec<ReportRequest> = Vec::new();
    for name in &args.project {
        let own = request(app, args, name, rights.clone()).await?;
        requests.push(match requests.first() {
            None => own,
            Some(first) => ReportRequest {
                project: own.project,
                directory: own.directory,
                calendar: own.calendar,
                ..first.clone()
            },
        });
    }
    Ok(requests)
}

async fn request(app: &App, args: &Args, name: &str, rights: Rights) -> Result<ReportRequest, Failure> {
    let project = project(app, name).await?;
    let spec = spec(app, args.report.as_deref().unwrap_or_default()).await?;
    let zone = app.zones.get(&project.zone)?;
    let now = app.clock.now();
    let plan = parse_period(&args.period, &zone, project.week_start, now)
        .map_err(|error| Failure::usage(format!("error: --period: {error}")))?;
    if plan.period.from() >= now {
        return Err(Failure::usage(format!("error: --period: `{}` hasn't begun yet", args.period)));
    }
    let directory = app.store.read().await?.directory(project.key, |day| zone.start_of_day(day)).await?;
    let calendar = app.store.calendar_of(&project).await?;
    let calendar = calendar.map(|calendar| WorkingTime::of(calendar, &project.zone, &app.zones)).transpose()?;
    Ok(ReportRequest {
        language: args.language.clone().unwrap_or_else(|| project.locale.clone()),
        project,
        spec,
        zone,
        calendar: calendar.map(Arc::new),
        period: plan.period,
        compared_with: plan.compared_with,
        rights,
        made_at: now,
        due_at: None,
        is_sample: false,
        notes: plan.notes,
        history: Default::default(),
        directory,
    })
}

async fn project(app: &App, name: &str) -> Result<Project, Failure> {
    if let Ok(id) = ProjectId::parse(name)
        && let Some(project) = app.store.project(&id).await?
    {
        return Ok(project);
    }
    let known: Vec<String> = app.store.projects().await?.into_iter().map(|project| project.id.to_string()).collect();
    Err(unknown("project", name, &known, "`callbrief apply FILE` makes projects"))
}

async fn spec(app: &App, name: &str) -> Result<ReportSpec, Failure> {
    if let Some(spec) = app.store.report_spec(name).await? {
        return Ok(spec);
    }
    let mut known: Vec<String> = app.store.report_specs().await?.into_iter().map(|spec| spec.id).collect();
    known.extend(presets::names().into_iter().map(str::to_owned));
    Err(unknown("report", name, &known, "`callbrief apply FILE` makes reports"))
}

/// Names what there is, and what was probably meant.
fn unknown(what: &str, name: &str, known: &[String], else_do: &str) -> Failure {
    let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    let meant = nearest(name, known.iter().copied()).map(|nearest| format!("did you mean `{nearest}`? "));
    let there = if meant.is_some() { "There are" } else { "there are" };
    let all = || known.iter().copied().collect::<Vec<_>>().join(", ");
    let hint = meant.unwrap_or_default()
        + &match known.len() {
            0 => format!("there is none yet; {else_do}"),
            1..=8 => format!("{there} {}", all()),
            count => format!("`callbrief list {what}s` shows all {count}"),
        };
    Failure::usage(format!("error: there is no {what} `{name}`: {hint}"))
}

fn format(text: &str) -> Result<Format, Failure> {
    let names = || Format::ALL.map(Format::name).join(", ");
    Format::parse(text)
        .ok_or_else(|| Failure::usage(format!("error: --format: `{text}` is not a format: there are {}", names())))
}

/// `manager`, or `agent:201` for the agent whose key is 201; an agent without a key sees nothing.
fn rights(text: &str) -> Result<Rights, Failure> {
    let (name, key) = text.split_once(':').map_or((text, None), |(name, key)| (name, Some(key)));
    let names: Vec<&str> = ROLES.iter().map(|line| line.name).collect();
    let wrong =
        || Failure::usage(format!("error: --as: `{text}` is not a role: {} (an agent as agent:KEY)", names.join(", ")));
    let role = Role::parse(name).ok_or_else(wrong)?;
    let rights = Rights::of(&[role], key);
    if key.is_some() && !matches!(rights.scope, Scope::Agent(_)) { Err(wrong()) } else { Ok(rights) }
}

/// The role, where schedules send it no reports.
fn receives_nothing(text: &str) -> Option<&'static str> {
    let role = Role::parse(text.split(':').next().unwrap_or_default())?.rights();
    (!role.receives_reports).then_some(role.name)
}

/// Whether the agent whose report was asked for is anybody: one of the list of people, or one of the period's calls.
fn is_somebody(parts: &[(ReportRequest, Arc<Slice>)]) -> Result<(), Failure> {
    let Some(Scope::Agent(key)) = parts.first().map(|(request, _)| &request.rights.scope) else { return Ok(()) };
    let listed: Vec<&ListedAgent> =
        parts.iter().flat_map(|(request, _)| request.directory.agents()).map(AsRef::as_ref).collect();
    let unlisted = parts.iter().flat_map(|(_, slice)| slice.agents.values()).filter(|row| row.listed.is_none());
    somebody(key, &listed, &unlisted.map(|row| row.key.as_str()).collect::<Vec<_>>())
}

fn somebody(key: &str, listed: &[&ListedAgent], unlisted: &[&str]) -> Result<(), Failure> {
    let is_known = listed.iter().any(|agent| agent.id == key || agent.is_called(key))
        || unlisted.iter().any(|known| folded(known) == folded(key));
    if is_known {
        return Ok(());
    }
    let listed = listed.iter().flat_map(|agent| [agent.id.clone(), agent.name.clone()]);
    let known: Vec<String> = listed.chain(unlisted.iter().map(|known| (*known).to_owned())).collect();
    Err(unknown("agent", key, &known, "no call of the period names one, and no `[[agent]]` is listed"))
}

/// A preview has no recipient, so the lines that differ by recipient are left out.
fn without_slots(bytes: Vec<u8>, format: Format) -> Vec<u8> {
    match (format, String::from_utf8(bytes)) {
        (Format::Html, Ok(text)) => text.replace(HTML_SLOT, "").into_bytes(),
        (Format::Text, Ok(text)) => format!("{}\n", text.replace(TEXT_SLOT, "").trim_end()).into_bytes(),
        (_, Ok(text)) => text.into_bytes(),
        (_, Err(error)) => error.into_bytes(),
    }
}

fn write(out: Option<&Path>, bytes: &[u8]) -> Result<Exit, Failure> {
    match out {
        Some(path) => {
            let complaint = |error| Failure::usage(format!("error: --out {}: {error}", path.display()));
            std::fs::write(path, bytes).map_err(complaint)?;
            eprintln!("{} bytes in {}", bytes.len(), path.display());
        }
        None => {
            let mut stdout = std::io::stdout().lock();
            stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(unwritten)?;
        }
    }
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_with_an_agent_s_key() {
        assert_eq!(rights("agent:201").expect("a role").scope, Scope::Agent("201".into()));
        assert_eq!(rights("agent").expect("a role").scope, Scope::Nothing);
        assert!(matches!(rights("boss"), Err(Failure::Usage(text)) if text.contains("manager")));
        assert!(rights("viewer:201").is_err());
        assert_eq!(receives_nothing("ops"), Some("ops"));
        for role in ROLES.iter().filter(|role| role.receives_reports) {
            assert_eq!(receives_nothing(role.name), None);
        }
    }

    #[test]
    fn an_agent_whom_nobody_knows_is_told_of_with_the_nearest_name() {
        let Err(Failure::Usage(text)) = somebody("nobody", &[], &["201", "nobodi"]) else { panic!("nobody is nobody") };
        assert!(text.contains("there is no agent `nobody`: did you mean `nobodi`?"), "{text}");
        assert!(somebody(" 201", &[], &["201"]).is_ok());
        assert!(somebody("201", &[], &[]).is_err());
    }

    #[test]
    fn help_and_error_name_every_format() {
        let help = <Args as clap::Args>::augment_args(clap::Command::new("preview")).render_help().to_string();
        let Err(Failure::Usage(complaint)) = format("docx") else { panic!("docx is none") };
        let (_, named) = help.split_once("--format <FORMAT>").expect("the option");
        let (named, _) = named.split_once("--out").expect("the next option");
        for one in Format::ALL {
            assert_eq!(format(one.name()).expect("a format"), one);
            assert!(named.contains(one.name()), "{help}");
            assert!(complaint.contains(one.name()), "{complaint}");
        }
    }

    #[test]
    fn an_unknown_name_comes_with_the_nearest_known_one() {
        let known = ["acme-doors", "acme-windows", "zeta"].map(str::to_owned);
        let Failure::Usage(text) = unknown("project", "acme-window", &known, "") else { panic!("usage") };
        assert!(text.contains("did you mean `acme-windows`?"), "{text}");
    }
}
