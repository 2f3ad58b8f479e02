//! `leadscore completions`: a script with which a shell completes the arguments.

use clap::CommandFactory;
use clap_complete::Shell;

use super::Arguments;
use super::console::Console;
use super::failure::Failure;

/// Write a script that completes arguments in a shell
///
/// For bash, for instance: `leadscore completions bash > ~/.local/share/bash-completion/completions/leadscore`
#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "leadscore", &mut script);
        console.write(|output| output.write_all(&script))
    }
}
