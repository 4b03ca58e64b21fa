//! The PAM's own word on where time went, taken back too; and what is assumed.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{Day, Language, Minutes, PamId};
use spelplan_store::Signed;

use super::{Assumption, TimeClass};
use crate::access::{Actor, Role};
use crate::{App, AppError, ErrorKind, clock};

/// Most minutes of one correction: a long week.
const MOST: i32 = 60 * 60;
/// Most minutes that are assumed of one thing: a day and a night.
const MOST_ASSUMED: i32 = 24 * 60;

impl App {
    /// So much more or less in a class of a week: the number it is taken back by.
    #[boxed]
    pub async fn correct_time(&self, actor: &Actor, said: Option<(Day, TimeClass, Minutes)>) -> Result<i64, AppError> {
        let pam = corrects(actor)?;
        let sane = said.filter(|(_, _, time)| time.0 != 0 && time.0.abs() <= MOST);
        let (day, class, time) = sane.ok_or_else(unread)?;
        let snapshot = self.snapshot().await?;
        snapshot.facts.pam(pam).ok_or_else(|| AppError::not_found("PAM with that number", "PAM med det numret"))?;
        let at = clock::now();
        let signed = Signed { by: &actor.name, at: &at };
        Ok(self.store.add_time_correction(pam, day.monday(), (class.code(), time), signed).await?)
    }

    /// Takes a correction back.
    #[boxed]
    pub async fn undo_time(&self, actor: &Actor, id: i64) -> Result<(), AppError> {
        let pam = corrects(actor)?;
        let at = clock::now();
        let undone = self.store.undo_time_correction(pam, id, Signed { by: &actor.name, at: &at }).await?;
        undone
            .then_some(())
            .ok_or_else(|| AppError::not_found("correction with that number", "rättelse med det numret"))
    }

    /// Says what is assumed from now on; `None` goes back to the default.
    #[boxed]
    pub async fn assume(&self, actor: &Actor, of: Assumption, time: Option<Minutes>) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        if let Some(time) = time.filter(|time| !(0..=MOST_ASSUMED).contains(&time.0)) {
            return Err(too_much(of, time));
        }
        let at = clock::now();
        Ok(self.store.assume_time(of.code(), time, Signed { by: &actor.name, at: &at }).await?)
    }
}

/// The PAM alone has a word on their own time.
fn corrects(actor: &Actor) -> Result<PamId, AppError> {
    match actor.role {
        Role::Pam(pam) if actor.corrects_time_of(pam) => Ok(pam),
        _ => Err(AppError::forbidden()),
    }
}

fn unread() -> AppError {
    let en = format!(
        "a correction names a week, a class and minutes between -{MOST} and {MOST}, but not nought. Reload the page and tap again"
    );
    let sv = format!(
        "en rättelse säger vecka, klass och minuter mellan -{MOST} och {MOST}, men inte noll. Ladda om sidan och tryck igen"
    );
    AppError::own("A330", ErrorKind::Refused, en, sv)
}

fn too_much(of: Assumption, time: Minutes) -> AppError {
    let (en, sv) = (of.text().in_language(Language::English), of.text().in_language(Language::Swedish));
    AppError::own(
        "A331",
        ErrorKind::Refused,
        format!("{} minutes cannot be assumed for {en}. Write between 0 and {MOST_ASSUMED}", time.0),
        format!("{} minuter kan inte antas för {sv}. Skriv mellan 0 och {MOST_ASSUMED}", time.0),
    )
}
