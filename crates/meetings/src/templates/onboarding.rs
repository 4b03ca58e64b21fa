//! A new buyer: the relationship begins again with a person.

use spelplan_facts::{Minutes, Text};

use super::Template;

pub(super) static TEMPLATE: Template = Template {
    code: "onboarding",
    title: Text { sv: "Ny inköpare", en: "A new buyer" },
    purpose: Text {
        sv: "Lära känna den nya inköparen och föra vidare det som redan är överenskommet",
        en: "Get to know the new buyer and hand on what is already agreed",
    },
    agenda: &[
        Text { sv: "Vem som gör vad hos oss båda", en: "Who does what on both sides" },
        Text { sv: "Priser, villkor och överenskommelser som gäller", en: "Prices, terms and agreements that hold" },
        Text { sv: "Hur ni vill ha kontakten", en: "How you want us to be in touch" },
        Text { sv: "Första beställningen", en: "The first order" },
    ],
    our_goal: Text {
        sv: "Den nya inköparen vet vad som gäller och har lagt eller förberett en order",
        en: "The new buyer knows what holds and has placed or prepared an order",
    },
    their_goal: Text {
        sv: "En person att ringa, och priser och villkor på papper",
        en: "One person to call, and prices and terms on paper",
    },
    length: Minutes(45),
};
