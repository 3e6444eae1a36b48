-- Numbers that stand in exactly the same sums are one column. small: one of them is 1-4.
WITH here AS (FROM unknown WHERE programme_id = $programme),
cell AS (
  SELECT row_number() OVER (ORDER BY village_code, sector) - 1 AS cell, village_code, sector
  FROM (SELECT DISTINCT village_code, sector FROM here)),
pattern AS (
  SELECT members, list({'records': records, 'cell': cell, 'first': first, 'last': last,
    'stated': stated} ORDER BY records, first) AS sums
  FROM here JOIN cell USING (village_code, sector) GROUP BY kub_id, report_year, members)
SELECT row_number() OVER (ORDER BY sums) - 1 AS "column", sum(members)::BIGINT AS people,
  min(members) < 5 AS small, unnest(sums, recursive := true)
FROM pattern GROUP BY sums ORDER BY 1;
