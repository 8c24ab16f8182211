//! The colours of everything that people see: ink, one accent, one warning tone, in light and in dark. Mail, pages and
//! print share them; a test keeps what is read apart from what it stands on by at least 4.5 to 1. A brand's accent takes
//! the place of ours.

use crate::domain::brand::Brand;
use crate::domain::colour::Colour;

/// Six digits and a hash need no escaping.
impl askama::filters::HtmlSafe for Colour {}

/// Colours by what they are for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Palette {
    /// Behind the sheet.
    pub page: Colour,
    /// The sheet that everything stands on.
    pub paper: Colour,
    /// Behind a figure on a card.
    pub card: Colour,
    /// Behind what must be known before the figures.
    pub callout: Colour,
    pub ink: Colour,
    pub mute: Colour,
    pub line: Colour,
    /// Links.
    pub accent: Colour,
    pub bad: Colour,
    pub good: Colour,
    /// The button and the words on it.
    pub button: Colour,
    pub on_button: Colour,
    /// Bars: what was answered, and what wasn't.
    pub bar: Colour,
    pub bar_bad: Colour,
    /// Parts of a whole, the largest first.
    pub shares: [Colour; 5],
    /// Hours, from none to the busiest.
    pub heat: [Colour; 6],
}

/// By day.
pub(super) const LIGHT: Palette = Palette {
    page: Colour::of("#f3f5f7"),
    paper: Colour::of("#ffffff"),
    card: Colour::of("#f2f6f6"),
    callout: Colour::of("#fdf3ec"),
    ink: Colour::of("#16202a"),
    mute: Colour::of("#56636f"),
    line: Colour::of("#e1e7ea"),
    accent: Colour::of("#0b6e6e"),
    bad: Colour::of("#b4400f"),
    good: Colour::of("#17734a"),
    button: Colour::of("#0b6e6e"),
    on_button: Colour::of("#ffffff"),
    bar: Colour::of("#0b6e6e"),
    bar_bad: Colour::of("#c8511b"),
    shares: [
        Colour::of("#b4400f"),
        Colour::of("#cf6a35"),
        Colour::of("#dd9468"),
        Colour::of("#e8b999"),
        Colour::of("#f0d6c4"),
    ],
    heat: [
        Colour::of("#eef3f3"),
        Colour::of("#cfe3e2"),
        Colour::of("#a3cbc9"),
        Colour::of("#6fadab"),
        Colour::of("#3b8f8d"),
        Colour::of("#0b6e6e"),
    ],
};

/// By night.
pub(super) const DARK: Palette = Palette {
    page: Colour::of("#0f1519"),
    paper: Colour::of("#182127"),
    card: Colour::of("#1f2b31"),
    callout: Colour::of("#2d2622"),
    ink: Colour::of("#e8edf0"),
    mute: Colour::of("#a3b3bd"),
    line: Colour::of("#2e3b43"),
    accent: Colour::of("#5cc6c2"),
    bad: Colour::of("#f39a66"),
    good: Colour::of("#5fce94"),
    button: Colour::of("#3aa7a3"),
    on_button: Colour::of("#0b1215"),
    bar: Colour::of("#3aa7a3"),
    bar_bad: Colour::of("#e0793f"),
    shares: [
        Colour::of("#e0793f"),
        Colour::of("#c06a3a"),
        Colour::of("#9a5936"),
        Colour::of("#774a33"),
        Colour::of("#593e31"),
    ],
    heat: [
        Colour::of("#202c32"),
        Colour::of("#21413f"),
        Colour::of("#235856"),
        Colour::of("#2a7774"),
        Colour::of("#37a09c"),
        Colour::of("#6fd6d1"),
    ],
};

/// Sans serif faces that are there without being fetched.
pub(super) const FONTS: &str = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/// The colours by day and by night, in a brand's accent where it has one.
pub(super) fn of(brand: &Brand) -> (Palette, Palette) {
    let Some(accent) = brand.accent else { return (LIGHT, DARK) };
    (LIGHT.in_accent(accent.light), DARK.in_accent(accent.dark))
}

impl Palette {
    fn in_accent(self, accent: Colour) -> Self {
        // An accent like the warning tone would make answered look like missed: then bars are grey.
        let bar = if distance(accent, self.bar_bad) < 90.0 { self.mute } else { accent };
        let none = self.heat[0];
        let shade = |part| none.towards(accent, part);
        let heat = [none, shade(0.16), shade(0.36), shade(0.58), shade(0.8), accent];
        Self { accent, button: accent, bar, heat, ..self }
    }
}

/// How different two colours look, roughly: weighted by how the eye takes red, green and blue; black and white are 255
/// apart.
fn distance(one: Colour, other: Colour) -> f32 {
    let [red, green, blue] = [0, 1, 2].map(|part| f32::from(one.0[part]) - f32::from(other.0[part]));
    (0.3 * red * red + 0.59 * green * green + 0.11 * blue * blue).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::brand::Accent;

    fn check(look: &Palette) {
        for ground in [look.paper, look.card, look.callout] {
            for text in [look.ink, look.mute, look.accent, look.bad, look.good] {
                assert!(text.contrast(ground) >= 4.5, "{text} on {ground}: {}", text.contrast(ground));
            }
        }
        assert!(look.on_button.contrast(look.button) >= 4.5);
        assert!(look.bar.contrast(look.paper) >= 3.0 && look.bar_bad.contrast(look.paper) >= 3.0);
        assert!(distance(look.bar, look.bar_bad) >= 60.0, "{} beside {}", look.bar, look.bar_bad);
    }

    #[test]
    fn what_is_read_stands_out_by_day_and_by_night() {
        check(&LIGHT);
        check(&DARK);
        assert_eq!([LIGHT.paper, LIGHT.card, LIGHT.callout], Accent::LIGHT_GROUNDS);
        assert_eq!([DARK.paper, DARK.card, DARK.callout], Accent::DARK_GROUNDS);
    }

    #[test]
    fn any_accent_that_a_brand_may_have_can_be_read_and_told_from_the_warning() {
        for colour in
            ["#ff0000", "#00ff00", "#0000ff", "#ffcc00", "#c8511b", "#000000", "#ffffff", "#7b1fa2", "#888888"]
        {
            let colour = Colour::of(colour);
            let accent = Accent { light: Accent::readable_by_day(colour), dark: Accent::readable_by_night(colour) };
            let (light, dark) = of(&Brand { accent: Some(accent), ..Brand::default() });
            check(&light);
            check(&dark);
        }
        assert_eq!(of(&Brand::default()), (LIGHT, DARK));
    }
}
