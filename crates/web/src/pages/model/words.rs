//! The model in plain words: what each parameter means and how its value is written, and the questions as they are asked.

use spelplan_facts::{Parameter, ParameterName, Question, Share, Text};

use crate::tongue::Tongue;

/// What a parameter means, in one sentence.
pub(crate) fn meaning(name: ParameterName) -> Text {
    match name {
        ParameterName::Build => Text {
            sv: "Så stor del av det som fattas till en full relation som ett bra besök bygger.",
            en: "The part of what is missing to a full relationship that one good visit builds.",
        },
        ParameterName::HalfLife => Text {
            sv: "Så länge dröjer det tills hälften av en relation är borta, om ingen hör av sig.",
            en: "How long it takes until half of a relationship is gone when nobody is in touch.",
        },
        ParameterName::DigitalRelief => Text {
            sv: "Så stor del av falnandet kan samtal, mejl och video som mest hindra. De bygger inget nytt.",
            en: "The most of the fading that calls, mails and video can prevent. They build nothing new.",
        },
        ParameterName::DigitalScale => Text {
            sv: "Så många personliga kontakter i månaden ger knappt två tredjedelar av den nyttan.",
            en: "So many personal touches a month give nearly two thirds of that good.",
        },
        ParameterName::VideoBuild => Text {
            sv: "Så mycket av ett besök bygger ett videomöte med någon ni redan har träffat.",
            en: "How much of a visit a video meeting builds with somebody you have met.",
        },
        ParameterName::VideoBuildUnmet => Text {
            sv: "Så mycket av ett besök bygger ett videomöte med någon ni aldrig har träffat.",
            en: "How much of a visit a video meeting builds with somebody you never met.",
        },
        ParameterName::BaseShare => Text {
            sv: "Så stor del av dagens försäljning skulle komma även helt utan relation.",
            en: "The part of today's sales that would come with no relationship at all.",
        },
        ParameterName::Response => Text {
            sv: "Så mycket starkare eller svagare försäljningen svarar på relationen än potentialen antyder.",
            en: "How much more or less sales answer the relationship than the potential suggests.",
        },
        ParameterName::SlowStart => Text {
            sv: "Gör de första besöken ingen skillnad? Då säljer det först när relationen har kommit en bit.",
            en: "Do the first visits make no difference? Then it sells only once the relationship has come some way.",
        },
    }
}

/// A value of that parameter as people write it.
pub(crate) fn value(name: ParameterName, value: f64, t: Tongue) -> String {
    match name {
        ParameterName::HalfLife => format!("{}\u{a0}{}", t.number(value, 1), t.say("mån", "months")),
        ParameterName::DigitalScale => format!("{}\u{a0}{}", t.number(value, 1), t.say("i mån", "a month")),
        ParameterName::Response => format!("×\u{a0}{}", t.number(value, 2)),
        ParameterName::SlowStart if value <= 0.0 => t.say("nej", "no").to_owned(),
        ParameterName::SlowStart => format!("{} {}", t.say("ja, hälften vid", "yes, half at"), t.percent(Share(value))),
        _ => t.percent(Share(value)),
    }
}

/// Its 80 % interval; nothing where there is none to speak of.
pub(crate) fn interval(parameter: &Parameter, t: Tongue) -> String {
    if parameter.name == ParameterName::SlowStart {
        return String::new();
    }
    let number = |number: f64| match parameter.name {
        ParameterName::HalfLife | ParameterName::DigitalScale => t.number(number, 1),
        ParameterName::Response => t.number(number, 2),
        _ => t.number(number * 100.0, 0),
    };
    format!("{}–{}", number(parameter.low), number(parameter.high))
}

/// A segment's name, or what to call partners without one.
pub(crate) fn segment(name: &str, t: Tongue) -> String {
    if name.is_empty() { t.say("Utan segment", "No segment").to_owned() } else { name.to_owned() }
}

/// A question on the page: its number, what is asked, the fields that answer it.
pub(crate) struct Asked {
    /// 0 for the one before the first.
    pub number: usize,
    /// What is asked.
    pub text: Text,
    /// The numbers it asks for, with what stands before each field.
    pub fields: &'static [(Question, Text)],
}

const NOTHING: Text = Text { sv: "Svar", en: "Answer" };

/// The questions in the order asked.
pub(crate) static QUESTIONS: [Asked; 9] = [
    Asked {
        number: 0,
        text: Text {
            sv: "Hur många besök om året får den typiska partnern i dag?",
            en: "How many visits a year does the typical partner get today?",
        },
        fields: &[(Question::VisitsYear, NOTHING)],
    },
    Asked {
        number: 1,
        text: Text {
            sv: "Inga besök och ingen annan kontakt på ett år. I vilken takt säljer ni till partnern efter det året?",
            en: "No visits and no other contact for a year. At what rate do you sell to the partner after that year?",
        },
        fields: &[(Question::Without, NOTHING)],
    },
    Asked {
        number: 2,
        text: Text { sv: "Hälften så många besök, år efter år?", en: "Half as many visits, year after year?" },
        fields: &[(Question::Half, NOTHING)],
    },
    Asked {
        number: 3,
        text: Text { sv: "50 % fler besök, år efter år?", en: "50% more visits, year after year?" },
        fields: &[(Question::More, NOTHING)],
    },
    Asked {
        number: 4,
        text: Text { sv: "Så många bra besök ni kan önska er?", en: "As many good visits as you could wish for?" },
        fields: &[(Question::Saturation, NOTHING)],
    },
    Asked {
        number: 5,
        text: Text {
            sv: "Ni slutar besöka och tystnar helt. Efter hur många månader är hälften borta av det som relationen säljer?",
            en: "You stop visiting and fall silent. After how many months is half of what the relationship sells gone?",
        },
        fields: &[(Question::SilentMonths, NOTHING)],
    },
    Asked {
        number: 6,
        text: Text {
            sv: "Samma sak, men ni håller två personliga digitala kontakter i månaden, till exempel samtal. Efter hur många månader nu?",
            en: "The same, but you keep two personal digital touches a month, such as calls. After how many months now?",
        },
        fields: &[(Question::DigitalMonths, NOTHING)],
    },
    Asked {
        number: 7,
        text: Text {
            sv: "Ett besök ger 100 %. Hur mycket av det ger ett bra videomöte?",
            en: "A visit gives 100%. How much of that does a good video meeting give?",
        },
        fields: &[
            (Question::VideoMet, Text { sv: "Med någon ni har träffat", en: "With somebody you have met" }),
            (Question::VideoUnmet, Text { sv: "Med någon ni aldrig träffat", en: "With somebody you never met" }),
        ],
    },
    Asked {
        number: 8,
        text: Text {
            sv: "Hur säker är du? Sätt gränser så att det en gång på tio blir lägre och en gång på tio högre.",
            en: "How sure are you? Set limits so that it ends lower one time in ten and higher one time in ten.",
        },
        fields: &[
            (Question::WithoutLow, Text { sv: "Fråga 1, lägst", en: "Question 1, lowest" }),
            (Question::WithoutHigh, Text { sv: "Fråga 1, högst", en: "Question 1, highest" }),
            (Question::SaturationLow, Text { sv: "Fråga 4, lägst", en: "Question 4, lowest" }),
            (Question::SaturationHigh, Text { sv: "Fråga 4, högst", en: "Question 4, highest" }),
        ],
    },
];

/// What stands after a field.
pub(crate) fn unit(question: Question) -> Text {
    match question {
        Question::VisitsYear => Text { sv: "besök om året", en: "visits a year" },
        Question::SilentMonths | Question::DigitalMonths => Text { sv: "månader", en: "months" },
        Question::VideoMet | Question::VideoUnmet => Text { sv: "%", en: "%" },
        _ => Text { sv: "(i dag 100)", en: "(today 100)" },
    }
}

/// A question's name in a table.
pub(crate) fn short(question: Question) -> Text {
    match question {
        Question::VisitsYear => Text { sv: "Besök om året i dag", en: "Visits a year today" },
        Question::Without => Text { sv: "1 Ett år utan kontakt", en: "1 A year without contact" },
        Question::Half => Text { sv: "2 Hälften så många besök", en: "2 Half the visits" },
        Question::More => Text { sv: "3 50 % fler besök", en: "3 50% more visits" },
        Question::Saturation => Text { sv: "4 Så många ni kan önska", en: "4 As many as you wish" },
        Question::SilentMonths => Text { sv: "5 Halverat i tystnad", en: "5 Halved in silence" },
        Question::DigitalMonths => Text { sv: "6 Halverat med digitalt", en: "6 Halved with digital" },
        Question::VideoMet => Text { sv: "7 Video, träffad", en: "7 Video, met" },
        Question::VideoUnmet => Text { sv: "7 Video, aldrig träffad", en: "7 Video, never met" },
        Question::WithoutLow => Text { sv: "8 Fråga 1, lägst", en: "8 Question 1, lowest" },
        Question::WithoutHigh => Text { sv: "8 Fråga 1, högst", en: "8 Question 1, highest" },
        Question::SaturationLow => Text { sv: "8 Fråga 4, lägst", en: "8 Question 4, lowest" },
        Question::SaturationHigh => Text { sv: "8 Fråga 4, högst", en: "8 Question 4, highest" },
    }
}

/// An answer as people write it, in a field or a table.
pub(crate) fn answer(number: f64, t: Tongue) -> String {
    let decimals = u8::from((number - number.round()).abs() > 0.049);
    t.number(number, decimals)
}
