//! Pools: values to try for fields of which some tests are told by no cells: fields that are compared with each other,
//! put together by arithmetic, or searched by a regex.

use std::collections::BTreeSet;

use crate::calendar::{Day, Period, Unit};
use crate::model::{FieldId, Given, Model};
use crate::number::Number;
use crate::plan::NodeId;
use crate::table::Type;

use super::leaves::Looks;

/// Fields with the values to try.
pub(in crate::analyze) type Pools = Vec<(FieldId, Vec<Given>)>;

/// The pools of the fields at which these tests look.
pub(in crate::analyze) fn pools(model: &Model, looks: &[Looks], tests: &[NodeId], as_of: Day) -> Pools {
    let looks: Vec<&Looks> = tests.iter().filter_map(|test| looks.get(test.index())).collect();
    let fields: BTreeSet<u32> = looks.iter().flat_map(|looks| looks.columns.iter().copied()).collect();
    let pool = |field: u32| {
        let of = &model.fields.get(field as usize)?.of;
        let asking = looks.iter().copied().filter(|looks| looks.columns.contains(&field));
        Some((FieldId(field), values(of, asking, as_of)))
    };
    fields.into_iter().filter_map(pool).collect()
}

fn values<'l>(of: &Type, looks: impl Iterator<Item = &'l Looks> + Clone, as_of: Day) -> Vec<Given> {
    match of {
        Type::Number => {
            let one = Number::whole(1).units();
            let constants = looks.flat_map(|looks| looks.numbers.iter().copied());
            let beside = constants.flat_map(|units| [units, units + one, units - one, units + 1, units - 1]);
            let few = [0, 1, 2, 3, 4, 5, 10, 100, 1_000].map(|number: i64| number * one);
            let all: BTreeSet<i64> = few.into_iter().chain(beside).collect();
            let numbers = all
                .into_iter()
                .filter_map(|units| Number::from_units(i128::from(units)));
            numbers.map(Given::Number).collect()
        }
        Type::Date => {
            let units = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];
            let around = units
                .into_iter()
                .flat_map(|unit| [-2, -1, 1, 2].map(|times| as_of.minus(times, Period::one(unit))));
            let named = looks.flat_map(|looks| looks.days.iter().copied());
            let days: BTreeSet<Day> = around.chain(named).chain([as_of]).collect();
            days.into_iter().map(Given::Date).collect()
        }
        Type::Boolean => vec![Given::Boolean(true), Given::Boolean(false)],
        Type::OneOf(values) => values.iter().cloned().map(Given::Text).collect(),
        Type::Text => ["a", "b", "c"].map(|text| Given::Text(text.to_owned())).to_vec(),
        Type::List => Vec::new(),
    }
}

/// The value of a pool that a draw picks; always the same.
pub(in crate::analyze) fn drawn(pool: &[Given], field: FieldId, draw: u64) -> Option<Given> {
    // Two odd constants spread draws and fields (splitmix64, Steele, Lea and Flood 2014).
    let mut mixed = draw.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(field.0).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^= mixed >> 31;
    mixed = mixed.wrapping_mul(0x94d0_49bb_1331_11eb);
    let place = (mixed >> 17) as usize % pool.len().max(1);
    pool.get(place).cloned()
}
