//! `[project.brand]`: `name logo accent accent_dark from_name reply_to footer`, `[project.brand.links]`: `pay calls
//! number_setup support`. A logo is read from its file here, so that what is sent later needs no file.

use std::fs;
use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::{Table, Value};
use crate::domain::brand::{Accent, Brand, Links, Logo, LogoKind};
use crate::domain::colour::Colour;
use crate::domain::contact::EmailAddress;
use crate::domain::document::Link;
use crate::domain::hex::hex;
use crate::domain::plain::plain;

/// Characters that a name, and a footer, may have.
const MOST_NAME: usize = 80;
const MOST_FOOTER: usize = 400;

/// Pixels of a logo, in each direction.
const MOST_PIXELS: u32 = 2_000;

pub(super) fn read(table: Table<'_>) -> Brand {
    let text = |key, most| table.get(key).and_then(|value| short(&value, most));
    let brand = Brand {
        name: text("name", MOST_NAME),
        logo: table.get("logo").and_then(|value| logo(&value)),
        accent: accent(&table),
        from_name: text("from_name", MOST_NAME),
        reply_to: table.get("reply_to").and_then(|value| value.parsed(EmailAddress::parse)),
        footer: text("footer", MOST_FOOTER),
        links: table.get("links").and_then(|value| value.table()).map(links).unwrap_or_default(),
    };
    if brand.logo.is_some() && brand.name.is_none() {
        let title = "`logo` needs `name` beside it: it is what is read out, and what is shown where pictures are off";
        table.place.error(title, None);
    }
    table.finish();
    brand
}

fn short(value: &Value<'_>, most: usize) -> Option<String> {
    let line = value.line()?;
    if line.chars().count() > most {
        value.wrong(format!("this has {} characters; at most {most} are shown well", line.chars().count()));
        return None;
    }
    Some(plain(&line).into_owned())
}

fn accent(table: &Table<'_>) -> Option<Accent> {
    let colour = |value: &Value<'_>| {
        value
            .parsed(|text| Colour::parse(text).ok_or_else(|| format!("`{text}` isn't a colour; write it as `#0b6e6e`")))
    };
    let dark = table.get("accent_dark");
    let Some(light) = table.get("accent") else {
        if let Some(dark) = &dark {
            dark.wrong("this needs `accent` beside it, the colour by day");
        }
        return None;
    };
    let by_day = colour(&light)?;
    check(&light, by_day, Accent::readable_by_day(by_day), &Accent::LIGHT_GROUNDS, "a light ground");
    let by_night = match dark {
        None => Accent::readable_by_night(by_day),
        Some(dark) => {
            let by_night = colour(&dark)?;
            check(&dark, by_night, Accent::readable_by_night(by_night), &Accent::DARK_GROUNDS, "a dark one");
            by_night
        }
    };
    Some(Accent { light: by_day, dark: by_night })
}

/// Notes a colour that can't be read, with how far it is and the nearest that can.
fn check(value: &Value<'_>, colour: Colour, passing: Colour, grounds: &[Colour], ground: &str) {
    if passing == colour {
        return;
    }
    let least = grounds.iter().map(|ground| colour.contrast(*ground)).fold(f32::INFINITY, f32::min);
    // Rounded down, so that 4.48 doesn't read as the 4.5 that it misses.
    let shown = (least * 100.0).floor() / 100.0;
    let title = format!(
        "`{}`: {colour} on {ground} has a contrast of {shown:.2} to 1, and words need {} to 1",
        value.place.path,
        Accent::CONTRAST
    );
    value.place.error(title, Some(format!("the nearest colour that can be read is `{passing}`")));
}

fn logo(value: &Value<'_>) -> Option<Logo> {
    let written = value.line()?;
    if let Some(encoded) = written.strip_prefix(INLINE) {
        return picture(value, &decoded(value, encoded)?, "this");
    }
    let path = value.place.beside(&written)?;
    // One byte more than is allowed tells a file that is too large, without reading all of it.
    let mut bytes = Vec::new();
    let file = fs::File::open(&path).and_then(|file| file.take(Logo::MOST_BYTES as u64 + 1).read_to_end(&mut bytes));
    if let Err(error) = file {
        value.wrong(format!("the file {} can't be read: {error}", path.display()));
        return None;
    }
    picture(value, &bytes, &written)
}

/// How a picture begins that stands in the document itself.
const INLINE: &str = "data:";

/// The bytes of `data:image/png;base64,…`.
fn decoded(value: &Value<'_>, encoded: &str) -> Option<Vec<u8>> {
    let bytes = encoded.split_once(";base64,").and_then(|(_, text)| STANDARD.decode(text.trim()).ok());
    if bytes.is_none() {
        value.wrong("a picture in the document itself is written as `data:image/png;base64,…`");
    }
    bytes
}

/// A picture as it was read, one byte more than is allowed at most.
fn picture(value: &Value<'_>, bytes: &[u8], written: &str) -> Option<Logo> {
    if bytes.len() > Logo::MOST_BYTES {
        let most = Logo::MOST_BYTES / 1024;
        value.wrong(format!("the picture is larger than {most} kB, and it goes with every mail; make it smaller"));
        return None;
    }
    let Some((kind, width, height)) = LogoKind::read(bytes) else {
        let help = "save it as PNG, for sharpness at twice the size it is shown (80 pixels high)".to_owned();
        let title = format!("`{}`: {written} is neither PNG nor JPEG, which all mail programs show", value.place.path);
        value.place.error(title, Some(help));
        return None;
    };
    if !(1..=MOST_PIXELS).contains(&width) || !(1..=MOST_PIXELS).contains(&height) {
        value.wrong(format!("the picture is {width} × {height} pixels; at most {MOST_PIXELS} either way are taken"));
        return None;
    }
    let hash = hex(&Sha256::digest(bytes)[..8]);
    Some(Logo { kind, width, height, hash, bytes: bytes.into() })
}

fn links(table: Table<'_>) -> Links {
    let page = |key| table.get(key).and_then(|value| value.parsed(page));
    let links = Links {
        pay: page("pay"),
        calls: page("calls"),
        number_setup: page("number_setup"),
        support: table.get("support").and_then(|value| value.parsed(page_or_address)),
    };
    table.finish();
    links
}

fn page(text: &str) -> Result<Link, String> {
    let wrong = || format!("`{text}` isn't an address of a page, such as `https://acme.example/calls`");
    let url = url::Url::parse(text.trim()).map_err(|_| wrong())?;
    match (url.scheme(), url.host()) {
        ("https", Some(_)) if url.username().is_empty() && url.password().is_none() => Ok(Link::Web(url.to_string())),
        ("https", Some(_)) => Err("an address that goes into every report can't hold a name or password".to_owned()),
        ("http", _) => Err("the page must be reached by `https:`".to_owned()),
        _ => Err(wrong()),
    }
}

fn page_or_address(text: &str) -> Result<Link, String> {
    match EmailAddress::parse(text.trim_start_matches("mailto:")) {
        Ok(address) => Ok(Link::Mail(address.to_string())),
        Err(_) => page(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::problem::{Problems, Source};
    use crate::config::table::Document;

    fn read_text(folder: &std::path::Path, text: &str) -> (Brand, String) {
        let name = folder.join("setup.toml").display().to_string();
        let (source, problems) = (Source::new(name, text), Problems::default());
        let document = Document::parse(&source, &problems);
        let brand = read(document.root(&problems));
        (brand, problems.render(false).replace(&format!("{}/", folder.display()), ""))
    }

    #[test]
    fn a_good_brand_is_read_with_its_logo_from_beside_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x78\0\0\0\x28\x08\x06";
        fs::write(folder.path().join("logo.png"), png).expect("written");
        let text = "name = \"Acme\"\nlogo = \"logo.png\"\naccent = \"#0b6e6e\"\nreply_to = \"a@acme.example\"\n\
                    [links]\ncalls = \"https://acme.example/calls\"\nsupport = \"help@acme.example\"\n";
        let (brand, said) = read_text(folder.path(), text);
        assert_eq!(said, "");
        let logo = brand.logo.expect("a logo");
        assert_eq!((logo.kind, logo.width, logo.height, logo.hash.len()), (LogoKind::Png, 120, 40, 16));
        assert_eq!(brand.links.calls, Some(Link::Web("https://acme.example/calls".into())));
        assert_eq!(brand.links.support, Some(Link::Mail("help@acme.example".into())));
        let dark = brand.accent.expect("an accent").dark;
        assert!(Accent::DARK_GROUNDS.iter().all(|ground| dark.contrast(*ground) >= 4.5), "{dark}");
    }

    #[test]
    fn everything_wrong_with_a_brand_is_shown_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("logo.svg"), "<svg/>").expect("written");
        let text = "nme = \"Acme\"\nlogo = \"logo.svg\"\naccent = \"#ff8800\"\naccent_dark = \"#222222\"\n\
                    reply_to = \"acme\"\n[links]\npay = \"http://acme.example\"\ncalls = \"https://a:b@acme.example\"\n\
                    number_setup = \"javascript:alert(1)\"\nsupport = \"call us\"\n";
        insta::assert_snapshot!(read_text(folder.path(), text).1);
        let large = vec![0_u8; Logo::MOST_BYTES + 1];
        fs::write(folder.path().join("large.png"), large).expect("written");
        insta::assert_snapshot!(read_text(folder.path(), "logo = \"large.png\"\naccent_dark = \"#fff\"\n").1);
        assert!(read_text(folder.path(), "logo = \"none.png\"\n").1.contains("the file none.png can't be read"));
    }
}
