//! Opens a file of data as a stream of UTF-8, and says what is wrong when the stream breaks off.

use std::io::{self, BufRead};
use std::path::Path;

use super::config::Encoding;
use super::decode::{Likely, Undecodable, as_utf8};
use super::format::InputFormat;
use super::{Error, files};

/// A file, or standard input, as UTF-8.
pub(super) fn open(path: &Path, encoding: Encoding) -> Result<Box<dyn BufRead + Send>, Error> {
    as_utf8(files::open(path)?, encoding.0).map_err(|error| failed(&files::display(path), error))
}

/// Why a stream broke off.
pub(super) fn failed(file: &str, error: io::Error) -> Error {
    let undecodable = error.get_ref().and_then(|inner| inner.downcast_ref::<Undecodable>());
    match undecodable {
        Some(undecodable) => Error::NotText {
            file: file.to_owned(),
            line: undecodable.line,
            encoding: undecodable.encoding.to_owned(),
            help: match undecodable.likely {
                Some(likely) => advice(file, likely),
                None => "write the encoding that the file has as `encoding` in `leadscore.toml`".to_owned(),
            },
        },
        None => Error::Read {
            file: file.to_owned(),
            cause: error,
            help: None,
        },
    }
}

/// How to read what the first bytes say that a file is.
fn advice(file: &str, likely: Likely) -> String {
    match likely {
        Likely::Encoded(encoding) => {
            format!("its first bytes say what it is: write `encoding = \"{encoding}\"` in `leadscore.toml`")
        }
        Likely::Compressed(unpack) => unpacked(file, unpack),
        Likely::Parquet => "it is a Parquet file: `--input-format parquet`".to_owned(),
        Likely::Archive => "it is an archive, perhaps a workbook: save the sheet as CSV".to_owned(),
    }
}

/// How to read a file that is compressed. Below the ending that says so, its name often tells the format.
pub(super) fn unpacked(file: &str, unpack: &str) -> String {
    if file == files::display(Path::new("-")) {
        return format!("it is compressed: unpack it before, with `{unpack}`");
    }
    let inner = Path::new(file).file_stem().map(Path::new);
    let format = inner.and_then(InputFormat::of).map_or("csv", InputFormat::name);
    format!("it is compressed: `{unpack} {file} | leadscore score --contacts - --input-format {format}`")
}

/// The error for a line that is not UTF-8.
pub(super) fn not_utf8(file: &str, line: u64) -> Error {
    Error::NotText {
        file: file.to_owned(),
        line,
        encoding: "UTF-8".to_owned(),
        help: "write the encoding that the file has in `leadscore.toml`; for an export of Excel that is often \
               `encoding = \"windows-1252\"`"
            .to_owned(),
    }
}
