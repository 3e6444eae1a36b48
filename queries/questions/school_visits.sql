-- Visits and students of each year by level; schools: how many different ones came.
WITH v AS (SELECT year(visited_on) AS year, *,
  list_position(['SD', 'MI', 'SMP', 'MTs', 'SMA', 'SMK', 'MA'], level) AS place
  FROM school_visits_in_scope($programme, $districts, $villages, $since, $until))
SELECT year, level, count(*) AS visits, sum(students)::BIGINT AS students,
  count(DISTINCT (school, village_code)) AS schools
FROM v GROUP BY year, level, place ORDER BY year, place, level;
