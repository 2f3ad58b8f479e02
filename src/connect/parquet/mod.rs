//! Parquet, in and out: the one folder that knows the format's library.
//!
//! Pages are decompressed by the library, and taken apart here: texts are looked at where they lie, and columns whose
//! pages hold codes of a dictionary stay codes. What is encoded in a rare way is decoded by the library. Of a file, only
//! the columns that are wanted are read.

mod broken;
mod column;
mod file;
mod footer;
mod held;
mod hybrid;
mod input;
mod kind;
mod nested;
mod numbers;
mod read;
mod records;
mod repeated;
mod shape;
mod values;
mod write;

pub(super) use read::Parquet;
pub(super) use write::write;
