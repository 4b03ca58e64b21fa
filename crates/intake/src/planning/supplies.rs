//! Lines that are known without brand and distributor and now tell them, or the other way round: the same line must not count twice.

use std::collections::{HashMap, HashSet};

use crate::fingerprints::mark_of;
use crate::{Notice, SaleRecord, Supply};

/// What is seen of that while lines are compared.
#[derive(Default)]
pub(super) struct ToldSince {
    /// Known lines that one of the files tells more of.
    taken: HashSet<u128>,
    /// High halves of the keys of new lines that tell neither.
    silent: HashSet<u64>,
    /// New lines that stand beside a known one of the same number.
    n_beside: usize,
}

impl ToldSince {
    /// The key of a line: where it came in before its file told brand or distributor, the one it has there. `same` is what it may say there.
    pub fn key(
        &mut self,
        known: &HashMap<u128, u64>,
        record: &SaleRecord,
        supply: Option<&Supply>,
        same: impl Fn() -> [u64; 2],
    ) -> u128 {
        let key = record.key;
        if known.is_empty() || known.contains_key(&key) {
            return key;
        }
        let Some(supply) = supply else {
            self.silent.insert((key >> 64) as u64);
            return key;
        };
        let keys = [true, false].map(|is_sum| key ^ mark_of(supply, is_sum));
        let Some((before, content)) = keys.into_iter().find_map(|before| Some((before, known.get(&before)?))) else {
            return key;
        };
        if same().contains(content) && self.taken.insert(before) {
            return before;
        }
        self.n_beside += 1;
        key
    }

    /// What is to be said of lines that may count twice.
    pub fn notice(self, known: &HashMap<u128, u64>) -> Option<Notice> {
        let told = known.keys().filter(|key| self.silent.contains(&((**key >> 64) as u64))).count();
        let n = self.n_beside + told;
        (n > 0).then(|| Notice {
            code: "I217",
            en: format!(
                "{n} lines stand beside known ones of the same number or month that tell another distributor or brand, or none: both count. If they are the same sales, undo the earlier import first, or give the file the same columns."
            ),
            sv: format!(
                "{n} rader står bredvid kända med samma nummer eller månad som anger en annan distributör eller ett annat märke, eller inget: båda räknas. Är det samma försäljning, ångra den tidigare importen först eller ge filen samma kolumner."
            ),
        })
    }
}
