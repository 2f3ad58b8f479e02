//! What limits keep of events: how many of each day are among the newest of their calendar period, and of all.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Unit;
use crate::plan::SignalId;

use super::events::{CONTACT, Collecting, DAY, Kept, NAME};
use super::picked::one_of;
use super::pipeline::{Source, Stage, linked};
use super::tree::{Expr, From, Function, Join, Named, Rows, Select};

/// What is made of what limits keep: the columns of each step, and the sums.
#[derive(Default)]
struct Keeping {
    in_periods: Vec<(Expr, String)>,
    in_all: Vec<(Expr, String)>,
    sums: Vec<(Expr, String)>,
    joins: Vec<Join>,
}

impl Collecting<'_, '_> {
    /// What limits keep, by days.
    pub(super) fn limits(&mut self, limited: &[Kept]) {
        if limited.is_empty() {
            return;
        }
        let counts = self.counts_of_days(limited);
        let source = self.days(&counts);
        let mut keeping = Keeping::default();
        for kept in limited {
            if let Some((_, count)) = counts.get(&kept.1) {
                self.keep(kept, count, &mut keeping);
            }
        }
        let Keeping {
            in_periods,
            in_all,
            sums,
            joins,
        } = keeping;
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
        let found = sums.iter().map(|(_, name)| name.clone()).collect();
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

    /// How many events of a day each signal counts, and the name of that.
    fn counts_of_days(&mut self, limited: &[Kept]) -> BTreeMap<SignalId, (Expr, String)> {
        let mut counts = BTreeMap::new();
        for (_, id, ..) in limited {
            let Some(signal) = self.of.signal(*id).filter(|_| !counts.contains_key(id)) else {
                continue;
            };
            let count = Expr::call(Function::CountWhere, [self.picked.condition(signal)]);
            let name = self.names.take(&format!("{}_of_day", self.of.title(&signal.events)));
            counts.insert(*id, (count, name));
        }
        counts
    }

    /// The days of each contact with what is counted of them, of the events alone that are.
    fn days(&mut self, counts: &BTreeMap<SignalId, (Expr, String)>) -> Source {
        let signals = counts.keys().filter_map(|id| self.of.signal(*id));
        let names: Option<Vec<BTreeSet<&str>>> = signals.map(|signal| self.of.names_of(&signal.events)).collect();
        let names: Option<BTreeSet<&str>> = names.map(|names| names.into_iter().flatten().collect());
        let filter = match (&names, &self.picked.only) {
            (Some(names), Some(only)) if only.is_subset(names) => None,
            (Some(names), _) => Some(one_of(&Expr::column(NAME), names)),
            (None, _) => None,
        };
        let of_days = vec![CONTACT.to_owned(), DAY.to_owned()];
        Source {
            name: self.names.take("days"),
            comment: "how many events of each day count for rules with limits that look at days".to_owned(),
            selects: vec![Select {
                kept: of_days.clone(),
                columns: counts.values().cloned().collect(),
                filter,
                groups: of_days,
                ..Select::default()
            }],
        }
    }

    /// What a rule keeps of the events of each day, first of its period and then of all, and what these are worth.
    fn keep(&mut self, (node, signal, worth, limits): &Kept, count: &str, keeping: &mut Keeping) {
        let signal = self.of.signal(*signal);
        let title = signal.map_or("", |signal| self.of.title(&signal.events));
        let mut count = count.to_owned();
        if let Some((most, unit)) = limits.per {
            let name = self.names.take(&format!("{title}_kept_in_{}", unit.word()));
            let period = Expr::call(Function::PeriodNumber(unit), [Expr::column(DAY)]);
            let kept = match unit {
                // A day is a row.
                Unit::Day => at_most(&count, Expr::Integer(i64::try_from(most).unwrap_or(i64::MAX))),
                Unit::Week | Unit::Month | Unit::Year => kept_of(&count, most, vec![Expr::column(CONTACT), period]),
            };
            keeping.in_periods.push((kept, name.clone()));
            count = name;
        }
        if let Some(most) = limits.total {
            let name = self.names.take(&format!("{title}_kept_in_all"));
            let kept = kept_of(&count, most, vec![Expr::column(CONTACT)]);
            keeping.in_all.push((kept, name.clone()));
            count = name;
        }
        let points = Expr::column(&count).times(self.worth(*worth, &mut keeping.joins));
        let name = self.names.take("kept_points");
        keeping.sums.push((Expr::call(Function::SumOf, [points]), name.clone()));
        self.collected.kept.insert(*node, name);
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
