//! How much of a partner's relationship one person there carries (model.md section 3; assumptions, to be elicited).

/// Weight of a person whose role we do not recognise: as a buyer.
const UNRECOGNISED: f64 = 0.4;

/// Weight of nobody in particular: a touch that names no person is with the partner as a whole.
pub(crate) const UNNAMED: f64 = 1.0;

/// Role words by weight. Whole words; a trailing `*` matches any ending.
static ROLES: &[(f64, &[&str])] = &[
    (
        0.6,
        &["owner", "ägare", "vd", "ceo", "md", "managing director", "president", "founder", "grundare", "daglig leder"],
    ),
    (0.4, &["buyer", "purchas*", "procurement", "inköp*", "innkjøp*", "indkøb*", "osto*"]),
    (0.4, &["sales*", "sälj*", "försälj*", "salg*", "myynti*", "account"]),
    (0.25, &["tech*", "tekn*", "engineer*", "ingenjör*", "support*", "consultant*", "konsult*", "it", "cto"]),
];

/// The share of the whole relationship that this person can carry.
pub(crate) fn weight(role: &str) -> f64 {
    let role = role.to_lowercase();
    let words: Vec<&str> = role.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is = |name: &str| match name.strip_suffix('*') {
        Some(start) => words.iter().any(|word| word.starts_with(start)),
        None if name.contains(' ') => role.contains(name),
        None => words.contains(&name),
    };
    ROLES.iter().find(|(_, names)| names.iter().any(|name| is(name))).map_or(UNRECOGNISED, |(weight, _)| *weight)
}

#[cfg(test)]
mod tests {
    use super::weight;

    #[test]
    fn roles_are_recognised_in_both_languages() {
        let cases = [
            ("VD", 0.6),
            ("Owner", 0.6),
            ("Managing Director", 0.6),
            ("Ägare/grundare", 0.6),
            ("Inköpschef", 0.4),
            ("Purchasing Agent", 0.4),
            ("Säljchef", 0.4),
            ("Sales lead", 0.4),
            ("Tekniker", 0.25),
            ("IT-konsult", 0.25),
            ("Receptionist", 0.4),
            ("", 0.4),
            ("Movdahl", 0.4),
        ];
        for (role, expected) in cases {
            assert_eq!(weight(role), expected, "{role}");
        }
    }
}
