//! The shape of managers' answers: each question's word and number, so that a question more changes no old answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use spelplan_facts::{Answers, Question};

use super::{Broken, Document};

/// Answers as they are kept.
#[derive(Serialize, Deserialize)]
pub(crate) struct AnswersKept {
    numbers: BTreeMap<String, f64>,
    #[serde(default)]
    slow_start: bool,
}

impl Document for Answers {
    type Kept = AnswersKept;
    fn keep(&self) -> AnswersKept {
        let numbers = Question::ALL.into_iter().map(|question| (question.code().to_owned(), self.get(question)));
        AnswersKept { numbers: numbers.collect(), slow_start: self.slow_start }
    }
    fn read(kept: AnswersKept) -> Result<Answers, Broken> {
        let coded = |(code, number): (&String, &f64)| Question::coded(code).map(|question| (question, *number));
        let given: Vec<(Question, f64)> = kept.numbers.iter().filter_map(coded).collect();
        Answers::new(&given, kept.slow_start).map_err(|wrongs| Broken(format!("{wrongs:?}")))
    }
}
