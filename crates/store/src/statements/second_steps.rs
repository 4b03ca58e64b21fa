//! Second steps: codes by the clock, recovery codes, and what waits for a second step.

use super::{inserts, statements};

statements! { SECOND_STEP_STATEMENTS:
    /// Somebody's codes by the clock, confirmed or not.
    CLOCK_CODE = "SELECT secret, confirmed_at, last_step FROM clock_code WHERE person_id = $1";
    /// Everybody who has confirmed theirs.
    CLOCK_CODES = "SELECT person_id FROM clock_code WHERE confirmed_at IS NOT NULL ORDER BY person_id";
    /// A secret that was never confirmed.
    DROP_UNCONFIRMED = "DELETE FROM clock_code WHERE person_id = $1 AND confirmed_at IS NULL";
    /// From now on codes are asked for.
    CONFIRM_CLOCK_CODE = "UPDATE clock_code SET confirmed_at = $2, last_step = $3 WHERE person_id = $1 AND confirmed_at IS NULL";
    /// Uses a step of the clock up, and every one before it; one row where it was not.
    USE_STEP = "UPDATE clock_code SET last_step = $2 WHERE person_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2";
    /// No codes any longer.
    DROP_CLOCK_CODE = "DELETE FROM clock_code WHERE person_id = $1";
    /// Uses a recovery code up; one row where it was not.
    USE_RECOVERY_CODE = "UPDATE recovery_code SET used_at = $3 WHERE person_id = $1 AND digest = $2 AND used_at IS NULL";
    /// How many are left.
    COUNT_RECOVERY_CODES = "SELECT COUNT(*) FROM recovery_code WHERE person_id = $1 AND used_at IS NULL";
    /// All of somebody's.
    DROP_RECOVERY_CODES = "DELETE FROM recovery_code WHERE person_id = $1";
    /// What waits under that digest.
    BEGUN = "SELECT person_id, document FROM begun_sign_in WHERE digest = $1 AND kind = $2 AND expires_at > $3";
    /// It waits no longer; one row where it did.
    DROP_BEGUN = "DELETE FROM begun_sign_in WHERE digest = $1";
    /// What nobody came back to.
    DROP_OLD_BEGUN = "DELETE FROM begun_sign_in WHERE expires_at <= $1";
    /// Whatever of somebody's waits.
    DROP_BEGUN_OF = "DELETE FROM begun_sign_in WHERE person_id = $1";
}

inserts! { SECOND_STEP_INSERTS:
    /// A secret, not confirmed yet.
    ADD_CLOCK_CODE = "clock_code (person_id, secret, last_step)", "ON CONFLICT DO NOTHING";
    /// A recovery code.
    ADD_RECOVERY_CODE = "recovery_code (person_id, digest)", "";
    /// Something that waits for a second step.
    ADD_BEGUN = "begun_sign_in (digest, kind, person_id, document, expires_at)", "";
}
