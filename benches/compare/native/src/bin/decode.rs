//! The least that reading Parquet takes: decodes the columns that the rules read and does nothing with them, on two
//! threads, a row group at a time. Texts that repeat stay codes of a dictionary, as leadscore keeps them.
//!
//! Usage: decode FOLDER

use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};

type Failure = Box<dyn Error + Send + Sync>;

const WORKERS: usize = 2;
const ROWS: usize = 8192;
const FILES: [(&str, &[&str]); 2] = [
    (
        "contacts.parquet",
        &[
            "id",
            "email",
            "title",
            "employees",
            "industry",
            "country",
            "budget",
            "subsidiaries_abroad",
        ],
    ),
    (
        "events.parquet",
        &["contact_id", "type", "at", "url", "duration_s", "value"],
    ),
];
/// Nearly every row has a text of its own here: a dictionary would be as long as the column.
const UNIQUE: [&str; 3] = ["id", "email", "contact_id"];

fn main() -> Result<(), Failure> {
    let folder = std::env::args().nth(1).ok_or("decode FOLDER")?;
    for (name, columns) in FILES {
        let rows = decode(&Path::new(&folder).join(name), columns)?;
        println!("{name}: {rows} rows");
    }
    Ok(())
}

/// Decodes the columns of a file; the rows there are.
fn decode(path: &Path, columns: &[&str]) -> Result<usize, Failure> {
    let file = File::open(path)?;
    let read = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())?;
    let options = ArrowReaderOptions::new().with_schema(Arc::new(with_dictionaries(read.schema())));
    let metadata = ArrowReaderMetadata::load(&file, options)?;
    let groups = metadata.metadata().num_row_groups();
    let next = AtomicUsize::new(0);
    let work = || -> Result<usize, Failure> {
        let mut rows = 0;
        loop {
            let group = next.fetch_add(1, Ordering::Relaxed);
            if group >= groups {
                return Ok(rows);
            }
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(File::open(path)?, metadata.clone());
            let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
            let reader = builder
                .with_projection(mask)
                .with_row_groups(vec![group])
                .with_batch_size(ROWS)
                .build()?;
            for batch in reader {
                rows += batch?.num_rows();
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("a worker never panics"))
            .sum()
    })
}

/// The schema with texts as dictionaries, or as views into the pages where they hardly repeat.
fn with_dictionaries(schema: &Schema) -> Schema {
    let fields = schema.fields().iter().map(|field| {
        let kind = match field.data_type() {
            DataType::Utf8 if UNIQUE.contains(&field.name().as_str()) => DataType::Utf8View,
            DataType::Utf8 => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            other => other.clone(),
        };
        Field::new(field.name(), kind, field.is_nullable())
    });
    Schema::new(fields.collect::<Vec<_>>())
}
