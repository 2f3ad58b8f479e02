//! The statements of a score block: rules, tables and decay.

use crate::model::{Clamp, Fits, Row, Rule, RuleKind};
use crate::number::Number;
use crate::source::Span;
use crate::syntax::written_name;

use super::meaning::{Meaning, folded, listed};
use super::statements::{Collector, Said, Statement};
use super::structure::{Section, Subject};

impl Collector<'_, '_> {
    pub(super) fn block(&mut self, at: usize) {
        let Some(block) = self.side.model.blocks.get(at) else {
            return;
        };
        let section = || Section::Rules {
            block: block.name.clone(),
        };
        // The top level is compared as a block where it became one.
        let name = self.side.blocks.get(at).cloned().unwrap_or_default();
        let own = block.name.as_deref().unwrap_or_default();
        if let Some(written) = &block.name {
            let text = format!("score {}{}", written_name(written), ends(block.clamp));
            self.named(Subject::Block, section(), block.span, &name, text, (own, block.clamp));
            self.in_block(at, 0);
        }
        for (place, rule) in block.rules.iter().enumerate() {
            self.rule(rule, section());
            self.in_block(at, place);
        }
        if let Some(decay) = &block.decay {
            let since = decay
                .since
                .as_ref()
                .map(|since| self.meanings.pattern(self.side, since));
            let amount = format!("{:?} {}", decay.amount, decay.period);
            let means = self.meanings.say("decay", amount, since.into_iter().collect());
            let text = self.written(decay.span, None);
            self.known(Subject::Decay, section(), decay.span, &name, text, means);
            self.in_block(at, 0);
        }
        if block.name.is_some() {
            self.bands(&block.bands, &name, &section());
        }
    }

    fn rule(&mut self, rule: &Rule, section: Section) {
        let side = self.side;
        match &rule.kind {
            RuleKind::Once {
                condition,
                points,
                because,
            } => {
                let condition = self.meanings.condition(side, condition);
                let known_by = self.meanings.say("once", "", vec![condition]);
                self.points_rule(rule.span, section, known_by, (points.to_string(), because));
            }
            RuleKind::Each {
                pattern,
                condition,
                points,
                limits,
                fading,
                because,
            } => {
                let mut trigger = vec![self.meanings.pattern(side, pattern)];
                trigger.extend(
                    condition
                        .iter()
                        .map(|condition| self.meanings.condition(side, condition)),
                );
                let known_by = self.meanings.say("each", "", trigger);
                let points = format!("{points} {:?} {:?} {fading:?}", limits.per, limits.total);
                self.points_rule(rule.span, section, known_by, (points, because));
            }
            RuleKind::Table { value, rows } => {
                let means = self.meanings.value(side, value);
                let known_by = self.meanings.say("by", "", vec![means]);
                let rows: Vec<Statement> = rows.iter().map(|row| self.table_row(row)).collect();
                let mut parts = vec![known_by];
                parts.extend(rows.iter().map(|row| row.item.meaning));
                let meaning = self.meanings.say("table", "", parts);
                let text = format!("by {}", self.written(value.span, None));
                self.push(Said {
                    subject: Subject::Table,
                    section,
                    text,
                    meaning,
                    known_by: Some(known_by),
                    span: rule.span,
                });
                self.rows(rows);
            }
        }
    }

    fn points_rule(&mut self, span: Span, section: Section, known_by: Meaning, gives: (String, &Option<String>)) {
        let (points, because) = gives;
        let meaning = self.meanings.say("rule", points, vec![known_by]);
        let text = self.written(span, because.as_ref());
        let said = Said {
            subject: Subject::Rule,
            section,
            text,
            meaning,
            known_by: Some(known_by),
            span,
        };
        if let Some(statement) = self.push(said) {
            statement.item.by_words = true;
            statement.because.clone_from(because);
        }
    }

    fn table_row(&mut self, row: &Row) -> Statement {
        let fits = match &row.fits {
            Fits::Texts(texts) => listed(folded(texts)),
            Fits::Numbers(numbers) => listed(numbers.iter().map(Number::to_string).collect()),
            Fits::Booleans(booleans) => listed(booleans.iter().map(bool::to_string).collect()),
            Fits::Range(low, high) => format!("{low} to {high}"),
            Fits::Compared(order, number) => format!("{} {number}", order.sign()),
            Fits::Unknown => "unknown".to_owned(),
            Fits::Otherwise => "otherwise".to_owned(),
        };
        let known_by = self.meanings.say("row", fits, Vec::new());
        let meaning = self.meanings.say("row adds", row.points.to_string(), vec![known_by]);
        let text = self.written(row.span, row.because.as_ref());
        let mut row = self.row(text, meaning, known_by, (row.span, row.because.clone()));
        row.item.by_words = true;
        row
    }
}

/// ` min 0 max 100`.
fn ends(clamp: Clamp) -> String {
    let end = |word: &str, end: Option<Number>| end.map_or_else(String::new, |end| format!(" {word} {end}"));
    end("min", clamp.min) + &end("max", clamp.max)
}
