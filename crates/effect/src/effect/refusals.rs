//! What forbids an answer, in words, and what would help.

use spelplan_facts::Month;
use spelplan_panel::adoption::{Defect, Doubt};

use crate::comparison::Lack;
use crate::doubts::{Told, told};
use crate::errors::EffectError;

pub(super) fn doubt(doubt: &Doubt) -> Told {
    told(doubt, |period| Month(i32::try_from(period).unwrap_or_default()).to_string())
}

pub(super) fn lack(lack: Lack) -> Told {
    match lack {
        Lack::Months { settled, needed } => Told::new(
            "horizon",
            format!(
                "there are {settled} settled months of sales and {needed} are needed: a base year before the visits, half a year \
                 after them. Import older sales, or wait; a month is settled 60 days after its end"
            ),
            format!(
                "det finns {settled} avslutade månader med försäljning och {needed} behövs: ett basår före besöken och ett \
                 halvår efter. Läs in äldre försäljning, eller vänta; en månad är avslutad 60 dagar efter sitt slut"
            ),
        ),
        Lack::Visited => Told::new(
            "nobody_visited",
            "nobody was visited for the first time after the base year and early enough to be followed for half a year. Import \
             visits, or wait for half a year after the season"
                .to_owned(),
            "ingen besöktes för första gången efter basåret och tillräckligt tidigt för att ha följts ett halvår. Läs in \
             besök, eller vänta till ett halvår efter säsongen"
                .to_owned(),
        ),
        Lack::Unvisited => Told::new(
            "nobody_unvisited",
            "every partner has been visited, so there is nobody to compare with. Leave some to a toss-up next season".to_owned(),
            "alla partner har besökts, så det finns ingen att jämföra med. Låt lotten avgöra om några nästa säsong".to_owned(),
        ),
    }
}

pub(super) fn defect(defect: &Defect) -> Told {
    let names = ["usual month".to_owned(), "employees".to_owned()];
    let error = EffectError::of_defect(defect, &names);
    Told::new("panel", error.en, error.sv)
}

pub(super) fn revenue_only() -> Told {
    Told::new(
        "revenue",
        "the margin of more than a twentieth of the revenue is not known, so revenue is counted, not margin: it cannot be held \
         against the cost. Import costs"
            .to_owned(),
        "täckningsbidraget saknas för mer än en tjugondel av omsättningen, så det är omsättning som räknas, inte \
         täckningsbidrag: den kan inte ställas mot kostnaden. Läs in kostnader"
            .to_owned(),
    )
}

pub(super) fn lowered(capped: usize) -> Told {
    Told::new(
        "large_accounts",
        format!(
            "the largest of those visited have hardly anybody alike among the others, so {capped} of them count as medium-sized ones: \
             what they brought in beyond that is not claimed"
        ),
        format!(
            "de största av de besökta har knappt någon jämförbar bland de andra, så {capped} av dem räknas som medelstora: det \
             de gett utöver det räknas inte in"
        ),
    )
}

pub(super) fn no_interval() -> Told {
    Told::new(
        "no_interval",
        "the figure has no interval: too few partners answer independently. Wait for another season".to_owned(),
        "siffran saknar osäkerhetsintervall: för få partner svarar oberoende av varandra. Vänta in en säsong till"
            .to_owned(),
    )
}

pub(super) fn underpowered() -> Told {
    Told::new(
        "underpowered",
        "even an effect of twice the cost would probably not have been seen: this is no proof that nothing came in. Let a toss-up \
         decide about more partners, or wait for another season"
            .to_owned(),
        "inte ens en effekt på dubbla kostnaden hade troligen synts: det här bevisar inte att besöken var verkningslösa. Låt \
         lotten avgöra om fler partner, eller vänta in en säsong till"
            .to_owned(),
    )
}

pub(super) fn one_matters() -> Told {
    Told::new(
        "one_matters",
        "without the one partner or chain that matters most the answer might be another, so the more careful one is given"
            .to_owned(),
        "utan den partner eller kedja som betyder mest kunde svaret bli ett annat, så det försiktigare ges".to_owned(),
    )
}
