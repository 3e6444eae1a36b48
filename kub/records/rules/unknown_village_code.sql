-- In the regency, but not on its list: the official one, or for an invented regency the sheet Desa.
WITH place AS (
  SELECT 'village' AS "table", village_code, _row FROM village
  UNION ALL SELECT 'kub', village_code, _row FROM kub
  UNION ALL SELECT 'lkm', village_code, _row FROM lkm
  UNION ALL SELECT 'library', village_code, _row FROM library
  UNION ALL SELECT 'school_visit', village_code, _row FROM school_visit)
SELECT "table", _row, 'village_code' AS field, regency_code, regency
FROM place, regency
WHERE starts_with(village_code, regency_code || '.') AND village_code NOT IN (SELECT village_code
  FROM listed_village)
