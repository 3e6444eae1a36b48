-- A programme works in one regency; a village of another belongs to another programme.
WITH place AS (
  SELECT 'village' AS "table", village_code, _row FROM village
  UNION ALL SELECT 'kub', village_code, _row FROM kub
  UNION ALL SELECT 'lkm', village_code, _row FROM lkm
  UNION ALL SELECT 'library', village_code, _row FROM library
  UNION ALL SELECT 'school_visit', village_code, _row FROM school_visit)
SELECT "table", _row, 'village_code' AS field, regency_code, regency
FROM place, regency WHERE NOT starts_with(village_code, regency_code || '.')
