//! The pages of the diagnostics: the long story of each code, part of the program.

use include_dir::{Dir, include_dir};

static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/diagnostics");

/// The page of a code, in Markdown; `None` where no diagnostic has this code.
pub fn page(code: &str) -> Option<&'static str> {
    PAGES.get_file(format!("{code}.md"))?.contents_utf8()
}

/// The title of a code's page.
pub fn title(code: &str) -> Option<&'static str> {
    let first = page(code)?.lines().next()?;
    let title = first.trim_start_matches('#').trim();
    let after_code = title.strip_prefix(code).unwrap_or(title);
    Some(after_code.trim_start_matches([':', '—', '-', ' ']))
}

/// All codes that have a page, in ascending order.
pub fn codes() -> Vec<&'static str> {
    let names = PAGES.files().filter_map(|file| file.path().file_name()?.to_str());
    let mut codes: Vec<&str> = names
        .filter_map(|name| name.strip_suffix(".md"))
        .filter(|code| code.starts_with("LS"))
        .collect();
    codes.sort_unstable();
    codes
}
