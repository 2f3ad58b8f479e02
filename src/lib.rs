//! leadscore

pub mod calendar;
pub mod number;
pub mod page;
pub mod source;
pub mod suggest;
pub mod table;
pub mod text;

pub mod builtins;
pub mod syntax;

pub mod check;
pub mod model;

pub mod plan;
pub mod reason;
pub mod score;

pub mod diagnostic;
pub mod explain;
pub mod format;
pub mod lint;
pub mod testing;

pub mod connect;

#[cfg(feature = "cli")]
pub mod cli;
