//! Reads the rows of a Parquet file: groups of rows, or parts of them, a few rows of all columns at a time.

use super::broken::Broken;
use super::file::{ColumnOfRows, HeldColumns, ParquetFile};
use super::held::{Events, HeldEvents};
use crate::connect::Error;
use crate::connect::block::{Block, Coded, Held, Moments, Raw, locate};
use crate::connect::format::{Columns, FileToRead, Format, Opened, Parser, Pieces};

/// The format.
pub(in crate::connect) struct Parquet;

/// So many rows are decoded at once: few enough that their columns stay in a cache.
const ROWS_AT_ONCE: usize = 8 * 1024;

/// Groups of rows are parted where there are fewer pieces than this, so that several threads have work.
const FEWEST_PIECES: usize = 8;

/// A part of a group of rows has at least so many: each of them reads the dictionaries.
const FEWEST_ROWS: usize = 32 * 1024;

impl Format for Parquet {
    type Piece = Piece;
    type Pieces<'a> = RowGroups;
    type Parser<'a> = Decoder<'a>;

    fn open<'a>(file: FileToRead<'a>, wanted: Columns<'a>) -> Result<Opened<'a, Self>, Error> {
        let source = ParquetFile::open(file.path, file.name)?;
        let names: Vec<String> = source.roots().iter().map(|root| root.name().to_owned()).collect();
        let header: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut columns = locate(file.name, wanted.rows, &header, None)?;
        let mut held = None;
        if let Some((place, of_events)) = wanted.held
            && let Some(column) = columns.get_mut(place)
            && let Some(root) = *column
        {
            held = source.held(file.name, root, of_events)?;
            // A list of events is taken apart, and no value of its row.
            column.take_if(|_| held.is_some());
        }
        Ok(Opened {
            columns: names,
            pieces: RowGroups::new(&source),
            parser: Decoder {
                name: file.name,
                source,
                columns,
                held,
            },
        })
    }
}

/// Rows of a group.
#[derive(Clone, Copy, Debug)]
pub(in crate::connect) struct Piece {
    group: usize,
    /// The first of its rows in the group.
    start: usize,
    rows: usize,
    /// The number of that row in the file, counted from 1.
    line: u64,
}

/// The groups of rows of a file.
pub(in crate::connect) struct RowGroups(std::vec::IntoIter<Piece>);

impl RowGroups {
    fn new(source: &ParquetFile) -> RowGroups {
        let parts = FEWEST_PIECES.div_ceil(source.groups().len().max(1));
        let mut pieces = Vec::new();
        let mut line = 1;
        for (group, of) in source.groups().iter().enumerate() {
            let rows = usize::try_from(of.num_rows()).unwrap_or(0);
            let parts = parts.min(rows.div_ceil(FEWEST_ROWS)).max(1);
            let at_once = rows.div_ceil(parts).max(1);
            for start in (0..rows).step_by(at_once) {
                let rows = at_once.min(rows - start);
                pieces.push(Piece {
                    group,
                    start,
                    rows,
                    line,
                });
                line += rows as u64;
            }
        }
        RowGroups(pieces.into_iter())
    }
}

impl Pieces for RowGroups {
    type Piece = Piece;

    fn next(&mut self) -> Result<Option<Piece>, Error> {
        Ok(self.0.next())
    }
}

/// Decodes rows of a file.
#[derive(Clone)]
pub(in crate::connect) struct Decoder<'a> {
    name: &'a str,
    source: ParquetFile,
    /// Which column each is that is wanted, where the file has it.
    columns: Vec<Option<usize>>,
    held: Option<HeldColumns>,
}

impl Parser for Decoder<'_> {
    type Piece = Piece;
    type Block<'b> = Rows;

    fn read(&mut self, piece: Piece, show: &mut impl FnMut(&Rows) -> Result<(), Error>) -> Result<(), Error> {
        let mut block = self.begin(piece)?;
        let mut left = piece.rows;
        while left > 0 {
            self.decode(left.min(ROWS_AT_ONCE), &mut block)?;
            show(&block)?;
            block.line += block.rows as u64;
            left -= block.rows;
        }
        Ok(())
    }
}

impl Decoder<'_> {
    /// The columns of a group of rows, from a row on.
    fn begin(&self, piece: Piece) -> Result<Rows, Error> {
        let mut columns = Vec::new();
        for column in &self.columns {
            let open = |column| {
                let values = self.source.values(piece.group, column).and_then(|mut values| {
                    values.skip(piece.start)?;
                    Ok(values)
                });
                values.map_err(|broken| self.broken(broken, piece.group, column))
            };
            columns.push(column.map(open).transpose()?);
        }
        let events = match &self.held {
            Some(held) => {
                let events = self.source.events(piece.group, held).and_then(|mut events| {
                    events.skip(piece.start)?;
                    Ok(events)
                });
                Some(events.map_err(|broken| self.broken(broken, piece.group, held.root))?)
            }
            None => None,
        };
        Ok(Rows {
            columns,
            events,
            group: piece.group,
            line: piece.line,
            rows: 0,
        })
    }

    /// Decodes the next rows, at most so many, one at least.
    fn decode(&self, most: usize, block: &mut Rows) -> Result<(), Error> {
        let group = block.group;
        block.rows = most;
        for (values, column) in self.present(&mut block.columns) {
            let at_hand = values.at_hand(most).and_then(|rows| match rows {
                0 => Err(Broken::new("it has fewer rows than the file says")),
                rows => Ok(rows),
            });
            let at_hand = at_hand.map_err(|broken| self.broken(broken, group, column))?;
            block.rows = block.rows.min(at_hand);
        }
        for (values, column) in self.present(&mut block.columns) {
            let decoded = values.decode(block.rows);
            decoded.map_err(|broken| self.broken(broken, group, column))?;
        }
        if let (Some(events), Some(held)) = (&mut block.events, &self.held) {
            let decoded = events.decode(block.rows, block.line);
            decoded.map_err(|broken| self.broken(broken, group, held.root))?;
        }
        Ok(())
    }

    /// The columns that the file has, and which these are.
    fn present<'c>(
        &self,
        columns: &'c mut [Option<ColumnOfRows>],
    ) -> impl Iterator<Item = (&'c mut ColumnOfRows, usize)> {
        let columns = columns.iter_mut().zip(&self.columns);
        columns.filter_map(|(values, column)| values.as_mut().zip(*column))
    }

    /// Says where something is broken.
    fn broken(&self, broken: Broken, group: usize, column: usize) -> Error {
        let column = self.source.roots().get(column).map_or("", |root| root.name());
        let place = format!("column `{column}` in row group {}", group + 1);
        broken.at(place).of(self.name)
    }
}

/// Rows of a group, decoded.
pub(in crate::connect) struct Rows {
    columns: Vec<Option<ColumnOfRows>>,
    events: Option<HeldEvents>,
    group: usize,
    line: u64,
    rows: usize,
}

impl Block for Rows {
    type Events = Events;

    fn rows(&self) -> usize {
        self.rows
    }

    #[inline]
    fn value(&self, row: usize, wanted: usize) -> Raw<'_> {
        match self.columns.get(wanted) {
            Some(Some(column)) => column.raw(row),
            _ => Raw::Missing,
        }
    }

    #[inline]
    fn text(&self, row: usize, wanted: usize) -> Option<&str> {
        match self.columns.get(wanted) {
            Some(Some(ColumnOfRows::Values(values))) => values.text(row),
            _ => None,
        }
    }

    fn moments(&self, wanted: usize) -> Option<Moments<'_>> {
        match self.columns.get(wanted) {
            Some(Some(ColumnOfRows::Values(values))) => values.moments(),
            _ => None,
        }
    }

    fn line(&self, row: usize) -> u64 {
        self.line + row as u64
    }

    fn coded(&self, wanted: usize) -> Option<Coded<'_>> {
        match self.columns.get(wanted) {
            Some(Some(ColumnOfRows::Values(values))) => values.coded(),
            _ => None,
        }
    }

    #[inline]
    fn distinct(&self, wanted: usize, code: u32) -> Raw<'_> {
        match self.columns.get(wanted) {
            Some(Some(ColumnOfRows::Values(values))) => values.distinct(code),
            _ => Raw::Missing,
        }
    }

    fn held(&self) -> Option<Held<'_, Events>> {
        self.events.as_ref().map(HeldEvents::held)
    }
}
