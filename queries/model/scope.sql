-- The only place where a filter meets SQL. An empty list means "all"; what is NULL is of no place or
-- sector, as frames are (model/ready.sql), and passes.
CREATE MACRO chosen(list, value) AS len(list) = 0
  OR coalesce(list_contains(list, value::VARCHAR), true);
CREATE MACRO in_places(districts, villages, district_code, village_code) AS
  chosen(districts, district_code) AND chosen(villages, village_code);
CREATE MACRO between_years(since, until, year) AS year >= coalesce(since::INTEGER, year)
  AND year <= coalesce(until::INTEGER, year);
-- Whether a row answers for the year asked (model/ready.sql): two plain comparisons, by which whole
-- blocks of rows are passed over.
CREATE MACRO in_year(until, asked_from, asked_to) AS
  asked_from <= least(coalesce(until::INTEGER, 9999), 9999)
  AND asked_to >= least(coalesce(until::INTEGER, 9999), 9999);
-- The as-of date of the year asked for; newest_on: that of the last year.
CREATE MACRO as_of_year(until, newest_on) AS least(newest_on, make_date(until::INTEGER, 12, 31));
-- The coarsest facts that the filter allows.
CREATE MACRO level_of(districts, villages) AS CASE WHEN len(villages) > 0 THEN 'village'
  WHEN len(districts) > 0 THEN 'district' ELSE 'programme' END;
-- What a row or a column of a pivot table stands for.
CREATE MACRO dimension(name, district_code, village_code, sector, activity, year) AS
  CASE name WHEN 'district' THEN district_code WHEN 'village' THEN village_code
    WHEN 'sector' THEN sector::VARCHAR WHEN 'activity' THEN activity ELSE year::VARCHAR END;
-- The villages of the denominator: all of the regency, or the programme's target villages.
CREATE MACRO listed(denominator, is_target) AS denominator = 'regency' OR is_target;

-- One row: the year asked for and its as-of date. Past the last year it is the last year.
CREATE MACRO year_in_scope(programme, until) AS TABLE
SELECT coalesce(y.year, until::INTEGER) AS year,
  coalesce(y.as_of, make_date(until::INTEGER, 12, 31)) AS as_of,
  coalesce(y.provisional, false) AS provisional
FROM (SELECT max(year) AS last FROM programme_year WHERE programme_id = programme) l
LEFT JOIN programme_year y ON y.programme_id = programme
  AND y.year = least(l.last, coalesce(until::INTEGER, l.last));

CREATE MACRO years_in_scope(programme, since, until) AS TABLE
FROM programme_year
WHERE programme_id = programme AND year >= coalesce(since::INTEGER, year)
  AND year <= coalesce(until::INTEGER, year);

CREATE MACRO places_in_scope(programme, districts, villages) AS TABLE
FROM village
WHERE programme_id = programme AND chosen(districts, district_code)
  AND chosen(villages, village_code);

CREATE MACRO villages_in_scope(programme, districts, villages, denominator) AS TABLE
FROM places_in_scope(programme, districts, villages) WHERE listed(denominator, is_target);

-- Facts without frames.
CREATE MACRO facts_of(name) AS TABLE FROM shown_fact WHERE level = name AND NOT frame;

CREATE MACRO village_facts_in_scope(programme, districts, villages, sectors) AS TABLE
FROM facts_of('village')
WHERE programme_id = programme AND in_places(districts, villages, district_code, village_code)
  AND chosen(sectors, sector);

-- Effective number of sectors: exp of Shannon's entropy of the counts (Hill number of order 1).
CREATE MACRO effective_number(counts) AS
  exp(-list_sum(list_transform(counts::DOUBLE[],
    lambda c: if(c > 0, c / list_sum(counts::DOUBLE[]) * ln(c / list_sum(counts::DOUBLE[])), 0))));

-- KUB founded by the as-of date, as they stood then. last_year: the last year up to the one asked
-- for that it lived in.
CREATE MACRO kub_in_scope(programme, districts, villages, sectors, until) AS TABLE
SELECT k.* REPLACE (if(closed_on <= as_of, closed_on, NULL) AS closed_on),
  coalesce(closed_on > as_of, true) AS active, a.year AS asked_year,
  least(a.year, coalesce(if(closed_on <= as_of, year(closed_on), NULL), a.year))::INTEGER
    AS last_year
FROM shown_kub k, year_in_scope(programme, until) a
WHERE programme_id = programme AND founded_on <= as_of
  AND in_places(districts, villages, district_code, village_code) AND chosen(sectors, k.sector);
