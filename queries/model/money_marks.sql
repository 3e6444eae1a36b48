-- What kub/store/money_cells.py found out (the table found_mark), once for each version: the marks
-- of cells (a village and sector) in a year. Modulo the prime 2147483647 they add up to 0 over what
-- readers may be told. Cells that are not named have marks of 0. A change is of two years' sums.
CREATE SCHEMA money;
CREATE TABLE money.mark AS
WITH part AS (
  SELECT programme_id, year, village_code, district_code, sector, mark, member_mark, matched_mark,
    0 AS assets_mark
  FROM found_mark WHERE what = 'revenue'
  UNION ALL BY NAME SELECT programme_id, year + 1 AS year, village_code, district_code, sector,
    0 AS mark, 0 AS member_mark, followed_mark AS matched_mark, 0 AS assets_mark
  FROM found_mark WHERE what = 'revenue'
  UNION ALL BY NAME SELECT programme_id, year, village_code, district_code, sector, 0 AS mark,
    0 AS member_mark, 0 AS matched_mark, mark AS assets_mark
  FROM found_mark WHERE what = 'assets')
SELECT programme_id, year, village_code, district_code, sector,
  (sum(mark) % 2147483647)::BIGINT AS mark, (sum(member_mark) % 2147483647)::BIGINT AS member_mark,
  (sum(matched_mark) % 2147483647)::BIGINT AS matched_mark,
  (sum(assets_mark) % 2147483647)::BIGINT AS assets_mark
FROM part GROUP BY programme_id, year, village_code, district_code, sector
HAVING greatest(sum(mark) % 2147483647, sum(member_mark) % 2147483647,
  sum(matched_mark) % 2147483647, sum(assets_mark) % 2147483647) > 0
ORDER BY programme_id, year, village_code, sector;
DROP TABLE found_mark;
