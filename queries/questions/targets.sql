-- A target speaks of the whole programme, so no filter but the programme applies. Projected is the
-- last finished year and the mean of the last three changes from one finished year to the next,
-- carried on in a straight line. Revenue of a year that is not over yet meets no target.
WITH goal AS (
  SELECT indicator, year, if(indicator = 'perempuan', round(value / 100, 12), value) AS target
  FROM target WHERE programme_id = $programme),
course AS (
  SELECT *, max(year) OVER () AS last_year, min(year) OVER () AS first_year
  FROM achieved($programme)),
step AS (
  SELECT indicator, year, value,
    value - lag(value) OVER (PARTITION BY indicator ORDER BY year) AS change
  FROM course WHERE NOT provisional),
trend AS (
  SELECT indicator, max(year) AS since, last(value ORDER BY year) AS value,
    (list(change ORDER BY year DESC) FILTER (WHERE change IS NOT NULL))[:3] AS changes
  FROM step GROUP BY indicator),
newest AS (
  SELECT indicator, last(value ORDER BY year) AS value, any_value(first_year) AS first_year,
    any_value(last_year) AS last_year FROM course GROUP BY indicator),
-- Before the first founding every year is finished, and nothing but libraries can be counted.
early AS (
  SELECT g.indicator, g.year, make_date(g.year, 12, 31) AS as_of,
    CASE WHEN g.indicator IN ('kub', 'anggota', 'desa') THEN 0
      WHEN g.indicator = 'perpustakaan' THEN (SELECT count(*) FROM library l
        WHERE l.programme_id = $programme AND l.opened_on <= make_date(g.year, 12, 31))
      END::DOUBLE AS value
  FROM goal g JOIN newest n USING (indicator) WHERE g.year < n.first_year),
known AS (
  SELECT indicator, year, as_of, provisional, value FROM course
  UNION ALL BY NAME SELECT *, false AS provisional FROM early),
held AS (
  SELECT g.indicator, g.year, k.as_of, coalesce(k.provisional, false) AS provisional, g.target,
    k.value AS actual, k.as_of IS NOT NULL AND NOT k.provisional AS finished,
    if(finished, NULL, t.value + (g.year - t.since) * list_sum(t.changes) / len(t.changes))
      AS projected,
    if(g.indicator = 'omzet', NULL, n.value) AS newest
  FROM goal g LEFT JOIN known k USING (indicator, year)
  LEFT JOIN trend t USING (indicator) LEFT JOIN newest n USING (indicator))
SELECT indicator, year, as_of, provisional, target, actual, actual / nullif(target, 0) AS reached,
  projected,
  CASE WHEN finished AND actual >= target THEN 'met' WHEN finished AND actual < target THEN 'missed'
    WHEN finished THEN NULL WHEN newest >= target THEN 'met'
    WHEN projected >= target THEN 'on_track' WHEN coalesce(projected, newest) < target THEN 'behind'
    END AS status
FROM held
-- A card has them as rows.
UNION ALL
SELECT indicator, year, as_of, provisional, target, actual, reached, projected, status
FROM card_target WHERE programme_id = $programme
ORDER BY list_position(['kub', 'anggota', 'desa', 'perpustakaan', 'perempuan', 'omzet'], indicator),
  year;
