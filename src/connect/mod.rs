//! Data in and out: CSV, JSON Lines, JSON, and the configuration that maps them.

mod batches;
mod cell;
mod config;
mod contacts;
mod data;
mod dates;
mod decode;
mod error;
mod events;
mod files;
mod format;
mod intake;
mod nested;
mod project;
mod read_csv;
mod read_json;
mod row;
mod stream;
mod write_csv;
mod write_json;

pub use config::{CONFIG_NAME, Config, ContactsFile, DecimalMark, Delimiter, Encoding, EventName, EventsFile};
pub use data::{Single, read, read_one};
pub use dates::DateFormat;
pub use error::Error;
pub use files::{Output, display, is_standard, open, read_source, write};
pub use format::{InputFormat, OutputFormat, Results};
pub use intake::{AbsentField, Example, Intake, RejectKind, Rejected};
pub use project::{DataArguments, find_config};
