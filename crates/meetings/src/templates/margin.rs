//! Margin and aftermarket: the partner's own profitability.

use spelplan_facts::{Minutes, Text};

use super::Template;

pub(super) static TEMPLATE: Template = Template {
    code: "margin",
    title: Text { sv: "Marginal och eftermarknad", en: "Margin and aftermarket" },
    purpose: Text {
        sv: "Höja det partnern tjänar på varje affär, framför allt efter den",
        en: "Raise what the partner earns on each deal, above all after it",
    },
    agenda: &[
        Text { sv: "Var marginalen kommer från i dag", en: "Where the margin comes from today" },
        Text { sv: "Hur ofta service och avtal följer med", en: "How often service and contracts go along" },
        Text { sv: "Förnyelser som närmar sig", en: "Renewals that come up" },
        Text { sv: "Bonus: vad som fattas till nästa nivå", en: "Rebates: what is missing to the next tier" },
    ],
    our_goal: Text {
        sv: "Enighet om två tjänster eller avtal som säljs med från och med nu",
        en: "Agreement on two services or contracts that are sold along from now on",
    },
    their_goal: Text {
        sv: "De vet vad eftermarknaden är värd för dem i kronor",
        en: "They know what the aftermarket is worth to them in money",
    },
    length: Minutes(60),
};
