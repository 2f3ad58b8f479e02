//! Plan to scores and traces: the one engine.
