//! What the grammar expected, in words.

use pest::Parser;

use super::error::Error;
use super::grammar::{Grammar, Rule};
use super::words;
use crate::source::Span;
use crate::suggest::nearest;

/// The first words of types.
const TYPE_WORDS: [&str; 6] = ["text", "number", "boolean", "date", "list", "one"];

/// What could stand somewhere, by the rule of the grammar that would read it: the first one that was tried is told.
const EXPECTATIONS: [(Rule, &str); 47] = [
    (Rule::add, "`add` and its points, such as `add 10`"),
    (Rule::points, "a number, such as `10`"),
    (Rule::amount, "a number or a percentage, such as `5` or `10%`"),
    (Rule::named_event, "the event's name, on the same line"),
    (Rule::colon, "`:` and a type, such as `: text`"),
    (
        Rule::value_type,
        "a type: `text`, `number`, `boolean`, `date`, `list of text` or `one of \"a\", \"b\"`",
    ),
    (Rule::open_brace, "`{`"),
    (Rule::from, "`=` and the elements, or `from` and a file"),
    (Rule::label, "a label, such as `hot`"),
    (Rule::enter, "`enter`, `leave` or `stay`"),
    (Rule::for_word, "`for` and a duration, such as `for 90 days`"),
    (Rule::notify, "`notify` and who is told"),
    (Rule::moment, "a day: `on 2026-10-30`, `20 days ago` or `today`"),
    (Rule::delay_unit, "a unit of time, such as `hours` or `days`"),
    (Rule::times, "`times`, such as `at most 3 times`"),
    (
        Rule::over,
        "`over` and a duration, or an amount such as `10% per month`",
    ),
    (Rule::duration, "a duration, such as `30 days`"),
    (Rule::repeated_duration, "a duration, such as `month` or `2 weeks`"),
    (Rule::unit, "a unit of time: `day`, `week`, `month` or `year`"),
    (Rule::per, "`per` and a duration, such as `per month`"),
    (Rule::of, "`of`"),
    (Rule::with, "`with`"),
    (Rule::and, "`and` and the other end, such as `between 1 and 9`"),
    (Rule::whole, "a whole number, such as `3`"),
    (Rule::date, "a day, such as `2026-11-01`"),
    (Rule::number, "a number, such as `10`"),
    (
        Rule::in_word,
        "`in`, `between`, `contains`, `starts with`, `ends with` or `matches`",
    ),
    (Rule::text_word, "`text`, because lists hold texts"),
    (Rule::assignment, "a field and its value, such as `title = \"CEO\"`"),
    (
        Rule::row_values,
        "a value, such as `\"services\"`, `30 to 500`, `< 30`, `unknown` or `otherwise`",
    ),
    (
        Rule::signed_literal,
        "a value: a text between quotes, a number, a date, `true` or `false`",
    ),
    (Rule::equals, "`=`"),
    (Rule::when_word, "`when` and a condition"),
    (Rule::band_operator, "`>=` and a number, or `otherwise`"),
    (Rule::otherwise, "`otherwise`"),
    (Rule::known, "`known` or `unknown`"),
    (Rule::choices, "a list, such as `(\"a\", \"b\")`, or the name of one"),
    (Rule::expression, "a condition or a value"),
    (Rule::pattern, "`event` and the event's name"),
    (Rule::comparison, "a condition or a value"),
    (Rule::sum, "a value"),
    (Rule::product, "a value"),
    (Rule::name, "a name"),
    (Rule::text, "a text between quotes, such as `\"a\"`"),
    (Rule::close, "`)`"),
    (Rule::band_word, "`band`, such as `fit.band`"),
    (Rule::EOI, "the end of the statement"),
];

/// The error of a piece that the grammar could read up to a place, where it expected one of some rules.
pub(super) fn error(source: &str, piece: Span, at: usize, rules: &[Rule]) -> Error {
    let start = Span::new(piece.start + at, piece.end).widened(source).start;
    let rest = source.get(start..piece.end).unwrap_or_default();
    let statement = source.get(piece.range()).unwrap_or_default();
    let token = token(rest);
    let span = Span::new(start, start + token.len());
    let only_a_name = rules.iter().all(|rule| {
        matches!(
            rule,
            Rule::name | Rule::plain_name | Rule::quoted_name | Rule::typed_name
        )
    });
    if only_a_name && !rules.is_empty() && words::is_keyword(token) {
        let word = token.to_owned();
        return Error::KeywordAsName { word, span };
    }
    let expectation = EXPECTATIONS.iter().find(|(rule, _)| rules.contains(rule));
    let begins = start == piece.start;
    let label = quoted_label(statement, token).filter(|_| begins || rules.contains(&Rule::label));
    let order = out_of_order(source.get(piece.start..start).unwrap_or_default(), token);
    let expected = match (order.or(expectation.map(|(_, words)| *words)), &label) {
        (Some(words), _) => words,
        (None, Some(_)) => "a label, such as `hot`",
        (None, None) if begins => "a word that begins a statement, such as `when`",
        (None, None) => "something else",
    };
    Error::Unexpected {
        expected: expected.to_owned(),
        found: found(token),
        advice: misplaced_in_test(statement, token)
            .or_else(|| advice(token, rules))
            .or_else(|| misplaced(statement, token))
            .map(str::to_owned)
            .or(label)
            .or_else(|| small_letters(token))
            .or_else(|| backticks(source, start, token, rules)),
        span,
    }
}

/// The word, number, text or sign at the beginning of a text; empty at the end of a line.
fn token(text: &str) -> &str {
    let Some(first) = text.chars().next() else { return "" };
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let length = match first {
        '"' | '`' => text
            .get(1..)
            .and_then(|rest| rest.find([first, '\n']))
            .map_or(1, |end| end + 2),
        _ if is_part(first) => text.find(|character| !is_part(character)).unwrap_or(text.len()),
        _ if first.is_whitespace() => 0,
        _ => first.len_utf8(),
    };
    text.get(..length).unwrap_or_default()
}

fn found(token: &str) -> String {
    match token {
        "" => "the end".to_owned(),
        text if text.starts_with('"') => format!("the text {text}"),
        other => format!("`{other}`"),
    }
}

/// What to do about a word or a sign that people bring from elsewhere.
fn advice(token: &str, rules: &[Rule]) -> Option<&'static str> {
    match token {
        "else" | "elif" | "elseif" => {
            Some("a rule has no `else`: write a second rule, with `not` before its condition")
        }
        "if" | "IF" | "unless" => Some("a condition begins with `when`; `unless` is `when not`"),
        "then" => Some("leave `then` out: points follow `add`"),
        "subtract" | "remove" | "deduct" | "minus" | "give" | "gives" | "plus" => {
            Some("points follow `add`; those that are taken have a minus: `add -10`")
        }
        "has" | "have" | "include" | "contain" | "containing" => Some("write `contains`"),
        "does" | "doesn" | "isn" | "don" => Some("write `not` before the test: `title not contains \"x\"`"),
        "begins" | "begin" | "start" => Some("write `starts with`"),
        "finishes" | "end" | "ending" => Some("write `ends with`"),
        "more" | "greater" | "bigger" | "above" | "less" | "fewer" | "lower" | "smaller" | "below" => {
            Some("numbers and dates are compared by `>`, `>=`, `<`, `<=` and `between 1 and 9`")
        }
        "," if (rules.contains(&Rule::add) || rules.contains(&Rule::close)) && !rules.contains(&Rule::of) => {
            Some("several values stand in a list: `in (\"a\", \"b\")` or `contains any of (\"a\", \"b\")`")
        }
        "one" => Some("a number is written in digits, `1`; one of several values is `any of (\"a\", \"b\")`"),
        "two" | "three" | "four" | "five" => Some("a number is written in digits, such as `2`"),
        "[" => Some("a list stands between parentheses"),
        "event" | "events" => Some("inside a condition events are counted: `any event …`, `at least 2 events …`"),
        "within" if rules.contains(&Rule::add) => {
            Some("`within` ends a pattern of events; of a date, write `days since created < 30`")
        }
        "hour" | "hours" | "minute" | "minutes" => Some("leadscore reasons in whole days: `within 1 day`"),
        "=" | "is" if rules.contains(&Rule::in_word) => Some("write `!=`, `is known` or `is unknown`"),
        "default" => Some("write `otherwise`"),
        _ => None,
    }
}

/// Where a part of a rule belongs that stands at the wrong place in it.
fn misplaced(statement: &str, token: &str) -> Option<&'static str> {
    if self::token(statement) != "when" {
        return None;
    }
    match token {
        "once" | "at" | "every" | "fading" | "because" => Some(
            "the parts of a rule stand in this order: `when … add 10`, limits such as `once`, `fading …`, `because \"…\"`",
        ),
        "where" | "within" => {
            Some("it belongs to the events, before `add`: `when event … where … within 30 days add 10`")
        }
        "per" | "max" | "maximum" | "up" | "twice" => Some("say how often: `once per day`, `at most 3 times`"),
        _ => None,
    }
}

/// What to do about events and fields that are given on one line.
fn misplaced_in_test(statement: &str, token: &str) -> Option<&'static str> {
    let is_given = self::token(statement) == "given" && matches!(token, "," | "event" | "events");
    is_given.then_some("events stand on a line of their own: begin a new `given` for what else the contact has")
}

/// What is expected instead of a part of a rule behind one that must follow it.
fn out_of_order(before: &str, token: &str) -> Option<&'static str> {
    if self::token(before) != "when" {
        return None;
    }
    let holds = |word: &str| before.split_whitespace().any(|part| part == word);
    match token {
        "once" | "at" | "every" | "fading" if holds("because") => Some("nothing behind `because \"…\"`"),
        "once" | "at" | "every" if holds("fading") => Some("no limit behind `fading …`"),
        _ => None,
    }
}

/// What to do about a name with blanks or signs in it, as CRMs give them.
fn backticks(source: &str, start: usize, token: &str, rules: &[Rule]) -> Option<String> {
    let is_name = |word: &str| Grammar::parse(Rule::lone_name, word).is_ok();
    if rules.contains(&Rule::colon) && (matches!(token, "-" | ".") || is_name(token)) && !TYPE_WORDS.contains(&token) {
        return Some("a name with blanks or signs in it stands between backticks: `` `Lead Source` ``".to_owned());
    }
    let before = source.get(..start).unwrap_or_default().trim_end_matches(' ');
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let last_word = |text: &str| {
        text.get(text.trim_end_matches(is_part).len()..)
            .unwrap_or_default()
            .to_owned()
    };
    if let Some(first) = before.strip_suffix('.').map(last_word)
        && rules.contains(&Rule::band_word)
    {
        return Some(format!(
            "a name with signs in it stands between backticks: `` `{first}.{token}` ``"
        ));
    }
    let previous = last_word(before);
    let two_names = before.len() < start && is_name(&previous) && is_name(token);
    (rules.contains(&Rule::add) && two_names).then(|| {
        format!("if this is one name with a blank in it, put it between backticks: `` `{previous} {token}` ``")
    })
}

/// What to do about a label that is written like a text.
fn quoted_label(statement: &str, token: &str) -> Option<String> {
    let label = token
        .strip_prefix('"')?
        .strip_suffix('"')
        .filter(|label| !label.is_empty())?;
    let behind = statement.strip_prefix(token).unwrap_or_default().trim_start();
    let is_label = ["<", ">", "=", "otherwise", "when"];
    let is_label = !statement.starts_with(token) || is_label.iter().any(|sign| behind.starts_with(sign));
    let written = words::written_name(label);
    let shown = if written == label {
        format!("`{label}`")
    } else {
        format!("`` {written} ``")
    };
    is_label.then(|| format!("labels are names: write {shown}"))
}

/// What to do about a word of leadscore in capitals.
fn small_letters(token: &str) -> Option<String> {
    let small = token.to_lowercase();
    let is_word = small != token && (words::is_keyword(&small) || words::is_statement_word(&small));
    is_word.then(|| format!("words are written in small letters: `{small}`"))
}

/// What was probably meant by a word that begins no statement, and what to do.
pub(super) fn beginning(word: &str, candidates: &[&'static str]) -> (Option<String>, String) {
    let borrowed = match word.to_ascii_lowercase().as_str() {
        "if" | "rule" | "where" | "for" | "case" => Some("when"),
        "var" | "const" | "def" | "set" | "define" => Some("let"),
        "property" | "attribute" | "column" => Some("field"),
        "segment" | "class" | "stage" => Some("classify"),
        "assert" | "then" if candidates.contains(&"expect") => Some("expect"),
        "assert" | "ensure" | "require" => Some("promise"),
        "block" => Some("score"),
        "switch" => Some("by"),
        _ => None,
    };
    let meant = borrowed.filter(|meant| candidates.contains(meant));
    match meant.or_else(|| nearest(word, candidates.iter().copied())) {
        Some(meant) => (Some(meant.to_owned()), format!("did you mean `{meant}`?")),
        None => (None, format!("a line begins with one of {}", listed(candidates))),
    }
}

fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}
