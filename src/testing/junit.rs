//! A report as JUnit XML, which every CI system reads.

use std::fmt::{self, Display, Formatter, Write};

use super::report::{Failure, Outcome, Report};

/// What a document tells beside the tests, as a test case of its own: a limit that they should reach, or an error that
/// keeps them from being run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// What it is called.
    pub name: String,
    /// The file that it is about.
    pub file: String,
    /// The line; `None` where it is about the whole file.
    pub line: Option<usize>,
    /// What was found.
    pub finding: Finding,
}

/// What was found beside the tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nothing is wrong.
    Fine,
    /// It is not as it should be, and why.
    Failure(String),
    /// The tests could not be run, and why.
    Error(String),
}

/// The report as a JUnit document: a suite for each file, in the order of the report, then one for what is told beside
/// the tests, where that is anything.
pub fn junit(report: &Report, beside: &[Beside]) -> String {
    let mut suites: Vec<(&str, Vec<&Outcome>)> = Vec::new();
    for outcome in &report.outcomes {
        let file = outcome.source.name();
        match suites.iter_mut().find(|(name, _)| *name == file) {
            Some((_, outcomes)) => outcomes.push(outcome),
            None => suites.push((file, vec![outcome])),
        }
    }
    let all = Counts::of_tests(&report.outcomes).and(Counts::of_others(beside));
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    xml += &format!("<testsuites name=\"leadscore\" {all}>\n");
    for (file, outcomes) in suites {
        let cases = outcomes.iter().map(|outcome| of_test(outcome)).collect();
        suite(&mut xml, file, Counts::of_tests(outcomes), cases);
    }
    if !beside.is_empty() {
        let cases = beside.iter().map(of_other).collect();
        suite(&mut xml, "beside the tests", Counts::of_others(beside), cases);
    }
    xml + "</testsuites>\n"
}

/// How many cases there are, and how they went.
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Counts {
    fn of_tests<'a>(outcomes: impl IntoIterator<Item = &'a Outcome>) -> Counts {
        let passed: Vec<bool> = outcomes.into_iter().map(|outcome| outcome.passed).collect();
        Counts {
            tests: passed.len(),
            failures: passed.iter().filter(|passed| !**passed).count(),
            errors: 0,
        }
    }

    fn of_others(beside: &[Beside]) -> Counts {
        let count = |is: fn(&Finding) -> bool| beside.iter().filter(|other| is(&other.finding)).count();
        Counts {
            tests: beside.len(),
            failures: count(|finding| matches!(finding, Finding::Failure(_))),
            errors: count(|finding| matches!(finding, Finding::Error(_))),
        }
    }

    fn and(self, others: Counts) -> Counts {
        Counts {
            tests: self.tests + others.tests,
            failures: self.failures + others.failures,
            errors: self.errors + others.errors,
        }
    }
}

impl Display for Counts {
    /// The attributes of a suite.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Counts {
            tests,
            failures,
            errors,
        } = self;
        write!(f, "tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"")
    }
}

fn suite(xml: &mut String, name: &str, counts: Counts, cases: Vec<String>) {
    let (name, cases) = (escaped(name), cases.concat());
    xml.push_str(&format!(
        "  <testsuite name=\"{name}\" {counts}>\n{cases}  </testsuite>\n"
    ));
}

fn of_test(outcome: &Outcome) -> String {
    let file = outcome.source.name();
    let failures = outcome.failures.iter().map(|failure| failed(failure, file));
    case(&outcome.name, file, Some(outcome.line), failures.collect())
}

fn of_other(other: &Beside) -> String {
    let told = match &other.finding {
        Finding::Fine => String::new(),
        Finding::Failure(why) => message("failure", why, why),
        Finding::Error(why) => message("error", why, why),
    };
    case(&other.name, &other.file, other.line, told)
}

/// A case, with what is told of it, which is nothing where it is fine.
fn case(name: &str, file: &str, line: Option<usize>, told: String) -> String {
    let (name, file) = (escaped(name), escaped(file));
    let line = line.map_or(String::new(), |line| format!(" line=\"{line}\""));
    let case = format!("    <testcase name=\"{name}\" classname=\"{file}\" file=\"{file}\"{line}");
    match told.is_empty() {
        true => format!("{case}/>\n"),
        false => format!("{case}>\n{told}    </testcase>\n"),
    }
}

fn failed(failure: &Failure, file: &str) -> String {
    let mut story = format!("{file}:{}: {failure}", failure.line);
    for reason in &failure.reasons {
        story.push_str(&format!("\n{}: {}", reason.condition, reason.says));
    }
    message("failure", &failure.to_string(), &story)
}

fn message(kind: &str, message: &str, story: &str) -> String {
    let (message, story) = (escaped(message), escaped(story));
    format!("      <{kind} message=\"{message}\">{story}</{kind}>\n")
}

/// A text as XML holds it. Characters that no XML document may hold become U+FFFD.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' | '\r' => {
                // Nothing can fail in writing to a text.
                let _ = write!(escaped, "&#{};", u32::from(character));
            }
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_breaks_the_document() {
        assert_eq!(
            escaped("<a & \"b\">\u{0}\n"),
            "&lt;a &amp; &quot;b&quot;&gt;\u{FFFD}&#10;"
        );
    }
}
