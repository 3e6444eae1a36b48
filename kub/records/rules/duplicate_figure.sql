-- One source publishes one figure of an indicator for a date; a year has one target of an
-- indicator.
WITH figure AS (
  SELECT 'published_figure' AS "table", indicator, "date"::VARCHAR || ' ' || source AS key, _row
  FROM published_figure
  UNION ALL SELECT 'target', indicator, "year"::VARCHAR, _row FROM target)
SELECT "table", _row, 'indicator' AS field, first_row
FROM figure JOIN (
  SELECT "table", indicator, key, min(_row) AS first_row FROM figure
  WHERE indicator IS NOT NULL AND key IS NOT NULL GROUP BY ALL HAVING count(*) > 1
) USING ("table", indicator, key)
WHERE _row > first_row
