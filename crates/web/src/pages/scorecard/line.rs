//! A line of the scorecard's tables, written out.

use spelplan_app::effect::{Card, KamCard, NamedCard, OwnFigures, Return, Whose};
use spelplan_facts::{Band, Money};

use crate::tongue::Tongue;

/// A cell: what it says, and what stands small beneath.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Written {
    pub value: String,
    pub beneath: String,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Whose, and what stands small beneath.
    pub whose: Written,
    /// The cells.
    pub cells: Vec<Written>,
    /// Number of told figures that may be taken back.
    pub told: Option<i64>,
}

impl Line {
    /// Five lines of a PAM, of nobody or of the team.
    pub fn of_card(name: String, card: &Card, t: Tongue) -> Line {
        let all = card.counted.total() + card.uncounted.total();
        let counted = card.brought.is_some() && card.uncounted.total() > Money::ZERO;
        let counted =
            counted.then(|| format!("{} {}", t.say("varav mätt", "of it measured"), t.about(card.counted.total())));
        let share = card.share.map(|share| format!("{} {}", t.part(share), t.say("av dosen", "of the dose")));
        let cells = vec![
            alone(t.about(card.booked)),
            band(card.baseline(), t),
            band(card.brought, t),
            Written { value: t.about(all), beneath: counted.unwrap_or_default() },
            band(card.net(), t),
            mroi(card.mroi(), true, t),
            alone(card.brought.map_or("–", |_| card.grade.letter()).to_owned()),
        ];
        Line { whose: Written { value: name, beneath: share.unwrap_or_default() }, cells, told: None }
    }

    /// Five lines of a KAM.
    pub fn of_kam(one: &KamCard, t: Tongue) -> Line {
        let told = &one.figures;
        let known = told.doubt.is_some();
        let from_to = format!("{} – {}", told.months.0, told.months.1);
        let beneath = format!("{from_to}, {} {}", t.say("angett av", "told by"), one.by);
        let unsure = |figure: Band| match known {
            true => band(Some(figure), t),
            false => {
                Written { value: t.about(figure.value), beneath: t.say("utan intervall", "no interval").to_owned() }
            }
        };
        let cells = vec![
            alone(t.about(told.booked)),
            alone(t.about(told.baseline)),
            unsure(told.brought()),
            alone(t.about(told.cost)),
            unsure(told.net()),
            mroi(told.mroi(), known, t),
            alone(told.grade().letter().to_owned()),
        ];
        Line { whose: Written { value: told.kam.clone(), beneath }, cells, told: Some(one.id) }
    }

    /// What a PAM did.
    pub fn of_craft(one: &NamedCard, t: Tongue) -> Option<Line> {
        let craft = one.craft?;
        let of = |(due, kept): (usize, usize)| match due {
            0 => "–".to_owned(),
            due => format!("{}/{}", t.count(kept), t.count(due)),
        };
        let cells = vec![
            t.count(craft.field_days),
            t.count(craft.visits),
            t.count(craft.with_agenda),
            of(craft.promises),
            of(craft.planned),
            t.count(one.card.treated),
            one.card.share.map_or("–".to_owned(), |share| t.part(share)),
        ];
        Some(Line { whose: alone(one.name.clone()), cells: cells.into_iter().map(alone).collect(), told: None })
    }

    /// A PAM's own figure.
    pub fn of_own(one: &NamedCard, own: &OwnFigures, t: Tongue) -> Option<Line> {
        let Whose::Pam(pam) = one.card.whose else { return None };
        let figure = own.figures.get(&pam)?;
        let cells = vec![band(Some(figure.brought), t), alone(t.part(figure.part)), alone(t.part(figure.kept))];
        Some(Line { whose: alone(one.name.clone()), cells, told: None })
    }
}

fn alone(value: String) -> Written {
    Written { value, beneath: String::new() }
}

fn band(band: Option<Band>, t: Tongue) -> Written {
    let written = |band: Band| Written { value: t.about(band.value), beneath: t.between(band) };
    band.map_or_else(|| alone("–".to_owned()), written)
}

fn mroi(mroi: Option<Return>, known: bool, t: Tongue) -> Written {
    let Some(mroi) = mroi else { return alone("–".to_owned()) };
    let beneath = if known { format!("{}–{}", t.part(mroi.low), t.part(mroi.high)) } else { String::new() };
    Written { value: t.part(mroi.value), beneath }
}
