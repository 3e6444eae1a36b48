-- A code names one thing only.
WITH coded AS (
  SELECT 'kub' AS "table", 'kub_id' AS field, kub_id AS code, _row FROM kub
  UNION ALL SELECT 'lkm', 'lkm_id', lkm_id, _row FROM lkm
  UNION ALL SELECT 'library', 'library_id', library_id, _row FROM library
  UNION ALL SELECT 'village', 'village_code', village_code, _row FROM village)
SELECT "table", _row, field, first_row
FROM coded JOIN (
  SELECT "table", code, min(_row) AS first_row FROM coded WHERE code IS NOT NULL GROUP BY ALL
  HAVING count(*) > 1
) USING ("table", code)
WHERE _row > first_row
