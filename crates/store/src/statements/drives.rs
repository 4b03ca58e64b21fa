//! Measured drive times and logged trips.

use super::{inserts, statements};

statements! { DRIVE_STATEMENTS:
    /// The latest version of one source, address and content.
    ROAD_VERSION = "SELECT id FROM road_version WHERE source = $1 AND address = $2 AND made_of = $3 ORDER BY id DESC LIMIT 1";
    /// Every time of a version.
    DRIVE_TIMES = "SELECT from_lat, from_lon, to_lat, to_lon, measured, seconds, metres FROM drive_time \
        WHERE version_id = $1";
    /// How many times a version has, and how many of them are no drives.
    DRIVE_COUNTS = "SELECT measured, COUNT(*) AS n FROM drive_time WHERE version_id = $1 GROUP BY measured ORDER BY measured";
    /// Every logged trip.
    LOGGED_TRIPS = "SELECT pam_id, from_lat, from_lon, to_lat, to_lon, minutes FROM logged_trip ORDER BY id";
    /// PAMs that logged trips name.
    TRAVELLED_PAMS = "SELECT DISTINCT pam_id FROM logged_trip";
    /// Everything away.
    CLEAR_DRIVE_TIMES = "DELETE FROM drive_time";
    /// As above.
    CLEAR_ROAD_VERSIONS = "DELETE FROM road_version";
    /// As above.
    CLEAR_LOGGED_TRIPS = "DELETE FROM logged_trip";
}

inserts! { DRIVE_INSERTS:
    /// A version, appended.
    ADD_ROAD_VERSION = "road_version (id, source, address, made_of, at)", "";
    /// Times of a version; what is there already stays.
    ADD_DRIVE_TIMES = "drive_time (version_id, from_lat, from_lon, to_lat, to_lon, measured, seconds, metres, asked_on)",
        "ON CONFLICT DO NOTHING";
    /// Trips; what is there already stays.
    ADD_LOGGED_TRIPS = "logged_trip (id, pam_id, day, from_lat, from_lon, to_lat, to_lon, minutes)",
        "ON CONFLICT DO NOTHING";
}
