//! How a project's mails, prints and pages look and who they are from. Everything may be absent; then the reports are
//! plain, and nothing in them names the program that made them.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::colour::Colour;
use super::contact::EmailAddress;
use super::document::Link;

/// A project's brand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Brand {
    /// Whose reports these are: shown where there is no logo, and as the maker of a printed file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<Accent>,
    /// The name beside the sender's address; without it that of the settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_name: Option<String>,
    /// Where an answer goes; without it where the settings say, else to the owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<EmailAddress>,
    /// A line at the end of everything: a company's full name and address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<String>,
    #[serde(skip_serializing_if = "Links::is_empty")]
    pub links: Links,
}

/// Pages of the owner's own that a report can lead to. One that isn't there is never mentioned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Links {
    /// Where funds are added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pay: Option<Link>,
    /// Where all calls can be looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calls: Option<Link>,
    /// Where forwarding and numbers are set up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_setup: Option<Link>,
    /// Who helps: a page or a mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<Link>,
}

impl Links {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The colour of links, buttons and bars, by day and by night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accent {
    /// Stands out from white by [`Accent::CONTRAST`].
    pub light: Colour,
    /// Stands out from the dark sheet by as much.
    pub dark: Colour,
}

impl Accent {
    /// What WCAG 2.2 (level AA) asks of text.
    pub const CONTRAST: f32 = 4.5;
    /// Grounds that text in the accent stands on: the sheet, a card, a callout.
    pub const LIGHT_GROUNDS: [Colour; 3] = [Colour::of("#ffffff"), Colour::of("#f2f6f6"), Colour::of("#fdf3ec")];
    pub const DARK_GROUNDS: [Colour; 3] = [Colour::of("#182127"), Colour::of("#1f2b31"), Colour::of("#2d2622")];
    const BLACK: Colour = Colour::of("#000000");
    const WHITE: Colour = Colour::of("#ffffff");

    /// The nearest colour that can be read by day.
    pub fn readable_by_day(colour: Colour) -> Colour {
        colour.standing_out(&Self::LIGHT_GROUNDS, Self::CONTRAST, Self::BLACK)
    }

    /// The nearest colour that can be read by night.
    pub fn readable_by_night(colour: Colour) -> Colour {
        colour.standing_out(&Self::DARK_GROUNDS, Self::CONTRAST, Self::WHITE)
    }
}

/// A picture of some kilobytes that goes with every mail. Never fetched from anywhere by a reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    pub kind: LogoKind,
    /// Pixels.
    pub width: u32,
    pub height: u32,
    /// The first sixteen hex digits of the picture's SHA-256: what it is called in a mail.
    pub hash: String,
    #[serde(serialize_with = "as_base64", deserialize_with = "from_base64")]
    pub bytes: Arc<[u8]>,
}

impl Logo {
    /// Bytes that a logo may have: it goes with every mail.
    pub const MOST_BYTES: usize = 50 * 1024;

    /// Width and height at which it is shown: at most 40 pixels high and 240 wide, and never larger than it is at twice
    /// the density, so that it is sharp on a phone.
    pub fn shown(&self) -> (u32, u32) {
        let (width, height) = (f64::from(self.width.max(1)), f64::from(self.height.max(1)));
        let scale = (40.0 / height).min(240.0 / width).min(1.0);
        ((width * scale).round().max(1.0) as u32, (height * scale).round().max(1.0) as u32)
    }

    /// `logo-1f3a….png`
    pub fn file_name(&self) -> String {
        format!("logo-{}.{}", self.hash, self.kind.ending())
    }
}

/// Picture formats that every mail program shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogoKind {
    Png,
    Jpeg,
}

impl LogoKind {
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }

    /// The kind and the size in pixels, as the picture's own head says. PNG: RFC 2083 §3.1 and §4.1.1; JPEG: ITU T.81 §B.2.2.
    pub fn read(bytes: &[u8]) -> Option<(Self, u32, u32)> {
        png(bytes).map(|(width, height)| (Self::Png, width, height)).or_else(|| {
            let (width, height) = jpeg(bytes)?;
            Some((Self::Jpeg, width, height))
        })
    }
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| Some(u32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?));
    (rest.get(4..8)? == b"IHDR").then(|| Some((number(8)?, number(12)?))).flatten()
}

fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    while let [0xff, marker, after @ ..] = rest {
        if *marker == 0xff {
            rest = &rest[1..]; // fill byte
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        let is_frame = (0xc0..=0xcf).contains(marker) && ![0xc4, 0xc8, 0xcc].contains(marker);
        if is_frame {
            let number = |at: usize| Some(u32::from(u16::from_be_bytes([*after.get(at)?, *after.get(at + 1)?])));
            return Some((number(5)?, number(3)?));
        }
        rest = after.get(length.max(2)..)?;
    }
    None
}

fn as_base64<S: Serializer>(bytes: &Arc<[u8]>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<[u8]>, D::Error> {
    let bytes = STANDARD.decode(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)?;
    Ok(bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logo(width: u32, height: u32) -> Logo {
        Logo { kind: LogoKind::Png, width, height, hash: "0123456789abcdef".into(), bytes: Arc::from([1, 2, 3]) }
    }

    #[test]
    fn a_picture_says_what_it_is() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x78\0\0\0\x28\x08\x06".to_vec();
        assert_eq!(LogoKind::read(&png), Some((LogoKind::Png, 120, 40)));
        png.truncate(18);
        assert_eq!(LogoKind::read(&png), None, "cut off");
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x28\0\x78\x01\x01\x11\0";
        assert_eq!(LogoKind::read(jpeg), Some((LogoKind::Jpeg, 120, 40)));
        assert_eq!(LogoKind::read(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), None);
        assert_eq!(LogoKind::read(b""), None);
        assert_eq!(LogoKind::read(b"\xff\xd8\xff\xc0\0"), None);
    }

    #[test]
    fn a_logo_is_shown_small_and_never_larger_than_it_is() {
        assert_eq!(logo(120, 40).shown(), (120, 40));
        assert_eq!(logo(240, 80).shown(), (120, 40));
        assert_eq!(logo(960, 80).shown(), (240, 20));
        assert_eq!(logo(20, 10).shown(), (20, 10));
    }

    #[test]
    fn a_brand_is_kept_as_it_was_and_an_absent_one_takes_no_room() {
        let accent = Accent { light: Colour::of("#0b6e6e"), dark: Colour::of("#5cc6c2") };
        let brand = Brand {
            name: Some("Acme".into()),
            logo: Some(logo(120, 40)),
            accent: Some(accent),
            links: Links { calls: Some(Link::Web("https://acme.example/calls".into())), ..Links::default() },
            ..Brand::default()
        };
        let json = serde_json::to_string(&brand).expect("plain data");
        assert_eq!(serde_json::from_str::<Brand>(&json).expect("the same"), brand);
        assert_eq!(serde_json::to_string(&Brand::default()).expect("plain data"), "{}");
    }
}
