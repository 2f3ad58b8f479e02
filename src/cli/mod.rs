//! The command line: arguments, terminal, exit codes; one file a command.
