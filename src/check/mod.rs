//! Tree to model, or problems: names, types, rules; one file a pass.
