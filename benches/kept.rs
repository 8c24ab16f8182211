//! Keeps what a bench measured in `benches/README.md`, where `KEEP=1` asks for it: one line for each question, with its newest
//! answer, so that figures never say more than a command did.

use std::path::Path;

const BEGIN: &str = "<!-- figures: written by the benches with KEEP=1 -->";
const END: &str = "<!-- figures: end -->";

/// Writes the answer to a question down, in place of the one before. `answer`: figures with their units.
pub fn keep(command: &str, question: &str, answer: &str) -> anyhow::Result<()> {
    if std::env::var_os("KEEP").is_none() {
        return Ok(());
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/README.md");
    let text = std::fs::read_to_string(&path)?;
    let marks = text.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?)));
    let Some((before, (lines, after))) = marks else {
        anyhow::bail!("{} has no marks between which figures stand: {BEGIN} and {END}", path.display());
    };
    let asked = format!("| `{command}` | {question} |");
    #[expect(clippy::disallowed_methods, reason = "a figure is of the machine's own day")]
    let day = chrono::Utc::now().format("%Y-%m-%d");
    let cores = std::thread::available_parallelism()?;
    let line = format!("{asked} {answer} | {day}, {cores} cores |");
    let others = lines.lines().filter(|line| line.starts_with("| `") && !line.starts_with(&asked));
    let mut kept: Vec<&str> = others.chain([line.as_str()]).collect();
    kept.sort_unstable();
    let head = "| command | what | figures | when, where |\n|---|---|---|---|";
    std::fs::write(&path, format!("{before}{BEGIN}\n{head}\n{}\n{END}{after}", kept.join("\n")))?;
    Ok(())
}

/// The most memory that the process had so far, in MB, by Linux.
#[allow(dead_code, reason = "each bench has this file, and some ask for other things")]
pub fn peak_mb() -> anyhow::Result<u64> {
    memory_mb("VmHWM:")
}

/// Has [`peak_mb`] begin anew, from what the process holds now.
#[allow(dead_code, reason = "as above")]
pub fn forget_peak() -> anyhow::Result<()> {
    Ok(std::fs::write("/proc/self/clear_refs", "5")?)
}

/// The memory that the process has, in MB, by Linux.
#[allow(dead_code, reason = "as above")]
pub fn resident_mb() -> anyhow::Result<u64> {
    memory_mb("VmRSS:")
}

#[allow(dead_code, reason = "as above")]
fn memory_mb(what: &str) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    let kb: u64 = line.and_then(|line| line.split_whitespace().next()).unwrap_or("0").parse()?;
    Ok(kb / 1_000)
}

/// What all of the machine's processors were busy with so far, whoever asked for it, in milliseconds, by Linux's clock of 10.
#[allow(dead_code, reason = "as above")]
pub fn machine_ms() -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string("/proc/stat")?;
    let ticks: Vec<f64> =
        stat.lines().next().unwrap_or("").split_whitespace().skip(1).filter_map(|n| n.parse().ok()).collect();
    // User, nice, system; then idle and waiting for disks; then interrupts and what a host took away.
    Ok([0, 1, 2, 5, 6].iter().filter_map(|at| ticks.get(*at)).sum::<f64>() * 10.0)
}
