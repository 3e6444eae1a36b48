-- A published figure speaks of the whole programme on one day: only since and until narrow it, and
-- it is held against records of that very day. Sources count groups formed and do not say whether
-- closed ones are left out.
WITH state AS (
  SELECT p.date, k.kub_id, k.village_code, r.members
  FROM (SELECT DISTINCT date FROM published_figure WHERE programme_id = $programme) p
  JOIN kub_in_scope($programme, [], [], []) k ON k.founded_on <= p.date
    AND (k.closed_on IS NULL OR k.closed_on > p.date)
  ASOF LEFT JOIN shown_kub_report r ON r.programme_id = k.programme_id AND r.kub_id = k.kub_id
  AND r.reported_on <= p.date),
day AS (SELECT date, count(*) AS kub, coalesce(sum(members), 0) AS members,
  count(DISTINCT village_code) AS villages FROM state GROUP BY date),
open_library AS (SELECT p.date, count(*) AS libraries
  FROM (SELECT DISTINCT date FROM published_figure WHERE programme_id = $programme) p
  JOIN library l ON l.programme_id = $programme AND l.opened_on <= p.date GROUP BY p.date)
SELECT p.date, p.indicator, p.value AS published,
  (CASE p.indicator WHEN 'kub' THEN coalesce(d.kub, 0) WHEN 'anggota'
  THEN if(few(d.members) AND NOT is_analyst() OR h.date IS NOT NULL, NULL, coalesce(d.members, 0))
  WHEN 'desa' THEN coalesce(d.villages, 0) ELSE coalesce(o.libraries, 0) END)::DOUBLE AS recorded,
  recorded - published AS difference,
  if(p.indicator = 'perpustakaan', 'yes', 'partly') AS definition, p.source
FROM published_figure p LEFT JOIN day d USING (date) LEFT JOIN open_library o USING (date)
LEFT JOIN withheld_day h ON h.programme_id = p.programme_id AND h.date = p.date
WHERE p.programme_id = $programme AND year(p.date) >= coalesce($since::INTEGER, year(p.date))
  AND year(p.date) <= coalesce($until::INTEGER, year(p.date))
ORDER BY p.date, p.indicator, p.source;
