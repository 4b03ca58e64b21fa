//! `spelplan serve`: the pages.

use std::net::SocketAddr;
use std::process::ExitCode;

use serde_json::json;
use spelplan_app::App;
use spelplan_web::{PublicAddress, Serving};

use super::{Done, open};
use crate::arguments::ServeArguments;
use crate::output::{Failure, note, say};

/// Said loudly where passwords would travel in the clear.
const EXPOSED: &str = "W101 WARNING: others on the network can reach this address, and read passwords and figures on their way here: \
     there is no https. Put a proxy with https in front, listen on 127.0.0.1, and say where people reach it with --public-url https://…";

/// Serves until it is told to stop.
pub async fn serve(arguments: ServeArguments) -> Done {
    let post = arguments.mail.post()?;
    let (app, _) = open(&arguments.database).await?;
    let app = app.with_post(post);
    let app = app.with_provider(arguments.provider.provider()?);
    open_pages(app, arguments.listen, arguments.public_url, arguments.json).await
}

/// Opens the pages on that address and says where.
pub async fn open_pages(app: App, listen: SocketAddr, public: Option<PublicAddress>, in_json: bool) -> Done {
    let first_run = app.nobody_yet().await? && app.demo_door().await?.is_none();
    let key = app.first_run_key()?.to_owned();
    let ready = move |address: SocketAddr, serving: &Serving| {
        let at = serving.public.as_ref().map_or_else(|| format!("http://{address}"), PublicAddress::text);
        if in_json {
            say(&json!({"address": format!("{at}/")}).to_string());
        } else {
            say(&format!("Spelplan is open at {at}/  (stop with ctrl-c)"));
        }
        if serving.exposed() {
            note(EXPOSED);
        }
        if first_run {
            note(&format!("Nobody can sign in yet. Make the first admin: {at}/first-run?key={key}"));
        }
    };
    spelplan_web::serve(app, listen, public, ready)
        .await
        .map_err(|error| Failure { exit: 1, words: error.to_string() })?;
    Ok(ExitCode::SUCCESS)
}
