-- Kaplan and Meier 1958: S(t) is the product over closing ages a <= t of 1 - closings at a / KUB
-- under observation at a.
WITH life AS (
  SELECT as_of_year($until, newest_on) AS as_of,
    date_diff('day', founded_on, least(closed_on, as_of)) AS days,
    coalesce(closed_on <= as_of, false) AS closed
  FROM shown_kub
  WHERE programme_id = $programme AND founded_on <= as_of_year($until, newest_on)
    AND in_places($districts, $villages, district_code, village_code)
    AND chosen($sectors, sector)),
ages AS (SELECT days, count(*) FILTER (WHERE closed) AS closings, count(*) AS leaving,
    1 - closings / sum(leaving) OVER (ORDER BY days DESC) AS staying,
    unnest(range(floor(max(days) OVER () / 365.25)::BIGINT + 1)) AS t
  FROM life GROUP BY days)
-- A card has it at the newest date and of all sectors.
SELECT years, at_risk, survival FROM card_survival
WHERE programme_id = $programme AND $until IS NULL AND len($sectors) = 0
UNION ALL
SELECT t::INTEGER AS years, (sum(leaving) FILTER (WHERE days >= t * 365.25))::BIGINT AS at_risk,
  coalesce(product(staying) FILTER (WHERE days <= t * 365.25), 1.0) AS survival
FROM ages GROUP BY t ORDER BY years;
