-- What stands beside the KUB, at the programme's as-of date. A programme without any KUB has none:
-- there the newest of these records counts, or the end of the year asked for where that is earlier.
-- Past the last record is the last record, as with KUB. These sheets are small (a programme has
-- tens of rows, not millions), so they are asked as records.
CREATE MACRO ends_in_scope(programme, until) AS (
  SELECT if(EXISTS (FROM programme_year y WHERE y.programme_id = programme), as_of,
    least(as_of, (SELECT max(newest) FROM (
    SELECT max(reported_on) AS newest FROM lkm_report WHERE programme_id = programme UNION ALL
    SELECT max(reported_on) FROM library_report WHERE programme_id = programme
    UNION ALL SELECT max(opened_on) FROM library WHERE programme_id = programme UNION ALL
    SELECT max(founded_on) FROM lkm WHERE programme_id = programme))))
  FROM year_in_scope(programme, until));

CREATE MACRO lkm_in_scope(programme, districts, villages) AS TABLE
SELECT l.*, v.village, v.district_code, v.district,
  coalesce(l.founded_on, (SELECT min(reported_on) FROM lkm_report r
  WHERE r.programme_id = l.programme_id AND r.lkm_id = l.lkm_id)) AS since_on
FROM lkm l
JOIN places_in_scope(programme, districts, villages) v USING (programme_id, village_code);

CREATE MACRO libraries_in_scope(programme, districts, villages) AS TABLE
SELECT l.*, v.village, v.district_code, v.district, v.population, v.population_year FROM library l
JOIN places_in_scope(programme, districts, villages) v USING (programme_id, village_code);

-- Active KUB and their members of each village, for the as-of year.
CREATE MACRO kub_of_villages(programme, districts, villages, sectors, until) AS TABLE
SELECT village_code, sum(kub)::BIGINT AS kub, shown(sum(mark), sum(members))::BIGINT AS members
FROM village_facts_in_scope(programme, districts, villages, sectors)
WHERE in_year(until, asked_from, asked_to) GROUP BY village_code;

CREATE MACRO school_visits_in_scope(programme, districts, villages, since, until) AS TABLE
SELECT s.*, v.village, v.district_code, v.district,
  EXISTS (FROM core_village c JOIN programme p ON p.regency_code = c.regency_code
    WHERE p.programme_id = programme AND c.village_code = s.village_code) AS is_core
FROM school_visit s
JOIN places_in_scope(programme, districts, villages) v USING (programme_id, village_code)
WHERE between_years(since, until, year(visited_on));
