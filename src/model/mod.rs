//! The model: a rules file whose every mistake has been found. From here on, nothing can fail.
