//! Roles as they are kept and chosen.

use spelplan_store::KeptPerson;

use crate::access::Role;

/// A role without whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RoleWord {
    /// A partner account manager.
    Pam,
    /// The channel manager.
    Manager,
    /// Finance.
    Finance,
    /// Whoever administers.
    Admin,
    /// A contact at a partner.
    Contact,
}

impl RoleWord {
    /// Every role somebody can be given.
    pub const ALL: [RoleWord; 5] =
        [RoleWord::Pam, RoleWord::Manager, RoleWord::Finance, RoleWord::Admin, RoleWord::Contact];

    /// How it is written.
    pub fn word(self) -> &'static str {
        match self {
            RoleWord::Pam => "pam",
            RoleWord::Manager => "manager",
            RoleWord::Finance => "finance",
            RoleWord::Admin => "admin",
            RoleWord::Contact => "contact",
        }
    }

    /// The role of that word.
    pub fn parse(word: &str) -> Option<RoleWord> {
        RoleWord::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// What a person is. Whoever's PAM or partner is not said is nobody here.
pub(crate) fn role(kept: &KeptPerson) -> Role {
    match RoleWord::parse(&kept.role) {
        Some(RoleWord::Pam) => kept.pam.map_or(Role::Nobody, Role::Pam),
        Some(RoleWord::Manager) => Role::Manager,
        Some(RoleWord::Finance) => Role::Finance,
        Some(RoleWord::Admin) => Role::Admin,
        Some(RoleWord::Contact) => kept.partner.map_or(Role::Nobody, Role::Contact),
        None => Role::Nobody,
    }
}
