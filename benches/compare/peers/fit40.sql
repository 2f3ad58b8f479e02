-- The model of benches/fit40.ls as one query, as of 2026-10-31; DuckDB and DataFusion both run it. What stands in
-- braces is put in by them: the two tables, and the columns that are texts, folded.
WITH picked AS (
  SELECT contact_id,
    count(*) FILTER (WHERE type = 'visit_page') AS visits,
    count(*) FILTER (WHERE type = 'visit_page' AND contains({url}, '/pricing')) AS pricing,
    count(*) FILTER (WHERE type = 'visit_page' AND "at" >= TIMESTAMP '2026-10-02' AND starts_with({url}, '/produits/')) AS products,
    count(*) FILTER (WHERE type = 'visit_page' AND duration_s >= 120) AS long_visits,
    count(*) FILTER (WHERE type = 'visit_page' AND "at" >= TIMESTAMP '2026-10-02') AS recent_visits,
    count(*) FILTER (WHERE type = 'open_email') AS opens,
    count(*) FILTER (WHERE type = 'click_email') AS clicks,
    count(*) FILTER (WHERE type = 'click_email' AND "at" >= TIMESTAMP '2026-10-02') AS recent_clicks,
    count(*) FILTER (WHERE type = 'open_newsletter') AS newsletter_opens,
    count(*) FILTER (WHERE type = 'click_newsletter') AS newsletter_clicks,
    count(*) FILTER (WHERE type = 'download_whitepaper') AS papers,
    count(*) FILTER (WHERE type = 'download_whitepaper' AND "at" >= TIMESTAMP '2026-08-03') AS recent_papers,
    count(*) FILTER (WHERE type = 'use_simulator') AS simulations,
    count(*) FILTER (WHERE type = 'use_simulator' AND value >= 50000) AS large_simulations,
    count(*) FILTER (WHERE type = 'attend_webinar') AS webinars,
    count(*) FILTER (WHERE type = 'attend_webinar' AND duration_s >= 1800) AS long_webinars,
    count(*) FILTER (WHERE type = 'request_demo') AS demos,
    count(*) FILTER (WHERE type = 'request_demo' AND "at" >= TIMESTAMP '2026-10-02') AS recent_demos,
    count(*) FILTER (WHERE type = 'visit_careers') AS careers,
    count(*) FILTER (WHERE type = 'unsubscribe') AS unsubscribes,
    count(*) FILTER (WHERE type = 'send_email') AS sends,
    -- What the company does is no activity of the contact.
    max("at") FILTER (WHERE type NOT IN ('send_email', 'send_newsletter', 'bounce_email')) AS last_at,
    -- Decay runs from the newest event that a rule rewards.
    max("at") FILTER (WHERE type IN ('visit_page', 'open_email', 'click_email', 'open_newsletter', 'click_newsletter',
      'download_whitepaper', 'use_simulator', 'attend_webinar', 'request_demo')) AS active_at
  FROM {events}
  WHERE "at" < TIMESTAMP '2026-11-01'
  GROUP BY contact_id
), behaviour AS (
  SELECT contact_id, active_at,
      least(visits, 20) + 5 * least(pricing, 5) + 2 * least(products, 5) + 2 * least(long_visits, 5)
    + least(opens, 10) + 3 * least(clicks, 5) + 5 * least(recent_clicks, 1)
    + least(newsletter_opens, 8) + 2 * least(newsletter_clicks, 5)
    + 10 * least(papers, 3) + 5 * least(recent_papers, 1)
    + 8 * least(simulations, 3) + 10 * least(large_simulations, 1)
    + 10 * least(webinars, 3) + 5 * least(long_webinars, 1)
    + 40 * least(demos, 1) + 20 * least(recent_demos, 1)
    - CASE WHEN careers >= 3 THEN 25 ELSE 0 END
    - 40 * least(unsubscribes, 1)
    + CASE WHEN recent_visits >= 5 THEN 15 ELSE 0 END
    -- The rate, rounded to four places, is at least 40 %.
    + CASE WHEN sends >= 5 AND 20000 * opens >= 7999 * sends THEN 15 ELSE 0 END
    + CASE WHEN last_at >= TIMESTAMP '2026-10-24' THEN 10 ELSE 0 END AS points
  FROM picked
), engagement AS (
  -- As of the 31st, the full months since a day are the difference of the months.
  SELECT contact_id,
    least(150, points - CASE WHEN active_at IS NULL THEN 0 ELSE least(greatest(points, 0),
      5 * CAST(12 * (2026 - date_part('year', active_at)) + 10 - date_part('month', active_at) AS BIGINT)) END) AS engagement
  FROM behaviour
), fit AS (
  SELECT id, least(100,
      CASE WHEN contains(title, 'directeur') OR contains(title, 'directrice') OR contains(title, 'director') OR contains(title, 'head of') THEN 20 ELSE 0 END
    + CASE WHEN contains(title, 'ressources humaines') OR contains(title, 'human resources') OR contains(title, 'drh') THEN 15 ELSE 0 END
    + CASE WHEN contains(title, 'pdg') OR contains(title, 'ceo') OR contains(title, 'president') THEN 15 ELSE 0 END
    - CASE WHEN contains(title, 'stagiaire') OR contains(title, 'alternant') OR contains(title, 'apprenti') THEN 20 ELSE 0 END
    - CASE WHEN contains(title, 'etudiant') OR contains(title, 'student') THEN 30 ELSE 0 END
    - CASE WHEN title IS NULL THEN 5 ELSE 0 END
    + CASE WHEN employees IS NULL THEN -5 WHEN employees >= 5000 THEN 15 WHEN employees >= 250 THEN 20 WHEN employees >= 50 THEN 10 ELSE 0 END
    + CASE WHEN industry IN ('pharma', 'banque', 'assurance', 'industrie') THEN 15 ELSE 0 END
    + CASE WHEN country = 'fr' THEN 10 ELSE 0 END
    + CASE WHEN budget >= 50000 THEN 20 ELSE 0 END
    + CASE WHEN subsidiaries_abroad THEN 10 ELSE 0 END
    - CASE WHEN domain IN ('gmail.com', 'yahoo.fr', 'hotmail.com', 'orange.fr') THEN 10 ELSE 0 END) AS fit
  FROM (SELECT id, {title} AS title, employees, {industry} AS industry, {country} AS country, budget, subsidiaries_abroad,
          split_part({email}, '@', -1) AS domain FROM {contacts}) AS profile
), total AS (
  SELECT id AS contact_id, fit + coalesce(engagement, 0) AS score
  FROM fit LEFT JOIN engagement ON engagement.contact_id = fit.id
)
SELECT contact_id, score, CASE WHEN score >= 150 THEN 'hot' WHEN score >= 60 THEN 'warm' ELSE 'cold' END AS band FROM total
