//! The text of a snapshot: a head, then a paragraph for each contact.
//!
//! `contact` stands before each id so that the heads of git's hunks, which are lines that begin with a letter, tell whose
//! lines they show.

use std::io::{self, Write};

use super::text::{line, word};
use super::{Contact, Outcome, Rules, Snapshot, Step, Value};

/// The first words of every snapshot, before the number of its format.
pub(super) const TITLE: &str = "leadscore snapshot";

/// The format that is written, and the newest that is read.
pub(super) const FORMAT: u32 = 1;

/// Writes the text of a snapshot.
pub fn write(snapshot: &Snapshot, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "{TITLE} {FORMAT}")?;
    writeln!(to, "as of {}", snapshot.as_of)?;
    writeln!(to, "contacts {}", snapshot.contacts.len())?;
    for file in &snapshot.data {
        writeln!(to, "data {} {}", word(&file.name), file.fingerprint)?;
    }
    rules(&snapshot.rules, to)?;
    for one in &snapshot.contacts {
        contact(&snapshot.rules, one, to)?;
    }
    Ok(())
}

fn rules(rules: &Rules, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "rules {}", rules.fingerprint)?;
    for score in &rules.scores {
        match &score.formula {
            Some(formula) => writeln!(to, "  {} = {}", word(&score.name), line(formula))?,
            None => writeln!(to, "  {}", word(&score.name))?,
        }
        for rule in &score.rules {
            writeln!(to, "    {} {}", rule.fingerprint, line(&rule.title))?;
        }
    }
    for class in &rules.classes {
        writeln!(to, "  {} is", word(class))?;
    }
    Ok(())
}

fn contact(rules: &Rules, contact: &Contact, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "\ncontact {}", line(&contact.id))?;
    let scored = match &contact.result {
        Outcome::Excluded { reason } => return writeln!(to, "  excluded {}", line(reason)),
        Outcome::Scored(scored) => scored,
    };
    for (score, of) in rules.scores.iter().zip(&scored.values) {
        value(&word(&score.name), of, to)?;
    }
    for (class, label) in rules.classes.iter().zip(&scored.classes) {
        if let Some(label) = label {
            writeln!(to, "  {} is {}", word(class), line(label))?;
        }
    }
    Ok(())
}

fn value(name: &str, value: &Value, to: &mut dyn Write) -> io::Result<()> {
    match &value.band {
        Some(band) => writeln!(to, "  {name} {} {}", value.value, line(band))?,
        None => writeln!(to, "  {name} {}", value.value)?,
    }
    for Step { title, points } in value.steps.iter().chain(&value.clamp) {
        writeln!(to, "    {} {}", points.signed(), line(title))?;
    }
    Ok(())
}
