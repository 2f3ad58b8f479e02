//! Data in and out: CSV, JSON Lines, JSON, and the configuration that maps them.
