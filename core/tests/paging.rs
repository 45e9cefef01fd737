//! Going through the roll page by page, while others change it.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::collections::{BTreeSet, VecDeque};

use common::{Store, id};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use voiceroll::blocking::Registry;
use voiceroll::{ListOptions, Page};

/// What others do between two pages.
#[derive(Debug, Clone)]
enum Change {
    Add(String),
    Delete(String),
}

fn ids() -> impl Strategy<Value = String> {
    "[ABab_0]{1,2}"
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![ids().prop_map(Change::Add), ids().prop_map(Change::Delete)]
}

/// Another program that uses the same store, but does not listen to anything.
struct Other(rusqlite::Connection);

impl Other {
    fn add(&self, id: &str) {
        let sql = "INSERT OR IGNORE INTO speaker (speaker_id, model, quality, complete, speech_seconds, total_seconds,
             recordings, snr_sum, bandwidth_sum, changed) VALUES (?1, 'm', 'Good', 1, 20, 20, 1, 0, 0, 0)";
        self.0.execute(sql, [id]).unwrap();
    }

    fn delete(&self, id: &str) {
        self.0.execute("DELETE FROM speaker WHERE speaker_id = ?1", [id]).unwrap();
    }
}

/// All ids in the order in which they come, with `meanwhile` done behind each page.
fn gone_through(registry: &Registry, per_page: u32, mut meanwhile: impl FnMut()) -> Vec<String> {
    let mut options = ListOptions::new().per_page(per_page);
    let mut seen = Vec::new();
    loop {
        let Page { records, next_after, page, .. } = registry.list(options.clone()).unwrap();
        assert_eq!(page, options.page, "the number is echoed");
        assert!(next_after.is_none() || records.len() == per_page as usize, "only the last page is short");
        seen.extend(records.iter().map(|record| record.speaker_id.to_string()));
        meanwhile();
        let Some(next) = next_after else { return seen };
        options = options.after(next);
        options.page += 1;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whoever_is_there_throughout_is_seen_once(
        first in btree_set(ids(), 0..14),
        changes in vec(vec(change(), 0..5), 0..8),
        per_page in 1..5_u32,
    ) {
        let store = Store::plain();
        let other = Other(rusqlite::Connection::open(store.path()).unwrap());
        first.iter().for_each(|id| other.add(id));
        let (mut throughout, mut ever) = (first.clone(), first);
        let mut changes = VecDeque::from(changes);
        let seen = gone_through(&store.registry, per_page, || {
            for change in changes.pop_front().into_iter().flatten() {
                match change {
                    Change::Add(id) => {
                        other.add(&id);
                        ever.insert(id);
                    }
                    Change::Delete(id) => {
                        other.delete(&id);
                        throughout.remove(&id);
                    }
                }
            }
        });
        prop_assert!(seen.is_sorted_by(|one, next| one < next), "each once, in the order of bytes: {seen:?}");
        let seen = BTreeSet::from_iter(seen);
        prop_assert!(seen.is_superset(&throughout), "{throughout:?} were there throughout, and {seen:?} were seen");
        prop_assert!(seen.is_subset(&ever));
    }
}

#[test]
fn an_id_that_is_not_on_the_roll_is_a_place_all_the_same() {
    let store = Store::plain();
    let other = Other(rusqlite::Connection::open(store.path()).unwrap());
    ["A", "B", "_", "a", "b"].iter().for_each(|id| other.add(id));
    let page = store.registry.list(ListOptions::new().after(id("Azzz")).page(7).per_page(2)).unwrap();
    let ids: Vec<&str> = page.records.iter().map(|record| record.speaker_id.as_str()).collect();
    assert_eq!((ids, page.page, page.next_after), (vec!["B", "_"], 7, Some(id("_"))));
    assert_eq!((page.total, page.total_pages), (5, 3), "of the whole roll");
    let page = store.registry.list(ListOptions::new().after(id("b"))).unwrap();
    assert!(page.records.is_empty() && page.next_after.is_none());
}
