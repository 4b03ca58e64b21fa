//! Toss-ups that were drawn elsewhere: a partner takes part once in each season.

use std::collections::BTreeMap;

use super::Planning;
use super::names::conflict;
use crate::{Batch, DrawnRecord, Kind};

impl Planning<'_> {
    /// New where the season does not know the partner, changed where it fell on another side, or in another block.
    pub(super) fn plan_toss_ups(&mut self, batches: &mut [Batch]) {
        let mut seen: BTreeMap<(String, String), DrawnRecord> = BTreeMap::new();
        for (at, batch) in batches.iter_mut().enumerate() {
            for (line, mut row) in std::mem::take(&mut batch.draws) {
                let Some(partner) = self.partner(at, batch, line, &row.partner) else { continue };
                row.partner = partner;
                let key = (row.season.clone(), row.partner.clone());
                match seen.get(&key) {
                    Some(earlier) if *earlier == row => self.count(Kind::TossUps).duplicate += 1,
                    Some(_) => self.wrong.complain(at, batch, line, "partner_id", conflict(&row.partner)),
                    None => {
                        seen.insert(key, row);
                    }
                }
            }
        }
        for (key, row) in seen {
            let before = self.known.draws.get(&key);
            let counts = self.count(Kind::TossUps);
            match before {
                Some(before) if *before == row => counts.same += 1,
                known => {
                    *(if known.is_some() { &mut counts.changed } else { &mut counts.new }) += 1;
                    self.plan.draws.push(row);
                }
            }
        }
        // Toss-ups are numbered in this order: as the seasons came, not as they are spelled.
        self.plan.draws.sort_by_key(|row| row.days.from);
    }
}
