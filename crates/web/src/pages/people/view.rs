//! The page of people as it is shown.

use askama::Template;
use spelplan_app::people::{Person, RoleWord};
use spelplan_facts::{PamId, Text};

use crate::frame::{Frame, Visitor};
use crate::pages::sign_in::{Said, said};
use crate::tongue::Tongue;
use crate::words;

const TITLE: Text = Text { sv: "Personer", en: "People" };

/// A link just made, shown this once.
pub(super) struct Link {
    /// For whom.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Days for which it works.
    pub days: i64,
}

/// An invitation that did not come about.
pub(super) struct Trouble {
    /// Why, and its code.
    pub told: (String, &'static str),
    /// What was asked for.
    pub asked: Said,
}

/// The page.
#[derive(Template)]
#[template(path = "people/page.html")]
pub(super) struct PeoplePage {
    frame: Frame,
    t: Tongue,
    people: Vec<Person>,
    pams: Vec<(PamId, String)>,
    link: Option<Link>,
    trouble: Option<Trouble>,
    /// Others can read passwords along the way.
    exposed: bool,
    /// Somebody just let go, who can be let in again.
    ended: Option<(i64, String)>,
    /// Somebody who is asked for no code any longer.
    codes_ended: Option<String>,
}

impl PeoplePage {
    /// The page of these people.
    pub fn new(
        visitor: &Visitor,
        people: Vec<Person>,
        pams: Vec<(PamId, String)>,
        link: Option<Link>,
        trouble: Option<Trouble>,
    ) -> PeoplePage {
        let t = visitor.t;
        let asked = visitor.asked();
        let named = |word: &str| {
            let id = said(&asked, word).parse::<i64>().ok();
            id.and_then(|id| people.iter().find(|person| person.id.0 == id))
        };
        let ended = named("ended").filter(|person| !person.active);
        let codes_ended = named("codes-ended").filter(|person| !person.has_codes).map(|person| person.name.clone());
        let ended = ended.map(|person| (person.id.0, person.name.clone()));
        let frame = visitor.bare_frame("/people", t.text(TITLE), None);
        PeoplePage { frame, t, people, pams, link, trouble, exposed: visitor.caller.exposed, ended, codes_ended }
    }

    fn role(&self, person: &Person) -> &'static str {
        self.t.text(words::role(person.role))
    }

    fn roles(&self) -> [(&'static str, &'static str); 5] {
        RoleWord::ALL.map(|role| (role.word(), self.t.text(words::role_word(role))))
    }

    /// What was written in a field before.
    fn kept(&self, name: &str) -> &str {
        self.trouble.as_ref().map(|trouble| said(&trouble.asked, name)).unwrap_or_default()
    }
}
