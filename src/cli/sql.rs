//! `leadscore sql`: the rules as a query for a database.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::connect::{self, Config, DataArguments, TableName};
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::plan::Plan;
use crate::sql::{self, AsOf, Create, DialectName, Refusal, Request, Table};

use super::apart::{self, Read, Written};
use super::clock;
use super::console::Console;
use super::data;
use super::dbt;
use super::failure::Failure;
use super::findings::Findings;
use super::rules::RulesArg;
use super::target::Target;

/// Write the rules as one query that gives the same result in a database
///
/// The query reads a table of contacts and one or several of events, by the names of columns that `leadscore.toml` gives,
/// and has the columns of `leadscore score`. What a database cannot say exactly is an error that names the rule.
#[derive(Debug, clap::Args)]
pub(crate) struct Sql {
    #[command(flatten)]
    rules: RulesArg,
    /// The database
    #[arg(long, value_name = "NAME", value_parser = dialect())]
    dialect: DialectName,
    /// The table of contacts, such as `crm.contacts`, in place of that of `leadscore.toml`; `contacts` where none is given
    #[arg(long, value_name = "TABLE", value_parser = table)]
    contacts: Option<TableName>,
    /// The table of events, in place of that of `leadscore.toml`; `events` where none is given
    #[arg(long, value_name = "TABLE", value_parser = table)]
    events: Option<TableName>,
    /// The day of scoring, such as 2026-11-01, or `current` for the day on which the query runs. Where none is given: today,
    /// and for a view the day on which it is read
    #[arg(long, value_name = "DAY", value_parser = as_of)]
    as_of: Option<Day>,
    /// A key of `leadscore.toml` with its value, such as `contacts.id=lead_id`, as often as needed
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Make a view or a table of the query: `--create view scores`. With `--dbt` it is the model's name, and what dbt
    /// makes of it
    #[arg(long, num_args = 2, value_names = ["KIND", "NAME"])]
    create: Option<Vec<String>>,
    /// Write a model of dbt into this folder: NAME.sql, which reads `ref(…)` or `source(…)` in place of tables, and
    /// NAME.yml with a unit test for each test of the rules. The variable `as_of` is the day of scoring, and `--as-of`
    /// that of a run without it
    #[arg(long, value_name = "FOLDER", conflicts_with = "output")]
    dbt: Option<PathBuf>,
    /// Add a column that names the rules that gave points
    #[arg(long)]
    with_reasons: bool,
    /// The file to write, whole or not at all; `-` for standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// When a query scores.
#[derive(Clone, Copy, Debug)]
enum Day {
    Given(crate::calendar::Day),
    Current,
}

impl Sql {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        let arguments = DataArguments {
            set: self.set.clone(),
            ..DataArguments::default()
        };
        let config = Config::load(self.rules.named(), &arguments)?;
        if let Some(folder) = &self.dbt {
            let model = self.rules.model_with_tests(&config, console)?;
            return dbt::write(folder, &model, &self.request(&model, &config)?, console);
        }
        let (model, files) = self.rules.read(&config, console)?;
        self.keep_apart(&config, files)?;
        let request = self.request(&model, &config)?;
        match sql::compile(&model, &Plan::new(&model), &request) {
            Ok(query) => {
                Target::new(self.output.as_deref()).write(console, |output| output.write_all(query.as_bytes()))
            }
            Err(refusals) => Err(refused(&model, &refusals, console)),
        }
    }

    /// Refuses to write the query over a file that is read.
    fn keep_apart(&self, config: &Config, mut read: Vec<Read>) -> Result<(), Failure> {
        read.extend(Read::configuration(config));
        let path = self.output.as_deref().filter(|path| !connect::is_standard(path));
        let option = "--output";
        let written = path.map(|path| Written { option, path });
        apart::keep_apart(written.as_slice(), &read)
    }

    fn request(&self, model: &Model, config: &Config) -> Result<Request, Failure> {
        let dialect = self.dialect;
        let create = self.create.as_deref().map(create).transpose()?;
        let is_computed_later = self.dbt.is_some() || matches!(create, Some((Create::View, _)));
        let as_of = match self.as_of {
            Some(Day::Given(day)) => AsOf::Day(day),
            None if !is_computed_later => AsOf::Day(clock::today(model.zone)),
            Some(Day::Current) | None => AsOf::Today(model.zone),
        };
        let tables = config.tables(self.contacts.clone(), self.events.clone())?;
        if let (Some((_, made)), None) = (&create, &self.dbt)
            && tables.contains(made)
        {
            let failure = Failure::usage("the query would take the place of a table that it reads");
            return Err(failure.with_help("give `--create` another name"));
        }
        let day = match as_of {
            AsOf::Day(day) => format!("as of {day}"),
            AsOf::Today(zone) => format!("as of the day on which it runs, in {}", zone.name()),
            AsOf::Template(written) => format!("as of {written}"),
        };
        let day = match self.dbt {
            Some(_) => format!("as of the variable `as_of`; where it is not set, {day}"),
            None => day,
        };
        let rules = match &model.name {
            Some(name) => format!("{name} ({})", model.source.name()),
            None => model.source.name().to_owned(),
        };
        Ok(Request {
            dialect,
            as_of,
            tables,
            reasons: self.with_reasons,
            create,
            heading: vec![
                format!(
                    "{rules}, {day}. Written by leadscore for {}; the rules are the place to change it.",
                    dialect.title()
                ),
                "Points and scores are whole numbers of ten-thousandths up to the result.".to_owned(),
            ],
        })
    }
}

/// Shows what a dialect cannot say.
pub(super) fn refused(model: &Model, refusals: &[Refusal], console: &Console) -> Failure {
    let mut findings = Findings::default();
    findings.add(&model.source, Diagnostic::all(refusals, &model.source, |_| None));
    console.tell(&findings.draw(console.err));
    console.tell(&findings.summary(console.err));
    Failure::Findings
}

fn create(arguments: &[String]) -> Result<(Create, Table), Failure> {
    let [kind, name] = arguments else {
        return Err(Failure::usage("`--create` takes a kind and a name"));
    };
    let kind = match kind.as_str() {
        "view" => Create::View,
        "table" => Create::Table,
        other => {
            let failure = Failure::usage(format!("`{other}` cannot be made of a query"));
            return Err(failure.with_help("write `--create view NAME` or `--create table NAME`"));
        }
    };
    let table = Table::named(name).ok_or_else(|| Failure::usage(format!("`{name}` is no name of a table or view")))?;
    Ok((kind, table))
}

/// The dialects by their names, which help and completions list.
fn dialect() -> impl TypedValueParser<Value = DialectName> {
    let names = DialectName::all().map(DialectName::name);
    PossibleValuesParser::new(names).try_map(|name| DialectName::named(&name).ok_or("no such dialect"))
}

fn table(name: &str) -> Result<TableName, String> {
    TableName::try_from(name.to_owned())
}

fn as_of(text: &str) -> Result<Day, String> {
    match text {
        "current" => Ok(Day::Current),
        text => data::day(text).map(Day::Given),
    }
}
