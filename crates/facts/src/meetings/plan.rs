//! What a meeting is to be, and the one door to a meeting that may be confirmed.

use crate::{ContactId, Day, Minutes, PamId, PartnerId, PlanId, Text, TimeOfDay, TouchKind, touches};

/// Most people at a meeting, both sides together: larger ones involve nobody (model.md section 10).
pub const MOST_PEOPLE: usize = 6;

/// Where the two sides meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum MeetingPlace {
    /// In person, at the partner's or wherever the words say.
    #[default]
    InPerson,
    /// By video.
    Video,
}

impl MeetingPlace {
    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            MeetingPlace::InPerson => "in_person",
            MeetingPlace::Video => "video",
        }
    }

    /// The place with that word.
    pub fn coded(code: &str) -> Option<MeetingPlace> {
        [MeetingPlace::InPerson, MeetingPlace::Video].into_iter().find(|place| place.code() == code)
    }

    /// As users see it.
    pub fn text(self) -> Text {
        match self {
            MeetingPlace::InPerson => Text { sv: "Hos partnern", en: "At the partner's" },
            MeetingPlace::Video => Text { sv: "Video", en: "Video" },
        }
    }

    /// The kind of touch that a meeting held there is.
    pub fn touch_kind(self) -> &'static TouchKind {
        match self {
            MeetingPlace::InPerson => touches::visit(),
            MeetingPlace::Video => touches::video(),
        }
    }
}

/// What a meeting is to be. May lack this and that until it is confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingPlan {
    /// With whom.
    pub partner: PartnerId,
    /// Who of ours.
    pub pam: PamId,
    /// With which person there, where known: the relationship is built with them.
    pub contact: Option<ContactId>,
    /// When.
    pub day: Day,
    /// From when; `None` while nobody has said.
    pub begins: Option<TimeOfDay>,
    /// How long.
    pub length: Minutes,
    /// In person or by video.
    pub place: MeetingPlace,
    /// Where, in words, or the address of the video; may be empty.
    pub location: String,
    /// Names of everybody who takes part besides the PAM.
    pub people: Vec<String>,
    /// Why the two meet.
    pub purpose: String,
    /// The points, in order.
    pub agenda: Vec<String>,
    /// What we want to have reached when it ends.
    pub our_goal: String,
    /// What the partner should have reached when it ends.
    pub their_goal: String,
    /// The template it was begun from; empty where none.
    pub template: String,
    /// The season plan whose visit it is; `None` where it is no planned visit.
    pub season: Option<PlanId>,
}

/// What stands between a plan and a confirmed meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// Nobody has said why.
    Purpose,
    /// There is no point to talk about.
    Agenda,
    /// Nobody has said what we want to reach.
    OurGoal,
    /// Nobody has said what the partner gets out of it.
    TheirGoal,
    /// More people than can talk with each other.
    FewerPeople,
}

impl Missing {
    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            Missing::Purpose => "purpose",
            Missing::Agenda => "agenda",
            Missing::OurGoal => "our_goal",
            Missing::TheirGoal => "their_goal",
            Missing::FewerPeople => "people",
        }
    }

    /// As users see it.
    pub fn text(self) -> Text {
        match self {
            Missing::Purpose => Text { sv: "syfte", en: "purpose" },
            Missing::Agenda => Text { sv: "agenda", en: "agenda" },
            Missing::OurGoal => Text { sv: "vårt mål", en: "our goal" },
            Missing::TheirGoal => Text { sv: "partnerns mål", en: "the partner's goal" },
            Missing::FewerPeople => Text { sv: "färre deltagare (högst sex)", en: "fewer people (six at most)" },
        }
    }
}

impl MeetingPlan {
    /// What stands between this plan and a confirmed meeting, in order; nothing when it is ready. Blanks are nothing.
    pub fn missing(&self) -> Vec<Missing> {
        let blank = |words: &str| words.trim().is_empty();
        // The PAM is one of them.
        let crowded = self.people.len() + 1 > MOST_PEOPLE;
        [
            (blank(&self.purpose), Missing::Purpose),
            (self.agenda.iter().all(|point| blank(point)), Missing::Agenda),
            (blank(&self.our_goal), Missing::OurGoal),
            (blank(&self.their_goal), Missing::TheirGoal),
            (crowded, Missing::FewerPeople),
        ]
        .into_iter()
        .filter_map(|(is, missing)| is.then_some(missing))
        .collect()
    }

    /// The plan as one that may be confirmed, or all that is missing.
    pub fn ready(self) -> Result<ReadyMeeting, Vec<Missing>> {
        let missing = self.missing();
        if missing.is_empty() { Ok(ReadyMeeting(self)) } else { Err(missing) }
    }
}

/// A plan with purpose, agenda and a goal for both sides. [`MeetingPlan::ready`] alone makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyMeeting(MeetingPlan);

impl ReadyMeeting {
    /// What it is to be.
    pub fn plan(&self) -> &MeetingPlan {
        &self.0
    }

    /// Back to a plan that may be changed.
    pub fn into_plan(self) -> MeetingPlan {
        self.0
    }
}
