//! Every rule of a plan with its stable code: what it demands, and what to do where it is broken.

use spelplan_facts::Text;

/// One rule that the referee applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Stable code; documented in the guide.
    pub code: &'static str,
    /// What it demands.
    pub title: Text,
    /// What to do where it is broken.
    pub remedy: Text,
}

const fn rule(code: &'static str, title: [&'static str; 2], remedy: [&'static str; 2]) -> Rule {
    Rule { code, title: Text { en: title[0], sv: title[1] }, remedy: Text { en: remedy[0], sv: remedy[1] } }
}

const REPLAN: [&str; 2] = ["Plan the season again", "Planera om säsongen"];
const MOVE_DAY: [&str; 2] = ["Move the field day to another day", "Flytta fältdagen till en annan dag"];
const MOVE_VISIT: [&str; 2] = ["Move the visit to another day or time", "Flytta besöket till en annan dag eller tid"];
const DROP_VISIT: [&str; 2] = ["Take the visit out of the plan", "Ta bort besöket ur planen"];
const FEWER: [&str; 2] = ["Take a visit out of the day", "Ta bort ett besök från dagen"];
const FEWER_ALL: [&str; 2] =
    ["Take visits out of the plan or raise the limit", "Ta bort besök ur planen eller höj gränsen"];
const SORT: [&str; 2] = ["Store the plan again in order", "Spara planen igen i ordning"];
const HOME: [&str; 2] = ["Let the PAM drive home that evening", "Låt PAM:en köra hem den kvällen"];
const DESK: [&str; 2] = ["Move the desk time to another day", "Flytta skrivbordstiden till en annan dag"];

/// Every rule, by code: F1 the plan itself, F2 the PAM's days, F3 visits, F4 the road, F5 nights, F6 hours and sums,
/// F7 the desk, F8 who is visited and who is left out.
pub const RULES: &[Rule] = &[
    rule(
        "F101",
        ["The season runs forwards and is at most a year", "Säsongen går framåt och är högst ett år"],
        ["Give the season a first and a last day", "Ange säsongens första och sista dag"],
    ),
    rule(
        "F102",
        ["The settings are sane", "Inställningarna är rimliga"],
        ["Correct the setting and plan again", "Rätta inställningen och planera om"],
    ),
    rule("F103", ["Every PAM in the plan exists, once", "Varje PAM i planen finns, en gång"], REPLAN),
    rule("F104", ["Every partner in the plan exists", "Varje partner i planen finns"], REPLAN),
    rule(
        "F105",
        ["The contact works at the partner", "Kontaktpersonen arbetar hos partnern"],
        ["Choose a contact of that partner", "Välj en kontaktperson hos partnern"],
    ),
    rule("F106", ["Every number is a number within reason", "Varje tal är ett rimligt tal"], REPLAN),
    rule("F107", ["Times lie within the day", "Tider ligger inom dygnet"], REPLAN),
    rule(
        "F108",
        ["Days, desk time and partners stand in order", "Dagar, skrivbordstid och partner står i ordning"],
        SORT,
    ),
    rule("F201", ["Field days lie within the season", "Fältdagar ligger inom säsongen"], MOVE_DAY),
    rule("F202", ["No field day on a weekend", "Ingen fältdag på en helg"], MOVE_DAY),
    rule(
        "F203",
        ["No field day on a holiday or closed eve", "Ingen fältdag på en helgdag eller stängd afton"],
        MOVE_DAY,
    ),
    rule("F204", ["No field day while the PAM is away", "Ingen fältdag när PAM:en är borta"], MOVE_DAY),
    rule("F205", ["No field day on a day already promised", "Ingen fältdag på en redan upptagen dag"], MOVE_DAY),
    rule("F206", ["No more field days a week than allowed", "Inte fler fältdagar i veckan än tillåtet"], MOVE_DAY),
    rule(
        "F207",
        ["One field day per PAM and date", "En fältdag per PAM och datum"],
        ["Join the two field days or move one", "Slå ihop de två fältdagarna eller flytta den ena"],
    ),
    rule(
        "F208",
        ["Every field day has a visit", "Varje fältdag har ett besök"],
        ["Take the empty field day away", "Ta bort den tomma fältdagen"],
    ),
    rule(
        "F301",
        ["The partner's own PAM visits", "Partnerns egen PAM besöker"],
        ["Give the visit to the partner's PAM", "Ge besöket till partnerns PAM"],
    ),
    rule(
        "F302",
        ["The partner has a place", "Partnern har en plats"],
        ["Place the partner on the map first", "Placera partnern på kartan först"],
    ),
    rule("F303", ["No inactive partner is visited", "Ingen inaktiv partner besöks"], DROP_VISIT),
    rule(
        "F304",
        ["The PAM has a home to start from", "PAM:en har en startplats"],
        ["Give the PAM a home", "Ange PAM:ens startplats"],
    ),
    rule(
        "F305",
        ["A visit takes the partner's visit time", "Ett besök tar partnerns besökstid"],
        ["Give the visit its right length", "Ge besöket rätt längd"],
    ),
    rule("F306", ["No visit on a holiday or weekend without hours", "Inget besök på en helgdag"], MOVE_VISIT),
    rule("F307", ["No visit in the industrial holiday", "Inget besök under industrisemestern"], MOVE_VISIT),
    rule("F308", ["No visit on a day the partner is closed", "Inget besök en dag partnern har stängt"], MOVE_VISIT),
    rule("F309", ["The whole visit lies within opening hours", "Hela besöket ligger inom öppettiderna"], MOVE_VISIT),
    rule("F310", ["A visit on a half day ends by 12:00", "Ett besök på en halvdag slutar senast 12:00"], MOVE_VISIT),
    rule("F311", ["Every visit is expected to gain", "Varje besök väntas ge vinst"], DROP_VISIT),
    rule("F312", ["The partner's own margin is positive", "Partnerns egen marginal är positiv"], DROP_VISIT),
    rule(
        "F313",
        ["No more visits to a partner than allowed", "Inte fler besök hos en partner än tillåtet"],
        DROP_VISIT,
    ),
    rule(
        "F314",
        ["Visits to a partner keep their distance in days", "Besök hos en partner har sitt avstånd i dagar"],
        MOVE_VISIT,
    ),
    rule(
        "F315",
        ["The last real visit is long enough ago", "Det senaste verkliga besöket är tillräckligt länge sedan"],
        MOVE_VISIT,
    ),
    rule("F316", ["A partner is visited once a day", "En partner besöks en gång per dag"], DROP_VISIT),
    rule("F317", ["No visit while the PAM is busy", "Inget besök när PAM:en är upptagen"], MOVE_VISIT),
    rule(
        "F318",
        [
            "Visits keep their distance to those of other seasons' plans",
            "Besök håller avstånd till dem i andra säsongers planer",
        ],
        MOVE_VISIT,
    ),
    rule("F401", ["The day does not begin too early", "Dagen börjar inte för tidigt"], FEWER),
    rule("F402", ["The day does not end too late", "Dagen slutar inte för sent"], FEWER),
    rule("F403", ["Each visit begins after the drive to it", "Varje besök börjar efter körningen dit"], MOVE_VISIT),
    rule("F404", ["No drive is shorter than estimated", "Ingen körning är kortare än uppskattat"], REPLAN),
    rule("F405", ["No drive crosses water", "Ingen körning går över vatten"], DROP_VISIT),
    rule("F406", ["Not too much driving in a day", "Inte för mycket körning på en dag"], FEWER),
    rule("F407", ["Not too many visits in a day", "Inte för många besök på en dag"], FEWER),
    rule("F408", ["Kilometres agree with the map", "Kilometrarna stämmer med kartan"], REPLAN),
    rule("F409", ["Each time says where it comes from", "Varje tid säger varifrån den kommer"], REPLAN),
    rule(
        "F501",
        ["After a night away the trip goes on from there", "Efter en natt borta fortsätter resan därifrån"],
        HOME,
    ),
    rule("F502", ["Not too many nights in a row", "Inte för många nätter i rad"], HOME),
    rule("F503", ["Home in time for the week's end", "Hemma i tid före veckans slut"], HOME),
    rule("F504", ["The night is spent by a placed partner", "Natten tillbringas nära en placerad partner"], REPLAN),
    rule("F505", ["A trip begins at home", "En resa börjar hemma"], REPLAN),
    rule("F506", ["A trip's days follow each other", "En resas dagar följer på varandra"], REPLAN),
    rule("F601", ["Every PAM on the road has a workload", "Varje PAM på väg har en arbetsbörda"], REPLAN),
    rule("F602", ["Field time used is the sum of the days", "Använd fälttid är summan av dagarna"], REPLAN),
    rule("F603", ["Field time suffices", "Fälttiden räcker"], FEWER_ALL),
    rule("F604", ["Field days and field time are counted right", "Fältdagar och fälttid är rätt räknade"], REPLAN),
    rule("F605", ["Digital time is counted right", "Digital tid är rätt räknad"], REPLAN),
    rule(
        "F606",
        ["Digital time suffices", "Den digitala tiden räcker"],
        ["Plan fewer digital touches", "Planera färre digitala kontakter"],
    ),
    rule("F607", ["Travel stays within its budget", "Resorna ryms i budgeten"], FEWER_ALL),
    rule("F608", ["The gain is the sum of its parts", "Vinsten är summan av sina delar"], REPLAN),
    rule("F609", ["The cost is the sum of its parts", "Kostnaden är summan av sina delar"], REPLAN),
    rule("F610", ["The gap lies between 0 and 100 %", "Gapet ligger mellan 0 och 100 %"], REPLAN),
    rule("F701", ["Desk time lies on working days", "Skrivbordstid ligger på arbetsdagar"], DESK),
    rule(
        "F702",
        ["Preparation before, follow-up after the season", "Förberedelse före, uppföljning efter säsongen"],
        DESK,
    ),
    rule("F703", ["Not too much desk time in a day", "Inte för mycket skrivbordstid på en dag"], DESK),
    rule(
        "F704",
        ["Every visit has its preparation", "Varje besök har sin förberedelse"],
        ["Reserve the preparation before the season", "Reservera förberedelsen före säsongen"],
    ),
    rule(
        "F705",
        ["Every visit has its follow-up", "Varje besök har sin uppföljning"],
        ["Reserve the follow-up after the season", "Reservera uppföljningen efter säsongen"],
    ),
    rule(
        "F801",
        ["Every partner is visited or left out", "Varje partner besöks eller utelämnas"],
        ["Say why the partner is left out", "Ange varför partnern utelämnas"],
    ),
    rule("F802", ["No visited partner is left out", "Ingen besökt partner är utelämnad"], REPLAN),
    rule(
        "F803",
        ["A partner is left out for one reason", "En partner utelämnas av ett skäl"],
        ["Keep the one true reason", "Behåll det enda sanna skälet"],
    ),
    rule("F804", ["The reason is true", "Skälet är sant"], ["Give the true reason", "Ange det sanna skälet"]),
    rule(
        "F805",
        ["Coverage has one line per partner, with its PAM", "Bearbetningen har en rad per partner, med dess PAM"],
        REPLAN,
    ),
    rule("F806", ["Coverage asks for what is allowed", "Bearbetningen begär det som är tillåtet"], REPLAN),
];
