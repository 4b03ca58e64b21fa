//! The shapes of a what-if and of a toss-up's terms.

use spelplan_facts::{DayRange, Money, PamId, PartnerId, Share};

use super::documents;
use crate::toss_ups::{TossUpBlock, TossUpEntry, TossUpTerms};
use crate::what_ifs::{PamTime, WhatIf};

documents! {
    WhatIfKept = WhatIf {
        seasons: Vec<DayRange>, time: Share, time_of: Vec<PamTime>, video_build: Option<f64>,
    }
    PamTimeKept = PamTime { pam: PamId, time: Share }
    TossUpTermsKept = TossUpTerms {
        season: DayRange, dose: usize, blocks: Vec<TossUpBlock>, seed: String, price: Money,
    }
    TossUpBlockKept = TossUpBlock {
        code: String, pam: PamId, tercile: usize, winners: usize, entries: Vec<TossUpEntry>, price: Money,
    }
    TossUpEntryKept = TossUpEntry { key: String, partners: Vec<PartnerId> }
}
