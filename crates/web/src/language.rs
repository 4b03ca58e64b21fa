//! Which language a page speaks: what the address asks for, else what was chosen before, else what the browser prefers.

use axum::extract::Request;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, COOKIE, SET_COOKIE, VARY};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::middleware::Next;
use axum::response::Response;
use spelplan_facts::Language;

const COOKIE_NAME: &str = "language";

/// The language of one request, put among its extensions by [`choose`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spoken(pub Language);

/// Chooses the language, remembers it when the address asked for it, and says in the answer which one it was.
pub(crate) async fn choose(mut request: Request, next: Next) -> Response {
    let asked = asked_for(request.uri());
    let language = asked.or_else(|| remembered(request.headers())).unwrap_or_else(|| preferred(request.headers()));
    request.extensions_mut().insert(Spoken(language));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(code(language)));
    headers.append(VARY, HeaderValue::from_static("accept-language, cookie"));
    if asked.is_some() {
        let cookie = format!("{COOKIE_NAME}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", code(language));
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(SET_COOKIE, cookie);
        }
    }
    response
}

/// The language's tag in HTML and HTTP.
pub(crate) fn code(language: Language) -> &'static str {
    match language {
        Language::Swedish => "sv",
        Language::English => "en",
    }
}

fn coded(word: &str) -> Option<Language> {
    match word {
        "sv" => Some(Language::Swedish),
        "en" => Some(Language::English),
        _ => None,
    }
}

fn asked_for(uri: &Uri) -> Option<Language> {
    let pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(name, _)| *name == "lang").find_map(|(_, word)| coded(word))
}

fn remembered(headers: &HeaderMap) -> Option<Language> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == COOKIE_NAME).find_map(|(_, word)| coded(word))
}

/// The first of our languages in the browser's order of preference; Swedish where it names none of them.
fn preferred(headers: &HeaderMap) -> Language {
    let wishes = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut wishes: Vec<(f32, &str)> = wishes.split(',').map(wish).collect();
    wishes.sort_by(|one, other| other.0.total_cmp(&one.0));
    wishes.into_iter().filter(|(weight, _)| *weight > 0.0).find_map(|(_, tag)| near(tag)).unwrap_or_default()
}

fn wish(text: &str) -> (f32, &str) {
    let (tag, weight) = text.split_once(";q=").unwrap_or((text, "1"));
    (weight.trim().parse().unwrap_or(0.0), tag.trim())
}

/// Neighbours read Swedish more readily than English only where they say so; so only the language itself counts.
fn near(tag: &str) -> Option<Language> {
    coded(tag.split('-').next().unwrap_or(tag).to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(accept: &str, cookie: &str, query: &str, language: Language) {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, accept.parse().unwrap());
        headers.insert(COOKIE, cookie.parse().unwrap());
        let uri: Uri = format!("/map{query}").parse().unwrap();
        let chosen = asked_for(&uri).or_else(|| remembered(&headers)).unwrap_or_else(|| preferred(&headers));
        assert_eq!(chosen, language, "{accept:?} {cookie:?} {query:?}");
    }

    #[test]
    fn the_browser_is_heard_by_its_weights() {
        check("sv-SE,sv;q=0.9,en;q=0.8", "", "", Language::Swedish);
        check("en-GB,en;q=0.9", "", "", Language::English);
        check("sv;q=0.3, en;q=0.7", "", "", Language::English);
        check("de, fr;q=0.5", "", "", Language::Swedish);
        check("", "", "", Language::Swedish);
        check("en;q=0", "", "", Language::Swedish);
    }

    #[test]
    fn a_choice_made_before_goes_before_the_browser_and_the_address_before_both() {
        check("sv", "a=b; language=en", "", Language::English);
        check("en", "language=en", "?lang=sv&q=x", Language::Swedish);
        check("en", "language=xx", "?lang=xx", Language::English);
    }
}
