//! Water between two points, told a second time from the same map of land.

use spelplan_facts::Point;

/// Is there a ferry or a flight between? (No map of water yet.)
pub(crate) fn crosses_water(_from: Point, _to: Point) -> bool {
    false
}
