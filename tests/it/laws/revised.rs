//! Small rules files and what somebody made of them: what is proved of the two holds of everybody.

use leadscore::calendar::Day;
use leadscore::check::check_tests;
use leadscore::diff::{Counterexample, Verdict, compare, prove};
use leadscore::model::Model;
use leadscore::plan::{Holds, Plan};
use leadscore::score::{ResultCell, Scores};
use leadscore::source::Source;
use leadscore::syntax::parse;
use leadscore::table::Contacts;
use leadscore::testing;
use proptest::prelude::*;

use super::cases;
use super::checking::{compiled, model};
use super::enumerated::days_of_scoring;
use super::everybody::{Somebody, data, everybody};
use super::small::small_file;

/// Words that somebody puts in the place of others. Some of them say the same, some nearly.
const EDITS: &[(&str, &str)] = &[
    (" passive", ""),
    ("seconds: number)", "seconds: number) passive"),
    ("\"c1\"\n", "\"c1\", \"d1\"\n"),
    ("one of \"a1\", \"b1\", \"c1\"", "one of \"a1\", \"b1\""),
    ("one of \"a1\", \"b1\", \"c1\"", "text"),
    ("industry = \"a1\" or industry = \"b1\"", "industry in (\"a1\", \"b1\")"),
    ("event send(url: text)", "event send"),
    ("event send\n", "event send(url: text)\n"),
    (
        "event visit(url: text, seconds: number)",
        "event visit(url: text, seconds: number)\nevent other_event",
    ),
    ("1 month", "31 days"),
    ("1 month", "30 days"),
    ("2 months", "60 days"),
    ("1 year", "365 days"),
    ("365 days", "12 months"),
    ("1 year", "12 months"),
    ("7 days", "1 week"),
    ("1 week", "7 days"),
    ("per month", "per 30 days"),
    ("per week", "per 7 days"),
    ("months since", "weeks since"),
    ("days since", "weeks since"),
    ("since", "until"),
    (" not within", " within"),
    (" within", " not within"),
    (" > ", " >= "),
    (" >= ", " > "),
    (" < ", " <= "),
    (" <= ", " < "),
    (" != ", " = "),
    (" and ", " or "),
    (" or ", " and "),
    (" 2 ", " 2.0001 "),
    (" 30\n", " 29.9999\n"),
    ("> 0", "> -0.0001"),
    ("contains word", "contains"),
    ("contains \"", "contains word \""),
    ("starts with", "contains"),
    ("ends with", "="),
    ("not contains", "contains"),
    ("domain(email)", "email"),
    (" is known", " is unknown"),
    (" once", " at most 2 times"),
    ("at most 2 times", "at most 3 times"),
    ("at least", "exactly"),
    ("at most", "exactly"),
    ("any event", "at least 1 event"),
    ("any event", "at least 2 events"),
    ("no event", "at most 1 event"),
    ("count(event)", "count(event visit)"),
    ("event in (visit, send)", "event"),
    (" event visit", " event"),
    ("when event", "when any event"),
    ("when any event", "when event"),
    ("add 5", "add 5.0001"),
    ("add 10", "add 9"),
    ("add -5", "add -20"),
    ("otherwise add", "unknown add"),
    ("decay 5", "decay 6"),
    ("decay", "ignore event visit where seconds > 2\ndecay"),
    ("hot >= 10", "hot >= 10.0001"),
    ("hot >=", "warm >="),
    ("max 25", "max 1000"),
    ("min 0", "min -1"),
    ("max 4", "max 4.0001"),
];

/// What somebody did to a rules file.
#[derive(Clone, Debug)]
enum Revision {
    /// The edits that are possible, this one of them.
    Edit(usize),
    /// Another digit.
    Digit(usize),
    /// A line left out.
    LeaveOut(usize),
    /// Two lines in another order.
    Swap(usize, usize),
    /// What stands behind a name, written in its place.
    Inline,
}

fn revision() -> impl Strategy<Value = Revision> {
    let at = any::<u16>().prop_map(usize::from);
    prop_oneof![
        12 => at.clone().prop_map(Revision::Edit),
        2 => at.clone().prop_map(Revision::Digit),
        2 => at.clone().prop_map(Revision::LeaveOut),
        2 => (at.clone(), at).prop_map(|(one, other)| Revision::Swap(one, other)),
        1 => Just(Revision::Inline),
    ]
}

impl Revision {
    fn of(&self, text: &str) -> String {
        match self {
            Revision::Edit(number) => edited(text, *number),
            Revision::Digit(number) => with_another_digit(text, *number),
            Revision::LeaveOut(number) => {
                let mut lines: Vec<&str> = text.lines().collect();
                lines.remove(number % lines.len());
                lines.join("\n") + "\n"
            }
            Revision::Swap(one, other) => {
                let mut lines: Vec<&str> = text.lines().collect();
                let count = lines.len();
                lines.swap(one % count, other % count);
                lines.join("\n") + "\n"
            }
            Revision::Inline => inlined(text),
        }
    }
}

fn edited(text: &str, number: usize) -> String {
    let places: Vec<(usize, &str, &str)> = EDITS
        .iter()
        .flat_map(|(from, to)| text.match_indices(from).map(move |(at, _)| (at, *from, *to)))
        .collect();
    match places.get(number % places.len().max(1)) {
        Some((at, from, to)) => format!("{}{to}{}", &text[..*at], &text[at + from.len()..]),
        None => text.to_owned(),
    }
}

fn with_another_digit(text: &str, number: usize) -> String {
    let digits: Vec<usize> = text
        .match_indices(|character: char| character.is_ascii_digit())
        .map(|(at, _)| at)
        .collect();
    let Some(at) = digits.get(number % digits.len().max(1)) else {
        return text.to_owned();
    };
    let digit = (text.as_bytes()[*at] - b'0' + 1) % 10;
    format!("{}{digit}{}", &text[..*at], &text[at + 1..])
}

fn inlined(text: &str) -> String {
    let Some((before, rest)) = text.split_once("let named = ") else {
        return text.to_owned();
    };
    let (condition, rest) = rest.split_once('\n').unwrap();
    before.to_owned() + &rest.replace("(named)", &format!("({condition})"))
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn what_is_proved_of_two_files_holds_of_everybody(
        rules in small_file(),
        revision in revision(),
        days in days_of_scoring(),
    ) {
        let (old, new) = (model(&rules), compiled(&revision.of(&rules.0)).into_model());
        if let Ok(new) = new {
            let is_right = is_as_proved(&old, &new, &days);
            prop_assert!(is_right.is_ok(), "{}\nbecomes\n{}", is_right.unwrap_err(), new.source.text());
        }
    }

    /// Changes of the model itself, as mutation makes them.
    #[test]
    fn what_is_proved_of_a_mutant_holds_of_everybody(rules in small_file(), place in any::<usize>(), days in days_of_scoring()) {
        let model = model(&rules);
        let changes = testing::changes(&model);
        prop_assume!(!changes.is_empty());
        let place = place % changes.len();
        let is_right = is_as_proved(&model, &testing::changed(&model, place), &days);
        prop_assert!(is_right.is_ok(), "{}\nby {}", is_right.unwrap_err(), changes[place]);
    }
}

/// Holds what is proved of two models against everybody on these days.
fn is_as_proved(old: &Model, new: &Model, days: &[Day]) -> Result<(), String> {
    let mut structure = compare(old, new);
    prove(old, new, &mut structure);
    let at_most = structure.proof.as_ref().map(|proof| proof.at_most);
    if let Some(example) = structure.proof.as_ref().and_then(|proof| proof.example.as_ref()) {
        differs(old, new, example)?;
    }
    let is_same = structure.verdict == Some(Verdict::Equivalent);
    for day in days {
        let all = everybody(&[old, new], *day);
        let (was, is) = (Results::of(old, &all, *day), Results::of(new, &all, *day));
        for (row, somebody) in all.iter().enumerate() {
            let shown = || {
                format!(
                    "{}{}",
                    somebody.read_by(old, *day).test(old, "old", &[]),
                    somebody.read_by(new, *day).test(new, "new", &[])
                )
            };
            let results = [was.row(row), is.row(row)];
            if is_same && results[0] != results[1] {
                return Err(format!(
                    "said to be equivalent ({structure:?}): {results:?}\n{}",
                    shown()
                ));
            }
            let change = was
                .scores
                .overall(row)
                .zip(is.scores.overall(row))
                .map(|(was, is)| i128::from(is.units()) - i128::from(was.units()));
            let Some((at_most, change)) = at_most.zip(change) else {
                continue;
            };
            let below = at_most.down.is_some_and(|down| change < i128::from(down.units()));
            let above = at_most.up.is_some_and(|up| change > i128::from(up.units()));
            if below || above {
                return Err(format!(
                    "changes by {change} ten-thousandths, said to be within {at_most:?}: {results:?}\n{}",
                    shown()
                ));
            }
        }
    }
    Ok(())
}

/// What a model gives contacts.
struct Results {
    scores: Scores,
    contacts: Contacts,
}

impl Results {
    fn of(model: &Model, all: &[Somebody], as_of: Day) -> Results {
        let (contacts, events) = data(model, all, as_of);
        let scores = leadscore::score(&Plan::new(model), as_of, &contacts, [&events]);
        Results { scores, contacts }
    }

    /// The columns by their names, and what they hold of a contact, without the reason why it is excluded.
    fn row(&self, row: usize) -> Vec<(String, String)> {
        let columns = self.scores.columns().iter().enumerate();
        let cell = |at: usize, is_reason: bool| match self.scores.cell(&self.contacts, at, row) {
            ResultCell::Text(_) if is_reason => "yes".to_owned(),
            ResultCell::Number(number) => number.to_string(),
            ResultCell::Text(text) => text.to_owned(),
            ResultCell::Missing => String::new(),
        };
        let mut cells: Vec<_> = columns
            .map(|(at, column)| (column.name.clone(), cell(at, matches!(column.holds, Holds::Exclusion))))
            .collect();
        cells.sort();
        cells
    }
}

/// The contact that is told to show a difference does: the two models give it what is told, in which they differ.
fn differs(old: &Model, new: &Model, example: &Counterexample) -> Result<(), String> {
    if example.test.contains("only the old rules know") {
        return Ok(());
    }
    let mut asked = new.clone();
    asked.tests.clear();
    let source = Source::new("test.ls", &example.test);
    let errors = check_tests(&mut asked, &source, &parse(&source).file);
    let ([test], []) = (asked.tests.as_slice(), errors.as_slice()) else {
        return Err(format!("not one test without errors: {errors:?}\n{}", example.test));
    };
    if testing::run(&asked).failed() > 0 {
        return Err(format!("does not pass the new rules:\n{}", example.test));
    }
    let given = leadscore::analyze::Example {
        as_of: test.as_of,
        fields: test.fields.clone(),
        events: test.events.clone(),
    };
    let somebody = [Somebody::from(&asked, &given)];
    let results = [old, new].map(|model| {
        let results = Results::of(model, &somebody, test.as_of).row(0);
        results.into_iter().find(|(name, _)| *name == example.column)
    });
    match results[0] != results[1] {
        true => Ok(()),
        false => Err(format!(
            "no difference of {}: {results:?}\n{}",
            example.column, example.test
        )),
    }
}
