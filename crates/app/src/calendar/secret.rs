//! Secrets of feeds: 256 bits of the system's own chance, kept as a digest.

use sha2::{Digest, Sha256};

use crate::{AppError, ErrorKind};

/// Bytes of a secret.
const BYTES: usize = 32;

/// A new secret, as it stands in an address.
pub(crate) fn secret() -> Result<String, AppError> {
    word::<BYTES>()
}

/// A word of chance in hexadecimal digits.
pub(crate) fn word<const N: usize>() -> Result<String, AppError> {
    Ok(hexadecimal(&chance::<N>()?))
}

/// Bytes of the system's own chance.
pub(crate) fn chance<const N: usize>() -> Result<[u8; N], AppError> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|cause| {
        let en = format!("the system gave no chance to make a secret of: {cause}. Try again");
        let sv = format!("systemet gav ingen slump att göra en hemlighet av: {cause}. Försök igen");
        AppError::own("A407", ErrorKind::Failed, en, sv)
    })?;
    Ok(bytes)
}

/// What is kept of a secret, and what an answer is told apart by.
pub(crate) fn digest(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_and_never_the_same() {
        let (one, other) = (secret().expect("chance"), secret().expect("chance"));
        assert_eq!((one.len(), one.chars().all(|digit| digit.is_ascii_hexdigit())), (64, true));
        assert_ne!(one, other);
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
