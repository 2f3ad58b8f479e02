//! Cases: one file each under `tests/cases`, its folder saying which stage runs it.

mod check;
mod explain;
mod format;
mod lint;
mod parse;
mod testing;
