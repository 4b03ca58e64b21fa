//! Mail out: a letter as the text that travels (RFC 5322), and that text handed to a mail server (SMTP). One try, in so many seconds; whether
//! and when there is another is for others to say.

mod office;
mod written;

pub use office::{Office, Tls, Unsent};
pub use written::{Calendar, Letter, Unwritable, is_address, written};

/// What a letter is when it has been written: its text, and whom a mail server is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// All of it, as it travels.
    pub text: Vec<u8>,
    /// From whom and to whom.
    envelope: lettre::address::Envelope,
}
