//! Compares the statements of two models by what they mean.

use std::collections::{HashMap, HashSet};

use crate::model::Model;
use crate::plan::Plan;

use super::matching::{Match, is_reordered, matched};
use super::meaning::{Meaning, Meanings};
use super::statements::{Collector, Declared, Statement};
use super::structure::{Change, Kind, Pair, Remarks, Reworded, Section, Structure, Subject, Verdict};
use super::words::{runs, words};

/// What differs between two models.
pub fn compare(old: &Model, new: &Model) -> Structure {
    let mut meanings = Meanings::default();
    let blocks = pair_blocks(&mut meanings, old, new);
    let both = Declared {
        fields: old.fields_are_declared && new.fields_are_declared,
        events: old.events_are_declared && new.events_are_declared,
    };
    let mut sides = [old, new].map(names);
    // A block that was renamed is compared under its new name.
    for pair in &blocks {
        if let (Some(from), Some(to)) = (pair.old, pair.new) {
            let [of_old, of_new] = &mut sides;
            if let (Some(name), Some(renamed)) = (of_old.get_mut(from), of_new.get(to)) {
                name.clone_from(renamed);
            }
        }
    }
    let [of_old, of_new] = sides;
    let mut old_statements = statements(&mut meanings, old, of_old, &places(&blocks, |pair| pair.old), both);
    let mut new_statements = statements(&mut meanings, new, of_new, &places(&blocks, |pair| pair.new), both);
    if !both.fields {
        keep_common_fields(&mut old_statements, &mut new_statements);
    }
    let mut comparison = Comparison::new(&old_statements, &new_statements);
    comparison.run();
    comparison.end(old, new, blocks)
}

/// The names of a model's blocks; that of the top level is empty.
fn names(model: &Model) -> Vec<String> {
    let names = model.blocks.iter().map(|block| block.name.clone().unwrap_or_default());
    names.collect()
}

fn statements(
    meanings: &mut Meanings,
    model: &Model,
    blocks: Vec<String>,
    places: &[usize],
    both: Declared,
) -> Vec<Statement> {
    let side = meanings.side(model, blocks);
    Collector::new(meanings, &side, places).collect(both)
}

/// For each block of a side, the place of its pair.
fn places(blocks: &[Pair], of: impl Fn(&Pair) -> Option<usize>) -> Vec<usize> {
    let mut places: Vec<(usize, usize)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(place, pair)| Some((of(pair)?, place)))
        .collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| place).collect()
}

/// The blocks of the two models: those of one name, and those that hold the same rules under another.
fn pair_blocks(meanings: &mut Meanings, old: &Model, new: &Model) -> Vec<Pair> {
    let mut of_old: Vec<Option<usize>> = vec![None; old.blocks.len()];
    let mut pairs = Vec::with_capacity(new.blocks.len());
    for (to, block) in new.blocks.iter().enumerate() {
        let from = old.blocks.iter().position(|other| other.name == block.name);
        if let Some(place) = from.and_then(|from| of_old.get_mut(from)) {
            *place = Some(to);
        }
        pairs.push(Pair {
            old: from,
            new: Some(to),
        });
    }
    let is_alone = pairs.iter().any(|pair| pair.old.is_none()) && of_old.contains(&None);
    if is_alone {
        let (rules_of_old, rules_of_new) = (rules_of_blocks(meanings, old), rules_of_blocks(meanings, new));
        for pair in pairs.iter_mut().filter(|pair| pair.old.is_none()) {
            let Some(rules) = pair.new.and_then(|to| rules_of_new.get(to)) else {
                continue;
            };
            let alone = of_old.iter().enumerate().filter(|(_, partner)| partner.is_none());
            let counted = alone.filter_map(|(from, _)| {
                let others = rules_of_old.get(from)?;
                let common = rules.intersection(others).count();
                (common > 0 && common * 2 >= rules.len().min(others.len())).then_some((common, from))
            });
            if let Some((_, from)) = counted.max_by_key(|(common, from)| (*common, std::cmp::Reverse(*from))) {
                pair.old = Some(from);
                if let Some(place) = of_old.get_mut(from) {
                    *place = pair.new;
                }
            }
        }
    }
    let gone = of_old.iter().enumerate().filter(|(_, partner)| partner.is_none());
    pairs.extend(gone.map(|(from, _)| Pair {
        old: Some(from),
        new: None,
    }));
    pairs
}

/// What the rules of each block say.
fn rules_of_blocks(meanings: &mut Meanings, model: &Model) -> Vec<HashSet<Meaning>> {
    let both = Declared {
        fields: false,
        events: false,
    };
    let places: Vec<usize> = (0..model.blocks.len()).collect();
    let mut rules = vec![HashSet::new(); model.blocks.len()];
    for statement in statements(meanings, model, names(model), &places, both) {
        if let (Subject::Rule | Subject::Table, Some(rules)) = (statement.subject, rules.get_mut(statement.place.0)) {
            rules.insert(statement.item.meaning);
        }
    }
    rules
}

/// Where fields are not declared, one that only one file uses is no change of its own.
fn keep_common_fields(old: &mut Vec<Statement>, new: &mut Vec<Statement>) {
    let known = |statements: &[Statement]| -> HashSet<Meaning> {
        let fields = statements
            .iter()
            .filter(|statement| statement.subject == Subject::Field);
        fields.map(|statement| statement.item.known_by).collect()
    };
    let (of_old, of_new) = (known(old), known(new));
    let is_common = |statement: &Statement| {
        let name = statement.item.known_by;
        statement.subject != Subject::Field || (of_old.contains(&name) && of_new.contains(&name))
    };
    old.retain(is_common);
    new.retain(is_common);
}

/// A comparison in the making.
struct Comparison<'a> {
    old: &'a [Statement],
    new: &'a [Statement],
    /// The names of lets and lists that stand for something else, as they are written.
    changed_names: HashSet<&'a str>,
    /// The words of what each let stands for.
    lets: HashMap<&'a str, Vec<&'a str>>,
    changes: Vec<Change>,
    same_rules: usize,
    rules: Vec<Pair<(usize, usize)>>,
    remarks: Remarks,
}

impl<'a> Comparison<'a> {
    fn new(old: &'a [Statement], new: &'a [Statement]) -> Self {
        Comparison {
            old,
            new,
            changed_names: HashSet::new(),
            lets: HashMap::new(),
            changes: Vec::new(),
            same_rules: 0,
            rules: Vec::new(),
            remarks: Remarks::default(),
        }
    }

    fn run(&mut self) {
        let items = |statements: &[Statement]| statements.iter().map(|one| one.item.clone()).collect::<Vec<_>>();
        let matches = matched(&items(self.old), &items(self.new));
        self.learn_names(&matches);
        for one in &matches {
            let (old, new) = (
                one.old.and_then(|at| self.old.get(at)),
                one.new.and_then(|at| self.new.get(at)),
            );
            self.pair_rules(old, new);
            match (old, new) {
                (Some(old), Some(new)) => self.both(old, new),
                (Some(gone), None) => self.changes.push(self.change(Kind::Removed, Some(gone), None)),
                (None, Some(added)) => self.changes.push(self.change(Kind::Added, None, Some(added))),
                (None, None) => {}
            }
        }
        self.look_at_order(&matches);
    }

    /// Which names stand for something else, and what lets stand for.
    fn learn_names(&mut self, matches: &[Match]) {
        for one in matches {
            let (Some(old), Some(new)) = (
                one.old.and_then(|at| self.old.get(at)),
                one.new.and_then(|at| self.new.get(at)),
            ) else {
                continue;
            };
            let said = words(&new.item.text);
            let Some(name) = said.get(1).copied() else { continue };
            let is_other = match new.subject {
                Subject::Let => old.item.text != new.item.text,
                Subject::List => true,
                _ => continue,
            };
            if is_other && old.item.meaning != new.item.meaning {
                self.changed_names.insert(name);
            }
            if new.subject == Subject::Let {
                self.lets.insert(name, said.get(3..).unwrap_or_default().to_vec());
            }
        }
    }

    /// The names that a text uses, itself or through other names, and that stand for something else.
    fn through(&self, text: &str) -> Vec<String> {
        let mut waiting = words(text);
        let mut entered = HashSet::new();
        let mut through = Vec::new();
        while let Some(word) = waiting.pop() {
            let is_name = self.changed_names.contains(word) || self.lets.contains_key(word);
            if !is_name || !entered.insert(word) {
                continue;
            }
            if self.changed_names.contains(word) {
                through.push(word.trim_matches('`').to_owned());
            }
            waiting.extend(self.lets.get(word).into_iter().flatten());
        }
        through.sort_unstable();
        through
    }

    fn pair_rules(&mut self, old: Option<&Statement>, new: Option<&Statement>) {
        let is_rule = |one: &&Statement| matches!(one.subject, Subject::Rule | Subject::Table);
        let place = |one: Option<&Statement>| one.filter(is_rule).map(|one| one.place);
        let pair = Pair {
            old: place(old),
            new: place(new),
        };
        if pair.old.is_some() || pair.new.is_some() {
            self.rules.push(pair);
        }
    }

    /// A statement of both.
    fn both(&mut self, old: &Statement, new: &Statement) {
        self.look_at_reason(old, new);
        let moved = old.item.place != new.item.place;
        if old.item.meaning == new.item.meaning && !moved {
            self.same(old, new);
            return;
        }
        let kind = if moved { Kind::Moved } else { Kind::Changed };
        let change = self.change(kind, Some(old), Some(new));
        // What the names that a let uses stand for is told of those names.
        let is_only_through = change.subject == Subject::Let && old.item.text == new.item.text;
        if !is_only_through {
            self.changes.push(change);
        }
    }

    fn same(&mut self, old: &Statement, new: &Statement) {
        self.same_rules += usize::from(matches!(new.subject, Subject::Rule | Subject::Table));
        for (was, is) in old.rows.iter().zip(&new.rows) {
            self.look_at_reason(was, is);
        }
        if new.is_whole && old.item.text != new.item.text {
            self.remarks.reworded.push(Reworded {
                old: Some(old.item.text.clone()),
                new: Some(new.item.text.clone()),
                line: new.line,
            });
        }
    }

    fn look_at_reason(&mut self, old: &Statement, new: &Statement) {
        if old.because != new.because {
            self.remarks.reasons.push(Reworded {
                old: old.because.clone(),
                new: new.because.clone(),
                line: new.line,
            });
        }
    }

    fn change(&self, kind: Kind, old: Option<&Statement>, new: Option<&Statement>) -> Change {
        let runs = match (old, new) {
            (Some(old), Some(new)) => runs(&old.item.text, &new.item.text),
            (Some(_), None) | (None, Some(_)) | (None, None) => Vec::new(),
        };
        let is_other = old
            .zip(new)
            .is_some_and(|(old, new)| old.item.meaning != new.item.meaning);
        let either = new.or(old);
        let moved_from = old
            .filter(|_| kind == Kind::Moved)
            .map(|old| old.section.title().to_owned());
        Change {
            kind,
            subject: either.map_or(Subject::Rule, |one| one.subject),
            section: either.map_or(Section::Declarations, |one| one.section.clone()),
            old: old.map(Statement::text),
            new: new.map(Statement::text),
            moved_from,
            through: match new.filter(|_| is_other) {
                Some(new) if !matches!(new.subject, Subject::List | Subject::Test) => self.through(after_name(new)),
                Some(_) | None => Vec::new(),
            },
            rows: self.rows(old, new),
            reach: None,
            runs,
            places: Pair {
                old: old.map(|old| old.place),
                new: new.map(|new| new.place),
            },
        }
    }

    fn rows(&self, old: Option<&Statement>, new: Option<&Statement>) -> Vec<Change> {
        let (old, new) = (
            old.map_or(&[][..], |one| &one.rows),
            new.map_or(&[][..], |one| &one.rows),
        );
        let items = |statements: &[Statement]| statements.iter().map(|one| one.item.clone()).collect::<Vec<_>>();
        let mut changes = Vec::new();
        for one in matched(&items(old), &items(new)) {
            let (old, new) = (one.old.and_then(|at| old.get(at)), one.new.and_then(|at| new.get(at)));
            match (old, new) {
                (Some(was), Some(is)) if was.item.meaning == is.item.meaning => {}
                (Some(_), Some(_)) => changes.push(self.change(Kind::Changed, old, new)),
                (Some(_), None) => changes.push(self.change(Kind::Removed, old, None)),
                (None, Some(_)) => changes.push(self.change(Kind::Added, None, new)),
                (None, None) => {}
            }
        }
        changes
    }

    /// Sections whose statements stand in another order.
    fn look_at_order(&mut self, matches: &[Match]) {
        let mut sections: Vec<(&str, Vec<Match>)> = Vec::new();
        for one in matches {
            let Some(new) = one.new.and_then(|at| self.new.get(at)) else {
                continue;
            };
            let old = one.old.and_then(|at| self.old.get(at));
            // What was moved from elsewhere stands in no order here, and neither does what nobody declared.
            let is_moved = old.is_some_and(|old| old.item.place != new.item.place);
            if is_moved || matches!(new.subject, Subject::Field | Subject::Event) {
                continue;
            }
            let title = new.section.title();
            match sections.last_mut() {
                Some((last, of_section)) if *last == title => of_section.push(*one),
                _ => sections.push((title, vec![*one])),
            }
        }
        let reordered = sections.iter().filter(|(_, of_section)| is_reordered(of_section));
        self.remarks.reordered = reordered.map(|(title, _)| (*title).to_owned()).collect();
    }

    fn end(mut self, old: &Model, new: &Model, blocks: Vec<Pair>) -> Structure {
        let order = |change: &Change| {
            let block = change.places.new.map(|(block, _)| block).unwrap_or(usize::MAX);
            match change.section {
                Section::Declarations => (0, 0),
                Section::Rules { .. } => (1, section_place(new, &change.section).unwrap_or(block)),
                Section::Scores => (2, 0),
                Section::Classes => (3, 0),
                Section::Exclusions => (4, 0),
                Section::Promises => (5, 0),
                Section::Actions => (6, 0),
                Section::Tests => (7, 0),
            }
        };
        self.changes.sort_by_key(order);
        let mut comments = [old, new].map(comments);
        comments.iter_mut().for_each(|comments| comments.sort_unstable());
        self.remarks.comments = comments.first() != comments.last();
        self.remarks.columns_reordered = are_columns_reordered(old, new);
        let says_nothing_new = self.changes.is_empty() && self.remarks.is_empty();
        self.remarks.layout_only = says_nothing_new && old.source.text() != new.source.text();
        let is_equivalent = !self.changes.iter().any(|change| change.subject.moves_results());
        Structure {
            verdict: is_equivalent.then_some(Verdict::Equivalent),
            other_reasons: false,
            proof: None,
            changes: self.changes,
            same_rules: self.same_rules,
            remarks: self.remarks,
            blocks,
            rules: self.rules,
        }
    }
}

/// Whether the columns that both results have stand in another order.
fn are_columns_reordered(old: &Model, new: &Model) -> bool {
    let [old, new] = [old, new].map(|model| Plan::new(model).columns);
    let place = |name: &str| new.iter().position(|column| column.name == name);
    !old.iter().filter_map(|column| place(&column.name)).is_sorted()
}

/// The place of a block among those of the new model.
fn section_place(new: &Model, section: &Section) -> Option<usize> {
    let Section::Rules { block } = section else { return None };
    new.blocks.iter().position(|other| other.name == *block)
}

/// What a statement says, without the name that it defines.
fn after_name(statement: &Statement) -> &str {
    let text = statement.item.text.as_str();
    match statement.subject {
        Subject::Let => text.split_once(" = ").map_or(text, |(_, after)| after),
        _ => text,
    }
}

fn comments(model: &Model) -> Vec<&str> {
    let spans = model.comments.iter();
    spans.map(|span| model.source.slice(*span).trim_end()).collect()
}
