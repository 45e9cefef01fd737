//! Values that must not cross a fork: threads, and open databases.

use std::sync::OnceLock;

use super::fork::apart;

/// A value that each process creates on first use.
///
/// After a fork the child has a copy of the parent's memory but none of its threads, and must not
/// touch the parent's database handles. The child finds the parent's value here, sees by the
/// process id that it is not its own, and makes a new one. No lock is taken that a thread of the
/// parent might have held; a fork waits while a value is being made. What was inherited is never dropped
/// here.
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

    /// This process's value, made by `make`, which is shown what was inherited.
    pub(crate) fn get(&self, make: impl Fn(&[&T]) -> T) -> &T {
        let process = std::process::id();
        let mut inherited = Vec::new();
        let mut slot = &self.first;
        loop {
            let fresh = || Box::new(Node { process, value: Some(make(&inherited)), next: OnceLock::new() });
            let node = slot.get().unwrap_or_else(|| apart(|| slot.get_or_init(fresh)));
            match &node.value {
                Some(value) if node.process == process => return value,
                value => inherited.extend(value),
            }
            slot = &node.next;
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
