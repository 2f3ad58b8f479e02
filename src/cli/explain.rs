//! `leadscore explain`: why a contact has its score.

use clap::ValueEnum;

use crate::connect::{self, Intake, Single};
use crate::explain::{self, Layout};
use crate::plan::Plan;
use crate::reason::Subject;
use crate::suggest;
use crate::table::Contacts;

use super::console::Console;
use super::data::DataArgs;
use super::failure::Failure;
use super::rules::RulesArg;

/// Explain why a contact has its score
///
/// Every rule that gave points, with its line and the values and events behind it, adding up exactly; what is missing
/// to the next band; and on which day the contact leaves its band if nothing happens.
#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    rules: RulesArg,
    /// The contact's id
    #[arg(long, value_name = "ID")]
    contact: String,
    /// Also show the rules that gave no points, and what failed in each
    #[arg(long)]
    all: bool,
    /// How to write the explanation
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
    #[command(flatten)]
    data: DataArgs,
}

/// How an explanation is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A page for people
    #[default]
    Human,
    /// One JSON object
    Json,
}

impl Explain {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        let config = self.data.config(self.rules.named())?;
        let model = self.rules.model(&config, console)?;
        let plan = Plan::new(&model);
        let mut intake = Intake::of(plan.reads.clone()).of_contact(&self.contact);
        let threads = self.data.threads();
        let one = connect::read_one(&model, &config, &mut intake, &self.contact, threads)?;
        let Single { contacts, row, events } = one;
        let Some(row) = row else {
            return Err(self.unknown(&contacts));
        };
        for line in intake.lines() {
            console.warn(&line);
        }
        let subject = Subject {
            contacts: &contacts,
            events: &events,
            row: row as usize,
        };
        let explanation = explain::explain(&model, &plan, subject, self.data.as_of(&model));
        match self.format {
            Format::Json => console.print_json(&explanation),
            Format::Human => {
                let layout = Layout {
                    width: console.out.width,
                    all: self.all,
                };
                console.print(&console.out.page(&explain::render(&explanation, layout)))
            }
        }
    }

    fn unknown(&self, contacts: &Contacts) -> Failure {
        let failure = Failure::usage(format!("there is no contact `{}`", self.contact));
        let ids = (0..contacts.len()).map(|row| contacts.id(row));
        match suggest::nearest(&self.contact, ids) {
            Some(nearest) => failure.with_help(format!("did you mean `{nearest}`?")),
            None => failure,
        }
    }
}
