//! What can be wrong with files, their mapping and the data in them: each with what to do about it.

use std::io;
use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

/// Why data could not be read, or a result not be written.
#[derive(Debug, Error, Diagnostic)]
#[non_exhaustive]
pub enum Error {
    /// The file is not there, may not be read, or broke off.
    #[error("cannot read `{file}`: {}", words(cause))]
    #[diagnostic(code(LS6001))]
    Read {
        /// The file.
        file: String,
        /// What the system said.
        cause: io::Error,
        /// The file that may have been meant.
        #[help]
        help: Option<String>,
    },

    /// The file cannot be written; what stood there before still does.
    #[error("cannot write `{file}`: {}", words(cause))]
    #[diagnostic(code(LS6002))]
    Write {
        /// The file.
        file: String,
        /// What the system said.
        cause: io::Error,
    },

    /// The bytes are not text in the encoding that they should have.
    #[error("line {line} of `{file}` is not {encoding} text")]
    #[diagnostic(code(LS6003))]
    NotText {
        /// The file.
        file: String,
        /// The line of the first byte that does not fit.
        line: u64,
        /// The encoding that was expected.
        encoding: String,
        /// How to read it all the same.
        #[help]
        help: String,
    },

    /// The file's ending does not say how to read it, and nothing else does.
    #[error("the format of `{file}` is not known")]
    #[diagnostic(code(LS6004))]
    UnknownFormat {
        /// The file.
        file: String,
        /// The formats there are, and how to name one.
        #[help]
        help: String,
    },

    /// `leadscore.toml` is not TOML, or holds a value that does not fit its key.
    #[error("{message}")]
    #[diagnostic(code(LS6005))]
    Config {
        /// The file.
        #[source_code]
        config: Arc<NamedSource<String>>,
        /// The value.
        #[label("here")]
        span: SourceSpan,
        /// What is wrong with it.
        message: String,
        /// What may have been meant.
        #[help]
        help: Option<String>,
    },

    /// `leadscore.toml` has a key that means nothing.
    #[error("unknown key `{key}`")]
    #[diagnostic(code(LS6006))]
    UnknownKey {
        /// The file.
        #[source_code]
        config: Arc<NamedSource<String>>,
        /// The key.
        #[label("no such key")]
        span: SourceSpan,
        /// What is written.
        key: String,
        /// The nearest key, or all there are.
        #[help]
        help: String,
    },

    /// An argument of `--set` names no key, or its value does not fit the key.
    #[error("`--set {argument}`: {message}")]
    #[diagnostic(code(LS6007))]
    Set {
        /// `KEY=VALUE`, as it was given.
        argument: String,
        /// What is wrong with it.
        message: String,
        /// What to write.
        #[help]
        help: String,
    },

    /// Nothing says where the contacts are.
    #[error("no contacts are named")]
    #[diagnostic(
        code(LS6008),
        help("name their file with `--contacts FILE`, or in `leadscore.toml` as `path` under `[contacts]`")
    )]
    NoContacts,

    /// An `[[events]]` table does not say where its events are.
    #[error("`[[events]]` number {number} has no path")]
    #[diagnostic(
        code(LS6009),
        help("name its file as `path`, or with `--events FILE` where it is the only one")
    )]
    NoEvents {
        /// Which one, counted from 1.
        number: usize,
    },

    /// `--events` would have to choose between several files or tables.
    #[error("`--events` cannot take the place of {count} `[[events]]`")]
    #[diagnostic(
        code(LS6010),
        help("write `--set events.0.{key}={value}` for the first, `events.1.{key}` for the second")
    )]
    ManyEvents {
        /// How many `[[events]]` there are.
        count: usize,
        /// The key of leadscore.toml that says where each is.
        key: &'static str,
        /// What stands there.
        value: &'static str,
    },

    /// One of several kinds of events has no table.
    #[error("no table is named for number {place} of the `[[events]]`")]
    #[diagnostic(code(LS6022), help("write `table = \"…\"` in each `[[events]]` of leadscore.toml"))]
    NoTable {
        /// Which, counted from 1.
        place: usize,
    },

    /// The type or format of a column of a table is given for a field that is read from another.
    #[error("`{key}` is a field here, and its column is `{column}`")]
    #[diagnostic(
        code(LS6026),
        help("`types` and `dates` speak of columns: write `\"{column}\" = …` in place of `{key} = …`")
    )]
    FieldForColumn {
        /// The field.
        key: String,
        /// Its column.
        column: String,
    },

    /// A name of a column that no query can write.
    #[error("no query can read a column {name:?}")]
    #[diagnostic(
        code(LS6027),
        help("a character that cannot be seen stands in its name; let a view give the column another")
    )]
    UnseenInColumn {
        /// The name.
        name: String,
    },

    /// The program that speaks to a database does not run.
    #[error("cannot run `{program}`: {}", words(cause))]
    #[diagnostic(
        code(LS6023),
        help("install `{program}`, the database's own command line, or name the folder in which it is in PATH")
    )]
    NoClient {
        /// The program.
        program: &'static str,
        /// What the system said.
        cause: io::Error,
    },

    /// A database refused a script, which changed nothing.
    #[error("`{program}` says: {said}")]
    #[diagnostic(code(LS6024))]
    Database {
        /// The program that speaks to it.
        program: &'static str,
        /// What it said.
        said: String,
        /// What to do about it.
        #[help]
        help: String,
    },

    /// What the program that speaks to a database gives is no table of texts.
    #[error("cannot read what `{program}` gives: {message}")]
    #[diagnostic(code(LS6028))]
    Garbled {
        /// The program.
        program: &'static str,
        /// What is wrong, and where.
        message: String,
        /// What to do about it.
        #[help]
        help: &'static str,
    },

    /// A table of contacts has an id twice, or a contact without one.
    #[error("{}", not_one(id.as_deref()))]
    #[diagnostic(
        code(LS6025),
        help("a score belongs to one contact: give each an id of its own, or name a view that has one row for each")
    )]
    NotOneContact {
        /// The id; `None` for a missing one.
        id: Option<String>,
    },

    /// Two files are to be read from standard input.
    #[error("only one file can be read from standard input")]
    #[diagnostic(code(LS6011), help("name a file in place of one of the `-`"))]
    StdinTwice,

    /// A file lacks a column without which its rows mean nothing.
    #[error("`{file}` has no column `{column}`, which holds {holds}")]
    #[diagnostic(code(LS6012))]
    MissingColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// What it would hold.
        holds: &'static str,
        /// The columns there are, and how to map one.
        #[help]
        help: String,
    },

    /// Two columns, or two keys of one object, have the name of one that is read.
    #[error("line {row} of `{file}` names `{column}` twice")]
    #[diagnostic(code(LS6013), help("rename one of the two: nobody can tell which of them is meant"))]
    RepeatedColumn {
        /// The file.
        file: String,
        /// The line.
        row: u64,
        /// The column.
        column: String,
    },

    /// Two contacts have one id.
    #[error("line {row} of `{file}` repeats the contact `{id}`")]
    #[diagnostic(
        code(LS6014),
        help(
            "line {first} has this id already: keep one row a contact, or name the column that tells them apart as `id` under `[contacts]`"
        )
    )]
    RepeatedContact {
        /// The file.
        file: String,
        /// The line.
        row: u64,
        /// The id.
        id: String,
        /// The line of the contact that has it already.
        first: u64,
    },

    /// A contact has no id.
    #[error(
        "line {row} of `{file}` is a contact without an id: its `{column}` is {}",
        no_id(written)
    )]
    #[diagnostic(code(LS6015), help("give it an id, or take the row out"))]
    ContactWithoutId {
        /// The file.
        file: String,
        /// The line.
        row: u64,
        /// The column of ids.
        column: String,
        /// What is written there; empty for nothing.
        written: String,
    },

    /// The file is not well-formed in its format.
    #[error("line {row} of `{file}` is not {format}: {message}")]
    #[diagnostic(code(LS6016))]
    Malformed {
        /// The file.
        file: String,
        /// The line.
        row: u64,
        /// The format.
        format: &'static str,
        /// What is wrong.
        message: String,
        /// What may have been meant.
        #[help]
        help: Option<String>,
    },

    /// A Parquet file cannot be read: it is none, it is cut off, or a part of it is corrupt.
    #[error("`{file}` cannot be read as Parquet: {message}")]
    #[diagnostic(code(LS6019))]
    Parquet {
        /// The file.
        file: String,
        /// What is wrong, and where.
        message: String,
        /// What to do about it.
        #[help]
        help: String,
    },

    /// `--strict`, and not everything could be used, or is there.
    #[error("{}", imperfection(*unusable, *absent))]
    #[diagnostic(code(LS6017))]
    Strict {
        /// How many values, rows and events cannot be used.
        unusable: u64,
        /// How many columns and rows that the rules read are not there.
        absent: u64,
        /// How to see them all, and what to do about it.
        #[help]
        help: &'static str,
    },

    /// No rules file is named, and no configuration names one.
    #[error("no rules file is named")]
    #[diagnostic(
        code(LS6018),
        help("name one, such as `rules.ls`, or write `rules = \"rules.ls\"` in a `leadscore.toml` here or above")
    )]
    NoRules,
}

impl Error {
    /// Whether it is the data that cannot be scored, rather than an argument, a mapping or a file that cannot be
    /// read or written.
    pub fn is_about_data(&self) -> bool {
        match self {
            Error::MissingColumn { .. }
            | Error::RepeatedColumn { .. }
            | Error::RepeatedContact { .. }
            | Error::ContactWithoutId { .. }
            | Error::Malformed { .. }
            | Error::NotText { .. }
            | Error::Parquet { .. }
            | Error::NotOneContact { .. }
            | Error::Garbled { .. }
            | Error::Strict { .. } => true,
            Error::Read { .. }
            | Error::Write { .. }
            | Error::UnknownFormat { .. }
            | Error::Config { .. }
            | Error::UnknownKey { .. }
            | Error::Set { .. }
            | Error::NoContacts
            | Error::NoEvents { .. }
            | Error::ManyEvents { .. }
            | Error::NoTable { .. }
            | Error::FieldForColumn { .. }
            | Error::UnseenInColumn { .. }
            | Error::NoClient { .. }
            | Error::Database { .. }
            | Error::StdinTwice
            | Error::NoRules => false,
        }
    }

    /// Whether the reader of the output went away, as `head` does: no reason to complain.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Error::Write { cause, .. } if cause.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// What stands in the place of an id.
fn no_id(written: &str) -> String {
    match written {
        "" => "missing".to_owned(),
        written => format!("`{written}`, which is no id"),
    }
}

/// What is wrong with data that had to be perfect.
fn imperfection(unusable: u64, absent: u64) -> String {
    let parts = |count: u64| {
        if count == 1 {
            "1 part".to_owned()
        } else {
            format!("{count} parts")
        }
    };
    let are = if absent == 1 { "is" } else { "are" };
    match (unusable, absent) {
        (_, 0) => format!("{} of the data cannot be used", parts(unusable)),
        (0, _) => format!("{} of the data that the rules read {are} not there", parts(absent)),
        _ => format!(
            "{} of the data cannot be used, and {absent} that the rules read {are} not there",
            parts(unusable)
        ),
    }
}

/// What is wrong with the ids of a table.
fn not_one(id: Option<&str>) -> String {
    match id {
        Some(id) => format!("the contact `{id}` comes twice in the table"),
        None => "a contact in the table has no id".to_owned(),
    }
}

/// What the system says, in words for people where it is a usual thing.
pub fn words(cause: &io::Error) -> String {
    match cause.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => cause.to_string(),
    }
}
