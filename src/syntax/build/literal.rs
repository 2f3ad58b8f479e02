//! Names, texts, numbers, days and durations.

use super::Builder;
use crate::calendar::{Day, Period, Unit};
use crate::number::Number;
use crate::source::{Span, Spanned};
use crate::syntax::error::Error;
use crate::syntax::grammar::{Node, Rule};
use crate::syntax::tree::{Amount, Delay, Literal, Name, Text};
use crate::text::canonical_name;

/// A number as it is read: its value, and whether `%` stands behind it.
pub(super) struct ReadNumber {
    pub(super) value: Number,
    pub(super) percent: bool,
}

impl Builder<'_> {
    /// The name that is a child of a node.
    pub(super) fn name_in(&mut self, node: &Node<'_>) -> Option<Name> {
        node.child(Rule::name).map(|name| self.name(&name))
    }

    pub(super) fn name(&mut self, node: &Node<'_>) -> Name {
        let written = node.text();
        let inner = written.strip_prefix('`').and_then(|name| name.strip_suffix('`'));
        Spanned::new(canonical_name(inner.unwrap_or(written)), node.span())
    }

    /// The text that is a child of a node.
    pub(super) fn text_in(&mut self, node: &Node<'_>) -> Option<Text> {
        node.child(Rule::text).map(|text| self.text(&text))
    }

    pub(super) fn text(&mut self, node: &Node<'_>) -> Text {
        let mut content = String::new();
        let mut rest = unquoted(node.text());
        let mut at = node.span().start + 1;
        while let Some(backslash) = rest.find('\\') {
            content.push_str(rest.get(..backslash).unwrap_or_default());
            at += backslash;
            rest = rest.get(backslash..).unwrap_or_default();
            let (meaning, length) = self.escape(rest, at);
            content.extend(meaning);
            at += length;
            rest = rest.get(length..).unwrap_or_default();
        }
        content.push_str(rest);
        Spanned::new(content, node.span())
    }

    /// What an escape stands for, and how many bytes it has. One that stands for nothing is reported, and its character
    /// taken, so that a text of nothing else is not empty.
    fn escape(&mut self, text: &str, at: usize) -> (Option<char>, usize) {
        let escaped = text.chars().nth(1);
        let length = 1 + escaped.map_or(0, char::len_utf8);
        match escaped {
            Some('"') => (Some('"'), length),
            Some('\\') => (Some('\\'), length),
            Some('n') => (Some('\n'), length),
            Some('t') => (Some('\t'), length),
            Some('u') => match code_point(text) {
                Some((character, length)) => (Some(character), length),
                None => self.unknown_escape(text, at, length),
            },
            _ => self.unknown_escape(text, at, length),
        }
    }

    fn unknown_escape(&mut self, text: &str, at: usize, length: usize) -> (Option<char>, usize) {
        self.errors.push(Error::UnknownEscape {
            escape: text.get(..length).unwrap_or_default().to_owned(),
            span_of_backslash: Span::new(at, at + 1),
            span: Span::new(at, at + length),
        });
        (text.chars().nth(1), length)
    }

    /// A text in which a backslash and the character after it stand as they are, but `\"` is `"`.
    pub(super) fn regex(&mut self, node: &Node<'_>) -> Text {
        let mut content = String::new();
        let mut characters = unquoted(node.text()).chars();
        while let Some(character) = characters.next() {
            match (character, character == '\\') {
                (_, true) => match characters.next() {
                    Some('"') => content.push('"'),
                    escaped => content.extend(std::iter::once('\\').chain(escaped)),
                },
                (plain, false) => content.push(plain),
            }
        }
        Spanned::new(content, node.span())
    }

    /// A literal with its sign, for `signed_literal` and for each of its kinds.
    pub(super) fn literal(&mut self, node: &Node<'_>) -> Option<Spanned<Literal>> {
        let literal = match node.rule() {
            Rule::signed_literal => return self.literal(&node.first()?),
            Rule::text => Literal::Text(self.text(node).node),
            Rule::date => Literal::Date(self.date(node).node),
            Rule::boolean => Literal::Boolean(self.boolean(node)),
            _ => match self.number(node) {
                ReadNumber { value, percent: true } => Literal::Percent(value),
                ReadNumber { value, percent: false } => Literal::Number(value),
            },
        };
        Some(Spanned::new(literal, node.span()))
    }

    /// `true` or `false`. Spreadsheets write them in capitals.
    fn boolean(&mut self, node: &Node<'_>) -> bool {
        let value = node.text().eq_ignore_ascii_case("true");
        let write = if value { "true" } else { "false" };
        if node.text() != write {
            self.foreign(node, write);
        }
        value
    }

    /// The literals among the children of a node.
    pub(super) fn literals(&mut self, node: &Node<'_>) -> Vec<Spanned<Literal>> {
        let literals = node.all(Rule::signed_literal);
        literals.filter_map(|literal| self.literal(&literal)).collect()
    }

    /// Points, or another number that cannot be a percentage: the child `points` of a node.
    pub(super) fn points_in(&mut self, node: &Node<'_>, what: &'static str) -> Option<Spanned<Number>> {
        let points = node.child(Rule::points)?;
        self.superfluous(&points);
        let number = points.first()?;
        let read = self.number(&number);
        let span = number.span();
        if read.percent {
            self.errors.push(Error::PercentNotAllowed { what, span });
        }
        Some(Spanned::new(read.value, span))
    }

    /// What decay or fading takes: the child `amount` of a node.
    pub(super) fn amount_in(&mut self, node: &Node<'_>) -> Option<Spanned<Amount>> {
        let number = node.child(Rule::amount)?.first()?;
        let amount = match self.number(&number) {
            ReadNumber { value, percent: true } => Amount::Part(value),
            ReadNumber { value, percent: false } => Amount::Points(value),
        };
        Some(Spanned::new(amount, number.span()))
    }

    /// A number, its sign included. What is wrong with it is reported, and a number taken of which nothing else is
    /// wrong: it is not zero because of that.
    pub(super) fn number(&mut self, node: &Node<'_>) -> ReadNumber {
        let span = node.span();
        let spelling = Spelling::of(node.text());
        if let Some(write) = spelling.mended() {
            let written = node.text().to_owned();
            self.errors.push(Error::ForeignNumber { written, write, span });
        }
        let percent = spelling.percent;
        let most = if percent { 2 } else { 4 };
        let too_many = spelling.decimals() > most;
        if too_many {
            self.errors.push(Error::TooManyDecimals { most, percent, span });
        }
        let value = spelling.value();
        if value.is_none() {
            let range = "less than 100_000_000_000_000, either way".to_owned();
            self.errors.push(Error::OutOfRange {
                what: "a number",
                range,
                span,
            });
        }
        let value = value.filter(|value| !too_many || *value != Number::ZERO);
        let value = value.unwrap_or(Number::whole(1));
        ReadNumber { value, percent }
    }

    /// A count: the child `whole` of a node.
    pub(super) fn whole_in(&mut self, node: &Node<'_>) -> Option<Spanned<u64>> {
        let whole = node.child(Rule::whole)?;
        Some(Spanned::new(self.count(&whole), whole.span()))
    }

    fn count(&mut self, node: &Node<'_>) -> u64 {
        let told = self.errors.len();
        let count = node.first().and_then(|number| {
            let read = self.number(&number);
            let whole = read.value.units() % Number::whole(1).units() == 0 && !read.percent;
            whole.then(|| u64::try_from(read.value.units() / Number::whole(1).units()).ok())?
        });
        if count.is_none() && self.errors.len() == told {
            let range = "a whole number".to_owned();
            let span = node.span();
            self.errors.push(Error::OutOfRange {
                what: "a count",
                range,
                span,
            });
        }
        count.unwrap_or(1)
    }

    pub(super) fn date(&mut self, node: &Node<'_>) -> Spanned<Day> {
        let day = Day::parse(node.text());
        if day.is_none() {
            let written = node.text().to_owned();
            let span = node.span();
            self.errors.push(Error::NoSuchDate { written, span });
        }
        Spanned::new(day.unwrap_or(Day::MIN), node.span())
    }

    /// `30 days`, `month`, `2 weeks`
    pub(super) fn period(&mut self, node: &Node<'_>) -> Option<Spanned<Period>> {
        let unit = self.unit_in(node)?.node;
        let count = self.whole_in(node);
        Some(Spanned::new(self.period_of(count, unit), self.span(node)))
    }

    /// The unit that is a child of a node.
    pub(super) fn unit_in(&mut self, node: &Node<'_>) -> Option<Spanned<Unit>> {
        let unit = node.child(Rule::unit)?;
        Some(Spanned::new(unit_of(unit.text())?, unit.span()))
    }

    fn period_of(&mut self, count: Option<Spanned<u64>>, unit: Unit) -> Period {
        let Some(count) = count else { return Period::one(unit) };
        let in_range = u32::try_from(count.node)
            .ok()
            .filter(|count| (1..=unit.most()).contains(count));
        if in_range.is_none() {
            let span = count.span;
            self.errors.push(Error::DurationOutOfRange { unit, span });
        }
        let count = in_range.unwrap_or(1);
        Period { count, unit }
    }

    /// `within 24 hours`
    pub(super) fn delay(&mut self, node: &Node<'_>) -> Option<Spanned<Delay>> {
        let count = self.whole_in(node)?;
        let unit = node.child(Rule::delay_unit)?;
        let delay = match unit.text().trim_end_matches('s') {
            "minute" => Delay::Minutes(self.clock_time(&count)),
            "hour" => Delay::Hours(self.clock_time(&count)),
            _ => Delay::Period(self.period_of(Some(count), unit_of(unit.text())?)),
        };
        Some(Spanned::new(delay, count.span.to(unit.span())))
    }

    fn clock_time(&mut self, count: &Spanned<u64>) -> u32 {
        const MOST: u32 = 100_000;
        let in_range = u32::try_from(count.node)
            .ok()
            .filter(|count| (1..=MOST).contains(count));
        if in_range.is_none() {
            let range = format!("a whole number from 1 to {MOST}");
            let what = "a time in hours or minutes";
            self.errors.push(Error::OutOfRange {
                what,
                range,
                span: count.span,
            });
        }
        in_range.unwrap_or(1)
    }
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text)
}

/// The character of `\u{E9}` at the beginning of a text, and the escape's length.
fn code_point(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("\\u{")?;
    let length = digits.find('}')?;
    let digits = digits.get(..length).filter(|digits| (1..=6).contains(&digits.len()))?;
    let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let value = hexadecimal.then(|| u32::from_str_radix(digits, 16).ok())??;
    Some((char::from_u32(value)?, length + "\\u{}".len()))
}

fn unit_of(word: &str) -> Option<Unit> {
    let singular = word.trim_end_matches('s');
    Unit::ALL.into_iter().find(|unit| unit.word() == singular)
}

/// How a number is spelled: `-1_000.5`, `30 %`, `2,5`.
struct Spelling<'a> {
    written: &'a str,
    sign: &'static str,
    /// Digits, with what stands between them.
    digits: &'a str,
    percent: bool,
}

impl<'a> Spelling<'a> {
    fn of(written: &'a str) -> Self {
        let unsigned = written.trim_start_matches(['+', '-', ' ', '\t', '\r']);
        let sign = if written.starts_with('-') { "-" } else { "" };
        let digits = unsigned.strip_suffix('%').unwrap_or(unsigned).trim_end();
        let percent = unsigned.ends_with('%');
        Self {
            written,
            sign,
            digits,
            percent,
        }
    }

    fn decimals(&self) -> usize {
        self.plain().split_once('.').map_or(0, |(_, fraction)| fraction.len())
    }

    /// The value, rounded; `None` outside the range.
    fn value(&self) -> Option<Number> {
        let exponent = if self.percent { "e-2" } else { "" };
        let plain = self.plain();
        let whole = plain.split('.').next().unwrap_or_default().trim_start_matches('0');
        let short = whole.len() <= 14;
        short.then(|| Number::parse(&format!("{}{plain}{exponent}", self.sign)))?
    }

    /// The digits and the point alone.
    fn plain(&self) -> String {
        self.parted().replace('_', "")
    }

    /// The digits as leadscore parts them.
    fn parted(&self) -> String {
        let parted_by_blanks: Vec<&str> = self.digits.split_whitespace().collect();
        let digits = parted_by_blanks.join("_");
        let groups: Vec<&str> = digits.split(',').collect();
        let three_digits = |group: &&str| group.split('.').next().map_or(0, str::len) == 3;
        let one_comma = parted_by_blanks.len() == 1 && groups.get(1).is_some_and(three_digits);
        let thousands = groups.len() > 2 || one_comma;
        digits.replace(',', if thousands { "_" } else { "." })
    }

    /// How leadscore writes it, where that is otherwise.
    fn mended(&self) -> Option<String> {
        let percent = if self.percent { "%" } else { "" };
        let parted = self.parted();
        let as_it_is = self.written.ends_with(&format!("{}{percent}", self.digits)) && parted == self.digits;
        (!as_it_is).then(|| format!("{}{parted}{percent}", self.sign))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_other_countries_are_understood() {
        for (written, mended) in [
            ("10", None),
            ("-1_000.5", None),
            ("30%", None),
            ("- 20", None),
            ("30 %", Some("30%")),
            ("50 000", Some("50_000")),
            ("2,5", Some("2.5")),
            ("1,000", Some("1_000")),
            ("-1,000,000.5", Some("-1_000_000.5")),
            ("2 500,75", Some("2_500.75")),
            ("2 500,125", Some("2_500.125")),
        ] {
            assert_eq!(Spelling::of(written).mended().as_deref(), mended, "{written}");
        }
    }
}
