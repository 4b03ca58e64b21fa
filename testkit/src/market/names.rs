//! Invented names: companies, streets and people, each as its country writes them.

use super::chance::Chance;

/// The names of one country.
pub(super) struct Names {
    roots: &'static str,
    trades: [&'static str; 6],
    suffixes: &'static [&'static str],
    streets: &'static str,
    given: &'static str,
    family: &'static str,
}

/// The names of that country; Sweden's where we have none of its own.
pub(super) fn of(country: &str) -> &'static Names {
    match country {
        "NO" => &NORWAY,
        "DK" => &DENMARK,
        "FI" => &FINLAND,
        _ => &SWEDEN,
    }
}

impl Names {
    /// A company of that segment (its number among the segments).
    pub(super) fn company(&self, segment: usize, chance: &mut Chance) -> String {
        let root = word(self.roots, chance);
        let trade = word(self.trades[segment], chance);
        let suffix = chance.one_of(self.suffixes);
        if trade.starts_with(char::is_uppercase) {
            format!("{root} {trade} {suffix}")
        } else {
            format!("{root}{trade} {suffix}")
        }
    }

    /// Street and number.
    pub(super) fn street(&self, chance: &mut Chance) -> String {
        let street = word(self.streets, chance);
        format!("{} {}", street.replace('\u{a0}', " "), 1 + (chance.uniform().powi(2) * 96.0) as usize)
    }

    /// Given and family name.
    pub(super) fn person(&self, chance: &mut Chance) -> String {
        format!("{} {}", word(self.given, chance), word(self.family, chance))
    }
}

/// Letters for addresses on the net: lower case, without accents, words joined by `separator`.
pub(super) fn plain(name: &str, separator: char) -> String {
    let mut plain = String::with_capacity(name.len());
    for letter in name.to_lowercase().chars() {
        match letter {
            'å' | 'ä' | 'á' => plain.push('a'),
            'ö' | 'ø' => plain.push('o'),
            'æ' => plain.push_str("ae"),
            'é' | 'è' | 'ë' => plain.push('e'),
            'ü' => plain.push('u'),
            'a'..='z' | '0'..='9' => plain.push(letter),
            _ if !plain.ends_with(separator) => plain.push(separator),
            _ => {}
        }
    }
    plain.trim_matches(separator).to_owned()
}

fn word(words: &'static str, chance: &mut Chance) -> &'static str {
    let wanted = chance.below(words.split(' ').count());
    words.split(' ').nth(wanted).unwrap_or_default()
}

static SWEDEN: Names = Names {
    roots: "Björk Granit Älv Norrsken Fjäll Tall Sten Ek Rönn Örn Lodjurs Skär Vinter Midsommar Mån Havs Strand Kust \
            Åker Dal Sjö Holm Lind Säter Kulle Ljung Lärk Svan Tran Hassel Ask Hägg Silver Koppar Järn Ängs Gryning \
            Höst Vår Råd Fyr Hamn Segel Ankar Kompass Bäck Forsa Myr Ren Järv Uv Falk Gök Tärn Klöver Enbär Lingon \
            Hjortron Malm Skiffer Kvarts Bryn Glänt Vik Näs Sund Åsk Blixt Regnbågs Snö Frost Is Sol Stjärn Pol",
    trades: [
        "data datakonsult kontor kontorsdata teknik IT-partner IT Datahus Kontorsteknik",
        "drift moln IT-drift nätdrift support Molntjänster Drift Nätservice",
        "print skrivare kopia tryck dokument Skrivarservice Kopiering Dokumentteknik",
        "system nät integration infra Systempartner Nätverk Infrastruktur",
        "klick webb Online Direkt nätbutik",
        "elektronik hemdata Datorbutik butik Hemelektronik",
    ],
    suffixes: &["AB"],
    streets: "Storgatan Drottninggatan Kungsgatan Industrigatan Verkstadsgatan Järnvägsgatan Fabriksvägen Ringvägen \
              Hantverkargatan Skolgatan Östra\u{a0}Storgatan Västra\u{a0}Ågatan Nygatan Hamngatan Kyrkogatan Magasinsgatan \
              Lagervägen Företagsvägen Tegelbruksvägen Björkvägen Sågverksvägen Mätarvägen Elektrikergatan Maskingatan",
    given: "Anna Åsa Märta Eva Karin Lena Sara Malin Frida Emma Elin Ingrid Linnéa Ebba Gunilla Birgitta Sofia Hanna \
            Lars Åke Björn Göran Anders Erik Karl Jonas Mikael Peter Mattias Håkan Örjan Per Nils Oskar Viktor Stefan \
            Henrik Fredrik Magnus Daniel Amir Fatima Nadia Samir Leyla Jasmina",
    family: "Lindqvist Bergström Öberg Åström Nyström Holmgren Sjöberg Engström Hägglund Norén Wikström Björklund \
             Sandström Lundin Ström Ekdahl Forsberg Hedlund Åkesson Östman Hallberg Löfgren Nordin Fransson Sundin \
             Dahlgren Rosén Isaksson Nyberg Wallin Strömberg Hellström Åhlund Ågren Öhman Haddad Rahimi Novak",
};

static NORWAY: Names = Names {
    roots: "Fjord Nordlys Granitt Vidde Fjell Bjørk Ørn Skjær Havn Fyr Stein Foss Elv Furu Lyng Måne Sol Kyst Øy Sild \
            Torsk Brevik Snø Frost Jøkul Rogn Einer Multe Tind Myr",
    trades: [
        "data Kontor Datahus IT kontordata Teknikk",
        "drift Sky Driftspartner Nettdrift",
        "print Kopi Skriver Dokument",
        "system Nettverk Integrasjon Infra",
        "klikk Nettbutikk Direkte",
        "elektronikk Databutikk",
    ],
    suffixes: &["AS"],
    streets: "Storgata Kirkegata Industriveien Verkstedveien Havnegata Strandgata Kongens\u{a0}gate Dronningens\u{a0}gate \
              Skolegata Fabrikkveien Nygata Sjøgata Møllegata Jernbaneveien Næringsveien",
    given: "Ingrid Kari Solveig Silje Marit Hilde Randi Astrid Nora Ida Ola Bjørn Øyvind Håkon Lars Knut Geir Terje Stian \
            Magnus Sindre Trond Yusuf Amina",
    family: "Bakken Haugen Moen Solberg Strand Lie Dahl Lunde Berge Fossum Sæther Ødegård Myhre Aasen Rønning Brekke \
             Tangen Vik Nygård Hovland",
};

static DENMARK: Names = Names {
    roots: "Bøge Klit Fjord Sund Ege Lærke Svane Havne Fyr Sten Marsk Hede Kyst Vestenvind Østersø Rav Ø Sol Måne Ane Hyld \
            Storke Mølle Skov Eng Bæk",
    trades: [
        "data Kontor IT-Center Datahus Kontorteknik",
        "drift Cloud Driftpartner Netservice",
        "print Kopi Printcenter Dokument",
        "system Netværk Integration Infra",
        "klik Webshop Direkte",
        "elektronik Computerbutik",
    ],
    suffixes: &["A/S", "ApS"],
    streets: "Industrivej Nørregade Algade Jernbanegade Havnegade Østergade Vestergade Søndergade Fabriksvej Værkstedsvej \
              Kongensgade Smedevej Håndværkervej Møllevej Erhvervsparken Lyngvej",
    given: "Mette Kirsten Hanne Lone Camilla Louise Sofie Freja Signe Maja Lars Søren Jens Peter Henrik Rasmus Mikkel Jesper \
            Anders Kasper Bjørn Ali Zainab",
    family: "Kjær Bruun Holm Lund Mortensen Damgaard Østergaard Nørgaard Bech Krogh Dahl Skov Toft Bæk Vestergaard Søgaard \
             Friis Juhl Winther Thygesen",
};

static FINLAND: Names = Names {
    roots: "Pohjan Järvi Kuusi Koivu Honka Karhu Ilves Halla Revontuli Saari Koski Tunturi Kivi Graniitti Aalto Meri Lumi Talvi \
            Kesä Kuu Tähti Hopea Kupari Rauta Mänty Suo Ruska Kajo",
    trades: [
        "data Toimisto Datatalo Tietotekniikka",
        "pilvi Ylläpito Verkkotuki Pilvipalvelu",
        "print Kopio Tulostus Dokumentti",
        "järjestelmät Verkot Integraatio Infra",
        "klikki Verkkokauppa Suora",
        "elektroniikka Tietokonekauppa",
    ],
    suffixes: &["Oy"],
    streets: "Teollisuuskatu Asemakatu Kauppakatu Rautatienkatu Satamakatu Koulukatu Kirkkokatu Tehtaankatu Yrittäjäntie \
              Varastokatu Konepajankatu Rantatie Myllytie Keskuskatu Linjatie",
    given: "Aino Helmi Päivi Riitta Sari Tiina Johanna Minna Kaisa Laura Mikko Juha Antti Timo Jari Pekka Matti Ville Lauri \
            Eero Jukka Åke Amina",
    family: "Mäkelä Heikkinen Koskinen Järvinen Lehtonen Saarinen Salminen Heinonen Niemi Kinnunen Salonen Laitinen Tuominen \
             Rantanen Karjalainen Jokinen Savolainen Lindroos Ahonen Pitkänen",
};
