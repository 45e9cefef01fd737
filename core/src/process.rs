//! Values that must not cross a fork: threads, and open databases.

use std::sync::OnceLock;

/// A value that each process makes for itself when it first asks.
///
/// After a fork the child has a copy of the parent's memory but none of its threads, and must not
/// touch the parent's database handles. The child finds the parent's value here, sees by the
/// process id that it is not its own, and makes a new one. No lock is taken that a thread of the
/// parent might have held at the moment of the fork. What was inherited is never dropped.
pub(crate) struct PerProcess<T> {
    first: OnceLock<Box<Node<T>>>,
}

struct Node<T> {
    process: u32,
    value: Option<T>,
    next: OnceLock<Box<Node<T>>>,
}

impl<T> PerProcess<T> {
    pub(crate) const fn new() -> Self {
        Self { first: OnceLock::new() }
    }

    pub(crate) fn get(&self, make: impl Fn() -> T) -> &T {
        let process = std::process::id();
        let mut slot = &self.first;
        loop {
            let node = slot.get_or_init(|| Box::new(Node { process, value: Some(make()), next: OnceLock::new() }));
            match &node.value {
                Some(value) if node.process == process => return value,
                _ => slot = &node.next,
            }
        }
    }
}

impl<T> Drop for Node<T> {
    fn drop(&mut self) {
        if self.process != std::process::id() {
            std::mem::forget(self.value.take());
        }
    }
}
