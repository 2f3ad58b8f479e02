//! The tree as text in the one style.
