//! The statements about what is made of the rules: formulas, bands, classes, exclusions, promises, actions, tests.

use crate::model::{Band, Class, Formula, Labelled, Operator, Term};
use crate::syntax::{written_name, written_text};

use super::statements::{Collector, Statement};
use super::structure::{Section, Subject};

impl Collector<'_, '_> {
    pub(super) fn bands(&mut self, bands: &[Band], of: &str, section: &Section) {
        for (at, band) in bands.iter().enumerate() {
            let text = self.written(band.span, None);
            let name = format!("{of} {}", band.label);
            self.named(Subject::Band, section.clone(), band.span, &name, text, band.threshold);
            self.at(at);
        }
    }

    pub(super) fn scores(&mut self) {
        let model = self.side.model;
        for (at, formula) in model.formulas.iter().enumerate() {
            let Formula {
                name,
                term,
                clamp,
                span,
            } = formula;
            let text = self.written(*span, None);
            let means = format!("{} {clamp:?}", self.term(term));
            self.named(Subject::Formula, Section::Scores, *span, name, text, means);
            self.at(at);
        }
        let overall = &model.overall;
        if let Some(span) = overall.span {
            let text = self.written(span, None);
            let means = overall.term.as_ref().map(|term| self.term(term));
            self.named(Subject::Score, Section::Scores, span, "", text, (means, overall.clamp));
        }
        self.bands(&overall.bands, "", &Section::Scores);
    }

    /// A term in the names under which scores are compared.
    fn term(&self, term: &Term) -> String {
        match term {
            Term::Number(number) => number.to_string(),
            Term::Score(score) => self.side.score(*score),
            Term::Negate(inner) => format!("-({})", self.term(inner)),
            Term::Arithmetic(first, rest) => {
                let operand =
                    |(operator, term): &(Operator, Term)| format!(" {} ({})", operator.sign(), self.term(term));
                format!("({}){}", self.term(first), rest.iter().map(operand).collect::<String>())
            }
        }
    }

    pub(super) fn classes(&mut self) {
        for class in &self.side.model.classes {
            let Class { name, rows, span } = class;
            let rows: Vec<Statement> = rows
                .iter()
                .map(|row| {
                    let condition = row.condition.as_ref();
                    let condition = condition.map(|condition| self.meanings.condition(self.side, condition));
                    let known_by = self.meanings.say("class row", row.label.clone(), Vec::new());
                    let means = std::iter::once(known_by).chain(condition).collect();
                    let meaning = self.meanings.say("class row when", "", means);
                    let text = self.written(row.span, None);
                    self.row(text, meaning, known_by, (row.span, None))
                })
                .collect();
            let means = self
                .meanings
                .say("class", "", rows.iter().map(|row| row.item.meaning).collect());
            let text = format!("classify {}", written_name(name));
            self.known(Subject::Class, Section::Classes, *span, name, text, means);
            self.rows(rows);
        }
    }

    pub(super) fn outcomes(&mut self) {
        let model = self.side.model;
        for (at, exclusion) in model.exclusions.iter().enumerate() {
            let condition = self.meanings.condition(self.side, &exclusion.condition);
            let meaning = self.meanings.say("exclude", "", vec![condition]);
            let text = format!("exclude when {}", self.written(exclusion.condition.span, None));
            self.unnamed(Subject::Exclusion, Section::Exclusions, text, meaning, exclusion.span);
            // Without a reason of its own, the condition is the reason.
            let given = exclusion.reason != model.written(exclusion.condition.span);
            self.because(given.then(|| exclusion.reason.clone()));
            self.at(at);
        }
        for promise in &model.promises {
            let condition = self.meanings.condition(self.side, &promise.condition);
            let meaning = self.meanings.say("promise", "", vec![condition]);
            let text = self.written(promise.span, None);
            self.unnamed(Subject::Promise, Section::Promises, text, meaning, promise.span);
        }
        for action in &model.actions {
            let labels = model.labels(action.of);
            let label = labels.get(usize::from(action.label)).copied().unwrap_or_default();
            let of = match action.of {
                Labelled::Band => String::new(),
                Labelled::BandOf(block) => self.side.block(block),
                Labelled::Class(id) => model
                    .classes
                    .get(id.index())
                    .map_or_else(String::new, |class| class.name.clone()),
            };
            let name = format!("{:?} {of} {label}", action.transition);
            let means = (&action.notify, action.within, &action.action);
            let text = self.written(action.span, None);
            self.named(Subject::Action, Section::Actions, action.span, &name, text, means);
        }
    }

    pub(super) fn tests(&mut self) {
        let model = self.side.model;
        // Tests of files of their own are not of these rules.
        for test in model.tests.iter().filter(|test| test.source == model.source) {
            let means = model.written(test.span);
            let text = format!("test {}", written_text(&test.name));
            self.named(Subject::Test, Section::Tests, test.span, &test.name, text, means);
            self.rows(Vec::new());
        }
    }
}
