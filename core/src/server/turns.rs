//! The scheduler: as many computations run at once as there are cores.
//!
//! The account that was served least so far comes next. Work that takes longer than a slice yields at its next pause to
//! those that wait, so that an hour of audio of one account holds up nobody else's request.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

/// So long work goes on before it makes way for others.
const SLICE: Duration = Duration::from_millis(100);

pub(crate) struct Turns {
    /// Works of one account that may be begun and not ended, as each keeps its audio in memory; and of all.
    each: usize,
    begun: usize,
    state: Mutex<State>,
}

struct State {
    free: usize,
    begun: usize,
    asked: u64,
    accounts: HashMap<Arc<str>, Account>,
}

#[derive(Default)]
struct Account {
    /// Time that its works had, from where the least served one was when it came.
    served: Duration,
    running: usize,
    begun: usize,
    new: VecDeque<Waiting>,
    /// Works that made way.
    begun_before: VecDeque<Waiting>,
}

/// The number says who asked first.
type Waiting = (u64, oneshot::Sender<Running>);

/// A turn that was given.
struct Running {
    turns: Arc<Turns>,
    account: Arc<str>,
    since: Instant,
    /// Whether it is of work that nobody answers for yet.
    begins: bool,
    /// False for one that nobody wanted.
    held: bool,
}

impl Turns {
    pub(crate) fn new(at_once: usize) -> Arc<Self> {
        let at_once = at_once.max(1);
        let state = State { free: at_once, begun: 0, asked: 0, accounts: HashMap::new() };
        Arc::new(Self { each: at_once, begun: 8 * at_once, state: Mutex::new(state) })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn.
    pub(crate) async fn turn(self: &Arc<Self>, account: &Arc<str>) -> Option<Turn> {
        // A caller that stops waiting drops the receiver, and with it a turn that was already sent.
        let mut running = self.ask(account, false).await.ok()?;
        running.begins = false;
        let begun = Begun { turns: Arc::clone(self), account: Arc::clone(account) };
        Some(Turn { running: Mutex::new(Some(running)), begun })
    }

    fn ask(self: &Arc<Self>, account: &Arc<str>, begun: bool) -> oneshot::Receiver<Running> {
        let (give, turn) = oneshot::channel();
        let mut state = self.lock();
        state.asked += 1;
        let number = state.asked;
        let least = state.accounts.values().map(|account| account.served).min().unwrap_or_default();
        let known = state
            .accounts
            .entry(Arc::clone(account))
            .or_insert_with(|| Account { served: least, ..Account::default() });
        if begun { &mut known.begun_before } else { &mut known.new }.push_back((number, give));
        self.give(&mut state);
        turn
    }

    /// Gives what is free to the accounts that were served least.
    fn give(self: &Arc<Self>, state: &mut State) {
        while state.free > 0 {
            let may_begin = state.begun < self.begun;
            let next = state.accounts.iter().filter(|(_, account)| account.next(self.each, may_begin).is_some());
            let Some(name) = next.min_by_key(|(_, account)| (account.served, account.running)).map(|(name, _)| name)
            else {
                return;
            };
            let name = Arc::clone(name);
            let Some(account) = state.accounts.get_mut(&name) else { return };
            let begins = account.next(self.each, may_begin) == Some(true);
            let line = if begins { &mut account.new } else { &mut account.begun_before };
            let Some((_, give)) = line.pop_front() else { return };
            let turns = Arc::clone(self);
            let running = Running { turns, account: Arc::clone(&name), since: Instant::now(), begins, held: true };
            // Counted before it is sent: the receiver may be done at once.
            account.running += 1;
            account.begun += usize::from(begins);
            state.free -= 1;
            state.begun += usize::from(begins);
            if let Err(mut unwanted) = give.send(running) {
                unwanted.held = false;
                account.running -= 1;
                account.begun -= usize::from(begins);
                state.free += 1;
                state.begun -= usize::from(begins);
                state.forget_idle(&name);
            }
        }
    }

    /// Whether another account waits, or another work of this one.
    fn wanted(&self) -> bool {
        let state = self.lock();
        let may_begin = state.begun < self.begun;
        state.accounts.values().any(|account| account.next(self.each, may_begin).is_some())
    }
}

impl Account {
    /// Who of those that wait comes next: true for new work. None if nobody waits who may go on.
    fn next(&self, each: usize, may_begin: bool) -> Option<bool> {
        let new = self.new.front().filter(|_| self.begun == 0 || may_begin && self.begun < each);
        match (new, self.begun_before.front()) {
            (Some((new, _)), Some((old, _))) => Some(new < old),
            (Some(_), None) => Some(true),
            (None, Some(_)) => Some(false),
            (None, None) => None,
        }
    }
}

impl State {
    fn forget_idle(&mut self, name: &Arc<str>) {
        let idle = self.accounts.get(name).is_some_and(|account| {
            account.running == 0 && account.begun == 0 && account.new.is_empty() && account.begun_before.is_empty()
        });
        if idle {
            self.accounts.remove(name);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !std::mem::take(&mut self.held) {
            return;
        }
        let mut state = self.turns.lock();
        state.free += 1;
        state.begun -= usize::from(self.begins);
        if let Some(account) = state.accounts.get_mut(&self.account) {
            account.running -= 1;
            account.begun -= usize::from(self.begins);
            account.served += self.since.elapsed();
        }
        state.forget_idle(&self.account);
        self.turns.give(&mut state);
    }
}

/// Work that was begun.
struct Begun {
    turns: Arc<Turns>,
    account: Arc<str>,
}

impl Drop for Begun {
    fn drop(&mut self) {
        let mut state = self.turns.lock();
        state.begun -= 1;
        if let Some(account) = state.accounts.get_mut(&self.account) {
            account.begun -= 1;
        }
        state.forget_idle(&self.account);
        self.turns.give(&mut state);
    }
}

/// A turn to compute, until this is dropped.
pub(crate) struct Turn {
    // Ends before the work does.
    running: Mutex<Option<Running>>,
    begun: Begun,
}

impl Turn {
    /// Makes way for others, if the turn has lasted for a slice and somebody waits; blocks until the work may go on.
    pub(crate) fn pause(&self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let Begun { turns, account } = &self.begun;
        if running.as_ref().is_none_or(|running| running.since.elapsed() < SLICE) || !turns.wanted() {
            return;
        }
        // Behind those who wait: asked for before the turn is given back, it could be this one's own again.
        let next = {
            drop(running.take());
            turns.ask(account, true)
        };
        *running = next.blocking_recv().ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn busy(time: Duration, turn: &Turn) {
        let end = Instant::now() + time;
        while Instant::now() < end {
            std::thread::sleep(Duration::from_millis(5));
            turn.pause();
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn long_work_of_one_account_makes_way_for_another() {
        let turns = Turns::new(1);
        let work = |name: &str, time: u64| {
            let (turns, name): (_, Arc<str>) = (Arc::clone(&turns), name.into());
            tokio::spawn(async move {
                let turn = turns.turn(&name).await.unwrap();
                tokio::task::spawn_blocking(move || busy(Duration::from_millis(time), &turn)).await.unwrap();
                Instant::now()
            })
        };
        let long: Vec<_> = (0..3).map(|_| work("long", 1500)).collect();
        tokio::time::sleep(Duration::from_millis(200)).await;
        let asked = Instant::now();
        let done = work("short", 10).await.unwrap();
        assert!(done - asked < Duration::from_millis(600), "{:?}", done - asked);
        for long in long {
            long.await.unwrap();
        }
        let state = turns.lock();
        assert_eq!((state.free, state.begun, state.accounts.len()), (1, 0, 0));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn turns_go_round_the_accounts_and_not_to_those_who_ask_most() {
        let turns = Turns::new(1);
        let first = turns.turn(&"a".into()).await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = Vec::new();
        for name in ["a", "a", "a", "a", "b", "c"] {
            let (turns, order) = (Arc::clone(&turns), Arc::clone(&order));
            tasks.push(tokio::spawn(async move {
                let turn = turns.turn(&name.into()).await.unwrap();
                order.lock().unwrap().push(name);
                tokio::time::sleep(Duration::from_millis(20)).await;
                drop(turn);
            }));
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        drop(first);
        for task in tasks {
            task.await.unwrap();
        }
        let order = order.lock().unwrap();
        let place = |name| order.iter().position(|other| *other == name).unwrap();
        assert!(place("b") < 2 && place("c") < 3, "{order:?}");
    }

    #[tokio::test]
    async fn whoever_stops_waiting_leaves_nothing_behind() {
        let turns = Turns::new(1);
        let held = turns.turn(&"a".into()).await.unwrap();
        let gone = tokio::time::timeout(Duration::from_millis(20), turns.turn(&"b".into())).await;
        assert!(gone.is_err());
        drop(held);
        let again = tokio::time::timeout(Duration::from_secs(1), turns.turn(&"c".into())).await.unwrap();
        drop(again);
        let state = turns.lock();
        assert_eq!((state.free, state.begun, state.accounts.len()), (1, 0, 0));
    }
}
