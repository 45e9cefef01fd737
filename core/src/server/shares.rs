//! Fair shares of what runs out: places in the queue, memory for bodies, jobs.
//!
//! An account may hold as much as is still free (the dynamic threshold of Choudhury and Hahne, 1998): one alone half
//! of all, two a third each, and there is always something left for the next.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Something of which there is only so much.
pub(crate) struct Shares {
    total: u64,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    all: u64,
    by: HashMap<Arc<str>, u64>,
}

/// Whether one who holds `own` may take `more`, where all hold `all` of `total`. An account that holds nothing may take
/// anything that is there.
pub(crate) fn fair(total: u64, all: u64, own: u64, more: u64) -> bool {
    let Some(free) = total.checked_sub(all + more) else { return false };
    own == 0 || own + more <= free
}

impl Shares {
    pub(crate) fn new(total: u64) -> Arc<Self> {
        Arc::new(Self { total, held: Mutex::default() })
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A share, to be held; none if the account has its part or all is taken.
    pub(crate) fn take(self: &Arc<Self>, account: &Arc<str>, amount: u64) -> Option<Share> {
        let mut share = Share { shares: Arc::clone(self), account: Arc::clone(account), amount: 0 };
        share.grow_to(amount).then_some(share)
    }
}

/// What an account holds. It is free again when this is dropped.
pub(crate) struct Share {
    shares: Arc<Shares>,
    account: Arc<str>,
    amount: u64,
}

impl Share {
    /// Holds as much as `amount`, if that is fair.
    pub(crate) fn grow_to(&mut self, amount: u64) -> bool {
        let more = amount.saturating_sub(self.amount);
        if more == 0 {
            return true;
        }
        let mut held = self.shares.lock();
        let own = held.by.get(&self.account).copied().unwrap_or(0);
        if !fair(self.shares.total, held.all, own, more) {
            return false;
        }
        held.all += more;
        *held.by.entry(Arc::clone(&self.account)).or_default() += more;
        self.amount += more;
        true
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut held = self.shares.lock();
        held.all -= self.amount;
        if let Some(own) = held.by.get_mut(&self.account) {
            *own -= self.amount;
            if *own == 0 {
                held.by.remove(&self.account);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_gets_half_and_leaves_something_for_each_that_comes() {
        let shares = Shares::new(120);
        let all = |name: &str| {
            let name: Arc<str> = name.into();
            std::iter::from_fn(|| shares.take(&name, 1)).collect::<Vec<_>>()
        };
        let (a, b, c) = (all("a"), all("b"), all("c"));
        assert_eq!((a.len(), b.len(), c.len()), (60, 30, 15));
        drop(a);
        assert_eq!(all("c").len(), 30, "what is free again may be taken");
        drop((b, c));
        assert!(shares.lock().by.is_empty() && shares.lock().all == 0);
    }

    #[test]
    fn a_share_grows_with_what_arrives() {
        let shares = Shares::new(100);
        let mut one = shares.take(&"a".into(), 80).unwrap();
        assert!(!one.grow_to(81) && one.grow_to(10));
        assert!(shares.take(&"b".into(), 21).is_none());
        assert!(shares.take(&"b".into(), 20).is_some());
    }
}
