-- What questions read, each in one flat table, so that none of them joins: a join costs a question
-- half a millisecond, a group by a seventh of that.

-- The years of a programme, each with the years that it answers for when they are asked: its own,
-- and past the last year the last; who asks for none asks for 9999. One without number answers
-- always. newest_on: the programme's newest date.
CREATE VIEW ready.moment AS
SELECT *, year AS asked_from, if(year = max(year) OVER w, 9999, year) AS asked_to,
  max(as_of) OVER w AS newest_on
FROM programme_year WINDOW w AS (PARTITION BY programme_id)
UNION ALL BY NAME
SELECT programme_id, false AS provisional, 0 AS asked_from, 9999 AS asked_to FROM programme;

-- Facts of a card. Readers know the sum of the sectors that are withheld, not its parts: it stands
-- with the first of them, and marks that add up to 0 over all of them alone keep it there, as those
-- of small cells do (model/access.sql). Where the total is withheld too, marks never add up to 0.
CREATE VIEW ready.card_fact AS
WITH part AS (
  SELECT s.*, w.members AS all_members, w.women AS all_women, w.women_members AS all_women_members,
    s.members IS NULL AS hidden, s.women IS NULL AS women_hidden,
    row_number() OVER (PARTITION BY programme_id, year, s.members IS NULL ORDER BY s.sector)
      AS place,
    row_number() OVER (PARTITION BY programme_id, year, s.women IS NULL ORDER BY s.sector)
      AS women_place
  FROM card_year s
  JOIN (FROM card_year WHERE sector IS NULL) w USING (programme_id, year)
  WHERE s.sector IS NOT NULL),
total AS (
  SELECT *, count(*) FILTER (WHERE hidden) OVER w AS hidden_parts,
    count(*) FILTER (WHERE women_hidden) OVER w AS women_hidden_parts,
    coalesce(all_members - coalesce(sum(members) OVER w, 0), 0) AS rest,
    coalesce(all_women - coalesce(sum(women) OVER w, 0), 0) AS women_rest,
    coalesce(all_women_members - coalesce(sum(women_members) OVER w, 0), 0) AS women_members_rest
  FROM part WINDOW w AS (PARTITION BY programme_id, year))
SELECT programme_id, year, sector, kub, founded, closed,
  if(hidden, if(place = 1, rest, 0), members)::BIGINT AS members,
  if(women_hidden, if(women_place = 1, women_rest, 0), women)::BIGINT AS women,
  if(women_hidden, if(women_place = 1, women_members_rest, 0), women_members)::BIGINT
    AS women_members,
  reported, unreported, covered AS card_covered,
  CASE WHEN NOT hidden THEN 0 WHEN all_members IS NULL OR place < hidden_parts THEN 1
    ELSE 1 - hidden_parts END AS mark,
  CASE WHEN NOT women_hidden THEN 0 WHEN all_women IS NULL OR women_place < women_hidden_parts
    THEN 1 ELSE 1 - women_hidden_parts END AS women_mark
FROM total;

-- The facts of villages, districts and the programme (level), and frames beside them: rows of zeros
-- that name what is listed also where there is no KUB. A frame is one of a year and a sector, of a
-- year and a district, or of a village. What it does not speak of is NULL, and a filter lets NULL
-- pass. programme_kub: active KUB of the sector in the whole programme. A card has no villages: its
-- facts stand at both levels that questions without a place read, and card_villages and card_covered
-- say how many there are and how many have a KUB, of the sector or (a frame without any) of all.
CREATE VIEW ready.fact AS
WITH zero AS (SELECT true AS frame, 0::BIGINT AS kub, 0::BIGINT AS founded, 0::BIGINT AS closed,
  0::BIGINT AS members, 0::BIGINT AS women, 0::BIGINT AS women_members, 0::BIGINT AS reported,
  0::BIGINT AS unreported, 0::BIGINT AS mark, 0::BIGINT AS women_mark),
sector AS (SELECT unnest(enum_range(NULL::sector)::sector[]) AS sector),
district AS (SELECT DISTINCT programme_id, district_code, district FROM village),
level AS (SELECT unnest(['programme', 'district', 'village']) AS level)
-- The coarse ones first, so that questions that need no village pass over all of theirs.
SELECT y.*, sector, level, z.*, coalesce(p.kub, 0) AS programme_kub
FROM ready.moment y CROSS JOIN sector CROSS JOIN level CROSS JOIN zero z
LEFT JOIN (SELECT programme_id, year, sector, kub FROM programme_fact
  UNION ALL SELECT programme_id, year, sector, kub FROM ready.card_fact) p
  USING (programme_id, year, sector)
UNION ALL BY NAME
SELECT f.*, level, false AS frame, y.* EXCLUDE (programme_id, year), f.kub AS programme_kub
FROM ready.card_fact f JOIN ready.moment y USING (programme_id, year)
CROSS JOIN level WHERE level <> 'district'
UNION ALL BY NAME
SELECT c.programme_id, c.villages AS card_villages, 'village' AS level, false AS provisional,
  0 AS asked_from, 9999 AS asked_to, z.*
FROM card c CROSS JOIN zero z
UNION ALL BY NAME
SELECT y.*, c.covered AS card_covered, 'village' AS level, z.*
FROM card_year c JOIN ready.moment y USING (programme_id, year) CROSS JOIN zero z
WHERE c.sector IS NULL
UNION ALL BY NAME
SELECT y.*, d.district_code, d.district, level, z.*
FROM ready.moment y JOIN district d USING (programme_id) CROSS JOIN level CROSS JOIN zero z
WHERE level <> 'programme'
UNION ALL BY NAME SELECT f.*, 'programme' AS level, false AS frame, y.* EXCLUDE (programme_id, year)
FROM ready.marked_programme f JOIN ready.moment y USING (programme_id, year)
UNION ALL BY NAME SELECT f.*, 'district' AS level, false AS frame, y.* EXCLUDE (programme_id, year)
FROM ready.marked_district f JOIN ready.moment y USING (programme_id, year)
UNION ALL BY NAME
SELECT v.programme_id, v.village_code, v.village, v.district_code, v.district, v.is_target,
  v.population, v.population_year, 'village' AS level, false AS provisional, 0 AS asked_from,
  9999 AS asked_to, z.*
FROM village v CROSS JOIN zero z
UNION ALL BY NAME
SELECT f.*, 'village' AS level, false AS frame, y.* EXCLUDE (programme_id, year), v.is_target,
  p.kub AS programme_kub
FROM ready.marked_village f JOIN village v USING (programme_id, village_code)
JOIN ready.moment y USING (programme_id, year)
JOIN programme_fact p USING (programme_id, year, sector);

-- The money of each KUB in each year that it lived in, beside frames of years and sectors as above,
-- and the marks of cells (kub/store/money_cells.py) as rows of their own that count nothing.
-- finished_to: the last year asked for that a finished year answers for, 9999 for the last of them.
CREATE VIEW ready.money AS
WITH y AS (
  SELECT *, if(provisional, NULL, if(year = max(year) FILTER (WHERE NOT provisional) OVER w, 9999,
    year)) AS finished_to
  FROM ready.moment WHERE programme_id NOT IN (SELECT programme_id FROM card)
  WINDOW w AS (PARTITION BY programme_id)),
sector AS (SELECT unnest(enum_range(NULL::sector)::sector[]) AS sector)
SELECT y.*, sector, true AS frame, 0::BIGINT AS lives, 0::BIGINT AS earner,
  NULL::BIGINT AS revenue_idr, NULL::BIGINT AS member_idr, NULL::BIGINT AS members,
  0::BIGINT AS matched, NULL::BIGINT AS matched_idr, NULL::BIGINT AS before_idr,
  0::BIGINT AS owner, NULL::BIGINT AS assets_idr, 0::BIGINT AS mark, 0::BIGINT AS member_mark,
  0::BIGINT AS matched_mark, 0::BIGINT AS assets_mark
FROM y CROSS JOIN sector
UNION ALL BY NAME
SELECT m.programme_id, y.* EXCLUDE programme_id, v.district_code, v.district, m.village_code,
  v.village, m.sector, false AS frame, 1 AS lives, (m.revenue_idr IS NOT NULL)::BIGINT AS earner,
  m.revenue_idr, if(m.members > 0, m.revenue_idr, NULL) AS member_idr,
  if(m.members > 0 AND m.revenue_idr IS NOT NULL, m.members, NULL) AS members,
  (m.before_idr IS NOT NULL)::BIGINT AS matched,
  if(m.before_idr IS NOT NULL, m.revenue_idr, NULL) AS matched_idr, m.before_idr,
  (m.assets_idr IS NOT NULL)::BIGINT AS owner, m.assets_idr
FROM kub_money m JOIN village v USING (programme_id, village_code)
JOIN y ON y.programme_id = m.programme_id AND y.year = m.year
UNION ALL BY NAME
SELECT k.programme_id, y.* EXCLUDE programme_id, k.district_code, k.village_code,
  k.sector::sector AS sector, false AS frame, 0 AS lives, 0 AS earner, 0 AS matched, 0 AS owner,
  k.mark, k.member_mark, k.matched_mark, k.assets_mark
FROM money.mark k JOIN y ON y.programme_id = k.programme_id AND y.year = k.year
UNION ALL BY NAME
SELECT k.programme_id, y.* EXCLUDE programme_id, k.district_code, k.village_code, k.sector,
  false AS frame, 0 AS lives, 0 AS earner, 0 AS matched, 0 AS owner, k.mark AS member_mark
FROM ready.earning_mark k JOIN y ON y.programme_id = k.programme_id AND y.year = k.year;

-- KUB with the names of their places and the programme's newest date.
CREATE VIEW ready.shown_kub AS
SELECT k.*, v.village, v.district_code, v.district, y.newest_on
FROM ready.seen_kub k JOIN village v USING (programme_id, village_code)
JOIN ready.moment y ON y.programme_id = k.programme_id
  AND y.year IS NOT NULL AND y.asked_to = 9999;

-- Published figures beside what the records say of that day.
CREATE VIEW ready.figure AS
SELECT p.programme_id, p.date, p.indicator, p.value AS published, p.source,
  (CASE p.indicator WHEN 'kub' THEN d.kub WHEN 'anggota' THEN d.members
    WHEN 'desa' THEN d.villages ELSE d.libraries END)::DOUBLE AS recorded,
  p.indicator = 'anggota' AND (few(d.members) OR h.date IS NOT NULL) AS withheld
FROM published_figure p JOIN day_fact d USING (programme_id, date)
LEFT JOIN (SELECT DISTINCT * FROM ready.marked_day) h USING (programme_id, date)
UNION ALL BY NAME
SELECT programme_id, date, indicator, published, source, recorded, false AS withheld
FROM card_figure;

-- How many villages a regency has, and how many of them are kelurahan.
CREATE VIEW ready.village_count AS
SELECT programme_id, count(*) AS villages,
  count(*) FILTER (WHERE starts_with(split_part(village_code, '.', -1), '1')) AS kelurahan
FROM village GROUP BY programme_id
UNION ALL SELECT programme_id, villages, kelurahan FROM card;

-- What stands beside the KUB, in a form that adds up: a row that counts one (n) from a day on, or
-- people from a day until another. is_event: it happened on that day.
CREATE TABLE ready.supporting AS
WITH first_report AS (SELECT programme_id, lkm_id, min(reported_on) AS first_on FROM lkm_report
  GROUP BY ALL),
unit AS (SELECT l.*, v.district_code, coalesce(founded_on, first_on) AS since_on
  FROM lkm l JOIN village v USING (programme_id, village_code)
  LEFT JOIN first_report USING (programme_id, lkm_id)),
shelf AS (SELECT l.*, v.district_code FROM library l
  JOIN village v USING (programme_id, village_code)),
part AS (
  SELECT programme_id, 1 AS number, 'microfinance' AS part, district_code, village_code,
    since_on AS from_on, NULL::DATE AS to_on, false AS is_event, 1::BIGINT AS n,
    NULL::BIGINT AS people FROM unit
  UNION ALL BY NAME SELECT r.programme_id, 1 AS number, 'microfinance' AS part, district_code,
    village_code, greatest(reported_on, since_on) AS from_on, lead(reported_on)
      OVER (PARTITION BY r.programme_id, r.lkm_id ORDER BY reported_on) AS to_on,
    false AS is_event, 0 AS n, customers AS people
  FROM lkm_report r JOIN unit USING (programme_id, lkm_id)
  UNION ALL BY NAME SELECT programme_id, 2 AS number, 'libraries' AS part, district_code,
    village_code, opened_on AS from_on, false AS is_event, 1 AS n FROM shelf
  UNION ALL BY NAME SELECT r.programme_id, 2 AS number, 'libraries' AS part, district_code,
    village_code, greatest(reported_on, opened_on) AS from_on,
    make_date(year(reported_on) + 1, 1, 1) AS to_on, false AS is_event, 0 AS n, visits AS people
  FROM library_report r JOIN shelf USING (programme_id, library_id)
  UNION ALL BY NAME SELECT programme_id, 3 AS number, 'school_visits' AS part, district_code,
    village_code, visited_on AS from_on, true AS is_event, 1 AS n, students AS people
  FROM school_visit JOIN village USING (programme_id, village_code)
  UNION ALL BY NAME SELECT programme_id, 4 AS number, 'awards' AS part, awarded_on AS from_on,
    true AS is_event, 1 AS n FROM award
  UNION ALL BY NAME SELECT programme_id, 5 AS number, 'study_visits' AS part,
    visited_on AS from_on, true AS is_event, 1 AS n, participants AS people FROM study_visit),
-- A programme without any KUB has no newest date of its own.
newest AS (
  SELECT programme_id, coalesce(max(newest_on), max(day)) AS newest_on FROM (
    SELECT programme_id, newest_on, NULL::DATE AS day FROM ready.moment
    UNION ALL SELECT programme_id, NULL, reported_on FROM lkm_report
    UNION ALL SELECT programme_id, NULL, founded_on FROM lkm
    UNION ALL SELECT programme_id, NULL, reported_on FROM library_report
    UNION ALL SELECT programme_id, NULL, opened_on FROM library)
  GROUP BY programme_id)
SELECT * FROM part JOIN newest USING (programme_id);
