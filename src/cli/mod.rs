//! The command line: arguments, files, the clock, the terminal and exit codes. One file a command.

mod apart;
mod bounds;
mod check;
mod clock;
mod completions;
mod console;
mod data;
mod dbt;
mod diff;
mod draw;
mod explain;
mod failure;
mod findings;
mod fix;
mod fmt;
mod grid;
mod init;
mod interrupt;
mod look;
mod man;
mod memory;
mod moved;
mod needs;
mod on;
mod outcome;
mod place;
mod plan;
mod progress;
mod reading;
mod rules;
mod score;
mod scoring;
mod snapshot;
mod sql;
mod target;
mod test;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::connect::is_guarded;

use console::Console;
use failure::Failure;
use look::Color;

/// Lead scoring in a small language: rules that marketing and sales sign together
///
/// Exit codes: 0 fine; 1 findings (errors in the rules, a failed test, an unformatted file, a changed snapshot); 2 usage, or a file that
/// cannot be read or written; 3 data that cannot be scored.
#[derive(Debug, Parser)]
#[command(
    name = "leadscore",
    version,
    arg_required_else_help = true,
    subcommand_value_name = "COMMAND"
)]
struct Arguments {
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value_t,
        hide_possible_values = false
    )]
    color: Color,
    /// Say nothing but errors and results
    #[arg(long, short, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

/// All commands.
#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Fmt(fmt::Fmt),
    Score(score::Score),
    Explain(explain::Explain),
    Test(test::Test),
    Snapshot(snapshot::Snapshot),
    Diff(diff::Diff),
    Sql(sql::Sql),
    Plan(plan::Plan),
    Init(init::Init),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    fn run(&self, console: &Console) -> Result<(), Failure> {
        match self {
            Command::Check(command) => command.run(console),
            Command::Fmt(command) => command.run(console),
            Command::Score(command) => command.run(console),
            Command::Explain(command) => command.run(console),
            Command::Test(command) => command.run(console),
            Command::Snapshot(command) => command.run(console),
            Command::Diff(command) => command.run(console),
            Command::Sql(command) => command.run(console),
            Command::Plan(command) => command.run(console),
            Command::Init(command) => command.run(console),
            Command::Completions(command) => command.run(console),
            Command::Man(command) => command.run(console),
        }
    }
}

/// The program's arguments, for those who document them.
pub fn command() -> clap::Command {
    <Arguments as clap::CommandFactory>::command()
}

/// Runs the program with its arguments, the first being its own name, and gives its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(answer) => return show(&answer),
    };
    keep_guarded_panics_quiet();
    let console = Console::new(arguments.color, arguments.quiet);
    match arguments.command.run(&console) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console.fail(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// A panic that becomes an error is told as that error alone.
fn keep_guarded_panics_quiet() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !is_guarded() {
            tell(panic);
        }
    }));
}

/// Shows help, the version, or what is wrong with the arguments.
fn show(answer: &clap::Error) -> ExitCode {
    let shown = answer.print();
    match shown {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::from(2),
        _ => ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(2)),
    }
}
