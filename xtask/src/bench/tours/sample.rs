//! The fixed sample of each family on which gaps are reported; the files beside say how it was chosen.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use super::instance::Family;

/// Names of instances, with the number of tours where the file does not say it.
pub(crate) struct Listed(BTreeSet<(String, usize)>);

/// The family's sample.
pub(crate) fn listed(family: Family) -> Result<Listed> {
    let text = match family {
        Family::Top => include_str!("samples/top.txt"),
        Family::Toptw => include_str!("samples/toptw.txt"),
        Family::Mctopmtw => include_str!("samples/mctopmtw.txt"),
        Family::Ophs => include_str!("samples/ophs.txt"),
        Family::Ttdp => include_str!("samples/ttdp.txt"),
        Family::Realistic => bail!("the realistic seasons are few: run all of them"),
    };
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let entry = |line: &str| match line.split_once(',') {
        Some((name, m)) => (name.to_owned(), m.parse().unwrap_or_default()),
        None => (line.to_owned(), 0),
    };
    Ok(Listed(lines.map(entry).collect()))
}

impl Listed {
    /// Is that instance in the sample, with so many tours where its file does not say it?
    pub(crate) fn has(&self, name: &str, m: usize) -> bool {
        self.0.contains(&(name.to_owned(), m)) || self.0.contains(&(name.to_owned(), 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_academic_family_has_a_sample_of_24() {
        for family in [Family::Top, Family::Toptw, Family::Mctopmtw, Family::Ophs, Family::Ttdp] {
            assert_eq!(listed(family).expect("a sample").0.len(), 24, "{}", family.name());
        }
    }

    #[test]
    fn numbers_of_tours_are_told_apart_where_listed() {
        let listed = Listed([("c101".to_owned(), 2), ("p4.2.a".to_owned(), 0)].into());
        let asked = [("c101", 2), ("c101", 3), ("p4.2.a", 0), ("p4.2.b", 0)];
        assert_eq!(asked.map(|(name, m)| listed.has(name, m)), [true, false, true, false]);
    }
}
