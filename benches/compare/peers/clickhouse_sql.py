"""ClickHouse, in the process (chdb), over files.

Usage: clickhouse_sql.py DATA parquet|csv OUT
"""

import sys
from pathlib import Path

import chdb

CONTACTS = """id String, email String, title Nullable(String), employees Nullable(Int32),
  industry LowCardinality(String), country LowCardinality(String), budget Nullable(Decimal(12,2)),
  subsidiaries_abroad Nullable(Bool)"""
EVENTS = """contact_id String, type LowCardinality(String), at DateTime64(6, 'UTC'),
  url LowCardinality(Nullable(String)), duration_s Nullable(Int32), value Nullable(Decimal(12,2))"""
FORMATS = {"parquet": "Parquet", "csv": "CSVWithNames"}


def fold(text):
    """A text without case and accents."""
    return f"removeDiacriticsUTF8(lowerUTF8({text}))"


def file(path, form, columns):
    """A table function that reads a file."""
    escaped = columns.replace("'", "''")
    return f"file('{path}', '{FORMATS[form]}', '{escaped}')"


def query(data, form, out):
    """The whole run."""
    return f"""
INSERT INTO FUNCTION file('{out}', '{FORMATS[form]}', 'contact_id String, score Int32, band String')
WITH picked AS (
  SELECT contact_id,
    countIf(type = 'visit_page') AS visits,
    countIf(type = 'visit_page' AND position({fold("url")}, '/pricing') > 0) AS pricing,
    countIf(type = 'visit_page' AND startsWith({fold("url")}, '/produits/') AND at >= '2026-10-02') AS products,
    countIf(type = 'visit_page' AND duration_s >= 120) AS long_visits,
    countIf(type = 'visit_page' AND at >= '2026-10-02') AS recent_visits,
    countIf(type = 'open_email') AS opens,
    countIf(type = 'click_email') AS clicks,
    countIf(type = 'click_email' AND at >= '2026-10-02') AS recent_clicks,
    countIf(type = 'open_newsletter') AS newsletter_opens,
    countIf(type = 'click_newsletter') AS newsletter_clicks,
    countIf(type = 'download_whitepaper') AS papers,
    countIf(type = 'download_whitepaper' AND at >= '2026-08-03') AS recent_papers,
    countIf(type = 'use_simulator') AS simulations,
    countIf(type = 'use_simulator' AND value >= 50000) AS large_simulations,
    countIf(type = 'attend_webinar') AS webinars,
    countIf(type = 'attend_webinar' AND duration_s >= 1800) AS long_webinars,
    countIf(type = 'request_demo') AS demos,
    countIf(type = 'request_demo' AND at >= '2026-10-02') AS recent_demos,
    countIf(type = 'visit_careers') AS careers,
    countIf(type = 'unsubscribe') AS unsubscribes,
    countIf(type = 'send_email') AS sends,
    maxOrNullIf(at, type NOT IN ('send_email', 'send_newsletter', 'bounce_email')) AS last_at,
    maxOrNullIf(at, type IN ('visit_page', 'open_email', 'click_email', 'open_newsletter', 'click_newsletter',
      'download_whitepaper', 'use_simulator', 'attend_webinar', 'request_demo')) AS active_at
  FROM {file(data / f"events.{form}", form, EVENTS)}
  WHERE at < '2026-11-01'
  GROUP BY contact_id
), engagement AS (
  -- The rate, rounded to four places, is at least 40 %. As of the 31st, the full months since a day are the
  -- difference of the months.
  SELECT contact_id,
    toInt32(least(visits, 20) + 5 * least(pricing, 5) + 2 * least(products, 5) + 2 * least(long_visits, 5)
      + least(opens, 10) + 3 * least(clicks, 5) + 5 * least(recent_clicks, 1)
      + least(newsletter_opens, 8) + 2 * least(newsletter_clicks, 5)
      + 10 * least(papers, 3) + 5 * least(recent_papers, 1)
      + 8 * least(simulations, 3) + 10 * least(large_simulations, 1)
      + 10 * least(webinars, 3) + 5 * least(long_webinars, 1)
      + 40 * least(demos, 1) + 20 * least(recent_demos, 1)
      - if(careers >= 3, 25, 0) - 40 * least(unsubscribes, 1) + if(recent_visits >= 5, 15, 0)
      + if(sends >= 5 AND 20000 * opens >= 7999 * sends, 15, 0)
      + if(last_at >= '2026-10-24', 10, 0)) AS points,
    12 * (2026 - toYear(active_at)) + 10 - toMonth(active_at) AS months,
    least(150, points - if(active_at IS NULL, 0, least(5 * months, greatest(points, 0)))) AS engagement
  FROM picked
), fit AS (
  SELECT id, least(100,
      if(multiSearchAny(job, ['directeur', 'directrice', 'director', 'head of']), 20, 0)
    + if(multiSearchAny(job, ['ressources humaines', 'human resources', 'drh']), 15, 0)
    + if(multiSearchAny(job, ['pdg', 'ceo', 'president']), 15, 0)
    - if(multiSearchAny(job, ['stagiaire', 'alternant', 'apprenti']), 20, 0)
    - if(multiSearchAny(job, ['etudiant', 'student']), 30, 0)
    - if(title IS NULL, 5, 0)
    + multiIf(employees IS NULL, -5, employees >= 5000, 15, employees >= 250, 20, employees >= 50, 10, 0)
    + if({fold("industry")} IN ('pharma', 'banque', 'assurance', 'industrie'), 15, 0)
    + if({fold("country")} = 'fr', 10, 0)
    + if(budget >= 50000, 20, 0)
    + if(subsidiaries_abroad, 10, 0)
    - if({fold("splitByChar('@', email)[-1]")} IN ('gmail.com', 'yahoo.fr', 'hotmail.com', 'orange.fr'), 10, 0)) AS fit
  FROM (SELECT *, {fold("ifNull(title, '')")} AS job FROM {file(data / f"contacts.{form}", form, CONTACTS)})
)
SELECT id AS contact_id, toInt32(fit + ifNull(engagement, 0)) AS score,
  multiIf(score >= 150, 'hot', score >= 60, 'warm', 'cold') AS band
FROM fit LEFT JOIN engagement ON engagement.contact_id = fit.id
SETTINGS max_threads = 2, max_insert_threads = 2, join_use_nulls = 0, session_timezone = 'UTC',
  input_format_csv_empty_as_default = 1, date_time_input_format = 'best_effort',
  output_format_parquet_string_as_string = 1, input_format_skip_unknown_fields = 1
"""


def main():
    data, form, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    out.unlink(missing_ok=True)
    chdb.query(query(data, form, out))


if __name__ == "__main__":
    main()
