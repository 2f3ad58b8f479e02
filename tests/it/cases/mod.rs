//! Cases: one file each under `tests/cases`, its folder saying which stage runs it.

mod check;
mod format;
mod lint;
mod parse;
