-- Kaplan and Meier 1958: S(t) is the product over closing ages a <= t of 1 - closings at a / KUB
-- under observation at a.
WITH life AS (
  SELECT date_diff('day', founded_on, least(coalesce(closed_on, as_of), as_of)) AS days,
    coalesce(closed_on <= as_of, false) AS closed
  FROM kub_in_scope($programme, $districts, $villages, $sectors), year_in_scope($programme, $until)
  WHERE founded_on <= as_of),
ages AS (SELECT days, count(*) FILTER (WHERE closed) AS closings, count(*) AS leaving FROM life
  GROUP BY days),
step AS (
  SELECT days, closings / sum(leaving) OVER (ORDER BY days DESC) AS hazard,
    sum(leaving) OVER (ORDER BY days DESC) AS at_risk FROM ages)
SELECT t::INTEGER AS years, (SELECT sum(leaving) FROM ages
  WHERE days >= t * 365.25)::BIGINT AS at_risk,
  coalesce((SELECT product(1 - hazard) FROM step WHERE days <= t * 365.25), 1.0) AS survival
FROM (SELECT floor(max(days) / 365.25)::BIGINT AS last FROM life),
  unnest(range(last + 1)) AS years(t) ORDER BY years;
