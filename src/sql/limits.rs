//! What limits keep of events: how many of each day are among the newest of their calendar period, and of all.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Unit;
use crate::plan::SignalId;

use super::events::{CONTACT, Collecting, DAY, Kept, NAME};
use super::picked::one_of;
use super::pipeline::{Source, Stage, linked};
use super::tree::{Expr, From, Function, Named, Rows, Select};

impl Collecting<'_, '_> {
    /// What limits keep, by days.
    pub(super) fn limits(&mut self, limited: &[Kept]) {
        if limited.is_empty() {
            return;
        }
        let mut counts: BTreeMap<SignalId, String> = BTreeMap::new();
        let mut columns = Vec::new();
        for (_, id, ..) in limited {
            let Some(signal) = self.of.signal(*id).filter(|_| !counts.contains_key(id)) else {
                continue;
            };
            let condition = self.picked.condition(signal);
            let name = self.names.take(&format!("{}_of_day", self.of.title(&signal.events)));
            columns.push((Expr::call(Function::CountWhere, [condition]), name.clone()));
            counts.insert(*id, name);
        }
        let names: Option<Vec<BTreeSet<&str>>> = counts
            .keys()
            .filter_map(|id| self.of.signal(*id))
            .map(|signal| self.of.names_of(&signal.events))
            .collect();
        let names: Option<BTreeSet<&str>> = names.map(|names| names.into_iter().flatten().collect());
        let filter = match (&names, &self.picked.only) {
            (Some(names), Some(only)) if only.is_subset(names) => None,
            (Some(names), _) => Some(one_of(&Expr::column(NAME), names)),
            (None, _) => None,
        };
        let of_days = Select {
            kept: vec![CONTACT.to_owned(), DAY.to_owned()],
            columns,
            filter,
            groups: vec![CONTACT.to_owned(), DAY.to_owned()],
            ..Select::default()
        };
        let days = self.names.take("days");
        let source = self.of_days(days, of_days);
        let (mut in_periods, mut in_all, mut sums, mut joins) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut found = Vec::new();
        for (node, signal, worth, limits) in limited {
            let Some(count) = counts.get(signal) else { continue };
            let title = self
                .of
                .signal(*signal)
                .map_or("", |signal| self.of.title(&signal.events));
            let mut count = count.clone();
            if let Some((most, unit)) = limits.per {
                let name = self.names.take(&format!("{title}_kept_in_{}", unit.word()));
                let period = Expr::call(Function::PeriodNumber(unit), [Expr::column(DAY)]);
                let kept = match unit {
                    // A day is a row.
                    Unit::Day => at_most(&count, Expr::Integer(i64::try_from(most).unwrap_or(i64::MAX))),
                    _ => kept_of(&count, most, vec![Expr::column(CONTACT), period]),
                };
                in_periods.push((kept, name.clone()));
                count = name;
            }
            if let Some(most) = limits.total {
                let name = self.names.take(&format!("{title}_kept_in_all"));
                in_all.push((kept_of(&count, most, vec![Expr::column(CONTACT)]), name.clone()));
                count = name;
            }
            let worth = self.worth(*worth, &mut joins);
            let name = self.names.take("kept_points");
            sums.push((
                Expr::call(Function::SumOf, [Expr::column(&count).times(worth)]),
                name.clone(),
            ));
            found.push(name.clone());
            self.collected.kept.insert(*node, name);
        }
        let stages = [
            (
                "kept_in_periods",
                "the newest events of each calendar period",
                in_periods,
            ),
            ("kept_in_all", "the newest of those that are left", in_all),
        ];
        let stages = stages.map(|(name, comment, columns)| Stage {
            name: self.names.take(name),
            comment: comment.to_owned(),
            columns,
            ..Stage::default()
        });
        let needed: Vec<String> = available(&source, &stages);
        let (named, last) = linked(source, stages.into(), &needed);
        self.collected.named.extend(named);
        let name = self.names.take("kept");
        self.collected.named.push(Named {
            name: name.clone(),
            comment: "what the events are worth that limits keep".to_owned(),
            rows: Rows::Selected(vec![Select {
                kept: vec![CONTACT.to_owned()],
                columns: sums,
                from: From::Named(last),
                joins,
                groups: vec![CONTACT.to_owned()],
                ..Select::default()
            }]),
        });
        self.collected.tables.push((name, found));
    }

    fn of_days(&self, name: String, select: Select) -> Source {
        Source {
            name,
            comment: "how many events of each day count for rules with limits that look at days".to_owned(),
            selects: vec![select],
        }
    }
}

/// How many of a day's events are among so many newest of what they have in common with others.
fn kept_of(count: &str, most: u64, within: Vec<Expr>) -> Expr {
    let newer = Expr::SumOfNewer {
        of: Box::new(Expr::column(count)),
        within,
        by: Box::new(Expr::column(DAY)),
    };
    let most = Expr::Integer(i64::try_from(most).unwrap_or(i64::MAX));
    let left = most.minus(Expr::call(Function::Narrow, [newer.or_else(Expr::Integer(0))]));
    Expr::call(Function::Greatest, [at_most(count, left), Expr::Integer(0)])
}

fn at_most(count: &str, most: Expr) -> Expr {
    Expr::call(Function::Least, [Expr::column(count), most])
}

/// All columns of a source and its stages.
fn available(source: &Source, stages: &[Stage]) -> Vec<String> {
    let of_source = source.selects.iter().flat_map(|select| {
        select
            .kept
            .iter()
            .cloned()
            .chain(select.columns.iter().map(|(_, name)| name.clone()))
    });
    let of_stages = stages
        .iter()
        .flat_map(|stage| stage.columns.iter().map(|(_, name)| name.clone()));
    of_source.chain(of_stages).collect()
}
