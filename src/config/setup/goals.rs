//! `[project.goals]`: `answer_rate first_response_minutes service_level = { seconds percent formula="f3" }`.

use super::{Table, Value};
use crate::domain::goals::{Formula, Goals, ServiceLevel};

pub(super) fn read(table: Table<'_>) -> Goals {
    let goals = Goals {
        answer_rate: table.get("answer_rate").and_then(|value| percent(&value)),
        first_response_minutes: table.get("first_response_minutes").and_then(|value| whole(&value, 31 * 24 * 60)),
        service_level: table.get("service_level").and_then(|value| value.table()).and_then(service_level),
    };
    table.finish();
    goals
}

fn service_level(table: Table<'_>) -> Option<ServiceLevel> {
    let seconds = table.need("seconds").and_then(|value| whole(&value, 3600));
    let percent = table.need("percent").and_then(|value| percent(&value));
    let words = Formula::ALL.map(Formula::name);
    let formula = table.get("formula").and_then(|value| value.one_of(&words, Formula::parse)).unwrap_or_default();
    table.finish();
    Some(ServiceLevel { seconds: seconds?, percent: percent?, formula })
}

fn percent(value: &Value<'_>) -> Option<f64> {
    let percent = value.positive()?;
    if percent <= 1.0 {
        value.wrong("this is a percentage: write 90 for 90 %");
        return None;
    }
    if percent > 100.0 {
        value.wrong("this is a percentage: at most 100");
        return None;
    }
    Some(percent)
}

fn whole(value: &Value<'_>, most: i64) -> Option<u32> {
    value.integer(1..=most).and_then(|number| u32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::problem::{Problems, Source};
    use crate::config::table::Document;

    fn read_text(text: &str) -> (Goals, String) {
        let (source, problems) = (Source::new("setup.toml", text), Problems::default());
        let goals = read(Document::parse(&source, &problems).root(&problems));
        (goals, problems.render(false))
    }

    #[test]
    fn good_goals_are_read_and_what_is_left_out_is_no_goal() {
        let text = "answer_rate = 90\nfirst_response_minutes = 60\n\
                    service_level = { seconds = 20, percent = 80.5, formula = \"f4\" }\n";
        let (goals, said) = read_text(text);
        assert_eq!(said, "");
        let level = ServiceLevel { seconds: 20, percent: 80.5, formula: Formula::F4 };
        let expected = Goals { answer_rate: Some(90.0), first_response_minutes: Some(60), service_level: Some(level) };
        assert_eq!(goals, expected);
        assert_eq!(read_text(""), (Goals::default(), String::new()));
        let (goals, said) = read_text("answer_rate = 92.5\n[service_level]\nseconds = 3600\npercent = 100\n");
        assert_eq!(said, "");
        assert_eq!(goals.answer_rate, Some(92.5));
        assert_eq!(goals.service_level.map(|level| level.formula), Some(Formula::F3), "the strict one, unless said");
        for formula in Formula::ALL {
            let text = format!("service_level = {{ seconds = 1, percent = 2, formula = \"{}\" }}", formula.name());
            assert_eq!(read_text(&text).0.service_level.map(|level| level.formula), Some(formula));
        }
    }

    #[test]
    fn every_bad_value_is_shown_with_its_line_and_what_to_do() {
        insta::assert_snapshot!(
            read_text(
                "answer_rat = 90\nanswer_rate = 0.9\nfirst_response_minutes = 0\n\
                 service_level = { seconds = 0, percent = 101, formula = \"f7\", secs = 20 }\n"
            )
            .1
        );
        insta::assert_snapshot!(
            read_text("answer_rate = -5\nfirst_response_minutes = 1.5\nservice_level = { formula = \"f2\" }\n").1
        );
        insta::assert_snapshot!(
            read_text("answer_rate = \"90 %\"\nfirst_response_minutes = 44641\nservice_level = 80\n").1
        );
        for bad in ["answer_rate = 100.5", "service_level = { seconds = 20 }", "first_response_minutes = \"1h\""] {
            let (goals, said) = read_text(bad);
            assert_eq!(goals, Goals::default(), "a goal that isn't understood isn't set: {bad}");
            assert!(said.contains("setup.toml:1:"), "{said}");
        }
    }
}
