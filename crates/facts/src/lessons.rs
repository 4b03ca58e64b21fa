//! What a company's own history has taught about the relationship model, and why it has not taught more. Made by focus,
//! kept by the store, read by every page; here because all three speak of it.

use crate::{Day, Month, Parameter, ParameterName, Settings, Text};

/// One reading of the whole history.
#[derive(Debug, Clone, PartialEq)]
pub struct Lessons {
    /// Knows nothing that happened after this day.
    pub as_of: Day,
    /// First month read.
    pub from: Month,
    /// Last month read.
    pub to: Month,
    /// Partners read.
    pub partners: usize,
    /// Partners left out because they have bought in too few months.
    pub left_out: usize,
    /// Months with a one-off deal that was drawn in to what is usual.
    pub one_offs: usize,
    /// What all partners together say.
    pub company: Lesson,
    /// What each segment says, by name.
    pub segments: Vec<Lesson>,
}

/// What one segment's history, or the whole company's, says.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// The segment as written in the partner list; of the company, empty.
    pub segment: String,
    /// Partners read.
    pub partners: usize,
    /// Of them ever visited.
    pub visited: usize,
    /// Visits in the months read.
    pub visits: usize,
    /// Months of partners left once those just after visits are left out.
    pub months: usize,
    /// How sales, as part of the partner's usual, rise from no relationship to a full one, by the months not just after
    /// visits. None where it was not looked for.
    pub slope: Option<Likely>,
    /// The same by every month.
    pub every_month: Option<Likely>,
    /// The same as potential and base sales imply it.
    pub implied: Option<f64>,
    /// What became of the slope.
    pub why: Why,
    /// Each parameter that history can teach: response, half-life, digital relief.
    pub taught: Vec<Taught>,
}

/// A value with its 80 % band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likely {
    /// The value.
    pub value: f64,
    /// One in ten is lower.
    pub low: f64,
    /// One in ten is higher.
    pub high: f64,
}

/// A parameter as it stands after the lesson.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taught {
    /// Value, band and source: learned, or what it was before.
    pub parameter: Parameter,
    /// Why it is that.
    pub why: Why,
    /// How much of the doubt there was before is left: 1 all of it, 0 none. None where history said nothing.
    pub doubt_left: Option<f64>,
}

/// Why something was or was not learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// It was learned here.
    Learned,
    /// It was learned from all partners together and holds here too.
    LearnedTogether,
    /// No partner has bought in enough months.
    NoSales,
    /// No visit is known.
    NoVisits,
    /// Too few visits.
    FewVisits,
    /// Too few visited partners.
    FewPartners,
    /// Relationships hardly vary.
    LittleVariation,
    /// Everybody was visited in the same months.
    SameMonths,
    /// Visits seem to be timed by deals.
    TimedByDeals,
    /// The months just after visits fall below what the others say.
    LowAfterVisits,
    /// The company's visits as a whole seem to be timed.
    TimedByDealsElsewhere,
    /// The doubt about the slope is too large.
    Unsteady,
    /// History leaves nearly as much doubt as there was.
    NotNarrowed,
}

impl Why {
    /// Every reason.
    pub const ALL: [Why; 13] = [
        Why::Learned,
        Why::LearnedTogether,
        Why::NoSales,
        Why::NoVisits,
        Why::FewVisits,
        Why::FewPartners,
        Why::LittleVariation,
        Why::SameMonths,
        Why::TimedByDeals,
        Why::LowAfterVisits,
        Why::TimedByDealsElsewhere,
        Why::Unsteady,
        Why::NotNarrowed,
    ];

    /// Stable word for files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Why::Learned => "learned",
            Why::LearnedTogether => "learned-together",
            Why::NoSales => "no-sales",
            Why::NoVisits => "no-visits",
            Why::FewVisits => "few-visits",
            Why::FewPartners => "few-partners",
            Why::LittleVariation => "little-variation",
            Why::SameMonths => "same-months",
            Why::TimedByDeals => "timed-by-deals",
            Why::LowAfterVisits => "low-after-visits",
            Why::TimedByDealsElsewhere => "timed-by-deals-elsewhere",
            Why::Unsteady => "unsteady",
            Why::NotNarrowed => "not-narrowed",
        }
    }

    /// The reason with that code.
    pub fn coded(code: &str) -> Option<Why> {
        Why::ALL.into_iter().find(|why| why.code() == code)
    }

    /// Was something learned?
    pub fn is_learned(self) -> bool {
        matches!(self, Why::Learned | Why::LearnedTogether)
    }

    /// In a sentence a channel manager understands.
    pub fn text(self) -> Text {
        match self {
            Why::Learned => Text {
                sv: "Historiken säger detta tillräckligt tydligt för att användas.",
                en: "History says this clearly enough to be used.",
            },
            Why::LearnedTogether => Text {
                sv: "Segmentet är för litet för att säga det självt, men alla partner tillsammans gör det.",
                en: "The segment is too small to say it by itself, but all partners together do.",
            },
            Why::NoSales => Text {
                sv: "Ingen partner har köpt i minst tolv månader. Importera en längre försäljningshistorik.",
                en: "No partner has bought for at least twelve months. Import a longer sales history.",
            },
            Why::NoVisits => Text {
                sv: "Inga besök är kända. Importera besök och kontakter för att lära av dem.",
                en: "No visits are known. Import visits and touches to learn from them.",
            },
            Why::FewVisits => {
                Text { sv: "För få besök för att säga något alls.", en: "Too few visits to say anything at all." }
            }
            Why::FewPartners => Text {
                sv: "För få partner har besökts: skillnaden kan lika gärna bero på vilka de råkar vara.",
                en: "Too few partners were visited: a difference may as well be due to who they happen to be.",
            },
            Why::LittleVariation => Text {
                sv: "Relationerna är nästan lika starka hela tiden. Det finns inget före och efter att jämföra.",
                en: "Relationships are nearly as strong all the time. There is no before and after to compare.",
            },
            Why::SameMonths => Text {
                sv: "Alla partner besöktes i samma månader. Vad besöken gav kan inte skiljas från säsongen.",
                en: "Every partner was visited in the same months. What the visits gave cannot be told from the season.",
            },
            Why::TimedByDeals | Why::LowAfterVisits | Why::TimedByDealsElsewhere => self.alarm(),
            Why::Unsteady => Text {
                sv: "Osäkerheten är för stor i förhållande till effekten. Fler partner, fler månader eller mer varierade \
                     besök behövs.",
                en: "The doubt is too large beside the effect. More partners, more months or more varied visits are \
                     needed.",
            },
            Why::NotNarrowed => Text {
                sv: "Historiken lämnar nästan lika stor osäkerhet som fanns innan, så värdet får stå kvar.",
                en: "History leaves nearly as much doubt as there was before, so the value stays.",
            },
        }
    }

    /// The words of an alarm.
    fn alarm(self) -> Text {
        match self {
            Why::TimedByDeals => Text {
                sv: "Larm: månaderna just efter besök säger något helt annat än de övriga. Besöken verkar göras när en \
                     affär ändå är på väg, så siffran används inte.",
                en: "Alarm: the months just after visits say something else entirely than the others. Visits seem to be \
                     made when a deal is coming anyway, so the figure is not used.",
            },
            Why::LowAfterVisits => Text {
                sv: "Larm: månaderna just efter besök ligger klart under vad de övriga säger. Besöken verkar göras när \
                     det går dåligt, eller så kommer effekten senare än modellen tror. Siffran används inte.",
                en: "Alarm: the months just after visits lie clearly below what the others say. Visits seem to be made \
                     when things go badly, or the effect comes later than the model believes. The figure is not used.",
            },
            _ => Text {
                sv: "Larm för företaget som helhet: månaderna just efter besök säger något annat än de övriga. Då \
                     används inte heller segmentets siffra.",
                en: "Alarm for the company as a whole: the months just after visits say something else than the others. \
                     Then the segment's figure is not used either.",
            },
        }
    }
}

impl Lesson {
    /// What stands for that parameter.
    pub fn of(&self, name: ParameterName) -> Option<&Taught> {
        self.taught.iter().find(|taught| taught.parameter.name == name)
    }

    /// The parameters learned.
    pub fn learned(&self) -> impl Iterator<Item = &Parameter> {
        self.taught.iter().filter(|taught| taught.why.is_learned()).map(|taught| &taught.parameter)
    }
}

impl Lessons {
    /// Is anything learned that those settings do not have in use?
    pub fn adds_to(&self, settings: &Settings) -> bool {
        let known = |segment: &str, wanted: &Parameter| {
            let own = settings.segments.iter().find(|one| one.segment == segment);
            own.and_then(|own| own.parameter(wanted.name)).is_some_and(|kept| kept == wanted)
        };
        self.segments.iter().any(|lesson| lesson.learned().any(|parameter| !known(&lesson.segment, parameter)))
    }
}

#[cfg(test)]
mod tests {
    use super::Why;

    #[test]
    fn every_reason_is_found_by_its_code_and_said_in_both_languages() {
        for why in Why::ALL {
            assert_eq!(Why::coded(why.code()), Some(why));
            let text = why.text();
            assert!(text.sv.ends_with('.') && text.en.ends_with('.') && text.sv != text.en);
            assert!(!text.sv.contains("  ") && !text.en.contains("  "));
        }
    }
}
