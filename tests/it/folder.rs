//! What stands in a folder.

use std::fs;
use std::path::{Path, PathBuf};

/// The paths of what stands in a folder, in their order.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}
