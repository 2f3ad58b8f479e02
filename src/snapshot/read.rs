//! Reads the text of a snapshot back: exactly what [`write`](super::write()) writes, and whatever else is an error with its
//! line.

use std::collections::HashSet;
use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

use crate::calendar::Day;
use crate::number::Number;
use crate::source::{Source, Span};

use super::take::END_OF_RANGE;
use super::text::{split_word, unescaped};
use super::write::{FORMAT, TITLE};
use super::{Contact, DataFile, Fingerprint, OVERALL, Outcome, Rule, Rules, Score, Scored, Snapshot, Step, Value};

/// Why a text is not read as a snapshot.
#[derive(Debug, Error, Diagnostic)]
pub enum Error {
    /// It is no snapshot, or one that somebody changed.
    #[error("{message}")]
    #[diagnostic(code(LS6020))]
    Malformed {
        /// The text.
        #[source_code]
        snapshot: Arc<NamedSource<String>>,
        /// The line.
        #[label("here")]
        span: SourceSpan,
        /// What is wrong.
        message: String,
        /// What to do.
        #[help]
        help: String,
    },
    /// A newer version of leadscore wrote it.
    #[error("this snapshot has format {format}, and this version of leadscore reads format {FORMAT}")]
    #[diagnostic(code(LS6021), help("use the version of leadscore that accepted it, or a later one"))]
    Newer {
        /// The text.
        #[source_code]
        snapshot: Arc<NamedSource<String>>,
        /// The line.
        #[label("written by a later version")]
        span: SourceSpan,
        /// Its format.
        format: u32,
    },
}

/// A snapshot that was read.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// What it says.
    pub snapshot: Snapshot,
    /// The line on which each contact begins, counted from 1.
    pub lines: Vec<usize>,
}

/// Reads a snapshot.
pub fn read(source: &Source) -> Result<Accepted, Error> {
    let mut reader = Reader {
        text: source.text(),
        at: 0,
        number: 0,
        words: HashSet::new(),
    };
    reader.snapshot().map_err(|wrong| {
        let snapshot = Arc::new(NamedSource::new(source.name(), source.text().to_owned()));
        let span = wrong.line.range().into();
        match wrong.what {
            What::Newer(format) => Error::Newer { snapshot, span, format },
            What::Malformed(message) => Error::Malformed {
                message: match is_conflict(source.slice(wrong.line)) {
                    true => "this snapshot is not merged".to_owned(),
                    false => message,
                },
                help: advice(source.slice(wrong.line)),
                snapshot,
                span,
            },
        }
    })
}

/// Whether a line is one that git writes where it cannot merge.
fn is_conflict(line: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

fn advice(line: &str) -> String {
    match is_conflict(line) {
        true => "git left a conflict here: settle the rules, then `leadscore snapshot --accept --as-of DAY` takes their results",
        false => "take it back from git, or run `leadscore snapshot --accept --as-of DAY`: snapshots are not edited by hand",
    }
    .to_owned()
}

/// What is wrong, and with which line.
struct Wrong {
    what: What,
    line: Span,
}

enum What {
    Malformed(String),
    Newer(u32),
}

/// A line and where it stands.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    span: Span,
    number: usize,
}

impl Line<'_> {
    fn wrong(self, message: impl Into<String>) -> Wrong {
        Wrong {
            what: What::Malformed(message.into()),
            line: self.span,
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    number: usize,
    /// Titles and labels come many times: each is kept once.
    words: HashSet<Arc<str>>,
}

impl<'t> Reader<'t> {
    /// The next line, which stays the next one.
    fn peek(&self) -> Option<Line<'t>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let whole = rest.split('\n').next().unwrap_or_default();
        let text = whole.strip_suffix('\r').unwrap_or(whole);
        Some(Line {
            text,
            span: Span::new(self.at, self.at + text.len()),
            number: self.number + 1,
        })
    }

    fn next(&mut self) -> Option<Line<'t>> {
        let line = self.peek()?;
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find('\n').map_or(rest.len(), |end| end + 1);
        self.number += 1;
        Some(line)
    }

    /// The next line, if it begins so many blanks to the right.
    fn next_at(&mut self, indent: usize) -> Option<(Line<'t>, &'t str)> {
        let line = self.peek()?;
        let text = line.text.trim_start_matches(' ');
        (line.text.len() - text.len() == indent && !text.is_empty()).then(|| self.next())?;
        Some((line, text))
    }

    /// The next line, which must be there and begin with these words.
    fn expect(&mut self, words: &str) -> Result<(Line<'t>, &'t str), Wrong> {
        let end = Span::new(self.text.len(), self.text.len());
        let line = self.next().ok_or_else(|| Wrong {
            what: What::Malformed(format!("the snapshot ends where `{words}` should stand")),
            line: end,
        })?;
        let rest = line.text.strip_prefix(words).and_then(|rest| rest.strip_prefix(' '));
        let rest = rest.ok_or_else(|| line.wrong(format!("this line should begin with `{words}`")))?;
        Ok((line, rest))
    }

    fn snapshot(&mut self) -> Result<Accepted, Wrong> {
        self.title()?;
        let (line, day) = self.expect("as of")?;
        let as_of = Day::parse(day).filter(|parsed| parsed.to_string() == day);
        let as_of = as_of.ok_or_else(|| line.wrong(format!("`{day}` is no day")))?;
        let (counted, count) = self.expect("contacts")?;
        let mut data = Vec::new();
        while self.peek().is_some_and(|line| line.text.starts_with("data ")) {
            data.push(self.data_file()?);
        }
        let rules = self.rules()?;
        let (mut contacts, mut lines) = (Vec::new(), Vec::new());
        while let Some(line) = self.next() {
            if !line.text.is_empty() {
                return Err(line.wrong("an empty line should stand before each contact"));
            }
            let (line, contact) = self.contact(&rules, contacts.last())?;
            lines.push(line);
            contacts.push(contact);
        }
        if count != contacts.len().to_string() {
            let follow = match contacts.len() {
                1 => "1 contact follows".to_owned(),
                found => format!("{found} contacts follow"),
            };
            return Err(counted.wrong(format!("this says `contacts {count}`, and {follow}")));
        }
        let snapshot = Snapshot {
            as_of,
            data,
            rules,
            contacts,
        };
        Ok(Accepted { snapshot, lines })
    }

    fn title(&mut self) -> Result<(), Wrong> {
        let (line, format) = self.expect(TITLE)?;
        match format.parse::<u32>() {
            Ok(FORMAT) => Ok(()),
            Ok(newer) if newer > FORMAT => Err(Wrong {
                what: What::Newer(newer),
                line: line.span,
            }),
            Ok(_) | Err(_) => Err(line.wrong(format!("`{format}` is no format of snapshots"))),
        }
    }

    fn data_file(&mut self) -> Result<DataFile, Wrong> {
        let (line, rest) = self.expect("data")?;
        let file = split_word(rest).and_then(|(name, rest)| {
            Some(DataFile {
                name: name.into_owned(),
                fingerprint: Fingerprint::parse(rest?)?,
            })
        });
        file.ok_or_else(|| line.wrong("a file's name and its fingerprint should stand here"))
    }

    fn rules(&mut self) -> Result<Rules, Wrong> {
        let (line, mark) = self.expect("rules")?;
        let fingerprint = Fingerprint::parse(mark).ok_or_else(|| line.wrong("the rules have no fingerprint"))?;
        let mut rules = Rules {
            fingerprint,
            ..Rules::default()
        };
        let mut known = HashSet::new();
        while let Some((line, text)) = self.next_at(2) {
            let (name, rest) = split_word(text).ok_or_else(|| line.wrong("the name of a score should stand here"))?;
            let name = self.word(&name);
            if !known.insert(Arc::clone(&name)) {
                return Err(line.wrong(format!("`{name}` stands here a second time")));
            }
            match rest {
                Some("is") => rules.classes.push(name),
                Some(formula) => {
                    let formula = formula.strip_prefix("= ").and_then(unescaped);
                    let formula = formula.ok_or_else(|| line.wrong("a formula should stand here"))?;
                    rules.scores.push(self.score(name, Some(formula.as_ref().into()))?);
                }
                None => rules.scores.push(self.score(name, None)?),
            }
        }
        match rules.scores.first() {
            Some(first) if &*first.name == OVERALL => Ok(rules),
            Some(_) | None => Err(line.wrong(format!("the first score of the rules should be `{OVERALL}`"))),
        }
    }

    fn score(&mut self, name: Arc<str>, formula: Option<Arc<str>>) -> Result<Score, Wrong> {
        let mut rules = Vec::new();
        while let Some((line, text)) = self.next_at(4) {
            let rule = text.split_once(' ').and_then(|(mark, title)| {
                Some(Rule {
                    fingerprint: Fingerprint::parse(mark)?,
                    title: self.rest(title)?,
                })
            });
            rules.push(rule.ok_or_else(|| line.wrong("the fingerprint of a rule and the rule should stand here"))?);
        }
        Ok(Score { name, formula, rules })
    }

    /// A contact, with the number of its line.
    fn contact(&mut self, rules: &Rules, before: Option<&Contact>) -> Result<(usize, Contact), Wrong> {
        let (line, id) = self.expect("contact")?;
        let id = unescaped(id).ok_or_else(|| line.wrong("this is no id"))?;
        if let Some(before) = before.filter(|before| *before.id >= *id) {
            let message = format!(
                "`{id}` should stand before `{}`: ids are in order, each once",
                before.id
            );
            return Err(line.wrong(message));
        }
        let id = Arc::from(id.as_ref());
        let result = self.outcome(rules, line)?;
        Ok((line.number, Contact { id, result }))
    }

    fn outcome(&mut self, rules: &Rules, contact: Line<'_>) -> Result<Outcome, Wrong> {
        let excluded = self.peek().and_then(|line| line.text.strip_prefix("  excluded "));
        if let Some(reason) = excluded.and_then(|reason| self.rest(reason)) {
            self.next();
            return Ok(Outcome::Excluded { reason });
        }
        let (mut scored, mut lines) = (Scored::default(), Vec::new());
        for score in &rules.scores {
            let (line, value) = self.value(&score.name, contact)?;
            scored.values.push(value);
            lines.push(line);
        }
        hold_sums(rules, &scored.values, &lines)?;
        for class in &rules.classes {
            scored.classes.push(self.class(class)?);
        }
        match self.peek().filter(|line| !line.text.is_empty()) {
            Some(line) => Err(line.wrong("no score and no class of the rules in the head should stand here")),
            None => Ok(Outcome::Scored(scored)),
        }
    }

    /// The value of a score, and its line.
    fn value(&mut self, name: &str, contact: Line<'_>) -> Result<(Line<'t>, Value), Wrong> {
        let missing = |line: Line<'_>| line.wrong(format!("`{name}` and its value should stand here"));
        let Some((line, text)) = self.next_at(2) else {
            return Err(self.peek().map_or_else(|| missing(contact), missing));
        };
        let rest = split_word(text)
            .filter(|(found, _)| found == name)
            .and_then(|(_, rest)| rest);
        let (number, band) = match rest.ok_or_else(|| missing(line))?.split_once(' ') {
            Some((number, band)) => (number, Some(band)),
            None => (rest.unwrap_or_default(), None),
        };
        let band = band.map(|band| self.rest(band).ok_or_else(|| line.wrong("this is no band")));
        let mut value = Value {
            value: number_of(number).ok_or_else(|| line.wrong(format!("`{number}` is no number")))?,
            band: band.transpose()?,
            ..Value::default()
        };
        while let Some((line, text)) = self.next_at(4) {
            let step = self
                .step(text)
                .ok_or_else(|| line.wrong("points and what gave them should stand here"))?;
            match is_clamp(&step.title) {
                _ if value.clamp.is_some() => return Err(line.wrong("nothing should follow the end of a score")),
                true => value.clamp = Some(step),
                false => value.steps.push(step),
            }
        }
        Ok((line, value))
    }

    fn step(&mut self, text: &str) -> Option<Step> {
        let (points, title) = text.split_once(' ')?;
        let number = number_of(points.strip_prefix('+').unwrap_or(points))?;
        Some(Step {
            title: self.rest(title)?,
            points: Some(number).filter(|number| number.signed() == points && *number != Number::ZERO)?,
        })
    }

    fn class(&mut self, class: &str) -> Result<Option<Arc<str>>, Wrong> {
        let Some(line) = self.peek() else { return Ok(None) };
        let of_class = line.text.strip_prefix("  ").and_then(split_word);
        let Some((_, Some(rest))) = of_class.filter(|(found, _)| found == class) else {
            return Ok(None);
        };
        self.next();
        let label = rest.strip_prefix("is ").and_then(|label| self.rest(label));
        label
            .map(Some)
            .ok_or_else(|| line.wrong("`is` and a label should stand here"))
    }

    /// A text that is the rest of a line, and is not empty.
    fn rest(&mut self, text: &str) -> Option<Arc<str>> {
        let text = unescaped(text).filter(|text| !text.is_empty())?;
        Some(self.word(&text))
    }

    fn word(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.words.get(text) {
            return Arc::clone(known);
        }
        let word: Arc<str> = text.into();
        self.words.insert(Arc::clone(&word));
        word
    }
}

/// Refuses a value that its steps do not add up to.
fn hold_sums(rules: &Rules, values: &[Value], lines: &[Line<'_>]) -> Result<(), Wrong> {
    for (place, ((score, value), line)) in rules.scores.iter().zip(values).zip(lines).enumerate() {
        if let Some(sum) = rules.sum(place, values).filter(|sum| *sum != value.value) {
            let (name, value) = (&score.name, value.value);
            return Err(line.wrong(format!("the points of `{name}` add up to {sum}, not to {value}")));
        }
    }
    Ok(())
}

/// A number that is written as numbers are.
fn number_of(text: &str) -> Option<Number> {
    Number::parse(text).filter(|number| number.to_string() == text)
}

/// Whether a title is that of the end of a score.
fn is_clamp(title: &str) -> bool {
    let limit = title.strip_prefix("max ").or_else(|| title.strip_prefix("min "));
    title == END_OF_RANGE || limit.is_some_and(|limit| number_of(limit).is_some())
}
