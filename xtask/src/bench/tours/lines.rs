//! A text file as lines of numbers; whatever is wrong is told with the line's number.

use anyhow::{Context, Result, bail, ensure};

use super::sheet::Point;

/// The lines of a file that hold something, one after another.
pub(crate) struct Lines<'a> {
    rest: Box<dyn Iterator<Item = Line<'a>> + 'a>,
    last: usize,
}

/// One line.
pub(crate) struct Line<'a> {
    /// Its number in the file, from 1.
    pub(crate) number: usize,
    words: Vec<&'a str>,
}

impl<'a> Lines<'a> {
    pub(crate) fn of(text: &'a str) -> Lines<'a> {
        let lines = text.lines().enumerate();
        let lines = lines.map(|(at, line)| Line { number: at + 1, words: line.split_whitespace().collect() });
        Lines { rest: Box::new(lines.filter(|line| !line.words.is_empty() && !line.is_rule())), last: 0 }
    }

    /// The next line, of which the file says that it holds `what`.
    pub(crate) fn next(&mut self, what: &str) -> Result<Line<'a>> {
        let line = self.rest.next().with_context(|| format!("ends after line {}, before {what}", self.last))?;
        self.last = line.number;
        Ok(line)
    }

    /// Nothing may be left.
    pub(crate) fn end(mut self) -> Result<()> {
        match self.rest.next() {
            None => Ok(()),
            Some(line) => bail!("line {}: more lines than the first one says", line.number),
        }
    }
}

impl Line<'_> {
    /// A line of dashes, which divides parts of a file.
    fn is_rule(&self) -> bool {
        self.words.iter().all(|word| word.len() > 1 && word.bytes().all(|byte| byte == b'-'))
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word after a label, as `tmax 25.0`.
    pub(crate) fn labelled(&self, label: &str) -> Result<f64> {
        ensure!(self.words[0] == label, "line {}: {:?} instead of {label:?}", self.number, self.words[0]);
        self.number_at(1)
    }

    /// The number at that place, from 0.
    pub(crate) fn number_at(&self, at: usize) -> Result<f64> {
        let word =
            self.words.get(at).with_context(|| format!("line {}: fewer than {} numbers", self.number, at + 1))?;
        let number = word.parse::<f64>().ok().filter(|number| number.is_finite());
        number.with_context(|| format!("line {}: {word:?} is not a number", self.number))
    }

    /// The whole number at that place, not below zero.
    pub(crate) fn count_at(&self, at: usize) -> Result<usize> {
        let number = self.number_at(at)?;
        self.count(number)
    }

    /// That number of this line, which must be whole and not below zero.
    pub(crate) fn count(&self, number: f64) -> Result<usize> {
        ensure!(
            number >= 0.0 && number.fract() == 0.0 && number < 1e9,
            "line {}: {number} is not a count",
            self.number
        );
        Ok(number as usize)
    }

    /// The point that begins a line: its number, which must be this one, its place, its stay and its score.
    pub(crate) fn point(&self, id: usize) -> Result<Point> {
        ensure!(self.count_at(0)? == id, "line {}: point {} instead of {id}", self.number, self.number_at(0)?);
        let (x, y) = (self.number_at(1)?, self.number_at(2)?);
        Ok(Point { id, x, y, stay: self.number_at(3)?, score: self.number_at(4)?, ..Point::default() })
    }

    /// The last two numbers, whatever stands before: a window that ends a line of varying length.
    pub(crate) fn last_two(&self) -> Result<(f64, f64)> {
        ensure!(self.len() >= 2, "line {}: fewer than 2 numbers", self.number);
        Ok((self.number_at(self.len() - 2)?, self.number_at(self.len() - 1)?))
    }
}
