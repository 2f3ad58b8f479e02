//! The page of an explanation, set like an invoice: what each rule gave, line by line, and the sum below.

use crate::number::Number;
use crate::page::{Entry, Page, Style, columns, plain, styled};

use super::TOP_LEVEL;
use super::events;
use super::explanation::{
    Band, Block, Broken, Change, Clamped, Class, Contribution, Decay, Exclusion, Explanation, Formula, Outcome,
    Outlook, Scored, Silent,
};
use super::invoice::{Invoice, line_number, reason_entries, right_aligned};
use super::wording::{amount, block_sum, inactive, label, standing, turning};

/// So many changes of the outlook are shown.
const MOST_CHANGES: usize = 3;

/// How a page is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How many columns a line takes; words that are longer stand out.
    pub width: usize,
    /// Whether the rules that gave no points are shown too, with what failed in each.
    pub all: bool,
}

impl Default for Layout {
    /// 96 columns, only the rules that gave points.
    fn default() -> Self {
        Layout { width: 96, all: false }
    }
}

/// The page of an explanation.
pub fn render(explanation: &Explanation, layout: Layout) -> Page {
    let mut page = Page::new(layout.width);
    page.entry(Entry {
        text: vec![styled(Style::Title, &explanation.contact)],
        right: Some(styled(Style::Faint, format!("as of {}", explanation.as_of))),
        ..Entry::default()
    });
    match &explanation.outcome {
        Outcome::Excluded { excluded } => exclusion(&mut page, excluded, &explanation.rules),
        Outcome::Scored(scored) => {
            let mut invoice = Invoice {
                page: &mut page,
                points: points_width(scored, layout.all),
            };
            invoice.summary(scored, &explanation.rules);
            invoice.blocks(scored);
            invoice.totals(scored);
            invoice.labels(scored);
            invoice.outlook(scored, explanation);
            if layout.all {
                invoice.silent(&scored.silent);
            }
        }
    }
    page
}

fn exclusion(page: &mut Page, excluded: &Exclusion, rules: &str) {
    page.entry(Entry {
        text: vec![styled(Style::Bad, "excluded"), plain(": "), plain(&excluded.reason)],
        right: Some(styled(Style::Faint, rules)),
        ..Entry::default()
    });
    page.gap();
    page.entry(Entry {
        lead: vec![plain("  ")],
        text: vec![plain(&excluded.rule)],
        right: Some(line_number(excluded.line)),
    });
    for reason in &excluded.reasons {
        reason_entries(page, "  ", reason);
    }
    page.gap();
    page.entry(Entry {
        text: vec![plain("An excluded contact has no score, band or class.")],
        ..Entry::default()
    });
}

impl Invoice<'_> {
    fn summary(&mut self, scored: &Scored, rules: &str) {
        let mut text = vec![styled(Style::Strong, amount(scored.score))];
        if let Some(band) = &scored.band {
            text.extend(label(band));
            text.push(styled(Style::Faint, standing(band)));
        }
        let right = Some(styled(Style::Faint, rules));
        self.page.entry(Entry {
            text,
            right,
            ..Entry::default()
        });
    }

    fn blocks(&mut self, scored: &Scored) {
        for block in &scored.blocks {
            let name = block.name.as_deref().unwrap_or(TOP_LEVEL);
            self.title(name);
            for rule in &block.rules {
                self.contribution(rule);
            }
            if block.rules.is_empty() {
                self.step(Number::ZERO, vec![plain("no rule gave points")], None);
            }
            let eroded = block.decay.as_ref().filter(|_| block.behaviour > Number::ZERO);
            if let Some(decay) = eroded {
                self.decay(decay, block.behaviour);
            }
            self.clamp(block.clamp.as_ref());
            if !block.rules.is_empty() || block.clamp.is_some() {
                self.sum(block.value, block_sum(name, block.band.as_ref()));
            }
        }
    }

    fn contribution(&mut self, rule: &Contribution) {
        let mut text = vec![plain(&rule.title)];
        text.extend(rule.because.as_ref().map(|because| plain(format!(" — {because}"))));
        self.step(rule.points, text, Some(rule.line));
        for line in events::lines(&rule.events) {
            self.note(line);
        }
        self.reasons(&rule.reasons);
    }

    fn decay(&mut self, decay: &Decay, behaviour: Number) {
        self.step(decay.points, vec![plain(&decay.rule)], Some(decay.line));
        let Some(activity) = &decay.last_activity else {
            self.note("no activity to count from".to_owned());
            return;
        };
        self.note(format!(
            "{}: the last was {} on {}",
            inactive(decay),
            activity.event,
            activity.day
        ));
        if decay.points != Number::ZERO {
            self.note(format!("of the {} that events earned", amount(behaviour)));
        }
    }

    fn clamp(&mut self, clamp: Option<&Clamped>) {
        if let Some(clamp) = clamp {
            let words = if clamp.end == "max" {
                "limited to at most"
            } else {
                "raised to at least"
            };
            self.step(clamp.points, vec![plain(format!("{words} {}", clamp.limit))], None);
        }
    }

    /// How formulas and the overall score come from the blocks; nothing where the score is that of the only block.
    fn totals(&mut self, scored: &Scored) {
        for formula in &scored.formulas {
            self.formula(formula, formula.name.as_deref().unwrap_or("score"), None);
        }
        let trivial = scored.blocks.len() == 1 && scored.overall.line.is_none();
        if !trivial {
            self.formula(&scored.overall, "score", scored.band.as_ref());
        }
    }

    fn formula(&mut self, formula: &Formula, name: &str, band: Option<&Band>) {
        self.title(name);
        match &formula.formula {
            Some(written) => {
                self.step(formula.result, vec![plain(written)], formula.line);
                self.note(format!("{} = {}", formula.numbers, formula.result));
            }
            None => {
                for part in &formula.reads {
                    self.step(part.value, vec![plain(&part.of)], None);
                }
            }
        }
        self.clamp(formula.clamp.as_ref());
        let mut text = vec![plain(name)];
        text.extend(band.into_iter().flat_map(label));
        self.sum(formula.value, text);
    }

    fn labels(&mut self, scored: &Scored) {
        for class in &scored.classes {
            self.class(class);
        }
        for broken in &scored.broken_promises {
            self.broken(broken);
        }
    }

    fn class(&mut self, class: &Class) {
        self.title(&class.name);
        let text = match (&class.label, &class.rule) {
            (Some(label), Some(rule)) => {
                let rest = rule.strip_prefix(label.as_str()).unwrap_or_default();
                vec![styled(Style::Strong, label), plain(rest)]
            }
            (Some(label), None) => vec![styled(Style::Strong, label)],
            (None, _) => vec![styled(Style::Faint, "no label: none of its conditions holds")],
        };
        self.page.entry(Entry {
            lead: vec![plain("  ")],
            text,
            right: class.line.map(line_number),
        });
        for reason in &class.reasons {
            reason_entries(self.page, "    ", reason);
        }
    }

    fn broken(&mut self, broken: &Broken) {
        self.title("broken promise");
        self.page.entry(Entry {
            lead: vec![plain("  ")],
            text: vec![styled(Style::Bad, &broken.promise)],
            right: Some(line_number(broken.line)),
        });
        for reason in &broken.reasons {
            reason_entries(self.page, "    ", reason);
        }
    }

    fn outlook(&mut self, scored: &Scored, explanation: &Explanation) {
        let Some(outlook) = &scored.outlook else { return };
        self.title("if nothing more happens");
        let now = scored.band.as_ref().and_then(|band| band.label.as_deref());
        match outlook {
            Outlook::Timeless => self.remark("It stays as it is: nothing in these rules depends on time."),
            Outlook::Stays { until } => {
                let stays = now.map_or("It stays as it is".to_owned(), |label| format!("It stays {label}"));
                self.remark(&format!("{stays}, at least until {until}."));
            }
            Outlook::Changes { day, becomes, changes } => {
                let days = i64::from(day.number()) - i64::from(explanation.as_of.number());
                let left = if days == 1 {
                    "tomorrow".to_owned()
                } else {
                    format!("in {days} days")
                };
                self.remark(&format!("{} on {day}, {left}.", turning(now, becomes)));
                for change in changes.iter().take(MOST_CHANGES) {
                    self.change(change);
                }
                match changes.len().saturating_sub(MOST_CHANGES) {
                    0 => {}
                    1 => self.note("and one smaller change".to_owned()),
                    more => self.note(format!("and {more} smaller changes")),
                }
            }
        }
    }

    fn change(&mut self, change: &Change) {
        self.step(change.points, vec![plain(&change.title)], Some(change.line));
    }

    fn silent(&mut self, silent: &[Silent]) {
        if silent.is_empty() {
            return;
        }
        self.title("rules that gave no points");
        for rule in silent {
            let would_add = rule.would_add.map(Number::signed).unwrap_or_default();
            let lead = format!("  {}  ", right_aligned(&would_add, self.points));
            self.page.entry(Entry {
                lead: vec![styled(Style::Faint, lead)],
                text: vec![plain(&rule.title)],
                right: Some(line_number(rule.line)),
            });
            self.reasons(&rule.reasons);
        }
    }
}

/// How wide the widest points of the page are, of which `all` shows those too that were not given.
fn points_width(scored: &Scored, all: bool) -> usize {
    let of_block = |block: &Block| {
        let rules = block.rules.iter().map(|rule| rule.points);
        let decay = block.decay.as_ref().map(|decay| decay.points);
        let clamp = block.clamp.as_ref().map(|clamp| clamp.points);
        rules.chain(decay).chain(clamp).chain([block.value]).collect::<Vec<_>>()
    };
    let of_formula = |formula: &Formula| {
        let clamp = formula.clamp.as_ref().map(|clamp| clamp.points);
        clamp
            .into_iter()
            .chain([formula.result, formula.value])
            .collect::<Vec<_>>()
    };
    let blocks = scored.blocks.iter().flat_map(of_block);
    let formulas = scored.formulas.iter().chain([&scored.overall]).flat_map(of_formula);
    let changes = match &scored.outlook {
        Some(Outlook::Changes { changes, .. }) => changes.get(..MOST_CHANGES).unwrap_or(changes),
        Some(Outlook::Timeless | Outlook::Stays { .. }) | None => &[],
    };
    let changes = changes.iter().map(|change| change.points);
    let silent = scored.silent.iter().filter(|_| all).filter_map(|rule| rule.would_add);
    let shown = blocks.chain(formulas).chain(changes).chain(silent);
    let widths = shown.map(|points| columns(&points.signed()));
    widths.max().unwrap_or(0).max(4)
}
