//! What each PAM's partners look like, on the map and beside it: a letter of its own, a shape and a colour.

/// A PAM's sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sign {
    /// A, B, … Z, AA, …
    pub letter: String,
    /// The path of its shape in a box of 20 by 20.
    pub shape: &'static str,
    /// Its colour; never the only thing that tells.
    pub colour: &'static str,
}

/// Circle, square, triangle, diamond, hexagon.
const SHAPES: [&str; 5] = [
    "M10 2a8 8 0 1 0 0 16a8 8 0 1 0 0-16z",
    "M3 3h14v14H3z",
    "M10 1 19.5 18H.5z",
    "M10 .5 19.5 10 10 19.5.5 10z",
    "M5.2 2h9.6L19.5 10l-4.7 8H5.2L.5 10z",
];

/// Told apart with most kinds of colour blindness, and dark enough under white letters.
const COLOURS: [&str; 6] = ["#0a6aa6", "#b34700", "#00795a", "#a3487f", "#6b5900", "#4b4fa8"];

/// The sign of the PAM in that place.
pub(crate) fn sign(place: usize) -> Sign {
    Sign { letter: letter(place), shape: SHAPES[place % SHAPES.len()], colour: COLOURS[place % COLOURS.len()] }
}

fn letter(place: usize) -> String {
    let last = char::from(b'A' + (place % 26) as u8);
    match place / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letter(before - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pam_has_a_letter_of_its_own() {
        assert_eq!([0, 25, 26, 27, 51, 52, 701, 702].map(letter), ["A", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
        let letters: std::collections::BTreeSet<String> = (0..2000).map(letter).collect();
        assert_eq!(letters.len(), 2000);
    }

    #[test]
    fn neighbours_in_the_list_differ_in_shape_and_colour() {
        for place in 0..60 {
            let (one, next) = (sign(place), sign(place + 1));
            assert!(one.shape != next.shape && one.colour != next.colour, "{place}");
        }
    }
}
