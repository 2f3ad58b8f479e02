//! Cases: one file each under `tests/cases`, its folder saying which stage runs it.

mod format;
mod parse;
