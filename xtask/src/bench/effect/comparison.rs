//! Our figure beside theirs, again and again, and what did not agree.

/// Figures compared.
#[derive(Debug, Default, PartialEq)]
pub struct Comparison {
    /// How many.
    pub compared: usize,
    /// The largest difference, as a part of theirs.
    pub worst: f64,
    /// What does not agree.
    pub apart: Vec<String>,
}

/// Below this no relative difference is asked for: other programs stop their logit a little short of its maximum, which
/// moves a figure near zero by a part of that that says nothing.
const FLOOR: f64 = 1e-9;

impl Comparison {
    /// Ours must lie within that part of theirs.
    pub fn near(&mut self, what: &str, ours: Option<f64>, theirs: f64, tolerance: f64) {
        self.compared += 1;
        let Some(ours) = ours.filter(|ours| ours.is_finite()) else {
            self.apart.push(format!("{what}: none, theirs is {theirs}"));
            return;
        };
        let apart = (ours - theirs).abs();
        if apart > FLOOR {
            self.worst = self.worst.max(apart / theirs.abs().max(FLOOR));
        }
        if apart > tolerance * theirs.abs() + FLOOR {
            self.apart.push(format!("{what}: {ours}, theirs is {theirs}"));
        }
    }

    /// It must be so.
    pub fn holds(&mut self, what: &str, so: bool) {
        self.compared += 1;
        if !so {
            self.apart.push(what.to_owned());
        }
    }

    /// Takes another's figures in.
    pub fn add(&mut self, other: Comparison) {
        self.compared += other.compared;
        self.worst = self.worst.max(other.worst);
        self.apart.extend(other.apart);
    }
}
