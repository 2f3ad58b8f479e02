//! A Parquet file: its metadata, checked, and its columns.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::PageReader;
use parquet::column::reader::get_column_reader;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::schema::types::{SchemaDescriptor, Type, TypePtr};

use super::broken::{Broken, guarded};
use super::column::{Column, Source};
use super::held::HeldEvents;
use super::input::Input;
use super::lists::Lists;
use super::records::Records;
use super::repeated::Repeated;
use super::shape::{Shape, element_of};
use super::values::Layout;
use crate::connect::block::{Raw, Wanted, column_name, locate};
use crate::connect::{Error, files};

/// A file that can be read.
#[derive(Clone, Debug)]
pub(super) struct ParquetFile {
    input: Input,
    metadata: Arc<ParquetMetaData>,
}

impl ParquetFile {
    /// Opens a file. What cannot be read from any place, such as standard input, is read whole first.
    pub(super) fn open(path: &Path, name: &str) -> Result<ParquetFile, Error> {
        let mut stream = files::open(path)?;
        let input = if path.is_file() && !files::is_standard(path) {
            Input::File(path.to_owned())
        } else {
            let mut bytes = Vec::new();
            stream
                .read_to_end(&mut bytes)
                .map_err(|cause| files::unreadable(path, cause))?;
            Input::Memory(bytes.into())
        };
        let metadata = metadata(&input).map_err(|broken| broken.of(name))?;
        Ok(ParquetFile {
            input,
            metadata: Arc::new(metadata),
        })
    }

    /// The columns at the top.
    pub(super) fn roots(&self) -> &[TypePtr] {
        self.schema().root_schema().get_fields()
    }

    fn schema(&self) -> &SchemaDescriptor {
        self.metadata.file_metadata().schema_descr()
    }

    /// The columns of values in a column at the top.
    fn leaves(&self, root: usize) -> impl Iterator<Item = usize> {
        let schema = self.schema();
        (0..schema.num_columns()).filter(move |leaf| schema.get_column_root_idx(*leaf) == root)
    }

    /// The groups of rows.
    pub(super) fn groups(&self) -> &[RowGroupMetaData] {
        self.metadata.row_groups()
    }

    /// What a column at the top holds in a group of rows.
    pub(super) fn values(&self, group: usize, root: usize) -> Result<ColumnOfRows, Broken> {
        let shape = self.roots().get(root).map_or(Shape::Other, |root| Shape::of(root));
        let leaf = self.leaves(root).next().ok_or(Broken::new("it has no values"))?;
        Ok(match shape {
            Shape::Single => ColumnOfRows::Values(Box::new(self.single(group, leaf)?)),
            Shape::List => ColumnOfRows::Lists(Lists::new(self.repeated(group, leaf)?)),
            Shape::Structures | Shape::Other => ColumnOfRows::Other(self.repeated(group, leaf)?),
        })
    }

    fn single(&self, group: usize, leaf: usize) -> Result<Column, Broken> {
        let schema = self.schema().column(leaf);
        let is_optional = schema.max_def_level() > 0;
        let source = match self.chunk(group, leaf)?.encodings().all(is_usual) {
            true => Source::Pages(self.pages(group, leaf)?),
            false => Source::Records(Box::new(self.records(group, leaf)?)),
        };
        Ok(Column::new(Layout::of(&schema), is_optional, source))
    }

    fn repeated(&self, group: usize, leaf: usize) -> Result<Repeated, Broken> {
        let schema = self.schema();
        let records = self.records(group, leaf)?;
        Ok(Repeated::new(
            records,
            &schema.column(leaf),
            schema.get_column_root(leaf),
        ))
    }

    fn records(&self, group: usize, leaf: usize) -> Result<Records, Broken> {
        let pages = self.pages(group, leaf)?;
        let reader = guarded(|| Ok(get_column_reader(self.schema().column(leaf), pages)))?;
        Ok(Records::new(reader))
    }

    /// The columns of events that rows hold in a column, where it holds such; a name stands for one of them.
    pub(super) fn held(&self, file: &str, name: &str, wanted: &[Wanted]) -> Result<Option<HeldColumns>, Error> {
        let is_held = |root: &TypePtr| column_name(root.name()) == name && Shape::of(root) == Shape::Structures;
        let Some(root) = self.roots().iter().position(is_held) else {
            return Ok(None);
        };
        let leaves: Vec<usize> = self.leaves(root).filter(|leaf| self.is_in_event(*leaf)).collect();
        let schema = self.schema();
        let columns: Vec<_> = leaves.iter().map(|leaf| schema.column(*leaf)).collect();
        let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        // An event that lacks what it needs is told of for itself.
        let wanted: Vec<Wanted> = wanted.iter().map(Wanted::optional).collect();
        let places = locate(file, &wanted, &names, None)?;
        let leaf = |place: Option<usize>| leaves.get(place?).copied();
        Ok(Some(HeldColumns {
            root,
            leaves: places.into_iter().map(leaf).collect(),
        }))
    }

    /// Whether a column of values is one of an event itself, not of a part of it.
    fn is_in_event(&self, leaf: usize) -> bool {
        let column = self.schema().column(leaf);
        let parts = column.path().parts().len();
        let wrapped = self
            .entry(leaf)
            .is_some_and(|entry| !std::ptr::eq(element_of(entry), entry));
        column.max_rep_level() == 1 && parts == if wrapped { 4 } else { 3 }
    }

    /// The repeated part of a list.
    fn entry(&self, leaf: usize) -> Option<&Type> {
        self.schema()
            .get_column_root(leaf)
            .get_fields()
            .first()
            .map(AsRef::as_ref)
    }

    /// The events that a group of rows holds.
    pub(super) fn events(&self, group: usize, held: &HeldColumns) -> Result<HeldEvents, Broken> {
        let any = self.leaves(held.root).next().ok_or(Broken::new("it has no values"))?;
        let element = self.entry(any).map(element_of);
        let may_be_null = element.is_some_and(Type::is_optional);
        let columns = held
            .leaves
            .iter()
            .map(|leaf| leaf.map(|leaf| self.repeated(group, leaf)).transpose());
        let columns = columns.collect::<Result<_, _>>()?;
        Ok(HeldEvents::new(self.repeated(group, any)?, may_be_null, columns))
    }

    fn chunk(&self, group: usize, leaf: usize) -> Result<&ColumnChunkMetaData, Broken> {
        let group = self.groups().get(group);
        let chunk = group.and_then(|group| group.columns().get(leaf));
        chunk.ok_or(Broken::new("a group of rows lacks a column"))
    }

    fn pages(&self, group: usize, leaf: usize) -> Result<Box<dyn PageReader>, Broken> {
        let chunk = self.chunk(group, leaf)?;
        if let packed @ (Compression::BROTLI(_) | Compression::LZO) = chunk.compression() {
            return Err(Broken::new(format!("it is packed in a way that is not read: {packed}")));
        }
        let rows = self.groups().get(group).map_or(0, RowGroupMetaData::num_rows);
        let view = Arc::new(self.input.view()?);
        let (start, length) = guarded(|| Ok(chunk.byte_range()))?;
        if start.saturating_add(length) > view.len() {
            return Err(Broken::new("the file ends before its data do"));
        }
        let rows = usize::try_from(rows).unwrap_or(0);
        Ok(Box::new(SerializedPageReader::new(view, chunk, rows, None)?))
    }
}

/// Whether pages of an encoding are taken apart here.
fn is_usual(encoding: Encoding) -> bool {
    matches!(
        encoding,
        Encoding::PLAIN | Encoding::RLE | Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY
    )
}

fn metadata(input: &Input) -> Result<ParquetMetaData, Broken> {
    const MARK: usize = 4;
    let view = input.view()?;
    let length = view.len();
    let is_long = length >= 3 * MARK as u64;
    let mark = |at| -> Result<Bytes, Broken> { Ok(view.get_bytes(at, MARK)?) };
    let (first, last) = match is_long {
        true => (mark(0)?, mark(length - MARK as u64)?),
        false => (Bytes::new(), Bytes::new()),
    };
    match (&*first, &*last) {
        (_, b"PAR1") => guarded(|| Ok(ParquetMetaDataReader::new().parse_and_finish(&view)?)),
        (_, b"PARE") => Err(Broken::new("it is encrypted").with_help("write it without encryption")),
        (b"PAR1", _) => Err(Broken::new("its end is missing")
            .with_help("its index stands at the end: write or copy it once more, and wait until that is done")),
        _ => Err(Broken::new("its bytes are none of that format")
            .with_help("name the format that it has with `--input-format`, or give the file its ending")),
    }
}

/// A column at the top of a group of rows, and the rows of it that were decoded last.
pub(super) enum ColumnOfRows {
    /// A value a row.
    Values(Box<Column>),
    /// A list a row.
    Lists(Lists),
    /// What is no single value, and no list of such.
    Other(Repeated),
}

/// The columns of events that rows hold.
#[derive(Clone, Debug)]
pub(super) struct HeldColumns {
    /// The column at the top.
    pub(super) root: usize,
    /// The column of values of each column that is wanted, where there is one.
    leaves: Vec<Option<usize>>,
}

impl ColumnOfRows {
    /// How many of the next rows can be decoded at once, at most so many; 0 at the end.
    pub(super) fn at_hand(&mut self, most: usize) -> Result<usize, Broken> {
        match self {
            ColumnOfRows::Values(column) => Ok(column.at_hand()?.min(most)),
            ColumnOfRows::Lists(_) | ColumnOfRows::Other(_) => Ok(most),
        }
    }

    /// Leaves rows out.
    pub(super) fn skip(&mut self, rows: usize) -> Result<(), Broken> {
        match self {
            ColumnOfRows::Values(column) => column.skip(rows),
            ColumnOfRows::Lists(lists) => lists.skip(rows),
            ColumnOfRows::Other(values) => values.skip(rows),
        }
    }

    /// Decodes the next rows. What was decoded before is forgotten.
    pub(super) fn decode(&mut self, rows: usize) -> Result<(), Broken> {
        match self {
            ColumnOfRows::Values(column) => column.decode(rows),
            ColumnOfRows::Lists(lists) => lists.decode(rows),
            ColumnOfRows::Other(values) => values.decode(rows),
        }
    }

    /// The value of a row of those that were decoded.
    #[inline]
    pub(super) fn raw(&self, row: usize) -> Raw<'_> {
        match self {
            ColumnOfRows::Values(column) => column.raw(row),
            ColumnOfRows::Lists(lists) => lists.raw(row),
            ColumnOfRows::Other(values) if values.filled.get(row) == Some(&true) => {
                Raw::Other("a value of several parts")
            }
            ColumnOfRows::Other(_) => Raw::Missing,
        }
    }
}
