//! Parquet files that no writer at hand writes, made page by page: of older programs, and broken ones.

use std::fs;
use std::io::Write as _;
use std::sync::Arc;

use parquet::basic::Encoding;
use parquet::column::page::{CompressedPage, Page, PageWriter as _};
use parquet::file::metadata::{
    ColumnChunkMetaData, FileMetaData, ParquetMetaData, ParquetMetaDataWriter, RowGroupMetaData,
};
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnDescPtr, SchemaDescPtr, SchemaDescriptor};

use super::{folder, run};

#[expect(deprecated, reason = "older programs write it")]
const BIT_PACKED: Encoding = Encoding::BIT_PACKED;

#[test]
fn levels_may_be_packed_bits_or_be_said_to_be() {
    // Rows 1, 3, 4, 8 and 9 of ten have a title, the greatest bit of a byte first.
    let bits = vec![0b1011_0001, 0b1000_0000];
    let titles = [bits, plain("x").repeat(5)].concat();
    let titles = Page::DataPage {
        buf: titles.into(),
        num_values: 10,
        encoding: Encoding::PLAIN,
        def_level_encoding: BIT_PACKED,
        rep_level_encoding: BIT_PACKED,
        statistics: None,
    };
    let ids: Vec<String> = (1..=10).map(|id| id.to_string()).collect();
    let ids: Vec<u8> = ids.iter().flat_map(|id| plain(id)).collect();
    let mut chunks = [
        Chunk::new(vec![page(ids, 10, Encoding::PLAIN)]),
        Chunk::new(vec![titles]),
    ];
    for chunk in &mut chunks {
        chunk.encodings.push(BIT_PACKED);
    }
    let schema = "message contacts { required binary id (UTF8); optional binary title (UTF8); }";
    let (code, out, err) = score("when title is known add 1\n", &file(schema, 10, &chunks));
    let expected = [1, 0, 1, 1, 0, 0, 0, 1, 1, 0];
    let expected = (1..).zip(expected).map(|(id, score)| format!("{id},{score},,\n"));
    let expected = "id,score,band,excluded\n".to_owned() + &expected.collect::<String>();
    assert_eq!((code, out), (0, expected), "{err}");
}

#[test]
fn a_number_of_more_places_than_any_is_a_bad_value() {
    let numbers = vec![1, 0, 0, 0, 5];
    let chunks = [
        Chunk::new(vec![page(plain("a"), 1, Encoding::PLAIN)]),
        Chunk::new(vec![page(numbers, 1, Encoding::PLAIN)]),
    ];
    let schema = "message contacts { required binary id (UTF8); required binary n (DECIMAL(100000, 70000)); }";
    let (code, out, err) = score("when n > 1 add 1\n", &file(schema, 1, &chunks));
    assert_eq!((code, out.as_str()), (0, "id,score,band,excluded\na,0,,\n"), "{err}");
    assert!(
        err.contains("`a number of more than 76 places after the point` in `n`"),
        "{err}"
    );
}

#[test]
fn a_column_in_no_place_is_an_error() {
    let mut ids = Chunk::new(vec![page(plain("a"), 1, Encoding::PLAIN)]);
    ids.offset = Some(-1);
    let file = file("message contacts { required binary id (UTF8); }", 1, &[ids]);
    let (code, _, err) = score("when id is known add 1\n", &file);
    assert_eq!(code, 3, "{err}");
    assert!(
        err.contains("column `id` in row group 1: its place in the file is none"),
        "{err}"
    );
}

#[test]
fn a_schema_that_nests_without_end_is_an_error() {
    let groups = "required group g { ".repeat(300);
    let schema = format!("message m {{ {groups} required binary id; {} }}", "}".repeat(300));
    let ids = Chunk::new(vec![page(plain("a"), 1, Encoding::PLAIN)]);
    let (code, _, err) = score("when id is known add 1\n", &file(&schema, 1, &[ids]));
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("its schema nests 301 levels deep"), "{err}");
}

#[test]
fn what_the_library_panics_on_is_an_error_and_nothing_else() {
    // The length of one text is 5, and no text is there.
    let titles = page(vec![0x80, 1, 4, 1, 10], 1, Encoding::DELTA_LENGTH_BYTE_ARRAY);
    let chunks = [
        Chunk::new(vec![page(plain("a"), 1, Encoding::PLAIN)]),
        Chunk::new(vec![titles]),
    ];
    let schema = "message contacts { required binary id (UTF8); required binary title (UTF8); }";
    let (code, _, err) = score("when title is known add 1\n", &file(schema, 1, &chunks));
    assert_eq!(code, 3, "{err}");
    assert!(err.starts_with("error[LS6019]"), "{err}");
    assert!(err.contains("column `title` in row group 1: range end"), "{err}");
}

/// Scores the contacts of a file.
fn score(rules: &str, contacts: &[u8]) -> (i32, String, String) {
    let folder = folder(&[("rules.ls", rules)]);
    fs::write(folder.path().join("contacts.parquet"), contacts).unwrap();
    let arguments = ["score", "rules.ls", "--contacts", "contacts.parquet", "--format", "csv"];
    run(folder.path(), &arguments)
}

/// A column of a file of one group of rows.
struct Chunk {
    pages: Vec<Page>,
    /// Those that the file says the pages have.
    encodings: Vec<Encoding>,
    /// Where the file says that the pages begin, if not where they do.
    offset: Option<i64>,
}

impl Chunk {
    fn new(pages: Vec<Page>) -> Chunk {
        let encodings = pages.iter().map(Page::encoding).chain([Encoding::RLE]).collect();
        Chunk {
            pages,
            encodings,
            offset: None,
        }
    }

    fn write(&self, of: ColumnDescPtr, rows: i64, file: &mut TrackedWrite<&mut Vec<u8>>) -> ColumnChunkMetaData {
        let start = file.bytes_written() as i64;
        for page in &self.pages {
            let page = CompressedPage::new(page.clone(), page.buffer().len());
            SerializedPageWriter::new(file).write_page(page).unwrap();
        }
        let size = file.bytes_written() as i64 - start;
        ColumnChunkMetaData::builder(of)
            .set_encodings(self.encodings.clone())
            .set_num_values(rows)
            .set_total_compressed_size(size)
            .set_total_uncompressed_size(size)
            .set_data_page_offset(self.offset.unwrap_or(start))
            .build()
            .unwrap()
    }
}

/// A text with its length before it.
fn plain(text: &str) -> Vec<u8> {
    [&(text.len() as u32).to_le_bytes(), text.as_bytes()].concat()
}

/// So many values in these bytes, levels first.
fn page(bytes: Vec<u8>, values: u32, encoding: Encoding) -> Page {
    Page::DataPage {
        buf: bytes.into(),
        num_values: values,
        encoding,
        def_level_encoding: Encoding::RLE,
        rep_level_encoding: Encoding::RLE,
        statistics: None,
    }
}

/// A file of these columns.
fn file(schema: &str, rows: i64, chunks: &[Chunk]) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let schema: SchemaDescPtr = Arc::new(SchemaDescriptor::new(schema));
    let mut bytes = Vec::new();
    let mut file = TrackedWrite::new(&mut bytes);
    file.write_all(b"PAR1").unwrap();
    let columns = chunks.iter().enumerate();
    let columns = columns.map(|(leaf, chunk)| chunk.write(schema.column(leaf), rows, &mut file));
    let group = RowGroupMetaData::builder(Arc::clone(&schema)).set_num_rows(rows);
    let group = group.set_column_metadata(columns.collect()).build().unwrap();
    file.into_inner().unwrap();
    let about = FileMetaData::new(1, rows, None, None, schema, None);
    let metadata = ParquetMetaData::new(about, vec![group]);
    let mut end = Vec::new();
    ParquetMetaDataWriter::new(&mut end, &metadata).finish().unwrap();
    [bytes, end].concat()
}
