//! Who may see what. Every use case takes an [`Actor`] and asks here; no page, export or command decides on its own.

use spelplan_facts::{PamId, Partner};

/// Somebody who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// For the log of who did what.
    pub name: String,
    /// What they are here.
    pub role: Role,
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
}

impl Actor {
    /// Whoever sits at the machine itself, until sign-in exists: the channel manager.
    pub fn at_this_machine() -> Actor {
        Actor { name: "local".to_owned(), role: Role::Manager }
    }

    /// May this actor see that partner, everywhere: list, map, page, export?
    pub fn sees(&self, partner: &Partner) -> bool {
        match self.role {
            Role::Pam(pam) => partner.pam == Some(pam),
            Role::Manager | Role::Finance => true,
        }
    }

    /// May this actor give a figure of their own for that partner? A PAM for own partners, the manager for all.
    pub fn judges(&self, partner: &Partner) -> bool {
        self.role != Role::Finance && self.sees(partner)
    }

    /// May this actor see that PAM's days?
    pub fn sees_days_of(&self, pam: PamId) -> bool {
        match self.role {
            Role::Pam(own) => own == pam,
            Role::Manager | Role::Finance => true,
        }
    }

    /// May this actor hold all PAMs and their partners against each other?
    pub fn compares_pams(&self) -> bool {
        matches!(self.role, Role::Manager | Role::Finance)
    }

    /// May this actor answer the questions about the model?
    pub fn answers(&self) -> bool {
        self.role != Role::Finance
    }

    /// May this actor change that PAM's days in a plan? A PAM their own, the manager all; `None` is everybody's.
    pub fn replans(&self, pam: Option<PamId>) -> bool {
        match self.role {
            Role::Pam(own) => pam == Some(own),
            Role::Manager => true,
            Role::Finance => false,
        }
    }

    /// May this actor import, undo, plan, change settings, clear the demo?
    pub fn steers(&self) -> bool {
        self.role == Role::Manager
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partner_run_by(pam: Option<PamId>) -> Partner {
        let empty = String::new;
        Partner {
            id: spelplan_facts::PartnerId(1),
            key: empty(),
            name: empty(),
            street: empty(),
            postal_code: empty(),
            city: empty(),
            country: empty(),
            place: None,
            segment: empty(),
            chain: empty(),
            employees: None,
            revenue: None,
            pam,
            opening_hours: None,
            closed: Vec::new(),
            visit_time: None,
            inactive: false,
        }
    }

    #[test]
    fn everybody_but_finance_answers_the_questions() {
        for (role, answers) in [(Role::Pam(PamId(1)), true), (Role::Manager, true), (Role::Finance, false)] {
            assert_eq!(Actor { name: "x".to_owned(), role }.answers(), answers, "{role:?}");
        }
    }

    fn check(role: Role, runs: Option<PamId>, sees: bool, steers: bool) {
        let actor = Actor { name: "x".to_owned(), role };
        let partner = partner_run_by(runs);
        assert_eq!((actor.sees(&partner), actor.steers()), (sees, steers), "{role:?} and partner run by {runs:?}");
    }

    #[test]
    fn a_pam_changes_own_days_and_the_manager_everybodys() {
        let may = |role: Role, pam: Option<PamId>| Actor { name: "x".to_owned(), role }.replans(pam);
        let (own, other) = (Some(PamId(1)), Some(PamId(2)));
        assert_eq!([own, other, None].map(|pam| may(Role::Pam(PamId(1)), pam)), [true, false, false]);
        assert_eq!([own, None].map(|pam| may(Role::Manager, pam)), [true, true]);
        assert_eq!([own, None].map(|pam| may(Role::Finance, pam)), [false, false]);
    }

    #[test]
    fn only_those_who_see_everybody_compare_pams() {
        for (role, compares) in [(Role::Pam(PamId(1)), false), (Role::Manager, true), (Role::Finance, true)] {
            assert_eq!(Actor { name: "x".to_owned(), role }.compares_pams(), compares, "{role:?}");
        }
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
}
