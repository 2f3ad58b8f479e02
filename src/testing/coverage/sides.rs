//! The sides of conditions: of each test of a value both truths, of each threshold and window both sides.
//!
//! A side is a condition itself, so that the engine says of each contact whether it sees it. What stands in a pattern is
//! a condition on the events that the pattern names: whether the contact has one of which it is true.

use std::collections::HashSet;

use crate::model::{
    Band, Bound, Comparison, Condition, ConditionKind, LetValue, Model, Part, Pattern, Rule, RuleKind, ScoreId, Value,
    ValueKind,
};
use crate::source::{Span, Spanned};
use crate::table::Type;

use super::super::written::clipped;
use super::Kind;
use super::opposite::both;

/// Something that a test sees of its contact.
pub(super) struct Side {
    pub(super) kind: Kind,
    /// The block, the classification or the let to which it belongs.
    pub(super) of: Option<String>,
    pub(super) title: String,
    pub(super) span: Span,
    /// Whether it is seen.
    pub(super) condition: Condition,
    /// Whether it is seen of excluded contacts too.
    pub(super) of_excluded: bool,
}

/// The sides of all conditions, in the order of the model. What a rule, a class or an exclusion tests as a whole is no
/// side again.
pub(super) fn sides(model: &Model) -> Vec<Side> {
    let mut search = Search::new(model);
    for named in &model.lets {
        search.within(Some(&named.name), true);
        search.look(named.value.part(), None);
    }
    for exclusion in &model.exclusions {
        search.within(None, true);
        search.known.insert(exclusion.condition.clone());
        search.look(Part::Condition(&exclusion.condition), None);
    }
    for (block, place) in model.blocks.iter().zip(0..) {
        search.within(block.name.as_ref(), false);
        for rule in &block.rules {
            search.rule(rule);
        }
        if let Some(since) = block.decay.as_ref().and_then(|decay| decay.since.as_ref()) {
            search.look(Part::Pattern(since), None);
        }
        if let Some(name) = &block.name {
            search.bands(&block.bands, ScoreId::Block(crate::model::BlockId(place)), name);
        }
    }
    search.within(None, false);
    search.bands(&model.overall.bands, ScoreId::Overall, "score");
    for class in &model.classes {
        search.within(Some(&class.name), false);
        for condition in class.rows.iter().filter_map(|row| row.condition.as_ref()) {
            search.known.insert(condition.clone());
            search.look(Part::Condition(condition), None);
        }
    }
    search.sides
}

/// The events that each `ignore` leaves out, and the sides of its conditions. They are seen where nothing is ignored.
pub(super) fn sides_of_ignored(model: &Model) -> Vec<Side> {
    let mut search = Search::new(model);
    search.within(None, true);
    for ignore in &model.ignored {
        let title = model.written(ignore.pattern.span);
        search.side(Kind::Ignore, title, ignore.span, any(ignore.pattern.clone()));
        search.look(Part::Pattern(&ignore.pattern), None);
    }
    search.sides
}

struct Search<'m> {
    model: &'m Model,
    of: Option<String>,
    of_excluded: bool,
    sides: Vec<Side>,
    /// What is a side, or covered as something else.
    known: HashSet<Condition>,
}

impl<'m> Search<'m> {
    fn new(model: &'m Model) -> Search<'m> {
        Search {
            model,
            of: None,
            of_excluded: false,
            sides: Vec::new(),
            known: HashSet::new(),
        }
    }

    /// Says where the next sides belong.
    fn within(&mut self, of: Option<&String>, of_excluded: bool) {
        (self.of, self.of_excluded) = (of.cloned(), of_excluded);
    }

    fn side(&mut self, kind: Kind, title: String, span: Span, condition: Condition) {
        if self.known.insert(condition.clone()) {
            self.sides.push(Side {
                kind,
                of: self.of.clone(),
                title: clipped(&title),
                span,
                condition,
                of_excluded: self.of_excluded,
            });
        }
    }

    fn rule(&mut self, rule: &Rule) {
        match &rule.kind {
            RuleKind::Once { condition, .. } => {
                self.known.insert(condition.clone());
            }
            RuleKind::Each { pattern, .. } => {
                self.known.insert(any(pattern.clone()));
            }
            RuleKind::Table { .. } => {}
        }
        for part in rule.kind.parts() {
            self.look(part, None);
        }
    }

    /// Below each threshold. A contact above it is in the band.
    fn bands(&mut self, bands: &[Band], score: ScoreId, name: &str) {
        for band in bands {
            if let Some(threshold) = band.threshold {
                let [score, number] = [ValueKind::Score(score), ValueKind::Number(threshold)].map(|kind| Value {
                    kind,
                    of: Type::Number,
                    span: band.span,
                });
                let below = ConditionKind::Compare(score, Comparison::Less, number);
                let title = format!("{name} < {threshold}");
                self.side(Kind::Condition, title, band.span, Spanned::new(below, band.span));
            }
        }
    }

    /// Adds the sides of all that a part is made of: of the events of a pattern, where it stands in one.
    fn look(&mut self, part: Part<'_>, events: Option<&Pattern>) {
        match part {
            Part::Condition(condition) => self.condition(condition, events),
            Part::Pattern(pattern) => {
                self.window(pattern);
                part.parts().into_iter().for_each(|part| self.look(part, Some(pattern)));
            }
            Part::Value(_) => part.parts().into_iter().for_each(|part| self.look(part, events)),
        }
    }

    fn condition(&mut self, condition: &Condition, events: Option<&Pattern>) {
        let (tested, negated) = match &condition.node {
            // Written as one: `country != "FR"`.
            ConditionKind::Not(inner) if inner.span == condition.span => (&**inner, true),
            _ => (condition, false),
        };
        if !self.is_told_elsewhere(tested) {
            for (title, side) in both(self.model, tested, negated) {
                match events {
                    None => self.side(Kind::Condition, title, condition.span, side),
                    Some(pattern) => self.of_events(pattern, &title, side),
                }
            }
        }
        for part in Part::Condition(tested).parts() {
            self.look(part, events);
        }
    }

    /// Whether a condition only names another one, or is one in another's place.
    fn is_told_elsewhere(&self, condition: &Condition) -> bool {
        let ConditionKind::True(value) = &condition.node else {
            return false;
        };
        let named = Part::Value(value)
            .named()
            .and_then(|id| self.model.lets.get(id.index()));
        matches!(value.kind, ValueKind::Condition(_))
            || named.is_some_and(|named| matches!(named.value, LetValue::Condition(_)))
    }

    /// Some event of which a side is true.
    fn of_events(&mut self, pattern: &Pattern, title: &str, side: Condition) {
        let span = side.span;
        let names = self.events_of(pattern);
        let such = Pattern {
            events: pattern.events.clone(),
            filter: Some(Box::new(side)),
            window: None,
            span,
        };
        self.side(Kind::Condition, format!("{names} where {title}"), span, any(such));
    }

    /// A pattern as it is written, up to its filter.
    fn events_of(&self, pattern: &Pattern) -> String {
        let inside = pattern.filter.iter().filter(|filter| pattern.span.covers(filter.span));
        let end = inside.map(|filter| filter.span.start).min().unwrap_or(pattern.span.end);
        let written = self.model.written(Span::new(pattern.span.start, end));
        // INVARIANT: between the word and the filter stand at most `not` and parentheses.
        match written.rsplit_once(" where") {
            Some((events, _)) => events.to_owned(),
            None => written,
        }
    }

    /// An event in the window, and one outside.
    fn window(&mut self, pattern: &Pattern) {
        let Some(window) = pattern.window else { return };
        let written = self.model.written(pattern.span);
        let turned = turned(&written, window.earlier);
        let mut other = pattern.clone();
        other.window = Some(crate::model::Window {
            earlier: !window.earlier,
            ..window
        });
        self.side(Kind::Window, written, pattern.span, any(pattern.clone()));
        self.side(Kind::Window, turned, pattern.span, any(other));
    }
}

/// `any event`.
pub(super) fn any(pattern: Pattern) -> Condition {
    let span = pattern.span;
    Spanned::new(ConditionKind::Events(Bound::AtLeast(1), pattern), span)
}

/// A pattern with a window, as it is written with the other window.
fn turned(written: &str, is_earlier: bool) -> String {
    // INVARIANT: the window is the last of a pattern, and behind its word stand only a number and a unit.
    let (before, window) = written.split_at(written.rfind("within").unwrap_or(written.len()));
    match is_earlier {
        true => before.trim_end().strip_suffix("not").unwrap_or(before).to_owned() + window,
        false => format!("{before}not {window}"),
    }
}

#[cfg(test)]
mod tests {
    use super::turned;

    #[test]
    fn only_the_window_is_turned() {
        let both = |within: &str, earlier: &str| {
            assert_eq!(turned(within, false), earlier);
            assert_eq!(turned(earlier, true), within);
        };
        both("event visit within 30 days", "event visit not within 30 days");
        both(
            r#"event visit where url contains "not within" within 30 days"#,
            r#"event visit where url contains "not within" not within 30 days"#,
        );
    }
}
