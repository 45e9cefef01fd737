//! Which connections are open, and which of them makes room for the next.
//!
//! A connection either waits for its client (for a head, for the body of somebody who has not logged in, for an
//! answer to be taken) or works for an account that is known. Whoever waits costs little and can be closed; so no
//! number of silent or slow clients keeps the next one out.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

/// Connections at once, where the system allows so many files.
const CONNECTIONS: usize = 2048;
/// Files that are left for everything else: stores, recordings of jobs, callbacks.
const OTHER_FILES: usize = 48;
/// The longest that a connection waits: longer than any head, body or refused body may take.
const LONGEST_WAIT: Duration = Duration::from_secs(180);

/// The open connections.
pub(crate) struct Places {
    most: usize,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    open: HashMap<u64, Open>,
    next: u64,
    working: usize,
}

struct Open {
    peer: IpAddr,
    /// Since when it waits; none while it works.
    waiting: Option<Instant>,
    close: CancellationToken,
}

impl Places {
    pub(crate) fn new() -> Arc<Self> {
        let files = open_files().unwrap_or(usize::MAX);
        // Half of few files, and of many all but some.
        Self::of(CONNECTIONS.min(files.saturating_sub(OTHER_FILES).max(files / 2)).max(8))
    }

    fn of(most: usize) -> Arc<Self> {
        Arc::new(Self { most, table: Mutex::default() })
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a new connection. Where all are taken, or this peer has half of them, the one that waits longest
    /// is closed for it. None if nobody waits.
    pub(crate) fn take(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let peer = network(peer);
        let mut table = self.lock();
        let of_peer = table.open.values().filter(|open| open.peer == peer).count();
        if of_peer >= self.most / 2 {
            table.close_longest(|open| open.peer == peer);
        }
        if table.open.len() >= self.most {
            let crowded = table.most_waiting();
            table.close_longest(|open| Some(open.peer) == crowded);
        }
        if table.open.len() >= self.most {
            return None;
        }
        let id = table.next;
        table.next += 1;
        let close = CancellationToken::new();
        table.open.insert(id, Open { peer, waiting: Some(Instant::now()), close: close.clone() });
        Some(Place { id, places: Arc::clone(self), close })
    }

    /// Closes what has waited too long, such as an answer that is not taken.
    pub(crate) fn sweep(&self) {
        for open in self.lock().open.values() {
            if open.waiting.is_some_and(|since| since.elapsed() > LONGEST_WAIT) {
                open.close.cancel();
            }
        }
    }
}

impl Table {
    /// The peer with the most connections that wait.
    fn most_waiting(&self) -> Option<IpAddr> {
        let mut counts: HashMap<IpAddr, usize> = HashMap::new();
        for open in self.open.values().filter(|open| open.waiting.is_some()) {
            *counts.entry(open.peer).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(peer, _)| peer)
    }

    fn close_longest(&mut self, which: impl Fn(&Open) -> bool) {
        let longest = self.open.iter().filter(|(_, open)| which(open) && open.waiting.is_some());
        let Some(id) = longest.min_by_key(|(_, open)| open.waiting).map(|(id, _)| *id) else { return };
        if let Some(open) = self.open.remove(&id) {
            open.close.cancel();
        }
    }
}

/// A connection's place.
pub(crate) struct Place {
    id: u64,
    places: Arc<Places>,
    close: CancellationToken,
}

impl Place {
    /// The connection works for an account now, and is not closed for another. False where too many work: some
    /// places are kept for those who only ask how the server is.
    pub(crate) fn work(&self) -> bool {
        let mut table = self.places.lock();
        let most = self.places.most - self.places.most / 8;
        if table.working >= most {
            return false;
        }
        let Some(open) = table.open.get_mut(&self.id) else { return false };
        if open.waiting.take().is_some() {
            table.working += 1;
        }
        true
    }

    /// The connection waits for its client again.
    pub(crate) fn wait(&self) {
        let mut table = self.places.lock();
        let Some(open) = table.open.get_mut(&self.id) else { return };
        if open.waiting.replace(Instant::now()).is_none() {
            table.working -= 1;
        }
    }

    /// Ready once the connection has to make room.
    pub(crate) async fn closed(&self) {
        self.close.cancelled().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut table = self.places.lock();
        if table.open.remove(&self.id).is_some_and(|open| open.waiting.is_none()) {
            table.working -= 1;
        }
    }
}

/// Whom an address belongs to: in IPv6 everybody has at least a network of 64 bits.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        address => address,
    }
}

/// How many files this process may have open, where the system says so.
fn open_files() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn the_longest_waiting_of_the_most_crowded_peer_makes_room() {
        let places = Places::of(8);
        let quiet = places.take(peer(1)).unwrap();
        let crowd: Vec<_> = (0..12).map(|_| places.take(peer(2)).unwrap()).collect();
        // One peer has half of the places at most, and pushes out its own.
        let closed: Vec<_> = crowd.iter().map(|place| place.close.is_cancelled()).collect();
        assert_eq!(closed, [[true; 8].as_slice(), &[false; 4]].concat());
        let more: Vec<_> = (3..7).map(|last| places.take(peer(last)).unwrap()).collect();
        assert!(!quiet.close.is_cancelled() && more.iter().all(|place| !place.close.is_cancelled()));
        assert!(crowd[8].close.is_cancelled());
    }

    #[test]
    fn who_works_is_never_closed_and_some_places_are_kept() {
        let places = Places::of(8);
        let working: Vec<_> = (0..8).map(|last| places.take(peer(last)).unwrap()).collect();
        assert_eq!(working.iter().filter(|place| place.work()).count(), 7);
        let asks = places.take(peer(9)).unwrap();
        assert!(working[7].close.is_cancelled() && !asks.close.is_cancelled());
        working[0].wait();
        assert!(asks.work());
        assert!(!working[0].close.is_cancelled());
        drop(working);
        drop(asks);
        let table = places.lock();
        assert_eq!((table.open.len(), table.working), (0, 0));
    }

    #[test]
    fn neighbours_in_ipv6_are_one_peer() {
        let at = |text: &str| network(text.parse().unwrap());
        assert_eq!(at("2001:db8::1"), at("2001:db8::ffff:1"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:192.0.2.1"), peer(1));
    }
}
