//! The response curve behind the answers: ADBUDG (Little 1970), `f(x) = a + (b - a) x^c / (d + x^c)` of effort over
//! today's, in today's sales.

/// A curve through `f(1) = 1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adbudg {
    /// Sales at no effort (a).
    pub none: f64,
    /// Sales at all the effort one can wish for (b).
    pub most: f64,
    /// c: at most 1 is concave from the start, above it an S.
    pub shape: f64,
    /// d = (b - 1) / (1 - a).
    pub scale: f64,
}

impl Adbudg {
    /// The curve of what is said of no effort, of as much as can be wished for, and of half and half as much again:
    /// closed form where one of those is said, least squares in logs where both are. `None` where they contradict each
    /// other so that no curve goes through them (`a < f(.5), f(1.5) < b` and `a < 1 < b` are needed).
    pub fn of(none: f64, most: f64, half: Option<f64>, more: Option<f64>) -> Option<Adbudg> {
        let scale = (most - 1.0) / (1.0 - none);
        if !(none < 1.0 && most > 1.0 && scale.is_finite()) {
            return None;
        }
        let (mut product, mut square) = (0.0, 0.0);
        for (effort, sales) in [(0.5_f64, half), (1.5, more)] {
            let Some(sales) = sales else { continue };
            let odds = (sales - none) / (most - sales);
            if !(odds > 0.0 && odds.is_finite()) {
                return None;
            }
            product += effort.ln() * (scale * odds).ln();
            square += effort.ln().powi(2);
        }
        (square > 0.0).then(|| Adbudg { none, most, shape: product / square, scale })
    }

    /// Sales, in today's, at that many times today's effort.
    pub fn at(&self, effort: f64) -> f64 {
        let grown = effort.max(0.0).powf(self.shape);
        self.none + (self.most - self.none) * grown / (self.scale + grown)
    }

    /// Elasticity of sales at today's effort: `c (1 - a) (b - 1) / (b - a)`.
    pub fn elasticity_now(&self) -> f64 {
        self.shape * (1.0 - self.none) * (self.most - 1.0) / (self.most - self.none)
    }

    /// The effort at which the curve bends from growing faster to growing slower: `(d (c - 1) / (c + 1))^(1/c)`; `None`
    /// where it is concave from the start.
    pub fn inflection(&self) -> Option<f64> {
        let shape = self.shape;
        (shape > 1.0).then(|| (self.scale * (shape - 1.0) / (shape + 1.0)).powf(1.0 / shape))
    }

    /// The effort below which it is better to visit properly or not at all: where the line from no effort touches the
    /// curve, `(d (c - 1))^(1/c)`; `None` where it is concave from the start.
    pub fn least_worthwhile(&self) -> Option<f64> {
        (self.shape > 1.0).then(|| (self.scale * (self.shape - 1.0)).powf(1.0 / self.shape))
    }
}
