//! Words that several pages use: why a partner is worth a visit, what a file holds, countries.

use spelplan_app::access::Role;
use spelplan_app::people::RoleWord;
use spelplan_facts::{Reason, Text};

use crate::tongue::Tongue;

/// A reason in a short phrase with its figure.
pub(crate) fn reason(reason: &Reason, t: Tongue, unit: &str) -> String {
    match reason {
        Reason::Headroom(money) => {
            format!("{} {} {unit}{}", t.say("utrymme", "room for"), t.about(money), t.say("/år", " a year"))
        }
        Reason::Unbuilt(share) if share.0 < 0.01 => {
            t.say("ingen relation byggd än", "no relationship built yet").to_owned()
        }
        Reason::Unbuilt(share) => format!("{} {}", t.say("relationen bara", "relationship only"), t.percent(share)),
        Reason::Fading(days) => {
            format!("{} {}", t.count(i64::from(*days)), t.say("dagar sedan besök", "days since a visit"))
        }
        Reason::KeptByTouches(touches) => format!(
            "{} {}",
            t.say("hålls vid liv av", "kept alive by"),
            format_args!("{} {}", t.number(touches, 1), t.say("kontakter/mån", "touches a month"))
        ),
        Reason::GoodMargin(share) => format!("{} {}", t.say("täckningsgrad", "margin"), t.percent(share)),
        Reason::OnTheWay(time) => format!("{} {}", t.say("på vägen: bara", "on the way: only"), t.time(time)),
    }
}

/// What somebody is here.
pub(crate) fn role(role: Role) -> Text {
    match role {
        Role::Pam(_) => role_word(RoleWord::Pam),
        Role::Manager => role_word(RoleWord::Manager),
        Role::Finance => role_word(RoleWord::Finance),
        Role::Admin => role_word(RoleWord::Admin),
        Role::Contact(_) => role_word(RoleWord::Contact),
        Role::Nobody => Text { sv: "Utan roll", en: "No role" },
    }
}

/// A role as it is chosen.
pub(crate) fn role_word(role: RoleWord) -> Text {
    match role {
        RoleWord::Pam => Text { sv: "PAM", en: "PAM" },
        RoleWord::Manager => Text { sv: "Kanalchef", en: "Channel manager" },
        RoleWord::Finance => Text { sv: "Ekonomi", en: "Finance" },
        RoleWord::Admin => Text { sv: "Administratör", en: "Admin" },
        RoleWord::Contact => Text { sv: "Kontaktperson hos partner", en: "Contact at a partner" },
    }
}

/// What a file holds, by its stable code; as within a sentence.
pub(crate) fn kind(code: &str) -> Text {
    match code {
        "pams" => Text { sv: "PAM", en: "PAMs" },
        "partners" => Text { sv: "partner", en: "partners" },
        "contacts" => Text { sv: "kontaktpersoner", en: "contacts" },
        "products" => Text { sv: "artiklar", en: "products" },
        "sales" => Text { sv: "försäljningsrader", en: "sale lines" },
        "touches" => Text { sv: "besök och kontakter", en: "visits and touches" },
        "quotas" => Text { sv: "budgetar", en: "quotas" },
        "meetings" => Text { sv: "möten framöver", en: "meetings to come" },
        "annual" => Text { sv: "årsredovisningar", en: "annual figures" },
        "contracts" => Text { sv: "avtal", en: "contracts" },
        "rebates" => Text { sv: "bonusavtal", en: "rebates" },
        "certificates" => Text { sv: "certifikat", en: "certificates" },
        "stock" => Text { sv: "lager", en: "stock" },
        "receivables" => Text { sv: "fakturor", en: "invoices" },
        "pipeline" => Text { sv: "affärer på gång", en: "deals" },
        "campaigns" => Text { sv: "kampanjer (MDF)", en: "campaigns (MDF)" },
        "resale" => Text { sv: "partners försäljning", en: "partners' resale" },
        "cases" => Text { sv: "ärenden", en: "cases" },
        "toss-ups" => Text { sv: "lottningar", en: "toss-ups" },
        _ => Text { sv: "frånvaro", en: "absences" },
    }
}

/// A country's name, where we have it.
pub(crate) fn country(code: &str, t: Tongue) -> String {
    let name = match code {
        "SE" => t.say("Sverige", "Sweden"),
        "NO" => t.say("Norge", "Norway"),
        "DK" => t.say("Danmark", "Denmark"),
        "FI" => t.say("Finland", "Finland"),
        "DE" => t.say("Tyskland", "Germany"),
        "FR" => t.say("Frankrike", "France"),
        "GB" => t.say("Storbritannien", "United Kingdom"),
        "US" => t.say("USA", "United States"),
        "CA" => t.say("Kanada", "Canada"),
        "AU" => t.say("Australien", "Australia"),
        other => other,
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_facts::{Language, Minutes, Money, Share};

    fn check(why: Reason, sv: &str, en: &str) {
        assert_eq!(reason(&why, Tongue(Language::Swedish), "kr").replace('\u{a0}', " "), sv);
        assert_eq!(reason(&why, Tongue(Language::English), "SEK").replace('\u{a0}', " "), en);
    }

    #[test]
    fn every_reason_carries_its_figure() {
        check(Reason::Headroom(Money::whole(182_431)), "utrymme 182 000 kr/år", "room for 182,000 SEK a year");
        check(Reason::Unbuilt(Share(0.12)), "relationen bara 12 %", "relationship only 12%");
        check(Reason::Fading(210), "210 dagar sedan besök", "210 days since a visit");
        check(Reason::KeptByTouches(1.54), "hålls vid liv av 1,5 kontakter/mån", "kept alive by 1.5 touches a month");
        check(Reason::GoodMargin(Share(0.21)), "täckningsgrad 21 %", "margin 21%");
        check(Reason::OnTheWay(Minutes(12)), "på vägen: bara 12 min", "on the way: only 12 min");
    }
}
