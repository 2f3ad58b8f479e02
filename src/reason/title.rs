//! Titles: what a rule rewards, in the words of the file, without its points.

use crate::calendar::Period;
use crate::model::{Amount, Fading, Fits, Limits, Model, Row, Rule, RuleKind};
use crate::number::Number;

use super::fact::quoted;

/// What a rule or table rewards: `event visit_page where url contains "/tarifs", once per day`, `employees`.
pub fn title(model: &Model, rule: &Rule) -> String {
    match &rule.kind {
        RuleKind::Once { condition, .. } => model.written(condition.span),
        RuleKind::Each {
            pattern,
            condition,
            limits,
            fading,
            ..
        } => {
            let mut title = model.written(pattern.span);
            if let Some(condition) = condition {
                title.push_str(&format!(" and {}", model.written(condition.span)));
            }
            for part in limit_words(limits).into_iter().chain(fading.map(fading_words)) {
                title.push_str(&format!(", {part}"));
            }
            title
        }
        RuleKind::Table { value, .. } => model.written(value.span),
    }
}

/// What a table rewards by one of its rows: `employees: 30 to 500`.
pub fn row_title(model: &Model, rule: &Rule, row: &Row) -> String {
    format!("{}: {}", title(model, rule), fits_words(&row.fits))
}

/// Which values a row fits, as the file writes it.
pub fn fits_words(fits: &Fits) -> String {
    match fits {
        Fits::Texts(texts) => joined(texts.iter().map(|text| quoted(text))),
        Fits::Numbers(numbers) => joined(numbers.iter().map(Number::to_string)),
        Fits::Booleans(booleans) => joined(booleans.iter().map(bool::to_string)),
        Fits::Range(low, high) => format!("{low} to {high}"),
        Fits::Compared(order, number) => format!("{} {number}", order.sign()),
        Fits::Unknown => "unknown".to_owned(),
        Fits::Otherwise => "otherwise".to_owned(),
    }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

fn limit_words(limits: &Limits) -> Vec<String> {
    let per = limits
        .per
        .map(|(most, unit)| format!("{} per {}", times(most), unit.word()));
    let total = limits.total.map(times);
    per.into_iter().chain(total).collect()
}

/// `once`, `at most 3 times`.
pub fn times(most: u64) -> String {
    match most {
        1 => "once".to_owned(),
        most => format!("at most {most} times"),
    }
}

/// `fading over 90 days`, `fading 10% per month`.
pub fn fading_words(fading: Fading) -> String {
    match fading {
        Fading::Over(period) => format!("fading over {period}"),
        Fading::Per(amount, period) => format!("fading {}", amount_per(amount, period)),
    }
}

/// What is taken for each period: `5 per month`, `10% per 2 weeks`.
pub fn amount_per(amount: Amount, period: Period) -> String {
    let amount = match amount {
        Amount::Points(points) => points.to_string(),
        Amount::Part(part) => percentage(part),
    };
    match period.count {
        1 => format!("{amount} per {}", period.unit.word()),
        _ => format!("{amount} per {period}"),
    }
}

/// `10%`.
pub fn percentage(part: Number) -> String {
    let hundredths = Number::saturating_from_units(i128::from(part.units()) * 100);
    format!("{hundredths}%")
}
