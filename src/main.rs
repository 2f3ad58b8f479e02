//! The `leadscore` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    leadscore::cli::run(std::env::args_os())
}
