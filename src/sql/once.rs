//! Events that stand in their table more than once: of the rows with one id, one is passed on.

use super::events::DAY;
use super::names::Names;
use super::pipeline::Stage;
use super::reading::Reader;
use super::tables::EventsTable;
use super::tree::{Expr, Type};

/// What tells the rows of tables apart whose events have ids.
#[derive(Debug)]
pub(super) struct Repeated {
    /// The column of the event's id; missing for rows that have none.
    id: String,
    /// The column of the table's place, where there are several: each has ids of its own.
    table: Option<String>,
}

impl Repeated {
    /// `None` where no table has ids.
    pub(super) fn of(tables: &[EventsTable], names: &mut Names) -> Option<Repeated> {
        tables.iter().any(|table| table.id.is_some()).then(|| Repeated {
            id: names.take("event_id"),
            table: (tables.len() > 1).then(|| names.take("event_table")),
        })
    }

    /// What is read of a table for it.
    pub(super) fn columns(&self, table: &EventsTable, place: usize, reader: Reader<'_>) -> Vec<(Expr, String)> {
        let id = match &table.id {
            Some(id) => reader.text(reader.column(id)),
            None => Expr::Null(Type::Text),
        };
        let place = self
            .table
            .iter()
            .map(|name| (Expr::Integer(place as i64), name.clone()));
        std::iter::once((id, self.id.clone())).chain(place).collect()
    }

    /// The stages that pass on one row of each id: the earliest. Of those of one day all that is read decides, so that the
    /// same table always gives the same rows.
    pub(super) fn stages(&self, read: &[(Expr, String)], names: &mut Names) -> [Stage; 2] {
        let within = self
            .table
            .iter()
            .chain([&self.id])
            .map(|name| Expr::column(name))
            .collect();
        let others = read.iter().map(|(_, name)| name.as_str()).filter(|name| {
            let is_id = *name == self.id || Some(*name) == self.table.as_deref();
            !is_id && *name != DAY
        });
        let by = std::iter::once(DAY).chain(others).map(Expr::column).collect();
        let number = names.take("row_of_id");
        let is_first = Expr::column(&number).equals(Expr::Integer(1));
        let numbered = Stage {
            name: names.take("events_numbered"),
            comment: "the rows of each event, which may stand in its table more than once".to_owned(),
            columns: vec![(Expr::RowNumber { within, by }, number)],
            ..Stage::default()
        };
        let once = Stage {
            name: names.take("events_once"),
            comment: "each event once".to_owned(),
            filter: Some(Expr::any(vec![is_first, Expr::column(&self.id).missing()])),
            ..Stage::default()
        };
        [numbered, once]
    }
}
