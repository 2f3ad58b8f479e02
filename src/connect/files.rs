//! Files: read whole or as a stream, written whole or not at all. `-` is standard input or output.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Error;
use crate::source::Source;
use crate::suggest;

/// Whether a path means standard input or output.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a text file, such as rules. A byte order mark stays; bytes that are not UTF-8 are an error.
pub fn read_source(path: &Path) -> Result<Source, Error> {
    let name = display(path);
    let mut bytes = Vec::new();
    open(path)?
        .read_to_end(&mut bytes)
        .map_err(|cause| unreadable(path, cause))?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Source::new(&name, text)),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Err(Error::NotText {
                file: name,
                line: 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64,
                encoding: "UTF-8".to_owned(),
                help: "save it as UTF-8; the editor calls this the encoding".to_owned(),
            })
        }
    }
}

/// Opens a file, or standard input, for reading.
pub fn open(path: &Path) -> Result<Box<dyn Read + Send>, Error> {
    if is_standard(path) {
        return Ok(Box::new(io::stdin()));
    }
    if path.is_dir() {
        return Err(unreadable(path, io::Error::other("it is a directory")));
    }
    match File::open(path) {
        Ok(file) => Ok(Box::new(file)),
        Err(cause) => Err(unreadable(path, cause)),
    }
}

/// Whether two paths lead to one file, so that writing the one would lose the other. A pipe or a device loses nothing.
/// For reading, `-` is the file that standard input comes from.
pub fn is_same_file(read: &Path, written: &Path) -> bool {
    let read = if is_standard(read) {
        Path::new("/dev/stdin")
    } else {
        read
    };
    match (fs::metadata(read), fs::metadata(written)) {
        (Ok(one), Ok(other)) => one.is_file() && other.is_file() && (is_one(&one, &other) || leads_to(read, written)),
        // Neither is there yet.
        (Err(_), Err(_)) => leads_to(read, written),
        _ => false,
    }
}

/// Whether two files have one place on a disk, as hard links do.
#[cfg(unix)]
fn is_one(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_one(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    false
}

/// Whether two paths are one, without links and detours.
fn leads_to(one: &Path, other: &Path) -> bool {
    let place = |path: &Path| {
        let whole = fs::canonicalize(path).ok();
        whole.or_else(|| Some(fs::canonicalize(folder_of(path)).ok()?.join(path.file_name()?)))
    };
    place(one).is_some_and(|place_of_one| Some(place_of_one) == place(other))
}

/// The folder in which a file stands.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The name of a file as messages show it.
pub fn display(path: &Path) -> String {
    if is_standard(path) {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    }
}

pub(crate) fn unreadable(path: &Path, cause: io::Error) -> Error {
    let help = match cause.kind() {
        io::ErrorKind::NotFound => neighbour(path).map(|name| format!("did you mean `{name}`?")),
        _ => None,
    };
    Error::Read {
        file: display(path),
        cause,
        help,
    }
}

/// The file beside a missing one whose name is nearest to it.
fn neighbour(path: &Path) -> Option<String> {
    let names: Vec<String> = fs::read_dir(folder_of(path))
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let nearest = suggest::nearest(path.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(path.with_file_name(nearest).display().to_string())
}

/// Writes a file whole or not at all; standard output as it is.
pub fn write(path: &Path, contents: &[u8]) -> Result<(), Error> {
    let mut output = Output::create(path)?;
    output.write_all(contents).map_err(|cause| output.failed(cause))?;
    output.finish()
}

/// A file being written: in its place once [finished](Self::finish), and never by half.
///
/// What is no regular file (standard output, a pipe, a device) is written as it comes.
pub struct Output {
    name: String,
    place: Place,
}

enum Place {
    Direct(BufWriter<Box<dyn Write + Send>>),
    Replacing {
        temporary: BufWriter<NamedTempFile>,
        target: PathBuf,
    },
}

impl Output {
    /// Begins a file. What stands there stays until the new one is finished.
    pub fn create(path: &Path) -> Result<Output, Error> {
        let name = if is_standard(path) {
            "<stdout>".to_owned()
        } else {
            path.display().to_string()
        };
        let place = begin(path).map_err(|cause| Error::Write {
            file: name.clone(),
            cause,
        })?;
        Ok(Output { name, place })
    }

    /// Ends the file and puts it in its place, with the permissions of the one that stood there.
    pub fn finish(mut self) -> Result<(), Error> {
        self.flush().map_err(|cause| self.failed(cause))?;
        let Place::Replacing { temporary, target } = self.place else {
            return Ok(());
        };
        temporary
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .and_then(|file| Ok(file.persist(&target)?))
            .map(drop)
            .map_err(|cause| Error::Write { file: self.name, cause })
    }

    /// The file's name as messages show it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The temporary file that will take the place of the old one, for whoever ends the program before it is finished.
    pub fn temporary(&self) -> Option<&Path> {
        match &self.place {
            Place::Direct(_) => None,
            Place::Replacing { temporary, .. } => Some(temporary.get_ref().path()),
        }
    }

    /// The error for a failed write to this file.
    pub fn failed(&self, cause: io::Error) -> Error {
        Error::Write {
            file: self.name.clone(),
            cause,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.place {
            Place::Direct(writer) => writer.write(bytes),
            Place::Replacing { temporary, .. } => temporary.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.place {
            Place::Direct(writer) => writer.flush(),
            Place::Replacing { temporary, .. } => temporary.flush(),
        }
    }
}

fn begin(path: &Path) -> io::Result<Place> {
    if is_standard(path) {
        return Ok(Place::Direct(BufWriter::new(Box::new(io::stdout()))));
    }
    // The file that a link leads to is replaced, not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let existing = fs::metadata(&target).ok();
    match &existing {
        Some(there) if there.is_dir() => return Err(io::Error::other("it is a directory")),
        Some(there) if !there.is_file() => {
            let device = fs::OpenOptions::new().write(true).open(&target)?;
            return Ok(Place::Direct(BufWriter::new(Box::new(device))));
        }
        _ => {}
    }
    let temporary = temporary_in(folder_of(&target))?;
    if let Some(there) = existing {
        temporary.as_file().set_permissions(there.permissions())?;
    }
    Ok(Place::Replacing {
        temporary: BufWriter::new(temporary),
        target,
    })
}

/// A temporary file with the permissions of any new file, not the narrow ones of a secret.
fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".leadscore-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_finished_leaves_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.csv");
        write(&path, b"old").unwrap();
        let mut output = Output::create(&path).unwrap();
        output.write_all(b"new").unwrap();
        drop(output);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn a_replaced_file_keeps_its_permissions_and_its_link() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("result.csv"), folder.path().join("link.csv"));
        write(&path, b"old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[test]
    fn a_missing_file_names_its_neighbour() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("contacts.csv"), b"id").unwrap();
        let error = read_source(&folder.path().join("contact.csv")).unwrap_err();
        let Error::Read { help: Some(help), .. } = error else {
            panic!("{error}");
        };
        assert!(help.ends_with("contacts.csv`?"), "{help}");
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_an_error_with_their_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules.ls");
        write(&path, b"# one\n# two\n# \xE9\n").unwrap();
        let error = read_source(&path).unwrap_err();
        assert!(matches!(error, Error::NotText { line: 3, .. }), "{error}");
    }
}
