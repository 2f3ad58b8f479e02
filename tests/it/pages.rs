//! The pages of the syntax diagnostics: what fails gives the page's code, what is to be written instead gives none.

use std::fs;
use std::path::Path;

use leadscore::source::Source;
use leadscore::syntax;
use miette::Diagnostic;

#[test]
fn examples_of_syntax_pages_are_what_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let mut pages = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if code.starts_with("LS1") {
            let page = fs::read_to_string(&path).unwrap();
            let (fails, instead) = page.split_once("## Write instead").unwrap();
            for block in blocks(fails) {
                assert!(codes(block).contains(&code), "{code}: {:?} in {block}", codes(block));
            }
            for block in blocks(instead) {
                assert_eq!(codes(block), [""; 0], "{code}: {block}");
            }
            pages += 1;
        }
    }
    assert!(pages > 0);
}

fn blocks(page: &str) -> impl Iterator<Item = &str> {
    page.split("```leadscore\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
}

fn codes(text: &str) -> Vec<String> {
    let errors = syntax::parse(&Source::new("page.ls", text)).errors;
    let codes = errors.iter().filter_map(Diagnostic::code);
    codes.map(|code| code.to_string()).collect()
}
