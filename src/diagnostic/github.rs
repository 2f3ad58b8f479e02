//! Diagnostics as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

use super::{Diagnostic, Severity};

/// A line each: `::error file=rules.ls,line=3,endLine=3,col=6,endColumn=11,title=LS2001::unknown field`.
pub fn render(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(command).collect()
}

fn command(diagnostic: &Diagnostic) -> String {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = diagnostic.place().map_or(String::new(), |region| {
        let lines = format!(",line={},endLine={}", region.line, region.end_line);
        // GitHub ignores a command whose columns are on different lines.
        let columns =
            (region.line == region.end_line).then(|| format!(",col={},endColumn={}", region.column, region.end_column));
        lines + &columns.unwrap_or_default()
    });
    let title = Some(&diagnostic.code).filter(|code| !code.is_empty());
    let title = title.map(|code| format!(",title={}", property(code)));
    format!(
        "::{name} file={}{place}{}::{}\n",
        property(&diagnostic.file),
        title.unwrap_or_default(),
        data(&diagnostic.text()),
    )
}

/// What stands after the second `::`, escaped as GitHub's own toolkit does it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands after the `=` of a property, where `:` and `,` would end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Label, Lines};
    use crate::source::{Source, Span};

    #[test]
    fn what_means_something_to_github_is_escaped() {
        let source = Source::new("a,b:c%\r.ls", "one\ntwo\n");
        let span = Span::new(4, 7);
        let diagnostic = Diagnostic {
            code: "LS1001".to_owned(),
            severity: Severity::Warning,
            message: "30%, a: no\r\nway %0A".to_owned(),
            help: Some("write, for instance, 0.3".to_owned()),
            file: source.name().to_owned(),
            labels: vec![Label {
                region: Lines::new(&source).region(span),
                text: None,
                span,
            }],
            edit: None,
        };
        assert_eq!(
            render(&[diagnostic]),
            "::warning file=a%2Cb%3Ac%25%0D.ls,line=2,endLine=2,col=1,endColumn=4,title=LS1001::30%25, a: no%0D%0Away \
             %250A%0Awrite, for instance, 0.3\n"
        );
    }
}
