//! A file from its draft: what belongs together is put together, and gaps are filled with the names that there are.

use super::drafts::{BLOCKS, BlockDraft, CLASSES, Draft, Ends, FORMULAS, LETS, TestDraft};
use super::vocabulary::{EVENTS, FIELDS};

/// What the gaps may be filled with.
#[derive(Default)]
struct Names {
    scores: Vec<String>,
    /// Blocks and formulas that a formula may use.
    parts: Vec<String>,
    /// Whose label (`band`, `fit.band`, `lifecycle`), and the labels.
    labels: Vec<(String, Vec<String>)>,
}

impl Draft {
    /// The same rules in the opposite order.
    pub(super) fn rearranged(mut self) -> Draft {
        self.top.reverse();
        self.blocks.iter_mut().for_each(|block| block.rules.reverse());
        self
    }

    /// The statements in their text, the gaps filled.
    pub(super) fn statements(mut self) -> Vec<String> {
        let has_formula = matches!(self.overall, Some((_, Some(_))));
        if has_formula {
            // "With an overall formula, rules at the top level are an error": they go into a block.
            let rules = std::mem::take(&mut self.top);
            self.blocks.push(BlockDraft {
                ends: (None, None),
                rules,
                decay: self.top_decay.take(),
                bands: Vec::new(),
            });
        }
        self.blocks.truncate(BLOCKS.len());
        let mut names = Names {
            scores: vec!["score".to_owned()],
            ..Names::default()
        };
        names.note_bands("band", &self.bands);
        for (block, name) in self.blocks.iter().zip(BLOCKS) {
            names.scores.push((*name).to_owned());
            names.parts.push((*name).to_owned());
            names.note_bands(&format!("{name}.band"), &block.bands);
        }
        let mut statements = self.scoring(&mut names);
        statements.extend(
            self.lets
                .iter()
                .zip(LETS)
                .map(|(value, name)| names.filled(&format!("let {name} = {value}"))),
        );
        statements.extend(self.labelling(&mut names));
        let keep = |statement: &String| !statement.is_empty();
        let mut used: Vec<String> = statements.into_iter().filter(keep).collect();
        drop_unused_lets(&mut used);
        let mut all = self.declarations(&used);
        all.extend(used);
        let note = if self.declares_events { "note" } else { "note_2" };
        all.into_iter()
            .map(|statement| statement.replace("⟦number note⟧", note))
            .collect()
    }

    fn scoring(&self, names: &mut Names) -> Vec<String> {
        let mut statements = self.ignored.clone();
        statements.extend(self.top.iter().cloned());
        if let Some(decay) = &self.top_decay
            && !self.top.is_empty()
        {
            statements.push(format!("{}\n{decay}", "when event open_email add 5"));
        }
        for (block, name) in self.blocks.iter().zip(BLOCKS) {
            statements.push(block.written(name));
        }
        for ((ends, formula), name) in self.formulas.iter().zip(FORMULAS) {
            // "[A formula] is made of … names of blocks and of other formulas": there must be one.
            if names.parts.is_empty() {
                break;
            }
            statements.push(names.filled(&format!("score {name}{} = {formula}", written_ends(*ends))));
            names.scores.push((*name).to_owned());
            names.parts.push((*name).to_owned());
        }
        match &self.overall {
            Some((ends, Some(formula))) => {
                statements.push(names.filled(&format!("score{} = {formula}", written_ends(*ends))));
            }
            Some((ends, None)) if *ends != (None, None) => statements.push(format!("score{}", written_ends(*ends))),
            _ => {}
        }
        statements.push(self.bands.join("\n"));
        statements
    }

    fn labelling(&self, names: &mut Names) -> Vec<String> {
        let mut statements = Vec::new();
        for (class, (name, labels)) in self.classes.iter().zip(CLASSES) {
            let mut used: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
            used.truncate(class.rows.len());
            let mut rows: Vec<String> = (class.rows.iter().zip(&used))
                .map(|(condition, label)| names.filled(&format!("  {label} when {condition}")))
                .collect();
            if class.otherwise {
                rows.push("  nobody otherwise".to_owned());
                used.push("nobody".to_owned());
            }
            names.labels.push(((*name).to_owned(), used));
            statements.push(format!("classify {name} {{\n{}\n}}", rows.join("\n")));
        }
        statements.extend(self.exclusions.iter().cloned());
        statements.extend(self.promises.iter().map(|promise| names.filled(promise)));
        if !names.labels.is_empty() {
            statements.extend(self.actions.iter().map(|action| names.filled(action)));
        }
        if self.declares_fields && self.declares_events {
            let tests = self.tests.iter().enumerate();
            statements.extend(tests.map(|(at, test)| names.filled(&test.written(at))));
        }
        statements
    }

    /// Declarations; of fields and lists, those that something uses. Events all: a pattern may mean any of them.
    fn declarations(&self, used: &[String]) -> Vec<String> {
        let uses = |name: &str| used.iter().any(|statement| mentions(statement, name.trim_matches('`')));
        let mut declarations = vec!["model \"Random\"".to_owned()];
        declarations.extend(self.zone.map(|zone| format!("timezone \"{zone}\"")));
        if self.declares_fields {
            let fields = FIELDS.iter().filter(|(name, _)| *name == "title" || uses(name));
            declarations.extend(fields.map(|(name, of)| format!("field {name}: {of}")));
        }
        if self.declares_events {
            declarations.extend(EVENTS.iter().map(|event| {
                let properties: Vec<String> = event
                    .properties
                    .iter()
                    .map(|(name, of)| format!("{name}: {of}"))
                    .collect();
                let properties = if properties.is_empty() {
                    String::new()
                } else {
                    format!("({})", properties.join(", "))
                };
                format!(
                    "event {}{properties}{}",
                    event.name,
                    if event.passive { " passive" } else { "" }
                )
            }));
        }
        if uses("words") {
            declarations.push("list words = \"cto\", \"Énergie\", \"été\", \"acme.com\", \"a\"".to_owned());
        }
        if uses("amounts") {
            declarations.push("list amounts = 0, 2.5, -1, 30, 0.3333".to_owned());
        }
        declarations
    }
}

impl BlockDraft {
    fn written(&self, name: &str) -> String {
        let mut lines = self.rules.clone();
        if let Some(decay) = &self.decay {
            lines.push("when event open_email add 5".to_owned());
            lines.push(decay.clone());
        }
        lines.extend(self.bands.iter().cloned());
        let body = lines.join("\n").replace('\n', "\n  ");
        format!("score {name}{} {{\n  {body}\n}}", written_ends(self.ends))
    }
}

impl TestDraft {
    fn written(&self, at: usize) -> String {
        let mut lines = vec!["as of 2026-03-01".to_owned()];
        if !self.given.is_empty() {
            lines.push(format!("given {}", self.given.join(", ")));
        }
        lines.extend(self.events.iter().cloned());
        lines.extend(self.expected.iter().map(|condition| format!("expect {condition}")));
        format!("test \"number {at}\" {{\n  {}\n}}", lines.join("\n  "))
    }
}

fn written_ends((min, max): Ends) -> String {
    let end = |word: &str, end: Option<&str>| end.map(|end| format!(" {word} {end}")).unwrap_or_default();
    end("min", min) + &end("max", max)
}

/// Leaves out lets that nothing uses; again, as one let uses another.
fn drop_unused_lets(statements: &mut Vec<String>) {
    for name in LETS.iter().rev() {
        let definition = format!("let {name} = ");
        let used = statements
            .iter()
            .any(|other| !other.starts_with(&definition) && mentions(other, name));
        statements.retain(|statement| used || !statement.starts_with(&definition));
    }
}

/// Whether a statement has a word, in whatever role.
fn mentions(statement: &str, word: &str) -> bool {
    let letter = |character: char| character.is_alphanumeric() || character == '_';
    let apart = |at: usize| !statement[..at].ends_with(letter) && !statement[at + word.len()..].starts_with(letter);
    statement.match_indices(word).any(|(at, _)| apart(at))
}

impl Names {
    fn note_bands(&mut self, owner: &str, bands: &[String]) {
        let labels: Vec<String> = bands.iter().map(|band| label_of(band)).collect();
        if !labels.is_empty() {
            self.labels.push((owner.to_owned(), labels));
        }
    }

    /// The statement with its gaps filled, by a number that is taken modulo how many possibilities there are.
    fn filled(&self, statement: &str) -> String {
        let mut filled = String::new();
        let mut rest = statement;
        while let Some((before, after)) = rest.split_once('⟦') {
            let (gap, after) = after.split_once('⟧').unwrap();
            filled.push_str(before);
            filled.push_str(&self.filling(gap));
            rest = after;
        }
        filled + rest
    }

    fn filling(&self, gap: &str) -> String {
        let (kind, number) = gap.rsplit_once(' ').unwrap();
        let Ok(number) = number.parse::<usize>() else {
            return format!("⟦{gap}⟧");
        };
        match kind {
            "score" => self.scores[number % self.scores.len()].clone(),
            "part" => self.parts[number % self.parts.len()].clone(),
            _ if self.labels.is_empty() => "score >= 5".to_owned(),
            "label" => self.label_test(number),
            "label of" => self.label_of(number),
            other => panic!("a gap {other}"),
        }
    }

    fn label_test(&self, number: usize) -> String {
        let (owner, labels) = &self.labels[number % self.labels.len()];
        let label = &labels[number / 7 % labels.len()];
        match number / 31 % 5 {
            0 => format!("{owner} = {label}"),
            1 => format!("{owner} != {label}"),
            2 => format!("{owner} is known"),
            3 => format!("{owner} not in ({label})"),
            _ => format!("{owner} in ({})", labels.join(", ")),
        }
    }

    /// A label as an action names it: `hot`, `fit.band A`, `lifecycle customer`.
    fn label_of(&self, number: usize) -> String {
        let (owner, labels) = &self.labels[number % self.labels.len()];
        let label = &labels[number / 7 % labels.len()];
        if owner == "band" {
            label.clone()
        } else {
            format!("{owner} {label}")
        }
    }
}

fn label_of(band: &str) -> String {
    match band.strip_suffix(" otherwise") {
        Some(label) => label.to_owned(),
        None => band.split(" >= ").next().unwrap().to_owned(),
    }
}
