//! The first meeting: nothing is built yet.

use spelplan_facts::{Minutes, Text};

use super::Template;

pub(super) static TEMPLATE: Template = Template {
    code: "first",
    title: Text { sv: "Första mötet", en: "First meeting" },
    purpose: Text {
        sv: "Lära känna varandras affär och avgöra om det finns något att göra tillsammans",
        en: "Get to know each other's business and decide whether there is something to do together",
    },
    agenda: &[
        Text {
            sv: "Så tjänar ni pengar i dag: kunder, tjänster, marginal",
            en: "How you earn today: customers, services, margin",
        },
        Text { sv: "Vad som tar er tid i onödan", en: "What takes your time for nothing" },
        Text { sv: "Var vi kan göra skillnad", en: "Where we can make a difference" },
        Text { sv: "En första affär att prova tillsammans", en: "A first deal to try together" },
    ],
    our_goal: Text {
        sv: "Vi vet hur de tjänar pengar, vem som beslutar och vilken första affär vi provar",
        en: "We know how they earn, who decides and which first deal we try",
    },
    their_goal: Text {
        sv: "De vet vad vi kan bidra med och vem de ringer",
        en: "They know what we can add and whom to call",
    },
    length: Minutes(60),
};
