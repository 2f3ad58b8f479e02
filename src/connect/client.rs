//! Databases that run scripts: each through the command line of its own, which knows how to get in.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use percent_encoding::percent_decode_str;

use super::Error;
use crate::number::Number;
use crate::sql::DialectName;

/// A database that runs scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Client {
    /// A PostgreSQL server, by its URL; `psql` runs the scripts.
    Postgres(String),
    /// A file of DuckDB's; `duckdb` runs the scripts.
    DuckDb(PathBuf),
}

/// What a script does to a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It reads, so that it may run where nothing may be written.
    Reads,
    /// It stores.
    Stores,
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

    /// Its dialect of SQL.
    pub fn dialect(&self) -> DialectName {
        match self {
            Client::Postgres(_) => DialectName::POSTGRES,
            Client::DuckDb(_) => DialectName::DUCKDB,
        }
    }

    /// The file that is the database; `None` for a server.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Client::Postgres(_) => None,
            Client::DuckDb(file) => Some(file),
        }
    }

    /// Runs a script that gives an id that several contacts have, or that is missing, and fails where there is one.
    pub fn refuse_repeated(&self, script: &str) -> Result<(), Error> {
        match self.rows(script)?.nth(1) {
            None => Ok(()),
            Some(row) => Err(Error::NotOneContact {
                id: row.get(0).map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned),
            }),
        }
    }

    /// The names of the columns that a script gives.
    pub fn columns(&self, script: &str) -> Result<Vec<String>, Error> {
        let names = self.rows(script)?.next().unwrap_or_default();
        Ok(names.iter().map(str::to_owned).collect())
    }

    /// Runs a script, which stops at the first statement that fails, and returns what it gives as CSV. The columns that are
    /// said to be numbers are written without trailing zeros.
    pub fn run(&self, script: &str, access: Access, numbers: &[bool]) -> Result<Vec<u8>, Error> {
        let given = self.given(script, access)?;
        written_exactly(&given, numbers).map_err(|error| self.garbled(&error))
    }

    /// The rows that a script which reads gives, its columns' names first.
    fn rows(&self, script: &str) -> Result<impl Iterator<Item = csv::StringRecord> + use<>, Error> {
        let given = self.given(script, Access::Reads)?;
        let rows: csv::Result<Vec<csv::StringRecord>> = reader(&given).into_records().collect();
        Ok(rows.map_err(|error| self.garbled(&error))?.into_iter())
    }

    /// What the program gives for a script.
    fn given(&self, script: &str, access: Access) -> Result<Vec<u8>, Error> {
        // DuckDB would make the file.
        if let Some(file) = self.file().filter(|file| !file.is_file()) {
            return Err(Error::Read {
                file: file.display().to_string(),
                cause: io::Error::from(io::ErrorKind::NotFound),
                help: None,
            });
        }
        let program = self.program();
        let output = answer(self.command(access), script).map_err(|cause| Error::NoClient { program, cause })?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(Error::Database {
                program,
                said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
                help: "nothing was changed; `leadscore sql` writes the query, to be tried by hand".to_owned(),
            }),
        }
    }

    /// The program that runs its scripts.
    fn program(&self) -> &'static str {
        match self {
            Client::Postgres(_) => "psql",
            Client::DuckDb(_) => "duckdb",
        }
    }

    /// How the program is called, so that nobody's own settings of it matter.
    fn command(&self, access: Access) -> Command {
        let mut command = Command::new(self.program());
        match self {
            Client::Postgres(url) => {
                // Without `--file -` what is wrong is told without lines of a script that nobody sees.
                command.args(["--no-psqlrc", "--quiet", "--csv", "--set", "ON_ERROR_STOP=1"]);
                let (url, password) = without_password(url);
                command.arg("--dbname").arg(url);
                command.env("PGCLIENTENCODING", "UTF8");
                // Arguments are there for all users of the machine to see.
                if let Some(password) = password {
                    command.env("PGPASSWORD", password);
                }
            }
            Client::DuckDb(file) => {
                command.args(["-no-init", "-csv", "-bail", "-nullvalue", ""]);
                if access == Access::Reads {
                    command.arg("-readonly");
                }
                command.arg(file);
            }
        }
        command
    }

    fn garbled(&self, error: &csv::Error) -> Error {
        let program = self.program();
        match (error.kind(), error.position()) {
            (csv::ErrorKind::Utf8 { .. }, Some(position)) => Error::Garbled {
                program,
                message: format!("line {} is not UTF-8 text", position.line()),
                help: "a database whose encoding is none, such as SQL_ASCII, gives texts as they were stored: store them as UTF-8",
            },
            _ => Error::Garbled {
                program,
                message: error.to_string(),
                help: "it has to be the database's own command line that is first in PATH",
            },
        }
    }
}

/// What a program answers to a script on its standard input.
fn answer(mut command: Command, script: &str) -> io::Result<Output> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut process = command.spawn()?;
    let input = process.stdin.take();
    thread::scope(|scope| {
        // The program may answer before it has read all.
        scope.spawn(move || input.map(|mut input| input.write_all(script.as_bytes())));
        process.wait_with_output()
    })
}

/// A URL without the password in it, and the password.
fn without_password(url: &str) -> (String, Option<String>) {
    let parts = || {
        let (scheme, behind) = url.split_once("://")?;
        let authority = behind.split(['/', '?']).next()?;
        let (user, host) = authority.rsplit_once('@')?;
        let (name, password) = user.split_once(':')?;
        let path = behind.get(authority.len()..)?;
        let password = percent_decode_str(password).decode_utf8_lossy().into_owned();
        Some((format!("{scheme}://{name}@{host}{path}"), Some(password)))
    };
    parts().unwrap_or_else(|| (url.to_owned(), None))
}

/// CSV, its numbers without trailing zeros.
fn written_exactly(given: &[u8], numbers: &[bool]) -> csv::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in reader(given).records() {
        let record = record?;
        let cells = record.iter().zip(numbers).map(|(cell, is_number)| {
            let number = Number::parse(cell).filter(|_| *is_number);
            number.map_or_else(|| cell.to_owned(), |number| number.to_string())
        });
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// Reads what a program gives, row by row, its columns' names first.
fn reader(given: &[u8]) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).from_reader(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_taken_out_of_a_url() {
        let (url, password) = without_password("postgres://ann:s%40cr%20et@db.example:5433/crm?sslmode=require");
        assert_eq!(url, "postgres://ann@db.example:5433/crm?sslmode=require");
        assert_eq!(password.as_deref(), Some("s@cr et"));
        for url in [
            "postgres://ann@localhost/crm",
            "postgres:///crm?host=/tmp&user=a:b@c",
            "postgresql://localhost",
        ] {
            assert_eq!(without_password(url), (url.to_owned(), None));
        }
    }
}
