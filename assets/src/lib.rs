//! The pages' scripts, styles and basemap, built by build.rs and carried inside the binary.
//! Leaves to others: who may fetch them and with which headers (web).

use std::borrow::Cow;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$SPELPLAN_BUNDLE"]
struct Bundle;

/// Changes whenever any asset changes; stands in every asset's address.
pub const VERSION: &str = env!("SPELPLAN_BUNDLE_VERSION");

/// An asset as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its content, brotli-packed where `packed` says so.
    pub bytes: Cow<'static, [u8]>,
    /// Media type.
    pub media: &'static str,
    /// Packed with brotli.
    pub packed: bool,
}

/// The asset of that name, packed where the asker takes brotli; `None` where there is none.
pub fn asset(name: &str, takes_brotli: bool) -> Option<Asset> {
    let media = media(name)?;
    let plain = Bundle::get(name)?;
    let twin = takes_brotli.then(|| Bundle::get(&format!("{name}.br"))).flatten();
    let packed = twin.is_some();
    Some(Asset { bytes: twin.unwrap_or(plain).data, media, packed })
}

/// Every asset's name with its size and its packed size in bytes.
pub fn sizes() -> Vec<(String, usize, usize)> {
    let size = |name: &str| Bundle::get(name).map_or(0, |file| file.data.len());
    let names = Bundle::iter().filter(|name| media(name).is_some());
    names.map(|name| (name.to_string(), size(&name), size(&format!("{name}.br")))).collect()
}

fn media(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "json" => Some("application/json"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, most_packed: usize) {
        let asset = asset(name, true).unwrap_or_else(|| panic!("{name} is not in the bundle"));
        assert!(asset.packed, "{name} has no brotli twin");
        let size = asset.bytes.len();
        assert!(size > 100, "{name} is empty: {size} bytes");
        assert!(size <= most_packed, "{name} grew to {size} bytes packed; ordinary pages stay light");
    }

    #[test]
    fn ordinary_pages_stay_light() {
        check("page.js", 18_000);
        check("style.css", 14_000);
    }

    #[test]
    fn the_map_and_its_basemap_are_carried_along() {
        check("map.js", 320_000);
        check("map-worker.js", 170_000);
        check("map.css", 20_000);
        for name in ["land.json", "lakes.json", "places.json", "shore.json", "world.json"] {
            check(name, 260_000);
        }
    }

    #[test]
    fn whoever_does_not_take_brotli_gets_plain_bytes() {
        let plain = asset("style.css", false).unwrap();
        assert!(!plain.packed);
        assert!(std::str::from_utf8(&plain.bytes).unwrap().contains("@layer"));
    }

    #[test]
    fn nothing_but_the_bundle_is_served() {
        assert_eq!(asset("../Cargo.toml", false), None);
        assert_eq!(asset("page.js.br", false), None);
        assert_eq!(asset("nothing.js", false), None);
    }

    #[test]
    fn no_asset_names_a_foreign_host_to_fetch_from() {
        for name in ["style.css", "map.css", "page.js"] {
            let bytes = asset(name, false).unwrap().bytes;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            for found in text.split("url(").skip(1) {
                let found = found.trim_start_matches(['"', '\'']);
                assert!(
                    found.starts_with("data:") || found.starts_with('#'),
                    "{name}: url({}",
                    &found[..found.len().min(60)]
                );
            }
        }
    }
}
