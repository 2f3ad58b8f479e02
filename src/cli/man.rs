//! `leadscore man`: the manual pages.

use clap::CommandFactory;

use super::Arguments;
use super::console::Console;
use super::failure::Failure;

/// Write a manual page, for `man`
///
/// `leadscore man > leadscore.1` for the whole program, `leadscore man check > leadscore-check.1` for one command. To
/// read it at once: `leadscore man | man -l -`
#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// The command; the whole program where none is given
    command: Option<String>,
}

impl Man {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        let mut program = Arguments::command();
        program.build();
        let page = clap_mangen::Man::new(match &self.command {
            None => program,
            Some(name) => self.subcommand(&program, name)?,
        });
        console.write(|output| page.render(output))
    }

    /// A command, which the building of the program has called `leadscore-check` and so on.
    fn subcommand(&self, program: &clap::Command, name: &str) -> Result<clap::Command, Failure> {
        let Some(command) = program.find_subcommand(name) else {
            let names = program.get_subcommands().map(clap::Command::get_name);
            let failure = Failure::usage(format!("there is no command `{name}`"));
            return Err(match crate::suggest::nearest(name, names) {
                Some(nearest) => failure.with_help(format!("did you mean `{nearest}`?")),
                None => failure,
            });
        };
        Ok(command.clone())
    }
}
