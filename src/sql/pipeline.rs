//! A chain of selections, each of which computes columns from those before it and passes on what is still needed.

use std::collections::HashSet;

use super::tree::{Expr, From, Join, Named, Rows, Select};

/// A link of the chain.
#[derive(Clone, Debug, Default)]
pub(super) struct Stage {
    /// Its name.
    pub(super) name: String,
    /// What it does, for the reader.
    pub(super) comment: String,
    /// What it computes.
    pub(super) columns: Vec<(Expr, String)>,
    /// What it looks up.
    pub(super) joins: Vec<Join>,
    /// The columns that lookups bring.
    pub(super) found: Vec<String>,
    /// Which rows it passes on.
    pub(super) filter: Option<Expr>,
}

/// Where a chain begins: one or several selections with the same columns.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) comment: String,
    pub(super) selects: Vec<Select>,
}

/// Links a source and the stages that read it, as far as the columns that are needed at the end make it necessary.
/// Returns the named rows and the name of the last.
pub(super) fn linked(mut source: Source, mut stages: Vec<Stage>, needed: &[String]) -> (Vec<Named>, String) {
    let mut alive: HashSet<String> = needed.iter().cloned().collect();
    let mut passed: Vec<HashSet<String>> = Vec::new();
    for stage in stages.iter_mut().rev() {
        stage.columns.retain(|(_, name)| alive.contains(name));
        let made = stage.columns.iter().map(|(_, name)| name).chain(&stage.found);
        let made: HashSet<&String> = made.collect();
        let mut before: HashSet<String> = alive.iter().filter(|name| !made.contains(name)).cloned().collect();
        passed.push(alive);
        let read = stage.columns.iter().map(|(expr, _)| expr);
        let read = read.chain(stage.joins.iter().map(|join| &join.on)).chain(&stage.filter);
        read.for_each(|expr| note_columns(expr, &mut before));
        alive = before;
    }
    for select in &mut source.selects {
        select.columns.retain(|(_, name)| alive.contains(name));
    }
    let first = source.selects.first();
    let columns = |select: &Select| {
        select
            .kept
            .iter()
            .chain(select.columns.iter().map(|(_, name)| name))
            .cloned()
            .collect()
    };
    let mut available: Vec<String> = first.map(columns).unwrap_or_default();
    let mut last = source.name.clone();
    let mut named = vec![Named {
        name: source.name,
        comment: source.comment,
        rows: Rows::Selected(source.selects),
    }];
    for (stage, after) in stages.into_iter().zip(passed.into_iter().rev()) {
        if stage.columns.is_empty() && stage.joins.is_empty() && stage.filter.is_none() {
            continue;
        }
        available.extend(stage.found);
        let made: HashSet<&String> = stage.columns.iter().map(|(_, name)| name).collect();
        let kept: Vec<String> = available
            .iter()
            .filter(|name| after.contains(*name) && !made.contains(name))
            .cloned()
            .collect();
        let computed: Vec<String> = stage.columns.iter().map(|(_, name)| name.clone()).collect();
        available = kept.iter().cloned().chain(computed).collect();
        let select = Select {
            kept,
            columns: stage.columns,
            from: From::Named(last),
            joins: stage.joins,
            filter: stage.filter,
            ..Select::default()
        };
        last = stage.name.clone();
        named.push(Named {
            name: stage.name,
            comment: stage.comment,
            rows: Rows::Selected(vec![select]),
        });
    }
    (named, last)
}

/// The columns that rows read, of whatever they read from.
pub(super) fn columns_read(rows: &Rows) -> HashSet<String> {
    let mut columns = HashSet::new();
    let Rows::Selected(selects) = rows else { return columns };
    for select in selects {
        columns.extend(select.kept.iter().chain(&select.groups).cloned());
        let expressions = select.columns.iter().map(|(expr, _)| expr);
        let expressions = expressions
            .chain(select.joins.iter().map(|join| &join.on))
            .chain(&select.filter);
        expressions.for_each(|expr| note_columns(expr, &mut columns));
    }
    columns
}

/// Notes the columns that an expression reads.
fn note_columns(expr: &Expr, columns: &mut HashSet<String>) {
    expr.each(|part| {
        if let Expr::Column(name) = part {
            columns.insert(name.clone());
        }
    });
}
