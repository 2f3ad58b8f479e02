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

/// What a code means, in the first paragraph of its page.
pub fn summary(code: &str) -> Option<&'static str> {
    let after_title = page(code)?.split_once("\n\n")?.1;
    after_title.split("\n\n").next().map(str::trim)
}

/// The address of a code's page at a code host, as of this version; `None` where the package names no repository.
pub fn address(repository: &str, code: &str) -> Option<String> {
    let version = env!("CARGO_PKG_VERSION");
    let repository = repository.trim_end_matches('/');
    (!repository.is_empty()).then(|| format!("{repository}/blob/v{version}/docs/diagnostics/{code}.md"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_a_title_a_summary_and_an_address_where_there_is_a_repository() {
        assert_eq!(title("LS2001"), Some("a name that nothing declares"));
        assert!(summary("LS2001").is_some_and(|summary| summary.starts_with("A file that declares")));
        assert_eq!(address("", "LS2001"), None);
        let address = address("https://host.test/leadscore/", "LS2001").unwrap();
        assert!(address.starts_with("https://host.test/leadscore/blob/v") && address.ends_with("/LS2001.md"));
        assert!(
            codes()
                .iter()
                .all(|code| title(code).is_some() && summary(code).is_some())
        );
    }
}
