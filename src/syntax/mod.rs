//! Text to tree: the only place that knows pest.

pub mod tree;
