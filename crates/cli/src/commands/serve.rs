//! `spelplan serve`: the pages.

use std::net::SocketAddr;
use std::process::ExitCode;

use serde_json::json;
use spelplan_app::App;

use super::{Done, open};
use crate::arguments::ServeArguments;
use crate::output::{Failure, note, say};

/// Serves until it is told to stop.
pub async fn serve(arguments: ServeArguments) -> Done {
    let (app, _) = open(&arguments.database).await?;
    open_pages(app, arguments.listen, arguments.json).await
}

/// Opens the pages on that address and says where.
pub async fn open_pages(app: App, listen: SocketAddr, in_json: bool) -> Done {
    let first_run = app.nobody_yet().await? && app.demo_door().await?.is_none();
    let key = app.first_run_key()?.to_owned();
    let ready = move |address: SocketAddr| {
        if in_json {
            say(&json!({"address": format!("http://{address}/")}).to_string());
        } else {
            say(&format!("Spelplan is open at http://{address}/  (stop with ctrl-c)"));
        }
        if first_run {
            note(&format!("Nobody can sign in yet. Make the first admin: http://{address}/first-run?key={key}"));
        }
    };
    spelplan_web::serve(app, listen, ready).await.map_err(|error| Failure { exit: 1, words: error.to_string() })?;
    Ok(ExitCode::SUCCESS)
}
