-- The only place where a filter meets SQL. An empty list means "all".
CREATE MACRO chosen(list, value) AS len(list) = 0 OR list_contains(list, value::VARCHAR);

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

-- The villages of the denominator: all of the regency, or the programme's target villages.
CREATE MACRO villages_in_scope(programme, districts, villages, denominator) AS TABLE
FROM places_in_scope(programme, districts, villages) WHERE denominator = 'regency' OR is_target;

CREATE MACRO village_facts_in_scope(programme, districts, villages, sectors) AS TABLE
FROM shown_village_fact
WHERE programme_id = programme AND chosen(districts, district_code)
  AND chosen(villages, village_code) AND chosen(sectors, sector);

-- Sums by year and sector, from the coarsest facts that the filter allows.
CREATE MACRO facts_in_scope(programme, districts, villages, sectors) AS TABLE
SELECT year, sector, kub, founded, closed, members, women, women_members, reported, unreported,
  mark, women_mark FROM shown_programme_fact
WHERE len(villages) = 0 AND len(districts) = 0 AND programme_id = programme
  AND chosen(sectors, sector)
UNION ALL
SELECT year, sector, kub, founded, closed, members, women, women_members, reported, unreported,
  mark, women_mark FROM shown_district_fact
WHERE len(villages) = 0 AND len(districts) > 0 AND programme_id = programme
  AND chosen(districts, district_code) AND chosen(sectors, sector)
UNION ALL
SELECT year, sector, kub, founded, closed, members, women, women_members, reported, unreported,
  mark, women_mark FROM shown_village_fact
WHERE len(villages) > 0 AND programme_id = programme AND chosen(districts, district_code)
  AND chosen(villages, village_code) AND chosen(sectors, sector);

-- Records, for what no yearly sum can answer: survival, lists of KUB.
CREATE MACRO kub_in_scope(programme, districts, villages, sectors) AS TABLE
SELECT k.*, v.village, v.district_code, v.district FROM shown_kub k
JOIN village v USING (programme_id, village_code)
WHERE k.programme_id = programme AND chosen(districts, v.district_code)
  AND chosen(villages, village_code) AND chosen(sectors, sector);

-- Effective number of sectors: exp of Shannon's entropy of the counts (Hill number of order 1).
CREATE MACRO effective_number(counts) AS
  exp(-list_sum(list_transform(counts::DOUBLE[],
    lambda c: if(c > 0, c / list_sum(counts::DOUBLE[]) * ln(c / list_sum(counts::DOUBLE[])), 0))));
