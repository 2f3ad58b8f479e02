//! Small rules files about one or two things, whose contacts can nearly be counted: each kind of field and event is
//! tested in every way, with few literals, so that tests meet.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::checking::compiled;
use super::files::RulesText;

/// Something that a small file is about, with its declarations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    Number,
    Text,
    Mail,
    Boolean,
    OneOf,
    List,
    Date,
    Event,
}

const TOPICS: &[Topic] = &[
    Topic::Number,
    Topic::Text,
    Topic::Mail,
    Topic::Boolean,
    Topic::OneOf,
    Topic::List,
    Topic::Date,
    Topic::Event,
    // What happens is what most rules are about.
    Topic::Event,
    Topic::Event,
];

const NUMBERS: &[&str] = &["0", "1", "2", "2.5", "5", "30", "-1"];
const WORDS: &[&str] = &["ab", "b", "zq", "acme.com", "a b", "Été"];
pub(super) const DAYS: &[&str] = &["2026-03-10", "2026-02-28", "2024-02-29", "2026-03-31", "2026-12-31"];
const COUNTS: &[&str] = &["1", "2", "3"];
const ELAPSED: &[&str] = &["-1", "0", "1", "2", "4", "7", "28", "30", "31", "59", "365"];
const UNITS: &[&str] = &["days", "weeks", "months", "years"];
const SPANS: &[&str] = &[
    "7 days",
    "1 week",
    "30 days",
    "31 days",
    "1 month",
    "2 months",
    "60 days",
    "1 year",
    "365 days",
    "12 months",
];
const POINTS: &[&str] = &["5", "10", "-5", "2.5", "-20", "3", "0.3333"];
const ENDS: &[&str] = &["-10", "0", "4", "10", "12.5", "25"];

/// A small rules file that is right.
pub(super) fn small_file() -> BoxedStrategy<RulesText> {
    let topics = subsequence(TOPICS, 1..=2);
    let text = topics.prop_flat_map(|topics| (Just(topics.clone()), declared(), body(topics)));
    let text = text.prop_map(|(topics, declared, body)| declarations(&topics, &body, declared) + &body.concat());
    let right = text.prop_filter("is right", |text| compiled(text).into_model().is_ok());
    right.prop_map(RulesText).boxed()
}

/// Which of the events is passive, and which properties they have.
type Declared = Option<(bool, bool, bool)>;

/// `None` where events are not declared.
fn declared() -> impl Strategy<Value = Declared> {
    option::weighted(0.8, any::<(bool, bool, bool)>())
}

fn declarations(topics: &[Topic], body: &[String], declared: Declared) -> String {
    let body = body.concat();
    let mut lines = String::new();
    for topic in topics {
        lines += match topic {
            Topic::Number if body.contains("budget") => "field size: number\nfield budget: number\n",
            Topic::Number => "field size: number\n",
            Topic::Text => "field title: text\n",
            Topic::Mail => "field email: text\n",
            Topic::Boolean => "field trial: boolean\n",
            Topic::OneOf => "field industry: one of \"a1\", \"b1\", \"c1\"\n",
            Topic::List => "field interests: list of text\n",
            Topic::Date if body.contains("renewal") => "field met: date\nfield renewal: date\n",
            Topic::Date => "field met: date\n",
            Topic::Event => "",
        };
    }
    let Some((visit, send, has_url)) = declared else {
        return lines;
    };
    let is_passive = |passive: bool| if passive { " passive" } else { "" };
    let url = if has_url { "(url: text)" } else { "" };
    lines
        + &format!("event visit(url: text, seconds: number){}\n", is_passive(visit && send))
        + &format!("event send{url}{}\n", is_passive(send))
}

/// All statements that are no declarations, a line each or a few.
fn body(topics: Vec<Topic>) -> BoxedStrategy<Vec<String>> {
    let condition = any_condition(topics.clone(), 2);
    let rules = vec(rule(topics.clone()), 1..5);
    let uses = select(
        &[
            "when (named) add 7\n",
            "when not (named) add -3\n",
            "when (named) and (named) add 2\n",
        ][..],
    );
    let named = option::weighted(0.25, (any_condition(topics.clone(), 1), uses));
    let ignored = option::weighted(0.15, pattern_without_window().prop_map(|p| format!("ignore {p}\n")));
    let excluded = option::weighted(0.2, condition.clone().prop_map(|c| format!("exclude when {c}\n")));
    let classes = option::weighted(0.2, class(condition));
    let scores = (
        rules,
        named,
        option::weighted(0.3, decay()),
        vec(rule(topics), 1..3),
        form(),
    );
    let scores = scores.prop_map(|(mut rules, named, decay, others, form)| {
        let named = named.map(|(condition, use_of_it)| {
            rules.push(use_of_it.to_owned());
            format!("let named = {condition}\n")
        });
        let written = form.written(&rules, decay, &others);
        named.into_iter().chain(written).collect::<Vec<_>>()
    });
    let said = (bands(), vec(promise(), 0..2));
    let all = (ignored, scores, said, classes, excluded);
    all.prop_map(|(ignored, scores, (bands, promises), classes, excluded)| {
        let mut body: Vec<String> = Vec::new();
        body.extend(ignored.into_iter().chain(scores));
        body.extend(bands.into_iter().chain(classes).chain(excluded).chain(promises));
        body
    })
    .boxed()
}

/// How scores are put together.
#[derive(Clone, Debug)]
struct Form {
    min: Option<&'static str>,
    max: Option<&'static str>,
    formula: Option<&'static str>,
}

/// Formulas of two blocks, some at the ends of the range of numbers.
const FORMULAS: &[&str] = &[
    "fit + other",
    "fit - 0.5 * other",
    "2 * fit - other / 3",
    "fit",
    "-fit",
    "9000000000000 * fit - 9000000000000 * other",
    "fit / 0.0001 * 99999999999999",
];

fn form() -> impl Strategy<Value = Form> {
    let ends = (
        option::weighted(0.25, select(&ENDS[..2])),
        option::weighted(0.35, select(&ENDS[2..])),
    );
    (ends, option::weighted(0.3, select(FORMULAS))).prop_map(|((min, max), formula)| Form { min, max, formula })
}

impl Form {
    fn written(&self, rules: &[String], decay: Option<String>, others: &[String]) -> Vec<String> {
        let end = |word: &str, end: Option<&str>| end.map(|end| format!(" {word} {end}")).unwrap_or_default();
        let ends = end("min", self.min) + &end("max", self.max);
        let mut written: Vec<String> = rules.iter().cloned().chain(decay).collect();
        match self.formula {
            Some(formula) => {
                written.insert(0, format!("score fit{ends} {{\n"));
                written.push("}\nscore other {\n".to_owned());
                written.extend(others.iter().cloned());
                written.push(format!("}}\nscore = {formula}\n"));
            }
            None if ends.is_empty() => {}
            None => written.push(format!("score{ends}\n")),
        }
        written
    }
}

fn bands() -> impl Strategy<Value = Vec<String>> {
    let thresholds = subsequence(ENDS, 0..3).prop_map(|thresholds| {
        let bands = thresholds.iter().zip(["cool", "hot"]);
        bands
            .map(|(threshold, label)| format!("{label} >= {threshold}\n"))
            .collect::<Vec<_>>()
    });
    (thresholds, any::<bool>()).prop_map(|(mut bands, rest)| {
        bands.extend(rest.then(|| "cold otherwise\n".to_owned()));
        bands
    })
}

fn promise() -> impl Strategy<Value = String> {
    let end = || select(ENDS);
    prop_oneof![
        end().prop_map(|end| format!("promise score <= {end}\n")),
        end().prop_map(|end| format!("promise score > {end}\n")),
        (end(), end()).prop_map(|(least, most)| format!("promise score not between {least} and {most}\n")),
        (end(), end()).prop_map(|(least, most)| format!("promise score >= {least} or score < {most}\n")),
    ]
}

fn class(condition: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    (condition.clone(), condition, any::<bool>()).prop_map(|(one, other, rest)| {
        let rest = if rest { "  third otherwise\n" } else { "" };
        format!("classify stage {{\n  first when {one}\n  second when {other}\n{rest}}}\n")
    })
}

fn decay() -> impl Strategy<Value = String> {
    let per = select(&["month", "week", "30 days", "2 months", "day"][..]);
    let since = prop_oneof![
        3 => Just(String::new()),
        1 => pattern().prop_map(|pattern| format!(" since {pattern}")),
    ];
    (select(&["5", "1", "50%", "10%"][..]), per, since)
        .prop_map(|(amount, per, since)| format!("decay {amount} per {per}{since}\n"))
}

fn rule(topics: Vec<Topic>) -> BoxedStrategy<String> {
    let once =
        (any_condition(topics.clone(), 2), select(POINTS)).prop_map(|(c, points)| format!("when {c} add {points}\n"));
    let beside = option::weighted(0.2, any_condition(topics.clone(), 1));
    let each = (pattern(), beside, select(POINTS), limits(), fading()).prop_map(
        |(pattern, beside, points, limits, fading)| {
            let beside = beside
                .map(|condition| format!(" and ({condition})"))
                .unwrap_or_default();
            format!("when {pattern}{beside} add {points}{limits}{fading}\n")
        },
    );
    let has_events = u32::from(topics.contains(&Topic::Event));
    let table = select(topics).prop_flat_map(table);
    prop_oneof![3 => once, 3 * has_events + 1 => each, 2 => table].boxed()
}

fn limits() -> impl Strategy<Value = String> {
    let total = select(&["", " once", " at most 2 times", " at most 3 times"][..]);
    let per = select(&["", "", " once per day", " once per week", " at most 2 times per month"][..]);
    (per, total).prop_map(|(per, total)| format!("{per}{total}"))
}

fn fading() -> impl Strategy<Value = String> {
    prop_oneof![
        5 => Just(String::new()),
        1 => select(SPANS).prop_map(|span| format!(" fading over {span}")),
        1 => select(&["2 per month", "1 per week", "50% per month", "10% per 30 days"][..])
            .prop_map(|fading| format!(" fading {fading}")),
    ]
}

fn table(topic: Topic) -> BoxedStrategy<String> {
    let number = || {
        prop_oneof![
            select(NUMBERS).prop_map(|n| format!("< {n}")),
            select(NUMBERS).prop_map(|n| format!(">= {n}")),
            select(NUMBERS).prop_map(str::to_owned),
            Just("0 to 2".to_owned()),
            Just("2.5 to 30".to_owned()),
        ]
    };
    let word = || select(WORDS).prop_map(quoted);
    let listed = || select(&["a1", "b1", "c1"][..]).prop_map(quoted);
    let truth = || select(&["true", "false"][..]).prop_map(str::to_owned);
    let rows = |value: &'static str, row: BoxedStrategy<String>| {
        (
            vec((row, select(POINTS)), 1..4),
            option::weighted(0.3, select(POINTS)),
            option::weighted(0.4, select(POINTS)),
        )
            .prop_map(move |(rows, unknown, rest)| {
                let unknown = unknown.map(|points| format!("  unknown add {points}\n"));
                let rest = rest.map(|points| format!("  otherwise add {points}\n"));
                let rows = rows.into_iter().map(|(row, points)| format!("  {row} add {points}\n"));
                let rows: String = rows.chain(unknown).chain(rest).collect();
                format!("by {value} {{\n{rows}}}\n")
            })
            .boxed()
    };
    match topic {
        Topic::Number => rows("size", number().boxed()),
        Topic::Text => rows("title", word().boxed()),
        Topic::Mail => rows("domain(email)", word().boxed()),
        Topic::Boolean => rows("trial", truth().boxed()),
        Topic::OneOf => rows("industry", listed().boxed()),
        Topic::List => rows("interests", word().boxed()),
        Topic::Date => prop_oneof![
            rows("days since met", number().boxed()),
            rows("months since met", number().boxed()),
        ]
        .boxed(),
        Topic::Event => prop_oneof![
            rows("count(event visit within 30 days)", number().boxed()),
            rows("count(event)", number().boxed()),
            rows("sum(seconds of event visit)", number().boxed()),
            rows("months since last(event)", number().boxed()),
        ]
        .boxed(),
    }
}

/// A condition of so many tests.
fn any_condition(topics: Vec<Topic>, most: usize) -> BoxedStrategy<String> {
    let one = select(topics).prop_flat_map(test).boxed();
    let single = prop_oneof![5 => one.clone(), 1 => one.clone().prop_map(|test| format!("not ({test})"))];
    let several = vec(one, 2..=most + 1);
    let joined = (several, select(&[" and ", " or "][..])).prop_map(|(tests, word)| {
        let tests: Vec<String> = tests.into_iter().map(|test| format!("({test})")).collect();
        tests.join(word)
    });
    prop_oneof![3 => single, 2 => joined].boxed()
}

/// One test of what a file is about.
fn test(topic: Topic) -> BoxedStrategy<String> {
    match topic {
        Topic::Number => {
            let value = select(
                &[
                    "size",
                    "size",
                    "size",
                    "budget",
                    "size + budget",
                    "size * 2",
                    "size - budget",
                    "10 / size",
                ][..],
            );
            number(value.prop_map(str::to_owned).boxed(), NUMBERS)
        }
        Topic::Text => text("title"),
        Topic::Mail => prop_oneof![text("email"), text("domain(email)")].boxed(),
        Topic::Boolean => select(&["trial", "not trial", "trial is known", "trial = false", "trial != true"][..])
            .prop_map(str::to_owned)
            .boxed(),
        Topic::OneOf => select(
            &[
                "industry = \"a1\"",
                "industry in (\"b1\", \"c1\")",
                "industry is unknown",
                "industry contains \"1\"",
                "industry not in (\"a1\", \"b1\", \"c1\")",
                "industry starts with \"b\"",
                "industry is known",
                "industry = \"a1\" or industry = \"b1\"",
            ][..],
        )
        .prop_map(str::to_owned)
        .boxed(),
        Topic::List => list(),
        Topic::Date => date(),
        Topic::Event => event(),
    }
}

fn number(value: BoxedStrategy<String>, literals: &'static [&'static str]) -> BoxedStrategy<String> {
    let literal = || select(literals);
    let compared = (value.clone(), select(&["=", "!=", "<", "<=", ">", ">="][..]), literal());
    let between = (value.clone(), literal(), literal());
    let listed = (value.clone(), literal(), literal());
    prop_oneof![
        5 => compared.prop_map(|(value, sign, number)| format!("{value} {sign} {number}")),
        2 => between.prop_map(|(value, least, most)| format!("{value} between {least} and {most}")),
        1 => listed.prop_map(|(value, one, other)| format!("{value} in ({one}, {other})")),
        1 => value.prop_map(|value| format!("({value}) is known")),
    ]
    .boxed()
}

fn text(value: &'static str) -> BoxedStrategy<String> {
    let word = || select(WORDS).prop_map(quoted);
    let tests = [
        "= ",
        "!= ",
        "contains ",
        "not contains ",
        "contains word ",
        "starts with ",
        "ends with ",
        "contains ",
        "starts with ",
    ];
    let tested = (select(tests.to_vec()), word());
    prop_oneof![
        6 => tested.prop_map(move |(test, word)| format!("{value} {test}{word}")),
        1 => (word(), word()).prop_map(move |(one, other)| format!("{value} in ({one}, {other})")),
        1 => (word(), word()).prop_map(move |(one, other)| format!("{value} contains any of ({one}, {other})")),
        2 => select(&["is known", "is unknown"][..]).prop_map(move |test| format!("{value} {test}")),
    ]
    .boxed()
}

fn list() -> BoxedStrategy<String> {
    let word = || select(WORDS).prop_map(quoted);
    prop_oneof![
        3 => word().prop_map(|word| format!("interests contains {word}")),
        2 => word().prop_map(|word| format!("interests not contains {word}")),
        1 => (word(), word()).prop_map(|(one, other)| format!("interests contains any of ({one}, {other})")),
        2 => select(&["interests is known", "interests is unknown", "interests not contains \"other\""][..]).prop_map(str::to_owned),
    ]
    .boxed()
}

fn date() -> BoxedStrategy<String> {
    let day = || select(DAYS);
    let value = || select(&["met", "met", "renewal"][..]);
    prop_oneof![
        4 => number(elapsed(value()), ELAPSED),
        2 => (value(), select(&["=", "!=", "<", "<=", ">", ">="][..]), day()).prop_map(|(value, sign, day)| format!("{value} {sign} {day}")),
        1 => (value(), day(), day()).prop_map(|(value, one, other)| format!("{value} between {one} and {other}")),
        1 => (elapsed(value()), elapsed(value()), select(&["=", "<", ">="][..]))
            .prop_map(|(one, other, sign)| format!("{one} {sign} {other}")),
        1 => number(calculated(elapsed(prop_oneof![value(), day()])), ELAPSED),
        1 => (elapsed(day()), elapsed(prop_oneof![value(), day()]), select(&["=", "<", ">="][..]))
            .prop_map(|(one, other, sign)| format!("{one} {sign} {other}")),
        1 => number(elapsed(day()), ELAPSED),
        1 => Just("renewal > met".to_owned()),
        1 => value().prop_map(|value| format!("{value} is known")),
    ]
    .boxed()
}

/// Full units since or until a date.
fn elapsed(date: impl Strategy<Value = &'static str> + 'static) -> BoxedStrategy<String> {
    let word = select(&["since", "since", "until"][..]);
    (select(UNITS), word, date)
        .prop_map(|(unit, word, date)| format!("{unit} {word} {date}"))
        .boxed()
}

/// A number with another added to it, or taken from it.
fn calculated(number: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let added = select(&[" + 5", " - 10", " - 30", " * 2"][..]);
    (number, added).prop_map(|(number, added)| number + added).boxed()
}

fn event() -> BoxedStrategy<String> {
    let so_many = || (select(&["at least", "at most", "exactly"][..]), select(COUNTS));
    let last = || {
        let ends = &[
            "last(event)",
            "last(event visit)",
            "first(event in (visit, send))",
            "last(event within 2 months)",
            "first(event send within 30 days)",
        ];
        select(&ends[..])
    };
    let day = || select(DAYS);
    let counted = prop_oneof![
        3 => pattern().prop_map(|pattern| format!("count({pattern})")),
        1 => pattern_of_visits().prop_map(|pattern| format!("sum(seconds of {pattern})")),
        1 => pattern_of_visits().prop_map(|pattern| format!("distinct(url of {pattern})")),
        1 => (select(&["average", "smallest", "largest"][..]), pattern_of_visits())
            .prop_map(|(function, pattern)| format!("{function}(seconds of {pattern})")),
    ];
    prop_oneof![
        3 => pattern().prop_map(|pattern| format!("any {pattern}")),
        2 => pattern().prop_map(|pattern| format!("no {pattern}")),
        3 => (so_many(), pattern()).prop_map(|((so, many), pattern)| format!("{so} {many} {pattern}")),
        2 => number(counted.boxed(), COUNTS),
        3 => number(elapsed(last()), ELAPSED),
        1 => number(calculated(elapsed(last())), ELAPSED),
        1 => (elapsed(last()), elapsed(prop_oneof![last(), day()]), select(&["=", "<", ">="][..]))
            .prop_map(|(one, other, sign)| format!("{one} {sign} {other}")),
        1 => (last(), select(&["=", "!=", "<", ">="][..]), day()).prop_map(|(last, sign, day)| format!("{last} {sign} {day}")),
        1 => last().prop_map(|last| format!("{last} is unknown")),
    ]
    .boxed()
}

fn pattern() -> BoxedStrategy<String> {
    (pattern_without_window(), window())
        .prop_map(|(pattern, window)| pattern + &window)
        .boxed()
}

fn pattern_of_visits() -> BoxedStrategy<String> {
    window().prop_map(|window| format!("event visit{window}")).boxed()
}

fn window() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        3 => select(SPANS).prop_map(|span| format!(" within {span}")),
        1 => select(SPANS).prop_map(|span| format!(" not within {span}")),
    ]
}

fn pattern_without_window() -> BoxedStrategy<String> {
    let name = select(&[" visit", " visit", " send", " in (visit, send)", ""][..]);
    let of_url = text("url").prop_map(|test| format!(" where ({test})"));
    let of_seconds = select(NUMBERS).prop_map(|number| format!(" where seconds >= {number}"));
    let filter = prop_oneof![4 => Just(String::new()), 1 => of_url, 1 => of_seconds];
    (name, filter)
        .prop_map(|(name, filter)| format!("event{name}{filter}"))
        .boxed()
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}
