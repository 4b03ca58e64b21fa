//! What can go wrong with rules, what-ifs and toss-ups.

/// A rule, a what-if or a toss-up that is not as asked for. Its words are the store's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverageError {
    /// No coverage rule has that number.
    NoSuchRule {
        /// As asked for.
        rule: i64,
    },
    /// The rule has ended, or holds, already.
    RuleAlready {
        /// As asked for.
        rule: i64,
        /// It has ended; otherwise it holds.
        ended: bool,
    },
    /// No what-if has that number.
    NoSuchWhatIf {
        /// As asked for.
        what_if: i64,
    },
    /// The what-if holds, or does not hold, already.
    WhatIfAlready {
        /// As asked for.
        what_if: i64,
        /// It holds.
        holds: bool,
    },
    /// No toss-up has that number.
    NoSuchTossUp {
        /// As asked for.
        toss_up: i64,
    },
    /// The toss-up was drawn or ended before.
    TossUpOver {
        /// As asked for.
        toss_up: i64,
    },
}

impl CoverageError {
    /// Its stable code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::NoSuchRule { .. } => "S130",
            Self::RuleAlready { .. } => "S131",
            Self::NoSuchWhatIf { .. } => "S132",
            Self::WhatIfAlready { .. } => "S133",
            Self::NoSuchTossUp { .. } => "S134",
            Self::TossUpOver { .. } => "S135",
        }
    }

    /// What happened and what to do: på svenska, in English.
    pub(crate) fn text(self) -> (String, String) {
        match self {
            Self::NoSuchRule { rule } => (
                format!("det finns ingen regel {rule}. Se reglerna på bearbetningssidan"),
                format!("there is no rule {rule}. See the rules on the coverage page"),
            ),
            Self::RuleAlready { rule, ended: true } => (
                format!("regel {rule} är redan avslutad. Läs in sidan igen"),
                format!("rule {rule} has already ended. Load the page again"),
            ),
            Self::RuleAlready { rule, ended: false } => (
                format!("regel {rule} gäller redan. Läs in sidan igen"),
                format!("rule {rule} holds already. Load the page again"),
            ),
            Self::NoSuchWhatIf { what_if } => (
                format!("det finns inget alternativ {what_if}. Se listan över sparade alternativ"),
                format!("there is no what-if {what_if}. See the list of saved what-ifs"),
            ),
            Self::WhatIfAlready { what_if, holds: true } => (
                format!("alternativ {what_if} gäller redan. Ångra det först"),
                format!("what-if {what_if} holds already. Undo it first"),
            ),
            Self::WhatIfAlready { what_if, holds: false } => (
                format!("alternativ {what_if} gäller inte. Läs in sidan igen"),
                format!("what-if {what_if} does not hold. Load the page again"),
            ),
            Self::NoSuchTossUp { toss_up } => (
                format!("det finns ingen lottning {toss_up}. Se listan över lottningar"),
                format!("there is no toss-up {toss_up}. See the list of toss-ups"),
            ),
            Self::TossUpOver { toss_up } => (
                format!("lottning {toss_up} är redan dragen eller avslutad. En lottning dras en gång; gör en ny"),
                format!("toss-up {toss_up} is already drawn or ended. A toss-up is drawn once; set up another"),
            ),
        }
    }
}
