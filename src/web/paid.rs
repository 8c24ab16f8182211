//! For readers of warnings: "I've paid, it arrives on …". A GET shows a page, because mail scanners follow links; the POST says
//! the day, or takes it back, and the same again changes nothing.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;

use super::public::drawn;
use crate::app::App;
use crate::i18n::Words;
use crate::notify::paid::{self, Subject};
use crate::report::paid_page::{self, Told, Which};
use crate::report::stop_page;

/// What somebody sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    On(NaiveDate),
    Undo,
    /// Neither a day nor a wish to take one back.
    Nothing,
}

pub(super) async fn ask(State(app): State<App>, Path(token): Path<String>) -> Response {
    match paid::subject(&app, &token).await {
        Ok(Some(subject)) => standing(&subject),
        Ok(None) => plain("unknown", StatusCode::NOT_FOUND),
        Err(error) => later(&error),
    }
}

pub(super) async fn act(State(app): State<App>, Path(token): Path<String>, body: Bytes) -> Response {
    match answer(&app, &token, said(&body)).await {
        Ok(Some(response)) => response,
        Ok(None) => plain("unknown", StatusCode::NOT_FOUND),
        Err(error) => later(&error),
    }
}

async fn answer(app: &App, token: &str, said: Said) -> anyhow::Result<Option<Response>> {
    let Some(mut subject) = paid::subject(app, token).await? else { return Ok(None) };
    if !subject.may {
        return Ok(Some(standing(&subject)));
    }
    Ok(Some(match said {
        Said::On(day) if (subject.from..=subject.to).contains(&day) => {
            paid::promise(app, &subject, day).await?;
            subject.promised = Some(day);
            standing(&subject)
        }
        Said::Undo => {
            paid::withdraw(app, &subject).await?;
            page(&subject, Which::Undone, StatusCode::OK)
        }
        Said::On(_) | Said::Nothing => page(&subject, Which::Wrong, StatusCode::UNPROCESSABLE_ENTITY),
    }))
}

pub(super) fn said(body: &[u8]) -> Said {
    let fields: Vec<_> = url::form_urlencoded::parse(body).take(8).collect();
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
    match field("do") {
        "promise" => field("until").parse().map_or(Said::Nothing, Said::On),
        "undo" => Said::Undo,
        _ => Said::Nothing,
    }
}

/// The page for how it stands: a day is asked for, or one was named.
fn standing(subject: &Subject) -> Response {
    match (subject.may, subject.promised) {
        (false, _) => page(subject, Which::Gone, StatusCode::FORBIDDEN),
        (true, Some(_)) => page(subject, Which::Done, StatusCode::OK),
        (true, None) => page(subject, Which::Ask, StatusCode::OK),
    }
}

fn page(subject: &Subject, which: Which, status: StatusCode) -> Response {
    let told = Told {
        project: &subject.project_name,
        what: &subject.what,
        name: &subject.name,
        days: (subject.from, subject.to),
        on: subject.promised,
    };
    let brand = Arc::new(subject.brand.clone());
    drawn(status, &paid_page::page(&Words::of(&subject.language), which, &told, brand))
}

fn later(error: &anyhow::Error) -> Response {
    tracing::error!("a page about a payment couldn't be answered: {error:#}");
    plain("later", StatusCode::SERVICE_UNAVAILABLE)
}

/// What is said where nothing is known of whom it is about.
fn plain(which: &str, status: StatusCode) -> Response {
    let about = stop_page::About::default();
    drawn(status, &stop_page::page(&Words::of("en"), which, &about, Vec::new(), Arc::default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_a_day_an_undo_or_nothing() {
        let day = "2026-06-05".parse().expect("a day");
        assert_eq!(said(b"do=promise&until=2026-06-05"), Said::On(day));
        assert_eq!(said(b"do=undo&until=2026-06-05"), Said::Undo);
        for nothing in
            [&b""[..], b"do=promise", b"do=promise&until=5.6.2026", b"List-Unsubscribe=One-Click", b"\xff\xfe"]
        {
            assert_eq!(said(nothing), Said::Nothing);
        }
    }
}
