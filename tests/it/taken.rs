//! Of two that judge the same projects one is heard; whoever holds a project keeps nobody from the others.

use std::time::Duration;

use callbrief::domain::ids::ProjectKey;
use callbrief::store::On;

use crate::support::{Engine, World, on_both};

const PROJECTS: &str = "version = 1\n\
    [[project]]\nid = \"a\"\nname = \"A\"\nzone = \"Europe/Kyiv\"\ncurrency = \"EUR\"\n\
    [[project]]\nid = \"b\"\nname = \"B\"\nzone = \"Europe/Kyiv\"\ncurrency = \"EUR\"\n\
    [[contact]]\nid = \"m\"\nname = \"M\"\naddresses = { email = [\"m@people.example\"] }\n\
    roles = { a = [\"owner\"], b = [\"owner\"] }\n";

/// The two projects, to be judged.
async fn projects(world: &World) {
    world.apply(PROJECTS).await;
    world.execute("insert into evaluations (project, due_at, version) select key, created_at, 1 from projects").await;
}

/// What is to be judged: keys and versions.
async fn due(world: &World) -> Vec<(ProjectKey, i64)> {
    let mut session = world.app.store.read().await.expect("a session");
    let keys = session.evaluations_due(world.now(), 10).await.expect("read");
    let due = session.due_projects(&keys, world.now()).await.expect("read");
    due.into_iter().map(|(key, due)| (key, due.expect("readable").version)).collect()
}

on_both! {
    async fn what_changed_meanwhile_is_not_taken(world: World) {
        projects(&world).await;
        let due = due(&world).await;
        assert_eq!(due.len(), 2);
        let next = world.now() + Duration::from_secs(3_600);
        let mut session = world.app.store.write().await.expect("a session");
        let judged: Vec<_> = due.iter().rev().map(|(key, version)| (*key, *version, next)).collect();
        let mut taken = session.take_evaluations(&judged).await.expect("taken");
        taken.sort_unstable();
        assert_eq!(taken, [due[0].0, due[1].0]);
        assert_eq!(session.take_evaluations(&judged).await.expect("asked"), [], "their versions are others now");
        session.commit().await.expect("kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_that_somebody_holds_is_left_and_the_others_are_taken() {
    let world = World::new(Engine::Postgres).await;
    projects(&world).await;
    let due = due(&world).await;
    let mut other = world.app.store.write().await.expect("a session");
    let On::Postgres(connection) = other.on() else { panic!("on Postgres") };
    let held = "select 1 from evaluations e join projects p on p.key = e.project where p.id = 'a' for update of e";
    sqlx::query(held).execute(connection).await.expect("held");
    let next = world.now() + Duration::from_secs(3_600);
    let judged: Vec<_> = due.iter().map(|(key, version)| (*key, *version, next)).collect();
    let mut session = world.app.store.write().await.expect("another session");
    let taken = session.take_evaluations(&judged).await.expect("taken");
    assert_eq!(taken.len(), 1, "the one that is free");
    // The transaction goes on as usual, and waits as long as usual for others.
    let On::Postgres(connection) = session.on() else { panic!("on Postgres") };
    let patience: (String,) = sqlx::query_as("show lock_timeout").fetch_one(connection).await.expect("it works");
    assert_eq!(patience.0, "0");
    session.commit().await.expect("kept");
    drop(other);
    let mut session = world.app.store.write().await.expect("a session");
    assert_eq!(session.take_evaluations(&judged).await.expect("taken").len(), 1, "the other one");
    let On::Postgres(connection) = session.on() else { panic!("on Postgres") };
    let patience: (String,) = sqlx::query_as("show lock_timeout").fetch_one(connection).await.expect("it works");
    assert_eq!(patience.0, "0");
    session.commit().await.expect("kept");
}
