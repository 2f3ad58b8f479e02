//! `leadscore score --on`: scores contacts where they are, in a database.

use std::path::Path;

use crate::calendar::Day;
use crate::connect::{Client, Config, TableName};
use crate::model::Model;
use crate::plan::{Holds, Plan};
use crate::snapshot;
use crate::sql::{self, AsOf, DialectName, Request, Store, Table};

use super::console::Console;
use super::failure::Failure;
use super::sql::refused;
use super::target::Target;

/// Where contacts are scored in place of here.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "In a database")]
pub(crate) struct OnArgs {
    /// Score the contacts in a database: `postgres://…`, through `psql`, or `duckdb:FILE`, through `duckdb`. `--contacts` and
    /// `--events` then name tables
    #[arg(long, value_name = "DATABASE", value_parser = client, conflicts_with_all = ["top", "rejects", "strict"])]
    on: Option<Client>,
    /// Store the scores in a table, with the day and the fingerprint of the rules: made where there is none, else filled anew
    #[arg(long, value_name = "TABLE", value_parser = table, requires = "on")]
    into: Option<Table>,
    /// Add each contact's score and band to a table that keeps those of every day
    #[arg(long, value_name = "TABLE", value_parser = table, requires = "on")]
    history: Option<Table>,
}

/// What is scored in a database.
pub(crate) struct Scored<'a> {
    pub(crate) model: &'a Model,
    pub(crate) config: &'a Config,
    pub(crate) as_of: Day,
    pub(crate) contacts: Option<&'a Path>,
    pub(crate) events: Option<&'a Path>,
    pub(crate) target: Target,
}

impl OnArgs {
    /// Whether a database is named.
    pub(crate) fn is_given(&self) -> bool {
        self.on.is_some()
    }

    /// Scores there.
    pub(crate) fn run(&self, scored: &Scored<'_>, console: &Console) -> Result<(), Failure> {
        let Some(client) = &self.on else { return Ok(()) };
        let plan = Plan::new(scored.model);
        let request = request(client, scored)?;
        let script = match sql::script(scored.model, &plan, &request, &self.store(scored)) {
            Ok(script) => script,
            Err(refusals) => return Err(refused(scored.model, &refusals, console)),
        };
        client.refuse_repeated(&sql::repeated(&request))?;
        let is_score = |holds: &Holds| matches!(holds, Holds::Score { .. });
        let numbers: Vec<bool> = plan.columns.iter().map(|column| is_score(&column.holds)).collect();
        let text = client.run(&script, &numbers)?;
        match &self.into {
            Some(_) => {
                console.note(&format!("the scores as of {} are stored", scored.as_of));
                Ok(())
            }
            None => scored.target.write(console, |output| output.write_all(&text)),
        }
    }

    fn store(&self, scored: &Scored<'_>) -> Store {
        Store {
            into: self.into.clone(),
            history: self.history.clone(),
            as_of: scored.as_of,
            rules: snapshot::fingerprint(scored.model).to_string(),
        }
    }
}

fn request(client: &Client, scored: &Scored<'_>) -> Result<Request, Failure> {
    let dialect = DialectName::named(client.dialect()).ok_or_else(|| Failure::usage("no such dialect"))?;
    let [contacts, events] = [scored.contacts, scored.events].map(|path| path.map(table_name).transpose());
    Ok(Request {
        dialect,
        as_of: AsOf::Day(scored.as_of),
        tables: scored.config.tables(contacts?, events?)?,
        reasons: false,
        create: None,
        heading: Vec::new(),
    })
}

fn table_name(path: &Path) -> Result<TableName, Failure> {
    TableName::try_from(path.to_string_lossy().into_owned()).map_err(Failure::usage)
}

fn client(text: &str) -> Result<Client, String> {
    Client::of(text).ok_or_else(|| "write `postgres://USER@HOST/DATABASE` or `duckdb:FILE`".to_owned())
}

fn table(name: &str) -> Result<Table, String> {
    Table::named(name).ok_or_else(|| "write a table as `scores` or `crm.scores`".to_owned())
}
