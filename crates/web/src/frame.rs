//! The frame around every page: its language, where it stands in the menu, what its figures build on.

use std::sync::LazyLock;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use spelplan_app::App;
use spelplan_app::access::{Actor, Entry};
use spelplan_app::open_goals::Basis;
use spelplan_app::people::Origin;
use spelplan_facts::Text;

use crate::addresses;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::language::Spoken;
use crate::reader::{Names, Reader};
use crate::tongue::Tongue;
use crate::words;

/// A line of the menu.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its address.
    pub address: &'static str,
    /// Its name.
    pub name: Text,
    /// What its page asks of whoever opens it.
    pub entry: Entry,
    /// The letter after `g` that goes there.
    pub letter: char,
    /// Its drawing: the path of a 24 by 24 icon.
    pub icon: &'static str,
}

/// The menu, in the mission's order but for import, which comes last because it is needed least often.
pub(crate) static MENU: [Place; 12] = [
    Place {
        address: "/today",
        name: Text { sv: "I dag", en: "Today" },
        entry: Entry::Staff,
        letter: 'h',
        icon: "M12 4.5v2M12 17.5v2M4.5 12h2M17.5 12h2M6.7 6.7l1.4 1.4M15.9 15.9l1.4 1.4M6.7 17.3l1.4-1.4M15.9 8.1l1.4-1.4M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
    },
    Place {
        address: "/open-goals",
        name: Text { sv: "Öppna mål", en: "Open goals" },
        entry: Entry::Staff,
        letter: 'o',
        icon: "M3 19V6h18v13M3 10h18M8 6v13M13 6v13M18 6v13M3 14.5h18",
    },
    Place {
        address: "/map",
        name: Text { sv: "Karta", en: "Map" },
        entry: Entry::Staff,
        letter: 'm',
        icon: "M12 21s-7-6.2-7-11.2A7 7 0 0 1 19 9.8C19 14.8 12 21 12 21zM12 12.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4z",
    },
    Place {
        address: "/coverage",
        name: Text { sv: "Bearbetning", en: "Coverage" },
        entry: Entry::Staff,
        letter: 'c',
        icon: "M4 4v16h16M7 16c3-7 6-9.5 12-10M15.5 4.5 19 6l-2 3",
    },
    Place {
        address: "/season",
        name: Text { sv: "Säsong", en: "Season" },
        entry: Entry::Staff,
        letter: 's',
        icon: "M4 6h16v14H4zM4 10.5h16M8 3v4M16 3v4M8 14h3M8 17h6",
    },
    Place {
        address: "/meetings",
        name: Text { sv: "Möten", en: "Meetings" },
        entry: Entry::Staff,
        letter: 't',
        icon: "M4 5h16v11H9l-5 4V5zM8 9h8M8 12.5h5",
    },
    Place {
        address: "/upkeep",
        name: Text { sv: "Underhåll", en: "Upkeep" },
        entry: Entry::Staff,
        letter: 'u',
        icon: "M6 3.5h3.5l1.5 4-2 1.8a11 11 0 0 0 5.7 5.7l1.8-2 4 1.5V18a2.5 2.5 0 0 1-2.7 2.5C10.5 20 4 13.5 3.5 6.2A2.5 2.5 0 0 1 6 3.5z",
    },
    Place {
        address: "/effect",
        name: Text { sv: "Effekt", en: "Effect" },
        entry: Entry::Staff,
        letter: 'e',
        icon: "M4 20h16M6 20v-6h3v6M11 20V9h3v11M16 20V4h3v16",
    },
    Place {
        address: "/scorecard",
        name: Text { sv: "Resultatkort", en: "Scorecard" },
        entry: Entry::Staff,
        letter: 'r',
        icon: "M5 3.5h14v17H5zM8.5 8h7M8.5 12h7M8.5 16h4",
    },
    Place {
        address: "/business-case",
        name: Text { sv: "Affärscase", en: "Business case" },
        entry: Entry::Company,
        letter: 'b',
        icon: "M3.5 8h17v11.5h-17zM9 8V5h6v3M3.5 13h17M12 12v2.5",
    },
    Place {
        address: "/model",
        name: Text { sv: "Modell", en: "Model" },
        entry: Entry::Staff,
        letter: 'd',
        icon: "M4 20V4M4 20h16M5 18c5 0 6-12 14-12M9 6.5h.01M15 14.5h.01",
    },
    Place {
        address: "/import",
        name: Text { sv: "Import", en: "Import" },
        entry: Entry::Steering,
        letter: 'i',
        icon: "M12 4v11M7.5 10.5 12 15l4.5-4.5M4 16v4h16v-4",
    },
];

/// What every page hands to the layout.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    /// Language of the page.
    pub t: Tongue,
    /// Where it stands in the menu: the address of its line, empty outside it.
    pub current: &'static str,
    /// Title of the page.
    pub title: String,
    /// What the figures build on; absent on error pages.
    pub basis: Option<Basis>,
    /// The same page in the other language.
    pub translated: String,
    /// Where its scripts and styles lie.
    pub assets: &'static str,
    /// Who reads it; `None` for whoever has not signed in.
    pub reader: Option<Signature>,
    /// Lines of the menu that are the reader's.
    menu: Vec<&'static Place>,
}

/// Who reads a page, as the page says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature {
    /// Their identity: what a device keeps, it keeps for them alone.
    pub person: i64,
    /// Name.
    pub name: String,
    /// What they are.
    pub role: Text,
    /// They look after people.
    pub administers: bool,
    /// They may clear a demo.
    pub steers: bool,
    /// Whom they can look as, in the demo: identity, name, role, and is it they themselves.
    pub looks: Vec<(i64, String, Text, bool)>,
}

impl Signature {
    fn of(reader: &Reader) -> Option<Signature> {
        let who = reader.signed_in()?;
        let look = |look: &spelplan_app::people::Look| {
            (look.person.0, look.name.clone(), words::role(look.role), look.person == who.person)
        };
        Some(Signature {
            person: who.person.0,
            name: who.actor.name.clone(),
            role: words::role(who.actor.role),
            administers: who.actor.administers(),
            steers: who.actor.steers(),
            looks: reader.looks().iter().map(look).collect(),
        })
    }
}

impl Frame {
    /// The lines of the menu that are the reader's.
    pub fn menu(&self) -> &[&'static Place] {
        &self.menu
    }

    /// The currency as people write it after an amount.
    pub fn unit(&self) -> String {
        self.basis.as_ref().map(|basis| self.t.unit(&basis.currency)).unwrap_or_default()
    }

    /// Is there nothing to show yet?
    pub fn empty(&self) -> bool {
        self.basis.as_ref().is_some_and(|basis| basis.empty)
    }
}

/// One request as handlers see it: who asks, in which language, for which address.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// Who asks.
    pub actor: Actor,
    /// Their session.
    pub reader: Reader,
    /// In which language.
    pub t: Tongue,
    /// From where.
    pub caller: Caller,
    /// Names of their cookies.
    pub names: Names,
    /// From where they try to sign in.
    pub origin: Origin,
    /// Path and query.
    path: String,
    query: String,
    /// Asked by htmx, which can follow a redirect only when told so in a header.
    pub by_script: bool,
}

impl Visitor {
    /// The frame of a page.
    pub fn frame(&self, current: &'static str, title: impl Into<String>, basis: Basis) -> Frame {
        self.bare_frame(current, title, Some(basis))
    }

    /// The frame of a page that may have no figures.
    pub fn bare_frame(&self, current: &'static str, title: impl Into<String>, basis: Option<Basis>) -> Frame {
        Frame {
            t: self.t,
            current,
            title: title.into(),
            basis,
            translated: self.translated(),
            assets: &ASSETS,
            reader: Signature::of(&self.reader),
            menu: MENU.iter().filter(|place| self.actor.enters(place.entry)).collect(),
        }
    }

    /// The query of the address, decoded.
    pub fn asked(&self) -> Vec<(String, String)> {
        addresses::pairs(&self.query)
    }

    /// The address asked for, without the language.
    pub fn here(&self) -> String {
        let kept = self.asked().into_iter().filter(|(name, _)| name != "lang").collect::<Vec<_>>();
        let pairs: Vec<(&str, String)> = kept.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        format!("{}{}", self.path, addresses::query(&pairs))
    }

    fn translated(&self) -> String {
        let kept = self.asked().into_iter().filter(|(name, _)| name != "lang").collect::<Vec<_>>();
        let mut pairs: Vec<(&str, String)> = kept.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        pairs.push(("lang", self.t.other().0.to_owned()));
        format!("{}{}", self.path, addresses::query(&pairs))
    }
}

/// Where assets lie; the version makes them cacheable for ever.
static ASSETS: LazyLock<String> = LazyLock::new(|| format!("/assets/{}/", spelplan_assets::VERSION));

impl<S> FromRequestParts<S> for Visitor
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Visitor, Failure> {
        Ok(visitor(parts))
    }
}

/// The visitor of a request.
pub(crate) fn visitor(parts: &Parts) -> Visitor {
    let language = parts.extensions.get::<Spoken>().map(|spoken| spoken.0).unwrap_or_default();
    let reader = parts.extensions.get::<Reader>().cloned().unwrap_or_default();
    let caller = parts.extensions.get::<Caller>().cloned().unwrap_or_default();
    let names = Names::of(&caller, &parts.headers);
    Visitor {
        actor: reader.actor(),
        reader,
        origin: names.origin(&caller, &parts.headers),
        caller,
        names,
        t: Tongue(language),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        by_script: parts.headers.contains_key("hx-request"),
    }
}
