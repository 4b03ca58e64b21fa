//! Why a change cannot be made as asked, in words that say what to do instead.

/// A change that cannot be made as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objection {
    /// The plan has no such visit.
    NoSuchVisit,
    /// No such PAM, or one without a home.
    NoSuchPam,
    /// Locked or confirmed, and moving those was not allowed.
    Pinned,
    /// Promised for its day or week, and moving it out of that was not allowed.
    Promised,
    /// Within the next two days, and touching those was not allowed.
    TooSoon,
    /// It is over already.
    Past,
    /// The PAM does not work that day: holiday, away, ill, promised elsewhere, or outside the season.
    NotWorking,
    /// The week has its field days already.
    WeekFull,
    /// The day cannot hold it: opening hours, driving or the day's length.
    NoRoom,
    /// Another visit to the partner lies too close, or it has as many as allowed.
    TooOften,
    /// Nothing to gain there, or it may not be visited.
    NotWorthIt,
    /// Another PAM runs the partner, or nobody.
    NotOwn,
    /// A locked or confirmed visit stands in the way.
    Collides,
    /// Travel money is used up.
    Budget,
    /// Already visited that day.
    Already,
    /// The two visits are not one PAM's.
    TwoPams,
    /// The season's weeks do not hold the day.
    Outside,
}

impl Objection {
    /// Every one.
    const ALL: [Objection; 17] = [
        Self::NoSuchVisit,
        Self::NoSuchPam,
        Self::Pinned,
        Self::Promised,
        Self::TooSoon,
        Self::Past,
        Self::NotWorking,
        Self::WeekFull,
        Self::NoRoom,
        Self::TooOften,
        Self::NotWorthIt,
        Self::NotOwn,
        Self::Collides,
        Self::Budget,
        Self::Already,
        Self::TwoPams,
        Self::Outside,
    ];

    /// The one with that code.
    pub fn coded(code: &str) -> Option<Objection> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoSuchVisit => "no-such-visit",
            Self::NoSuchPam => "no-such-pam",
            Self::Pinned => "pinned",
            Self::Promised => "promised",
            Self::TooSoon => "too-soon",
            Self::Past => "past",
            Self::NotWorking => "not-working",
            Self::WeekFull => "week-full",
            Self::NoRoom => "no-room",
            Self::TooOften => "too-often",
            Self::NotWorthIt => "not-worth-it",
            Self::NotOwn => "not-own",
            Self::Collides => "collides",
            Self::Budget => "budget",
            Self::Already => "already",
            Self::TwoPams => "two-pams",
            Self::Outside => "outside",
        }
    }

    /// What stands in the way and what to do: på svenska, in English.
    pub fn text(self) -> (&'static str, &'static str) {
        (self.swedish(), self.english())
    }

    fn swedish(self) -> &'static str {
        match self {
            Self::NoSuchVisit => "planen har inget sådant besök. Läs in tavlan igen",
            Self::NoSuchPam => "PAM:en finns inte eller saknar startplats. Ange den i PAM-listan",
            Self::Pinned => "besöket är låst eller bekräftat. Lås upp det först, eller tillåt att fasta besök flyttas",
            Self::Promised => {
                "besöket är lovat för sin dag eller vecka. Gör det friare först, eller tillåt att fasta besök flyttas"
            }
            Self::TooSoon => "det gäller i dag eller de närmaste två dagarna. Tillåt att de rörs om det är menat",
            Self::Past => "dagen är förbi. Välj en dag som kommer",
            Self::NotWorking => {
                "PAM:en kör inte den dagen: helgdag, frånvaro, sjuk, upptagen i en annan plan eller utanför säsongen. Välj en annan dag"
            }
            Self::WeekFull => "veckan har redan sina fältdagar. Välj en dag som redan är fältdag",
            Self::NoRoom => {
                "dagen rymmer det inte: öppettider, körning eller dagens längd. Flytta något annat från dagen först"
            }
            Self::TooOften => "partnern får då besök för tätt eller för många gånger. Ta bort det andra besöket först",
            Self::NotWorthIt => {
                "ett besök där väntas inte ge något, eller får inte göras. Boka tiden som upptagen i stället"
            }
            Self::NotOwn => "en annan PAM ansvarar för partnern. Byt ansvarig i partnerlistan först",
            Self::Collides => "ett låst eller bekräftat besök står i vägen. Lås upp det eller välj en annan tid",
            Self::Budget => "resepengarna räcker inte. Höj gränsen eller ta bort något annat",
            Self::Already => "partnern besöks redan den dagen",
            Self::Outside => {
                "dagen ligger utanför säsongens veckor. Planera dem med, eller kom överens om en annan dag"
            }
            Self::TwoPams => "besöken hör till olika PAM:ar. Byt plats inom samma PAM:s resor",
        }
    }

    fn english(self) -> &'static str {
        match self {
            Self::NoSuchVisit => "the plan has no such visit. Load the board again",
            Self::NoSuchPam => "that PAM does not exist or has no place to start from. Give one in the PAM list",
            Self::Pinned => "the visit is locked or confirmed. Let it go first, or allow fixed visits to move",
            Self::Promised => {
                "the visit is promised for its day or week. Make it freer first, or allow fixed visits to move"
            }
            Self::TooSoon => "that concerns today or the next two days. Allow them to be touched if that is meant",
            Self::Past => "that day is over. Choose one to come",
            Self::NotWorking => {
                "the PAM does not drive that day: holiday, away, ill, promised in another plan or outside the season. Choose another day"
            }
            Self::WeekFull => "the week has its field days already. Choose a day that is a field day",
            Self::NoRoom => {
                "the day cannot hold it: opening hours, driving or the day's length. Move something else off the day first"
            }
            Self::TooOften => {
                "the partner would then be visited too closely or too often. Take the other visit out first"
            }
            Self::NotWorthIt => {
                "a visit there is expected to bring nothing, or may not be made. Book the time as taken instead"
            }
            Self::NotOwn => "another PAM runs that partner. Change that in the partner list first",
            Self::Collides => "a locked or confirmed visit stands in the way. Let it go or choose another time",
            Self::Budget => "travel money is used up. Raise the limit or take something else out",
            Self::Already => "the partner is visited that day already",
            Self::Outside => "that day lies outside the season. Plan its week too, or agree on another day",
            Self::TwoPams => "the visits are different PAMs'. Swap within one PAM's trips",
        }
    }
}
