//! Reports that need no set-up. To add one: a line in [`PRESETS`].

use super::filters::Filters;
use super::report_spec::{Options, ReportSpec, SectionId};

/// One line of the table of presets.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    pub sections: &'static [SectionId],
    /// Statuses that its list of calls shows; none: all.
    pub list_status: &'static [&'static str],
}

/// Every preset, the most usual first.
pub const PRESETS: &[Preset] = {
    use SectionId::{Agents, ByDay, ByHour, CallList, Headline, MissedReasons, Sources, ToCallBack, Totals};
    &[
        Preset {
            name: "summary",
            about: "what happened, who waits for a call back, people, sources, days and hours",
            sections: &[Headline, Totals, ToCallBack, MissedReasons, Agents, Sources, ByDay, ByHour],
            list_status: &[],
        },
        Preset {
            name: "agents",
            about: "what each person answered, talked, called back and called out",
            sections: &[Headline, Totals, Agents, ByHour],
            list_status: &[],
        },
        Preset {
            name: "sources",
            about: "where callers came from, and how that changed",
            sections: &[Headline, Totals, Sources, ByDay],
            list_status: &[],
        },
        Preset {
            name: "missed",
            about: "who waits for a call back, why and when calls were missed, and each of them",
            sections: &[Headline, Totals, ToCallBack, MissedReasons, ByHour, CallList],
            list_status: &["missed"],
        },
        Preset { name: "call-log", about: "every call", sections: &[Headline, Totals, CallList], list_status: &[] },
    ]
};

impl Preset {
    /// The report that it stands for.
    pub fn spec(&self) -> ReportSpec {
        let list_status = self.list_status.iter().map(|word| (*word).to_owned()).collect();
        ReportSpec {
            id: self.name.to_owned(),
            sections: self.sections.to_vec(),
            filters: Filters::default(),
            options: Options { list_status, ..Options::default() },
        }
    }
}

/// The preset of this name, as a report.
pub fn preset(name: &str) -> Option<ReportSpec> {
    PRESETS.iter().find(|preset| preset.name == name).map(Preset::spec)
}

/// The names of all presets.
pub fn names() -> Vec<&'static str> {
    PRESETS.iter().map(|preset| preset.name).collect()
}
