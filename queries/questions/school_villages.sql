-- Where the schools come from; is_core: a village that sources name as directly affected.
SELECT village_code, village, district, is_core, count(*) AS visits,
  sum(students)::BIGINT AS students, count(DISTINCT (school, level)) AS schools,
  max(visited_on) AS last_on
FROM school_visits_in_scope($programme, $districts, $villages, $since, $until) GROUP BY ALL
ORDER BY visits DESC, students DESC, village_code;
