//! Reads all data of a configuration: contacts first, and their events as they come.

use std::path::Path;

use super::batches::Batches;
use super::config::Config;
use super::format::{InputFormat, known_inputs};
use super::intake::Intake;
use super::{Error, contacts, events, files};
use crate::model::Model;
use crate::table::{Contacts, Events};

/// Reads the contacts, and gives their events to `each_batch`: first those that stand in the contacts' objects, then
/// the files of events in the order of the configuration. An event's contact is the contact's row, which is final.
///
/// What cannot be used is counted in `intake`, and is no error here: see [`Intake::strict`].
pub fn read(
    model: &Model,
    config: &Config,
    intake: &mut Intake,
    each_batch: &mut dyn FnMut(&Events),
) -> Result<Contacts, Error> {
    read_into(Batches::new(model, each_batch), config, intake)
}

/// One contact among all of them.
#[derive(Clone, Debug)]
pub struct Single {
    /// All contacts.
    pub contacts: Contacts,
    /// The row of the one; `None` where there is no such contact.
    pub row: Option<u32>,
    /// Its events, and no others.
    pub events: Events,
}

/// Reads the contacts, and of the events only those of the contact with this id: the others take no memory.
pub fn read_one(model: &Model, config: &Config, intake: &mut Intake, id: &str) -> Result<Single, Error> {
    let mut events = Events::new(model.property_types());
    let mut keep = |batch: &Events| events = batch.clone();
    let id = id.trim();
    let contacts = read_into(Batches::of_one(model, id, &mut keep), config, intake)?;
    let row = contacts.row(id);
    Ok(Single { contacts, row, events })
}

fn read_into(mut batches: Batches<'_>, config: &Config, intake: &mut Intake) -> Result<Contacts, Error> {
    let model = batches.model();
    let path = config.contacts.path.as_deref().ok_or(Error::NoContacts)?;
    let format = format(path, config.contacts.format)?;
    let event_formats = event_formats(config)?;
    let contacts = contacts::read(&config.contacts, format, model, intake, &mut batches)?;
    for (file, format) in config.events.iter().zip(event_formats) {
        events::read(file, format, &contacts, intake, &mut batches)?;
    }
    batches.finish();
    Ok(contacts)
}

/// The formats of the files of events. All is asked before the first file is opened.
fn event_formats(config: &Config) -> Result<Vec<InputFormat>, Error> {
    let mut paths = vec![config.contacts.path.as_deref()];
    let mut formats = Vec::new();
    for (at, file) in config.events.iter().enumerate() {
        let path = file.path.as_deref().ok_or(Error::NoEvents { number: at + 1 })?;
        paths.push(Some(path));
        formats.push(format(path, file.format)?);
    }
    let standard = paths.into_iter().flatten().filter(|path| files::is_standard(path));
    match standard.count() {
        0 | 1 => Ok(formats),
        _ => Err(Error::StdinTwice),
    }
}

fn format(path: &Path, given: Option<InputFormat>) -> Result<InputFormat, Error> {
    given
        .or_else(|| InputFormat::of(path))
        .ok_or_else(|| Error::UnknownFormat {
            file: files::display(path),
            help: format!(
                "say it with `--input-format`; the formats that are read are {}",
                known_inputs()
            ),
        })
}
