//! Listens, and puts the guards around the pages.

use std::net::SocketAddr;

use axum::Router;
use axum::middleware;
use spelplan_app::App;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::trace::TraceLayer;

use crate::caller::{PublicAddress, Serving};
use crate::doors::Door;
use crate::{failure, guard, language, pages, reader};

/// Why the pages are not served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not ours.
    #[error("W104 could not listen on {address}: {cause}. Choose another port, or stop whatever listens there")]
    CannotListen {
        /// Where it should have listened.
        address: SocketAddr,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Stopped by the system.
    #[error("W105 stopped listening: {0}. Start again")]
    Stopped(std::io::Error),
}

/// Serves the pages on that address until the process is asked to stop; calls `ready` with the address it got.
pub async fn serve(
    app: App,
    listener: SocketAddr,
    public: Option<PublicAddress>,
    ready: impl FnOnce(SocketAddr, &Serving),
) -> Result<(), ServeError> {
    let serving = Serving { beyond_loopback: !listener.ip().is_loopback(), public };
    let cannot = |cause| ServeError::CannotListen { address: listener, cause };
    let socket = tokio::net::TcpListener::bind(listener).await.map_err(cannot)?;
    ready(socket.local_addr().map_err(cannot)?, &serving);
    let reading = tokio::spawn(app.clone().keep_reading_calendars());
    let mailing = tokio::spawn(app.clone().keep_mailing());
    let expiring = tokio::spawn(app.clone().keep_expiring());
    let pages = router_served(app, serving).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(socket, pages).with_graceful_shutdown(asked_to_stop()).await;
    reading.abort();
    mailing.abort();
    expiring.abort();
    served.map_err(ServeError::Stopped)
}

/// Every page behind its guards, at the machine itself; tests call it without a socket.
pub fn router(app: App) -> Router {
    router_served(app, Serving::default())
}

/// Every page behind its guards.
pub fn router_served(app: App, serving: Serving) -> Router {
    pages::doors()
        .router()
        .with_state(app.clone())
        .layer(middleware::from_fn_with_state(serving.clone(), guard::admit))
        .layer(middleware::from_fn(failure::dress))
        .layer(middleware::from_fn_with_state(app, reader::recognise))
        .layer(middleware::from_fn(language::choose))
        .layer(middleware::from_fn_with_state(serving, guard::harden))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(TraceLayer::new_for_http().make_span_with(span))
}

/// Every door of the router, with what it asks of whoever passes.
pub fn doors() -> Vec<Door> {
    pages::doors().listed().to_vec()
}

/// What the log says of a request: secrets in addresses are not for it.
fn span(request: &axum::extract::Request) -> tracing::Span {
    let path = match request.uri().path() {
        path if path.ends_with(".ics") => "/calendar/….ics",
        path if path.starts_with("/p/") => "/p/…",
        path if path.starts_with("/welcome/") => "/welcome/…",
        path => path,
    };
    tracing::debug_span!("request", method = %request.method(), path)
}

/// Ctrl-C at the terminal, or SIGTERM from whoever started us.
async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    tokio::select! { _ = interrupted => {}, _ = terminated => {} }
}
