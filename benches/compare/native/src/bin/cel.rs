//! CEL: one expression a rule, evaluated for each contact of contacts.jsonl, on one thread.
//!
//! Usage: cel DATA jsonl OUT.csv [LIMIT]
//!
//! CEL has neither `min` nor a calendar: limits, clamps and decay are the host's, as are the folding of texts, the days as
//! numbers, and leaving out what is null (so that `has` tells it). Prints the seconds that scoring alone took.

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::time::{Duration, Instant};

use cel::{Context, Program, Value};
use serde_json::{Map, Value as Json};
use unicode_normalization::UnicodeNormalization;

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, data, _, out, limit @ ..] = arguments.as_slice() else {
        return Err("cel DATA jsonl OUT.csv [LIMIT]".into());
    };
    let limit = limit.first().map_or(Ok(usize::MAX), |limit| limit.parse())?;
    let model = Model::new()?;
    let lines = BufReader::new(File::open(format!("{data}/contacts.jsonl"))?).lines();
    let mut rows = BufWriter::new(File::create(out)?);
    writeln!(rows, "contact_id,score,band")?;
    let mut taken = Duration::ZERO;
    for line in lines.take(limit) {
        let contact: Map<String, Json> = serde_json::from_str(&line?)?;
        let id = contact["id"].as_str().unwrap_or_default().to_owned();
        let (contact, events, job) = prepared(contact);
        let (contact, events, job) = (value(contact.into()), value(events.into()), value(job.into()));
        let start = Instant::now();
        let mut context = Context::default();
        context.add_variable_from_value("contact", contact);
        context.add_variable_from_value("events", events);
        context.add_variable_from_value("job", job);
        let score = model.score(&context)?;
        taken += start.elapsed();
        let band = if score >= 150 {
            "hot"
        } else if score >= 60 {
            "warm"
        } else {
            "cold"
        };
        writeln!(rows, "{id},{score},{band}")?;
    }
    rows.flush()?;
    println!("seconds {}", taken.as_secs_f64());
    Ok(())
}

/// A JSON value as one of CEL. Serde would do it too, but sees a number that is kept as it is written as something else.
fn value(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(value),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Float(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::from(text),
        Json::Array(elements) => Value::from(elements.into_iter().map(value).collect::<Vec<_>>()),
        Json::Object(object) => {
            let entries = object.into_iter().map(|(key, entry)| (key, value(entry)));
            Value::from(entries.collect::<HashMap<String, Value>>())
        }
    }
}

/// The expressions, compiled.
struct Model {
    profile: Vec<(Program, i64)>,
    /// An expression for a number of events, how many count at most, and the points of each.
    events: Vec<(Program, i64, i64)>,
    tests: Vec<(Program, i64)>,
    /// The months, from the year 0, of the events that the rules reward.
    active: Program,
}

impl Model {
    fn new() -> Result<Self, Failure> {
        let (month, quarter, week) = (day("2026-10-02"), day("2026-08-03"), day("2026-10-24"));
        let recent = &format!(" && e.at >= {month}");
        let profile = [
            (holds(&["directeur", "directrice", "director", "head of"]), 20),
            (holds(&["ressources humaines", "human resources", "drh"]), 15),
            (holds(&["pdg", "ceo", "president"]), 15),
            (holds(&["stagiaire", "alternant", "apprenti"]), -20),
            (holds(&["etudiant", "student"]), -30),
            ("!has(contact.title)".into(), -5),
            (
                "has(contact.employees) && contact.employees >= 50 && contact.employees <= 249".into(),
                10,
            ),
            (
                "has(contact.employees) && contact.employees >= 250 && contact.employees <= 4999".into(),
                20,
            ),
            ("has(contact.employees) && contact.employees >= 5000".into(), 15),
            ("!has(contact.employees)".into(), -5),
            (
                "contact.industry in ['pharma', 'banque', 'assurance', 'industrie']".into(),
                15,
            ),
            ("contact.country == 'fr'".into(), 10),
            ("has(contact.budget) && contact.budget >= 50000.0".into(), 20),
            (
                "has(contact.subsidiaries_abroad) && contact.subsidiaries_abroad".into(),
                10,
            ),
            (
                "contact.domain in ['gmail.com', 'yahoo.fr', 'hotmail.com', 'orange.fr']".into(),
                -10,
            ),
        ];
        let events = [
            (picked("visit_page", ""), 20, 1),
            (
                picked("visit_page", " && has(e.url) && e.url.contains('/pricing')"),
                5,
                5,
            ),
            (
                picked(
                    "visit_page",
                    &format!("{recent} && has(e.url) && e.url.startsWith('/produits/')"),
                ),
                5,
                2,
            ),
            (
                picked("visit_page", " && has(e.duration_s) && e.duration_s >= 120"),
                5,
                2,
            ),
            (picked("open_email", ""), 10, 1),
            (picked("click_email", ""), 5, 3),
            (picked("click_email", recent), 1, 5),
            (picked("open_newsletter", ""), 8, 1),
            (picked("click_newsletter", ""), 5, 2),
            (picked("download_whitepaper", ""), 3, 10),
            (picked("download_whitepaper", &format!(" && e.at >= {quarter}")), 1, 5),
            (picked("use_simulator", ""), 3, 8),
            (picked("use_simulator", " && has(e.value) && e.value >= 50000.0"), 1, 10),
            (picked("attend_webinar", ""), 3, 10),
            (
                picked("attend_webinar", " && has(e.duration_s) && e.duration_s >= 1800"),
                1,
                5,
            ),
            (picked("request_demo", ""), 1, 40),
            (picked("request_demo", recent), 1, 20),
            (picked("unsubscribe", ""), 1, -40),
        ];
        let (sends, opens) = (picked("send_email", ""), picked("open_email", ""));
        let passive = "['send_email', 'send_newsletter', 'bounce_email']";
        let tests = [
            (picked("visit_careers", "") + " >= 3", -25),
            (picked("visit_page", recent) + " >= 5", 15),
            // The rate, rounded to four places, is at least 40 %.
            (format!("{sends} >= 5 && 20000 * {opens} >= 7999 * {sends}"), 15),
            (
                format!("events.exists(e, !(e.event in {passive}) && e.at >= {week})"),
                10,
            ),
        ];
        let rewarded = "['visit_page', 'open_email', 'click_email', 'open_newsletter', 'click_newsletter', \
             'download_whitepaper', 'use_simulator', 'attend_webinar', 'request_demo']";
        let compiled = |(expression, points): (String, i64)| Ok((Program::compile(&expression)?, points));
        Ok(Self {
            profile: profile.into_iter().map(compiled).collect::<Result<_, Failure>>()?,
            events: events
                .into_iter()
                .map(|(expression, most, each)| Ok((Program::compile(&expression)?, most, each)))
                .collect::<Result<_, Failure>>()?,
            tests: tests.into_iter().map(compiled).collect::<Result<_, Failure>>()?,
            active: Program::compile(&format!("events.filter(e, e.event in {rewarded}).map(e, e.month)"))?,
        })
    }

    fn score(&self, context: &Context) -> Result<i64, Failure> {
        let (mut fit, mut points) = (0, 0);
        for (program, number) in &self.profile {
            fit += number * whole(program.execute(context)?)?;
        }
        for (program, most, each) in &self.events {
            points += each * whole(program.execute(context)?)?.min(*most);
        }
        for (program, number) in &self.tests {
            points += number * whole(program.execute(context)?)?;
        }
        if let Value::List(months) = self.active.execute(context)? {
            let months = months
                .iter()
                .map(|month| whole(month.clone()))
                .collect::<Result<Vec<_>, _>>()?;
            if let Some(newest) = months.into_iter().max().filter(|_| points > 0) {
                // As of the 31st, the full months since a day are the difference of the months.
                points = (points - 5 * (12 * 2026 + 10 - newest)).max(0);
            }
        }
        Ok(fit.min(100) + points.min(150))
    }
}

/// The title holds one of the words.
fn holds(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("job.contains('{word}')"))
        .collect::<Vec<_>>()
        .join(" || ")
}

/// The number of events of a name for which a condition holds too.
fn picked(name: &str, also: &str) -> String {
    format!("size(events.filter(e, e.event == '{name}'{also}))")
}

/// A count, or 1 for true.
fn whole(value: Value) -> Result<i64, Failure> {
    match value {
        Value::Int(number) => Ok(number),
        Value::UInt(number) => Ok(number.try_into()?),
        Value::Bool(holds) => Ok(holds.into()),
        other => Err(format!("no number: {other:?}").into()),
    }
}

/// The day of a time as a number that grows with the days: the digits of its date.
fn day(text: &str) -> i64 {
    text.bytes()
        .take(10)
        .filter(u8::is_ascii_digit)
        .fold(0, |number, digit| number * 10 + i64::from(digit - b'0'))
}

/// A text without case and accents.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd()
        .filter(|letter| !('\u{300}'..='\u{36F}').contains(letter))
        .nfc()
        .collect::<String>()
        .to_lowercase()
}

/// The contact as the expressions read it, its events, and its title.
fn prepared(mut contact: Map<String, Json>) -> (Json, Json, String) {
    let Some(Json::Array(mut events)) = contact.remove("events") else {
        return (Json::Null, Json::Null, String::new());
    };
    for event in events.iter_mut().filter_map(Json::as_object_mut) {
        let at = event.get("at").and_then(Json::as_str).map_or(0, day);
        event.insert("at".into(), at.into());
        event.insert("month".into(), (12 * (at / 10_000) + at / 100 % 100).into());
        fold_in(event, "url");
        if let Some(value) = event.get("value").and_then(Json::as_f64) {
            event.insert("value".into(), value.into());
        }
    }
    events.retain(|event| event["at"].as_i64() < Some(day("2026-11-01")));
    contact.retain(|_, value| !value.is_null());
    for name in ["title", "industry", "country", "email"] {
        fold_in(&mut contact, name);
    }
    if let Some(budget) = contact.get("budget").and_then(Json::as_f64) {
        contact.insert("budget".into(), budget.into());
    }
    let email = contact.get("email").and_then(Json::as_str).unwrap_or_default();
    let domain = email.rsplit('@').next().unwrap_or_default().to_owned();
    contact.insert("domain".into(), domain.into());
    let job = contact
        .get("title")
        .and_then(Json::as_str)
        .unwrap_or_default()
        .to_owned();
    (Json::Object(contact), Json::Array(events), job)
}

/// Folds a text in its place.
fn fold_in(object: &mut Map<String, Json>, name: &str) {
    if let Some(text) = object.get(name).and_then(Json::as_str).map(fold) {
        object.insert(name.into(), text.into());
    }
}
