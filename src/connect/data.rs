//! Reads all data of a configuration: contacts first, then their events as they come.

use std::num::NonZeroUsize;
use std::path::Path;

use super::config::Config;
use super::contacts::{Part, ReadContacts};
use super::event_files::ReadEvents;
use super::format::{InputFormat, known_inputs, left_out};
use super::intake::Intake;
use super::{Error, files, stream};
use crate::model::Model;
use crate::table::{Contacts, Events};

/// Reads the contacts, then their events: [`read_contacts`] and [`read_events`] in one, on one thread. All events are
/// given to `take`.
pub fn read(
    model: &Model,
    config: &Config,
    intake: &mut Intake,
    mut take: impl FnMut(&Events) + Send,
) -> Result<Contacts, Error> {
    let contacts = read_contacts(model, config, intake, NonZeroUsize::MIN, &mut take)?;
    read_events(model, config, intake, &contacts, &mut [take])?;
    Ok(contacts)
}

/// Reads the contacts on so many threads, and gives the events that they hold to `take`, in their order. An event's
/// contact is the contact's row, which is final.
///
/// What cannot be used is counted in `intake`, and is no error here: see [`Intake::strict`].
pub fn read_contacts(
    model: &Model,
    config: &Config,
    intake: &mut Intake,
    threads: NonZeroUsize,
    mut take: impl FnMut(&Events) + Send,
) -> Result<Contacts, Error> {
    let format = Files::of(config)?.contacts;
    format.run(ReadContacts {
        file: &config.contacts,
        delimiter: format.delimiter(),
        model,
        intake,
        workers: &mut vec![(); threads.get()],
        work: |_: &mut (), part: Part<'_, '_>| part.take(),
        take: |first, mut events: Events| {
            events.shift(first);
            if !events.is_empty() {
                take(&events);
            }
            Ok(())
        },
    })
}

/// Reads the files of events of these contacts, in the order of the configuration, and gives the events to the takers.
/// There is a thread for each taker, of which there must be one at least. A taker is given some of the events, in the order of
/// their arrival; which ones depends on nothing that could be relied on.
///
/// What cannot be used is counted in `intake`, and is no error here: see [`Intake::strict`].
pub fn read_events<T: FnMut(&Events) + Send>(
    model: &Model,
    config: &Config,
    intake: &mut Intake,
    contacts: &Contacts,
    takers: &mut [T],
) -> Result<(), Error> {
    for (file, format) in config.events.iter().zip(Files::of(config)?.events) {
        format.run(ReadEvents {
            file,
            delimiter: format.delimiter(),
            model,
            contacts,
            intake,
            workers: takers,
            work: |taker: &mut T, events: &Events| taker(events),
            take: drop,
        })?;
    }
    intake.end(model, config);
    Ok(())
}

/// Whether the contacts hold all events that are to be read, so that they can be read [in parts](read_in_parts).
pub fn comes_in_parts(config: &Config) -> bool {
    config.events.is_empty()
}

/// Reads contacts that hold all of their events, part by part: `work` makes something of each part, on as many threads as
/// there are workers, and `take` is given it in the order of the contacts. Only the ids stay in memory, so that one that
/// comes twice is found.
pub fn read_in_parts<W: Send, R: Send>(
    model: &Model,
    config: &Config,
    intake: &mut Intake,
    workers: &mut [W],
    work: impl Fn(&mut W, &Part<'_, '_>) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let files = Files::of(config)?;
    let format = files.contacts;
    let contacts = format.run(ReadContacts {
        file: &config.contacts,
        delimiter: format.delimiter(),
        model,
        intake,
        workers,
        work: |worker: &mut W, part: Part<'_, '_>| (part.contacts().ids(), work(worker, &part)),
        take: |_, made| take(made),
    });
    contacts?;
    intake.end(model, config);
    Ok(())
}

/// One contact among all of them.
#[derive(Clone, Debug)]
pub struct Single {
    /// All contacts.
    pub contacts: Contacts,
    /// The row of the one; `None` where there is no such contact.
    pub row: Option<u32>,
    /// Its events, and no others, in the order of their arrival.
    pub events: Events,
}

/// Reads the contacts, and of the events only those of the contact with this id: the others take no memory.
pub fn read_one(
    model: &Model,
    config: &Config,
    intake: &mut Intake,
    id: &str,
    threads: NonZeroUsize,
) -> Result<Single, Error> {
    let files = Files::of(config)?;
    let id = id.trim();
    let mut events = Events::new(model.property_types());
    let mut threads = vec![(); threads.get()];
    let format = files.contacts;
    let contacts = format.run(ReadContacts {
        file: &config.contacts,
        delimiter: format.delimiter(),
        model,
        intake,
        workers: &mut threads,
        work: |_: &mut (), part: Part<'_, '_>| {
            let (contacts, events) = part.take();
            let own = contacts.row(id).map(|row| events.of(row));
            (contacts, own)
        },
        take: |first, own: Option<Events>| {
            if let Some(mut own) = own {
                own.shift(first);
                events.append(&own);
            }
            Ok(())
        },
    })?;
    let row = contacts.row(id);
    for (file, format) in config.events.iter().zip(files.events) {
        format.run(ReadEvents {
            file,
            delimiter: format.delimiter(),
            model,
            contacts: &contacts,
            intake,
            workers: &mut threads,
            work: |_: &mut (), events: &Events| row.map(|row| events.of(row)),
            take: |own: Option<Events>| own.iter().for_each(|own| events.append(own)),
        })?;
    }
    intake.end(model, config);
    Ok(Single { contacts, row, events })
}

/// The formats of all files.
struct Files {
    contacts: InputFormat,
    events: Vec<InputFormat>,
}

impl Files {
    /// Asks for all formats before the first file is opened.
    fn of(config: &Config) -> Result<Files, Error> {
        let path = config.contacts.path.as_deref().ok_or(Error::NoContacts)?;
        let contacts = format(path, config.contacts.format)?;
        let mut paths = vec![path];
        let mut events = Vec::new();
        for (at, file) in config.events.iter().enumerate() {
            let path = file.path.as_deref().ok_or(Error::NoEvents { number: at + 1 })?;
            paths.push(path);
            events.push(format(path, file.format)?);
        }
        match paths.into_iter().filter(|path| files::is_standard(path)).count() {
            0 | 1 => Ok(Files { contacts, events }),
            _ => Err(Error::StdinTwice),
        }
    }
}

fn format(path: &Path, given: Option<InputFormat>) -> Result<InputFormat, Error> {
    given
        .or_else(|| InputFormat::of(path))
        .ok_or_else(|| Error::UnknownFormat {
            file: files::display(path),
            help: unknown_help(path),
        })
}

/// What to do about a file whose ending tells no format.
fn unknown_help(path: &Path) -> String {
    let known = || {
        let known = known_inputs();
        format!("say it with `--input-format`; the formats that are read are {known}")
    };
    match ending(path).map(str::to_ascii_lowercase).as_deref() {
        Some("gz") => stream::unpacked(&files::display(path), "gunzip -c"),
        Some("zst") => stream::unpacked(&files::display(path), "zstd -dc"),
        Some("xlsx" | "xls" | "ods") => "it is a workbook: save the sheet as CSV".to_owned(),
        ending => ending.and_then(left_out).unwrap_or_else(known),
    }
}

fn ending(path: &Path) -> Option<&str> {
    path.extension()?.to_str()
}
