//! A report as JUnit XML, which every CI system reads.

use std::fmt::Write;

use super::report::{Failure, Outcome, Report};

/// The report as a JUnit document: a suite for each file, in the order of the report.
pub fn junit(report: &Report) -> String {
    let mut suites: Vec<(&str, Vec<&Outcome>)> = Vec::new();
    for outcome in &report.outcomes {
        let file = outcome.source.name();
        match suites.iter_mut().find(|(name, _)| *name == file) {
            Some((_, outcomes)) => outcomes.push(outcome),
            None => suites.push((file, vec![outcome])),
        }
    }
    let (tests, failures) = (report.outcomes.len(), report.failed());
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    xml += &format!("<testsuites name=\"leadscore\" tests=\"{tests}\" failures=\"{failures}\">\n");
    for (file, outcomes) in suites {
        suite(&mut xml, file, &outcomes);
    }
    xml + "</testsuites>\n"
}

fn suite(xml: &mut String, file: &str, outcomes: &[&Outcome]) {
    let (file, tests) = (escaped(file), outcomes.len());
    let failures = outcomes.iter().filter(|outcome| !outcome.passed).count();
    xml.push_str(&format!(
        "  <testsuite name=\"{file}\" tests=\"{tests}\" failures=\"{failures}\">\n"
    ));
    for outcome in outcomes {
        let (name, line) = (escaped(&outcome.name), outcome.line);
        let case = format!("    <testcase name=\"{name}\" classname=\"{file}\" file=\"{file}\" line=\"{line}\"");
        xml.push_str(&case);
        if outcome.passed {
            xml.push_str("/>\n");
            continue;
        }
        xml.push_str(">\n");
        for failure in &outcome.failures {
            xml.push_str(&failed(failure, outcome.source.name()));
        }
        xml.push_str("    </testcase>\n");
    }
    xml.push_str("  </testsuite>\n");
}

fn failed(failure: &Failure, file: &str) -> String {
    let mut story = format!("{file}:{}: {failure}", failure.line);
    for reason in &failure.reasons {
        story.push_str(&format!("\n{}: {}", reason.condition, reason.says));
    }
    let message = escaped(&failure.to_string());
    format!("      <failure message=\"{message}\">{}</failure>\n", escaped(&story))
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
