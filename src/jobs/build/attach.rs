//! What is attached to a mail that is at most ten megabytes, as mail servers take it: larger files are zipped, the largest
//! first, and what still doesn't fit is left out, which the mail's foot says and the owner is told.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use crate::domain::schedule::Format;

/// Bytes of a whole mail as it is sent.
pub(super) const MOST_MAIL_BYTES: usize = 10_000_000;

/// A file beside the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    pub format: Format,
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
    pub is_zipped: bool,
}

/// What goes with the mail and what doesn't.
#[derive(Debug, Default)]
pub(super) struct Fitted {
    pub files: Vec<File>,
    pub left_out: Vec<Format>,
}

/// A file, and its archive once one was needed.
struct Candidate {
    plain: File,
    archive: Option<File>,
}

/// Makes the files fit beside `own` bytes of the mail itself. No more are zipped than must be: what is left out needs no room,
/// so that those which stay may be as they were.
///
/// # Errors
/// When a file can't be zipped, which is a defect of this program.
pub(super) fn fit(files: Vec<File>, own: usize, most: usize) -> anyhow::Result<Fitted> {
    let room = most.saturating_sub(encoded(own));
    let mut candidates: Vec<Candidate> = files.into_iter().map(|plain| Candidate { plain, archive: None }).collect();
    let mut left_out = Vec::new();
    loop {
        if let Some(files) = zipped_until_they_fit(&mut candidates, room)? {
            left_out.sort_unstable();
            return Ok(Fitted { files, left_out });
        }
        let size = |candidate: &Candidate| candidate.archive.as_ref().unwrap_or(&candidate.plain).bytes.len();
        if let Some(at) = (0..candidates.len()).max_by_key(|at| size(&candidates[*at])) {
            left_out.push(candidates.remove(at).plain.format);
        }
    }
}

/// The files, of which the largest are zipped, as few as possible; `None` when they don't fit even if all are.
fn zipped_until_they_fit(candidates: &mut [Candidate], room: usize) -> anyhow::Result<Option<Vec<File>>> {
    let mut largest_first: Vec<usize> = (0..candidates.len()).collect();
    largest_first.sort_by_key(|at| std::cmp::Reverse(candidates[*at].plain.bytes.len()));
    let mut files: Vec<File> = candidates.iter().map(|candidate| candidate.plain.clone()).collect();
    let mut to_zip = largest_first.into_iter();
    while files.iter().map(|file| encoded(file.bytes.len())).sum::<usize>() > room {
        let Some(at) = to_zip.next() else { return Ok(None) };
        let archive = match candidates[at].archive.take() {
            Some(archive) => archive,
            None => zipped(&candidates[at].plain)?,
        };
        files[at] = candidates[at].archive.insert(archive).clone();
    }
    Ok(Some(files))
}

/// Bytes in a mail: base64 in lines of 76 with their ends.
fn encoded(bytes: usize) -> usize {
    bytes.div_ceil(57) * 78
}

/// The file in an archive of its own, unless that is no smaller. Its time is fixed, so the same file gives the same bytes.
fn zipped(file: &File) -> anyhow::Result<File> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    archive.start_file(file.name.as_str(), options)?;
    archive.write_all(&file.bytes)?;
    let bytes = archive.finish()?.into_inner();
    if bytes.len() >= file.bytes.len() {
        return Ok(file.clone());
    }
    Ok(File {
        name: format!("{}.zip", file.name),
        media_type: "application/zip".to_owned(),
        bytes,
        is_zipped: true,
        format: file.format,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn file(format: Format, bytes: Vec<u8>) -> File {
        File {
            format,
            name: format!("calls.{}", format.name()),
            media_type: "text/plain".into(),
            bytes,
            is_zipped: false,
        }
    }

    /// Bytes that no archive makes smaller.
    fn noise(length: usize) -> Vec<u8> {
        let mut state = 88_172_645_463_325_252_u64;
        std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        })
        .take(length)
        .collect()
    }

    #[test]
    fn what_fits_stays_as_it_is() {
        let files = vec![file(Format::Pdf, noise(40_000)), file(Format::Csv, b"a,b\r\n".repeat(100))];
        let fitted = fit(files.clone(), 30_000, MOST_MAIL_BYTES).expect("fits");
        assert_eq!((fitted.files, fitted.left_out), (files, Vec::new()));
    }

    #[test]
    fn a_large_file_is_zipped_and_opens_again() {
        let rows = b"call,started_at,status\r\n".repeat(1_000_000);
        let fitted =
            fit(vec![file(Format::Pdf, noise(40_000)), file(Format::Csv, rows.clone())], 30_000, MOST_MAIL_BYTES)
                .expect("fits");
        assert!(fitted.left_out.is_empty());
        assert_eq!(fitted.files[0].name, "calls.pdf");
        assert_eq!(
            (fitted.files[1].name.as_str(), fitted.files[1].media_type.as_str()),
            ("calls.csv.zip", "application/zip")
        );
        let mut archive = zip::ZipArchive::new(Cursor::new(&fitted.files[1].bytes)).expect("an archive");
        let mut found = Vec::new();
        archive.by_name("calls.csv").expect("its file").read_to_end(&mut found).expect("readable");
        assert!(found == rows, "the archive holds something else");
    }

    #[test]
    fn what_is_too_large_even_zipped_is_left_out_and_the_rest_stays() {
        let files = vec![file(Format::Pdf, noise(4_000)), file(Format::Xlsx, noise(90_000))];
        let fitted = fit(files, 3_000, 100_000).expect("fits");
        assert_eq!(fitted.left_out, [Format::Xlsx]);
        assert_eq!(fitted.files, [file(Format::Pdf, noise(4_000))], "and isn't zipped for nothing");
    }

    #[test]
    fn whatever_the_files_the_mail_is_small_enough() {
        for (a, b, c) in [(0, 0, 0), (10, 20_000, 5), (7_000, 8_000, 9_000), (30_000, 1, 30_000)] {
            let files = vec![file(Format::Pdf, noise(a)), file(Format::Csv, noise(b)), file(Format::Json, noise(c))];
            let fitted = fit(files, 1_000, 20_000).expect("fits");
            let total: usize = fitted.files.iter().map(|file| encoded(file.bytes.len())).sum();
            assert!(total + encoded(1_000) <= 20_000);
            assert_eq!(fitted.files.len() + fitted.left_out.len(), 3);
        }
    }
}
