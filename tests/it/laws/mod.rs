//! Laws: what holds for every rules file and all data, tried on random ones.
//!
//! `PROPTEST_CASES` sets how many are tried; each law has its own number where it is not set.

mod agreement;
mod analysis;
mod assembly;
pub(crate) mod checking;
mod columns;
mod counting;
pub(crate) mod data;
mod differing;
mod drafts;
mod engine;
mod enumerated;
mod everybody;
mod exemplary;
mod explaining;
mod expressions;
pub(crate) mod files;
mod formatting;
mod ground;
mod held;
mod json;
mod layout;
mod mutants;
mod mutation;
mod needed;
mod patterns;
mod reach;
mod reading;
mod revised;
mod said;
mod small;
mod snapshots;
mod statements;
mod tables;
mod vocabulary;
mod ways;

use proptest::test_runner::Config;

/// So many cases, unless the environment says how many. What fails is printed whole, so nothing is written to disk.
pub(crate) fn cases(number: u32) -> Config {
    let wanted = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    Config {
        cases: wanted.unwrap_or(number),
        failure_persistence: None,
        max_shrink_time: 8_000,
        max_shrink_iters: 20_000,
        ..Config::default()
    }
}
