//! Ctrl-C: nothing half-written stays behind.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The temporary files of this run.
static UNFINISHED: OnceLock<Mutex<Vec<PathBuf>>> = OnceLock::new();

/// The exit code of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Sees to it that Ctrl-C removes a temporary file. (One that has taken its final name is no longer there.)
pub(crate) fn removes(path: &Path) {
    let unfinished = UNFINISHED.get_or_init(|| {
        // Without a handler Ctrl-C ends the program all the same.
        let _ = ctrlc::set_handler(end);
        Mutex::default()
    });
    let mut paths = unfinished.lock().unwrap_or_else(PoisonError::into_inner);
    paths.push(path.to_owned());
}

fn end() {
    let paths = UNFINISHED
        .get()
        .map(|paths| paths.lock().unwrap_or_else(PoisonError::into_inner));
    for path in paths.iter().flat_map(|paths| paths.iter()) {
        let _ = std::fs::remove_file(path);
    }
    std::process::exit(INTERRUPTED);
}
