//! `callbrief forecast`.

use chrono::NaiveDate;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use serde_json::{Value, json};

use super::balance::{find, name, shown, topup_words, unknown};
use super::{Context, Exit, Failure};
use crate::domain::currency;
use crate::domain::forecast::{End, Forecast, LEAST_DAYS, Outlook};
use crate::domain::money::Amount;
use crate::funds::{self, BalanceOutlook, Names};

/// Days of the walk that are shown; --json has all.
const DAYS_SHOWN: usize = 14;

/// Show how long a project's balances last, day by day, until when to pay and how much.
///
/// The expected end goes by the mean of the last four same weekdays; the earliest by the busier of them, or by the larger
/// mean of 7 and 28 days plus a quarter, whichever ends first. Both pay the known charges on their dates.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  callbrief forecast acme
  callbrief forecast acme forwarding --json")]
pub(super) struct Args {
    #[arg(value_name = "PROJECT")]
    project: String,
    /// Only this balance.
    #[arg(value_name = "NAME")]
    balance: Option<String>,
    /// As a JSON list.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) async fn run(context: &Context, args: Args) -> Result<Exit, Failure> {
    let app = context.app().await?;
    let (project, _) = find(&app, &args.project).await?;
    let balance = args.balance.as_deref().map(name).transpose()?;
    let outlooks = funds::look(&app, &project, balance.as_ref()).await?;
    if args.json {
        let list: Vec<Value> = outlooks.iter().map(machine).collect();
        println!("{}", serde_json::to_string_pretty(&list)?);
        return Ok(Exit::Done);
    }
    if outlooks.is_empty() {
        match &balance {
            Some(name) => {
                let names = Names::read(&mut app.store.read().await?, &project).await?;
                println!("{}", unknown(&project, name, &names));
            }
            None => println!("Nobody told a balance of `{}`; `callbrief balance set` does.", project.id),
        }
        return Ok(Exit::No);
    }
    let texts: Vec<String> = outlooks.iter().map(|outlook| told(&project.name, outlook)).collect();
    print!("{}", texts.join("\n"));
    Ok(Exit::Done)
}

fn told(project: &str, of: &BalanceOutlook) -> String {
    let balance = &of.balance;
    let money = |sum| currency::shown(sum, &balance.currency);
    let as_of = shown(&of.zone, balance.as_of);
    let mut lines = vec![format!("{project} · {}", balance.name)];
    let old = if of.is_stale { " (older than a day: it may be better or worse by now)" } else { "" };
    lines.push(format!("Balance        {} as of {as_of}{old}", money(balance.amount)));
    if balance.credit_limit.is_positive() {
        lines.push(format!("Credit limit   {}", money(balance.credit_limit)));
    }
    if let Some(topup) = balance.auto_topup {
        let late = of.topup_due.map_or(String::new(), |at| format!("; due since {}", shown(&of.zone, at)));
        lines.push(format!("Tops itself up {} {}{late}", topup_words(topup, &balance.currency), balance.currency));
    }
    if let Some(said) = &of.promised {
        let (at, on) = (shown(&of.zone, said.told_at), day(said.arrives_on));
        lines.push(format!(
            "Payment        arrives on {on}, said {} at {at}; reminders are quiet until the day after",
            said.contact
        ));
    }
    if let Some(last) = of.untold_since {
        lines.push(format!("Usage          isn't told since {}: what follows goes by the days up to then", day(last)));
    }
    match &of.forecast {
        Forecast::Empty => {
            lines.push("Nothing is left.".to_owned());
            if let Some((sum, until)) = of.to_add {
                lines.push(format!(
                    "To add         {} to be covered until {}",
                    money(sum.rounded(of.digits)),
                    day(until)
                ));
            }
        }
        Forecast::TooLittleHistory { days } => lines.push(format!(
            "Spend is known for {days} of the {LEAST_DAYS} days that it takes, so nobody can say how long it lasts."
        )),
        Forecast::NoSpend => lines.push("Nothing was spent in four weeks; there is no end in sight.".to_owned()),
        Forecast::Lasts(outlook) => lasts(of, outlook, &mut lines),
    }
    lines.push(String::new());
    lines.join("\n")
}

fn lasts(of: &BalanceOutlook, outlook: &Outlook, lines: &mut Vec<String>) {
    let money = |sum: Amount| currency::shown(sum.rounded(of.digits), &of.balance.currency);
    let end = |end: End| end.day().map_or_else(|| "more than a year away".to_owned(), day);
    lines.push(format!("Earliest end   {}, if days are like the busier ones", end(outlook.earliest)));
    lines.push(format!("Expected end   {}, at the usual rate", end(outlook.expected)));
    if let Some(last) = of.pay_by {
        let lead = of.rules.payment_lead_days;
        let takes = if lead == 1 { "1 working day".to_owned() } else { format!("{lead} working days") };
        let is_past = if last < of.today { "; that day is past" } else { "" };
        lines.push(format!("Pay by         {} (a transfer takes {takes}){is_past}", day(last)));
    }
    if let Some((sum, until)) = of.to_add {
        lines.push(format!("To add         {} to be covered until {}", money(sum), day(until)));
    }
    let by = if of.rules.usage_from_calls { "; what calls cost on days for which none was told" } else { "" };
    lines.push(format!("Usual spend    {} a day, by {} completed days{by}", money(outlook.usual_day), outlook.days));
    lines.push(String::new());
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["day", "expected", "if busy", "steady", ""]);
    for step in outlook.walk.iter().take(DAYS_SHOWN) {
        let what: Vec<&str> = of.charges.iter().filter(|one| one.on == step.day).map(|one| one.what.as_str()).collect();
        let mut notes = what.join(", ");
        for (is_it, note) in [
            (Some(step.day) == of.pay_by, "last day to pay"),
            (End::On(step.day) == outlook.earliest, "earliest end"),
            (End::On(step.day) == outlook.expected, "expected end"),
        ] {
            if is_it {
                notes.push_str(if notes.is_empty() { "← " } else { " · " });
                notes.push_str(note);
            }
        }
        let sum = |sum: Amount| sum.rounded(of.digits).written(of.digits);
        table.add_row([day(step.day), sum(step.expected), sum(step.busy), sum(step.steady), notes]);
    }
    for column in 1..4 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    lines.push(super::table::fitted(table));
    if outlook.walk.len() > DAYS_SHOWN {
        lines.push(format!("… {} more days; --json shows all", outlook.walk.len() - DAYS_SHOWN));
    }
}

fn day(day: NaiveDate) -> String {
    day.format("%a %Y-%m-%d").to_string()
}

fn machine(of: &BalanceOutlook) -> Value {
    let balance = &of.balance;
    let (state, outlook) = match &of.forecast {
        Forecast::Empty => ("empty", None),
        Forecast::TooLittleHistory { .. } => ("too_little_history", None),
        Forecast::NoSpend => ("no_spend", None),
        Forecast::Lasts(outlook) => ("lasts", Some(outlook)),
    };
    json!({
        "balance": of.balance.name, "currency": of.balance.currency, "amount": of.balance.amount,
        "credit_limit": of.balance.credit_limit, "as_of": of.balance.as_of.to_string(), "is_stale": of.is_stale,
        "usage_untold_since": of.untold_since,
        "zone": of.zone.name(), "state": state, "auto_topup": balance.auto_topup,
        "topup_due": of.topup_due.map(|at| at.to_string()),
        "payment_arrives_on": of.promised.as_ref().map(|said| said.arrives_on),
        "payment_said_by": of.promised.as_ref().map(|said| said.contact.as_str()),
        "expected": outlook.and_then(|outlook| outlook.expected.day()),
        "earliest": outlook.and_then(|outlook| outlook.earliest.day()),
        "days_left": outlook.and_then(|outlook| outlook.days_left(of.today)),
        "pay_by": of.pay_by,
        "to_add": of.to_add.map(|(sum, _)| sum),
        "covers_until": of.to_add.map(|(_, until)| until),
        "usual_day": outlook.map(|outlook| outlook.usual_day),
        "days": outlook.map(|outlook| outlook.walk.as_slice()),
    })
}
