//! How far a commit has come, told to whoever watches.

/// Who watches: rows written so far, rows in all.
pub(crate) type Watch<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Counts rows and tells.
pub(crate) struct Steps<'a> {
    watch: Watch<'a>,
    done: u64,
    total: u64,
}

impl<'a> Steps<'a> {
    /// Tells the beginning.
    pub(crate) fn begin(watch: Watch<'a>, total: usize) -> Steps<'a> {
        let total = total as u64;
        watch(0, total);
        Steps { watch, done: 0, total }
    }

    /// Tells that so many more are written.
    pub(crate) fn done(&mut self, rows: usize) {
        self.done = self.total.min(self.done + rows as u64);
        (self.watch)(self.done, self.total);
    }
}
