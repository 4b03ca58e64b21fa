//! `spelplan people`: who may sign in. Whoever can open the database's file may do this; so nobody is locked out for good.

use std::process::ExitCode;

use serde_json::json;
use spelplan_app::App;
use spelplan_app::access::{Actor, Role};
use spelplan_app::people::{Invitation, Invited, Person, RoleWord};

use super::{Done, open, personal};
use crate::output::{Failure, say};
use crate::people_arguments::{InviteArguments, PeopleArguments, PeopleDeed, PeopleListArguments, PersonArguments};

/// Lists, invites, resets, ends, restores.
pub async fn people(arguments: PeopleArguments) -> Done {
    match arguments.deed {
        PeopleDeed::List(list_of) => list(list_of).await,
        PeopleDeed::Invite(invitation) => invite(invitation).await,
        PeopleDeed::Reset(person) => reset(person).await,
        PeopleDeed::End(person) => end(person).await,
        PeopleDeed::Restore(person) => restore(person).await,
        PeopleDeed::Export(subject) => personal::export(subject).await,
        PeopleDeed::Erase(erasure) => personal::erase(erasure).await,
        PeopleDeed::Retention(retention) => personal::retention(retention).await,
    }
}

async fn list(arguments: PeopleListArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let people = app.people(&actor).await?;
    if arguments.json {
        let rows: Vec<serde_json::Value> = people.iter().map(row).collect();
        say(&serde_json::Value::from(rows).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    if people.is_empty() {
        say("Nobody can sign in yet. Invite an admin: spelplan people invite EMAIL --name NAME --role admin");
    }
    for person in people {
        let state = match (person.active, person.has_password, person.has_codes) {
            (false, ..) => "  (not let in)",
            (true, false, _) => "  (no password chosen yet)",
            (true, true, false) => "",
            (true, true, true) => "  (one-time codes on)",
        };
        say(&format!("{}  {}  {} {}{state}", person.email, person.name, word(person.role), person.about));
    }
    Ok(ExitCode::SUCCESS)
}

async fn invite(arguments: InviteArguments) -> Done {
    let (app, actor) = open(&arguments.database).await?;
    let pam = match arguments.pam.as_deref() {
        Some(named) => Some(app.pam_named(&actor, named).await?),
        None => None,
    };
    let partner = match arguments.partner.as_deref() {
        Some(named) => Some(app.partner_named(&actor, named).await?),
        None => None,
    };
    // The argument's parser lets no other word through.
    let role = RoleWord::parse(&arguments.role).unwrap_or(RoleWord::Finance);
    let invitation = Invitation { email: arguments.email, name: arguments.name, role, pam, partner };
    let invited = app.invite(&actor, invitation).await?;
    tell(&invited, &arguments.address, arguments.json);
    Ok(ExitCode::SUCCESS)
}

async fn reset(arguments: PersonArguments) -> Done {
    let (app, actor, person) = find(&arguments).await?;
    // Whoever lost their password may have lost the device with it: nobody is locked out for good.
    app.end_codes_of(&actor, person).await?;
    let invited = app.renew_link(&actor, person).await?;
    tell(&invited, &arguments.address, arguments.json);
    Ok(ExitCode::SUCCESS)
}

async fn end(arguments: PersonArguments) -> Done {
    let (app, actor, person) = find(&arguments).await?;
    app.let_go(&actor, person).await?;
    done(&arguments, "ended", "is let in no longer, and is signed out everywhere")
}

async fn restore(arguments: PersonArguments) -> Done {
    let (app, actor, person) = find(&arguments).await?;
    app.let_back(&actor, person).await?;
    done(&arguments, "restored", "is let in again")
}

async fn find(arguments: &PersonArguments) -> Result<(App, Actor, spelplan_app::people::PersonId), Failure> {
    let (app, actor) = open(&arguments.database).await?;
    let person = app.person_named(&actor, &arguments.email).await?;
    Ok((app, actor, person))
}

fn done(arguments: &PersonArguments, key: &str, words: &str) -> Done {
    if arguments.json {
        say(&json!({ key: arguments.email }).to_string());
    } else {
        say(&format!("{} {words}.", arguments.email));
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(invited: &Invited, address: &str, in_json: bool) {
    let link = format!("{}/welcome/{}", address.trim_end_matches('/'), invited.secret);
    if in_json {
        say(&json!({"name": invited.name, "link": link, "days": invited.days}).to_string());
    } else {
        say(&format!("Give this link to {}; it works once, for {} days:\n{link}", invited.name, invited.days));
    }
}

fn row(person: &Person) -> serde_json::Value {
    json!({
        "email": person.email, "name": person.name, "role": word(person.role), "about": person.about,
        "has_password": person.has_password, "has_codes": person.has_codes, "active": person.active,
    })
}

fn word(role: Role) -> &'static str {
    match role {
        Role::Pam(_) => RoleWord::Pam.word(),
        Role::Manager => RoleWord::Manager.word(),
        Role::Finance => RoleWord::Finance.word(),
        Role::Admin => RoleWord::Admin.word(),
        Role::Contact(_) => RoleWord::Contact.word(),
        Role::Nobody => "none",
    }
}
