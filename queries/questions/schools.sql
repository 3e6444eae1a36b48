-- Each school that came, those that came most often first.
SELECT school, level, village_code, village, district, is_core, count(*) AS visits,
  sum(students)::BIGINT AS students, min(visited_on) AS first_on, max(visited_on) AS last_on
FROM school_visits_in_scope($programme, $districts, $villages, $since, $until) GROUP BY ALL
ORDER BY visits DESC, last_on DESC, school, village_code, level;
