//! Every stage on its own: text to tree, to model, to plan, to what is said of all contacts that could exist, and what
//! an event and a contact cost in a run.

#![expect(clippy::expect_used, reason = "the rules and data of a benchmark have no mistakes")]

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use leadscore::analyze::analyze;
use leadscore::calendar::Day;
use leadscore::check::{check, compile};
use leadscore::model::Model;
use leadscore::number::Number;
use leadscore::plan::Plan;
use leadscore::score::{Run, Scorer};
use leadscore::source::Source;
use leadscore::syntax::parse;
use leadscore::table::{Cell, Contacts, Events};

fn main() {
    divan::main();
}

/// Rules of every kind, as many as a contract of some size has.
const RULES: &str = r#"
field title: text
field country: text
field employees: number
field created: date
field customer: boolean

event send_email passive
event open_email
event click_email(agent: text)
event visit_page(url: text, duration: number)
event download(document: text)
event attend_webinar

ignore event click_email where agent contains "bot"

let senior = title contains word any of ("chief", "director", "vp", "head", "drh")
let engaged = at least 3 events visit_page within 14 days

score fit min 0 max 100 {
  when senior add 30
  when title contains word "marketing" add 20
  when title contains word any of ("intern", "student", "stagiaire") add -40
  when title matches "(sales|revenue) op(s|erations)" add 15
  when employees >= 50 and years since created >= 5 add 10
  by country {
    "FR", "BE", "CH"  add 20
    "DE", "ES", "IT"  add 10
    unknown           add -5
  }
  by employees {
    < 10        add -10
    10 to 49    add 5
    50 to 999   add 25
    otherwise   add 10
  }
}

score engagement min 0 max 150 {
  when event download within 90 days add 15 at most 3 times
  when event download where document contains "pricing" add 20 once
  when event visit_page where url contains "/pricing" within 30 days add 5 once per day at most 4 times
  when event visit_page where url starts with "/docs" within 90 days add 1 at most 5 times
  when event visit_page where duration >= 60 add 2 at most 10 times fading 10% per month
  when event open_email add 1 at most 10 times per month fading over 180 days
  when event click_email within 60 days add 4 at most 5 times
  when event attend_webinar add 25 fading 5 per month
  when engaged add 10
  when sum(duration of event visit_page within 30 days) > 600 add 10
  when distinct(url of event visit_page within 30 days) >= 5 add 5
  when no event within 60 days add -20
  decay 5 per month
}

score = 0.4 * fit + 0.6 * engagement

exclude when customer because "a customer already"

classify stage {
  ready    when band = hot and fit >= 50
  nurture  when band in (warm, hot)
  early    otherwise
}

hot >= 70
warm >= 30
cold otherwise
"#;

const CONTACTS: usize = 20_000;
const EVENTS: usize = 400_000;

fn source() -> Source {
    Source::new("rules.ls", RULES)
}

fn model() -> Model {
    let compiled = compile(&source(), &|path| Err(format!("there is no file {path}")));
    compiled.into_model().expect("the rules have no mistakes")
}

fn as_of() -> Day {
    Day::new(2026, 11, 1).expect("a day of the calendar")
}

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        let at = self.below(texts.len() as u64) as usize;
        texts.get(at).copied().unwrap_or_default()
    }

    fn day(&mut self, ages: u64) -> Day {
        Day::from_number(as_of().number() - self.below(ages) as i32).unwrap_or(Day::MIN)
    }
}

fn contacts(model: &Model) -> Contacts {
    let mut numbers = Numbers(1);
    let mut contacts = Contacts::new(model.field_types());
    for id in 0..CONTACTS {
        let what = numbers.of(&["Chief", "Head of", "Junior", "VP", "Intern,", "Directeur"]);
        let of = numbers.of(&["Marketing", "Sales Ops", "Comptabilité", "Human Resources"]);
        let title = format!("{what} {of} {}", numbers.below(50));
        let cells = [
            Cell::Text(&title),
            Cell::Text(numbers.of(&["FR", "DE", "us", "ch", "Be", "PL"])),
            Cell::Number(Number::whole(numbers.below(2_000) as i64)),
            Cell::Date(numbers.day(5_000)),
            Cell::Boolean(numbers.below(20) == 0),
        ];
        contacts.push(&id.to_string(), &cells).expect("each id comes once");
    }
    contacts
}

/// Events in the order of time, as a log has them.
fn events(model: &Model) -> Events {
    let mut numbers = Numbers(2);
    let mut events = Events::new(model.property_types());
    let place = |name: &str| model.properties.iter().position(|property| property.name == name);
    let places = ["agent", "url", "duration", "document"].map(place);
    for at in 0..EVENTS {
        let name = [
            "send_email",
            "open_email",
            "click_email",
            "visit_page",
            "visit_page",
            "download",
            "attend_webinar",
        ];
        let url = format!(
            "/{}/{}",
            numbers.of(&["pricing", "docs", "blog", "home"]),
            numbers.below(500)
        );
        let values = [
            Cell::Text(numbers.of(&["Firefox", "SafeLinks bot", "Chrome"])),
            Cell::Text(&url),
            Cell::Number(Number::whole(numbers.below(300) as i64)),
            Cell::Text(numbers.of(&["Pricing 2026", "White paper", "Case study"])),
        ];
        let mut cells = [Cell::Missing; 4];
        for (place, value) in places.iter().zip(values) {
            if let Some(cell) = place.and_then(|place| cells.get_mut(place)) {
                *cell = value;
            }
        }
        let age = 400 - (at * 400 / EVENTS) as i32;
        let day = Day::from_number(as_of().number() - age).unwrap_or(Day::MIN);
        events.push(numbers.below(CONTACTS as u64) as u32, numbers.of(&name), day, &cells);
    }
    events
}

#[divan::bench]
fn text_to_tree(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(RULES)).bench(|| parse(&source()));
}

#[divan::bench]
fn tree_to_model(bencher: Bencher) {
    let source = source();
    let parsed = parse(&source);
    let read_list = |path: &str| Err(format!("there is no file {path}"));
    bencher.bench(|| check(&source, &parsed.file, &read_list));
}

#[divan::bench]
fn model_to_analysis(bencher: Bencher) {
    let model = model();
    bencher.bench(|| analyze(&model));
}

#[divan::bench]
fn model_to_plan(bencher: Bencher) {
    let model = model();
    bencher.bench(|| Plan::new(&model));
}

#[divan::bench]
fn plan_on_a_day(bencher: Bencher) {
    let plan = Plan::new(&model());
    bencher.bench(|| plan.on(as_of()));
}

#[divan::bench(sample_count = 20)]
fn score_events(bencher: Bencher) {
    let model = model();
    let (plan, events) = (Plan::new(&model), events(&model));
    let day = plan.on(as_of());
    bencher.counter(ItemsCount::new(EVENTS)).bench(|| {
        let mut run = Run::new(&day);
        run.events(&events);
        run
    });
}

#[divan::bench(sample_count = 20)]
fn score_contacts(bencher: Bencher) {
    let model = model();
    let (plan, contacts, events) = (Plan::new(&model), contacts(&model), events(&model));
    let day = plan.on(as_of());
    bencher
        .counter(ItemsCount::new(CONTACTS))
        .with_inputs(|| {
            let mut run = Run::new(&day);
            run.events(&events);
            run
        })
        .bench_values(|run| run.finish(&contacts));
}

/// Events by the forty rules of `fit40.ls`: of a million contacts in no order, in the order of time.
#[divan::bench(sample_count = 10)]
fn score_events_of_a_million(bencher: Bencher) {
    let model = fit40();
    let plan = Plan::new(&model);
    let day = plan.on(as_of());
    let batches = batches_of_a_million(&model);
    bencher
        .counter(ItemsCount::new(BATCHES * BATCH))
        .with_inputs(|| Run::with_contacts(&day, MILLION))
        .bench_values(|mut run| {
            batches.iter().for_each(|events| run.events(events));
            run
        });
}

/// One run added to another, each of a million contacts.
#[divan::bench(sample_count = 10)]
fn merge_a_million(bencher: Bencher) {
    let model = fit40();
    let plan = Plan::new(&model);
    let day = plan.on(as_of());
    let batches = batches_of_a_million(&model);
    let run = |batches: &[Events]| {
        let mut run = Run::with_contacts(&day, MILLION);
        batches.iter().for_each(|events| run.events(events));
        run
    };
    let (one, other) = batches.split_at(BATCHES / 2);
    bencher
        .counter(ItemsCount::new(MILLION))
        .with_inputs(|| (run(one), run(other)))
        .bench_values(|(mut one, other)| {
            one.merge(other);
            one
        });
}

const MILLION: usize = 1_000_000;

/// So many events come at once, so many times.
const BATCH: usize = 1 << 16;
const BATCHES: usize = 32;

/// Events of a million contacts, in batches.
fn batches_of_a_million(model: &Model) -> Vec<Events> {
    let mut numbers = Numbers(4);
    let mut events = Events::new(model.property_types());
    let mut batches = Vec::new();
    for batch in 0..BATCHES {
        let age = 500 - (batch * 500 / BATCHES) as i32;
        let day = Day::from_number(as_of().number() - age).unwrap_or(Day::MIN);
        for _ in 0..BATCH {
            let (name, cells) = one_event(&mut numbers);
            events.push(numbers.below(MILLION as u64) as u32, name, day, &cells);
        }
        batches.push(events.clone());
        events.clear(KEPT);
    }
    batches
}

fn fit40() -> Model {
    let source = Source::new("fit40.ls", include_str!("fit40.ls"));
    let compiled = compile(&source, &|path| Err(format!("there is no file {path}")));
    compiled.into_model().expect("the rules have no mistakes")
}

/// The score of one contact by the forty rules of `fit40.ls`, from values to the score: the tables are cleared and
/// filled with the contact and twenty events, then scored. Titles and addresses repeat, as they do in a service.
#[divan::bench]
fn one_contact(bencher: Bencher) {
    let model = fit40();
    let plan = Plan::new(&model);
    let day = plan.on(as_of());
    let mut scorer = Scorer::new(&day);
    let (mut contacts, mut events) = (Contacts::new(model.field_types()), Events::new(model.property_types()));
    let mut numbers = Numbers(3);
    bencher.bench_local(|| {
        contacts.clear(KEPT);
        events.clear(KEPT);
        let cells = [
            Cell::Text(numbers.of(&["p1@gmail.com", "p2@acme.com", "p3@orange.fr"])),
            Cell::Text(numbers.of(&["Directeur marketing", "Head of Sales", "Stagiaire", "Étudiante", "DRH"])),
            Cell::Number(Number::whole(numbers.below(9_000) as i64)),
            Cell::Text(numbers.of(&["Pharma", "Banque", "Conseil"])),
            Cell::Text(numbers.of(&["FR", "DE"])),
            Cell::Number(Number::whole(numbers.below(90_000) as i64)),
            Cell::Boolean(numbers.below(2) == 0),
        ];
        let row = contacts.push("martino", &cells).expect("there is no other contact");
        for _ in 0..20 {
            let (name, cells) = one_event(&mut numbers);
            events.push(row, name, numbers.day(400), &cells);
        }
        scorer.score(&contacts, &events).overall(0)
    });
}

/// So many bytes of each dictionary are kept.
const KEPT: usize = 1 << 20;

/// An event of `fit40.ls`, and its address, duration and value where it has them.
fn one_event(numbers: &mut Numbers) -> (&'static str, [Cell<'static>; 3]) {
    let name = numbers.of(&["visit_page", "open_email", "click_email", "use_simulator", "send_email"]);
    let mut cells = [Cell::Missing; 3];
    if name == "visit_page" {
        let url = numbers.of(&["/pricing", "/produits/crm", "/blog/2026/article-1"]);
        let duration = Number::whole(numbers.below(300) as i64);
        cells = [Cell::Text(url), Cell::Number(duration), Cell::Missing];
    }
    (name, cells)
}
