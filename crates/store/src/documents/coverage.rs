//! The shapes of a what-if and of a toss-up's terms.

use spelplan_facts::{DayRange, Money, PamId, PartnerId, Share};

use super::documents;
use crate::toss_ups::{TossUpBlock, TossUpCandidate, TossUpTerms};
use crate::what_ifs::{PamTime, WhatIf};

documents! {
    WhatIfKept = WhatIf {
        seasons: Vec<DayRange>, time: Share, time_of: Vec<PamTime>, video_build: Option<f64>,
    }
    PamTimeKept = PamTime { pam: PamId, time: Share }
    TossUpTermsKept = TossUpTerms {
        within: DayRange, dose: usize, blocks: Vec<TossUpBlock>, seed: u64, price: Money,
    }
    TossUpBlockKept = TossUpBlock { name: String, drawn: usize, candidates: Vec<TossUpCandidate> }
    TossUpCandidateKept = TossUpCandidate { partner: PartnerId, visits: usize }
}
