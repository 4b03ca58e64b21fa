//! What work took: processor time, which unlike the clock's does not grow when others keep the machine busy, and memory.

use rustix::time::{ClockId, clock_gettime};

/// Seconds of processor time that this process has used on all its threads.
pub(crate) fn processor_seconds() -> f64 {
    seconds(ClockId::ProcessCPUTime)
}

/// Seconds of processor time that the thread that calls has used.
pub(crate) fn thread_seconds() -> f64 {
    seconds(ClockId::ThreadCPUTime)
}

fn seconds(clock: ClockId) -> f64 {
    let time = clock_gettime(clock);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Lets the kernel count the peak of memory anew.
pub(crate) fn forget_peak() {
    // Where the kernel does not allow it, the peak is that of all instances so far: an upper bound.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Most memory this process held since the count began.
pub(crate) fn peak_megabytes() -> f64 {
    crate::server::peak_memory(std::process::id()).map_or(0.0, |kilobytes| kilobytes as f64 / 1024.0)
}
