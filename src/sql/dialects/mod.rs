//! The dialects, one file each.

mod bigquery;
mod clickhouse;
mod datafusion;
mod duckdb;
mod postgres;
mod snowflake;
mod spark;
mod sqlite;

pub(super) use bigquery::BigQuery;
pub(super) use clickhouse::ClickHouse;
pub(super) use datafusion::DataFusion;
pub(super) use duckdb::DuckDb;
pub(super) use postgres::Postgres;
pub(super) use snowflake::Snowflake;
pub(super) use spark::Spark;
pub(super) use sqlite::Sqlite;
