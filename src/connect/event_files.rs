//! A file of events of contacts that are known.

use super::config::{Delimiter, EventsFile};
use super::event_columns::EventColumns;
use super::events::EventTaker;
use super::format::{Columns, FileToRead, ForFormat, Format, Opened, Parser as _, Pieces as _};
use super::holders::Named;
use super::intake::Intake;
use super::{Error, files};
use crate::model::Model;
use crate::table::{Contacts, Events};
use crate::threads;

/// The reading of a file of events.
pub(super) struct ReadEvents<'a, W, F, T> {
    /// The file.
    pub(super) file: &'a EventsFile,
    /// What separates its cells, where the file does not say so.
    pub(super) delimiter: Delimiter,
    /// The model whose properties are read.
    pub(super) model: &'a Model,
    /// The contacts whose events are read.
    pub(super) contacts: &'a Contacts,
    /// Who is told what cannot be used.
    pub(super) intake: &'a mut Intake,
    /// What each thread has for itself.
    pub(super) workers: &'a mut [W],
    /// Makes something of some events.
    pub(super) work: F,
    /// Takes what was made of them, in the order of the file.
    pub(super) take: T,
}

impl<W, F, T, R> ForFormat for ReadEvents<'_, W, F, T>
where
    W: Send,
    F: Fn(&mut W, &Events) -> R + Sync,
    T: FnMut(R) + Send,
    R: Send,
{
    type Output = Result<(), Error>;

    fn run<Of: Format>(self) -> Result<(), Error> {
        let ReadEvents {
            file,
            delimiter,
            model,
            contacts,
            intake,
            workers,
            work,
            mut take,
        } = self;
        let Some(path) = file.path.as_deref() else {
            return Ok(());
        };
        let (name, columns) = (files::display(path), EventColumns::of_file(file, model));
        let to_read = FileToRead {
            path,
            name: &name,
            delimiter: file.delimiter.unwrap_or(delimiter),
            encoding: file.encoding,
        };
        let wanted = Columns {
            rows: &columns.wanted,
            held: None,
        };
        let Opened {
            columns: names,
            mut pieces,
            parser,
        } = Of::open(to_read, wanted)?;
        intake.begin_events(&name, Some(names));
        let fixed_name = file.name.as_ref().map(|name| name.0.as_str());
        // Whether an event's own id came before is known only to who has seen all before.
        let threads = if columns.id.is_some() { 1 } else { workers.len() };
        let mut workers: Vec<_> = workers
            .iter_mut()
            .take(threads)
            .map(|worker| {
                let taker = EventTaker::new(model, &name, fixed_name, columns.clone());
                (worker, parser.clone(), taker)
            })
            .collect();
        let holders = Named {
            contacts,
            column: columns.contact,
            habits: &columns.habits,
        };
        let accounts = intake.accounts();
        threads::in_order(
            &mut workers,
            || pieces.next(),
            |(worker, parser, taker), piece| {
                let (mut made, mut told) = (Vec::new(), accounts.one());
                parser.read(piece, &mut |block| {
                    made.push(work(worker, taker.take(block, &holders, &mut told)));
                    Ok(())
                })?;
                Ok((made, told))
            },
            |(made, told)| {
                intake.take_over(told);
                made.into_iter().for_each(&mut take);
                Ok(())
            },
        )
    }
}
