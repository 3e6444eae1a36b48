-- What stands beside the KUB, a row for each part that has any record: how many, how many people it
-- reached, and since when.
SELECT part, sum(n)::BIGINT AS n, sum(people)::BIGINT AS people,
  min(from_on) FILTER (WHERE n > 0) AS first_on, max(from_on) FILTER (WHERE n > 0) AS last_on
FROM ready.supporting
WHERE programme_id = $programme
  AND in_places($districts, $villages, district_code, village_code)
  AND if(is_event, between_years($since, $until, year(from_on)),
    coalesce(from_on <= as_of_year($until, newest_on), true)
    AND coalesce(to_on > as_of_year($until, newest_on), true))
GROUP BY number, part HAVING sum(supporting.n) > 0 ORDER BY number;
