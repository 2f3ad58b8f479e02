//! Queries as text in a dialect: one line for each column where it fits, each part on its own where not.

use super::dialect::Dialect;
use super::jinja;
use super::tables::Table;
use super::tree::{Expr, From, Join, Named, Query, Rows, Select};

/// Longer expressions are broken into lines.
pub(super) const WIDTH: usize = 100;

/// Writes queries in a dialect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Printer<'d> {
    pub(super) dialect: &'d dyn Dialect,
    /// Whether a tool reads it as a template of Jinja, in which what comes from rules and tables must mean itself.
    is_template: bool,
}

impl<'d> Printer<'d> {
    /// Writes queries for the engine itself.
    pub(super) fn new(dialect: &'d dyn Dialect) -> Printer<'d> {
        let is_template = false;
        Printer { dialect, is_template }
    }

    /// Writes queries for a tool that reads them as templates.
    pub(super) fn of_templates(dialect: &'d dyn Dialect) -> Printer<'d> {
        let is_template = true;
        Printer { dialect, is_template }
    }

    /// A whole query, up to its semicolon, which it has not.
    pub(super) fn query(self, query: &Query, created: Option<&str>) -> String {
        let mut text: String = query.heading.iter().map(|line| self.comment(line)).collect();
        if let Some(created) = created {
            text += &format!("{created}\n");
        }
        let named: Vec<String> = query.named.iter().map(|named| self.named(named)).collect();
        if !named.is_empty() {
            text += &format!("WITH\n{}\n", named.join(",\n"));
        }
        text += &self.select(&query.rows);
        text += self.dialect.ending();
        text + "\n"
    }

    /// The name of a table.
    pub(super) fn table(self, table: &Table) -> String {
        match table {
            Table::Named(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.identifier(part)).collect();
                parts.join(".")
            }
            Table::Template(text) => text.clone(),
        }
    }

    /// The name of a column or table.
    pub(super) fn identifier(self, name: &str) -> String {
        self.literally(self.dialect.identifier(name))
    }

    /// A line of comment. Whatever would end it, or begin another, is taken out.
    pub(super) fn comment(self, text: &str) -> String {
        let words: Vec<&str> = text
            .split(|character: char| character.is_whitespace() || character.is_control())
            .collect();
        let line = self.literally(format!("-- {}", words.join(" ")));
        format!("{}\n", line.trim_end())
    }

    /// What comes from elsewhere, so that it means itself.
    pub(super) fn literally(self, text: String) -> String {
        match self.is_template {
            true => jinja::literally(&text),
            false => text,
        }
    }

    fn named(self, named: &Named) -> String {
        let rows = match &named.rows {
            Rows::Selected(several) => {
                let several: Vec<String> = several.iter().map(|select| self.select(select)).collect();
                self.dialect.fence().to_owned() + &several.join("\nUNION ALL\n")
            }
            Rows::Values { columns, rows } => self.values(columns, rows),
        };
        let (name, before) = (self.identifier(&named.name), self.dialect.named());
        let told = match named.comment.as_str() {
            "" => String::new(),
            told => self.comment(told),
        };
        format!("{told}{name} {before} (\n{}\n)", indented(&rows))
    }

    fn values(self, columns: &[String], rows: &[Vec<i64>]) -> String {
        let numbers = |row: &Vec<i64>| {
            let numbers: Vec<String> = row.iter().map(|number| self.dialect.integer(*number)).collect();
            format!("({})", numbers.join(", "))
        };
        let rows: Vec<String> = rows.iter().map(numbers).collect();
        self.dialect.values(columns, &wrapped(&rows))
    }

    fn select(self, select: &Select) -> String {
        let identifier = |name: &String| self.identifier(name);
        let mut columns = Vec::new();
        if !select.kept.is_empty() {
            columns.push(wrapped(&select.kept.iter().map(identifier).collect::<Vec<_>>()));
        }
        columns.extend(select.columns.iter().map(|(expr, name)| self.named_column(expr, name)));
        let mut text = format!("SELECT\n{}", indented(&columns.join(",\n")));
        text += &self.from(&select.from);
        select.joins.iter().for_each(|join| text += &self.join(join));
        if let Some(filter) = &select.filter {
            text += &format!("\nWHERE {}", self.condition(filter).bare().replace('\n', "\n  "));
        }
        if !select.groups.is_empty() {
            let groups: Vec<String> = select.groups.iter().map(identifier).collect();
            text += &format!("\nGROUP BY {}", groups.join(", "));
        }
        if let Some(order) = &select.order {
            text += &format!("\nORDER BY {}", identifier(order));
        }
        text
    }

    fn named_column(self, expr: &Expr, name: &str) -> String {
        let piece = self.number(expr);
        let name = self.identifier(name);
        match piece.bare() == name {
            true => name,
            false => format!("{} AS {name}", piece.bare()),
        }
    }

    fn from(self, from: &From) -> String {
        match from {
            From::Named(name) => format!("\nFROM {}", self.identifier(name)),
            From::Table(table, alias) => format!("\nFROM {} AS {alias}", self.table(table)),
            From::Nowhere => String::new(),
        }
    }

    fn join(self, join: &Join) -> String {
        let (rows, name) = (self.identifier(&join.rows), self.identifier(&join.name));
        let known = if rows == name {
            String::new()
        } else {
            format!(" AS {name}")
        };
        format!("\nLEFT JOIN {rows}{known} ON {}", self.piece(&join.on).bare())
    }
}

/// Text two columns farther to the right.
pub(super) fn indented(text: &str) -> String {
    format!("  {}", text.replace('\n', "\n  "))
}

/// Parts between commas, in as many lines as they need.
pub(super) fn wrapped(parts: &[String]) -> String {
    let mut text = String::new();
    let mut used = 0;
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            let breaks = used + part.len() > WIDTH;
            text += if breaks { ",\n" } else { ", " };
            used = if breaks { 0 } else { used + 2 };
        }
        text += part;
        used += part.len();
    }
    text
}
