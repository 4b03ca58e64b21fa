//! A campaign together.

use spelplan_facts::{Minutes, Text};

use super::Template;

pub(super) static TEMPLATE: Template = Template {
    code: "campaign",
    title: Text { sv: "Kampanj", en: "Campaign" },
    purpose: Text {
        sv: "Planera en gemensam kampanj mot utvalda slutkunder",
        en: "Plan a campaign together toward chosen end customers",
    },
    agenda: &[
        Text {
            sv: "Vilka kunder vi vill nå, och varför just nu", en: "Which customers we want to reach, and why now"
        },
        Text { sv: "Erbjudande och pris", en: "Offer and price" },
        Text { sv: "Vem gör vad, och när", en: "Who does what, and when" },
        Text { sv: "Hur vi räknar resultatet", en: "How we count the result" },
    ],
    our_goal: Text {
        sv: "Beslut om målgrupp, datum och vem som gör vad",
        en: "A decision on audience, dates and who does what",
    },
    their_goal: Text {
        sv: "Färdigt material och en lista kunder att ringa",
        en: "Finished material and a list of customers to call",
    },
    length: Minutes(45),
};
