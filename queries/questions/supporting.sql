-- What stands beside the KUB, a row for each part that has any record: how many, how many people it
-- reached, and since when.
WITH ends AS (SELECT ends_in_scope($programme, $until) AS as_of),
lkm_newest AS (SELECT lkm_id, arg_max(customers, reported_on) AS customers FROM lkm_report
  WHERE programme_id = $programme AND reported_on <= (SELECT as_of FROM ends) GROUP BY lkm_id),
seen AS (SELECT library_id, sum(visits)::BIGINT AS visits FROM library_report, ends
  WHERE programme_id = $programme AND reported_on <= ends.as_of
  AND year(reported_on) = year(ends.as_of) GROUP BY library_id),
part AS (
  SELECT 1 AS number, 'microfinance' AS part, count(*) AS n, sum(customers)::BIGINT AS people,
    min(since_on) AS first_on, max(since_on) AS last_on
  FROM lkm_in_scope($programme, $districts, $villages) LEFT JOIN lkm_newest USING (lkm_id)
  WHERE since_on IS NULL OR since_on <= (SELECT as_of FROM ends)
  UNION ALL SELECT 2, 'libraries', count(*), sum(visits)::BIGINT, min(opened_on), max(opened_on)
  FROM libraries_in_scope($programme, $districts, $villages) LEFT JOIN seen USING (library_id)
  WHERE opened_on <= (SELECT as_of FROM ends)
  UNION ALL
  SELECT 3, 'school_visits', count(*), sum(students)::BIGINT, min(visited_on), max(visited_on)
  FROM school_visits_in_scope($programme, $districts, $villages, $since, $until)
  UNION ALL SELECT 4, 'awards', count(*), NULL, min(awarded_on), max(awarded_on) FROM award
  WHERE programme_id = $programme AND between_years($since, $until, awarded_on)
  UNION ALL
  SELECT 5, 'study_visits', count(*), sum(participants)::BIGINT, min(visited_on), max(visited_on)
  FROM study_visit WHERE programme_id = $programme AND between_years($since, $until, visited_on))
SELECT part, n, people, first_on, last_on FROM part WHERE n > 0 ORDER BY number;
