//! Codes by the clock (RFC 6238: SHA-1, six digits, thirty seconds, as every authenticator app reads them) and recovery codes.
//! That none is accepted twice is for the database to see to.

use totp_rs::{Builder, Secret, Totp};

use crate::AppError;
use crate::calendar::secret;

/// Seconds of a step.
const STEP: u64 = 30;
/// Clocks may differ by so many steps.
const SKEW: u16 = 1;
/// How many recovery codes somebody gets.
const RECOVERY_CODES: usize = 10;
/// Letters of recovery codes (Crockford's): none is easily taken for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters in a recovery code, five bits each.
const LENGTH: usize = 16;

/// What a new app's codes are made of, in base 32.
pub(super) fn new_secret() -> Result<String, AppError> {
    Ok(Secret::new_stack(secret::chance()?).to_base32())
}

/// The step of the clock whose code that is, seen from that instant.
pub(super) fn step_of(secret: &str, code: &str, seconds: i64) -> Option<i64> {
    let step = maker(secret, "")?.check(code, u64::try_from(seconds).ok()?)?;
    i64::try_from(step).ok()
}

/// The address that an app reads, as a picture or by a press.
pub(super) fn address(secret: &str, email: &str) -> String {
    // A colon would end the account's name.
    maker(secret, &email.replace(':', " ")).and_then(|maker| maker.to_url().ok()).unwrap_or_default()
}

fn maker(secret: &str, account: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let builder = Builder::new().with_secret(secret).with_skew(SKEW).with_step_duration(STEP);
    builder.with_account_name(account).with_issuer(Some("Spelplan")).build().ok()
}

/// New recovery codes, as they are shown once.
pub(super) fn recovery_codes() -> Result<Vec<String>, AppError> {
    (0..RECOVERY_CODES).map(|_| secret::chance().map(written)).collect()
}

/// A code of eighty bits in groups of four letters. A byte gives five of them: each letter is as likely as another.
fn written(chance: [u8; LENGTH]) -> String {
    let letters = chance.map(|byte| char::from(LETTERS[usize::from(byte & 31)]));
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// The digits of a code by the clock, where the word is one.
pub(super) fn digits(word: &str) -> Option<String> {
    let digits: String = word.chars().filter(|letter| !letter.is_whitespace()).collect();
    (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// What is kept of a recovery code, however somebody wrote it down.
pub(super) fn recovery_digest(word: &str) -> String {
    let kept = word.chars().filter(|letter| letter.is_alphanumeric()).map(|letter| match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    });
    secret::digest(&format!("recovery {}", kept.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238's own secret, and the codes of its appendix B, cut to six digits.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_standard_within_a_step_of_the_clock() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            let step = seconds / 30;
            for (at, found) in [(seconds, Some(step)), (seconds + 30, Some(step)), (seconds + 60, None)] {
                assert_eq!(step_of(SECRET, code, at), found, "{code} at {at}");
            }
        }
        assert_eq!(step_of(SECRET, "287083", 59), None);
        assert_eq!(step_of("no secret!", "287082", 59), None);
    }

    #[test]
    fn an_app_reads_issuer_account_and_secret() {
        let address = address(SECRET, "eva@company.example");
        assert!(address.starts_with("otpauth://totp/"), "{address}");
        assert!(address.contains(&format!("secret={SECRET}")) && address.contains("issuer=Spelplan"), "{address}");
        assert_eq!(new_secret().expect("chance").len(), 32);
    }

    #[test]
    fn a_recovery_code_is_known_however_it_was_written_down() {
        let codes = recovery_codes().expect("chance");
        assert_eq!((codes.len(), codes[0].len()), (10, 19), "{codes:?}");
        let digest = recovery_digest("01AB-CDEF-GHJK-MNPQ");
        for same in ["o1ab cdef ghjk mnpq", "OLABCDEFGHJKMNPQ", " 0iab-cdef-ghjk-mnpq "] {
            assert_eq!(recovery_digest(same), digest, "{same}");
        }
        assert_ne!(recovery_digest("01AB-CDEF-GHJK-MNPR"), digest);
    }

    #[test]
    fn six_digits_are_a_code_by_the_clock() {
        assert_eq!(digits("123 456"), Some("123456".to_owned()));
        assert_eq!((digits("12345"), digits("12345a"), digits("01AB-CDEF-GHJK-MNPQ")), (None, None, None));
    }
}
