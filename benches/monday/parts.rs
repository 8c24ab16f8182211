//! What a report's parts take when nothing else goes on: reading its calls, counting them, HTML with text, the PDF, packing, and a
//! conversation with a mail server about a letter of that length. No row is written, nothing is claimed or fenced, nobody is asked
//! whether the letter may go. What the parts alone would reach is what the whole pipeline is measured by.

use std::fmt::Write as _;
use std::net::SocketAddr;

use callbrief::app::App;
use callbrief::domain::ids::ProjectId;
use callbrief::domain::instant::Instant;
use callbrief::domain::period::Period;
use callbrief::domain::report_spec::preset;
use callbrief::domain::role::{Rights, Role};
use callbrief::domain::schedule::Format;
use callbrief::report::render::render;
use callbrief::report::{self, ReportRequest};
use callbrief::store::packed::pack;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::cpu_ms;

/// Reports that are read and counted together, as the pipeline does.
const TOGETHER: usize = 64;
/// Conversations at a time.
const CONNECTIONS: usize = 8;

/// Milliseconds of a processor a report, part by part.
pub struct Parts(Vec<(&'static str, f64)>);

impl Parts {
    /// Reports a second of a machine with so many processors.
    pub fn reach(&self, processors: usize) -> f64 {
        processors as f64 * 1_000.0 / self.0.iter().map(|(_, ms)| ms).sum::<f64>()
    }

    /// Each by its name.
    pub fn said(&self) -> String {
        self.0.iter().fold(String::new(), |mut said, (name, ms)| {
            let _ = write!(said, " {name} {ms:.2}");
            said
        })
    }
}

/// Takes every part by itself, for these projects' last week before `end`.
pub async fn measure(
    app: &App,
    projects: Vec<ProjectId>,
    end: Instant,
    now: Instant,
    is_pdf: bool,
    sink: SocketAddr,
) -> anyhow::Result<Parts> {
    let count = projects.len() as f64;
    let mut spent = [("read", 0.0), ("count", 0.0), ("HTML", 0.0), ("PDF", 0.0), ("pack", 0.0), ("send", 0.0)];
    let mut letters = Vec::with_capacity(projects.len());
    for some in projects.chunks(TOGETHER) {
        let mut requests = Vec::with_capacity(some.len());
        for id in some {
            requests.push(request(app, id, end, now).await?);
        }
        let wanted: Vec<_> = requests.iter().map(ReportRequest::slice_request).collect();
        let mut last = cpu_ms()?;
        let mut ended = |part: usize| -> anyhow::Result<()> {
            let now = cpu_ms()?;
            spent[part].1 += (now - last) / count;
            last = now;
            Ok(())
        };
        let slices = app.store.load_slices(&wanted).await?;
        ended(0)?;
        let pairs: Vec<_> = requests.into_iter().zip(slices).collect();
        let documents = tokio::task::spawn_blocking(move || report::documents(&pairs)).await??;
        ended(1)?;
        let mut forms: Vec<Vec<Vec<u8>>> = Vec::with_capacity(documents.len());
        for document in &documents {
            forms.push(vec![render(document, Format::Html)?.bytes, render(document, Format::Text)?.bytes]);
        }
        ended(2)?;
        for (document, forms) in documents.iter().zip(&mut forms).filter(|_| is_pdf) {
            forms.push(render(document, Format::Pdf)?.bytes);
        }
        ended(3)?;
        for form in forms.iter().flatten() {
            std::hint::black_box(pack(form)?);
        }
        ended(4)?;
        letters.extend(forms.into_iter().map(letter));
    }
    let last = cpu_ms()?;
    send(letters, sink).await?;
    spent[5].1 = (cpu_ms()? - last) / count;
    Ok(Parts(spent.into_iter().filter(|(_, ms)| *ms > 0.0).collect()))
}

async fn request(app: &App, id: &ProjectId, end: Instant, now: Instant) -> anyhow::Result<ReportRequest> {
    let project = app.store.project(id).await?.ok_or_else(|| anyhow::anyhow!("there is no {id}"))?;
    let week = |end: Instant| Period::new(end.plus_seconds(-super::WEEK_SEC), end);
    let zone = app.zones.get(&project.zone)?;
    let directory = app.store.read().await?.directory(project.key, |day| zone.start_of_day(day)).await?;
    Ok(ReportRequest {
        spec: preset("summary").ok_or_else(|| anyhow::anyhow!("no summary"))?,
        zone,
        calendar: None,
        period: week(end).ok_or_else(|| anyhow::anyhow!("no week"))?,
        compared_with: week(end.plus_seconds(-super::WEEK_SEC)),
        rights: Rights::of(&[Role::Manager], None),
        language: project.locale.clone(),
        project,
        made_at: now,
        due_at: None,
        is_sample: false,
        notes: Vec::new(),
        directory,
        history: Default::default(),
    })
}

/// As long as the mail would be; what is attached is a third longer in letters.
fn letter(forms: Vec<Vec<u8>>) -> Vec<u8> {
    let length: usize =
        forms.iter().enumerate().map(|(at, form)| if at < 2 { form.len() } else { form.len() * 4 / 3 }).sum();
    let line = [b"0123456789abcdef".repeat(4), b"\r\n".to_vec()].concat();
    [b"Subject: a letter\r\n\r\n".to_vec(), line.repeat(length / line.len() + 1), b".\r\n".to_vec()].concat()
}

async fn send(letters: Vec<Vec<u8>>, sink: SocketAddr) -> anyhow::Result<()> {
    let shares = letters
        .chunks(letters.len().div_ceil(CONNECTIONS))
        .map(<[_]>::to_vec)
        .map(|share| tokio::spawn(carry(share, sink)));
    for share in shares.collect::<Vec<_>>() {
        share.await??;
    }
    Ok(())
}

async fn carry(letters: Vec<Vec<u8>>, sink: SocketAddr) -> anyhow::Result<()> {
    let stream = TcpStream::connect(sink).await?;
    stream.set_nodelay(true)?;
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read);
    let mut line = String::new();
    lines.read_line(&mut line).await?;
    for letter in letters {
        let verbs: [&[u8]; 4] =
            [b"MAIL FROM:<a@example.com>\r\n", b"RCPT TO:<b@example.com>\r\n", b"DATA\r\n", &letter];
        for said in verbs {
            write.write_all(said).await?;
            line.clear();
            lines.read_line(&mut line).await?;
            anyhow::ensure!(line.starts_with(['2', '3']), "the mail server says {line}");
        }
    }
    write.write_all(b"QUIT\r\n").await?;
    Ok(())
}
