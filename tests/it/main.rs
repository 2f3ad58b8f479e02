//! The one test binary: cases as files, the command line, the documentation, the tidiness of the house, and laws.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so"
)]

mod adds_up;
mod cases;
mod cli;
mod compared;
mod comparison;
mod docs;
mod draw;
mod examples;
mod folder;
mod given;
mod hostile;
mod laws;
mod oracle;
mod pages;
mod pipeline;
mod schemas;
mod tidy;
mod warehouse;
