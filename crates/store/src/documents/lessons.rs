//! The shape of what history has taught.

use spelplan_facts::{Day, Lesson, Lessons, Likely, Month, Parameter, Taught, Why};

use super::{Broken, Document, documents};

documents! {
    LessonsKept = Lessons {
        as_of: Day, from: Month, to: Month, partners: usize, left_out: usize, one_offs: usize, company: Lesson,
        segments: Vec<Lesson>,
    }
    LessonKept = Lesson {
        segment: String, partners: usize, visited: usize, visits: usize, months: usize, slope: Option<Likely>,
        every_month: Option<Likely>, implied: Option<f64>, why: Why, taught: Vec<Taught>,
    }
    LikelyKept = Likely { value: f64, low: f64, high: f64 }
    TaughtKept = Taught { parameter: Parameter, why: Why, doubt_left: Option<f64> }
}

impl Document for Why {
    type Kept = String;
    fn keep(&self) -> String {
        self.code().to_owned()
    }
    fn read(kept: String) -> Result<Why, Broken> {
        Why::coded(&kept).ok_or_else(|| Broken(format!("{kept} is no reason for learning or not")))
    }
}
