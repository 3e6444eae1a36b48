-- Reports about a KUB, LKM or library that is not in this workbook; where that sheet could not be
-- read, nobody knows. near: a code there that differs only in capitals, signs, zeros in front of
-- digits, or `.0` at its end; else one that only looks the same.
CREATE OR REPLACE TEMP VIEW unresolved_code AS
WITH report AS (
  SELECT 'kub_report' AS "table", 'kub' AS of_table, kub_id AS code, _row FROM kub_report
  UNION ALL SELECT 'lkm_report', 'lkm', lkm_id, _row FROM lkm_report
  UNION ALL SELECT 'library_report', 'library', library_id, _row FROM library_report),
listed AS (
  SELECT 'kub' AS of_table, kub_id AS code FROM kub
  UNION ALL SELECT 'lkm', lkm_id FROM lkm
  UNION ALL SELECT 'library', library_id FROM library),
written AS (
  SELECT DISTINCT of_table, code FROM report
  WHERE code IS NOT NULL AND of_table NOT IN (FROM broken_table)),
unresolved AS (
  SELECT of_table, code, code_key(code) AS key, code_looks(code) AS looks
  FROM written ANTI JOIN listed USING (of_table, code)),
nearest AS (
  SELECT of_table, code_key(code) AS key, min(code) AS near FROM listed
  WHERE code IS NOT NULL AND EXISTS (FROM unresolved) GROUP BY ALL),
alike AS (
  SELECT of_table, code_looks(code) AS looks, min(code) AS near FROM listed
  WHERE code IS NOT NULL AND EXISTS (FROM unresolved) GROUP BY ALL)
SELECT report."table", report._row, of_table, coalesce(nearest.near, alike.near) AS near
FROM report JOIN unresolved USING (of_table, code) LEFT JOIN nearest USING (of_table, key)
  LEFT JOIN alike USING (of_table, looks)
