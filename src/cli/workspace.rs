//! Paths as GitHub resolves them: from the top of the repository, whatever folder a step works in.

use std::path::{Component, Path, PathBuf};

use crate::diagnostic::Diagnostic;

/// The folder into which GitHub Actions has checked out the repository.
const TOP: &str = "GITHUB_WORKSPACE";

/// The diagnostic with its file named from the top of the repository, where it is in one that GitHub checked out.
pub(super) fn from_top(diagnostic: &Diagnostic) -> Diagnostic {
    let file = path_from_top(Path::new(&diagnostic.file));
    Diagnostic {
        file: file.unwrap_or_else(|| diagnostic.file.clone()),
        ..diagnostic.clone()
    }
}

/// The path of a file from the top of the repository; `None` where there is no such file, or it lies elsewhere.
fn path_from_top(file: &Path) -> Option<String> {
    let top = std::env::var_os(TOP).filter(|top| !top.is_empty())?;
    let name = file.file_name().filter(|_| file.is_file())?;
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // A file that is a link has its own name in the repository; its folder may be reached through links.
    let file: PathBuf = folder.canonicalize().ok()?.join(name);
    let below = file
        .strip_prefix(Path::new(&top).canonicalize().ok()?)
        .ok()?
        .components();
    let parts: Vec<_> = below
        .map(Component::as_os_str)
        .map(|part| part.to_string_lossy())
        .collect();
    Some(parts.join("/"))
}
