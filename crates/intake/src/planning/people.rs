//! PAMs, partners, contacts, and what hangs on them: touches, quotas, absences.

use std::collections::{BTreeSet, HashMap};

use spelplan_facts::{Place, Precision};

use super::Planning;
use super::keyed::{Keyed, Merged, Taken};
use super::names::{Found, conflict, unknown_pam, unknown_partner};
use crate::fingerprints::content_of_touch;
use crate::placing;
use crate::{Batch, Change, ContactRecord, Kind, Notice, PamRecord, PartnerRecord, QuotaRecord};

impl<'k> Planning<'k> {
    pub(super) fn plan_pams(&mut self, batches: &mut [Batch]) {
        let known = self.known;
        let mut merged = Merged::new(|key: &String| known.pams.get(key));
        for (at, batch) in batches.iter_mut().enumerate() {
            for (line, mut record) in std::mem::take(&mut batch.pams) {
                if record.home.is_none() {
                    record.home = placing::find(&record.country, &record.postal_code, "", &record.city);
                }
                self.take(Kind::Pams, &mut merged, at, batch, (line, record, "pam_id"));
            }
        }
        for record in known.pams.values().filter(|record| !merged.contains(&record.key)).chain(merged.records()) {
            self.names.pams.add(&record.key, &[&record.name, &record.email]);
        }
        for record in merged.records().filter(|record| record.home.is_none()) {
            let looked_for = looked_for(&record.country, &record.postal_code, &record.city);
            self.plan.unplaced.push((Kind::Pams, record.key.clone(), record.name.clone(), looked_for));
        }
        self.plan.pams = merged.changes(self.counts.entry(Kind::Pams).or_default());
        self.forget_empty(Kind::Pams, batches);
        let placed = by_town(self.plan.pams.iter().map(after).map(|pam: &PamRecord| pam.home));
        self.say_placed(placed, "PAMs", "PAM");
    }

    pub(super) fn plan_partners(&mut self, batches: &mut [Batch]) {
        let known = self.known;
        let mut merged = Merged::new(|key: &String| known.partners.get(key));
        for (at, batch) in batches.iter_mut().enumerate() {
            for (line, mut record) in std::mem::take(&mut batch.partners) {
                if record.place.is_none() {
                    record.place = placing::find(&record.country, &record.postal_code, "", &record.city);
                }
                if let Some(pam) = self.pam(at, batch, line, &record.pam) {
                    record.pam = pam;
                    self.take(Kind::Partners, &mut merged, at, batch, (line, record, "partner_id"));
                }
            }
        }
        for record in known.partners.values().filter(|record| !merged.contains(&record.key)).chain(merged.records()) {
            self.names.partners.add(&record.key, &[&record.name]);
        }
        for record in merged.records().filter(|record| record.place.is_none()) {
            let looked_for = looked_for(&record.country, &record.postal_code, &record.city);
            self.plan.unplaced.push((Kind::Partners, record.key.clone(), record.name.clone(), looked_for));
        }
        self.plan.partners = merged.changes(self.counts.entry(Kind::Partners).or_default());
        self.forget_empty(Kind::Partners, batches);
        let placed = by_town(self.plan.partners.iter().map(after).map(|partner: &PartnerRecord| partner.place));
        self.say_placed(placed, "partners", "partner");
        self.say_unplaced();
    }

    pub(super) fn plan_contacts(&mut self, batches: &mut [Batch]) {
        let known = self.known;
        let mut merged = Merged::new(|key: &(String, String)| known.contacts.get(key));
        for (at, batch) in batches.iter_mut().enumerate() {
            for (line, mut record) in std::mem::take(&mut batch.contacts) {
                if let Some(partner) = self.partner(at, batch, line, &record.partner) {
                    record.partner = partner;
                    self.take(Kind::Contacts, &mut merged, at, batch, (line, record, "partner_id"));
                }
            }
        }
        self.plan.contacts = merged.changes(self.counts.entry(Kind::Contacts).or_default());
        self.forget_empty(Kind::Contacts, batches);
    }

    pub(super) fn plan_quotas(&mut self, batches: &mut [Batch]) {
        let known = self.known;
        let mut merged = Merged::new(|key: &(String, i32)| known.quotas.get(key));
        for (at, batch) in batches.iter_mut().enumerate() {
            for (line, mut record) in std::mem::take(&mut batch.quotas) {
                if let Some(pam) = self.pam(at, batch, line, &record.pam) {
                    record.pam = pam;
                    self.take(Kind::Quotas, &mut merged, at, batch, (line, record, "pam_id"));
                }
            }
        }
        self.plan.quotas = merged.changes(self.counts.entry(Kind::Quotas).or_default());
        self.forget_empty(Kind::Quotas, batches);
    }

    pub(super) fn plan_absences(&mut self, batches: &mut [Batch]) {
        let mut seen = BTreeSet::new();
        for (at, batch) in batches.iter_mut().enumerate() {
            for (line, mut record) in std::mem::take(&mut batch.absences) {
                let Some(pam) = self.pam(at, batch, line, &record.pam) else { continue };
                record.pam = pam;
                let is_known = self.known.absences.contains(&record);
                let is_first =
                    seen.insert((record.pam.clone(), record.days.from, record.days.to, record.reason.clone()));
                let counts = self.count(Kind::Absences);
                match (is_first, is_known) {
                    (false, _) => counts.duplicate += 1,
                    (true, true) => counts.same += 1,
                    (true, false) => {
                        counts.new += 1;
                        self.plan.absences.push(record);
                    }
                }
            }
        }
    }

    pub(super) fn plan_touches(&mut self, batches: &mut [Batch]) {
        let mut seen: HashMap<u128, u64> = HashMap::new();
        for (at, batch) in batches.iter_mut().enumerate() {
            for (line, mut record) in std::mem::take(&mut batch.touches) {
                let Some(partner) = self.partner(at, batch, line, &record.partner) else { continue };
                let Some(pam) = self.pam(at, batch, line, &record.pam) else { continue };
                (record.partner, record.pam) = (partner, pam);
                let content = content_of_touch(&record);
                match (seen.insert(record.key, content), self.known.touches.get(&record.key)) {
                    (Some(earlier), _) if earlier == content => self.count(Kind::Touches).duplicate += 1,
                    (Some(earlier), _) => {
                        seen.insert(record.key, earlier);
                        self.wrong.complain(at, batch, line, "touch_id", conflict(&record.day.to_string()));
                    }
                    (None, Some(before)) if *before == content => self.count(Kind::Touches).same += 1,
                    (None, before) => {
                        let corrects = before.is_some();
                        let counts = self.count(Kind::Touches);
                        *(if corrects { &mut counts.changed } else { &mut counts.new }) += 1;
                        self.plan.touches.push((record, corrects));
                    }
                }
            }
        }
    }

    /// Takes a keyed row and counts what became of it; the first of each key is counted at the end.
    fn take<R: Keyed + Named>(
        &mut self,
        kind: Kind,
        merged: &mut Merged<'k, R>,
        at: usize,
        batch: &Batch,
        row: (u32, R, &str),
    ) {
        let (line, record, column) = row;
        let name = record.called();
        match merged.take(at, batch, record) {
            Taken::First => {}
            Taken::Again => self.count(kind).duplicate += 1,
            Taken::Conflict => self.wrong.complain(at, batch, line, column, conflict(&name)),
        }
    }

    /// The key of the partner a row means; complains where there is none.
    pub(super) fn partner(&mut self, at: usize, batch: &Batch, line: u32, word: &str) -> Option<String> {
        match self.names.partners.find(word) {
            Found::Key(key) => Some(key),
            found => {
                let complaint = unknown_partner(word, &found, self.names.partners.is_empty());
                self.wrong.complain(at, batch, line, "partner_id", complaint);
                None
            }
        }
    }

    /// The key of the PAM a row means, empty where it names none; complains where there is no such PAM.
    pub(super) fn pam(&mut self, at: usize, batch: &Batch, line: u32, word: &str) -> Option<String> {
        if word.is_empty() {
            return Some(String::new());
        }
        match self.names.pams.find(word) {
            Found::Key(key) => Some(key),
            _ => {
                let complaint = unknown_pam(word, self.names.pams.is_empty());
                self.wrong.complain(at, batch, line, "pam_id", complaint);
                None
            }
        }
    }

    /// A kind that no file holds is not counted at all.
    fn forget_empty(&mut self, kind: Kind, batches: &[Batch]) {
        let is_empty = *self.count(kind) == crate::Counts::default();
        if is_empty && batches.iter().all(|batch| batch.kind != Some(kind)) {
            self.counts.remove(&kind);
        }
    }

    fn say_placed(&mut self, n: usize, en: &str, sv: &str) {
        if n > 0 {
            self.plan.notices.push(Notice {
                code: "I203",
                en: format!("{n} {en} came without coordinates and were placed by postal code or town: right to some kilometres (town precision)."),
                sv: format!("{n} {sv} saknade koordinater och placerades efter postnummer eller ort: rätt på några kilometer när (ortsprecision)."),
            });
        }
    }

    fn say_unplaced(&mut self) {
        let n = self.plan.unplaced.len();
        if n > 0 {
            self.plan.notices.push(Notice {
                code: "I213",
                en: format!("{n} partners or PAMs could not be placed; they come in, but no visit can be planned to or from them. Add coordinates or a postal code."),
                sv: format!("{n} partner eller PAM kunde inte placeras; de kommer in, men inga besök kan planeras till eller från dem. Lägg till koordinater eller postnummer."),
            });
        }
    }
}

/// What a record is called in a complaint.
trait Named {
    fn called(&self) -> String;
}

impl Named for PamRecord {
    fn called(&self) -> String {
        self.key.clone()
    }
}

impl Named for PartnerRecord {
    fn called(&self) -> String {
        self.key.clone()
    }
}

impl Named for ContactRecord {
    fn called(&self) -> String {
        self.key.clone()
    }
}

impl Named for QuotaRecord {
    fn called(&self) -> String {
        format!("{} {}", self.pam, self.from)
    }
}

fn after<R>(change: &Change<R>) -> &R {
    match change {
        Change::New(record) | Change::Changed { after: record, .. } => record,
    }
}

fn by_town(places: impl Iterator<Item = Option<Place>>) -> usize {
    places.flatten().filter(|place| place.precision == Precision::Town).count()
}

/// The address that led nowhere, in writing.
fn looked_for(country: &str, postal_code: &str, city: &str) -> String {
    let parts: Vec<&str> = [postal_code, city, country].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
