//! What moves a contact's score: the rules, decays, ends and formulas whose points differ, adding up exactly.

use serde::Serialize;

use crate::model::{Block, Clamp, Model};
use crate::number::Number;
use crate::plan::Operation;
use crate::reason::{Case, Points, difference, points};
use crate::source::Span;

use super::structure::{Kind, Pair, Structure};

/// Something that gave other points than before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What it is, in the words of the file.
    pub of: String,
    /// The block in which it is; `None` at the top level and for what is made of the blocks.
    pub block: Option<String>,
    /// What it gave.
    pub old: Number,
    /// What it gives.
    pub new: Number,
    /// By how much that moves the score.
    pub points: Number,
    /// Where it stands, in the new file, or in the old one where it is gone; `None` for what is not written anywhere.
    pub line: Option<usize>,
    /// Whether it is new or gone; `None` for what both files have.
    pub change: Option<Kind>,
    /// Whether it gives no points of its own, but makes something of those that others give: a formula, or the ends of a
    /// score.
    #[serde(skip)]
    pub is_made: bool,
}

/// What moves the score of a contact that neither file excludes, adding up exactly: what gives points from the greatest
/// move down, then ends and formulas.
pub fn lines(old: &Case<'_>, new: &Case<'_>, structure: &Structure) -> Vec<Line> {
    let (was, is) = (Ledger::new(old), Ledger::new(new));
    let mut giving: Vec<Line> = Vec::new();
    for pair in &structure.rules {
        let of = |ledger: &Ledger, place: Option<(usize, usize)>| {
            let (block, rule) = place?;
            ledger.blocks.get(block)?.rules.get(rule).cloned()
        };
        giving.extend(line(old.model, new.model, of(&was, pair.old), of(&is, pair.new)));
    }
    let block = |ledger: &Ledger, at: Option<usize>| at.and_then(|at| ledger.blocks.get(at)).cloned();
    let mut ends = Vec::new();
    for Pair { old: from, new: to } in &structure.blocks {
        let (was, is) = (block(&was, *from), block(&is, *to));
        let of = |side: &Option<BlockLedger>, part: fn(&BlockLedger) -> &Option<Points>| {
            side.as_ref().and_then(|block| part(block).clone())
        };
        let decay: fn(&BlockLedger) -> &Option<Points> = |block| &block.decay;
        let limits: fn(&BlockLedger) -> &Option<Points> = |block| &block.ends;
        giving.extend(line(old.model, new.model, of(&was, decay), of(&is, decay)));
        ends.extend(line(old.model, new.model, of(&was, limits), of(&is, limits)));
    }
    giving.sort_by_key(|line| std::cmp::Reverse(line.points.units().unsigned_abs()));
    for (was, is) in [(was.formula, is.formula), (was.ends, is.ends)] {
        ends.extend(line(old.model, new.model, was, is));
    }
    let ends = ends.into_iter().map(|line| Line { is_made: true, ..line });
    giving
        .into_iter()
        .chain(ends)
        .filter(|line| line.points != Number::ZERO)
        .collect()
}

fn line(old: &Model, new: &Model, was: Option<Points>, is: Option<Points>) -> Option<Line> {
    let gave = |points: &Option<Points>| points.as_ref().map_or(Number::ZERO, |points| points.points);
    let (before, after) = (gave(&was), gave(&is));
    let change = match (&was, &is) {
        (None, Some(_)) => Some(Kind::Added),
        (Some(_), None) => Some(Kind::Removed),
        (Some(_), Some(_)) | (None, None) => None,
    };
    // A table that gives nothing now is told by the row that gave something.
    let (told, source) = match (was, is) {
        (Some(was), Some(is)) if is.points == Number::ZERO => (Points { span: is.span, ..was }, &new.source),
        (_, Some(is)) => (is, &new.source),
        (Some(was), None) => (was, &old.source),
        (None, None) => return None,
    };
    Some(Line {
        of: told.title,
        block: told.block,
        old: before,
        new: after,
        points: difference(after, before),
        line: (told.span != NOWHERE).then(|| source.line(told.span.start)),
        change,
        is_made: false,
    })
}

/// The span of what is not written anywhere.
const NOWHERE: Span = Span {
    start: usize::MAX,
    end: usize::MAX,
};

/// All that a score is made of, which adds up to it.
struct Ledger {
    blocks: Vec<BlockLedger>,
    /// What a formula makes of the blocks' sum; without one, what the range of numbers takes.
    formula: Option<Points>,
    ends: Option<Points>,
}

#[derive(Clone, Default)]
struct BlockLedger {
    rules: Vec<Points>,
    decay: Option<Points>,
    ends: Option<Points>,
}

/// A formula beyond this would make of the blocks more than numbers can tell: then its ends are told with it.
const FAR: i128 = Number::MAX.units() as i128 / 4;

impl Ledger {
    fn new(case: &Case<'_>) -> Ledger {
        let mut all = points(case).into_iter();
        let mut blocks = Vec::with_capacity(case.model.blocks.len());
        let mut sum = 0;
        for (block, planned) in case.model.blocks.iter().zip(&case.plan().blocks) {
            let value = case.number(planned.value);
            blocks.push(BlockLedger::new(&mut all, block, value));
            sum += i128::from(value.units());
        }
        let (formula, ends) = overall(case, sum);
        Ledger { blocks, formula, ends }
    }
}

impl BlockLedger {
    /// Takes the points of a block off those of all blocks.
    fn new(all: &mut impl Iterator<Item = Points>, block: &Block, value: Number) -> BlockLedger {
        // INVARIANT: the points of a block are those of its rules, then that of its decay.
        let rules: Vec<Points> = all.by_ref().take(block.rules.len()).collect();
        let decay = block.decay.as_ref().and_then(|_| all.next());
        let given = rules.iter().chain(&decay).map(|one| i128::from(one.points.units()));
        let cut = i128::from(value.units()) - given.sum::<i128>();
        let has_ends = block.clamp != Clamp::default() || cut != 0;
        let ends = has_ends.then(|| Points {
            block: block.name.clone(),
            span: block.span,
            title: limited(block.name.as_deref().unwrap_or("rules"), block.clamp),
            points: Number::saturating_from_units(cut),
        });
        BlockLedger { rules, decay, ends }
    }
}

/// What the formula of the overall score makes of the sum of the blocks, and what its ends take or give.
fn overall(case: &Case<'_>, sum: i128) -> (Option<Points>, Option<Points>) {
    let (model, plan) = (case.model, case.plan());
    let value = case.number(plan.overall);
    let is_clamped = model.overall.clamp != Clamp::default();
    let result = match plan.node(plan.overall).map(|node| &node.operation) {
        Some(Operation::Clamped { value, .. }) if is_clamped => case.number(*value),
        _ => value,
    };
    let is_near = i128::from(result.units()).abs() < FAR;
    let result = if is_near { result } else { value };
    let told = |title: String, points: i128| Points {
        block: None,
        span: model.overall.span.unwrap_or(NOWHERE),
        title,
        points: Number::saturating_from_units(points),
    };
    let made = i128::from(result.units()) - sum;
    let has_formula = model.overall.term.is_some() || made != 0;
    let written = || match model.overall.span {
        Some(span) => model.written(span),
        None => limited("score", Clamp::default()),
    };
    let cut = difference(value, result);
    (
        has_formula.then(|| told(written(), made)),
        is_clamped.then(|| told(limited("score", model.overall.clamp), i128::from(cut.units()))),
    )
}

/// `fit stays between 0 and 100`.
fn limited(name: &str, clamp: Clamp) -> String {
    match (clamp.min, clamp.max) {
        (Some(min), Some(max)) => format!("{name} stays between {min} and {max}"),
        (None, Some(max)) => format!("{name} stays at most {max}"),
        (Some(min), None) => format!("{name} stays at least {min}"),
        (None, None) => format!("{name} stays in the range of numbers"),
    }
}
