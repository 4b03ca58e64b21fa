//! One meeting as it is shown, and the form that logs it.

use askama::Template;
use spelplan_app::briefings::{Due, Quarter};
use spelplan_app::meetings::{MeetingPage, MeetingVersion, Ratings, TEMPLATES};
use spelplan_app::operations::{Field, KeptClash, Scores};
use spelplan_app::portal::PortalAnswer;
use spelplan_facts::{Commitment, Contact, Day, MeetingPlace, MeetingPlan, Outcome, Side, Stage};

use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

/// Days until a promise is to be kept, unless somebody says otherwise.
const PROMISED: i32 = 14;

/// The page of one meeting.
#[derive(Template)]
#[template(path = "meetings/page.html")]
pub(crate) struct MeetingView {
    frame: Frame,
    t: Tongue,
    page: MeetingPage,
    /// Why the last press was refused.
    refused: Option<String>,
    here: String,
}

impl MeetingView {
    /// The page of that meeting.
    pub fn new(visitor: &Visitor, page: MeetingPage, refused: Option<String>) -> MeetingView {
        let frame = visitor.frame("/meetings", page.partner.name.clone(), page.basis.clone());
        MeetingView { t: visitor.t, frame, page, refused, here: visitor.here() }
    }

    fn plan(&self) -> &MeetingPlan {
        self.page.meeting.plan()
    }

    fn is_new(&self) -> bool {
        self.page.meeting.version == 0
    }

    fn may_write(&self) -> bool {
        self.page.may_change && self.page.stage.is_ahead()
    }

    fn may_log(&self) -> bool {
        self.page.may_change && self.page.stage == Stage::Confirmed && self.plan().day <= self.page.today
    }

    /// Where the form goes.
    fn action(&self) -> String {
        if self.is_new() { "/meetings".to_owned() } else { format!("/meetings/{}", self.page.meeting.id.0) }
    }

    /// Templates by title, each with the address that fills the form with its words.
    fn templates(&self) -> Vec<(&'static str, String, bool)> {
        let address = |code: &str| match self.is_new() {
            true => format!("/meetings/new?partner={}&template={code}", self.page.partner.id.0),
            false => format!("/meetings/{}?template={code}", self.page.meeting.id.0),
        };
        let one = |template: &&'static spelplan_app::meetings::Template| {
            (self.t.text(template.title), address(template.code), template.code == self.plan().template)
        };
        TEMPLATES.iter().map(one).collect()
    }

    fn lines(&self, list: &[String]) -> String {
        list.join("\n")
    }

    fn missing(&self) -> String {
        self.page.missing.iter().map(|one| self.t.text(one.text())).collect::<Vec<_>>().join(", ")
    }

    fn is_place(&self, place: &MeetingPlace) -> bool {
        self.plan().place == *place
    }

    fn outcome(&self) -> Option<&Outcome> {
        self.page.meeting.state.outcome()
    }

    /// Minutes for both sides, in the reader's language.
    fn minutes(&self) -> Option<String> {
        let pam = self.page.pam.as_ref().map(|pam| pam.name.as_str()).unwrap_or_default();
        spelplan_app::briefings::minutes(&self.page.meeting, &self.page.partner.name, pam, self.t.0)
    }

    fn reason(&self) -> Option<&str> {
        self.page.meeting.state.reason()
    }

    /// Who the meeting is with, where known.
    fn contact(&self) -> Option<&Contact> {
        self.page.contacts.iter().find(|contact| Some(contact.id) == self.plan().contact)
    }

    fn is_with(&self, contact: &Contact) -> bool {
        self.plan().contact == Some(contact.id)
    }

    fn on<'a>(&self, one: &'a PortalAnswer) -> &'a str {
        crate::pages::portal::on(one)
    }

    fn answer(&self, one: &PortalAnswer) -> String {
        crate::pages::portal::told(self.t, one)
    }

    /// What a field's value is in words.
    fn value(&self, clash: &KeptClash, value: &str) -> String {
        clash_value(self.t, clash, value)
    }

    fn field(&self, clash: &KeptClash) -> &'static str {
        Field::coded(&clash.field).map_or("", |field| self.t.text(field.text()))
    }

    /// Each side's word with its name, where it may be shown.
    fn words_said(&self) -> Vec<(&'static str, Scores)> {
        let Ratings { ours, theirs, open } = &self.page.ratings;
        let ours = ours.as_ref().map(|one| (self.t.say("Vi", "We"), one.scores));
        let theirs = theirs.as_ref().filter(|_| *open).map(|one| (self.t.say("Partnern", "The partner"), one.scores));
        ours.into_iter().chain(theirs).collect()
    }

    fn is_late(&self, promise: &Commitment) -> bool {
        promise.is_late(self.page.today)
    }

    /// What a version did, in a word.
    fn told(&self, version: &MeetingVersion) -> String {
        let stage = version.stage.map_or(self.t.say("borttaget", "taken away"), |stage| self.t.text(stage.text()));
        match version.restores {
            Some(_) => format!("{}: {stage}", self.t.say("Ångrat", "Undone")),
            None => stage.to_owned(),
        }
    }

    /// The moment without its seconds.
    fn moment<'a>(&self, version: &'a MeetingVersion) -> &'a str {
        version.at.get(..16).unwrap_or(&version.at)
    }
}

/// The form that logs how a meeting went; made for a thumb.
#[derive(Template)]
#[template(path = "meetings/log.html")]
pub(crate) struct LogView {
    frame: Frame,
    t: Tongue,
    page: MeetingPage,
    /// Promises that the partner's figures suggest and that nobody has made.
    proposals: Vec<Line>,
}

impl LogView {
    /// The form of that meeting, with what may be promised in the quarter ahead as far as the reader may know.
    pub fn new(visitor: &Visitor, page: MeetingPage, quarter: Option<&Quarter>) -> LogView {
        let t = visitor.t;
        let title = format!("{} {}", t.say("Logga", "Log"), page.partner.name);
        let made = page.meeting.state.outcome().map(|outcome| &outcome.commitments[..]).unwrap_or_default();
        let sides = quarter.map(|quarter| [(Side::Ours, &quarter.ours), (Side::Theirs, &quarter.theirs)]);
        let all = sides.into_iter().flatten().flat_map(|(side, dated)| dated.iter().map(move |one| (side, one)));
        let proposals = all.filter_map(|(side, one)| {
            let Due::Proposed(proposal) = &one.what else { return None };
            let of = proposal.of.as_ref().map(|of| format!(": {of}")).unwrap_or_default();
            let what = format!("{}{of}", t.text(proposal.words));
            let new = made.iter().all(|promise| promise.what != what);
            new.then(|| Line { side, who: String::new(), what, by: one.by, trigger: String::new() })
        });
        LogView {
            t,
            frame: visitor.frame("/meetings", title, page.basis.clone()),
            proposals: proposals.collect(),
            page,
        }
    }

    fn plan(&self) -> &MeetingPlan {
        self.page.meeting.plan()
    }

    /// The form stands there before the meeting's day too: a device keeps the page until then.
    fn may_log(&self) -> bool {
        self.page.may_change && matches!(self.page.stage, Stage::Confirmed | Stage::Held)
    }

    fn is_early(&self) -> bool {
        self.plan().day > self.page.today
    }

    fn ours(&self) -> Option<Scores> {
        self.page.ratings.ours.as_ref().map(|one| one.scores)
    }

    /// The three questions: name, words, and our present score.
    fn questions(&self) -> [(&'static str, &'static str, i32); 3] {
        let (t, ours) = (self.t, self.ours());
        let score = |of: fn(Scores) -> i32| ours.map_or(0, of);
        [
            ("useful", t.say("Var mötet värt tiden?", "Was the meeting worth its time?"), score(|one| one.useful)),
            ("prepared", t.say("Var partnern förberedd?", "Was the partner prepared?"), score(|one| one.prepared)),
            ("trust", t.say("Litar ni på varandra?", "Do you trust each other?"), score(|one| one.trust)),
        ]
    }

    /// Lines for promises: those already made, and one empty for each side.
    fn promises(&self) -> Vec<Line> {
        let made = self.page.meeting.state.outcome().map(|outcome| &outcome.commitments[..]).unwrap_or_default();
        let kept = made.iter().map(|one| Line {
            side: one.side,
            who: one.who.clone(),
            what: one.what.clone(),
            by: one.by,
            trigger: one.trigger.clone(),
        });
        let by = self.page.today.plus(PROMISED);
        let empty = |side: Side, who: String| Line { side, who, what: String::new(), by, trigger: String::new() };
        let ours = self.page.pam.as_ref().map(|pam| pam.name.clone()).unwrap_or_default();
        let theirs = self.plan().people.first().cloned();
        let theirs = theirs.or_else(|| self.page.contacts.first().map(|contact| contact.name.clone()));
        kept.chain([empty(Side::Ours, ours), empty(Side::Theirs, theirs.unwrap_or_default())]).collect()
    }

    fn outcome(&self) -> Option<&Outcome> {
        self.page.meeting.state.outcome()
    }

    fn reached(&self, answer: &spelplan_facts::GoalReached) -> bool {
        self.outcome().is_some_and(|outcome| outcome.reached == *answer)
    }
}

/// A promise in the form.
struct Line {
    side: Side,
    who: String,
    what: String,
    by: Day,
    trigger: String,
}

/// A clashing value as people read it.
pub(crate) fn clash_value(t: Tongue, clash: &KeptClash, value: &str) -> String {
    match (Field::coded(&clash.field), spelplan_facts::GoalReached::coded(value)) {
        (Some(Field::Reached), Some(reached)) => t.text(reached.text()).to_owned(),
        _ if value.trim().is_empty() => t.say("(tomt)", "(empty)").to_owned(),
        _ => value.to_owned(),
    }
}
