//! What a model of dbt reads: other models in place of tables, and which of their columns.

use std::collections::BTreeSet;

use super::super::tables::{Table, Tables};
use super::super::tree::{Expr, From, Query, Rows, Select};
use super::super::{jinja, print::Printer};
use super::DbtError;

/// A table as dbt names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// The expression, such as `ref('contacts')`.
    pub(super) expression: String,
    /// The model or seed, where it is one.
    pub(super) model: Option<String>,
}

impl Input {
    /// A table of one part is a model or a seed, one of two a table of a source.
    pub(super) fn new(table: &Table, printer: Printer<'_>) -> Result<Input, DbtError> {
        match table {
            Table::Named(parts) => match parts.as_slice() {
                [model] => Ok(Input {
                    expression: format!("ref({})", jinja::text(model)),
                    model: Some(model.clone()),
                }),
                [source, table] => Ok(Input {
                    expression: format!("source({}, {})", jinja::text(source), jinja::text(table)),
                    model: None,
                }),
                _ => Err(DbtError::Table(printer.table(table))),
            },
            Table::Template(written) => Err(DbtError::Table(written.clone())),
        }
    }

    /// What stands in the query.
    pub(super) fn table(&self) -> Table {
        Table::Template(format!("{{{{ {} }}}}", self.expression))
    }
}

/// All tables that a query may read, the contacts first.
#[derive(Clone, Debug)]
pub(super) struct Inputs {
    /// Each as dbt names it.
    pub(super) all: Vec<Input>,
    /// The tables as the query names them.
    pub(super) tables: Tables,
}

impl Inputs {
    pub(super) fn new(tables: &Tables, printer: Printer<'_>) -> Result<Inputs, DbtError> {
        let mut tables = tables.clone();
        let events = tables.events.iter_mut().map(|events| &mut events.table);
        let mut all = Vec::new();
        for table in std::iter::once(&mut tables.contacts.table).chain(events) {
            let input = Input::new(table, printer)?;
            *table = input.table();
            all.push(input);
        }
        Ok(Inputs { all, tables })
    }
}

/// The columns of a table that a query reads.
pub(super) fn columns_of(table: &Table, query: &Query) -> BTreeSet<String> {
    let named = query.named.iter().filter_map(|named| match &named.rows {
        Rows::Selected(selects) => Some(selects),
        Rows::Values { .. } => None,
    });
    let mut columns = BTreeSet::new();
    for select in named.flatten().chain([&query.rows]) {
        match &select.from {
            From::Table(read, alias) if read == table => note_columns(select, alias, &mut columns),
            From::Table(..) | From::Named(_) | From::Nowhere => {}
        }
    }
    columns
}

fn note_columns(select: &Select, alias: &str, columns: &mut BTreeSet<String>) {
    let computed = select.columns.iter().map(|(expr, _)| expr);
    for expr in computed
        .chain(select.joins.iter().map(|join| &join.on))
        .chain(&select.filter)
    {
        expr.each(|part| match part {
            Expr::ColumnOf(of, name) if of == alias => {
                columns.insert(name.clone());
            }
            _ => {}
        });
    }
}
