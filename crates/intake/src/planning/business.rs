//! What partners' businesses look like, and meetings to come.

use std::collections::BTreeMap;

use super::Planning;
use super::names::conflict;
use crate::{Batch, BusinessRow, Kind};

impl Planning<'_> {
    /// Rows about partners' businesses: new where nothing is known under their key, changed where something else is.
    pub(super) fn plan_business(&mut self, batches: &mut [Batch]) {
        let mut seen: BTreeMap<(Kind, String, String), BusinessRow> = BTreeMap::new();
        for (at, batch) in batches.iter_mut().enumerate() {
            for (line, mut row) in std::mem::take(&mut batch.business) {
                let Some(partner) = self.partner(at, batch, line, &row.partner) else { continue };
                let Some(kind) = Kind::coded(row.what.kind()) else { continue };
                row.partner = partner;
                let key = (kind, row.partner.clone(), row.key.clone());
                match seen.get(&key) {
                    Some(earlier) if *earlier == row => self.count(kind).duplicate += 1,
                    Some(_) => self.wrong.complain(at, batch, line, "partner_id", conflict(&row.key)),
                    None => {
                        seen.insert(key, row);
                    }
                }
            }
        }
        for (key, row) in seen {
            let kind = key.0;
            match self.known.business.get(&(kind.code(), key.1, key.2)) {
                Some(before) if *before == row.what => self.count(kind).same += 1,
                Some(_) => {
                    self.count(kind).changed += 1;
                    self.plan.business.push(row);
                }
                None => {
                    self.count(kind).new += 1;
                    self.plan.business.push(row);
                }
            }
        }
    }

    /// Meetings: one that is known lives a life of its own by now, and a file does not write over it.
    pub(super) fn plan_meetings(&mut self, batches: &mut [Batch]) {
        let mut seen = std::collections::BTreeSet::new();
        for (at, batch) in batches.iter_mut().enumerate() {
            for (line, mut row) in std::mem::take(&mut batch.meetings) {
                let Some(partner) = self.partner(at, batch, line, &row.partner) else { continue };
                let Some(pam) = self.pam(at, batch, line, &row.pam) else { continue };
                (row.partner, row.pam) = (partner, pam);
                if !seen.insert(row.key.clone()) {
                    self.count(Kind::Meetings).duplicate += 1;
                } else if self.known.meetings.contains(&row.key) {
                    self.count(Kind::Meetings).same += 1;
                } else {
                    self.count(Kind::Meetings).new += 1;
                    self.plan.meetings.push(row);
                }
            }
        }
    }
}
