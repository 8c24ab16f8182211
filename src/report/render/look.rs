//! The colours of everything that people see: ink, one accent, one warning tone, in light and in dark. Mail, pages and
//! print share them; a test keeps what is read apart from what it stands on by at least 4.5 to 1.

/// Colours by what they are for, as `#rrggbb`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    /// Behind the sheet.
    pub page: &'static str,
    /// The sheet that everything stands on.
    pub paper: &'static str,
    /// Behind a figure on a card.
    pub card: &'static str,
    /// Behind what must be known before the figures.
    pub callout: &'static str,
    pub ink: &'static str,
    pub mute: &'static str,
    pub line: &'static str,
    /// Links.
    pub accent: &'static str,
    pub bad: &'static str,
    pub good: &'static str,
    /// The button and the words on it.
    pub button: &'static str,
    pub on_button: &'static str,
    /// Bars: what was answered, and what wasn't.
    pub bar: &'static str,
    pub bar_bad: &'static str,
    /// Parts of a whole, the largest first.
    pub shares: [&'static str; 5],
    /// Hours, from none to the busiest.
    pub heat: [&'static str; 6],
}

/// By day.
pub(super) const LIGHT: Palette = Palette {
    page: "#f3f5f7",
    paper: "#ffffff",
    card: "#f2f6f6",
    callout: "#fdf3ec",
    ink: "#16202a",
    mute: "#56636f",
    line: "#e1e7ea",
    accent: "#0b6e6e",
    bad: "#b4400f",
    good: "#17734a",
    button: "#0b6e6e",
    on_button: "#ffffff",
    bar: "#0b6e6e",
    bar_bad: "#c8511b",
    shares: ["#b4400f", "#cf6a35", "#dd9468", "#e8b999", "#f0d6c4"],
    heat: ["#eef3f3", "#cfe3e2", "#a3cbc9", "#6fadab", "#3b8f8d", "#0b6e6e"],
};

/// By night.
pub(super) const DARK: Palette = Palette {
    page: "#0f1519",
    paper: "#182127",
    card: "#1f2b31",
    callout: "#2d2622",
    ink: "#e8edf0",
    mute: "#a3b3bd",
    line: "#2e3b43",
    accent: "#5cc6c2",
    bad: "#f39a66",
    good: "#5fce94",
    button: "#3aa7a3",
    on_button: "#0b1215",
    bar: "#3aa7a3",
    bar_bad: "#e0793f",
    shares: ["#e0793f", "#c06a3a", "#9a5936", "#774a33", "#593e31"],
    heat: ["#202c32", "#21413f", "#235856", "#2a7774", "#37a09c", "#6fd6d1"],
};

/// Sans serif faces that are there without being fetched.
pub(super) const FONTS: &str = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/// Red, green and blue of a colour, 0 to 1.
pub(super) fn rgb(colour: &str) -> [f32; 3] {
    let value = u32::from_str_radix(colour.trim_start_matches('#'), 16).unwrap_or(0);
    [16, 8, 0].map(|shift| ((value >> shift) & 0xff) as f32 / 255.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, "contrast ratio" and "relative luminance".
    fn contrast(one: &str, other: &str) -> f32 {
        let luminance = |colour| {
            let part = |c: f32| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
            let [red, green, blue] = rgb(colour).map(part);
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn what_is_read_stands_out_by_day_and_by_night() {
        for look in [LIGHT, DARK] {
            for ground in [look.paper, look.card, look.callout] {
                for text in [look.ink, look.mute, look.accent, look.bad, look.good] {
                    assert!(contrast(text, ground) >= 4.5, "{text} on {ground}: {}", contrast(text, ground));
                }
            }
            assert!(contrast(look.on_button, look.button) >= 4.5);
            assert!(contrast(look.bar, look.paper) >= 3.0 && contrast(look.bar_bad, look.paper) >= 3.0);
        }
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    }
}
