//! `leadscore init`: a starter project, rules and data to play with.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::calendar::{Day, Period, Unit, Zone};

use super::clock;
use super::console::Console;
use super::failure::Failure;

/// Start a project: rules, their tests, a configuration and a little data
///
/// Files that are there already stay as they are, and nothing is written beside them.
#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// The folder, made where there is none
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// The files of the project. In the events, `{3}` stands for the day three days ago.
const FILES: &[(&str, &str)] = &[
    ("rules.ls", include_str!("starter/rules.ls")),
    ("rules_test.ls", include_str!("starter/rules_test.ls")),
    ("leadscore.toml", include_str!("starter/leadscore.toml")),
    ("contacts.csv", include_str!("starter/contacts.csv")),
    ("events.csv", include_str!("starter/events.csv")),
];

impl Init {
    pub(crate) fn run(&self, console: &Console) -> Result<(), Failure> {
        let present = FILES
            .iter()
            .map(|(name, _)| self.folder.join(name))
            .find(|path| path.symlink_metadata().is_ok());
        if let Some(path) = present {
            let failure = Failure::usage(format!("`{}` is there already", path.display()));
            return Err(failure.with_help("name an empty folder, such as `leadscore init scoring`"));
        }
        fs::create_dir_all(&self.folder).map_err(|error| Failure::unwritable(&self.folder, &error))?;
        let today = clock::today(Zone::UTC);
        for (name, text) in FILES {
            let path = self.folder.join(name);
            create(&path, &with_days(text, today)).map_err(|error| Failure::unwritable(&path, &error))?;
        }
        console.note(&self.welcome());
        Ok(())
    }

    fn welcome(&self) -> String {
        let names: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        let enter = match self.folder == Path::new(".") {
            true => String::new(),
            false => format!("  cd {}\n", self.folder.display()),
        };
        format!(
            "wrote {} in `{}`. Try:\n\n{enter}  leadscore score\n  leadscore explain --contact ada\n  leadscore test",
            names.join(", "),
            self.folder.display()
        )
    }
}

/// Writes a file that must not be there.
fn create(path: &Path, text: &str) -> std::io::Result<()> {
    fs::File::create_new(path)?.write_all(text.as_bytes())
}

/// Puts days in the place of `{3}`: the starter's events are always recent ones.
fn with_days(text: &str, today: Day) -> String {
    let mut parts = text.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let ago = part
            .split_once('}')
            .and_then(|(days, rest)| Some((days.parse::<i64>().ok()?, rest)));
        match ago {
            Some((days, rest)) => filled.push_str(&format!("{}{rest}", today.minus(days, Period::one(Unit::Day)))),
            None => filled.push_str(&format!("{{{part}")),
        }
    }
    filled
}
