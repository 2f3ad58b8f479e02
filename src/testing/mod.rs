//! The tests of a rules file: run, reported, and how much of the rules they cover.
