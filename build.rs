//! Builds again when a page of the diagnostics comes or goes: the pages are part of the program.

fn main() {
    println!("cargo::rerun-if-changed=docs/diagnostics");
}
