//! Makes the narrower variant that a waiting delivery needs: its recipient may see less now than when the report was
//! built. The calls are read again, as they were asked for then; only what the reader may see differs.

use super::compute::{self, ToMake};
use super::prepare::prepare;
use super::recipients::{self, LeftOut};
use super::shelf::Shelf;
use crate::app::App;
use crate::chaos::crash_point;
use crate::domain::contact::EmailAddress;
use crate::domain::directory::Directory;
use crate::domain::project::Project;
use crate::notify::post::{self, Unmade};
use crate::report::ReportRequest;

/// Deliveries seen to in one pass.
const MOST: i64 = 50;

/// Makes what is waited for. Returns how many deliveries may go on; those whose recipient may see nothing at all any more
/// are stopped, for the reason that the gate would give.
pub async fn step(app: &App) -> anyhow::Result<u64> {
    let mut made = 0;
    for unmade in post::unmade(app, MOST).await? {
        match narrow(app, &unmade).await {
            Ok(true) => made += 1,
            Ok(false) => {}
            Err(error) => {
                tracing::error!(delivery.id = unmade.delivery.0, "a narrower report couldn't be made: {error:#}");
            }
        }
    }
    Ok(made)
}

async fn narrow(app: &App, unmade: &Unmade) -> anyhow::Result<bool> {
    if post::stop_unmade(app, unmade.delivery).await? {
        return Ok(false);
    }
    let now = app.clock.now();
    let mut session = app.store.read().await?;
    let Some(run) = session.run(unmade.run).await? else { return Ok(false) };
    let shelf = Shelf::filled(app, &mut session, &[&run]).await?;
    let Ok(mut ready) = prepare(app, &shelf, &run, now) else { return Ok(false) };
    let contact = match &unmade.contact {
        Some(id) => session.contact(id).await?,
        None => None,
    };
    drop(session);
    let plain = EmailAddress::parse(&unmade.address);
    let of = |project: &Project, directory: &Directory| match (&unmade.contact, &plain) {
        (Some(_), _) => recipients::as_contact(contact.as_ref(), &ready.schedule, project, directory),
        (None, Ok(address)) => recipients::as_plain(address, &ready.schedule, project),
        (None, Err(_)) => Err(LeftOut::NoMailAddress),
    };
    let found = match ready.is_several() {
        true => recipients::joined(&ready.projects(), of),
        false => of(&ready.project, &ready.directory),
    };
    let Ok((reader, addressee)) = found else { return Ok(false) };
    super::recall::recall(app, std::slice::from_mut(&mut ready)).await?;
    let made_at = run.built_at.unwrap_or(now);
    let requests = ready.requests(&reader, made_at);
    let wanted: Vec<_> = requests.iter().map(ReportRequest::slice_request).collect();
    let slices = app.store.load_slices(&wanted).await?;
    let parts = requests.into_iter().zip(slices).collect();
    let made = compute::make(app, vec![ToMake { reader, parts, is_several: ready.is_several() }]).await?;
    let Some(made) = made.into_iter().next() else { return Ok(false) };
    let variant = super::ending::variant(&ready, made, &[addressee]);
    let mut session = app.store.write().await?;
    post::narrow(app, &mut session, unmade.delivery, variant).await?;
    session.commit().await?;
    crash_point!("narrow.made");
    Ok(true)
}
