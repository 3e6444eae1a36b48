-- Two codes of one sheet that differ only in capitals, in zeros in front of digits or in a `.0` at
-- the end: `A1` and `a1`, `1` and `01`. Signs within a code count: 1.1 and 11 are two codes of many
-- offices.
WITH coded AS (
  SELECT 'kub' AS "table", 'kub_id' AS field, kub_id AS code, _row FROM kub
  UNION ALL SELECT 'lkm', 'lkm_id', lkm_id, _row FROM lkm
  UNION ALL SELECT 'library', 'library_id', library_id, _row FROM library),
keyed AS (
  SELECT *, regexp_replace(regexp_replace(lower(trim(code)), '[.,]0+$', ''), '(^|[^0-9])0+([0-9])',
    '\1\2', 'g') AS key
  FROM coded WHERE code IS NOT NULL)
SELECT "table", _row, field, near, first_row
FROM keyed JOIN (
  SELECT "table", key, arg_min(code, _row) AS near, min(_row) AS first_row FROM keyed
  GROUP BY ALL HAVING count(DISTINCT code) > 1
) USING ("table", key)
WHERE _row > first_row AND code <> near
