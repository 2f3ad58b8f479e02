//! Laws of the ground floor: days, texts and numbers do what the definition says.

use leadscore::calendar::{Day, Period, Unit};
use leadscore::number::Number;
use leadscore::text;
use proptest::prelude::*;
use proptest::sample::select;

use super::cases;
use super::vocabulary::{NEEDLES, TEXTS};
use crate::oracle::{calendar, decimal, folding};

fn day() -> impl Strategy<Value = Day> {
    let ends_of_months = (1990i32..2060, 1u32..=12, 28u32..=31);
    let ends_of_months = ends_of_months.prop_filter_map("no such day", |(year, month, day)| Day::new(year, month, day));
    let any_day = (-8_000i32..40_000).prop_map(|number| Day::from_number(number).unwrap());
    prop_oneof![any_day, ends_of_months]
}

fn period() -> impl Strategy<Value = Period> {
    let count = prop_oneof![3 => 1u32..5, 1 => 1u32..200];
    (count, select(&Unit::ALL[..])).prop_map(|(count, unit)| Period { count, unit })
}

fn number() -> impl Strategy<Value = Number> {
    let small = prop_oneof![-20_000i64..20_000, -200_000_000_000i64..200_000_000_000];
    let units = prop_oneof![4 => small, 1 => Number::MIN.units()..=Number::MAX.units()];
    units.prop_map(|units| Number::from_units(i128::from(units)).unwrap())
}

fn any_text() -> impl Strategy<Value = String> {
    let known = prop::collection::vec(
        prop_oneof![select(TEXTS), select(NEEDLES), select(&["ł", "ſ", "K", "ς", "ﬀ"][..])],
        0..4,
    );
    prop_oneof![2 => known.prop_map(|texts| texts.concat()), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn calendar_arithmetic_is_as_defined(day in day(), as_of in day(), period in period(), times in -30i64..30) {
        // Past the days that data can name, a day stays at their end.
        if let Some(minus) = Day::from_date(calendar::minus(as_of, times, period)) {
            prop_assert_eq!(as_of.minus(times, period), minus);
        }
        prop_assert_eq!(day.is_within(period, as_of), calendar::is_within(day, period, as_of));
        prop_assert_eq!(day.full_periods(period, as_of), calendar::full_periods(day, period, as_of));
    }

    /// "\"No event within 1 month\" and \"at least 1 full month since the last event\" are the same thing."
    #[test]
    fn being_within_is_less_than_a_full_period(day in day(), as_of in day(), period in period()) {
        prop_assert_eq!(day.is_within(period, as_of), day <= as_of && day.full_periods(period, as_of) < 1);
    }

    #[test]
    fn days_of_one_calendar_period_share_its_number(one in day(), other in day(), unit in select(&Unit::ALL[..])) {
        let near = Day::from_number(one.number() + other.number() % 40).unwrap();
        for other in [other, near] {
            let same = calendar::period_of(one, unit) == calendar::period_of(other, unit);
            prop_assert_eq!(one.calendar_period(unit) == other.calendar_period(unit), same);
        }
    }

    #[test]
    fn folding_is_as_defined(text in any_text()) {
        let folded = text::fold(&text);
        prop_assert_eq!(&folded, &folding::fold(&text));
    }

    #[test]
    fn words_are_found_as_defined(text in any_text(), word in any_text()) {
        let (folded, folded_word) = (text::fold(&text), text::fold(&word));
        prop_assume!(!folded_word.is_empty());
        prop_assert_eq!(text::contains_word(&folded, &folded_word), folding::contains_word(&text, &word));
    }

    #[test]
    fn arithmetic_rounds_as_defined(left in number(), right in number()) {
        use leadscore::model::Operator::{Minus, Over, Plus, Times};
        let defined = |operator| decimal::operate(left, operator, right).and_then(decimal::in_range);
        prop_assert_eq!(left.add(right), defined(Plus));
        prop_assert_eq!(left.subtract(right), defined(Minus));
        prop_assert_eq!(left.multiply(right), defined(Times));
        prop_assert_eq!(left.divide(right), defined(Over));
    }

    #[test]
    fn a_number_is_read_as_it_is_written(number in number()) {
        prop_assert_eq!(Number::parse(&number.to_string()), Some(number));
    }
}
