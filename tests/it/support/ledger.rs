//! The law of the ledger: every step goes from where the one before it ended, along the table of states, and the row
//! stands where its last step ended.

use callbrief::domain::delivery::DeliveryState;

use super::World;

/// Fails when any delivery's ledger breaks the law.
pub async fn assert_lawful(world: &World) {
    let steps = world
        .texts("select delivery || ' ' || coalesce(from_state, '-') || ' ' || to_state from ledger where delivery is not null order by delivery, id")
        .await;
    let mut last: std::collections::BTreeMap<String, DeliveryState> = std::collections::BTreeMap::new();
    for step in steps {
        let words: Vec<&str> = step.split(' ').collect();
        let to = DeliveryState::parse(words[2]).expect("a state");
        let from = DeliveryState::parse(words[1]);
        assert_eq!(from, last.get(words[0]).copied(), "delivery {}: a step is missing before {}", words[0], words[2]);
        if let Some(from) = from {
            assert!(from.may_become(to), "delivery {}: {from:?} became {to:?}", words[0]);
        }
        last.insert(words[0].to_owned(), to);
    }
    for row in world.texts("select id || ' ' || state from deliveries order by id").await {
        let (id, state) = row.split_once(' ').expect("two words");
        assert_eq!(last.get(id).map(|state| state.name()), Some(state), "delivery {id}");
    }
}
