//! The clock, which nothing but the command line reads.

use crate::calendar::{Day, Zone};

/// Today in a time zone.
pub(crate) fn today(zone: Zone) -> Day {
    // The clock of a machine is past the year 9999 only if it is broken.
    zone.day_of(chrono::Utc::now()).unwrap_or(Day::MAX)
}
