//! Distance over the globe.

/// Mean radius of the earth in kilometres (IUGG R1).
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// Great-circle distance in kilometres between two points in degrees (haversine formula).
pub fn great_circle_km(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (from_lat, to_lat) = (from.0.to_radians(), to.0.to_radians());
    let half_lat = (to_lat - from_lat) / 2.0;
    let half_lon = (to.1 - from.1).to_radians() / 2.0;
    let square = half_lat.sin().powi(2) + from_lat.cos() * to_lat.cos() * half_lon.sin().powi(2);
    2.0 * EARTH_RADIUS_KM * square.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::great_circle_km;

    #[test]
    fn known_distances_come_out_within_half_a_percent() {
        let cases = [
            ("Stockholm to Göteborg", (59.3294, 18.0687), (57.7072, 11.9668), 397.0),
            ("London to Paris", (51.5074, -0.1278), (48.8566, 2.3522), 343.6),
            ("Sydney to Melbourne", (-33.8688, 151.2093), (-37.8136, 144.9631), 713.4),
            ("across the 180th meridian", (0.0, 179.5), (0.0, -179.5), 111.2),
            ("to itself", (63.29, 18.72), (63.29, 18.72), 0.0),
        ];
        for (name, from, to, km) in cases {
            let answer = great_circle_km(from, to);
            assert!((answer - km).abs() <= km * 0.005 + 1e-9, "{name}: {answer}");
            assert!((answer - great_circle_km(to, from)).abs() < 1e-9, "{name}: the same both ways");
        }
    }
}
