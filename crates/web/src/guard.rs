//! Guards at the door: only names of our own, no forms from foreign pages, strict headers on every answer.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use spelplan_facts::Text;

use crate::caller::{Caller, Serving, text};
use crate::failure::Failure;

/// What pages may load: their own scripts, styles, pictures and data, and nothing from anywhere else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

const FOREIGN_NAME: Text = Text {
    sv: "Spelplan svarar bara på sina egna namn: maskinens (localhost, 127.0.0.1), dess nummer på nätet, och det som sades med --public-url",
    en: "Spelplan answers only to names of its own: this machine's (localhost, 127.0.0.1), its number on the network, and what --public-url said",
};

const FOREIGN_PAGE: Text = Text {
    sv: "Formuläret kom från en främmande sida och togs inte emot",
    en: "The form came from a foreign page and was not accepted",
};

/// Lets in who calls this machine by a name of its own and does not post from a foreign page.
pub(crate) async fn admit(State(serving): State<Serving>, request: Request, next: Next) -> Response {
    match refusal(&serving, request.method(), request.headers()) {
        Some((code, text)) => Failure::of(StatusCode::FORBIDDEN, code, text).into_response(),
        None => next.run(request).await,
    }
}

/// Finds out from where a request comes, and puts the strict headers on its answer.
pub(crate) async fn harden(State(serving): State<Serving>, mut request: Request, next: Next) -> Response {
    let caller = Caller::of(&serving, &request);
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if serving.secure() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

fn refusal(serving: &Serving, method: &Method, headers: &HeaderMap) -> Option<(&'static str, Text)> {
    if !names_us(serving, headers) {
        return Some(("W102", FOREIGN_NAME));
    }
    let changes = !matches!(*method, Method::GET | Method::HEAD);
    (changes && from_elsewhere(headers)).then_some(("W103", FOREIGN_PAGE))
}

/// By the public address, by this machine's own names, or, where others may reach it, by a number: no foreign name can be
/// made to point here then.
fn names_us(serving: &Serving, headers: &HeaderMap) -> bool {
    let Some(host) = text(headers, HOST) else { return false };
    let by_number = || host.parse::<SocketAddr>().is_ok() || bare(host).parse::<IpAddr>().is_ok();
    match &serving.public {
        Some(public) if public.is(host) => true,
        None if serving.beyond_loopback && by_number() => true,
        _ => names_this_machine(headers),
    }
}

/// A host without its port and brackets.
fn bare(host: &str) -> &str {
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.parse::<u16>().is_ok() { name } else { host });
    name.trim_matches(['[', ']'])
}

/// A page on the internet whose name was made to point here still sends its own name: DNS rebinding stops at this.
pub(crate) fn names_this_machine(headers: &HeaderMap) -> bool {
    let Some(host) = text(headers, HOST) else { return false };
    if let Ok(address) = host.parse::<SocketAddr>() {
        return address.ip().is_loopback();
    }
    let name = bare(host);
    let address = name.parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

/// Browsers say where a form comes from; who says nothing at all is no browser.
fn from_elsewhere(headers: &HeaderMap) -> bool {
    if let Some(site) = text(headers, HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    match (text(headers, ORIGIN), text(headers, HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").map(|(_, name)| name) != Some(host),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: Method, given: &[(&'static str, &str)], refused: Option<&str>) {
        check_served(&Serving::default(), method, given, refused);
    }

    fn check_served(serving: &Serving, method: Method, given: &[(&'static str, &str)], refused: Option<&str>) {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.insert(*name, value.parse().unwrap());
        }
        assert_eq!(refusal(serving, &method, &headers).map(|(code, _)| code), refused, "{method} {given:?}");
    }

    #[test]
    fn only_this_machines_own_names_are_answered() {
        for host in ["localhost", "localhost:8080", "127.0.0.1:80", "[::1]:8080", "[::1]", "127.0.0.9"] {
            check(Method::GET, &[("host", host)], None);
        }
        for host in
            ["evil.example", "evil.example:8080", "localhost.evil.example", "10.0.0.5:8080", "127.0.0.1.evil.example"]
        {
            check(Method::GET, &[("host", host)], Some("W102"));
        }
        check(Method::GET, &[], Some("W102"));
    }

    #[test]
    fn beyond_loopback_numbers_are_answered_and_names_only_where_they_were_said() {
        let open = Serving { beyond_loopback: true, public: None };
        for (host, refused) in
            [("10.0.0.5:8787", None), ("[fd00::1]:80", None), ("localhost", None), ("evil.example", Some("W102"))]
        {
            check_served(&open, Method::GET, &[("host", host)], refused);
        }
        let public = crate::caller::PublicAddress::parse("https://plan.example");
        let named = Serving { beyond_loopback: true, public };
        for (host, refused) in [
            ("plan.example", None),
            ("Plan.example:443", None),
            ("localhost:8787", None),
            ("10.0.0.5:8787", Some("W102")),
            ("plan.example:80", Some("W102")),
            ("plan.example.evil.example", Some("W102")),
        ] {
            check_served(&named, Method::GET, &[("host", host)], refused);
        }
        let host = ("host", "plan.example");
        check_served(&named, Method::POST, &[host, ("origin", "https://plan.example")], None);
        check_served(&named, Method::POST, &[host, ("origin", "https://evil.example")], Some("W103"));
    }

    #[test]
    fn a_form_from_a_foreign_page_is_refused() {
        let host = ("host", "localhost:8080");
        check(Method::POST, &[host, ("sec-fetch-site", "cross-site")], Some("W103"));
        check(Method::POST, &[host, ("sec-fetch-site", "same-site")], Some("W103"));
        check(Method::POST, &[host, ("origin", "https://evil.example")], Some("W103"));
        check(Method::POST, &[host, ("origin", "http://localhost:9999")], Some("W103"));
        check(Method::POST, &[host, ("origin", "null")], Some("W103"));
        check(Method::GET, &[host, ("sec-fetch-site", "cross-site")], None);
    }

    #[test]
    fn our_own_forms_and_command_line_tools_are_let_in() {
        let host = ("host", "localhost:8080");
        check(Method::POST, &[host, ("sec-fetch-site", "same-origin"), ("origin", "http://localhost:8080")], None);
        check(Method::POST, &[host, ("origin", "http://localhost:8080")], None);
        check(Method::POST, &[host], None);
    }
}
