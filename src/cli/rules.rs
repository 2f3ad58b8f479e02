//! Rules files: which ones are meant, and what is wrong with them and the tests beside them.

use std::path::{Path, PathBuf};

use crate::connect::{self, Config, DataArguments, find_config};
use crate::model::Model;
use crate::source::Source;

use super::apart::Read;
use super::console::Console;
use super::failure::Failure;
use super::place::Place;
use super::reading::Reading;

/// The rules of a command that reads one rules file.
#[derive(Debug, clap::Args)]
pub(crate) struct RulesArg {
    /// The rules file; `-` for standard input, `REVISION:PATH` for a file as it was in git. Where none is given, that
    /// of the `leadscore.toml` here or above
    #[arg(value_name = "RULES")]
    pub(crate) rules: Option<PathBuf>,
}

impl RulesArg {
    /// Where the configuration is looked for: beside the rules that are named.
    pub(crate) fn named(&self) -> Option<&Path> {
        self.rules.as_deref()
    }

    /// The model of the rules that are named, or those of the configuration; errors are shown.
    pub(crate) fn model(&self, config: &Config, console: &Console) -> Result<Model, Failure> {
        Ok(self.read(config, console)?.0)
    }

    /// The [model](Self::model) with the tests beside the rules.
    pub(crate) fn model_with_tests(&self, config: &Config, console: &Console) -> Result<Model, Failure> {
        let rules = Place::new(&config.rules_file(self.named())?);
        Reading::new(&Project::new(rules))?.into_model(console)
    }

    /// The [model](Self::model), and the files from which it was made.
    pub(crate) fn read(&self, config: &Config, console: &Console) -> Result<(Model, Vec<Read>), Failure> {
        let rules = Place::new(&config.rules_file(self.named())?);
        if rules == Place::Stdin && reads_stdin(config) {
            return Err(connect::Error::StdinTwice.into());
        }
        let (file, tests) = (rules.file().map(Path::to_owned), Vec::new());
        let mut reading = Reading::new(&Project { rules, tests })?;
        let lists = std::mem::take(&mut reading.lists).into_iter();
        let lists = lists.map(|path| ("a list that the rules read", path));
        let files = file.map(|path| ("the rules", path)).into_iter().chain(lists);
        let files = files.map(|(what, path)| Read { what, path }).collect();
        Ok((reading.into_model(console)?, files))
    }
}

/// Whether a file of data is standard input.
fn reads_stdin(config: &Config) -> bool {
    let events = config.events.iter().map(|file| &file.path);
    let paths = events.chain([&config.contacts.path]).flatten();
    paths.into_iter().any(|path| connect::is_standard(path))
}

/// What files of tests are called: `rules_test.ls`.
const TEST_ENDING: &str = "_test.ls";

/// Rules with the files of tests that belong to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Project {
    /// The rules.
    pub(crate) rules: Place,
    /// The files of tests, each once.
    pub(crate) tests: Vec<PathBuf>,
}

impl Project {
    /// Rules with the tests beside them.
    pub(crate) fn new(rules: Place) -> Project {
        let tests = rules.file().map(tests_beside).unwrap_or_default();
        Project { rules, tests }
    }

    /// The projects that some files make up: a rules file with the tests beside it; a file of tests alone with the
    /// rules to which it belongs. Where no file is named, that of the configuration.
    pub(crate) fn of(files: &[PathBuf]) -> Result<Vec<Project>, Failure> {
        if files.is_empty() {
            return Ok(vec![Project::new(configured(None)?)]);
        }
        let mut projects: Vec<Project> = Vec::new();
        for file in files {
            let project = match is_tests(file) {
                true => Project {
                    rules: rules_of(file)?,
                    tests: vec![file.clone()],
                },
                false => Project::new(Place::new(file)),
            };
            match projects.iter_mut().find(|known| known.rules == project.rules) {
                Some(known) => known.add(project.tests),
                None => projects.push(project),
            }
        }
        Ok(projects)
    }

    /// Adds files of tests.
    pub(crate) fn add(&mut self, tests: Vec<PathBuf>) {
        for test in tests {
            if !self.tests.contains(&test) {
                self.tests.push(test);
            }
        }
    }

    /// All its files.
    pub(crate) fn files(&self) -> Vec<Place> {
        let tests = self.tests.iter().cloned().map(Place::File);
        std::iter::once(self.rules.clone()).chain(tests).collect()
    }

    /// The texts of all its files, in their order.
    pub(crate) fn read(&self) -> Result<Vec<Source>, Failure> {
        self.files().iter().map(Place::read).collect()
    }
}

/// Whether a file holds nothing but tests, as its name says.
pub(crate) fn is_tests(file: &Path) -> bool {
    file.to_str().is_some_and(|name| name.ends_with(TEST_ENDING))
}

/// The rules of the configuration that holds beside a file, or in the current folder.
fn configured(beside: Option<&Path>) -> Result<Place, Failure> {
    let config = Config::load(beside, &DataArguments::default())?;
    Ok(Place::new(&config.rules_file(None)?))
}

/// The rules to which a file of tests belongs: those of its name, those of the configuration, or the only ones in its
/// folder.
fn rules_of(tests: &Path) -> Result<Place, Failure> {
    if let Some(rules) = namesake(tests) {
        return Ok(Place::File(rules));
    }
    if find_config(Some(tests)).is_some()
        && let Ok(place) = configured(Some(tests))
    {
        return Ok(place);
    }
    let beside = ls_files_beside(tests);
    let mut rules = beside.into_iter().filter(|file| !is_tests(file));
    match (rules.next(), rules.next()) {
        (Some(only), None) => Ok(Place::File(only)),
        _ => {
            let failure = Failure::usage(format!("no rules are named for the tests in `{}`", tests.display()));
            Err(failure.with_help(format!("name the rules before them: `RULES {}`", tests.display())))
        }
    }
}

/// `rules.ls` for `rules_test.ls`, where it is there.
fn namesake(tests: &Path) -> Option<PathBuf> {
    let name = tests.file_name()?.to_str()?.strip_suffix(TEST_ENDING)?;
    let rules = tests.with_file_name(format!("{name}.ls"));
    rules.is_file().then_some(rules)
}

/// The files of tests beside rules, but for those that belong to other rules by their name.
fn tests_beside(rules: &Path) -> Vec<PathBuf> {
    let mut tests = ls_files_beside(rules);
    tests.retain(|file| is_tests(file) && namesake(file).is_none_or(|namesake| namesake == rules));
    tests
}

/// The `.ls` files in the folder of a file, by name.
fn ls_files_beside(file: &Path) -> Vec<PathBuf> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.map(|entry| file.with_file_name(entry.file_name()));
    let mut files: Vec<PathBuf> = named
        .filter(|path| path.extension().is_some_and(|ending| ending == "ls") && path.is_file())
        .collect();
    files.sort();
    files
}
