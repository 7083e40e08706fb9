//! Memory shared by cases that run at the same time: each says what it needs and waits until that is free.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Memory for all cases together.
#[derive(Debug)]
pub struct Budget {
    limit: u64,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    used: u64,
    /// The number that the next one to wait takes, and the number whose turn it is: large cases are not overtaken
    /// for ever by small ones.
    next: u64,
    turn: u64,
}

/// Memory that a case holds; free again when it is dropped.
#[derive(Debug)]
pub struct Grant<'b> {
    budget: &'b Budget,
    bytes: u64,
}

impl Budget {
    pub fn new(limit: u64) -> Self {
        Self { limit, state: Mutex::default(), freed: Condvar::new() }
    }

    /// All there is.
    pub const fn limit(&self) -> u64 {
        self.limit
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A worker that panicked has not left the numbers half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits, in the order of the calls, until so much is free. `None` when it never will be.
    pub fn reserve(&self, bytes: u64) -> Option<Grant<'_>> {
        if bytes > self.limit {
            return None;
        }
        let mut state = self.lock();
        let ticket = state.next;
        state.next += 1;
        while state.turn != ticket || bytes > self.limit - state.used {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.used += bytes;
        state.turn += 1;
        self.freed.notify_all();
        Some(Grant { budget: self, bytes })
    }
}

impl Grant<'_> {
    /// Makes it so large, without waiting: whoever holds memory and waits for more could wait for ever. Answers
    /// whether there was enough.
    pub fn resize(&mut self, bytes: u64) -> bool {
        let mut state = self.budget.lock();
        let others = state.used - self.bytes;
        if bytes > self.budget.limit - others {
            return false;
        }
        state.used = others + bytes;
        self.bytes = bytes;
        self.budget.freed.notify_all();
        true
    }
}

impl Drop for Grant<'_> {
    fn drop(&mut self) {
        self.budget.lock().used -= self.bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::Budget;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn never_more_than_the_limit_and_everyone_gets_a_turn() {
        let budget = Budget::new(100);
        assert!(budget.reserve(101).is_none());
        let (used, most, done) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for thread in 0..8u64 {
                let (budget, used, most, done) = (&budget, &used, &most, &done);
                scope.spawn(move || {
                    for round in 0..50 {
                        let bytes = 1 + (thread * 37 + round * 11) % 100;
                        let grant = budget.reserve(bytes).expect("within the limit");
                        let now = used.fetch_add(bytes, Ordering::SeqCst) + bytes;
                        most.fetch_max(now, Ordering::SeqCst);
                        std::thread::yield_now();
                        used.fetch_sub(bytes, Ordering::SeqCst);
                        drop(grant);
                        done.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(done.load(Ordering::SeqCst), 400);
        assert!(most.load(Ordering::SeqCst) <= 100);
    }

    #[test]
    fn growth_stops_at_what_others_hold() {
        let budget = Budget::new(100);
        let mut a = budget.reserve(40).expect("free");
        let b = budget.reserve(30).expect("free");
        assert!(a.resize(70));
        assert!(!a.resize(71));
        drop(b);
        assert!(a.resize(100) && a.resize(10));
        assert!(budget.reserve(90).is_some());
    }
}
