//! No text makes the parser crash, hang or exhaust the stack.

use leadscore::format::format_source;
use leadscore::source::Source;
use leadscore::syntax;

/// Reads a text in a thread with as little stack as any platform gives, and gives the codes of what is wrong.
#[expect(clippy::unwrap_used, reason = "a thread that fails is what the test looks for")]
fn read(text: String) -> Vec<String> {
    let read = move || syntax::parse(&Source::new("hostile.ls", &text)).errors;
    let reader = std::thread::Builder::new().stack_size(1 << 20).spawn(read);
    let errors = reader.unwrap().join().unwrap();
    errors
        .iter()
        .map(|error| miette::Diagnostic::code(error).unwrap().to_string())
        .collect()
}

#[test]
fn deep_nesting_is_an_error() {
    for (before, deep, after) in [
        ("when ", "(", " add 10\n"),
        ("when ", "not ", "a add 10\n"),
        ("when ", "not(", "a add 10\n"),
        ("when ", "-", "a add 10\n"),
        ("when ", "- (", "a add 10\n"),
        ("when ", "!", "a add 10\n"),
        ("when ", "all of (", "a add 10\n"),
        ("when ", "domain(", "a add 10\n"),
        ("when ", "a contains any of (", "a add 10\n"),
        ("when ", "a in (", "a add 10\n"),
        ("when ", "any event x where (", "a add 10\n"),
    ] {
        let codes = read(format!("{before}{}{after}", deep.repeat(100_000)));
        assert_eq!(codes, ["LS1012"], "{deep}");
    }
    assert!(read("score a {\n".repeat(10_000)).contains(&"LS1012".to_owned()));
    assert!(read("{".repeat(100_000)).contains(&"LS1012".to_owned()));
}

#[test]
fn nesting_as_deep_as_allowed_is_read() {
    for (open, close) in [
        ("(", ")"),
        ("not (", ")"),
        ("-(", ")"),
        ("all of (", ")"),
        ("x(", ")"),
        ("a in (", ")"),
    ] {
        let levels = open.matches(['(', '-']).count() + open.matches("not").count();
        let depth = 32 / levels;
        let text = format!("when {}a{} add 10\n", open.repeat(depth), close.repeat(depth));
        assert_eq!(read(text), [""; 0], "{open}");
        let broken = format!("when {}a ={} add 10\n", open.repeat(depth), close.repeat(depth));
        assert_eq!(read(broken).len(), 1, "{open}");
        let unclosed = format!("when {}a add 10\n", open.repeat(depth));
        assert_eq!(read(unclosed).len(), 1, "{open}");
    }
    let blocks = format!("{}when a add 10\n{}", "score a {\n".repeat(32), "} x\n".repeat(32));
    assert_eq!(read(blocks).len(), 32);
}

#[test]
fn long_texts_are_read() {
    for unit in [
        "\n",
        " ",
        "\"",
        "`",
        "'",
        "«",
        "“",
        "#",
        "# a\n",
        "/*",
        "//",
        "--",
        "-- ",
        ";",
        ")",
        "}",
        "{}",
        "\0",
        "\u{A0}",
        "\u{1}",
        "\r",
        "a",
        "a ",
        "1",
        "1 ",
        "a\n",
        "1,",
        "a and ",
        "= ",
        "when ",
        "when a\n",
        "hot >= 1\n",
        "\\",
        "\"a\\",
        "score x {\n",
        "(\n",
        "test \"a\" {\n",
        "by x {\n",
        "when a add 1 ",
        "when a ( add 1\n",
        "when a { add 1\n",
        "é",
        "1 000 ",
        "at least 2 of (a, b), ",
        "when event x where a = 1 and\n",
        "score x y {\n}\n",
        "as ",
        "🦀",
    ] {
        read(unit.repeat((1 << 12) / unit.len()));
        read(format!("when a add 1{}\nwhen", unit.repeat((1 << 12) / unit.len())));
        read(format!("score a {{\n{}\n}}", unit.repeat((1 << 12) / unit.len())));
    }
    assert_eq!(read("a".repeat(50 << 20)), ["LS1013"]);
}

#[test]
fn soups_of_words_are_read() {
    let words: Vec<&str> = "model timezone field event list let ignore score when by decay classify exclude promise on test \
        as given expect and or not of in is between contains starts with ends matches where within events any all none \
        no at least most exactly true false add because otherwise once every time fading over per since until passive \
        known unknown band excluded min max to title `a` \"x\" \"\\ 10 2.5 30% 2026-11-01 days month ago today enter stay \
        for notify do == = != < <= > >= + - * / ( ) { } , : . ; ! && => 'a' «a» # /* */ // -- \n \n \n \n"
        .split(' ')
        .collect();
    let mut state = 42_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..2_000 {
        let soup: Vec<&str> = (0..1 + next(60)).map(|_| words[next(words.len())]).collect();
        let source = Source::new("soup.ls", &soup.join(" "));
        let errors = syntax::parse(&source).errors;
        for error in &errors {
            assert!(
                source.text().get(error.span().range()).is_some(),
                "{error:?} in {:?}",
                source.text()
            );
        }
        if errors.is_empty() {
            format_source(&source).unwrap_or_else(|refused| panic!("{refused} {:?}", source.text()));
        }
    }
}
