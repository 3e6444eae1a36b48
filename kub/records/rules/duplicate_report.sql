-- One report of a KUB, LKM or library on one date.
WITH report AS (
  SELECT 'kub_report' AS "table", kub_id AS code, reported_on, _row FROM kub_report
  UNION ALL SELECT 'lkm_report', lkm_id, reported_on, _row FROM lkm_report
  UNION ALL SELECT 'library_report', library_id, reported_on, _row FROM library_report)
SELECT "table", _row, 'reported_on' AS field, code, first_row
FROM report JOIN (
  SELECT "table", code, reported_on, min(_row) AS first_row FROM report
  WHERE code IS NOT NULL AND reported_on IS NOT NULL GROUP BY ALL HAVING count(*) > 1
) USING ("table", code, reported_on)
WHERE _row > first_row
