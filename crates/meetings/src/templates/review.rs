//! The business review: short, mostly about what comes.

use spelplan_facts::{Minutes, Text};

use super::Template;

pub(super) static TEMPLATE: Template = Template {
    code: "review",
    title: Text { sv: "Affärsgenomgång", en: "Business review" },
    purpose: Text {
        sv: "Gå igenom det gångna halvåret och enas om vad som ska hända nästa kvartal",
        en: "Go through the past half-year and agree on what happens next quarter",
    },
    agenda: &[
        Text { sv: "Halvåret i korthet: försäljning och marginal", en: "The half-year in brief: sales and margin" },
        Text {
            sv: "Eftermarknaden: avtal som löper ut, tjänster som saknas",
            en: "The aftermarket: contracts that expire, services that are missing",
        },
        Text { sv: "Var det finns utrymme att växa", en: "Where there is room to grow" },
        Text { sv: "Åtaganden för nästa kvartal", en: "Commitments for next quarter" },
    ],
    our_goal: Text {
        sv: "Tre daterade åtaganden på var sida för nästa kvartal",
        en: "Three dated commitments on each side for next quarter",
    },
    their_goal: Text {
        sv: "En plan som ökar deras lönsamhet, med vår del i den tydlig",
        en: "A plan that raises their profitability, with our part of it clear",
    },
    length: Minutes(75),
};
