//! A Parquet file and its columns.

use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, Encoding};
use parquet::column::page::PageReader;
use parquet::column::reader::get_column_reader;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::Length;
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::schema::types::{SchemaDescriptor, Type, TypePtr};

use super::broken::{Broken, guarded};
use super::column::{Column, Source};
use super::footer::metadata;
use super::held::{ElementsAre, HeldEvents};
use super::input::Input;
use super::nested::{Levels, Nested};
use super::records::Records;
use super::repeated::{Holders, Repeated};
use super::shape::{Elements, Shape};
use super::values::Layout;
use crate::connect::block::{Raw, Wanted, locate};
use crate::connect::{Error, files};

const NO_VALUES: &str = "it has no values";

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
        let of = self.root(root)?;
        let leaf = self.leaves(root).next().ok_or(Broken::new(NO_VALUES))?;
        Ok(match Shape::of(of) {
            Shape::Single => ColumnOfRows::Values(Box::new(self.single(group, leaf)?)),
            shape => {
                let entries = self.repeated(group, leaf, Holders::Rows)?;
                ColumnOfRows::Nested(Box::new(Nested::new(entries, shape, Levels::of(of, 0))))
            }
        })
    }

    fn root(&self, root: usize) -> Result<&Type, Broken> {
        let root = self.roots().get(root).map(AsRef::as_ref);
        root.ok_or(Broken::new("there is no such column"))
    }

    fn single(&self, group: usize, leaf: usize) -> Result<Column, Broken> {
        let schema = self.schema().column(leaf);
        let is_optional = schema.max_def_level() > 0;
        let source = match self.chunk(group, leaf)?.encodings().all(is_usual) {
            true => Source::Pages(self.pages(group, leaf)?),
            false => Source::Records(Box::new(self.records(group, leaf)?)),
        };
        Ok(Column::new(Layout::of(&schema), is_optional, source, group))
    }

    fn repeated(&self, group: usize, leaf: usize, holders: Holders) -> Result<Repeated, Broken> {
        let records = self.records(group, leaf)?;
        Ok(Repeated::new(records, &self.schema().column(leaf), holders))
    }

    fn records(&self, group: usize, leaf: usize) -> Result<Records, Broken> {
        let pages = self.pages(group, leaf)?;
        let reader = guarded(|| Ok(get_column_reader(self.schema().column(leaf), pages)))?;
        Ok(Records::new(reader))
    }

    /// The columns of the events that rows hold in a column, if that is a list.
    pub(super) fn held(&self, file: &str, root: usize, wanted: &[Wanted]) -> Result<Option<HeldColumns>, Error> {
        let Some(elements) = self.roots().get(root).and_then(|root| Elements::of(root)) else {
            return Ok(None);
        };
        let names = elements.fields().iter().map(|field| field.name());
        // An event that lacks what it needs is told of for itself.
        let wanted: Vec<Wanted> = wanted.iter().map(Wanted::optional).collect();
        let fields = locate(file, &wanted, &names.collect::<Vec<_>>(), None)?;
        Ok(Some(HeldColumns { root, fields }))
    }

    /// The events that a group of rows holds.
    pub(super) fn events(&self, group: usize, held: &HeldColumns) -> Result<HeldEvents, Broken> {
        let elements = Elements::of(self.root(held.root)?).ok_or(Broken::new("it is no list"))?;
        let columns = held.fields.iter().map(|field| {
            let field = field.and_then(|field| elements.fields().get(field));
            field.map(|field| self.field(group, held.root, &elements, field))
        });
        let columns: Vec<_> = columns.map(Option::transpose).collect::<Result<_, _>>()?;
        let places = match columns.iter().all(Option::is_none) {
            true => Some(self.any_of_elements(group, held.root, &elements)?),
            false => None,
        };
        let are = match elements.are_structures() {
            true => ElementsAre::Structures(elements.whole()),
            false => ElementsAre::Others,
        };
        Ok(HeldEvents::new(places, are, columns))
    }

    /// What the structures of a list hold in a field.
    fn field(&self, group: usize, root: usize, elements: &Elements<'_>, field: &Type) -> Result<Nested, Broken> {
        let is_in_field = |leaf: &usize| {
            let column = self.schema().column(*leaf);
            let name = column.path().parts().get(elements.depth + 1);
            name.is_some_and(|name| name == field.name())
        };
        let leaf = self.leaves(root).find(is_in_field).ok_or(Broken::new(NO_VALUES))?;
        let entries = self.repeated(group, leaf, elements.holders())?;
        Ok(Nested::new(
            entries,
            Shape::of(field),
            Levels::of(field, elements.whole()),
        ))
    }

    /// The elements of a list themselves, as far as one of their columns has them.
    fn any_of_elements(&self, group: usize, root: usize, elements: &Elements<'_>) -> Result<Nested, Broken> {
        let leaf = self.leaves(root).next().ok_or(Broken::new(NO_VALUES))?;
        let entries = self.repeated(group, leaf, elements.holders())?;
        let shape = match elements.of.is_primitive() {
            true => Shape::Single,
            false => Shape::Parts,
        };
        let whole = elements.whole();
        Ok(Nested::new(
            entries,
            shape,
            Levels {
                held: whole,
                element: whole,
            },
        ))
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
        if end_of(chunk)? > view.len() {
            return Err(Broken::new("the file ends before its data do"));
        }
        let rows = usize::try_from(rows).unwrap_or(0);
        Ok(Box::new(SerializedPageReader::new(view, chunk, rows, None)?))
    }
}

/// Where the pages of a column end, of which the library takes for granted that it is no negative place.
fn end_of(chunk: &ColumnChunkMetaData) -> Result<u64, Broken> {
    let start = chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset());
    let whole = |number: i64| u64::try_from(number).map_err(|_| Broken::new("its place in the file is none"));
    Ok(whole(start)?.saturating_add(whole(chunk.compressed_size())?))
}

/// Whether pages of an encoding are taken apart here. Levels can be packed bits, and the levels of a column that has none
/// are said to be.
fn is_usual(encoding: Encoding) -> bool {
    #[expect(deprecated, reason = "files that have it are many")]
    const PACKED_LEVELS: Encoding = Encoding::BIT_PACKED;
    matches!(
        encoding,
        Encoding::PLAIN | Encoding::RLE | Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY | PACKED_LEVELS
    )
}

/// A column at the top of a group of rows, and the rows of it that were decoded last.
pub(super) enum ColumnOfRows {
    /// A value a row.
    Values(Box<Column>),
    /// What is no single value.
    Nested(Box<Nested>),
}

/// The columns of events that rows hold.
#[derive(Clone, Debug)]
pub(super) struct HeldColumns {
    /// The column at the top.
    pub(super) root: usize,
    /// The field of each column that is wanted, where there is one.
    fields: Vec<Option<usize>>,
}

impl ColumnOfRows {
    /// How many of the next rows can be decoded at once, at most so many; 0 at the end.
    pub(super) fn at_hand(&mut self, most: usize) -> Result<usize, Broken> {
        match self {
            ColumnOfRows::Values(column) => Ok(column.at_hand()?.min(most)),
            ColumnOfRows::Nested(_) => Ok(most),
        }
    }

    /// Leaves rows out.
    pub(super) fn skip(&mut self, rows: usize) -> Result<(), Broken> {
        match self {
            ColumnOfRows::Values(column) => column.skip(rows),
            ColumnOfRows::Nested(nested) => nested.skip(rows),
        }
    }

    /// Decodes the next rows. What was decoded before is forgotten.
    pub(super) fn decode(&mut self, rows: usize) -> Result<(), Broken> {
        match self {
            ColumnOfRows::Values(column) => column.decode(rows),
            ColumnOfRows::Nested(nested) => nested.decode(rows),
        }
    }

    /// The value of a row of those that were decoded.
    #[inline]
    pub(super) fn raw(&self, row: usize) -> Raw<'_> {
        match self {
            ColumnOfRows::Values(column) => column.raw(row),
            ColumnOfRows::Nested(nested) => nested.raw(row),
        }
    }
}
