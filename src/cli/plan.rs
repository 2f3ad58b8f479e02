//! `leadscore plan`: the compiled plan, to read.

use crate::connect::{Config, DataArguments};
use crate::plan::{self, describe};

use super::console::Console;
use super::failure::Failure;
use super::rules::RulesArg;

/// Show the compiled plan
///
/// What each event triggers, what is collected of each contact's events, what is computed of each contact, and what
/// stands in each column.
#[derive(Debug, clap::Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    rules: RulesArg,
}

impl Plan {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        let config = Config::load(self.rules.named(), &DataArguments::default())?;
        let model = self.rules.model(&config, console)?;
        let plan = plan::Plan::new(&model);
        console.print(&describe(&plan, &model).to_string())
    }
}
