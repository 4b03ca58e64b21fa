//! Who may see what. Every use case takes an [`Actor`] and asks here; no page, export or command decides on its own.

use spelplan_facts::{PamId, Partner, PartnerId};
use spelplan_store::PersonId;

/// Somebody who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// For the log of who did what.
    pub name: String,
    /// What they are here.
    pub role: Role,
    /// Which person, where somebody has signed in: names may be shared, and may be forgotten.
    pub person: Option<PersonId>,
}

/// What somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A partner account manager: sees the partners they run.
    Pam(PamId),
    /// The channel manager: sees and plans everything.
    Manager,
    /// Finance: sees everything, changes nothing.
    Finance,
    /// Whoever administers: what the channel manager may, and people besides.
    Admin,
    /// A contact at a partner: the partner's own side, nothing of ours.
    Contact(PartnerId),
    /// Somebody who has not signed in.
    Nobody,
}

/// What a door asks of whoever passes. Behind it every use case still looks at the very partner, PAM or plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Entry {
    /// Nothing: sign-in itself, scripts and styles, an address that is a secret.
    Anybody,
    /// To be signed in.
    SignedIn,
    /// To belong to the company: PAM, manager, finance, admin.
    Staff,
    /// To know partners oneself: PAM, manager, admin.
    Answering,
    /// To see the whole company: manager, finance, admin.
    Company,
    /// To steer: manager, admin.
    Steering,
    /// To look after people: admin.
    Administration,
}

impl Actor {
    /// Whoever runs commands at the machine itself: the file is theirs, so everything is.
    pub fn at_this_machine() -> Actor {
        Actor { name: "local".to_owned(), role: Role::Admin, person: None }
    }

    /// Somebody of that name and role who is no person that signs in: a feed's reader, a test.
    pub fn named(name: &str, role: Role) -> Actor {
        Actor { name: name.to_owned(), role, person: None }
    }

    /// Somebody who has not signed in.
    pub fn nobody() -> Actor {
        Actor { name: String::new(), role: Role::Nobody, person: None }
    }

    /// May this actor pass a door that asks that?
    pub fn enters(&self, entry: Entry) -> bool {
        match entry {
            Entry::Anybody => true,
            Entry::SignedIn => self.role != Role::Nobody,
            Entry::Staff => matches!(self.role, Role::Pam(_) | Role::Manager | Role::Finance | Role::Admin),
            Entry::Answering => self.answers(),
            Entry::Company => self.compares_pams(),
            Entry::Steering => self.steers(),
            Entry::Administration => self.administers(),
        }
    }

    /// May this actor add people, change what they are, see the log of who did what?
    pub fn administers(&self) -> bool {
        self.role == Role::Admin
    }

    /// Sees the whole company.
    fn sees_all(&self) -> bool {
        matches!(self.role, Role::Manager | Role::Finance | Role::Admin)
    }

    /// May this actor see that partner, everywhere: list, map, page, export?
    pub fn sees(&self, partner: &Partner) -> bool {
        match self.role {
            Role::Pam(pam) => partner.pam == Some(pam),
            _ => self.sees_all(),
        }
    }

    /// May this actor give a figure of their own for that partner? A PAM for own partners, the manager for all.
    pub fn judges(&self, partner: &Partner) -> bool {
        self.answers() && self.sees(partner)
    }

    /// May this actor see that PAM's days?
    pub fn sees_days_of(&self, pam: PamId) -> bool {
        match self.role {
            Role::Pam(own) => own == pam,
            _ => self.sees_all(),
        }
    }

    /// May this actor see each PAM's hours, summed over weeks and seasons? What they are made of is the PAM's own.
    pub fn sees_time_of_each(&self) -> bool {
        self.steers()
    }

    /// Has this actor a word on where that PAM's time went? The PAM alone.
    pub fn corrects_time_of(&self, pam: PamId) -> bool {
        self.role == Role::Pam(pam)
    }

    /// May this actor hold all PAMs and their partners against each other?
    pub fn compares_pams(&self) -> bool {
        self.sees_all()
    }

    /// May this actor answer the questions about the model?
    pub fn answers(&self) -> bool {
        matches!(self.role, Role::Pam(_) | Role::Manager | Role::Admin)
    }

    /// May this actor change that PAM's days in a plan? A PAM their own, the manager all; `None` is everybody's.
    pub fn replans(&self, pam: Option<PamId>) -> bool {
        match self.role {
            Role::Pam(own) => pam == Some(own),
            _ => self.steers(),
        }
    }

    /// May this actor import, undo, plan, change settings, clear the demo?
    pub fn steers(&self) -> bool {
        matches!(self.role, Role::Manager | Role::Admin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partner_run_by(pam: Option<PamId>) -> Partner {
        Partner { pam, ..Partner::of(spelplan_facts::PartnerId(1)) }
    }

    #[test]
    fn those_who_know_partners_answer_the_questions() {
        let contact = Role::Contact(spelplan_facts::PartnerId(1));
        let (pam, others) = (Role::Pam(PamId(1)), [(Role::Admin, true), (contact, false), (Role::Nobody, false)]);
        for (role, answers) in [(pam, true), (Role::Manager, true), (Role::Finance, false)].into_iter().chain(others) {
            assert_eq!(Actor::named("x", role).answers(), answers, "{role:?}");
        }
    }

    fn check(role: Role, runs: Option<PamId>, sees: bool, steers: bool) {
        let actor = Actor::named("x", role);
        let partner = partner_run_by(runs);
        assert_eq!((actor.sees(&partner), actor.steers()), (sees, steers), "{role:?} and partner run by {runs:?}");
    }

    #[test]
    fn a_pam_changes_own_days_and_the_manager_everybodys() {
        let may = |role: Role, pam: Option<PamId>| Actor::named("x", role).replans(pam);
        let (own, other) = (Some(PamId(1)), Some(PamId(2)));
        assert_eq!([own, other, None].map(|pam| may(Role::Pam(PamId(1)), pam)), [true, false, false]);
        assert_eq!([own, None].map(|pam| may(Role::Manager, pam)), [true, true]);
        assert_eq!([own, None].map(|pam| may(Role::Finance, pam)), [false, false]);
    }

    #[test]
    fn only_those_who_see_everybody_compare_pams() {
        let more = [(Role::Admin, true), (Role::Contact(spelplan_facts::PartnerId(1)), false), (Role::Nobody, false)];
        let some = [(Role::Pam(PamId(1)), false), (Role::Manager, true), (Role::Finance, true)];
        for (role, compares) in some.into_iter().chain(more) {
            assert_eq!(Actor::named("x", role).compares_pams(), compares, "{role:?}");
        }
    }

    #[test]
    fn a_pam_alone_has_a_word_on_own_time_and_finance_sees_the_companys() {
        let one = |role: Role| Actor::named("x", role);
        let corrects = [Role::Pam(PamId(1)), Role::Pam(PamId(2)), Role::Manager, Role::Finance, Role::Admin]
            .map(|role| one(role).corrects_time_of(PamId(1)));
        assert_eq!(corrects, [true, false, false, false, false]);
        let each =
            [Role::Pam(PamId(1)), Role::Manager, Role::Finance, Role::Admin].map(|role| one(role).sees_time_of_each());
        assert_eq!(each, [false, true, false, true]);
    }

    #[test]
    fn a_pam_sees_only_own_partners() {
        check(Role::Pam(PamId(1)), Some(PamId(1)), true, false);
        check(Role::Pam(PamId(1)), Some(PamId(2)), false, false);
        check(Role::Pam(PamId(1)), None, false, false);
    }

    #[test]
    fn finance_sees_all_and_changes_nothing() {
        check(Role::Finance, None, true, false);
        check(Role::Manager, Some(PamId(2)), true, true);
    }

    #[test]
    fn contacts_and_strangers_see_no_partner_of_ours_and_an_admin_sees_all() {
        check(Role::Contact(spelplan_facts::PartnerId(1)), Some(PamId(1)), false, false);
        check(Role::Nobody, None, false, false);
        check(Role::Admin, Some(PamId(2)), true, true);
    }

    #[test]
    fn every_door_lets_in_exactly_whom_it_says() {
        let roles = [
            Role::Nobody,
            Role::Contact(spelplan_facts::PartnerId(1)),
            Role::Finance,
            Role::Pam(PamId(1)),
            Role::Manager,
            Role::Admin,
        ];
        for (entry, let_in) in [
            (Entry::Anybody, [true; 6]),
            (Entry::SignedIn, [false, true, true, true, true, true]),
            (Entry::Staff, [false, false, true, true, true, true]),
            (Entry::Answering, [false, false, false, true, true, true]),
            (Entry::Company, [false, false, true, false, true, true]),
            (Entry::Steering, [false, false, false, false, true, true]),
            (Entry::Administration, [false, false, false, false, false, true]),
        ] {
            let entered = roles.map(|role| Actor::named("x", role).enters(entry));
            assert_eq!(entered, let_in, "{entry:?}");
        }
    }
}
