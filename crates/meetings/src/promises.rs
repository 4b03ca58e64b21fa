//! Promises across meetings: which are open, and how many were kept in time.

use spelplan_facts::{Commitment, Day, Meeting, PartnerId, Share, Side};

/// How one side has kept its promises.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Kept {
    /// Promises whose day has come.
    pub due: usize,
    /// Of those, done by their day.
    pub on_time: usize,
}

impl Kept {
    /// The part kept in time; `None` where nothing was due.
    pub fn share(&self) -> Option<Share> {
        (self.due > 0).then(|| Share(self.on_time as f64 / self.due as f64))
    }
}

/// Open promises of that partner's meetings, oldest day first, with the meeting they were made at.
pub fn open_promises(meetings: &[Meeting], partner: PartnerId) -> Vec<(&Meeting, &Commitment)> {
    let mut open: Vec<_> = promises(meetings, partner).filter(|(_, promise)| promise.done.is_none()).collect();
    open.sort_by(|one, other| one.1.by.cmp(&other.1.by).then(one.1.what.cmp(&other.1.what)));
    open
}

/// How that side has kept what it promised with that partner.
pub fn promises_kept(meetings: &[Meeting], partner: PartnerId, side: Side, today: Day) -> Kept {
    let due = promises(meetings, partner).map(|(_, promise)| promise).filter(|promise| promise.side == side);
    let due: Vec<&Commitment> = due.filter(|promise| promise.by <= today || promise.done.is_some()).collect();
    Kept { due: due.len(), on_time: due.iter().filter(|promise| promise.is_on_time()).count() }
}

fn promises(meetings: &[Meeting], partner: PartnerId) -> impl Iterator<Item = (&Meeting, &Commitment)> {
    let own = meetings.iter().filter(move |meeting| meeting.plan().partner == partner);
    own.flat_map(|meeting| {
        let outcome = meeting.state.outcome();
        outcome.into_iter().flat_map(|outcome| &outcome.commitments).map(move |promise| (meeting, promise))
    })
}
