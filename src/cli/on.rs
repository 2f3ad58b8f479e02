//! `leadscore score --on`: scores contacts where they are, in a database.

use std::path::Path;

use crate::calendar::Day;
use crate::connect::{Access, Client, Config, Error, TableName};
use crate::model::Model;
use crate::plan::{Holds, Plan};
use crate::snapshot;
use crate::sql::{self, AsOf, Request, Store, Stored, Table, Tables};

use super::apart::Read;
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
    #[arg(long, value_name = "DATABASE", value_parser = client, conflicts_with_all = ["top", "rejects", "strict", "input_format"])]
    on: Option<Client>,
    /// Store the scores in a table, with the day and the fingerprint of the rules: made where there is none, else filled anew
    #[arg(long, value_name = "TABLE", value_parser = table, requires = "on", conflicts_with_all = ["output", "format"])]
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

    /// The file that is read, where the database is one.
    pub(crate) fn read(&self) -> Option<Read> {
        let path = self.on.as_ref()?.file()?.to_owned();
        let what = "the database";
        Some(Read { what, path })
    }

    /// Scores there.
    pub(crate) fn run(&self, scored: &Scored<'_>, console: &Console) -> Result<(), Failure> {
        let Some(client) = &self.on else { return Ok(()) };
        let plan = Plan::new(scored.model);
        let request = request(client, scored)?;
        self.keep_apart(&request.tables)?;
        let store = self.store(scored);
        let stored = store.tables(&plan);
        let script = match sql::script(scored.model, &plan, &request, &store) {
            Ok(script) => script,
            Err(refusals) => return Err(refused(scored.model, &refusals, console)),
        };
        // A script of its own, because neither program can end a script by what a query gave, and a statement that is made
        // to fail would be told in the words of the database.
        client.refuse_repeated(&sql::repeated(&request))?;
        let access = match stored.is_empty() {
            true => Access::Reads,
            false => Access::Stores,
        };
        let is_score = |holds: &Holds| matches!(holds, Holds::Score { .. });
        let numbers: Vec<bool> = plan.columns.iter().map(|column| is_score(&column.holds)).collect();
        let given = client.run(&script, access, &numbers);
        let text = given.map_err(|error| explained(error, client, &stored))?;
        match &self.into {
            Some(_) => {
                console.note(&format!("the scores as of {} are stored", scored.as_of));
                Ok(())
            }
            None => scored.target.write(console, |output| output.write_all(&text)),
        }
    }

    /// Refuses to store scores over what is read, and to store them twice in one table.
    fn keep_apart(&self, tables: &Tables) -> Result<(), Failure> {
        let events = tables.events.iter().map(|events| ("the events", &events.table));
        let read: Vec<(&str, &Table)> = std::iter::once(("the contacts", &tables.contacts.table))
            .chain(events)
            .collect();
        for (option, table) in [("--into", &self.into), ("--history", &self.history)] {
            let Some(table) = table else { continue };
            if let Some((what, _)) = read.iter().find(|(_, read)| read.is_same(table)) {
                let failure = Failure::usage(format!("`{option} {}` would overwrite {what}", name(table)));
                return Err(failure.with_help("name a table that is not read"));
            }
        }
        match (&self.into, &self.history) {
            (Some(into), Some(history)) if into.is_same(history) => {
                let message = format!(
                    "`--into {}` and `--history {}` are one table",
                    name(into),
                    name(history)
                );
                Err(Failure::usage(message).with_help("name a table for each"))
            }
            _ => Ok(()),
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
    let [contacts, events] = [scored.contacts, scored.events].map(|path| path.map(table_name).transpose());
    Ok(Request {
        dialect: client.dialect(),
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

/// What a database has against a script, with what to do about it where a table was made for rules with other columns.
fn explained(error: Error, client: &Client, stored: &[Stored<'_>]) -> Error {
    match error {
        Error::Database { program, said, help } => {
            let lacking = stored.iter().find_map(|stored| lacking(client, stored));
            let help = lacking.unwrap_or(help);
            Error::Database { program, said, help }
        }
        other => other,
    }
}

/// What to do about a table that lacks columns; `None` where it lacks none, and where it is not there.
fn lacking(client: &Client, stored: &Stored<'_>) -> Option<String> {
    let known = client
        .columns(&sql::columns_of(client.dialect(), stored.table))
        .ok()
        .filter(|known| !known.is_empty())?;
    let is_known = |column: &str| known.iter().any(|known| known.to_lowercase() == column.to_lowercase());
    let wanted = stored.columns.iter().chain(&sql::ADDED);
    let lacking: Vec<String> = wanted
        .filter(|column| !is_known(column))
        .map(|column| format!("`{column}`"))
        .collect();
    let table = name(stored.table);
    (!lacking.is_empty()).then(|| {
        format!(
            "nothing was changed; `{table}` has no column {}: add what is missing, drop the table, which is then made anew, or \
             name another",
            lacking.join(", ")
        )
    })
}

/// A table as it is called.
fn name(table: &Table) -> String {
    match table {
        Table::Named(parts) => parts.join("."),
        Table::Template(text) => text.clone(),
    }
}

fn client(text: &str) -> Result<Client, String> {
    Client::of(text).ok_or_else(|| "write `postgres://USER@HOST/DATABASE` or `duckdb:FILE`".to_owned())
}

fn table(name: &str) -> Result<Table, String> {
    Table::named(name).ok_or_else(|| "write a table as `scores` or `crm.scores`".to_owned())
}
