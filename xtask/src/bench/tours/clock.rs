//! Processor time of the thread that solves: unlike the clock's, it does not grow when others keep the machine busy.

use crate::bench::measures::thread_seconds;

/// What a solver may use.
pub(crate) struct Clock {
    begun: f64,
    budget: f64,
}

impl Clock {
    /// Starts to count for the thread that calls.
    pub(crate) fn start(budget: f64) -> Clock {
        Clock { begun: thread_seconds(), budget }
    }

    /// Seconds used.
    pub(crate) fn used(&self) -> f64 {
        thread_seconds() - self.begun
    }

    /// Part of the budget used.
    pub(crate) fn spent(&self) -> f64 {
        self.used() / self.budget
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_counts_and_sleep_does_not() {
        let clock = Clock::start(100.0);
        std::thread::sleep(std::time::Duration::from_millis(200));
        assert!(clock.used() < 0.1, "{}", clock.used());
        let mut sum = 0u64;
        while clock.used() < 0.1 {
            sum = std::hint::black_box(sum.wrapping_mul(31).wrapping_add(7));
        }
        assert!(clock.spent() >= 0.001);
    }
}
