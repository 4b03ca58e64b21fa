//! Recovery: purchases have fallen.

use spelplan_facts::{Minutes, Text};

use super::Template;

pub(super) static TEMPLATE: Template = Template {
    code: "recovery",
    title: Text { sv: "Återta", en: "Recovery" },
    purpose: Text {
        sv: "Förstå varför köpen minskat och vad som krävs för att de ska komma tillbaka",
        en: "Understand why purchases have fallen and what it takes to bring them back",
    },
    agenda: &[
        Text { sv: "Vad som hänt, med era ord", en: "What has happened, in your words" },
        Text { sv: "Det vi gjort fel, och vad vi gör åt det", en: "What we did wrong, and what we do about it" },
        Text { sv: "Vad ni köper någon annanstans nu", en: "What you buy elsewhere now" },
        Text { sv: "Första steget tillbaka", en: "The first step back" },
    ],
    our_goal: Text {
        sv: "Vi vet orsaken och har en första order eller ett nej",
        en: "We know the cause and have a first order, or a no",
    },
    their_goal: Text {
        sv: "Deras klagomål har en ägare och ett datum",
        en: "Their complaints have an owner and a date",
    },
    length: Minutes(60),
};
