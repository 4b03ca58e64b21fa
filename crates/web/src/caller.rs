//! From where a request comes, and how the pages are served: at the machine itself or from elsewhere, over which name, and
//! whether others on the way can read along.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::header::HOST;
use axum::http::{HeaderMap, HeaderName};

use crate::guard::names_this_machine;

/// How the pages are served.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Serving {
    /// Others than this machine can reach the address that is listened on.
    pub beyond_loopback: bool,
    /// Where people reach the pages, where somebody has said so.
    pub public: Option<PublicAddress>,
}

impl Serving {
    /// Passwords travel in the clear: the address is open to others, and nobody has said that it is reached by https.
    pub fn exposed(&self) -> bool {
        match &self.public {
            Some(public) => !public.https,
            None => self.beyond_loopback,
        }
    }

    /// People reach the pages by https.
    pub(crate) fn secure(&self) -> bool {
        self.public.as_ref().is_some_and(|public| public.https)
    }
}

/// An address such as `https://plan.company.example`, without a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicAddress {
    https: bool,
    /// Host, and the port where it is not the scheme's own.
    authority: String,
}

impl PublicAddress {
    /// Reads one; `None` where it is no http or https address or has a path.
    pub fn parse(text: &str) -> Option<PublicAddress> {
        let (scheme, rest) = text.trim().split_once("://")?;
        let https = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest).to_ascii_lowercase();
        let own_port = if https { ":443" } else { ":80" };
        let authority = authority.strip_suffix(own_port).unwrap_or(&authority).to_owned();
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-._:[]".contains(letter);
        (!authority.is_empty() && authority.chars().all(plain)).then_some(PublicAddress { https, authority })
    }

    /// The address as text, without a slash at its end.
    pub fn text(&self) -> String {
        format!("{}://{}", if self.https { "https" } else { "http" }, self.authority)
    }

    /// Is that the host a browser asked for?
    pub(crate) fn is(&self, host: &str) -> bool {
        let own_port = if self.https { ":443" } else { ":80" };
        host.strip_suffix(own_port).unwrap_or(host).eq_ignore_ascii_case(&self.authority)
    }
}

/// From where one request comes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Caller {
    /// Somebody at this machine asks, by one of its own names.
    pub at_machine: bool,
    /// The pages are reached by https.
    pub secure: bool,
    /// Others can read along.
    pub exposed: bool,
    /// Address on the network; empty where there is none.
    pub address: String,
    /// What links to the pages begin with.
    pub base: String,
}

impl Caller {
    /// Reads it from a request.
    pub fn of(serving: &Serving, request: &Request) -> Caller {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical());
        let headers = request.headers();
        let host = text(headers, HOST).unwrap_or("localhost");
        Caller {
            at_machine: at_machine(serving, peer, headers),
            secure: serving.secure(),
            exposed: serving.exposed(),
            address: address(serving, peer, headers),
            base: serving.public.as_ref().map_or_else(|| format!("http://{host}"), PublicAddress::text),
        }
    }
}

/// Where people come by a public address, a proxy stands between, and everybody looks as if they sat here: then nobody does.
fn at_machine(serving: &Serving, peer: Option<IpAddr>, headers: &HeaderMap) -> bool {
    let through_proxy = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    let near = peer.is_none_or(|peer| peer.is_loopback());
    serving.public.is_none() && near && !through_proxy && names_this_machine(headers)
}

/// A proxy at this machine says for whom it asks, last of all who said so before; others are not believed.
fn address(serving: &Serving, peer: Option<IpAddr>, headers: &HeaderMap) -> String {
    let proxied = serving.public.is_some() && peer.is_none_or(|peer| peer.is_loopback());
    let told = text(headers, HeaderName::from_static("x-forwarded-for")).filter(|_| proxied);
    let told = told.and_then(|list| list.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    told.or(peer).map(|address| whole(address.to_canonical()).to_string()).unwrap_or_default()
}

/// One subscriber has a whole /64 of the long addresses.
fn whole(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => {
            let [a, b, c, d, ..] = long.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

pub(crate) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_has_a_scheme_and_no_path() {
        for (text, read) in [
            ("https://plan.example", Some("https://plan.example")),
            ("https://plan.example:443/", Some("https://plan.example")),
            ("HTTP://Plan.example:8787", Some("http://plan.example:8787")),
            ("http://[fd00::1]:8787", Some("http://[fd00::1]:8787")),
            ("plan.example", None),
            ("https://plan.example/spelplan", None),
            ("https://a@plan.example", None),
            ("ftp://plan.example", None),
            ("https://", None),
        ] {
            assert_eq!(PublicAddress::parse(text).map(|address| address.text()).as_deref(), read, "{text}");
        }
    }

    fn check(public: &str, peer: &str, given: &[(&'static str, &str)], at_machine: bool, address: &str) {
        let serving = Serving { beyond_loopback: true, public: PublicAddress::parse(public) };
        let mut request = Request::builder();
        for (name, value) in given {
            request = request.header(*name, *value);
        }
        let mut request = request.body(axum::body::Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4000)));
        let caller = Caller::of(&serving, &request);
        assert_eq!((caller.at_machine, caller.address.as_str()), (at_machine, address), "{public} {peer} {given:?}");
    }

    #[test]
    fn whoever_only_says_to_sit_at_the_machine_does_not() {
        let here = ("host", "localhost:8787");
        check("", "127.0.0.1", &[here], true, "127.0.0.1");
        check("", "::ffff:127.0.0.1", &[here], true, "127.0.0.1");
        check("", "10.0.0.9", &[here], false, "10.0.0.9");
        check("", "127.0.0.1", &[("host", "10.0.0.5:8787")], false, "127.0.0.1");
        check("", "127.0.0.1", &[here, ("x-forwarded-for", "10.0.0.9")], false, "127.0.0.1");
        check("https://plan.example", "127.0.0.1", &[here], false, "127.0.0.1");
    }

    #[test]
    fn only_a_proxy_at_this_machine_is_believed_and_only_its_own_word() {
        let told = ("x-forwarded-for", "6.6.6.6, 10.0.0.9");
        check("https://plan.example", "127.0.0.1", &[told], false, "10.0.0.9");
        check("https://plan.example", "10.0.0.7", &[told], false, "10.0.0.7");
        check("", "10.0.0.7", &[told], false, "10.0.0.7");
        check("", "2001:db8:1:2:3::4", &[], false, "2001:db8:1:2::");
    }
}
