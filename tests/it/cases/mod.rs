//! Cases: one file each under `tests/cases`, its folder saying which stage runs it.

mod bounds;
pub(crate) mod check;
mod data;
mod dbt;
mod diff;
mod explain;
mod format;
mod lint;
mod parse;
mod plan;
mod score;
mod snapshot;
pub(crate) mod sql;
mod testing;
