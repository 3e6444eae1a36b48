-- Founded "2017" may mean any day of 2017, so no report of that year comes too early.
-- A code that stands twice is told by duplicate_id; here its earliest founding counts.
WITH founded AS (
  SELECT 'kub_report' AS "table", kub_id AS code, min(founded_on__from) AS on_day FROM kub
  GROUP BY ALL
  UNION ALL SELECT 'lkm_report', lkm_id, min(founded_on__from) FROM lkm GROUP BY ALL
  UNION ALL SELECT 'library_report', library_id, min(opened_on__from) FROM library GROUP BY ALL),
report AS (
  SELECT 'kub_report' AS "table", kub_id AS code, reported_on, _row FROM kub_report
  UNION ALL SELECT 'lkm_report', lkm_id, reported_on, _row FROM lkm_report
  UNION ALL SELECT 'library_report', library_id, reported_on, _row FROM library_report)
SELECT "table", _row, 'reported_on' AS field, code, on_day AS founded_on
FROM report JOIN founded USING ("table", code)
WHERE reported_on < on_day
