//! Databases that run scripts: each through the command line of its own, which knows how to get in.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use super::Error;
use crate::number::Number;

/// A database that runs scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Client {
    /// A PostgreSQL server, by its URL; `psql` runs the scripts.
    Postgres(String),
    /// A file of DuckDB's; `duckdb` runs the scripts.
    DuckDb(PathBuf),
}

impl Client {
    /// The database of a text such as `postgres://crm.example/crm` or `duckdb:crm.duckdb`; `None` for any other.
    pub fn of(text: &str) -> Option<Client> {
        let is_server = ["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| text.starts_with(scheme));
        let file = text.strip_prefix("duckdb:").filter(|file| !file.is_empty());
        match (is_server, file) {
            (true, _) => Some(Client::Postgres(text.to_owned())),
            (false, Some(file)) => Some(Client::DuckDb(PathBuf::from(file))),
            (false, None) => None,
        }
    }

    /// The name of its dialect of SQL.
    pub fn dialect(&self) -> &'static str {
        match self {
            Client::Postgres(_) => "postgres",
            Client::DuckDb(_) => "duckdb",
        }
    }

    /// The program that runs its scripts.
    fn program(&self) -> &'static str {
        match self {
            Client::Postgres(_) => "psql",
            Client::DuckDb(_) => "duckdb",
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.program());
        match self {
            Client::Postgres(url) => {
                let options = [
                    "--no-psqlrc",
                    "--quiet",
                    "--csv",
                    "--set",
                    "ON_ERROR_STOP=1",
                    "--file",
                    "-",
                    "--dbname",
                ];
                command.args(options).arg(url);
            }
            Client::DuckDb(file) => {
                command
                    .args(["-init", "/dev/null", "-csv", "-bail", "-nullvalue", ""])
                    .arg(file);
            }
        }
        command
    }

    /// Runs a script that gives an id that several contacts have, or that one lacks, and fails where there is one.
    pub fn refuse_repeated(&self, script: &str) -> Result<(), Error> {
        let given = self.run(script, &[false])?;
        let found = csv::Reader::from_reader(given.as_slice()).into_records().next();
        match found.and_then(Result::ok) {
            None => Ok(()),
            Some(record) => Err(Error::NotOneContact {
                id: record.get(0).filter(|id| !id.is_empty()).map(str::to_owned),
            }),
        }
    }

    /// Runs a script, which stops at the first statement that fails, and returns what it gives as CSV. The columns that are
    /// said to be numbers are written without trailing zeros.
    pub fn run(&self, script: &str, numbers: &[bool]) -> Result<Vec<u8>, Error> {
        if let Client::DuckDb(file) = self
            && !file.is_file()
        {
            let cause = io::Error::from(io::ErrorKind::NotFound);
            let file = file.display().to_string();
            return Err(Error::Read {
                file,
                cause,
                help: None,
            });
        }
        let program = self.program();
        let cannot_run = |cause: io::Error| Error::NoClient { program, cause };
        let mut command = self.command();
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut process = command.spawn().map_err(cannot_run)?;
        let input = process.stdin.take();
        let output = thread::scope(|scope| {
            // The program may answer before it has read all.
            scope.spawn(move || input.map(|mut input| input.write_all(script.as_bytes())));
            process.wait_with_output()
        });
        let output = output.map_err(cannot_run)?;
        match output.status.success() {
            true => written_exactly(&output.stdout, numbers).map_err(|cause| cannot_run(cause.into())),
            false => Err(Error::Database {
                program,
                said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            }),
        }
    }
}

/// CSV, its numbers without trailing zeros.
fn written_exactly(given: &[u8], numbers: &[bool]) -> csv::Result<Vec<u8>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(given);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in reader.records() {
        let record = record?;
        let cells = record.iter().zip(numbers).map(|(cell, is_number)| {
            let number = Number::parse(cell).filter(|_| *is_number);
            number.map_or_else(|| cell.to_owned(), |number| number.to_string())
        });
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
