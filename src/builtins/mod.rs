//! The functions of the language: one table of names, types, documentation and meaning.
