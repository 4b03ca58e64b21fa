//! Where instances lie, how they are called, and the best values known for them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// One file with an instance.
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    /// Its name as the tables of best values have it: for hotel selection with its set, `SET_3-4/64-50-3-4`.
    pub(crate) name: String,
    /// Its path below the folder that was named, without its ending: where the answer is written.
    pub(crate) below: String,
}

/// The file itself, or every instance in the folder and the folders in it, in order of their names.
pub(crate) fn find(given: &Path) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    if given.is_file() {
        let below = given.file_name().map(|name| bare(&name.to_string_lossy()).to_owned());
        found.push(named(given.to_owned(), below.unwrap_or_default()));
        return Ok(found);
    }
    collect(given, "", &mut found)?;
    found.sort_by(|a, b| a.name.cmp(&b.name));
    ensure!(!found.is_empty(), "{} holds no instances", given.display());
    Ok(found)
}

fn collect(folder: &Path, below: &str, found: &mut Vec<Found>) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("the folder {}", folder.display()))?;
    for entry in entries {
        let path = entry.with_context(|| format!("the folder {}", folder.display()))?.path();
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
        if path.is_dir() && !name.starts_with('.') && name != "solutions" {
            collect(&path, &format!("{below}{name}/"), found)?;
        } else if path.is_file() && is_instance(&name) {
            let below = format!("{below}{}", bare(&name));
            found.push(named(path, below));
        }
    }
    Ok(())
}

fn is_instance(name: &str) -> bool {
    let other = [".csv", ".md", ".py", ".pdf", ".zip"].iter().any(|ending| name.ends_with(ending));
    !(other || name.starts_with('.') || name.starts_with("README"))
}

/// The name without the ending of a file of instances; dots inside a name stay.
fn bare(name: &str) -> &str {
    let endings = [".txt", ".ophs", ".json"];
    endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

fn named(path: PathBuf, below: String) -> Found {
    let own = below.rsplit('/').next().unwrap_or(&below).to_owned();
    let folder = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let name = folder.filter(|folder| folder.starts_with("SET_")).map_or(own.clone(), |set| format!("{set}/{own}"));
    Found { path, name, below }
}

/// Best known values by instance and, where the table has it, number of tours.
#[derive(Default)]
pub(crate) struct Best(BTreeMap<(String, Option<usize>), f64>);

impl Best {
    /// Reads the `bks.csv` beside the instances or above them; empty where there is none.
    pub(crate) fn beside(given: &Path) -> Result<Best> {
        let path = given.ancestors().take(3).map(|folder| folder.join("bks.csv")).find(|path| path.is_file());
        let Some(path) = path else { return Ok(Best::default()) };
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Best::read(&text).with_context(|| path.display().to_string())
    }

    fn read(text: &str) -> Result<Best> {
        let mut lines = text.lines();
        let head: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
        let column = |name: &str| head.iter().position(|head| *head == name);
        let (Some(instance), Some(best)) = (column("instance"), column("best_known")) else {
            bail!("line 1: no columns `instance` and `best_known`");
        };
        let mut values = BTreeMap::new();
        for line in lines {
            let words: Vec<&str> = line.split(',').collect();
            let word = |at: usize| words.get(at).copied().unwrap_or_default();
            let m = column("m").and_then(|m| word(m).parse().ok());
            if let Some(value) = word(best).parse::<f64>().ok().filter(|value| *value > 0.0) {
                values.insert((word(instance).to_owned(), m), value);
            }
        }
        Ok(Best(values))
    }

    /// The best known value, where one above zero is known.
    pub(crate) fn of(&self, name: &str, m: usize) -> Option<f64> {
        let keys = [(name.to_owned(), Some(m)), (name.to_owned(), None)];
        keys.iter().find_map(|key| self.0.get(key)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn best_values_with_and_without_tours() {
        let best = Best::read("instance,m,best_known,source\nc101,2,590,x\nc101,3,,x\n").expect("a table");
        assert_eq!((best.of("c101", 2), best.of("c101", 3), best.of("c102", 2)), (Some(590.0), None, None));
        let best = Best::read("instance,best_known\nSET_4/a,12\nSET_4/b,0\n").expect("a table");
        assert_eq!((best.of("SET_4/a", 7), best.of("SET_4/b", 7)), (Some(12.0), None));
        assert!(Best::read("name,value\n").is_err());
    }

    #[test]
    fn names_keep_their_dots_and_sets() {
        let named = |path: &str, below: &str| named(PathBuf::from(path), below.to_owned()).name;
        assert_eq!(bare("p1.2.a.txt"), "p1.2.a");
        assert_eq!(bare("p1.2.a"), "p1.2.a");
        assert_eq!(named("x/SET_3-4/64-50-3-4.ophs", "64-50-3-4"), "SET_3-4/64-50-3-4");
        assert_eq!(named("x/top/p1.2.a.txt", "p1.2.a"), "p1.2.a");
    }

    #[test]
    fn tables_and_texts_are_no_instances() {
        let names = ["README.md", "bks.csv", ".hidden", "check.py", "c101.txt", "64-50-3-4.ophs", "G1-seed1.json"];
        let kept: Vec<&str> = names.into_iter().filter(|name| is_instance(name)).collect();
        assert_eq!(kept, ["c101.txt", "64-50-3-4.ophs", "G1-seed1.json"]);
    }
}
