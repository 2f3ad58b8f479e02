//! A plan to a query: contacts beside what is collected of their events, then step by step what the plan computes.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Amount, Model, Rule};
use crate::number::Number;
use crate::plan::{Holds, NodeId, Operation, Plan, ResultColumn};
use crate::source::Span;

use super::Request;
use super::columns::{self, Columns, Hints, Part, is_decayed_by_part};
use super::events::{Collected, Collector};
use super::expression::{Expressions, LookedUp};
use super::names::Names;
use super::pipeline::{Source, Stage, columns_read, linked};
use super::reading::{Needs, Reader, read_columns};
use super::refusals::REASONS;
use super::tree::{Expr, From, Function, Join, Named, Query, Rows, Select, Type};

/// What makes a query of a plan.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compiler<'a> {
    pub(super) model: &'a Model,
    pub(super) plan: &'a Plan,
    pub(super) request: &'a Request,
}

const ID: &str = "id";
const CONTACT: &str = "contact";
const PERIODS: &str = "periods";
const LEFT: &str = "remaining";

impl<'a> Compiler<'a> {
    /// The query.
    pub(super) fn query(self) -> Query {
        let (model, plan) = (self.model, self.plan);
        let (dialect, as_of) = (self.request.dialect.0, self.request.as_of);
        let roots = self.roots();
        let steps = plan.contacts.closure(roots.iter().copied());
        let mut names = Names::default();
        let tables = self.request.tables.names();
        tables.chain([ID, CONTACT, PERIODS, LEFT]).for_each(|name| {
            names.take(name);
        });
        let collector = Collector {
            model,
            plan,
            dialect,
            as_of,
            tables: &self.request.tables.events,
        };
        let mut collected = collector.collect(&steps, &mut names);
        let needs = Needs::of(&plan.contacts, &steps);
        let mut expressions = Expressions::new(plan, &plan.contacts, dialect, as_of);
        expressions.signals = std::mem::take(&mut collected.signals);
        expressions.kept = std::mem::take(&mut collected.kept);
        expressions.comments = self.comments();
        let field = |column: u32| model.fields.get(column as usize);
        let field = |column: u32| field(column).map(|field| (field.name.as_str(), &field.of));
        let mut stages = read_columns(&needs, field, "contact", &mut expressions, &mut names);
        let source = self.contacts(&needs, &expressions, &mut names);
        stages.extend(beside(&collected, &mut names));
        let hints = self.hints();
        let columns = columns::chosen(plan, &plan.contacts, &steps, &roots, &hints, &mut names);
        let decays = self.decays(&columns, &mut expressions, &mut names);
        expressions.columns = columns.names.clone();
        stages.extend(self.stages(&columns, &expressions, &mut names));
        let (result, read) = self.result(&expressions);
        let (contacts, last) = linked(source, stages, &read);
        Query {
            heading: self.request.heading.clone(),
            named: collected.named.into_iter().chain(decays).chain(contacts).collect(),
            rows: Select {
                from: From::Named(last),
                ..result
            },
        }
    }

    /// The nodes that the result shows.
    fn roots(self) -> Vec<NodeId> {
        let shown = self.plan.columns.iter().filter_map(|column| column.holds.node());
        let reasons = self
            .plan
            .blocks
            .iter()
            .flat_map(|block| &block.rules)
            .map(|rule| rule.points);
        let exclusion = std::iter::repeat_n(self.plan.exclusion, 2);
        shown
            .chain(exclusion)
            .chain(reasons.filter(|_| self.request.reasons))
            .collect()
    }

    /// Each rule as it is written, at the node of what it adds.
    fn comments(self) -> HashMap<NodeId, Vec<String>> {
        let mut comments: HashMap<NodeId, Vec<String>> = HashMap::new();
        for (rule, node) in self.rules() {
            comments.entry(node).or_default().push(self.written(rule.span));
        }
        comments
    }

    pub(super) fn rules(self) -> impl Iterator<Item = (&'a Rule, NodeId)> {
        let blocks = self.model.blocks.iter().zip(&self.plan.blocks);
        blocks.flat_map(|(block, planned)| {
            let rules = block.rules.iter().zip(&planned.rules);
            rules.map(|(rule, planned)| (rule, planned.points))
        })
    }

    /// The line and the text of a statement, shortened.
    fn written(self, span: Span) -> String {
        let (line, _) = self.model.source.position(span.start);
        format!("line {line}: {}", shortened(self.model.written(span)))
    }

    /// The contacts as their table has them.
    fn contacts(self, needs: &Needs, expressions: &Expressions<'_>, names: &mut Names) -> Source {
        let table = &self.request.tables.contacts;
        let reader = Reader {
            alias: "c",
            missing: &table.missing,
            types: &table.types,
            zone: self.model.zone,
        };
        let id = Expr::call(Function::AsText, [reader.column(&table.id)]);
        let mut columns = vec![(id, ID.to_owned())];
        for column in &needs.columns {
            let name = expressions.read_as(*column);
            if let Some((name, field)) = name.zip(self.model.fields.get(*column as usize)) {
                let stored_as = table.column(&field.name);
                columns.push((reader.value(stored_as, &field.of), name.clone()));
            }
        }
        Source {
            name: names.take("contacts_read"),
            comment: "the contacts, with the fields that rules read".to_owned(),
            selects: vec![Select {
                columns,
                from: From::Table(table.table.clone(), reader.alias),
                ..Select::default()
            }],
        }
    }

    /// What the nodes of the file's named things are called, and where they belong.
    fn hints(self) -> Hints {
        let (model, plan) = (self.model, self.plan);
        let mut hints = Hints::default();
        let mut hint = |node: NodeId, name: &str, part: Part, forced: bool| {
            hints.names.insert(node, name.to_owned());
            hints.parts.insert(node, part);
            if forced {
                hints.forced.insert(node);
            }
        };
        for (rule, node) in self.rules() {
            let (line, _) = model.source.position(rule.span.start);
            hint(node, &format!("points_of_line_{line}"), Part::Conditions, false);
        }
        for (named, written) in model.lets.iter().zip(&plan.lets) {
            hint(written.node, &named.name, Part::Conditions, false);
        }
        for (block, planned) in model.blocks.iter().zip(&plan.blocks) {
            let name = block.name.as_deref().unwrap_or("rules");
            hint(planned.profile, &format!("{name}_profile"), Part::Points, false);
            hint(planned.behaviour, &format!("{name}_behaviour"), Part::Points, false);
            if let Some(activity) = planned.activity {
                hint(activity, &format!("{name}_activity"), Part::Points, false);
            }
            hint(planned.decayed, &format!("{name}_left"), Part::Points, false);
            hint(planned.sum, &format!("{name}_sum"), Part::Points, false);
            hint(planned.value, name, Part::Blocks, true);
            if let Some(band) = planned.band {
                hint(band, &format!("{name}_band"), Part::Labels, false);
            }
        }
        for (formula, node) in model.formulas.iter().zip(&plan.formulas) {
            hint(*node, &formula.name, Part::Scores, true);
        }
        hint(plan.overall, "score", Part::Scores, true);
        if let Some(band) = plan.band {
            hint(band, "band", Part::Labels, false);
        }
        for (class, planned) in model.classes.iter().zip(&plan.classes) {
            hint(planned.label, &class.name, Part::Labels, false);
        }
        hint(plan.exclusion, "exclusion", Part::Labels, false);
        hints
    }

    /// The rows that say what decay leaves, for each node that decays by a part.
    fn decays(self, columns: &Columns, expressions: &mut Expressions<'_>, names: &mut Names) -> Vec<Named> {
        let mut made: Vec<(Number, Named)> = Vec::new();
        for id in columns.stages.values().flatten() {
            let Some(Operation::Decayed {
                amount: Amount::Part(part),
                ..
            }) = self.plan.node(*id).map(|node| &node.operation)
            else {
                continue;
            };
            if made.iter().all(|(known, _)| known != part) {
                let rows = self
                    .plan
                    .remaining(*part)
                    .iter()
                    .zip(0..)
                    .map(|(left, periods)| vec![periods, *left]);
                let rows = Named {
                    name: names.take("decay"),
                    comment: format!("what remains of 10^12 after so many periods that each take {part} of it"),
                    rows: Rows::Values {
                        columns: vec![PERIODS.to_owned(), LEFT.to_owned()],
                        rows: rows.collect(),
                    },
                };
                made.push((*part, rows));
            }
            if let Some((_, rows)) = made.iter().find(|(known, _)| known == part) {
                let known_as = names.take(&rows.name);
                let looked_up = LookedUp {
                    rows: rows.name.clone(),
                    name: known_as,
                    column: LEFT,
                };
                expressions.left.insert(*id, looked_up);
            }
        }
        made.into_iter().map(|(_, rows)| rows).collect()
    }

    /// The stages that compute the columns.
    fn stages(self, columns: &Columns, expressions: &Expressions<'_>, names: &mut Names) -> Vec<Stage> {
        let mut told = BTreeSet::new();
        let stages = columns.stages.iter().map(|((part, _), nodes)| Stage {
            name: names.take(part.name()),
            comment: if told.insert(*part) {
                part.comment().to_owned()
            } else {
                String::new()
            },
            columns: expressions.named(nodes),
            joins: self.lookups(nodes, expressions),
            ..Stage::default()
        });
        stages.collect()
    }

    /// What the nodes of a stage look up.
    fn lookups(self, nodes: &[NodeId], expressions: &Expressions<'_>) -> Vec<Join> {
        let mut joins = Vec::new();
        for id in nodes {
            let Some(Operation::Decayed { activity, period, .. }) = self
                .plan
                .node(*id)
                .map(|node| &node.operation)
                .filter(|operation| is_decayed_by_part(operation))
            else {
                continue;
            };
            if let Some(LookedUp { rows, name, .. }) = expressions.left.get(id).cloned() {
                let periods = self.request.as_of.full_periods(&expressions.value(*activity), *period);
                let on = Expr::ColumnOf(name.clone(), PERIODS.to_owned()).equals(periods);
                joins.push(Join { rows, name, on });
            }
        }
        joins
    }

    /// The columns of the result, and the columns that they read.
    fn result(self, expressions: &Expressions<'_>) -> (Select, Vec<String>) {
        let excluded = match self.plan.reasons.is_empty() {
            true => Expr::Boolean(false),
            false => expressions.value(self.plan.exclusion).known(),
        };
        let unless_excluded = |value: Expr| match &excluded {
            Expr::Boolean(_) => value,
            excluded => Expr::only_if(excluded.clone().not(), value),
        };
        // With a type of its own: without one, an engine may forget how many places the numbers have.
        let number = |node| {
            let number = Expr::call(Function::Decimal, [expressions.value(node)]);
            match &excluded {
                Expr::Boolean(_) => number,
                excluded => Expr::case(excluded.clone().not(), number, Expr::Null(Type::Decimal)),
            }
        };
        let column = |column: &ResultColumn| {
            let value = match &column.holds {
                Holds::Id => Expr::column(ID),
                Holds::Score { node, .. } => number(*node),
                Holds::Label { node, texts, .. } => {
                    let label = |place: usize| Expr::text(texts.get(place).map_or("", String::as_str));
                    let chosen = node.map(|node| expressions.choice(node, label, None, Type::Text));
                    let chosen = chosen.unwrap_or(Expr::Null(Type::Text));
                    match (column.holds.excluded(), &excluded) {
                        (Some(_), Expr::Boolean(_)) | (None, _) => unless_excluded(chosen),
                        (Some(place), excluded) => Expr::case(excluded.clone(), label(place as usize), chosen),
                    }
                }
                Holds::Exclusion => self.exclusion(expressions),
            };
            (value, column.name.clone())
        };
        let mut columns: Vec<(Expr, String)> = self.plan.columns.iter().map(column).collect();
        if self.request.reasons {
            let reasons = self.reasons(expressions);
            columns.push((unless_excluded(reasons), REASONS.to_owned()));
        }
        let select = Select {
            columns,
            ..Select::default()
        };
        let read = columns_read(&Rows::Selected(vec![select.clone()]));
        (select, read.into_iter().collect())
    }

    /// Why a contact is excluded.
    fn exclusion(self, expressions: &Expressions<'_>) -> Expr {
        let reason = |place: usize| Expr::text(self.plan.reasons.get(place).map_or("", String::as_str));
        match self.plan.reasons.is_empty() {
            true => Expr::Null(Type::Text),
            false => expressions.choice(self.plan.exclusion, reason, None, Type::Text),
        }
    }
}

/// Longer statements are cut in comments and reasons.
const LONGEST: usize = 160;

pub(super) fn shortened(text: impl AsRef<str>) -> String {
    let text = text.as_ref();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The stage that puts what is collected of events beside the contacts.
fn beside(collected: &Collected, names: &mut Names) -> Option<Stage> {
    let join = |(name, _): &(String, Vec<String>)| Join {
        rows: name.clone(),
        name: name.clone(),
        on: Expr::ColumnOf(name.clone(), CONTACT.to_owned()).equals(Expr::column(ID)),
    };
    let stage = Stage {
        name: names.take("leads"),
        comment: "each contact beside what is collected of its events".to_owned(),
        joins: collected.tables.iter().map(join).collect(),
        found: collected
            .tables
            .iter()
            .flat_map(|(_, columns)| columns)
            .cloned()
            .collect(),
        ..Stage::default()
    };
    (!collected.tables.is_empty()).then_some(stage)
}
