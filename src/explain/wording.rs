//! The words of the page: where a score stands, how long nothing happened, what becomes of a contact.

use crate::number::Number;
use crate::page::{Segment, Style, plain, styled};

use super::explanation::{Band, Becomes, Decay};

/// `fit · A, 10 points to AA (from 90)`.
pub(super) fn block_sum(name: &str, band: Option<&Band>) -> Vec<Segment> {
    let mut text = vec![plain(name)];
    if let Some(band) = band {
        text.extend(label(band));
        text.push(styled(Style::Faint, standing(band)));
    }
    text
}

/// ` · hot`.
pub(super) fn label(band: &Band) -> [Segment; 2] {
    [
        plain(" · "),
        styled(Style::Strong, band.label.as_deref().unwrap_or("no band")),
    ]
}

/// `3 full months without activity`, `less than 2 weeks without activity`.
pub(super) fn inactive(decay: &Decay) -> String {
    let Decay {
        periods, period, unit, ..
    } = decay;
    let plural = |count: i64| if count == 1 { "" } else { "s" };
    let time = match (periods, period) {
        (..=0, 1) => format!("less than 1 {unit}"),
        (..=0, period) => format!("less than {period} {unit}s"),
        (periods, 1) => format!("{periods} full {unit}{}", plural(*periods)),
        (periods, period) => format!("{periods} full period{} of {period} {unit}s", plural(*periods)),
    };
    format!("{time} without activity")
}

/// Where a score stands among its bands: `, from 150: the highest band`, `, 20 points to hot (from 150)`.
pub(super) fn standing(band: &Band) -> String {
    match (&band.next, band.from) {
        (Some(next), _) => format!(", {} to {} (from {})", amount(next.missing), next.label, next.from),
        (None, Some(from)) => format!(", the highest band (from {from})"),
        (None, None) => String::new(),
    }
}

/// `It leaves hot and becomes warm, with 145 points,`.
pub(super) fn turning(now: Option<&str>, becomes: &Becomes) -> String {
    match (becomes, now) {
        (Becomes::Excluded { reason }, _) => format!("It becomes excluded ({reason})"),
        (
            Becomes::Band {
                label: Some(label),
                score,
            },
            Some(now),
        ) => {
            format!("It leaves {now} and becomes {label}, with {},", amount(*score))
        }
        (
            Becomes::Band {
                label: Some(label),
                score,
            },
            None,
        ) => format!("It becomes {label}, with {},", amount(*score)),
        (Becomes::Band { label: None, score }, Some(now)) => format!("It leaves {now}, with {},", amount(*score)),
        (Becomes::Band { label: None, score }, None) => format!("Its score becomes {score}"),
    }
}

/// `1 point`, `2.5 points`.
pub(super) fn amount(number: Number) -> String {
    let one = number == Number::whole(1) || number == Number::whole(-1);
    format!("{number} {}", if one { "point" } else { "points" })
}
