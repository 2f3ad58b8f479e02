//! How far the scores of rules go, and who is in their bands with little, for people and as JSON.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::analyze::{Analysis, Limit, ScoreBounds, needs};
use crate::model::{Model, ScoreId};
use crate::number::Number;
use crate::page::Page;
use crate::syntax::written_name;

use super::look::Look;
use super::needs::Needed;

/// How far the scores of rules go.
#[derive(Serialize)]
pub(super) struct Bounds {
    /// The rules.
    file: String,
    /// Whether every contact is excluded, so that there is no score.
    all_excluded: bool,
    /// Whether every day of scoring was looked at; otherwise no end is decided.
    every_day: bool,
    /// The overall score, then each named block and formula; none where every contact is excluded.
    scores: Vec<Range>,
    /// The bands of the overall score that have a threshold.
    bands: Vec<Band>,
}

/// How far a score goes.
#[derive(Serialize)]
struct Range {
    name: String,
    least: End,
    greatest: End,
}

/// An end of what a score can be.
#[derive(Serialize)]
struct End {
    /// No contact has less, or more; `None` without limit.
    number: Option<Number>,
    /// Whether it is decided that the end is just there; otherwise it may lie further in.
    exact: bool,
    /// The contact that comes nearest; `None` where there surely is no limit, and where none was found.
    found: Option<Found>,
}

/// A contact at an end, or near it.
#[derive(Serialize)]
struct Found {
    score: Number,
    test: String,
}

/// A band, and a contact that is in it with little.
#[derive(Serialize)]
struct Band {
    label: String,
    /// The contact as a test; `None` where none was found.
    test: Option<String>,
    /// What is needed to come there; `None` where that is not known.
    needs: Option<Needed>,
}

/// A test for people has at most so many lines.
const MOST_LINES: usize = 40;

impl Bounds {
    /// The bounds that an analysis of a model found.
    pub(super) fn new(model: &Model, analysis: &Analysis) -> Bounds {
        let is_told = !analysis.excludes_all;
        let needs = if is_told { needs(model) } else { Vec::new() };
        let bands = model.overall.bands.iter().zip(&analysis.reaching).zip(needs);
        let scores = analysis.scores.iter().filter(|_| is_told);
        let bands = bands
            .filter(|((band, _), _)| band.threshold.is_some())
            .map(|((band, example), needs)| {
                let holds = format!("band = {}", written_name(&band.label));
                let name = format!("with little, {}", band.label);
                Band {
                    label: band.label.clone(),
                    test: example.as_ref().map(|example| example.test(model, &name, &[holds])),
                    needs: needs.map(|needs| Needed::new(model, &needs)),
                }
            });
        Bounds {
            file: model.source.name().to_owned(),
            all_excluded: analysis.excludes_all,
            every_day: analysis.on_every_day,
            scores: scores.map(|bounds| Range::new(model, bounds)).collect(),
            bands: bands.collect(),
        }
    }

    /// The bounds for people.
    pub(super) fn text(&self, look: Look) -> String {
        let title = format!("how far each score of {} goes", self.file);
        let mut text = format!("\n{}\n", look.bold(&title));
        if self.all_excluded {
            return text + "  every contact is excluded: there is no score\n";
        }
        let width = self.scores.iter().map(|range| range.name.width()).max().unwrap_or(0);
        for range in &self.scores {
            text += &range.text(width);
        }
        if !self.every_day {
            text += "  there are more days of scoring than were looked at, so that no end is decided\n";
        }
        let mut page = Page::new(look.width);
        for band in &self.bands {
            match (&band.needs, &band.test) {
                (Some(needed), _) => needed.tell(&band.label, &mut page),
                (None, Some(_)) => Needed::tell_unknown(&band.label, &mut page),
                // No contact is known that comes there.
                (None, None) => {}
            }
        }
        text += &look.page(&page);
        let found = self
            .scores
            .iter()
            .flat_map(|range| [&range.least.found, &range.greatest.found]);
        let found = found.flatten().map(|found| &found.test);
        for test in found.chain(self.bands.iter().filter_map(|band| band.test.as_ref())) {
            let lines = test.lines().count();
            match (test.lines().next(), lines > MOST_LINES) {
                (Some(first), true) => {
                    text += &format!("\n{first} … {lines} lines: `--format json` shows them all }}\n")
                }
                (_, _) => text += &format!("\n{test}"),
            }
        }
        text
    }
}

impl Range {
    fn new(model: &Model, bounds: &ScoreBounds) -> Range {
        // The overall score is no name, though it is spelled like one.
        let score = match bounds.of {
            ScoreId::Overall => "score".to_owned(),
            ScoreId::Block(_) | ScoreId::Formula(_) => written_name(&bounds.name),
        };
        let end = |side: &str, limit: &Limit| {
            let is_limit = limit.number.is_some() || !limit.exact;
            let open = if limit.exact { "" } else { " found" };
            let name = format!("the {side} {}{open}", bounds.name);
            let found = limit.attained.as_ref().filter(|_| is_limit);
            End {
                number: limit.number,
                exact: limit.exact,
                found: found.map(|(number, example)| Found {
                    score: *number,
                    test: example.test(model, &name, &[format!("{score} = {number}")]),
                }),
            }
        };
        Range {
            name: bounds.name.clone(),
            least: end("lowest", &bounds.least),
            greatest: end("highest", &bounds.greatest),
        }
    }

    /// A line, with the name so many columns wide, and one for each end that is open.
    fn text(&self, width: usize) -> String {
        let room = " ".repeat(width.saturating_sub(self.name.width()));
        let (least, greatest) = (
            self.least.text("at least ", "-∞", "more"),
            self.greatest.text("at most ", "∞", "less"),
        );
        let mut text = format!("  {}{room}  from {least} to {greatest}\n", self.name);
        let room = " ".repeat(width);
        for (side, word, end) in [("lower", "lowest", &self.least), ("upper", "highest", &self.greatest)] {
            let found = match &end.found {
                Some(found) => format!("the {word} found is {}", found.score),
                None => "no contact was found near it".to_owned(),
            };
            if !end.exact {
                text += &format!("  {room}  the {side} end is open: {found}\n");
            }
        }
        text
    }
}

impl End {
    fn text(&self, open: &str, endless: &str, inside: &str) -> String {
        match (self.number, self.exact) {
            (Some(number), true) => number.to_string(),
            (Some(number), false) => format!("{open}{number}"),
            (None, true) => endless.to_owned(),
            (None, false) => format!("{endless}, or {inside}: not decided"),
        }
    }
}
