//! Statements, rows, classes and the lines of tests.

use super::Builder;
use crate::source::Spanned;
use crate::syntax::error::Error;
use crate::syntax::grammar::{Node, Rule};
use crate::syntax::recover::Kind;
use crate::syntax::tree::{
    Assignment, Band, Block, Clamp, Class, Classify, Connective, Decay, Event, Exclude, Expr, Fading, Field,
    GivenEvents, Ignore, Items, LabelOwner, Let, Limit, List, Moment, Name, On, Pattern, Promise, Row, RowValues,
    Rule as PointsRule, Score, Statement, Table, Test, TestLine, Text, Transition, Trigger, Type,
};

impl Builder<'_> {
    pub(super) fn statement(&mut self, node: &Node<'_>) -> Option<Statement> {
        self.superfluous(node);
        match node.rule() {
            Rule::model => self.text_in(node).map(Statement::Model),
            Rule::timezone => self.text_in(node).map(Statement::Timezone),
            Rule::field => self.field(&node.child(Rule::typed_name)?).map(Statement::Field),
            Rule::event => self.event(node).map(Statement::Event),
            Rule::list => self.list(node).map(Statement::List),
            Rule::binding => self.binding(node).map(Statement::Let),
            Rule::ignore => self.ignore(node).map(Statement::Ignore),
            Rule::points_rule => self.points_rule(node).map(Statement::Rule),
            Rule::table => self.table(node).map(Statement::Table),
            Rule::decay => self.decay(node).map(Statement::Decay),
            Rule::band => self.band(node).map(Statement::Band),
            Rule::block => self.block(node).map(Statement::Block),
            Rule::score => self.score(node).map(Statement::Score),
            Rule::classify => self.classify(node).map(Statement::Classify),
            Rule::exclude => self.exclude(node).map(Statement::Exclude),
            Rule::promise => self.promise(node).map(Statement::Promise),
            Rule::on => self.on(node).map(Statement::On),
            Rule::test => self.test(node).map(Statement::Test),
            _ => None,
        }
    }

    /// The expression that is a child of a node.
    fn expression_in(&mut self, node: &Node<'_>) -> Option<Expr> {
        self.expression(&node.child(Rule::expression)?)
    }

    fn because_in(&mut self, node: &Node<'_>) -> Option<Text> {
        self.text_in(&node.child(Rule::because)?)
    }

    fn field(&mut self, node: &Node<'_>) -> Option<Field> {
        let name = self.name_in(node)?;
        let written = node.child(Rule::value_type)?;
        let of = self.value_type(&written.first()?)?;
        let span = self.span(&written);
        Some(Field {
            name,
            of: Spanned::new(of, span),
        })
    }

    fn value_type(&mut self, node: &Node<'_>) -> Option<Type> {
        match (node.rule(), node.text()) {
            (Rule::one_of, _) => Some(Type::OneOf(node.all(Rule::text).map(|text| self.text(&text)).collect())),
            (Rule::list_of_text, _) => Some(Type::List),
            (_, "text") => Some(Type::Text),
            (_, "number") => Some(Type::Number),
            (_, "boolean") => Some(Type::Boolean),
            (_, "date") => Some(Type::Date),
            _ => None,
        }
    }

    fn event(&mut self, node: &Node<'_>) -> Option<Event> {
        let name = self.name_in(&node.child(Rule::named_event)?)?;
        let mut properties = Vec::new();
        if let Some(list) = node.child(Rule::properties) {
            self.superfluous(&list);
            properties.extend(list.all(Rule::typed_name).filter_map(|property| self.field(&property)));
        }
        let passive = node.has(Rule::passive);
        Some(Event {
            name,
            properties,
            passive,
        })
    }

    fn list(&mut self, node: &Node<'_>) -> Option<List> {
        let name = self.name_in(node)?;
        let items = match node.child(Rule::list_file) {
            Some(file) => Items::File(self.text_in(&file)?),
            None => Items::Literals(self.literals(node)),
        };
        Some(List { name, items })
    }

    fn binding(&mut self, node: &Node<'_>) -> Option<Let> {
        let name = self.name_in(node)?;
        let value = self.expression_in(node)?;
        Some(Let { name, value })
    }

    fn ignore(&mut self, node: &Node<'_>) -> Option<Ignore> {
        let pattern = self.pattern_in(node)?;
        let because = self.because_in(node);
        Some(Ignore { pattern, because })
    }

    fn points_rule(&mut self, node: &Node<'_>) -> Option<PointsRule> {
        let trigger = match node.child(Rule::occurrence) {
            Some(occurrence) => self.occurrence(&occurrence)?,
            None => Trigger::Condition(self.expression_in(node)?),
        };
        self.check_add(node);
        Some(PointsRule {
            trigger,
            points: self.points_in(node, "points")?,
            limits: node.all(Rule::limit).filter_map(|limit| self.limit(&limit)).collect(),
            fading: node.child(Rule::fading).and_then(|fading| self.fading(&fading)),
            because: self.because_in(node),
        })
    }

    fn occurrence(&mut self, node: &Node<'_>) -> Option<Trigger> {
        let pattern = self.pattern_in(node)?;
        let mut condition = self.expression_in(node);
        if let Some(word) = node.child(Rule::connective)
            && self.connective(&word)?.node == Connective::Or
        {
            let span = word.span();
            self.errors.push(Error::OrAfterEvents { span });
            // What follows may be about the events or about the contact: nobody can say more of it.
            condition = None;
        }
        Some(Trigger::Each { pattern, condition })
    }

    fn check_add(&mut self, node: &Node<'_>) {
        if let Some(add) = node.child(Rule::add).filter(|add| add.text() != "add") {
            self.foreign(&add, "add");
        }
    }

    fn limit(&mut self, node: &Node<'_>) -> Option<Spanned<Limit>> {
        let span = self.span(node);
        if node.has(Rule::every_time) {
            return Some(Spanned::new(Limit::EveryTime, span));
        }
        let times = match node.child(Rule::once) {
            Some(once) => Spanned::new(1, once.span()),
            None => self.whole_in(node)?,
        };
        let per = self.unit_in(node).map(|unit| unit.node);
        Some(Spanned::new(Limit::AtMost { times, per }, span))
    }

    fn fading(&mut self, node: &Node<'_>) -> Option<Spanned<Fading>> {
        let fading = match node.child(Rule::duration) {
            Some(duration) => Fading::Over(self.period(&duration)?),
            None => Fading::Per {
                amount: self.amount_in(node)?,
                period: self.period(&node.child(Rule::repeated_duration)?)?,
            },
        };
        Some(Spanned::new(fading, self.span(node)))
    }

    fn table(&mut self, node: &Node<'_>) -> Option<Table> {
        let value = self.expression_in(node)?;
        let rows = self.items(node, Kind::Row, Self::row);
        Some(Table { value, rows })
    }

    pub(super) fn row(&mut self, node: &Node<'_>) -> Option<Row> {
        self.superfluous(node);
        self.check_add(node);
        let written = node.child(Rule::row_values)?;
        let values = self.row_values(&written.first()?)?;
        Some(Row {
            values: Spanned::new(values, self.span(&written)),
            points: self.points_in(node, "points")?,
            because: self.because_in(node),
        })
    }

    fn row_values(&mut self, node: &Node<'_>) -> Option<RowValues> {
        let mut literals = self.literals(node).into_iter();
        match node.rule() {
            Rule::unknown => Some(RowValues::Unknown),
            Rule::otherwise => Some(RowValues::Otherwise),
            Rule::row_comparison => {
                let comparison = self.comparison_operator(&node.child(Rule::comparison_operator)?)?;
                Some(RowValues::Compared(comparison.node, literals.next()?))
            }
            Rule::row_range => Some(RowValues::Range(literals.next()?, literals.next()?)),
            _ => Some(RowValues::Literals(literals.collect())),
        }
    }

    fn decay(&mut self, node: &Node<'_>) -> Option<Decay> {
        Some(Decay {
            amount: self.amount_in(node)?,
            period: self.period(&node.child(Rule::repeated_duration)?)?,
            since: self.pattern_in(node),
        })
    }

    fn band(&mut self, node: &Node<'_>) -> Option<Band> {
        if let Some(sign) = node.child(Rule::band_operator).filter(|sign| sign.text() != ">=") {
            self.foreign(&sign, ">=");
        }
        let label = self.name_in(node)?;
        let threshold = self.points_in(node, "a threshold");
        Some(Band { label, threshold })
    }

    fn block(&mut self, node: &Node<'_>) -> Option<Block> {
        Some(Block {
            name: self.name_in(node)?,
            clamp: self.clamp(node),
            statements: self.items(node, Kind::Statement, Self::statement),
        })
    }

    fn clamp(&mut self, node: &Node<'_>) -> Clamp {
        let mut end = |rule| {
            node.child(rule)
                .and_then(|end| self.points_in(&end, "the end of a score"))
        };
        Clamp {
            min: end(Rule::minimum),
            max: end(Rule::maximum),
        }
    }

    fn score(&mut self, node: &Node<'_>) -> Option<Score> {
        let formula = node.child(Rule::formula);
        if let Some(equals) = formula.as_ref().and_then(|formula| formula.child(Rule::equals)) {
            self.check_equals(&equals);
        }
        Some(Score {
            name: self.name_in(node),
            clamp: self.clamp(node),
            formula: formula.and_then(|formula| self.expression_in(&formula)),
        })
    }

    fn check_equals(&mut self, equals: &Node<'_>) {
        if equals.text() != "=" {
            self.foreign(equals, "=");
        }
    }

    fn classify(&mut self, node: &Node<'_>) -> Option<Classify> {
        let name = self.name_in(node)?;
        let rows = self.items(node, Kind::Class, Self::class);
        Some(Classify { name, rows })
    }

    pub(super) fn class(&mut self, node: &Node<'_>) -> Option<Class> {
        let label = self.name_in(node)?;
        let condition = self.expression_in(node);
        Some(Class { label, condition })
    }

    fn exclude(&mut self, node: &Node<'_>) -> Option<Exclude> {
        let condition = self.expression_in(node)?;
        let because = self.because_in(node);
        Some(Exclude { condition, because })
    }

    fn promise(&mut self, node: &Node<'_>) -> Option<Promise> {
        let mut expressions = node.all(Rule::expression);
        let (claim, condition) = (expressions.next()?, expressions.next());
        Some(Promise {
            claim: self.expression(&claim)?,
            condition: condition.and_then(|condition| self.expression(&condition)),
        })
    }

    fn on(&mut self, node: &Node<'_>) -> Option<On> {
        let (of, label) = self.label(&node.child(Rule::label)?)?;
        Some(On {
            transition: self.transition(node)?,
            of,
            label,
            notify: self.name_in(node)?,
            within: node.child(Rule::reaction).and_then(|reaction| self.delay(&reaction)),
            action: node.child(Rule::action).and_then(|action| self.text_in(&action)),
        })
    }

    fn transition(&mut self, node: &Node<'_>) -> Option<Spanned<Transition>> {
        let word = node
            .children()
            .find(|child| matches!(child.rule(), Rule::enter | Rule::leave | Rule::stay))?;
        let transition = match word.rule() {
            Rule::enter => Transition::Enter,
            Rule::leave => Transition::Leave,
            _ => Transition::Stay(self.period(&node.child(Rule::duration)?)?),
        };
        Some(Spanned::new(transition, word.span()))
    }

    fn label(&mut self, node: &Node<'_>) -> Option<(Option<LabelOwner>, Name)> {
        if let Some(band) = node.child(Rule::band_of) {
            let of = self.name_in(&band)?;
            return Some((Some(LabelOwner::BandOf(of)), self.name_in(node)?));
        }
        let mut names = node.all(Rule::name);
        let (first, second) = (self.name(&names.next()?), names.next());
        Some(match second {
            Some(label) => (Some(LabelOwner::Class(first)), self.name(&label)),
            None => (None, first),
        })
    }

    fn test(&mut self, node: &Node<'_>) -> Option<Test> {
        let name = self.text_in(node)?;
        let lines = self.items(node, Kind::TestLine, Self::test_line);
        Some(Test { name, lines })
    }

    pub(super) fn test_line(&mut self, node: &Node<'_>) -> Option<TestLine> {
        match node.rule() {
            Rule::as_of => node.child(Rule::date).map(|date| TestLine::AsOf(self.date(&date))),
            Rule::given => Some(TestLine::Given(self.assignments(node))),
            Rule::given_events => self.given_events(node).map(TestLine::Events),
            Rule::expect => self.expression_in(node).map(TestLine::Expect),
            _ => None,
        }
    }

    fn assignments(&mut self, node: &Node<'_>) -> Vec<Assignment> {
        let assignments = node.all(Rule::assignment);
        assignments
            .filter_map(|assignment| self.assignment(&assignment))
            .collect()
    }

    fn assignment(&mut self, node: &Node<'_>) -> Option<Assignment> {
        self.check_equals(&node.child(Rule::equals)?);
        let name = self.name_in(node)?;
        let values = self.literals(node);
        Some(Assignment { name, values })
    }

    fn given_events(&mut self, node: &Node<'_>) -> Option<GivenEvents> {
        let event = node.child(Rule::named_event)?;
        let assignments = node.child(Rule::assignments);
        Some(GivenEvents {
            count: self.whole_in(node).unwrap_or(Spanned::new(1, event.span())),
            name: self.name_in(&event)?,
            properties: assignments.map_or_else(Vec::new, |list| self.assignments(&list)),
            when: self.moment(&node.child(Rule::moment)?)?,
        })
    }

    fn moment(&mut self, node: &Node<'_>) -> Option<Spanned<Moment>> {
        let written = node.first()?;
        let moment = match written.rule() {
            Rule::on_day => Moment::On(self.date(&written.child(Rule::date)?).node),
            Rule::days_ago => Moment::Ago(self.period(&written.child(Rule::duration)?)?.node),
            _ => Moment::Today,
        };
        Some(Spanned::new(moment, self.span(node)))
    }

    /// The pattern that is a child of a node.
    pub(super) fn pattern_in(&mut self, node: &Node<'_>) -> Option<Spanned<Pattern>> {
        self.pattern(&node.child(Rule::pattern)?)
    }
}
