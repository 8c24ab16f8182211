//! What a summary takes: each sample report drawn again and again in each format; bytes and milliseconds a document. The
//! bound to hold is a summary's print under 100 kB and 5 ms, built for release; compare ratios on one machine.
//!
//! `cargo bench --bench print` (or, without a release build, `cargo bench --bench print --profile dev`)

use std::time::Instant;

use callbrief::report::render::{RENDERERS, render, sample};

const TIMES: u32 = 40;

fn main() -> anyhow::Result<()> {
    let chosen = ["weekly", "weekly-branded", "monthly-long"];
    println!("{:<16} {:<5} {:>9} {:>9} {:>6}", "document", "", "bytes", "ms", "pages");
    for (name, document) in sample::all().into_iter().filter(|(name, _)| chosen.contains(name)) {
        for renderer in RENDERERS {
            let first = render(&document, renderer.format)?;
            let stopwatch = Instant::now();
            for _ in 0..TIMES {
                std::hint::black_box(render(&document, renderer.format)?);
            }
            let each = stopwatch.elapsed().as_secs_f64() * 1000.0 / f64::from(TIMES);
            let pages = first.pages.map_or_else(String::new, |pages| pages.to_string());
            println!("{name:<16} {:<5} {:>9} {each:>9.2} {pages:>6}", renderer.ending, first.bytes.len());
        }
    }
    Ok(())
}
