//! What every test of behaviour stands on.

pub mod http;
pub mod installed;
pub mod ledger;
pub mod mail;
pub mod mariadb;
pub mod postfix;
pub mod postgres;
pub mod posting;
pub mod setup;
pub mod smtp;
pub mod world;

pub use world::{Engine, World};

/// Runs one test body on both databases: `on_both! { async fn name(world: World) { … } }`. What stands behind `World,` changes the
/// settings before the world opens.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($($world:ident)+: World $(, $set:path)?) $body:block)+) => {$(
        mod $name {
            use super::*;
            $(#[$meta])*
            async fn body($($world)+: $crate::support::World) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                body($crate::support::World::with($crate::support::Engine::Sqlite, |_settings| { $($set(_settings);)? }).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                body($crate::support::World::with($crate::support::Engine::Postgres, |_settings| { $($set(_settings);)? }).await).await;
            }
        }
    )+};
}
pub(crate) use on_both;

/// Waits for what must come, as long as any machine may need.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..6_000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("it never came: {what}");
}
