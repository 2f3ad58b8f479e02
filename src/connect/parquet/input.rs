//! Where the bytes of a Parquet file come from: the file, read in windows, or memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Buf, Bytes};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

/// So many bytes are read at once: few system calls, and memory that is used again.
const WINDOW: usize = 128 * 1024;

/// A file's bytes, which may be looked at from several places.
#[derive(Clone, Debug)]
pub(super) enum Input {
    /// A file that can be opened again.
    File(PathBuf),
    /// What was read from a stream.
    Memory(Bytes),
}

impl Input {
    /// Looks at the bytes from a place of its own.
    pub(super) fn view(&self) -> io::Result<View> {
        let held = match self {
            Input::Memory(bytes) => Held {
                file: None,
                start: 0,
                bytes: bytes.clone(),
                length: bytes.len() as u64,
            },
            Input::File(path) => {
                let file = File::open(path)?;
                Held {
                    length: file.metadata()?.len(),
                    file: Some(file),
                    start: 0,
                    bytes: Bytes::new(),
                }
            }
        };
        Ok(View(Arc::new(Mutex::new(held))))
    }
}

/// One place from which bytes are read, mostly one after the other.
#[derive(Clone, Debug)]
pub(super) struct View(Arc<Mutex<Held>>);

#[derive(Debug)]
struct Held {
    /// None where all bytes are held.
    file: Option<File>,
    length: u64,
    /// Where the bytes that are held begin.
    start: u64,
    bytes: Bytes,
}

impl View {
    /// The bytes from a place on: at least so many, unless the file ends before.
    fn bytes(&self, start: u64, least: usize) -> io::Result<Bytes> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = held.bytes_from(start).filter(|bytes| bytes.len() >= least) {
            return Ok(bytes);
        }
        held.read(start, least.max(WINDOW))?;
        Ok(held.bytes_from(start).unwrap_or_default())
    }
}

impl Held {
    fn bytes_from(&self, start: u64) -> Option<Bytes> {
        let within = usize::try_from(start.checked_sub(self.start)?).ok()?;
        (within <= self.bytes.len()).then(|| self.bytes.slice(within..))
    }

    fn read(&mut self, start: u64, count: usize) -> io::Result<()> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        let left = self.length.saturating_sub(start).min(count as u64);
        let mut bytes = Vec::with_capacity(left as usize);
        file.seek(SeekFrom::Start(start))?;
        file.take(left).read_to_end(&mut bytes)?;
        (self.start, self.bytes) = (start, bytes.into());
        Ok(())
    }
}

impl Length for View {
    fn len(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).length
    }
}

impl ChunkReader for View {
    type T = Reading;

    fn get_read(&self, start: u64) -> Result<Reading> {
        Ok(Reading {
            view: self.clone(),
            at: start,
            bytes: self.bytes(start, 1)?,
        })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let bytes = self.bytes(start, length)?;
        match bytes.len() >= length {
            true => Ok(bytes.slice(..length)),
            false => Err(ParquetError::EOF("the file ends before".to_owned())),
        }
    }
}

/// Reads from a place on, and through the windows' ends.
pub(super) struct Reading {
    view: View,
    at: u64,
    bytes: Bytes,
}

impl Read for Reading {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.bytes.is_empty() {
            self.bytes = self.view.bytes(self.at, 1)?;
        }
        let count = into.len().min(self.bytes.len());
        self.bytes.copy_to_slice(into.get_mut(..count).unwrap_or_default());
        self.at += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_the_same_wherever_they_come_from() {
        let bytes: Vec<u8> = (0..3 * WINDOW + 7).map(|at| (at * at / 3) as u8).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        std::fs::write(&path, &bytes).unwrap();
        for input in [Input::File(path), Input::Memory(bytes.clone().into())] {
            let view = input.view().unwrap();
            assert_eq!(view.len(), bytes.len() as u64);
            for (start, length) in [(0, 5), (WINDOW - 2, 9), (3, 2 * WINDOW), (bytes.len() - 7, 7), (1, 0)] {
                let read = view.get_bytes(start as u64, length).unwrap();
                assert_eq!(read, bytes[start..start + length], "{start}");
            }
            assert!(view.get_bytes(bytes.len() as u64 - 7, 8).is_err());
            assert!(view.get_bytes(u64::MAX, 1).is_err());
            let mut rest = Vec::new();
            view.get_read(WINDOW as u64 - 3)
                .unwrap()
                .read_to_end(&mut rest)
                .unwrap();
            assert_eq!(rest, bytes[WINDOW - 3..]);
        }
    }
}
