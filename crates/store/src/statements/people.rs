//! People, their sessions and the links that let them in.

use super::{inserts, statements};

statements! { PEOPLE_STATEMENTS:
    /// Everybody, by name; whoever has left comes last.
    PEOPLE = "SELECT id, email, name, role, pam_id, partner_id, password, demo, at, ended_at, erased_at FROM person \
        ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, name, id";
    /// One of them.
    PERSON = "SELECT id, email, name, role, pam_id, partner_id, password, demo, at, ended_at, erased_at FROM person WHERE id = $1";
    /// The one with that address.
    PERSON_BY_EMAIL = "SELECT id, email, name, role, pam_id, partner_id, password, demo, at, ended_at, erased_at FROM person WHERE email = $1";
    /// How many may sign in who are no part of a demo.
    COUNT_PEOPLE = "SELECT COUNT(*) FROM person WHERE NOT demo AND ended_at IS NULL";
    /// Gives somebody another name and role.
    CHANGE_PERSON = "UPDATE person SET name = $2, role = $3, pam_id = $4, partner_id = $5 WHERE id = $1";
    /// Gives somebody another password.
    SET_PASSWORD = "UPDATE person SET password = $2 WHERE id = $1";
    /// Lets somebody in no longer, or again.
    SET_PERSON_ENDED = "UPDATE person SET ended_at = $2 WHERE id = $1";
    /// The link with that digest that was neither used nor is too old.
    OPEN_LINK = "SELECT person_id FROM sign_in_link WHERE digest = $1 AND used_at IS NULL AND expires_at > $2";
    /// Uses a link up; one row where it was open.
    USE_LINK = "UPDATE sign_in_link SET used_at = $2 WHERE digest = $1 AND used_at IS NULL AND expires_at > $2";
    /// Somebody's older links work no longer.
    SPEND_LINKS = "UPDATE sign_in_link SET used_at = $2 WHERE person_id = $1 AND used_at IS NULL";
    /// A session that has not ended, of somebody who is still let in.
    SESSION = "SELECT s.began_at, s.seen_at, p.id, p.email, p.name, p.role, p.pam_id, p.partner_id, p.password, p.demo, p.at, p.ended_at, p.erased_at \
        FROM session s JOIN person p ON p.id = s.person_id WHERE s.digest = $1 AND s.ended_at IS NULL AND p.ended_at IS NULL";
    /// Somebody's sessions that have not ended.
    SESSIONS_OF = "SELECT digest, began_at, seen_at FROM session WHERE person_id = $1 AND ended_at IS NULL ORDER BY seen_at DESC, digest";
    /// A session was used.
    SEE_SESSION = "UPDATE session SET seen_at = $2 WHERE digest = $1 AND ended_at IS NULL";
    /// Ends a session.
    END_SESSION = "UPDATE session SET ended_at = $2 WHERE digest = $1 AND ended_at IS NULL";
    /// Ends all of somebody's sessions.
    END_SESSIONS_OF = "UPDATE session SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL";
    /// Away with the demo's people.
    CLEAR_DEMO_SESSIONS = "DELETE FROM session WHERE person_id IN (SELECT id FROM person WHERE demo)";
    /// As above.
    CLEAR_DEMO_PEOPLE = "DELETE FROM person WHERE demo";
}

inserts! { PEOPLE_INSERTS:
    /// Somebody new.
    ADD_PERSON = "person (id, email, name, role, pam_id, partner_id, password, demo, made_by, at)", "";
    /// A link.
    ADD_LINK = "sign_in_link (digest, person_id, expires_at)", "";
    /// A session.
    ADD_SESSION = "session (digest, person_id, began_at, seen_at)", "";
}
