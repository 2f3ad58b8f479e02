//! JSON Lines of contacts that hold their events: from a file to columns, beside what `serde_json` takes for the same
//! objects when it knows their types.

#![expect(clippy::expect_used, reason = "the rules and data of a benchmark have no mistakes")]

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use leadscore::check::compile;
use leadscore::connect::{self, Config, Intake};
use leadscore::model::Model;
use leadscore::source::Source;
use leadscore::table::Events;
use serde::Deserialize;

fn main() {
    divan::main();
}

const RULES: &str = "\
field title: text
field country: text
field employees: number
event visit_page(url: text, duration: number)
event open_email
when title contains \"chief\" and country = \"FR\" and employees > 10 add 10
when event visit_page where url contains \"/pricing\" and duration > 30 add 5
when event open_email add 1
";

const CONTACTS: usize = 5_000;
const EVENTS_OF_EACH: usize = 20;

fn model() -> Model {
    let compiled = compile(&Source::new("rules.ls", RULES), &|path| {
        Err(format!("there is no file {path}"))
    });
    compiled.into_model().expect("the rules have no mistakes")
}

/// As exporters write them: always the same keys in the same order, no white space.
fn lines() -> String {
    let mut lines = String::new();
    for contact in 0..CONTACTS {
        let (title, country) = (["Chief", "Head of"], ["FR", "DE", "ES"]);
        let (title, country) = (title.get(contact % 2), country.get(contact % 3));
        let _ = write!(
            lines,
            "{{\"id\":\"c{contact}\",\"title\":\"{} Marketing\",\"country\":\"{}\",\"employees\":{},\"events\":[",
            title.unwrap_or(&""),
            country.unwrap_or(&""),
            contact % 900
        );
        for event in 0..EVENTS_OF_EACH {
            let comma = if event == 0 { "" } else { "," };
            let at = format!("2026-{:02}-{:02}T09:30:00", 1 + event % 12, 1 + contact % 28);
            let _ = match event % 3 {
                0 => write!(lines, "{comma}{{\"event\":\"open_email\",\"at\":\"{at}\"}}"),
                _ => write!(
                    lines,
                    "{comma}{{\"event\":\"visit_page\",\"at\":\"{at}\",\"url\":\"/pricing/{event}\",\"duration\":{event}.5}}"
                ),
            };
        }
        lines.push_str("]}\n");
    }
    lines
}

fn config(folder: &Path, name: &str, text: &str) -> Config {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file can be written");
    let mut config = Config::default();
    config.contacts.path = Some(path);
    config
}

fn read(bencher: Bencher, name: &str, text: &str) {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let (model, config) = (model(), config(folder.path(), name, text));
    bencher.counter(BytesCount::of_str(text)).bench(|| {
        let read = connect::read(&model, &config, &mut Intake::default(), |events: &Events| {
            divan::black_box(events.len());
        });
        read.expect("the data have no mistakes").len()
    });
}

#[divan::bench]
fn json_lines(bencher: Bencher) {
    read(bencher, "contacts.jsonl", &lines());
}

#[divan::bench]
fn json_array(bencher: Bencher) {
    let lines = lines();
    read(
        bencher,
        "contacts.json",
        &format!("[{}]", lines.trim_end().replace('\n', ",\n")),
    );
}

#[derive(Deserialize)]
struct Contact<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    title: Cow<'a, str>,
    #[serde(borrow)]
    country: Cow<'a, str>,
    employees: u32,
    #[serde(borrow)]
    events: Vec<Event<'a>>,
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    event: Cow<'a, str>,
    #[serde(borrow)]
    at: Cow<'a, str>,
    #[serde(borrow)]
    url: Option<Cow<'a, str>>,
    duration: Option<f64>,
}

#[divan::bench]
fn serde_json_into_structs(bencher: Bencher) {
    let lines = lines();
    bencher.counter(BytesCount::of_str(&lines)).bench(|| {
        for line in lines.lines() {
            let contact: Contact<'_> = serde_json::from_str(line).expect("the data have no mistakes");
            divan::black_box((&contact.id, &contact.title, &contact.country, contact.employees));
            for event in &contact.events {
                divan::black_box((&event.event, &event.at, &event.url, event.duration));
            }
        }
    });
}
