//! What the log tells of: every act that changes who may see what, lets somebody in, or takes figures in, out or away.

use spelplan_facts::Text;

/// Something that was done. Words are kept in the log for ever: none is renamed.
macro_rules! deeds {
    ($($(#[$doc:meta])* $name:ident $word:literal $sv:literal $en:literal;)+) => {
        /// Something that was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Deed {
            $($(#[$doc])* $name,)+
        }

        impl Deed {
            /// Every one there is.
            pub const ALL: &[Deed] = &[$(Deed::$name),+];

            /// How it is kept.
            pub fn word(self) -> &'static str {
                match self { $(Deed::$name => $word,)+ }
            }

            /// How it is told.
            pub fn name(self) -> Text {
                match self { $(Deed::$name => Text { sv: $sv, en: $en },)+ }
            }
        }
    };
}

deeds! {
    /// By password, passkey or provider.
    SignedIn "signed in" "loggade in" "signed in";
    /// A password, code or passkey that was wrong.
    SignInFailed "sign-in failed" "misslyckades att logga in" "failed to sign in";
    /// This session or all.
    SignedOut "signed out" "loggade ut" "signed out";
    /// As one of the demo's people.
    LookedAs "looked as" "tittade som" "looked as";
    /// The very first.
    FirstAdmin "first admin" "skapade den första administratören" "made the first admin";
    /// And got a link.
    Invited "invited" "bjöd in" "invited";
    /// A new link.
    LinkRenewed "link renewed" "gjorde en ny länk till" "made a new link for";
    /// By a link, or one's own.
    PasswordChosen "password chosen" "valde lösenord" "chose a password";
    /// To somebody.
    RoleChanged "role changed" "ändrade rollen för" "changed the role of";
    /// Lets them in no longer.
    LetGo "let go" "stängde ute" "let go";
    /// Lets them in again.
    LetBack "let back" "släppte in igen" "let in again";
    /// Codes by the clock.
    CodesOn "codes on" "slog på engångskoder" "switched one-time codes on";
    /// Codes by the clock.
    CodesOff "codes off" "slog av engångskoder" "switched one-time codes off";
    /// Of somebody who lost their device.
    CodesOffFor "codes off for" "slog av engångskoderna för" "switched off the one-time codes of";
    /// A recovery code instead of one by the clock.
    RecoveryUsed "recovery code used" "använde en reservkod" "used a recovery code";
    /// Those before work no longer.
    RecoveryRenewed "recovery codes renewed" "gjorde nya reservkoder" "made new recovery codes";
    /// One more.
    PasskeyAdded "passkey added" "lade till en nyckel" "added a passkey";
    /// One fewer.
    PasskeyRemoved "passkey removed" "tog bort en nyckel" "removed a passkey";
    /// Who somebody is at a provider of sign-in.
    ProviderLinked "provider linked" "kopplades till sin leverantör av inloggning" "was linked to a sign-in provider";
    /// Files.
    Imported "imported" "importerade" "imported";
    /// A whole import.
    ImportUndone "import undone" "ångrade importen" "undid the import";
    /// Partners have other PAMs: others see them.
    TerritoriesTaken "territories taken" "tog över en fördelning" "took territories over";
    /// As before.
    TerritoriesUndone "territories undone" "ångrade fördelningen" "undid the territories";
    /// A PAM's calendar has a secret address.
    FeedOpened "feed opened" "öppnade en kalenderadress" "opened a calendar address";
    /// No longer.
    FeedClosed "feed closed" "stängde en kalenderadress" "closed a calendar address";
    /// To a partner's own page.
    PortalOpened "portal link made" "gjorde en länk till partnerns sida för" "made a link to the page of";
    /// Works no longer.
    PortalClosed "portal link revoked" "återkallade en länk till partnerns sida för" "revoked a link to the page of";
    /// On its way to a partner.
    LetterPressed "letter pressed" "skickade brevet" "pressed send for";
    /// Before it left.
    LetterTakenBack "letter taken back" "tog tillbaka brevet" "took back";
    /// A file of figures or of what is known of somebody.
    Exported "exported" "hämtade ut" "exported";
    /// Everything, or the demo.
    Cleared "cleared" "tömde databasen" "cleared the database";
    /// Of a person.
    Erased "erased" "raderade personuppgifter om" "erased personal data of";
    /// Something kept for its time.
    Expired "expired" "gallrade" "removed what was kept for its time";
    /// For how long something is kept.
    RetentionChanged "retention changed" "ändrade en lagringstid" "changed how long something is kept";
}

impl Deed {
    /// The deed of that word.
    pub fn parse(word: &str) -> Option<Deed> {
        Deed::ALL.iter().copied().find(|deed| deed.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_kept_once_and_read_back() {
        for deed in Deed::ALL {
            assert_eq!(Deed::parse(deed.word()), Some(*deed));
            assert!(!deed.name().sv.is_empty() && !deed.name().en.is_empty());
        }
        assert_eq!(Deed::parse("moved"), None);
    }
}
