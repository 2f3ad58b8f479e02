-- The model of benches/fit40.ls as one query for SQLite, as of 2026-10-31; `fold` is a function of the host.
WITH pages AS MATERIALIZED (
  SELECT url, fold(url) AS folded FROM (SELECT DISTINCT url FROM events)
), jobs AS MATERIALIZED (
  SELECT title, fold(title) AS folded FROM (SELECT DISTINCT title FROM contacts)
), picked AS MATERIALIZED (
  SELECT contact_id,
    count(*) FILTER (WHERE type = 'visit_page') AS visits,
    count(*) FILTER (WHERE type = 'visit_page' AND url IN (SELECT url FROM pages WHERE instr(folded, '/pricing'))) AS pricing,
    count(*) FILTER (WHERE type = 'visit_page' AND at >= '2026-10-02' AND url IN (SELECT url FROM pages WHERE folded GLOB '/produits/*')) AS products,
    count(*) FILTER (WHERE type = 'visit_page' AND duration_s >= 120) AS long_visits,
    count(*) FILTER (WHERE type = 'visit_page' AND at >= '2026-10-02') AS recent_visits,
    count(*) FILTER (WHERE type = 'open_email') AS opens,
    count(*) FILTER (WHERE type = 'click_email') AS clicks,
    count(*) FILTER (WHERE type = 'click_email' AND at >= '2026-10-02') AS recent_clicks,
    count(*) FILTER (WHERE type = 'open_newsletter') AS newsletter_opens,
    count(*) FILTER (WHERE type = 'click_newsletter') AS newsletter_clicks,
    count(*) FILTER (WHERE type = 'download_whitepaper') AS papers,
    count(*) FILTER (WHERE type = 'download_whitepaper' AND at >= '2026-08-03') AS recent_papers,
    count(*) FILTER (WHERE type = 'use_simulator') AS simulations,
    count(*) FILTER (WHERE type = 'use_simulator' AND value >= 50000) AS large_simulations,
    count(*) FILTER (WHERE type = 'attend_webinar') AS webinars,
    count(*) FILTER (WHERE type = 'attend_webinar' AND duration_s >= 1800) AS long_webinars,
    count(*) FILTER (WHERE type = 'request_demo') AS demos,
    count(*) FILTER (WHERE type = 'request_demo' AND at >= '2026-10-02') AS recent_demos,
    count(*) FILTER (WHERE type = 'visit_careers') AS careers,
    count(*) FILTER (WHERE type = 'unsubscribe') AS unsubscribes,
    count(*) FILTER (WHERE type = 'send_email') AS sends,
    max(CASE WHEN type NOT IN ('send_email', 'send_newsletter', 'bounce_email') THEN at END) AS last_at,
    max(CASE WHEN type IN ('visit_page', 'open_email', 'click_email', 'open_newsletter', 'click_newsletter',
      'download_whitepaper', 'use_simulator', 'attend_webinar', 'request_demo') THEN at END) AS active_at
  FROM events
  WHERE at < '2026-11-01'
  GROUP BY contact_id
), behaviour AS (
  SELECT contact_id, active_at,
      min(visits, 20) + 5 * min(pricing, 5) + 2 * min(products, 5) + 2 * min(long_visits, 5)
    + min(opens, 10) + 3 * min(clicks, 5) + 5 * min(recent_clicks, 1)
    + min(newsletter_opens, 8) + 2 * min(newsletter_clicks, 5)
    + 10 * min(papers, 3) + 5 * min(recent_papers, 1)
    + 8 * min(simulations, 3) + 10 * min(large_simulations, 1)
    + 10 * min(webinars, 3) + 5 * min(long_webinars, 1)
    + 40 * min(demos, 1) + 20 * min(recent_demos, 1)
    - 25 * (careers >= 3) - 40 * min(unsubscribes, 1) + 15 * (recent_visits >= 5)
    -- The rate, rounded to four places, is at least 40 %.
    + 15 * (sends >= 5 AND 20000 * opens >= 7999 * sends)
    + 10 * coalesce(last_at >= '2026-10-24', 0) AS points
  FROM picked
), engagement AS (
  -- As of the 31st, the full months since a day are the difference of the months.
  SELECT contact_id, min(150, points - CASE WHEN active_at IS NULL THEN 0 ELSE
    min(max(points, 0), 5 * (12 * (2026 - substr(active_at, 1, 4)) + 10 - substr(active_at, 6, 2))) END) AS engagement
  FROM behaviour
), fit AS (
  SELECT id, min(100,
      20 * (job LIKE '%directeur%' OR job LIKE '%directrice%' OR job LIKE '%director%' OR job LIKE '%head of%')
    + 15 * (job LIKE '%ressources humaines%' OR job LIKE '%human resources%' OR job LIKE '%drh%')
    + 15 * (job LIKE '%pdg%' OR job LIKE '%ceo%' OR job LIKE '%president%')
    - 20 * (job LIKE '%stagiaire%' OR job LIKE '%alternant%' OR job LIKE '%apprenti%')
    - 30 * (job LIKE '%etudiant%' OR job LIKE '%student%')
    - 5 * (title IS NULL)
    + CASE WHEN employees IS NULL THEN -5 WHEN employees >= 5000 THEN 15 WHEN employees >= 250 THEN 20
        WHEN employees >= 50 THEN 10 ELSE 0 END
    + 15 * (fold(industry) IN ('pharma', 'banque', 'assurance', 'industrie'))
    + 10 * (fold(country) = 'fr')
    + 20 * (coalesce(budget, 0) >= 50000)
    + 10 * (coalesce(subsidiaries_abroad, 'false') = 'true')
    - 10 * (fold(email) LIKE '%@gmail.com' OR fold(email) LIKE '%@yahoo.fr' OR fold(email) LIKE '%@hotmail.com'
        OR fold(email) LIKE '%@orange.fr')) AS fit
  FROM (SELECT contacts.*, coalesce(jobs.folded, '') AS job FROM contacts LEFT JOIN jobs USING (title))
), total AS (
  SELECT id AS contact_id, fit + coalesce(engagement, 0) AS score
  FROM fit LEFT JOIN engagement ON engagement.contact_id = fit.id
)
SELECT contact_id, score, CASE WHEN score >= 150 THEN 'hot' WHEN score >= 60 THEN 'warm' ELSE 'cold' END AS band FROM total
