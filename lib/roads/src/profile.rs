//! What a car may do on a way of OpenStreetMap, by its tags: how fast, in which directions, or not at all.
//!
//! Speeds are those of ordinary driving, not of the signs: a sign's figure is multiplied by [`OF_THE_SIGN`], and where
//! there is none the class of the road decides. Assumptions; the correction learned from logged trips comes on top.

/// Ordinary speed as a part of what the sign allows: junctions, bends and traffic.
const OF_THE_SIGN: f64 = 0.85;
/// Speeds in km/h by class of road, where no sign is told.
const CLASSES: [(&str, f64); 16] = [
    ("motorway", 100.0),
    ("motorway_link", 50.0),
    ("trunk", 80.0),
    ("trunk_link", 45.0),
    ("primary", 65.0),
    ("primary_link", 40.0),
    ("secondary", 55.0),
    ("secondary_link", 35.0),
    ("tertiary", 45.0),
    ("tertiary_link", 30.0),
    ("unclassified", 35.0),
    ("residential", 25.0),
    ("living_street", 10.0),
    ("road", 25.0),
    ("service", 12.0),
    ("track", 12.0),
];
/// Slowest and fastest that a sign may make it.
const LIMITS: (f64, f64) = (5.0, 120.0);
/// Kilometres to a mile.
const MILE: f64 = 1.609_344;

/// How a way may be used by car.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Use {
    /// By road, at that many km/h; `None` is a direction that is closed.
    Road {
        /// In the order of the way's points.
        forward: Option<f64>,
        /// Against it.
        backward: Option<f64>,
    },
    /// A ferry that takes cars.
    Ferry,
}

/// What the tags allow; `None` where no car may go.
pub fn use_of<'a>(tags: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Use> {
    let tags: Vec<(&str, &str)> = tags.collect();
    let tag = |key: &str| tags.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
    let access = ["motorcar", "motor_vehicle", "vehicle", "access"].into_iter().find_map(tag);
    let closed = matches!(access, Some("no" | "private" | "agricultural" | "forestry" | "military" | "emergency"));
    if closed || tag("area") == Some("yes") {
        return None;
    }
    if tag("route") == Some("ferry") {
        return Some(Use::Ferry);
    }
    let class = tag("highway")?;
    let usual = CLASSES.iter().find(|(known, _)| *known == class)?.1;
    let told = access.is_some_and(|access| matches!(access, "yes" | "permissive" | "designated" | "destination"));
    let yard = class == "service" && matches!(tag("service"), Some("parking_aisle" | "driveway" | "emergency_access"));
    if (class == "track" || yard) && !told {
        return None;
    }
    let sign = |key: &str| tag(key).and_then(speed_of_sign).map(|speed| speed * OF_THE_SIGN);
    let both = sign("maxspeed").unwrap_or(usual).clamp(LIMITS.0, LIMITS.1);
    let speed = |key: &str| Some(sign(key).unwrap_or(both).clamp(LIMITS.0, LIMITS.1));
    let (forward, backward) = (speed("maxspeed:forward"), speed("maxspeed:backward"));
    let implied = class == "motorway" || matches!(tag("junction"), Some("roundabout" | "circular"));
    match tag("oneway") {
        Some("-1" | "reverse") => Some(Use::Road { forward: None, backward }),
        Some("yes" | "true" | "1") => Some(Use::Road { forward, backward: None }),
        Some("no" | "false" | "0") => Some(Use::Road { forward, backward }),
        _ if implied => Some(Use::Road { forward, backward: None }),
        _ => Some(Use::Road { forward, backward }),
    }
}

/// The figure on a sign in km/h: `70`, `45 mph`, `SE:urban`, `walk`.
fn speed_of_sign(sign: &str) -> Option<f64> {
    let sign = sign.trim();
    if let Some(miles) = sign.strip_suffix("mph") {
        return miles.trim().parse().ok().map(|speed: f64| speed * MILE);
    }
    let kilometres = sign.strip_suffix("km/h").unwrap_or(sign).trim();
    let word = sign.rsplit(':').next().unwrap_or(sign);
    let by_word = || match word {
        "urban" => Some(50.0),
        "rural" => Some(80.0),
        "motorway" => Some(120.0),
        "walk" | "living_street" => Some(10.0),
        _ => None,
    };
    kilometres.parse().ok().filter(|speed: &f64| *speed > 0.0 && speed.is_finite()).or_else(by_word)
}

#[cfg(test)]
mod tests {
    use super::{Use, use_of};

    fn check(tags: &str, forward: Option<f64>, backward: Option<f64>) {
        let pairs = tags.split_whitespace().filter_map(|tag| tag.split_once('='));
        let answer = match use_of(pairs) {
            Some(Use::Road { forward, backward }) => (forward, backward),
            _ => (None, None),
        };
        let round = |speed: Option<f64>| speed.map(|speed| speed.round());
        assert_eq!((round(answer.0), round(answer.1)), (forward, backward), "{tags}");
    }

    #[test]
    fn tags_say_where_a_car_goes_and_how_fast() {
        check("highway=residential", Some(25.0), Some(25.0));
        check("highway=secondary maxspeed=70", Some(60.0), Some(60.0));
        check("highway=primary maxspeed=30mph", Some(41.0), Some(41.0));
        check("highway=primary maxspeed=SE:urban", Some(43.0), Some(43.0));
        check("highway=motorway", Some(100.0), None);
        check("highway=tertiary junction=roundabout", Some(45.0), None);
        check("highway=secondary oneway=-1", None, Some(55.0));
        check("highway=primary maxspeed:forward=80 maxspeed=60", Some(68.0), Some(51.0));
        check("highway=residential access=private", None, None);
        check("highway=residential access=no motor_vehicle=destination", Some(25.0), Some(25.0));
        check("highway=track", None, None);
        check("highway=track motor_vehicle=yes", Some(12.0), Some(12.0));
        check("highway=service service=parking_aisle", None, None);
        check("highway=footway", None, None);
        check("building=yes", None, None);
        check("highway=primary maxspeed=0", Some(65.0), Some(65.0));
    }

    #[test]
    fn a_ferry_is_a_ferry_unless_it_takes_no_cars() {
        let ferry = |extra: (&'static str, &'static str)| use_of([("route", "ferry"), extra].into_iter());
        assert_eq!(ferry(("name", "Visby")), Some(Use::Ferry));
        assert_eq!(ferry(("motor_vehicle", "no")), None);
    }
}
