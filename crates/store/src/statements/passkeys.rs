//! Passkeys, and who people are at providers of sign-in.

use super::{inserts, statements};

statements! { PASSKEY_STATEMENTS:
    /// Every passkey there is.
    PASSKEYS = "SELECT id, person_id, name, credential, at FROM passkey ORDER BY id";
    /// Somebody's.
    PASSKEYS_OF = "SELECT id, person_id, name, credential, at FROM passkey WHERE person_id = $1 ORDER BY id";
    /// Another name for one's own.
    NAME_PASSKEY = "UPDATE passkey SET name = $3 WHERE id = $1 AND person_id = $2";
    /// Away with one's own.
    DROP_PASSKEY = "DELETE FROM passkey WHERE id = $1 AND person_id = $2";
    /// As it stands after it was used.
    CHANGE_PASSKEY = "UPDATE passkey SET credential = $2 WHERE id = $1";
    /// Whose identity that is at a provider.
    IDENTITY = "SELECT person_id FROM provider_identity WHERE issuer = $1 AND subject = $2";
    /// Who somebody is at providers.
    IDENTITIES_OF = "SELECT issuer, subject FROM provider_identity WHERE person_id = $1 ORDER BY issuer";
}

inserts! { PASSKEY_INSERTS:
    /// One more.
    ADD_PASSKEY = "passkey (id, person_id, name, credential, at)", "";
    /// Who somebody is at a provider.
    ADD_IDENTITY = "provider_identity (issuer, subject, person_id)", "ON CONFLICT DO NOTHING";
}
