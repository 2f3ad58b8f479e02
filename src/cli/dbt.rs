//! `leadscore sql --dbt`: the rules as a model of dbt, in two files of a folder.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::connect::Output;
use crate::model::Model;
use crate::plan::Plan;
use crate::sql::{self, Create, DbtError, DbtModel, DbtRequest, Request, Table};
use crate::testing;

use super::console::Console;
use super::failure::Failure;
use super::sql::refused;
use super::target;

/// Writes the model of dbt for some rules whose tests pass, and tells what is in it.
pub(super) fn write(folder: &Path, model: &Model, request: &Request, console: &Console) -> Result<(), Failure> {
    let (materialized, name) = match &request.create {
        Some((kind, table)) => (*kind, one_part(table)?),
        None => (Create::View, sql::dbt_name(model, stem(model))),
    };
    passes(model, console)?;
    let wanted = DbtRequest {
        name: &name,
        materialized,
        query: request,
    };
    let made = sql::dbt(model, &Plan::new(model), &wanted).map_err(|error| failure(model, &error, console))?;
    fs::create_dir_all(folder).map_err(|error| Failure::unwritable(folder, &error))?;
    let files = [
        (format!("{name}.sql"), &made.query),
        (format!("{name}.yml"), &made.properties),
    ];
    let written = files.iter().map(|(file, text)| begun(&folder.join(file), text));
    // Neither takes the place of an old one before both are written.
    for output in written.collect::<Result<Vec<Output>, Failure>>()? {
        output.finish()?;
    }
    tell(folder, &name, &made, console);
    Ok(())
}

/// The name of a model, where a table's name is one.
fn one_part(table: &Table) -> Result<String, Failure> {
    match table {
        Table::Named(parts) if parts.len() == 1 => Ok(parts.concat()),
        Table::Named(_) | Table::Template(_) => {
            let failure = Failure::usage("a dbt model has a name of one part");
            Err(failure.with_help("write `--create view NAME`; dbt's configuration says in which schema it stands"))
        }
    }
}

/// What the rules file is called, without its ending; nothing for standard input.
fn stem(model: &Model) -> Option<&str> {
    let name = model.source.name();
    let file = Path::new(name).file_stem().and_then(|stem| stem.to_str());
    file.filter(|_| !name.starts_with('<'))
}

/// Whether all tests pass: a unit test expects what the rules give.
fn passes(model: &Model, console: &Console) -> Result<(), Failure> {
    let report = testing::run(model);
    let (failed, all) = (report.failed(), report.outcomes.len());
    if failed == 0 {
        return Ok(());
    }
    console.tell(&format!(
        "{}: {failed} of {all} tests fail, and each would be a unit test of dbt",
        console.err.bad("error")
    ));
    console.tell(&format!("{}: `leadscore test` shows which", console.err.good("help")));
    Err(Failure::Findings)
}

fn failure(model: &Model, error: &DbtError, console: &Console) -> Failure {
    match error {
        DbtError::Refused(refusals) => refused(model, refusals, console),
        other => {
            let failure = Failure::usage(other.to_string());
            match other.help() {
                Some(help) => failure.with_help(help),
                None => failure,
            }
        }
    }
}

/// A file that is written and not yet in its place.
fn begun(path: &Path, text: &str) -> Result<Output, Failure> {
    let mut output = target::create(path)?;
    output
        .write_all(text.as_bytes())
        .map_err(|error| output.failed(error))?;
    Ok(output)
}

fn tell(folder: &Path, name: &str, made: &DbtModel, console: &Console) {
    let unit_tests = match made.unit_tests {
        1 => "1 unit test".to_owned(),
        several => format!("{several} unit tests"),
    };
    console.note(&format!(
        "wrote {name}.sql and {name}.yml in `{}`: {unit_tests}",
        folder.display()
    ));
    for left in &made.left_out {
        console.warn(&format!("the test `{}` is no unit test: {}", left.test, left.why));
    }
}
