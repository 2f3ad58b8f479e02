//! Data in and out: CSV, JSON Lines, JSON, and the configuration that maps them.

mod absent;
#[cfg_attr(
    not(feature = "parquet"),
    expect(dead_code, reason = "typed values come from formats that have types")
)]
mod block;
mod cell;
mod choice;
mod chunks;
mod client;
mod config;
mod contact_columns;
mod contacts;
mod csv_rows;
mod data;
mod dates;
mod decode;
mod error;
mod event_columns;
mod event_files;
mod events;
mod files;
mod format;
#[cfg_attr(
    all(not(feature = "parquet"), not(test)),
    expect(dead_code, reason = "the library that panics is that of Parquet")
)]
mod guard;
mod habits;
mod holders;
mod intake;
mod json_array;
mod json_events;
mod json_keys;
mod json_rows;
mod json_text;
mod kinds;
mod lines;
mod marks;
#[cfg(feature = "parquet")]
mod parquet;
mod project;
mod read_csv;
mod read_json;
mod stream;
mod tables;
mod write_csv;
mod write_json;

pub use absent::{Absent, AbsentColumn, AbsentEvent, EmptyFile, RowKind, StrangeKey};
pub use client::{Access, Client};
pub use config::{CONFIG_NAME, Config, ContactsFile, DecimalMark, Delimiter, Encoding, EventName, EventsFile};
pub use contacts::Part;
pub use data::{Single, comes_in_parts, read, read_contacts, read_events, read_in_parts, read_one};
pub use dates::DateFormat;
pub use error::{Error, words};
pub use files::{Output, display, is_same_file, is_standard, open, read_source, write};
pub use format::{InputFormat, OutputFormat, Parts, Results, TextFormat, left_out};
pub use guard::is_guarded;
pub use intake::{Example, Intake, RejectKind, Rejected};
pub use project::{DataArguments, find_config};
pub use tables::{ColumnType, TableName};
