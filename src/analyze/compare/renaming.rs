//! Renames what a model refers to, so that it fits into a joint one beside another model.

use crate::model::{
    Band, Block, BlockId, Class, ClassId, ClassRow, Comparison, Condition, ConditionKind, Definition, EventId,
    EventSet, Exclusion, FieldId, Formula, FormulaId, Labelled, LetId, LetValue, Model, Operator, Pattern, PropertyId,
    Rule, RuleKind, ScoreId, Term, Value, ValueKind,
};
use crate::number::Number;
use crate::source::{Span, Spanned};
use crate::table::Type;

use super::joint::Side;

/// The ids that a model's things have in the joint one.
#[derive(Default)]
pub(in crate::analyze) struct Renaming {
    pub(in crate::analyze) fields: Vec<FieldId>,
    pub(in crate::analyze) events: Vec<EventId>,
    pub(in crate::analyze) properties: Vec<PropertyId>,
    /// The events that are not passive, where the model declares events.
    pub(in crate::analyze) active: Option<Vec<EventId>>,
    pub(in crate::analyze) lets: u32,
    pub(in crate::analyze) blocks: u32,
    pub(in crate::analyze) formulas: u32,
    pub(in crate::analyze) classes: u32,
    /// The place of the overall score among the formulas.
    pub(in crate::analyze) overall: u32,
    pub(in crate::analyze) bands: Vec<Band>,
    pub(in crate::analyze) block_bands: Vec<Vec<Band>>,
}

impl Renaming {
    /// The patterns of ignored events, with the ids of the joint model.
    pub(in crate::analyze) fn ignored(&self, model: &Model) -> Vec<Pattern> {
        let patterns = model.ignored.iter().map(|ignore| {
            let mut pattern = ignore.pattern.clone();
            self.pattern(&mut pattern);
            pattern
        });
        patterns.collect()
    }

    /// Adds what a model is made of to the joint one.
    pub(in crate::analyze) fn add(mut self, model: &Model, joint: &mut Model) -> Side {
        let active = model
            .events
            .iter()
            .zip(&self.events)
            .filter(|(event, _)| !event.passive);
        self.active = model.events_are_declared.then(|| active.map(|(_, id)| *id).collect());
        self.lets = joint.lets.len() as u32;
        self.blocks = joint.blocks.len() as u32;
        self.formulas = joint.formulas.len() as u32;
        self.classes = joint.classes.len() as u32;
        self.overall = self.formulas + model.formulas.len() as u32;
        self.bands.clone_from(&model.overall.bands);
        self.block_bands = model.blocks.iter().map(|block| block.bands.clone()).collect();
        let side = Side {
            blocks: (0..model.blocks.len() as u32)
                .map(|at| BlockId(self.blocks + at))
                .collect(),
            formulas: (0..model.formulas.len() as u32)
                .map(|at| FormulaId(self.formulas + at))
                .collect(),
            overall: FormulaId(self.overall),
            classes: (0..model.classes.len() as u32)
                .map(|at| ClassId(self.classes + at))
                .collect(),
            exclusions: ClassId(self.classes + model.classes.len() as u32),
        };
        self.add_lets(model, joint);
        joint
            .blocks
            .extend(model.blocks.iter().zip(0..).map(|(block, at)| self.block(block, at)));
        self.add_formulas(model, joint);
        joint
            .classes
            .extend(model.classes.iter().map(|class| self.class(class)));
        joint.classes.push(self.exclusions(&model.exclusions));
        let order = model.order.iter().map(|definition| self.definition(*definition));
        joint.order.extend(order);
        // The overall score reads all formulas, and classes read it.
        let first_class = joint
            .order
            .iter()
            .rposition(|definition| matches!(definition, Definition::Formula(_)));
        let at = first_class.map_or(0, |at| at + 1);
        joint.order.insert(at, Definition::Formula(side.overall));
        joint.order.push(Definition::Class(side.exclusions));
        side
    }

    fn add_lets(&self, model: &Model, joint: &mut Model) {
        for named in &model.lets {
            let mut named = named.clone();
            match &mut named.value {
                LetValue::Condition(condition) => self.condition(condition),
                LetValue::Value(value) => self.value(value),
            }
            joint.lets.push(named);
        }
    }

    fn add_formulas(&self, model: &Model, joint: &mut Model) {
        for formula in &model.formulas {
            let mut formula = formula.clone();
            self.term(&mut formula.term);
            joint.formulas.push(formula);
        }
        let term = match &model.overall.term {
            Some(term) => {
                let mut term = term.clone();
                self.term(&mut term);
                term
            }
            None => self.sum_of_blocks(model),
        };
        joint.formulas.push(Formula {
            name: "score".to_owned(),
            term,
            clamp: model.overall.clamp,
            span: Span::default(),
        });
    }

    fn sum_of_blocks(&self, model: &Model) -> Term {
        let mut blocks =
            (0..model.blocks.len() as u32).map(|at| Term::Score(ScoreId::Block(BlockId(self.blocks + at))));
        match blocks.next() {
            None => Term::Number(Number::ZERO),
            Some(first) => Term::Arithmetic(Box::new(first), blocks.map(|block| (Operator::Plus, block)).collect()),
        }
    }

    fn definition(&self, definition: Definition) -> Definition {
        match definition {
            Definition::Let(id) => Definition::Let(LetId(id.0 + self.lets)),
            Definition::Formula(id) => Definition::Formula(FormulaId(id.0 + self.formulas)),
            Definition::Class(id) => Definition::Class(ClassId(id.0 + self.classes)),
        }
    }

    /// A block with a name, so that it is one like all others.
    fn block(&self, block: &Block, at: u32) -> Block {
        let mut block = block.clone();
        block.name = Some(block.name.unwrap_or_else(|| format!("block {at}")));
        block.rules.iter_mut().for_each(|rule| self.rule(rule));
        if let Some(pattern) = block.decay.as_mut().and_then(|decay| decay.since.as_mut()) {
            self.pattern(pattern);
        }
        block.bands.clear();
        block
    }

    fn rule(&self, rule: &mut Rule) {
        match &mut rule.kind {
            RuleKind::Once { condition, .. } => self.condition(condition),
            RuleKind::Each { pattern, condition, .. } => {
                self.pattern(pattern);
                condition.iter_mut().for_each(|condition| self.condition(condition));
            }
            RuleKind::Table { value, .. } => self.value(value),
        }
    }

    fn class(&self, class: &Class) -> Class {
        let mut class = class.clone();
        let conditions = class.rows.iter_mut().filter_map(|row| row.condition.as_mut());
        conditions.for_each(|condition| self.condition(condition));
        class
    }

    fn exclusions(&self, exclusions: &[Exclusion]) -> Class {
        let row = |exclusion: &Exclusion| {
            let mut condition = exclusion.condition.clone();
            self.condition(&mut condition);
            ClassRow {
                label: exclusion.reason.clone(),
                condition: Some(condition),
                span: exclusion.span,
            }
        };
        Class {
            name: "excluded".to_owned(),
            rows: exclusions.iter().map(row).collect(),
            span: Span::default(),
        }
    }

    fn term(&self, term: &mut Term) {
        match term {
            Term::Number(_) => {}
            Term::Score(score) => *score = self.score(*score),
            Term::Negate(inner) => self.term(inner),
            Term::Arithmetic(first, rest) => {
                self.term(first);
                rest.iter_mut().for_each(|(_, operand)| self.term(operand));
            }
        }
    }

    fn score(&self, score: ScoreId) -> ScoreId {
        match score {
            ScoreId::Overall => ScoreId::Formula(FormulaId(self.overall)),
            ScoreId::Block(id) => ScoreId::Block(BlockId(id.0 + self.blocks)),
            ScoreId::Formula(id) => ScoreId::Formula(FormulaId(id.0 + self.formulas)),
        }
    }

    fn pattern(&self, pattern: &mut Pattern) {
        pattern.events = match (&pattern.events, &self.active) {
            (EventSet::Active, None) => EventSet::Active,
            (EventSet::Active, Some(active)) => EventSet::Named(active.clone()),
            (EventSet::Named(events), _) => EventSet::Named(events.iter().filter_map(|id| self.event(*id)).collect()),
        };
        if let EventSet::Named(events) = &mut pattern.events {
            events.sort_unstable();
        }
        if let Some(filter) = &mut pattern.filter {
            self.condition(filter);
        }
    }

    fn event(&self, id: EventId) -> Option<EventId> {
        self.events.get(id.index()).copied()
    }

    fn condition(&self, condition: &mut Condition) {
        match &mut condition.node {
            ConditionKind::Constant(_) | ConditionKind::Excluded => {}
            ConditionKind::Not(inner) => self.condition(inner),
            ConditionKind::All(parts) | ConditionKind::Any(parts) | ConditionKind::Quantity(_, parts) => {
                parts.iter_mut().for_each(|part| self.condition(part));
            }
            ConditionKind::Compare(left, _, right) => {
                self.value(left);
                self.value(right);
            }
            ConditionKind::Between(value, low, high) => {
                [value, low, high].into_iter().for_each(|value| self.value(value))
            }
            ConditionKind::Known(value) => match value.kind {
                ValueKind::Label(of) => condition.node = self.is_labelled(of, condition.span),
                _ => self.value(value),
            },
            ConditionKind::OneOf(value, _)
            | ConditionKind::OneOfDays(value, _)
            | ConditionKind::Text(value, _)
            | ConditionKind::Holds(value, _)
            | ConditionKind::True(value) => self.value(value),
            ConditionKind::Events(_, pattern) => self.pattern(pattern),
            ConditionKind::Label(of, places) => condition.node = self.labelled(*of, places, condition.span),
            ConditionKind::Let(id) => id.0 += self.lets,
        }
    }

    fn value(&self, value: &mut Value) {
        match &mut value.kind {
            ValueKind::Number(_) | ValueKind::Text(_) | ValueKind::Date(_) => {}
            ValueKind::Field(id) => *id = self.fields.get(id.index()).copied().unwrap_or(*id),
            ValueKind::Property(id) => *id = self.properties.get(id.index()).copied().unwrap_or(*id),
            ValueKind::Let(id) => id.0 += self.lets,
            ValueKind::Condition(condition) => self.condition(condition),
            ValueKind::Arithmetic(first, rest) => {
                self.value(first);
                rest.iter_mut().for_each(|(_, operand)| self.value(operand));
            }
            ValueKind::Negate(inner) | ValueKind::Domain(inner) | ValueKind::Elapsed { date: inner, .. } => {
                self.value(inner);
            }
            ValueKind::Aggregate { property, pattern, .. } => {
                if let Some(id) = property {
                    *id = self.properties.get(id.index()).copied().unwrap_or(*id);
                }
                self.pattern(pattern);
            }
            ValueKind::Score(score) => *score = self.score(*score),
            ValueKind::Label(of) => *of = self.label(*of),
        }
    }

    fn label(&self, of: Labelled) -> Labelled {
        match of {
            Labelled::Class(id) => Labelled::Class(ClassId(id.0 + self.classes)),
            Labelled::Band | Labelled::BandOf(_) => of,
        }
    }

    /// The bands of a score, with the score.
    fn bands(&self, of: Labelled) -> Option<(&[Band], ScoreId)> {
        match of {
            Labelled::Band => Some((&self.bands, self.score(ScoreId::Overall))),
            Labelled::BandOf(id) => Some((self.block_bands.get(id.index())?, self.score(ScoreId::Block(id)))),
            Labelled::Class(_) => None,
        }
    }

    /// Whether one of some labels is there.
    fn labelled(&self, of: Labelled, places: &[u16], span: Span) -> ConditionKind {
        let Some((bands, score)) = self.bands(of) else {
            return ConditionKind::Label(self.label(of), places.to_vec());
        };
        let chosen = places.iter().filter_map(|place| bands.get(usize::from(*place)));
        let within = chosen.map(|band| {
            let above = bands.iter().filter_map(|other| other.threshold);
            let above = above
                .filter(|other| band.threshold.is_none_or(|own| *other > own))
                .min();
            let from = band.threshold.map(|own| at_least(score, own, span));
            let to = above.map(|above| Spanned::new(ConditionKind::Not(Box::new(at_least(score, above, span))), span));
            Spanned::new(ConditionKind::All(from.into_iter().chain(to).collect()), span)
        });
        ConditionKind::Any(within.collect())
    }

    /// Whether any label is there.
    fn is_labelled(&self, of: Labelled, span: Span) -> ConditionKind {
        match self.bands(of) {
            Some((bands, _)) => {
                let all: Vec<u16> = (0..bands.len() as u16).collect();
                self.labelled(of, &all, span)
            }
            None => ConditionKind::Known(Value {
                kind: ValueKind::Label(self.label(of)),
                of: Type::Text,
                span,
            }),
        }
    }
}

fn at_least(score: ScoreId, limit: Number, span: Span) -> Condition {
    let value = |kind| Value {
        kind,
        of: Type::Number,
        span,
    };
    let compared = ConditionKind::Compare(
        value(ValueKind::Score(score)),
        Comparison::GreaterOrEqual,
        value(ValueKind::Number(limit)),
    );
    Spanned::new(compared, span)
}
