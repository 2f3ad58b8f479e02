//! Warnings, each with its labels and its help.
