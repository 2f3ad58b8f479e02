//! Rules with tests, and what dbt gets of them.

use std::fs;

use leadscore::calendar::Zone;
use leadscore::connect::Config;
use leadscore::plan::Plan;
use leadscore::sql::{self, AsOf, Create, DbtModel, DbtRequest, DialectName, Request};

use crate::given;

#[test]
fn cases() {
    insta::glob!("../../cases/dbt", "*.ls", |path| {
        let text = fs::read_to_string(path).unwrap();
        let DbtModel { query, properties, .. } = made(&text, "duckdb");
        insta::assert_snapshot!(format!("{text}---\n{query}---\n{properties}"));
    });
}

/// The model of some rules in a dialect.
fn made(rules: &str, dialect: &str) -> DbtModel {
    let model = given::model(rules);
    let request = Request {
        dialect: DialectName::named(dialect).unwrap(),
        as_of: AsOf::Today(Zone::UTC),
        tables: Config::default().tables(None, None).unwrap(),
        reasons: false,
        create: None,
        heading: vec!["rules.ls {{ here }}".to_owned()],
    };
    let wanted = DbtRequest {
        name: &sql::dbt_name(&model, None),
        materialized: Create::View,
        query: &request,
    };
    sql::dbt(&model, &Plan::new(&model), &wanted).unwrap()
}
