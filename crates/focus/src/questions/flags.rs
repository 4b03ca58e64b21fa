//! What does not hang together in somebody's answers, in words. A flag stops nothing: it is there to be thought about.

use spelplan_facts::{Question, Text};

/// Something to think about once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Fewer visits would sell more.
    FewerSellMore(Question, Question),
    /// Visits change nothing either way, so there is no curve.
    NoEffect,
    /// No curve goes through the answers, or it falls with effort.
    NoCurve,
    /// The elasticity lies outside .05 to .60.
    ElasticityFar,
    /// Less is left without visits than what the relationship's own fading explains.
    BaseContradicts,
    /// The share that would remain lies outside .5 to .9.
    BaseFar,
    /// Touches would quicken the fading.
    DigitalHarms,
    /// Touches would stop nearly all fading.
    DigitalStopsAll,
    /// A half-life outside what has been seen (2 to 24 months).
    HalfLifeFar,
    /// What one visit builds cannot be told from the answers, or lies outside .05 to .90.
    BuildFar,
    /// A video meeting with somebody never met would do more than with somebody met.
    UnmetAboveMet,
    /// A video meeting would do more than a visit.
    VideoAboveVisit,
    /// The first visits are said to do nothing, but half of them to do half or more.
    SlowStartUnseen,
}

impl Flag {
    /// The questions it is about.
    pub fn questions(self) -> Vec<Question> {
        match self {
            Self::FewerSellMore(fewer, more) => vec![fewer, more],
            Self::NoEffect => vec![Question::Without, Question::Saturation],
            Self::NoCurve | Self::ElasticityFar => {
                vec![Question::Without, Question::Half, Question::More, Question::Saturation]
            }
            Self::BaseContradicts | Self::BaseFar => vec![Question::Without, Question::SilentMonths],
            Self::DigitalHarms | Self::DigitalStopsAll => vec![Question::SilentMonths, Question::DigitalMonths],
            Self::HalfLifeFar => vec![Question::SilentMonths],
            Self::BuildFar => vec![Question::VisitsYear, Question::Saturation],
            Self::UnmetAboveMet => vec![Question::VideoMet, Question::VideoUnmet],
            Self::VideoAboveVisit => vec![Question::VideoMet],
            Self::SlowStartUnseen => vec![Question::Half],
        }
    }

    /// In words: what the answers say, and what to think about.
    pub fn text(self) -> Text {
        match self {
            Self::FewerSellMore(..) => Text {
                sv: "Färre besök säljer mer än fler, enligt svaren. Är det meningen?",
                en: "Fewer visits sell more than more visits, by these answers. Is that meant?",
            },
            Self::NoEffect => Text {
                sv: "Besöken spelar ingen roll åt något håll, enligt svaren. Då finns ingen kurva att räkna på.",
                en: "Visits make no difference either way, by these answers. Then there is no curve to compute with.",
            },
            Self::NoCurve => Text {
                sv: "Svaren motsäger varandra: ingen kurva går genom dem. Försäljningen ska stiga från inga besök, över hälften, i dag och 50 % fler, till så många ni vill.",
                en: "The answers contradict each other: no curve goes through them. Sales should rise from no visits through half, today and half as many again to as many as you wish.",
            },
            Self::ElasticityFar => Text {
                sv: "Känsligheten ligger långt från vad som mätts på annat håll (0,25–0,34). Det kan vara rätt, men tänk en gång till.",
                en: "The elasticity lies far from what has been measured elsewhere (0.25–0.34). It may be right, but think once more.",
            },
            Self::BaseContradicts => Text {
                sv: "Fråga 1 och 5 motsäger varandra: så snabbt som relationen falnar kan inte så lite vara kvar, eller så mycket.",
                en: "Questions 1 and 5 contradict each other: with the relationship fading that fast, neither so little nor so much can be left.",
            },
            Self::BaseFar => Text {
                sv: "Delen som skulle säljas helt utan relation är ovanlig (mindre än hälften eller mer än nio tiondelar).",
                en: "The part that would sell with no relationship at all is unusual (less than half, or more than nine tenths).",
            },
            Self::DigitalHarms => Text {
                sv: "Med digitala kontakter falnar relationen fortare än utan, enligt svaren.",
                en: "With digital touches the relationship fades faster than without, by these answers.",
            },
            Self::DigitalStopsAll => Text {
                sv: "Två digitala kontakter i månaden skulle stoppa nästan all falnad. Då behövs knappt några besök.",
                en: "Two digital touches a month would stop nearly all fading. Then hardly any visits are needed.",
            },
            Self::HalfLifeFar => Text {
                sv: "Halveringstiden ligger utanför vad som setts (2–24 månader).",
                en: "The half-life lies outside what has been seen (2 to 24 months).",
            },
            Self::BuildFar => Text {
                sv: "Ur svaren går det inte att få fram vad ett besök bygger (5–90 % av det som fattas). Antaget värde används.",
                en: "What one visit builds (5 to 90 % of what is missing) cannot be had from the answers. The assumed value is used.",
            },
            Self::UnmetAboveMet => Text {
                sv: "Video skulle ge mer med någon ni aldrig träffat än med någon ni träffat.",
                en: "Video would give more with somebody you never met than with somebody you have met.",
            },
            Self::VideoAboveVisit => Text {
                sv: "Ett videomöte skulle ge mer än ett besök.",
                en: "A video meeting would give more than a visit.",
            },
            Self::SlowStartUnseen => Text {
                sv: "De första besöken sägs inte göra något, men hälften av besöken gör hälften av nyttan eller mer.",
                en: "The first visits are said to do nothing, but half of the visits do half of the good or more.",
            },
        }
    }
}
