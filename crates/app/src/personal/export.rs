//! Everything that is kept about somebody, as a document they can be given.

use async_recursion::async_recursion as boxed;
use serde_json::{Value, json};
use spelplan_store::{AboutContact, AboutPerson, KeptPerson, Naming};

use super::{Known, Subject};
use crate::access::Actor;
use crate::audit::{self, Deed};
use crate::{App, AppError, clock};

impl App {
    /// Everything that is kept about somebody. The log tells who took it out.
    #[boxed]
    pub async fn export_personal(&self, actor: &Actor, subject: Subject) -> Result<Value, AppError> {
        let known = self.known(actor, subject).await?;
        let words = known.words();
        let namings = self.store.namings(&|kind, value| words.name(kind, value)).await?;
        let document = match &known {
            Known::Person { kept, pam } => {
                let about = self.store.about_person(kept.id, pam.as_ref()).await?;
                let passkeys = self.store.passkeys_of(kept.id).await?;
                let passkeys: Vec<Value> = passkeys
                    .into_iter()
                    .map(|one| json!({"name": one.name, "since": clock::written(one.at)}))
                    .collect();
                let providers: Vec<Value> = self
                    .store
                    .identities_of(kept.id)
                    .await?
                    .into_iter()
                    .map(|(issuer, subject)| json!({"issuer": issuer, "subject": subject}))
                    .collect();
                let codes = self.store.clock_code(kept.id).await?.and_then(|codes| codes.confirmed_at);
                let mut document = person(kept, &about, &namings);
                document["one_time_codes_since"] = codes.map(clock::written).into();
                document["passkeys"] = passkeys.into();
                document["sign_in_providers"] = providers.into();
                if let Some(pam) = pam {
                    document["pam"] = json!({
                        "key": pam.key, "name": pam.name, "email": pam.email, "street": pam.street,
                        "postal_code": pam.postal_code, "city": pam.city, "country": pam.country,
                    });
                }
                document
            }
            Known::Contact { contact, partner } => {
                let about = self.store.about_contact(contact).await?;
                let mut document = of_contact(&about, &namings);
                document["contact"] = json!({
                    "key": contact.key, "partner": partner.name, "name": contact.name, "role": contact.role,
                    "email": contact.email, "phone": contact.phone,
                });
                document
            }
        };
        let whom = match subject {
            Subject::Person(id) => audit::of(id),
            Subject::Contact(id) => format!("contact {}", id.0),
        };
        self.log(actor, Deed::Exported, whom).await?;
        Ok(document)
    }
}

fn person(kept: &KeptPerson, about: &AboutPerson, namings: &[Naming]) -> Value {
    let when = |at: i64| clock::written(at);
    json!({
        "person": {
            "number": kept.id.0, "email": kept.email, "name": kept.name, "role": kept.role,
            "has_password": kept.password.is_some(), "since": when(kept.at), "let_go": kept.ended_at.map(when),
        },
        "sessions": about.sessions.iter().map(|(began, seen)| json!({"began": when(*began), "seen": when(*seen)})).collect::<Vec<_>>(),
        "log": about.deeds.iter().map(|row| json!({"row": row.id, "at": when(row.at), "deed": row.deed, "about": row.about, "by_them": row.person == Some(kept.id)})).collect::<Vec<_>>(),
        "written_on_devices": about.operations.iter().map(|(at, told)| json!({"at": at, "told": told})).collect::<Vec<_>>(),
        "absences": about.absences.iter().map(|(from, to, why)| json!({"from": from.to_string(), "to": to.to_string(), "reason": why})).collect::<Vec<_>>(),
        "calendars": about.calendars.iter().map(|(name, address)| json!({"name": name, "address": address})).collect::<Vec<_>>(),
        "named_in": named_in(namings),
    })
}

fn of_contact(about: &AboutContact, namings: &[Naming]) -> Value {
    json!({
        "touches": about.touches.iter().map(|(day, kind)| json!({"day": day.to_string(), "kind": kind})).collect::<Vec<_>>(),
        "meetings": about.meetings.iter().map(|(meeting, day)| json!({"meeting": meeting.0, "day": day.to_string()})).collect::<Vec<_>>(),
        "planned_visits": about.stops.iter().map(|(day, plan)| json!({"day": day.to_string(), "plan": plan.0})).collect::<Vec<_>>(),
        "named_in": named_in(namings),
    })
}

/// Where they are named, in full: a document as it is, a text as a text.
fn named_in(namings: &[Naming]) -> Value {
    let one = |naming: &Naming| {
        let says = match serde_json::from_str::<Value>(&naming.value) {
            Ok(document @ (Value::Object(_) | Value::Array(_))) => document,
            _ => Value::from(naming.value.clone()),
        };
        json!({"place": naming.place, "rows": naming.rows, "says": says})
    };
    namings.iter().map(one).collect::<Vec<_>>().into()
}
