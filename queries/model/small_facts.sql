-- Facts with their marks. Joined once, here: joined in the views, an empty table of marks made
-- DuckDB 2.0.0 lose rows of questions that use the facts twice (pace, library_villages).
CREATE TABLE access.village_fact AS
SELECT f.*, coalesce(m.mark, 0) AS mark, coalesce(m.women_mark, 0) AS women_mark
FROM village_fact f LEFT JOIN access.village_mark m USING (programme_id, year, village_code, sector)
ORDER BY f.programme_id, f.year, f.village_code;

CREATE TABLE access.district_fact AS
SELECT f.*, coalesce(m.mark, 0) AS mark, coalesce(m.women_mark, 0) AS women_mark
FROM district_fact f LEFT JOIN (
  SELECT programme_id, year, district_code, sector, sum(mark) AS mark, sum(women_mark) AS women_mark
  FROM access.village_mark GROUP BY ALL) m
USING (programme_id, year, district_code, sector) ORDER BY f.programme_id, f.year;

CREATE TABLE access.programme_fact AS
SELECT f.*, coalesce(m.mark, 0) AS mark, coalesce(m.women_mark, 0) AS women_mark
FROM programme_fact f LEFT JOIN (
  SELECT programme_id, year, sector, sum(mark) AS mark, sum(women_mark) AS women_mark
  FROM access.village_mark GROUP BY ALL) m
USING (programme_id, year, sector) ORDER BY f.programme_id, f.year;
